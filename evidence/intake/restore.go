package intake

import (
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
)

// A Difference is what the timeline of a case has otherwise than the sealed
// files its rows were read from.
type Difference struct {
	held    []evidence.Incident // with the files' values
	read    []evidence.Incident // all rows the files give
	doubts  []evidence.Doubt
	numbers map[string]evidence.Exhibit
}

// Differences reads the sealed files again and holds the timeline against
// them.
func Differences(f *folder.Folder, pdfs PDFReader) (Difference, error) {
	register, err := f.Register()
	if err != nil {
		return Difference{}, err
	}
	rows, err := f.Timeline()
	if err != nil {
		return Difference{}, err
	}
	d := Difference{numbers: map[string]evidence.Exhibit{}}
	for _, x := range register.Exhibits {
		d.numbers[x.Number] = x
	}
	sources := Reread(f, register.Exhibits, pdfs)
	held, doubts := doubt.Hold(rows, sources)
	d.held, d.read = held, sources.Rows
	for _, x := range doubts {
		if x.Code == evidence.RowDiffers || x.Code == evidence.RowDeleted {
			d.doubts = append(d.doubts, x)
		}
	}
	return d, nil
}

// rowOf is what a difference is called by: the row's id, or the place in a
// file of a row that was deleted.
func rowOf(d evidence.Doubt) string {
	if d.Incident == "" {
		return d.Says[0].Source
	}
	return d.Incident
}

// Has reports whether a row differs.
func (d Difference) Has(row string) bool {
	return slices.ContainsFunc(d.doubts, func(x evidence.Doubt) bool { return rowOf(x) == row })
}

// Of are the differences of the rows named, of all if none is.
func (d Difference) Of(rows []string) []evidence.Doubt {
	if len(rows) == 0 {
		return d.doubts
	}
	return slices.DeleteFunc(slices.Clone(d.doubts),
		func(x evidence.Doubt) bool { return !slices.Contains(rows, rowOf(x)) })
}

// Restore writes into the timeline what the files say. Returned are the rows
// with cells put back and the new ids of rows that had been deleted.
func (d Difference) Restore(f *folder.Folder, rows []string, now time.Time) (restored, added []string, err error) {
	want := map[string]evidence.Incident{}
	var lost []evidence.Incident
	who, err := whosePhones(f, d.held)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range d.Of(rows) {
		if x.Incident != "" {
			want[x.Incident] = d.held[slices.IndexFunc(d.held,
				func(i evidence.Incident) bool { return i.ID == x.Incident })]
			continue
		}
		row := d.read[slices.IndexFunc(d.read, func(i evidence.Incident) bool { return i.Source == x.Says[0].Source })]
		exhibit := d.numbers[row.Exhibits[0]]
		if exhibit.Kind == evidence.Screenshot {
			row = screenshotIncident(exhibit)[0]
		}
		row.Reached = who.reached(row)
		lost = append(lost, row)
	}
	if restored, err = f.RestoreIncidents(want, now); err != nil || len(lost) == 0 {
		return restored, nil, err
	}
	fresh, err := f.AppendIncidents(lost, now)
	for _, i := range fresh {
		added = append(added, i.ID)
	}
	return restored, added, err
}

// Place gives exhibits that stand in no row one of their own, with the time of
// the file: that of a picture or film the person says is of the matter. What it
// was they write there. Returned are the new ids.
func Place(f *folder.Folder, exhibits []string, now time.Time) (added []string, err error) {
	if len(exhibits) == 0 {
		return nil, nil
	}
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	var rows []evidence.Incident
	for _, x := range register.Exhibits {
		if slices.Contains(exhibits, x.Number) {
			rows = append(rows, evidence.Incident{Time: timeOf(x), Kind: evidence.Other, Seconds: -1, Use: evidence.Yes,
				Exhibits: []string{x.Number}, Source: x.Number})
		}
	}
	fresh, err := f.AppendIncidents(rows, now)
	for _, i := range fresh {
		added = append(added, i.ID)
	}
	return added, err
}

// A Recovery is what became of a timeline that was lost.
type Recovery struct {
	folder.Recovered
	Added []string // rows read from the files again, by their new ids
	Again int      // answers that were written into it again
	Lost  int      // answers that cannot be: their rows have gone
}

// Recover brings back a timeline that is lost: the newest kept copy, the rows
// of files that it does not know, and what answers wrote since. What the person
// typed into the table since that copy is lost.
func Recover(f *folder.Folder, pdfs PDFReader, now time.Time) (r Recovery, err error) {
	if r.Recovered, err = f.RecoverTimeline(now); err != nil {
		return r, err
	}
	kase, err := f.ReadCase()
	if err != nil {
		return r, err
	}
	rows, err := f.Timeline()
	if err != nil {
		return r, err
	}
	named := map[string]bool{}
	for _, i := range rows {
		for _, x := range i.Exhibits {
			named[x] = true
		}
	}
	register, err := f.Register()
	if err != nil {
		return r, err
	}
	var s Summary
	unknown := slices.DeleteFunc(register.Exhibits, func(x evidence.Exhibit) bool { return named[x.Number] })
	if err := addIncidents(f, kase, unknown, pdfs, &s, now); err != nil {
		return r, err
	}
	for _, i := range s.Incidents {
		r.Added = append(r.Added, i.ID)
	}
	r.Again, r.Lost, err = f.ReplayAnswers(now)
	return r, err
}
