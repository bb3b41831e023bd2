package intake

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/names"
)

// complete gives rows of recordings what their names leave out and other files
// of the phone have: the number the phone knows a contact by, where it knows
// one alone, and the year, where one call alone fits. Returned is why.
func complete(rows, others []evidence.Incident, who owners) (why []device.Reason) {
	if !slices.ContainsFunc(rows, incomplete) {
		return nil
	}
	all := slices.Concat(rows, others)
	numbers := numbersOf(all, who.from)
	for n, r := range rows {
		if !incomplete(r) {
			continue
		}
		if r.Number == "" && r.Name != "" {
			number := numbers[contact{who.from[r.Exhibits[0]], r.Name}]
			if rows[n].Number = number; number != "" {
				why = append(why, device.Reason{Exhibit: r.Exhibits[0],
					Detail: "文件名里没有号码；同一部手机里“" + r.Name + "”只有一个号码 " + number + "，按它填的，请核对"})
			}
		}
		if r.Time.IsZero() {
			rows[n].Time = yearOf(rows[n], who.exhibits[r.Exhibits[0]], all)
		}
	}
	return why
}

// incomplete reports a row of a recording whose name left something out.
func incomplete(r evidence.Incident) bool {
	return r.Kind == evidence.Call && (r.Number == "" && r.Name != "" || r.Time.IsZero()) && device.IsRecording(r)
}

// completed are the rows of the timeline with what new files tell of them, for
// finding their counterparts; nothing in the table changes by it.
func completed(old, found []evidence.Incident, who owners) []evidence.Incident {
	out := slices.Clone(old)
	var some []evidence.Incident
	var at []int
	for n, r := range out {
		if r.Made() && len(r.Exhibits) == 1 && incomplete(r) {
			some, at = append(some, r), append(at, n)
		}
	}
	complete(some, slices.Concat(old, found), who)
	for n, r := range some {
		out[at[n]] = r
	}
	return out
}

// A contact is a name in one phone.
type contact struct{ phone, name string }

// numbersOf are the numbers of contacts that have one alone.
func numbersOf(rows []evidence.Incident, from device.Phones) map[contact]string {
	out, several := map[contact]string{}, map[contact]bool{}
	for _, r := range rows {
		if r.Number == "" || r.Name == "" || r.Kind == evidence.Message || len(r.Exhibits) == 0 {
			continue
		}
		c := contact{from[r.Exhibits[0]], r.Name}
		if known, ok := out[c]; ok && known != r.Number {
			several[c] = true
		}
		out[c] = r.Number
	}
	for c := range several {
		delete(out, c)
	}
	return out
}

// yearOf dates a recording whose name has no year by the one call that fits:
// of its number, at that day and minute, of its length. If calls of two years
// fit, neither is taken.
func yearOf(r evidence.Incident, x evidence.Exhibit, rows []evidence.Incident) evidence.Time {
	n := names.Parse(x.Name(), true)
	if n.Yearless == "" || r.Number == "" && r.Name == "" {
		return evidence.Time{}
	}
	var found evidence.Time
	for _, o := range rows {
		if o.Kind != evidence.Call || o.Time.IsZero() || o.Number != r.Number || device.IsRecording(o) {
			continue
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", o.Time.At.In(evidence.Beijing).Format("2006")+"-"+
			n.Yearless,
			evidence.Beijing)
		if err != nil {
			continue
		}
		t := evidence.Time{At: at, Precision: evidence.ToMinute, Device: true, Source: "name:" + n.Scheme + "+list"}
		dated := r
		dated.Time = t
		if !device.SameCall(o, dated) {
			continue
		}
		if !found.IsZero() && !found.At.Equal(at) {
			return evidence.Time{}
		}
		found = t
	}
	return found
}

// eachStart gives calls that were made of several logs the lines they were made of,
// where new calls may be one with them: a row has one start, and its files can have
// two that lie a minute apart.
func eachStart(
	f *folder.Folder, exhibits []evidence.Exhibit, old, found []evidence.Incident, pdfs PDFReader,
) []evidence.Incident {
	numbers, needed := map[string]bool{}, map[string]bool{}
	for _, r := range found {
		if r.Kind == evidence.Call {
			numbers[r.Number] = true
		}
	}
	several := func(r evidence.Incident) bool {
		return r.Made() && r.Kind == evidence.Call && strings.Count(r.Source, ":") > 1 &&
			(numbers[r.Number] || numbers[""])
	}
	for _, r := range old {
		for _, place := range strings.Fields(r.Source) {
			if x, _, line := strings.Cut(place, ":"); line && several(r) {
				needed[x] = true
			}
		}
	}
	if len(needed) == 0 {
		return old
	}
	var all []evidence.Incident
	lines := map[string]evidence.Incident{}
	for _, x := range exhibits {
		if !needed[x.Number] {
			continue
		}
		rows, _ := rereadLog(f, x, pdfs) // what cannot be read was told of when it was added
		for _, r := range rows {
			lines[r.Source] = r
		}
		all = append(all, rows...)
	}
	out := slices.Clone(old)
	for n, r := range doubt.Placed(old, all) {
		if !several(r) || r.Time.Source == "person" {
			continue
		}
		for _, place := range strings.Fields(r.Source) {
			if line, ok := lines[place]; ok {
				out[n].Read = append(out[n].Read, line)
			}
		}
	}
	return out
}
