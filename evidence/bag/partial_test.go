package bag

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// newPartial makes a bundle with a log after the seal that records the export
// of a copy without E002, and that copy, as folder and as zip.
func newPartial(t *testing.T) (folder, zip string, root Root, head string) {
	t.Helper()
	dir, root := newBundle(t)
	withheld := []string{"data/E002.jpg"}
	var after []byte
	for _, r := range [][2]string{{EventHandover, "to=clinic"}, {EventExport, "to=clinic " + WithheldNote(withheld)}} {
		line, err := NextAfter(after, root, r[0], r[1], "me", "test", sealTime)
		if err != nil {
			t.Fatal(err)
		}
		after = append(after, line...)
	}
	if err := writeFile(filepath.Join(dir, SealDir, SealAfter), after); err != nil {
		t.Fatal(err)
	}
	head, _ = CustodyHead(after)
	to := t.TempDir()
	folder, zip = filepath.Join(to, "copy"), filepath.Join(to, "copy.zip")
	if err := WriteCopy(context.Background(), folder, dir, withheld, root.SHA256); err != nil {
		t.Fatal(err)
	}
	if err := WriteZipCopy(context.Background(), zip, dir, withheld, root.SHA256, sealTime); err != nil {
		t.Fatal(err)
	}
	return folder, zip, root, head
}

func TestPartialCopy(t *testing.T) {
	folder, zip, root, head := newPartial(t)
	for _, path := range []string{folder, zip} {
		opt := Options{Expect: root.SHA256, ExpectAfter: FormatRoot(head[:HeadDigits]), PartialOK: true}
		res := verify(t, path, opt)
		if res.ExitCode() != 0 || res.Verdict != Anchored || !res.AfterMet || res.Counts.Withheld != 1 ||
			res.Counts.OK != 3 || res.Valid {
			t.Errorf("%s: exit %d, %s, %+v\n%s", path, res.ExitCode(), res.Verdict, res.Counts, problems(res))
		}
		if !hasCode(res, "W-FILE-WITHHELD") || !hasCode(res, "N-PARTIAL") || hasCode(res, "W-WITHHELD-UNRECORDED") {
			t.Errorf("%s: %s", path, problems(res))
		}
		// What is here is intact; that not all of it is here is another answer.
		opt.PartialOK = false
		if res = verify(t, path, opt); res.ExitCode() != 3 || res.Verdict != Anchored || !hasCode(res, "E-WITHHELD") {
			t.Errorf("%s: exit %d, %s\n%s", path, res.ExitCode(), res.Verdict, problems(res))
		}
	}
	for _, path := range []string{folder, zip} {
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v, %v", path, info.Mode(), err)
		}
	}
	if _, err := os.Lstat(filepath.Join(folder, "data/E002.jpg")); !os.IsNotExist(err) {
		t.Errorf("the withheld file is in the copy: %v", err)
	}
}

// Whatever is done to a partial copy is seen, but for one thing, which is
// said: who holds it can withhold more.
func TestPartialCopyAttacks(t *testing.T) {
	const list = SealDir + "/" + SealWithheld
	for _, a := range []struct {
		name string
		edit bundleEdit
		code string
		exit int
	}{
		{"byte-changed", edit(recording, "sound", "sOund"), "E-FILE-MODIFIED", 5},
		{"missing-undeclared", remove(recording), "E-FILE-MISSING", 5},
		{"declaration-gone", remove(list), "E-FILE-MISSING", 5},
		{"declaration-emptied", create(list, ""), "E-FILE-MISSING", 5},
		{"tag-file-withheld", both(remove(custodyName), create(list, "custody.jsonl\ndata/E002.jpg\n")),
			"E-FILE-MISSING", 5},
		{"all-tags-withheld", both(remove(timelineName),
			create(list, "timeline.csv\n../timeline.csv\ndata/E002.jpg\n")), "E-FILE-MISSING", 5},
		{"another-name", both(remove(recording), create(list, "data/E001.M4A\ndata/E002.jpg\n")), "E-FILE-MISSING", 5},
		{"renamed-and-declared", both(rename(recording, "data/E009.m4a"),
			create(list, "data/E001.m4a\ndata/E002.jpg\n")), "E-FILE-ADDED-DUPLICATE", 5},
		{"other-content-put-back", create("data/E002.jpg", "b picture"), "E-FILE-MODIFIED", 5},
		{"put-back", create("data/E002.jpg", "a picture"), "N-WITHHELD-PRESENT", 0},
		{"more-withheld", both(remove(recording), create(list, "data/E001.m4a\ndata/E002.jpg\n")),
			"W-WITHHELD-UNRECORDED", 0},
		{"not-in-the-bundle", create(list, "data/E002.jpg\ndata/E777.jpg\n"), "W-SEAL-FORM", 0},
		{"no-path", create(list, "data/E002.jpg\nhello\n"), "W-SEAL-FORM", 0},
		{"log-gone", remove(SealDir + "/" + SealAfter), "W-WITHHELD-UNRECORDED", 0},
	} {
		t.Run(a.name, func(t *testing.T) {
			folder, _, root, _ := newPartial(t)
			a.edit(t, folder)
			for _, path := range []string{folder, packTree(t, folder)} {
				for _, opt := range []Options{{PartialOK: true}, {Expect: root.SHA256, PartialOK: true}} {
					res := verify(t, path, opt)
					if res.ExitCode() != a.exit || !hasCode(res, a.code) {
						t.Errorf("%s: exit %d, want %d with %s\n%s", filepath.Ext(path), res.ExitCode(), a.exit,
							a.code, problems(res))
					}
				}
			}
		})
	}
}

