package folder

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
)

var testNow = time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing)

func newFolder(t *testing.T) *Folder {
	t.Helper()
	f, err := Init(filepath.Join(t.TempDir(), "案件"), sampleCase(), testNow, "test")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func source(t *testing.T, name, content string) Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return sourceAt(t, path)
}

func sourceAt(t *testing.T, path string) Source {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return Source{Path: path, Below: filepath.Base(path), Info: info,
		Open: func() (io.ReadCloser, error) { return disk.OpenRegular(path) }}
}

func admit(t *testing.T, f *Folder, s Source) (evidence.Exhibit, Admission) {
	t.Helper()
	x, how, err := f.Admit(context.Background(), s,
		evidence.Exhibit{Kind: evidence.Recording, OriginalName: filepath.Base(s.Path)}, ".wav", testNow)
	if err != nil {
		t.Fatal(err)
	}
	return x, how
}

func TestAdmit(t *testing.T) {
	f := newFolder(t)
	s := source(t, "a.wav", "sound")
	x, how := admit(t, f, s)
	if how != Admitted || x.Number != "E001" || x.File != "E001.wav" || x.Size != 5 {
		t.Errorf("got %s %+v", how, x)
	}
	stored, err := os.ReadFile(f.Path(ExhibitsDir, x.File))
	if err != nil || string(stored) != "sound" {
		t.Errorf("stored %q, %v", stored, err)
	}
	mode := fs.FileMode(0o400)
	if runtime.GOOS == "windows" { // which knows read-only and no owners
		mode = 0o444
	}
	if info, _ := os.Stat(f.Path(ExhibitsDir, x.File)); info.Mode().Perm() != mode {
		t.Errorf("mode %v, want %v", info.Mode(), mode)
	}
	if _, how := admit(t, f, s); how != AlreadyKnown {
		t.Errorf("the same path again is %s", how)
	}
	if x, how := admit(t, f, source(t, "b.wav", "sound")); how != Duplicate || x.Number != "E001" {
		t.Errorf("the same bytes elsewhere are %s %s", how, x.Number)
	}
	if x, _ := admit(t, f, source(t, "c.wav", "other")); x.Number != "E002" {
		t.Errorf("the next exhibit is %s", x.Number)
	}
	r, err := f.Register()
	if err != nil || len(r.Exhibits) != 2 || len(r.Exhibits[0].Duplicates) != 1 {
		t.Errorf("register %+v, %v", r, err)
	}
	again, err := Open(f.Dir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	if r2, err := again.Register(); err != nil || len(r2.Exhibits) != 2 || r2.Exhibits[0].SHA256 != x.SHA256 {
		t.Errorf("read again %+v, %v", r2, err)
	}
	log, _ := f.Custody()
	if _, problems := bag.CheckCustody(log); len(problems) > 0 {
		t.Errorf("custody: %v", problems)
	}
}

// What was read of a register stays as it was, whatever comes to it, and nothing is copied
// to be looked at.
func TestRegisterStaysAsItWasRead(t *testing.T) {
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	admit(t, f, source(t, "b.wav", "other"))
	before, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := f.Register(); err != nil || &again.Exhibits[0] != &before.Exhibits[0] {
		t.Errorf("the exhibits were copied (%v)", err)
	}
	admit(t, f, source(t, "c.wav", "sound"))
	admit(t, f, source(t, "d.wav", "third"))
	if len(before.Exhibits) != 2 || len(before.Exhibits[0].Duplicates) != 0 {
		t.Errorf("what was read before is now %+v", before.Exhibits)
	}
	if grown := append(before.Exhibits, evidence.Exhibit{Number: "E999"}); len(grown) != 3 {
		t.Fatal(grown)
	}
	after, err := f.Register()
	if err != nil || len(after.Exhibits) != 3 || len(after.Exhibits[0].Duplicates) != 1 ||
		after.Exhibits[2].Number != "E003" {
		t.Errorf("%+v, %v", after.Exhibits, err)
	}
}

// A folder of exhibits that is a link to elsewhere since the case was opened is none.
func TestExhibitsFolderLinkedSince(t *testing.T) {
	f := newFolder(t)
	x, _ := admit(t, f, source(t, "a.wav", "sound"))
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(f.Path(ExhibitsDir), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, f.Path(ExhibitsDir)); err != nil {
		t.Skip(err)
	}
	var bad *DigestError
	if _, err := f.OpenExhibit(x); !errors.As(err, &bad) || !bad.Elsewhere {
		t.Errorf("%v", err)
	}
}

// A growing reader gives more bytes than the walk saw.
func TestChangingFileIsNotAdmitted(t *testing.T) {
	f := newFolder(t)
	s := source(t, "a.wav", "sound")
	s.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("sound and more")), nil }
	_, _, err := f.Admit(context.Background(), s, evidence.Exhibit{}, ".wav", testNow)
	var bad *UnusableError
	if !errors.As(err, &bad) || bad.Code != "changed-while-reading" {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(f.Path(ExhibitsDir)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk error") }
func (failing) Close() error             { return nil }

func TestReadErrorIsNotAdmitted(t *testing.T) {
	f := newFolder(t)
	s := source(t, "a.wav", "sound")
	s.Open = func() (io.ReadCloser, error) { return failing{}, nil }
	_, _, err := f.Admit(context.Background(), s, evidence.Exhibit{}, ".wav", testNow)
	var bad *UnusableError
	if !errors.As(err, &bad) || bad.Code != "unreadable" {
		t.Errorf("got %v", err)
	}
}

// A crash at each stage of Admit loses nothing: the next run admits the file
// under the same number.
func TestCrashStages(t *testing.T) {
	for name, crash := range map[string]func(*testing.T, *Folder){
		"copy without its name": func(t *testing.T, f *Folder) {
			os.WriteFile(f.Path(ExhibitsDir, ".E001-1.partial"), []byte("so"), 0o600)
		},
		"copy without register line": func(t *testing.T, f *Folder) {
			os.WriteFile(f.Path(ExhibitsDir, "E001.wav"), []byte("old"), 0o400)
		},
		"half a register line": func(t *testing.T, f *Folder) {
			os.WriteFile(f.Path(RegisterFile), []byte(`{"type":"exhibit","schema":1,"num`), 0o600)
		},
		"half a custody line": func(t *testing.T, f *Folder) {
			log, _ := f.Custody()
			os.WriteFile(f.Path(CustodyFile), append(log, `{"seq":1,"ti`...), 0o600)
		},
	} {
		f := newFolder(t)
		crash(t, f)
		f, err := Open(f.Dir(), "test")
		if err != nil {
			t.Fatal(err)
		}
		if x, how := admit(t, f, source(t, "a.wav", "sound")); how != Admitted || x.Number != "E001" {
			t.Errorf("%s: %s %s", name, how, x.Number)
		}
		stored, _ := os.ReadFile(f.Path(ExhibitsDir, "E001.wav"))
		log, _ := f.Custody()
		_, problems := bag.CheckCustody(log)
		if string(stored) != "sound" || len(problems) > 0 {
			t.Errorf("%s: stored %q, custody %v", name, stored, problems)
		}
	}
}

func TestAppendIncidentsLeavesRowsAlone(t *testing.T) {
	f := newFolder(t)
	at, _ := evidence.ParseTime("2026-03-01 10:00:00")
	if _, err := f.AppendIncidents([]evidence.Incident{{Time: at, Kind: evidence.Call, Seconds: 5, Number: "10086"}},
		testNow); err != nil {
		t.Fatal(err)
	}
	// The person rewrites the file their way: other order, other delimiter,
	// the first row deleted.
	mine := "时间;编号;方式;号码\r\n2026-03-02 11:00;T007;电话;95588"
	if err := os.WriteFile(f.Path(TimelineFile), []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := f.AppendIncidents([]evidence.Incident{{Time: at, Kind: evidence.SMS, Seconds: -1, Number: "12378"}},
		testNow)
	if err != nil || rows[0].ID != "T008" {
		t.Fatalf("%v, %v", rows, err)
	}
	data, _ := os.ReadFile(f.Path(TimelineFile))
	if !bytes.HasPrefix(data, []byte(mine)) {
		t.Errorf("the person's rows were changed:\n%s", data)
	}
	all, err := f.Timeline()
	if err != nil || len(all) != 2 || all[1].Number != "12378" || all[1].Kind != evidence.SMS {
		t.Errorf("%+v, %v", all, err)
	}
	// A deleted row's number is not given again.
	os.WriteFile(f.Path(TimelineFile), []byte("编号,时间,方式\n"), 0o600)
	rows, err = f.AppendIncidents([]evidence.Incident{{Time: at, Kind: evidence.SMS, Seconds: -1}}, testNow)
	if err != nil || rows[0].ID != "T009" {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestInitRefusesAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "mine.txt"), nil, 0o600)
	if _, err := Init(dir, sampleCase(), testNow, "test"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	bad := sampleCase()
	bad.Lender.Region = "999999"
	if _, err := Init(filepath.Join(dir, "new"), bad, testNow, "test"); err == nil {
		t.Error("a case with a mistake was made")
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// A run that was killed while it made a case leaves half a folder beside its place, with what
// the person told: whoever makes the case then takes it away.
func TestHalfMadeCaseIsSwept(t *testing.T) {
	f := newFolder(t)
	root := t.TempDir()
	for name, made := range map[string]func(dir string) error{
		"new": func(dir string) error { _, err := Init(dir, sampleCase(), testNow, "test"); return err },
		"branch": func(dir string) error {
			return f.Branch(t.Context(), dir, sampleCase(), testNow, func(*Folder) error { return nil })
		},
	} {
		dir := filepath.Join(root, name)
		half, err := disk.AsideDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(half, CaseFile), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := made(dir); err != nil {
			t.Fatal(err)
		}
	}
	if all, _ := os.ReadDir(root); len(all) != 2 {
		t.Errorf("left behind: %v", all)
	}
}

// Who looks for cases does not look into cases.
func TestNoCaseInACase(t *testing.T) {
	f := newFolder(t)
	unlock, err := f.Lock(testNow)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	for _, name := range []string{"sub", "deep/down"} {
		dir := f.Path(name)
		var within *WithinError
		if _, err := Init(dir, sampleCase(), testNow, "test"); !errors.As(err, &within) || within.Dir != dir {
			t.Errorf("%s: %v", name, err)
		}
		if err := f.Branch(t.Context(), dir, sampleCase(), testNow, nil); !errors.As(err, &within) || within.Dir != dir {
			t.Errorf("%s, of the same phone: %v", name, err)
		}
		if _, err := os.Lstat(f.Path(strings.Split(name, "/")[0])); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

func TestLock(t *testing.T) {
	f := newFolder(t)
	left := f.Path(ExhibitsDir, ".E001-77.partial")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
			t.Error("what a killed run left is still there")
		}
	}()
	unlock, err := f.Lock(testNow)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := Open(f.Dir(), "test")
	var locked *LockedError
	if _, err := other.Lock(testNow); !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("got %v", err)
	}
	unlock()
	unlock, err = other.Lock(testNow)
	if err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	unlock()
}

// The life of a seal: kept while nothing changes, made again byte for byte if
// taken away, superseded when the case moves on.
func TestSeal(t *testing.T) {
	ctx := context.Background()
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	first, fresh, err := f.Seal(ctx, testNow)
	if err != nil || !fresh {
		t.Fatal(first, fresh, err)
	}
	zip, _ := os.ReadFile(f.Path(BundleZip))
	same, fresh, err := f.Seal(ctx, testNow.AddDate(0, 0, 9))
	if err != nil || fresh || same.SHA256 != first.SHA256 {
		t.Errorf("unchanged: %v %v %v", same.SHA256, fresh, err)
	}
	os.RemoveAll(f.Path(BundleDir))
	os.Remove(f.Path(BundleZip))
	again, fresh, err := f.Seal(ctx, testNow.AddDate(0, 0, 9))
	zip2, _ := os.ReadFile(f.Path(BundleZip))
	if err != nil || fresh || again.SHA256 != first.SHA256 || !bytes.Equal(zip, zip2) {
		t.Errorf("made again: %v %v %v", again.SHA256, fresh, err)
	}
	if _, current, err := f.Current(); err != nil || !current {
		t.Errorf("current: %v, %v", current, err)
	}

	admit(t, f, source(t, "b.wav", "more"))
	if _, current, _ := f.Current(); current {
		t.Error("current though an exhibit was added")
	}
	second, fresh, err := f.Seal(ctx, testNow.AddDate(0, 0, 10))
	if err != nil || !fresh || second.SHA256 == first.SHA256 {
		t.Errorf("changed: %v %v", fresh, err)
	}
	log, _ := f.Custody()
	if !bytes.Contains(log, []byte(" supersedes="+first.Copy.SHA256)) {
		t.Errorf("the new seal does not name the older bundle:\n%s", log)
	}
	for path, root := range map[string]string{f.Path(BundleDir): second.SHA256,
		f.Path(SupersededDir, first.Copy.SHA256[:16], BundleDir): first.SHA256} {
		r, err := bag.Verify(ctx, path, bag.Options{Expect: root})
		if err != nil || r.Verdict != bag.Anchored {
			t.Errorf("%s: %v %+v", path, err, r.Problems)
		}
	}
}

// An exhibit spoilt on disk is named, and nothing is sealed.
func TestSpoiltExhibitIsNotSealed(t *testing.T) {
	f := newFolder(t)
	x, _ := admit(t, f, source(t, "a.wav", "sound"))
	path := f.Path(ExhibitsDir, x.File)
	os.Chmod(path, 0o600)
	os.WriteFile(path, []byte("Sound"), 0o600)
	_, _, err := f.Seal(context.Background(), testNow)
	var digest *DigestError
	if !errors.As(err, &digest) || digest.Exhibit != "E001" {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(f.Path(BundleDir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a bundle was made: %v", err)
	}
}

// What lies in the place of an exhibit is opened if it is a file of that folder alone.
func TestAnExhibitIsNoLink(t *testing.T) {
	f := newFolder(t)
	x, _ := admit(t, f, source(t, "a.wav", "sound"))
	if in, err := f.OpenExhibit(x); err != nil {
		t.Fatal(err)
	} else {
		in.Close()
	}
	outside := x
	for _, name := range []string{"../case.toml", `..\case.toml`, "/etc/hosts", "", ".."} {
		outside.File = name
		var bad *DigestError
		if in, err := f.OpenExhibit(outside); !errors.As(err, &bad) || !bad.Elsewhere {
			t.Errorf("%q was opened: %v, %v", name, in, err)
		}
	}
	at := f.Path(ExhibitsDir, x.File)
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	var bad *DigestError
	if _, err := f.OpenExhibit(x); !errors.As(err, &bad) || bad.Elsewhere {
		t.Errorf("a file that is gone: %v", err)
	}
	if err := os.Symlink(f.Path(CaseFile), at); err != nil {
		t.Skip(err)
	}
	if _, err := f.OpenExhibit(x); !errors.As(err, &bad) || !bad.Elsewhere {
		t.Errorf("a link was followed: %v", err)
	}
}
