package web

import (
	"slices"
	"strings"
	"unicode"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/device"
	"juzheng/evidence/lazyregexp"
)

// mostOffers is how many words are offered for one field.
const mostOffers = 3

// offersFor are words that stand on a picture, as a program read it, for a field that is
// typed: times beside messages, and who wrote. The person looks and chooses: none is taken
// by itself.
func offersFor(field string, lines, senders []string) []string {
	var out []string
	put := func(s string) {
		if s != "" && len(out) < mostOffers && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	switch field {
	case ask.SentName:
		for n, line := range lines {
			if n == 0 && statusBar.MatchString(line) {
				continue // the hour of the picture, and of no message
			}
			for _, s := range device.TimesOn(line) {
				put(s)
			}
		}
	case ask.SenderName:
		for _, s := range senders {
			if !device.IsGroup(s) && slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, s) }) {
				put(s)
			}
		}
		put(headOf(lines))
	}
	return out
}

// statusBar is the first line of most screenshots: the hour, signal, battery.
var statusBar = lazyregexp.New(`^\P{Han}{0,3}\d{1,2}[:：]\d{2}\P{Han}*$`)

// headOf is the name or number at the top of a chat: the first line that is no status bar,
// short, without the arrow before it.
func headOf(lines []string) string {
	for n, line := range lines {
		if n == 0 && statusBar.MatchString(line) {
			continue
		}
		name := strings.TrimFunc(line, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '）' && r != ')'
		})
		if size := len([]rune(name)); size < 2 || size > 14 || device.IsGroup(name) {
			return ""
		}
		return name
	}
	return ""
}

// sendersOf are who wrote what stands on pictures, as the person has said, those said last
// before the others, and what the collector's accounts are called.
func sendersOf(x desk.Dossier) (out []string) {
	for n := len(x.Incidents) - 1; n >= 0; n-- {
		if i := x.Incidents[n]; i.Kind == evidence.Message && i.Name != "" && !slices.Contains(out, i.Name) {
			out = append(out, i.Name)
		}
	}
	for _, c := range x.Case.Numbers {
		if c.Account != "" && !slices.Contains(out, c.Account) {
			out = append(out, c.Account)
		}
	}
	return out
}
