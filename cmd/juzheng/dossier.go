package main

import (
	"context"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
)

// A dossier is a case as read from its folder, with what the rules say of it.
type dossier struct {
	folder    *folder.Folder
	kase      evidence.Case
	exhibits  []evidence.Exhibit
	unusable  []evidence.Unusable
	incidents []evidence.Incident
	report    evidence.Report
	now       time.Time

	redactions []evidence.Redaction // what papers do not show
	readings   []evidence.Reading   // see listen

	waves     map[string]letter.Wave // see listen
	undecoded bool                   // ffmpeg would draw more waveforms
	passages  map[string][]evidence.Passage

	volume int64    // most bytes of a volume of the exhibit book; 0: no limit
	heavy  []string // exhibits larger than that
	// uploadLimit, if not 0, goes before what the directory knows of a
	// recipient's page: the person has read the page itself.
	uploadLimit int64

	supplement   string // first exhibit of a supplement; empty: none is wanted
	supplemented bool   // somebody got one
}

// openCase reads everything a case folder holds and applies the rules.
func openCase(dir string, now time.Time) (*dossier, error) {
	x, err := desk.Open(context.Background(), desk.Desk{Now: now, Tool: tool()}, dir)
	if err != nil {
		return nil, err
	}
	return &dossier{folder: x.Folder, kase: x.Case, exhibits: x.Exhibits, unusable: x.Unusable, incidents: x.Incidents,
		redactions: x.Redactions, report: x.Report, now: now}, nil
}
