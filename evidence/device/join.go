package device

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// Join merges rows that are one event: the phone's log, the carrier's list
// and the recording of one call, or one message in two backups. A merged row
// keeps the time of the better clock, whose row comes first. Clocks that were
// measured to be off are set right for the comparison; each row keeps the
// time its file gives.
func Join(more []evidence.Incident, from Phones, clocks Clocks) ([]evidence.Incident, []Reason) {
	var reasons []Reason
	more = clocks.align(more)
	slices.SortStableFunc(more, func(a, b evidence.Incident) int {
		return cmp.Or(trust(a.Time)-trust(b.Time), a.Time.At.Compare(b.Time.At),
			evidence.CompareNumbers(a.Source, b.Source))
	})
	j := newJoiner(nil)
	for m, r := range more {
		n := j.nearest(r, func(n int) bool {
			return from.same(*j.rows[n], r) &&
				!slices.ContainsFunc(r.Exhibits, func(x string) bool { return inLog(*j.rows[n], x, r) })
		})
		if n < 0 {
			j.add(&more[m])
			continue
		}
		if r.Kind == evidence.Call && IsRecording(r) {
			reasons = append(reasons, reasonFor(*j.rows[n], r))
		}
		j.merge(n, r)
	}
	joined := make([]evidence.Incident, len(j.rows))
	for n, r := range j.rows {
		joined[n] = *r
	}
	return asRead(joined), reasons
}

// Phones says whose phone an exhibit is from, if it is not the complainant's
// own: one collector calls several people within a minute. A phone that seems
// to be somebody else's stands under its name.
type Phones map[string]string

func (p Phones) same(a, b evidence.Incident) bool {
	of := func(i evidence.Incident) (who string) {
		if len(i.Exhibits) > 0 {
			who = p[i.Exhibits[0]]
		}
		return who
	}
	return of(a) == of(b)
}

// A joiner holds rows and finds the one that is the same event as another. Those it was
// given are not changed: what is merged with another is a row of its own.
type joiner struct {
	rows      []*evidence.Incident
	near      nearby
	recorders map[int][]string // by place in rows: sources of the times of its recordings
}

func newJoiner(rows []evidence.Incident) *joiner {
	j := &joiner{near: nearby{}, recorders: map[int][]string{}}
	for n := range rows {
		j.add(&rows[n])
	}
	return j
}

func (j *joiner) add(r *evidence.Incident) {
	for _, e := range eachRead(*r) {
		j.near.add(e, len(j.rows))
	}
	j.recorded(len(j.rows), *r)
	j.rows = append(j.rows, r)
}

func (j *joiner) recorded(n int, r evidence.Incident) {
	if r.Kind == evidence.Call && IsRecording(r) {
		j.recorders[n] = append(j.recorders[n], r.Time.Source)
	}
}

func (j *joiner) merge(n int, r evidence.Incident) {
	row := *j.rows[n]
	row.Exhibits = slices.Clone(row.Exhibits)
	all := row.Read
	if len(all) == 0 {
		all = []evidence.Incident{row}
	}
	if len(r.Read) > 0 {
		all = slices.Concat(all, r.Read)
	} else {
		all = append(slices.Clip(all), r)
	}
	merge(&row, r)
	row.Read = all
	j.rows[n] = &row
	j.recorded(n, r)
	if r.Kind != evidence.Call {
		return
	}
	for _, e := range eachRead(*j.rows[n]) { // so that a third source finds it by its number, and by each start
		j.near.add(e, n)
	}
}

// IsRecording reports a row that was made of one file's name, and not of a
// line of a log.
func IsRecording(r evidence.Incident) bool {
	return r.Made() && len(r.Exhibits) == 1 && !strings.Contains(r.Source, ":")
}

// ofRecorder reports a row that says when something was recorded, and not when
// somebody called: of a recording, or of the note a recorder wrote beside it.
func ofRecorder(r evidence.Incident) bool { return IsRecording(r) || r.Time.Source == "bcr" }

