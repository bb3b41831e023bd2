package rule

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// contact reports that a harassed contact complains: then their own phone is
// that of a third person, and the borrower's privacy is not theirs to claim.
func (a *applier) contact() bool { return a.kase.Complainant.Kind == evidence.Contact }

// third reports whether somebody was reached who does not owe the debt. Who called
// the collector or wrote to them, by what a file of that phone shows, was not, nor
// whom the person wrote to.
func (a *applier) third(i evidence.Incident) bool {
	if sentOut(i) {
		return false
	}
	return i.Reached.Third() && i.Reached != evidence.ReachedGuarantor || a.contact() &&
		i.Reached == evidence.ReachedSelf && i.Direction == evidence.In
}

// sentOut reports a call or a message that by a file left the phone it is of.
func sentOut(i evidence.Incident) bool {
	return i.Made() && i.Direction == evidence.Out && (i.Kind == evidence.Call || written(i))
}

// asserts reports whether the person named the kind or a part of it.
func asserts(i evidence.Incident, rule string) bool {
	return slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return b.Rule() == rule })
}

// disclosure is V01: the debt was told to somebody who does not owe it, or to
// a group or the public. The borrower's privacy is not a contact's to claim.
func (a *applier) disclosure() {
	var met []act
	for _, i := range a.own {
		told := i.Disclosed == evidence.Yes || asserts(i, "V01")
		if !told || !a.third(i) && i.Kind != evidence.Post {
			continue
		}
		x := act{Incident: i}
		if i.Kind == evidence.Post {
			x.facts = append(x.facts, "public")
		}
		if slices.Contains(i.Asserted, "V01a") {
			x.facts, x.parts = append(x.facts, evidence.PartOf("V01a").Fact), []evidence.Breach{"V01a"}
		}
		if slices.Contains(i.Asserted, "V06b") {
			x.facts = append(x.facts, evidence.PartOf("V06b").Fact)
		}
		met = append(met, x)
	}
	a.addByStrength("V01", met, a.strengthOfTold)
}

// strengthOfTold says what carries that the debt was told: of a message, words
// that speak of one; else it is the person's word at most.
func (a *applier) strengthOfTold(i evidence.Incident) evidence.Strength {
	s := a.strengthOf(i)
	message := i.Kind == evidence.SMS || i.Kind == evidence.Message
	switch {
	case s != evidence.Shown || !message || phrase.SpeaksOfDebt(i.Shown):
		return s
	case i.Words != "":
		return evidence.Stated
	}
	return evidence.Review
}

// thirdPersons is V02: somebody unrelated was reached, nothing being said of
// the debt. Reaching a contact while the borrower could not be reached is not
// asserted. That the collector says so of themselves is no more than stated.
func (a *applier) thirdPersons() {
	var met, ask, ways, admitted []evidence.Incident
	var silent []string // of the debt, and the contact had not refused
	for _, i := range a.own {
		if !a.contact() && phrase.Admission(i) {
			switch i.Reachable {
			case evidence.Yes:
				admitted = append(admitted, i)
			case evidence.Unknown:
				ask = append(ask, i)
			}
			continue
		}
		if a.contact() && i.Kind == evidence.Call && i.Direction == evidence.DirectionUnknown &&
			!i.Reached.Third() && !namedOtherwise(i) {
			ways = append(ways, i)
			continue
		}
		if !a.third(i) || slices.Contains(i.Asserted, "V03a") || a.weighsMore(i) {
			continue
		}
		reachable := i.Reachable
		if a.contact() && (i.Disclosed == evidence.Yes || asserts(i, "V01") || asserts(i, "V02")) {
			// Told the debt, a contact was collected from, whether or not the
			// borrower could be reached.
			reachable = evidence.Yes
		}
		switch reachable {
		case evidence.Yes:
			met = append(met, i)
		case evidence.Unknown:
			if a.contact() && namedOtherwise(i) {
				continue // what it was the contact has said
			}
			if a.contact() && (i.Disclosed == evidence.No || i.Kind == evidence.Call && i.Answered == evidence.No) {
				silent = append(silent, i.ID) // what there is to say of it is said
				continue
			}
			ask = append(ask, i)
		}
	}
	reached := acts(met, repeated(a.certain("V02", met))...)
	for n, x := range reached {
		// A contact seldom knows whether the borrower could be reached: what hangs on
		// that is not held against what they cannot say.
		if x.Reachable == evidence.Unknown {
			reached[n].facts = append(slices.Clone(x.facts), "unasked")
		}
		if x.Disclosed == evidence.Yes {
			reached[n].facts = append(slices.Clone(reached[n].facts), "told")
		}
	}
	a.addByStrength("V02", reached, a.strengthOfContact)
	if len(admitted) > 0 {
		a.add("V02", evidence.Stated, acts(admitted), nil) // the file shows the words, and no contact
	}
	if len(silent) > 0 {
		a.remark(evidence.Advise("%s 没有说出他人欠款（或者没有接通），也不是在您拒绝之后，“向与债务无关的第三人催收”没有列入",
			"%s told no debt of another's, or was not answered, and did not come after a refusal of yours: not "+
				"among the contacts with somebody who does not owe it").With(a.rows(silent)))
	}
	if len(ways) > 0 {
		a.add("V02", evidence.Review, acts(ways), func(f *evidence.Finding) { f.Doubts = append(f.Doubts, whichWay) })
	}
	if len(ask) > 0 {
		a.add("V02", evidence.Review, acts(ask), func(f *evidence.Finding) {
			if a.contact() {
				f.Doubts = append(f.Doubts, evidence.Advise("对方联系您时有没有说出他人欠款？{请填“是否透露欠款”；您拒绝之后又来联系的，请填“对方此前是否拒绝联系”|请在“听和看”里答；"+
					"您拒绝之后又来联系的，也写明}",
					"did they tell you of another's debt? {Say so under disclosed debt; calls after you refused "+
						"under refused contact before|Say so under “Listen and look”; also where you had refused before}"))
				return
			}
			f.Doubts = append(f.Doubts, evidence.Advise("当时对方能否联系上您本人？请{填“本人当时能否联系上”|在“听和看”里答}。联系不上时联系紧急联系人而不透露欠款，不算违规",
				"could you be reached then? Reaching a contact while you could not be, without telling the debt, "+
					"is no breach"))
		})
	}
}

