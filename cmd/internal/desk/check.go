package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/road"
	"juzheng/templates/packet"
)

// A Checked is what a case carries and what it lacks.
type Checked struct {
	Report  evidence.Report
	Callers []device.Offer // whose numbers and accounts may be, by what files say
	Road    []Step         // those an obstacle does not hide
	// NotForwarded is why no supervisor is asked to pass the complaint on; empty:
	// one is, or nobody knows yet who it is.
	NotForwarded evidence.Text
	Law          LawAge          // of the program's own provisions
	Outside      []Outside       // the user's own records that were read
	Ways         []road.Way      // beside the road of a complaint
	Returns      []Return        // for which a letter would be sent back, each once
	Ready        []evidence.Role // whose letters nothing keeps from being made
	Offers       []Offer         // what helps where nothing can be complained of

	Readings  []folder.CaseReading // places of case.toml in a form of the person's own
	Rare      []RareCharacter      // of names and the like, with the fonts that draw them
	Harm      TableHarm            // done to the timeline
	Questions []ask.Question       // open
	Unplaced  []evidence.Exhibit   // recordings and pictures that stand in no row
	Unwritten []string             // screenshots of chats whose words nobody has written down
	Unread    []intake.UnreadLog   // files of which something was not read
	Visible   []PictureVisible     // pictures that papers would show with what letters mask
	Uncovered []MonthLine          // months of calls for which a carrier's list is missing
	Due       []Due                // what can be handed in later, where the case was filed
	Lanes     []Lane               // where the complaints stand, where something was filed
	Others    []BrandLine          // creditors on the same phone that have no case of their own yet
	Review    *Review              // by a second person; nil: the case asks for none
}

// CheckOf is [Check] of a case that was read.
func CheckOf(d Desk, x Dossier) (Checked, error) { return check(d, x) }

// StillAsked reports a claim of the other side's, such as to be the police or a lawyer,
// of which it is still asked whether it is true: until then it is no more than in doubt.
func StillAsked(f evidence.Finding, questions []ask.Question) bool {
	return f.Strength != evidence.Review && evidence.KindOf(f.Rule).Checkable &&
		slices.ContainsFunc(questions, func(q ask.Question) bool {
			return (q.Kind == ask.Untrue || q.Kind == ask.Words) &&
				slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return q.About.Asks(i.ID, f.Rule) })
		})
}

// ready are the roles whose letters nothing keeps from being made.
func ready(r evidence.Report) []evidence.Role {
	return slices.DeleteFunc(evidence.Roles(), func(to evidence.Role) bool { return len(r.ObstaclesTo(to)) > 0 })
}

// Blocked reports whether something keeps the case from being filed.
func (r Checked) Blocked() bool { return len(r.Report.Obstacles) > 0 }

// Check says what can be complained of and on what ground, what is only the
// person's word, what was lawful, whom to turn to in which order, and what
// must be mended first. It changes nothing.
func Check(ctx context.Context, d Desk, dir string) (Checked, error) {
	x, err := openSeen(ctx, d, dir)
	if err != nil {
		return Checked{}, err
	}
	return check(d, x)
}

