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
