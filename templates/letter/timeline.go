package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Timeline is what [document.Span.Exhibit] and [Counted.Pages] call the 时间线 of the book.
const Timeline = "timeline"

// mostListed is how many events the 时间线 lists one by one, and how many rows a log's
// page has in one wide table: about a page of each. Of more the 时间线 counts by day what
// stands at its exhibit, so that no row is printed twice.
const mostListed = 30

// timeline is the 时间线 of the book; nothing where there are no events.
func (in paper) timeline() []document.Block {
	events := in.chronicle()
	if len(events) == 0 {
		return nil
	}
	out := []document.Block{document.NewPage{}, document.Heading{Level: 1, Text: "时间线", Key: Timeline}}
	key := "时间后标“机”的是手机时钟读数，标“述”的是本人陈述的时间。" + in.carrierKey(in.events())
	one := in.oneByOne(events)
	if len(one) == len(events) {
		t, same := lifted(in.chronology(one))
		return append(out, small("只列与本案违规情形有关的事件；“材料显示”有证据，“本人陈述”没有证据。"+key+same), t)
	}
	where := "各次见该证据的页"
	if in.cutRows() {
		where = fmt.Sprintf("各次见该证据的页，超过%d行的页上只列一部分，全部在该证据的文件里", mostRows)
	}
	out = append(out, small(fmt.Sprintf("与本案违规情形有关的事件共%d项。其中%d项记在通话、短信等记录里（%s，%s），这里按日合计：", len(events),
		len(events)-len(one), in.logsOf(events), where)+"“夜间”是22:00至次日8:00之间的次数，已含在前面各栏；不分联系到谁、是否接通，信里按规定计算的次数以信里写明的方法为准。"),
		in.byDay(without(events, one)))
	if len(one) > 0 {
		t, same := lifted(in.chronology(one))
		out = append(out, document.Heading{Level: 2, Text: "其他事件"},
			small(fmt.Sprintf("其余%d项不在上面各记录里，或者另有录音、图片，逐项列出；“材料显示”有证据，“本人陈述”没有证据。", len(one))+key+same), t)
	}
	return out
}

// oneByOne are the events that the 时间线 lists: all where they are few, else those of
// which the page of a log does not tell all.
func (in Input) oneByOne(events []evidence.Incident) []evidence.Incident {
	if len(events) <= mostListed {
		return events
	}
	logs := in.logPages()
	return slices.DeleteFunc(slices.Clone(events), func(i evidence.Incident) bool { return inLogs(i, logs) })
}

// cutRows reports that the page of a log leaves rows to its file.
func (in Input) cutRows() bool {
	for x := range in.logPages() {
		if len(in.showing(x)) > mostRows {
			return true
		}
	}
	return false
}

// logPages are the exhibits of the book whose page has the rows of a log.
func (in Input) logPages() map[string]bool {
	logs := map[string]bool{}
	for _, x := range in.used() {
		switch x.Kind {
		case evidence.SMSLog, evidence.CallLog, evidence.ChatLog, evidence.Extract:
			logs[x.Number] = in.moneyRows(x) == nil
		}
	}
	return logs
}

// inLogs reports an act that the page of a log tells whole: it is in no other file, and
// nothing was said in it that a log of calls has not.
func inLogs(i evidence.Incident, logs map[string]bool) bool {
	return len(i.Exhibits) > 0 && i.Words == "" && (i.Kind != evidence.Call || i.Shown == "") &&
		!slices.ContainsFunc(i.Exhibits, func(x string) bool { return !logs[x] })
}

