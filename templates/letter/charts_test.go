package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// calls makes a call to the complainant for each time.
func callsAt(answered evidence.Answer, times ...string) []evidence.Incident {
	var out []evidence.Incident
	for _, s := range times {
		out = append(out, evidence.Incident{ID: "T" + s, Time: at(s), Kind: evidence.Call, Direction: evidence.In,
			Number:  collector,
			Reached: evidence.ReachedSelf, Answered: answered, Exhibits: []string{"E003"}})
	}
	return out
}

// chartCase is a letter all of whose findings are about these acts.
func chartCase(t *testing.T, incidents []evidence.Incident) Input {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Incidents, in.Findings = incidents, slices.Clone(in.Findings)
	for n := range in.Findings {
		in.Findings[n].Incidents, in.Findings[n].Exhibits = incidents, nil
		for _, i := range incidents {
			in.Findings[n].Exhibits = append(in.Findings[n].Exhibits, i.Exhibits...)
		}
	}
	return in
}

// A bar is of an act that an exhibit of the book has: one before the loan is in no chart.
// Where a lawful call stands is said, and whom else somebody reached is only of acts that
// the book tells.
func TestChartsAreOfWhatTheBookTells(t *testing.T) {
	told := callsAt(evidence.Yes, "2026-03-05 09:00:00", "2026-03-05 10:00:00")
	untold := callsAt(evidence.Yes, "2024-10-15 09:00:00")
	told[1].Reached, untold[0].Reached = evidence.ReachedFamily, evidence.ReachedStranger
	untold[0].Exhibits = []string{"E042"}
	in := chartCase(t, told)
	early := callsAt(evidence.Yes, "2024-10-14 09:00:00")[0] // in the same log
	lawful := callsAt(evidence.Yes, "2026-03-05 12:00:00")[0]
	in.Incidents, in.Case.Loan.Date = slices.Concat(told, untold, []evidence.Incident{early, lawful}), "2025-01-01"
	for _, c := range slices.Concat(in.dayCharts(), in.hourChart(), in.thirdChart()) {
		bars := 0
		for _, b := range c.Bars {
			for _, v := range b.Values {
				bars += v
			}
		}
		want, where := 1, false
		switch {
		case strings.HasPrefix(c.Title, "每天"):
			want, where = 2, true
		case c.Title == "联系的钟点":
			want, where = 3, true
		}
		if bars != want || strings.Contains(c.Title, "2024") ||
			strings.Contains(c.Method, "其中1次不属于信里所列的情形，没有列在时间线里，见证据3的文件。") != where {
			t.Errorf("%s: %+v %s", c.Title, c.Bars, c.Method)
		}
	}
}

// A chart of days counts every day between the first call and the last,
// connected and not, and leaves out what no file shows, what the person made
// themselves, and what does not belong to the matter.
func TestDayChart(t *testing.T) {
	all := slices.Concat(
		callsAt(evidence.Yes, "2026-03-05 09:20:11", "2026-03-05 10:20:11", "2026-03-05 11:20:11",
			"2026-03-05 23:59:59", "2026-03-08 00:00:00"),
		callsAt(evidence.No, "2026-03-05 12:00:00"), callsAt(evidence.Unknown, "2026-03-06 12:00:00"))
	proofless := callsAt(evidence.Yes, "2026-03-06 09:00:00")
	proofless[0].Exhibits = nil
	own := callsAt(evidence.Yes, "2026-03-06 10:00:00")
	own[0].Direction = evidence.Out
	other := callsAt(evidence.Yes, "2026-03-06 11:00:00")
	other[0].Number = "057112345678"
	left := callsAt(evidence.Yes, "2026-03-06 13:00:00")
	left[0].Use = evidence.No
	colleague := callsAt(evidence.Yes, "2026-03-06 14:00:00")
	colleague[0].Reached = evidence.ReachedWorkplace
	in := chartCase(t, slices.Concat(all, proofless, own, other, left, colleague))
	charts := in.dayCharts()
	if len(charts) != 1 {
		t.Fatalf("%d charts", len(charts))
	}
	got := ""
	for _, b := range charts[0].Bars {
		got += fmt.Sprint(b.Label, b.Values, " ")
	}
	if want := "2026.3.5[4 1] 3.6[0 0] 3.7[0 0] 3.8[1 0] "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c := charts[0]; c.Limit != 3 || c.Line != "每日接通3次（GB/T 45251—2025）" ||
		!strings.Contains(c.Method, "只计本人指认为催收方的号码") {
		t.Errorf("line at %d, %s; %s", c.Limit, c.Line, c.Method)
	}
}