// weighsMore reports a contact with a third person that is told as more than
// that: the debt was disclosed, or they had refused. Where only the person says
// so, and a file shows that there was a contact, the contact is told as well:
// one contact is not less shown than another because more is said of it. A contact
// who complains was told of the debt and had refused: each is a wrong of its own.
func (a *applier) weighsMore(i evidence.Incident) bool {
	if a.contact() && (i.Disclosed == evidence.Yes || asserts(i, "V01") || asserts(i, "V02")) {
		return false
	}
	told := !a.contact() && (i.Disclosed == evidence.Yes || asserts(i, "V01"))
	if !told && i.Refused != evidence.Yes {
		return false
	}
	return a.strengthOfContact(i) != evidence.Shown ||
		slices.ContainsFunc(a.report.Findings, func(f evidence.Finding) bool {
			return (f.Rule == "V01" || f.Rule == "V03") && f.Strength == evidence.Shown &&
				slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID })
		})
}

// namedOtherwise reports whether the person named a row as one of the kinds
// that are not computed.
func namedOtherwise(i evidence.Incident) bool {
	return slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return !evidence.KindOf(string(b)).Computed })
}

// afterRefusal is V03. What is shown must show the refusal too: in the
// exhibit of the contact itself, which the person says by naming the row V03,
// or in that of an earlier row named V03a, which then is told with it.
func (a *applier) afterRefusal() {
	var met, refusals []evidence.Incident
	for _, i := range a.own {
		switch {
		case slices.Contains(i.Asserted, "V03a"):
			refusals = append(refusals, i)
			a.found[i.ID] = true
		case a.third(i) && i.Refused == evidence.Yes:
			met = append(met, i)
		}
	}
	facts := repeated(a.certain("V03", met))
	parts := map[evidence.Strength][]act{}
	for _, i := range met {
		s := a.strengthOfContact(i)
		if s == evidence.Shown && !slices.Contains(i.Asserted, "V03") {
			n := slices.IndexFunc(refusals, func(r evidence.Incident) bool {
				return a.strengthOf(r) == evidence.Shown && r.Time.At.Before(i.Time.At) &&
					(a.contact() || sameContact(r, i) || samePhone(r, i))
			})
			switch {
			case n >= 0:
				if r := refusals[n]; !slices.ContainsFunc(parts[s], func(x act) bool { return x.ID == r.ID }) {
					parts[s] = append(parts[s], act{Incident: r, facts: facts})
				}
			case i.Words != "":
				s = evidence.Stated
			default:
				s = evidence.Review
			}
		}
		parts[s] = append(parts[s], act{Incident: i, facts: facts})
	}
	for _, s := range strengths {
		if len(parts[s]) == 0 {
			continue
		}
		a.add("V03", s, parts[s], func(f *evidence.Finding) {
			if s == evidence.Review {
				f.Doubts = append(f.Doubts, evidence.Advise("哪份材料能看到对方此前表示过拒绝？就在这份材料里的，{这一行的“认为属于”填|在“一件件看”里给它选}%[1]s；在另一份里的，"+
					"{那一行填|给那一件选}%[2]s（表示拒绝）",
					"which exhibit shows that they had refused? If this one, name {this row|it} %[1]s; if another, name "+
						"{that row|that one} %[2]s").With(named("V03"), named("V03a")))
			}
		})
	}
}

// sameContact reports whether two rows can be of the same person reached; a
// contact who complains is that person in all of them.
func sameContact(x, y evidence.Incident) bool {
	return x.Name != "" && x.Name == y.Name || x.Reached == y.Reached && (x.Name == "" || y.Name == "")
}

// repeated are the facts of several acts of one kind: repeated, and messages
// where they were written, of which the older public security law spoke
// alone (2012, Article 42(5)).
func repeated(all []evidence.Incident) []string {
	var facts []string
	if len(all) > 1 {
		facts = append(facts, "repeated")
	}
	written := 0
	for _, i := range all {
		if i.Kind == evidence.SMS || i.Kind == evidence.Message {
			written++
		}
	}
	if written > 1 {
		facts = append(facts, "messages")
	}
	return facts
}
