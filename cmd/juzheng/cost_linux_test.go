package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A repeated is a text that is written again and again, so that it takes no
// memory here either.
type repeated struct {
	head, text string
	times      int
}

func (r repeated) writeTo(w io.Writer) {
	io.WriteString(w, r.head)
	block := strings.Repeat(r.text, 1000)
	for range r.times / 1000 {
		io.WriteString(w, block)
	}
}

// Small inputs have small costs: whatever a zip of a few hundred kilobytes
// unpacks to, the program says what is wrong in a short list, within bounds of
// memory and time. The address space of its run is limited, so that a fault of
// ours ends there.
func TestHostileInputsCostLittle(t *testing.T) {
	const million = 1_000_000
	own := map[string]repeated{
		"bagit.txt":    {head: "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		"bag-info.txt": {head: "Bag-Software-Agent: juzheng 1.0\nExternal-Identifier: x\nPayload-Oxum: 0.0\n"},
	}
	digest := strings.Repeat("0", 64)
	for n, c := range []struct {
		name, file string
		content    repeated
		own        bool
	}{
		{"custody of empty objects", "custody.jsonl", repeated{"", "{}\n", 7 * million}, true},
		{"custody of nothing", "custody.jsonl", repeated{"", "\n", 60 * million}, true},
		{"records after the seal", "seal/after.jsonl", repeated{"", "{}\n", 7 * million}, true},
		{"lines of bag-info.txt", "bag-info.txt", repeated{"", "x\n", 20 * million}, false},
		{"elements of bag-info.txt", "bag-info.txt", repeated{"", "A: b\n", 10 * million}, false},
		{"one element of bag-info.txt", "bag-info.txt", repeated{"A: b\n", " b\n", 10 * million}, false},
		{"blank lines of a manifest", "manifest-sha256.txt", repeated{"", "\n", 60 * million}, true},
		{"one line of a manifest", "manifest-sha256.txt", repeated{"", digest + "  data/a\n", 500_000}, true},
		{"lines of sm3sums.txt", "sm3sums.txt", repeated{"", "\r", 60 * million}, true},
		{"lines of fetch.txt", "fetch.txt", repeated{"", "\n", 60 * million}, false},
		{"withheld files", "seal/withheld.txt", repeated{"", "x\n", 30 * million}, true},
		{"files of evidence.json", "evidence.json", repeated{`{"schema":1,"files":[`, "{},", 20 * million}, true},
		{"values of evidence.json", "evidence.json", repeated{`{"schema":1,"files":[`, "1,", 30 * million}, true},
		{"rows of catalogue.csv", "catalogue.csv", repeated{"", ",,,,,\n", 10 * million}, true},
		{"lines of bagit.txt", "bagit.txt", repeated{"", "\n", 60 * million}, true},
	} {
		// Each unpacks tens of millions of bytes; the few that run always are of
		// each kind.
		if n%3 != 0 && os.Getenv("JUZHENG_SLOW") != "1" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			files := map[string]repeated{}
			for name, content := range own {
				files[name] = content
			}
			if c.own {
				files["evidence.json"], files["custody.jsonl"] = repeated{head: "{}"}, repeated{head: "\n"}
			}
			files["data/a"] = repeated{head: "a"}
			files["manifest-sha256.txt"] = repeated{head: fmt.Sprintf("%x  data/a\n", sha256.Sum256([]byte("a")))}
			files[c.file] = c.content
			cost(t, packed(t, files))
		})
	}
}

// Many small files have a small cost too: each opening of format 2 is held.
func TestManyOpeningsCostLittle(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bundle.zip")
	// To the disk at once: what this process holds counts as its child's.
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z := zip.NewWriter(file)
	put := func(name string, data []byte) {
		w, err := z.CreateRaw(&zip.FileHeader{Name: "bundle/" + name, CRC32: crc32.ChecksumIEEE(data),
			CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("bagit.txt", []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"))
	put("bag-info.txt", []byte("Bag-Software-Agent: juzheng 1.0\nJuzheng-Format: 2\n"))
	list := []byte("# juzheng evidence list 2\n")
	for n := 1; n <= 90_000; n++ {
		number := fmt.Sprintf("E%03d", n)
		opening := fmt.Appendf(nil, "# juzheng exhibit 2\n# number %s\n# size 1\n# sm3 %064x\n# salt %032x\n"+
			"%064[2]x  data/%[1]s.txt\n%064[2]x  records/%[1]s.json\n", number, n, n)
		put("openings/"+number+".txt", opening)
		list = fmt.Appendf(list, "%x  openings/%s.txt\n", sha256.Sum256(opening), number)
	}
	put("commitments.txt", list)
	put("commitments-sm3.txt", list)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	cost(t, name)
}

// packed is a zip of the files, deflated by an eighth at most: above a ratio of
// 200 it would be refused before it is read.
func packed(t *testing.T, files map[string]repeated) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bundle.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.HuffmanOnly)
	})
	for f, content := range files {
		w, err := z.Create("bundle/" + f)
		if err != nil {
			t.Fatal(err)
		}
		content.writeTo(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// cost runs verify on a file and holds it to what a small input may cost.
func cost(t *testing.T, path string, flags ...string) {
	t.Helper()
	program, err := exec.LookPath("juzheng")
	if err != nil {
		t.Fatal(err)
	}
	// What this process holds at most, until it becomes the child, counts as its
	// child's: no tests before count, and what is said goes to a file.
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // see proc_pid_clear_refs(5)
		t.Log("what tests before held may count as well:", err)
	}
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	// Memory counts as it is used by default, whatever CI asks of the collector.
	c := exec.Command("sh", append([]string{"-c", `unset GOGC; ulimit -v 3000000; exec "$0" "$@"`, program, "verify",
		path, "--no-input"}, flags...)...)
	c.Stdout, c.Stderr = said, said
	started := time.Now()
	c.Run()
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	length, err := said.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, min(length, 2000))
	if _, err := said.ReadAt(out, 0); err != nil {
		t.Fatal(err)
	}
	if code := c.ProcessState.ExitCode(); code != 3 && code != 5 && code != 8 {
		t.Errorf("exit %d after %s\n%s", code, time.Since(started), out)
	}
	if length > 100_000 && len(flags) == 0 { // in JSON the log is listed
		t.Errorf("%d bytes of output", length)
	}
	if usage.Maxrss > 200_000 {
		t.Errorf("%d KB of memory", usage.Maxrss)
	}
	if cpu > 20*time.Second {
		t.Errorf("%s of work", cpu)
	}
	t.Logf("%d KB, %s: %.160s", usage.Maxrss, cpu, out)
}
