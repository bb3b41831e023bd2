package folder

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

func sampleCase() evidence.Case {
	return evidence.Case{
		ID: "01a119ab-0200-7000-8000-000000000000", Created: time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing),
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: `林"晓"安\`, IDNumber: "11010519491231002X",
			Phone: "19900000001", Region: "330100"},
		Platform: evidence.Party{Brand: "极融"},
		Lender: evidence.Party{Name: "示例消费金融有限公司", Licence: evidence.ConsumerFinance, Region: "330000",
			CreditCode: "91350100M000100Y43"},
		Loan: evidence.Loan{Principal: "8000.50", AnnualRate: "23.9", Due: "2026-09-01",
			Schedule: []string{"2026-07-01 720.50", "2026-08-01 720.50"}, Fees: []string{"2026-06-01 300 服务费"},
			Exhibits: []string{"E003"}},
		Numbers: []evidence.Number{{Number: "0571-00000101", Side: evidence.CollectorSide, Name: "客服"}},
		Filings: []evidence.Filing{{To: "platform", Date: "2026-09-14", Receipt: "1"}},
		Consent: evidence.Consent{Forward: evidence.Yes},
	}
}

// Every key of case.toml stands in a new one, each with words on what to write or
// in a table that has them: what nobody can find cannot be filled in.
func TestNewCaseFileHasEveryKey(t *testing.T) {
	text, err := FormatCase(evidence.Case{ID: "x", Created: time.Date(2026, 1, 1, 0, 0, 0, 0, evidence.Beijing)})
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{}
	table := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "# ")
		if strings.HasPrefix(line, "[") {
			table = strings.Trim(strings.SplitN(line, "#", 2)[0], "[] ")
			continue
		}
		tables[table] += line + "\n"
	}
	// Where one of two keys stands, or none, the notes tell of the other.
	told := map[string]string{"numbers.account": "写 account = ", "numbers.print": "加一行 print = ",
		"numbers.for": "加一行 for = "}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[evidence.Case]()) {
		name, of := f.Tag.Get("toml"), f.Type
		if of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Struct {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || of == reflect.TypeFor[time.Time]() {
			if !strings.Contains(tables[""], name+" = ") {
				t.Errorf("no %s in a new case.toml", name)
			}
			continue
		}
		for _, k := range reflect.VisibleFields(of) {
			key := k.Tag.Get("toml")
			where, words := tables[name], "\n"+key+" = "
			if said := told[name+"."+key]; said != "" {
				where, words = string(text), said
			}
			if !strings.Contains("\n"+where, words) {
				t.Errorf("no %s.%s in a new case.toml", name, key)
			}
		}
	}
}

func TestCaseRoundTrip(t *testing.T) {
	for _, c := range []evidence.Case{sampleCase(),
		{ID: "x", Created: time.Date(2026, 1, 1, 0, 0, 0, 0, evidence.Beijing)}} {
		text, err := FormatCase(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseCase(CaseFile, text)
		if err != nil {
			t.Fatal(err)
		}
		if !back.Created.Equal(c.Created) {
			t.Errorf("created %v, want %v", back.Created, c.Created)
		}
		back.Created, c.Created = time.Time{}, time.Time{}
		for _, list := range []*[]string{&back.Requests, &back.Loan.Schedule, &back.Loan.Fees, &back.Loan.Repaid,
			&back.Loan.Exhibits, &back.Deferral.Plan} {
			if len(*list) == 0 { // an empty list is none
				*list = nil
			}
		}
		if !reflect.DeepEqual(back, c) {
			t.Errorf("reads back as\n%+v\nwant\n%+v", back, c)
		}
	}
}

func TestCaseMistakes(t *testing.T) {
	for _, c := range []struct{ name, in, where string }{
		{"unknown key", "[lender]\nnmae = \"x\"\n", "case.toml:2 lender.nmae"},
		{"no closing quote", "[lender]\nname = \"x\n", "case.toml:2"},
		{"identity number", "[complainant]\n\nid_number = \"110105194912310021\"\n",
			"case.toml:3 complainant.id_number"},
		{"licence", "[lender]\nlicence = \"当铺\"\n", "case.toml:2 lender.licence"},
		{"a line break in a name", "[lender]\nname = \"示例\\n公司\"\n", "case.toml:2 lender.name"},
		{"region", "[lender]\nregion = \"999999\"\n", "case.toml:2 lender.region"},
		{"date", "[loan]\ndue = \"2026-02-30\"\n", "case.toml:2 loan.due"},
		{"money", "[loan]\nprincipal = \"八千\"\n", "case.toml:2 loan.principal"},
		{"credit code", "[lender]\ncredit_code = \"91350100M000100Y44\"\n", "case.toml:2 lender.credit_code"},
		{"phone", "[complainant]\nphone = \"打不通\"\n", "case.toml:2 complainant.phone"},
		{"print", "[[numbers]]\nnumber = \"10086\"\nprint = \"regulator 法院\"\n", "case.toml:3 numbers.print"},
		{"side", "[[numbers]]\nnumber = \"10086\"\nside = \"敌人\"\n", "case.toml:3 numbers.side"},
	} {
		_, err := ParseCase(CaseFile, []byte(c.in))
		var bad LineErrors
		if !errors.As(err, &bad) || !strings.HasPrefix(bad[0].Where(), c.where) {
			t.Errorf("%s: got %v, want a mistake at %s", c.name, err, c.where)
		}
	}
}

// What people write into case.toml and can only mean one thing is read as that,
// and an answer can still be written into the file.
func TestCasePlain(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("[lender]\nname = \"示例消费金融有限公司\"  # 全称\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in string
		want     func(evidence.Case) bool
	}{
		{"a bare number", "[loan]\nprincipal = 8000  # 本金\n",
			func(c evidence.Case) bool { return c.Loan.Principal == "8000" }},
		{"a bare number with zeros", "[loan]\ncontract = 00123\r\ndue = 2026-09-01\r\n",
			func(c evidence.Case) bool { return c.Loan.Contract == "00123" && c.Loan.Due == "2026-09-01" }},
		{"a bare name", "[complainant]\nname = 林晓安 # 姓名\n",
			func(c evidence.Case) bool { return c.Complainant.Name == "林晓安" }},
		{"quotes taken out", "[complainant]\nname =\nphone = # 手机号\n",
			func(c evidence.Case) bool { return c.Complainant.Name == "" && c.Complainant.Phone == "" }},
		{"Chinese quotes", "[complainant]\nname = “林晓安”  # 姓名\nphone = \"19900000001”\n",
			func(c evidence.Case) bool {
				return c.Complainant.Name == "林晓安" && c.Complainant.Phone == "19900000001"
			}},
		{"Chinese brackets and equals", "【complainant】 ＃ 您\nname＝『林晓安』＃姓名\n",
			func(c evidence.Case) bool { return c.Complainant.Name == "林晓安" }},
		{"a list in Chinese marks", "requests = [“书面答复”，“停止骚扰”]  # 请求\n",
			func(c evidence.Case) bool {
				return reflect.DeepEqual(c.Requests, []string{"书面答复", "停止骚扰"})
			}},
		{"no list", "requests = \"书面答复\"\n",
			func(c evidence.Case) bool { return reflect.DeepEqual(c.Requests, []string{"书面答复"}) }},
		{"a bare list", "[loan]\nschedule = [2026-07-01 720.50, 2026-08-01 720.50]\n",
			func(c evidence.Case) bool {
				return len(c.Loan.Schedule) == 2 &&
					c.Loan.Schedule[1] == "2026-08-01 720.50"
			}},
		{"GBK", gbk, func(c evidence.Case) bool { return c.Lender.Name == "示例消费金融有限公司" }},
		{"words for kinds", "[complainant]\nkind = \"借款人\"\n[lender]\nlicence = \"小额贷款公司\"\n" +
			"region = \"浙江省杭州市\"\n[loan]\nkind = \"信用卡\"\n[consent]\nnight = true\nforward = \"不同意\"\n" +
			"[credit]\nbureau = \"百行征信\"\n[[numbers]]\nnumber = 95588\nside = \"紧急联系人\"\n",
			func(c evidence.Case) bool {
				return c.Complainant.Kind == evidence.Borrower && c.Lender.Licence == evidence.SmallLoan &&
					c.Lender.Region == "330000" && c.Loan.Kind == evidence.CreditCard &&
					c.Consent.Night == evidence.Yes && c.Consent.Forward == evidence.No &&
					c.Credit.Bureau == "credit-baihang" && c.Numbers[0].Side == evidence.EmergencySide
			}},
		{"sums, rates and days", "[loan]\nprincipal = \"８，０００元\"\noverdue = \"¥1,234.50\"\n" +
			"annual_rate = \"23.9%\"\ndate = \"2026年9月1日\"\ndue = \"2026/10/1\"\n",
			func(c evidence.Case) bool {
				return c.Loan.Principal == "8000" && c.Loan.Overdue == "1234.50" && c.Loan.AnnualRate == "23.9" &&
					c.Loan.Date == "2026-09-01" && c.Loan.Due == "2026-10-01"
			}},
		{"a radical for a character", "[complainant]\nname = \"⼈⻢安\"\n",
			func(c evidence.Case) bool { return c.Complainant.Name == "人马安" }},
	} {
		got, err := ParseCase(CaseFile, []byte(c.in))
		if err != nil || !c.want(got) {
			t.Errorf("%s: %v\n%+v", c.name, err, got)
			continue
		}
		plain, err := plainCase(CaseFile, []byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if set, err := setKey(plain, "agency.name", "示例公司", 0); err != nil ||
			!strings.Contains(string(set), "示例公司") {
			t.Errorf("%s: nothing can be set in it: %v", c.name, err)
		}
	}
}

// What could mean two things, or nothing, is said in words a person knows:
// nothing of the parser, of bytes or of types.
func TestCaseUnread(t *testing.T) {
	for _, c := range []struct{ name, in, where, words string }{
		{"a quote inside Chinese quotes", "[lender]\nname = “示例“公司”\n", "case.toml:2", "这一行有中文引号“ ”：name = “示例“公司”"},
		{"no closing quote", "[lender]\nname = \"示例\n", "case.toml:2", "这一行的引号不成对：name = \"示例"},
		{"a key twice", "[lender]\nname = \"甲\"\nname = \"乙\"\n", "case.toml:3 name", "这一行前面已经写过一次"},
		{"a table for a value", "[lender]\nname = { a = 1 }\n", "case.toml:2 lender.name", "读不懂的一行"},
		{"prose", "我的情况是这样的\n", "case.toml:1", "读不懂的一行：我的情况是这样的"},
		{"no text", "\xff\x00\x80\x00", "case.toml", "无法辨认的文字编码"},
	} {
		_, err := ParseCase(CaseFile, []byte(c.in))
		var bad LineErrors
		if !errors.As(err, &bad) || bad[0].Where() != c.where || !strings.Contains(bad[0].Found.ZH, c.words) {
			t.Errorf("%s: got %v, want %s at %s", c.name, err, c.words, c.where)
		} else if strings.Contains(bad[0].Found.ZH+bad[0].Found.EN, "toml") {
			t.Errorf("%s: the parser speaks: %v", c.name, err)
		}
	}
}

func TestPrintedFor(t *testing.T) {
	for _, c := range []struct {
		print, role string
		want        bool
	}{{"", "nifa", false}, {"full", "nifa", true}, {"regulator nifa", "nifa", true}, {"regulator", "platform", false},
		{"regulator,platform", "platform", true}} {
		if got := (evidence.Number{Print: c.print}).PrintedFor(c.role); got != c.want {
			t.Errorf("%q for %s: %v", c.print, c.role, got)
		}
	}
}

func TestNormalNumber(t *testing.T) {
	for _, c := range [][2]string{
		{"+86 138 0013 8000", "13800138000"}, {"008613800138000", "13800138000"}, {"138-0013-8000", "13800138000"},
		{"１３８００１３８０００", "13800138000"},
		{"17951" + "13800138000", "13800138000"}, {"+862112345678", "02112345678"}, {"0571-87654321", "057187654321"},
		{"+8657187654321", "057187654321"},
		{"95588", "95588"}, {"+8695588", "95588"}, {"400-800-1234", "4008001234"}, {"1069 0000 0088", "106900000088"},
		{"+85212345678", "+85212345678"},
		{"0085212345678", "+85212345678"}, {"12378", "12378"}, {"未知号码", ""}, {"-1", ""}, {"", ""},
		{"\u202a13800138000\u202c", "13800138000"},
	} {
		if got := evidence.NormalNumber(c[0]); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSideOf(t *testing.T) {
	c := sampleCase()
	for number, want := range map[string]evidence.Side{"+86 571 0000 0101": evidence.CollectorSide,
		"057100000101": evidence.CollectorSide, "19900000001": evidence.SelfSide, "10086": "", "": "", "00000101": ""} {
		if got := c.SideOf(number); got != want {
			t.Errorf("%q is %q, want %q", number, got, want)
		}
	}
}

// An account of a chat is named like a number, by the name the chat shows.
func TestSideOfWriter(t *testing.T) {
	c := sampleCase()
	c.Numbers = append(c.Numbers, evidence.Number{Account: "催收 小李", Side: evidence.CollectorSide},
		evidence.Number{Account: "妈妈", Side: evidence.OtherSide})
	for _, x := range []struct {
		i    evidence.Incident
		want evidence.Side
	}{
		{evidence.Incident{Kind: evidence.Message, Name: "催收  小李"}, evidence.CollectorSide},
		{evidence.Incident{Kind: evidence.Post, Name: "催收 小李"}, evidence.CollectorSide},
		{evidence.Incident{Kind: evidence.Message, Name: "妈妈"}, evidence.OtherSide},
		{evidence.Incident{Kind: evidence.Message, Name: "小李"}, ""},
		{evidence.Incident{Kind: evidence.Message}, ""},
		{evidence.Incident{Kind: evidence.Call, Name: "妈妈"}, ""}, // a contact's name in the phone is no account
		{evidence.Incident{Kind: evidence.Message, Name: "催收 小李", Number: "10086"}, ""},
	} {
		if got := c.SideOfWriter(x.i); got != x.want {
			t.Errorf("%+v is %q, want %q", x.i, got, x.want)
		}
	}
	data, err := FormatCase(c)
	if err != nil || !strings.Contains(string(data), "account = \"催收 小李\"") {
		t.Errorf("written as %s: %v", data, err)
	}
	_, err = ParseCase("case.toml", []byte("[[numbers]]\nnumber = \"10086\"\naccount = \"小李\"\n"))
	if err == nil || !strings.Contains(err.Error(), "case.toml:3") {
		t.Errorf("a number and an account in one: %v", err)
	}
}

func TestCheckCharacters(t *testing.T) {
	for id, want := range map[string]bool{"000000199911050027": true, "330000199902300027": false,
		"11010519491231002X": true, "11010519491231002x": true, "110105194912310021": false, "1101051949123100": false,
		"1101051949123100２X": false} {
		if evidence.ValidID(id) != want {
			t.Errorf("identity number %s: %v", id, !want)
		}
	}
	for code, want := range map[string]bool{"91350100M000100Y43": true, "91350100M000100Y44": false,
		"91350100I000100Y43": false} {
		if evidence.ValidCreditCode(code) != want {
			t.Errorf("credit code %s: %v", code, !want)
		}
	}
	if evidence.MaskID("11010519491231002X") != "**************002X" ||
		evidence.MaskNumber("13800138000") != "138****8000" || evidence.MaskNumber("12378") != "12378" {
		t.Error("masks")
	}
}

func TestRegions(t *testing.T) {
	for in, want := range map[string]string{"浙江": "330000", "浙江省": "330000", "内蒙古": "150000", "330106": "330106",
		"深圳市": "440300", "京": "", "999999": "", "": ""} {
		if got, ok := evidence.FindRegion(in); got != want && ok || ok != (want != "") {
			t.Errorf("%s: got %s, %v", in, got, ok)
		}
	}
	if evidence.RegionName("330106") != "浙江省" || evidence.RegionName("330203") != "宁波市" ||
		evidence.RegionName("12") != "" {
		t.Error("names")
	}
}

func FuzzParseCase(f *testing.F) {
	text, _ := FormatCase(sampleCase())
	f.Add(text)
	f.Add([]byte("[lender]\nname = \"\"\"x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCase(CaseFile, data)
		if err != nil {
			return
		}
		if _, err := FormatCase(c); err != nil {
			t.Errorf("a case that was read cannot be written: %v", err)
		}
	})
}

func FuzzParseRegister(f *testing.F) {
	f.Add([]byte(`{"type":"exhibit","schema":1,"number":"E001","file":"E001.wav","kind":"recording"}` + "\n" +
		`{"type":"timeline","last":7}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRegister(data)
		if err == nil && len(r.Known) < len(r.Exhibits) {
			t.Error("an exhibit without a path")
		}
	})
}

