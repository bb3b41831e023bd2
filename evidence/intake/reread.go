package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/names"
)

// Reread reads the sealed exhibits of a case again: the rows that logs,
// recordings and screenshots give, and what containers say of their time. It
// is what [doubt.Find] holds the timeline against; nothing is written.
func Reread(f *folder.Folder, exhibits []evidence.Exhibit, pdfs PDFReader) doubt.Sources {
	s := doubt.Sources{Inside: map[string]time.Time{}, Unread: map[string]string{}, Lists: map[string]bool{}}
	for _, x := range exhibits {
		var rows []evidence.Incident
		var err error
		switch x.Kind {
		case evidence.SMSLog, evidence.CallLog, evidence.ChatLog:
			if err = unaltered(f, x); err == nil {
				rows, err = rereadLog(f, x, pdfs)
			}
		case evidence.Recording:
			err = rereadContainer(f, &x, s.Inside)
			rows = recordingIncident(x)
		case evidence.Video:
			err = rereadContainer(f, &x, s.Inside)
		case evidence.Document:
			if noted(x, NoteRegister) {
				var t ownTable
				t, err = ownTableOf(f, x)
				s.Listed = append(s.Listed, t.listed(x)...)
			}
		case evidence.Screenshot:
			s.Lists[x.Number] = showsCallList(x)
			rows = screenshotIncident(x)
			for n := range rows {
				// the rest is for the person to say
				rows[n] = evidence.Incident{Source: rows[n].Source, Exhibits: rows[n].Exhibits, Kind: rows[n].Kind,
					Seconds: -1}
			}
		}
		var changed *folder.DigestError
		switch {
		case errors.As(err, &changed) && changed.Got != "":
			s.Unread[x.Number] = evidence.FileAltered
		case errors.As(err, &changed) && !changed.Elsewhere:
			s.Unread[x.Number] = evidence.FileMissing
		case err != nil:
			s.Unread[x.Number] = reason(err)
		}
		s.Rows = append(s.Rows, rows...)
	}
	return s
}

// unaltered compares the file of an exhibit with what was admitted: rows are held against
// the sealed file and no other. The error is a [folder.DigestError] where it differs.
func unaltered(f *folder.Folder, x evidence.Exhibit) error {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); x.SHA256 != "" && got != x.SHA256 {
		return &folder.DigestError{Exhibit: x.Number, File: x.File, Want: x.SHA256, Got: got}
	}
	return nil
}

func rereadLog(f *folder.Folder, x evidence.Exhibit, pdfs PDFReader) ([]evidence.Incident, error) {
	log, err := pdfs.openLog(f, x)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	var out []evidence.Incident
	// What breaks off in the middle did so when it was added, and was noted then.
	_, _ = log.read(func(r logs.Row) error {
		r.Incident.Exhibits, r.Incident.Source = []string{x.Number}, r.Place(x.Number)
		out = append(out, r.Incident)
		return nil
	})
	return out, nil
}

// rereadContainer takes length and time from the container of sound or film.
func rereadContainer(f *folder.Folder, x *evidence.Exhibit, inside map[string]time.Time) error {
	in, err := f.OpenExhibit(*x)
	if err != nil {
		return err
	}
	defer in.Close()
	p, err := media.Probe(in, x.Size, x.MediaType)
	if err != nil {
		return nil // it says nothing of itself, now as before
	}
	if !p.Created.IsZero() {
		inside[x.Number] = p.Created
	}
	if p.Length > 0 {
		x.Media.Seconds = float64(p.Length.Milliseconds()) / 1000
	}
	return nil
}

// showsCallList reports a screenshot of the app that lists calls. What it
// shows was then over; the picture of a call in progress is another app's.
func showsCallList(x evidence.Exhibit) bool {
	return x.Kind == evidence.Screenshot && names.AppLabel(x.Media.App) == "电话"
}