// without are the events that are not among some others.
func without(events, others []evidence.Incident) []evidence.Incident {
	of := map[string]bool{}
	for _, i := range others {
		of[i.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(events), func(i evidence.Incident) bool { return of[i.ID] })
}

// logsOf names the logs in which events stand: 证据3、4.
func (in Input) logsOf(events []evidence.Incident) string {
	logs := in.logPages()
	var all []string
	for _, i := range events {
		if inLogs(i, logs) {
			all = append(all, i.Exhibits...)
		}
	}
	list, more := fewer(in.ordered(all))
	return labels(list) + more
}

// byDay counts events by day: calls and what of them was answered, messages, contacts at
// night, and who was reached.
func (in Input) byDay(events []evidence.Incident) document.Table {
	t := document.Table{Small: true, Abreast: 2, Columns: []document.Column{{Title: "日期", Width: 22},
		{Title: "电话", Width: 10, Align: document.Right}, {Title: "接通", Width: 10, Align: document.Right},
		{Title: "短信消息", Width: 10, Align: document.Right}, {Title: "其他", Width: 10, Align: document.Right},
		{Title: "本人发出", Width: 10, Align: document.Right}, {Title: "夜间", Width: 10, Align: document.Right},
		{Title: "联系到", Width: 20}}}
	type tally struct {
		counts  [6]int
		reached []string
		ids     []string
	}
	days := map[string]*tally{}
	var order []string
	for _, i := range events {
		at := i.Time.At.In(evidence.Beijing)
		d := at.Format(time.DateOnly)
		if i.Time.IsZero() {
			d = "时间不详"
		}
		n := days[d]
		if n == nil {
			n = &tally{}
			days[d], order = n, append(order, d)
		}
		n.ids = append(n.ids, i.ID)
		switch {
		case i.Direction == evidence.Out:
			n.counts[4]++
		case i.Kind == evidence.Call:
			n.counts[0]++
			if i.Answered == evidence.Yes || i.Seconds > 0 {
				n.counts[1]++
			}
		case i.Kind == evidence.SMS, i.Kind == evidence.Message:
			n.counts[2]++
		default:
			n.counts[3]++
		}
		if i.Direction != evidence.Out && !i.Time.IsZero() && i.Time.Precision != evidence.ToDay &&
			evidence.NightHour(at.Hour()) {
			n.counts[5]++
		}
		if w := reachedWord(i.Reached); !slices.Contains(n.reached, w) {
			n.reached = append(n.reached, w)
		}
	}
	for _, d := range order {
		cells := []document.Cell{linked(plain(d), days[d].ids...)}
		for _, n := range days[d].counts {
			s := ""
			if n > 0 {
				s = fmt.Sprint(n)
			}
			cells = append(cells, plain(s))
		}
		t.Rows = append(t.Rows, append(cells, plain(strings.Join(days[d].reached, "、"))))
	}
	return withoutEmpty(t)
}

// chronology lists events one by one.
func (in paper) chronology(events []evidence.Incident) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "时间", Width: 34}, {Title: "方式", Width: 22}, {Title: "显示号码", Width: 25}, {Title: "联系到", Width: 17},
		{Title: "内容", Width: 36}, {Title: "运营商清单", Width: 14}, {Title: "证据（页）", Width: 21},
	}, Small: true}
	c := &composer{in: in}
	for _, i := range events {
		when := shortMoment(i.Time) + in.otherwiseRead(i)
		number := in.number(i)
		what := ""
		switch {
		case i.Shown != "":
			what = "材料显示：" + oneLine(cutWords(in.mask(i.Shown), 200))
		case i.Words != "":
			what = "本人陈述：" + oneLine(in.mask(i.Words))
		case i.Kind == evidence.Call && i.Seconds > 0:
			what = "通话" + duration(i.Seconds)
		}
		t.Rows = append(t.Rows, []document.Cell{linked(plain(when), i.ID), plain(wayWord(i)), plain(number),
			plain(reachedWord(i.Reached)), plain(what), in.carrierCell(i), c.cellRefs(i.Exhibits)})
	}
	return withoutEmpty(t)
}

// lifted takes the columns out of a table that say the same in each of its rows, and says
// it once; those of a table of two rows stay.
func lifted(t document.Table) (document.Table, string) {
	if len(t.Rows) < 3 {
		return t, ""
	}
	var same []string
	for n := len(t.Columns) - 1; n >= 0; n-- {
		first := document.SpansText(t.Rows[0][n])
		if !slices.Contains(liftable, t.Columns[n].Title) || slices.ContainsFunc(t.Rows, func(r []document.Cell) bool {
			return document.SpansText(r[n]) != first
		}) {
			continue
		}
		same = append(same, t.Columns[n].Title+"均为“"+first+"”")
		t = withoutColumn(t, n)
	}
	if len(same) == 0 {
		return t, ""
	}
	slices.Reverse(same)
	return t, "表中各行的" + strings.Join(same, "，") + "。"
}

// liftable are the columns that can go above their table.
var liftable = []string{"方式", "显示号码", "联系到", "运营商清单", "时长"}

func shortMoment(t evidence.Time) string {
	layout := time.DateTime
	switch t.Precision {
	case evidence.ToMinute:
		layout = "2006-01-02 15:04"
	case evidence.ToDay:
		layout = time.DateOnly
	}
	s := t.At.In(evidence.Beijing).Format(layout)
	switch {
	case t.Precision == evidence.ToDay:
	case !t.Showed.IsZero():
		s += "（换算，手机显示" + showed(t) + "）"
	case t.Source == "person":
		s += "（述）" // what a person remembers is no clock's reading
	case t.Device:
		s += "（机）"
	}
	return s
}
