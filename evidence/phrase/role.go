package phrase

import "juzheng/evidence"

// RoleOf says what a message is for: what the person says, or else what its
// words tell. Words worth reading are taken for collecting, so that nothing
// that sounds like a violation passes for service; where words of several
// purposes or of none stand in it, nothing is said. Hits are what [Find] gives
// for its text.
func RoleOf(i evidence.Incident, hits []Hit) evidence.MessageRole {
	switch {
	case i.Role != evidence.RoleUnknown:
		return i.Role
	case len(i.Asserted) > 0:
		return evidence.RoleCollecting // the person named what it does
	case i.Kind != evidence.SMS && i.Kind != evidence.Message:
		return evidence.RoleCollecting
	case i.Shown == "" && i.Use == evidence.Yes:
		return evidence.RoleCollecting // no words, and the person takes it for part of the matter
	case i.Shown == "":
		return evidence.RoleUnknown
	}
	for _, h := range hits {
		if !h.Review {
			return evidence.RoleCollecting
		}
	}
	t := phrases()
	text, _ := flatten(i.Shown).text()
	demand := matches(t.roles["demand"], text)
	service := matches(t.roles["code"], text) || matches(t.roles["receipt"], text) || matches(t.roles["answer"], text)
	switch {
	case service && demand:
		return evidence.RoleUnknown
	case service:
		return evidence.RoleService
	case demand:
		return evidence.RoleCollecting
	case matches(t.roles["marketing"], text):
		return evidence.RoleMarketing
	}
	return evidence.RoleUnknown
}

// OfTheDebt reports what the collecting side did about the debt, as far as a row of a log
// tells: of who only collects, all but codes to log in with; of the platform and the
// lender, of whom customers hear about all they buy, messages that collect and calls of
// no service number.
func OfTheDebt(c evidence.Case, i evidence.Incident) bool {
	if c.SideOfWriter(i) != evidence.CollectorSide || evidence.HoldsCode(i.Shown) {
		return false
	}
	if c.SaidOf(i) == evidence.CollectorSide {
		return true
	}
	if i.Kind == evidence.Call {
		return !evidence.IsService(evidence.NormalNumber(i.Number))
	}
	return RoleOf(i, Find(i.Shown, SenderOf(c, i))) == evidence.RoleCollecting
}