// A head printed on a slip shows what nothing inside the bundle can: that the
// log after the seal was cut, or is another one.
func TestExpectAfter(t *testing.T) {
	folder, _, _, head := newPartial(t)
	name := filepath.Join(folder, SealDir, SealAfter)
	log, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(log), "\n")
	if rest := strings.Count(string(log), "\n") - 1; rest < 1 {
		t.Fatalf("%d records behind the first", rest)
	} else if res := verify(t, folder, Options{ExpectAfter: lineSum([]byte(first)), PartialOK: true}); !res.AfterMet ||
		res.AfterRest != rest {
		t.Errorf("met %v, %d behind it, want %d", res.AfterMet, res.AfterRest, rest)
	}
	if res := verify(t, folder, Options{ExpectAfter: head, PartialOK: true}); !res.AfterMet || res.AfterRest != 0 {
		t.Errorf("the last: met %v, %d behind it", res.AfterMet, res.AfterRest)
	}
	overwrite(t, name, []byte(first+"\n"))
	if res := verify(t, folder, Options{PartialOK: true}); res.ExitCode() != 0 ||
		!hasCode(res, "N-AFTER-TAIL") {
		t.Errorf("a cut tail cannot be seen from inside, and that is said: %s", problems(res))
	}
	if res := verify(t, folder, Options{ExpectAfter: head}); res.ExitCode() != 5 ||
		!hasCode(res, "E-AFTER-CUT") || res.AfterMet {
		t.Errorf("exit %d: %s", res.ExitCode(), problems(res))
	}
	os.Remove(name)
	if res := verify(t, folder, Options{ExpectAfter: head[:HeadDigits]}); res.ExitCode() != 5 ||
		!hasCode(res, "E-AFTER-CUT") {
		t.Errorf("no log: exit %d: %s", res.ExitCode(), problems(res))
	}
	for _, typed := range []string{head[:HeadDigits-1], head + "0", "not a head"} {
		if _, err := Verify(context.Background(), folder, Options{ExpectAfter: typed}); err == nil {
			t.Errorf("%q was taken for a head", typed)
		}
	}
}

// A copy that is not the bundle never gets its name.
func TestCopyOfAlteredBundle(t *testing.T) {
	dir, root := newBundle(t)
	edit(recording, "sound", "sOund")(t, dir)
	to := t.TempDir()
	if err := WriteCopy(context.Background(), filepath.Join(to, "copy"), dir, nil, root.SHA256); err == nil {
		t.Error("an altered bundle was copied")
	}
	if err := WriteZipCopy(context.Background(), filepath.Join(to, "copy.zip"), dir, nil, root.SHA256,
		sealTime); err == nil {
		t.Error("an altered bundle was packed")
	}
	sound, root := newBundle(t)
	if err := WriteCopy(context.Background(), filepath.Join(to, "copy"), sound, []string{"data/E777.jpg"},
		root.SHA256); err == nil {
		t.Error("a file that is not there was withheld")
	}
	if err := WriteCopy(context.Background(), filepath.Join(to, "copy"), sound, nil,
		strings.Repeat("0", 64)); err == nil {
		t.Error("another root was accepted")
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if err := WriteZipCopy(stopped, filepath.Join(to, "copy.zip"), sound, nil, root.SHA256, sealTime); err == nil {
		t.Error("an interrupted copy was made")
	}
	if left, _ := os.ReadDir(to); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// The offline page shows what is withheld as withheld, in the folder and in
// the zip, and what is gone undeclared as missing.
func TestPartialCopyInBrowser(t *testing.T) {
	br := newBrowser(t)
	folder, zip, root, _ := newPartial(t)
	show := func(picker, path string) pageResult {
		t.Helper()
		br.open()
		br.choose(picker, path)
		return br.result()
	}
	for picker, path := range map[string]string{"folder": folder, "zip": zip} {
		r := show(picker, path)
		if r.Verdict != "within-itself" || r.Status["data/E002.jpg"] != "withheld" || r.Status[recording] != "ok" ||
			r.Root != root.SHA256 {
			t.Errorf("%s: %v", picker, r)
		}
		var box string
		br.run(&box, `return document.body.textContent`)
		if !strings.Contains(box, "部分副本：1 个文件") {
			t.Errorf("%s: the page does not say that it is a partial copy", picker)
		}
	}
	remove(recording)(t, folder)
	if r := show("folder", folder); r.Verdict != "altered" || r.Status[recording] != "missing" {
		t.Errorf("undeclared: %v", r)
	}
}
