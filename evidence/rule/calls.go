package rule

import (
	"slices"
	"time"

	"juzheng/evidence"
)

// triesLimit is, as [evidence.ConnectedLimit], of GB/T 45251—2025 and of the bank
// association's guide.
const triesLimit = 6

// clockDoubt is how far, in seconds, a phone's clock is not relied on.
const clockDoubt = 5 * 60

// callsADay is V04: connected calls a Beijing day to the borrower, and
// unanswered tries a day to one of the borrower's numbers. Calls of one case
// are of one creditor side, so two lenders are never added together. The numbers
// are for calls to the debtor.
func (a *applier) callsADay() {
	if a.kase.Complainant.Kind == evidence.Heir { // the numbers are for calls to the debtor
		return
	}
	connected, tries := map[tally][]evidence.Incident{}, map[tally][]evidence.Incident{}
	for _, i := range a.own {
		if i.Kind != evidence.Call || i.Direction != evidence.In || i.ToldBy != "" || i.Reached.Third() ||
			i.Time.IsZero() || a.unread(i) {
			continue
		}
		if asserts(i, "V10") && a.kase.SideOfWriter(i) != evidence.CollectorSide {
			continue // a bombing by numbers that nobody knows
		}
		day := beijingDay(i)
		switch i.Answered {
		case evidence.Yes:
			connected[tally{day, ""}] = append(connected[tally{day, ""}], i)
		case evidence.No:
			tries[tally{day, i.SIM}] = append(tries[tally{day, i.SIM}], i)
		}
	}
	a.count("calls", connected, evidence.ConnectedLimit,
		evidence.Text{ZH: "接通的催收来电", EN: "connected collector calls"},
		evidence.Text{
			ZH: "按北京时间的自然日，只计催收方打给本人、已接通的来电，同一次通话只计一次",
			EN: "by calendar day, Beijing time; only connected calls received by the borrower from numbers named as " +
				"the collector's; one call in several exhibits counts once; outgoing and unanswered calls do not " +
				"count"})
	a.count("tries", tries, triesLimit,
		evidence.Text{ZH: "未接通的催收来电", EN: "unanswered collector calls"},
		evidence.Text{
			ZH: "按北京时间的自然日，只计打到本人手机、未接通的来电；材料写明本机号码或卡的，每个分开计；只计本人指认为催收方的号码",
			EN: "by calendar day, Beijing time; only unanswered calls to the borrower's phone from numbers named as " +
				"the collector's; each SIM card the material names is counted apart"})
}

// A tally is what calls are counted by: the day and, for tries, the number
// of the borrower that was called, as far as the material names it.
type tally struct{ day, sim string }

func (t tally) less(u tally) bool { return t.day < u.day || t.day == u.day && t.sim < u.sim }

func beijingDay(i evidence.Incident) string {
	return i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
}

// differs is how far a time's clock was measured to be from another one's,
// and zero where a person settled it: by writing the time with its zone, or by
// choosing, of rows whose clock records a zone, the one to use.
func (a *applier) differs(i evidence.Incident) time.Duration {
	if !i.Time.Device && i.Use == evidence.Yes {
		return 0
	}
	return a.clocks[i.ID].Abs()
}

// doubt is by how many seconds a time may be wrong.
func (a *applier) doubt(i evidence.Incident) int {
	doubt := 0
	if i.Time.Device || i.Time.Precision == evidence.ToMinute {
		doubt = clockDoubt
	}
	if d := a.differs(i); d > 0 {
		doubt = max(doubt, int(d.Seconds())+60)
	}
	return doubt
}

// nearMidnight reports that the clock leaves open on which day a call was.
func (a *applier) nearMidnight(i evidence.Incident) bool {
	doubt := a.doubt(i)
	if i.Time.Precision == evidence.ToMinute && !i.Time.Device && a.differs(i) == 0 {
		doubt = 0 // the minute is right, and of one day
	}
	return i.Time.Precision != evidence.ToDay && doubt > 0 && near(secondOf(i.Time), 0, doubt)
}

// night decides whether an act was in [22:00, 08:00).
func (a *applier) night(i evidence.Incident) evidence.Answer { return night(i.Time, a.doubt(i)) }

func secondOf(t evidence.Time) int {
	at := t.At.In(evidence.Beijing)
	return at.Hour()*3600 + at.Minute()*60 + at.Second()
}

// near reports whether a second of the day is within doubt of an edge, on
// either side of midnight.
func near(second, edge, doubt int) bool {
	const day, half = 24 * 3600, 12 * 3600
	d := ((second-edge+half)%day+day)%day - half
	return d >= -doubt && d <= doubt
}

