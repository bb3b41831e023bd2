package main

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A logFile is written a line at a time and knows how long it is.
type logFile struct {
	w *bufio.Writer
	n int
}

func (c *logFile) line(format string, args ...any) (sum string) {
	line := fmt.Appendf(nil, format, args...)
	c.n += len(line) + 1
	c.w.Write(append(line, '\n'))
	return fmt.Sprintf("%x", sha256.Sum256(line))
}

// A log may be as long as any file that is read: its lines are looked at one by
// one, and no more of them is held than is listed. Nothing of it is held here
// either, for what this process holds counts as its child's.
func TestLongLogsCostLittle(t *testing.T) {
	size := 16<<20 - 1<<13
	if os.Getenv("JUZHENG_SLOW") == "1" {
		size = 64<<20 - 1<<13 // as long as any log that is read may be
	}
	chain := func(detail int) func(*logFile) { // of format 1, each record naming the one before
		text := strings.Repeat("x", detail)
		return func(to *logFile) {
			prev := strings.Repeat("0", 64)
			for n := 0; to.n < size; n++ {
				prev = to.line(`{"seq":%d,"time":"2026-03-01T14:05:06+08:00","event":"note","detail":"%s",`+
					`"actor":"a","tool":"t%d","prev":"%s"}`, n, text, n, prev)
			}
		}
	}
	words := strings.Repeat("x", 500)
	log := func(each func(*logFile, int)) func(*logFile) { // of format 2
		return func(to *logFile) {
			for n := 1; to.n < size && n < 100_000; n++ {
				each(to, n)
			}
		}
	}
	record := func(to *logFile, n int) string {
		return to.line(`{"seq":%d,"time":"2026-03-01T14:05:06+08:00","event":"note","detail":"%s","actor":"a",`+
			`"tool":"t%d","salt":"%032x"}`, n, words, n, n)
	}
	text := func(s string) func(*logFile) { return func(to *logFile) { to.w.WriteString(s) } }
	info := "Bag-Software-Agent: juzheng 1.0\nExternal-Identifier: x\nPayload-Oxum: 0.0\n"
	list := text("# juzheng evidence list 2\n" + strings.Repeat("0", 64) + "  openings/E001.txt\n")
	for n, row := range []struct {
		name  string
		files map[string]func(*logFile)
	}{
		{"of format 2", map[string]func(*logFile){"bag-info.txt": text(info + "Juzheng-Format: 2\n"),
			"commitments.txt": list, "commitments-sm3.txt": list,
			"log.jsonl": log(func(to *logFile, n int) { record(to, n) }),
			"log-digests.txt": log(func(to *logFile, n int) {
				to.line("%s", record(&logFile{w: bufio.NewWriter(io.Discard)}, n))
			})}},
		{"of format 1, many records", map[string]func(*logFile){"evidence.json": text("{}"),
			"bag-info.txt": text(info + "Juzheng-Custody-Entries: 99999\n"), "custody.jsonl": chain(400)}},
		{"of format 1, long records, and after the seal", map[string]func(*logFile){"evidence.json": text("{}"),
			"bag-info.txt": text(info + "Juzheng-Custody-Entries: 99999\n"), "custody.jsonl": chain(3500),
			"seal/after.jsonl": chain(3500)}},
	} {
		if n > 0 && os.Getenv("JUZHENG_SLOW") != "1" {
			continue // each takes half a minute
		}
		t.Run(row.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "bundle")
			row.files["bagit.txt"] = text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
			packed, err := os.Create(dir + ".zip")
			if err != nil {
				t.Fatal(err)
			}
			defer packed.Close()
			z := zip.NewWriter(packed)
			z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
				return flate.NewWriter(w, flate.HuffmanOnly)
			})
			for name, write := range row.files {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				f, err := os.Create(path)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				w, err := z.Create("bundle/" + name)
				if err != nil {
					t.Fatal(err)
				}
				to := &logFile{w: bufio.NewWriter(io.MultiWriter(f, w))}
				write(to)
				if err := to.w.Flush(); err != nil {
					t.Fatal(err)
				}
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			cost(t, dir)
			cost(t, dir+".zip")
			cost(t, dir, "--json")
		})
	}
}