func check(d Desk, x Dossier) (Checked, error) {
	now, err := AskOf(x)
	if err != nil {
		return Checked{}, err
	}
	r := Checked{Law: AgeOfLaw(d), Outside: x.Outside, Report: x.Report, Callers: x.Offers, Offers: offers(x),
		Questions: now.Questions, Unplaced: unplaced(x), Unwritten: unwritten(x), Unread: Unread(x.Exhibits), Harm: x.Harm,
		Uncovered: uncovered(x), Others: now.Others}
	if r.Readings, err = x.Folder.CaseReadings(); err != nil {
		return r, err
	}
	if r.Rare, err = rareOf(x); err != nil {
		return r, err
	}
	r.Ready, r.Ways = ready(x.Report), road.Open(x.Case, x.Report.Findings)
	if len(x.Case.Filings) > 0 {
		lanes, err := tracked(x)
		if err != nil {
			return r, err
		}
		r.Lanes = lanes.Lanes
	}
	// Where an obstacle hides who is competent there is no road yet; it says why.
	hidden := x.Report
	hidden.Obstacles = slices.DeleteFunc(slices.Clone(hidden.Obstacles),
		func(o evidence.Obstacle) bool { return o.Code == "no-complainant" || o.Code == evidence.CannotBe })
	known := ready(hidden)
	if len(known) == 0 {
		return r, nil
	}
	all, err := recipients(x, known)
	if err != nil {
		return r, err
	}
	var not *NotForwardedError
	if errors.As(forwardable(x.Case), &not) && slices.Contains(known, evidence.ToForward) {
		r.NotForwarded = not.Why
	}
	of := matterOf(x)
	for _, a := range all {
		in := of.input(a)
		r.Road, r.Returns = append(r.Road, stepOf(a, in)), withReturns(r.Returns, a.role, in)
	}
	able, _ := competent(x, all)
	if r.Due, err = due(x, able); err != nil {
		return r, err
	}
	usual := slices.DeleteFunc(slices.Clone(able), func(a addressee) bool {
		return !slices.Contains(evidence.UsualRoles(), a.role)
	})
	if r.Visible, err = visibleTo(x, usual); err != nil {
		return r, err
	}
	r.Review, err = reviewOf(x, able)
	return r, err
}

// visibleTo are the pictures that papers for some recipients would show uncovered.
func visibleTo(x Dossier, to []addressee) ([]PictureVisible, error) {
	readings, err := x.Folder.Readings()
	if err != nil {
		return nil, err
	}
	var out []PictureVisible
	of := matterOf(x)
	for _, a := range to {
		o := of.order(a, bag.Root{})
		o.Input.Readings = readings
		in, _ := packet.Covered(o)
		out = withVisible(out, x.Folder.Dir(), in)
	}
	return out, nil
}

