// Command release builds the programs that are handed out, with what has to go
// along: digests, a list of what is in them, licences, and how to start them.
//
// What is built is the last commit, not the folder with its changes. Everything is
// built twice, in two folders and with nothing of the first known to the second; if
// one byte differs nothing is made. Neither folder, user, machine nor time gets into
// a program, nor does the state of the repository (-buildvcs=false), so that an
// archive of the sources gives the same bytes: the version names the commit.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A target is a system and a processor, as Go and as people name them.
type target struct {
	os, arch string
	name     string // of the file that is handed out
}

var targets = []target{
	{"windows", "amd64", "juzheng-windows.exe"},
	{"windows", "arm64", "juzheng-windows-arm.exe"},
	{"darwin", "arm64", "juzheng-mac-apple-chip.zip"},
	{"darwin", "amd64", "juzheng-mac-intel.zip"},
	{"linux", "amd64", "juzheng-linux.zip"},
	{"linux", "arm64", "juzheng-linux-arm.zip"},
}

// starter opens the page on a Mac, where a program without a window is started in a
// terminal, and without arguments.
const starter = "#!/bin/sh\n# Opens the page of juzheng, which lies beside this file.\n" +
	"cd \"$(dirname \"$0\")\" && exec ./juzheng ui\n"

// A release is what is made, and of what.
type release struct {
	version string
	made    time.Time // of the commit; the files in archives have it
	dir     string    // where it grows
	once    bool
	work    string // a folder of this run
}

