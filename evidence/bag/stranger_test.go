package bag

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence/bag/commit"
	"juzheng/evidence/bag/timestamp/tsatest"
)

// What a stranger can add to a copy who knows the format, and can get a
// time-stamp of the authority the reader trusts, as anybody can: nothing of it
// passes for what the letter is about.
func TestStrangerAdds(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	whole, root := c.write(t, c.numbers...)
	bad := newListedCase(t, 9, "E006").items["E006"]
	more := both(
		create("data/E006.txt", listedPayload["E006"]),
		create(commit.OpeningPath("E006"), string(bad.Opening)),
		create(commit.RecordPath("E006"), string(bad.Record)),
		appendLists(sumsOf(bad.Opening).SHA256+"  openings/E006.txt", sumsOf(bad.Opening).SM3+"  openings/E006.txt"))
	dropped := both(remove("data/E003.txt"), remove(commit.OpeningPath("E003")), remove(commit.RecordPath("E003")),
		appendLists("# out E003", "# out E003"))
	a := tsatest.New("one", nil)
	stamped := func(t *testing.T, dir string) {
		list, err := os.ReadFile(filepath.Join(dir, listName))
		if err != nil {
			t.Fatal(err)
		}
		create("seal/0007.tsr", string(a.Reply(tsatest.Stamp{Document: list, GenTime: "20260302040000Z"})))(t, dir)
	}
	letter := Options{Expect: root.SHA256, Now: stampNow}
	trusting := Options{Expect: root.SHA256, Now: stampNow, TrustRoots: a.RootPEM}
	alone := Options{Now: stampNow, TrustRoots: a.RootPEM}
	for _, x := range []struct {
		name string
		edit bundleEdit
		opt  Options
		exit int
		code string
		// lines an anchor stands for
		covered int
	}{
		{"a time-stamp of all", both(redone(more), stamped), alone, 0, "", 7},
		{"an exhibit, and a time-stamp of it", both(redone(more), stamped), trusting, 3, "E-NOT-COVERED", 6},
		{"a state that hides a missing one, and a time-stamp of it", both(redone(dropped), stamped), trusting, 3,
			"E-WITHHELD", 6},
		{"a picture beside the exhibits", redone(create("E006.jpg", "x")), letter, 5, "E-FILE-FOREIGN", 6},
		{"a folder of its own", redone(create("补充证据/E006.jpg", "x")), letter, 5, "E-FILE-FOREIGN", 6},
		{"a folder that looks like data", redone(create("dаta/E001.txt", "x")), letter, 5, "E-FILE-FOREIGN", 6},
		{"a document of format 1", redone(create("sm3sums.txt", "")), letter, 5, "E-FILE-FOREIGN", 6},
		{"a second list", redone(create("commitments.txt.asc", "x")), letter, 5, "E-FILE-FOREIGN", 6},
		{"a further document, without the letter", redone(create("README.txt", "x")), Options{}, 5, "E-FILE-FOREIGN",
			0},
		{"a folder named as a system's file", create("~$证据/E006.jpg", "x"), letter, 5, "E-FILE-ADDED", 6},
		{"a folder that Unix hides", create("._E/E006.jpg", "x"), letter, 5, "E-FILE-ADDED", 6},
		{"a picture where macOS keeps its own", create("__MACOSX/E006.jpg", "x"), letter, 5, "E-FILE-ADDED", 6},
		{"another case id", redone(edit(bagInfoName, "JZ-2026-0001", "JZ-2026-0002")),
			Options{Expect: CodeQRText("JZ-2026-0001", 6, root.SHA256, "12ab34cd")}, 5, "E-CODE-CASE", 6},
		{"its own case id", nil, Options{Expect: CodeQRText("jz-2026-0001", 6, root.SHA256, "12ab34cd")}, 0, "", 6},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := copied(t, whole)
			if x.edit != nil {
				x.edit(t, dir)
			}
			for _, path := range []string{dir, packTree(t, dir)} {
				res := verify(t, path, x.opt)
				if res.ExitCode() != x.exit || x.code != "" && !hasCode(res, x.code) ||
					res.Evidence == nil || res.Evidence.Covered != x.covered {
					t.Errorf("%s: exit %d, want %d with %s; %+v\n%s", filepath.Ext(path), res.ExitCode(), x.exit,
						x.code, res.Evidence, problems(res))
				}
			}
		})
	}
}

// What systems leave in a folder that was looked at lies among openings and
// records as it does elsewhere.
func TestSystemFilesAmongOpenings(t *testing.T) {
	dir, root := newListedCase(t, 0, "E001", "E002").write(t, "E001", "E002")
	for _, name := range []string{"openings/.DS_Store", "records/.DS_Store", "openings/._E001.txt",
		"records/._E001.json", "openings/Thumbs.db", "records/desktop.ini"} {
		create(name, strings.Repeat("x", 100<<10))(t, dir)
	}
	for _, path := range []string{dir, packTree(t, dir)} {
		res := verify(t, path, Options{Expect: root.SHA256})
		if res.ExitCode() != 0 || !hasCode(res, "N-BESIDE") {
			t.Errorf("%s: exit %d\n%s", filepath.Ext(path), res.ExitCode(), problems(res))
		}
	}
	redone(create("openings/.DS_Store", "x"))(t, dir)
	if res := verify(t, dir, Options{Expect: root.SHA256}); res.ExitCode() != 5 {
		t.Errorf("listed: exit %d\n%s", res.ExitCode(), problems(res))
	}
}
