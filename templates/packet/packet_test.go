package packet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/typeset"
	"juzheng/templates/typeset/sfnt/sfnttest"
)

// example is an invented case of a borrower, whose only breach is that a debt
// was told to a workmate.
func example(incidents []evidence.Incident, exhibits []evidence.Exhibit, shown []string) letter.Input {
	return letter.Input{
		Matter: mask.Matter{
			Case: evidence.Case{
				ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde",
				Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "王小雨", IDNumber: "11010519900307233X",
					Phone: "13800138000", Address: "浙江省杭州市虚构区示例路1号", Region: "330000"},
				Platform: evidence.Party{Brand: "示例借"},
				Lender:   evidence.Party{Name: "示例银行股份有限公司", Licence: evidence.Bank, Region: "330000"},
				Numbers:  []evidence.Number{{Number: "01058880000", Side: evidence.CollectorSide}},
			},
			Exhibits: exhibits, Incidents: incidents,
			Findings: []evidence.Finding{{Rule: "V01", Title: evidence.Text{ZH: "向第三人透露欠款"}, Strength: evidence.Shown,
				Incidents: incidents, Exhibits: shown, Bodies: []string{"P", "NFRA-L", "NIFA", "PS"},
				Citations: []evidence.Citation{{ID: "CC-1032", Name: "中华人民共和国民法典", Article: "第一千零三十二条",
					Rank: evidence.Law, Tier: evidence.TierA,
					Substance: evidence.Text{ZH: "欠债情况属于个人不愿公开的信息，他人不得泄露或公开。"},
					From:      "2021-01-01", Checked: "VT", CheckedOn: "2026-11-23"}}}},
		},
		Role: evidence.ToAssociation, Date: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing),
		Recipient: templates.Recipient{Slug: "nifa", Kind: "association", Code: "NIFA", Name: "示例互联网金融协会",
			Channels: []templates.Channel{{Type: "web", Value: "https://example.org", MaxAttachmentBytes: 2_000_000}}},
		Seal: letter.Seal{Root: strings.Repeat("ab", 32)},
	}
}

// What a recipient may not see, and what no font has, is covered in what it
// gets; the order stays as it was given.
func TestCovered(t *testing.T) {
	told := evidence.Incident{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Number: "01058880000",
		Time:  evidence.Time{At: time.Date(2026, 3, 2, 10, 0, 0, 0, evidence.Beijing), Precision: evidence.ToSecond},
		Shown: "打给13900001234，骂他小雨点\U0001F600", Exhibits: []string{"E001"}}
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording, OriginalName: "录音\U0001F600.m4a"},
		{Number: "E002", Kind: evidence.Transcript}}
	in := example([]evidence.Incident{told}, exhibits, []string{"E001"})
	in.Passages = map[string][]evidence.Passage{"E002": {{Text: "小雨点\U0001F600 13900001234"}}}
	o := Order{Input: in, Redactions: []evidence.Redaction{{Text: "小雨点", Line: 2}, {Text: "没有这几个字", Line: 3},
		{Text: "给平台的", To: []string{"platform"}, Line: 4}}}
	out, missing := Covered(o)
	if len(missing) != 1 || missing[0].Line != 3 {
		t.Errorf("missing %+v", missing)
	}
	for where, c := range map[string][2]string{
		"finding":  {out.Findings[0].Incidents[0].Shown, "打给139****1234，骂他〔已遮盖〕〔表情：嘿嘿〕"},
		"exhibit":  {out.Exhibits[0].OriginalName, "录音〔表情：嘿嘿〕.m4a"},
		"passages": {out.Passages["E002"][0].Text, "〔已遮盖〕〔表情：嘿嘿〕 139****1234"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %s, want %s", where, c[0], c[1])
		}
	}
	if in.Findings[0].Incidents[0].Shown != told.Shown || in.Passages["E002"][0].Text != "小雨点\U0001F600 13900001234" {
		t.Error("the order was changed")
	}
}

// A book larger than a volume may be comes in several; the letter cites the volumes;
// an exhibit that is too large alone is named.
func TestVolumes(t *testing.T) {
	in, _ := pictureCase(t, rand.New(rand.NewPCG(4, 2)), 6)
	in.Recipient.Channels = nil
	dir := t.TempDir()
	made, err := Build(context.Background(), dir, Order{Input: in, Volume: 900_000})
	if err != nil {
		t.Fatal(err)
	}
	volumes, err := filepath.Glob(filepath.Join(dir, "证据册-第*册.pdf"))
	if err != nil || len(volumes) < 2 {
		t.Fatalf("%d volumes, %v", len(volumes), err)
	}
	for _, v := range volumes {
		info, err := os.Stat(v)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > 900_000 && len(made.Heavy) == 0 {
			t.Errorf("%s has %d bytes", v, info.Size())
		}
	}
	if len(made.Unset) != 1 || made.Unset[0].Exhibit != "E002" {
		t.Errorf("not shown: %+v", made.Unset)
	}
	text, err := os.ReadFile(filepath.Join(dir, "正文.txt"))
	if err != nil || !strings.Contains(string(text), fmt.Sprintf("证据册%d册（共", len(volumes))) {
		t.Errorf("the letter does not say that the book has %d volumes (%v):\n%s", len(volumes), err, text)
	}
	made, err = Build(context.Background(), t.TempDir(), Order{Input: in, Volume: 100_000})
	if err != nil || len(made.Heavy) == 0 || slices.Contains(made.Heavy, "E002") {
		t.Errorf("heavy: %v, %v", made.Heavy, err)
	}
}

