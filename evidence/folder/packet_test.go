package folder

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	kept, err := f.PutPackets(partial, root, nil, packetDay)
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
