package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates/letter"
)

var handScreen = screen{path: handPath, stage: 3, most: 64 << 20, // photos of a receipt, scans
	title:   evidence.Text{ZH: "交出去", EN: "Hand in"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.handView() },
	done: func(v *visit) (bool, error) {
		r, err := v.lanes()
		return len(r) > 0 && !slices.ContainsFunc(r, func(l desk.Lane) bool { return l.Base < 0 && l.Role.Order() == 1 }), err
	},
	acts: map[string]act{
		"print":    func(v *visit) (string, error) { return v.laneAt(), v.printPapers() },
		"open":     func(v *visit) (string, error) { return v.laneAt(), v.openPapers() },
		"signed":   func(v *visit) (string, error) { return v.laneAt(), v.putSigned() },
		"seen":     func(v *visit) (string, error) { return v.laneAt(), v.seenSigned() },
		"filed":    func(v *visit) (string, error) { return v.laneAt(), v.enterStep("filed") },
		"answered": func(v *visit) (string, error) { return v.laneAt(), v.enterStep("answered") },
		"withdraw": func(v *visit) (string, error) { return v.laneAt(), v.enterStep("withdraw") },
		"close":    func(v *visit) (string, error) { return v.laneAt(), v.enterStep("close") },
		"reopen":   func(v *visit) (string, error) { return v.laneAt(), v.enterStep("reopen") },
		"extra":    func(v *visit) (string, error) { return v.laneAt(), v.makeExtra() },
		"undo":     func(v *visit) (string, error) { return v.undoStep() },
		"write":    func(v *visit) (string, error) { return v.laneAt(), v.writeNext() },
		"calendar": func(v *visit) (string, error) { return v.laneAt(), v.writeCalendar() },
		"copy":     func(v *visit) (string, error) { return v.laneAt(), v.copyBundle() },
	},
	words: handWords,
}

// laneAt is the address of the lane that a form is about.
func (v *visit) laneAt() string { return query(v.base()+"/"+handPath, "to", v.form("to")) }

func (v *visit) lanes() ([]desk.Lane, error) {
	x, err := v.dossier()
	if err != nil {
		return nil, err
	}
	r, err := desk.TrackOf(x)
	return r.Lanes, err
}

// A handView is where the letters of a case stand, one lane of them open.
type handView struct {
	Going  string // what goes on; empty: nothing
	Here   string
	Failed *failedView
	Lanes  []laneView
	Ways   []wayView         // whom else something can be given
	Wrote  []string          // names of letters that follow
	Typed  map[string]string // of a form that was not taken, and the day
	Filed  bool              // something was handed in
}

// A laneView is one recipient's road.
type laneView struct {
	To, Name, Letter string
	Href             string
	State            string
	Open             bool
	Step             int // which of the three doings is due: 1 print and sign, 2 hand in, 3 write it down; 4: wait
	Papers           []string
	Old              bool // its papers are not of the case as it is
	Print, Mail      bool
	Ways             []string
	Origin           string // the person's own file that the ways are of; empty: they are the program's
	Form             []fieldOf
	Usual            bool
	Base             bool // something was handed in
	Answered         bool
	Closed           bool
	Next             string
	Letters          []choiceView // that can be written now
	Wrote            []string     // folders of those that were written
	Kinds            []choiceView // what can have been handed in
	Outcomes         []choiceView
	Preview          *previewView
	Copies           []copiedView // made in this run
	Folder           bool         // there are papers to be opened
	Since            string       // what came into the evidence after it was handed in
	Scan             *scanView    // of the signed letter, that waits to be looked at
}

// A wayView is a body beside the road of a complaint.
type wayView struct {
	Name, Letter, Does, DoesNot, Order string
	Href                               string // where its letter is read
}

type fieldOf struct {
	Label, Text string
	Limit       int
}

// A previewView is what a copy would hold, before it is made.
type previewView struct {
	N       int
	Holds   []string
	Covered string
	Rows    string
	Table   bool         // the timeline that goes along holds some of it
	Back    []choiceView // exhibits that hold some of it and can be kept back
	Place   string
}

