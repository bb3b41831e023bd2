package desk

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// Asked is what a case needs and only the person can say.
type Asked struct {
	Questions []ask.Question
	Answers   []folder.Answer // that stand
	Report    evidence.Report
	Case      evidence.Case
	Incidents map[string]evidence.Incident // by id, for whoever shows what is asked about
	Exhibits  map[string]evidence.Exhibit
	Others    []BrandLine // creditors on the same phone that have no case of their own yet
	Folder    *folder.Folder
}

// Ask lists the questions of a case, the most useful first. It changes nothing.
func Ask(ctx context.Context, d Desk, dir string) (Asked, error) {
	x, err := openSeen(ctx, d, dir)
	if err != nil {
		return Asked{}, err
	}
	return AskOf(x)
}

// AskOf is [Ask] of a case that was read.
func AskOf(x Dossier) (Asked, error) {
	r := Asked{Report: x.Report, Case: x.Case, Folder: x.Folder, Incidents: map[string]evidence.Incident{},
		Exhibits: map[string]evidence.Exhibit{}}
	given, err := x.Folder.Answers()
	if err != nil {
		return r, err
	}
	r.Answers = given
	if r.Questions, err = x.asked.list(x, given); err != nil {
		return r, err
	}
	r.Others = otherCreditors(x)
	for _, i := range x.Incidents {
		r.Incidents[i.ID] = i
	}
	for _, e := range x.Exhibits {
		r.Exhibits[e.Number] = e
	}
	return r, nil
}

// list lists the questions of a case that was read.
func (l *listed) list(x Dossier, given []folder.Answer) ([]ask.Question, error) {
	if l == nil {
		l = &listed{}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known {
		return l.questions, nil
	}
	record, err := recordOf(x, given)
	if err != nil {
		return nil, err
	}
	l.known, l.questions = true, ask.List(record)
	return l.questions, nil
}

// recordOf is a case as package ask looks at it.
func recordOf(x Dossier, given []folder.Answer) (ask.Record, error) {
	r := ask.Record{Case: x.Case, Incidents: x.Incidents, Exhibits: x.Exhibits, Report: x.Report,
		Devices: x.Devices, Offers: x.Offers, Unplaced: slices.Concat(unplaced(x), pictureLists(x)), Idle: unsaid(x)}
	for _, a := range given {
		r.Given = append(r.Given, ask.Given{Question: a.Question, Kind: ask.Kind(a.Kind), Breach: a.Breach,
			Incidents: a.Incidents, Subject: a.Subject, Value: a.Value})
	}
	readings, err := x.Folder.Readings()
	if err != nil {
		return r, err
	}
	spoken, err := intake.Spoken(x.Folder, x.Exhibits, readings)
	if err != nil {
		return r, err
	}
	for _, s := range spoken {
		r.Spoken = append(r.Spoken, ask.Spoken{Exhibit: s.Exhibit, Where: s.Where, Passage: s.Text,
			Refuses: s.Refuses})
	}
	r.Transcribed = transcribed(x, readings)
	if r.Papers, err = papersOf(x, readings); err != nil {
		return r, err
	}
	r.Moves, err = intake.Moves(x.Folder, x.Exhibits, nil)
	return r, err
}

// transcribed are the recordings of which somebody or some program wrote down what
// was said.
func transcribed(x Dossier, readings []evidence.Reading) []string {
	var out []string
	for _, e := range x.Exhibits {
		for _, n := range e.Notes {
			if n.Code == evidence.NoteTranscript && e.Kind != evidence.Recording {
				out = append(out, n.About)
			}
		}
	}
	for _, r := range readings {
		out = append(out, r.Exhibit)
	}
	return out
}

// maxPaper bounds what is read of a document.
const maxPaper = 1 << 20

// papersOf are the texts of documents, as far as they can be read.
func papersOf(x Dossier, readings []evidence.Reading) ([]ask.Paper, error) {
	var out []ask.Paper
	for _, e := range x.Exhibits {
		if e.Kind != evidence.Document {
			continue
		}
		if e.MediaType == "application/pdf" {
			out = append(out, pagesOf(x, e)...)
		}
		if !strings.HasPrefix(e.MediaType, "text/plain") {
			continue
		}
		in, err := x.Folder.OpenExhibit(e)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(in, maxPaper))
		in.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Number, err)
		}
		if text, err := evidence.DecodeText(data); err == nil {
			out = append(out, ask.Paper{Exhibit: e.Number, Text: evidence.PlainCharacters(text)})
		}
	}
	for _, r := range readings {
		out = append(out, ask.Paper{Exhibit: r.Exhibit, Machine: true, Text: evidence.PlainCharacters(r.Text)})
	}
	return out, nil
}

// pagesOf are the pages of a PDF, as they were read when it was added. What is no
// longer kept gives no suggestions, and is read for none.
func pagesOf(x Dossier, e evidence.Exhibit) []ask.Paper {
	t, err := intake.PDFReader(nil).Text(context.Background(), x.Folder, e)
	if err != nil {
		return nil
	}
	var out []ask.Paper
	for n, lines := range t.Lines {
		out = append(out, ask.Paper{Exhibit: e.Number, Page: n + 1,
			Text: evidence.PlainCharacters(strings.Join(lines, "\n"))})
	}
	return out
}

// A Reply is an answer to a question, by its id. Fields, by their names, are what it says
// besides its words; where there are any, those not named are left empty and not asked.
type Reply struct {
	Question, Value string
	Fields          map[string]string
}

// A StaleQuestionError reports an answer to a question that does not stand.
type StaleQuestionError struct {
	ID       string
	Answered string // what was answered to it before; empty: it never stood, or stands no longer
}

func (e *StaleQuestionError) Error() string { return fmt.Sprintf("no such question stands: %s", e.ID) }

