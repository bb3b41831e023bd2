package bag

import "testing"

// The worst of what was found decides the exit code, in the order that
// FORMAT.md and every help text give; a missing anchor counts least.
func TestExitCodeIsTheWorst(t *testing.T) {
	for _, c := range []struct {
		name     string
		found    []Severity
		anchors  int
		required bool
		want     int
	}{
		{"nothing", nil, 0, false, 0},
		{"a warning and a note", []Severity{Warning, Note}, 0, false, 0},
		{"refused before altered", []Severity{Altered, Refused}, 0, true, 8},
		{"altered before the seal", []Severity{SealBad, Altered, Unchecked}, 0, true, 5},
		{"the seal before what was not checked", []Severity{Unchecked, SealBad}, 0, true, 6},
		{"not checked before no anchor", []Severity{Unchecked, Warning}, 0, true, 3},
		{"no anchor", []Severity{Warning}, 0, true, 7},
		{"an anchor", []Severity{Warning}, 1, true, 0},
	} {
		r := &Result{requireAnchor: c.required, Anchors: make([]Anchor, c.anchors)}
		for _, s := range c.found {
			r.Problems = append(r.Problems, Problem{Severity: s})
		}
		if got := r.ExitCode(); got != c.want {
			t.Errorf("%s: exit %d, want %d", c.name, got, c.want)
		}
	}
}
