package web

import (
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// thenHand is what the address of the screen has while it waits for papers: then it goes on
// to where they are handed in.
const thenHand = "hand"

// papersDone reports that the papers which this screen waits for were made.
func (v *visit) papersDone() bool {
	w, any := v.working()
	return v.form("then") == thenHand && any && w.name == makingWork && w.ended && w.err == nil &&
		v.reader().whyUnmade() == nil
}

// tickLetter notes that a letter was read, or was not after all.
func (v *visit) tickLetter() error {
	role, ok := evidence.ParseRole(v.form("to"))
	if !ok {
		return errNoPage
	}
	ticks := v.ticks()
	delete(ticks, role)
	if v.form("on") == "yes" {
		set := v.reader().letters()
		if set == nil {
			return errNoPage
		}
		for _, t := range set.value.Letters {
			// What was read is what the form says, not what came since.
			if t.Role == role && t.Set() {
				ticks[role] = v.form("digest")
			}
		}
	}
	return v.putTicks(ticks)
}

// afterTick is the address after a letter was ticked: that of the next which is due and was
// not read, else of the same.
func (v *visit) afterTick() string {
	if set := v.reader().letters(); set != nil && v.form("on") == "yes" {
		if next := nextUnread(set.value.Letters, v.ticks()); next != "" {
			return query(v.base()+"/"+lettersPath, "to", string(next), "next", "yes")
		}
	}
	return v.letterAt(v.form("to"))
}

// nextUnread is the first letter that is due and was not read as it is now; empty: none.
func nextUnread(all []desk.LetterDraft, ticks map[evidence.Role]string) evidence.Role {
	for _, t := range all {
		if t.Set() && !t.Later && ticks[t.Role] != t.Digest {
			return t.Role
		}
	}
	return ""
}

// unhanded are the bodies to which something can be handed in and was not.
func unhanded(lanes []desk.Lane) string {
	var names []string
	for _, l := range lanes {
		if name := l.Recipient.Name; l.Base < 0 && name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "、")
}
