package bag

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// slow reports whether the tests are to run that take long, as .ci/run all
// asks for.
func slow() bool { return os.Getenv("JUZHENG_SLOW") == "1" }

// each reports whether row n of a table is tried: with a browser each takes a second,
// so that each push tries one of some, and .ci/run all all of them.
func each(n, of int) bool { return n%of == 0 || slow() }

// A recording of 1 GiB is read in slices: the tab must not need that memory.
func TestPageOneGiB(t *testing.T) {
	if !slow() {
		t.Skip("1 GiB in a browser takes about half a minute; set JUZHENG_SLOW=1")
	}
	const size = 1 << 30
	b := newPageBag(t)
	h := NewHasher()
	zeros := make([]byte, 1<<20)
	for range size >> 20 {
		h.Write(zeros)
	}
	b["data/E006.bin"] = nil
	b.seal(t)
	empty, big := sumsOf(nil), h.Sums()
	for name, pair := range map[string][2]string{manifestName: {empty.SHA256, big.SHA256},
		sm3Name: {empty.SM3, big.SM3}} {
		b.edit(t, name, pair[0]+"  data/E006.bin", pair[1]+"  data/E006.bin")
	}
	record := string(b[evidenceName])
	i := strings.LastIndex(record, empty.SHA256)
	b[evidenceName] = []byte(record[:i] + big.SHA256 + record[i+64:])
	b.sealRoot()
	dir := b.folder(t)
	sparse := filepath.Join(dir, "data", "E006.bin")
	if err := os.Truncate(sparse, size); err != nil {
		t.Fatal(err)
	}
	br := newBrowser(t)
	br.open()
	br.choose("folder", dir)
	checkPage(t, b, br.result(), "within-itself", nil, nil)
	if peak := rendererPeak(t); peak > 600<<10 {
		t.Errorf("the tab needed %d KiB", peak)
	} else {
		t.Logf("the tab needed at most %d KiB", peak)
	}

	f, err := os.OpenFile(sparse, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{1}, size-1); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	br.open()
	br.choose("folder", dir)
	checkPage(t, b, br.result(), "altered", map[string]string{"data/E006.bin": "modified"},
		[]string{"E-FILE-MODIFIED data/E006.bin"})
}

// rendererPeak returns the largest resident size, in KiB, any tab below this
// process has had. It is 0 where there is no /proc.
func rendererPeak(t *testing.T) int {
	t.Helper()
	parent, peak := map[string]string{}, 0
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	field := func(dir, name string) string {
		status, _ := os.ReadFile(dir + "/status") // a process may have ended
		for line := range strings.Lines(string(status)) {
			if rest, ok := strings.CutPrefix(line, name+":"); ok {
				return strings.Fields(rest)[0]
			}
		}
		return ""
	}
	for _, dir := range dirs {
		parent[filepath.Base(dir)] = field(dir, "PPid")
	}
	for pid := range parent {
		mine, self := pid, fmt.Sprint(os.Getpid())
		for mine != "" && mine != "0" && mine != self {
			mine = parent[mine]
		}
		line, _ := os.ReadFile("/proc/" + pid + "/cmdline")
		if mine == self && bytes.Contains(line, []byte("--type=renderer")) {
			if n, err := strconv.Atoi(field("/proc/"+pid, "VmHWM")); err == nil {
				peak = max(peak, n)
			}
		}
	}
	return peak
}
