package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/typeset/sfnt/sfnttest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"rsc.io/qr"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"juzheng": main})
}

// tests are this package's, and what they made for each other is removed.
type tests struct{ *testing.M }

func (m tests) Run() int {
	defer os.RemoveAll(demoParent)
	return m.M.Run()
}

var demoParent string

// theDemo is the folder of `juzheng demo --date 2026-10-08`, made once: most
// sessions begin with it, and making it takes longer than they do. Whoever
// uses it takes a copy.
var theDemo = sync.OnceValues(func() (string, error) {
	var err error
	if demoParent, err = os.MkdirTemp("", "juzheng-demo"); err != nil {
		return "", err
	}
	dir := filepath.Join(demoParent, "out")
	var said bytes.Buffer
	code := run(context.Background(), env{
		args:  []string{"demo", dir, "--date", "2026-10-08", "--no-input"},
		stdin: &said, stdout: &said, stderr: &said,
		getenv: func(string) string { return "" }, now: time.Now,
	})
	if code != 0 {
		return "", fmt.Errorf("juzheng demo: exit %d\n%s", code, &said)
	}
	return dir, nil
})

// copyDemo puts a copy of the demo at a path where nothing is yet.
func copyDemo(to string) error {
	from, err := theDemo()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("%s exists", to)
	}
	return copyTree(from, to)
}

// needTool is the path of an outside program. Without it the test is skipped,
// or fails where JUZHENG_REQUIRE_TOOLS says that all must be there.
func needTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	for _, dir := range []string{"/usr/sbin", "/sbin"} { // where Debian keeps daemons
		if err != nil {
			path, err = exec.LookPath(filepath.Join(dir, name))
		}
	}
	if err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatalf("%s is not installed and JUZHENG_REQUIRE_TOOLS is set", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

// The scripts are sessions as a user types them, one promise each.
func TestScripts(t *testing.T) {
	authority := newAuthority(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// Chinese is the default; the scripts that want English say so.
			e.Setenv("LANG", "C")
			e.Setenv("LC_ALL", "")
			// a message in one line each, whatever its length: see TestNothingIsWiderThanAScreen
			e.Setenv("COLUMNS", "2000")
			// how often memory is collected, for whoever runs the tests to say
			e.Setenv("GOGC", os.Getenv("GOGC"))
			// tesseract's threads wait for one another, and spin while they do
			e.Setenv("OMP_THREAD_LIMIT", "1")
			if cache, err := os.UserCacheDir(); err == nil { // where what draws PDFs is kept once it is compiled
				e.Setenv("XDG_CACHE_HOME", cache)
				e.Setenv("LocalAppData", cache)
			}
			// fonts of the system would draw what a script says that none does
			e.Setenv("JUZHENG_FONTS", filepath.Join(e.WorkDir, "no-fonts"))
			e.Setenv("TSA", authority.url)
			e.Setenv("TSA_ROOT", authority.ca)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			tool, ok := strings.CutPrefix(cond, "tool:")
			if !ok {
				return false, fmt.Errorf("unknown condition %s", cond)
			}
			_, err := exec.LookPath(tool)
			if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
				return false, fmt.Errorf("%s is not installed and JUZHENG_REQUIRE_TOOLS is set", tool)
			}
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    cmdExits,
			"flip":     cmdFlip,
			"fifo":     cmdFifo,
			"pages":    cmdPages,
			"scanned":  cmdScanned,
			"counted":  cmdCounted,
			"pack":     cmdPack,
			"pdf":      cmdPDF,
			"pdflist":  cmdPDFList,
			"wav":      cmdWav,
			"png":      cmdPng,
			"truncate": cmdTruncate,
			"cells":    cmdCells,
			"edit":     cmdEdit,
			"rarefont": cmdRareFont,
			"append":   cmdAppend,
			"cptree":   cmdCptree,
			"demo":     cmdDemo,
		},
	})
}

// exits N: the last exec ended with exit code N. Write `! exec …` before it.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%s did not run: %v", args[1], err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("%s ended with exit code %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// flip FILE OFFSET: turns one bit of one byte. A negative offset counts from
// the end. The file's mode and times stay.
func cmdFlip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE OFFSET")
	}
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	data, err := os.ReadFile(path)
	ts.Check(err)
	var at int
	_, err = fmt.Sscan(args[1], &at)
	ts.Check(err)
	if at < 0 {
		at += len(data)
	}
	data[at] ^= 1
	ts.Check(os.Chmod(path, 0o600))
	ts.Check(os.WriteFile(path, data, 0o600))
	ts.Check(os.Chmod(path, info.Mode()))
	ts.Check(os.Chtimes(path, info.ModTime(), info.ModTime()))
}

// pages FILE MOST: the PDF has no more than so many pages.
func cmdPages(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pages FILE MOST")
	}
	most, err := strconv.Atoi(args[1])
	ts.Check(err)
	n := len(pageObject.FindAllString(ts.ReadFile(args[0]), -1))
	if n == 0 || n > most {
		ts.Fatalf("%s has %d pages", args[0], n)
	}
}

var pageObject = regexp.MustCompile(`/Type ?/Page[^s]`)

