package folder

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var packetDay = time.Date(2026, 10, 9, 0, 0, 0, 0, time.UTC)

// putPackets puts packets of these papers, path to content, in place.
func putPackets(t *testing.T, f *Folder, root string, papers map[string]string) Kept {
	t.Helper()
	partial := filepath.Join(f.Dir(), ".packet-1.partial")
	for path, content := range papers {
		path = filepath.Join(partial, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := f.PutPackets(partial, Packets{Root: root}, packetDay)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// packetFiles are the contents of packet/ by path.
func packetFiles(t *testing.T, f *Folder) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := files(f.Path(PacketDir), func(path string) error {
		data, err := os.ReadFile(f.Path(PacketDir, path))
		if path != MadeFile {
			out[filepath.ToSlash(path)] = string(data)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPutPackets: whatever changes between two builds, nothing of the person
// is lost, and no old paper stands among the new.
func TestPutPackets(t *testing.T) {
	first := map[string]string{"guide": "g1", "1-P/letter": "l1", "1-P/text": "t1", "2-R/letter": "r1"}
	for _, c := range []struct {
		name   string
		person map[string]string // put there or changed after the first build
		root   string            // of the second
		second map[string]string
		want   map[string]string
		kept   []string
		others []string
	}{
		{"nothing of the person", nil, "A", first, first, nil, nil},
		{"a receipt beside", map[string]string{"receipt": "x"}, "B",
			map[string]string{"guide": "g2", "1-P/letter": "l2", "1-P/text": "t2", "2-R/letter": "r2"},
			map[string]string{"guide": "g2", "1-P/letter": "l2", "1-P/text": "t2", "2-R/letter": "r2", "receipt": "x"},
			[]string{"receipt"}, nil},
		{"changed, and made anew", map[string]string{"1-P/text": "mine"}, "A", first,
			map[string]string{"guide": "g1", "1-P/letter": "l1", "1-P/text": "t1", "2-R/letter": "r1",
				"1-P/text（您改过的，2026-10-09）": "mine"}, []string{"1-P/text（您改过的，2026-10-09）"}, nil},
		{"a recipient under another number", map[string]string{"2-R/scan": "x"}, "A",
			map[string]string{"guide": "g2", "1-R/letter": "r2"},
			map[string]string{"guide": "g2", "1-R/letter": "r2", "1-R/scan": "x", "1-P/letter": "l1", "1-P/text": "t1"},
			[]string{"1-R/scan"}, []string{"1-P"}},
		{"a recipient of two digits", map[string]string{"2-R/scan": "x"}, "A",
			map[string]string{"guide": "g2", "10-R/letter": "r2"},
			map[string]string{"guide": "g2", "10-R/letter": "r2", "10-R/scan": "x", "1-P/letter": "l1", "1-P/text": "t1"},
			[]string{"10-R/scan"}, []string{"1-P"}},
		{"another recipient's under another root", map[string]string{"2-R/scan": "x"}, "B",
			map[string]string{"guide": "g2", "1-P/letter": "l2"},
			map[string]string{"guide": "g2", "1-P/letter": "l2", "2-R/scan": "x"},
			[]string{"2-R/scan"}, nil},
	} {
		f := newFolder(t)
		putPackets(t, f, "A", first)
		for path, content := range c.person {
			if err := os.WriteFile(f.Path(PacketDir, path), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		kept := putPackets(t, f, c.root, c.second)
		if got := packetFiles(t, f); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(kept.Files, c.kept) || !slices.Equal(kept.Others, c.others) ||
			(kept.Older == "") != (c.root == "A") {
			t.Errorf("%s: %+v", c.name, kept)
		}
	}
}

// A scan in whose place another came is not among what is handed in, whatever names the
// two have, and is not lost; the same one once more stays as it is.
func TestAnotherScan(t *testing.T) {
	root := strings.Repeat("a1", 32)
	put := func(f *Folder, papers map[string]string, scans ...string) Kept {
		t.Helper()
		partial := t.TempDir()
		for path, content := range papers {
			if err := os.MkdirAll(filepath.Join(partial, filepath.Dir(path)), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(partial, path), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := f.PutPackets(partial, Packets{Root: root, Scans: scans}, packetDay)
		if err != nil {
			t.Fatal(err)
		}
		return kept
	}
	f := newFolder(t)
	blank := map[string]string{"1-P/letter": "l", "1-P/scan.pdf": "blank"}
	put(f, blank, "1-P/scan.pdf")
	if kept := put(f, blank, "1-P/scan.pdf"); len(kept.Swapped) > 0 {
		t.Errorf("the same once more: %+v", kept)
	}
	for n, c := range []struct {
		papers map[string]string
		scans  []string
		was    string
	}{
		// photographs come, of which the program makes the PDF of that name
		{map[string]string{"1-P/letter": "l", "1-P/scan.pdf": "joined", "1-P/scan-1.jpg": "photo"},
			[]string{"1-P/scan-1.jpg"}, "scan（2026-10-09）.pdf blank"},
		{map[string]string{"1-P/letter": "l", "1-P/scan.pdf": "right"}, []string{"1-P/scan.pdf"},
			"scan-1（2026-10-09）.jpg photo"},
		{map[string]string{"1-P/letter": "l", "1-P/scan.pdf": "best"}, []string{"1-P/scan.pdf"},
			"scan（2026-10-09-2）.pdf right"},
	} {
		kept := put(f, c.papers, c.scans...)
		if got := packetFiles(t, f); !maps.Equal(got, c.papers) {
			t.Errorf("%d: in the packet: %v", n, got)
		}
		name, content, _ := strings.Cut(c.was, " ")
		if len(kept.Swapped) != 1 || filepath.Base(kept.Swapped[0]) != name {
			t.Fatalf("%d: kept: %+v", n, kept)
		}
		if data, err := os.ReadFile(kept.Swapped[0]); err != nil || string(data) != content {
			t.Errorf("%d: %q %v", n, data, err)
		}
	}
}

// A run that was stopped between the two renames is caught up with: the packets
// it had moved away are looked through as well.
func TestPutPacketsAfterAStop(t *testing.T) {
	f := newFolder(t)
	putPackets(t, f, "A", map[string]string{"1-P/letter": "l1"})
	if err := os.WriteFile(f.Path(PacketDir, "receipt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(f.Path(PacketDir), f.Path(PacketDir)+".old.partial"); err != nil {
		t.Fatal(err)
	}
	putPackets(t, f, "A", map[string]string{"1-P/letter": "l1"})
	if got := packetFiles(t, f); got["receipt"] != "x" {
		t.Errorf("%v", got)
	}
}

// TestFreeze: of the papers of one recipient those are kept that were there on
// the day they were filed, wherever they stand by now.
func TestFreeze(t *testing.T) {
	for _, c := range []struct {
		name, day string
		code      string // of the papers that were filed; empty: none were
		letter    string
	}{
		{"before there were papers", "2026-10-08", "", ""},
		{"on the day they were made", "2026-10-09", "A", "l1"},
		{"made again the same, and filed before that", "2026-10-10", "A", "l1"},
		{"after the case went on", "2026-10-20", "B", "l2"},
	} {
		f := newFolder(t)
		a, b := strings.Repeat("a1", 32), strings.Repeat("b2", 32)
		putPackets(t, f, a, map[string]string{"1-P/letter": "l1"})
		packetDay = packetDay.AddDate(0, 0, 3)
		putPackets(t, f, a, map[string]string{"2-P/letter": "l1"}) // under another number now
		packetDay = packetDay.AddDate(0, 0, 5)
		putPackets(t, f, b, map[string]string{"1-P/letter": "l2"})
		packetDay = packetDay.AddDate(0, 0, -8)

		filing := []Filing{{To: "platform", Recipient: "P", Day: c.day}}
		frozen, err := f.Freeze(filing, nil, packetDay)
		if err != nil || (len(frozen) == 1) != (c.code != "") {
			t.Fatalf("%s: %v, %v", c.name, frozen, err)
		}
		if again, err := f.Freeze(filing, nil, packetDay); err != nil || len(again) > 0 {
			t.Errorf("%s: kept again: %v, %v", c.name, again, err)
		}
		if c.code == "" {
			continue
		}
		if want := map[string]string{"A": a, "B": b}[c.code]; frozen[0].Code != want {
			t.Errorf("%s: code %s, want %s", c.name, frozen[0].Code, want)
		}
		path := f.Path(frozen[0].Folder, "letter")
		if got, err := os.ReadFile(path); err != nil || string(got) != c.letter {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
		if changed, added, err := f.FiledChanges(frozen[0]); err != nil || len(changed)+len(added) > 0 {
			t.Errorf("%s: changed at once: %v %v, %v", c.name, changed, added, err)
		}
		if err := os.Rename(path, f.Path(frozen[0].Folder, "other")); err != nil {
			t.Fatal(err)
		}
		if changed, added, err := f.FiledChanges(frozen[0]); err != nil ||
			!slices.Equal(changed, []string{"letter"}) || !slices.Equal(added, []string{"other"}) {
			t.Errorf("%s: changed %v, added %v, %v", c.name, changed, added, err)
		}
	}
}

// A run that was stopped before it noted what it kept is caught up with.
func TestFreezeAfterAStop(t *testing.T) {
	f := newFolder(t)
	putPackets(t, f, strings.Repeat("a1", 32), map[string]string{"1-P/letter": "l1"})
	before, err := os.ReadFile(f.Path(CustodyFile))
	if err != nil {
		t.Fatal(err)
	}
	filing := []Filing{{To: "platform", Recipient: "P", Day: "2026-10-09"}}
	if _, err := f.Freeze(filing, nil, packetDay); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(CustodyFile), before, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := f.Freeze(filing, nil, packetDay); err != nil {
			t.Fatal(err)
		}
	}
	log, err := f.Custody()
	if err != nil || strings.Count(string(log), "filed date=2026-10-09") != 1 {
		t.Errorf("%v\n%s", err, log)
	}
}
