package packet

import (
	"fmt"
	"testing"
)

func TestPlanVolumes(t *testing.T) {
	size := map[string]int64{"E001": 40, "E002": 40, "E003": 300, "E004": 10, "E005": 80, "E006": 0}
	all := []string{"E001", "E002", "E003", "E004", "E005", "E006"}
	for _, c := range []struct {
		name        string
		limit, base int64
		want        string
	}{
		{"no limit", 0, 10, "[[E001 E002 E003 E004 E005 E006]]"},
		{"all fit", 1000, 10, "[[E001 E002 E003 E004 E005 E006]]"},
		{"one larger than the limit stands alone", 100, 10, "[[E001 E002] [E003] [E004 E005 E006]]"},
		{"what every volume has is counted", 100, 20, "[[E001 E002] [E003] [E004] [E005 E006]]"},
	} {
		if got := fmt.Sprint(planVolumes(all, size, c.limit, c.base)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if got := fmt.Sprint(planVolumes(nil, nil, 100, 10)); got != "[[]]" {
		t.Errorf("a book without exhibits: %s", got)
	}
}
