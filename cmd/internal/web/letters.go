package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var lettersScreen = screen{path: lettersPath, stage: 3,
	title:   evidence.Text{ZH: "信", EN: "Letters"},
	missing: noFiles,
	view: func(v *visit) (any, error) {
		if v.papersDone() {
			return elsewhere(v.base() + "/" + handPath), nil
		}
		return v.lettersView()
	},
	done: func(v *visit) (bool, error) {
		set := v.reader().letters()
		return set != nil && set.mark == v.draftMark() && set.err == nil && set.made() && set.value.Blocked == nil &&
			!set.value.NotShown, nil
	},
	acts: map[string]act{
		"read":  func(v *visit) (string, error) { err := v.tickLetter(); return v.afterTick(), err },
		"make":  func(v *visit) (string, error) { return "", v.makePapers() },
		"again": func(v *visit) (string, error) { v.reader().forgetLetters(); return "", nil },
	},
	words: lettersWords,
}

var lettersWords = words{
	"h": {ZH: "读一遍这封信", EN: "Read this letter"},
	"lead": {ZH: "信由您签名，写的必须都是真的。带下划线的句子有出处，点一下看它来自哪里。",
		EN: "You sign it, so every word must be true. Sentences that are underlined have a source: press one to see " +
			"it."},
	"setting": {ZH: "正在排信", EN: "Setting the letters"},
	"setting-s": {ZH: "排好就能读。证据多的时候要几分钟。",
		EN: "You can read them when it is done; with many exhibits that takes minutes."},
	"making": {ZH: "正在做材料", EN: "Making the papers"},
	"making-s": {ZH: "证据封存、信和证据册排版，做完会自己换到下一步。",
		EN: "Evidence is sealed, letter and exhibit book are set; this page goes on by itself."},
	"busy":      {ZH: "这个案件里还有别的事在做，做完就能读信。", EN: "Other work goes on in this case; the letters come after it."},
	"share":     {ZH: "做了%d%%", EN: "%d%% done"},
	"not-done":  {ZH: "没有做成", EN: "It could not be done"},
	"again":     {ZH: "再试一次", EN: "Try again"},
	"gate":      {ZH: "会不会被退回来？", EN: "Would it be sent back?"},
	"gate-none": {ZH: "没有找到会被退的地方。", EN: "Nothing was found for which it would be."},
	"gate-hand": {ZH: "签名、捺印、日期要手写；另带身份证复印件，写上“仅供本次投诉使用”。",
		EN: "Signature, fingerprint and date are by hand. Bring a copy of the identity card, marked for this " +
			"complaint alone."},
	"gate-some": {ZH: "有%d处可能被退。不改也能做，由您决定。",
		EN: "It might be for %d reasons. Papers can be made all the same; it is yours to decide."},
	"gate-id": {ZH: "给%s的要写身份证号：不用填在这里，也不会存下来，打印后写在信上留出的横线处。",
		EN: "That to %s wants your identity number: it is neither asked for here nor kept; write it on the line " +
			"that the printed letter leaves."},
	"holder": {ZH: "没有单独写给%s的信：它说债权转让给了它，还没有证实。信里列了它，并请对方说明转让、拿出通知您的凭证。",
		EN: "No letter goes to %s: it says that it has the claim, and nothing bears that out yet. The letters name it, " +
			"and ask for the assignment and for the notice that you should have had of it."},
	"mend":  {ZH: "去补", EN: "Mend it"},
	"of":    {ZH: "给", EN: "to "},
	"now":   {ZH: "现在要交的", EN: "Due now"},
	"later": {ZH: "以后再说", EN: "Later"},
	"later-s": {ZH: "等前面的答复了，或者到期没有答复，再按那时的情况写。没有规定必须等；要现在写的，点开读。",
		EN: "Written when the first have answered or their term is over, as things stand then. No rule makes you " +
			"wait: open one to read it now."},
	"none-due": {ZH: "现在没有要交的信", EN: "No letter is due now"},
	"none-due-s": {ZH: "前面的交了，在等答复。下面这些可以以后再写，也可以现在点开读、做材料。",
		EN: "The first were handed in and have not answered yet. These can be written later, or opened and made now."},
	"turn":     {ZH: "到%s还没有答复的，再交", EN: "if no answer came by %s"},
	"reading":  {ZH: "正在读", EN: "being read"},
	"is-read":  {ZH: "读完了", EN: "read"},
	"not-read": {ZH: "没有读", EN: "not read"},
	"changed":  {ZH: "您读过以后变了", EN: "changed since you read it"},
	"as-text":  {ZH: "读文字", EN: "As text"},
	"as-page":  {ZH: "看印出来的样子", EN: "See the printed page"},
	"page-end": {ZH: "第%d页到这里，共%d页", EN: "end of page %d of %d"},
	"draft": {ZH: "还没有封存：证据码在做好材料以后印在信的末尾。",
		EN: "Not sealed yet: the evidence code is printed at its end when the papers are made."},
	"tick":       {ZH: "这一封读完了，写的都是真的", EN: "I have read this letter, and all of it is true"},
	"save":       {ZH: "存下", EN: "Save"},
	"source":     {ZH: "这句话来自", EN: "This sentence comes from"},
	"source-row": {ZH: "时间线 %s", EN: "row %s of the timeline"},
	"shows":      {ZH: "材料里的话", EN: "What the file shows"},
	"own":        {ZH: "您说的", EN: "What you said"},
	"mend-row":   {ZH: "改这一条", EN: "Change this"},
	"download":   {ZH: "下载原件", EN: "Download the original"},
	"wrong-else": {ZH: "借款、姓名写得不对，改“您和借款”。", EN: "Wrong about the loan or you? Change it in"},
	"to-loan":    {ZH: "去改", EN: "You and the loan"},
	"left":       {ZH: "读完%d封，还有%d封没有读", EN: "%d read, %d to read"},
	"all-made":   {ZH: "读完的都做好了", EN: "The papers of what you read are made"},
	"make":       {ZH: "做好材料", EN: "Make the papers"},
	"hand-in":    {ZH: "去交", EN: "Hand in"},
	"none":       {ZH: "没有要读的信", EN: "There is no letter to read"},
	"none-s": {ZH: "能交的都交了；到了该催、该往上反映的时候，“交出去”那一步会说。",
		EN: "All that can be handed in was; the next step says when to ask again or go further."},
	"none-left": {ZH: "还有没有交的：%s。“交出去”那一步说各处还差什么。",
		EN: "Not handed in yet: %s. The next step says what each still wants."},
	"blocked":   {ZH: "信还写不了", EN: "No letter can be written yet"},
	"not-shown": {ZH: "材料里没有能投诉的事。", EN: "The files show nothing that can be complained of."},
	"to-result": {ZH: "看结果", EN: "See the result"},
}

