// Package rule turns incidents into findings: what breaches which provision in
// force on the day of the act, what was lawful, what needs a person's eye, and
// what keeps a case from being filed.
//
//	report := rule.Apply(kase, incidents, exhibits, rule.Options{Date: date, Doubts: doubts})
//
// [Apply] is pure: the same input gives the same report. A finding is shown by
// files, stated by the person, or for review; no finding is shown while a doubt
// stands about what its rule needs (gate.go).
//
// Some kinds are found in columns that say nothing of them, such as calls a day
// (the table computed); the others are named by the person or an answer, and a
// judge says which facts that needs (the table judged). Both tables are in
// kinds.go; the records of the kinds are [evidence.Kinds]. Law is data:
// statutes.json, each record with its rank, tier, dates and check mark. What
// loans cost is in cost.go, what was lawful in lawful.go, what keeps a case
// from being filed in outside.go and premise.go.
package rule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/phrase"
)

// Options says how to apply the rules.
type Options struct {
	Date time.Time // of filing
	// Clocks are by how much the times of incidents, by id, may be wrong: their
	// phone's clock was measured to differ from a better one, and nobody has
	// said yet that it did.
	Clocks map[string]time.Duration
	// Doubts are what contradicts incidents, and still open: nothing is shown
	// that needs what they are about.
	Doubts []evidence.Doubt
	// Offers are what files say of callers nobody has named: while one seems to
	// be the collector, the case is not called free of violations.
	Offers []device.Offer
	// Outside are provisions of the user's own files: see [ReadProvisions].
	Outside []Provision
}

// Apply applies every rule to the incidents of a case.
func Apply(c evidence.Case, incidents []evidence.Incident, exhibits []evidence.Exhibit, opt Options) evidence.Report {
	a := &applier{table: withOutside(Statutes(), opt.Outside).inScope(c), kase: c, exhibits: exhibits, date: opt.Date,
		clocks: opt.Clocks, found: map[string]bool{},
		grounds: map[string]grounds{},
		words:   map[string][]phrase.Hit{}, roles: map[string]evidence.MessageRole{}, unnamed: map[string]bool{},
		doubts: map[string][]evidence.Doubt{}}
	for _, d := range opt.Doubts {
		a.doubts[d.Incident] = append(a.doubts[d.Incident], d)
	}
	a.report.Doubts, a.offers = opt.Doubts, opt.Offers
	a.sort(incidents)
	a.carryRefusals()
	a.computed()
	a.asserted()
	a.hearsay()
	a.cost()
	a.ignored()
	a.posedAlone()
	a.notFound()
	a.unknownNumbers()
	a.manyADay()
	a.soundsLike()
	a.withoutDirection()
	a.lawfulActs()
	a.obstacles(exhibits)
	a.emergency()
	a.remarks()
	a.untold()
	slices.SortStableFunc(a.report.Findings, func(x, y evidence.Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(strengths, x.Strength), slices.Index(strengths, y.Strength)),
			cmp.Compare(x.Rule, y.Rule))
	})
	return a.report
}

// strengths are all there are, the best first.
var strengths = []evidence.Strength{evidence.Shown, evidence.Stated, evidence.Review}

// An applier gathers the report of one case.
type applier struct {
	table    table // of provisions
	kase     evidence.Case
	exhibits []evidence.Exhibit
	date     time.Time
	clocks   map[string]time.Duration
	all      []evidence.Incident
	own      []evidence.Incident             // belonging to the matter, by time
	others   []evidence.Incident             // undecided, from numbers nobody has named
	found    map[string]bool                 // incidents that met a rule
	words    map[string][]phrase.Hit         // words worth reading, by text: a case can hold thousands alike
	roles    map[string]evidence.MessageRole // of own
	tellings []evidence.Incident             // of own: read like hearsay, and nobody has confirmed it
	unnamed  map[string]bool                 // own that sound like what nobody has named
	grounds  map[string]grounds              // looked up so far
	doubts   map[string][]evidence.Doubt     // open, by incident
	offers   []device.Offer
	report   evidence.Report
}

// sort takes the incidents that belong to the matter, and those that might.
func (a *applier) sort(incidents []evidence.Incident) {
	a.all = incidents
	for _, i := range incidents {
		switch {
		case a.kase.Concerns(i):
			i = a.renamed(i)
			switch {
			case phrase.Tells(a.kase, i):
				a.tellings, a.report.Aside = append(a.tellings, i), append(a.report.Aside, i.ID)
			case a.collects(i):
				a.own = append(a.own, i)
			}
		case i.Use == evidence.No:
		case i.Direction != evidence.Out && a.kase.SideOfWriter(i) == "":
			a.others = append(a.others, i)
		}
	}
	byTime := func(x, y evidence.Incident) int {
		return cmp.Or(x.Time.At.Compare(y.Time.At), cmp.Compare(x.ID, y.ID))
	}
	slices.SortStableFunc(a.own, byTime)
	slices.SortStableFunc(a.others, byTime)
}

