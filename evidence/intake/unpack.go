package intake

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/archive"
)

// inArchive stands between the path of an archive and that of a file in it.
const inArchive = "!"

// An OpenedArchive is an archive that was given, and how many files it holds.
type OpenedArchive struct {
	Path  string
	Files int
}

// A packed is what is known of a file that came in an archive.
type packed struct {
	raw    string          // the bytes of its path there, where they are not UTF-8
	beside map[string]bool // the paths below of all files of its archive
}

// unpacked is where archives are unpacked: in the cache of the case, which is
// as private as the case and no part of it. It is gone when adding ends.
const unpacked = "unpacked"

func dropUnpacked(f *folder.Folder) { os.RemoveAll(f.Path(folder.CacheDir, unpacked)) }

// unpackAll puts in the place of an archive the files it holds. One that cannot
// be opened stays, with the reason.
func unpackAll(ctx context.Context, f *folder.Folder, found []given, opt Options) ([]given, []OpenedArchive, error) {
	var out []given
	var opened []OpenedArchive
	dropUnpacked(f) // of a run that was killed
	for _, g := range found {
		g.whole = opt.KeepArchives
		members, err := unpackOne(ctx, f, g, len(opened), opt)
		if err != nil {
			return nil, opened, err
		}
		if len(members) == 0 {
			out = append(out, g)
			continue
		}
		closed := members[0].packed == nil
		if opt.KeepArchives {
			out = append(out, g)
		}
		if !closed || !opt.KeepArchives {
			out = append(out, members...)
		}
		if closed {
			continue
		}
		opened = append(opened, OpenedArchive{g.told, len(members)})
	}
	return out, opened, nil
}

// unpackOne gives the files of an archive; none of any other file, and the
// archive with the reason if it cannot be opened.
func unpackOne(ctx context.Context, f *folder.Folder, g given, n int, opt Options) ([]given, error) {
	if g.bad != nil {
		return nil, nil
	}
	in, err := disk.OpenRegular(g.path)
	if err != nil {
		return nil, nil // said when it is read
	}
	defer in.Close()
	size := g.info.Size()
	kind, ok := opens(in, size)
	if !ok {
		return nil, nil
	}
	dir := f.Path(folder.CacheDir, unpacked, fmt.Sprint(n))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("unpack %s: %w", g.told, err)
	}
	members, err := archive.Unpack(ctx, in, size, kind, dir, archive.LimitsOf(size, opt.MaxBytes))
	var whole *archive.Fault
	if errors.As(err, &whole) {
		g.bad = &folder.UnusableError{Code: whole.Code, Detail: whole.Detail}
		return []given{g}, os.RemoveAll(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", g.told, err)
	}
	beside := map[string]bool{}
	var out []given
	backups := backupsAmong(members)
	for _, dir := range backups {
		x, _ := memberOf(g, archive.Member{Name: dir})
		x.bad = iphoneBackup
		out = append(out, x)
	}
	for _, m := range members {
		if slices.ContainsFunc(backups, func(dir string) bool { return strings.HasPrefix(m.Name, dir+"/") }) {
			continue
		}
		x, err := memberOf(g, m)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", g.told, err)
		}
		x.packed.beside = beside
		beside[x.below] = true
		out = append(out, x)
	}
	return out, nil
}

// memberOf is a file of an archive as one that was given.
func memberOf(g given, m archive.Member) (given, error) {
	below := g.below + inArchive + m.Name
	if m.File == "" {
		return given{path: m.File, name: path.Base(m.Name), below: below, told: g.told + inArchive + m.Name,
			bad: &folder.UnusableError{Code: m.Bad.Code, Detail: m.Bad.Detail}, packed: &packed{raw: m.Raw}}, nil
	}
	info, err := os.Stat(m.File)
	if err != nil {
		return given{}, err
	}
	x := usable(m.File, below, info, nil)
	x.name, x.told, x.packed = path.Base(m.Name), g.told+inArchive+m.Name, &packed{raw: m.Raw}
	if x.bad == nil && (junk[strings.ToLower(x.name)] || strings.Contains(below, inArchive+macFolder)) {
		x.bad = systemFile
	}
	if x.bad == nil {
		if in, err := os.Open(m.File); err == nil {
			if _, is := opens(in, info.Size()); is {
				x.bad = &folder.UnusableError{Code: archive.Nested().Code, Detail: archive.Nested().Detail}
			}
			in.Close()
		}
	}
	return x, nil
}

// opens reports an archive of files. Documents and programs are zips as well:
// of those nothing is unpacked.
func opens(r io.ReaderAt, size int64) (archive.Kind, bool) {
	kind, ok := archive.Recognise(r, size)
	if kind == archive.Zip {
		head := make([]byte, min(size, headSize))
		n, _ := r.ReadAt(head, 0)
		ok = isPlainZip(head[:n], r, size)
	}
	return kind, ok
}

// isPlainZip tells a zip of files from a document or an app package.
func isPlainZip(head []byte, r io.ReaderAt, size int64) bool {
	if strings.HasPrefix(string(head), "PK\x07\x08") { // one part of several
		return true
	}
	if !mimetype.Detect(head).Is("application/zip") {
		return false
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return true // a cut one: unpacking says so
	}
	for _, f := range z.File {
		if f.Name == "AndroidManifest.xml" || f.Name == "[Content_Types].xml" || f.Name == "META-INF/MANIFEST.MF" ||
			strings.HasPrefix(f.Name, "Payload/") && strings.Contains(f.Name, ".app/") {
			return false
		}
	}
	return true
}

// rawPath and rawName are the bytes of a path and of a name that are not UTF-8,
// in hexadecimal.
func (g given) rawPath() string {
	if g.packed != nil {
		return rawHex(g.packed.raw)
	}
	return rawHex(g.path)
}

func (g given) rawName() string {
	if g.packed == nil {
		return rawHex(g.name)
	}
	return rawHex(g.packed.raw[strings.LastIndexByte(g.packed.raw, '/')+1:])
}

// phoneBackup reports the folder of a backup of a whole iPhone, as iTunes and
// its kind write it: files without names, which their own program opens.
func phoneBackup(dir string) (*folder.UnusableError, bool) {
	for _, name := range backupMarks {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.Mode().IsRegular() {
			return nil, false
		}
	}
	return iphoneBackup, true
}

// backupsAmong are the folders of such backups in an archive.
func backupsAmong(members []archive.Member) (dirs []string) {
	marks := map[string]int{}
	for _, m := range members {
		if dir, name := path.Split(m.Name); dir != "" && slices.Contains(backupMarks, name) {
			if marks[dir]++; marks[dir] == len(backupMarks) {
				dirs = append(dirs, strings.TrimSuffix(dir, "/"))
			}
		}
	}
	return dirs
}

// backupMarks are the files that each such backup has.
var backupMarks = []string{"Manifest.plist", "Info.plist", "Status.plist"}

var iphoneBackup = &folder.UnusableError{Code: "phone-backup", Detail: evidence.Text{
	ZH: "苹果手机的整机备份，里面的文件没有名字，程序打不开，没有读取；请用爱思助手或 iMazing 打开这份备份，" +
		"把短信、通话记录、录音和照片导出成文件再加；或者直接从手机里导出",
	EN: "a backup of a whole iPhone, whose files have no names: not read; open it with iMazing or the like " +
		"and export messages, call log, recordings and pictures, or take them from the phone"}}
