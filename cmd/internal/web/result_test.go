package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
)

func noteDetail(code, detail, _ string) string { return code + " " + detail }

func TestResultOf(t *testing.T) {
	call := evidence.Incident{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Exhibits: []string{"E006"},
		Words: "录音里对方说：“小心点”"}
	threat := evidence.Finding{Rule: "V06", Title: evidence.Text{ZH: "威胁", EN: "threat"}, Strength: evidence.Shown,
		Incidents: []evidence.Incident{call}, Citations: []evidence.Citation{{Name: "民法典", Article: "第九百九十一条",
			Checked: "VT", CheckedOn: "2026-11-23"}}}
	for n := range 6 { // one kind in one entry, the acts beyond a few counted
		i := call
		i.ID = string(rune('A' + n))
		threat.Incidents = append(threat.Incidents, i)
	}
	again := threat
	again.Incidents = again.Incidents[:1]
	stated := evidence.Finding{Title: evidence.Text{ZH: "上门", EN: "visit"}, Strength: evidence.Stated,
		Incidents: []evidence.Incident{{ID: "T9", Kind: evidence.Visit}}}
	for _, c := range []struct {
		name    string
		in      desk.Checked
		head    string
		shown   int
		stated  int
		offers  int
		safety  bool
		restore bool
	}{
		{name: "shown", in: desk.Checked{Report: evidence.Report{Findings: []evidence.Finding{threat, again, stated}}},
			head: "can", shown: 1, stated: 1},
		{name: "word alone", in: desk.Checked{Report: evidence.Report{Findings: []evidence.Finding{stated}}},
			head: "word", stated: 1},
		{name: "nothing found", in: desk.Checked{Offers: []desk.Offer{{Code: desk.OfferDeferral},
			{Code: desk.OfferStatement}, {Code: desk.OfferObjection}, {Code: desk.OfferAdvice}}}, head: "none", offers: 4},
		{name: "asked first", in: desk.Checked{Questions: []ask.Question{{Kind: ask.Words, Danger: true}}},
			head: "open-h", safety: true},
		{name: "facts alone are asked", in: desk.Checked{Questions: []ask.Question{{Kind: ask.Address}}}, head: "none"},
		{name: "a harmed table", in: desk.Checked{Harm: desk.TableHarm{Cells: 1}}, head: "none", restore: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := resultOf(c.in, nil, "zh")
			if got.Head != c.head || len(got.Shown) != c.shown || got.NStated != c.stated ||
				len(got.Offers) != c.offers || (got.Safety != nil) != c.safety || (got.Harm != nil) != c.restore {
				t.Errorf("%+v", got)
			}
			for _, o := range got.Offers {
				if (o.Code == "") != strings.Contains(o.Text, "12348") {
					t.Errorf("%+v", o)
				}
			}
		})
	}
	f := resultOf(desk.Checked{Report: evidence.Report{Findings: []evidence.Finding{threat, again}}}, nil, "zh").Shown[0]
	if len(f.Acts) != mostActs || f.Rest != 3 || f.Acts[0].Number != "E006" ||
		!strings.Contains(f.Acts[0].What, "您说") {
		t.Errorf("%+v", f)
	}
	if got := strings.Join(f.Laws, "|"); got != "《民法典》第九百九十一条（读过转载的条文，2026-11-23）" {
		t.Errorf("%s", got)
	}
}

