package rule

import (
	"slices"
	"time"

	"juzheng/evidence"
)

// A verdict is what a rule says of one act the person named.
type verdict struct {
	what  outcome
	text  evidence.Text // what to ask, or which lawful act it is
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

func asking(zh, en string) verdict { return verdict{what: ask, text: evidence.Text{ZH: zh, EN: en}} }

func lawfully(act evidence.Text) verdict { return verdict{what: allowed, text: act} }

func fulfils(facts ...string) verdict { return verdict{facts: facts} }

// partFacts are the conditions of provisions that a part of a kind fulfils.
var partFacts = map[evidence.Breach]string{
	"V06a": "safety", "V06b": "insult", "V08a": "lawyer", "V08b": "creditor", "V10a": "posted",
	"V11a": "entry", "V11b": "inside", "V11c": "alone", "V12a": "deducted", "V12b": "inflated",
	"V13a": "assignment", "V13b": "statement", "V14a": "refused", "V15a": "leak", "V15b": "sharing", "V15c": "credit",
	"V16a": "notice", "V16b": "consent", "V16c": "five-years", "V16d": "objection", "V18a": "private-phone", "V18b": "records",
	"V20a": "wrong-person", "V20b": "settled", "V21a": "detention", "V21b": "beating", "V21c": "seizure", "V22b": "fee",
	"V23a": "again", "V23b": "request",
}

// asserted are the kinds a person names because only they can hear or read
// them: V06 to V23. V01 to V05 are computed from other columns.
func (a *applier) asserted() {
	for _, k := range kinds {
		if k.id > "V05" {
			a.assertedKind(k.id)
		}
	}
}

func (a *applier) assertedKind(id string) {
	all := a.named(id)
	// What a file shows is repeated only where files show it more than once.
	shown := slices.DeleteFunc(a.named(id), func(i evidence.Incident) bool { return a.strengthFor(id)(i) != evidence.Shown })
	ofAll, ofShown := frequencyOf(all), frequencyOf(shown)
	var acts []act
	asked := map[evidence.Text][]act{}
	var questions []evidence.Text // in the order of the acts
	for _, i := range all {
		often := ofAll
		if a.strengthFor(id)(i) == evidence.Shown {
			often = ofShown
		}
		x := actOf(id, i, often.facts)
		v := a.judge(id, x, often.perDay[beijingDay(i)])
		x.facts, x.doubtful, x.on = append(x.facts, v.facts...), v.doubtful, v.on
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
	a.addByStrength(id, acts, a.strengthFor(id))
	if id == "V10" {
		for n := range a.report.Findings[before:] {
			tallyBombing(&a.report.Findings[before+n])
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
	perDay map[string]int // calls and messages of a day
}

func frequencyOf(all []evidence.Incident) frequency {
	f := frequency{repeated(all), map[string]int{}}
	for _, i := range all {
		if i.Kind != evidence.Post && !i.Time.IsZero() {
			f.perDay[beijingDay(i)]++
		}
	}
	return f
}

// actOf is an incident with the parts it was named as.
func actOf(id string, i evidence.Incident, facts []string) act {
	x := act{Incident: i, facts: slices.Clone(facts)}
	for _, b := range i.Asserted {
		if b.Rule() == id && b.Part() != "" {
			x.parts, x.facts = append(x.parts, b), append(x.facts, partFacts[b])
		}
	}
	slices.Sort(x.parts)
	return x
}

// strengthFor says what a file must hold to show acts of a kind.
func (a *applier) strengthFor(id string) func(evidence.Incident) evidence.Strength {
	if id == "V10" {
		return a.strengthOfContact
	}
	return a.strengthOf
}

// tallyBombing counts calls and messages a day. No rule sets a number.
func tallyBombing(f *evidence.Finding) {
	byDay := map[string][]string{}
	for _, i := range f.Incidents {
		if !i.Time.IsZero() && i.Kind != evidence.Post && i.Kind != evidence.Other {
			byDay[beijingDay(i)] = append(byDay[beijingDay(i)], i.ID)
		}
	}
	for _, day := range sortedKeys(byDay) {
		if len(byDay[day]) > 1 {
			f.Counts = append(f.Counts, evidence.Count{Day: day, What: evidence.Text{ZH: "来电、短信、消息", EN: "calls and messages"}, N: len(byDay[day]), Incidents: byDay[day]})
		}
	}
	if len(f.Counts) > 0 {
		f.Method = evidence.Text{
			ZH: "按北京时间的自然日，来电、短信、消息逐条计数，未接通的来电也计入；没有规定具体的条数",
			EN: "by calendar day, Beijing time; every call and message, unanswered calls too; no rule sets a number"}
	}
}
