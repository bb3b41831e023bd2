package bag

import (
	"fmt"
	"testing"
)

// The page says of a copy what the command says: the same verdict of its
// exhibits, and how many of how many are here.
func TestPageJudgesCopies(t *testing.T) {
	changes, base, letter := copyChanges(t)
	br := newBrowser(t)
	for n, a := range changes {
		// Each takes a second; the few that run always are of each kind.
		if n%7 != 0 && !slow() {
			continue
		}
		if a.exit == 6 { // signatures are not the page's
			continue
		}
		dir, opt := a.made(t, base, letter)
		if opt.ExpectCopy != "" && opt.Expect != "" || opt.ExpectAfter != "" || a.code == "E-CODE-IS-COPY" ||
			a.code == "E-COPY-IS-CODE" {
			continue // the page has one field, and takes either in it
		}
		typed := opt.Expect + opt.ExpectCopy
		want := map[int]string{0: "anchored", 3: "anchored", 5: "altered", 8: "not-checked"}[a.exit]
		if want == "anchored" && typed == "" {
			want = "within-itself"
		}
		br.open()
		br.choose("folder", dir)
		br.result()
		br.run(nil, `document.getElementById('typed').value = arguments[0]; document.getElementById('typed').oninput()`,
			typed)
		r := br.result()
		if r.Verdict != want && !(a.exit == 8 && r.Verdict == "altered") {
			t.Errorf("%s: the page says %s, want %s: %v", a.name, r.Verdict, want, r.Problems)
		}
		var here, look string
		br.run(&here, `return document.getElementById('verdict').getAttribute('data-here') || ''`)
		br.run(&look, `return document.getElementById('verdict').className`)
		if a.exit == 3 && look != "verdict part" {
			t.Errorf("%s: shown as %q, want ink blue", a.name, look)
		}
		if res := verify(t, dir, opt); res.Evidence != nil && a.exit <= 3 {
			if want := fmt.Sprintf("%d/%d", res.Evidence.Here, res.Evidence.Items); here != want {
				t.Errorf("%s: the page counts %q, verify %q", a.name, here, want)
			}
		}
	}
}
