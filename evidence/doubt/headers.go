package doubt

import (
	"path"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// named is the time in the name of a recording.
func named(x evidence.Exhibit) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, x.Captured.Time)
	return at, err == nil && strings.HasPrefix(x.Captured.Source, "name:") &&
		(x.Kind == evidence.Recording || x.Kind == evidence.Video)
}

// slack is how far a header may be from the name: some are written at the end.
func slack(x evidence.Exhibit) time.Duration {
	return 10*time.Minute + time.Duration(x.Media.Seconds*float64(time.Second))
}

// beijing is how far local time lies from UTC.
const beijing = 8 * time.Hour

// headersInLocalTime finds recordings of one phone whose headers are all
// exactly the zone late: it writes local time where UTC belongs.
func (f *finder) headersInLocalTime() {
	for _, all := range f.headed {
		onTime := func(x headed) bool { return (x.inside.Sub(x.named) - beijing).Abs() > slack(x.Exhibit) }
		if slices.ContainsFunc(all, onTime) {
			continue
		}
		for _, x := range all {
			f.local[x.Number] = true
		}
	}
}

// A headed is a recording with a time in its name and one in its header.
type headed struct {
	evidence.Exhibit
	named, inside time.Time
}

// byPhone are the recordings with both times by [phoneOf], in the order of their names' times.
func (f *finder) byPhone() map[string][]headed {
	phones := map[string][]headed{}
	for _, x := range f.Exhibits {
		if at, ok := named(x); ok && !f.Read.Inside[x.Number].IsZero() && !at.IsZero() {
			phones[phoneOf(x)] = append(phones[phoneOf(x)], headed{x, at, f.Read.Inside[x.Number]})
		}
	}
	for _, all := range phones {
		slices.SortStableFunc(all, func(a, b headed) int { return a.named.Compare(b.named) })
	}
	return phones
}

// phoneOf is what recordings of one phone have alike: their folder, and how they are named.
func phoneOf(x evidence.Exhibit) string {
	return path.Dir(strings.ReplaceAll(x.OriginalPath, `\`, "/")) + " " + x.Captured.Source
}

// trip is how far from a recording made in another zone its phone may have been there still.
const trip = 14 * 24 * time.Hour

// zoneBeside doubts the time of a recording that has none but in its name, where the next
// one of its phone before or after it with a header was made in another zone.
func (f *finder) zoneBeside(i evidence.Incident) []evidence.Doubt {
	if !device.IsRecording(i) || len(i.Exhibits) == 0 || strings.Contains(i.Source, ":") {
		return nil
	}
	x := f.exhibits[i.Exhibits[0]]
	at, ok := named(x)
	zone := f.device[x.Number].Zone
	if !ok || !f.Read.Inside[x.Number].IsZero() || zone.Said && zone.Behind() != 0 { // which its times are corrected by
		return nil
	}
	all := f.headed[phoneOf(x)]
	next, _ := slices.BinarySearchFunc(all, at, func(o headed, at time.Time) int { return o.named.Compare(at) })
	for _, o := range all[max(next-1, 0):min(next+1, len(all))] {
		off := o.named.Sub(o.inside).Abs()
		ended := apart + time.Duration(o.Media.Seconds*float64(time.Second)) // some are written at the end
		if o.named.Sub(at).Abs() <= trip && !f.local[o.Number] &&
			off > 2*zoneStep-ended && (off-off.Round(zoneStep)).Abs() <= ended {
			return []evidence.Doubt{{Code: evidence.ZoneBeside, Incident: i.ID, About: evidence.AboutTime,
				Says: []evidence.Statement{
					{Source: "name", Exhibit: o.Number, Value: stamp(o.named)},
					{Source: "container", Exhibit: o.Number, Value: stamp(o.inside)}}}}
		}
	}
	return nil
}

// headers holds the name of each recording of a row against its header.
func (f *finder) headers(i evidence.Incident) []evidence.Doubt {
	var out []evidence.Doubt
	for _, number := range i.Exhibits {
		x := f.exhibits[number]
		at, ok := named(x)
		inside := f.Read.Inside[number]
		if !ok || inside.IsZero() || f.local[number] || at.Sub(inside).Abs() <= slack(x) || f.listedAt(i, inside) {
			continue
		}
		out = append(out, evidence.Doubt{Code: evidence.NameAgainstContainer, Incident: i.ID, About: evidence.AboutTime,
			Says: []evidence.Statement{
				{Source: "name", Exhibit: number, Value: stamp(at)},
				{Source: "container", Exhibit: number, Value: stamp(inside)}}})
	}
	return out
}

// byHeader finds, for recordings, the moment of the call of a list that each is of, by the
// time in its header: of the same number, as long as it or longer, with a name that is off by
// a zone. Abroad a phone names recordings by the time there; its header and the list agree.
// A phone whose headers all hold local time says nothing by them, and where a list has the
// call at the time in the name too, nobody knows which of the two it is.
func (f *finder) byHeader(rows []evidence.Incident) map[string]time.Time {
	open := map[string][]evidence.Incident{} // rows of recordings whose name and header differ, by number
	for _, i := range rows {
		if i.Kind == evidence.Call && device.IsRecording(i) && i.Number != "" && !Masked(i.Number) {
			x := f.exhibits[i.Exhibits[0]]
			at, ok := named(x)
			inside := f.Read.Inside[x.Number]
			if ok && !inside.IsZero() && !f.local[x.Number] && at.Sub(inside).Abs() > slack(x) {
				open[i.Number] = append(open[i.Number], i)
			}
		}
	}
	out, several := map[string]time.Time{}, map[string]bool{}
	if len(open) == 0 {
		return out
	}
	for _, c := range f.Read.Rows {
		if c.Kind != evidence.Call || !strings.Contains(c.Source, ":") || c.Time.Source == "bcr" {
			continue
		}
		for _, i := range open[c.Number] {
			x := f.exhibits[i.Exhibits[0]]
			at, _ := named(x)
			off := at.Sub(c.Time.At)
			if !fitsLength(x, c) || !device.Facing(c.Direction, i.Direction) || (off-off.Round(zoneStep)).Abs() > apart {
				continue
			}
			switch {
			case off.Abs() <= slack(x):
				several[i.ID] = true // so the name is right, or the header is
			case c.Time.At.Sub(f.Read.Inside[x.Number]).Abs() <= slack(x):
				before, known := out[i.ID]
				several[i.ID] = several[i.ID] || known && before.Sub(c.Time.At).Abs() > apart
				out[i.ID] = c.Time.At
			}
		}
	}
	for id := range several {
		if several[id] {
			delete(out, id) // two could be it
		}
	}
	return out
}

// zoneStep is by how much zones differ at least.
const zoneStep = 15 * time.Minute

// listedAt reports that a list has a call of a row near the time in a header.
func (f *finder) listedAt(i evidence.Incident, inside time.Time) bool {
	return slices.ContainsFunc(f.places(i), func(r evidence.Incident) bool {
		return strings.Contains(r.Source, ":") && r.Time.At.Sub(inside).Abs() <= 10*time.Minute &&
			r.Time.At.Sub(i.Time.At).Abs() <= apart
	})
}
