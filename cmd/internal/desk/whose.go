package desk

import (
	"context"
	"slices"

	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// A Whose is what the person says of a number or an account, asked or not.
type Whose struct {
	Number, Account string
	Value           string // an answer of [ask.Caller], or of [ask.Contact] where InLoan is set
	InLoan          bool   // it says whether they were named in the loan
}

// key is the number or account.
func (w Whose) key() string {
	if w.Number != "" {
		return w.Number
	}
	return w.Account
}

// A NoCallerError reports a number or account that no row of the case has.
type NoCallerError struct{ Who string }

func (e *NoCallerError) Error() string { return "no row has " + e.Who }

// SayWhose takes what the person says of a number or an account, as an answer that
// can be taken back. What they said of it alone before is taken back first, with
// what it changed; what was said of it together with others is written over.
func SayWhose(ctx context.Context, d Desk, dir string, w Whose) (AnswerResult, error) {
	var r AnswerResult
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return r, err
	}
	q, err := w.question(d, f)
	if err != nil {
		return r, err
	}
	if _, err := q.Edits(w.Value); err != nil { // before anything is taken back
		return r, err
	}
	if err := w.takeBack(d, f); err != nil {
		return r, err
	}
	if q, err = w.question(d, f); err != nil {
		return r, err
	}
	answers, err := answersTo(f, []ask.Question{q}, []Reply{{Question: q.ID, Value: w.Value}})
	if err != nil {
		return r, err
	}
	done, err := f.Answer(answers[0], d.Now)
	r.Answers = append(r.Answers, done)
	return r, err
}

// takeBack takes back what was said of the number alone: of who it is also whether
// they were named in the loan, which hangs on it. The latest goes first.
func (w Whose) takeBack(d Desk, f *folder.Folder) error {
	given, err := f.Answers()
	if err != nil {
		return err
	}
	slices.Reverse(given)
	for _, a := range given {
		k := ask.Kind(a.Kind)
		if !slices.Equal(a.Subject, []string{w.key()}) || k != ask.Contact && (k != ask.Caller || w.InLoan) {
			continue
		}
		if _, err := f.UndoAnswer(a.Question, d.Now); err != nil {
			return err
		}
	}
	return nil
}

// question is what is answered: the question that is open, or one made for it.
func (w Whose) question(d Desk, f *folder.Folder) (ask.Question, error) {
	x, err := readKept(d, f)
	if err != nil {
		return ask.Question{}, err
	}
	given, err := f.Answers()
	if err != nil {
		return ask.Question{}, err
	}
	asks := ask.Whose
	if w.InLoan {
		asks = ask.InLoan
	} else {
		open, err := x.asked.list(x, given)
		if err != nil {
			return ask.Question{}, err
		}
		for _, q := range open {
			if q.Kind == ask.Caller && slices.Equal(q.About.Subject(), []string{w.key()}) {
				return q, nil
			}
		}
	}
	record, err := recordOf(x, given)
	if err != nil {
		return ask.Question{}, err
	}
	q, ok := asks(record, w.Number, w.Account)
	if !ok {
		return q, &NoCallerError{w.key()}
	}
	return q, nil
}

// CallersOf is [Numbers] of a case that was read.
func CallersOf(x Dossier) Callers {
	return Callers{countNumbers(x.Case, byTime(x.Incidents)), x.Offers}
}

// BrandsOf is [Brands] of a case that was read.
func BrandsOf(x Dossier) Split {
	r := Split{Brands: phrase.BrandsIn(x.Case, x.Incidents)}
	for _, b := range r.All {
		if phrase.OwnBrand(x.Case, b.Name) {
			r.Own = append(r.Own, b.Name)
		}
	}
	return r
}

// A RowFact is what the person says of one row of the timeline, asked or not.
type RowFact struct {
	Row, Column string // the column by its name in [ask.OfRow]
	Value       string
}

// A NoRowFactError reports something that cannot be said of a row.
type NoRowFactError struct{ Row, Column string }

func (e *NoRowFactError) Error() string { return "nothing to say of " + e.Row + " under " + e.Column }

// SayOfRow takes what the person says of a row, as an answer that can be taken back.
// What they said of it alone before is taken back first.
func SayOfRow(ctx context.Context, d Desk, dir string, s RowFact) (r AnswerResult, err error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return r, err
	}
	x, err := readKept(d, f)
	if err != nil {
		return r, err
	}
	record, err := recordOf(x, nil)
	if err != nil {
		return r, err
	}
	q, ok := ask.OfRow(record, s.Row, s.Column)
	if !ok {
		return r, &NoRowFactError{s.Row, s.Column}
	}
	answers, err := answersTo(f, []ask.Question{q}, []Reply{{Question: q.ID, Value: s.Value}})
	if err != nil {
		return r, err
	}
	given, err := f.Answers()
	if err != nil {
		return r, err
	}
	if slices.ContainsFunc(given, func(a folder.Answer) bool { return a.Question == q.ID }) {
		if _, err := f.UndoAnswer(q.ID, d.Now); err != nil {
			return r, err
		}
	}
	done, err := f.Answer(answers[0], d.Now)
	r.Answers = append(r.Answers, done)
	return r, err
}

// OfRow is what can be said of a row in a column: see [ask.OfRow].
func OfRow(x Dossier, row, column string) (ask.Question, bool, error) {
	record, err := recordOf(x, nil)
	if err != nil {
		return ask.Question{}, false, err
	}
	q, ok := ask.OfRow(record, row, column)
	return q, ok, nil
}
