package packet

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"juzheng/templates/letter"
)

// ReviewDigests are the papers of an order that a second person reads, as digests of
// their words: the letter; the letter that goes with a supplement; where the supplement
// is all that is made, that alone, for nobody has the complaint before them then.
func ReviewDigests(o Order) ([]string, error) {
	in, _ := Covered(o)
	in.Unreviewed = false
	var out []string
	if o.Supplement != "" {
		s, err := letter.Supplement(in, o.Supplement)
		switch {
		case errors.Is(err, letter.ErrNothingNew):
		case err != nil:
			return nil, err
		default:
			out = append(out, letter.Digest(s, letter.SupplementNote(s, letter.Counted{})))
		}
	}
	if len(out) == 0 || !o.Filed {
		out = append(out, letter.LetterDigest(in))
	}
	return out, nil
}

// setSupplement sets the new exhibits of one recipient under the numbers they
// have, and the letter that goes with them. Where none belongs to the matter
// of this recipient, or adds to what it has, there is nothing to write.
func setSupplement(ctx context.Context, dir string, in letter.Input, o Order) (made Made, err error) {
	in, err = letter.Supplement(in, o.Supplement)
	if errors.Is(err, letter.ErrNothingNew) {
		return made, nil
	}
	if err != nil {
		return made, err
	}
	dir = filepath.Join(dir, ExtraFolder)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return made, err
	}
	book, err := setBook(ctx, filepath.Join(dir, "补充证据册"), in, o)
	if err != nil {
		return made, err
	}
	note := letter.SupplementNote(in, book.at)
	if err := resolved(note, in); err != nil {
		return made, err
	}
	made.Pages, err = setPages(filepath.Join(dir, letter.SupplementTitle+".pdf"), note, book.at.Pages, o.Fonts)
	if err != nil {
		return made, err
	}
	files, err := adaptable(note)
	if err != nil {
		return made, err
	}
	made.Supplement, made.Unset, made.Heavy = true, book.unset, book.heavy
	return made, writeFiles(dir, files)
}