// draftMarks stand at the head of pages that were set to be read, and are not the
// letter that is signed.
const draftMark = "样稿 还没有做好材料 不要签名"

// A draftSet is the letters of a case as they were set, of one state of it.
type draftSet struct {
	mark  string
	also  []evidence.Role // asked for when they were
	value desk.Drafts
	err   error
}

// holds reports that the letters to those roles are set, as far as there are any.
func (s *draftSet) holds(to []evidence.Role) bool {
	return s.err != nil || !slices.ContainsFunc(to, func(role evidence.Role) bool {
		return !slices.Contains(s.also, role) && !slices.ContainsFunc(s.value.Letters,
			func(t desk.LetterDraft) bool { return t.Set() && t.Role == role })
	})
}

// made reports that the papers of all letters that are due lie in the case.
func (s *draftSet) made() bool {
	return !slices.ContainsFunc(s.value.Letters,
		func(t desk.LetterDraft) bool { return t.Set() && !t.Later && t.Papers == "" })
}

// letters are those set last; nil: none were.
func (r *reader) letters() *draftSet {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.drafts
}

func (r *reader) forgetLetters() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drafts, r.unmade = nil, nil
}

func (r *reader) whyUnmade() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.unmade
}

func (r *reader) noteUnmade(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unmade = err
}