// namedByRecorder reports a time that a recorder wrote when it began, after the
// ringing.
func namedByRecorder(r evidence.Incident) bool {
	return ofRecorder(r) || strings.HasPrefix(r.Time.Source, "name:")
}

// A Reason is why one exhibit was taken to show the same call as a row.
type Reason struct{ Exhibit, Detail string }

// reasonFor puts into words what agreed: number, start and length.
func reasonFor(row, recording evidence.Incident) Reason {
	var b strings.Builder
	var where []string
	for _, place := range strings.Fields(row.Source) {
		x, _, _ := strings.Cut(place, ":")
		where = append(where, strings.TrimSpace(x+" "+row.RowIn(x)))
	}
	fmt.Fprintf(&b, "与 %s 是同一通电话：", strings.Join(where, "、"))
	switch {
	case recording.Number != "" && recording.Number == row.Number && !masked(row.Number):
		b.WriteString("号码相同，")
	case recording.Name != "" && recording.Name == row.Name:
		b.WriteString("文件名里没有号码，联系人名称相同，")
	default:
		b.WriteString("文件名里没有号码，只按时间和时长对上，请核对；")
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
		if !lengthsAgree(row, recording) {
			b.WriteString("，录音落在通话的时段之内")
		}
	}
	if !recording.Time.Showed.IsZero() || !row.Time.Showed.IsZero() {
		b.WriteString("（两边的时钟不一样，按量出来的差数对上的）")
	}
	return Reason{recording.Exhibits[0], b.String()}
}

// nearby finds rows near a row in time, so that the work does not grow with
// the square of the rows: a chat has ten thousands under one number.
type nearby map[spot][]int

// A spot is where an event is looked for. Messages must agree in all of it;
// of calls the time is a slot, and any is true where the number does not
// matter.
type spot struct {
	kind   evidence.IncidentKind
	number string
	text   string
	slot   int64
	any    bool
}

// slotSeconds is longer than calls may differ by and still be one; a
// recording that begins late in a long call is looked for by the slots the
// call covers.
const slotSeconds = 180

// mostNearby bounds how many calls of one spot are looked at: no phone has so
// many within minutes, whoever made such a log wants to keep us busy.
const mostNearby = 200

func spotOf(r evidence.Incident, slot int64) spot {
	if r.Kind != evidence.Call {
		return spot{kind: r.Kind, number: r.Number, text: r.Shown, slot: r.Time.At.Unix()}
	}
	return spot{kind: r.Kind, number: r.Number, slot: slot}
}

// lastSecond is when a call ended, taken for no longer than a day.
func lastSecond(r evidence.Incident) time.Time {
	return r.Time.At.Add(time.Duration(min(max(r.Seconds, 0), 24*60*60)) * time.Second)
}

func slotOf(t time.Time) int64 { return t.Unix() / slotSeconds }

func (p nearby) add(r evidence.Incident, n int) {
	if r.Kind != evidence.Call {
		at := spotOf(r, 0)
		p[at] = append(p[at], n)
		return
	}
	put := func(at spot) {
		if len(p[at]) < mostNearby {
			p[at] = append(p[at], n)
		}
	}
	for slot := slotOf(r.Time.At); slot <= slotOf(lastSecond(r)); slot++ {
		at := spotOf(r, slot)
		if masked(r.Number) {
			at.number = "" // it can be any that fits
		}
		put(at)
		at.number, at.any = "", true
		put(at)
	}
}

