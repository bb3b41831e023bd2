package intake

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
)

// A Difference is what the timeline of a case has otherwise than the sealed
// files its rows were read from.
type Difference struct {
	held    []evidence.Incident // with the files' values
	sources doubt.Sources       // what the files say
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
	d.held, d.sources = held, sources
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

// A Restoration says what came back into a timeline.
type Restoration struct {
	Restored []string // rows with cells that were put back
	Back     []string // rows that had been deleted, under the ids they had, as a kept copy has them
	Anew     []string // rows as a kept copy has them, under new ids: the copy has others
	Added    []string // rows that had been deleted and that no copy has, under new ids
	From     []string // the copies, in the case folder
	Again    int      // answers that were written again into rows that came back
}

// Restore writes into the timeline what the files say. A row that was deleted comes back
// as the newest kept copy has it, with what the person filled into it and under its id;
// of rows that no copy has, what the files say of one event is one row.
func (d Difference) Restore(f *folder.Folder, rows []string, now time.Time) (r Restoration, err error) {
	want := map[string]evidence.Incident{}
	for _, x := range d.Of(rows) {
		if x.Incident != "" {
			want[x.Incident] = d.held[slices.IndexFunc(d.held,
				func(i evidence.Incident) bool { return i.ID == x.Incident })]
		}
	}
	back, again, lost, err := d.gone(f, rows)
	if err != nil {
		return r, err
	}
	if r.Restored, err = f.RestoreIncidents(want, now); err != nil {
		return r, err
	}
	var kept []evidence.Incident
	for _, k := range back {
		kept = append(kept, k.Incident)
		if !slices.Contains(r.From, k.From) {
			r.From = append(r.From, k.From)
		}
	}
	if r.Back, err = f.PutBackIncidents(kept, now); err != nil {
		return r, err
	}
	if len(r.Back) > 0 {
		if r.Again, _, err = f.ReplayAnswers(r.Back, now); err != nil {
			return r, err
		}
	}
	if len(again)+len(lost) == 0 {
		return r, nil
	}
	fresh, err := f.AppendIncidents(slices.Concat(again, lost), now)
	for n, i := range fresh {
		if n < len(again) {
			r.Anew = append(r.Anew, i.ID)
		} else {
			r.Added = append(r.Added, i.ID)
		}
	}
	return r, err
}

// gone are the rows that were deleted, of those named or of all: as kept copies have
// them, with what the files say now, under the ids they had or under ids of no meaning
// here; and as the files alone give them.
func (d Difference) gone(f *folder.Folder, rows []string) (back []folder.KeptRow, again, lost []evidence.Incident,
	err error) {
	kept, err := f.KeptRows(func(rows []evidence.Incident) []evidence.Incident {
		return doubt.Placed(rows, d.sources.Rows)
	})
	if err != nil {
		return nil, nil, nil, err
	}
	stands := map[string]bool{}
	for _, i := range d.held {
		stands[i.ID] = true
	}
	for _, x := range d.Of(rows) {
		if x.Incident != "" {
			continue
		}
		place := x.Says[0].Source
		if k, ok := kept[place]; ok {
			same := func(o folder.KeptRow) bool { return o.ID == k.ID }
			if slices.ContainsFunc(back, same) {
				continue // of the same row
			}
			if slices.ContainsFunc(again, func(o evidence.Incident) bool { return o.Source == k.Source }) {
				continue
			}
			if d.registered(k.Exhibits) {
				held, _ := doubt.Hold([]evidence.Incident{k.Incident}, d.sources)
				k.Incident = held[0]
				if !stands[k.ID] && d.numbered(k) {
					back = append(back, k)
				} else {
					again = append(again, k.Incident)
				}
				continue
			}
		}
		row := d.sources.Rows[slices.IndexFunc(d.sources.Rows,
			func(i evidence.Incident) bool { return i.Source == place })]
		exhibit := d.numbers[row.Exhibits[0]]
		if exhibit.Kind == evidence.Screenshot {
			row = screenshotIncident(exhibit)[0]
		}
		lost = append(lost, row)
	}
	if len(lost) == 0 {
		return back, again, nil, nil
	}
	who, err := whosePhones(f, slices.Concat(d.held, lost))
	if err != nil {
		return nil, nil, nil, err
	}
	for n, r := range lost {
		lost[n].Reached = who.reached(r)
	}
	lost, _ = device.Join(lost, who.from, device.ClocksOf(who.devices, who.list))
	slices.SortStableFunc(lost, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	return back, again, lost, nil
}

// numbered reports that a kept row has the id it had in the case. A bundle that lacks rows
// of exhibits left out numbers the others anew, in their order: where rows that stand
// have the ids the copy gives them, one behind this row among them, none before it lacks.
func (d Difference) numbered(k folder.KeptRow) bool {
	if k.Own {
		return true
	}
	behind := false
	for _, i := range d.held {
		for _, place := range strings.Fields(i.Source) {
			id, ok := k.IDs[place]
			if ok && id != i.ID {
				return false
			}
			behind = behind || ok && evidence.CompareNumbers(id, k.ID) > 0
		}
	}
	return behind
}

// registered reports that all of some exhibits are in the register.
func (d Difference) registered(numbers []string) bool {
	return !slices.ContainsFunc(numbers, func(n string) bool { return d.numbers[n].Number == "" })
}

// Whole are the rows of the timeline as they would stand if it were restored. Nothing is
// written; what no copy has goes by its place.
func (d Difference) Whole(f *folder.Folder) ([]evidence.Incident, error) {
	back, again, lost, err := d.gone(f, nil)
	if err != nil {
		return nil, err
	}
	var came []evidence.Incident
	for _, k := range back {
		came = append(came, k.Incident)
	}
	if came, err = f.Replayed(came); err != nil {
		return nil, err
	}
	out := slices.Concat(d.held, came)
	for _, i := range slices.Concat(again, lost) {
		i.ID = i.Source
		out = append(out, i)
	}
	return out, nil
}

// Place gives exhibits that stand in no row one of their own, with the time of
// the file, and the number in its name: that of a picture, film or recording the person says
// is of the matter. What it was they write there. Returned are the new ids.
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
				Number: x.Media.Number, Exhibits: []string{x.Number}, Source: x.Number})
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
	unknown := slices.DeleteFunc(slices.Clone(register.Exhibits),
		func(x evidence.Exhibit) bool { return named[x.Number] })
	opt := Options{Now: now, PDFs: pdfs, rows: mostRows}
	if err := addIncidents(f, kase, unknown, opt, newTeller(nil, nil), &s); err != nil {
		return r, err
	}
	for _, i := range s.Incidents {
		r.Added = append(r.Added, i.ID)
	}
	r.Again, r.Lost, err = f.ReplayAnswers(nil, now)
	return r, err
}
