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
	Fewer int `json:"-"`     // rows that files would show under some kind and now do not
}

// Costs reports that letters say less for it.
func (h TableHarm) Costs() bool { return h.Lost+h.Fewer > 0 }

// harmOf compares what the rules say with what they would say of the same case
// if its table agreed with its files.
func harmOf(d Desk, x Dossier, r doubt.Record, o rule.Options) (h TableHarm, err error) {
	for _, d := range o.Doubts {
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
	whole, before := x.Incidents, len(r.Incidents)
	if h.Rows > 0 {
		plan, err := intake.Differences(x.Folder, d.PDFs)
		if err != nil {
			return h, err
		}
		if r.Incidents, err = plan.Whole(x.Folder); err != nil {
			return h, err
		}
		h.Rows = max(1, len(r.Incidents)-before) // one call may be in two lists
		intake.Connect(r.Incidents, r.Exhibits)
		whole, o.Doubts = doubt.Find(r)
	}
	o.Doubts = slices.DeleteFunc(slices.Clone(o.Doubts), func(d evidence.Doubt) bool {
		return d.Code == evidence.RowDiffers || d.Code == evidence.CellSpoilt || d.Code == evidence.RowDeleted
	})
	now := shownKinds(x.Report)
	for kind, rows := range shownKinds(rule.Apply(x.Case, whole, x.Exhibits, o)) {
		if now[kind] == 0 {
			h.Lost++
		}
		h.Fewer += max(0, rows-now[kind])
	}
	return h, nil
}

// shownKinds are how many rows files show under each name of a finding.
func shownKinds(r evidence.Report) map[string]int {
	out := map[string]int{}
	for _, f := range r.Findings {
		if f.Strength == evidence.Shown {
			out[f.Name().ZH] += max(1, len(f.Incidents))
		}
	}
	return out
}
