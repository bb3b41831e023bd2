package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// row is the number or account of a screen.
func (c callersView) row(t testing.TB, who string) callerView {
	t.Helper()
	all := slices.Clone(c.Rows)
	for _, g := range c.Groups {
		all = append(all, g.Rows...)
	}
	for _, r := range all {
		if r.Label == who {
			return r
		}
	}
	t.Fatalf("no row of %s in %+v", who, c.Rows)
	return callerView{}
}

// chosenIn is the choice that is taken; empty: none is.
func chosenIn(all []choiceView) string {
	for _, c := range all {
		if c.Checked {
			return c.Value
		}
	}
	return ""
}

// messagesCase is a case with messages: sender, words.
func messagesCase(t testing.TB, c evidence.Case, all ...[2]string) string {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n")
	for n, m := range all {
		fmt.Fprintf(&b, `<sms protocol="0" address="%s" date="%d" type="1" body="%s" read="1" />`+"\n", m[0],
			int64(1789000000000)+int64(n)*3_600_000, m[1])
	}
	b.WriteString("</smses>\n")
	file := filepath.Join(dir, "手机", "sms-1.xml")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := testDesk()
	kase := filepath.Join(dir, "案件")
	if _, err := desk.Init(t.Context(), d, kase, c); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{filepath.Dir(file)}}); err != nil {
		t.Fatal(err)
	}
	return kase
}

func testCase() evidence.Case {
	return evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安", Phone: "19900000001"},
		Platform: evidence.Party{Brand: "极融"}}
}

