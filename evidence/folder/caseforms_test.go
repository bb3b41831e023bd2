package folder

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// plainValues has a value of each key of case.toml in the form the program writes.
var plainValues = map[string]string{
	"id": "x", "statement": "他们半夜打电话", "requests": "书面答复",
	"complainant.kind": "borrower", "complainant.name": "林晓安", "complainant.id_number": "11010519491231002X",
	"complainant.phone": "19900000001", "complainant.address": "河南省郑州市某路1号", "complainant.email": "a@example.com",
	"complainant.region": "410000", "complainant.of": "林小", "complainant.relation": "母亲",
	"agent.name": "林大", "agent.id_number": "11010519491231002X", "agent.phone": "19900000002", "agent.address": "某路2号",
	"agent.relation":    "亲属",
	"organisation.name": "某某法律援助中心", "organisation.address": "某路3号", "organisation.phone": "0571-00000101",
	"organisation.signatory": "王某", "organisation.review": "yes",
	"loan.kind": "network", "loan.contract": "JR-1", "loan.date": "2026-03-01", "loan.principal": "8000",
	"loan.received": "7800.50", "loan.annual_rate": "23.9", "loan.due": "2026-04-01", "loan.overdue": "2716",
	"loan.monthly": "720.50", "complainant.income": "8000",
	"loan.settled": "2026-05-01", "loan.born": "2010-01-01", "loan.schedule": "2026-04-01 720.50",
	"loan.fees": "2026-03-01 300 服务费", "loan.repaid": "2026-04-01 720.50 E005:12", "loan.shown_cost": "24",
	"loan.lpr": "3.1", "loan.exhibits": "E003",
	"deferral.reason": "失业", "deferral.plan": "2026-10-15 500", "deferral.reduce": "yes",
	"credit.bureau": "credit-baihang", "credit.report": "2026-05-01", "credit.entry": "逾期", "credit.wrong": "已还清",
	"consent.forward": "yes", "consent.night": "no", "consent.loan": "no", "consent.confidential": "yes",
	"numbers.number": "0571-00000101", "numbers.account": "催收小李", "numbers.side": "collector", "numbers.name": "李某",
	"numbers.print": "regulator", "numbers.for": "this",
	"filings.to": "platform", "filings.date": "2026-06-01", "filings.receipt": "GD1",
	"filings.answered": "2026-06-15",
	"filings.answer":   "已转交", "filings.exhibit": "E004", "filings.papers": "own", "filings.letter": "reminder",
	"filings.accepted": "2026-06-02", "filings.outcome": "unsatisfied", "filings.points": "没有说明",
	"filings.reply":     "E005",
	"filings.withdrawn": "2026-06-20", "filings.closed": "2026-07-01",
	"platform.name": "某某科技有限公司", "platform.brand": "极融", "platform.licence": "none", "platform.region": "410000",
	"platform.credit_code": "91350100M000100Y43", "platform.address": "某路4号", "platform.phone": "4000000000",
}

// valueOf is the plain value of a key; those of all firms are alike.
func valueOf(key string) string {
	if table, leaf, _ := strings.Cut(key, "."); slices.Contains([]string{"lender", "agency", "assignee", "payee"},
		table) {
		key = "platform." + leaf
	}
	return plainValues[key]
}

// settingOf is a case.toml of one setting, written with these marks.
func settingOf(key, value, format string) string {
	table, leaf := keyParts(key)
	if strings.Contains(format, "%[3]s") { // the key in Chinese
		for _, k := range leafWords[table] {
			if k.key == leaf {
				leaf = k.words[0]
			}
		}
	}
	format = strings.ReplaceAll(format, "%[3]s", "%[1]s")
	text := fmt.Sprintf(format, leaf, value) + "\n"
	if table == "" {
		return text
	}
	if caseForms[table] == keyOfTables {
		return "[[" + table + "]]\n" + text
	}
	return "[" + table + "]\n" + text
}