func FuzzNormalNumber(f *testing.F) {
	f.Add("+86 138 0013 8000")
	f.Fuzz(func(t *testing.T, s string) {
		n := evidence.NormalNumber(s)
		if strings.Trim(n, "0123456789+*#") != "" {
			t.Errorf("%q becomes %q", s, n)
		}
	})
}

// Money is exact, and a line of payments is one or it is refused.
func TestMoney(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "8000": "8000", "0.1": "0.10", "0.05": "0.05", "100.10": "100.10",
		"999999999999.99": "999999999999.99"} {
		if f, ok := evidence.ParseFen(in); !ok || f.String() != want {
			t.Errorf("%s reads as %s, %t", in, f, ok)
		}
	}
	for _, in := range []string{"", "1.234", "1,000", "-1", "1e3", ".5", "1000000000000"} {
		if f, ok := evidence.ParseFen(in); ok {
			t.Errorf("%q reads as %s", in, f)
		}
	}
	if s := evidence.Fen(-1205).String(); s != "-12.05" {
		t.Error(s)
	}
	p, ok := evidence.ParsePayment(" 2026-06-01　300元 服务 费 ")
	if !ok || p.Day.Format(time.DateOnly) != "2026-06-01" || p.Sum != 300_00 || p.Note != "服务 费" {
		t.Errorf("got %+v, %t", p, ok)
	}
	for _, in := range []string{"", "2026-06-01", "300 2026-06-01", "2026-02-30 300", "2026-06-01 0",
		"2026-06-01 abc"} {
		if p, ok := evidence.ParsePayment(in); ok {
			t.Errorf("%q reads as %+v", in, p)
		}
	}
	if list := evidence.Payments([]string{"2026-08-01 1", "2026-07-01 2.50"}); evidence.Total(list) != 350 ||
		list[0].Sum != 250 {
		t.Errorf("got %v", list)
	}
}

