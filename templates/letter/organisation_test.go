package letter

import (
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

func helped() Input {
	in := borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司")
	in.Case.Organisation = evidence.Organisation{Name: "虚构市法律援助中心", Address: "虚构市虚构路1号", Phone: "0571-00000000",
		Signatory: "王五"}
	return in
}

// Letterhead, seal and signatory are the organisation's; the person signs first.
func TestOrganisation(t *testing.T) {
	in := helped()
	d := Compose(in, counted())
	golden(t, "organisation", document.Text(d))
	golden(t, "intake", document.Text(Intake(in.Case.Organisation, in.Date)))
	for name, mark := range map[string]string{"letter": d.Mark, "list": List(in, counted()).Mark} {
		if mark != "" {
			t.Errorf("%s has the mark %q, and no second person is wanted", name, mark)
		}
	}
	in.Unreviewed = true
	mandate, err := Mandate(withAgent(in))
	if err != nil {
		t.Fatal(err)
	}
	deferral, err := Deferral(in)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]document.Document{"letter": Compose(in, counted()), "list": List(in, counted()),
		"book": ComposeBook(in, counted()).Document, "mandate": mandate, "deferral": deferral} {
		if d.Mark != ReviewMark {
			t.Errorf("%s has the mark %q", name, d.Mark)
		}
	}
	if got := Compose(further(t, in, evidence.ToCourt), counted()).Mark; got != ReviewMark+"　"+DraftMark {
		t.Errorf("a draft has the mark %q", got)
	}
	for name, d := range map[string]document.Document{"note": CoverNote(in, nil), "guide": Start(in, nil),
		"scan": ScanOf(in)} {
		if d.Mark != "" {
			t.Errorf("%s, which nobody approves, has the mark %q", name, d.Mark)
		}
	}
}

// An approval holds for the words and the code, on whatever day they are printed, and
// whether the mark is on them or not.
func TestDigest(t *testing.T) {
	base := LetterDigest(helped())
	for name, c := range map[string]struct {
		same bool
		edit func(*Input)
	}{
		"another day": {true, func(in *Input) { in.Date = in.Date.Add(24 * time.Hour) }},
		"the mark":    {true, func(in *Input) { in.Unreviewed = true }},
		"code":        {false, func(in *Input) { in.Seal.Root = in.Seal.Root[1:] + "0" }},
		"statement":   {false, func(in *Input) { in.Case.Statement = "另外的话。" }},
		"signatory":   {false, func(in *Input) { in.Case.Organisation.Signatory = "赵六" }},
		"recipient":   {false, func(in *Input) { in.Recipient.Name = "另一处" }},
		"a fact less": {false, func(in *Input) { in.Findings = in.Findings[1:] }},
	} {
		in := helped()
		c.edit(&in)
		if got := LetterDigest(in) == base; got != c.same {
			t.Errorf("%s: the approval holds: %v", name, got)
		}
	}
}
