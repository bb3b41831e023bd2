package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// What the other side wrote of its own collectors is quoted once, with its exhibit, where
// the person says that it means these acts; it is no act of theirs.
func TestWhatTheyOwnIsQuoted(t *testing.T) {
	const words = "对于此前催收人员的不当言行向您致歉，我司已停止该团队作业"
	tell := func(edit func(i *evidence.Incident, in *Input)) Input {
		in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
		apology := sms(20, words)
		apology.ID, apology.Role = "T090", evidence.RoleAdmission
		apology.Exhibits, apology.Source = []string{"E004"}, "E004:7"
		edit(&apology, &in)
		in.Incidents = append(in.Incidents, apology)
		return to(t, in, evidence.ToPlatform)
	}
	for _, x := range []struct {
		name string
		in   Input
		want int
	}{
		{"it means these acts", tell(func(*evidence.Incident, *Input) {}), 1},
		{"nobody said so", tell(func(i *evidence.Incident, _ *Input) { i.Role = evidence.RoleUnknown }), 0},
		{"it is about something else", tell(func(i *evidence.Incident, _ *Input) { i.Role = evidence.RoleService }), 0},
		{"left out", tell(func(i *evidence.Incident, _ *Input) { i.Use = evidence.No }), 0},
		{"from somebody else", tell(func(i *evidence.Incident, _ *Input) { i.Number = "19912345678" }), 0},
		{"a row of the person's own", tell(func(i *evidence.Incident, _ *Input) { i.Source = "person" }), 0},
		{"no file of the bundle holds it", tell(func(i *evidence.Incident, _ *Input) { i.Exhibits = []string{"E099"} }), 0},
		{"its row differs from its file", tell(func(_ *evidence.Incident, in *Input) {
			in.Doubts = append(in.Doubts, evidence.Doubt{Code: evidence.RowDiffers, Incident: "T090",
				About: evidence.AboutRow})
		}), 0},
		{"nothing is complained of", tell(func(_ *evidence.Incident, in *Input) { in.Findings = nil }), 0},
	} {
		in, _ := Redact(x.in, nil)
		s := document.Text(Compose(in, Counted{}))
		if got := strings.Count(s, "对方就催收行为的书面表态："); got != x.want || strings.Count(s, words) != x.want {
			t.Errorf("%s: quoted %d times:\n%s", x.name, got, s)
		}
		if list := document.Text(List(in, Counted{})); strings.Contains(list, "对方就催收行为的书面表态") != (x.want > 0) {
			t.Errorf("%s: in the list of exhibits:\n%s", x.name, list)
		}
		for _, i := range in.events() {
			if i.ID == "T090" {
				t.Errorf("%s: told as an act", x.name)
			}
		}
	}
}
