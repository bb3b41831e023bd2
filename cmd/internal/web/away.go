package web

import (
	"html/template"
	"net/http"
	"time"

	"juzheng/evidence"
)

// awayPath is the neutral page: what somebody sees who comes into the room.
const awayPath = "calendar"

// A monthView is a calendar of one month, and says nothing of anything else.
type monthView struct {
	Lang, Root, Title string
	Days              []string // of the week
	Weeks             [][7]int // days of the month; 0: of another
	Today             int
}

// monthOf is the month of a day, in weeks from Monday.
func monthOf(day time.Time, lang string) monthView {
	out := monthView{Lang: lang, Today: day.Day(),
		Title: evidence.Text{ZH: day.Format("2006年1月"), EN: day.Format("January 2006")}.In(lang),
		Days:  []string{"一", "二", "三", "四", "五", "六", "日"}}
	if lang == "en" {
		out.Days = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	}
	first := day.AddDate(0, 0, 1-day.Day())
	at := (int(first.Weekday()) + 6) % 7
	last := first.AddDate(0, 1, -1).Day()
	for d := 1; d <= last; at = 0 {
		var week [7]int
		for ; at < 7 && d <= last; at, d = at+1, d+1 {
			week[at] = d
		}
		out.Weeks = append(out.Weeks, week)
	}
	return out
}

var awayTemplate = template.Must(template.ParseFS(pageFiles, "away.html"))

// away shows the neutral page. Whoever was at a screen comes back to it by the
// key that led here, or by Back; whatever they typed there was kept.
func (s *server) away(w http.ResponseWriter, r *http.Request) {
	m := monthOf(time.Now(), s.visitOf(r, faultScreen).lang)
	m.Root = s.guard.root
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	awayTemplate.ExecuteTemplate(w, "away.html", m)
}