func main() {
	version := flag.String("version", "", "the version; else the tag of the last commit, or its number")
	to := flag.String("to", "", "the folder to make; else dist/VERSION")
	once := flag.Bool("once", false, "do not build a second time to compare")
	flag.Parse()
	if err := run(*version, *to, *once, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(version, to string, once bool, only []string) error {
	if version == "" {
		described, err := output(".", nil, "git", "describe", "--tags", "--always", "--abbrev=12")
		if err != nil {
			return err
		}
		version = strings.TrimPrefix(described, "v")
	}
	if to == "" {
		to = filepath.Join("dist", version)
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", to)
	}
	seconds, err := output(".", nil, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "juzheng-release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	r := release{version: version, made: time.Unix(at, 0).UTC(), dir: filepath.Join(work, "out"), once: once, work: work}
	if err := r.make(only); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.CopyFS(to, os.DirFS(r.dir)); err != nil {
		return err
	}
	fmt.Println(to)
	return nil
}

func (r release) make(only []string) error {
	for _, o := range only {
		if !slices.ContainsFunc(targets, func(t target) bool { return o == t.os+"/"+t.arch }) {
			return fmt.Errorf("no target %s", o)
		}
	}
	here, there := filepath.Join(r.work, "a"), filepath.Join(r.work, "another", "place with blanks")
	if err := r.sources(here); err != nil {
		return err
	}
	if err := r.sources(there); err != nil {
		return err
	}
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	notices, err := output(here, nil, "go", "run", "-buildvcs=false", "./cmd/juzheng", "version", "--notices")
	if err != nil {
		return err
	}
	licence, err := os.ReadFile(filepath.Join(here, "LICENSE"))
	if err != nil {
		return err
	}
	guide, err := guideOf(here)
	if err != nil {
		return err
	}
	beside := map[string][]byte{"先看这里.txt": guide, "LICENSE.txt": licence, "NOTICES.txt": []byte(notices + "\n")}
	var built []string // the programs, for the list of what is in them
	for _, t := range targets {
		if len(only) > 0 && !slices.Contains(only, t.os+"/"+t.arch) {
			continue
		}
		program, err := r.program(t, here, there)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t.os, t.arch, err)
		}
		built = append(built, program)
		if err := r.hand(t, program, beside); err != nil {
			return err
		}
	}
	bill, err := billOf(r.version, r.made, built, notices)
	if err != nil {
		return err
	}
	beside["sbom.cdx.json"] = bill
	for name, data := range beside {
		if err := os.WriteFile(filepath.Join(r.dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return r.digests()
}

// sources puts the last commit into a folder.
func (r release) sources(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	archive := filepath.Join(r.work, "sources.zip")
	if _, err := output(".", nil, "git", "archive", "--format=zip", "-o", archive, "HEAD"); err != nil {
		return err
	}
	z, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer z.Close()
	return os.CopyFS(dir, z)
}

// program builds one, twice, and gives the path of the first.
func (r release) program(t target, here, there string) (string, error) {
	start := time.Now()
	first := filepath.Join(r.work, t.os+"-"+t.arch)
	if err := r.build(t, here, first, nil); err != nil {
		return "", err
	}
	told := "built once"
	if !r.once {
		cache := filepath.Join(r.work, "cache")
		second := first + "-again"
		err := r.build(t, there, second, []string{"GOCACHE=" + cache})
		os.RemoveAll(cache)
		if err != nil {
			return "", err
		}
		a, errA := os.ReadFile(first)
		b, errB := os.ReadFile(second)
		if err := errors.Join(errA, errB, os.Remove(second)); err != nil {
			return "", err
		}
		if !bytes.Equal(a, b) {
			return "", fmt.Errorf("two builds differ: sha256 %x and %x", sha256.Sum256(a), sha256.Sum256(b))
		}
		told = "the same bytes in two folders"
	}
	info, err := os.Stat(first)
	if err != nil {
		return "", err
	}
	fmt.Printf("%-14s %5.1f MB  %s, %d s\n", t.os+"/"+t.arch, float64(info.Size())/1e6, told,
		int(time.Since(start).Seconds()))
	return first, nil
}

// build runs the compiler with nothing of the caller's settings that could get into
// a program. The version of Go has to be that of go.mod: another gives other bytes.
func (r release) build(t target, dir, out string, more []string) error {
	want, err := output(dir, nil, "go", "list", "-m", "-f", "{{.GoVersion}}")
	if err != nil {
		return err
	}
	if runtime.Version() != "go"+want {
		return fmt.Errorf("this is %s, and go.mod says go%s", runtime.Version(), want)
	}
	env := append([]string{"GOOS=" + t.os, "GOARCH=" + t.arch, "GOAMD64=v1", "GOARM64=v8.0", "CGO_ENABLED=0",
		"GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off", "GOTOOLCHAIN=local"}, more...)
	_, err = output(dir, env, "go", "build", "-trimpath", "-buildvcs=false", "-mod=readonly",
		"-ldflags=-s -w -X main.version="+r.version, "-o", out, "./cmd/juzheng")
	return err
}

// hand puts a program where it is handed out. On Windows that is the program alone.
// Elsewhere a file may be run only if it is marked so, and a zip keeps the mark.
func (r release) hand(t target, program string, beside map[string][]byte) error {
	data, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	if t.os == "windows" {
		return os.WriteFile(filepath.Join(r.dir, t.name), data, 0o755)
	}
	type entry struct {
		name string
		mode fs.FileMode
		data []byte
	}
	entries := []entry{{"juzheng", 0o755, data}}
	if t.os == "darwin" {
		entries = append(entries, entry{"打开举证.command", 0o755, []byte(starter)})
	}
	for _, name := range slices.Sorted(keys(beside)) {
		entries = append(entries, entry{name, 0o644, beside[name]})
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, e := range entries {
		h := &zip.FileHeader{Name: strings.TrimSuffix(t.name, ".zip") + "/" + e.name, Method: zip.Deflate, Modified: r.made}
		h.SetMode(e.mode)
		w, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := w.Write(e.data); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.dir, t.name), packed.Bytes(), 0o644)
}

// digests writes the list that sha256sum -c reads, and certutil and shasum can be
// held against.
func (r release) digests() error {
	files, err := os.ReadDir(r.dir)
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(r.dir, f.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256(data), f.Name())
	}
	fmt.Print(list.String())
	return os.WriteFile(filepath.Join(r.dir, "SHA256SUMS"), []byte(list.String()), 0o644)
}

// guideOf is what both READMEs say of ready programs, Chinese first.
func guideOf(dir string) ([]byte, error) {
	var guide strings.Builder
	for _, part := range []struct{ file, heading string }{
		{"README.zh-CN.md", "## 现成的程序"}, {"README.md", "## Ready programs"},
	} {
		text, err := os.ReadFile(filepath.Join(dir, part.file))
		if err != nil {
			return nil, err
		}
		_, section, found := strings.Cut("\n"+string(text), "\n"+part.heading+"\n")
		if !found {
			return nil, fmt.Errorf("%s has no part %s", part.file, part.heading)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		guide.WriteString(strings.TrimLeft(part.heading, "# ") + "\n" + section + "\n")
	}
	return []byte(strings.ReplaceAll(guide.String(), "\n", "\r\n")), nil // Windows' editor of old wants both
}

func output(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, &faults)
	}
	return strings.TrimRight(string(out), "\n"), nil
}