// draftMark tells of which state of the case a set is: what is due goes by the day.
func (v *visit) draftMark() string { return v.mark() + v.desk.Now.Format("20060102") }

// settingWork is the name of the work that sets letters, makingWork of that which
// makes papers.
const settingWork, makingWork = "letters", "make"

// letters are those of the case as it is; nil: they are being set, or other work goes
// on first.
func (v *visit) letters() (*draftSet, error) {
	also := v.alsoRead()
	mark := v.draftMark()
	r := v.reader()
	if set := r.letters(); set != nil && set.mark == mark && set.holds(also) {
		return set, nil
	}
	dir := v.dir
	err := v.work(settingWork, func(ctx context.Context, d desk.Desk) (any, error) {
		set := &draftSet{also: also}
		d.Kept = &r.kept // read beside it once more, a large case takes its memory twice
		err := desk.ExtractForLetters(ctx, d, dir)
		set.mark = v.draftMark() // of the case with its extracts
		var x desk.Dossier
		if err == nil {
			x, err = desk.Open(ctx, d, dir)
		}
		if err == nil {
			set.value, err = desk.DraftsOf(ctx, d, x, also, draftMark)
		}
		set.err = err
		r.mu.Lock()
		r.drafts = set
		r.mu.Unlock()
		return nil, err
	})
	var busy *busyError
	if errors.As(err, &busy) {
		err = nil
	}
	return nil, err
}

// alsoRead are the letters that are read before their turn: the one asked for, and
// those that were read.
func (v *visit) alsoRead() (out []evidence.Role) {
	for role := range v.ticks() {
		out = append(out, role)
	}
	if role, ok := evidence.ParseRole(v.form("to")); ok && !slices.Contains(out, role) {
		out = append(out, role)
	}
	slices.Sort(out)
	return out
}

// letterAt is the address at which a letter is read.
func (v *visit) letterAt(to string) string { return query(v.base()+"/"+lettersPath, "to", to) }

// A lettersView is the letters that wait to be read, one of them open.
type lettersView struct {
	Going    *goingView
	Here     string // the address, with what was asked for
	What     string // word for what goes on
	Says     string
	Failed   *failedView
	Moved    string // why nothing was made
	Blocked  []remedyView
	NotShown bool
	None     bool
	Unhanded string // where nothing was handed in yet though no letter waits to be read; empty: nowhere
	Open     *letterView
	Due      []letterRow
	Later    []letterRow
	Gate     []remedyView
	ByHand   string // to whom the identity number is written by hand; empty: to nobody
	Holder   string // who says that they have the claim, and has no letter of their own; empty: nobody
	Next     bool   // it was opened because the one before it was read
	Read     int
	Unread   int
	Made     bool      // the papers of all that were read lie there
	Source   []rowView // where the sentence comes from that was pressed
}

type letterRow struct {
	Role, Title, Name string
	Href              string
	Pages             int
	Here              bool
	State             string // word
	Read              bool
}

// A remedyView is what is in the way, and what helps.
type remedyView struct {
	What, Remedy string
	For          string // whose letter
	Href         string // where it is mended; empty: nowhere on the page
}

// A letterView is a letter as text.
type letterView struct {
	Role, Title, Name string
	Pages             int
	PDF               string // address of its pages
	Sealed            bool
	Digest            string // of its words, as they are shown
	Read              bool
	Blocks            []blockView
}

