package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/phrase"
)

// Extract makes, of each log or chat on which rows of letters rest and which
// holds rows of others as well, and of each statement whose payments the case
// names, an exhibit with the rows of the debt alone: that is what recipients
// get, and the whole is withheld. A code to log in with is the person's own,
// whoever sent it. Rows are those of the letters. What stands already as it
// would be made is not made again; changed reports that something was made, or
// took the place of another.
func Extract(
	ctx context.Context, f *folder.Folder, c evidence.Case, rows []evidence.Incident, pdfs PDFReader, now time.Time,
) (changed bool, err error) {
	register, err := f.Register()
	if err != nil {
		return false, err
	}
	wanted := map[string]bool{} // sources of rows
	of := map[string]bool{}     // logs
	for _, i := range rows {
		for _, s := range strings.Fields(i.Source) {
			if n, _, ok := strings.Cut(s, ":"); ok {
				wanted[s], of[n] = true, true
			}
		}
	}
	admit := func(x evidence.Exhibit, taken logs.Extracted) error {
		this, fresh, err := admitExtract(ctx, f, x, taken, now)
		if err != nil {
			return err
		}
		other, err := instead(f, this, now)
		changed = changed || fresh || other
		return err
	}
	for _, x := range register.Exhibits {
		if !x.Kind.IsLog() || !of[x.Number] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return changed, err
		}
		taken, err := take(f, x, pdfs, func(r logs.Row) bool {
			return wanted[r.Place(x.Number)] || phrase.OfTheDebt(c, r.Incident)
		})
		if errors.Is(err, logs.ErrNoLines) || errors.Is(err, logs.ErrNoForm) ||
			err == nil && (!taken.More || taken.Rows == 0) {
			continue // nothing to leave behind, or no way to: letters cite the log itself
		}
		if err != nil {
			return changed, fmt.Errorf("extract of %s: %w", x.Number, err)
		}
		if err := admit(x, taken); err != nil {
			return changed, err
		}
	}
	err = extractStatements(ctx, f, c, register.Exhibits, pdfs, admit)
	return changed, err
}

// instead leaves out the other extracts of the same log, whose rows are not the
// same, and reports whether it had to.
func instead(f *folder.Folder, x evidence.Exhibit, now time.Time) (changed bool, err error) {
	register, err := f.Register()
	if err != nil {
		return false, err
	}
	left, err := f.LeftOut()
	if err != nil {
		return false, err
	}
	for _, o := range register.Exhibits {
		out := o.Number != x.Number
		if o.Extract == nil || o.Extract.Of != x.Extract.Of || left[o.Number] == out {
			continue
		}
		if err := f.Leave([]string{o.Number}, out, "换成了新的摘录", now); err != nil {
			return changed, err
		}
		changed = true
	}
	return changed, nil
}

func take(f *folder.Folder, x evidence.Exhibit, pdfs PDFReader, want func(logs.Row) bool) (logs.Extracted, error) {
	log, err := pdfs.openLog(f, x)
	if err != nil {
		return logs.Extracted{}, err
	}
	defer log.Close()
	return log.extract(want)
}

// admitExtract makes an exhibit of rows of another, unless they are one already.
func admitExtract(ctx context.Context, f *folder.Folder, of evidence.Exhibit, taken logs.Extracted, now time.Time) (
	x evidence.Exhibit, fresh bool, err error) {
	register, err := f.Register()
	if err != nil {
		return x, false, err
	}
	for _, old := range register.Exhibits {
		if old.Extract != nil && *old.Extract == (evidence.Extraction{Of: of.Number, Lines: taken.Lines}) {
			return old, false, nil
		}
	}
	name := of.Number + "-摘录" + taken.Extension
	title, others := of.Kind.Title().ZH, "只有催收方和与本案有关的行；整份里还有别人的记录"
	if isStatement(of) {
		title, others = "收支流水", "只有与本案有关的几笔；整份里还有其他收支"
	}
	x = evidence.Exhibit{Kind: evidence.Extract, MediaType: taken.MediaType, OriginalName: name,
		Title:   title + "（摘录）",
		Extract: &evidence.Extraction{Of: of.Number, Lines: taken.Lines},
		Notes: []evidence.Note{{Code: evidence.NoteExtract, About: of.Number,
			Detail: "从 " + of.Number + " 按行取出，" + others + "，不随信提供"}}}
	src := folder.Source{Path: "juzheng build " + name, Below: name,
		Info: memoryFile{name, int64(len(taken.Data)), now},
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(taken.Data)), nil }}
	x, how, err := f.Admit(ctx, src, x, taken.Extension, now)
	return x, how == folder.Admitted, err
}
