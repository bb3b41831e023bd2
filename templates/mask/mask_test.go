package mask

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// The case of these tests is invented.
const collector = "01058880000"

func matter() Matter {
	return Matter{
		Case: evidence.Case{
			Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "王小雨", IDNumber: "11010519900307233X",
				Phone: "13800138000", Address: "浙江省杭州市西湖区示例路1号"},
			Numbers: []evidence.Number{{Number: collector, Side: evidence.CollectorSide},
				{Number: "13900001234", Side: evidence.OtherSide, Name: "李明"}},
		},
		Findings: []evidence.Finding{{Rule: "V01", Incidents: []evidence.Incident{
			{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Number: collector}}}},
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct {
		name, in, platform, regulator string
	}{
		{"a stranger's mobile", "打13900001234", "打139****1234", "打139****1234"},
		{"grouped", "139 0000 1234、139-0000-1234", "139****1234、139****1234", "139****1234、139****1234"},
		{"the collector's", "显示" + collector, "显示" + collector, "显示" + collector},
		{"own mobile", "我的13800138000", "我的13800138000", "我的13800138000"},
		{"own identity", "身份证11010519900307233X", "身份证**************233X", "身份证11010519900307233X"},
		{"own identity, small x", "11010519900307233x", "**************233X", "11010519900307233x"},
		{"another's identity", "11010519491231002X", "**************002X", "**************002X"},
		{"listed landline", "0571-87654321 057187654321", "057*****4321 057*****4321", "057*****4321 057*****4321"},
		{"listed landline without its area code", "87654320", "876*4320", "876*4320"},
		{"unlisted landline stays", "0571-11111111", "0571-11111111", "0571-11111111"},
		{"chosen", "13900005555", "13900005555", "13900005555"},
		{"a bank card stays", "6222020000000000009", "6222020000000000009", "6222020000000000009"},
		{"a date and an amount", "20260302 8000", "20260302 8000", "20260302 8000"},
	} {
		for role, want := range map[evidence.Role]string{evidence.ToPlatform: c.platform, evidence.ToLender: c.platform,
			evidence.ToRegulator: c.regulator, evidence.ToAssociation: c.regulator} {
			in := matter()
			in.Case.Numbers = append(in.Case.Numbers, evidence.Number{Number: "0571-87654321",
				Side: evidence.OtherSide},
				evidence.Number{Number: "87654320", Side: evidence.OtherSide},
				evidence.Number{Number: "13900005555", Side: evidence.OtherSide, Print: evidence.PrintFull})
			got := New(in, role).Text(c.in)
			if strings.ReplaceAll(got, "*", "") != strings.ReplaceAll(want, "*", "") ||
				strings.Contains(got, "*") != strings.Contains(want, "*") {
				t.Errorf("%s, %s: got %s, want %s", c.name, role, got, want)
			}
		}
	}
}

// Every string of a row and an exhibit is either put through the policy or
// stands here as one that no paper may change.
// Who told the person of a contact is no collector: papers do not hand their
// number to the other side, unless case.toml says so.
func TestTellersNumber(t *testing.T) {
	const cousin = "13800001111"
	told := evidence.Incident{ID: "T002", Kind: evidence.SMS, Direction: evidence.In, Number: cousin,
		ToldBy: "表妹，2026年9月6日12:00告诉", Shown: "他们又打给我了，回我" + cousin}
	for _, c := range []struct {
		name   string
		number evidence.Number
		shown  bool
	}{
		{"not listed", evidence.Number{}, false},
		{"a relative", evidence.Number{Number: cousin, Side: evidence.EmergencySide}, false},
		{"a relative who may be printed", evidence.Number{Number: cousin, Side: evidence.EmergencySide,
			Print: evidence.PrintFull}, true},
		{"a collector after all", evidence.Number{Number: cousin, Side: evidence.CollectorSide}, true},
	} {
		in := matter()
		in.Case.Numbers = append(in.Case.Numbers, c.number)
		in.Findings = append(in.Findings, evidence.Finding{Rule: "V01", Incidents: []evidence.Incident{told}})
		in.Incidents = []evidence.Incident{told}
		for _, role := range evidence.Roles() {
			out, _, _ := Redact(in, role, nil)
			for _, i := range []evidence.Incident{out.Incidents[0], out.Findings[1].Incidents[0]} {
				if got := strings.Contains(i.Number+i.Shown, cousin); got != c.shown {
					t.Errorf("%s, to %s: %s, %s", c.name, role, i.Number, i.Shown)
				}
			}
		}
	}
}

