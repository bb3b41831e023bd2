package desk

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/intake"
	"juzheng/evidence/rule"
)

// A TableHarm is what a spreadsheet or an editor did to the timeline, and what
// it costs until `timeline --restore` puts it back.
type TableHarm struct {
	Cells int `json:"cells"` // that are not what their files say
	Rows  int `json:"rows"`  // of files, that are gone
	Lost  int `json:"lost"`  // kinds of violation that would be shown by files and now are not
	Fewer int `json:"fewer"` // acts that files would show under a kind under which they now do not
}

// Costs reports that letters say less for it.
func (h TableHarm) Costs() bool { return h.Fewer > 0 }

// harmOf compares what the rules say with what they would say of the same case
// if its table, of so many rows, agreed with its files. Options are for rows and the doubts
// about them.
func harmOf(d Desk, x Dossier, r doubt.Record, table int, doubts []evidence.Doubt,
	options func([]evidence.Incident, []evidence.Doubt) rule.Options) (h TableHarm, err error) {
	for _, d := range doubts {
		switch d.Code {
		case evidence.RowDiffers, evidence.CellSpoilt:
			h.Cells++
		case evidence.RowDeleted:
			h.Rows++
		}
	}
	if h.Cells+h.Rows == 0 {
		return h, nil
	}
	whole := x.Incidents
	if h.Rows > 0 {
		plan, err := intake.Differences(x.Folder, d.PDFs)
		if err != nil {
			return h, err
		}
		if r.Incidents, err = plan.Whole(x.Folder); err != nil {
			return h, err
		}
		h.Rows = max(1, len(r.Incidents)-table) // one call may be in two lists
		intake.Connect(r.Incidents, r.Exhibits)
		whole, doubts = doubt.Find(r)
	}
	doubts = slices.DeleteFunc(slices.Clone(doubts), func(d evidence.Doubt) bool {
		return d.Code == evidence.RowDiffers || d.Code == evidence.CellSpoilt || d.Code == evidence.RowDeleted
	})
	h.Lost, h.Fewer = costs(shownKinds(x.Report),
		shownKinds(rule.Apply(x.Case, whole, x.Exhibits, options(whole, doubts))))
	return h, nil
}

// costs are the kinds that would have rows and have none, and the rows that would stand
// under a kind and do not: under two kinds a row is one act all the same, and a row that
// stands there now and would not makes up for none.
func costs(now, whole map[string]map[string]bool) (lost, fewer int) {
	missing := map[string]bool{}
	for kind, rows := range whole {
		if len(now[kind]) == 0 {
			lost++
		}
		for row := range rows {
			if !now[kind][row] {
				missing[row] = true
			}
		}
	}
	return lost, len(missing)
}

// shownKinds are the rows that files show under each name of a finding. One of no row
// stands for itself.
func shownKinds(r evidence.Report) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, f := range r.Findings {
		if f.Strength != evidence.Shown {
			continue
		}
		kind := f.Name().ZH
		if out[kind] == nil {
			out[kind] = map[string]bool{}
		}
		for _, row := range f.Incidents {
			out[kind][row.ID] = true
		}
		if len(f.Incidents) == 0 {
			out[kind][kind] = true
		}
	}
	return out
}
