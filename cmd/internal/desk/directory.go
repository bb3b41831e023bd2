package desk

import (
	"fmt"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// A NotListedError reports a word that leads to no record of the directory.
type NotListedError struct {
	Word string
	Near []string // slugs that are written nearly so
}

func (e *NotListedError) Error() string { return fmt.Sprintf("the directory has no %q", e.Word) }

// directoryOf is the program's, with the records of the user's settings folder.
func directoryOf(d Desk) (*templates.Directory, error) {
	own, err := outsideOf(d, nil)
	return own.directory, err
}

// Recipients are the records of the directory that a word leads to: a name of
// today or of before, a place, a channel. All of them if it is empty; none is
// a [*NotListedError].
func Recipients(k Desk, word string) ([]templates.Recipient, error) {
	d, err := directoryOf(k)
	if err != nil {
		return nil, err
	}
	if word == "" {
		return d.All(), nil
	}
	found := d.Search(word)
	if code, ok := evidence.FindRegion(word); ok && len(found) == 0 {
		found = d.Search(code)
	}
	if len(found) == 0 {
		return nil, &NotListedError{Word: word}
	}
	return found, nil
}

// Recipient is the record with a slug.
func Recipient(k Desk, slug string) (templates.Recipient, error) {
	d, err := directoryOf(k)
	if err != nil {
		return templates.Recipient{}, err
	}
	r, ok := d.Lookup(slug)
	if !ok {
		unknown := &NotListedError{Word: slug}
		for _, r := range d.Alike(slug) {
			unknown.Near = append(unknown.Near, r.Slug)
		}
		return r, unknown
	}
	return r, nil
}

// A DirectoryAge says how far the directory can be relied on.
type DirectoryAge struct {
	Stale     []templates.Recipient // checked longer ago than asked for
	All       int
	Unchecked int // never compared with an official site
}

// AgeOfDirectory looks which records were checked longer ago than most.
func AgeOfDirectory(d Desk, most time.Duration) (DirectoryAge, error) {
	records, err := directoryOf(d)
	if err != nil {
		return DirectoryAge{}, err
	}
	all := records.All()
	r := DirectoryAge{Stale: records.Stale(most, d.Now), All: len(all)}
	for _, x := range all {
		if x.Origin != "" || x.Quality == "unchecked" || x.Quality == "imported" {
			r.Unchecked++
		}
	}
	return r, nil
}
