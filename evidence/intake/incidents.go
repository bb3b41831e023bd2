package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// maxList bounds a carrier list that is read as a whole. They hold months,
// not years; SMS backups are streamed and have no such bound.
const maxList = 64 << 20

// addIncidents turns what was newly admitted into rows of the timeline.
func addIncidents(f *evidence.Folder, s *Summary, now time.Time) error {
	fresh, err := notPlaced(f)
	if err != nil || len(fresh) == 0 {
		return err
	}
	if err := noteTranscripts(f, fresh, now); err != nil {
		return err
	}
	if err := noteLikenesses(f, fresh, now); err != nil {
		return err
	}
	var found []evidence.Incident
	for _, x := range fresh {
		rows, err := incidentsOf(f, x, s, now)
		if err != nil {
			return err
		}
		found = append(found, rows...)
	}
	s.Signatures = signatures(found)
	old, err := f.Timeline()
	if err != nil {
		return err
	}
	joined, reasons := join(nil, found)
	var add []evidence.Incident
	near := places{}
	for n, o := range old {
		near.add(o, n)
	}
	taken := map[int][]string{} // exhibits that already show a row as one of their own
	for _, row := range joined {
		i := nearest(old, near, row, func(n int) bool {
			return !slices.ContainsFunc(row.Exhibits, func(x string) bool { return slices.Contains(taken[n], x) })
		})
		if i < 0 {
			add = append(add, row)
			continue
		}
		taken[i] = append(taken[i], row.Exhibits...)
		// A row that stands in the timeline is never changed: the link is
		// noted with the exhibit instead.
		for _, number := range row.Exhibits {
			if slices.Contains(old[i].Exhibits, number) {
				continue
			}
			s.Links = append(s.Links, Link{number, old[i].ID})
			switch {
			case row.Kind != evidence.Call:
			case isRecording(row):
				reasons = append(reasons, reasonFor(old[i], row))
			case isRecording(old[i]):
				reasons = append(reasons, reasonFor(row, old[i]))
			}
			if err := f.AddNote(number, evidence.Note{Code: NoteSameEvent, Detail: old[i].ID}, now); err != nil {
				return err
			}
		}
	}
	for _, r := range reasons {
		if err := f.AddNote(r.exhibit, evidence.Note{Code: NoteJoined, Detail: r.detail}, now); err != nil {
			return err
		}
	}
	if err := settleClocks(f, s, old, add, now); err != nil {
		return err
	}
	slices.SortStableFunc(add, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	s.Incidents, err = f.AppendIncidents(add, now)
	s.Phrases = Phrases(s.Incidents)
	return err
}

// notPlaced returns the exhibits that were admitted since rows were last
// appended: those of this run, and those of a run that was killed before it
// came to its rows. One that agreed with a row of another exhibit is placed.
func notPlaced(f *evidence.Folder) ([]evidence.Exhibit, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(register.Exhibits[register.Placed:], func(x evidence.Exhibit) bool {
		return slices.ContainsFunc(x.Notes, func(n evidence.Note) bool { return n.Code == NoteSameEvent })
	}), nil
}

// NoteSameEvent marks an exhibit that shows an event which already had its
// row; the detail is the row's id.
const NoteSameEvent = "same-event"

// incidentsOf reads the incidents one exhibit shows.
func incidentsOf(f *evidence.Folder, x evidence.Exhibit, s *Summary, now time.Time) ([]evidence.Incident, error) {
	switch x.Kind {
	case evidence.Recording:
		return recordingIncident(x), nil
	case evidence.Screenshot:
		return screenshotIncident(x), nil
	case evidence.SMSLog, evidence.CallLog, evidence.ChatLog:
		return logIncidents(f, x, s, now)
	}
	return nil, nil
}

func timeOf(x evidence.Exhibit) evidence.Time {
	at, err := time.Parse(time.RFC3339, x.Captured.Time)
	if err != nil {
		return evidence.Time{}
	}
	return evidence.Time{At: at.In(evidence.Beijing), Precision: x.Captured.Precision, Device: x.Captured.Device, Source: x.Captured.Source}
}

// recordingIncident makes a call of a recording whose name follows a
// recorder's form. Any other sound file has to be placed by the person.
func recordingIncident(x evidence.Exhibit) []evidence.Incident {
	n := ParseName(x.OriginalName, true)
	if n.Scheme == "" {
		return nil
	}
	i := evidence.Incident{Time: timeOf(x), Kind: evidence.Call, Direction: n.Direction, Number: x.Media.Number, Name: x.Media.Contact,
		Reached: evidence.ReachedSelf, Answered: evidence.Yes, Seconds: -1, SIM: x.Media.SIM, Exhibits: []string{x.Number}, Source: x.Number}
	if x.Media.Seconds > 0 {
		i.Seconds = int(x.Media.Seconds + 0.5)
	}
	return []evidence.Incident{i}
}

// screenshotIncident makes an undecided row of a screenshot of an app people
// talk in, for the person to say what it shows.
func screenshotIncident(x evidence.Exhibit) []evidence.Incident {
	if x.Captured.Time == "" {
		return nil
	}
	kind := evidence.Message
	switch AppLabel(x.Media.App) {
	case "短信":
		kind = evidence.SMS
	case "电话", "通话界面":
		kind = evidence.Call
	}
	return []evidence.Incident{{Time: timeOf(x), Kind: kind, Seconds: -1, Exhibits: []string{x.Number}, Source: x.Number}}
}

func logIncidents(f *evidence.Folder, x evidence.Exhibit, s *Summary, now time.Time) ([]evidence.Incident, error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out []evidence.Incident
	give := func(r Row) error {
		i := r.Incident
		if i.Direction == evidence.In {
			i.Reached = evidence.ReachedSelf // the log is of the complainant's own phone
		}
		i.Exhibits, i.Source = []string{x.Number}, fmt.Sprintf("%s:%d", x.Number, r.Line)
		out = append(out, i)
		return nil
	}
	skipped, err := readLog(in, x, give)
	if err == nil && x.MediaType == "application/json" {
		if err := noteBCRPauses(f, x, now); err != nil {
			return nil, err
		}
	}
	for _, k := range skipped {
		s.Skipped = append(s.Skipped, SkippedRow{x.Number, k})
	}
	var broken *BrokenError
	if errors.As(err, &broken) {
		return out, f.AddNote(x.Number, evidence.Note{Code: "broken-log",
			Detail: fmt.Sprintf("记录在第 %d 行中断（%v）；此前的 %d 条已读入", broken.Line, broken.Err, len(out))}, now)
	}
	if err != nil {
		// The file is kept as an exhibit, and what could not be read is said.
		return out, f.AddNote(x.Number, evidence.Note{Code: "broken-log",
			Detail: fmt.Sprintf("记录没有读完（%v）；已读入 %d 条", err, len(out))}, now)
	}
	return out, nil
}

// noteBCRPauses notes what a recorder says against its own recording.
func noteBCRPauses(f *evidence.Folder, x evidence.Exhibit, now time.Time) error {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := readAll(in)
	if err != nil {
		return err
	}
	paused, held := bcrPauses(data)
	if paused {
		if err := f.AddNote(x.Number, evidence.Note{Code: "was-paused", Detail: "录音软件记录：录音中途暂停过，不是从头到尾不间断的"}, now); err != nil {
			return err
		}
	}
	if held {
		return f.AddNote(x.Number, evidence.Note{Code: "was-held", Detail: "录音软件记录：通话中途被保持过"}, now)
	}
	return nil
}

// readLog reads a log by its form.
func readLog(in *os.File, x evidence.Exhibit, give func(Row) error) ([]Skipped, error) {
	switch {
	case x.MediaType == "text/xml":
		var skipped []Skipped
		err := scanBackup(in, give, func(k Skipped) { skipped = append(skipped, k) })
		return skipped, err
	case strings.HasSuffix(x.File, ".xlsx"):
		return ReadCarrierXLSX(in, x.Size, give)
	}
	data, err := readAll(in)
	if err != nil {
		return nil, err
	}
	switch {
	case x.MediaType == "application/json":
		if i, ok := ReadBCR(data); ok {
			return nil, give(Row{1, i})
		}
		return nil, errors.New("not the note of a recorder")
	case x.Kind == evidence.ChatLog && x.MediaType == "text/plain":
		return nil, ReadChatText(data, give)
	case x.Kind == evidence.ChatLog:
		return ReadChatCSV(data, give)
	}
	return ReadCarrierCSV(data, give)
}

func readAll(in *os.File) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxList+1))
	if err == nil && len(data) > maxList {
		err = fmt.Errorf("a call list of more than %d bytes", maxList)
	}
	return data, err
}

