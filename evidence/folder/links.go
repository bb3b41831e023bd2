package folder

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence/disk"
)

// A LinkError reports a symbolic link or a junction in the place of something
// that the program writes, moves or copies in a case: what it leads to belongs
// to somebody else.
type LinkError struct {
	Path   string
	Name   string // below the case folder, with slashes
	Target string // as the link gives it; empty: unknown
}

func (e *LinkError) Error() string { return e.Path + " is a link to elsewhere" }

// noLinks looks for a [LinkError] before anything is read or written. A case
// that came from somebody else must not lead the program out of its folder, and
// here is the one place that every job passes. The person's own links beside
// what the program keeps are left alone: nothing follows them.
func (f *Folder) noLinks() error {
	all, err := os.ReadDir(f.dir)
	if err != nil {
		return nil // what reads it will say
	}
	for _, e := range all {
		if !written(e.Name()) {
			continue
		}
		path := f.Path(e.Name())
		if !e.IsDir() && !disk.IsLink(path, e.Type()) {
			continue
		}
		if path = disk.FirstLink(path); path == "" {
			continue
		}
		name, err := filepath.Rel(f.dir, path)
		if err != nil {
			return err
		}
		target, _ := os.Readlink(path) // unknown: the path says enough
		return &LinkError{Path: path, Name: filepath.ToSlash(name), Target: target}
	}
	return nil
}

// written reports whether a name in a case folder is one that the program writes
// to, in whatever case: Windows and macOS make no difference.
func written(name string) bool {
	same := func(ours string) bool { return strings.EqualFold(ours, name) }
	return strings.HasPrefix(name, ".") || slices.ContainsFunc(keptFiles, same) || slices.ContainsFunc(keptDirs, same) ||
		slices.ContainsFunc([]string{PacketDir, PreviewDir, CaseFile, TimelineFile, DebtsFile}, same)
}