func TestPolicyKnowsEveryField(t *testing.T) {
	keep := strings.Fields("Incident.ID Incident.Kind Incident.Direction Incident.Reached Incident.Source " +
		"Exhibit.Number Exhibit.File Exhibit.Kind Exhibit.SHA256 Exhibit.SM3 Exhibit.MediaType Exhibit.NameHex " +
		"Exhibit.Media.Codec Exhibit.Media.App Exhibit.Media.Likeness Exhibit.Captured.Time " +
		"Exhibit.Captured.Precision Exhibit.Captured.Source Incident.Time.Precision Incident.Time.Source " +
		"Incident.Answered Incident.Disclosed Incident.Refused Incident.Reachable Incident.Announced Incident.Untrue " +
		"Incident.Use Incident.Role Incident.Carrier.Says Incident.Carrier.List")
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
	in := matter()
	in.Incidents, in.Exhibits = []evidence.Incident{i}, []evidence.Exhibit{x}
	out, _, _ := Redact(in, evidence.ToPlatform, nil)
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
	in := matter()
	respondent, body := New(in, evidence.ToPlatform), New(in, evidence.ToRegulator)
	for _, c := range [][2]string{
		{"Screenshot_2026-09-03-19-07-16-918_com.tencent.mm.png", ""}, {"IMG_20260901_201500.jpg", ""},
		{"calls-20260930120000.xml", ""},
		{"mmexport1709300000000.jpg", ""}, {"合同JK-2026-000123", ""}, {"13,800.00元、2716.50元", ""}, {"13800.00 2716", ""},
		{"2026-03-05 13:45:30", ""}, {"第13页 第5行", ""},
		{"贷款8000元，逾期12天", ""}, {"请致电010-58880000或01058880000", ""}, {"12378、95588、400-800-1234", ""},
		{"订单202603011234567890", ""}, {"139", ""},
		{"137 0000 1234", "137****1234"}, {"1 3 7 0 0 0 0 1 2 3 4", "137****1234"}, {"137.0000.1234", "137****1234"},
		{"137_0000_1234", "137****1234"},
		{"１３７００００１２３４", "137****1234"}, {"wx13700001234号", "wx137****1234号"},
		{"13700001234(13700001234)_20260908101227.mp3", "137****1234(137****1234)_20260908101227.mp3"},
		{"1370000123420260908101227.mp3", "137****123420260908101227.mp3"},
		{"2026-09-08 13700001234", "2026-09-08 137****1234"}, {"13700001234 13600005678", "137****1234 136****5678"},
		{"身份证11010519491231002X。", "身份证**************002X。"}, {"110105 19491231 002x", "**************002X"},
		{"1101051949-1231-0021号", "**************0021号"},
		{"110105 19491231 002  X", "**************002X"}, {"共13800.50", ""}, {"还了2716.5", ""},
		{"13700001234 13900001234", "137****1234 139****1234"}, // a stranger's before one that is listed
		{"李明说", "李*说"}, {"找13900001234", "找139****1234"}, {"尾号3900001234", ""}, {"13800138000", ""},
	} {
		want := c[1]
		if want == "" {
			want = c[0]
		}
		if got := respondent.Text(c[0]); got != want {
			t.Errorf("%q: got %q, want %q", c[0], got, want)
		}
	}
	if s := "本人13800138000，" + in.Case.Complainant.IDNumber; body.Text(s) != s {
		t.Errorf("the complainant's own, for a body that wants a real name: %q", body.Text(s))
	}
}

