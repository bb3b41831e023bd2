package packet

import (
	"maps"
	"path/filepath"
	"slices"

	"juzheng/templates/document"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
)

// An Application is a letter that needs no breach, such as a request for a
// deferral.
type Application struct {
	Title   string // of its file
	Compose func(letter.Input) (document.Document, error)
	// Note is for the complainant alone; nil: that of a letter about the debt. A
	// letter with a note of its own follows a complaint, and starts no term.
	Note func(letter.Input) document.Document
	// Enclosed are pages behind the letter, by the name of their file, for what cannot
	// go along as it is.
	Enclosed map[string]func(letter.Input) document.Document
}

// BuildApplication sets such a letter into an empty folder, with a note, its
// text and a reminder. It goes without exhibits and asserts no breach, so of
// the order only input and redactions count.
func BuildApplication(dir string, o Order, a Application) error {
	in, _ := Covered(o)
	doc, err := a.Compose(in)
	if err != nil {
		return err
	}
	if err := resolved(doc, in); err != nil {
		return err
	}
	note, events := letter.ApplicationNote(in, doc.Title), filing.FollowUp(in, doc.Title)
	if a.Note != nil {
		note, events = a.Note(in), []filing.Event{filing.AskAgain(in.Recipient.Name, doc.Title, in.Date)}
	}
	papers := []paper{{a.Title, doc}, {noteName, note}}
	for _, name := range slices.Sorted(maps.Keys(a.Enclosed)) {
		papers = append(papers, paper{name, a.Enclosed[name](in)})
	}
	for _, p := range papers {
		if err := setDocument(filepath.Join(dir, p.name+".pdf"), p.doc, nil, o.Fonts); err != nil {
			return err
		}
	}
	files, err := adaptable(doc)
	if err != nil {
		return err
	}
	files[RemindersName] = filing.ICS(in.Case.ID, events, in.Date)
	return writeFiles(dir, files)
}
