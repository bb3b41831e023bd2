package intake

import (
	"slices"

	"juzheng/evidence"
)

// Connect adds to rows the exhibits that were found later to show the same event,
// and the transcripts of recordings they name. The file of the timeline stays
// as the person left it.
func Connect(incidents []evidence.Incident, exhibits []evidence.Exhibit) {
	for _, x := range exhibits {
		for _, n := range x.Notes {
			if n.Code != NoteSameEvent {
				continue
			}
			for i := range incidents {
				if incidents[i].ID == n.Detail && !slices.Contains(incidents[i].Exhibits, x.Number) {
					incidents[i].Exhibits = append(incidents[i].Exhibits, x.Number)
				}
			}
		}
		for i := range incidents {
			has := func(number string) bool { return slices.Contains(incidents[i].Exhibits, number) }
			if slices.ContainsFunc(incidents[i].Exhibits, x.Transcribes) && !has(x.Number) {
				incidents[i].Exhibits = append(incidents[i].Exhibits, x.Number)
			}
		}
	}
}
