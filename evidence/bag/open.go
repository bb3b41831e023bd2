package bag

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence/lazyregexp"
)

func (c *check) openTree(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return c.openFolder(path)
	}
	if !info.Mode().IsRegular() {
		return c.refuse("E-NOT-A-BAG", "", neither)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|openNonblock, 0)
	if err != nil {
		return err
	}
	err = c.openZip(zipSource{ReaderAt: f, size: info.Size(), file: f, info: info}, filepath.Ext(path))
	if err != nil {
		f.Close()
	}
	return err
}

var neither = Text{"既不是文件夹，也不是 zip 文件", "neither a folder nor a zip file"}

// openZip opens a zip whose name ends in ext.
func (c *check) openZip(source zipSource, ext string) error {
	head := make([]byte, 512)
	n, _ := source.ReadAt(head, 0)
	head = head[:n]
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return c.noZip(head, ext)
	}
	c.res.Zip = true
	z, err := openZip(source, c.opt.Limits)
	if cut := (*zipFault)(nil); errors.As(err, &cut) && cut.code == "E-ZIP-CUT" && volume.MatchString(ext) {
		return c.refuse("E-ARCHIVE", "", onePart)
	}
	if err != nil {
		return err
	}
	c.tree = z
	if strings.Count(z.prefix, "/") > 1 {
		c.below = strings.TrimSuffix(z.prefix, "/")
	}
	return nil
}

// otherFormats are what people send in place of a zip, by how it begins.
var otherFormats = []struct{ mark, name string }{
	{"Rar!\x1a\x07", "RAR"}, {"7z\xbc\xaf\x27\x1c", "7z"}, {"\x1f\x8b", "gzip"}, {"BZh", "bzip2"},
	{"\xfd7zXZ\x00", "xz"}, {"MSCF", "CAB"}, {"\x28\xb5\x2f\xfd", "Zstandard"},
}

// volume is the ending of one part of an archive that was cut in pieces.
var volume = lazyregexp.New(`(?i)^\.([0-9]{3}|z[0-9]{2}|r[0-9]{2})$`)

var onePart = Text{"分卷压缩的一段", "one part of an archive in several"}

var htmlStart = lazyregexp.New(`(?i)^(\x{feff}|\s)*<(!doctype html|html|head|body|script|meta)`)

// noZip says what a file is that does not begin as a zip does.
func (c *check) noZip(head []byte, ext string) error {
	switch {
	case len(head) == 0:
		return c.refuse("E-NOT-A-BAG", "", Text{"是空文件，多半没有下载完",
			"the file is empty; most likely the download did not end"})
	case volume.MatchString(ext), bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return c.refuse("E-ARCHIVE", "", onePart)
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return c.refuse("E-ARCHIVE", "", "tar")
	case htmlStart.Match(head):
		return c.refuse("E-NOT-A-BAG", "", Text{"这是一个网页（HTML），不是压缩包：多半是下载时没有登录，或链接已失效",
			"this is a web page (HTML) and no archive: most likely the download wanted a login, or its link had ended"})
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return c.refuse("E-NOT-A-BAG", "", Text{"这是一个 PDF 文件", "this is a PDF file"})
	}
	for _, f := range otherFormats {
		if bytes.HasPrefix(head, []byte(f.mark)) {
			return c.refuse("E-ARCHIVE", "", f.name)
		}
	}
	if strings.EqualFold(ext, ".zip") {
		return zipErr("E-ZIP-GAP", "", Text{"开头不是 zip 的内容", "does not begin with an entry"})
	}
	return c.refuse("E-NOT-A-BAG", "", neither)
}

// openFolder opens a folder or, where it holds no bag itself, the one bag
// below it: unpacking and copying put folders around a folder.
func (c *check) openFolder(path string) error {
	t, err := openFolder(path)
	if err != nil {
		return err
	}
	c.tree = t
	if t.bagAt(".") {
		return nil
	}
	bags, zips := t.bagsBelow()
	switch {
	case len(bags) == 1:
		below, err := openFolder(filepath.Join(path, filepath.FromSlash(bags[0])))
		if err != nil {
			return err
		}
		t.close()
		c.tree, c.below = below, bags[0]
	case len(bags) > 1:
		list := shown(strings.Join(bags[:min(len(bags), 5)], "  "))
		return c.refuse("E-NOT-A-BAG", "", Text{fmt.Sprintf("里面有 %d 个证据包，请一次核对一个：%s", len(bags), list),
			fmt.Sprintf("there are %d bags in it, check one at a time: %s", len(bags), list)})
	case len(zips) > 0:
		return c.refuse("E-NOT-A-BAG", "", Text{"里面没有 bagit.txt；有一个压缩包，请核对它：" + shown(zips[0]),
			"there is no bagit.txt in it, but a zip; check that: " + shown(zips[0])})
	}
	return nil
}

// bagAt reports whether a folder is a bag or was one: bagit.txt may be what
// is gone.
func (t *folderTree) bagAt(dir string) bool {
	marks := 0
	for _, name := range append([]string{bagitName}, ownMarks...) {
		info, err := t.root.Lstat(filepath.Join(filepath.FromSlash(dir), name))
		switch {
		case err != nil:
		case name == bagitName:
			return true
		case info.Mode().IsRegular():
			marks++
		}
	}
	return marks >= 2
}

// bagsBelow finds the bags, and the zips, in the folders that lie one or two
// levels down.
func (t *folderTree) bagsBelow() (bags, zips []string) {
	level := []string{"."}
	for range maxAbove - 1 {
		var next []string
		for _, dir := range level {
			names, err := t.names(node{path: dir}, 1000)
			if err != nil {
				continue
			}
			for _, name := range names {
				p := strings.TrimPrefix(dir+"/"+name, "./")
				info, err := t.root.Lstat(filepath.FromSlash(p))
				switch {
				case err != nil || systemName(name):
				case info.Mode().IsRegular() && strings.EqualFold(filepath.Ext(name), ".zip"):
					zips = append(zips, p)
				case !info.IsDir():
				case t.bagAt(p):
					bags = append(bags, p)
				case len(next) < 100:
					next = append(next, p)
				}
			}
		}
		level = next
	}
	slices.Sort(bags)
	slices.Sort(zips)
	return bags, zips
}
