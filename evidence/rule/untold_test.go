package rule

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Whatever an act with words is, they are in a finding, or it is said why they are in none:
// nothing that was read, heard or typed is lost without a word.
func TestNoWordsAreLost(t *testing.T) {
	at := time.Date(2026, 9, 3, 10, 0, 0, 0, evidence.Beijing)
	night := at.Add(13 * time.Hour)
	kinds := []evidence.IncidentKind{evidence.Call, evidence.SMS, evidence.Message, evidence.Visit, evidence.Post,
		evidence.Mail, evidence.Other}
	n := 0
	for _, kind := range kinds {
		for _, way := range []evidence.Direction{evidence.In, evidence.DirectionUnknown} {
			for _, reached := range []evidence.Reached{evidence.ReachedSelf, evidence.ReachedFamily, evidence.ReachedUnknown} {
				for _, when := range []time.Time{at, night, {}} {
					for _, shown := range []bool{true, false} {
						for _, words := range []string{"你好，在吗", "老赖，再不还打断你的腿"} {
							for _, denied := range [][]evidence.Breach{nil, {"V06", "V06a", "V06b"}} {
								n++
								i := evidence.Incident{ID: "T001", Line: 2, Kind: kind, Direction: way, Reached: reached, Denied: denied,
									Use: evidence.Yes, Number: "19900000311", Exhibits: []string{"E001"}, Source: "E001", Seconds: -1}
								if !when.IsZero() {
									i.Time = evidence.Time{At: when}
								}
								if i.Shown = words; !shown {
									i.Shown, i.Words = "", words
								}
								r := Apply(evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}},
									[]evidence.Incident{i}, []evidence.Exhibit{{Number: "E001"}}, Options{Date: at})
								if !spokenOf(r, "T001") {
									t.Errorf("%s %s to %q at %v, %q (file %v, denied %v): not a word of it", kind, way, reached, when, words,
										shown, denied)
								}
							}
						}
					}
				}
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d tried", n)
	}
}

// spokenOf reports that a report says something of a row.
func spokenOf(r evidence.Report, id string) bool {
	return slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool {
		return slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool { return i.ID == id })
	}) || slices.ContainsFunc(r.Lawful, func(l evidence.Lawful) bool { return slices.Contains(l.Incidents, id) }) ||
		slices.ContainsFunc(r.Worded, func(w evidence.Worded) bool { return w.Incident == id }) ||
		slices.ContainsFunc(r.Remarks, func(t evidence.Advice) bool {
			return strings.Contains(t.ZH, id)
		})
}
