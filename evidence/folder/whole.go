package folder

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence/disk"
)

// A Whole is all there is in a case folder, of the program and of the person,
// but for what can be made again: the cache, the lock, what is half made.
type Whole struct {
	Files []WholeFile // in the order of their paths
	// Left are paths below the folder that are neither files nor folders, such
	// as links: they are in no copy.
	Left []string
}

// A WholeFile is one file of a case folder, or a folder that holds nothing.
type WholeFile struct {
	Path   string // below the folder, with slashes; that of a folder ends in one
	Size   int64  // bytes
	SHA256 string // in hex; empty until it was read
}

func (x WholeFile) isDir() bool { return strings.HasSuffix(x.Path, "/") }

// Bytes is the size of all files.
func (w Whole) Bytes() (n int64) {
	for _, x := range w.Files {
		n += x.Size
	}
	return n
}

// Whole lists what is in the folder. Nothing is read of it.
func (f *Folder) Whole() (w Whole, err error) {
	err = filepath.WalkDir(f.dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || at == f.dir {
			return err
		}
		below, err := filepath.Rel(f.dir, at)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		switch hidden := strings.HasPrefix(e.Name(), "."); {
		case e.IsDir() && (below == CacheDir || hidden && strings.HasSuffix(e.Name(), disk.Partial)):
			return fs.SkipDir
		case below == LockFile, below == addingFile, below == outsideFile,
			hidden && strings.HasSuffix(e.Name(), disk.Partial):
		case e.IsDir():
			if inside, err := os.ReadDir(at); err != nil || len(inside) > 0 {
				return err
			}
			w.Files = append(w.Files, WholeFile{Path: below + "/"})
		case !e.Type().IsRegular():
			w.Left = append(w.Left, below)
		default:
			info, err := e.Info()
			if err != nil {
				return err
			}
			w.Files = append(w.Files, WholeFile{Path: below, Size: info.Size()})
		}
		return nil
	})
	if err != nil {
		return w, fmt.Errorf("list the case folder: %w", err)
	}
	return w, nil
}

// keptFiles and keptDirs are the names in a case folder beside those that people
// edit and the packet.
var (
	keptFiles = []string{RegisterFile, CustodyFile, KeyFile, ReadingsFile, RedactionsFile, AnswersFile, TrackedFile,
		BundleZip, seenFile, LockFile, outsideFile}
	keptDirs = []string{ExhibitsDir, BundleDir, CommitDir, SupersededDir, FiledDir, LettersDir, CacheDir, "handover"}
)

// Keeps reports whether a path below a case folder, with slashes, is one of the
// program's own, beside what people edit and the packet.
func Keeps(below string) bool {
	top, _, deeper := strings.Cut(below, "/")
	return strings.HasPrefix(top, ".") || deeper && slices.Contains(keptDirs, top) ||
		!deeper && slices.Contains(keptFiles, top)
}

// Sum is a digest of all that [Folder.Whole] lists: of paths and content, and of
// nothing else. Two folders with the same one are the same case in the same state.
func (f *Folder) Sum(ctx context.Context) (string, error) {
	w, err := f.Whole()
	if err != nil {
		return "", err
	}
	for n, x := range w.Files {
		if x.isDir() {
			continue
		}
		if w.Files[n].SHA256, err = readSum(ctx, f.Path(filepath.FromSlash(x.Path))); err != nil {
			return "", fmt.Errorf("read the case folder: %w", err)
		}
	}
	return w.Sum(), nil
}

// Sum is that of [Folder.Sum], of files that were read.
func (w Whole) Sum() string {
	all := sha256.New()
	for _, x := range w.Files {
		fmt.Fprintf(all, "%q %s\n", x.Path, x.SHA256)
	}
	for _, left := range w.Left {
		fmt.Fprintf(all, "%q\n", left)
	}
	return hex.EncodeToString(all.Sum(nil))
}

// Own are the files of a folder that the person put there: what no job of the
// program made. Papers that the person changed are not told from ours here.
func (f *Folder) Own(w Whole) (own []string) {
	made, known := readMade(f.Path(PacketDir))
	for _, x := range w.Files {
		top, rest, _ := strings.Cut(x.Path, "/")
		_, ours := made.Files[rest]
		switch {
		case x.isDir(), Keeps(x.Path), strings.HasPrefix(path.Base(x.Path), "."):
		case x.Path == CaseFile, x.Path == TimelineFile, x.Path == DebtsFile:
		case top == PacketDir && known && ours && !slices.Contains(made.Scans, rest):
		default:
			own = append(own, x.Path)
		}
	}
	return own
}

