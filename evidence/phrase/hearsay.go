package phrase

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// Tells reports whether a message reads like somebody telling of a call that
// came to them (转告), who is not the collector: a colleague, a relative. What
// the person has said of the row, its teller or its role, settles it.
func Tells(c evidence.Case, i evidence.Incident) bool {
	if i.Kind != evidence.Message && i.Kind != evidence.SMS || i.Direction == evidence.Out ||
		i.ToldBy != "" || i.Role != evidence.RoleUnknown || c.SideOfWriter(i) == evidence.CollectorSide {
		return false
	}
	text, _ := flatten(i.Shown).text()
	return matches(phrases().roles["tells"], text)
}

// Admits reports words of the collecting side that say that somebody else was called
// or told already: no threat of it any more, and nothing that is lawful to have done
// until it is known what was said to whom.
func Admits(i evidence.Incident) bool {
	if i.Kind != evidence.Message && i.Kind != evidence.SMS || i.Direction == evidence.Out {
		return false
	}
	flat := without(flatten(i.Shown), phrases().denied)
	text, _ := flat.text()
	return matches(phrases().roles["admits"], text)
}

// Admission reports such words in a message to the person, who says that they mean
// it. The file shows the words, and no contact.
func Admission(i evidence.Incident) bool {
	return i.ToldBy == "" && !i.Reached.Third() && slices.Contains(i.Asserted, "V02") && Admits(i)
}

// Admitting reports words that stand in a clause which admits: they announce nothing
// to come. What another clause announces does.
func Admitting(i evidence.Incident, h Hit) bool {
	if !h.Announces() {
		return false
	}
	const stops = "，,。！!？?；;\n"
	begin, end := strings.LastIndexAny(i.Shown[:h.Start], stops), strings.IndexAny(i.Shown[h.Start:], stops)
	if end < 0 {
		end = len(i.Shown) - h.Start
	}
	i.Shown = i.Shown[max(begin, 0) : h.Start+end]
	return Admits(i)
}
