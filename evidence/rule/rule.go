// Package rule turns incidents into findings: what breaches which provision
// in force on the day of the act, what was lawful, what needs a person's eye,
// and what keeps a case from being filed.
//
// [Apply] is pure: the same case, incidents and date give the same report.
// The statute table is data (statutes.json), each record with its rank, tier,
// dates and check mark.
package rule

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"juzheng/evidence"
)

// Options says how to apply the rules.
type Options struct {
	Date time.Time // of filing
}

// Apply applies every rule to the incidents of a case.
func Apply(c evidence.Case, incidents []evidence.Incident, exhibits []evidence.Exhibit, opt Options) evidence.Report {
	a := &applier{kase: c, exhibits: exhibits, date: opt.Date, found: map[string]bool{}}
	a.sort(incidents)
	a.disclosure()
	a.thirdPersons()
	a.afterRefusal()
	a.callsADay()
	a.nights()
	a.asserted()
	a.cost()
	a.unknownNumbers()
	a.lawfulActs()
	a.obstacles(exhibits)
	a.remarks()
	slices.SortStableFunc(a.report.Findings, func(x, y evidence.Finding) int {
		return cmp.Or(cmp.Compare(strengthOrder(x.Strength), strengthOrder(y.Strength)), cmp.Compare(x.Rule, y.Rule))
	})
	return a.report
}

func strengthOrder(s evidence.Strength) int {
	return slices.Index([]evidence.Strength{evidence.Shown, evidence.Stated, evidence.Review}, s)
}

// An applier gathers the report of one case.
type applier struct {
	kase     evidence.Case
	exhibits []evidence.Exhibit
	date     time.Time
	own      []evidence.Incident // belonging to the matter, by time
	others   []evidence.Incident // undecided, from numbers nobody has named
	found    map[string]bool     // incidents that met a rule
	report   evidence.Report
}

// sort takes the incidents that belong to the matter: from a number the case
// names as the collector's, marked or asserted by the person, or reaching somebody
// else than the complainant, which only a person can have said. What
// they marked as not belonging is never looked at.
func (a *applier) sort(incidents []evidence.Incident) {
	for _, i := range incidents {
		switch {
		case i.Use == evidence.No:
		case i.Use == evidence.Yes, len(i.Asserted) > 0, i.Reached.Third(), a.kase.SideOf(i.Number) == evidence.CollectorSide:
			a.own = append(a.own, i)
		case i.Direction != evidence.Out && a.kase.SideOf(i.Number) == "":
			a.others = append(a.others, i)
		}
	}
	byTime := func(x, y evidence.Incident) int {
		return cmp.Or(x.Time.At.Compare(y.Time.At), cmp.Compare(x.ID, y.ID))
	}
	slices.SortStableFunc(a.own, byTime)
	slices.SortStableFunc(a.others, byTime)
}

// add makes findings of incidents that met one rule, one per strength and per
// set of provisions: acts before and after a change of law are told apart.
func (a *applier) add(id string, strength evidence.Strength, incidents []evidence.Incident, edit func(*evidence.Finding), facts ...string) {
	k := kindOf(id)
	var groups [][]evidence.Incident
	var cited [][]evidence.Citation
	for _, i := range incidents {
		a.found[i.ID] = true
		cs := cite(id, i.Time.At, a.kase.Lender.Licence, facts...)
		at := slices.IndexFunc(cited, func(o []evidence.Citation) bool { return slices.Equal(o, cs) })
		if at < 0 {
			at, groups, cited = len(groups), append(groups, nil), append(cited, cs)
		}
		groups[at] = append(groups[at], i)
	}
	for n, group := range groups {
		f := evidence.Finding{
			Rule: id, Title: k.title, Strength: strength, Incidents: group, Exhibits: exhibitsOf(group),
			Citations: cited[n], Wording: wording(cited[n]), Bodies: k.competent(a.kase.Lender.Licence),
		}
		if strength != evidence.Shown && k.advice.ZH != "" {
			f.Advice = append(f.Advice, k.advice)
		}
		if len(f.Citations) == 0 && strength != evidence.Review {
			f.Strength = evidence.Review
			f.Doubts = append(f.Doubts, evidence.Text{
				ZH: "行为发生当日，名录里没有可以引用的规定，不写进信里",
				EN: "no provision in force on that day is on record; left out of the letters"})
		}
		if edit != nil {
			edit(&f)
		}
		a.report.Findings = append(a.report.Findings, f)
	}
}

