package desk

import (
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// An Extracted tells which exhibits were made of rows of logs, for the letters to
// cite in their place.
type Extracted struct{ Extracts []evidence.Exhibit }

// LogsWithheld tells which whole logs do not go along, because they hold more
// than the rows of the collector.
type LogsWithheld struct {
	Exhibits []string
	Others   int // numbers of others in them, as far as the case tells
}

// LogUncut tells of logs that letters cite as a whole: several of their records stand on
// one line, so that no rows can be cut out which anybody could hold against the log.
type LogUncut struct {
	Exhibits []string
	Others   int // numbers of others in them, as far as the case tells
}

// Code names the notices.
func (Extracted) Code() string    { return "extracted" }
func (LogsWithheld) Code() string { return "logs-withheld" }
func (LogUncut) Code() string     { return "log-uncut" }

// uncut are the logs that letters cite and that cannot be cut: nil where there are none.
func uncut(x Dossier) *LogUncut {
	var out LogUncut
	extracts := x.extracts()
	for _, e := range x.Exhibits {
		cut := func(o evidence.Exhibit) bool { return o.Extract.Of == e.Number }
		if !e.Kind.IsLog() || slices.ContainsFunc(extracts, cut) {
			continue
		}
		if _, cited := useOf(x, e.Number); !cited {
			continue
		}
		if slices.ContainsFunc(x.Incidents, func(i evidence.Incident) bool {
			return slices.ContainsFunc(strings.Fields(i.Source), func(place string) bool {
				at, of := strings.CutPrefix(place, e.Number+":")
				return of && strings.Contains(at, "#")
			})
		}) {
			out.Exhibits = append(out.Exhibits, e.Number)
		}
	}
	if len(out.Exhibits) == 0 {
		return nil
	}
	out.Others = holds(x.Case, x.Incidents, nil, out.Exhibits).Others.Count
	return &out
}

// extracts are the extracts of a case that letters cite.
func (x Dossier) extracts() []evidence.Exhibit {
	return extractsOf(x.Exhibits, func(e evidence.Exhibit) bool { return !x.Out[e.Number] })
}

// ofLetters are the rows that findings of letters rest on, whoever gets them:
// all print one code, so all that they cite is made before the first.
func ofLetters(x Dossier) []evidence.Incident {
	var out, demands []evidence.Incident
	for _, f := range x.Report.Findings {
		if f.Strength != evidence.Review {
			out = append(out, f.Incidents...)
			if f.Rule == "V20" {
				demands = append(demands, f.Incidents...)
			}
		}
	}
	out = append(out, phrase.Owned(x.Case, x.sealedRows(), x.Report.Doubts)...)
	return append(out, phrase.Receipts(x.Case, demands, x.sealedRows(), x.Report.Doubts)...)
}

// byExtracts are the findings as letters cite them, extracts in the place of
// logs, and the redactions that go with them.
func byExtracts(x Dossier) ([]evidence.Finding, []evidence.Redaction) {
	extracts := x.extracts()
	findings, redactions := slices.Clone(x.Report.Findings), slices.Clone(x.Redactions)
	if len(extracts) == 0 {
		return findings, redactions
	}
	whole := map[string]bool{} // logs that some row still needs
	for n, f := range findings {
		f.Incidents, f.Exhibits = slices.Clone(f.Incidents), slices.Clone(f.Exhibits)
		still := map[string]bool{}
		for m, i := range f.Incidents {
			f.Incidents[m] = i.By(extracts)
			f.Incidents[m].Source = i.Source // papers say on which line of the whole it stands
			for _, e := range f.Incidents[m].Exhibits {
				still[e], whole[e] = true, true
			}
		}
		for _, e := range extracts {
			if at := slices.Index(f.Exhibits, e.Extract.Of); at >= 0 && f.Cost != nil && restsOnRows(x, e.Extract.Of) {
				f.Exhibits[at] = e.Number
			} else if at >= 0 && still[e.Number] {
				f.Exhibits = append(f.Exhibits, e.Number)
				if !still[e.Extract.Of] {
					f.Exhibits = slices.Delete(f.Exhibits, at, at+1)
				}
			}
		}
		slices.SortFunc(f.Exhibits, evidence.CompareNumbers)
		findings[n] = f
	}
	for _, e := range extracts {
		for n, r := range redactions {
			if r.Exhibit == e.Extract.Of && whole[e.Number] && !whole[e.Extract.Of] {
				redactions[n].Exhibit = e.Number
			}
		}
	}
	return findings, redactions
}

// restsOnRows reports a statement of payments of which the case needs no more than
// the rows it names: one payment that names no row may stand anywhere in it.
func restsOnRows(x Dossier, statement string) bool {
	return !slices.Contains(x.Case.Loan.Exhibits, statement) || !slices.ContainsFunc(x.Case.Loan.Paid(),
		func(p evidence.Payment) bool { return p.Source == "" })
}

// extractsIn are the extracts among some exhibits of a case; nil: among all.
func extractsIn(f *folder.Folder, keep []string) ([]evidence.Exhibit, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	return extractsOf(register.Exhibits, func(e evidence.Exhibit) bool {
		return keep == nil || slices.Contains(keep, e.Number)
	}), nil
}

// backup is the media type of a backup of a whole phone.
const backup = "application/x-android-backup"

// withoutLogs are the exhibits that go along where nothing else is said: all but
// whole logs, of calls, of messages, of a phone, that letters do not cite, and of
// what stands in letters as an extract. Nil: all.
func withoutLogs(d Desk, f *folder.Folder, bundle *folder.SealedBundle, o ExportOptions) ([]string, error) {
	if o.Only != nil || o.Whole || bundle.Root.Format != 2 {
		return o.Only, nil
	}
	files, err := bundle.Files()
	if err != nil {
		return nil, err
	}
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, e := range files {
		if x, ok := register.Lookup(e.Number); ok && x.Extract != nil {
			taken[x.Extract.Of] = true
		}
	}
	x, err := read(d, f) // a case that cannot be read now cites nothing
	cites := func(n string) bool {
		_, uses := useOf(x, n)
		return err == nil && uses
	}
	var keep, left []string
	for _, e := range files {
		log := evidence.ExhibitKind(e.Kind).IsLog() || e.MediaType == backup
		if taken[e.Number] || log && !cites(e.Number) {
			left = append(left, e.Number)
		} else {
			keep = append(keep, e.Number)
		}
	}
	if len(left) == 0 || len(keep) == 0 {
		return nil, nil
	}
	told := LogsWithheld{Exhibits: left}
	if err == nil {
		told.Others = holds(x.Case, x.Incidents, nil, left).Others.Count
	}
	d.tell(told)
	return keep, nil
}
