package intake

import (
	"strings"
	"testing"
	"time"
)

// Of two clocks that differ neither is relied on, save a list that records
// its zone against a phone that does not.
func TestDoubtedClocks(t *testing.T) {
	for _, c := range []struct {
		offset ClockOffset
		want   string
	}{
		{ClockOffset{Source: "name:miui", Against: "carrier", Offset: -time.Hour}, "name:miui"},
		{ClockOffset{Source: "carrier", Against: "sms-backup", Offset: 8 * time.Hour}, "carrier sms-backup"},
		{ClockOffset{Source: "name:vivo", Against: "name:miui", Offset: time.Hour}, "name:miui name:vivo"},
	} {
		got := Doubted([]ClockOffset{c.offset})
		var names []string
		for _, s := range []string{"carrier", "name:miui", "name:vivo", "sms-backup"} {
			if d, ok := got[s]; ok {
				names = append(names, s)
				if d != c.offset.Offset.Abs() {
					t.Errorf("%s: %s", s, d)
				}
			}
		}
		if s := strings.Join(names, " "); s != c.want || len(got) != len(names) {
			t.Errorf("%+v: %v", c.offset, got)
		}
	}
}
