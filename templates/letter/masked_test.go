package letter

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// How a number may be written, by a phone, a person, a spreadsheet.
var spellings = []func(r *rand.Rand, n string) string{
	func(_ *rand.Rand, n string) string { return n },
	func(_ *rand.Rand, n string) string { return "+86" + n },
	func(_ *rand.Rand, n string) string { return "+86 " + n[:3] + "-" + n[3:7] + "-" + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:3] + " " + n[3:7] + " " + n[7:] },
	func(_ *rand.Rand, n string) string { return strings.Join(strings.Split(n, ""), " ") },
	func(_ *rand.Rand, n string) string { return n[:3] + "\u00a0" + n[3:7] + "\u2011" + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:6] + "\u200b" + n[6:] },
	func(_ *rand.Rand, n string) string { return n[:3] + "." + n[3:7] + "." + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:4] + "\n" + n[4:] },
	func(_ *rand.Rand, n string) string { return "(" + n[:3] + ") " + n[3:] },
	func(_ *rand.Rand, n string) string { return n[:3] + "_" + n[3:] },
	func(_ *rand.Rand, n string) string {
		return strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				return c - '0' + '０'
			}
			return c
		}, n)
	},
	func(r *rand.Rand, n string) string { // cut anywhere
		at := 1 + r.IntN(len(n)-2)
		return n[:at] + []string{" ", "-", "  ", " - "[:2], "–"}[r.IntN(5)] + n[at:]
	},
}

// bare is a text with nothing but its digits and letters, so that a number is
// found however it was parted: what stands between is a mark.
func bare(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c >= '0' && c <= '9', c == 'X', c == 'x':
			return c
		case separates(c) || c == '.':
			return -1
		}
		return '|'
	}, s)
}

// hexes are digests and identifiers, in groups or not: they hold any digits.
var hexes = regexp.MustCompile(`(?i)(?:[0-9a-f]{4} ){3,}[0-9a-f]{4}|[0-9a-f]{32,}|[0-9a-f]{8}-[0-9a-f-]{27}`)

func mobileOf(r *rand.Rand) string { return fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1_000_000_000)) }

func identityOf(r *rand.Rand) string {
	s := fmt.Sprintf("%06d%04d%02d%02d%03d", 110000+r.IntN(500000), 1940+r.IntN(70), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
	for _, last := range "0123456789X" {
		if evidence.ValidID(s + string(last)) {
			return s + string(last)
		}
	}
	panic("no check character fits")
}

// Whatever a case holds of other people's numbers, wherever, however they are
// written, no paper for anybody has one in full; nor a listed person's name.
// The collector's numbers stay as they are.
func TestOtherPeopleStayPrivate(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	papers := 0
	for round := range 120 {
		role := []Role{ToPlatform, ToLender, ToAssociation, ToRegulator}[round%4]
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
		listed, unlisted, id, landline := mobileOf(r), mobileOf(r), identityOf(r), "0571"+fmt.Sprint(80000000+r.IntN(9999999))
		in.Case.Numbers = append(slices.Clone(in.Case.Numbers),
			evidence.Number{Number: listed, Side: []evidence.Side{evidence.EmergencySide, evidence.GuarantorSide, evidence.OtherSide}[r.IntN(3)], Name: "同事周宁"},
			evidence.Number{Number: "0571-" + landline[4:], Side: evidence.OtherSide, Name: "母亲"})
		secrets := []string{listed, unlisted, id, landline}
		says := func() string {
			s := "催收方致电" + collector
			for _, n := range secrets {
				s += []string{"找周宁，", "；电话", "（", "打给"}[r.IntN(4)] + spellings[r.IntN(len(spellings))](r, n) + []string{"的人", "，", "）", "。"}[r.IntN(4)]
			}
			return s
		}
		in = everywhere(in, says)
		in, _ = Redact(in, nil)
		book := ComposeBook(in)
		for name, d := range map[string]document.Document{"letter": Compose(in), "list": List(in), "note": CoverNote(in), "book": bookText(book), "start": Start(in, []Step{{Recipient: in.Recipient, Title: "投诉书", Folder: "1"}})} {
			papers++
			text := document.Text(d) + d.Title + d.Subject + d.Author
			for _, x := range book.Exhibits {
				text += "\n" + x.Title
			}
			// Long digests hold any digits.
			stripped := bare(hexes.ReplaceAllString(text, "#"))
			for _, n := range secrets {
				if strings.Contains(stripped, n) {
					at := strings.Index(stripped, n)
					t.Errorf("round %d, %s to %s: holds %s: …%s…", round, name, role, n, stripped[max(0, at-30):min(len(stripped), at+40)])
				}
			}
			if strings.Contains(text, "周宁") {
				t.Errorf("round %d, %s to %s: holds a listed name", round, name, role)
			}
			if name == "book" && !strings.Contains(text, collector) {
				t.Errorf("round %d: the collector's number is gone", round)
			}
		}
	}
	if papers != 600 {
		t.Errorf("%d papers", papers)
	}
}

// everywhere puts a text into every place of an input that a person, a phone
// or a file fills. A place this does not know of is one the policy may not.
func everywhere(in Input, says func() string) Input {
	row := func(i evidence.Incident) evidence.Incident {
		i.Name, i.Shown, i.Words, i.SIM = says(), says(), says(), says()
		return i
	}
	rows := func(all []evidence.Incident) []evidence.Incident {
		all = slices.Clone(all)
		for n := range all {
			all[n] = row(all[n])
		}
		return all
	}
	in.Findings, in.Incidents, in.Exhibits = slices.Clone(in.Findings), rows(in.Incidents), slices.Clone(in.Exhibits)
	for n := range in.Findings {
		in.Findings[n].Incidents = rows(in.Findings[n].Incidents)
		in.Findings[n].Doubts = []evidence.Text{{ZH: says()}}
	}
	in.Passages = map[string][]Passage{}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		x.Title, x.OriginalName, x.OriginalPath, x.Media.Contact = says(), says()+".m4a", says(), says()
		x.Notes = []evidence.Note{{Code: "own-word", Detail: says()}}
		in.Passages[x.Number] = []Passage{{Text: says()}}
	}
	c := &in.Case
	c.Requests = []string{says()}
	c.Deferral.Reason, c.Credit.Entry, c.Credit.Wrong = says(), says(), says()
	c.Filings = slices.Clone(c.Filings)
	for n := range c.Filings {
		c.Filings[n].Receipt, c.Filings[n].Answer = says(), says()
	}
	return in
}

