package letter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
	"juzheng/templates/document"
)

// charts show how often, at what hours and whom else the creditor side
// reached. They count what the findings may assert: acts of the matter that an
// exhibit shows and nothing contradicts. Each says how, and what it left out.
func (in Input) charts() []document.Block {
	var out []document.Block
	for _, c := range slices.Concat(in.dayCharts(), in.hourChart(), in.thirdChart()) {
		out = append(out, c)
	}
	return out
}

// counted are the acts of the matter that charts are made of, by time: such as an exhibit
// of the book has. Of an act before the loan no paper tells, and no bar does.
func (in Input) counted() []evidence.Incident {
	book := map[string]bool{}
	for _, x := range in.used() {
		book[x.Number] = true
		if x.Extract != nil {
			book[x.Extract.Of] = true
		}
	}
	var out []evidence.Incident
	for _, i := range in.Incidents {
		if in.Case.Concerns(i) && !i.Time.IsZero() && !in.Case.FromUnknown(i) && !in.Case.BeforeLoan(i) &&
			slices.ContainsFunc(i.Exhibits, func(x string) bool { return book[x] }) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Incident) int {
		return cmp.Or(a.Time.At.Compare(b.Time.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// inBook are those of some acts that the letter and the 时间线 of the book tell of.
func (in Input) inBook(all []evidence.Incident) []evidence.Incident {
	ids := map[string]bool{}
	for _, i := range in.chronicle() {
		ids[i.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(i evidence.Incident) bool { return !ids[i.ID] })
}

// beside says where the counted acts stand that break no rule, and so in no 时间线;
// empty: all do.
func (in Input) beside(counted []evidence.Incident) string {
	rest := without(counted, in.inBook(counted))
	if len(rest) == 0 {
		return ""
	}
	var all []string
	for _, x := range in.used() {
		if slices.ContainsFunc(rest, func(i evidence.Incident) bool {
			return slices.Contains(i.Exhibits, x.Number) || x.Extract != nil && slices.Contains(i.Exhibits, x.Extract.Of)
		}) {
			all = append(all, x.Number)
		}
	}
	list, more := fewer(in.ordered(all))
	return fmt.Sprintf("其中%d次不属于信里所列的情形，没有列在时间线里，见%s%s的文件。", len(rest), labels(list), more)
}

// certain parts acts into those a chart may count, which depends on some of
// their properties, and how many it must not, by the reason.
func (in Input) certain(all []evidence.Incident, needs ...evidence.Property) (sure []evidence.Incident, left tally) {
	doubts := map[string]evidence.Doubt{}
	for _, d := range in.Doubts {
		if _, known := doubts[d.Incident]; !known && d.Touches(needs...) {
			doubts[d.Incident] = d
		}
	}
	left = tally{}
	for _, i := range all {
		d, doubtful := doubts[i.ID]
		switch {
		case i.ToldBy != "":
			left["是别人转告的，时间是转告的时间"]++
		case slices.Contains(in.Aside, i.ID):
			left["是验证码、回执这类消息或者别人的转告，不是催收"]++
		case doubtful && d.Code == evidence.TypedTime:
			left["时间是"+in.self()+"填写的，材料没有显示"]++
		case doubtful:
			left[notCounted[d.Code]]++
		default:
			sure = append(sure, i)
		}
	}
	return sure, left
}

// A tally is how many acts a chart left out, by the reason.
type tally map[string]int

// sentence says what was left out; empty: nothing was.
func (t tally) sentence() string {
	if len(t) == 0 {
		return ""
	}
	n, parts := 0, []string{}
	for _, why := range slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		return cmp.Or(t[b]-t[a], cmp.Compare(a, b))
	}) {
		n += t[why]
		parts = append(parts, why)
		if len(t) > 1 {
			parts[len(parts)-1] += fmt.Sprintf("（%d次）", t[why])
		}
	}
	return fmt.Sprintf("另有%d次没有计入：%s。", n, strings.Join(parts, "；"))
}

// notCounted says of a doubt why a chart leaves the act out.
var notCounted = map[evidence.DoubtCode]string{
	evidence.NameAgainstContainer: "录音的文件名和文件内部记录的时间不一致",
	evidence.TimeInOtherSource:    "另一份记录里是别的时间",
	evidence.AbsentFromList:       "另一份通话记录包含那一天，里面没有这一通",
	evidence.ZeroSeconds:          "记录为接通，时长却是0秒",
	evidence.PictureOfList:        "只有通话列表的截图",
	evidence.MaskedNumber:         "号码被遮盖",
	evidence.ReachedNotSaid:       "没有写明联系到的是谁",
	evidence.WayNotSaid:           "没有写明是谁打给谁",
	evidence.TypedWay:             "是谁打给谁只有本人的陈述",
	evidence.PhoneNotSaid:         "没有写明是谁的手机",
	evidence.ToldThemselves:       "联系到的人与是否透露欠款的填写不一致",
	evidence.CallerNotSaid:        "没有写明号码或者账号是谁的",
	evidence.CallerOther:          "号码或者账号写的不是催收方的",
	evidence.WordsToOther:         "原话像是对别人说的",
	evidence.PhoneAgainstWords:    "手机里有像是对别人说的话，是谁的手机没有弄清",
	evidence.WordsSayDebt:         "原话说出了欠款，填写的却是没有透露",
	evidence.WordsSayNoDebt:       "原话没有说到欠款，填写的却是透露了",
	evidence.WordsToSelf:          "原话像是对投诉人本人说的，填写的却是别人",
	evidence.PhoneAgainstSelf:     "手机里有像是对投诉人本人说的话，是谁的手机没有弄清",
	evidence.ReachableInLog:       "当天接听过催收来电，填写的却是联系不上",
	evidence.OtherLender:          "原话说的是另一家放款机构",
	evidence.LenderNotSaid:        "没有写明替哪一家催收",
	evidence.ServiceCall:          "客服号码打来，没有写明是不是催收",
	evidence.RowDiffers:           "时间线的填写与材料不一致",
	evidence.CellSpoilt:           "时间线的填写已经损坏",
	evidence.RowDeleted:           "时间线里没有这一行",
	evidence.SourceUnread:         "材料现在读不出",
	evidence.NotInFile:            "所写的证据里没有这一条",
	evidence.NotOnPicture:         "填写的原话与图上读出的不一致",
	evidence.ClockOff:             "手机时钟量出有误差，没有经过确认",
	evidence.ClockBetween:         "手机时钟有一段时间有误差，这一次在不在其中说不准",
	evidence.ZoneBeside:           "手机那些天可能在别的时区，时间只有文件名里的",
	evidence.RecordedNotAnswered:  "有这一通的录音，通话记录里却没有接通",
	evidence.WayInOtherSource:     "另一份记录里，打出打入正相反",
	evidence.TakenOtherwise:       "所写的证据是别的时候拍的",
	evidence.CallsAtOnce:          "两份记录里，同一秒接了两通电话",
	evidence.LogsOppose:           "一份记录里接通，另一份里没有接通",
	evidence.SameCall:             "与另一行是同一通电话或同一条消息，两行的填写不一致",
}

// daysAChart is how many days one chart has room for; quietDays without a
// call end one.
const (
	daysAChart = 62
	quietDays  = 21
)

// dayCharts count calls to the borrower by Beijing day, connected and not. A
// contact's letter has no such chart: the limit is for calls to the debtor.
func (in Input) dayCharts() []document.Chart {
	if in.contact() {
		return nil
	}
	const connected, tried = 0, 1
	days := map[string]*[2]int{}
	var keys []string
	all := slices.DeleteFunc(in.counted(), func(i evidence.Incident) bool {
		return i.Kind != evidence.Call || i.Direction != evidence.In || i.Reached.Third() ||
			i.Answered == evidence.Unknown // whether it was is not known, so neither is counted
	})
	calls, left := in.certain(all, evidence.AboutTime, evidence.AboutLength, evidence.AboutNumber, evidence.AboutPerson)
	for _, i := range calls {
		at := connected
		if i.Answered == evidence.No {
			at = tried
		}
		key := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
		if days[key] == nil {
			days[key] = &[2]int{}
			keys = append(keys, key)
		}
		days[key][at]++
	}
	own := slices.ContainsFunc(calls, in.ofInstitution)
	limit, line, from := in.limitLine()
	var out []document.Chart
	for _, part := range spans(keys) {
		c := document.Chart{Title: "每天的催收来电", Series: []string{"接通", "未接通"},
			Method: "计算方法：按北京时间的自然日，只计打给本人、有材料记录的来电，只计本人指认为催收方的号码；同一次通话在几份材料中出现只计一次；材料没有写明是否接通的不计。"}
		if own { // of whom not every call collects
			c.Title = "每天的来电（催收方和放款机构、平台）"
			c.Method = strings.Replace(c.Method, "催收方的号码", "催收方和放款机构、平台的号码", 1)
		}
		for _, day := range part {
			b := document.Bar{Label: shortDay(day, len(c.Bars) == 0), Values: []int{0, 0}}
			if n := days[day]; n != nil {
				b.Values = n[:]
			}
			c.Bars = append(c.Bars, b)
		}
		if limit > 0 && part[0] >= from {
			c.Limit, c.Line = limit, line
		}
		c.Title += fmt.Sprintf("（%s）", days2(part))
		out = append(out, c)
	}
	if len(out) > 0 { // said once, below the last: what was left out can be of a day that no chart has
		out[len(out)-1].Method += in.beside(calls) + left.sentence()
	}
	return out
}

// ofInstitution reports a call of a number that is the lender's or the platform's own,
// as the person said, or by what the case or a phone calls it.
func (in Input) ofInstitution(i evidence.Incident) bool {
	if s := in.Case.SaidOf(i); s == evidence.PlatformSide || s == evidence.LenderSide {
		return true
	}
	name := i.Name
	for _, n := range in.Case.Numbers {
		if n.Number != "" && evidence.NormalNumber(n.Number) == evidence.NormalNumber(i.Number) {
			name += " " + n.Name
		}
	}
	return phrase.NamesInstitution(in.Case, name)
}

// spans parts days with calls into runs of days, those without one between
// them included, each short enough for one chart.
func spans(days []string) [][]string {
	var out [][]string
	for n, d := range days {
		at, err := time.Parse(time.DateOnly, d)
		if err != nil {
			continue
		}
		if n == 0 {
			out = append(out, []string{d})
			continue
		}
		last, _ := time.Parse(time.DateOnly, days[n-1])
		gap := int(at.Sub(last).Hours() / 24)
		now := &out[len(out)-1]
		if gap > quietDays || len(*now)+gap > daysAChart {
			out = append(out, []string{d})
			continue
		}
		for k := 1; k <= gap; k++ {
			*now = append(*now, last.AddDate(0, 0, k).Format(time.DateOnly))
		}
	}
	return out
}

func days2(part []string) string {
	first, last := isoDay(part[0]), isoDay(part[len(part)-1])
	if first == last {
		return first
	}
	return first + "至" + last
}

// shortDay is 9-8 of 2026-09-08, with its year where one begins.
func shortDay(day string, first bool) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	if first || t.YearDay() == 1 {
		return fmt.Sprintf("%d.%d.%d", t.Year(), int(t.Month()), t.Day())
	}
	return fmt.Sprintf("%d.%d", int(t.Month()), t.Day())
}

// limitLine is the number of connected calls a day which a cited rule sets,
// whose number it is, and since when. Without such a finding there is none.
func (in Input) limitLine() (limit int, line, from string) {
	for _, f := range append(in.asserted(), in.stated()...) {
		for _, k := range f.Counts {
			if f.Rule != tooMany || k.Limit == 0 || !strings.HasPrefix(k.What.ZH, "接通") {
				continue
			}
			var names []string
			for _, c := range f.Citations {
				if !strings.Contains(c.Substance.ZH, "三次") { // cited beside it, and sets no number
					continue
				}
				name := "《" + c.Name + "》"
				if c.Document != "" {
					name = c.Document
				}
				names, from = append(names, name), max(from, c.From)
			}
			if len(names) == 0 {
				return 0, "", ""
			}
			return k.Limit, fmt.Sprintf("每日接通%d次（%s）", k.Limit, strings.Join(names, "、")), from
		}
	}
	return 0, "", ""
}

// hourChart counts contacts by the hour of day, the night shaded.
func (in Input) hourChart() []document.Chart {
	c := document.Chart{Title: "联系的钟点", Series: []string{"来电", "短信和消息"}, Shade: "22:00至次日8:00",
		Method: "计算方法：以北京时间的起始时刻计，未接通的来电也计入；只有日期、没有钟点的，以及只有截图时间的不计。从手机读出的时间以手机时钟为准。"}
	for h := range 24 {
		c.Bars = append(c.Bars, document.Bar{Label: fmt.Sprint(h), Values: []int{0, 0}, Shade: evidence.NightHour(h)})
	}
	all := slices.DeleteFunc(in.counted(), func(i evidence.Incident) bool {
		return i.Direction == evidence.Out || i.Time.Precision == evidence.ToDay ||
			i.Kind != evidence.Call && i.Kind != evidence.SMS && i.Kind != evidence.Message ||
			evidence.PictureTime(i, in.Exhibits)
	})
	// What one list has and a better one lacks may never have been, and a call of which
	// nobody knows who dialled is at no hour; whom it reached does not matter here.
	var calls, written []evidence.Incident
	for _, i := range all {
		if i.Kind == evidence.Call {
			calls = append(calls, i)
		} else {
			written = append(written, i)
		}
	}
	sure, left := in.certain(calls, evidence.AboutTime, evidence.AboutLength, evidence.AboutDirection)
	sure = slices.DeleteFunc(sure, func(i evidence.Incident) bool {
		unsaid := i.Direction != evidence.In
		if unsaid {
			left[notCounted[evidence.WayNotSaid]]++
		}
		return unsaid
	})
	more, without := in.certain(written, evidence.AboutTime, evidence.AboutLength)
	sure = append(sure, more...)
	for why, n := range without {
		left[why] += n
	}
	for _, i := range sure {
		series := 1
		if i.Kind == evidence.Call {
			series = 0
		}
		c.Bars[i.Time.At.In(evidence.Beijing).Hour()].Values[series]++
	}
	if len(sure) == 0 {
		return nil
	}
	c.Method += in.beside(sure) + left.sentence()
	return []document.Chart{c}
}

// thirdChart counts how often whom else the creditor side reached.
func (in Input) thirdChart() []document.Chart {
	c := document.Chart{Title: "联系到的其他人", Series: []string{"来电", "短信和消息", "其他方式"},
		Method: "计算方法：只计有材料记录的；联系到的是谁，由" + in.self() + "逐次注明。"}
	at := map[string]int{}
	all := slices.DeleteFunc(in.inBook(in.counted()), func(i evidence.Incident) bool {
		return !i.Reached.Third() || i.Direction == evidence.Out
	})
	sure, left := in.certain(all, evidence.AboutPerson, evidence.AboutLength)
	for _, i := range sure {
		who := reachedWord(i.Reached)
		n, known := at[who]
		if !known {
			n = len(c.Bars)
			at[who] = n
			c.Bars = append(c.Bars, document.Bar{Label: who, Values: []int{0, 0, 0}})
		}
		series := 2
		switch i.Kind {
		case evidence.Call:
			series = 0
		case evidence.SMS, evidence.Message:
			series = 1
		}
		c.Bars[n].Values[series]++
	}
	if len(c.Bars) == 0 || in.contact() {
		return nil
	}
	c.Method += left.sentence()
	return []document.Chart{c}
}