// A DisagreeError reports two answers that cannot both be true.
type DisagreeError struct{ First, Second Reply }

func (e *DisagreeError) Error() string {
	return fmt.Sprintf("answers disagree: %s=%s, %s=%s", e.First.Question, e.First.Value, e.Second.Question,
		e.Second.Value)
}

// Answer takes the person's answers and changes the case by them: all of them
// or, where one does not stand, none.
func Answer(ctx context.Context, d Desk, dir string, replies []Reply) (AnswerResult, error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return AnswerResult{}, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return AnswerResult{}, err
	}
	x, err := readKept(d, f)
	if err != nil {
		return AnswerResult{}, err
	}
	now, err := AskOf(x)
	if err != nil {
		return AnswerResult{}, err
	}
	answers, err := answersTo(f, now.Questions, replies)
	if err != nil {
		return AnswerResult{}, err
	}
	var r AnswerResult
	for _, a := range answers {
		if a.Changes, err = takenIn(f, d, a.Changes); err != nil {
			return r, err
		}
		done, err := f.Answer(a, d.Now)
		if err != nil {
			return r, err
		}
		r.Answers = append(r.Answers, done)
	}
	return r, nil
}

// sourceRow marks a change that takes in a row of a file.
const sourceRow = "place:"

// answersTo are answers with what they change; nothing is written yet.
func answersTo(f *folder.Folder, questions []ask.Question, replies []Reply) ([]folder.Answer, error) {
	var out []folder.Answer
	by := map[string]Reply{}  // of what is changed, who changes it
	to := map[string]string{} // and to what
	for _, reply := range replies {
		n := slices.IndexFunc(questions, func(q ask.Question) bool { return q.ID == reply.Question })
		if n < 0 {
			return nil, stale(f, reply.Question)
		}
		q := questions[n]
		if len(reply.Fields) > 0 {
			var err error
			if reply.Value, err = q.Filled(reply.Value, reply.Fields); err != nil {
				return nil, err
			}
		}
		edits, err := q.Edits(reply.Value)
		if err != nil {
			return nil, err
		}
		if first, twice := by[q.ID]; twice && first.Value != reply.Value {
			return nil, &DisagreeError{first, reply}
		}
		by[q.ID] = reply
		a := folder.Answer{Question: q.ID, Kind: string(q.Kind), Breach: q.About.Breach, Incidents: q.About.Incidents,
			Subject: q.About.Subject(), Value: reply.Value, Text: q.Text,
			Said: q.Said(reply.Value)}
		for _, e := range edits {
			c := folder.Change{Row: e.Row, Column: e.Column, Key: e.Key, Number: e.Number,
				Account: e.Account, Name: e.Name,
				Exhibit: e.Exhibit, Note: e.Note, Detail: e.Detail, After: e.Value}
			if e.Place != "" {
				c = folder.Change{Row: sourceRow + e.Place}
			}
			key := strings.Join([]string{c.Row, c.Column, c.Key, c.Number, c.Account, c.Exhibit, c.Note}, "\x1f")
			if was, known := to[key]; known && was != c.After {
				return nil, &DisagreeError{by[key], reply}
			}
			to[key], by[key] = c.After, reply
			a.Changes = append(a.Changes, c)
		}
		out = append(out, a)
	}
	return out, nil
}

func stale(f *folder.Folder, id string) error {
	e := &StaleQuestionError{ID: id}
	given, err := f.Answers()
	if err != nil {
		return err
	}
	for _, a := range given {
		if a.Question == id {
			e.Answered = a.Value
		}
	}
	return e
}

// takenIn takes rows of files into the timeline and names them by their ids.
func takenIn(f *folder.Folder, d Desk, changes []folder.Change) ([]folder.Change, error) {
	var places []string
	var out []folder.Change
	for _, c := range changes {
		if p, ok := strings.CutPrefix(c.Row, sourceRow); ok {
			places = append(places, p)
		} else {
			out = append(out, c)
		}
	}
	if len(places) == 0 {
		return out, nil
	}
	differ, err := intake.Differences(f, d.PDFs)
	if err != nil {
		return nil, err
	}
	var added []string
	if back := slices.DeleteFunc(slices.Clone(places), func(p string) bool { return !differ.Has(p) }); len(back) > 0 {
		done, err := differ.Restore(f, back, d.Now)
		if err != nil {
			return out, err
		}
		added = slices.Concat(done.Back, done.Anew, done.Added)
	}
	placed, err := intake.Place(f, slices.DeleteFunc(slices.Clone(places), differ.Has), d.Now)
	for _, id := range append(added, placed...) {
		out = append(out, folder.Change{Row: id})
	}
	return out, err
}

// A QuestionsSummary ends a list of questions.
type QuestionsSummary struct {
	Questions int `json:"questions"`
	Answered  int `json:"answered"`
}

// Lines are the objects of the result.
func (r Asked) Lines() []Line {
	var out []Line
	for _, q := range r.Questions {
		out = append(out, Line{"question", q})
	}
	return append(out, Line{"summary", QuestionsSummary{len(r.Questions), len(r.Answers)}})
}

// pictureLists are pictures of lists of calls, and recordings of what nobody knows, of which
// nothing is said: they stand in a row that is no call.
func pictureLists(x Dossier) []evidence.Exhibit {
	of := map[string]bool{}
	for _, i := range x.Incidents {
		if ask.NothingSaid(i) {
			of[i.Exhibits[0]] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(x.Exhibits), func(e evidence.Exhibit) bool {
		return !of[e.Number] || e.Kind != evidence.Screenshot && e.Kind != evidence.Recording
	})
}

// WithoutList is a question that was answered without the list in it, for whoever has no
// room for that.
func WithoutList(question string) string { return ask.WithoutList(question) }
