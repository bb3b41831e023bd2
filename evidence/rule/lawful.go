package rule

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// Lawful acts that a check or an answer of the person shows to be so.
var (
	lawfulWarning = evidence.Advise("如实告知将起诉、报送征信、委托律师等后果",
		"saying truthfully that they will sue, report to the credit bureau or instruct a lawyer")
	lawfulPapers = evidence.Advise("经核实属实的律师函、法律文书或者身份",
		"a lawyer letter, legal document or identity found genuine")
	lawyersNotice = evidence.Advise("以律师名义发来的催告（真律师可以发；真假可打 12348 查，查出是假的，在{这一行的“认为属于”填|“一件件看”里选}%s）",
		"demands in a lawyer's name (a lawyer may write so; ask 12348 whether there is one, and name {the row|it} %s "+
			"if there is none)").With(named("V08a"))
)

func (a *applier) lawful(act evidence.Advice, id string) {
	for n := range a.report.Lawful {
		if l := &a.report.Lawful[n]; l.Act == act {
			l.Incidents = append(l.Incidents, id)
			return
		}
	}
	a.report.Lawful = append(a.report.Lawful, evidence.Lawful{Act: act, Incidents: []string{id}})
}

// openToDoubt reports that what an act was is not known well enough to call it
// lawful.
func (a *applier) openToDoubt(i evidence.Incident) bool {
	return slices.ContainsFunc(a.doubts[i.ID], func(d evidence.Doubt) bool {
		return d.About != evidence.AboutLength && d.About != evidence.AboutNumber && d.Code != evidence.TypedTime &&
			d.Code != evidence.TypedWay
	})
}

// officialBody are the bodies whose name a collector may borrow.
var officialBody = lazyregexp.New(`人民调解|调解(?:委员会|中心|委)|仲裁委|法院|法庭|检察院|公安|派出所`)

// looksBorrowed reports words of the collecting side that open with the name of
// such a body, as a sign or as who speaks: nobody has checked it, so that nobody
// calls it lawful.
func looksBorrowed(i evidence.Incident) bool {
	const opening = 20
	head := []rune(i.Shown)
	if len(head) > opening {
		head = head[:opening]
	}
	return officialBody.MatchString(string(head))
}

// lawfulActs lists what was seen and must not be complained of.
func (a *applier) lawfulActs() {
	settled := phrase.Settled(a.kase, a.all)
	receipts := phrase.Receipts(a.kase, a.own, a.all, a.report.Doubts)
	for _, i := range a.own {
		if slices.ContainsFunc(receipts, func(r evidence.Incident) bool { return r.ID == i.ID }) {
			continue // letters quote it, against a demand that came after it
		}
		if phrase.DunsSettled(a.kase, i, settled) || phrase.RingsSettled(a.kase, i, settled) {
			continue // a loan that was paid: it is asked whether this is a demand for it
		}
		if a.found[i.ID] || i.Direction == evidence.Out || a.unnamed[i.ID] || i.ToldBy != "" || a.openToDoubt(i) ||
			looksBorrowed(i) && i.Untrue != evidence.No {
			continue
		}
		if phrase.Admits(i) && !slices.Contains(i.Denied, "V02") {
			a.remark(evidence.Advise("%[1]s{（%[2]s）|}像是承认已经联系过别人：问一问那个人是哪天几点、对他说了什么，另加一{行，“联系到谁”填|件，联系到谁选}那个人",
				"%[1]s{ (%[2]s)|} reads like an admission that somebody else was contacted: ask them when, and "+
					"what they "+
					"were told, and add {a row|an act} with who was reached").With(i.ID, where(i)))
			continue
		}
		switch {
		case i.Reached == evidence.ReachedGuarantor:
			a.lawful(evidence.Advise("联系担保人或共同借款人", "contacting a guarantor or co-borrower"), i.ID)
		case i.Reached.Third() && i.Reachable == evidence.No:
			a.lawful(evidence.Advise("联系不上您本人时联系联系人，且没有透露欠款",
				"reaching a contact while you could not be reached, without telling the debt"), i.ID)
		case a.contact(): // the limits are the debtor's, and say nothing of calls to others
		case i.Kind == evidence.Call && i.Direction == evidence.DirectionUnknown:
		case i.Reached.Third(), a.night(i) != evidence.No, i.Time.IsZero(), evidence.PictureTime(i, a.exhibits):
		case i.Kind == evidence.Call && i.Answered == evidence.No:
			a.lawful(evidence.Advise("8:00至22:00之间未接通的来电，一日不超过六次",
				"unanswered calls between 08:00 and 22:00, six a day at most"), i.ID)
		case i.Kind == evidence.Call:
			a.lawful(evidence.Advise("8:00至22:00之间的催款来电，一日接通不超过三次",
				"calls between 08:00 and 22:00, three connected a day at most"), i.ID)
		case (i.Kind == evidence.SMS || i.Kind == evidence.Message) && phrase.LawyersNotice(i.Shown):
			a.lawful(lawyersNotice, i.ID)
		case (i.Kind == evidence.SMS || i.Kind == evidence.Message) && a.roles[i.ID] == evidence.RoleUnknown:
			a.lawful(evidence.Advise("8:00至22:00之间发给本人、看不出催收内容的消息",
				"messages to you between 08:00 and 22:00 whose words do not collect"), i.ID)
		case i.Kind == evidence.SMS || i.Kind == evidence.Message:
			a.lawful(evidence.Advise("8:00至22:00之间发给本人的还款提醒", "reminders to you between 08:00 and 22:00"), i.ID)
		case i.Kind == evidence.Visit && i.Time.Precision != evidence.ToDay && slices.Contains(i.Denied, "V11"):
			a.lawful(evidence.Advise("8:00至22:00之间上门、留在门外",
				"a visit between 08:00 and 22:00 that stayed outside"), i.ID)
		case i.Kind == evidence.Visit && i.Time.Precision != evidence.ToDay:
			a.lawful(evidence.Advise("8:00至22:00之间上门，没有写明哪里不对",
				"a visit between 08:00 and 22:00 of which nothing wrong is said"), i.ID)
		case i.Kind == evidence.Mail:
			a.lawful(evidence.Advise("寄给本人的催款函", "a demand by letter to you"), i.ID)
		}
	}
}

// notFound tells of rows the person named as one of the kinds that are
// computed, where the columns do not bear it out: nothing the person says is
// passed over in silence.
func (a *applier) notFound() {
	met := map[string]bool{}
	for _, f := range a.report.Findings {
		for _, i := range f.Incidents {
			met[f.Rule+i.ID] = true
		}
	}
	for _, i := range a.own {
		for _, b := range i.Asserted {
			k := evidence.KindOf(string(b))
			// What was taken as another way of reaching a third person was taken.
			taken := met[string(k.ID)+i.ID] || k.Third &&
				slices.ContainsFunc(evidence.Kinds,
					func(o evidence.Kind) bool { return o.Third && met[string(o.ID)+i.ID] })
			if !k.Computed || b == "V03a" || taken {
				continue
			}
			reason, title := computed[k.ID].missed, k.Title
			if a.contact() && computed[k.ID].borrower {
				reason = evidence.Advise("这类规则针对借款人本人，应由借款人自己反映", "it is for the borrower to complain of")
			}
			a.remark(evidence.Advise("%[1]s{（%[2]s）|}您标注为“%[3]s”，没有列入：%[4]s",
				"%[1]s{ (%[2]s)|} you named as “%[3]s” and it was not taken: %[4]s").With(i.ID, where(i), title, reason))
		}
	}
}