func (v *visit) handView() (handView, error) {
	out := handView{Typed: map[string]string{"on": v.desk.Now.In(evidence.Beijing).Format(time.DateOnly)}}
	if len(v.wrong) > 0 {
		for name := range v.r.PostForm {
			out.Typed[name] = v.r.PostForm.Get(name)
		}
	}
	if w, any := v.working(); any && !w.ended {
		out.Going, out.Here = v.in(handWords["going"]), v.r.URL.RequestURI()
		return out, nil
	} else if any && w.err != nil && slices.Contains(handWorks, w.name) {
		out.Failed = v.failedView(w.err)
	}
	x, err := v.dossier()
	if err != nil {
		return out, err
	}
	lanes, err := v.lanes()
	if err != nil {
		return out, err
	}
	open := v.form("to")
	if !slices.ContainsFunc(lanes, func(l desk.Lane) bool { return laneKey(l) == open }) {
		open = ""
	}
	for _, l := range lanes {
		if open == "" && (l.Base < 0 || l.State == track.Overdue || l.State == track.Answered) {
			open = laneKey(l)
		}
	}
	if open == "" && len(lanes) > 0 {
		open = laneKey(lanes[0])
	}
	for _, l := range lanes {
		row, err := v.laneOf(x, l, laneKey(l) == open)
		if err != nil {
			return out, err
		}
		out.Filed = out.Filed || row.Base
		out.Lanes = append(out.Lanes, row)
	}
	out.Ways = waysOf(x.Case, x.Report.Findings, lanes, v.base(), v.lang)
	for _, path := range desk.WrittenLetters(x) {
		out.Wrote = append(out.Wrote, filepath.Base(path))
	}
	return out, nil
}

// laneKey is by what word a lane is meant.
func laneKey(l desk.Lane) string {
	if l.Role == "" {
		return l.Recipient.Name
	}
	return string(l.Asked)
}

// laneOf is one lane; of the open one also all that can be done.
func (v *visit) laneOf(x desk.Dossier, l desk.Lane, open bool) (laneView, error) {
	row := laneView{To: laneKey(l), Name: cmp.Or(l.Recipient.Name, v.in(handWords["nameless"])),
		Letter: l.Role.Letter(), Open: open,
		State: laneState(l, v.lang), Base: l.Base >= 0, Closed: l.State == track.Closed,
		Answered: l.State == track.Answered}
	row.Href = query(v.base()+"/"+handPath, "to", row.To)
	h, any := desk.HandIn{}, false
	var err error
	if l.Role != "" {
		if h, any, err = desk.HandInOf(x, l.Role); err != nil {
			return row, err
		}
	}
	switch {
	case row.Base:
		row.Step = 4
	case !any:
		row.Step = 0
	case h.Print == "":
		row.Step = 1
	default:
		row.Step = 3
	}
	// What was handed in is done: only what has to be handed in is to be of the case as it is.
	if row.Old = any && !h.Current && !row.Base; row.Old {
		row.State = v.in(handWords["state-old"])
	}
	if !open {
		return row, nil
	}
	row.Papers, row.Print, row.Mail, row.Usual = h.Papers, h.Print != "", h.Mail != "", h.Usual
	row.Since, row.Folder = l.New, h.Dir != ""
	row.Scan, row.Copies = v.scanOf(l.Role), v.copiesTo(l.Asked)
	for _, f := range h.Form {
		row.Form = append(row.Form, fieldOf{f.Label, f.Text, f.Limit})
	}
	for _, c := range l.Recipient.Channels {
		row.Ways = append(row.Ways, wayWords[c.Type].In(v.lang)+c.Value)
	}
	if l.Recipient.Quality == evidence.ByUser {
		row.Origin = l.Recipient.Origin
	}
	if row.Base {
		row.Next = nextWords[l.Next].In(v.lang)
		row.Letters = nextLettersOf(l, v.lang)
		for _, path := range desk.WrittenLetters(x) {
			if name := filepath.Base(path); strings.HasSuffix(name, "-"+l.Recipient.Name) {
				row.Wrote = append(row.Wrote, name)
			}
		}
		for _, k := range evidence.FollowUps() {
			row.Kinds = append(row.Kinds, choiceView{k, followWords[k].In(v.lang), false})
		}
		for _, o := range evidence.Outcomes() {
			row.Outcomes = append(row.Outcomes, choiceView{string(o), outcomeWords[o].In(v.lang), false})
		}
		row.Outcomes = append(row.Outcomes, choiceView{acceptedOnly, handWords["accepted"].In(v.lang), false})
	}
	if v.form("copy") == "yes" {
		p, err := desk.PreviewCopy(v.ctx, v.desk, v.dir, l.Asked)
		if err != nil {
			return row, err
		}
		row.Preview = previewOf(p, v.lang)
		for n := range row.Preview.Back { // a number says nothing to who wonders what it is
			b := &row.Preview.Back[n]
			_, x, ok, err := v.exhibitFile(b.Value)
			if err != nil {
				return row, err
			}
			if ok {
				b.Text = b.Value + " " + x.Kind.Title().In(v.lang) + strings.TrimPrefix(b.Text, b.Value)
			}
		}
	}
	return row, nil
}

