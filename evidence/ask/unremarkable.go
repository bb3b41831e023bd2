package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Numbers that do nothing of which one could tell a collector, and may be one's all the
// same.

// besideTheirs reports a number without a name that called the person within minutes
// of an act of the collector's, in a call that was answered and recorded: collectors
// call and write in one go, from several numbers.
func (l *lister) besideTheirs(c *caller) bool {
	if c.account != "" || c.name != "" || c.others || evidence.IsService(c.number) {
		return false
	}
	return slices.ContainsFunc(c.rows, func(i evidence.Incident) bool {
		return l.recorded(i) && i.Kind == evidence.Call && i.Direction == evidence.In && i.Answered == evidence.Yes &&
			!i.Time.IsZero() && slices.ContainsFunc(l.Incidents, func(o evidence.Incident) bool {
			return l.Case.SideOfWriter(o) == evidence.CollectorSide && o.Direction == evidence.In &&
				o.Time.At.Sub(i.Time.At).Abs() < 10*time.Minute
		})
	})
}

// onAnothersPhone reports a number without a name that called the phone of somebody
// else, near the days of the matter, and does nothing that a collector's would: a
// collector need call a mother but once.
func (l *lister) onAnothersPhone(c *caller) bool {
	if c.account != "" || c.name != "" || !c.others || evidence.IsService(c.number) {
		return false
	}
	return slices.ContainsFunc(c.rows, func(i evidence.Incident) bool {
		who, _, _ := l.owner(i)
		return i.Kind == evidence.Call && i.Direction == evidence.In && who.Third() &&
			slices.ContainsFunc(l.Incidents, func(o evidence.Incident) bool {
				return l.Case.SideOfWriter(o) == evidence.CollectorSide && o.Time.At.Sub(i.Time.At).Abs() < 24*time.Hour
			})
	})
}

// askFew asks in one question which of such numbers are a collector's. Who does not
// know is not asked one by one: most are of the life of whoever has the phone.
func (l *lister) askFew(all []*caller) {
	var zh, en, numbers []string
	var rows []evidence.Incident
	for n, c := range all {
		zh, en = append(zh, fmt.Sprintf("%d %s", n+1, c.label().ZH)),
			append(en, fmt.Sprintf("%d %s", n+1, c.label().EN))
		numbers, rows = append(numbers, c.number), append(rows, c.rows...)
	}
	who := l.whom(rows[0])
	text := evidence.Text{
		ZH: fmt.Sprintf("“%s”等别人的手机上，催收来电的前后还有 %d 个没有名字的号码打进来过：%s。都是谁的？只有其中几个是催收的，写那几个的序号；不清楚的请问一问，问不到选“不知道”",
			who, len(all), strings.Join(zh, "、")),
		EN: fmt.Sprintf(
			"%d numbers without a name called “%s” and others about the days of the collector's calls: %s. "+
				"Whose are they? If some alone are a collector's, give their places; if nobody knows, choose “unknown”",
			len(all), who, strings.Join(en, ", "))}
	if len(all) == 1 {
		text = evidence.Text{
			ZH: fmt.Sprintf("催收来电的前后，没有名字的号码 %s 打到了“%s”。是谁的？不清楚的请问一问，问不到选“不知道”", all[0].label().ZH, who),
			EN: fmt.Sprintf("About the days of the collector's calls %s, which has no name, called “%s”. Whose is "+
				"it? If "+
				"nobody knows, choose “unknown”", all[0].label().EN, who)}
	}
	l.askSome(all, Question{About: About{Incidents: idsOf(rows), Numbers: numbers}, Text: text,
		Why: evidence.Text{ZH: "催收常常换一个号码，只打给家人一次", EN: "collectors often call family once, from another number"},
		Effect: evidence.Text{ZH: "是催收的，这几次算打给别人；不是的、不知道的，都不写",
			EN: "those of a collector count as contact with others; the rest stays out"}})
}

// fewestTogether is from how many numbers on they are asked about in one question: two are
// named as quickly one by one.
const fewestTogether = 3

// loudAlone reports a number of which nothing is known but that it called at night, or often
// on one day: so do collectors, and so do passengers of a driver, and customers of a shop.
func (l *lister) loudAlone(c *caller) bool {
	return c.account == "" && c.offer == nil && c.inLoan == nil && c.claimed+c.demands == 0 && c.gives == "" &&
		c.brand == "" && !c.worded && !c.others && !slices.ContainsFunc(c.rows, func(i evidence.Incident) bool {
		return i.Kind != evidence.Call || l.recorded(i)
	})
}

// askLoud asks in one question which of such numbers are a collector's.
func (l *lister) askLoud(all []*caller) {
	var rows []evidence.Incident
	var zh, en, numbers []string
	for n, c := range all {
		label := c.label()
		zh = append(zh, fmt.Sprintf("%d %s，%s", n+1, label.ZH, strings.TrimPrefix(c.why().ZH, "它")))
		en = append(en, fmt.Sprintf("%d %s, %s", n+1, label.EN, strings.TrimPrefix(c.why().EN, "it ")))
		numbers, rows = append(numbers, c.number), append(rows, c.rows...)
	}
	l.askSome(all, Question{About: About{Incidents: idsOf(rows), Numbers: numbers},
		Text: evidence.Text{
			ZH: fmt.Sprintf("这 %d 个号码只打过电话，没有短信，也没有录音：%s。都是谁的？只有其中几个是催收的，写那几个的序号；不清楚的选“不知道”",
				len(all), strings.Join(zh, "；")),
			EN: fmt.Sprintf("These %d numbers called and did nothing else; there is no message and no recording: %s. "+
				"Whose are they? If some alone are a collector's, give their places; if you do not know, choose “unknown”",
				len(all), strings.Join(en, "; "))},
		Why: evidence.Text{ZH: "夜里打来、一天打来许多次，催收会这样，乘客、顾客、快递也会",
			EN: "collectors call at night and many times a day, and so do passengers, customers and couriers"},
		Effect: evidence.Text{ZH: "是催收的，它的来电才算进次数和时间；不是的、不知道的，都不写",
			EN: "calls of those of a collector count; the rest stays out"}})
}

