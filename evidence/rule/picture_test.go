package rule

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// The time of a picture is that of no message, also where a spreadsheet dropped
// its seconds; and a picture of which nobody wrote down a word is no contact.
func TestWhatAPictureShows(t *testing.T) {
	taken := time.Date(2026, 11, 7, 22, 45, 12, 0, evidence.Beijing)
	pictures := []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog}, {Number: "E002", Kind: evidence.Screenshot,
		Captured: evidence.CaptureTime{Time: taken.Format(time.RFC3339), Source: "name:huawei_vivo"}}}
	shot := func(at, source, words string, edit ...func(*evidence.Incident)) evidence.Incident {
		i := row(at, edit...)
		i.Kind, i.Number, i.Answered, i.Seconds, i.Shown = evidence.Message, "", evidence.Unknown, -1, words
		i.Time.Source, i.Exhibits, i.Source, i.Use = source, []string{"E002"}, "E002", evidence.Yes
		for _, e := range edit { // what they say goes before what a picture is
			e(&i)
		}
		return i
	}
	from := func(name string) func(*evidence.Incident) { return func(i *evidence.Incident) { i.Name = name } }
	const captured = "name:huawei_vivo"
	for _, c := range []struct {
		name string
		row  evidence.Incident
		want string // rule/strength
		asks string
	}{
		{"as it was read", shot("2026-11-07 22:45:12", captured, "还钱"), "V05/review", "截图的时间"},
		{"its minute, as a spreadsheet writes it", shot("2026-11-07 22:45", captured, "还钱"), "V05/review", "截图的时间"},
		{"its minute, without words", shot("2026-11-07 22:45", captured, ""), "V05/review", "截图的时间"},
		{"a minute before, which somebody typed", shot("2026-11-07 22:44", captured, "还钱"), "V05/shown", ""},
		{"its minute, which somebody typed", shot("2026-11-07 22:45", "person", "还钱"), "V05/shown", ""},
		{"a typed time, and no word of what it says", shot("2026-11-07 23:10", "person", ""), "V05/review", "还没有抄下来"},
		{"a typed time, and who wrote", shot("2026-11-07 23:10", "person", "", from("催收小王")), "V05/shown", ""},
		{"a typed time, and the person's own words", shot("2026-11-07 23:10", "person", "", words), "V05/stated", ""},
		{"a relative's, and no word of what it says",
			shot("2026-11-07 10:00", "person", "", third, could), "V02/review", "逐字写出原话"},
		{"a call of no number", shot("2026-11-07 23:10", "person", "",
			func(i *evidence.Incident) { i.Kind = evidence.Call }), "V05/review", "还没有抄下来"},
		{"a list of calls shows the call too", shot("2026-11-07 23:10", "person", "",
			func(i *evidence.Incident) { i.Kind, i.Exhibits = evidence.Call, []string{"E002", "E001"} }), "V05/shown",
			""},
	} {
		var got, asked []string
		for _, f := range Apply(testCase(), []evidence.Incident{c.row}, pictures,
			Options{Date: filing.AddDate(0, 2, 0)}).Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
			for _, d := range f.Doubts {
				asked = append(asked, d.ZH)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
		if !strings.Contains(strings.Join(asked, " "), c.asks) {
			t.Errorf("%s: asked %q, want %q", c.name, asked, c.asks)
		}
	}
}
