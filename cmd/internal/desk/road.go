package desk

import (
	"errors"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// A Step is one recipient of the road a case can take: in this order, by this
// letter, with these terms and limits.
type Step struct {
	Role      evidence.Role       `json:"role"` // as --to has it
	Order     int                 `json:"order"`
	Recipient string              `json:"recipient"` // slug
	Name      string              `json:"name"`
	Letter    string              `json:"letter"`    // 投诉书, 举报书
	Competent bool                `json:"competent"` // for something a file shows
	Quality   string              `json:"quality"`   // of the directory's record
	Terms     []Term              `json:"terms"`
	Channels  []templates.Channel `json:"channels"`
	Filed     string              `json:"filed,omitempty"` // since when it has a complaint that is not answered
}

// A Term is a term of a recipient: from the day of the filing that it has not
// answered, and as if the letter reached it today where it has none.
type Term struct {
	Event   string `json:"event"`
	Days    int    `json:"days"`
	Working bool   `json:"working"`
	On      string `json:"on,omitempty"` // its last day, where it runs from the filing
	About   bool   `json:"about"`        // that day is an estimate
	Checked bool   `json:"checked"`
	Basis   string `json:"basis"`
}

// stepOf is one recipient's place on the road; in is what the letter is composed of.
func stepOf(a addressee, in letter.Input) Step {
	s := Step{Role: a.asked(), Order: a.role.Order(), Recipient: a.recipient.Slug, Name: a.recipient.Name,
		Letter: a.role.Letter(), Competent: !errors.Is(letter.Ready(in), letter.ErrNothingShown),
		Quality: a.recipient.Quality, Terms: []Term{}, Channels: list(a.recipient.Channels)}
	if f, waits := in.Awaited(); waits {
		s.Filed = f.Date
	}
	for _, t := range letter.Deadlines(in) {
		end := Term{Event: t.Event, Days: t.Days, Working: t.Work, About: t.About(), Checked: t.Sure, Basis: t.Basis}
		if !t.On.IsZero() {
			end.On = t.On.Format(time.DateOnly)
		}
		s.Terms = append(s.Terms, end)
	}
	return s
}