func TestPersonalName(t *testing.T) {
	for s, want := range map[string]string{"母亲": "", "同事周宁": "周*", "12348 值班律师": "", "欧阳小芳（室友）": "欧阳**", "王总": "王*",
		"张主任":    "张**",
		"张三丰 朋友": "张**",
		"小王":     "", "Tom Li": "T*****", "妈妈": "", "": "", "紧急联系人李明": "李*", "公司前台": "", "健身教练郑小满": "郑**",
		"表姐郑小满": "郑**", "郑小满健身教练": "郑**", "楼下超市": "", "买买提·艾力": "买*****"} {
		got := ""
		if name, ok := personalName(s); ok {
			got = maskName(name)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// A name beside a relation in a row is a third person's; words that only look like
// one stay, and so do the writer's own name and a borrower's in a contact's case.
func TestNamesInRows(t *testing.T) {
	for text, want := range map[string]string{
		"同事李明的聊天截图写明，对方说李明欠钱":   "同事李*的聊天截图写明，对方说李*欠钱",
		"打给我母亲张桂芳，说我欠钱":         "打给我母亲张**，说我欠钱",
		"同事马上接到电话，朋友周三说的，同事都知道": "同事马上接到电话，朋友周三说的，同事都知道",
		"同事王总说，朋友陆续接到":          "同事王总说，朋友陆续接到",
		"我是经理王强，今天必须还":          "我是经理王强，今天必须还",
		"朋友王小雨的借款":              "朋友王小雨的借款", // the writer's own
	} {
		in := Matter{Incidents: []evidence.Incident{{Shown: text}}}
		in.Case.Complainant.Name = "王小雨"
		if got := New(in, evidence.ToPlatform).Text(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		in.Case.Complainant.Kind = evidence.Contact
		if got := New(in, evidence.ToPlatform).Text(text); got != text {
			t.Errorf("to a contact: got %q", got)
		}
	}
	in := Matter{Incidents: []evidence.Incident{{ToldBy: "前台周宁，9月3日告诉"}}}
	if got := New(in, evidence.ToPlatform).Text("周宁听到的"); got != "周*听到的" {
		t.Errorf("who told: %q", got)
	}
}

// Whatever stands around it, a third person's number is not printed in full.
func FuzzMask(f *testing.F) {
	f.Add("对方给", "打电话")
	f.Add("+86 ", "；")
	f.Add("13900005678 ", "-13800138000")
	masks := New(matter(), evidence.ToPlatform)
	f.Fuzz(func(t *testing.T, before, after string) {
		// Digits next to it would make it another number.
		if strings.ContainsAny(before[max(0, len(before)-3):], "0123456789") ||
			strings.ContainsAny(after[:min(3, len(after))], "0123456789") {
			t.Skip()
		}
		if strings.Contains(masks.Text(before+"13900001234"+after), "13900001234") {
			t.Errorf("%q and %q let it through", before, after)
		}
	})
}

// A landline of somebody else begins with 0, and is covered from there,
// however it is written.
func TestListedLandline(t *testing.T) {
	in := matter()
	in.Case.Numbers = append(in.Case.Numbers,
		evidence.Number{Number: "0571-87654321", Name: "前台", Side: evidence.OtherSide})
	m := New(in, evidence.ToPlatform)
	for said, want := range map[string]string{
		"座机0571-87654321":    "座机057*****4321",
		"座机（0571）8765 4321。": "座机（057*****4321。",
		"10571876543210":     "1057*****43210",
	} {
		if got := m.Text(said); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

// Words that the person covered in a recording are covered in its transcript,
// and in no other.
func TestCoveredWordsOfATranscript(t *testing.T) {
	in := matter()
	said := []evidence.Passage{{Text: "让周小宁来还"}}
	of := func(recording string) []evidence.Note {
		return []evidence.Note{{Code: evidence.NoteTranscript, About: recording}}
	}
	in.Exhibits = []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording},
		{Number: "E003", Kind: evidence.Recording},
		{Number: "E002", Kind: evidence.Transcript, Notes: of("E001")},
		{Number: "E004", Kind: evidence.Transcript, Notes: of("E003")}}
	in.Passages = map[string][]evidence.Passage{"E002": said, "E004": said}
	out, _, missing := Redact(in, evidence.ToPlatform, []evidence.Redaction{{Exhibit: "E001", Text: "周小宁"}})
	if got := out.Passages["E002"][0].Text; got != "让"+Mark+"来还" || len(missing) > 0 {
		t.Errorf("the transcript says %q, missing %v", got, missing)
	}
	if got := out.Passages["E004"][0].Text; got != said[0].Text || in.Passages["E002"][0].Text != said[0].Text {
		t.Errorf("another says %q, the original %q", got, in.Passages["E002"][0].Text)
	}
}
