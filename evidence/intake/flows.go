package intake

import (
	"context"
	"errors"
	"fmt"
	"io"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
)

// statement reads a statement of payments; not is: the file is none.
func statement(in io.ReaderAt, size int64, form form) (is bool, s logs.Statement) {
	if form.kind != evidence.Document {
		return false, s
	}
	if form.pdf != nil {
		if !form.pdf.Pages.IsFlow() {
			return false, s
		}
		s, _ = form.pdf.Pages.Moves() // what cannot be read has no rows
		return true, s
	}
	if !logs.IsFlow(in, size) {
		return false, s
	}
	s, _ = logs.Moves(in, size)
	return true, s
}

// describeStatement says what was read of a statement. Its rows are no acts of
// collection: they stand in no timeline, and what of them belongs to the loan the
// person is asked.
func describeStatement(s logs.Statement, note func(code, format string, args ...any)) {
	const others = "里面也有您的其他收支：信里只引用摘录，整份不会自己交出去；不想放进证据包的，用 juzheng leave"
	if len(s.Moves) == 0 {
		note(evidence.NoteUnread, "像是银行、支付宝或者微信的收支流水，不是通话记录；里面的收支没有读出来（找不到日期、金额这几栏），"+
			"按文件保存：请另要一份 Excel、CSV 或者带文字的 PDF 加进来")
		return
	}
	in, out := 0, 0
	for _, m := range s.Moves {
		switch m.Direction {
		case evidence.In:
			in++
		case evidence.Out:
			out++
		}
	}
	note(evidence.NoteMoney, "银行、支付宝或者微信的收支流水，不是通话记录，不进时间线：读出 %d 笔（支出 %d，收入 %d）；"+
		"像是还款、费用、到账的，juzheng ask 会问；%s", len(s.Moves), out, in, others)
	if s.Lost > 0 {
		note(NoteRowsUnread, "收支流水里有 %d 行读不出金额，没有算在内；请对照原件", s.Lost)
	}
}

// Moves are the rows of all statements of payments among exhibits. What can no
// longer be read gives none.
func Moves(f *folder.Folder, exhibits []evidence.Exhibit, pdfs PDFReader) ([]evidence.Move, error) {
	var out []evidence.Move
	for _, x := range exhibits {
		if !isStatement(x) {
			continue
		}
		log, err := pdfs.openLog(f, x)
		if errors.Is(err, errNoText) {
			continue
		}
		if err != nil {
			return nil, err
		}
		s, err := log.statement()
		log.Close()
		if err != nil {
			continue
		}
		for _, m := range s.Moves {
			m.Source = evidence.RowOf(x.Number, m.Sheet, m.Line)
			out = append(out, m.Move)
		}
	}
	return out, nil
}

func (l *logFile) statement() (logs.Statement, error) {
	if l.pdf != nil {
		return l.pdf.Pages.Moves()
	}
	return logs.Moves(l.in, l.x.Size)
}

func (l *logFile) extractMoves(want func(logs.Move) bool) (logs.Extracted, error) {
	if l.pdf != nil {
		return l.pdf.Pages.ExtractMoves(want)
	}
	return logs.ExtractMoves(l.in, l.x.Size, want)
}

// extractStatements makes, of each statement of payments in which the case names
// rows, an exhibit of these rows alone, as [Extract] does of logs: a statement
// holds all that somebody bought and was paid.
func extractStatements(
	ctx context.Context, f *folder.Folder, c evidence.Case, exhibits []evidence.Exhibit, pdfs PDFReader,
	admit func(of evidence.Exhibit, taken logs.Extracted) error,
) error {
	for _, x := range exhibits {
		if !isStatement(x) || len(c.Naming(x.Number)) == 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		log, err := pdfs.openLog(f, x)
		if errors.Is(err, errNoText) {
			continue
		}
		if err != nil {
			return err
		}
		taken, err := log.extractMoves(func(m logs.Move) bool {
			m.Source = evidence.RowOf(x.Number, m.Sheet, m.Line)
			return c.Loan.RestsOn(m.Move)
		})
		log.Close()
		switch {
		case errors.Is(err, logs.ErrNoLines), errors.Is(err, logs.ErrNoForm), err == nil && (!taken.More || taken.Rows == 0):
			continue
		case err != nil:
			return fmt.Errorf("extract of %s: %w", x.Number, err)
		}
		if err := admit(x, taken); err != nil {
			return err
		}
	}
	return nil
}

// isStatement reports an exhibit whose rows are money.
func isStatement(x evidence.Exhibit) bool {
	_, is := x.Note(evidence.NoteMoney)
	return is
}
