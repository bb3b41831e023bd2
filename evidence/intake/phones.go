package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
)

// owners say whose phones the exhibits of a case are from.
type owners struct {
	kase     evidence.Case
	exhibits map[string]evidence.Exhibit
	list     []evidence.Exhibit
	devices  []device.Device
	from     device.Phones
}

// whosePhones parts the exhibits of a case into phones. Rows are those that
// stand in the timeline or are about to.
func whosePhones(f *folder.Folder, rows []evidence.Incident) (owners, error) {
	o := owners{exhibits: map[string]evidence.Exhibit{}}
	register, err := f.Register()
	if err != nil {
		return o, err
	}
	if o.kase, err = f.ReadCase(); err != nil {
		return o, err
	}
	read := make([]evidence.Incident, 0, len(rows)) // most have one place
	for _, r := range rows {
		if !r.Made() {
			continue
		}
		for _, place := range strings.Fields(r.Source) {
			r.Source = place
			read = append(read, r)
		}
	}
	o.list = register.Exhibits
	for _, x := range o.list {
		o.exhibits[x.Number] = x
	}
	o.devices = device.Gather(o.kase, o.list, read, nil)
	o.from = device.PhonesOf(o.devices, o.list)
	return o, nil
}

func (o owners) doubtful() []device.Device {
	return slices.DeleteFunc(slices.Clone(o.devices), func(d device.Device) bool { return !d.Doubtful })
}

// reached says who was reached by a row the program makes. Of somebody else's
// phone only what comes from a number that the case names as the collector's is
// known to have reached them in this matter; the rest of their life is left
// unsaid, and so is all on a phone nobody has said the owner of.
func (o owners) reached(r evidence.Incident) evidence.Reached {
	who, doubtful, foreign := evidence.ReachedUnknown, false, false
	for _, number := range r.Exhibits {
		who, doubtful = o.from.Owner(number)
		if foreign = doubtful || who != evidence.ReachedUnknown; !foreign {
			break // shown by a file of the complainant's own phone too
		}
	}
	switch {
	case !foreign && r.Direction == evidence.In && r.Kind != evidence.Other:
		return evidence.ReachedSelf
	case !foreign && len(r.Exhibits) > 0 && o.exhibits[r.Exhibits[0]].Kind == evidence.Recording:
		return evidence.ReachedSelf
	case !foreign || doubtful:
		return evidence.ReachedUnknown
	case r.Direction != evidence.Out && o.kase.SideOfWriter(r) == evidence.CollectorSide:
		return who
	}
	return evidence.ReachedUnknown
}

// SetPhone notes whose phone exhibits are from, as the person says, and gives
// the rows the program made of them the right 联系到谁: where the person wrote
// somebody else there, that stays. ReachedUnknown takes back what was said.
// Returned are the rows that changed. The case must be locked by the caller.
func SetPhone(f *folder.Folder, exhibits []string, who evidence.Reached, now time.Time) ([]string, error) {
	rows, err := f.Timeline()
	if err != nil {
		return nil, err
	}
	before, err := whosePhones(f, rows)
	if err != nil {
		return nil, err
	}
	for _, number := range exhibits {
		n := evidence.Note{Code: evidence.NotePhoneOf, About: string(who), Detail: phoneDetail(who)}
		if who == evidence.ReachedUnknown {
			if _, said := before.exhibits[number].PhoneSaid(); !said {
				continue
			}
		}
		if err := f.AddNote(number, n, now); err != nil {
			return nil, fmt.Errorf("phone of %s: %w", number, err)
		}
	}
	after, err := whosePhones(f, rows)
	if err != nil {
		return nil, err
	}
	want := map[string]evidence.Incident{}
	for _, r := range rows {
		if !r.Made() || !slices.ContainsFunc(r.Exhibits, func(x string) bool { return slices.Contains(exhibits, x) }) {
			continue
		}
		was, is := before.reached(r), after.reached(r)
		// A phone came under suspicion after its rows were made: they say self.
		ours := r.Reached == was || r.Reached == evidence.ReachedSelf && was == evidence.ReachedUnknown
		if ours && is != r.Reached {
			r.Reached = is
			want[r.ID] = r
		}
	}
	return f.ChangeIncidents(want, "phone-of="+string(who), now)
}

// phoneDetail is the note's sentence.
func phoneDetail(who evidence.Reached) string {
	switch who {
	case evidence.ReachedUnknown:
		return "是谁的手机：撤回了原来的说法"
	case evidence.ReachedSelf:
		return "来自本人的手机"
	}
	return "来自" + who.Title().ZH + "的手机"
}
