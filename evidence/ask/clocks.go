package ask

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// clocks asks whether a phone's clock and zone were as measured, of the phones
// that acts of the matter came to.
func (l *lister) clocks() {
	for _, d := range l.Devices {
		if !l.shows(d) {
			continue
		}
		if c := d.Clock; c.Ahead != 0 && !c.Said {
			l.askClock(d, c)
		}
		switch z := d.Zone; {
		case z.Said:
		case z.Behind() != 0:
			l.askZone(d, z)
		case z.Pairs == 0 && d.Owner.Third() && l.exportedAtNight(d):
			l.askZoneless(d)
		}
	}
}

// shows reports whether a device shows an act of the matter.
func (l *lister) shows(d device.Device) bool {
	for _, i := range l.Incidents {
		for _, x := range i.Exhibits {
			if slices.Contains(d.Exhibits, x) && l.Case.Concerns(i) {
				return true
			}
		}
	}
	return false
}

// noted notes something with every exhibit of a device.
func noted(d device.Device, code, value, detail string) []Edit {
	var out []Edit
	for _, x := range d.Exhibits {
		out = append(out, Edit{Exhibit: x, Note: code, Value: value, Detail: detail})
	}
	return out
}

func (l *lister) askClock(d device.Device, c device.Clock) {
	minutes := int(math.Round(c.Ahead.Abs().Minutes()))
	way := evidence.Text{ZH: "快", EN: "fast"}
	if c.Ahead < 0 {
		way = evidence.Text{ZH: "慢", EN: "slow"}
	}
	when, effect := clockTimes(c)
	q := Question{Kind: Clock, About: About{Exhibits: d.Exhibits, Path: d.Name, Device: d.Name},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s的时钟，%s是不是%s了 %d 分钟？", d.Label().ZH, when.ZH, way.ZH, minutes),
			EN: fmt.Sprintf("Was the clock of %s %d minutes %s %s?", d.Label().EN, minutes, way.EN, when.EN)},
		Why: evidence.Text{
			ZH: fmt.Sprintf("有 %d 通电话，它记的时间和%s差得都一样多；差了，夜里的电话和一天几次就会算错", c.Pairs, against(c.Against).ZH),
			EN: fmt.Sprintf("%d calls differ from %s by the same; if it was, calls at night and numbers of a day "+
				"come out "+
				"wrong", c.Pairs, against(c.Against).EN)},
		Effect:  effect,
		Choices: yesNo("是，"+way.ZH+"了这么多", "yes", "不是，它是准的", "no, it was right")}
	l.add(q, func(value string) ([]Edit, error) {
		if value == no {
			return noted(d, evidence.NoteClock, "0", "时钟是准的"), nil
		}
		seconds := strconv.Itoa(int(c.Ahead.Seconds()))
		return noted(d, evidence.NoteClock, seconds, fmt.Sprintf("时钟%s了约%d分钟", way.ZH, minutes)), nil
	})
}

// clockTimes say when a clock was off, and which of its times an answer changes.
func clockTimes(c device.Clock) (when, effect evidence.Text) {
	all := c.Stretches()
	if len(all) == 0 {
		return evidence.Text{ZH: "那时", EN: "at the time"},
			evidence.Text{ZH: "是的，它的时间都按这个改正，信里两个时间都写；不是的，不改",
				EN: "if so, its times are corrected, and letters give both; if not, they stay"}
	}
	var daysZH, daysEN, timesZH, timesEN []string
	for _, s := range all {
		from, to := s.From.In(evidence.Beijing), s.To.In(evidence.Beijing)
		daysZH = append(daysZH, from.Format(time.DateOnly)+" 到 "+to.Format(time.DateOnly))
		daysEN = append(daysEN, "from "+from.Format(time.DateOnly)+" to "+to.Format(time.DateOnly))
		const minute = "2006-01-02 15:04"
		zh, en := from.Format(minute)+" 到 "+to.Format(minute)+" 的", "its times from "+from.Format(minute)+" to "+
			to.Format(minute)
		if s.Before.IsZero() {
			zh, en = zh+"和以前的", en+", and before,"
		}
		if s.After.IsZero() {
			zh, en = zh+"和以后的", en+", and after,"
		}
		timesZH, timesEN = append(timesZH, zh), append(timesEN, en)
	}
	whose := against(c.Against)
	return evidence.Text{ZH: strings.Join(daysZH, "、") + " ", EN: strings.Join(daysEN, " and ")},
		evidence.Text{
			ZH: fmt.Sprintf("是的，它的时间里 %s按这个改正，信里两个时间都写；和%s对得上的日子不改；在对得上的和差了的两通之间的，说不准，"+
				"夜里和次数不按它写；不是的，都不改", strings.Join(timesZH, "、"), whose.ZH),
			EN: fmt.Sprintf("if so, %s are corrected, and letters give both; days on which it agrees with %s stay; "+
				"between a call that agrees and one that does not nobody knows, and neither nights nor numbers are "+
				"told by it; if not, all stay", strings.Join(timesEN, " and "), whose.EN)}
}