// The line of three stands only where a finding cites the rule that sets it,
// and not before the rule was in force.
func TestDayChartLine(t *testing.T) {
	in := chartCase(t, callsAt(evidence.Yes, "2024-06-01 09:00:00", "2026-03-05 09:20:11"))
	in.Case.Loan.Date = ""
	charts := in.dayCharts()
	if len(charts) != 2 || charts[0].Limit != 0 || charts[1].Limit != 3 {
		t.Errorf("got %+v", charts)
	}
	in.Findings = slices.DeleteFunc(slices.Clone(in.Findings), func(f evidence.Finding) bool { return f.Rule == "V04" })
	if c := in.dayCharts(); c[1].Limit != 0 || c[1].Line != "" {
		t.Errorf("a line without a finding: %+v", c[1])
	}
}

func TestHourChart(t *testing.T) {
	day := callsAt(evidence.Yes, "2026-03-07 00:00:00")
	day[0].Time.Precision = evidence.ToDay
	sms := callsAt(evidence.Unknown, "2026-03-05 07:59:59")
	sms[0].Kind = evidence.SMS
	in := chartCase(t, slices.Concat(callsAt(evidence.No, "2026-03-05 21:59:59", "2026-03-05 22:00:00",
		"2026-03-06 08:00:00"), day, sms))
	c := in.hourChart()[0]
	for h, want := range map[int]string{0: "[0 0] true", 7: "[0 1] true", 8: "[1 0] false", 21: "[1 0] false",
		22: "[1 0] true", 23: "[0 0] true"} {
		if got := fmt.Sprint(c.Bars[h].Values, c.Bars[h].Shade); got != want {
			t.Errorf("%d o'clock: %s, want %s", h, got, want)
		}
	}
}

func TestThirdChart(t *testing.T) {
	a := callsAt(evidence.Yes, "2026-03-05 09:00:00", "2026-03-06 09:00:00", "2026-03-07 09:00:00")
	a[0].Reached, a[1].Reached, a[2].Reached = evidence.ReachedWorkplace, evidence.ReachedFamily,
		evidence.ReachedWorkplace
	a[2].Kind = evidence.Message
	in := chartCase(t, a)
	got := fmt.Sprint(in.thirdChart()[0].Bars)
	if want := "[{单位同事 [1 1 0] false} {亲友 [1 0 0] false}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c := chartCase(t, nil).charts(); len(c) > 0 {
		t.Errorf("charts of nothing: %v", c)
	}
}

// A year of calls is parted into charts that can be read, and quiet weeks are
// left out.
func TestLongDayCharts(t *testing.T) {
	var days []string
	for d := range 200 {
		days = append(days, at("2026-01-01 10:00:00").At.AddDate(0, 0, d).Format("2006-01-02")+" 10:00:00")
	}
	days = append(days, "2026-12-01 10:00:00")
	charts := chartCase(t, callsAt(evidence.Yes, days...)).dayCharts()
	total := 0
	for _, c := range charts {
		if len(c.Bars) > daysAChart {
			t.Errorf("%s has %d bars", c.Title, len(c.Bars))
		}
		for _, b := range c.Bars {
			total += b.Values[0]
		}
	}
	if total != 201 || len(charts) != 5 {
		t.Errorf("%d calls in %d charts", total, len(charts))
	}
}