// Every key of case.toml is read in every form in which people write a line, what was
// understood is told with its line, and written so.
func TestEveryKeyInEveryForm(t *testing.T) {
	u16 := func(s string, low, high int, mark string) string {
		b := []byte(mark)
		for _, u := range utf16.Encode([]rune(s)) {
			two := [2]byte{}
			two[low], two[high] = byte(u), byte(u>>8)
			b = append(b, two[:]...)
		}
		return string(b)
	}
	forms := map[string]string{
		"Chinese quotes": "%[1]s = “%[2]s”  # 说明", "corner brackets": "%[1]s = 「%[2]s」",
		"wide quotes": "%[1]s = ＂%[2]s＂",
		"wide equals": "%[1]s＝\"%[2]s\"", "wide colon": "%[1]s：%[2]s", "wide blanks": "　%[1]s　=　\"%[2]s\"　＃ 说明",
		"no quotes": "%[1]s = %[2]s", "a key in Chinese": "%[3]s = \"%[2]s\"", "all in Chinese": "%[3]s：“%[2]s”",
		"a key in quotes": "\"%[3]s\" = \"%[2]s\"", "blanks inside": "%[1]s = \" %[2]s　\"",
		"carriage returns": "%[1]s = %[2]s\r",
		"no break blanks":  "%[1]s\u00a0=\u00a0\"%[2]s\"",
	}
	encodings := map[string]func(string) string{
		"GBK": func(s string) string {
			out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return out
		},
		"UTF-8 with a mark":          func(s string) string { return "\ufeff" + s },
		"UTF-16 with a mark":         func(s string) string { return u16(s, 0, 1, "\xff\xfe") },
		"UTF-16, the other order":    func(s string) string { return u16(s, 1, 0, "\xfe\xff") },
		"UTF-16 without a mark":      func(s string) string { return u16(s, 0, 1, "") },
		"UTF-16 without a mark, too": func(s string) string { return u16(s, 1, 0, "") },
	}
	for _, key := range caseKeys(reflect.TypeFor[evidence.Case](), "") {
		value := valueOf(key)
		if _, is := caseForms[key]; value == "" {
			if key != "created" && !is && len(leafWords[key]) == 0 {
				t.Errorf("%s: no value to try", key)
			}
			continue
		}
		list := caseForms[key] == keyOfList
		format := "%[1]s = \"%[2]s\""
		if list {
			format = "%[1]s = [\"%[2]s\"]"
		}
		plain := settingOf(key, value, format)
		want, err := ParseCase(CaseFile, []byte(plain))
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		if got, all := understood(CaseFile, []byte(plain)); string(got) != plain || len(all) > 0 {
			t.Errorf("%s: the plain form is changed: %q, %v", key, got, all)
		}
		try := func(name, text string) {
			got, err := ParseCase(CaseFile, []byte(text))
			trimmed := strings.Trim(keyOf([]byte(plain), key, 0), " ")
			free := name == "blanks inside" && !reflect.DeepEqual(got, want) // of words that are kept as written
			if err != nil || !reflect.DeepEqual(got, want) && !free {
				t.Errorf("%s, %s: %v in %q", key, name, err, text)
				return
			}
			out, all := understood(CaseFile, []byte(text))
			if again, more := understood(CaseFile, out); len(more) > 0 || string(again) != string(out) {
				t.Errorf("%s, %s: not plain once it is written: %q, %v", key, name, out, more)
			}
			if strings.Trim(keyOf(out, key, 0), " 　") != trimmed {
				t.Errorf("%s, %s: written as %q", key, name, out)
			}
			if len(all) == 0 && !strings.HasPrefix(name, "UTF-8") && name != "carriage returns" && !free &&
				strings.Trim(strings.ReplaceAll(text, "\r", ""), "\n") != strings.Trim(plain, "\n") {
				t.Errorf("%s, %s: nothing is told of %q", key, name, text)
			}
		}
		for name, form := range forms {
			try(name, settingOf(key, value, form))
		}
		for name, encode := range encodings {
			try(name, encode(plain+"# 说明文字 and some more words\n"))
		}
	}
}