// A DiffersError reports a copy that is not what was copied.
type DiffersError struct{ Path string }

func (e *DiffersError) Error() string { return "the copy differs from what was copied: " + e.Path }

// CopyWhole copies the folder to a place that must not exist, reads the copy
// again and compares it. It stands there whole, or not at all. The caller holds
// the lock; told is called with the bytes that are done of twice the whole.
func (f *Folder) CopyWhole(ctx context.Context, to string, told func(int64)) (Whole, error) {
	w, err := f.Whole()
	if err != nil {
		return w, err
	}
	aside, err := disk.AsideDir(to)
	if err != nil {
		return w, err
	}
	defer os.RemoveAll(aside) // does nothing after the rename
	var done int64
	for n := range w.Files {
		x := &w.Files[n]
		at := filepath.Join(aside, filepath.FromSlash(x.Path))
		if x.isDir() {
			err = os.MkdirAll(at, 0o700)
		} else {
			x.SHA256, err = f.copyOne(ctx, x.Path, at)
		}
		if err != nil {
			return w, fmt.Errorf("copy the case: %w", err)
		}
		done += x.Size
		told(done)
	}
	for _, x := range w.Files {
		if x.isDir() {
			continue
		}
		sum, err := readSum(ctx, filepath.Join(aside, filepath.FromSlash(x.Path)))
		if err != nil {
			return w, fmt.Errorf("read the copy of the case: %w", err)
		}
		if sum != x.SHA256 {
			return w, &DiffersError{x.Path}
		}
		done += x.Size
		told(done)
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return w, &fs.PathError{Op: "copy the case to", Path: to, Err: fs.ErrExist}
	}
	if err := disk.Rename(aside, to); err != nil {
		return w, fmt.Errorf("copy the case: %w", err)
	}
	return w, disk.SyncDir(filepath.Dir(to))
}

// copyOne copies a file with its time, and gives the digest of what was read.
func (f *Folder) copyOne(ctx context.Context, below, to string) (sum string, err error) {
	in, err := disk.OpenRegular(f.Path(filepath.FromSlash(below)))
	if err != nil {
		return "", err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, digest), stopReader{ctx, in})
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return "", err
	}
	mode := info.Mode().Perm() | 0o400
	return hex.EncodeToString(digest.Sum(nil)), errors.Join(os.Chtimes(to, info.ModTime(), info.ModTime()),
		os.Chmod(to, mode))
}

func readSum(ctx context.Context, file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readSumOf(ctx, f)
}

func readSumOf(ctx context.Context, r io.Reader) (string, error) {
	digest := sha256.New()
	_, err := io.Copy(digest, stopReader{ctx, r})
	return hex.EncodeToString(digest.Sum(nil)), err
}

// A stopReader ends when the run is interrupted.
type stopReader struct {
	ctx context.Context
	r   io.Reader
}

func (s stopReader) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// PackWhole writes the folder as a zip with one top folder of its name. The
// caller holds the lock.
func (f *Folder) PackWhole(ctx context.Context, out io.Writer, told func(int64)) (Whole, error) {
	w, err := f.Whole()
	if err != nil {
		return w, err
	}
	z := zip.NewWriter(out)
	var done int64
	for n := range w.Files {
		x := &w.Files[n]
		if err := f.packOne(ctx, z, x); err != nil {
			return w, fmt.Errorf("pack the case: %s: %w", x.Path, err)
		}
		done += x.Size
		told(done)
	}
	if err := z.Close(); err != nil {
		return w, fmt.Errorf("pack the case: %w", err)
	}
	return w, nil
}

func (f *Folder) packOne(ctx context.Context, z *zip.Writer, x *WholeFile) error {
	h := &zip.FileHeader{Name: path.Join(filepath.Base(f.dir), x.Path), Method: zip.Store}
	if x.isDir() {
		h.Name += "/"
		_, err := z.CreateHeader(h)
		return err
	}
	in, err := disk.OpenRegular(f.Path(filepath.FromSlash(x.Path)))
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	h.Modified = info.ModTime()
	h.SetMode(info.Mode().Perm())
	to, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	digest := sha256.New()
	x.Size, err = io.Copy(io.MultiWriter(to, digest), stopReader{ctx, in})
	x.SHA256 = hex.EncodeToString(digest.Sum(nil))
	return err
}

