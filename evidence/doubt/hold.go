package doubt

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A cell is a part of a row that its file says, and how it is compared.
type cell struct {
	column evidence.Text
	log    bool // only a line of a log says it, and no file name
	extra  bool // an earlier release may have left it empty
	get    func(evidence.Incident) string
	take   func(to *evidence.Incident, from evidence.Incident)
}

// The columns that files say, by their names in the table.
var (
	timeCell = cell{column: evidence.Text{ZH: "时间", EN: "time"},
		get: func(i evidence.Incident) string {
			if i.Time.IsZero() {
				return ""
			}
			return i.Time.At.In(evidence.Beijing).Format(layouts[i.Time.Precision])
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Time = from.Time }}
	kindCell = cell{column: evidence.Text{ZH: "方式", EN: "kind"}, log: true,
		get:  func(i evidence.Incident) string { return i.Kind.Title().ZH },
		take: func(to *evidence.Incident, from evidence.Incident) { to.Kind = from.Kind }}
	directionCell = cell{column: evidence.Text{ZH: "方向", EN: "direction"},
		get: func(i evidence.Incident) string {
			return map[evidence.Direction]string{evidence.In: "呼入", evidence.Out: "呼出"}[i.Direction]
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Direction = from.Direction }}
	numberCell = cell{column: evidence.Text{ZH: "号码", EN: "number"},
		get:  func(i evidence.Incident) string { return i.Number },
		take: func(to *evidence.Incident, from evidence.Incident) { to.Number = from.Number }}
	nameCell = cell{column: evidence.Text{ZH: "对方名称", EN: "name"}, log: true, extra: true,
		get: func(i evidence.Incident) string {
			if i.Kind != evidence.Message || i.Direction == evidence.Out {
				return "" // what a phone calls somebody is for the person to better; who wrote is not
			}
			return strings.Trim(i.Name, "'") // an earlier release kept the quotes of an export
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Name = from.Name }}
	answeredCell = cell{column: evidence.Text{ZH: "是否接通", EN: "answered"}, log: true,
		get: func(i evidence.Incident) string {
			return map[evidence.Answer]string{evidence.Yes: "是", evidence.No: "否"}[i.Answered]
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Answered = from.Answered }}
	secondsCell = cell{column: evidence.Text{ZH: "秒数", EN: "seconds"},
		get: func(i evidence.Incident) string {
			if i.Seconds < 0 {
				return ""
			}
			return strconv.Itoa(i.Seconds)
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Seconds = from.Seconds }}
	shownCell = cell{column: evidence.Text{ZH: "材料显示的内容", EN: "what the file shows"}, log: true,
		get: func(i evidence.Incident) string {
			return strings.TrimSpace(strings.ReplaceAll(i.Shown, "\r\n", "\n"))
		},
		take: func(to *evidence.Incident, from evidence.Incident) { to.Shown = from.Shown }}
	simCell = cell{column: evidence.Text{ZH: "本机号码或卡", EN: "sim"}, log: true, extra: true,
		get:  func(i evidence.Incident) string { return i.SIM },
		take: func(to *evidence.Incident, from evidence.Incident) { to.SIM = from.SIM }}
)

// cells are all of them, in the order in which differences are named.
var cells = []*cell{&timeCell, &kindCell, &directionCell, &numberCell, &nameCell, &answeredCell, &secondsCell,
	&shownCell, &simCell}

var layouts = map[evidence.Precision]string{
	evidence.ToSecond: time.DateTime, evidence.ToMinute: "2006-01-02 15:04", evidence.ToDay: time.DateOnly,
}