func (v *visit) lettersView() (lettersView, error) {
	out := lettersView{Moved: v.wrong["letters"]}
	if w, any := v.working(); any && !w.ended && w.name == makingWork {
		return v.lettersGoing(w), nil
	}
	set, err := v.letters()
	if err != nil {
		return out, err
	}
	if set == nil {
		w, _ := v.working()
		return v.lettersGoing(w), nil
	}
	if err := v.reader().whyUnmade(); err != nil {
		out.Failed = v.failedView(err)
	}
	if set.err != nil {
		out.Failed = v.failedView(set.err)
		return out, nil
	}
	x, err := v.dossier()
	if err != nil {
		return out, err
	}
	lettersOf(&out, set.value, v.ticks(), v.form("to"), v.base(), v.lang)
	out.Next = v.form("next") != ""
	out.Holder = x.Case.Assignee.Name
	if out.None {
		lanes, err := v.lanes()
		if err != nil {
			return out, err
		}
		out.Unhanded = unhanded(lanes)
	}
	if id := v.form("of"); id != "" {
		out.Source = rowsOf(x, strings.Fields(id), v.lang)
		a, err := v.asked()
		if err != nil {
			return out, err
		}
		for n, row := range out.Source {
			out.Source[n].Href = cardOf(a.Questions, row.ID, v.base())
		}
	}
	return out, nil
}

// lettersGoing is the screen while something takes long.
func (v *visit) lettersGoing(w work) lettersView {
	out := lettersView{Going: w.progressAt(time.Now()).going(), Here: v.r.URL.RequestURI()}
	if v.r.Method != http.MethodGet {
		out.Here = v.here()
	}
	out.What, out.Says = v.in(lettersWords["setting"]), v.in(lettersWords["setting-s"])
	switch {
	case w.name == makingWork:
		out.What, out.Says = v.in(lettersWords["making"]), v.in(lettersWords["making-s"])
		out.Here = query(v.base()+"/"+lettersPath, "then", thenHand)
	case w.name != settingWork:
		out.Says = v.in(lettersWords["busy"])
	}
	return out
}

// lettersOf puts the letters of a case in their places, with what was read of them.
func lettersOf(out *lettersView, d desk.Drafts, ticks map[evidence.Role]string, open, base, lang string) {
	out.NotShown, out.None = d.NotShown, len(d.Letters) == 0 && len(d.Blocked) == 0 && !d.NotShown
	for _, o := range d.Blocked {
		out.Blocked = append(out.Blocked, remedyView{What: o.What.OnPage().In(lang),
			Remedy: o.Remedy.OnPage().In(lang),
			Href:   mendAt(o.Where, base)})
	}
	for _, r := range d.Returns {
		if r.Code == "signature" { // of every letter: said below all others
			continue
		}
		var whose []string
		for _, t := range d.Letters {
			if slices.Contains(r.For, t.Role) && !slices.Contains(whose, t.Name) { // one body by two roads
				whose = append(whose, t.Name)
			}
		}
		if r.Code == "identity" { // the page keeps no such number: it is written onto the paper
			out.ByHand = strings.Join(whose, "、")
			continue
		}
		row := remedyView{What: r.What.OnPage().In(lang), For: strings.Join(whose, "、"),
			Remedy: r.Remedy.OnPage().In(lang), Href: mendAt(r.Where, base)}
		out.Gate = append(out.Gate, row)
	}
	if !slices.ContainsFunc(d.Letters, func(t desk.LetterDraft) bool { return t.Set() && string(t.Role) == open }) {
		open = ""
		read := false
		for _, t := range d.Letters { // the first that is not read, else the first
			now, was := ticks[t.Role]
			if now := now == t.Digest; t.Set() && (was || !t.Later) && (open == "" || read && !now) {
				open, read = string(t.Role), now
			}
		}
	}
	out.Made = true
	for _, t := range d.Letters {
		row := letterRow{Role: string(t.Role), Title: t.Title, Name: t.Name, Pages: t.Pages,
			Href: query(base+"/"+lettersPath, "to", string(t.Role)), Here: string(t.Role) == open}
		was, ticked := ticks[t.Role]
		row.Read = ticked && t.Set() && was == t.Digest
		state := lettersWords["not-read"]
		switch {
		case row.Read:
			state = lettersWords["is-read"]
		case ticked && t.Set():
			state = lettersWords["changed"]
		case row.Here:
			state = lettersWords["reading"]
		}
		row.State = state.In(lang)
		later := !t.Set() || t.Later && !ticked // to open one is only to look at it
		switch {
		case later:
			if row.State = ""; row.Here {
				row.State = lettersWords["reading"].In(lang)
			} else if !t.Turn.IsZero() {
				row.State = fill(lettersWords["turn"], t.Turn.Format(time.DateOnly)).In(lang)
			}
			out.Later = append(out.Later, row)
		case row.Read:
			out.Read++
			out.Made = out.Made && t.Papers != ""
		default:
			out.Unread++
		}
		if !later {
			out.Due = append(out.Due, row)
		}
		if row.Here {
			out.Open = &letterView{Role: row.Role, Title: t.Title, Name: t.Name, Pages: t.Pages,
				PDF: base + "/letter/" + row.Role, Sealed: t.Papers != "", Digest: t.Digest, Read: row.Read,
				Blocks: blocksOf(t, query(base+"/"+lettersPath, "to", row.Role), lang)}
		}
	}
	out.Made = out.Made && out.Read > 0
}

