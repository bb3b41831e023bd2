package doubt

import (
	"path"
	"strings"
	"time"

	"juzheng/evidence"
)

// takenOtherwise reports a picture or film that by its own time cannot show what a row of the
// person's tells: none shows what came after it, and a film of a visit was made on its day.
// What was left behind can be photographed later.
func (f *finder) takenOtherwise(x evidence.Exhibit, i evidence.Incident) bool {
	if x.Kind != evidence.Screenshot && x.Kind != evidence.Photo && x.Kind != evidence.Video || i.Time.IsZero() {
		return false
	}
	taken, known := f.takenAt(x)
	if !known {
		return false
	}
	made := taken.At.Add(time.Duration(x.Media.Seconds * float64(time.Second)))
	if i.Time.Precision == evidence.ToDay || taken.Precision == evidence.ToDay {
		date := func(t time.Time) string { return t.In(evidence.Beijing).Format(time.DateOnly) }
		if date(made) < date(i.Time.At) {
			return true
		}
	} else if made.Before(i.Time.At.Add(-apart)) {
		return true
	}
	return x.Kind == evidence.Video && i.Kind == evidence.Visit && taken.At.Sub(i.Time.At) > 24*time.Hour
}

// takenAt is when a picture or film says of itself that it was made, by its name, or by the
// camera. When a file was last saved says nothing.
func (f *finder) takenAt(x evidence.Exhibit) (evidence.Time, bool) {
	at, err := time.Parse(time.RFC3339, x.Captured.Time)
	source := x.Captured.Source
	_, resaved := x.Note("exif-written")
	if err != nil || resaved || strings.HasSuffix(source, "+modified") ||
		!strings.HasPrefix(source, "name:") && source != "exif" && source != "container" {
		return evidence.Time{}, false
	}
	return f.clocks.Corrected(x.Number, evidence.Time{At: at, Precision: x.Captured.Precision, Device: x.Captured.Device,
		Source: source}), true
}

// voiceOfChat reports a voice message as WeChat keeps it, msg_1016….amr: that is no call.
func voiceOfChat(x evidence.Exhibit) bool {
	return strings.HasPrefix(x.OriginalName, "msg_") && strings.EqualFold(path.Ext(x.OriginalName), ".amr")
}

// fitsLength reports whether a recording that says neither when nor of whom it is can be of a
// call, by how long that was: no longer, and the better part of it.
func fitsLength(x evidence.Exhibit, i evidence.Incident) bool {
	recorded := int(x.Media.Seconds)
	return recorded <= 0 || i.Seconds <= 0 || recorded <= i.Seconds+sameLength && 2*(recorded+sameLength) >= i.Seconds
}
