package letter

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

// Words are covered in every paper of the recipients they are for, and in
// nothing of the input they were taken from.
func TestRedactWords(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Role = evidence.ToRegulator
	words := ""
	for _, f := range in.Findings {
		for _, i := range f.Incidents {
			if r := []rune(i.Shown); words == "" && len(r) > 6 && len(i.Exhibits) > 0 {
				words = string(r[len(r)-6 : len(r)-2])
			}
		}
	}
	before := document.Text(Compose(in, counted()))
	if words == "" || !strings.Contains(before, words) {
		t.Fatalf("the letter does not quote %q", words)
	}
	rows := []evidence.Redaction{{Text: words[:3] + "\n " + words[3:], Line: 2}, {Text: "nowhere at all", Line: 3},
		{Text: "聊天截图", To: []string{"platform"}, Line: 4}}
	out, missing := Redact(in, rows)
	if len(missing) != 1 || missing[0].Line != 3 {
		t.Errorf("missing %+v", missing)
	}
	all := document.Text(Compose(out, counted())) + document.Text(List(out, counted())) +
		document.Text(bookText(ComposeBook(out, counted())))
	if strings.Contains(all, words) || !strings.Contains(all, mask.Mark) {
		t.Error("the words are still to be read, or nothing stands in their place")
	}
	if !strings.Contains(all, "为保护他人信息在副本上遮盖的部分已注明") || strings.Contains(all, "未作改动；如有不实") {
		t.Error("the statement that is signed says nothing of the covers")
	}
	if document.Text(Compose(in, counted())) != before {
		t.Error("the input was changed")
	}
	if got, want := document.Text(bookText(ComposeBook(out, counted()))), "聊天截图"; !strings.Contains(got, want) {
		t.Error("words covered for the platform are covered for the regulator")
	}
}

// Words of one exhibit are covered where it stands, and a box makes its
// picture a copy that says so; other recipients have neither.
func TestRedactOneExhibit(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Role = evidence.ToPlatform
	rows := []evidence.Redaction{
		{Exhibit: "E002", To: []string{"platform"}, Box: evidence.Box{X: 1, Y: 2, W: 3, H: 4}, Reason: "头像"},
		{Exhibit: "E002", To: []string{"platform"}, Box: evidence.Box{X: 5, Y: 6, W: 7, H: 8}, Reason: "头像"},
		{Exhibit: "E002", To: []string{"platform"}, Text: "同事李明", Reason: "同事姓名"},
	}
	page := func(in Input) (document.BookExhibit, string) {
		b := ComposeBook(in, counted())
		n := slices.IndexFunc(b.Exhibits, func(x document.BookExhibit) bool { return x.Number == "E002" })
		return b.Exhibits[n], document.BlocksText(b.Exhibits[n].Cover) + b.Exhibits[n].Image.Caption
	}
	out, missing := Redact(in, rows)
	x, text := page(out)
	if len(missing) > 0 || len(x.Image.Hide) != 2 || strings.Contains(text, "同事李") {
		t.Errorf("missing %v, boxes %v, page\n%s", missing, x.Image.Hide, text)
	}
	for _, want := range []string{"图片已遮盖2处（头像）", "文字已遮盖1种", "data/E002.png", "已遮盖2处"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	in.Role = evidence.ToRegulator
	out, _ = Redact(in, rows)
	if x, text := page(out); len(x.Image.Hide) > 0 || strings.Contains(text, "遮盖") || !strings.Contains(text, "同事李*") {
		t.Errorf("the regulator's page is covered: %v\n%s", x.Image.Hide, text)
	}
}

// What a program read on a picture that nothing covers is told to the
// complainant, masked, and to nobody else.
func TestUncovered(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Role = evidence.ToPlatform
	shot := in.Exhibits[1]
	in.Readings = []evidence.Reading{{Exhibit: shot.Number, SHA256: shot.SHA256,
		Text: "转给王五 电话 139 1111 2222\n" + collector}}
	rows := []evidence.Redaction{{Text: "王 五"}}
	out, _ := Redact(in, rows)
	got := Uncovered(out)
	if len(got) != 1 || got[0].Exhibit != "E002" || !slices.ContainsFunc(got[0].Words,
		func(s string) bool { return strings.Contains(s, "王") }) ||
		!slices.ContainsFunc(got[0].Words, func(s string) bool { return strings.HasPrefix(s, "139***") }) ||
		len(got[0].Words) != 2 {
		t.Errorf("got %+v", got)
	}
	if want := []string{"139 1111 2222", "王 五"}; !slices.Equal(got[0].Plain, want) {
		t.Errorf("to be looked for on the picture: %q, want %q", got[0].Plain, want)
	}
	if note := document.Text(CoverNote(out, nil)); !strings.Contains(note, "图片上能读到") || strings.Contains(note, "1111") {
		t.Errorf("the note is\n%s", note)
	}
	if all := document.Text(Compose(out, counted())) + document.Text(bookText(ComposeBook(out,
		counted()))); strings.Contains(all, "图片上能读到") || strings.Contains(all, "王五") {
		t.Error("a reading reached a paper that is handed over")
	}
	out, _ = Redact(in, append(rows, evidence.Redaction{Exhibit: "E002", Box: evidence.Box{W: 1, H: 1}}))
	if got := Uncovered(out); len(got) > 0 {
		t.Errorf("covered, and told all the same: %+v", got)
	}
	in.Readings[0].SHA256 = "another file's"
	if got := Uncovered(in); len(got) > 0 {
		t.Errorf("the reading of another file: %+v", got)
	}
}

// A respondent gets the last four of both numbers on the mandate, too.
func TestMandateMasks(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Case.Agent = evidence.Agent{Name: "王大雨", IDNumber: "11010519491231002X", Phone: "13900009999"}
	for role, full := range map[evidence.Role]bool{
		evidence.ToPlatform: false, evidence.ToLender: false,
		evidence.ToRegulator: true, evidence.ToAssociation: true} {
		in.Role = role
		d, err := Mandate(in)
		if err != nil {
			t.Fatal(err)
		}
		text := document.Text(d)
		if strings.Contains(text, in.Case.Complainant.IDNumber) != full ||
			strings.Contains(text, in.Case.Agent.IDNumber) != full || !strings.Contains(text, "002X") {
			t.Errorf("%s: the mandate is\n%s", role, text)
		}
	}
}
