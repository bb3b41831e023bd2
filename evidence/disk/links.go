package disk

import (
	"io/fs"
	"os"
	"path/filepath"
)

// IsLink reports whether what stands under path, of the type that its folder
// tells, is only a way to something elsewhere: a symbolic link, or a junction of
// Windows. A file that a cloud drive holds back is none.
func IsLink(path string, t fs.FileMode) bool {
	if t&fs.ModeSymlink != 0 {
		return true
	}
	if t&fs.ModeIrregular == 0 || t.IsDir() {
		return false
	}
	// Go tells a junction as irregular and as no folder, and what it leads to as one.
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// FirstLink is the first link below dir, in the order of names, or dir itself;
// empty where there is none. What cannot be read is left to whoever reads it.
func FirstLink(dir string) (link string) {
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && IsLink(path, e.Type()) {
			link = path
			return fs.SkipAll
		}
		if err != nil && e != nil && e.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	return link
}
