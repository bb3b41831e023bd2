package folder

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

// A crash behind the register line: the next run writes the custody record.
func TestMissingCustodyRecordIsMended(t *testing.T) {
	f := newFolder(t)
	before, err := f.Custody()
	if err != nil {
		t.Fatal(err)
	}
	s := source(t, "a.wav", "sound")
	admit(t, f, s)
	admit(t, f, source(t, "b.wav", "sound"))
	if _, err := f.AddUnusable(evidence.Unusable{Path: "/home/lin/phone/dcim/c", Code: "empty-file", Noted: testNow},
		"dcim/c"); err != nil {
		t.Fatal(err)
	}
	whole, _ := f.Custody()
	f, _ = Open(f.Dir(), "test")
	admit(t, f, s)
	if log, _ := f.Custody(); !bytes.Equal(log, whole) {
		t.Errorf("nothing was missing, and it became\n%s\nwant\n%s", log, whole)
	}
	if err := os.WriteFile(f.Path(CustodyFile), before, 0o600); err != nil {
		t.Fatal(err)
	}
	f, _ = Open(f.Dir(), "test")
	admit(t, f, s)
	mended, _ := f.Custody()
	if got, want := details(t, mended), strings.ReplaceAll(details(t, whole), "dcim/c", "c"); got != want {
		t.Errorf("mended to\n%s\nwant\n%s", got, want)
	}
}

// details are the events of a custody log with what they say.
func details(t *testing.T, log []byte) string {
	t.Helper()
	var out strings.Builder
	for line := range bytes.Lines(log) {
		var r bag.Record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		out.WriteString(r.Event + " " + r.Detail + "\n")
	}
	return out.String()
}

