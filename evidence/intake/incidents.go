package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/names"
)

// addIncidents turns exhibits that have no rows yet into rows of the timeline.
func addIncidents(
	f *folder.Folder, kase evidence.Case, fresh []evidence.Exhibit, opt Options, tell *teller, s *Summary,
) error {
	pdfs, now := opt.PDFs, opt.Now
	defer tell.placed(1, 1, 1, 1)
	if len(fresh) == 0 {
		return nil
	}
	if err := noteTranscripts(f, fresh, now); err != nil {
		return err
	}
	if err := noteLikenesses(f, fresh, tell, now); err != nil {
		return err
	}
	old, err := f.Timeline()
	if err != nil {
		return err
	}
	var found []evidence.Incident
	for n, x := range fresh {
		rows, err := incidentsOf(f, x, pdfs, opt.rows-len(old)-len(found), s, now)
		if err != nil {
			return err
		}
		found = append(found, rows...)
		tell.placed(likenessesFound, rowsRead, n+1, len(fresh))
	}
	s.Signatures = signatures(found)
	found = notStanding(found, old)
	found, beside, err := tieNotes(f, found, old, now)
	if err != nil {
		return err
	}
	who, err := whosePhones(f, slices.Concat(old, found))
	if err != nil {
		return err
	}
	s.Devices = who.doubtful()
	for n, r := range found {
		found[n].Reached = who.reached(r)
	}
	clocks := device.ClocksOf(who.devices, who.list)
	guessed := complete(found, old, who)
	s.Clocks = Clocks(who.devices, slices.Concat(found, old))
	stand := completed(eachStart(f, who.list, old, found, pdfs), found, who)
	mayBeCalls(stand, who.exhibits)
	joined, reasons := device.Join(found, who.from, clocks)
	tell.placed(rowsRead, rowsJoined, 1, 1)
	t := device.Tie(stand, joined, who.from, clocks)
	for n, r := range stand {
		if _, have := t.Fill[r.ID]; !have && r.Number != old[n].Number {
			w := old[n]
			w.Number = r.Number
			t.Fill[r.ID] = w
		}
	}
	t.Links = append(t.Links, beside...)
	if err := noteLinks(f, t.Links, slices.Concat(guessed, reasons, t.Reasons), now); err != nil {
		return err
	}
	s.Links = t.Links
	for _, r := range old {
		if w, ok := t.Fill[r.ID]; ok && !w.Time.At.Equal(r.Time.At) {
			s.Retimed = append(s.Retimed, r.ID)
		}
	}
	memosAlone(t.Add, who.exhibits)
	slices.SortStableFunc(t.Add, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	if s.Filled, err = f.FillIncidents(t.Fill, now); err != nil {
		return err
	}
	if s.Incidents, err = f.AppendIncidents(t.Add, now); err != nil {
		return err
	}
	s.Phrases = Phrases(kase, s.Incidents)
	return nil
}

// memo reports the row of a recording that nothing but a log tells the call of: its name is
// one that recorders give to whatever they hear.
func memo(i evidence.Incident, exhibits map[string]evidence.Exhibit) bool {
	if !device.IsRecording(i) || i.Number != "" || i.Name != "" || i.Direction != evidence.DirectionUnknown {
		return false
	}
	x := exhibits[i.Exhibits[0]]
	return x.Kind == evidence.Recording && names.Parse(x.Name(), true).Memo && !names.FromCalls(x.OriginalPath)
}

// memosAlone makes no calls of such recordings that are of no call of a log: what they hold
// the person says.
func memosAlone(rows []evidence.Incident, exhibits map[string]evidence.Exhibit) {
	for n, i := range rows {
		if i.Kind == evidence.Call && memo(i, exhibits) {
			rows[n].Kind, rows[n].Answered, rows[n].Reached = evidence.Other, evidence.Unknown, evidence.ReachedUnknown
		}
	}
}

// mayBeCalls takes such rows of the timeline, of which nobody has said a word, for calls
// again, so that a log that comes later finds them. Nothing in the table changes by it.
func mayBeCalls(rows []evidence.Incident, exhibits map[string]evidence.Exhibit) {
	for n, i := range rows {
		said := i.Use != evidence.Unknown || i.Shown+i.Words+i.ToldBy != "" || len(i.Asserted)+len(i.Denied) > 0
		if i.Kind == evidence.Other && !said && memo(i, exhibits) {
			rows[n].Kind, rows[n].Answered = evidence.Call, evidence.Yes
		}
	}
}

// notStanding leaves out rows that stand in the timeline already: a run that
// was killed behind its rows had no time to register that they are there.
func notStanding(found, old []evidence.Incident) []evidence.Incident {
	stands := map[string]bool{}
	for _, r := range old {
		for _, place := range strings.Fields(r.Source) {
			stands[place] = true
		}
	}
	return slices.DeleteFunc(found, func(r evidence.Incident) bool { return stands[r.Source] })
}

// noteLinks notes with the exhibits which rows they show, and why recordings
// were taken for the call of a row.
func noteLinks(f *folder.Folder, links []device.Link, reasons []device.Reason, now time.Time) error {
	for _, l := range links {
		if err := f.AddNote(l.Exhibit, evidence.Note{Code: NoteSameEvent, Detail: l.Incident}, now); err != nil {
			return err
		}
	}
	for _, r := range reasons {
		if err := f.AddNote(r.Exhibit, evidence.Note{Code: NoteJoined, Detail: r.Detail}, now); err != nil {
			return err
		}
	}
	return nil
}

// notPlaced returns the exhibits that were admitted since rows were last
// appended: those of this run, and those of a run that was killed before it
// came to its rows. Told are those that the name of a copy told of since: they
// get their row now, if no row names them.
func notPlaced(f *folder.Folder, told []string) ([]evidence.Exhibit, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	fresh := slices.Clone(register.Exhibits[register.Placed:])
	if len(told) == 0 {
		return fresh, nil
	}
	rows, err := f.Timeline()
	if err != nil {
		return nil, err
	}
	for _, x := range register.Exhibits[:register.Placed] {
		if slices.Contains(told, x.Number) && !slices.ContainsFunc(rows,
			func(r evidence.Incident) bool { return slices.Contains(r.Exhibits, x.Number) }) {
			fresh = append(fresh, x)
		}
	}
	return fresh, nil
}

// NoteJoined tells why a recording was taken for the call of a log's row.
const NoteJoined = "joined"

// NoteSameEvent marks an exhibit that shows an event which already had its
// row; the detail is the row's id.
const NoteSameEvent = evidence.NoteSameEvent

// incidentsOf reads the incidents one exhibit shows. Room is how many rows of logs there
// may still be.
func incidentsOf(f *folder.Folder, x evidence.Exhibit, pdfs PDFReader, room int, s *Summary, now time.Time) (
	[]evidence.Incident, error) {
	switch x.Kind {
	case evidence.Recording:
		return recordingIncident(x), nil
	case evidence.Screenshot:
		return screenshotIncident(x), nil
	case evidence.SMSLog, evidence.CallLog, evidence.ChatLog:
		return logIncidents(f, x, pdfs, max(1, room/2), s, now)
	}
	return nil, nil
}

func timeOf(x evidence.Exhibit) evidence.Time {
	at, err := time.Parse(time.RFC3339, x.Captured.Time)
	if err != nil {
		return evidence.Time{}
	}
	return evidence.Time{
		At: at.In(evidence.Beijing), Precision: x.Captured.Precision, Device: x.Captured.Device,
		Source: x.Captured.Source,
	}
}

// recordingIncident makes a call of a recording whose name follows a
// recorder's form, and a message of one left on a mailbox. Any other sound file has to be placed by the person.
func recordingIncident(x evidence.Exhibit) []evidence.Incident {
	n := names.Parse(x.Name(), true)
	if n.Scheme == "" || n.Named() && x.Captured.Time == "" {
		return nil
	}
	i := evidence.Incident{
		Time: timeOf(x), Kind: evidence.Call, Direction: n.Direction, Number: x.Media.Number, Name: x.Media.Contact,
		Reached: evidence.ReachedSelf, Answered: evidence.Yes, Seconds: -1, SIM: x.Media.SIM,
		Exhibits: []string{x.Number}, Source: x.Number,
	}
	switch {
	case n.Voicemail || names.InMailbox(x.OriginalPath): // spoken to nobody: no list of calls has it as one
		i.Kind, i.Direction, i.Answered = evidence.Message, evidence.In, evidence.Unknown
	case x.Media.Seconds > 0:
		i.Seconds = int(x.Media.Seconds + 0.5)
	}
	return []evidence.Incident{i}
}

// screenshotIncident makes an undecided row of a screenshot of an app people
// talk in, so that the person says what it shows.
func screenshotIncident(x evidence.Exhibit) []evidence.Incident {
	if x.Captured.Time == "" {
		return nil
	}
	kind := evidence.Message
	switch names.AppLabel(x.Media.App) {
	case "短信":
		kind = evidence.SMS
	case "电话":
		kind = evidence.Other // a list of calls, and no call: when they were, the person reads off it
	case "通话界面":
		kind = evidence.Call
	}
	return []evidence.Incident{{
		Time: timeOf(x), Kind: kind, Seconds: -1, Exhibits: []string{x.Number}, Source: x.Number,
	}}
}

func logIncidents(f *folder.Folder, x evidence.Exhibit, pdfs PDFReader, room int, s *Summary, now time.Time) (
	[]evidence.Incident, error) {
	log, err := pdfs.openLog(f, x)
	if unread := (*logs.UnreadError)(nil); errors.As(err, &unread) {
		return nil, noteUnread(f, x, s, unreadOf(err, 0), now)
	} else if err != nil {
		return nil, err
	}
	defer log.Close()
	t, skipped, err := takeRows(log, room)
	if errors.Is(err, errTooMany) {
		of := 0
		log.latest, of = findLatest(log.read, room)
		t, skipped, err = takeRows(log, room)
		if wrong := noteUnread(f, x, s, []evidence.Note{log.latest.note(len(t.rows), of)}, now); wrong != nil {
			return nil, wrong
		}
	}
	out := t.rows
	if err == nil {
		if err := notePauses(f, x, t.paused, t.held, now); err != nil {
			return nil, err
		}
	}
	lost := 0
	for _, k := range skipped {
		if s.Skipped = append(s.Skipped, SkippedRow{x.Number, k}); k.Lost {
			lost++
		}
	}
	read, undirected := columnsOf(log, out)
	if read.ZH != "" {
		s.Columns = append(s.Columns, ReadColumns{x.Number, read})
	}
	for _, n := range undirected {
		s.Remarks = append(s.Remarks, UnreadLog{x.Number, n})
		if err := f.AddNote(x.Number, n, now); err != nil {
			return nil, err
		}
	}
	if t.again > 0 {
		n := evidence.Note{Code: NoteEqualRows, Detail: fmt.Sprintf(
			"有 %d 行和前面的行一模一样（时间、号码、时长、内容都相同），算作同一件事，没有逐行记在时间线的来源里；文件本身没有动", t.again)}
		s.Remarks = append(s.Remarks, UnreadLog{x.Number, n})
		if err := f.AddNote(x.Number, n, now); err != nil {
			return nil, err
		}
	}
	notes := unreadOf(err, len(out))
	if lost > 0 {
		notes = append(notes, evidence.Note{Code: NoteRowsUnread, Detail: fmt.Sprintf(
			"有 %d 行像是通话或消息，但有一格读不出，没有进时间线（读入了 %d 行）；请另要一份原样的，或者自己在时间线里加行", lost, len(out))})
	}
	return out, noteUnread(f, x, s, notes, now)
}

// taken are the rows of a log that become incidents.
type taken struct {
	rows         []evidence.Incident
	paused, held bool
	again        int // further rows that say what mostEqual before them do
}

// errTooMany ends the reading of a log that has more rows than are taken.
var errTooMany = errors.New("more rows than there is room for")

// takeRows reads the rows of a log. The error is errTooMany where they are more than room.
func takeRows(log *logFile, room int) (t taken, skipped []logs.Skipped, err error) {
	seen := map[entry]int{}
	skipped, err = log.read(func(r logs.Row) error {
		i := r.Incident
		e := entryOf(i)
		if seen[e]++; seen[e] > mostEqual {
			t.again++
			return nil
		}
		if len(t.rows) == room {
			return errTooMany
		}
		if i.Direction == evidence.In {
			i.Reached = evidence.ReachedSelf // the log is of the complainant's own phone
		}
		i.Exhibits, i.Source = []string{log.x.Number}, r.Place(log.x.Number)
		t.rows = append(t.rows, i)
		t.paused, t.held = t.paused || r.Paused, t.held || r.Held
		return nil
	})
	return t, skipped, err
}

// An entry is what a line of a log says: two lines of one log that say the same are
// one call or message.
type entry struct {
	kind               evidence.IncidentKind
	direction          evidence.Direction
	answered           evidence.Answer
	at                 int64 // in nanoseconds since 1970
	number, name, text string
	sim                string
	seconds            int
}

func entryOf(i evidence.Incident) entry {
	return entry{i.Kind, i.Direction, i.Answered, i.Time.At.UnixNano(), i.Number, i.Name, i.Shown, i.SIM, i.Seconds}
}

// mostEqual is how many equal lines of one log a row names as its places. No phone
// writes more; whoever made a log of a million keeps us busy no longer.
const mostEqual = 20

// NoteEqualRows tells of further lines of a log that say what others before them do.
const NoteEqualRows = "equal-rows"

// noteUnread notes what of a log was not read.
func noteUnread(f *folder.Folder, x evidence.Exhibit, s *Summary, notes []evidence.Note, now time.Time) error {
	for _, n := range notes {
		s.Unread = append(s.Unread, UnreadLog{x.Number, n})
		if err := f.AddNote(x.Number, n, now); err != nil {
			return err
		}
	}
	return nil
}

// NoteColumns tells which columns of a table without a head were taken for what,
// NoteNoDirection that a list hardly says who called.
const (
	NoteColumns     = "columns-guessed"
	NoteNoDirection = "no-direction"
)

// leastDirected is from how many calls a list without directions is told of, and
// undirectedPart how many of a hundred may lack them.
const leastDirected, undirectedPart = 5, 90

// columnsOf says how a list of calls was read, and what a person should look at.
func columnsOf(log *logFile, rows []evidence.Incident) (evidence.Text, []evidence.Note) {
	words, guessed, ok := log.columns()
	if !ok {
		return evidence.Text{}, nil
	}
	var notes []evidence.Note
	if guessed {
		notes = append(notes, evidence.Note{Code: NoteColumns,
			Detail: "表格没有表头，各列是按格子里的内容认的：" + words.ZH + "；请看看对不对"})
		words = evidence.Text{} // the note has them
	}
	none := 0
	for _, r := range rows {
		if r.Direction == evidence.DirectionUnknown {
			none++
		}
	}
	if len(rows) >= leastDirected && none*100 > len(rows)*undirectedPart {
		notes = append(notes, evidence.Note{Code: NoteNoDirection, Detail: fmt.Sprintf(
			"%d 通里有 %d 通看不出是谁打给谁，这样的电话不能当作催收打来的；请看看哪一列写着主叫、被叫，或者向运营商另要一份写明主被叫的详单",
			len(rows), none)})
	}
	return words, notes
}

// NoteBroken tells of a log or a table that ends in the middle.
const NoteBroken = "broken-log"

// NoteRowsUnread tells of rows of a log that could not be read.
const NoteRowsUnread = "rows-unread"

// NotesOfUnread are the notes that something in a file was not read.
var NotesOfUnread = []string{evidence.NoteUnread, NoteBroken, NoteRowsUnread, NoteEarlier}

// unreadOf says why a log was not read to its end. The file is kept as an exhibit
// all the same.
func unreadOf(err error, rows int) []evidence.Note {
	var broken *logs.BrokenError
	var unread *logs.UnreadError
	var count *logs.CountError
	var cut *cutError
	detail := ""
	switch {
	case err == nil:
		return nil
	case errors.As(err, &broken):
		detail = fmt.Sprintf("记录在第 %d 行中断（%s）；此前的 %d 条已读入", broken.Line, media.Harm(broken.Err).ZH, rows)
	case errors.As(err, &unread):
		detail = "没有读取：" + unread.Detail.ZH
	case errors.As(err, &cut):
		detail = fmt.Sprintf("这份 PDF 有 %d 页，只读了前 %d 页（%d 条）；后面的页请另存为一份 PDF，再加一次", cut.of, cut.read, rows)
	case errors.As(err, &count):
		detail = fmt.Sprintf("文件开头写着有 %d 条，里面只有 %d 条：多半没有拷贝完整，或者有人删过；手机里还有的话请重新备份再加一次",
			count.Counted, count.Held)
	default:
		detail = fmt.Sprintf("记录没有读完（%s）；已读入 %d 条", media.Harm(err).ZH, rows)
	}
	return []evidence.Note{{Code: NoteBroken, Detail: detail}}
}

// notePauses notes what a recorder says against its own recording.
func notePauses(f *folder.Folder, x evidence.Exhibit, paused, held bool, now time.Time) error {
	var notes []evidence.Note
	if paused {
		detail := "录音软件记录：录音中途暂停过，不是从头到尾不间断的"
		notes = append(notes, evidence.Note{Code: "was-paused", Detail: detail})
	}
	if held {
		notes = append(notes, evidence.Note{Code: "was-held", Detail: "录音软件记录：通话中途被保持过"})
	}
	for _, n := range notes {
		if err := f.AddNote(x.Number, n, now); err != nil {
			return err
		}
	}
	return nil
}

// signatures collects the 【…】 of messages received: a hint at who sent them.
func signatures(rows []evidence.Incident) []string {
	var out []string
	for _, r := range rows {
		if r.Kind != evidence.SMS || r.Direction != evidence.In {
			continue
		}
		if s := r.Signature(); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