// mendAt is where on the page what a key or row says is mended; empty: nowhere.
func mendAt(where, base string) string {
	where = strings.TrimPrefix(where, "case.toml ")
	switch {
	case where == "":
		return ""
	case strings.HasPrefix(where, "timeline"):
		return base + "/" + listenPath
	case slices.ContainsFunc([]string{"complainant.", "platform.", "lender.", "loan.", "agency."},
		func(key string) bool { return strings.HasPrefix(where, key) }):
		return base + "/" + loanPath
	}
	return ""
}

// tickFile keeps which letters were read, by the digests of their words. Where it is
// lost they are read again.
const tickFile = "read.json"

// makePapers makes the papers of the letters that were read, if they still say what
// was read.
func (v *visit) makePapers() error {
	set := v.reader().letters()
	read, to := map[evidence.Role]string{}, []evidence.Role(nil)
	ticks := v.ticks()
	if set != nil {
		for _, t := range set.value.Letters {
			if was, ok := ticks[t.Role]; ok && t.Set() {
				read[t.Role] = was
				to = append(to, t.Role)
			}
		}
	}
	if len(to) == 0 {
		return &mistake{"letters", evidence.Text{ZH: "先读一封信，读完在它下面勾上，再做材料。",
			EN: "Read a letter first and tick it below; then its papers are made."}}
	}
	dir, r, now := v.dir, v.reader(), *v
	r.noteUnmade(nil)
	return v.work(makingWork, func(ctx context.Context, d desk.Desk) (any, error) {
		made, err := desk.Build(ctx, d, dir, desk.BuildOptions{To: to, Volume: desk.UsualVolume, Read: read})
		if r.noteUnmade(err); err != nil {
			return nil, err
		}
		// Making them cuts extracts of whole logs, which letters name from then on: they
		// are the letters that were read.
		for _, p := range made.Packets {
			ticks[p.Role] = p.Digest
		}
		r.forgetLetters()
		return nil, now.putTicks(ticks)
	})
}

// letterPages sends the pages of a letter: those of its papers where they are made, else
// those that were set to be read.
func (s *server) letterPages(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(r, screen{})
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	set := v.reader().letters()
	if set != nil {
		for _, t := range set.value.Letters {
			if string(t.Role) == r.PathValue("role") && t.Set() {
				s.sendPages(w, r, v, t)
				return
			}
		}
	}
	s.fault(w, v, http.StatusNotFound, errNoPage)
}