// What an open doubt contradicts is in no chart that depends on it, and each
// chart says how many it left out and why.
func TestChartsLeaveOutWhatIsDoubtful(t *testing.T) {
	all := callsAt(evidence.Yes, "2026-03-05 09:20:11", "2026-03-05 10:20:11", "2026-03-05 23:20:11",
		"2026-03-06 09:00:00", "2026-03-06 10:00:00")
	family := callsAt(evidence.Yes, "2026-03-07 09:00:00", "2026-03-07 10:00:00")
	family[0].Reached, family[1].Reached = evidence.ReachedFamily, evidence.ReachedFamily
	told := callsAt(evidence.Unknown, "2026-03-07 11:00:00")
	told[0].Kind, told[0].Reached, told[0].ToldBy = evidence.Message, evidence.ReachedFamily, "妈妈，当天告诉"
	code := callsAt(evidence.Unknown, "2026-03-05 23:40:00")
	code[0].Kind = evidence.SMS
	in := chartCase(t, slices.Concat(all, family, told, code))
	in.Aside = []string{code[0].ID}
	in.Doubts = []evidence.Doubt{
		{Code: evidence.AbsentFromList, Incident: all[1].ID, About: evidence.AboutLength},
		{Code: evidence.AbsentFromList, Incident: all[2].ID, About: evidence.AboutLength},
		{Code: evidence.ReachedNotSaid, Incident: all[3].ID, About: evidence.AboutPerson},
		{Code: evidence.ToldThemselves, Incident: family[1].ID, About: evidence.AboutPerson},
		{Code: evidence.RowDeleted, About: evidence.AboutRow}, // of no row
	}
	days := in.dayCharts()[0]
	if got, want := fmt.Sprint(days.Bars[0].Values, days.Bars[len(days.Bars)-1].Values), "[1 0] [1 0]"; got != want {
		t.Errorf("days %s, want %s", got, want)
	}
	if want := "另有3次没有计入：另一份通话记录包含那一天，里面没有这一通（2次）；没有写明联系到的是谁（1次）。"; !strings.HasSuffix(days.Method, want) {
		t.Errorf("below the days: %s", days.Method)
	}
	hours := in.hourChart()[0]
	for h, want := range map[int]string{9: "[3 0]", 10: "[2 0]", 11: "[0 0]", 23: "[0 0]"} {
		if got := fmt.Sprint(hours.Bars[h].Values); got != want {
			t.Errorf("%d o'clock: %s, want %s", h, got, want)
		}
	}
	if !strings.Contains(hours.Method, "另有4次没有计入：") || !strings.Contains(hours.Method, "不是催收（1次）") ||
		!strings.Contains(hours.Method, "转告的时间（1次）") {
		t.Errorf("below the hours: %s", hours.Method)
	}
	third := in.thirdChart()[0]
	if got := fmt.Sprint(third.Bars); got != "[{亲友 [1 0 0] false}]" || !strings.Contains(third.Method, "另有2次没有计入") {
		t.Errorf("third persons: %s %s", got, third.Method)
	}
	// without a doubt nothing is left out, and nothing is said of it
	in = chartCase(t, all)
	for _, c := range slices.Concat(in.dayCharts(), in.hourChart()) {
		if strings.Contains(c.Method, "另有") {
			t.Errorf("%s", c.Method)
		}
	}
}

// Each doubt a row can have has its words below a chart.
func TestChartsNameEveryDoubt(t *testing.T) {
	for _, code := range evidence.DoubtCodes() {
		if notCounted[code] == "" && code != evidence.TypedTime && code != evidence.TableBeside {
			t.Errorf("no words for %s", code)
		}
	}
}

// A call of which nobody knows who dialled is in neither chart, and told of below the
// hours.
func TestChartsOfOneSetOfCalls(t *testing.T) {
	calls := callsAt(evidence.Yes, "2026-03-05 10:00:00", "2026-03-05 11:00:00", "2026-03-05 12:00:00")
	calls[2].Direction = evidence.DirectionUnknown
	in := chartCase(t, calls)
	days, hours := in.dayCharts()[0], in.hourChart()[0]
	byDay, byHour := 0, 0
	for _, b := range days.Bars {
		byDay += b.Values[0] + b.Values[1]
	}
	for _, b := range hours.Bars {
		byHour += b.Values[0]
	}
	if byDay != 2 || byHour != 2 {
		t.Errorf("%d by days, %d by hours", byDay, byHour)
	}
	if want := "另有1次没有计入：没有写明是谁打给谁。"; !strings.HasSuffix(hours.Method, want) {
		t.Errorf("%s does not end in %s", hours.Method, want)
	}
}

// One chart alone follows the timeline on its page; several have a page of their own.
func TestOneChartHasNoPageOfItsOwn(t *testing.T) {
	message := callsAt(evidence.Yes, "2026-03-05 09:00:00")
	message[0].Kind, message[0].Reached = evidence.Message, evidence.ReachedWorkplace
	message[0].Time.Precision = evidence.ToDay // no hour to chart
	calls := callsAt(evidence.Yes, "2026-03-05 09:00:00", "2026-03-06 23:00:00")
	for _, acts := range [][]evidence.Incident{message, append(calls, message...)} {
		in := chartCase(t, acts)
		charts := len(in.charts())
		front := paper{Input: in}.front()
		at := slices.IndexFunc(front, func(b document.Block) bool {
			h, ok := b.(document.Heading)
			return ok && h.Text == "图表"
		})
		if at < 1 {
			t.Fatalf("%d charts of %d acts, and no heading", charts, len(acts))
		}
		if _, own := front[at-1].(document.NewPage); own != (charts > 1) || own != (len(acts) > 1) {
			t.Errorf("%d charts, a page of their own: %v", charts, own)
		}
	}
}
