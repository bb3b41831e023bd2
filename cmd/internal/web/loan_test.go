package web

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
)

const contractText = `借款合同
合同编号：JR-2026-000777
贷款人：示例消费金融有限公司
借款人：林晓安
借款本金人民币8,000.00元，年利率23.9%，借款日期：2026年6月1日。
`

// contractCase is a case that holds a contract and nothing else.
func contractCase(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "手机", "借款合同.txt")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(contractText), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := testDesk()
	kase := filepath.Join(dir, "案件")
	c := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	if _, err := desk.Init(t.Context(), d, kase, c); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{filepath.Dir(file)}}); err != nil {
		t.Fatal(err)
	}
	return kase
}

func TestLoanView(t *testing.T) {
	facts := desk.Facts{
		Case: evidence.Case{Complainant: evidence.Complainant{Phone: "19900000001", IDNumber: "x"},
			Loan: evidence.Loan{Contract: "JR-1"}},
		Suggested: []ask.Suggestion{
			{Kind: ask.Name, Value: "林晓安", Source: evidence.Text{ZH: "E002 第1页：借款人：林晓安", EN: "E002, page 1: 借款人：林晓安"}},
			{Kind: ask.Lender, Among: []string{"甲消费金融有限公司", "乙小额贷款有限公司"}},
			{Kind: ask.Region, Value: "330000", Source: evidence.Text{ZH: "放款机构的名称", EN: "the lender's name"}},
		},
		Given: map[ask.Kind]desk.GivenFact{ask.Contract: {N: 3}},
	}
	exhibits := []evidence.Exhibit{{Number: "E002", OriginalName: "合同<b>.pdf"}}
	view := loanOf(facts, exhibits, "zh")
	rows := map[string]factView{}
	for _, g := range view.Groups {
		for _, r := range g.Rows {
			rows[r.Kind] = r
		}
	}
	for _, c := range []struct {
		kind                  string
		value, source         string
		suggested, needed, id bool
	}{
		{kind: "name", value: "林晓安", source: "合同<b>.pdf 第1页", suggested: true},
		{kind: "own-number", value: "19900000001", source: "案件里写着"},
		{kind: "lender", needed: true},
		{kind: "region", value: evidence.RegionName("330000"), source: "放款机构的名称", suggested: true},
		{kind: "contract", value: "JR-1", source: "您写的"},
		{kind: "address"},
		{kind: "id-number", value: "······", source: "案件里写着，信上照印", id: true},
	} {
		r := rows[c.kind]
		if r.Value != c.value || r.Source != c.source || r.Suggested != c.suggested || r.Needed != c.needed ||
			r.Fixed != c.id {
			t.Errorf("%s: %+v", c.kind, r)
		}
	}
	if !view.Confirm || len(rows["lender"].Among) != 2 || rows["lender"].Raw != "" || len(view.Sources) != 1 ||
		len(view.Sources[0].Quotes) != 1 ||
		view.Sources[0].Quotes[0] != "借款人：林晓安" {
		t.Errorf("%+v", view)
	}
	for _, g := range loanOf(facts, exhibits, "en").Groups {
		for _, r := range g.Rows {
			if strings.ContainsAny(r.Label+r.Effect, "的是您") {
				t.Errorf("in English: %+v", r)
			}
		}
	}
}

