package desk

import (
	"context"

	"juzheng/evidence"
	"juzheng/evidence/intake"
)

// Places are words worth reading, found by lists of words. They point a person
// to a place; no letter uses them.
type Places struct {
	Rows     []intake.MessageHit
	Exhibits []intake.ExhibitHit
	Times    map[string]evidence.Time // of the incidents, by id
}

// Phrases finds words worth reading in what was received, in transcripts and
// in what programs read off exhibits.
func Phrases(ctx context.Context, d Desk, dir string) (r Places, err error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return r, err
	}
	readings, err := x.Folder.Readings()
	if err != nil {
		return r, err
	}
	r.Rows = intake.Phrases(x.Case, byTime(x.Incidents))
	if r.Exhibits, err = intake.PhrasesInTranscripts(x.Folder, x.Exhibits); err != nil {
		return r, err
	}
	r.Exhibits = append(r.Exhibits, intake.PhrasesInReadings(readings)...)
	r.Times = map[string]evidence.Time{}
	for _, i := range x.Incidents {
		r.Times[i.ID] = i.Time
	}
	return r, nil
}

// A PlacesSummary ends what is said of phrases.
type PlacesSummary struct {
	Phrases int `json:"phrases"`
}

// Lines are the objects of the result.
func (r Places) Lines() []Line {
	var out []Line
	for _, h := range r.Rows {
		out = append(out, Line{"phrase", rowPhrase(h)})
	}
	for _, h := range r.Exhibits {
		p := phraseLine(h.Hit)
		p.Exhibit, p.Machine = h.Exhibit, &h.Machine
		if at := h.At.Seconds(); h.At >= 0 {
			p.At = &at
		}
		out = append(out, Line{"phrase", p})
	}
	return append(out, Line{"summary", PlacesSummary{len(r.Rows) + len(r.Exhibits)}})
}
