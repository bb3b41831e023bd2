package bag

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The page sees what the command sees of what somebody added or changed beside
// the exhibits, and shows no exhibit as sound that the typed code does not cover.
func TestPageSeesStrangers(t *testing.T) {
	t.Parallel()
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	whole, root := c.write(t, c.numbers...)
	c.take(t, "E006")
	late, _ := c.write(t, c.numbers...)
	br := newBrowser(t)
	code := root.SHA256
	for n, a := range []struct {
		name, dir, typed string
		edit             bundleEdit
		verdict, problem string
		late             int
	}{
		{"untouched", whole, CodeQRText("jz-2026-0001", 6, code, "12ab34cd"), nil, "anchored", "", 0},
		{"looked at on a Mac", whole, code, both(create("openings/.DS_Store", strings.Repeat("x", 6148)),
			create("records/._E001.json", "x")), "anchored", "N-BESIDE", 0},
		{"a later exhibit", late, code, nil, "anchored", "", 1},
		{"another case id", whole, CodeQRText("jz-2026-0002", 6, code, "12ab34cd"), nil, "altered", "", 0},
		{"a picture beside the exhibits", whole, code, redone(create("E006.jpg", "x")), "altered", "E-FILE-FOREIGN", 0},
		{"a folder named as a system's file", whole, code, create("~$E/E006.jpg", "x"), "altered", "E-TAG-ADDED", 0},
		{"a record of another ending", whole, code, redone(create("records/E001.htmx", "x")), "altered",
			"E-RECORD-FORM", 0},
		{"a document gone", whole, code, redone(remove(bagitName)), "altered", "E-ROOT-OMITS", 0},
		{"as many log digests as there may be", whole, code,
			redone(rewrite(logDigestsName, func(b []byte) []byte { return bytes.Repeat(b[:65], 100_000) })), "altered",
			"E-LOG-DIFFERS", 0},
		{"two case ids", whole, code, redone(edit(bagInfoName, "External", "External-Identifier: X\nExternal")),
			"altered", "E-INFO-TWICE", 0},
		{"a name in the catalogue", whole, code,
			both(edit(catalogueName, "原名 E002", "原名 E00Z"), func(t *testing.T, dir string) {
				text, err := os.ReadFile(filepath.Join(dir, catalogueName))
				if err != nil {
					t.Fatal(err)
				}
				was := bytes.ReplaceAll(text, []byte("E00Z"), []byte("E002"))
				edit(RootName, sumsOf(was).SHA256, sumsOf(text).SHA256)(t, dir)
			}), "altered", "E-CATALOGUE-DIFFERS", 0},
	} {
		if !each(n, 2) {
			continue
		}
		dir := copied(t, a.dir)
		if a.edit != nil {
			a.edit(t, dir)
		}
		br.open()
		br.choose("folder", dir)
		br.result()
		br.typeRoot(a.typed)
		r := br.result()
		if r.Verdict != a.verdict || a.problem != "" && !strings.Contains(strings.Join(r.Problems, "\n"), a.problem) {
			t.Errorf("%s: the page says %s, want %s with %s: %v", a.name, r.Verdict, a.verdict, a.problem, r.Problems)
		}
		var unproven int
		br.run(&unproven, `return [].filter.call(document.querySelectorAll('.exhibit .status'), function (e) {
			return e.textContent.indexOf('没有佐证') >= 0; }).length`)
		if unproven != a.late {
			t.Errorf("%s: %d exhibits are shown as not covered, want %d", a.name, unproven, a.late)
		}
	}
}

// The page says of a copy what the command says: the same verdict of its
// exhibits, and how many of how many are here.
func TestPageJudgesCopies(t *testing.T) {
	changes, base, letter := copyChanges(t)
	br := newBrowser(t)
	for n, a := range changes {
		if !each(n, 7) { // the few that run always are of each kind
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
		res := verify(t, dir, opt)
		alone := len(res.Problems) > 0 && res.ExitCode() == 5
		for _, p := range res.Problems {
			alone = alone && (p.Severity != Altered ||
				slices.Contains([]string{"E-CODE-DIFFERS", "E-CODE-OLDER", "E-COPY-DIFFERS"}, p.Code))
		}
		var head string
		br.run(&head, `return document.querySelector('#verdict h2').textContent`)
		if strings.Contains(head, "不是同一份") != alone || alone && strings.Contains(head, "改动") {
			t.Errorf("%s: the page's heading is %q\n%s", a.name, head, problems(res))
		}
		if res.Evidence != nil && res.Evidence.Lines > 0 && a.exit <= 5 {
			if want := fmt.Sprintf("%d/%d", res.Evidence.Here, res.Evidence.Items); here != want {
				t.Errorf("%s: the page counts %q, verify %q", a.name, here, want)
			}
		}
	}
}