// One press confirms all that was read; what is new by it is shown before the
// next screen, a mistake keeps what was typed, and a case that was changed
// elsewhere is looked at once more.
func TestLoanScreen(t *testing.T) {
	browsertest.Need(t)
	kase := contractCase(t)
	p := newPage(t, kase, nil)
	p.open("loan")
	if text := p.text(); !strings.Contains(text, "林晓安") || !strings.Contains(text, "借款合同.txt") ||
		!strings.Contains(text, "23.9%") || !strings.Contains(text, "2026年6月1日") {
		t.Errorf("what the contract says is not shown:\n%s", text)
	}
	p.look("loan")
	p.open("loan")
	// what is typed is kept at once
	p.tab.Give("#f-own-number", "199 0000 0001")
	p.tab.Run(nil, `document.activeElement.blur()`)
	p.wait(`return document.querySelector('#row-own-number .w').innerText.includes('19900000001')`)
	// what is typed again before the first answer came is kept as well
	p.tab.Run(nil, `
		const f = document.querySelector('#f-own-number'), say = (v) => {
			f.value = v;
			f.dispatchEvent(new Event('change', {bubbles: true}));
		};
		say('');
		setTimeout(() => say('19900000002'), 20);
		setTimeout(() => say('19900000001'), 40);`)
	p.wait(`return !document.querySelector('.htmx-request') &&
		document.querySelector('#row-own-number .w').innerText.includes('19900000001')`)
	p.tab.Give("#f-brand", "7")
	p.tab.Run(nil, `document.activeElement.blur()`)
	p.wait(`return !!document.querySelector('#row-brand .wrong')`)
	var typed string
	p.tab.Run(&typed, `return document.querySelector('#f-brand').value`)
	if typed != "7" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	p.tab.Run(nil, `document.querySelector('#f-brand').value = '极融'`)
	p.tab.Click("footer .go")
	p.wait(`return location.pathname.endsWith('/callers')`)
	d, _ := testDesk()
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	c := x.Case
	if c.Complainant.Name != "林晓安" || c.Complainant.Phone != "19900000001" || c.Platform.Brand != "极融" ||
		c.Lender.Name != "示例消费金融有限公司" || c.Lender.Licence != evidence.ConsumerFinance || c.Lender.Region != "" ||
		c.Loan.Contract != "JR-2026-000777" || c.Loan.Principal != "8000" || c.Loan.AnnualRate != "23.9" ||
		c.Loan.Date != "2026-06-01" {
		t.Errorf("the case has %+v %+v %+v %+v", c.Complainant, c.Platform, c.Lender, c.Loan)
	}
	for _, complaint := range p.tab.Complaints() {
		if !strings.Contains(complaint, "422") { // how the browser tells of a mistake in a field
			t.Error(complaint)
		}
	}
	// an older screen does not write over what was changed since
	caller := (&site{t: t, origin: p.origin, address: Address{URL: p.address.URL}}).enter(t)
	at := caller.root + strings.TrimPrefix(p.base, p.root) + "/loan"
	status, body := caller.do("POST", at+"/go-on", strings.NewReader("was-name=%E6%97%A7&f-name=%E5%88%AB%E4%BA%BA"),
		nil)
	if status != 422 || !strings.Contains(body, "案件在别处改过了") || !strings.Contains(body, `value="别人"`) {
		t.Errorf("%d\n%s", status, body)
	}
	// what this screen kept while its button was pressed is no change from elsewhere
	status, body = caller.do("POST", at+"/go-on", strings.NewReader("was-name=&f-name=%E6%9E%97%E6%99%93%E5%AE%89"),
		nil)
	if status != 303 {
		t.Errorf("%d\n%s", status, body)
	}
}

// A contract that is a picture is not told as one that was not given, a number
// nobody could call is no answer, a choice that was made stays where the form
// comes back, and blanks in a number change nothing elsewhere.
func TestLoanForms(t *testing.T) {
	facts := desk.Facts{Wordless: []string{"E002"}}
	view := loanOf(facts, []evidence.Exhibit{{Number: "E002", OriginalName: "合同.pdf"}}, "zh")
	if len(view.Wordless) != 1 || view.Wordless[0] != (fileLink{"E002", "合同.pdf"}) {
		t.Errorf("%+v", view.Wordless)
	}
	kase := contractCase(t)
	c := serve(t, kase, nil).enter(t)
	at := strings.TrimSuffix(c.begin, "/found") + "/loan"
	form := func(pairs ...string) *strings.Reader {
		q := url.Values{}
		for n := 0; n < len(pairs); n += 2 {
			q.Set(pairs[n], pairs[n+1])
		}
		return strings.NewReader(q.Encode())
	}
	status, body := c.do("POST", at+"/go-on", form("f-own-number", "13912340", "f-region", "320000"), nil)
	if status != 422 || !strings.Contains(body, "11位手机号") || !strings.Contains(body, `value="320000" selected`) {
		t.Errorf("%d\n%s", status, body)
	}
	for _, typed := range []string{"139 1234 0077", "139-1234-0077", "１３９１２３４００７７", "+86 139 1234 0077"} {
		status, body = c.do("POST", at+"/go-on", form("was-own-number", "", "f-own-number", typed), nil)
		if status != 303 {
			t.Errorf("%s: %d\n%s", typed, status, body)
		}
	}
	// what was typed and is kept in another form is told, and so is a character that no
	// font draws; a day that can be two is asked
	for _, k := range []struct{ field, typed, said string }{
		{"f-name", "⼈⼩安", "您写的“⼈⼩安”记成“人小安”。"}, {"f-name", "阿依古丽.买买提", "记成“阿依古丽·买买提”。"},
		{"f-principal", "2万元", "您写的“2万元”记成“"}, {"f-due", "2026.9.1", "记成“"}, {"f-name", "\U0002bc20小安",
			"还做不了信。装上有这个字的字体"},
	} {
		if status, body = c.do("POST", at+"/keep", form(k.field, k.typed), nil); status != 303 {
			t.Errorf("%s: %d\n%s", k.typed, status, body)
		}
		if _, body = c.do("GET", at, nil, nil); !strings.Contains(body, k.said) {
			t.Errorf("%s: not told", k.typed)
		}
	}
	c.do("POST", at+"/keep", form("f-due", "2026年9月15日"), nil)
	if _, body = c.do("GET", at, nil, nil); strings.Contains(body, "您写的“2026年9月15日”") {
		t.Error("a day that is shown as it was typed is told of")
	}
	status, body = c.do("POST", at+"/keep", form("f-due", "03/04/2026"), nil)
	if status != 422 || !strings.Contains(body, "2026-03-04 还是 2026-04-03") {
		t.Errorf("%d\n%s", status, body)
	}
}