// What is missing leads to the screen where it is added; what no letter can go
// without stands first.
func TestGapsOf(t *testing.T) {
	r := desk.Checked{
		Questions: []ask.Question{{Kind: ask.Caller}, {Kind: ask.Words}, {Kind: ask.Consent}, {Kind: ask.Address},
			{Kind: ask.Phone}},
		Report: evidence.Report{Obstacles: []evidence.Obstacle{
			{Code: "no-violation", What: evidence.Advise("没有", "")},
			{Code: "no-region", Where: "case.toml lender.region", What: evidence.Advise("不知道注册地", ""),
				For: []evidence.Role{evidence.ToRegulator}},
			{Code: "damaged-log", Where: "custody.jsonl:3", What: evidence.Advise("记录坏了", ""),
				Remedy: evidence.Advise("照着改", "")},
		}},
	}
	c := evidence.Case{Platform: evidence.Party{Brand: "极融"}, Lender: evidence.Party{Name: "甲", Address: "某路1号"}}
	r.Returns = []desk.Return{
		{Return: letter.Return{Code: "signature", What: evidence.Advise("没有签名", "")}},
		{Return: letter.Return{Code: "respondent-address", Where: "lender.address", What: evidence.Advise("没有地址", "")}},
		{Return: letter.Return{Code: "born", Where: "loan.born", What: evidence.Advise("没有生日", ""),
			Remedy: evidence.Advise("照写", "")}},
	}
	var got []string
	for _, g := range gapsOf(c, r, nil, "/c/1", "zh", noteDetail) {
		got = append(got, g.What+g.How+g.Href+g.Field)
	}
	want := []string{"记录坏了照着改", "不知道注册地/c/1/loan#row-region", "有1个号码还没有认。/c/1/callers",
		"有2条要您听一听、看一看。/c/1/listen", "没有地址在“国家企业信用信息公示系统”查住所。platform-address", "没有生日照写",
		"您和借款还有1项空着。/c/1/loan",
		"有1批文件要您说一声是谁的、放不放。/c/1/found"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A number that the person could not place is named as what is missing, until it is.
func TestUnknownCallersAreMissing(t *testing.T) {
	a := func(value string, subject ...string) folder.Answer {
		return folder.Answer{Kind: string(ask.Caller), Value: value, Subject: subject}
	}
	c := evidence.Case{Numbers: []evidence.Number{{Number: "19900000313"}}}
	got := unknownCallers([]folder.Answer{a(ask.Unknown, "19900000311", "19900000312"), a("other", "19900000312"),
		a(ask.Unknown, "19900000313"), {Kind: string(ask.Phone), Value: ask.Unknown, Subject: []string{"手机"}}}, c)
	if strings.Join(got, " ") != "19900000311" {
		t.Errorf("%v", got)
	}
	gaps := gapsOf(c, desk.Checked{}, got, "/c/1", "zh", noteDetail)
	if len(gaps) != 1 || !strings.Contains(gaps[0].What, "1个号码您答了不知道（19900000311）") || gaps[0].Href != "/c/1/callers" {
		t.Errorf("%+v", gaps)
	}
}

// The result leads to what is missing and to the letters, and puts a harmed table back.
func TestResultScreen(t *testing.T) {
	browsertest.Need(t)
	kase := named(t)
	p := newPage(t, kase, nil)
	p.open("result")
	if text := p.text(); !strings.Contains(text, "能投诉的有") || !strings.Contains(text, "不写进去的") ||
		!strings.Contains(text, "现在补") {
		t.Errorf("the result is\n%s", text)
	}
	p.look("result")
	p.open("result")
	p.tab.Run(nil, `document.querySelector('main a[href$="/timeline"]').click()`)
	p.wait(`return location.pathname.endsWith('/timeline') && !!document.querySelector('.list a')`)
	p.tab.Run(nil, `document.querySelector('.list a').click()`)
	p.wait(`return !!document.querySelector('#act .known')`)
	p.look("timeline")
	p.open("result")
	p.tab.Click(".finds summary")
	p.wait(`return document.querySelector('.finds details').open`)
	p.tab.Run(nil, `document.querySelector('.gaps a[href$="/listen"]').click()`)
	p.wait(`return location.pathname.endsWith('/listen')`)
	p.open("result")
	p.tab.Click("footer .go")
	p.wait(`return /\/(cover|letters)$/.test(location.pathname)`)

	// what the page has no row for is written where it is missing
	p.open("result")
	p.tab.Give("#g-credit-code", "91350100M000100Y44")
	p.tab.Run(nil, `document.querySelector('#g-credit-code').form.requestSubmit()`)
	p.wait(`return !!document.querySelector('#x-credit-code') &&
		document.querySelector('#g-credit-code').value === '91350100M000100Y44'`)
	p.tab.Run(nil, `const f = document.querySelector('#g-credit-code'); f.value = '91350100M000100Y43';
		f.form.requestSubmit()`)
	p.wait(`return !document.querySelector('#g-credit-code')`)
	for _, complaint := range p.tab.Complaints() {
		if !strings.Contains(complaint, "422") { // how the browser tells of a mistake in a field
			t.Error(complaint)
		}
	}

	file := filepath.Join(kase, folder.TimelineFile)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	harmed := strings.Replace(string(whole), "1069 0000 0088", "1.069E+11", 1)
	if err := os.WriteFile(file, []byte(harmed), 0o600); err != nil || harmed == string(whole) {
		t.Fatal(err, "the timeline is not harmed")
	}
	p.open("result")
	if text := p.text(); !strings.Contains(text, "有1格改过") || strings.Contains(text, "少了0行") {
		t.Errorf("how the table was harmed:\n%s", text)
	}
	p.tab.Click(`form[action$="/result/restore"] .b`)
	p.wait(`return !document.querySelector('form[action$="/result/restore"]')`)
	if now, err := os.ReadFile(file); err != nil || string(now) != string(whole) {
		t.Errorf("the table is not as it was: %v", err)
	}
	// What the person had filled in and somebody emptied is named, and comes back at a press.
	d, _ := testDesk()
	f, err := folder.Open(kase, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	own := rows[0]
	own.Words = "她还打给我妈"
	if _, err := f.ChangeIncidents(map[string]evidence.Incident{own.ID: own}, "test", time.Now()); err != nil {
		t.Fatal(err)
	}
	if whole, err = os.ReadFile(file); err != nil {
		t.Fatal(err)
	}
	emptied := strings.Replace(string(whole), own.Words, "", 1)
	if err := os.WriteFile(file, []byte(emptied), 0o600); err != nil || emptied == string(whole) {
		t.Fatal(err, "no cell was emptied")
	}
	p.open("result")
	p.wait(`return !!document.querySelector('#emptied')`)
	if words := p.text(); !strings.Contains(words, "格原来填着，现在是空的") {
		t.Errorf("emptied cells: %q", words)
	}
	p.tab.Click(`section[aria-labelledby="emptied"] .b`)
	p.wait(`return !document.querySelector('#emptied')`)
	if now, err := os.ReadFile(file); err != nil || string(now) != string(whole) {
		t.Errorf("what was filled in is not back: %v", err)
	}
	p.clean()
}

// Where nothing can be complained of, a letter that needs no violation is written at
// one press.
func TestResultNothing(t *testing.T) {
	browsertest.Need(t)
	c := testCase()
	c.Lender = evidence.Party{Name: "示例消费金融有限公司（虚构）", Licence: evidence.ConsumerFinance, Region: "330000"}
	c.Loan = evidence.Loan{Due: "2026-09-01", Overdue: "2716"}
	c.Numbers = []evidence.Number{{Number: "106900000088", Side: evidence.PlatformSide}}
	c.Consent = evidence.Consent{Forward: evidence.Yes, Night: evidence.No}
	kase := messagesCase(t, c, [2]string{"106900000088", "【极融】您的借款将于今日到期，请按时还款。"})
	p := newPage(t, kase, nil)
	p.open("result")
	if text := p.text(); !strings.Contains(text, "现在没有能投诉的") || !strings.Contains(text, "12348") {
		t.Errorf("the result is\n%s", text)
	}
	p.look("result-nothing")
	p.open("result")
	p.tab.Run(nil, `document.querySelector('[value=statement-request] ~ .b').click()`)
	p.wait(`return !!document.querySelector('#written')`)
	written, err := filepath.Glob(filepath.Join(kase, folder.LettersDir, "*", "*.pdf"))
	if err != nil || len(written) != 2 { // the letter, and how to hand it in
		t.Fatalf("%q, %v", written, err)
	}
	if text := p.text(); !strings.Contains(text, filepath.Base(written[0])) {
		t.Errorf("the result does not say where it is:\n%s", text)
	}
	p.clean()
}

// What is missing of an act is said where it is missed.
func TestMissingFactIsSaidOnTheResult(t *testing.T) {
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	c := serve(t, kase, nil).enter(t)
	form := url.Values{"row": {"T001"}, "column": {ask.ReachedColumn}, "value": {"family"}}
	at := strings.TrimSuffix(c.begin, "/found") + "/result/row"
	if status, body := c.do("POST", at, strings.NewReader(form.Encode()), nil); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, body)
	}
	d, _ := testDesk()
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil || x.Incidents[0].Reached != evidence.ReachedFamily {
		t.Errorf("%+v %v", x.Incidents, err)
	}
}

// What nobody has said the kind of yet is called by its file.
func TestUnnamedActIsCalledByItsFile(t *testing.T) {
	at := evidence.Time{At: time.Date(2026, 11, 16, 18, 2, 0, 0, evidence.Beijing)}
	m := cardMaker{lang: "zh", asked: desk.Asked{Exhibits: map[string]evidence.Exhibit{"E011": {Kind: evidence.Photo}}}}
	for want, i := range map[string]evidence.Incident{
		"照片，时间不详":              {Kind: evidence.Other, Exhibits: []string{"E011"}},
		"照片，2026年11月16日18:02":  {Kind: evidence.Other, Exhibits: []string{"E011"}, Time: at},
		"2026年11月16日18:02的一件事": {Kind: evidence.Other, Time: at},
	} {
		if got := m.title(i); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