// acceptedOnly is the choice that a matter was taken and not decided.
const acceptedOnly = "accepted"

// laneState says where a lane stands, in one line.
func laneState(l desk.Lane, lang string) string {
	until := l.Until.Format(time.DateOnly)
	say := func(t evidence.Text, args ...any) string { return fmt.Sprintf(t.In(lang), args...) }
	switch l.State {
	case track.ToSign:
		if l.Next == track.Build {
			return say(evidence.Text{ZH: "材料还没有做", EN: "no papers yet"})
		}
		return say(evidence.Text{ZH: "要打印、签名、交上去", EN: "to print, sign and hand in"})
	case track.ToSend:
		return say(evidence.Text{ZH: "签名扫描件放好了，要交上去", EN: "signed scan is in place; to hand in"})
	case track.Waiting:
		if !l.ByRule {
			return say(evidence.Text{ZH: "%s 交了；%s 左右问一次（没有查到规定的期限，这是给自己的提醒）",
				EN: "handed in on %s; ask about %s (no rule sets a term; a reminder for yourself)"}, l.Filing.Date, until)
		}
		return say(evidence.Text{ZH: "%s 交了，等到 %s", EN: "handed in on %s, waiting until %s"}, l.Filing.Date, until)
	case track.Overdue:
		return say(evidence.Text{ZH: "%s 交了，等到 %s 没有答复", EN: "handed in on %s; no answer until %s"}, l.Filing.Date,
			until)
	case track.Answered:
		return say(evidence.Text{ZH: "%s 交了，%s 有答复", EN: "handed in on %s, answered on %s"}, l.Filing.Date,
			l.Filing.Answered)
	}
	return say(evidence.Text{ZH: "%s 交了，已经结束", EN: "handed in on %s, closed"}, l.Filing.Date)
}

// nextLettersOf are the letters that go on from where a lane stands.
func nextLettersOf(l desk.Lane, lang string) []choiceView {
	if l.Role == "" {
		return nil
	}
	var names []string
	switch l.Next {
	case track.Remind:
		names = []string{evidence.Reminder}
	case track.Unanswered:
		names = []string{evidence.Reminder}
	case track.Contest:
		names = []string{evidence.Disputed, evidence.Incomplete}
		if l.Recheck {
			names = append(names, evidence.Recheck)
		}
	case track.Supply:
		names = []string{evidence.Incomplete}
	case track.Consider:
		names = []string{evidence.Withdrawal}
	case track.Close:
		names = []string{evidence.Thanks}
	}
	var out []choiceView
	for _, n := range names {
		can := slices.ContainsFunc(letter.NextLetters(), func(x letter.NextLetter) bool {
			return x.Name == n && slices.Contains(x.To, l.Asked)
		})
		if can {
			out = append(out, choiceView{n, followWords[n].In(lang), false})
		}
	}
	return out
}

// handWorks are the works that this screen begins.
var handWorks = []string{"print", "signed", "copy", "extra"}

func (v *visit) printPapers() error {
	dir, to, duplex, show := v.dir, v.form("to"), v.form("duplex") == "yes", v.s.browse
	return v.work("print", func(ctx context.Context, d desk.Desk) (any, error) {
		made, err := desk.Print(ctx, d, dir, desk.PrintOptions{To: to, Copies: 2, Duplex: duplex})
		if err == nil {
			_ = show(made.File) // where nothing opens it, the screen has it to be downloaded
		}
		return made, err
	})
}