// askSome asks of some numbers together which are a collector's.
func (l *lister) askSome(all []*caller, q Question) {
	q.Kind, q.Parts, q.Choices = Caller, len(all), callerChoices
	l.add(q, func(value string) ([]Edit, error) {
		if !strings.HasPrefix(value, somePrefix) {
			return l.callerEdits(all, value), nil
		}
		var out []Edit
		for n, c := range all {
			side := "other"
			if isYes(value, n+1, len(all)) {
				side = "collector"
			}
			out = append(out, l.callerEdits([]*caller{c}, side)...)
		}
		return out, nil
	})
}

// landline is a number of one, with its area code.
var landline = lazyregexp.New(`^0[1-9]\d{8,10}$`)

// landlineOfTheirs reports a landline without a name that called the person in the days of
// the matter, where it matters whose it is: agencies call from such numbers, each a few
// times. A call that was recorded can hold words, and one that was answered can be the one
// too many of a day.
func (l *lister) landlineOfTheirs(c *caller) bool {
	if c.name != "" || c.others || !landline.MatchString(c.number) {
		return false
	}
	return slices.ContainsFunc(c.rows, func(i evidence.Incident) bool {
		return i.Kind == evidence.Call && i.Direction == evidence.In && i.Answered == evidence.Yes &&
			!i.Time.IsZero() && (l.recorded(i) && l.inTheirDays(i) || l.oneTooMany(i))
	})
}

// recorded reports a row of which there is a recording.
func (l *lister) recorded(i evidence.Incident) bool {
	return slices.ContainsFunc(l.Exhibits, func(x evidence.Exhibit) bool {
		return x.Kind == evidence.Recording && slices.Contains(i.Exhibits, x.Number)
	})
}

// inTheirDays reports an act that came no earlier than the day before the collector's
// first, and no later than the day after its last.
func (l *lister) inTheirDays(i evidence.Incident) bool {
	before, after := false, false
	for _, o := range l.Incidents {
		if o.Time.IsZero() || o.Direction == evidence.Out || l.Case.SideOfWriter(o) != evidence.CollectorSide {
			continue
		}
		before = before || o.Time.At.Before(i.Time.At.Add(24*time.Hour))
		after = after || o.Time.At.After(i.Time.At.Add(-24*time.Hour))
	}
	return before && after
}

// oneTooMany reports a call of a day on which those answered of the collector and of
// landlines without a name are more than a day may have.
func (l *lister) oneTooMany(i evidence.Incident) bool {
	n, theirs := 0, 0
	for _, o := range l.Incidents {
		if o.Kind != evidence.Call || o.Direction != evidence.In || o.Answered != evidence.Yes ||
			o.Use == evidence.No || o.Reached.Third() || dayOf(o) != dayOf(i) {
			continue
		}
		switch side := l.Case.SideOfWriter(o); {
		case side == evidence.CollectorSide:
			n, theirs = n+1, theirs+1
		case side == "" && o.Name == "" && landline.MatchString(o.Number):
			n++
		}
	}
	return theirs > 0 && n > evidence.ConnectedLimit
}

// askLines asks in one question which landlines are a collector's.
func (l *lister) askLines(all []*caller) {
	var rows []evidence.Incident
	var zh, en, numbers []string
	for n, c := range all {
		zh = append(zh, fmt.Sprintf("%d %s（%s，来过%d次）", n+1, c.number, daysOf(c.rows), len(c.rows)))
		en = append(en, fmt.Sprintf("%d %s (%s, %d times)", n+1, c.number, daysEN(c.rows), len(c.rows)))
		numbers, rows = append(numbers, c.number), append(rows, c.rows...)
	}
	q := Question{About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows), Numbers: numbers},
		Text: evidence.Text{
			ZH: fmt.Sprintf("催收找您的那段日子里，还有 %d 个没有名字的座机打来，您接了：%s。都是谁的？只有其中几个是催收的，写那几个的序号；不清楚的选“不知道”",
				len(all), strings.Join(zh, "、")),
			EN: fmt.Sprintf("In the days of the collector's calls you answered %d landlines without a name: %s. "+
				"Whose are they? If some alone are a collector's, give their places; if you do not know, choose “unknown”",
				len(all), strings.Join(en, ", "))},
		Why: evidence.Text{ZH: "催收公司常用座机打，一个号码打不了几次", EN: "agencies often call from landlines, a few times from each"},
		Effect: evidence.Text{ZH: "是催收的，这几次算进当天的次数，录音里的话也算；不是的、不知道的，都不写",
			EN: "those of a collector count among the calls of the day, and so do words recorded; the rest stays out"}}
	if len(all) == 1 {
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("催收找您的那段日子里，没有名字的座机 %s 打来，您接了（%s）。是谁的？不清楚的选“不知道”", all[0].number,
				daysOf(rows)),
			EN: fmt.Sprintf("In the days of the collector's calls you answered the landline %s, which has no name "+
				"(%s). Whose is it? If you do not know, choose “unknown”", all[0].number, daysEN(rows))}
	}
	l.askSome(all, q)
}