// An act is an incident as it meets a rule.
type act struct {
	evidence.Incident
	facts    []string          // what is true of it, for conditions of provisions and bodies
	parts    []evidence.Breach // of the kind, as asserted; first the kind, where it is that beside them
	beside   []string          // what is true of it as the kind, where parts has that too
	doubtful bool              // somebody should check it before it is called a breach
	on       time.Time         // day whose law applies, if not that of the act
}

// both reports an act that is of its kind as such, and of a part that says something else.
func (x act) both() bool { return len(x.parts) > 0 && x.parts[0].Part() == "" }

func (x act) day() time.Time {
	if x.on.IsZero() {
		return x.Time.At
	}
	return x.on
}

// acts gives incidents the same facts.
func acts(incidents []evidence.Incident, facts ...string) []act {
	out := make([]act, len(incidents))
	for n, i := range incidents {
		out[n] = act{Incident: i, facts: facts}
	}
	return out
}

// always are the facts of every act of the case.
func (a *applier) always() []string {
	facts := []string{"borrower"}
	switch a.kase.Complainant.Kind {
	case evidence.Contact:
		facts[0] = "contact"
	case evidence.Heir: // no consumer of the lender
		facts[0] = "heir"
	}
	if a.kase.LoanKind() == evidence.CreditCard {
		facts = append(facts, "card")
	}
	if a.kase.Through().Known() {
		facts = append(facts, "platform")
	}
	if a.kase.Agency.Known() {
		facts = append(facts, "agency")
	}
	switch overNetwork(a.kase) {
	case evidence.Yes:
		facts = append(facts, "network")
	case evidence.Unknown:
		facts = append(facts, "network", openScope)
	}
	return facts
}

// add makes findings of acts that met one rule. What a doubt contradicts is not
// shown, whichever rule says so; what the person is still asked is not stated either.
func (a *applier) add(id string, strength evidence.Strength, all []act, edit func(*evidence.Finding)) {
	if evidence.KindOf(id).Collecting && strength != evidence.Review {
		all = a.askBeforeLoan(id, all, edit)
	}
	shown, stated, review := a.gate(id, all)
	switch strength {
	case evidence.Stated:
		shown, stated, review = nil, nil, nil
		for _, x := range all {
			if a.unsaid(id, x.Incident) {
				review = append(review, x)
			} else {
				stated = append(stated, x)
			}
		}
	case evidence.Review:
		a.addGroups(id, strength, all, edit)
		return
	}
	a.addGroups(id, evidence.Shown, shown, edit)
	a.addGroups(id, evidence.Stated, stated, edit)
	a.addGroups(id, evidence.Review, review, func(f *evidence.Finding) {
		a.nameDoubts(f)
		if edit != nil {
			edit(f)
		}
	})
}

// addGroups makes findings of one strength, one per part and set of
// provisions: acts before and after a change of law are told apart.
func (a *applier) addGroups(id string, strength evidence.Strength, all []act, edit func(*evidence.Finding)) {
	type group struct {
		grounds
		acts []act
	}
	var groups []*group
	for _, x := range all {
		a.found[x.ID] = true
		g := a.groundsOf(id, x)
		at := slices.IndexFunc(groups, func(o *group) bool {
			return slices.Equal(o.cited, g.cited) && slices.Equal(o.police, g.police) &&
				slices.Equal(o.acts[0].parts, x.parts) && o.acts[0].doubtful == x.doubtful
		})
		if at < 0 {
			at, groups = len(groups), append(groups, &group{grounds: g})
		}
		groups[at].acts = append(groups[at].acts, x)
	}
	for _, g := range groups {
		f := a.finding(id, strength, g.acts, g.cited)
		f.Police = g.police
		if edit != nil {
			edit(&f)
		}
		a.report.Findings = append(a.report.Findings, f)
	}
}

// grounds are what an act can be held against: by everybody, and by the police.
type grounds struct{ cited, police []evidence.Citation }

// groundsOf looks up the provisions for an act, once for acts of one day that
// are alike: a case can hold thousands.
func (a *applier) groundsOf(id string, x act) grounds {
	key := id + x.day().In(evidence.Beijing).Format(time.DateOnly) + strings.Join(x.facts, " ") + "/" +
		strings.Join(x.beside, " ")
	g, known := a.grounds[key]
	if !known {
		readings := [][]string{append(a.always(), x.facts...)}
		if x.both() {
			readings = append(readings, append(a.always(), x.beside...))
		}
		g = grounds{a.table.citeAny(id, x.day(), a.kase.Lender.Licence, readings), a.table.forPolice(id, x.day(), readings)}
		a.grounds[key] = g
	}
	return g
}

