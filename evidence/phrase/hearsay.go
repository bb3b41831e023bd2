package phrase

import (
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
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

// Owns reports a message that sounds as if the other side owns that its collectors did
// wrong: an apology for what they did or said, a team that was called off. What is said
// of a case that may come is none.
func Owns(i evidence.Incident) bool {
	if i.Kind != evidence.Message && i.Kind != evidence.SMS || i.Direction == evidence.Out {
		return false
	}
	text, _ := flatten(i.Shown).text()
	return matches(phrases().roles["owns"], text) && !ifEver.MatchString(text)
}

var ifEver = lazyregexp.New(`(如|若|如果|一旦|倘若)(您|你)?(遇|有|发现|存在|对|收到)|请(您|你)?(放心)?(监督|举报)`)

// Owned are the messages of the collecting side in which, as the person says, it owns
// that its collectors did wrong: those whose rows nothing contradicts.
func Owned(c evidence.Case, rows []evidence.Incident, doubts []evidence.Doubt) []evidence.Incident {
	var out []evidence.Incident
	for _, i := range rows {
		doubted := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
			return d.Incident == i.ID && d.About == evidence.AboutRow
		})
		if i.Role == evidence.RoleAdmission && i.Use != evidence.No && i.Direction != evidence.Out && i.Made() &&
			i.ToldBy == "" && i.Shown != "" && c.Concerns(i) && !doubted {
			out = append(out, i)
		}
	}
	return out
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
