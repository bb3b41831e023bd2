package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// ActAnswer is the kind of the answer as which a row is written that the person adds, or
// takes out, of their own accord.
const ActAnswer = "act"

// A CellError reports what cannot stand in a cell of a row; Wanted says what can.
type CellError struct {
	Column string // its English head
	Wanted evidence.Text
}

func (e *CellError) Error() string { return fmt.Sprintf("%s: wanted %s", e.Column, e.Wanted.EN) }

// RecordAct writes an act into the timeline that no file has by itself: a visit, a call
// without a log, something that was passed on. Cells are what the person says, by the
// English heads of the timeline: the kind, and a time or words at least. It is an answer,
// which can be taken back; the same once more changes nothing.
func RecordAct(ctx context.Context, d Desk, dir string, cells map[string]string) (r AnswerResult, err error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	x, err := readKept(d, f)
	if err != nil {
		return r, err
	}
	row, err := actCells(x, cells)
	if err != nil {
		return r, err
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	a := actAnswer(row, folder.Change{Cells: row, After: folder.RowStamp(row)})
	given, err := f.Answers()
	if err != nil {
		return r, err
	}
	if slices.ContainsFunc(given, func(g folder.Answer) bool { return g.Question == a.Question }) {
		return r, nil // pressed twice
	}
	done, err := f.Answer(a, d.Now)
	r.Answers = append(r.Answers, done)
	return r, err
}

// actCells are the cells of a new row in the case's own form, with what goes without
// saying: it was done by them, and it belongs to the matter.
func actCells(x Dossier, cells map[string]string) (map[string]string, error) {
	s := changeSet{dossier: x}
	row := map[string]string{}
	for _, en := range slices.Sorted(maps.Keys(cells)) {
		text := strings.Join(strings.Fields(cells[en]), " ")
		if text == "" {
			continue
		}
		value, wanted := s.read(about{column: en}, text)
		if wanted != nil {
			return nil, &CellError{en, *wanted}
		}
		row[en] = value
	}
	kind, _ := folder.ReadCell("kind", string(evidence.Call))
	visit, _ := folder.ReadCell("kind", string(evidence.Visit))
	switch {
	case row["kind"] == "":
		return nil, &CellError{"kind", evidence.Text{ZH: "还没有选是什么事。", EN: "Choose what it was."}}
	case row["time"] == "" && row["my own words"] == "":
		return nil, &CellError{"time", evidence.Text{ZH: "时间和经过，至少写一样。", EN: "Write when it was, or what happened."}}
	}
	set := func(en, word string) { row[en], _ = folder.ReadCell(en, word) }
	set("use", string(evidence.Yes))
	if row["kind"] != visit {
		set("direction", string(evidence.In))
	}
	if row["kind"] == kind && row["my own words"] != "" {
		set("answered", string(evidence.Yes))
	}
	return row, nil
}

// actAnswer is a row that is written, or taken out, as an answer.
func actAnswer(row map[string]string, c folder.Change) folder.Answer {
	cells := []string{row["time"], row["kind"], row["number"], row["name"], row["my own words"]}
	said := strings.Join(slices.DeleteFunc(cells,
		func(s string) bool { return s == "" }), "，")
	a := folder.Answer{Question: ActAnswer + "-" + folder.RowStamp(row), Kind: ActAnswer, Value: said,
		Text: evidence.Text{ZH: "您自己记的一件事", EN: "an act that you wrote down yourself"},
		Said: evidence.Text{ZH: said, EN: said}, Changes: []folder.Change{c}}
	if c.After == "" {
		a.Question += "-out"
		a.Text = evidence.Text{ZH: "您自己记的一件事，您删掉了", EN: "an act of your own that you took out"}
	}
	return a
}

// RemoveAct takes out a row that the person wrote. What a file has stays: of that one says
// that it does not belong to the matter.
func RemoveAct(ctx context.Context, d Desk, dir, id string) (r AnswerResult, err error) {
	f, unlock, err := answering(d, dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	table, err := f.Timeline()
	if err != nil {
		return r, err
	}
	n := slices.IndexFunc(table, func(i evidence.Incident) bool { return i.ID == id })
	if n < 0 || table[n].Made() {
		return r, &NoRowFactError{id, "id"}
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	cells := cellsOfRow(table[n])
	done, err := f.Answer(actAnswer(cells, folder.Change{Row: id, Cells: cells}), d.Now)
	r.Answers = append(r.Answers, done)
	return r, err
}