func (a *applier) finding(id string, strength evidence.Strength, all []act,
	cited []evidence.Citation) evidence.Finding {
	k := evidence.KindOf(id)
	f := evidence.Finding{Rule: id, Title: k.Title, Strength: strength, Citations: cited, Wording: wording(cited),
		Doubtful: all[0].doubtful}
	var facts, beside []string
	for _, x := range all {
		f.Incidents = append(f.Incidents, x.Incident)
		facts, beside = append(facts, x.facts...), append(beside, x.beside...)
	}
	readings := [][]string{facts}
	if all[0].both() {
		readings = append(readings, beside)
	}
	for _, p := range all[0].parts {
		f.Parts = append(f.Parts, p.Title())
	}
	f.Exhibits, f.Bodies = exhibitsOf(f.Incidents), competent(k.Bodies, a.kase.Lender.Licence, readings...)
	if f.Doubtful {
		f.Wording = evidence.Text{ZH: "真实性存疑，请核查", EN: "its truth is in doubt and should be checked"}
		if id == "V10" {
			f.Wording = evidence.Text{ZH: "发送人不明，请核查", EN: "nobody knows who sent them, which should be looked into"}
		}
	}
	if (strength != evidence.Shown || f.Doubtful) && k.Advice.ZH != "" {
		advice := k.Advice
		if a.contact() && k.Contact.ZH != "" { // it is the contact who speaks
			advice = k.Contact
		}
		f.Advice = append(f.Advice, advice)
	}
	if len(cited) == 0 && strength != evidence.Review {
		f.Strength = evidence.Review
		f.Doubts = append(f.Doubts, evidence.Advise("行为发生当日，名录里没有对这类放款机构可以引用的规定，不写进信里",
			"no provision in force on that day and for this kind of lender is on record; left out of the letters"))
	} else if id != "V12" && strength != evidence.Review && !slices.ContainsFunc(cited, evidence.Citation.Read) {
		f.Strength = evidence.Review
		f.Doubts = append(f.Doubts, evidence.Advise("行为发生当日可以引用的规定，都没有人读过原文或者报道（凭记忆写下，或者由您提供），不写进信里",
			"nobody read the provisions of that day that are on record, or a report of them (from memory, or "+
				"provided by you); left out of the letters"))
	}
	return f
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

// strengthOf says what carries an act whose proof is words: shown needs an
// exhibit and the words in it; the person's own words alone are a statement;
// neither is for a person to complete.
func (a *applier) strengthOf(i evidence.Incident) evidence.Strength {
	switch {
	case i.Time.IsZero():
	case i.Shown != "" && a.carriesWords(i):
		return evidence.Shown
	case i.Words != "":
		return evidence.Stated
	}
	return evidence.Review
}

// strengthOfContact says what carries an act whose point is that somebody was
// called or written to, whatever was said: any file that holds it.
func (a *applier) strengthOfContact(i evidence.Incident) evidence.Strength {
	if len(i.Exhibits) > 0 && !i.Time.IsZero() && !a.unread(i) &&
		(i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message) {
		return evidence.Shown
	}
	return a.strengthOf(i)
}

// unread reports an act that nothing but a picture shows of which nobody wrote down
// what it says nor who wrote or called: that there is a picture is no contact.
func (a *applier) unread(i evidence.Incident) bool {
	if i.Shown != "" || i.Number != "" || i.Name != "" || len(i.Exhibits) == 0 {
		return false
	}
	return !slices.ContainsFunc(i.Exhibits, func(number string) bool {
		n := slices.IndexFunc(a.exhibits, func(x evidence.Exhibit) bool { return x.Number == number })
		return n < 0 || a.exhibits[n].Kind != evidence.Screenshot && a.exhibits[n].Kind != evidence.Photo
	})
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

// addByStrength adds one finding a strength; that for review says what its rows
// lack.
func (a *applier) addByStrength(id string, all []act, strengthOf func(evidence.Incident) evidence.Strength) {
	parts := map[evidence.Strength][]act{}
	for _, x := range all {
		s := strengthOf(x.Incident)
		parts[s] = append(parts[s], x)
	}
	for _, s := range strengths {
		if len(parts[s]) == 0 {
			continue
		}
		var edit func(*evidence.Finding)
		if s == evidence.Review {
			edit = func(f *evidence.Finding) {
				a.askForProof(f)
			}
		}
		a.add(id, s, parts[s], edit)
	}
}

// askForProof says what the rows of a finding still lack, and only that. Of one
// whose file does not have it, that is what there is to mend.
func (a *applier) askForProof(f *evidence.Finding) {
	var missing []string
	for _, i := range f.Incidents {
		for _, d := range a.doubts[i.ID] {
			if d.Code == evidence.NotInFile {
				missing = append(missing, i.ID)
				f.Doubts = append(f.Doubts, d.Text())
			}
		}
	}
	if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.Time.IsZero() }) {
		f.Doubts = append(f.Doubts, evidence.Advise("请在{“时间”一栏|“一件件看”里}补上时间", "give the time"))
	}
	if slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool {
		return i.Words == "" && (i.Shown == "" || !a.carriesWords(i)) && !slices.Contains(missing, i.ID)
	}) {
		f.Doubts = append(f.Doubts, evidence.Advise("请在{“材料显示的内容”一栏|“听和看”里}逐字写出原话（要有录音、截图等能显示原话的证据，通话记录不能），"+
			"或{在“本人陈述”一栏|用您自己的话}写明经过",
			"give the words {in “what the file shows”|under “Listen and look”} (with a recording or screenshot; a call list "+
				"shows no "+
				"words) or {“my own words”|your own words}"))
	}
}
