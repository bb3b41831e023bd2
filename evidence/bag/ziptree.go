package bag

import (
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"io"
	"maps"
	"os"
	"sort"
	"strings"
	"sync"
)

// A zipSource is where a zip is read from. File is nil if the zip is no file
// of its own; then its bytes cannot change.
type zipSource struct {
	io.ReaderAt
	size int64
	file *os.File
	info os.FileInfo // of file, when it was opened
}

// A zipTree reads a bag in a zip without unpacking it.
type zipTree struct {
	source  zipSource
	prefix  string // what stands before the names of the bag
	entries []*zipEntry
}

func openZip(source zipSource, limits Limits) (*zipTree, error) {
	entries, err := scanZip(source, source.size, limits)
	if err != nil {
		return nil, err
	}
	t := &zipTree{source: source, prefix: zipPrefix(entries), entries: entries}
	return t, checkEntries(entries, t.prefix, limits)
}

func (t *zipTree) close() error {
	if t.source.file == nil {
		return nil
	}
	return t.source.file.Close()
}

func (t *zipTree) list(limit int) ([]node, []unreadable, error) {
	if len(t.entries) > limit {
		return nil, nil, errTooMany
	}
	var nodes []node
	dirs := map[string]bool{}
	for _, e := range t.entries {
		p, inside := strings.CutPrefix(e.name, t.prefix)
		if !inside {
			continue
		}
		if e.dir {
			dirs[p] = true
		} else {
			nodes = append(nodes, node{path: p, kind: regular, size: e.size, links: 1, entry: e})
		}
		for i := strings.LastIndexByte(p, '/'); i > 0; i = strings.LastIndexByte(p[:i], '/') {
			dirs[p[:i]] = true
		}
	}
	for p := range dirs {
		nodes = append(nodes, node{path: p, kind: directory, links: 1})
	}
	sort.Slice(nodes, func(i, j int) bool { return nodes[i].path < nodes[j].path })
	return nodes, nil, nil
}

// beside returns the files outside the bag's folder: the system's, and no
// others.
func (t *zipTree) beside() []string {
	var out []string
	for _, e := range t.entries {
		if !e.dir && !strings.HasPrefix(e.name, t.prefix) {
			out = append(out, zipText(e.name))
		}
	}
	return out
}

func (t *zipTree) open(n node) (io.ReadCloser, error) {
	packed := io.NewSectionReader(t.source, n.entry.data, n.entry.packed)
	z := &zipReader{r: packed, e: n.entry}
	if n.entry.method == methodDeflate {
		u := inflaters.Get().(*inflater)
		u.in.Reset(packed)
		if err := u.out.(flate.Resetter).Reset(u.in, nil); err != nil {
			return nil, err
		}
		z.r, z.rest, z.inflater = u.out, u.in, u
	}
	return z, nil
}

// An inflater holds some forty kilobytes, whatever it unpacks. A bundle may have
// tens of thousands of small files, so it is used again.
type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

var inflaters = sync.Pool{New: func() any {
	in := bufio.NewReader(strings.NewReader(""))
	return &inflater{in, flate.NewReader(in)}
}}

func (t *zipTree) still(node) bool {
	if t.source.file == nil {
		return true
	}
	now, err := t.source.file.Stat()
	return err == nil && now.Size() == t.source.info.Size() && now.ModTime().Equal(t.source.info.ModTime())
}

// SameSeal reports whether the bundle zip holds the same files under seal/ as
// the bundle folder dir. Both must have been verified.
func SameSeal(zip, dir string) (bool, error) {
	files := func(t tree) (map[string]string, error) {
		nodes, _, err := t.list(DefaultLimits.Entries)
		out := map[string]string{}
		for _, n := range nodes {
			if err != nil || n.kind != regular || !inSeal(n.path) {
				continue
			}
			var r io.ReadCloser
			if r, err = t.open(n); err != nil {
				break
			}
			sum := sha256.New()
			_, err = io.Copy(sum, r)
			r.Close()
			out[n.path] = string(sum.Sum(nil))
		}
		return out, err
	}
	f, err := os.Open(zip)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	packed, err := openZip(zipSource{ReaderAt: f, size: info.Size()}, DefaultLimits)
	if err != nil {
		return false, err
	}
	folder, err := openFolder(dir)
	if err != nil {
		return false, err
	}
	defer folder.close()
	a, err := files(packed)
	if err != nil {
		return false, err
	}
	b, err := files(folder)
	return err == nil && maps.Equal(a, b), err
}
