package desk

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
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
	// Emptied are the person's own cells that were emptied by hand in rows that stand:
	// answers and what they typed. Cells that the program had filled count as Cells.
	Emptied []evidence.EmptiedCell `json:"emptied,omitempty"`
}

// RowsOf are the rows of some cells, each once.
func RowsOf(cells []evidence.EmptiedCell) (out []string) {
	for _, c := range cells {
		if !slices.Contains(out, c.Row) {
			out = append(out, c.Row)
		}
	}
	return out
}

// emptied parts the cells emptied by hand, but for those that are named already since
// their file says what they were: the program's and the person's.
func emptied(
	f *folder.Folder, doubts []evidence.Doubt,
) (machine []folder.BlankedCell, own []evidence.EmptiedCell, err error) {
	all, err := f.BlankedCells()
	for _, c := range all {
		named := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
			return d.Incident == c.Row && d.Column.EN == c.Column &&
				(d.Code == evidence.RowDiffers || d.Code == evidence.CellSpoilt)
		})
		switch {
		case named && !c.Machine():
		case c.Machine():
			machine = append(machine, c)
		default:
			own = append(own, evidence.EmptiedCell{Row: c.Row, Column: c.Column, Was: c.Was, Head: c.Head()})
		}
	}
	return machine, own, err
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
	machine, own, err := emptied(x.Folder, doubts)
	if err != nil {
		return h, err
	}
	h.Emptied = own
	for _, c := range machine {
		if c.Column != "kind" { // that one is named as a cell already
			h.Cells++
		}
	}
	if h.Cells+h.Rows == 0 {
		return h, nil
	}
	whole := x.Incidents
	if h.Rows > 0 || len(machine) > 0 {
		rows := folder.WithCells(x.Incidents, machine)
		if h.Rows > 0 && len(machine) == 0 {
			plan, err := intake.Differences(x.Folder, d.PDFs)
			if err != nil {
				return h, err
			}
			if rows, err = plan.Whole(x.Folder); err != nil {
				return h, err
			}
			h.Rows = max(1, len(rows)-table) // one call may be in two lists
		}
		r.Incidents = rows
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