// ErrNotPacked reports a zip that PackWhole did not make.
var ErrNotPacked = errors.New("this is no packed case folder")

// CheckPacked reads a packed folder to its end: it must hold what w lists.
func CheckPacked(ctx context.Context, z *zip.Reader, w Whole) error {
	if len(z.File) != len(w.Files) {
		return ErrNotPacked
	}
	for n, x := range w.Files {
		if x.isDir() {
			continue
		}
		in, err := z.File[n].Open()
		if err != nil {
			return err
		}
		sum, err := readSumOf(ctx, in)
		in.Close()
		if err != nil {
			return err
		}
		if sum != x.SHA256 {
			return &DiffersError{x.Path}
		}
	}
	return nil
}

// UnpackWhole makes the folder of a packed case below parent, where nothing of
// its name may stand, and gives its path. It stands there whole or not at all.
func UnpackWhole(ctx context.Context, z *zip.Reader, parent string, told func(int64)) (dir string, err error) {
	name := ""
	for _, x := range z.File {
		top, _, below := strings.Cut(x.Name, "/")
		if !below || !filepath.IsLocal(filepath.FromSlash(x.Name)) || name != "" && top != name {
			return "", ErrNotPacked
		}
		name = top
	}
	if name == "" || !slices.ContainsFunc(z.File, func(x *zip.File) bool { return x.Name == name+"/"+CaseFile }) {
		return "", ErrNotPacked
	}
	dir = filepath.Join(parent, name)
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return "", &fs.PathError{Op: "unpack the case to", Path: dir, Err: fs.ErrExist}
	}
	aside, err := disk.AsideDir(dir)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(aside) // what is left of it after the rename
	root, err := os.OpenRoot(aside)
	if err != nil {
		return "", err
	}
	defer root.Close()
	var done int64
	for _, x := range z.File {
		if err := unpackOne(ctx, root, x, strings.TrimPrefix(x.Name, name+"/")); err != nil {
			return "", fmt.Errorf("unpack the case: %s: %w", x.Name, err)
		}
		done += int64(x.UncompressedSize64)
		told(done)
	}
	root.Close() // Windows does not rename a folder that is open
	if err := disk.Rename(aside, dir); err != nil {
		return "", fmt.Errorf("unpack the case: %w", err)
	}
	return dir, disk.SyncDir(parent)
}

func unpackOne(ctx context.Context, root *os.Root, x *zip.File, below string) error {
	at := filepath.FromSlash(below)
	if strings.HasSuffix(below, "/") {
		return root.MkdirAll(strings.TrimSuffix(at, string(filepath.Separator)), 0o700)
	}
	if err := root.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return err
	}
	in, err := x.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := root.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, stopReader{ctx, in}) // its check sum is compared at the end
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	return errors.Join(root.Chtimes(at, x.Modified, x.Modified), root.Chmod(at, x.Mode().Perm()|0o400))
}

// RemoveWhole deletes the folder with all that is in it. CaseFile goes last:
// whatever ends a run, what is left is still a case that can be removed. It
// gives the lock back, which stands in the folder.
func (f *Folder) RemoveWhole(unlock func()) error {
	defer unlock()
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return fmt.Errorf("delete the case: %w", err)
	}
	for _, e := range entries {
		if e.Name() == CaseFile || e.Name() == LockFile {
			continue
		}
		if err := os.RemoveAll(f.Path(e.Name())); err != nil {
			return fmt.Errorf("delete the case: %w", err)
		}
	}
	unlock()
	for _, name := range []string{LockFile, CaseFile} {
		if err := os.Remove(f.Path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("delete the case: %w", err)
		}
	}
	if err := os.Remove(f.dir); err != nil {
		return fmt.Errorf("delete the case: %w", err)
	}
	return disk.SyncDir(filepath.Dir(f.dir))
}

// GiveWay puts a finished case folder in the place of this one, which is deleted. The
// caller holds the lock, which is the new folder's from then on, and so is the cache.
// Killed in between, the old folder stands beside its place: see [disk.SwapDir].
func (f *Folder) GiveWay(to string) error {
	for _, name := range []string{CacheDir, LockFile} {
		if err := os.Rename(f.Path(name), filepath.Join(to, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("put the case in its place: %w", err)
		}
	}
	if err := disk.SwapDir(to, f.dir); err != nil {
		return fmt.Errorf("put the case in its place: %w", err)
	}
	f.register, f.registerSize, f.healed, f.wereSeen = nil, 0, false, nil
	return nil
}