// unplaced are the recordings and pictures, but for receipts and replies, that no row names and no note ties to
// one.
func unplaced(x Dossier) []evidence.Exhibit {
	named := map[string]bool{}
	for _, i := range x.Incidents {
		for _, e := range i.Exhibits {
			named[e] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(x.Exhibits), func(e evidence.Exhibit) bool {
		shows := e.Kind == evidence.Recording || e.Kind == evidence.Screenshot || e.Kind == evidence.Photo ||
			e.Kind == evidence.Video
		return !shows || named[e.Number] || receipt(x.Case, e.Number) ||
			slices.Contains(x.Case.Loan.Exhibits, e.Number) ||
			slices.ContainsFunc(e.Notes, func(n evidence.Note) bool { return n.Code == intake.NoteSameEvent })
	})
}

// unwritten are the screenshots of chats, neither left out nor a receipt, whose words nobody has
// written down.
func unwritten(x Dossier) []string {
	var out []string
	for _, i := range ask.Wordless(x.Incidents, x.Exhibits) {
		for _, e := range i.Exhibits {
			if !x.Out[e] && !receipt(x.Case, e) && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// Unread are the files of which something was not read, but for those that the
// person left out.
func Unread(exhibits []evidence.Exhibit) []intake.UnreadLog {
	var out []intake.UnreadLog
	for _, e := range exhibits {
		said, _ := e.Note(evidence.NoteLeft)
		for _, n := range e.Notes {
			if said.About != evidence.LeftOut && slices.Contains(intake.NotesOfUnread, n.Code) {
				out = append(out, intake.UnreadLog{Exhibit: e.Number, Note: n})
			}
		}
	}
	return out
}

// hopeless reports that nothing a file shows can be complained of, as far as
// the rules can tell.
func hopeless(o evidence.Obstacle) bool {
	return o.Code == "no-violation" || o.Code == "no-proof" || o.Code == "unanswered"
}

// unanswered puts open questions in the place of a refusal: as long as an
// answer may show a violation, nobody is told that there is none.
func unanswered(x *Dossier) error {
	n := slices.IndexFunc(x.Report.Obstacles, hopeless)
	if n < 0 {
		return nil
	}
	now, err := AskOf(*x)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(now.Questions, func(q ask.Question) bool { return !q.Kind.OfCase() }) {
		return nil
	}
	old := x.Report.Obstacles[n]
	o := old
	o.Code = "unanswered"
	o.What = evidence.Advise("有 %d 个问题还没有回答，答了才知道有没有能投诉的",
		"%d questions wait for an answer, and only then is it known whether anything can be "+
			"complained of").With(len(now.Questions))
	o.Remedy = evidence.Advise("{运行 juzheng ask 案件夹，|}逐个回答；不知道的可以答不知道",
		"{run juzheng ask CASE and |}answer one by one; “I do not know” is an answer")
	if old.Code == "unanswered" {
		o.What = evidence.Advise("%s；%s", "%s; %s").With(old.What, o.What)
	}
	x.Report.Obstacles = slices.Clone(x.Report.Obstacles)
	x.Report.Obstacles[n] = o
	return nil
}

// A FindingLine is a finding as a program reads it.
type FindingLine struct {
	Rule       string              `json:"rule"`
	Title      evidence.Text       `json:"title"`
	Parts      []evidence.Text     `json:"parts,omitempty"`
	Incidents  []string            `json:"incidents"`
	Dates      []string            `json:"date"`
	Count      int                 `json:"count"`
	Strength   evidence.Strength   `json:"strength"`
	Exhibits   []string            `json:"exhibits"`
	Counts     []evidence.Count    `json:"counts,omitempty"`
	Method     evidence.Text       `json:"method"`
	Citations  []evidence.Citation `json:"citations"`
	Wording    evidence.Text       `json:"wording"`
	Doubtful   bool                `json:"doubtful,omitempty"`
	Police     []evidence.Citation `json:"police,omitempty"`
	Recipients []string            `json:"recipients"`
	Advice     []evidence.Advice   `json:"advice,omitempty"`
	Doubts     []evidence.Advice   `json:"doubts,omitempty"`
	Cost       *evidence.Cost      `json:"cost,omitempty"`
}

// A WordsLine is what sounds like a violation and nobody has named.
type WordsLine struct {
	Incident string          `json:"incident"`
	Breach   evidence.Breach `json:"breach"` // what a person would name it as
	Label    evidence.Text   `json:"label"`
	Quote    string          `json:"quote"`
	Danger   bool            `json:"danger,omitempty"`
}

// A DoubtLine is what contradicts a row, and the same in a sentence.
type DoubtLine struct {
	evidence.Doubt
	Text evidence.Text `json:"text"`
}

// A LawfulLine is an act that must not be complained of.
type LawfulLine struct {
	Act       evidence.Text `json:"act"`
	Incidents []string      `json:"incidents"`
}

// A RemarkLine is what a person should know beside the findings.
type RemarkLine struct {
	Text      evidence.Text `json:"text"`
	Emergency bool          `json:"emergency,omitempty"` // what to do at once
	Elsewhere bool          `json:"elsewhere,omitempty"` // whom else to turn to
}

// An ObstacleLine is what keeps a case from being filed.
type ObstacleLine struct {
	Code   string          `json:"code"`
	Path   string          `json:"path"`
	Detail evidence.Text   `json:"detail"`
	Remedy evidence.Text   `json:"remedy"`
	For    []evidence.Role `json:"for,omitempty"`  // whose letters wait for it; none: all
	Line   int             `json:"line,omitempty"` // of case.toml, of what cannot be true
}

// A CheckSummary counts what a report holds.
type CheckSummary struct {
	Findings  int `json:"findings"`
	Lawful    int `json:"lawful"`
	Obstacles int `json:"obstacles"`
	Questions int `json:"questions"` // open
}

// Lines are the objects of the result, in order.
func (r Checked) Lines() []Line {
	var out []Line
	for _, s := range r.Road {
		out = append(out, Line{"step", s})
	}
	if r.NotForwarded.ZH != "" {
		out = append(out, Line{"remark", RemarkLine{Text: r.NotForwarded}})
	}
	for _, w := range r.Ways {
		out = append(out, Line{"way", WayLine{w.Role, w.Role.Letter(), list(w.Incidents), w.Does, w.DoesNot,
			w.Road.Order,
			w.Cost}})
	}
	for _, l := range r.Lanes {
		out = append(out, Line{"lane", l.line()})
	}
	for _, b := range r.Others {
		out = append(out, Line{"brand", b})
	}
	if r.Review != nil {
		out = append(out, Line{"review", *r.Review})
	}
	for _, b := range r.Returns {
		out = append(out, Line{"return", b})
	}
	for _, c := range r.Readings {
		out = append(out, Line{"case-reading", c})
	}
	for _, c := range r.Rare {
		out = append(out, Line{"rare", c})
	}
	if r.Harm.Cells+r.Harm.Rows+len(r.Harm.Emptied) > 0 {
		out = append(out, Line{"table-harm", r.Harm})
	}
	if r.Law.AsOf != "" { // there is none of a job that only reports what blocks it
		out = append(out, Line{"law", r.Law})
	}
	for _, o := range r.Outside {
		out = append(out, Line{"outside", o})
	}
	for _, o := range r.Offers {
		out = append(out, Line{"offer", o})
	}
	out = append(out, suggestions(r.Callers)...)
	for _, e := range r.Unplaced {
		out = append(out, Line{"unplaced", UnplacedLine{e.Number, e.Kind}})
	}
	for _, u := range r.Unread {
		out = append(out, Line{"unread", notReadLine(u)})
	}
	for _, p := range r.Visible {
		out = append(out, Line{"picture-visible", p})
	}
	for _, m := range r.Uncovered {
		out = append(out, Line{"uncovered", m})
	}
	out = append(out, reportLines(r.Report)...)
	return append(out, Line{"summary", CheckSummary{len(r.Report.Findings), len(r.Report.Lawful),
		len(r.Report.Obstacles), len(r.Questions)}})
}

// A WayLine is a road beside that of a complaint.
type WayLine struct {
	Role      evidence.Role `json:"role"` // as --to has it
	Letter    string        `json:"letter"`
	Incidents []string      `json:"incidents"`
	Does      evidence.Text `json:"does"`
	DoesNot   evidence.Text `json:"does_not"`
	Order     evidence.Text `json:"order"`
	Charge    evidence.Text `json:"charge"`
}

// An UnplacedLine is a file that stands in no row.
type UnplacedLine struct {
	Exhibit string               `json:"exhibit"`
	Kind    evidence.ExhibitKind `json:"kind"`
}

func reportLines(r evidence.Report) []Line {
	var out []Line
	for _, f := range r.Findings {
		out = append(out, Line{"finding", findingLine(f)})
	}
	for _, w := range r.Worded {
		out = append(out, Line{"words", WordsLine{w.Incident, w.Breach, w.Label, w.Quote, w.Danger}})
	}
	for _, d := range r.Doubts {
		out = append(out, Line{"doubt", DoubtLine{d, d.Text().Text}})
	}
	for _, l := range r.Lawful {
		out = append(out, Line{"lawful", LawfulLine{l.Act.Text, list(l.Incidents)}})
	}
	out = append(out, emergencyLines(r.Emergency)...)
	for _, t := range r.Elsewhere {
		out = append(out, Line{"remark", RemarkLine{Text: t.Text, Elsewhere: true}})
	}
	for _, t := range r.Remarks {
		out = append(out, Line{"remark", RemarkLine{Text: t.Text}})
	}
	return append(out, obstacleLines(r.Obstacles)...)
}

func findingLine(f evidence.Finding) FindingLine {
	dates := make([]string, 0, len(f.Incidents))
	ids := make([]string, 0, len(f.Incidents))
	for _, i := range f.Incidents {
		ids = append(ids, i.ID)
		if day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly); len(dates) == 0 || dates[len(dates)-1] != day {
			dates = append(dates, day)
		}
	}
	return FindingLine{f.Rule, f.Title, f.Parts, ids, dates, len(ids), f.Strength, list(f.Exhibits), f.Counts, f.Method,
		f.Citations, f.Wording, f.Doubtful, f.Police, list(f.Bodies), f.Advice, f.Doubts, f.Cost}
}

func emergencyLines(t evidence.Text) []Line {
	if t.ZH == "" {
		return nil
	}
	return []Line{{"remark", RemarkLine{Text: t, Emergency: true}}}
}

func obstacleLines(all []evidence.Obstacle) []Line {
	var out []Line
	for _, o := range all {
		out = append(out, Line{"problem", ObstacleLine{o.Code, o.Where, o.What.Text, o.Remedy.Text, o.For, o.Line}})
	}
	return out
}