// scanned FILE CASE [WHO]: FILE, a picture or a PDF, is the last page of the letter
// to WHO of the case as it is sealed now, as a scanner makes it; without WHO, as an
// earlier release printed its code; - for CASE: a page without a code.
func cmdScanned(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: scanned FILE CASE [WHO]")
	}
	page := image.NewGray(image.Rect(0, 0, 1240, 1754))
	for n := range page.Pix {
		page.Pix[n] = 250
	}
	if args[1] != "-" {
		f, err := folder.Open(ts.MkAbs(args[1]), "")
		ts.Check(err)
		c, err := f.ReadCase()
		ts.Check(err)
		root, _, err := f.Current()
		ts.Check(err)
		state, err := f.StateSum()
		ts.Check(err)
		if len(args) == 3 {
			papers, err := f.PaperSum()
			ts.Check(err)
			state = fmt.Sprintf("%x", sha256.Sum256([]byte(papers+"\n"+args[2])))
		}
		code, err := qr.Encode(bag.CodeQRText(c.ID, root.Lines, root.SHA256, state[:8]), qr.M)
		ts.Check(err)
		const dots = 4 // to a module
		for y := range code.Size * dots {
			for x := range code.Size * dots {
				if code.Black(x/dots, y/dots) {
					page.SetGray(120+x, 1400+y, color.Gray{Y: 20})
				}
			}
		}
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, page, &jpeg.Options{Quality: 80}))
	data := b.Bytes()
	if strings.HasSuffix(args[0], ".pdf") {
		data = fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type /XObject /Subtype /Image /Width 1240 /Height 1754 "+
			"/Filter /DCTDecode "+
			"/Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<<>>\n%%%%EOF\n", len(data), data)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// counted DIR N: DIR holds N files, at any depth.
func cmdCounted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: counted DIR N")
	}
	n := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	if fmt.Sprint(n) != args[1] {
		ts.Fatalf("%s holds %d files, want %s", args[0], n, args[1])
	}
}

// wav FILE SECONDS: a tone of 8,000 samples a second, 8 bits, mono.
func cmdWav(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: wav FILE SECONDS")
	}
	var seconds int
	_, err := fmt.Sscan(args[1], &seconds)
	ts.Check(err)
	n := 8000 * seconds
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt " +
		"\x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(head[4:], uint32(36+n))
	binary.LittleEndian.PutUint32(head[40:], uint32(n))
	for i := range n {
		head = append(head, byte(128+64*(i/10%2)))
	}
	write(ts, args[0], head)
}

// pack ARCHIVE FOLDER: the files of a folder as a zip, or as a tar.gz by the
// name of the archive.
func cmdPack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack ARCHIVE FOLDER")
	}
	var out bytes.Buffer
	files := os.DirFS(ts.MkAbs(args[1]))
	if strings.HasSuffix(args[0], ".rar") { // nothing here packs one: its mark is all that is looked at
		write(ts, args[0], []byte("Rar!\x1a\x07\x00\n"))
		return
	}
	if strings.HasSuffix(args[0], ".zip") {
		z := zip.NewWriter(&out)
		ts.Check(z.AddFS(files))
		ts.Check(z.Close())
	} else {
		packed := gzip.NewWriter(&out)
		t := tar.NewWriter(packed)
		ts.Check(t.AddFS(files))
		ts.Check(t.Close())
		ts.Check(packed.Close())
	}
	write(ts, args[0], out.Bytes())
}

// png FILE WIDTH HEIGHT: a picture with a pattern, so that no two sizes have
// the same bytes.
func cmdPng(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: png FILE WIDTH HEIGHT")
	}
	var w, h int
	_, err := fmt.Sscan(args[1]+" "+args[2], &w, &h)
	ts.Check(err)
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			im.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, im))
	write(ts, args[0], b.Bytes())
}

// truncate FILE SIZE: cuts a file, keeping its name. A negative size cuts so
// many bytes off its end.
func cmdTruncate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: truncate FILE SIZE")
	}
	var size int64
	_, err := fmt.Sscan(args[1], &size)
	ts.Check(err)
	if size < 0 {
		info, err := os.Stat(ts.MkAbs(args[0]))
		ts.Check(err)
		size += info.Size()
	}
	ts.Check(os.Chmod(ts.MkAbs(args[0]), 0o600))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// edit FILE OLD NEW: replaces text that must stand there exactly once.
func cmdEdit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	if n := strings.Count(string(data), args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], n)
	}
	write(ts, args[0], []byte(strings.Replace(string(data), args[1], args[2], 1)))
}

// rarefont FILE TrueType|CFF|collection CHARACTERS: a small font that has these, each a
// box.
func cmdRareFont(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: rarefont FILE TrueType|CFF|collection CHARACTERS")
	}
	font := sfnttest.Font{Name: "Rare SC", Runes: []rune(args[2]), CFF: args[1] != "TrueType"}
	data := font.Bytes()
	if args[1] == "collection" {
		data = sfnttest.Collection(sfnttest.Font{Name: "Rare JP", Runes: []rune("a")}, font)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	write(ts, args[0], data)
}

// append FILE LINE: adds a line to a file, as an editor does.
func cmdAppend(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE LINE")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	write(ts, args[0], append(data, args[1]+"\n"...))
}

// demo DIR: the demo as made on 2026-10-08, see theDemo.
func cmdDemo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: demo DIR")
	}
	ts.Check(copyDemo(ts.MkAbs(args[0])))
}

// cptree FROM TO: copies a folder, with modes and times.
func cmdCptree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cptree FROM TO")
	}
	ts.Check(copyTree(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		info, err := d.Info()
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(target, info.Mode().Perm())
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o600); err != nil {
			return err
		}
		if err := os.Chmod(target, info.Mode()); err != nil {
			return err
		}
		return os.Chtimes(target, info.ModTime(), info.ModTime())
	})
}

func write(ts *testscript.TestScript, name string, data []byte) {
	path := ts.MkAbs(name)
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, data, 0o644))
}