// Every string of a row and an exhibit is either put through the policy or
// stands here as one that no paper may change.
func TestPolicyKnowsEveryField(t *testing.T) {
	keep := strings.Fields("Incident.ID Incident.Kind Incident.Direction Incident.Reached Incident.Source Exhibit.Number Exhibit.File Exhibit.Kind Exhibit.SHA256 Exhibit.SM3 Exhibit.MediaType Exhibit.NameHex " +
		"Exhibit.Media.Codec Exhibit.Media.App Exhibit.Media.Likeness Exhibit.Captured.Time Exhibit.Captured.Precision Exhibit.Captured.Source Incident.Time.Precision Incident.Time.Source " +
		"Incident.Answered Incident.Disclosed Incident.Refused Incident.Reachable Incident.Announced Incident.Untrue Incident.Use")
	const secret = "13911112222"
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString("见" + secret)
		case reflect.Struct:
			for n := range v.NumField() {
				if v.Field(n).CanSet() {
					fill(v.Field(n))
				}
			}
		}
	}
	var i evidence.Incident
	var x evidence.Exhibit
	fill(reflect.ValueOf(&i).Elem())
	fill(reflect.ValueOf(&x).Elem())
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Incidents, in.Exhibits = []evidence.Incident{i}, []evidence.Exhibit{x}
	out, _ := Redact(in, nil)
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if strings.Contains(v.String(), secret) && !slices.Contains(keep, path) {
				t.Errorf("%s goes to papers as it is", path)
			}
		case reflect.Struct:
			for n := range v.NumField() {
				f := v.Type().Field(n)
				below := path + "." + f.Name
				if f.Anonymous {
					below = path
				}
				look(below, v.Field(n))
			}
		}
	}
	look("Incident", reflect.ValueOf(out.Incidents[0]))
	look("Exhibit", reflect.ValueOf(out.Exhibits[0]))
}

// What is a number and what is not.
func TestNumbersInText(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToPlatform)
	for _, c := range [][2]string{
		{"Screenshot_2026-09-03-19-07-16-918_com.tencent.mm.png", ""}, {"IMG_20260901_201500.jpg", ""}, {"calls-20260930120000.xml", ""},
		{"mmexport1709300000000.jpg", ""}, {"合同JK-2026-000123", ""}, {"13,800.00元、2716.50元", ""}, {"13800.00 2716", ""}, {"2026-03-05 13:45:30", ""}, {"第13页 第5行", ""},
		{"贷款8000元，逾期12天", ""}, {"请致电010-58880000或01058880000", ""}, {"12378、95588、400-800-1234", ""}, {"订单202603011234567890", ""}, {"139", ""},
		{"137 0000 1234", "137****1234"}, {"1 3 7 0 0 0 0 1 2 3 4", "137****1234"}, {"137.0000.1234", "137****1234"}, {"137_0000_1234", "137****1234"},
		{"１３７００００１２３４", "137****1234"}, {"wx13700001234号", "wx137****1234号"}, {"13700001234(13700001234)_20260908101227.mp3", "137****1234(137****1234)_20260908101227.mp3"},
		{"1370000123420260908101227.mp3", "137****123420260908101227.mp3"}, {"2026-09-08 13700001234", "2026-09-08 137****1234"}, {"13700001234 13600005678", "137****1234 136****5678"},
		{"身份证11010519491231002X。", "身份证**************002X。"}, {"110105 19491231 002x", "**************002X"}, {"1101051949-1231-0021号", "**************0021号"},
		{"李明说", "李*说"}, {"找13900001234", "找139****1234"}, {"尾号3900001234", ""}, {"13800138000", "138****8000"},
	} {
		want := c[1]
		if want == "" {
			want = c[0]
		}
		if got := in.mask(c[0]); got != want {
			t.Errorf("%q: got %q, want %q", c[0], got, want)
		}
	}
	in = to(t, in, ToRegulator)
	if s := "本人13800138000，" + in.Case.Complainant.IDNumber; in.mask(s) != s {
		t.Errorf("the complainant's own, for a body that wants a real name: %q", in.mask(s))
	}
}

func TestPersonalName(t *testing.T) {
	for s, want := range map[string]string{"母亲": "", "同事周宁": "周*", "12348 值班律师": "", "欧阳小芳（室友）": "欧阳**", "王总": "", "张三丰 朋友": "张**",
		"小王": "", "Tom Li": "T*****", "妈妈": "", "": "", "紧急联系人李明": "李*", "公司前台": "", "健身教练郑小满": "郑**", "表姐郑小满": "郑**", "郑小满健身教练": "郑**", "楼下超市": "", "买买提·艾力": "买*****"} {
		got := ""
		if name, ok := personalName(s); ok {
			got = maskName(name)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}
