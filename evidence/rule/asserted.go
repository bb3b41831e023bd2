package rule

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A ruling is what a rule says of one act the person named.
type ruling struct {
	what  outcome
	text  evidence.Advice // what to ask, or which lawful act it is
	facts []string
	// doubtful: it goes into a letter with the request to check whether it is
	// true, not as a breach.
	doubtful bool
	on       time.Time // day whose law applies, if not that of the act
}

type outcome int

const (
	met     outcome = iota
	ask             // something must be known first; left out of the letters
	allowed         // lawful, and not to be complained of
)

func asking(t evidence.Advice) ruling { return ruling{what: ask, text: t} }

func lawfully(act evidence.Advice) ruling { return ruling{what: allowed, text: act} }

func fulfils(facts ...string) ruling { return ruling{facts: facts} }

// computed are the kinds that other columns than that of asserted kinds show.
// That a third person was contacted comes last: what is shown to have been told
// to them, or to have come after they refused, weighs more and is told as that.
func (a *applier) computed() {
	for _, last := range []bool{false, true} {
		for _, k := range evidence.Kinds {
			if c := computed[k.ID]; k.Computed && (k.ID == "V02") == last && !(c.borrower && a.contact()) {
				c.find(a)
			}
		}
	}
}

// asserted are the kinds a person names because only they can hear or read
// them.
func (a *applier) asserted() {
	for _, k := range evidence.Kinds {
		if !k.Computed {
			a.assertedKind(k)
		}
	}
}

func (a *applier) assertedKind(k evidence.Kind) {
	id, strength := string(k.ID), a.strengthOf
	if judged[k.ID].contact {
		strength = a.strengthOfContact
	}
	all := a.named(id)
	// What a file shows is repeated only where files show it more than once, and what
	// the person sent is nothing that came again.
	theirs := slices.DeleteFunc(a.named(id), func(i evidence.Incident) bool { return own(k.ID, i) })
	shown := slices.DeleteFunc(slices.Clone(theirs),
		func(i evidence.Incident) bool { return strength(i) != evidence.Shown })
	ofAll, ofShown := a.frequencyOf(theirs), a.frequencyOf(shown)
	var acts []act
	asked := map[evidence.Advice][]act{}
	var questions []evidence.Advice // in the order of the acts
	for _, i := range all {
		often := ofAll
		if strength(i) == evidence.Shown {
			often = ofShown
		}
		x := actOf(id, i, often.facts)
		n := often.perDay[beijingDay(i)]
		v := a.judge(k, x, n)
		x.facts, x.doubtful, x.on = append(x.facts, v.facts...), v.doubtful, v.on
		if whole, both := besideParts(x, often.facts); both {
			switch w := a.judge(k, whole, n); {
			case w.what != met: // the parts say what it was
			case v.what == met && v.doubtful == w.doubtful:
				x.parts, x.beside = append([]evidence.Breach{k.ID}, x.parts...), append(whole.facts, w.facts...)
			default:
				whole.facts, whole.doubtful, whole.on = append(whole.facts, w.facts...), w.doubtful, w.on
				acts = append(acts, whole)
			}
		}
		switch v.what {
		case met:
			acts = append(acts, x)
		case allowed:
			a.found[i.ID] = true
			a.lawful(v.text, i.ID)
		case ask:
			if _, known := asked[v.text]; !known {
				questions = append(questions, v.text)
			}
			asked[v.text] = append(asked[v.text], x)
		}
	}
	before := len(a.report.Findings)
	a.addByStrength(id, acts, strength)
	if tally := judged[k.ID].tally; tally != nil {
		for n := range a.report.Findings[before:] {
			tally(&a.report.Findings[before+n])
		}
	}
	for _, q := range questions {
		a.add(id, evidence.Review, asked[q], func(f *evidence.Finding) { f.Doubts = append(f.Doubts, q) })
	}
}

// named are the incidents the person named as a kind or a part of it.
func (a *applier) named(id string) []evidence.Incident {
	var out []evidence.Incident
	for _, i := range a.own {
		if asserts(i, id) {
			out = append(out, i)
		}
	}
	return out
}