// exportedAtNight reports a call of the collecting side in the list that a
// computer exported from a phone, at night by that computer's clock.
func (l *lister) exportedAtNight(d device.Device) bool {
	return slices.ContainsFunc(l.Incidents, func(i evidence.Incident) bool {
		return i.Time.Source == device.Exported && l.Case.Concerns(i) && i.Time.AtNight() &&
			slices.ContainsFunc(i.Exhibits, func(x string) bool { return slices.Contains(d.Exhibits, x) })
	})
}

func (l *lister) askZoneless(d device.Device) {
	l.add(Question{Kind: Zone, About: About{Exhibits: d.Exhibits, Path: d.Name, Device: d.Name},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s的记录是在电脑上导出的，没有写时区。那台电脑当时是不是别的时区的时间，不是北京时间？", d.Label().ZH),
			EN: fmt.Sprintf("The list of %s was exported by a computer and names no zone. Was that computer in "+
				"another "+
				"zone than Beijing's?", d.Label().EN)},
		Why: evidence.Text{ZH: "里面有夜里的来电；时区错了，时间就错了",
			EN: "some of its calls are at night, and in another zone they are not"},
		Effect: evidence.Text{ZH: "是北京时间的，几点几分都可以写；不是的、不知道的，只写哪一天",
			EN: "if it was Beijing time, hours can be given; if not, or nobody knows, only the day is"},
		Choices: yesNo("是别的时区", "yes, another zone", "不是，就是北京时间", "no, it was Beijing time")},
		func(value string) ([]Edit, error) {
			if value == yes {
				return nil, nil
			}
			return noted(d, evidence.NoteZone, device.FormatZone(8*time.Hour), "时间是北京时间"), nil
		})
}

func (l *lister) askZone(d device.Device, z device.Zone) {
	hours := strconv.FormatFloat(z.Behind().Abs().Hours(), 'g', 3, 64)
	way := evidence.Text{ZH: "早", EN: "ahead of"}
	if z.Behind() < 0 {
		way = evidence.Text{ZH: "晚", EN: "behind"}
	}
	q := Question{Kind: Zone, About: About{Exhibits: d.Exhibits, Path: d.Name, Device: d.Name},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s记的时间，是不是别的时区的，比北京时间%s %s 小时？", d.Label().ZH, way.ZH, hours),
			EN: fmt.Sprintf("Are the times of %s those of another zone, %s hours %s Beijing?", d.Label().EN, hours,
				way.EN)},
		Why: evidence.Text{
			ZH: fmt.Sprintf("有 %d 处，它的时间和%s差整整这么多", z.Pairs, against(z.Against).ZH),
			EN: fmt.Sprintf("in %d places its times differ from %s by exactly that", z.Pairs, against(z.Against).EN)},
		Effect: evidence.Text{ZH: "是的，都换成北京时间，信里两个时间都写；不是的，不换",
			EN: "if so, they are turned into Beijing time, and letters give both; if not, they stay"},
		Choices: yesNo("是", "yes", "不是，就是北京时间", "no, they are Beijing time")}
	l.add(q, func(value string) ([]Edit, error) {
		if value == no {
			return noted(d, evidence.NoteZone, device.FormatZone(8*time.Hour), "时间是北京时间"), nil
		}
		return noted(d, evidence.NoteZone, device.FormatZone(z.Offset), "时区是"+device.FormatZone(z.Offset)), nil
	})
}

// against names the better clock.
func against(source string) evidence.Text {
	switch source {
	case device.Carrier:
		return evidence.Text{ZH: "运营商详单", EN: "the carrier's list"}
	case "container":
		return evidence.Text{ZH: "文件内部的时间", EN: "the time inside the files"}
	case "exif":
		return evidence.Text{ZH: "照片里的时区", EN: "the zone in the photos"}
	case "sms-sent":
		return evidence.Text{ZH: "短信中心的时间", EN: "the message centre"}
	}
	return evidence.Text{ZH: "另一份记录", EN: "another record"}
}
