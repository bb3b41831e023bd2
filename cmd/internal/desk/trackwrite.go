package desk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/track"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// A TrackStep is what happened in one lane.
type TrackStep struct {
	Verb string // filed answered withdraw close reopen
	To   string // role, its Chinese name, slug, or the name of a body
	On   string // the day, in any form that people write; of close and reopen it may be empty: today
	// Proof is a file that shows it: a receipt, an answer. It becomes an exhibit.
	Proof string

	Receipt  string           // of filed
	Letter   string           // of filed: see [evidence.FollowUps]; empty: the complaint
	Own      bool             // of filed: papers of the person's own
	Again    bool             // of filed: a complaint anew, though the one before is open
	Accepted bool             // of answered: it took the matter, and has decided nothing
	Outcome  evidence.Outcome // of answered
	Said     string           // of answered, in short
	Points   string           // of answered: what the person holds against it
}

// A DayError reports a day that is none.
type DayError struct{ Given string }

func (e *DayError) Error() string { return fmt.Sprintf("no day: %q", e.Given) }

// A ProofError reports a file that can be no exhibit.
type ProofError struct {
	Path string
	Why  evidence.Text
}

func (e *ProofError) Error() string { return e.Path + ": " + e.Why.EN }

// Enter enters what happened in a lane into case.toml, keeps the papers that
// were filed, and adds the proof to the exhibits. A [track.Refusal] says why it
// cannot be; then nothing was written.
func Enter(ctx context.Context, d Desk, dir string, s TrackStep) (Tracked, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Tracked{}, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return Tracked{}, err
	}
	if s.To, err = namedTo(x, s.To); err != nil {
		return Tracked{}, err
	}
	if s.On, err = s.day(d.Now); err != nil {
		return Tracked{}, err
	}
	if err := provable(s.Proof); err != nil {
		return Tracked{}, err
	}
	const pending = "E000" // the proof has no number before it is known that the entry can be
	number := ""
	if s.Proof != "" {
		number = pending
	}
	e, err := entryOf(x, s, number)
	if err != nil {
		return Tracked{}, err
	}
	if s.Proof != "" {
		if number, err = addProof(ctx, d, f, s.Proof); err != nil {
			return Tracked{}, err
		}
		if e, err = entryOf(x, s, number); err != nil {
			return Tracked{}, err
		}
	}
	if err := f.PutFiling(e.N, e.Filing, s.Verb, s.On, d.Now); err != nil {
		return Tracked{}, err
	}
	if x, err = read(d, f); err != nil {
		return Tracked{}, err
	}
	if s.Verb == "filed" {
		if err := keepFiled(d, f, x); err != nil {
			return Tracked{}, err
		}
	}
	r, err := tracked(x)
	r.Exhibit = number
	r.Entered = slices.IndexFunc(r.Lanes, func(l Lane) bool { return slices.Contains(l.Filings, e.N) })
	if err != nil || s.Verb != "filed" || r.Entered < 0 {
		return r, err
	}
	waits, err := unreviewed(f, e.Filing)
	if waits {
		d.tell(FiledUnreviewed{r.Lanes[r.Entered].Recipient.Name})
	}
	return r, err
}

// FiledUnreviewed tells that papers were filed whose pages say that a second person has
// not approved them.
type FiledUnreviewed struct{ Name string }

// Code names the notice.
func (FiledUnreviewed) Code() string { return "filed-unreviewed" }

// unreviewed reports that the letter among papers that were kept has the mark.
// unreviewed reports that the papers kept for a filing say so, those of a supplement too.
func unreviewed(f *folder.Folder, filing evidence.Filing) (bool, error) {
	filed, err := f.Filed()
	if err != nil {
		return false, err
	}
	p, kept := folder.KeptFor(filed, filing.To, filing.Date)
	for _, path := range []string{packet.TextName, packet.ExtraFolder + "/" + packet.TextName} {
		if !kept {
			break
		}
		text, err := os.ReadFile(f.Path(p.Folder, path)) // none: of a release before this one
		if err == nil && bytes.Contains(text, []byte("\n"+letter.ReviewMark)) {
			return true, nil
		}
	}
	return false, nil
}