func (a *applier) count(fact string, days map[tally][]evidence.Incident, limit int, what, method evidence.Text) {
	parts := map[evidence.Strength][]evidence.Incident{}
	counts := map[evidence.Strength][]evidence.Count{}
	keys := make([]tally, 0, len(days))
	for k := range days {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y tally) int {
		if x.less(y) {
			return -1
		}
		return 1
	})
	for _, k := range keys {
		calls := days[k]
		if len(calls) <= limit {
			continue
		}
		for _, c := range calls {
			a.found[c.ID] = true // of a day that is too many, none is listed as lawful
		}
		s, calls := a.carried(calls, limit)
		ids := make([]string, len(calls))
		for n, c := range calls {
			ids[n] = c.ID
		}
		c := evidence.Count{Day: k.day, What: what, N: len(calls), Limit: limit, Incidents: ids}
		if k.sim != "" {
			c.What = evidence.Text{ZH: what.ZH + "（" + k.sim + "）", EN: what.EN + " (" + k.sim + ")"}
		}
		parts[s], counts[s] = append(parts[s], calls...), append(counts[s], c)
	}
	for _, s := range strengths {
		if len(parts[s]) == 0 {
			continue
		}
		a.add("V04", s, acts(parts[s], fact), func(f *evidence.Finding) {
			f.Method = method
			for _, c := range counts[s] {
				if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.ID == c.Incidents[0] }) {
					f.Counts = append(f.Counts, c)
				}
			}
			if s == evidence.Review {
				a.nameDoubts(f)
			}
			if s == evidence.Review && slices.ContainsFunc(f.Incidents,
				func(i evidence.Incident) bool { return a.differs(i) > 0 }) {
				f.Doubts = append(f.Doubts, clocksDiffer)
			} else if s == evidence.Review && slices.ContainsFunc(f.Incidents, a.nearMidnight) {
				f.Doubts = append(f.Doubts, evidence.Advise("有来电正好在零点前后，手机时钟说不准属于哪一天，去掉后没有超出次数；有运营商详单可以确定",
					"a call came so near to midnight that the phone's clock cannot tell the day, and without it "+
						"the number is not exceeded; a carrier's list can settle it"))
			}
			if !citesCount(f.Citations) {
				// Before the standard nothing set a number.
				f.Strength = evidence.Review
				f.Doubts = append(f.Doubts, evidence.Advise("当天没有对这类放款机构规定具体次数的规则可引用，只作为情况供您参考",
					"no rule with a number applied that day to this kind of lender; for your information only"))
			}
		})
	}
}

// carried says how strongly a day's calls exceed a limit, and by which of
// them: those a file shows and whose day is certain, or else those of that
// day by the person's word too, or else all, for a person to look at.
func (a *applier) carried(calls []evidence.Incident, limit int) (evidence.Strength, []evidence.Incident) {
	sure := slices.DeleteFunc(slices.Clone(calls), func(i evidence.Incident) bool {
		doubts := a.doubtsFor("V04", i)
		return a.nearMidnight(i) || len(doubts) > 0 && !typed(doubts)
	})
	shown := slices.DeleteFunc(a.certain("V04", sure), func(i evidence.Incident) bool { return len(i.Exhibits) == 0 })
	switch {
	case len(shown) > limit:
		return evidence.Shown, shown
	case len(sure) > limit:
		return evidence.Stated, sure
	}
	return evidence.Review, calls
}