// Hold gives the rows with what their files say where the table says
// something else, and names each cell that differs, each row of a file that
// stands in no row, and each file that cannot be read.
func Hold(incidents []evidence.Incident, read Sources) ([]evidence.Incident, []evidence.Doubt) {
	incidents = Placed(incidents, read.Rows)
	byPlace := map[string]int{}
	for n, r := range read.Rows {
		byPlace[r.Source] = n
	}
	calls := read.calls()
	var doubts []evidence.Doubt
	out := make([]evidence.Incident, len(incidents))
	used := map[string]bool{}  // places with a row
	logs := map[string]bool{}  // exhibits whose rows name their lines
	shown := map[string]bool{} // exhibits that a row names
	for n, i := range incidents {
		for _, x := range i.Exhibits {
			shown[x] = true
		}
		var readings []evidence.Incident
		for _, place := range strings.Fields(i.Source) {
			used[place] = true
			exhibit, line, _ := strings.Cut(place, ":")
			logs[exhibit] = logs[exhibit] || line != ""
			if why, lost := read.Unread[exhibit]; lost && i.Made() {
				doubts = append(doubts, evidence.Doubt{Code: evidence.SourceUnread, Incident: i.ID,
					About: evidence.AboutRow, Says: []evidence.Statement{{Source: place, Value: why}}})
			}
			if n, ok := byPlace[place]; ok {
				readings = append(readings, read.Rows[n])
			}
		}
		var differ []evidence.Doubt
		out[n], differ = held(i, readings, read.otherReading(i, calls))
		doubts = append(doubts, differ...)
	}
	told := toldByPerson(incidents)
	var copies map[string]bool // what lines with a row say: needed where one has none
	for _, r := range read.Rows {
		exhibit, line, _ := strings.Cut(r.Source, ":")
		if told.of(r) {
			continue
		}
		if used[r.Source] || line == "" && shown[exhibit] || line != "" && shown[exhibit] && !logs[exhibit] {
			continue // the last: rows of a release that did not name lines, or the person's own
		}
		if copies == nil {
			copies = read.entries(used)
		}
		if line != "" && copies[entry(r)] {
			continue // one of very many lines of a log that say the same: a row names the first of them
		}
		doubts = append(doubts, evidence.Doubt{Code: evidence.RowDeleted, About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: r.Source, Value: summary(r)}}})
	}
	return out, doubts
}

// entry is what a line of a log says, and of which log it is.
func entry(r evidence.Incident) string {
	exhibit, _, _ := strings.Cut(r.Source, ":")
	return exhibit + "\x00" + string(r.Kind) + "\x00" + string(r.Direction) + "\x00" + saying(r)
}

// entries are what the lines say that rows name as their places.
func (s Sources) entries(used map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, r := range s.Rows {
		if used[r.Source] {
			out[entry(r)] = true
		}
	}
	return out
}

// held is a row with the values of its readings, the first of which goes
// before the others; a cell may say what any of them says. Its time may be the
// one a person chose of those that files give.
func held(i evidence.Incident, readings []evidence.Incident, chosen bool) (evidence.Incident, []evidence.Doubt) {
	var doubts []evidence.Doubt
	for _, c := range cells {
		if c == &timeCell && chosen {
			continue
		}
		says, agrees, right := "", false, evidence.Incident{}
		if c == &timeCell {
			i.Time = withSeconds(i.Time, readings)
		}
		for _, r := range readings {
			if c.log && !strings.Contains(r.Source, ":") {
				continue
			}
			switch value := c.get(r); {
			case value == "":
			case value == c.get(i):
				agrees = true
			case says == "":
				says, right = value, r
			}
		}
		found := c.get(i)
		broken, isBroken := i.Spoilt[c.column.EN]
		if isBroken {
			found = broken
		}
		switch {
		case isBroken && says == "":
			doubts = append(doubts, evidence.Doubt{Code: evidence.CellSpoilt, Incident: i.ID, About: evidence.AboutRow,
				Column: c.column,
				Says:   []evidence.Statement{{Source: "table", Value: broken}}})
			continue
		case agrees || says == "":
			continue
		case slices.Contains(i.Missing, c.column.EN) || found == "" && (c.extra || settledSince(i, c)):
			c.take(&i, right) // the table says nothing of it
			continue
		}
		doubts = append(doubts, evidence.Doubt{Code: evidence.RowDiffers, Incident: i.ID, About: evidence.AboutRow,
			Column: c.column, Says: []evidence.Statement{
				{Source: right.Source, Value: says}, {Source: "table", Value: found}}})
		c.take(&i, right)
	}
	return i, doubts
}