// Each value that can only mean one thing is read as that; each that can mean two is
// asked, with both.
func TestEveryFormOfAValue(t *testing.T) {
	read := func(key, in string) (string, error) {
		c, err := ParseCase(CaseFile, []byte(settingOf(key, in, "%[1]s = \"%[2]s\"")))
		if err != nil {
			return "", err
		}
		var got string
		eachChange("", reflect.ValueOf(evidence.Case{}), reflect.ValueOf(c), 0, func(k string, _ int, _, to string) {
			if k == key {
				got = to
			}
		})
		for n := range c.Numbers {
			eachChange("numbers", reflect.ValueOf(evidence.Number{}), reflect.ValueOf(c.Numbers[n]), 0,
				func(k string, _ int, _, to string) {
					if k == key {
						got = to
					}
				})
		}
		for n := range c.Filings {
			eachChange("filings", reflect.ValueOf(evidence.Filing{}), reflect.ValueOf(c.Filings[n]), 0,
				func(k string, _ int, _, to string) {
					if k == key {
						got = to
					}
				})
		}
		if list := [][]string{c.Loan.Schedule, c.Loan.Exhibits}; got == "" {
			got = strings.Join(append(list[0], list[1]...), "\n")
		}
		return got, nil
	}
	for keys, forms := range map[string][][2]string{
		"loan.date loan.due loan.settled loan.born credit.report filings.date filings.answered filings.closed": {
			{"2026年3月1日", "2026-03-01"}, {"2026.3.1", "2026-03-01"}, {"2026/3/1", "2026-03-01"}, {"2026-3-1",
				"2026-03-01"},
			{"２０２６年３月１日", "2026-03-01"}, {"2026年03月01号", "2026-03-01"}, {"20260301", "2026-03-01"},
			{"2026。3。1", "?2026-03-02"}, {"25/03/2026", "2026-03-25"}, {"2026 / 3 / 1", "2026-03-01"},
			{"03/04/2026", "?2026-03-04 还是 2026-04-03"}, {"3.4.2026", "?2026-03-04 还是 2026-04-03"},
			{"03/03/2026", "2026-03-03"}, {"26/3/1", "?写 2026-03-01"}, {"26年3月1日", "?写 2026-03-01"},
			{"3月1日", "?带年份的日期"}, {"2026年3月", "?具体到哪一天"}, {"2026-02-30", "?真实的日期"}, {"去年三月", "?真实的日期"}},
		"loan.principal loan.received loan.overdue": {
			{"8,000", "8000"}, {"8，000元", "8000"}, {"8000元", "8000"}, {"8000元整", "8000"}, {"¥8000", "8000"},
			{"人民币8000元", "8000"}, {"2万元", "20000"}, {"2万", "20000"}, {"1.5万", "15000"}, {"0.05万元", "500"},
			{"12.3456万", "123456"}, {"８０００．５０", "8000.50"}, {"1,234,567.80", "1234567.80"}, {"８０００", "8000"},
			{"80,00", "?单位元"}, {"1,5万", "?单位元"}, {"八千", "?单位元"}, {"大约8000", "?单位元"}, {"8000-9000", "?单位元"},
			{"1.23456万", "?单位元"}, {"8k", "?单位元"}},
		"loan.annual_rate loan.shown_cost": {
			{"23.9%", "23.9"}, {"23.9％", "23.9"}, {"２３．９", "23.9"}, {"百分之24", "24"}, {"年化36%", "36"},
			{"日息0.05%", "?23.9"}, {"3.1‰", "?23.9"}},
		"loan.schedule": {{"2026年7月1日 720.5元", "2026-07-01 720.5"}, {"2026/7/1　1,200", "2026-07-01 1200"},
			{"2026.7.1 1万 服务费", "2026-07-01 10000 服务费"}, {"7月1日 720", "?日期 金额"}, {"03/04/2026 720", "?日期 金额"}},
		"loan.exhibits": {{"E3", "E003"}, {"证据4、e5", "E004\nE005"}, {"ｅ３", "E003"}, {"录音", "?证据编号"}},
		"complainant.kind": {{"借款人", "borrower"}, {"本人", "borrower"}, {"联系人", "contact"}, {"监护人", "guardian"}, {"借钱人",
			"?borrower"}},
		"numbers.for":  {{"本案", "this"}, {"另一家", "other"}, {"两家", "?this"}},
		"numbers.side": {{"催收方", "collector"}, {"紧急联系人", "emergency"}, {"我", "self"}, {"敌人", "?collector"}},
		"lender.licence": {{"消费金融公司", "consumer-finance"}, {"银行", "bank"}, {"小贷公司", "small-loan"}, {"不清楚", ""},
			{"当铺", "?bank"}},
		"consent.forward consent.night deferral.reduce organisation.review": {{"是", "yes"}, {"否", "no"}, {"同意", "yes"},
			{"true", "yes"}, {"不知道", ""}, {"也许", "?yes"}},
		"complainant.region lender.region platform.region": {{"河南省", "410000"}, {"河南", "410000"},
			{"４１００００", "410000"}, {"河南省郑州市", "410000"}, {"火星", "?行政区划"}},
		"complainant.phone agent.phone": {{"１９９０００００００１", "19900000001"}, {"199—0000—0001", "199-0000-0001"}, {"没有",
			"?电话号码"}},
		"complainant.id_number": {{"１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"}, {"110105 19491231 002x",
			"11010519491231002X"}},
		"complainant.email":    {{"ａ＠example．com", "a@example.com"}},
		"platform.credit_code": {{"91350100 m000100 y43", "91350100M000100Y43"}},
		"filings.to":           {{"平台", "platform"}, {"监管部门", "regulator"}, {"某某局", "某某局"}},
		"filings.outcome":      {{"不满意", "unsatisfied"}, {"还行", "?satisfied"}},
		"filings.papers":       {{"自己写的", "own"}}, "filings.letter": {{"催办", "reminder"}},
		"filings.exhibit": {{"E4", "E004"}, {"证据4 E5", "E004 E005"}}, "numbers.print": {{"写全", "full"}, {"监管部门、平台",
			"regulator platform"}},
		"complainant.name agent.name numbers.name complainant.of": {{"⼈⻢安", "人马安"}, {" 林晓安 ", "林晓安"},
			{"林\u200b晓安\ufeff", "林晓安"},
			{"阿依古丽•买买提", "阿依古丽·买买提"}, {"阿依古丽.买买提", "阿依古丽·买买提"}, {"ＬＩ小安", "LI小安"}, {"林　　安", "林　　安"}},
		"lender.name platform.brand organisation.name": {{"ＡＢＣ⼩贷（北京）", "ABC小贷（北京）"}, {"３６０借条", "360借条"}},
	} {
		for _, key := range strings.Fields(keys) {
			for _, f := range forms {
				got, err := read(key, f[0])
				if said, asked := strings.CutPrefix(f[1], "?"); asked {
					var bad LineErrors
					if !errors.As(err, &bad) || !strings.Contains(bad[0].Wanted.ZH+bad[0].Wanted.EN, said) ||
						bad[0].Line == 0 ||
						!strings.Contains(bad[0].Found.ZH, strings.TrimSpace(f[0])) {
						t.Errorf("%s = %q: %q, %v; want to be asked %q", key, f[0], got, err, said)
					}
				} else if err != nil || got != f[1] {
					t.Errorf("%s = %q: %q, %v; want %q", key, f[0], got, err, f[1])
				}
			}
		}
	}
}