// join merges rows that are one event: the phone's log, the carrier's list
// and the recording of one call, or one message in two backups.
func join(rows, more []evidence.Incident) ([]evidence.Incident, []joinReason) {
	var reasons []joinReason
	// The log comes first: its time is absolute and its row says most.
	order := func(i evidence.Incident) int {
		switch i.Time.Source {
		case "sms-backup":
			return 0
		case "carrier":
			return 1
		}
		return 2
	}
	more = slices.Clone(more)
	slices.SortStableFunc(more, func(a, b evidence.Incident) int {
		if d := order(a) - order(b); d != 0 {
			return d
		}
		return a.Time.At.Compare(b.Time.At)
	})
	near := places{}
	for n, r := range rows {
		near.add(r, n)
	}
	for _, r := range more {
		n := nearest(rows, near, r, func(n int) bool {
			return !slices.ContainsFunc(r.Exhibits, func(x string) bool { return inLog(rows[n], x, r) })
		})
		if n >= 0 {
			if r.Kind == evidence.Call && isRecording(r) {
				reasons = append(reasons, reasonFor(rows[n], r))
			}
			merge(&rows[n], r)
			continue
		}
		near.add(r, len(rows))
		rows = append(rows, r)
	}
	return rows, reasons
}

// isRecording reports a row that was made of one file's name, and not of a
// line of a log.
func isRecording(r evidence.Incident) bool {
	return r.Made() && len(r.Exhibits) == 1 && !strings.Contains(r.Source, ":")
}