// withSeconds is the time that a reading gives to the second, where the table
// has its minute and no more, or to the minute, where the table has no second of it:
// spreadsheets write times so, and it is no other. A time that a person wrote to the
// minute comes back from them as one of :00.
func withSeconds(t evidence.Time, readings []evidence.Incident) evidence.Time {
	if t.Precision == evidence.ToSecond && t.At.Second() == 0 {
		for _, r := range readings {
			if r.Time.Precision == evidence.ToMinute && r.Time.At.Equal(t.At) {
				return r.Time
			}
		}
		if t.Source == "person" {
			t.Precision = evidence.ToMinute
		}
		return t
	}
	coarse := func(r evidence.Incident) bool { return r.Time.Precision == evidence.ToMinute }
	if t.Precision != evidence.ToMinute || t.IsZero() || slices.ContainsFunc(readings, coarse) {
		return t
	}
	for _, r := range readings {
		if r.Time.Precision == evidence.ToSecond && r.Time.At.Truncate(time.Minute).Equal(t.At.Truncate(time.Minute)) {
			return r.Time
		}
	}
	return t
}

// settledSince reports a cell of a message that earlier releases left empty: they
// read neither who wrote in a chat nor to whom the person had written.
func settledSince(i evidence.Incident, c *cell) bool {
	written := i.Kind == evidence.Message || i.Kind == evidence.SMS && i.Direction == evidence.Out
	return written && (c == &directionCell || c == &numberCell)
}

// summary is a row of a file in short.
func summary(i evidence.Incident) string {
	words := []string{timeCell.get(i), kindCell.get(i), directionCell.get(i), i.Number, i.Name}
	if i.Seconds >= 0 && i.Kind == evidence.Call {
		words = append(words, strconv.Itoa(i.Seconds)+"秒")
	}
	if text := []rune(shownCell.get(i)); len(text) > 20 {
		words = append(words, string(text[:20])+"…")
	} else {
		words = append(words, string(text))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// A callAt is a call of lists, by number and moment.
type callAt struct {
	number string
	at     int64 // in nanoseconds since 1970
}

// calls are the places of the calls that lists have.
func (s Sources) calls() map[callAt][]string {
	calls := map[callAt][]string{}
	for _, r := range s.Rows {
		if r.Kind == evidence.Call && r.Number != "" {
			at := callAt{r.Number, r.Time.At.UnixNano()}
			calls[at] = append(calls[at], r.Source)
		}
	}
	return calls
}

// otherReading reports a time that was written with its zone and is that of
// the header of one of the row's files, or of the same number's call in
// another list, of which calls has the places: the one of several readings that
// a person said is right.
func (s Sources) otherReading(i evidence.Incident, calls map[callAt][]string) bool {
	if i.Time.Device || i.Time.IsZero() || !i.Made() {
		return false
	}
	for _, x := range i.Exhibits {
		if at := s.Inside[x]; !at.IsZero() && at.Equal(i.Time.At) {
			return true
		}
	}
	return i.Kind == evidence.Call && i.Number != "" &&
		slices.ContainsFunc(calls[callAt{i.Number, i.Time.At.UnixNano()}], func(place string) bool {
			return !slices.Contains(strings.Fields(i.Source), place)
		})
}

// told are the rows that the person wrote, in the order of their times.
type told []evidence.Incident

func toldByPerson(incidents []evidence.Incident) told {
	var t told
	for _, i := range incidents {
		if !i.Made() && !i.Time.IsZero() {
			t = append(t, i)
		}
	}
	slices.SortStableFunc(t, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	return t
}

// of reports whether one of them is of the act that a file shows: then the file
// was linked to it and has no row of its own.
func (t told) of(r evidence.Incident) bool {
	from, _ := slices.BinarySearchFunc(t, r.Time.At.Add(-apart), func(i evidence.Incident, at time.Time) int {
		return i.Time.At.Compare(at)
	})
	for _, i := range t[from:] {
		if i.Time.At.Sub(r.Time.At) > apart {
			break
		}
		if i.Kind == r.Kind && device.Compatible(i.Number, r.Number) {
			return true
		}
	}
	return false
}
