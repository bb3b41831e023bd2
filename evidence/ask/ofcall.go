package ask

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/lazyregexp"
)

// How much longer or shorter than a call its recording may be, in seconds: it begins late,
// and a log rounds.
const (
	recordedLess = 10
	recordedMore = 2
)

// dayInName is a month and a day that stand in a name by themselves: 通话录音_0912.
var dayInName = lazyregexp.New(`(?:^|\D)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)`)

// ofCalls asks of a recording whose name has a number and no time whether it is of the one
// call of the collector's side that it can be of: of that number, as long, not recorded
// otherwise, and of the day that the name may have.
func (l *lister) ofCalls() {
	for _, x := range l.Unplaced {
		answered := slices.ContainsFunc(l.Given, func(g Given) bool {
			return g.Kind == Same && g.Value != Skip && slices.Contains(g.Subject, x.Number)
		})
		if x.Kind != evidence.Recording || x.Captured.Time != "" || x.Media.Seconds < 1 || x.Media.Number == "" || answered {
			continue
		}
		if i, ok := l.callOf(x); ok {
			l.proposed[x.Number], l.joining[x.Number] = true, true
			l.askOfCall(x, i)
		}
	}
}

// callOf is the one call that a recording can be of.
func (l *lister) callOf(x evidence.Exhibit) (call evidence.Incident, ok bool) {
	var day []string
	if m := dayInName.FindAllStringSubmatch(x.Name(), -1); len(m) == 1 {
		day = m[0]
	}
	found := 0
	for _, i := range l.Incidents {
		more := float64(i.Seconds) - x.Media.Seconds
		if i.Kind != evidence.Call || !i.Made() || i.Answered == evidence.No || i.Time.IsZero() || i.Use == evidence.No ||
			i.Number == "" || !l.Case.Concerns(i) || !device.Compatible(i.Number, x.Media.Number) ||
			more > recordedLess || more < -recordedMore || l.recorded(i) ||
			day != nil && i.Time.At.In(evidence.Beijing).Format("0102") != day[1]+day[2] {
			continue
		}
		call, found = i, found+1
	}
	return call, found == 1
}

func (l *lister) askOfCall(x evidence.Exhibit, i evidence.Incident) {
	seconds := int(math.Round(x.Media.Seconds))
	l.add(Question{Kind: Same, About: About{Incidents: []string{i.ID}, Exhibits: []string{x.Number},
		Numbers: []string{i.Number}, File: x.Number},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s（%s，%d秒）录的是不是 %s 号码 %s 的这一通电话（%d秒）？请先听一听", x.Number, short(x.Name()), seconds,
				whenZH(i), i.Number, i.Seconds),
			EN: fmt.Sprintf("Is %s (%s, %d s) the recording of the call with %s on %s (%d s)? Please listen first", x.Number,
				short(x.Name()), seconds, i.Number, whenEN(i), i.Seconds)},
		Why: evidence.Text{ZH: "文件名里有号码、没有时间；通话记录里号码相同、长短合得上的只有这一通",
			EN: "its name has a number and no time, and of that number this is the only call that is as long"},
		Effect: evidence.Text{ZH: "是的，它作这一通电话的证据，接着问录音里说了什么；不是的，另外问它是什么",
			EN: "if so, it is an exhibit of that call and you are asked what it holds; if not, you are asked what it is"},
		Choices: yesNo("是这一通", "yes, that call", "不是，或者听不出来", "no, or I cannot tell")},
		func(value string) ([]Edit, error) {
			if value == no {
				return nil, nil
			}
			exhibits := append(slices.Clone(i.Exhibits), x.Number)
			return []Edit{{Row: i.ID, Column: "exhibits", Value: strings.Join(exhibits, " ")}}, nil
		})
}
