package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/track"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

func TestLettersView(t *testing.T) {
	set := func(role evidence.Role, digest, papers string) desk.LetterDraft {
		return desk.LetterDraft{Role: role, Name: string(role) + "公司", Title: "投诉书", Digest: digest, Papers: papers,
			Draft: packet.Draft{Pages: 2, Blocks: []int{1, 1, 2},
				Document: document.Document{Blocks: []document.Block{document.Title{Text: "投诉书"},
					document.Item{Label: "1.", Spans: []document.Span{{Text: "来电", Rows: "T001 T002"}, {Text: "两次", Rows: "T001 T002"},
						{Text: "（证据1）"}}},
					document.Paragraph{Spans: []document.Span{{Text: "二"}}}}}}}
	}
	drafts := desk.Drafts{Letters: []desk.LetterDraft{set(evidence.ToPlatform, "a", "/x.pdf"),
		set(evidence.ToLender, "b", ""),
		{Role: evidence.ToRegulator, Name: "监管局", Title: "举报书", Later: true}}}
	for _, c := range []struct {
		name         string
		ticks        map[evidence.Role]string
		open         string
		read, unread int
		made         bool
		states       string
		here         string
	}{
		{name: "none read", unread: 2, states: "正在读 没有读", here: "platform"},
		{name: "the next is opened", ticks: map[evidence.Role]string{evidence.ToPlatform: "a"}, read: 1, unread: 1,
			made: true, states: "读完了 正在读", here: "lender"},
		{name: "changed since", ticks: map[evidence.Role]string{evidence.ToPlatform: "0"}, unread: 2,
			states: "您读过以后变了 没有读", here: "platform"},
		{name: "not made yet", ticks: map[evidence.Role]string{evidence.ToPlatform: "a", evidence.ToLender: "b"}, read: 2,
			states: "读完了 读完了", here: "platform"},
		{name: "asked for", open: "lender", unread: 2, states: "没有读 正在读", here: "lender"},
	} {
		var v lettersView
		lettersOf(&v, drafts, c.ticks, c.open, "/c/1", "zh")
		var states []string
		for _, r := range v.Due {
			states = append(states, r.State)
		}
		if v.Read != c.read || v.Unread != c.unread || v.Made != c.made || strings.Join(states, " ") != c.states ||
			v.Open == nil || v.Open.Role != c.here || len(v.Later) != 1 {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
	for _, row := range []struct {
		to   evidence.Role
		also []evidence.Role
		want bool
	}{
		{evidence.ToPlatform, nil, true}, {evidence.ToRegulator, nil, false}, {evidence.ToPolice, nil, false},
		{evidence.ToPolice, []evidence.Role{evidence.ToPolice}, true}, // there is none, and it was looked for
	} {
		s := draftSet{value: drafts, also: row.also}
		if got := s.holds([]evidence.Role{row.to}); got != row.want {
			t.Errorf("%s: holds %v", row.to, got)
		}
	}
	// all that is due was handed in: what is left says when it comes, and can be opened
	var v lettersView
	later := desk.Drafts{Letters: drafts.Letters[2:]}
	later.Letters[0].Turn = testNow
	later.Returns = []desk.Return{{For: []evidence.Role{evidence.ToRegulator, evidence.ToForward}}}
	lettersOf(&v, later, nil, "", "/c/1", "zh")
	if v.None || v.Open != nil || len(v.Later) != 1 || v.Later[0].State != "到2026-10-02还没有答复的，再交" {
		t.Errorf("only later ones: %+v", v)
	}
	// one that is not due yet is opened: that is to look at it, and nothing moves
	var look lettersView
	early := set(evidence.ToRegulator, "c", "")
	early.Later = true
	both := desk.Drafts{Letters: []desk.LetterDraft{drafts.Letters[0], early}}
	lettersOf(&look, both, nil, "regulator", "/c/1", "zh")
	if len(look.Due) != 1 || len(look.Later) != 1 || look.Unread != 1 || look.Open == nil ||
		look.Open.Role != "regulator" ||
		look.Later[0].State != "正在读" {
		t.Errorf("looked at: %+v", look)
	}
	// the person said that it was read: it goes with those that are due
	lettersOf(&look, desk.Drafts{Letters: []desk.LetterDraft{early}}, map[evidence.Role]string{evidence.ToRegulator: "c"},
		"regulator", "/c/1", "zh")
	if look.Read != 1 {
		t.Errorf("read before its turn: %+v", look)
	}
	filed, open := desk.Lane{Lane: track.Lane{Base: 0}}, desk.Lane{Lane: track.Lane{Base: -1}}
	open.Recipient.Name = "协会"
	if got := unhanded([]desk.Lane{filed, open}); got != "协会" {
		t.Errorf("not handed in: %q", got)
	}
	// a body that two letters go to is named once
	later.Letters = append(later.Letters, desk.LetterDraft{Role: evidence.ToForward, Name: "监管局", Later: true})
	lettersOf(&v, later, nil, "", "/c/1", "zh")
	if n := len(v.Gate); v.Gate[n-1].For != "监管局" {
		t.Errorf("named twice: %+v", v.Gate)
	}
	// the identity number is written by hand: nothing on the page is to be filled in for it
	later.Returns = []desk.Return{{Return: letter.Return{Code: "identity", Where: "complainant.id_number"},
		For: []evidence.Role{evidence.ToRegulator}}}
	var byHand lettersView
	lettersOf(&byHand, later, nil, "", "/c/1", "zh")
	if len(byHand.Gate) != 0 || byHand.ByHand != "监管局" {
		t.Errorf("by hand: %+v", byHand)
	}
	read := map[evidence.Role]string{evidence.ToPlatform: "a"}
	if got := nextUnread(drafts.Letters, read); got != evidence.ToLender {
		t.Errorf("after the first comes %q", got)
	}
	read[evidence.ToLender] = "b"
	if got := nextUnread(drafts.Letters, read); got != "" {
		t.Errorf("after the last comes %q", got)
	}
	blocks := blocksOf(drafts.Letters[0], "/l?to=platform", "zh")
	kinds := ""
	for _, b := range blocks {
		kinds += b.Kind + " "
	}
	if kinds != "title item page para page " || len(blocks[1].Spans) != 2 || blocks[1].Spans[0].Text != "来电两次" ||
		blocks[1].Spans[0].Href != "/l?to=platform&of=T001+T002#source" || blocks[2].Text != "第1页到这里，共2页" {
		t.Errorf("%s %+v", kinds, blocks)
	}
}

// A letter is read as text and as pages, a sentence leads to what it comes from, a tick
// says that it was read; papers are made of what was read and of nothing that changed
// since.
func TestLettersScreen(t *testing.T) {
	browsertest.Need(t)
	kase := demoCase(t)
	p := newPage(t, kase, nil)
	p.open("letters")
	p.wait(`return !!document.querySelector('.paper')`)
	p.look("letters")
	p.wait(`return !!document.querySelector('.paper')`)
	if text := p.text(); !strings.Contains(text, "会不会被退回来") || !strings.Contains(text, "一、投诉请求") ||
		!strings.Contains(text, "第1页到这里") || !strings.Contains(text, "放款机构") {
		t.Errorf("%s", text)
	}
	p.reach(".paper td a")
	p.wait(`return !!document.querySelector('#source audio')`)
	if text := p.text(); !strings.Contains(text, "这句话来自") || !strings.Contains(text, "057100000101") {
		t.Errorf("%s", text)
	}
	p.look("letters-source")
	c := (&site{t: t, origin: p.origin, address: Address{URL: p.address.URL}}).enter(t)
	at := c.root + strings.TrimPrefix(p.base, p.root)
	role := ""
	p.tab.Run(&role, `return document.querySelector('input[name=to]').value`)
	if status, body := c.do("GET", at+"/letter/"+role, nil, nil); status != 200 || !strings.HasPrefix(body, "%PDF") {
		t.Errorf("the pages of a letter: %d %.40q", status, body)
	}
	if status, _ := c.do("GET", at+"/letter/..%2F..%2Fcase.toml", nil, nil); status != 404 {
		t.Errorf("no role: %d", status)
	}
	// nothing is made of what was not read
	p.reach("footer .go")
	p.wait(`return document.body.innerText.includes('先读一封信')`)
	p.reach("input[name=on]")
	p.wait(`var l = document.querySelector('.letters');
		return !!l.querySelector('li:first-child') && l.innerText.includes('读完了')`)
	p.wait(`return document.activeElement.id === 'is-read'`) // no other is due: the keyboard stays where it was
	// what changed since is to be read again
	d, _ := testDesk()
	type incidents = []evidence.Incident
	if err := desk.Complete(t.Context(), d, kase, func(rows incidents, _ []evidence.Exhibit) incidents {
		for n := range rows {
			if rows[n].Time.At.In(evidence.Beijing).Hour() == 22 {
				rows[n].Use = evidence.No
			}
		}
		return rows
	}); err != nil {
		t.Fatal(err)
	}
	p.reach("footer .go")
	p.wait(`return document.body.innerText.includes('变了') && !!document.querySelector('.paper')`)
	if made, _ := filepath.Glob(filepath.Join(kase, "packet", "*")); len(made) > 0 {
		t.Errorf("papers were made: %q", made)
	}
	if t.Failed() {
		return
	}
	p.open("letters?to=" + role)
	p.wait(`return !!document.querySelector('input[name=on]:not(:checked)')`)
	p.reach("input[name=on]")
	p.wait(`return document.querySelector('.letters').innerText.includes('读完了')`)
	p.reach("footer .go")
	// it says that it goes on by itself, and does
	p.wait(`return location.pathname.endsWith('/hand')`)
	p.open("letters?to=" + role)
	p.wait(`return !!document.querySelector('footer a.go') && !!document.querySelector('.paper')`)
	letters, _ := filepath.Glob(filepath.Join(kase, "packet", "*", "投诉书.pdf"))
	if len(letters) != 1 {
		t.Errorf("made: %q", letters)
	}
	if text := p.text(); !strings.Contains(text, "证据码") {
		t.Errorf("the letter prints no code:\n%s", text)
	}
	// a body beside the road of a complaint is read when it is asked for
	p.open("letters?to=12345")
	p.wait(`var h = document.querySelector('.paper .lt'); return !!h && h.innerText.includes('诉求书')`)
	// now the pages are those that were made
	want, err := os.ReadFile(letters[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, body := c.do("GET", at+"/letter/"+role, nil, nil); body != string(want) {
		t.Error("the pages are not those of the papers")
	}
	for _, complaint := range p.tab.Complaints() {
		if !strings.Contains(complaint, "422") {
			t.Error(complaint)
		}
	}
}

// reach presses what may lie under the foot of the window; or only unfolds where it is.
func (p *page) reach(what string, unfold ...bool) {
	p.t.Helper()
	p.tab.Run(nil, `var e = document.querySelector(arguments[0]), fold = e.closest('details');
		if (arguments[1] && fold) { fold.open = true; }
		e.scrollIntoView({block: 'center'})`, what, len(unfold) > 0)
	if len(unfold) == 0 {
		p.tab.Click(what)
	}
}