func callersNow(t testing.TB, kase string, all bool) callersView {
	t.Helper()
	d, _ := testDesk()
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	a, err := desk.AskOf(x)
	if err != nil {
		t.Fatal(err)
	}
	given, err := desk.Answers(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	return callersOf(x, a.Questions, given.Answers, all, "zh")
}

// A signature suggests whose a number is and decides nothing; who is known by name
// is put aside, and can be named all the same.
func TestCallersView(t *testing.T) {
	kase := messagesCase(t, testCase(),
		[2]string{"106900000088", "【极融】您的借款已逾期，请今日还款。"},
		[2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"},
		[2]string{"95500", "您的验证码是123456"})
	view := callersNow(t, kase, false)
	if r := view.row(t, "106900000088"); r.Suggested != "platform" || chosenIn(r.Choices) != "" || r.Why == "" {
		t.Errorf("%+v", r)
	}
	if r := view.row(t, "19900000311"); r.Suggested != "" || !strings.Contains(r.Sample, "老赖") ||
		r.Facts != "发来1条；2026年9月10日" {
		t.Errorf("%+v", r)
	}
	if view.Named != 0 || view.Unnamed != 2 || view.AsideN != 1 || len(view.Rows) != 2 {
		t.Errorf("%+v", view)
	}
	d, _ := testDesk()
	for _, w := range []desk.Whose{
		{Number: "95500", Value: "friend"}, // nobody asked about it
		{Number: "95500", Value: ask.AsEmergency, InLoan: true},
		{Number: "19900000311", Value: "family"},
		{Number: "19900000311", Value: ask.AsGuarantor, InLoan: true},
		{Number: "19900000311", Value: "collector"}, // it was no guarantor then
	} {
		if _, err := desk.SayWhose(t.Context(), d, kase, w); err != nil {
			t.Fatalf("%+v: %v", w, err)
		}
	}
	if _, err := desk.SayWhose(t.Context(), d, kase, desk.Whose{Number: "19900000311", Value: "nobody"}); err == nil {
		t.Error("a value that is none was taken")
	}
	if _, err := desk.SayWhose(t.Context(), d, kase, desk.Whose{Number: "1", Value: "family"}); err == nil {
		t.Error("a number of no row was named")
	}
	view = callersNow(t, kase, false)
	if r := view.row(t, "95500"); chosenIn(r.Choices) != "friend" || chosenIn(r.InLoan) != ask.AsEmergency {
		t.Errorf("%+v", r)
	}
	if r := view.row(t, "19900000311"); chosenIn(r.Choices) != "collector" || r.InLoan != nil {
		t.Errorf("%+v", r)
	}
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	if side := x.Case.SideOf("19900000311"); side != evidence.CollectorSide {
		t.Errorf("the case has %q", side)
	}
	if side := x.Case.SideOf("95500"); side != evidence.EmergencySide {
		t.Errorf("the case has %q", side)
	}
	// all of it can be taken back
	for {
		if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
			if err != folder.ErrNoAnswer {
				t.Fatal(err)
			}
			break
		}
	}
	if x, err = desk.Open(t.Context(), d, kase); err != nil || len(x.Case.Numbers) > 0 {
		t.Errorf("%+v, %v", x.Case.Numbers, err)
	}
}

// Who a number is takes one press, can be changed and taken back, and who is of the
// family is asked about once more.
func TestCallersScreen(t *testing.T) {
	browsertest.Need(t)
	kase := demoCaseUnsaid(t)
	p := newPage(t, kase, nil)
	p.open("callers")
	p.look("callers")
	press := func(number, value string) {
		t.Helper()
		p.tab.Run(nil, fmt.Sprintf(`
			const box = [...document.querySelectorAll('.caller form')].find((f) =>
				f.elements.number && f.elements.number.value === %q);
			box.querySelector('[value=%s]').click();`, number, value))
	}
	side := func(number string) evidence.Side {
		t.Helper()
		d, _ := testDesk()
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		return x.Case.SaidOf(evidence.Incident{Kind: evidence.Call, Number: number})
	}
	comes := func(number string, want evidence.Side) {
		t.Helper()
		for range 200 {
			if side(number) == want {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("%s is %q in the case, not %q", number, side(number), want)
	}
	is := func(number, value string) string {
		return fmt.Sprintf(`const r = document.querySelector('input[name=number][value="%s"] ~ fieldset [value=%s]');
			return !!r && r.checked;`, number, value)
	}
	press("057100000101", "collector")
	press("106900000088", "platform") // before the first is answered
	comes("057100000101", evidence.CollectorSide)
	comes("106900000088", evidence.PlatformSide)
	p.wait(is("057100000101", "collector"))
	p.wait(is("106900000088", "platform"))
	p.open("callers?all=yes")
	press("19900000777", "family")
	p.wait(`return !!document.querySelector('.then')`)
	p.tab.Run(nil, `document.querySelector('.then [value=emergency]').click()`)
	comes("19900000777", evidence.EmergencySide)
	p.wait(`return !!document.querySelector('.then [value=emergency]:checked')`)
	p.look("callers-named")
	// taken back from the list of what was answered: the first stands on top
	p.tab.Run(nil, `document.querySelector('details.aside .fix').click()`)
	comes("057100000101", "")
	p.wait(`return !document.querySelector('input[name=number][value="057100000101"] ~ fieldset :checked')`)
	p.tab.Click("footer .go")
	p.wait(`return location.pathname.endsWith('/listen')`)
	p.clean()
}

// Another lender gets a case of its own, which can be opened from here; a number that
// signs nothing goes where the person says.
func TestCallersPart(t *testing.T) {
	browsertest.Need(t)
	c := testCase()
	c.Numbers = []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}
	kase := messagesCase(t, c,
		[2]string{"106900000088", "【极融】您的借款已逾期，请今日还款。"},
		[2]string{"106900000099", "【速贷】您的借款已严重逾期，请立即还款。"},
		[2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	p := newPage(t, kase, nil)
	p.open("callers")
	p.look("callers-lenders")
	p.tab.Run(nil, `document.querySelector('[name="of-19900000311"][value=this]').click()
		document.querySelector('.part .b').click()`)
	p.wait(`return !!document.querySelector('#parted')`)
	d, _ := testDesk()
	x, err := desk.Open(t.Context(), d, kase+"-速贷")
	if err != nil {
		t.Fatal(err)
	}
	if x.Case.Platform.Brand != "速贷" || x.Case.SideOf("106900000099") != evidence.CollectorSide {
		t.Errorf("%+v %+v", x.Case.Platform, x.Case.Numbers)
	}
	if x, err = desk.Open(t.Context(), d, kase); err != nil {
		t.Fatal(err)
	}
	if x.Case.SideOf("106900000099").Collecting() || !x.Case.SideOf("19900000311").Collecting() {
		t.Errorf("%+v", x.Case.Numbers)
	}
	p.tab.Click("#parted ~ .list a")
	p.wait(`return location.pathname.endsWith('/found')`)
	p.clean()
}

// demoCaseUnsaid is [demoCase] before anybody said whose numbers are whose.
func demoCaseUnsaid(t testing.TB) string {
	t.Helper()
	kase := demoCase(t)
	d, _ := testDesk()
	f, err := folder.Open(kase, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(kase, folder.CaseFile)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, n := range []string{"[[numbers]]", "[[filings]]"} {
		for {
			before, rest, ok := strings.Cut(text, n)
			if !ok {
				break
			}
			_, after, _ := strings.Cut(rest, "\n\n")
			text = before + after
		}
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := f.ReadCase(); err != nil || len(c.Numbers) > 0 || c.Platform.Brand == "" {
		t.Fatalf("%+v, %v", c, err)
	}
	return kase
}

// A case is parted by another lender's name, not by its own before anybody said
// that it is its own.
func TestOthersBrands(t *testing.T) {
	all := phrase.Brands{All: []phrase.Brand{{Name: "极融", Messages: 4}, {Name: "快贷", Messages: 2}}}
	for name, c := range map[string]struct {
		split desk.Split
		want  string
	}{
		"nobody said which is ours": {desk.Split{Brands: all}, "[]"},
		"one is ours":               {desk.Split{Brands: all, Own: []string{"极融"}}, "[{快贷 2 0}]"},
		"both are ours":             {desk.Split{Brands: all, Own: []string{"极融", "快贷"}}, "[]"},
	} {
		if got := fmt.Sprint(othersBrands(c.split)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Numbers that files suggest to be one side's are named with one press, and each can be
// named and taken back by itself; who wrote something else stands alone.
func TestNumbersAreNamedTogether(t *testing.T) {
	signed := []string{"106900000081", "106900000082", "106900000083"}
	messages := [][2]string{{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"}}
	for _, number := range signed {
		messages = append(messages, [2]string{number, "【极融】您的借款已逾期，请今日还款。"})
	}
	kase := messagesCase(t, testCase(), messages...)
	view := callersNow(t, kase, false)
	if len(view.Groups) != 1 || len(view.Groups[0].Rows) != 3 || len(view.Rows) != 1 || view.Unnamed != 4 {
		t.Fatalf("%+v", view)
	}
	g := view.Groups[0]
	if g.Suggested != "platform" || len(g.Questions) != 3 || g.Title != "3个号码，可能都是平台" {
		t.Errorf("%+v", g)
	}
	d, _ := testDesk()
	// two that are left are named as quickly one by one
	if _, err := desk.SayWhose(t.Context(), d, kase, desk.Whose{Number: signed[0], Value: "platform"}); err != nil {
		t.Fatal(err)
	}
	if view = callersNow(t, kase, false); len(view.Groups) != 0 || len(view.Rows) != 4 {
		t.Errorf("%+v", view)
	}
	if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
		t.Fatal(err)
	}
	c := serve(t, kase, nil).enter(t)
	form := url.Values{"v": {"collector"}, "q": g.Questions}
	address := strings.TrimSuffix(c.begin, "/found") + "/callers/whose-all"
	if status, body := c.do("POST", address, strings.NewReader(form.Encode()), nil); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, body)
	}
	if view = callersNow(t, kase, false); len(view.Groups) != 0 || view.Named != 3 || view.Unnamed != 1 {
		t.Errorf("%+v", view)
	}
	for _, number := range signed {
		if got := chosenIn(view.row(t, number).Choices); got != "collector" {
			t.Errorf("%s is %q", number, got)
		}
	}
}

// Who called whom is not known while it is not said whose a phone is: that comes first.
func TestPhonesComeBeforeCallers(t *testing.T) {
	open := []ask.Question{{Kind: ask.Phone}, {Kind: ask.Caller}}
	if v := callersOf(desk.Dossier{}, open, nil, false, "zh"); v.Phones != 1 {
		t.Errorf("%+v", v)
	}
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "今晚不还钱就让你全单位都知道你是老赖"})
	dir := filepath.Join(t.TempDir(), "妈妈的vivo")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	const log = `<calls count="1"><call number="19900000311" duration="20" date="1788000000000" type="1"/></calls>`
	if err := os.WriteFile(filepath.Join(dir, "calls.xml"), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := testDesk()
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	c := serve(t, kase, nil).enter(t)
	address := strings.TrimSuffix(c.begin, "/found") + "/callers"
	if _, body := c.do("GET", address, nil, nil); !strings.Contains(body, "还有1部手机没有说是谁的") {
		t.Errorf("not told:\n%s", body)
	}
}
