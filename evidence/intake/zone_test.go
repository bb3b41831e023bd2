package intake

import (
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/names"
)

// A photo that names its zone explains a name in that zone: proof of the zone,
// and no disagreement.
func TestZoneExplainsTheName(t *testing.T) {
	named := names.Parse("IMG_20260905_224714.jpg", false)
	for _, c := range []struct {
		zone  string
		taken time.Duration // from the name as Beijing time
		want  bool
	}{
		{"+09:00", -time.Hour, true}, {"+08:00", 0, true}, {"-05:00", 13 * time.Hour, true},
		{"+09:00", 0, false}, {"+09:00", time.Hour, false}, {"", 0, false},
	} {
		p := media.Picture{Zone: c.zone, Taken: evidence.Time{At: named.Time.At.Add(c.taken), Source: "exif"}}
		if got := explains(p, named); got != c.want {
			t.Errorf("%s, taken %s from the name: %v", c.zone, c.taken, got)
		}
	}
}
