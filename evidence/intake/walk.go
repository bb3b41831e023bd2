package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/names"
)

// SystemFile is the code of a file that an operating system made: nobody meant
// to add it.
const SystemFile = "system-file"

var systemFile = &folder.UnusableError{Code: SystemFile, Detail: evidence.Text{
	ZH: "系统自动产生的文件，与证据无关", EN: "made by the operating system; shows nothing"}}

// A given is one file below the paths given, as the walk saw it.
type given struct {
	path  string
	name  string // of the file, as it was found
	below string // path below what the person gave, with slashes
	told  string // the path on record
	info  fs.FileInfo
	bad   *folder.UnusableError // why it cannot be used; nil: to be read

	packed *packed // of a file that came in an archive
	whole  bool    // an archive that is taken as it is
}

// An InsideError reports a path that lies in the case folder, or holds it.
type InsideError struct{ Path, Case string }

func (e *InsideError) Error() string {
	return fmt.Sprintf("%s and the case folder %s contain one another", e.Path, e.Case)
}

// walk lists every file below paths in the order of their names. Links are not
// followed and special files not opened: both are listed as unusable. A backup
// of a whole phone is listed as one.
func walk(caseDir string, paths []string, now time.Time) ([]given, error) {
	var out []given
	for _, path := range paths {
		if err := outside(path, caseDir); err != nil {
			return nil, err
		}
		// A path typed by the person may be a link: that one is followed.
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", path, err)
		}
		if !info.IsDir() {
			out = append(out, usable(path, filepath.Base(path), info, nil))
			continue
		}
		root := path
		if l, err := os.Lstat(path); err == nil && l.Mode()&fs.ModeSymlink != 0 {
			root += string(filepath.Separator)
		}
		err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && err == nil {
				if backup, is := phoneBackup(p); is {
					below, _ := filepath.Rel(root, p)
					out = append(out, given{path: p, name: filepath.Base(p), below: filepath.ToSlash(below),
						bad: backup})
					return fs.SkipDir
				}
				return nil
			}
			var info fs.FileInfo
			if d != nil && err == nil {
				info, err = d.Info()
			}
			if d == nil && err != nil {
				return fmt.Errorf("add %s: %w", path, err)
			}
			below, relErr := filepath.Rel(root, p)
			if relErr != nil {
				below = filepath.Base(p)
			}
			out = append(out, usable(p, below, info, err))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// originalsFirst moves a copy, known by the mark in its name, behind the file
// it was copied from, so that of identical files that one becomes the exhibit.
func originalsFirst(files []given) []given {
	later := map[string]bool{}
	for _, g := range files {
		later[g.told] = true
	}
	waiting := map[string][]given{}
	out := make([]given, 0, len(files))
	for _, g := range files {
		if original := names.WithoutCopyMark(g.told); original != g.told && later[original] {
			waiting[original] = append(waiting[original], g)
			continue
		}
		later[g.told] = false
		out = append(out, g)
		out = append(out, waiting[g.told]...)
		delete(waiting, g.told) // two paths may look the same on record
	}
	return out
}

// outside refuses a source that lies in the case or holds it: the case would
// be added to itself.
func outside(path, caseDir string) error {
	a, err := realPath(path)
	if err != nil {
		return fmt.Errorf("add %s: %w", path, err)
	}
	b, err := realPath(caseDir)
	if err != nil {
		return fmt.Errorf("add to %s: %w", caseDir, err)
	}
	if within(a, b) || within(b, a) {
		return &InsideError{path, caseDir}
	}
	return nil
}

func realPath(p string) (string, error) {
	p, err := filepath.EvalSymlinks(p)
	if err != nil {
		return "", err
	}
	return filepath.Abs(p)
}

func within(inner, outer string) bool {
	rel, err := filepath.Rel(outer, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// junk are files of operating systems that are no evidence of anything.
var junk = map[string]bool{
	".ds_store": true, "thumbs.db": true, "desktop.ini": true, ".nomedia": true, "._.ds_store": true,
}

// macFolder is what a Mac puts beside the files of a zip it packs.
const macFolder = "__MACOSX/"

func usable(path, below string, info fs.FileInfo, err error) given {
	g := given{path: path, name: filepath.Base(path), below: filepath.ToSlash(below), info: info}
	bad := func(code, zh, en string) given {
		g.bad = &folder.UnusableError{Code: code, Detail: evidence.Text{ZH: zh, EN: en}}
		return g
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return bad("unreadable", "没有读取权限", "no permission to read it")
	case err != nil:
		return bad("unreadable", "读不出："+reason(err), "cannot be read: "+reason(err))
	case info.Mode()&fs.ModeSymlink != 0:
		return bad("symlink",
			"是一个快捷链接，不是文件本身；请加入它指向的文件",
			"a link, not the file itself; add what it points to")
	case !info.Mode().IsRegular():
		return bad("not-regular", "不是普通文件（设备或管道）", "no regular file (a device or pipe)")
	case junk[strings.ToLower(g.name)], strings.HasPrefix(g.below, macFolder), strings.Contains(g.below, "/"+macFolder):
		g.bad = systemFile
	case info.Size() == 0:
		return bad("empty-file",
			"空文件（0字节），里面没有内容；如果手机上能打开，请重新拷贝",
			"an empty file; copy it again if the phone can open it")
	}
	return g
}
