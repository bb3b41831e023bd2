package desk

import (
	"context"
	"errors"
	"io"
	"os"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/templates/letter"
)

// A Form is the form that was made for who comes for help to fill in by hand.
type Form struct {
	Path  string `json:"path"`
	Pages int    `json:"pages"`
}

// Lines are the objects of the result.
func (r Form) Lines() []Line { return []Line{{"summary", r}} }

// WriteForm makes the form, with the letterhead of an organisation where there is one,
// and goes over no file.
func WriteForm(ctx context.Context, d Desk, path string, o evidence.Organisation) (Form, error) {
	if err := ctx.Err(); err != nil {
		return Form{}, err
	}
	fonts, err := printableForm(d, o)
	if err != nil {
		return Form{}, err
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return Form{}, &TakenError{path}
	}
	r := Form{Path: path}
	err = disk.Set([]string{path}, func(ws []io.Writer) error {
		pages, err := fonts.Document(ws[0], letter.Intake(o, d.Now), nil)
		r.Pages = pages.Total
		return err
	})
	return r, err
}