// Whoever prints is told what lies where in the file, and how many sheets and
// which envelope it takes.
func TestPrint(t *testing.T) {
	in, _ := pictureCase(t, rand.New(rand.NewPCG(4, 2)), 3)
	path := filepath.Join(t.TempDir(), "给协会.pdf")
	got, err := Print(context.Background(), path, Order{Input: in},
		Printing{Copies: 2, Duplex: true, Envelope: "DL", Own: true})
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	page, sheets := 1, 0
	for _, p := range got.Parts {
		titles = append(titles, p.Title)
		if p.First != page || p.Blank != (p.Pages%2 == 1) {
			t.Errorf("%s begins on page %d, wanted %d; blank after it: %v", p.Title, p.First, page, p.Blank)
		}
		sheets += (p.Pages + 1) / 2
		page += (p.Pages + 1) / 2 * 2
	}
	if s := strings.Join(titles, " "); s != "举报书 证据目录 证据册" {
		t.Errorf("the parts are %s", s)
	}
	if got.Pages != 2*(page-1) || got.Sheets(true) != sheets {
		t.Errorf("%d pages, %d sheets; wanted %d and %d", got.Pages, got.Sheets(true), 2*(page-1), sheets)
	}
	if got.Size.Code != "DL" || !strings.HasSuffix(got.Envelope, "给协会-信封-DL.pdf") ||
		!strings.HasSuffix(got.Posting, "给协会-交寄清单.pdf") {
		t.Errorf("got %+v", got)
	}
	for _, f := range []string{path, got.Envelope, got.Posting} {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
}

// A run that was called off says so and sets no letter.
func TestCalledOff(t *testing.T) {
	in, _ := pictureCase(t, rand.New(rand.NewPCG(4, 2)), 2)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	if _, err := Build(ctx, dir, Order{Input: in}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// Without a shown breach there is no packet.
func TestNothingShown(t *testing.T) {
	in, _ := pictureCase(t, rand.New(rand.NewPCG(4, 2)), 2)
	in.Findings[0].Strength = evidence.Stated
	if _, err := Build(context.Background(), t.TempDir(), Order{Input: in}); !errors.Is(err, letter.ErrNothingShown) {
		t.Errorf("got %v", err)
	}
}

// Characters that no font has are found with their places; an emoji in the person's own
// words is none, for it is said in words.
func TestUnprintables(t *testing.T) {
	c := evidence.Case{Complainant: evidence.Complainant{Name: "王\U0001F600雨"},
		Platform: evidence.Party{Brand: "\U0001F601"}, Statement: "半夜打来\U0001F600\U00020BB7",
		Numbers: []evidence.Number{{}, {Name: "\U00020BB7某"}}}
	want := []Unprintable{{"complainant.name", 0, 0x1F600, c.Complainant.Name}, {"platform.brand", 0, 0x1F601,
		"\U0001F601"},
		{"statement", 0, 0x20BB7, c.Statement}, {"numbers.name", 1, 0x20BB7, "\U00020BB7某"}}
	if got, err := Unprintables(c, nil); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	font, err := typeset.ReadFallback("a.ttf", sfnttest.Font{Name: "A", Runes: []rune("\U00020BB7")}.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Unprintables(c, typeset.Fonts{font}); err != nil || !slices.Equal(got, want[:2]) {
		t.Errorf("with a font: got %+v, %v", got, err)
	}
	if got, err := Unprintables(evidence.Case{Complainant: evidence.Complainant{Name: "王小雨"}}, nil); len(got) > 0 ||
		err != nil {
		t.Errorf("%v %v", got, err)
	}
	order := Order{Redactions: []evidence.Redaction{{Text: "\U00020BB8"}}}
	order.Input.Passages = map[string][]evidence.Passage{"E1": {{Text: "\U00020BB9⼈😀"}}}
	if got, err := Rare(c, []Order{order}); err != nil || string(got) != "\U00020BB7\U00020BB8\U00020BB9" {
		t.Errorf("rare are %q, %v", string(got), err)
	}
}

// A message is quoted with the marks it was sent with, and so are the person's words: one
// that a collector's program left open stops no letter. What the form itself left open does.
func TestMarksOfOthersAreNoPlaceholders(t *testing.T) {
	const sent = "尊敬的{{name}}，，您的<nil>欠款。。\n。（）请处理[amount] %!s"
	in := example([]evidence.Incident{{ID: "T001", Kind: evidence.SMS, Shown: sent}}, nil, nil)
	in.Case.Statement = "我没有{{欠}}那么多"
	said := "其中写道：“" + strings.Join(strings.Fields(sent), " ") + "”，" + in.Case.Statement
	doc := document.Document{Title: "投诉书", Blocks: []document.Block{
		document.Paragraph{Spans: []document.Span{{Text: said}}}}}
	if err := resolved(doc, in); err != nil {
		t.Error(err)
	}
	doc.Blocks = append(doc.Blocks, document.Paragraph{Spans: []document.Span{{Text: "合计{sum}元"}}})
	left := (*UnresolvedError)(nil)
	if !errors.As(resolved(doc, in), &left) || !slices.Equal(left.Left, []string{"{sum}"}) {
		t.Errorf("left open: %v", left)
	}
}
