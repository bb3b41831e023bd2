package bag

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The programs people unpack zips with, each into the empty folder it runs in.
var unpackers = map[string]func(zip string) []string{
	"unzip":   func(zip string) []string { return []string{"-q", zip} },
	"7z":      func(zip string) []string { return []string{"x", "-y", "-bd", zip} },
	"bsdtar":  func(zip string) []string { return []string{"-x", "-f", zip} },
	"python3": func(zip string) []string { return []string{"-m", "zipfile", "-e", zip, "."} },
	"jar":     func(zip string) []string { return []string{"xf", zip} },
}

// A zip has one content: whatever program unpacks one that was accepted gets
// the files that were judged, each with the digest that was computed, and no
// others. Only the folders above them may have another name.
func TestUnpackersAgree(t *testing.T) {
	if !slow() {
		t.Skip("it unpacks some hundred zips with each program; set JUZHENG_SLOW=1")
	}
	found := map[string]string{}
	for name := range unpackers {
		if path, err := exec.LookPath(name); err == nil {
			found[name] = path
		} else if os.Getenv("JUZHENG_REQUIRE_TOOLS") != "" {
			t.Errorf("there is no %s", name)
		}
	}
	if len(found) == 0 {
		t.Skip("no program that unpacks")
	}
	accepted := 0
	for _, c := range zipCorpus(t) {
		if c.want() == 8 {
			continue
		}
		accepted++
		dir := t.TempDir()
		zip := filepath.Join(dir, "bundle.zip")
		overwrite(t, zip, c.data)
		res := verify(t, zip, Options{})
		want := map[string]string{RootName: res.Root.SHA256}
		damaged := false
		for _, f := range res.Files {
			if f.Got.SHA256 != "" {
				want[f.Path] = f.Got.SHA256
			}
			damaged = damaged || strings.HasPrefix(f.How.EN, "packed data")
		}
		if damaged {
			continue // a wrong CRC: verify said so, and each program does as it likes
		}
		for name, path := range found {
			into := filepath.Join(dir, name)
			if err := os.Mkdir(into, 0o700); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(path, unpackers[name](zip)...)
			cmd.Dir = into
			cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANG=C.UTF-8")
			out, err := cmd.CombinedOutput()
			if files, _ := os.ReadDir(into); err != nil && len(files) == 0 {
				// Java reads no name in GBK. One content or none: it is none.
				t.Logf("%s: %s refuses: %s", c.name, name, out)
				continue
			}
			got := unpacked(t, into, c.name)
			// judged as what it vouches
			maps.DeleteFunc(got, func(p, _ string) bool { return inSeal(p) && want[p] == "" })
			for _, p := range slices.Sorted(maps.Keys(got)) {
				if got[p] != want[p] {
					t.Errorf("%s: %s unpacks %s as %.8s, judged was %.8s", c.name, name, p, got[p], want[p])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s: %s unpacks %d files, judged were %d", c.name, name, len(got), len(want))
			}
		}
	}
	if accepted < 12 {
		t.Errorf("only %d zips are accepted", accepted)
	}
}

// unpacked returns the digests of the files below the folder of the bag.
func unpacked(t *testing.T, dir, name string) map[string]string {
	t.Helper()
	got := map[string]string{}
	top := ""
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == bagitName && !d.IsDir() {
			top = filepath.Dir(path)
		}
		return err
	})
	if err != nil || top == "" {
		t.Errorf("%s: no bag was unpacked, %v", name, err)
		return got
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			t.Errorf("%s: %s is %s", name, path, d.Type())
			return nil
		}
		rest, err := filepath.Rel(top, path)
		if err != nil || strings.HasPrefix(rest, "..") {
			if !systemPath(filepath.ToSlash(path)) {
				t.Errorf("%s: %s was unpacked beside the bag", name, path)
			}
			return err
		}
		content, err := os.ReadFile(path)
		sum := sha256.Sum256(content)
		got[filepath.ToSlash(rest)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return got
}
