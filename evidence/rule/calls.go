package rule

import (
	"slices"
	"time"

	"juzheng/evidence"
)

// The limits of GB/T 45251—2025 and of the bank association's guide.
const (
	connectedLimit = 3
	triesLimit     = 6
)

// clockDoubt is how far, in seconds, a phone's clock is not relied on.
const clockDoubt = 5 * 60

// callsADay is V04: connected calls a Beijing day to the borrower, and
// unanswered tries a day to one of the borrower's numbers. Calls of one case
// are of one creditor side, so two lenders are never added together.
func (a *applier) callsADay() {
	if a.contact() {
		return // the numbers are for calls to the debtor
	}
	connected, tries := map[tally][]evidence.Incident{}, map[tally][]evidence.Incident{}
	for _, i := range a.own {
		if i.Kind != evidence.Call || i.Direction != evidence.In || i.Reached.Third() || i.Time.IsZero() {
			continue
		}
		day := beijingDay(i)
		switch i.Answered {
		case evidence.Yes:
			connected[tally{day, ""}] = append(connected[tally{day, ""}], i)
		case evidence.No:
			tries[tally{day, i.SIM}] = append(tries[tally{day, i.SIM}], i)
		}
	}
	a.count("calls", connected, connectedLimit,
		evidence.Text{ZH: "接通的催收来电", EN: "connected collector calls"},
		evidence.Text{
			ZH: "按北京时间的自然日，只计打给本人、已接通的来电；只计投诉人指认为催收方的号码；同一次通话在几份材料中出现只计一次；呼出和未接通的不计",
			EN: "by calendar day, Beijing time; only connected calls received by the borrower from numbers named as the collector's; one call in several exhibits counts once; outgoing and unanswered calls do not count"})
	a.count("tries", tries, triesLimit,
		evidence.Text{ZH: "未接通的催收来电", EN: "unanswered collector calls"},
		evidence.Text{
			ZH: "按北京时间的自然日，只计打到本人手机、未接通的来电；材料写明本机号码或卡的，每个分开计；只计投诉人指认为催收方的号码",
			EN: "by calendar day, Beijing time; only unanswered calls to the borrower's phone from numbers named as the collector's; each SIM card the material names is counted apart"})
}

// A tally is what calls are counted by: the day and, for tries, the number
// of the borrower that was called, as far as the material names it.
type tally struct{ day, sim string }

func (t tally) less(u tally) bool { return t.day < u.day || t.day == u.day && t.sim < u.sim }

func beijingDay(i evidence.Incident) string {
	return i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
}

// nearMidnight reports that a device clock leaves open on which day a call was.
func nearMidnight(i evidence.Incident) bool {
	at := i.Time.At.In(evidence.Beijing)
	second := at.Hour()*3600 + at.Minute()*60 + at.Second()
	return i.Time.Device && i.Time.Precision != evidence.ToDay && (second <= clockDoubt || second >= 24*3600-clockDoubt)
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
		s, sure := evidence.Shown, 0
		ids := make([]string, len(calls))
		for n, c := range calls {
			ids[n] = c.ID
			if len(c.Exhibits) == 0 {
				s = evidence.Stated
			}
			if !nearMidnight(c) {
				sure++
			}
		}
		if sure <= limit {
			s = evidence.Review
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
				f.Doubts = append(f.Doubts, evidence.Text{
					ZH: "有来电正好在零点前后，手机时钟说不准属于哪一天，去掉后没有超出次数；有运营商详单可以确定",
					EN: "a call came so near to midnight that the phone's clock cannot tell the day, and without it the number is not exceeded; a carrier's list can settle it"})
			}
			if !citesCount(f.Citations) {
				// Before the standard nothing set a number.
				f.Strength = evidence.Review
				f.Doubts = append(f.Doubts, evidence.Text{
					ZH: "当天没有对这类放款机构规定具体次数的规则可引用，只作为情况供您参考",
					EN: "no rule with a number applied that day to this kind of lender; for your information only"})
			}
		})
	}
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

// nights is V05: contact in [22:00, 08:00) Beijing time.
func (a *applier) nights() {
	var shown, stated, edge, pictures []evidence.Incident
	for _, i := range a.own {
		if i.Direction != evidence.In && !i.Reached.Third() && i.Kind != evidence.Visit {
			continue
		}
		if evidence.PictureTime(i, a.exhibits) {
			if night(i.Time) != evidence.No {
				pictures = append(pictures, i)
			}
			continue
		}
		switch night(i.Time) {
		case evidence.Unknown:
			edge = append(edge, i)
		case evidence.Yes:
			switch {
			case a.kase.Consent.Night == evidence.Yes:
				a.lawful(evidence.Text{ZH: "您同意过在22:00至次日8:00之间联系", EN: "you agreed to be contacted between 22:00 and 08:00"}, i.ID)
			case len(i.Exhibits) > 0:
				shown = append(shown, i)
			default:
				stated = append(stated, i)
			}
		}
	}
	method := func(f *evidence.Finding) {
		f.Method = evidence.Text{
			ZH: "以北京时间计，起始时刻晚于22:00或早于次日8:00，未接通的也计入；时刻正好在界线上、时钟说不准的不计",
			EN: "Beijing time; begun after 22:00 or before 08:00; unanswered calls included; not what fell on the edge or within the doubt of the clock"}
	}
	if len(shown) > 0 {
		a.add("V05", evidence.Shown, acts(shown), method)
	}
	if len(stated) > 0 {
		a.add("V05", evidence.Stated, acts(stated), method)
	}
	if len(pictures) > 0 {
		a.add("V05", evidence.Review, acts(pictures), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Text{
				ZH: "现在的时间是截图的时间，不是消息的时间；请看截图里显示的时间，填进“时间”一栏",
				EN: "the time is that of the screenshot, not of the message; write the time it shows into the time column"})
		})
	}
	if len(edge) > 0 {
		a.add("V05", evidence.Review, acts(edge), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Text{
				ZH: "时间正好在22:00或8:00前后，或只有手机时钟、只到分钟，说不准在不在时段内；有运营商详单可以确定",
				EN: "too near to 22:00 or 08:00 for what is known of the clock; a carrier's list can settle it"})
		})
	}
}

// night decides whether a time lies in [22:00, 08:00). Near an edge it is not
// known: within a minute for a clock that is known, within five for a device
// clock or minutes only.
func night(t evidence.Time) evidence.Answer {
	if t.IsZero() || t.Precision == evidence.ToDay {
		return evidence.No // says nothing of the hour, so nothing is made of it
	}
	at := t.At.In(evidence.Beijing)
	second := at.Hour()*3600 + at.Minute()*60 + at.Second()
	doubt := 0
	if t.Device || t.Precision == evidence.ToMinute {
		doubt = clockDoubt
	}
	for _, edge := range []int{22 * 3600, 8 * 3600} {
		if d := second - edge; d == 0 || d >= -doubt && d <= doubt && doubt > 0 {
			return evidence.Unknown
		}
	}
	if second > 22*3600 || second < 8*3600 {
		return evidence.Yes
	}
	return evidence.No
}
