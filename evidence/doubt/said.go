package doubt

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// Said names the columns of each row that its files say something for, by its id and
// their English heads: what [Hold] would hold against them if somebody wrote another
// value there.
func Said(incidents []evidence.Incident, read Sources) map[string][]string {
	byPlace := map[string]evidence.Incident{}
	for _, r := range read.Rows {
		byPlace[r.Source] = r
	}
	out := map[string][]string{}
	for _, i := range incidents {
		for _, place := range strings.Fields(i.Source) {
			r, ok := byPlace[place]
			if !ok {
				continue
			}
			for _, c := range cells {
				if c.log && !strings.Contains(r.Source, ":") || c.get(r) == "" ||
					slices.Contains(out[i.ID], c.column.EN) {
					continue
				}
				out[i.ID] = append(out[i.ID], c.column.EN)
			}
		}
	}
	return out
}
