package letter

import (
	"errors"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A supplement holds the exhibits from its first on and the acts they show,
// under the numbers they have.
func TestSupplement(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	s, err := Supplement(in, "E003")
	if err != nil {
		t.Fatal(err)
	}
	b := ComposeBook(s, Counted{})
	var got []string
	for _, x := range b.Exhibits {
		got = append(got, x.Number)
	}
	if strings.Join(got, " ") != "E003 E005" || b.Title != "补充证据册" {
		t.Errorf("%s holds %v", b.Title, got)
	}
	text := document.BlocksText(b.Blocks)
	if !strings.Contains(text, "补充：编号接续此前的证据2，原有编号不变\n") || !strings.Contains(text, "｜证据3（") ||
		strings.Contains(text, "23:14:05") || strings.Contains(text, "证据2｜") {
		t.Errorf("got\n%s", text)
	}
	if ref := document.SpansText((&composer{in: paper{Input: s}}).cellRefs([]string{"E001",
		"E003"})); ref != "证据1（原册）、证据3（页码见证据目录）" {
		t.Errorf("an earlier exhibit is cited as %s", ref)
	}
	at := Counted{Pages: map[string]int{"E003": 4, "E005": 5}, Book: 7}
	note := document.Text(SupplementNote(s, at))
	for _, want := range []string{"本人于2026年3月10日向贵单位反映了本案（编号GD2026031001）。现补充下列2份证据，编号接续此前的证据2，原有编号不变。",
		"1.证据3　通话记录，", "（补充证据册第4页）。", "附件：补充证据册（共7页）。"} {
		if !strings.Contains(note, want) {
			t.Errorf("no %q in\n%s", want, note)
		}
	}
	if !strings.Contains(note, "编号不连续的，没有收入补充证据册") { // E004 is none of them
		t.Errorf("a gap in the numbers is not explained in\n%s", note)
	}
	if got := foremost([]string{"a", "b", "c", "d", "e"}, []bool{false, false, false, true, false}); strings.Join(got,
		"") != "abd" {
		t.Errorf("named are %v, and the grave one is d", got)
	}
	row := evidence.Incident{Kind: evidence.Message, Shown: "[图片] image/1.jpg", Name: "催收王"}
	if got := (paper{Input: in}).content("V06", row); got != "（图片）" {
		t.Errorf("a picture in a chat is quoted as %s", got)
	}
	if got := in.from(row); got != "催收王" {
		t.Errorf("the other side of a message without a number is %q", got)
	}
	if left := document.Unresolved(SupplementNote(s, at)); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := Supplement(in, "E006"); !errors.Is(err, ErrNothingNew) {
		t.Errorf("an exhibit no finding rests on: %v", err)
	}
	here := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	for filed, want := range map[string]bool{"regulator": true, "nfra-zhejiang": true, "国家金融监督管理总局浙江监管局": true,
		"nfra-beijing": false, "北京监管局": false, "platform": false, "nifa": false, "": false} {
		if here.FiledHere(evidence.Filing{To: filed}) != want {
			t.Errorf("filed to %q, which is %s: want %t", filed, here.Recipient.Name, want)
		}
	}
	if !in.FiledHere(evidence.Filing{To: in.Case.Platform.Brand}) || in.FiledHere(evidence.Filing{To: "lender"}) {
		t.Error("a complaint to the platform by its brand is none to it, or one to the lender is")
	}
	in.Case.Filings = nil
	s, _ = Supplement(in, "E002")
	if note := document.Text(SupplementNote(s, Counted{})); strings.Contains(note, "反映了本案") ||
		strings.Contains(note, "补充证据册第") {
		t.Errorf("told without data:\n%s", note)
	}
}

// An extract that takes the place of one that was handed in tells as new only what the
// other did not hold; where it holds no more than that, there is nothing to hand in.
func TestSupplementOfAnotherExtract(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
	in.Exhibits = []evidence.Exhibit{{Number: "E001", Kind: evidence.SMSLog},
		{Number: "E003", Kind: evidence.Extract, Extract: &evidence.Extraction{Of: "E001", Lines: "3,4-6"}}}
	row := func(n int, place string) evidence.Incident {
		i := sms(n, "明天弄死你", "V06a")
		i.Source, i.Exhibits = place, []string{"E003"}
		return i
	}
	law := []evidence.Citation{guide("不得威胁。")}
	found := kind("V06", law, row(1, "E001:3"), row(2, "E001:4"))
	found.Exhibits = []string{"E003"}
	in.Findings, in.Case.Filings = []evidence.Finding{found}, nil
	for _, c := range []struct {
		handed string // lines of the extract before
		fresh  int    // acts that are new; -1: nothing to hand in
	}{{"", 2}, {"3", 1}, {"4-6", 1}, {"4", 2}, {"3,4-6,9", -1}} {
		if in.Handed = nil; c.handed != "" {
			in.Handed = []evidence.Exhibit{{Number: "E002", Extract: &evidence.Extraction{Of: "E001", Lines: c.handed}}}
		}
		if c.handed == "4" { // of another log
			in.Handed[0].Extract.Of = "E009"
		}
		s, err := Supplement(in, "E003")
		if c.fresh < 0 {
			if !errors.Is(err, ErrNothingNew) {
				t.Errorf("handed %s: %v", c.handed, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := len(s.freshActs()); got != c.fresh {
			t.Errorf("handed %q: %d new acts, want %d", c.handed, got, c.fresh)
		}
		if note := document.Text(SupplementNote(s, Counted{})); strings.Contains(note, "接续此前的证据2") != (c.handed != "") {
			t.Errorf("handed %q:\n%s", c.handed, note)
		}
	}
}
