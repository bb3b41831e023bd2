package web

import (
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
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