func TestLeftoversOfKilledRun(t *testing.T) {
	f := newFolder(t)
	for _, name := range []string{"E001.m4a", ".E001-1.partial"} {
		if err := os.WriteFile(f.Path(ExhibitsDir, name), []byte("old"), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	admit(t, f, source(t, "a.wav", "sound"))
	if left, _ := os.ReadDir(f.Path(ExhibitsDir)); len(left) != 1 || left[0].Name() != "E001.wav" {
		t.Errorf("exhibits/ holds %v", left)
	}
	kept, err := os.ReadFile(f.Path(SupersededDir, "unregistered", "E001.m4a"))
	if err != nil || string(kept) != "old" {
		t.Errorf("the whole copy was not kept: %q, %v", kept, err)
	}
	if log, _ := f.Custody(); !bytes.Contains(log, []byte("unregistered copy E001.m4a")) {
		t.Error("the log does not say so")
	}
}

// What forbids a seal is found before the standing one is touched.
func TestRefusedSealLeavesTheOlderOne(t *testing.T) {
	f := newFolder(t)
	x, _ := admit(t, f, source(t, "a.wav", "sound"))
	if _, _, err := f.Seal(context.Background(), testNow); err != nil {
		t.Fatal(err)
	}
	admit(t, f, source(t, "b.wav", "more"))
	before, _ := f.Custody()
	os.Chmod(f.Path(ExhibitsDir, x.File), 0o600)
	os.WriteFile(f.Path(ExhibitsDir, x.File), []byte("Sound"), 0o600)
	if _, _, err := f.Seal(context.Background(), testNow); err == nil {
		t.Fatal("a spoilt exhibit was sealed")
	}
	if after, _ := f.Custody(); !bytes.Equal(before, after) {
		t.Error("the log tells of a seal that was refused")
	}
	if _, err := os.Stat(f.Path(BundleDir)); err != nil {
		t.Errorf("the older bundle: %v", err)
	}
}

// noteSeal does what a seal does up to its record, and stops there.
func noteSeal(t *testing.T, f *Folder, older bag.Root) {
	t.Helper()
	g, err := f.grown()
	if err == nil {
		err = f.store(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	state, err := f.stateOf(g.list)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Note("seal", fmt.Sprintf("state=%s lines=%d supersedes=%s", state, g.list.Len(), older.Copy.SHA256),
		testNow); err != nil {
		t.Fatal(err)
	}
}

// Each way a bundle and its zip can be out of step is mended by the next seal.
func TestSealMends(t *testing.T) {
	for name, c := range map[string]struct {
		damage   func(*testing.T, *Folder, bag.Root)
		tool     string
		fresh    bool // a new seal
		sameRoot bool
	}{
		"crash behind the record": {func(t *testing.T, f *Folder, old bag.Root) {
			admit(t, f, source(t, "b.wav", "more"))
			noteSeal(t, f, old)
		}, "test", false, false},
		"older bundle half moved": {func(t *testing.T, f *Folder, old bag.Root) {
			admit(t, f, source(t, "b.wav", "more"))
			noteSeal(t, f, old)
			os.MkdirAll(f.Path(SupersededDir, old.Copy.SHA256[:16]), 0o700)
			os.Rename(f.Path(BundleZip), f.Path(SupersededDir, old.Copy.SHA256[:16], BundleZip))
		}, "test", false, false},
		"bundle taken away, case changed": {func(t *testing.T, f *Folder, _ bag.Root) {
			os.RemoveAll(f.Path(BundleDir))
			admit(t, f, source(t, "b.wav", "more"))
		}, "test", true, false},
		"file of the bundle lost": {func(t *testing.T, f *Folder, _ bag.Root) {
			os.RemoveAll(f.Path(BundleDir, "data"))
		}, "test", false, true},
		"root document lost": {func(t *testing.T, f *Folder, _ bag.Root) {
			os.Remove(f.Path(BundleDir, bag.RootName))
		}, "test", false, true},
		"zip cut short": {func(t *testing.T, f *Folder, _ bag.Root) {
			os.Truncate(f.Path(BundleZip), 10)
		}, "test", false, true},
		"bundle taken away, other version": {func(t *testing.T, f *Folder, _ bag.Root) {
			os.RemoveAll(f.Path(BundleDir))
		}, "test 2", true, false},
		"other version": {func(*testing.T, *Folder, bag.Root) {}, "test 2", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, f := context.Background(), newFolder(t)
			admit(t, f, source(t, "a.wav", "sound"))
			old, _, err := f.Seal(ctx, testNow)
			if err != nil {
				t.Fatal(err)
			}
			c.damage(t, f, old)
			f, _ = Open(f.Dir(), c.tool)
			root, fresh, err := f.Seal(ctx, testNow)
			if err != nil || fresh != c.fresh || (root.Copy == old.Copy) != c.sameRoot {
				t.Errorf("root same %v, fresh %v, %v", root.Copy == old.Copy, fresh, err)
			}
			for _, made := range []string{BundleDir, BundleZip} {
				r, err := bag.Verify(ctx, f.Path(made), bag.Options{Expect: root.SHA256})
				if err != nil || r.Verdict != bag.Anchored {
					t.Errorf("%s: %v %+v", made, err, r)
				}
			}
			log, _ := f.Custody()
			if !c.sameRoot && !bytes.Contains(log, []byte(" supersedes="+old.Copy.SHA256)) {
				t.Errorf("the older bundle is not named:\n%s", log)
			}
			if _, current, err := f.Current(); err != nil || !current {
				t.Errorf("current: %v, %v", current, err)
			}
		})
	}
}

func TestSecondTableIsNamedByItsLine(t *testing.T) {
	_, err := ParseCase(CaseFile, []byte("[[numbers]]\nnumber = \"10086\"\nside = \"other\"\n[[numbers]]\nnumber = "+
		"\"10010\"\nside = \"x\"\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "case.toml:6 ") {
		t.Errorf("got %v", err)
	}
}

func TestNearestKey(t *testing.T) {
	for in, want := range map[string]string{"lender.nmae": "lender.name",
		"complainant.idnumber": "complainant.id_number", "filings.reciept": "filings.receipt", "weather": ""} {
		if got := nearestKey(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestFailedInitKeepsAnEmptyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	os.Mkdir(dir, 0o700)
	bad := sampleCase()
	bad.Lender.Region = "999999"
	if _, err := Init(dir, bad, testNow, "test"); err == nil {
		t.Fatal("a case with a mistake was made")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Error(err)
	}
}

func TestZoneOutlivesMinutePrecision(t *testing.T) {
	in := evidence.Time{At: testNow, Precision: evidence.ToMinute}
	if back, ok := evidence.ParseTime(evidence.FormatTime(in)); !ok || back.Device ||
		back.Precision != evidence.ToMinute || !back.At.Equal(in.At) {
		t.Errorf("%s reads back as %+v", evidence.FormatTime(in), back)
	}
}

func TestOddTimelinesAreAppendedTo(t *testing.T) {
	for name, in := range map[string]string{
		"empty first line": "\r\n编号;时间;方式\r\nT007;2026-03-01;电话\r\n",
		"absurd id":        "编号,时间,方式\nT9223372036854775807,2026-03-01,电话\nT007,2026-03-01,电话\n",
	} {
		f := newFolder(t)
		os.WriteFile(f.Path(TimelineFile), []byte(in), 0o600)
		rows, err := f.AppendIncidents([]evidence.Incident{{Kind: evidence.SMS, Seconds: -1}}, testNow)
		if err != nil || rows[0].ID != "T008" {
			t.Errorf("%s: %v %v", name, rows, err)
			continue
		}
		if _, err := f.Timeline(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
