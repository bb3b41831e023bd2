package packet

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"juzheng/templates/letter"
)

// setSupplement sets the new exhibits of one recipient under the numbers they
// have, and the letter that goes with them. Where none belongs to the matter
// of this recipient there is nothing to write.
func setSupplement(ctx context.Context, dir string, in letter.Input, o Order) (made bool, err error) {
	in, err = letter.Supplement(in, o.Supplement)
	if errors.Is(err, letter.ErrNothingNew) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	dir = filepath.Join(dir, ExtraFolder)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return false, err
	}
	// Its pictures stand in the whole book as well: what could not be set is
	// told there.
	book, err := setBook(ctx, filepath.Join(dir, "补充证据册"), in, o.Volume)
	if err != nil {
		return false, err
	}
	note := letter.SupplementNote(in, book.at)
	if err := resolved(note); err != nil {
		return false, err
	}
	if err := setDocument(filepath.Join(dir, "补充证据说明.pdf"), note, book.at.Pages); err != nil {
		return false, err
	}
	files, err := adaptable(note)
	if err != nil {
		return false, err
	}
	return true, writeFiles(dir, files)
}