// openPapers opens the folder of a recipient, or that of a letter that follows.
func (v *visit) openPapers() error {
	if name := v.form("letter"); name != "" {
		x, err := v.dossier()
		if err != nil {
			return err
		}
		for _, path := range desk.WrittenLetters(x) {
			if filepath.Base(path) == name {
				return v.opened(path)
			}
		}
		return errNoPage
	}
	h, err := v.papersOf(v.form("to"))
	if err != nil {
		return err
	}
	return v.opened(h.Dir)
}

// makeExtra makes what is to be handed in beside a complaint that was: of the evidence
// that came since, and opens its folder.
func (v *visit) makeExtra() error {
	lanes, err := v.lanes()
	if err != nil {
		return err
	}
	n := slices.IndexFunc(lanes, func(l desk.Lane) bool { return laneKey(l) == v.form("to") && l.New != "" })
	if n < 0 {
		return errNoPage
	}
	dir, l, show := v.dir, lanes[n], v.s.browse
	return v.work("extra", func(ctx context.Context, d desk.Desk) (any, error) {
		made, err := desk.Build(ctx, d, dir, desk.BuildOptions{To: []evidence.Role{l.Role}, Volume: desk.UsualVolume,
			Supplement: l.New})
		if err == nil {
			_ = show(filepath.Join(made.Packet, made.First().Folder)) // a button opens it all the same
		}
		return made, err
	})
}

// opened opens a folder in the system's program, or says where it is.
func (v *visit) opened(path string) error {
	if err := v.s.browse(path); err != nil {
		return &mistake{"open", fill(evidence.Text{ZH: "这台电脑没能打开文件夹，它在：%s",
			EN: "This computer did not open the folder; it is %s"},
			path)}
	}
	return nil
}

// enterStep writes down what happened in a lane.
func (v *visit) enterStep(verb string) error {
	s := desk.TrackStep{Verb: verb, To: v.form("to"), On: strings.TrimSpace(v.form("on"))}
	line := func(name string) string { return strings.Join(strings.Fields(v.form(name)), " ") }
	switch verb {
	case "filed":
		s.Receipt, s.Letter = line("receipt"), v.form("letter")
		s.Own = s.Letter == evidence.Supplement || v.form("own") == "yes"
	case "answered":
		s.Said, s.Points = line("said"), line("points")
		if how := v.form("how"); how == acceptedOnly {
			s.Accepted = true
		} else if o, ok := folder.ParseOutcome(how); ok {
			s.Outcome = o
		} else {
			return &mistake{"how", evidence.Text{ZH: "选一个：答复怎么样。", EN: "Choose what the answer comes to."}}
		}
	}
	paths, done, err := v.received("proof")
	defer done()
	if err != nil {
		return err
	}
	if len(paths) > 0 {
		s.Proof = paths[0]
	}
	_, err = desk.Enter(v.ctx, v.desk, v.dir, s)
	var day *desk.DayError
	var no *track.Refusal
	var proof *desk.ProofError
	switch {
	case errors.As(err, &day):
		return &mistake{verb + "-on", evidence.Text{ZH: "写一个日期，例如 2026-10-02。", EN: "Write a day such as 2026-10-02."}}
	case errors.As(err, &no):
		return refused(verb, no)
	case errors.As(err, &proof):
		return &mistake{"proof", fill(evidence.Text{ZH: "凭据没有放进去：%[1]s。换成照片、截图或者 PDF。",
			EN: "What is to show it was not taken: %[2]s. Give a photo, a screenshot or a PDF."},
			proof.Why.ZH, proof.Why.EN)}
	}
	return err
}

// undoStep takes the last entry back, and leads to the lane that it was of.
func (v *visit) undoStep() (string, error) {
	r, err := desk.UndoTrack(v.ctx, v.desk, v.dir)
	to := ""
	if err == nil && r.Entered >= 0 {
		to = laneKey(r.Lanes[r.Entered])
	}
	return query(v.base()+"/"+handPath, "to", to), err
}

func (v *visit) writeNext() error {
	role, _ := evidence.ParseRole(v.form("to"))
	w, err := desk.BuildNext(v.ctx, v.desk, v.dir, v.form("letter"), role)
	if err != nil || len(w.Letters) == 0 {
		return err
	}
	_ = v.s.browse(w.Letters[0].Folder) // the screen lists it all the same
	return nil
}

func (v *visit) writeCalendar() error {
	c, err := desk.WriteCalendar(v.ctx, v.desk, v.dir, "")
	if err == nil {
		_ = v.s.browse(c.Path)
	}
	return err
}
