package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// A Restated is what the person says of an act otherwise than it stands: its time, number,
// direction, whether it was answered, how long it was, what was said.
type Restated struct {
	Row, Column string // the column by its English head, one of [RestateColumns]
	Value       string
	Why         string // how they know, of a row that a file has: letters print it
}

// RestateColumns are the columns of which [RestateAct] takes something, by their heads.
func RestateColumns() []string {
	return []string{ask.TimeColumn, "number", "direction", "answered", "seconds", shownColumn}
}

// RestateWhy is what a [CellError] names where there is no reason.
const RestateWhy = "why"

const shownColumn = "what the file shows"

// ofFile are the columns that a row has of its file and the person's own has not.
var ofFile = []string{"id", "source", "time source", "exhibits", shownColumn}

// RestateAct writes down what the person says of an act otherwise than it stands. Of a row
// that they wrote it changes the cell. A row that a file has stays as the file has it and is
// counted no more; in its place a row of their own is written, with no exhibit, which letters
// give as their statement: with their reason, and with what the file has. It is one answer,
// which can be taken back.
func RestateAct(ctx context.Context, d Desk, dir string, s Restated) (r AnswerResult, err error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	x, err := readKept(d, f)
	if err != nil {
		return r, err
	}
	a, err := restated(x, s)
	if err != nil || len(a.Changes) == 0 {
		return r, err
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	done, err := f.Answer(a, d.Now)
	r.Answers = append(r.Answers, done)
	return r, err
}

// restated is that as an answer; one that changes nothing where the act stands so already.
func restated(x Dossier, s Restated) (a folder.Answer, err error) {
	n := slices.IndexFunc(x.Incidents, func(i evidence.Incident) bool { return i.ID == s.Row })
	if n < 0 || !slices.Contains(RestateColumns(), s.Column) {
		return a, &NoRowFactError{s.Row, s.Column}
	}
	i := x.Incidents[n]
	set := changeSet{dossier: x}
	value, wanted := set.read(about{column: s.Column}, strings.Join(strings.Fields(s.Value), " "))
	if wanted == nil && value == "" {
		wanted = &evidence.Text{ZH: "还没有写。", EN: "Nothing was written."}
	}
	if wanted != nil {
		return a, &CellError{s.Column, *wanted}
	}
	cells := cellsOfRow(i)
	was, why := cells[s.Column], strings.Join(strings.Fields(s.Why), " ")
	if value == was {
		return a, nil
	}
	title := columnTitle(s.Column)
	a = folder.Answer{Question: fmt.Sprintf("act-%s-%s", s.Row, strings.ReplaceAll(s.Column, " ", "-")), Kind: ActAnswer,
		Incidents: []string{s.Row}, Value: value, Said: evidence.Text{ZH: value, EN: value},
		Text: evidence.Text{ZH: fmt.Sprintf("%s的%s，您说是", s.Row, title.ZH),
			EN: fmt.Sprintf("%s, %s: in your words", s.Row, title.EN)}}
	if !i.Made() {
		if s.Column == shownColumn {
			return a, &NoRowFactError{s.Row, s.Column} // what they wrote is in their own words
		}
		a.Changes = []folder.Change{{Row: s.Row, Column: s.Column, After: value}}
		return a, nil
	}
	if why == "" {
		return a, &CellError{RestateWhy, evidence.Text{ZH: "照实写一句您怎么知道的：信里会连同材料里的记录一起写。",
			EN: "Say in a sentence how you know: letters give it beside what the file has."}}
	}
	for _, en := range ofFile {
		delete(cells, en)
	}
	words := []string{cells[ask.WordsColumn], why}
	if cells[s.Column] = value; s.Column == shownColumn {
		delete(cells, shownColumn)
		words = append([]string{"对方说的是：" + value}, words...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	cells[ask.WordsColumn] = fmt.Sprintf("%s（材料里的%s是“%s”）", strings.Join(words, "；"), title.ZH, was)
	yes, _ := folder.ReadCell(ask.UseColumn, string(evidence.Yes))
	no, _ := folder.ReadCell(ask.UseColumn, string(evidence.No))
	cells[ask.UseColumn] = yes
	for en, cell := range cells {
		if cell == "" {
			delete(cells, en)
		}
	}
	a.Changes = []folder.Change{{Cells: cells, After: folder.RowStamp(cells)}}
	if i.Use != evidence.No {
		a.Changes = append(a.Changes, folder.Change{Row: s.Row, Column: ask.UseColumn, After: no})
	}
	return a, nil
}

// CellOf is what stands of an act in a column, by the head of it.
func CellOf(i evidence.Incident, column string) string { return folder.Cell(column, i) }

// columnTitle is the head of a column of the timeline.
func columnTitle(en string) evidence.Text {
	for _, c := range folder.Columns() {
		if c.EN == en {
			return evidence.Text{ZH: c.ZH, EN: c.EN}
		}
	}
	return evidence.Text{ZH: en, EN: en}
}
