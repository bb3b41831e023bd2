package desk

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/rule"
)

// A TableHarm is what a spreadsheet or an editor did to the timeline, and what
// it costs until `timeline --restore` puts it back.
type TableHarm struct {
	Cells int `json:"cells"` // that are not what their files say
	Rows  int `json:"rows"`  // of files, that are gone
	Lost  int `json:"lost"`  // kinds of violation that would be shown by files and now are not
}

// harmOf compares what the rules say with what they would say of the same case
// if its table agreed with its files.
func harmOf(x Dossier, o rule.Options) TableHarm {
	var h TableHarm
	o.Doubts = slices.DeleteFunc(slices.Clone(o.Doubts), func(d evidence.Doubt) bool {
		switch d.Code {
		case evidence.RowDiffers, evidence.CellSpoilt:
			h.Cells++
		case evidence.RowDeleted:
			h.Rows++
		default:
			return false
		}
		return true
	})
	if h.Cells == 0 {
		return h // a row that is gone is judged only once it is back
	}
	now := shownKinds(x.Report)
	for kind := range shownKinds(rule.Apply(x.Case, x.Incidents, x.Exhibits, o)) {
		if !now[kind] {
			h.Lost++
		}
	}
	return h
}

// shownKinds are the names of what files show.
func shownKinds(r evidence.Report) map[string]bool {
	out := map[string]bool{}
	for _, f := range r.Findings {
		if f.Strength == evidence.Shown {
			out[f.Name().ZH] = true
		}
	}
	return out
}
