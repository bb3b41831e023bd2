package desk

import (
	"context"
	"io"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// A Chronology is what happened in a case, by time.
type Chronology struct {
	Incidents []evidence.Incident
	Calls     []evidence.Incident // the collector's side's, received by the complainant
	Clocks    []intake.ClockOffset
	Report    evidence.Report
}

// Timeline reads a case's timeline and sorts it by time.
func Timeline(ctx context.Context, d Desk, dir string) (r Chronology, err error) {
	x, err := openSeen(ctx, d, dir)
	if err != nil {
		return r, err
	}
	rows := byTime(x.Incidents)
	return Chronology{rows, collectorCalls(x.Case, rows), x.Clocks, x.Report}, nil
}

func byTime(rows []evidence.Incident) []evidence.Incident {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	return sorted
}

// WriteCSV writes the rows in the form of timeline.csv.
func (r Chronology) WriteCSV(w io.Writer) error { return folder.WriteIncidents(w, r.Incidents) }

// collectorCalls are the incoming calls that belong to the matter: from a
// number registered to the collector's side, or marked by the person.
func collectorCalls(c evidence.Case, incidents []evidence.Incident) []evidence.Incident {
	var out []evidence.Incident
	for _, i := range incidents {
		if i.Kind != evidence.Call || i.Direction != evidence.In || i.Use == evidence.No || i.Reached.Third() {
			continue
		}
		if i.Use == evidence.Yes || c.SideOfWriter(i) == evidence.CollectorSide {
			out = append(out, i)
		}
	}
	return out
}

// An IncidentLine is an incident as a program reads it.
type IncidentLine struct {
	ID         string                `json:"id"`
	Time       string                `json:"time"` // empty: not known
	Precision  evidence.Precision    `json:"precision"`
	TimeSource string                `json:"time_source"`
	Device     bool                  `json:"device_clock"`
	Kind       evidence.IncidentKind `json:"kind"`
	Direction  evidence.Direction    `json:"direction"`
	Number     string                `json:"number"`
	Name       string                `json:"name"`
	Reached    evidence.Reached      `json:"reached"`
	Answered   evidence.Answer       `json:"answered"`
	Seconds    int                   `json:"seconds"`
	Text       string                `json:"text"`
	Words      string                `json:"words"`
	Exhibits   []string              `json:"exhibits"`
	Source     string                `json:"source"`
	SIM        string                `json:"sim"`
	Announced  evidence.Answer       `json:"recording_announced"`
	Use        evidence.Answer       `json:"use"`
	Findings   []string              `json:"findings"` // rules it was found to meet
	Asserted   []evidence.Breach     `json:"asserted,omitempty"`
	Untrue     evidence.Answer       `json:"untrue,omitempty"`
	// where time was corrected by what the person confirmed
	Showed string   `json:"clock_showed,omitempty"`
	Also   []string `json:"also,omitempty"` // rows of the same call, made one with it
	// what the carriers' lists say of a call, and the exhibit that is the list
	Carrier     evidence.CarrierSays `json:"carrier,omitempty"`
	CarrierList string               `json:"carrier_list,omitempty"`
}

// A ChronologySummary ends what is said of a timeline.
type ChronologySummary struct {
	Incidents int `json:"incidents"`
}

// Lines are the objects of the result.
func (r Chronology) Lines() []Line {
	met := map[string][]string{}
	for _, f := range r.Report.Findings {
		for _, i := range f.Incidents {
			if !slices.Contains(met[i.ID], f.Rule) {
				met[i.ID] = append(met[i.ID], f.Rule)
			}
		}
	}
	var out []Line
	for _, i := range r.Incidents {
		out = append(out, Line{"incident", incidentLine(i, met[i.ID])})
	}
	for _, x := range r.Report.Doubts {
		if x.OfTable() {
			out = append(out, Line{"doubt", DoubtLine{x, x.Text().Text}})
		}
	}
	for _, c := range r.Clocks {
		out = append(out, Line{"clock", clockLine(c)})
	}
	return append(out, Line{"summary", ChronologySummary{len(r.Incidents)}})
}

func incidentLine(i evidence.Incident, met []string) IncidentLine {
	stamp := ""
	if !i.Time.IsZero() {
		stamp = i.Time.At.In(evidence.Beijing).Format(time.RFC3339)
	}
	showed := ""
	if !i.Time.Showed.IsZero() {
		showed = i.Time.Showed.In(evidence.Beijing).Format(time.DateTime)
	}
	return IncidentLine{
		i.ID, stamp, i.Time.Precision, i.Time.Source, i.Time.Device, i.Kind, i.Direction, i.Number, i.Name, i.Reached,
		i.Answered, i.Seconds, i.Shown, i.Words, list(i.Exhibits), i.Source, i.SIM, i.Announced, i.Use, list(met),
		i.Asserted, i.Untrue, showed, i.Also, i.Carrier.Says, i.Carrier.List,
	}
}
