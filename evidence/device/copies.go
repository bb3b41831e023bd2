package device

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// Copies makes one row of rows that were read at one place of a log: somebody
// copied a row of the table, and a line of a file is one call or one message. The
// first stays, and names the others in [evidence.Incident.Also]. Copies of which
// the person said different things stay apart, and are given as a clash. A
// recording or a picture can be told in several rows.
func Copies(rows []evidence.Incident) (out []evidence.Incident, clash [][2]string) {
	if !twice(rows) {
		return rows, nil
	}
	first := map[string]int{} // by place, in out
	for _, r := range rows {
		k := -1
		for _, place := range strings.Fields(r.Source) {
			if n, known := first[place]; known && r.Use != evidence.No {
				k = n
				break
			}
		}
		if k >= 0 && disagree(out[k], r) {
			clash = append(clash, [2]string{out[k].ID, r.ID})
			k = -1
		}
		if k >= 0 {
			i := &out[k]
			i.Exhibits = slices.Clone(i.Exhibits)
			merge(i, r)
			takeAnswers(i, r)
			i.Also = append(slices.Clip(i.Also), r.ID)
			continue
		}
		for _, place := range strings.Fields(r.Source) {
			if _, known := first[place]; !known && strings.Contains(place, ":") && r.Use != evidence.No {
				first[place] = len(out)
			}
		}
		out = append(out, r)
	}
	return out, clash
}

// twice reports that several rows name one place.
func twice(rows []evidence.Incident) bool {
	seen := map[string]bool{}
	for _, r := range rows {
		for _, place := range strings.Fields(r.Source) {
			if seen[place] {
				return true
			}
			seen[place] = seen[place] || strings.Contains(place, ":")
		}
	}
	return false
}
