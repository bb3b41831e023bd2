package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Whoever comes back goes on at the step at which the case was left.
func TestCaseIsGoneOnWithWhereItWasLeft(t *testing.T) {
	var steps []string
	for _, sc := range screens() {
		if sc.stage > 0 && !sc.free {
			steps = append(steps, sc.path)
		}
	}
	if !slices.Equal(steps, caseSteps) {
		t.Errorf("steps are %v, kept are %v", steps, caseSteps)
	}
	kase := demoCase(t)
	begins := func(want string) *caller {
		t.Helper()
		c := serve(t, kase, nil).enter(t)
		if !strings.HasSuffix(c.begin, "/"+want) {
			t.Errorf("it begins with %s, want %s", c.begin, want)
		}
		return c
	}
	c := begins(foundPath)
	base := strings.TrimSuffix(c.begin, "/"+foundPath)
	for _, step := range []string{resultPath, callersPath} {
		if status, body := c.do("GET", base+"/"+step, nil, nil); status != http.StatusOK {
			t.Fatalf("%s: %d\n%s", step, status, body)
		}
	}
	c.do("GET", base+"/keep", nil, nil) // no step of the way
	begins(callersPath)
}
