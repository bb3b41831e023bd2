package phrase

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// heldOutKindsJSON are messages of a collector, each with the kinds that somebody who reads them would
// name, with those they would never name behind a mark (!V22), or with none (!).
// They were written before the patterns were mended; whoever mends a pattern may
// read what it misses, and must not copy a text from there into it.
//
//go:embed testdata/held_out_kinds.json
var heldOutKindsJSON []byte

// How often the first kind that words are asked about must be one that a reader
// would name, and how often a kind that none would name may be asked about.
const (
	kindsRight = 0.90
	kindsWrong = 0.10
)

func TestKindsOnHeldOutMessages(t *testing.T) {
	var list []struct{ Reached, Kinds, Text string }
	if err := json.Unmarshal(heldOutKindsJSON, &list); err != nil {
		t.Fatal(err)
	}
	named, right, never, wrong := 0, 0, 0, 0
	for _, m := range list {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Shown: m.Text,
			Reached: evidence.Reached(m.Reached)}
		var got []string
		for _, w := range WordedOf(i, Find(m.Text, Collector)) {
			got = append(got, string(w.Breach))
		}
		not, negative := strings.CutPrefix(m.Kinds, "!")
		switch {
		case negative:
			never++
			if len(got) > 0 && not == "" || slices.ContainsFunc(got,
				func(k string) bool { return not != "" && k == not }) {
				wrong++
				t.Logf("asked of as %v: %s", got, m.Text)
			}
		default:
			named++
			if slices.ContainsFunc(got, func(k string) bool { return slices.Contains(strings.Fields(m.Kinds), k) }) {
				right++
			} else {
				t.Logf("%v, want one of %s: %s", got, m.Kinds, m.Text)
			}
		}
	}
	r, w := float64(right)/float64(named), float64(wrong)/float64(never)
	t.Logf("right %.2f (%d of %d), wrong %.2f (%d of %d)", r, right, named, w, wrong, never)
	if r < kindsRight || w > kindsWrong {
		t.Errorf("right %.2f of %.2f, wrong %.2f of %.2f", r, kindsRight, w, kindsWrong)
	}
}
