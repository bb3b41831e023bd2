package desk

import (
	"bytes"
	"context"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// Complete rewrites a case's timeline as a person would in a spreadsheet: fill
// gets the rows and the exhibits and returns the rows as they are to be.
func Complete(
	ctx context.Context, d Desk, dir string, fill func([]evidence.Incident, []evidence.Exhibit) []evidence.Incident,
) error {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	rows, err := f.Timeline()
	if err != nil {
		return err
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := folder.WriteIncidents(&b, fill(rows, register.Exhibits)); err != nil {
		return err
	}
	return f.PutTimeline(b.Bytes())
}
