package doubt

import (
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// notOnPicture doubts the words of a row whose exhibit is a picture, where they are neither
// those that the person answered, nor stand in what a program read off it: what
// somebody wrote into the table is not yet what the picture shows. Where neither is there,
// nobody can tell.
func (f *finder) notOnPicture(i evidence.Incident) []evidence.Doubt {
	if i.Shown == "" || len(i.Exhibits) != 1 || i.Kind == evidence.Call {
		return nil
	}
	x := f.exhibits[i.Exhibits[0]]
	if x.Kind != evidence.Screenshot && x.Kind != evidence.Photo {
		return nil
	}
	says := evidence.Statement{Source: "answer", Exhibit: x.Number, Value: f.Read.Copied[i.ID]}
	if says.Value == "" {
		says.Source, says.Value = "read", f.Read.Seen[x.Number].Text
	}
	if says.Value == "" || onPicture(says.Value, i.Shown) || onPicture(f.Read.Seen[x.Number].Text, i.Shown) {
		return nil
	}
	says.Value = cutTo(says.Value)
	return []evidence.Doubt{{Code: evidence.NotOnPicture, Incident: i.ID, About: evidence.AboutRow,
		Says: []evidence.Statement{says, {Source: "table", Value: cutTo(i.Shown)}}}}
}

// onPicture reports whether a text has words, line by line: programs read marks and blanks
// between them, and between two messages a time, as they please.
func onPicture(text, words string) bool {
	text = device.LettersOf(text)
	for _, line := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("\n…", r) }) {
		_, rest, found := strings.Cut(text, device.LettersOf(line))
		if !found {
			return false
		}
		text = rest
	}
	return true
}

// mostSaid is how many characters of a picture's words a doubt repeats.
const mostSaid = 40

func cutTo(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > mostSaid {
		return string(r[:mostSaid]) + "……"
	}
	return s
}
