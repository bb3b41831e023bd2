// Package archive unpacks what a phone's files come in: a zip from a computer
// or a drive, a tar, tar.gz, tar.bz2 or tar.xz from a backup program.
//
// [Recognise] tells by its content whether a file is one, [Unpack] writes its
// files out. Nothing of an archive decides where a file lands: each is written
// under a number of our own into a folder that the caller names, and the path
// it has in the archive is only handed back ([Member.Name]). Links are not
// made, a path that points out of the archive is not read, and what unpacks to
// more than a phone could have packed is refused as a whole.
//
// An archive of bundles is another matter: package bag reads those, and takes
// only what every program reads alike. Here the files of a phone are wanted,
// and one that cannot be had is told of by name.
package archive

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// A Kind is a form of archive that is opened.
type Kind string

// The kinds.
const (
	Zip   Kind = "zip"
	Tar   Kind = "tar"
	TarGz Kind = "tar.gz"
	TarBz Kind = "tar.bz2"
	TarXz Kind = "tar.xz"
)

// Limits bound what an archive can make Unpack do.
type Limits struct {
	Files int   // in the archive
	File  int64 // bytes of one file, unpacked
	Bytes int64 // of all files, unpacked
}

// LimitsOf are the limits for an archive of size bytes. Pictures and sound
// hardly pack, tables of text to a fiftieth; what unpacks to two hundred times
// its size was made to fill a disk.
func LimitsOf(size, file int64) Limits {
	return Limits{Files: 100_000, File: file, Bytes: min(64<<30, harmless+mostTimes*size)}
}

const (
	mostTimes = 200      // its packed size that anything unpacks to
	harmless  = 64 << 20 // bytes that fill no disk and no memory, however well they are packed
)

// A Member is a file of an archive.
type Member struct {
	Name     string // its path in the archive, with slashes
	Raw      string // the bytes of that path where they were not UTF-8
	File     string // where it was written; empty with Bad
	Size     int64
	Modified time.Time // zero: not said
	Bad      Fault     // why it was not; zero: it was
}

// A Fault is why an archive, or one file of it, was not read.
type Fault struct {
	Code   string
	Detail evidence.Text
}

func (f *Fault) Error() string { return f.Code + ": " + f.Detail.EN }

func fault(code, zh, en string) Fault { return Fault{code, evidence.Text{ZH: zh, EN: en}} }

// The faults of one file.
var (
	outside = fault("unsafe-path", "压缩包里写的位置指到了压缩包外面，没有读取",
		"its path in the archive leads out of it: not read")
	link = fault("symlink", "压缩包里是一个快捷链接，不是文件本身",
		"a link in the archive, not the file itself")
	special = fault("not-regular", "不是普通文件（设备或管道）", "no regular file (a device or pipe)")
	locked  = fault("archive-locked", "压缩包里的这个文件加了密码，没有读取；请用密码解压出来，再把文件夹加进来",
		"this file of the archive is locked with a password: unpack it and add the folder")
	method = fault("archive-damaged", "这个文件的压缩方式程序不认识，没有读取；请用解压软件解压出来，再把文件夹加进来",
		"packed in a way that is not read here: unpack the archive with another program and add the folder")
	harmed = fault("archive-damaged", "压缩包里的这个文件坏了，读出来的和打包时的不一样，没有加入；请重新打包或重新下载再加一次",
		"this file of the archive is damaged: pack or download the archive again")
	large = fault("too-large", "文件超过上限，没有加入；录像请另存较短的一段再加，原文件留好",
		"larger than the limit: save the part that matters as a file of its own and keep the original")
	swollen = fault("too-large", "这个文件解开后比压缩包里的大两百倍以上，大得不正常，没有解开，也没有留下；"+
		"真是您要用的，请先解压看一看，再单独加进来",
		"this file would unpack to more than two hundred times what it takes in the archive: not unpacked; if it is "+
			"one of yours, unpack it, look at it, and add it by itself")
)

// The faults of a whole archive.
var (
	allLocked = fault("archive-locked", "压缩包加了密码，里面的文件没有读取；请用密码解压，再把解压出来的文件夹加进来",
		"the archive is locked with a password: unpack it and add the folder")
	cut = fault("archive-damaged", "压缩包打不开：多半没有下载完、没有传完，或者只是分卷压缩的一段；请重新下载，"+
		"或者把各分卷放在一起解压，再把解压出来的文件夹加进来",
		"the archive cannot be opened: a download that did not end, or one part of several; download it again, or "+
			"unpack all parts together and add the folder")
	bomb = fault("too-large", "压缩包解开后大得不正常，没有打开，什么都没有留下；请先解压，再把要用的文件加进来",
		"the archive unpacks to more than it could have been packed from: unpack it and add the files that matter")
	tooMany = fault("too-large", "压缩包里的文件太多，没有打开；请先解压，再把要用的文件夹加进来",
		"too many files in the archive: unpack it and add the folders that matter")
	empty = fault("archive", "压缩包里没有文件", "no file in the archive")
	// Others are the archives that are not opened.
	others = fault("archive", "这种压缩包程序不打开：请用解压软件（电脑上的 7-Zip、Bandizip、WinRAR，手机上的文件管理）解压，"+
		"再把解压出来的文件夹加进来",
		"archives of this kind are not opened here: unpack it and add the folder")
	nested = fault("archive", "压缩包里还有一个压缩包，里面的没有打开；请先把它解压出来，再把解压出来的文件夹加进来",
		"an archive within an archive, not opened: unpack it and add the folder")
	bundle = fault("archive", "这是一份证据包，不是手机文件的压缩包；核对它：juzheng verify 证据包.zip",
		"a bundle of evidence and no archive of phone files; to check it: juzheng verify BUNDLE.zip")
)

