package bag

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// A nodeKind is what stands under a name.
type nodeKind int

const (
	regular nodeKind = iota
	directory
	symlink
	special // FIFO, device, socket
)

// A node is one name in a bag. Path has / and the raw bytes of the names.
type node struct {
	path  string
	kind  nodeKind
	size  int64
	links uint64
	info  os.FileInfo // of a folder
	entry *zipEntry   // of a zip
}

// A tree is where a bag is read from: a folder or a zip.
type tree interface {
	// list returns all names below the bag but the bag itself, sorted.
	list(limit int) ([]node, []unreadable, error)
	// open opens a regular node; what it gives is the node as listed, or an
	// error.
	open(node) (io.ReadCloser, error)
	// still reports whether the node is what it was when it was listed.
	still(node) bool
	close() error
}

// An unreadable is a place that could not be looked into.
type unreadable struct {
	path string
	err  error
}

var (
	errChanging = errors.New("changed while being read")
	errTooMany  = errors.New("too many files")
	errTooDeep  = errors.New("folders nested too deep")
)

// maxDepth is how deep folders may be nested. Looking at a name takes a step a
// folder, so that without an end a chain of a few thousand costs hours.
const maxDepth = 256

// A folderTree reads a folder through an os.Root, so that nothing leads out
// of it. An os.Root still follows links that stay inside; so each name is
// looked at before it is opened, and what was opened is compared with it.
type folderTree struct{ root *os.Root }

func openFolder(dir string) (*folderTree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folderTree{root}, nil
}

func (t *folderTree) close() error { return t.root.Close() }

func (t *folderTree) list(limit int) (nodes []node, bad []unreadable, err error) {
	dirs := []node{{path: ".", kind: directory}}
	for len(dirs) > 0 {
		dir := dirs[len(dirs)-1]
		dirs = dirs[:len(dirs)-1]
		if strings.Count(dir.path, "/") >= maxDepth {
			return nil, nil, errTooDeep
		}
		names, err := t.names(dir, limit-len(nodes)+1)
		if err != nil {
			bad = append(bad, unreadable{dir.path, err})
			continue
		}
		for _, name := range names {
			p := name
			if dir.path != "." {
				p = dir.path + "/" + name
			}
			info, err := t.root.Lstat(filepath.FromSlash(p))
			if err != nil {
				bad = append(bad, unreadable{p, err})
				continue
			}
			n := node{path: p, kind: kindOf(info.Mode()), size: info.Size(), links: links(info), info: info}
			if len(nodes) >= limit {
				return nil, nil, errTooMany
			}
			nodes = append(nodes, n)
			if n.kind == directory {
				dirs = append(dirs, n)
			}
		}
	}
	sort.Slice(nodes, func(i, j int) bool { return nodes[i].path < nodes[j].path })
	return nodes, bad, nil
}

// names lists at most limit names of a directory, if it still is the one that
// was seen.
func (t *folderTree) names(dir node, limit int) ([]string, error) {
	f, err := t.root.Open(filepath.FromSlash(dir.path))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if dir.info != nil {
		if now, err := f.Stat(); err != nil || !os.SameFile(now, dir.info) {
			return nil, errChanging
		}
	}
	var names []string
	for len(names) < limit {
		more, err := f.Readdirnames(min(1024, limit-len(names)))
		names = append(names, more...)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

func kindOf(m fs.FileMode) nodeKind {
	switch {
	case m.IsRegular():
		return regular
	case m.IsDir():
		return directory
	case m&fs.ModeSymlink != 0:
		return symlink
	}
	return special
}

func (t *folderTree) open(n node) (io.ReadCloser, error) {
	f, err := t.root.OpenFile(filepath.FromSlash(n.path), os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	now, err := f.Stat()
	if err == nil && !same(now, n.info) {
		err = errChanging
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// same reports whether two looks at a file saw one file unchanged.
func same(a, b os.FileInfo) bool {
	return a.Mode().IsRegular() && os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func (t *folderTree) still(n node) bool {
	now, err := t.root.Lstat(filepath.FromSlash(n.path))
	return err == nil && same(now, n.info)
}