// A frequency is how often acts of one kind came.
type frequency struct {
	facts  []string       // repeated, messages
	perDay map[string]int // calls and messages of a day; none of a day of calls that are within the numbers
}

func (a *applier) frequencyOf(all []evidence.Incident) frequency {
	f := frequency{repeated(all), map[string]int{}}
	byDay := map[string][]evidence.Incident{}
	for _, i := range all {
		if i.Kind != evidence.Post && !i.Time.IsZero() {
			byDay[beijingDay(i)] = append(byDay[beijingDay(i)], i)
		}
	}
	for day, acts := range byDay {
		if !a.withinNumbers(acts) {
			f.perDay[day] = len(acts)
		}
	}
	return f
}

// withinNumbers reports a day of nothing but the collector's calls to the borrower,
// no more of them than V04 finds proper: what one rule holds proper is not called a
// bombing under another.
func (a *applier) withinNumbers(day []evidence.Incident) bool {
	connected, tries := 0, map[string]int{}
	for _, i := range day {
		if i.Kind != evidence.Call || a.third(i) || a.kase.SideOfWriter(i) != evidence.CollectorSide {
			return false
		}
		switch i.Answered {
		case evidence.Yes:
			connected++
		case evidence.No:
			tries[i.SIM]++
		default:
			return false
		}
	}
	for _, n := range tries {
		if n > triesLimit {
			return false
		}
	}
	return connected <= evidence.ConnectedLimit
}

// actOf is an incident with the parts it was named as.
func actOf(id string, i evidence.Incident, facts []string) act {
	x := act{Incident: i, facts: slices.Clone(facts)}
	for _, b := range i.Asserted {
		if b.Rule() == id && b.Part() != "" {
			x.parts, x.facts = append(x.parts, b), append(x.facts, evidence.PartOf(b).Fact)
		}
	}
	slices.Sort(x.parts)
	return x
}

// besideParts is an act as what its kind says apart from the parts that it was named as
// too; not so if it was not named as both, or the kind says no more than the parts.
func besideParts(x act, facts []string) (act, bool) {
	if len(x.parts) == 0 {
		return x, false
	}
	kind := evidence.Breach(x.parts[0].Rule())
	beside := judged[kind].beside
	if !slices.Contains(x.Asserted, kind) ||
		slices.ContainsFunc(x.parts, func(b evidence.Breach) bool { return !slices.Contains(beside, b) }) {
		return x, false
	}
	return act{Incident: x.Incident, facts: slices.Clone(facts)}, true
}

// tallyBombing counts calls and messages a day, named as what they were. No rule
// sets a number.
func tallyBombing(f *evidence.Finding) {
	byDay := map[string][]evidence.Incident{}
	for _, i := range f.Incidents {
		if !i.Time.IsZero() && i.Kind != evidence.Post && i.Kind != evidence.Other {
			byDay[beijingDay(i)] = append(byDay[beijingDay(i)], i)
		}
	}
	for _, day := range sortedKeys(byDay) {
		acts := byDay[day]
		if len(acts) < 2 {
			continue
		}
		c := evidence.Count{Day: day, N: len(acts)}
		var zh, en []string
		for _, i := range acts {
			c.Incidents = append(c.Incidents, i.ID)
			t := i.Kind.Title()
			if i.Kind == evidence.Call {
				t.ZH = "来电"
			}
			if !slices.Contains(zh, t.ZH) {
				zh, en = append(zh, t.ZH), append(en, t.EN)
			}
		}
		c.What = evidence.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
		f.Counts = append(f.Counts, c)
	}
	if len(f.Counts) > 0 {
		f.Method = evidence.Text{
			ZH: "按北京时间的自然日，来电、短信、消息逐条计数，未接通的来电也计入；没有规定具体的条数",
			EN: "by calendar day, Beijing time; every call and message, unanswered calls too; no rule sets a number"}
	}
}