// What a person wrote in a form of their own is told line by line; an answer writes the
// file in the plain form, with its notes, and keeps it as it was.
func TestCaseIsWrittenPlain(t *testing.T) {
	f := newFolder(t)
	wild := "# 我自己写的说明\nrequests = [\n  “书面答复”，\n  “停止骚扰”\n]\n[投诉人]  ＃ 我\n姓名：“⼈小安”  # 和身份证一致\n" +
		"kind = 借款人\n【loan】\n本金 ＝ 2万元\ndate = \"2026年3月1日\"\n[consent]\nnight = 否\n[号码]\n号码：0571-00000101\n是谁的：催收方\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(wild)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(f.Path(CaseFile), []byte(gbk), 0o600)
	all, err := f.CaseReadings()
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range all {
		said = append(said, fmt.Sprintf("%d %s: %s → %s", r.Line, r.Key, r.Written.ZH, r.Read.ZH))
	}
	want := []string{"0 : GBK（ANSI）编码 → 文字都读得出来；写回时存成 UTF-8", "3 : “书面答复”， → \"书面答复\",",
		"4 : “停止骚扰” → \"停止骚扰\",", "6 : [投诉人] → [complainant]", "7 complainant.name: 姓名：“⼈小安” → name = \"人小安\"",
		"8 complainant.kind: kind = 借款人 → kind = \"borrower\"", "9 : 【loan】 → [loan]",
		"10 loan.principal: 本金 ＝ 2万元 → principal = \"20000\"",
		"11 loan.date: date = \"2026年3月1日\" → date = \"2026-03-01\"", "13 consent.night: night = 否 → night = \"no\"",
		"14 : [号码] → [[numbers]]", "15 numbers.number: 号码：0571-00000101 → number = \"0571-00000101\"",
		"16 numbers.side: 是谁的：催收方 → side = \"collector\""}
	if !slices.Equal(said, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	if _, err := f.Answer(Answer{Question: "q", Changes: []Change{{Key: "loan.due", After: "2026-04-01"}}},
		testNow); err != nil {
		t.Fatal(err)
	}
	now, _ := os.ReadFile(f.Path(CaseFile))
	plain := "\ufeff# 我自己写的说明\nrequests = [\n  \"书面答复\",\n  \"停止骚扰\",\n]\n[complainant]  # 我\n" +
		"name = \"人小安\"  # 和身份证一致\n" +
		"kind = \"borrower\"\n[loan]\ndue = \"2026-04-01\"\nprincipal = \"20000\"\ndate = \"2026-03-01\"\n" +
		"[consent]\nnight = \"no\"\n" +
		"[[numbers]]\nnumber = \"0571-00000101\"\nside = \"collector\"\n"
	if string(now) != plain {
		t.Errorf("written:\n%s\nwant:\n%s", now, plain)
	}
	if kept, err := os.ReadFile(f.Path(SupersededDir, caseDir, "1-"+CaseFile)); err != nil || string(kept) != gbk {
		t.Errorf("kept: %q, %v", kept, err)
	}
	if log, _ := f.Custody(); !strings.Contains(string(log), "superseded/case/1-case.toml") {
		t.Error("the log says nothing of it")
	}
	// What is plain already is kept nowhere.
	if _, err := f.Answer(Answer{Question: "p", Changes: []Change{{Key: "loan.overdue", After: "1"}}},
		testNow.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Path(SupersededDir, caseDir, "2-"+CaseFile)); !os.IsNotExist(err) {
		t.Errorf("kept again: %v", err)
	}
}

// Whatever stands in case.toml: its plain form reads the same and is plain, with as many
// lines, and no message speaks of bytes, of the parser or of Go.
func FuzzUnderstood(f *testing.F) {
	for _, s := range []string{"[投诉人]\n姓名：“林晓安”\n", "requests = [“a”，\n「b」]\n",
		"[loan]\nprincipal = 2万元 # x\ndate=2026.3.1\n",
		"[[filings]]\nto = 平台\n[filings]\nto = “协会”\r\n", "[loan]\ndue = \"03/04/2026\"\n",
		"created = 2026-10-01T12：00：00+08:00\n",
		"\xff\xfe[\x00l\x00", "[lender]\nname = \"a\\\n", "[consent]\nnight = \"\"\"否\"\"\"\n", "姓名 = {}\n"} {
		f.Add([]byte(s))
	}
	text, _ := FormatCase(sampleCase())
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		want, err := ParseCase(CaseFile, data)
		plain, _ := understood(CaseFile, data)
		if err != nil {
			var bad LineErrors
			if !errors.As(err, &bad) {
				t.Fatalf("no place is named: %v", err)
			}
			for _, b := range bad {
				said, _, _ := strings.Cut(b.Found.EN, ":") // behind it comes the line itself
				for _, word := range []string{"toml:", "struct", "evidence.", "U+00", "0x", "reflect", "type string"} {
					if strings.Contains(b.Wanted.EN+said, word) && !strings.Contains(string(data), word) {
						t.Errorf("the parser speaks: %v", b)
					}
				}
			}
			return
		}
		got, err := ParseCase(CaseFile, plain)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q becomes %q: %v", data, plain, err)
		}
		if again, all := understood(CaseFile, plain); string(again) != string(plain) && len(all) > 0 {
			t.Errorf("%q is not plain: %q, %v", plain, again, all)
		}
	})
}
