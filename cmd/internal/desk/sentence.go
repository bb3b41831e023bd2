package desk

import (
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

// SentenceOf is the sentence that a letter would have of an act if a question were answered
// so; nothing is written. It is empty where the answer is none yet, or no act gets words of
// it.
func SentenceOf(x Dossier, q ask.Question, value string) string {
	edits, err := q.Edits(value)
	if err != nil || len(q.About.Incidents) == 0 {
		return ""
	}
	var cells []folder.BlankedCell
	worded := ""
	for _, e := range edits {
		if e.Row == "" {
			continue
		}
		cells = append(cells, folder.BlankedCell{Row: e.Row, Column: e.Column, Was: e.Value})
		if worded == "" && (e.Column == ask.WordsColumn || e.Column == "what the file shows") {
			worded = e.Row
		}
	}
	for _, i := range folder.WithCells(x.Incidents, cells) {
		if i.ID == worded && worded != "" {
			in := letter.Input{Matter: mask.Matter{Case: x.Case, Incidents: []evidence.Incident{i}, Exhibits: x.Exhibits}}
			return letter.Sentence(in, i)
		}
	}
	return ""
}
