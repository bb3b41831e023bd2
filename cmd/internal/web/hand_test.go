package web

import (
	"archive/zip"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates"
)

func TestLaneWords(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.ParseInLocation(time.DateOnly, s, evidence.Beijing); return d }
	lane := func(s track.State, n track.Next, byRule bool) desk.Lane {
		l := desk.Lane{Lane: track.Lane{State: s, Next: n, ByRule: byRule, Until: day("2026-10-17"),
			Road: track.Road{Role: evidence.ToLender, Asked: evidence.ToLender, Recipient: templates.Recipient{Name: "甲"}}}}
		l.Filing.Date, l.Filing.Answered = "2026-10-02", "2026-10-09"
		return l
	}
	for _, c := range []struct {
		lane    desk.Lane
		says    string
		letters string
	}{
		{lane(track.ToSign, track.Build, false), "材料还没有做", ""},
		{lane(track.ToSign, track.Sign, false), "要打印、签名、交上去", ""},
		{lane(track.ToSend, track.Send, false), "签名扫描件放好了，要交上去", ""},
		{lane(track.Waiting, track.Wait, true), "2026-10-02 交了，等到 2026-10-17", ""},
		{lane(track.Waiting, track.Wait, false), "2026-10-02 交了；2026-10-17 左右问一次（没有查到规定的期限，这是给自己的提醒）", ""},
		{lane(track.Overdue, track.Remind, true), "2026-10-02 交了，等到 2026-10-17 没有答复", "reminder"},
		{lane(track.Answered, track.Contest, true), "2026-10-02 交了，2026-10-09 有答复", "disputed incomplete"},
		{lane(track.Answered, track.Close, true), "2026-10-02 交了，2026-10-09 有答复", "thanks"},
		{lane(track.Closed, track.Nothing, true), "2026-10-02 交了，已经结束", ""},
	} {
		var letters []string
		for _, l := range nextLettersOf(c.lane, "zh") {
			letters = append(letters, l.Value)
		}
		if got := laneState(c.lane, "zh"); got != c.says || strings.Join(letters, " ") != c.letters {
			t.Errorf("%s %s: %q %q", c.lane.State, c.lane.Next, got, letters)
		}
		if en := laneState(c.lane, "en"); strings.ContainsAny(en, "的交等") {
			t.Error(en)
		}
	}
	// every next step, outcome and letter that follows has words
	for _, n := range []track.Next{track.Wait, track.Remind, track.Unanswered, track.Say, track.Supply, track.Consider,
		track.Contest, track.Close, track.Nothing} {
		if nextWords[n].ZH == "" || nextWords[n].EN == "" {
			t.Errorf("%s says nothing", n)
		}
	}
	for _, k := range evidence.FollowUps() {
		if followWords[k].ZH == "" || followWords[k].EN == "" {
			t.Errorf("%s says nothing", k)
		}
	}
	for _, o := range evidence.Outcomes() {
		if outcomeWords[o].ZH == "" || outcomeWords[o].EN == "" {
			t.Errorf("%s says nothing", o)
		}
	}
	for name, want := range map[string]string{`C:\x\回执.png`: "0/回执.png", "../../etc/passwd": "0/passwd",
		"..": "0/file", "": "0/file"} {
		if got := filepath.ToSlash(plainFile(name, 0)); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// keepsBack makes a copy without the exhibit that the person ticked.
func (p *page) keepsBack(c *caller, at string, d desk.Desk, kase string) {
	p.t.Helper()
	preview, err := desk.PreviewCopy(p.t.Context(), d, kase, evidence.ToLender)
	if err != nil || len(preview.Here) < 2 {
		p.t.Fatalf("the copy would hold %q: %v", preview.Here, err)
	}
	back, stick := preview.Here[0], p.t.TempDir()
	if status, body := c.do("POST", at+"/hand/copy?to=lender&copy=yes", strings.NewReader(url.Values{"to": {"lender"},
		"place": {stick}, "seen": {"yes"}, "back": {back}}.Encode()), nil); status != 303 {
		p.t.Fatalf("%d: %s", status, body)
	}
	var made []string
	for range 200 {
		if made, _ = filepath.Glob(filepath.Join(stick, "*.zip")); len(made) == 1 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if len(made) != 1 {
		p.t.Fatalf("copies: %q", made)
	}
	for range 200 {
		if _, body := c.do("GET", at+"/hand?to=lender", nil, nil); !strings.Contains(body, "<progress") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	z, err := zip.OpenReader(made[0])
	if err != nil {
		p.t.Fatal(err)
	}
	defer z.Close()
	var here []string
	for _, x := range z.File {
		if path.Base(path.Dir(x.Name)) == "data" {
			number, _, _ := strings.Cut(path.Base(x.Name), ".")
			here = append(here, number)
		}
	}
	slices.SortFunc(here, evidence.CompareNumbers)
	if want := preview.Here[1:]; !slices.Equal(here, want) {
		p.t.Errorf("kept back %s, and the copy holds %q, want %q", back, here, want)
	}
}

// What a copy shows of others is told file by file, and each can be kept back; the
// timeline goes by its exhibits.
func TestPreviewOfCopy(t *testing.T) {
	p := desk.CopyPreview{Here: []string{"E001", "E002", "E003"}, Holds: desk.Holds{
		Names:  desk.Held{Count: 2, Exhibits: []string{"E003", folder.TimelineFile}},
		IDs:    desk.Held{Count: 1, Exhibits: []string{"E003"}},
		Home:   desk.Held{Count: 1, Exhibits: []string{"E003"}},
		Unread: desk.Held{Count: 1, Exhibits: []string{"E002"}}}}
	got := previewOf(p, "zh")
	var back []string
	for _, b := range got.Back {
		back = append(back, b.Value+" "+b.Text)
	}
	if want := []string{"E002 E002：里面的字没有读过", "E003 E003：别人的全名、身份证号、您的住址"}; !got.Table ||
		!slices.Equal(back, want) {
		t.Errorf("%v, %q, want %q", got.Table, back, want)
	}
	if want := []string{"信里只写姓的别人的名字2个，这里是全名：E003、timeline.csv", "身份证号1个，您自己的也算：E003",
		"您的住址：E003", "没有读过字的图片、扫描件1份，自己看一遍：E002"}; !slices.Equal(got.Holds, want) {
		t.Errorf("%q, want %q", got.Holds, want)
	}
	for _, h := range heldWords {
		if h.count.EN == "" || h.what.EN == "" || h.what.ZH == "" ||
			strings.Contains(h.count.ZH, "%d") != strings.Contains(h.count.EN, "%d") {
			t.Errorf("%+v", h)
		}
	}
}

// From papers that are made to the answer: printed, copied into a form, a copy after its
// preview, handed in with a receipt, answered, what follows written, and taken back.
func TestHandScreen(t *testing.T) {
	browsertest.Need(t)
	kase := demoCase(t)
	d, _ := testDesk()
	if _, err := desk.Build(t.Context(), d, kase, desk.BuildOptions{To: []evidence.Role{evidence.ToLender}}); err != nil {
		t.Fatal(err)
	}
	opened := make(chan string, 10)
	p := newPage(t, kase, func(o *Options) { o.Browse = func(path string) error { opened <- path; return nil } })
	shows := func() string {
		t.Helper()
		select {
		case path := <-opened:
			return filepath.Base(path)
		case <-time.After(20 * time.Second):
			t.Fatal("nothing was opened")
		}
		return ""
	}
	p.open("hand?to=lender")
	p.look("hand")
	p.open("hand?to=lender")
	p.reach("form[action$=print] button.go")
	if got := shows(); got != "打印.pdf" {
		t.Errorf("printed: %s", got)
	}
	p.wait(`return !!document.querySelector('a[href$="/paper/lender/print"]')`)
	p.reach(`[formaction$="/open"]`)
	if got := shows(); got != "1-放款机构" {
		t.Errorf("the folder: %s", got)
	}
	c := (&site{t: t, origin: p.origin, address: Address{URL: p.address.URL}}).enter(t)
	at := c.root + strings.TrimPrefix(p.base, p.root)
	for path, begins := range map[string]string{"/paper/lender/print": "%PDF", "/paper/lender/mail": "X-Unsent"} {
		if status, body := c.do("GET", at+path, nil, nil); status != 200 || !strings.HasPrefix(body, begins) {
			t.Errorf("%s: %d %.20q", path, status, body)
		}
	}
	var fields string
	p.tab.Run(&fields, `return [...document.querySelectorAll('textarea')].map((e) => e.value).join('|')`)
	if !strings.Contains(fields, "林晓安") || !strings.Contains(fields, "二、事实与理由") || strings.Contains(fields, "此致") {
		t.Errorf("fields: %s", fields)
	}
	p.copiesField()
	p.signs(c, kase)
	// no copy before its preview
	if status, body := c.do("POST", at+"/hand/copy?to=lender&copy=yes", strings.NewReader(url.Values{"to": {"lender"},
		"place": {t.TempDir()}}.Encode()), nil); status != 422 || !strings.Contains(body, "先看清") {
		t.Errorf("a copy unseen: %d", status)
	}
	p.open("hand?to=lender&copy=yes")
	if text := p.text(); !strings.Contains(text, "交给它的副本里有什么") {
		t.Error(text)
	}
	p.look("hand-copy")
	stick := t.TempDir()
	p.open("hand?to=lender&copy=yes")
	p.reach("input[name=seen]")
	p.tab.Run(nil, `document.querySelector('#place').value = ''`)
	p.tab.Give("#place", stick)
	p.reach(`form[action*="hand/copy"] button`)
	p.wait(`return !document.querySelector('progress') && location.search === '?to=lender'`)
	made, _ := filepath.Glob(filepath.Join(stick, "*.zip"))
	if len(made) != 1 {
		t.Fatalf("copies: %q", made)
	}
	if text := p.text(); !strings.Contains(text, "副本做好了："+made[0]) || !strings.Contains(text, "本包校验值") {
		t.Errorf("of the copy nothing is said:\n%s", text)
	}
	p.keepsBack(c, at, d, kase)
	proof := filepath.Join(t.TempDir(), "回执.png")
	picture, err := os.ReadFile(filepath.Join(kase, "exhibits", "E002.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(proof, append(picture, 0), 0o600); err != nil {
		t.Fatal(err)
	}
	p.open("hand?to=lender")
	p.tab.Give("#receipt", "工单 7")
	p.tab.Give("#f-proof", proof)
	p.reach(`form[action*="hand/filed"] button`)
	p.wait(`return !!document.querySelector('#how')`)
	lane := func() desk.Lane {
		t.Helper()
		r, err := desk.Track(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		n := slices.IndexFunc(r.Lanes, func(l desk.Lane) bool { return l.Role == evidence.ToLender })
		return r.Lanes[n]
	}
	if f := lane().Filing; f.Receipt != "工单 7" || f.Date != "2026-10-02" || f.Exhibit == "" {
		t.Errorf("on record: %+v", f)
	}
	// the case goes on: what was handed in is done, and nobody is told to make it anew
	if err := desk.Complete(t.Context(), d, kase, func(rows []evidence.Incident, _ []evidence.Exhibit,
	) []evidence.Incident {
		rows[len(rows)-1].Use = evidence.No
		return rows
	}); err != nil {
		t.Fatal(err)
	}
	p.open("hand?to=lender")
	if text := p.text(); strings.Contains(text, "案件又变了") || !strings.Contains(text, "2026-10-02 交了") {
		t.Error(text)
	}
	p.look("hand-filed")
	p.open("hand?to=lender")
	p.reach(`form[action$="hand/calendar"] button`)
	if got := shows(); got != desk.CalendarName {
		t.Errorf("calendar: %s", got)
	}
	// a day that is none is told beside, nothing is lost
	p.open("hand?to=lender")
	p.tab.Give("#a-on", "昨天吧")
	p.tab.Run(nil, `document.querySelector('#how').value = 'unsatisfied'`)
	p.reach(`form[action*="hand/answered"] button`)
	p.wait(`return document.body.innerText.includes('写一个日期')`)
	p.open("hand?to=lender")
	p.tab.Run(nil, `document.querySelector('#how').value = 'unsatisfied'`)
	p.tab.Give("#said", "没有查到")
	p.tab.Give("#points", "录音就在材料里")
	p.reach(`form[action*="hand/answered"] button`)
	p.wait(`return document.body.innerText.includes('答复不满意')`)
	p.reach(`button[value=disputed]`)
	if got := shows(); !strings.Contains(got, "异议书") {
		t.Errorf("written: %s", got)
	}
	p.wait(`return document.body.innerText.includes('写好了。先打开读一遍')`) // beside what was pressed
	p.wait(`return document.body.innerText.includes('写好的后续信')`)
	p.open("hand?to=platform")
	p.reach(`form[action$="hand/undo"] button`)
	p.wait(`return location.search === '?to=lender' && document.body.innerText.includes('等到')`) // whose entry it was
	if f := lane().Filing; f.Answered != "" {
		t.Errorf("not taken back: %+v", f)
	}
	// what ends a lane, and opens it again; a day that cannot be is told beside the field
	p.reach(`form[action$="hand/withdraw"]`, true)
	p.tab.Run(nil, `document.querySelector('form[action$="hand/withdraw"] input[name=on]').value = '2036-01-01'`)
	p.reach(`form[action$="hand/withdraw"] button`)
	p.wait(`return document.body.innerText.includes('2036-01-01 还没有到')`)
	p.open("hand?to=lender")
	p.reach(`form[action$="hand/withdraw"]`, true)
	p.reach(`form[action$="hand/withdraw"] button`)
	p.wait(`return !!document.querySelector('form[action$="hand/reopen"]')`)
	if l := lane(); l.Filing.Withdrawn != "2026-10-02" || l.State != track.Closed {
		t.Errorf("withdrawn: %+v", l.Filing)
	}
	p.reach(`form[action$="hand/reopen"] button`)
	p.wait(`return !!document.querySelector('form[action$="hand/close"]')`)
	p.reach(`form[action$="hand/close"] button`)
	p.wait(`return !!document.querySelector('form[action$="hand/reopen"]')`)
	if f := lane().Filing; f.Closed != "2026-10-02" || f.Withdrawn != "" {
		t.Errorf("closed: %+v", f)
	}
	p.onlyRefused()
}

// onlyRefused fails where the browser complained of anything but a form that was refused.
func (p *page) onlyRefused() {
	p.t.Helper()
	for _, complaint := range p.tab.Complaints() {
		if !strings.Contains(complaint, "422") {
			p.t.Error(complaint)
		}
	}
}

// copiesField presses the button that copies a field: all of it, and nothing else.
func (p *page) copiesField() {
	p.t.Helper()
	p.tab.Devtools("Browser.grantPermissions", map[string]any{
		"permissions": []string{"clipboardReadWrite", "clipboardSanitizedWrite"}}, nil)
	p.reach(`#ff-0`, true)
	p.reach(`[data-copies=ff-0]`)
	p.wait(`return document.querySelector('[data-copies=ff-0]').textContent === '已复制'`)
	var got struct{ Field, Selected string }
	p.tab.Run(&got, `var f = document.querySelector('#ff-0');
		return {Field: f.value, Selected: f.value.slice(f.selectionStart, f.selectionEnd)}`)
	if got.Field == "" || got.Field != got.Selected {
		p.t.Errorf("copied: %+v", got)
	}
}

// signs puts scans of the signed letter in. One of which nobody can tell what it is
// waits until the person has looked; the letter of the program's own is refused.
func (p *page) signs(c *caller, kase string) {
	t := p.t
	t.Helper()
	dir := t.TempDir()
	packet := filepath.Join(kase, "packet", "1-放款机构")
	put := func(name, content string) {
		t.Helper()
		at := filepath.Join(dir, name)
		if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		p.open("hand?to=lender")
		p.reach(`input[name=scan]`, true)
		p.tab.Give(`input[name=scan]`, at)
		p.reach(`form[action*="hand/signed"] button`)
	}
	scans := func() (out []string) {
		found, _ := filepath.Glob(filepath.Join(packet, "*扫描件*"))
		for _, f := range found {
			out = append(out, filepath.Base(f))
		}
		return out
	}
	blank := "%PDF-1.4\n1 0 obj <</Type /Page /Resources <</XObject <</I 2 0 R>>>>>> endobj\n" +
		"2 0 obj <</Subtype /Image>> stream\n\xff\xd8endstream endobj\n%%EOF\n"
	put("空白.pdf", blank)
	p.wait(`return !!document.querySelector('form[action$="hand/seen"]')`)
	if text := p.text(); !strings.Contains(text, "没能从上面读出信末的二维码") || !strings.Contains(text, "放进来的是1页，这封信有2页") ||
		strings.Contains(text, "签名扫描件放好了") || len(scans()) > 0 {
		t.Errorf("a blank page: %q %s", scans(), text)
	}
	p.look("hand-scan")
	var see string
	p.tab.Run(&see, `return document.querySelector('a[href*="/scan?"]').getAttribute('href')`)
	if status, body := c.do("GET", p.origin+see, nil, nil); status != 200 || body != blank {
		t.Errorf("to be looked at: %d %.20q", status, body)
	}
	if status, _ := c.do("GET", p.origin+strings.Replace(see, "n=0", "n=7", 1), nil, nil); status != 404 {
		t.Errorf("no such file: %d", status)
	}
	p.reach(`[name=is][value=no]`)
	p.wait(`return !document.querySelector('form[action$="hand/seen"]')`)
	if len(scans()) > 0 {
		t.Errorf("not wanted: %q", scans())
	}
	put("空白.pdf", blank)
	p.wait(`return !!document.querySelector('[name=is]')`)
	p.reach(`[name=is][value=yes]`)
	p.wait(`return document.body.innerText.includes('签名扫描件放好了')`)
	// another one takes its place, and the first is neither handed in nor lost
	put("签好的.pdf", blank+"%%EOF\n")
	p.wait(`return !!document.querySelector('[name=is]')`)
	p.reach(`[name=is][value=yes]`)
	p.wait(`return document.body.innerText.includes('签名扫描件放好了') && !document.querySelector('[name=is]')`)
	if got := scans(); !slices.Equal(got, []string{"投诉书（签名扫描件）.pdf"}) {
		t.Errorf("in the packet: %q", got)
	}
	kept, _ := filepath.Glob(filepath.Join(kase, "superseded", "*", "*", "*", "投诉书（签名扫描件）（2026-10-02）.pdf"))
	if data, err := os.ReadFile(strings.Join(kept, "")); err != nil || string(data) != blank {
		t.Errorf("the first: %q %v", kept, err)
	}
	own, err := os.ReadFile(filepath.Join(packet, "投诉书.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	put("投诉书.pdf", string(own))
	p.wait(`return document.body.innerText.includes('没有签名的那一份')`)
	if text := p.text(); strings.Contains(text, "--signed") || strings.Contains(text, "form-") {
		t.Error(text)
	}
	// one that is sure takes the place of one that waits to be looked at
	put("又一份.pdf", blank+"%%EOF\n%%EOF\n")
	p.wait(`return !!document.querySelector('form[action$="hand/seen"]')`)
	if out, err := exec.Command("pdftoppm", "-r", "110", "-png", filepath.Join(packet, "投诉书.pdf"),
		filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "p-*.png"))
	p.open("hand?to=lender")
	p.reach(`input[name=scan]`, true)
	p.tab.Give(`input[name=scan]`, strings.Join(pages, "\n"))
	p.reach(`form[action*="hand/signed"] button`)
	p.wait(`return !document.querySelector('form[action$="hand/seen"]') && !document.querySelector('progress')`)
	if got := scans(); len(got) != len(pages)+1 { // and a PDF of them
		t.Errorf("in the packet: %q", got)
	}
	p.onlyRefused()
	p.open("hand?to=lender")
}