// citesCount reports whether a cited rule sets a number of calls.
func citesCount(cs []evidence.Citation) bool {
	return slices.ContainsFunc(cs, func(c evidence.Citation) bool {
		return c.ID == "GB45251-V04" || c.ID == "CBA26-V04"
	})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// clocksDiffer is what to do about a time two materials disagree on.
var clocksDiffer = evidence.Advise("这份材料的时钟与另一份不一致{（见 juzheng timeline）|}，按哪个都可能跨过界线；查明准确时间后，{把“时间”写成带时区的样子，例如 "+
	"2026-09-01T22:30:00+08:00；运营商详单、"+
	"手机备份的行已经有时区，准的那一行“是否采用”填“是”|在“一件件看”里改时间；有运营商详单的，采用详单里的那一件}",
	"the clock of this material differs from another one's{ (juzheng timeline)|}, and either may be right; once you "+
		"know, {write the time with its zone, as 2026-09-01T22:30:00+08:00; of rows from a carrier's list or a "+
		"backup, which have one, set use to yes for the right one|mend the time under “Act by act”; where a carrier's list "+
		"has "+
		"the call, take that one in}")

// nights is V05: contact in [22:00, 08:00) Beijing time.
func (a *applier) nights() {
	var shown, stated, edge, clocks, pictures, unread, purpose, ways []evidence.Incident
	for _, i := range a.own {
		if i.Direction == evidence.Out && !i.Reached.Third() && i.Kind != evidence.Visit || sentOut(i) {
			continue
		}
		if i.ToldBy != "" {
			continue // its time is that of the telling
		}
		if a.kase.FromUnknown(i) {
			continue // a bombing by nobody knows whom
		}
		if evidence.PictureTime(i, a.exhibits) {
			if a.night(i) != evidence.No {
				pictures = append(pictures, i)
			}
			continue
		}
		way := i.Direction != evidence.DirectionUnknown || i.Reached.Third() || i.Kind == evidence.Visit
		if a.night(i) != evidence.No && (!way || a.roles[i.ID] == evidence.RoleUnknown) {
			if way {
				purpose = append(purpose, i)
			} else if i.Kind == evidence.Call {
				ways = append(ways, i)
			}
			continue
		}
		if !way {
			continue
		}
		switch a.night(i) {
		case evidence.Unknown:
			if a.differs(i) > 0 {
				clocks = append(clocks, i)
			} else {
				edge = append(edge, i)
			}
		case evidence.Yes:
			switch {
			case a.kase.Consent.Night == evidence.Yes:
				a.lawful(evidence.Advise("您同意过在22:00至次日8:00之间联系",
					"you agreed to be contacted between 22:00 and 08:00"), i.ID)
			case a.unread(i) && i.Words == "":
				unread = append(unread, i)
			case len(i.Exhibits) > 0 && !a.unread(i):
				shown = append(shown, i)
			default:
				stated = append(stated, i)
			}
		}
	}
	method := func(f *evidence.Finding) {
		f.Method = evidence.Text{
			ZH: "以北京时间的起始时刻计，未接通的也计入；正好在界线上、时钟说不准的不计",
			EN: "Beijing time; begun after 22:00 or before 08:00; unanswered calls included; not what fell on the " +
				"edge or within the doubt of the clock"}
		if a.kase.Consent.Night == evidence.Unknown && !a.contact() {
			f.Advice = append(f.Advice, evidence.Advise("合同或 App 的协议里有没有同意夜间联系的约定？问到时照实答：没有的，信里会写明您没有同意；有的，就不再列入",
				"is there an agreement to be called at night in the contract or the app? You are asked: if not, "+
					"the letters say so; if there is, such calls are left out"))
		}
	}
	if len(shown) > 0 {
		a.add("V05", evidence.Shown, acts(shown), method)
	}
	if len(stated) > 0 {
		a.add("V05", evidence.Stated, acts(stated), method)
	}
	if len(pictures) > 0 {
		a.add("V05", evidence.Review, acts(pictures), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Advise("现在的时间是截图的时间，不是消息的时间；请看截图里显示的时间，{填进“时间”一栏|在“一件件看”里写上}",
				"the time is that of the screenshot, not of the message; write the time it shows {into the time "+
					"column|under “Act by act”}"))
		})
	}
	for _, q := range []struct {
		rows []evidence.Incident
		text evidence.Advice
	}{{purpose, whatFor}, {ways, whichWay}, {unread, whatItSays}} {
		if len(q.rows) > 0 {
			a.add("V05", evidence.Review, acts(q.rows),
				func(f *evidence.Finding) { f.Doubts = append(f.Doubts, q.text) })
		}
	}
	if len(clocks) > 0 {
		a.add("V05", evidence.Review, acts(clocks),
			func(f *evidence.Finding) { f.Doubts = append(f.Doubts, clocksDiffer) })
	}
	exact := func(i evidence.Incident) bool {
		return !i.Time.Device && i.Time.Precision == evidence.ToSecond && night(i.Time, 0) == evidence.Unknown
	}
	if on := slices.DeleteFunc(slices.Clone(edge), func(i evidence.Incident) bool { return !exact(i) }); len(on) > 0 {
		a.add("V05", evidence.Review, acts(on), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Advise("起始时间正好在22:00:00或8:00:00；这一刻算不算在时段内没有查到，信里不主张",
				"it began at 22:00:00 or 08:00:00 exactly; whether that moment counts is not known, and no "+
					"letter claims it"))
		})
		edge = slices.DeleteFunc(slices.Clone(edge), exact)
	}
	if len(edge) > 0 {
		a.add("V05", evidence.Review, acts(edge), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Advise("时间正好在22:00或8:00前后，或只有手机时钟、只到分钟，说不准在不在时段内；有运营商详单可以确定",
				"too near to 22:00 or 08:00 for what is known of the clock; a carrier's list can settle it"))
		})
	}
}

// night decides whether a time lies between 22:00 and 08:00. On an edge itself,
// and within the doubt of the clock (seconds) of one, it is not known.
func night(t evidence.Time, doubt int) evidence.Answer {
	if t.IsZero() || t.Precision == evidence.ToDay {
		return evidence.No // says nothing of the hour, so nothing is made of it
	}
	second := secondOf(t)
	const from, to = evidence.NightFrom * 3600, evidence.NightTo * 3600
	for _, edge := range []int{from, to} {
		if near(second, edge, doubt) {
			return evidence.Unknown
		}
	}
	if second > from || second < to {
		return evidence.Yes
	}
	return evidence.No
}