// UndoTrack takes back the last entry that [Enter] made. Papers that were kept for
// it stay in filed/, and its proof an exhibit.
func UndoTrack(ctx context.Context, d Desk, dir string) (Tracked, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Tracked{}, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return Tracked{}, err
	}
	back, err := f.UndoFiling(d.Now)
	if err != nil {
		return Tracked{}, err
	}
	x, err := read(d, f)
	if err != nil {
		return Tracked{}, err
	}
	r, err := tracked(x)
	if err != nil {
		return r, err
	}
	roads, err := roadsOf(x)
	if err != nil {
		return r, err
	}
	of := laneTo(x, roads, back.Filing.To)
	r.Undone = &Undone{back, of.Recipient.Name}
	r.Entered = slices.IndexFunc(r.Lanes,
		func(l Lane) bool { return l.Recipient.Name == of.Recipient.Name && l.Role == of.Role })
	return r, nil
}

// entryOf is the entry that a step makes in case.toml.
func entryOf(x Dossier, s TrackStep, exhibit string) (track.Entry, error) {
	r, err := roadsOf(x)
	if err != nil {
		return track.Entry{}, err
	}
	l := laneTo(x, r, s.To)
	switch s.Verb {
	case "filed":
		stock := folder.Stock{}
		if name := folderOf(x, s.To); name != "" {
			if stock, _, err = x.Folder.StockOf(name); err != nil {
				return track.Entry{}, err
			}
		}
		// For a body that no letter is made for, papers are always the person's own. A
		// road that is not made for this lender is none of those bodies.
		_, road := evidence.ParseRole(s.To)
		own := s.Own || l.Role == "" && !road
		return track.File(x.Case, l, track.Filed{To: s.To, On: s.On, Receipt: s.Receipt, Letter: s.Letter, Own: own,
			Again: s.Again, Exhibit: exhibit, Since: stock.First, Written: nextWritten(x, l, s.Letter)}, x.Date)
	case "answered":
		return track.Receive(x.Case, l, track.Answer{On: s.On, Accepted: s.Accepted, Outcome: s.Outcome, Said: s.Said,
			Points:  s.Points,
			Exhibit: exhibit}, x.Date)
	case "withdraw":
		return track.Withdraw(x.Case, l, s.On, x.Date)
	case "close":
		return track.Shut(x.Case, l, s.On, x.Date)
	}
	return track.Reopen(x.Case, l)
}

// laneTo is the lane of whom a step names. Of a body that nothing was handed in
// to it is one without a filing.
func laneTo(x Dossier, r roads, to string) track.Lane {
	lanes := track.Lanes(x.Case, r.all, x.Date)
	all := make([]track.Road, 0, len(lanes))
	for _, l := range lanes {
		all = append(all, l.Road)
	}
	if n := track.RoadOf(x.Case, all, to); n >= 0 {
		return lanes[n]
	}
	l := track.Lane{Base: -1}
	l.Recipient.Name = filedName(x.Case, to)
	return l
}

// namedTo is whom a word means, as case.toml has it: a role, a slug, or the name
// of a body, which nobody chose by mistake if it is written in Chinese.
func namedTo(x Dossier, word string) (string, error) {
	word = strings.Join(strings.Fields(word), " ")
	if role, ok := evidence.ParseRole(word); ok {
		return string(role), nil
	}
	if r, ok := x.Directory.Lookup(word); ok {
		if own, err := supervisor(x.Directory, x.Case); err == nil && own.Slug == r.Slug {
			return string(evidence.ToRegulator), nil
		}
		return word, nil
	}
	known := slices.ContainsFunc(x.Case.Filings, func(f evidence.Filing) bool { return f.To == word })
	if known || strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return word, nil
	}
	return "", &RoleError{word}
}

// day is the day of a step, yyyy-mm-dd.
func (s TrackStep) day(now time.Time) (string, error) {
	today := now.In(evidence.Beijing).Format(time.DateOnly)
	if s.On == "" && (s.Verb == "close" || s.Verb == "reopen" || s.Outcome == evidence.NoAnswer) {
		return today, nil
	}
	t, ok := evidence.ParseTime(strings.TrimSpace(s.On))
	if !ok || t.Precision != evidence.ToDay {
		return "", &DayError{s.On}
	}
	return t.At.In(evidence.Beijing).Format(time.DateOnly), nil
}

// provable reports a path that is no file.
func provable(path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return &ProofError{path, evidence.Text{ZH: "不是一个文件", EN: "no file"}}
	case info.Size() == 0:
		return &ProofError{path, evidence.Text{ZH: "是空的（0 字节）", EN: "empty (0 bytes)"}}
	}
	return nil
}

