package intake

import (
	"path"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
)

// tieNotes gives the recording beside a recorder's note to the row of that note:
// the note says when, with whom and which way, whatever form the user gave the
// names. It returns what is left of the rows that were found, and links to rows
// that stand in the timeline already.
func tieNotes(f *folder.Folder, found, old []evidence.Incident, now time.Time) (
	[]evidence.Incident, []device.Link, error) {
	register, err := f.Register()
	if err != nil {
		return nil, nil, err
	}
	recordings := map[string]string{}
	for _, x := range register.Exhibits {
		if x.Kind == evidence.Recording {
			recordings[besideKey(x)] = x.Number
		}
	}
	taken := map[string]bool{}
	for _, r := range old {
		for _, x := range r.Exhibits {
			taken[x] = true
		}
	}
	var links []device.Link
	for _, x := range register.Exhibits {
		sound := recordings[besideKey(x)]
		if x.MediaType != "application/json" || x.Kind != evidence.CallLog || sound == "" || taken[sound] {
			continue
		}
		has := func(r evidence.Incident) bool { return slices.Contains(r.Exhibits, x.Number) }
		n, at := slices.IndexFunc(found, has), slices.IndexFunc(old, has)
		switch {
		case n >= 0:
			found[n].Exhibits = append(found[n].Exhibits, sound)
		case at >= 0:
			links = append(links, device.Link{Exhibit: sound, Incident: old[at].ID})
		default:
			continue
		}
		found = slices.DeleteFunc(found, func(r evidence.Incident) bool {
			return r.Source == sound && slices.Equal(r.Exhibits, []string{sound})
		})
		note := evidence.Note{Code: NoteJoined, About: x.Number,
			Detail: "录音软件在旁边写下了说明（" + x.Number + "），时间、号码和方向按它的"}
		if err := f.AddNote(sound, note, now); err != nil {
			return nil, nil, err
		}
	}
	return found, links, nil
}

// placed are new exhibits as they are known once rows were made: a file beside
// one may say which call it is.
func placed(f *folder.Folder, admitted []evidence.Exhibit) error {
	register, err := f.Register()
	if err != nil {
		return err
	}
	for n, x := range admitted {
		if now, ok := register.Lookup(x.Number); ok && noted(x, "unplaced") && !noted(now, "unplaced") {
			admitted[n] = now
		}
	}
	return nil
}

// besideKey is the same for files of one folder and one name, whatever their
// extension.
func besideKey(x evidence.Exhibit) string {
	return strings.TrimSuffix(strings.ReplaceAll(x.OriginalPath, `\`, "/"), path.Ext(x.OriginalName))
}
