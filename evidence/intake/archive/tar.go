package archive

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"juzheng/evidence"
)

// modeKept are the bits of a mode that a regular file may have.
const modeKept = fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky

func notFile(mode fs.FileMode) Fault {
	if mode&fs.ModeSymlink != 0 {
		return link
	}
	return special
}

// tar unpacks a tar. One that is cut gives its files up to there, and one more
// that says so.
func (u *unpacking) tar(r io.Reader) error {
	headers := &io.LimitedReader{R: r, N: u.limits.Bytes + 1<<30}
	end := &zeros{r: headers}
	t := tar.NewReader(end)
	for {
		if err := u.ctx.Err(); err != nil {
			return err
		}
		h, err := t.Next()
		switch {
		case err == io.EOF && end.n < tarBlock:
			return u.add(Member{Name: cutTail, Bad: tail})
		case err == io.EOF:
			return nil
		case errors.Is(err, tar.ErrInsecurePath): // looked at below
		case err != nil && headers.N <= 0:
			return &bomb
		case err != nil && len(u.members) == 0:
			return &cut
		case err != nil:
			return u.add(Member{Name: cutTail, Bad: tail})
		}
		m, ok := nameOf(h.Name)
		m.Size = h.Size
		if !h.ModTime.IsZero() && h.ModTime.Unix() > 0 {
			m.Modified = h.ModTime.In(evidence.Beijing)
		}
		switch {
		case h.Typeflag == tar.TypeDir || strings.HasSuffix(m.Name, "/"):
			continue
		case h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case !ok:
			m.Bad = outside
		case h.Typeflag == tar.TypeLink:
			m.Bad = link
		case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse:
			m.Bad = notFile(h.FileInfo().Mode())
		case h.Size > u.limits.File:
			m.Bad = large
		}
		if m.Bad.Code != "" {
			err = u.add(m)
		} else {
			err = u.write(m, t)
		}
		if err != nil {
			return err
		}
	}
}

// tarBlock is what a tar is written in; two of zeros end it.
const tarBlock = 512

// A zeros counts the zeros that stand last in what was read.
type zeros struct {
	r io.Reader
	n int
}

func (z *zeros) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	text := bytes.TrimRight(p[:n], "\x00")
	if len(text) > 0 {
		z.n = 0
	}
	z.n = min(z.n+n-len(text), tarBlock)
	return n, err
}

// cutTail stands for the files behind the place where a tar is cut.
const cutTail = "…"

var tail = fault("archive-damaged", "压缩包从这里起断了，后面的文件没有读到；请重新下载或重新打包再加一次",
	"the archive is cut here, and what stood behind was not read: download or pack it again")