// around lists the rows that may be the same event as r: those of its number,
// or of any number if r or they have no number.
func (p nearby) around(r evidence.Incident) []int {
	if r.Kind != evidence.Call {
		return p[spotOf(r, 0)]
	}
	var out []int
	for _, e := range eachRead(r) {
		out = append(out, p.aroundStart(e)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (p nearby) aroundStart(r evidence.Incident) []int {
	var out []int
	last := slotOf(lastSecond(r)) + 1
	for slot := slotOf(r.Time.At) - 1; slot <= last; slot++ {
		at := spotOf(r, slot)
		if r.Number == "" || masked(r.Number) {
			at.number, at.any = "", true
		} else {
			out = append(out, p[at]...)
			at.number = "" // of calls whose number is not known
		}
		out = append(out, p[at]...)
	}
	return out
}

// nearest finds the row that is the same event as r and starts closest to it;
// -1 if no row may be taken. Where only time and length speak for
// it, a row is taken only if no other comes into question, or no other whose
// length fits as closely.
func (j *joiner) nearest(r evidence.Incident, may func(int) bool) int {
	best, least := -1, time.Duration(0)
	var byTime, byLength []int
	for _, n := range j.near.around(r) {
		match := sameByAny(*j.rows[n], r)
		if match == different || !may(n) {
			continue
		}
		if match == sameByTime {
			byTime = append(byTime, n)
			if d := j.rows[n].Seconds - r.Seconds; j.rows[n].Seconds > 0 && r.Seconds > 0 && d >= -2 && d <= 2 {
				byLength = append(byLength, n)
			}
			continue
		}
		if cost := j.startCost(n, r); best < 0 || cost < least {
			best, least = n, cost
		}
	}
	switch {
	case best >= 0:
	case len(byTime) == 1:
		best = byTime[0]
	case len(byLength) == 1:
		best = byLength[0]
	}
	return best
}

// startCost is how badly the start of r fits that of a row. Recording starts
// after ringing, so of two calls within a minute a recording belongs to the
// one it follows; and a call that has its recording by one recorder leaves the
// next one for another call.
func (j *joiner) startCost(n int, r evidence.Incident) time.Duration {
	if len(j.rows[n].Read)+len(r.Read) == 0 {
		return j.startCostOf(n, *j.rows[n], r)
	}
	least := time.Duration(-1)
	for _, o := range eachRead(*j.rows[n]) {
		for _, e := range eachRead(r) {
			if cost := j.startCostOf(n, o, e); sameEvent(o, e) != different && (least < 0 || cost < least) {
				least = cost
			}
		}
	}
	return least
}

func (j *joiner) startCostOf(n int, o, r evidence.Incident) time.Duration {
	d := r.Time.At.Sub(o.Time.At)
	if !namedByRecorder(r) || namedByRecorder(o) {
		return d.Abs()
	}
	cost := d.Abs()
	switch {
	case r.Time.Precision == evidence.ToMinute:
		// The name stands for a whole minute: the middle of what it may mean
		// of the time from ringing to recording.
		if lo, hi := max(d, 0), min(d+time.Minute, ringing); lo <= hi {
			cost = (lo + hi) / 2
		} else {
			cost += 2 * ringing
		}
	case d < -2*time.Second:
		cost += 2 * ringing
	}
	if !lengthsAgree(o, r) {
		cost += 2 * ringing
	}
	if slices.Contains(j.recorders[n], r.Time.Source) {
		cost += 24 * time.Hour
	}
	return cost
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

// merge adds to a what b shows of the same event. What a says stays.
func merge(a *evidence.Incident, b evidence.Incident) {
	// How long a call lasted a log says; a recording began late, or broke off.
	if a.Seconds < 0 || a.Kind == evidence.Call && IsRecording(*a) && !namedByRecorder(b) && b.Seconds > 0 {
		a.Seconds = b.Seconds
	}
	for _, x := range b.Exhibits {
		if !slices.Contains(a.Exhibits, x) {
			a.Exhibits = append(a.Exhibits, x)
		}
	}
	slices.Sort(a.Exhibits)
	if !strings.Contains(" "+a.Source+" ", " "+b.Source+" ") {
		a.Source += " " + b.Source
	}
	if a.Number == "" || masked(a.Number) && b.Number != "" {
		a.Number = b.Number
	}
	if a.Direction == evidence.DirectionUnknown {
		a.Direction = b.Direction
	}
	if a.Answered == evidence.Unknown {
		a.Answered = b.Answered
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