// NotOpened is what to say of an archive of a form that is not opened.
func NotOpened() Fault { return others }

// Nested is what to say of an archive that lies in another.
func Nested() Fault { return nested }

// tarMark stands in the head of the first file of a tar.
const tarMark = 257

// Recognise tells an archive that is opened from other files. Whether a zip is
// one of files, or a document or program that is packed so, the caller knows.
func Recognise(r io.ReaderAt, size int64) (Kind, bool) {
	head := make([]byte, 512)
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")),
		bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return Zip, true
	case isTar(head):
		return Tar, true
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(io.NewSectionReader(r, 0, size))
		if err != nil {
			return "", false
		}
		first := make([]byte, 512)
		n, _ := io.ReadFull(z, first)
		return TarGz, isTar(first[:n])
	case bytes.HasPrefix(head, []byte("BZh")):
		first := make([]byte, 512)
		n, _ := io.ReadFull(bzip2.NewReader(io.NewSectionReader(r, 0, size)), first)
		return TarBz, isTar(first[:n])
	case bytes.HasPrefix(head, []byte(xzMark)):
		z, err := newXZ(io.NewSectionReader(r, 0, size))
		if err != nil {
			return "", false
		}
		first := make([]byte, 512)
		n, _ := io.ReadFull(z, first)
		return TarXz, isTar(first[:n])
	}
	return "", false
}

func isTar(head []byte) bool {
	return len(head) >= tarMark+5 && string(head[tarMark:tarMark+5]) == "ustar"
}

// Unpack writes the files of an archive into dir and lists them in their order
// there, the ones that could not be had with the reason. The error is a [Fault]
// where the archive as a whole cannot be used; then nothing counts that was
// written.
func Unpack(ctx context.Context, r io.ReaderAt, size int64, kind Kind, dir string, l Limits) ([]Member, error) {
	u := &unpacking{ctx: ctx, dir: dir, limits: l, left: l.Bytes}
	var err error
	switch kind {
	case Zip:
		err = u.zip(r, size)
	case Tar:
		err = u.tar(io.NewSectionReader(r, 0, size))
	case TarGz:
		var z *gzip.Reader
		if z, err = gzip.NewReader(io.NewSectionReader(r, 0, size)); err != nil {
			return nil, &cut
		}
		err = u.tar(z)
	case TarXz:
		var z *xzReader
		if z, err = newXZ(io.NewSectionReader(r, 0, size)); err != nil {
			return nil, &cut
		}
		if err = u.tar(z); err == nil {
			// The digest of a block stands behind it, and a tar ends before.
			if _, behind := io.Copy(io.Discard, io.LimitReader(z, 1<<20)); behind != nil {
				err = u.add(Member{Name: cutTail, Bad: harmed})
			}
		}
	case TarBz:
		err = u.tar(bzip2.NewReader(io.NewSectionReader(r, 0, size)))
	default:
		err = &others
	}
	if err == nil && len(u.members) == 0 {
		err = &empty
	}
	if err != nil {
		return nil, err
	}
	return u.members, nil
}

type unpacking struct {
	ctx     context.Context
	dir     string
	limits  Limits
	left    int64 // bytes that may still be written
	members []Member
}

// add lists a file; not ok where there are too many.
func (u *unpacking) add(m Member) error {
	if len(u.members) >= u.limits.Files {
		return &tooMany
	}
	u.members = append(u.members, m)
	return nil
}

// write puts the bytes of a file into the folder. A fault of the file is in the
// member; the error is one of the disk, or ends the archive.
func (u *unpacking) write(m Member, in io.Reader) error {
	name := filepath.Join(u.dir, strconv.Itoa(len(u.members)))
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	from := &reader{ctx: u.ctx, r: in}
	n, err := io.Copy(out, io.LimitReader(from, min(u.limits.File, u.left)+1))
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	switch {
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case from.err != nil:
		m.Bad = harmed
	case err != nil:
		return fmt.Errorf("unpack: %w", err)
	case n > u.left:
		return &bomb
	case n > u.limits.File:
		m.Bad = large
	default:
		m.File, m.Size = name, n
	}
	if u.left -= n; m.Bad.Code != "" {
		if err := os.Remove(name); err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
	} else if !m.Modified.IsZero() {
		if err := os.Chtimes(name, m.Modified, m.Modified); err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
	}
	return u.add(m)
}

// A reader keeps the archive's errors apart from those of the disk.
type reader struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// nameOf reads the path of a file in an archive: bytes of Windows programs are
// GBK, and their separator the other one. Not ok if it leads out of the archive.
func nameOf(raw string) (m Member, ok bool) {
	name := raw
	if !utf8.ValidString(raw) {
		m.Raw = raw
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil {
			name = s
		}
		name = strings.ToValidUTF8(name, "?")
	}
	name = strings.ReplaceAll(name, `\`, "/")
	for strings.HasPrefix(name, "./") {
		name = strings.TrimPrefix(name, "./")
	}
	m.Name = name
	drive := len(name) > 1 && name[1] == ':'
	return m, fs.ValidPath(strings.TrimSuffix(name, "/")) && !drive && !strings.ContainsRune(name, 0)
}