// addProof makes an exhibit of a file, unless it is one already.
func addProof(ctx context.Context, d Desk, f *folder.Folder, path string) (string, error) {
	if _, err := intake.Add(ctx, f, []string{path}, intake.Options{Now: d.Now}); err != nil {
		return "", err
	}
	sum, err := folder.SumOf(path)
	if err != nil {
		return "", err
	}
	r, err := f.Register()
	if err != nil {
		return "", err
	}
	n := slices.IndexFunc(r.Exhibits, func(x evidence.Exhibit) bool { return x.SHA256 == sum })
	if n < 0 {
		return "", &ProofError{path, evidence.Text{ZH: "不能作为一份证据加进来（压缩包先解开，交其中那一个文件）",
			EN: "cannot be an exhibit (unpack an archive, and give the one file)"}}
	}
	return r.Exhibits[n].Number, nil
}

// CalendarName is the calendar of a case, in its folder.
const CalendarName = "期限.ics"

// A Calendar is the file with all terms of a case.
type Calendar struct {
	Path      string `json:"path"`
	Events    int    `json:"events"`
	Cancelled int    `json:"cancelled"` // days that are to go from calendars that have them
}

// Lines are the objects of the result.
func (c Calendar) Lines() []Line { return []Line{{"calendar", c}} }

// WriteCalendar writes the calendar of a case: the terms that run from real days,
// and what is no longer waited for as cancelled. To is the file; empty: that of
// the case folder.
func WriteCalendar(ctx context.Context, d Desk, dir, to string) (Calendar, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Calendar{}, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return Calendar{}, err
	}
	r, err := tracked(x)
	if err != nil {
		return Calendar{}, err
	}
	events := calendarOf(r.Lanes)
	if len(events) == 0 {
		return Calendar{}, &NothingFiledError{}
	}
	c := Calendar{Path: to}
	if c.Path == "" {
		c.Path = f.Path(CalendarName)
	} else if filepath.Ext(c.Path) == "" {
		c.Path += ".ics"
	}
	if !replaceable(c.Path) {
		return Calendar{}, &TakenError{c.Path}
	}
	for _, e := range events {
		if e.Cancelled {
			c.Cancelled++
		} else {
			c.Events++
		}
	}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	return c, disk.Replace(c.Path, filing.ICS(x.Case.ID, events, d.Now), 0o600)
}

// replaceable reports a path where a calendar can go: nothing is there, or a calendar
// of this program.
func replaceable(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return true // nothing is there, or writing says what is wrong
	}
	if !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 256)) // the maker stands in the third line
	return err == nil && bytes.HasPrefix(head, []byte("BEGIN:VCALENDAR")) &&
		bytes.Contains(head, []byte(filing.CalendarMaker))
}

// A NothingFiledError reports a case of which nothing was handed in yet: no term
// runs.
type NothingFiledError struct{}

func (*NothingFiledError) Error() string { return "nothing was handed in yet" }

// calendarOf are the days of all lanes in which something was handed in.
func calendarOf(lanes []Lane) []filing.Event {
	var out []filing.Event
	for _, l := range lanes {
		if l.Base < 0 {
			continue
		}
		over := l.State == track.Answered || l.State == track.Closed
		events := filing.EventsOf(l.Recipient.Name, letter.DeadlinesOf(l.Terms))
		if len(events) == 0 {
			filed, err := time.ParseInLocation(time.DateOnly, l.Filing.Date, evidence.Beijing)
			if err != nil {
				continue
			}
			events = []filing.Event{filing.AskAgain(l.Recipient.Name, letterOf(l), filed)}
		}
		for _, e := range events {
			// Days before the one that is waited for are over once the body took the matter.
			e.Cancelled = over || l.State == track.Waiting && e.Day.Before(l.Until)
			out = append(out, e)
		}
	}
	return out
}

// letterOf is what the paper is called that was handed in in a lane. The lane of a
// road that is not made in this case has no role, and the filing says which it is.
func letterOf(l Lane) string {
	role := l.Role
	if named, ok := evidence.ParseRole(l.Filing.To); ok && role == "" {
		role = named
	}
	if role == "" { // a call, a form of the body's own
		return "投诉"
	}
	return role.Letter()
}