// NoteJoined tells why a recording was taken for the call of a log's row.
const NoteJoined = "joined"

// A joinReason is why one exhibit was taken to show the same call as a row.
type joinReason struct{ exhibit, detail string }

// reasonFor puts into words what agreed: number, start and length.
func reasonFor(row, recording evidence.Incident) joinReason {
	var b strings.Builder
	var places []string
	for _, place := range strings.Fields(row.Source) {
		if x, line, ok := strings.Cut(place, ":"); ok {
			place = x + " 第 " + line + " 行"
		}
		places = append(places, place)
	}
	fmt.Fprintf(&b, "与 %s 是同一通电话：", strings.Join(places, "、"))
	if recording.Number != "" {
		b.WriteString("号码相同，")
	}
	d := recording.Time.At.Sub(row.Time.At)
	switch {
	case d == 0:
		b.WriteString("开始时间相同")
	case d > 0:
		fmt.Fprintf(&b, "开始时间晚 %d 秒", int(d.Seconds()))
	default:
		fmt.Fprintf(&b, "开始时间早 %d 秒", -int(d.Seconds()))
	}
	if recording.Time.Precision == evidence.ToMinute {
		b.WriteString("（文件名只到分钟）")
	}
	if row.Seconds >= 0 && recording.Seconds >= 0 {
		fmt.Fprintf(&b, "，时长 %d 秒与 %d 秒", row.Seconds, recording.Seconds)
	}
	return joinReason{recording.Exhibits[0], b.String()}
}

// places finds rows by kind, number and time, so that the work does not grow
// with the square of the rows: a chat has ten thousands under one number.
type places map[place][]int

type place struct {
	kind   evidence.IncidentKind
	number string
	slot   int64 // of slotSeconds; longer than calls may differ by and still be one
}

const slotSeconds = 180

func placeOf(r evidence.Incident, shift int64) place {
	return place{r.Kind, r.Number, r.Time.At.Unix()/slotSeconds + shift}
}

func (p places) add(r evidence.Incident, n int) { p[placeOf(r, 0)] = append(p[placeOf(r, 0)], n) }

func (p places) around(r evidence.Incident) []int {
	return slices.Concat(p[placeOf(r, -1)], p[placeOf(r, 0)], p[placeOf(r, 1)])
}

// nearest finds the row that is the same event as r and starts closest to it;
// -1 if there is none that may be taken. Of two calls within a minute a
// recording belongs to the one it follows, for recording starts after ringing.
func nearest(rows []evidence.Incident, near places, r evidence.Incident, may func(int) bool) int {
	best, least := -1, time.Duration(0)
	for _, n := range near.around(r) {
		o := rows[n]
		if !sameEvent(o, r) || !may(n) {
			continue
		}
		cost := r.Time.At.Sub(o.Time.At)
		if cost < 0 {
			if cost = -cost; trust(r.Time.Source) > trust(o.Time.Source) && cost > 2*time.Second {
				cost += 2 * ringing
			}
		}
		if best < 0 || cost < least {
			best, least = n, cost
		}
	}
	return best
}