// A mistake in the loan's lists is shown with its line and key.
func TestLoanMistakes(t *testing.T) {
	text, err := FormatCase(evidence.Case{ID: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for was, is := range map[string]string{
		`schedule = []`: `schedule = ["七月一日 720"]`, `fees = []`: `fees = ["2026-07-01"]`,
		`repaid = []`: `repaid = ["2026-02-30 1"]`,
		`lpr = ""`:    `lpr = "3.1‰"`, `shown_cost = ""`: `shown_cost = "二十"`,
	} {
		_, err := ParseCase(CaseFile, []byte(strings.Replace(string(text), was, is, 1)))
		var bad LineErrors
		if key, _, _ := strings.Cut(was, " "); !errors.As(err, &bad) || len(bad) != 1 || bad[0].Column != "loan."+key ||
			bad[0].Line == 0 {
			t.Errorf("%s: %v", is, err)
		}
	}
}

// A key of one of several tables is set there and nowhere else.
func TestKeyOfOneOfSeveral(t *testing.T) {
	text := "[[filings]]\nto = \"lender\"\nanswered = \"\"  # 答复的日期\n\n[[filings]]  # 第二次\nto = \"platform\"\n"
	for name, c := range map[string]struct{ key, want string }{
		"a line that is there": {"filings[1].answered",
			"[[filings]]\nto = \"lender\"\nanswered = \"2026-09-30\"  # 答复的日期" +
				"\n\n[[filings]]  # 第二次\nto = \"platform\"\n"},
		"a line that is not": {"filings[2].answered", "[[filings]]\nto = \"lender\"\nanswered = \"\"  # 答复的日期\n\n" +
			"[[filings]]  # 第二次\nto = \"platform\"\nanswered = \"2026-09-30\"\n"},
		"a table that is not": {"filings[3].answered", ""},
	} {
		key, nth := keyPlace(c.key)
		got, err := setKey([]byte(text), key, "2026-09-30", nth)
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q (%v)", name, got, err)
		}
		if err == nil && keyOf(got, key, nth) != "2026-09-30" {
			t.Errorf("%s: reads back as %q", name, keyOf(got, key, nth))
		}
	}
}

// A list is set item by item, its note stays, and one over several lines is left to
// the person.
func TestKeyOfAList(t *testing.T) {
	const value = "2026-07-01 720.50 E005:12\n2026-08-01 1 “x”"
	for name, c := range map[string]struct{ text, want string }{
		"an empty list": {"[loan]\nrepaid = []  # 已经还的\n",
			"[loan]\nrepaid = [\"2026-07-01 720.50 E005:12\", \"2026-08-01 1 “x”\"]  # 已经还的\n"},
		"one with items": {"[loan]\nrepaid = [ \"2026-06-01 1 [a]\", '2026-06-01 2' ]\n",
			"[loan]\nrepaid = [\"2026-07-01 720.50 E005:12\", \"2026-08-01 1 “x”\"]\n"},
		"no such line":  {"[loan]\n", "[loan]\nrepaid = [\"2026-07-01 720.50 E005:12\", \"2026-08-01 1 “x”\"]\n"},
		"several lines": {"[loan]\nrepaid = [\n  \"2026-06-01 1\",  # 六月\n]\n", ""},
	} {
		got, err := setKey([]byte(c.text), "loan.repaid", value, 0)
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q (%v)", name, got, err)
		}
		if err != nil {
			continue
		}
		if back := keyOf(got, "loan.repaid", 0); back != value {
			t.Errorf("%s: reads back as %q", name, back)
		}
		if got, err = setKey(got, "loan.repaid", "", 0); err != nil || !strings.Contains(string(got), "repaid = []") {
			t.Errorf("%s: taken back: %q (%v)", name, got, err)
		}
	}
}