func exhibitsOf(incidents []evidence.Incident) []string {
	var out []string
	for _, i := range incidents {
		for _, x := range i.Exhibits {
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	slices.Sort(out)
	return out
}

// byStrength parts incidents whose proof is words: shown needs an exhibit and
// the words in it; the person's own words alone are a statement; neither is
// for a person to complete.
func (a *applier) byStrength(incidents []evidence.Incident) map[evidence.Strength][]evidence.Incident {
	out := map[evidence.Strength][]evidence.Incident{}
	for _, i := range incidents {
		s := evidence.Review
		switch {
		case i.Time.IsZero():
		case i.Shown != "" && a.carriesWords(i):
			s = evidence.Shown
		case i.Words != "":
			s = evidence.Stated
		}
		out[s] = append(out[s], i)
	}
	return out
}

// carriesWords reports whether an exhibit of the incident can show what was
// said or written. A list of calls shows that a call was made, and no word.
func (a *applier) carriesWords(i evidence.Incident) bool {
	for _, number := range i.Exhibits {
		n := slices.IndexFunc(a.exhibits, func(x evidence.Exhibit) bool { return x.Number == number })
		if n < 0 || a.exhibits[n].Kind != evidence.CallLog {
			return true
		}
	}
	return false
}

var strengths = []evidence.Strength{evidence.Shown, evidence.Stated, evidence.Review}

// addByStrength adds findings whose review cases lack words or a time.
func (a *applier) addByStrength(id string, incidents []evidence.Incident, facts ...string) {
	parts := a.byStrength(incidents)
	for _, s := range strengths {
		if len(parts[s]) == 0 {
			continue
		}
		var edit func(*evidence.Finding)
		if s == evidence.Review {
			edit = func(f *evidence.Finding) {
				f.Doubts = append(f.Doubts, evidence.Text{
					ZH: "请补上时间；并在“材料显示的内容”一栏逐字写出原话（要有录音、截图等能显示原话的证据，通话记录不能），或在“本人陈述”一栏写明经过",
					EN: "give the time, and the words in “what the file shows” (with a recording or screenshot; a call list shows no words) or “my own words”"})
			}
		}
		a.add(id, s, parts[s], edit, facts...)
	}
}

// contact reports that a harassed contact complains: then their own phone is
// that of a third person, and the borrower's privacy is not theirs to claim.
func (a *applier) contact() bool { return a.kase.Complainant.Kind == evidence.Contact }

// third reports whether somebody was reached who does not owe the debt.
func (a *applier) third(i evidence.Incident) bool {
	return i.Reached.Third() && i.Reached != evidence.ReachedGuarantor || a.contact() && i.Reached == evidence.ReachedSelf && i.Direction == evidence.In
}

// disclosure is V01: the debt was told to somebody who does not owe it.
func (a *applier) disclosure() {
	if a.contact() {
		return
	}
	var met []evidence.Incident
	for _, i := range a.own {
		if a.third(i) && (i.Disclosed == evidence.Yes || slices.Contains(i.Asserted, "V01")) {
			met = append(met, i)
		}
	}
	a.addByStrength("V01", met)
}

// thirdPersons is V02: somebody unrelated was reached, nothing being said of
// the debt. Reaching a contact while the borrower could not be reached is not
// asserted.
func (a *applier) thirdPersons() {
	var met, ask []evidence.Incident
	for _, i := range a.own {
		if !a.third(i) || i.Refused == evidence.Yes ||
			!a.contact() && (i.Disclosed == evidence.Yes || slices.Contains(i.Asserted, "V01")) {
			continue
		}
		reachable := i.Reachable
		if a.contact() && (i.Disclosed == evidence.Yes || slices.Contains(i.Asserted, "V02")) {
			// Told the debt, a contact was collected from, whether or not the
			// borrower could be reached.
			reachable = evidence.Yes
		}
		switch reachable {
		case evidence.Yes:
			met = append(met, i)
		case evidence.Unknown:
			ask = append(ask, i)
		}
	}
	var facts []string
	if a.contact() {
		facts = []string{"contact"}
	}
	a.addByStrength("V02", met, facts...)
	if len(ask) > 0 {
		a.add("V02", evidence.Review, ask, func(f *evidence.Finding) {
			if a.contact() {
				f.Doubts = append(f.Doubts, evidence.Text{
					ZH: "对方联系您时有没有说出他人欠款？请填“是否透露欠款”；您拒绝之后又来联系的，请填“对方此前是否拒绝联系”",
					EN: "did they tell you of another's debt? Say so under disclosed debt; calls after you refused under refused contact before"})
				return
			}
			f.Doubts = append(f.Doubts, evidence.Text{
				ZH: "当时对方能否联系上您本人？请填“本人当时能否联系上”。联系不上时联系紧急联系人而不透露欠款，不算违规",
				EN: "could you be reached then? Reaching a contact while you could not be, without telling the debt, is no breach"})
		})
	}
}

// afterRefusal is V03.
func (a *applier) afterRefusal() {
	var met []evidence.Incident
	for _, i := range a.own {
		if a.third(i) && i.Refused == evidence.Yes {
			met = append(met, i)
		}
	}
	a.addByStrength("V03", met)
}

// The limits of GB/T 45251—2025 and of the bank association's guide.
const (
	connectedLimit = 3
	triesLimit     = 6
)

// callsADay is V04: connected calls a Beijing day to the borrower, and
// unanswered tries a day from the collector to the borrower's number. Calls of
// one case are of one creditor side, so two lenders are never added together.
func (a *applier) callsADay() {
	if a.contact() {
		return // the numbers are for calls to the debtor
	}
	connected, tries := map[string][]evidence.Incident{}, map[string][]evidence.Incident{}
	for _, i := range a.own {
		if i.Kind != evidence.Call || i.Direction != evidence.In || i.Reached.Third() || i.Time.IsZero() {
			continue
		}
		day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
		switch i.Answered {
		case evidence.Yes:
			connected[day] = append(connected[day], i)
		case evidence.No:
			tries[day] = append(tries[day], i)
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
			ZH: "按北京时间的自然日，只计打到本人手机、未接通的来电；只计投诉人指认为催收方的号码",
			EN: "by calendar day, Beijing time; only unanswered calls to the borrower's phone from numbers named as the collector's"})
}

func (a *applier) count(fact string, days map[string][]evidence.Incident, limit int, what, method evidence.Text) {
	parts := map[evidence.Strength][]evidence.Incident{}
	counts := map[evidence.Strength][]evidence.Count{}
	for _, day := range sortedKeys(days) {
		calls := days[day]
		if len(calls) <= limit {
			continue
		}
		s := evidence.Shown
		ids := make([]string, len(calls))
		for n, c := range calls {
			ids[n] = c.ID
			if len(c.Exhibits) == 0 {
				s = evidence.Stated
			}
		}
		parts[s] = append(parts[s], calls...)
		counts[s] = append(counts[s], evidence.Count{Day: day, What: what, N: len(calls), Limit: limit, Incidents: ids})
	}
	for _, s := range strengths {
		if len(parts[s]) == 0 {
			continue
		}
		a.add("V04", s, parts[s], func(f *evidence.Finding) {
			f.Method = method
			for _, c := range counts[s] {
				if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.ID == c.Incidents[0] }) {
					f.Counts = append(f.Counts, c)
				}
			}
			if !citesCount(f.Citations) {
				// Before the standard nothing set a number.
				f.Strength = evidence.Review
				f.Doubts = append(f.Doubts, evidence.Text{
					ZH: "当天没有规定具体次数的规则可引用，只作为情况供您参考",
					EN: "no rule with a number applied that day; for your information only"})
			}
		}, fact)
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
			ZH: "以北京时间计，起始时刻晚于22:00或早于次日8:00；打来未接通的也计入",
			EN: "Beijing time; begun after 22:00 or before 08:00; unanswered calls included"}
	}
	if len(shown) > 0 {
		a.add("V05", evidence.Shown, shown, method)
	}
	if len(stated) > 0 {
		a.add("V05", evidence.Stated, stated, method)
	}
	if len(pictures) > 0 {
		a.add("V05", evidence.Review, pictures, func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Text{
				ZH: "现在的时间是截图的时间，不是消息的时间；请看截图里显示的时间，填进“时间”一栏",
				EN: "the time is that of the screenshot, not of the message; write the time it shows into the time column"})
		})
	}
	if len(edge) > 0 {
		a.add("V05", evidence.Review, edge, func(f *evidence.Finding) {
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
		doubt = 5 * 60
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

// asserted are the kinds a person names because only they can hear or read
// it: V06, V07, V19. Kinds this version has no rule for are not passed over
// in silence.
func (a *applier) asserted() {
	met := map[string][]evidence.Incident{}
	var unknown []evidence.Incident
	for _, i := range a.own {
		for _, b := range i.Asserted {
			switch b {
			case "V06", "V07", "V19":
				met[string(b)] = append(met[string(b)], i)
			case "V01", "V02", "V03", "V04", "V05": // computed from the other columns
			default:
				unknown = append(unknown, i)
			}
		}
	}
	for _, id := range sortedKeys(met) {
		var facts []string
		if id == "V06" && len(met[id]) > 1 {
			facts = append(facts, "repeated")
		}
		a.addByStrength(id, met[id], facts...)
	}
	for _, i := range unknown {
		a.found[i.ID] = true
		a.report.Remarks = append(a.report.Remarks, evidence.Text{
			ZH: fmt.Sprintf("%s（%s）：您标注的违规种类 %v，本版程序还没有对应的规则，不会写进信里；可在 12348 咨询后自行补充", i.ID, where(i), i.Asserted),
			EN: fmt.Sprintf("%s (%s): this version has no rule for the kinds %v you named; they stay out of the letters", i.ID, where(i), i.Asserted)})
	}
}

func where(i evidence.Incident) string {
	if i.Line > 0 {
		return fmt.Sprintf("%s:%d", evidence.TimelineFile, i.Line)
	}
	return evidence.TimelineFile
}