// inLog reports that both rows come from one log and are two entries there:
// two calls within a minute are two calls. The same message twice in one
// backup is one message.
func inLog(o evidence.Incident, exhibit string, r evidence.Incident) bool {
	return slices.Contains(o.Exhibits, exhibit) && !identical(o, r)
}

func identical(a, b evidence.Incident) bool {
	return a.Kind == b.Kind && a.Number == b.Number && a.Time.At.Equal(b.Time.At) && a.Direction == b.Direction &&
		a.Shown == b.Shown && a.Seconds == b.Seconds
}

// sameEvent decides whether two rows are one event.
//
// Messages: same number, direction, text and second. Calls: same number,
// directions that do not disagree, a start within tolerance, and lengths that
// agree. The phone's log has the start of ringing, a recorder names its file
// up to a minute later and may name it by the minute only.
func sameEvent(a, b evidence.Incident) bool {
	if a.Kind != b.Kind || a.Number != b.Number || a.Time.IsZero() || b.Time.IsZero() {
		return false
	}
	if a.Direction != b.Direction && a.Direction != evidence.DirectionUnknown && b.Direction != evidence.DirectionUnknown {
		return false
	}
	if a.Kind != evidence.Call {
		if a.Number == "" && a.Name != b.Name {
			return false // two people of one chat may write the same
		}
		return a.Time.At.Equal(b.Time.At) && (a.Shown == b.Shown || b.Shown == "")
	}
	if a.Number == "" && a.Name != b.Name {
		return false
	}
	if a.Answered != b.Answered && a.Answered != evidence.Unknown && b.Answered != evidence.Unknown {
		return false
	}
	return startsAgree(a, b) && lengthsAgree(a, b)
}

const ringing = 60 * time.Second

func startsAgree(a, b evidence.Incident) bool {
	late := ringing
	if a.Time.Source == b.Time.Source {
		late = 0 // one kind of source: the same call has the same start
	}
	if a.Time.Precision == evidence.ToDay || b.Time.Precision == evidence.ToDay {
		return false
	}
	if a.Time.Precision == evidence.ToMinute || b.Time.Precision == evidence.ToMinute {
		late += time.Minute
	}
	d := b.Time.At.Sub(a.Time.At)
	return d >= -late && d <= late
}

// lengthsAgree allows a recording to be shorter than the call, for a recorder
// starts late, and two logs to differ by the seconds they round.
func lengthsAgree(a, b evidence.Incident) bool {
	if a.Seconds < 0 || b.Seconds < 0 {
		return true
	}
	d := a.Seconds - b.Seconds
	return d >= -5 && d <= max(15, a.Seconds/5)
}

// merge adds to a what b shows of the same event. What a says stays.
func merge(a *evidence.Incident, b evidence.Incident) {
	for _, x := range b.Exhibits {
		if !slices.Contains(a.Exhibits, x) {
			a.Exhibits = append(a.Exhibits, x)
		}
	}
	slices.Sort(a.Exhibits)
	if !strings.Contains(" "+a.Source+" ", " "+b.Source+" ") {
		a.Source += " " + b.Source
	}
	if a.Direction == evidence.DirectionUnknown {
		a.Direction = b.Direction
	}
	if a.Answered == evidence.Unknown {
		a.Answered = b.Answered
	}
	if a.Seconds < 0 {
		a.Seconds = b.Seconds
	}
	if a.Name == "" {
		a.Name = b.Name
	}
	if a.Reached == evidence.ReachedUnknown {
		a.Reached = b.Reached
	}
	if a.SIM == "" {
		a.SIM = b.SIM
	}
}

var signature = regexp.MustCompile(`^[【\[]([^】\]]{2,20})[】\]]|[【]([^】]{2,20})[】]$`)

// signatures collects the 【…】 of messages received: a hint at who sent them.
func signatures(rows []evidence.Incident) []string {
	var out []string
	for _, r := range rows {
		if r.Kind != evidence.SMS || r.Direction != evidence.In {
			continue
		}
		if m := signature.FindStringSubmatch(strings.TrimSpace(r.Shown)); m != nil {
			if s := m[1] + m[2]; !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	slices.Sort(out)
	return out
}
