package bag

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxZipName is the longest name read, in bytes: the longest path of Linux.
const maxZipName = 4096

// maxAbove is how many folders may stand above the bag in a zip or folder:
// the one it was packed as, and two that unpacking and packing put around it.
const maxAbove = 3

// onlyZip returns the name of the one file of a zip, if that is a zip.
func onlyZip(entries []*zipEntry) string {
	name := ""
	for _, e := range entries {
		if e.dir || systemPath(e.name) {
			continue
		}
		if name != "" || !strings.EqualFold(e.name[max(0, len(e.name)-4):], ".zip") {
			return ""
		}
		name = e.name
	}
	return name
}

// zipPrefix returns what stands before the names of the bag: "bundle/", or
// nothing where the files were packed and not their folder, or more where the
// folder lay in another one. It follows the one folder there is as long as
// there is no file beside it.
func zipPrefix(entries []*zipEntry) string {
	prefix := ""
	for range maxAbove {
		only := ""
		for _, e := range entries {
			rest, inside := strings.CutPrefix(e.full(), prefix)
			first, _, folder := strings.Cut(rest, "/")
			switch {
			case !inside || rest == "" || besideBag(rest):
			case !folder || only != "" && only != first:
				return prefix
			default:
				only = first
			}
		}
		if only == "" {
			return prefix
		}
		prefix += only + "/"
	}
	return prefix
}

// besideBag reports what a system put beside the folder of the bag.
func besideBag(rest string) bool {
	if folder, is := strings.CutSuffix(rest, "/"); is {
		return systemFolder(folder)
	}
	return systemPath(rest)
}

// full is the name as it stands, a folder's with its slash.
func (e *zipEntry) full() string { return string(e.rawName()) }

// checkEntries applies the rules for what a zip of a bag may hold. How the
// folders above the bag are called may read differently from one program to
// the next; what is below must be one and the same for all.
func checkEntries(entries []*zipEntry, prefix string, limits Limits) error {
	total := int64(0)
	twins := map[string]string{}
	files := map[string]bool{}
	above := ""
	for _, e := range entries {
		if err := checkEntry(e, prefix, limits); err != nil {
			return err
		}
		if total += e.size; total > limits.Bytes || total < 0 {
			return zipErr("E-LIMIT", e.name, Text{"解压后超过 %d 字节", "more than %d bytes unpacked"}, limits.Bytes)
		}
		if key, inside := e.above(prefix); inside {
			if above != "" && key != above {
				return zipErr("E-ZIP-UNCLEAR", e.name,
					Text{"上层文件夹的名字前后写法不一", "the folder above it is written in two ways"})
			}
			above = key
		}
		key := twinKey(zipText(e.name))
		if other, ok := twins[key]; ok {
			return zipErr("E-ZIP-DUPLICATE", e.name, Text{"与 %s 同名", "same name as %s"}, shown(other))
		}
		twins[key] = zipText(e.name)
		if !e.dir {
			files[key] = true
		}
	}
	if err := checkTop(entries, prefix); err != nil {
		return err
	}
	for _, e := range entries {
		for key := twinKey(zipText(e.name)); ; {
			i := strings.LastIndexByte(key, '/')
			if i < 0 {
				break
			}
			if key = key[:i]; files[key] {
				return zipErr("E-ZIP-DUPLICATE", e.name, Text{"它所在的文件夹又是一个文件", "its folder is also a file"})
			}
		}
	}
	return nil
}

// checkTop refuses a zip in which the bag lies beside something else.
func checkTop(entries []*zipEntry, prefix string) error {
	below := false
	for _, e := range entries {
		rest, inside := strings.CutPrefix(e.name, prefix)
		if inside && rest == bagitName {
			return nil
		}
		below = below || inside && strings.HasSuffix(rest, "/"+bagitName) && !strings.HasPrefix(rest, "data/")
	}
	if below {
		return zipErr("E-ZIP-TOP", "", Text{})
	}
	return nil
}

// above is all by which readers make out the folders above the bag. It must
// be the same in all entries, or some reader unpacks two folders.
func (e *zipEntry) above(prefix string) (key string, inside bool) {
	if prefix == "" || !strings.HasPrefix(e.full(), prefix) {
		return "", false
	}
	key = "|"
	if e.flags&flagUTF8 != 0 && !isASCII(prefix) {
		key = "UTF-8|"
	}
	rest := e.full()[len(prefix):]
	for _, second := range e.second {
		key += strings.TrimSuffix(second, rest) + "|"
	}
	return key, true
}

// zipText is a name for comparison and for people: that of Windows in China
// is in GBK.
func zipText(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if s, err := simplifiedchinese.GBK.NewDecoder().String(name); err == nil && utf8.ValidString(s) {
		return s
	}
	return shown(name)
}

func checkEntry(e *zipEntry, prefix string, limits Limits) error {
	if e.flags&flagEncrypted != 0 || e.flags&(1<<6|1<<13) != 0 {
		return zipErr("E-ZIP-ENCRYPTED", e.name, Text{})
	}
	if e.flags&^flagsKnown != 0 || e.method != methodStore && e.method != methodDeflate {
		return zipErr("E-ZIP-METHOD", e.name, Text{"方式 %d，标志 %#x", "method %d, flags %#x"}, e.method, e.flags)
	}
	if err := checkZipName(e, prefix); err != nil {
		return err
	}
	if err := checkZipKind(e); err != nil {
		return err
	}
	// Some writers pack the nothing of a folder, which takes two bytes.
	if e.dir && e.packed != 0 && (e.method != methodDeflate || e.packed > 2) {
		return zipErr("E-ZIP-SIZE", e.name, Text{"文件夹里有 %d 字节", "a folder with %d bytes"}, e.packed)
	}
	if e.method == methodStore && e.packed != e.size {
		return zipErr("E-ZIP-SIZE", e.name, Text{"未压缩，%d 字节却存成 %d 字节", "stored %d bytes as %d"}, e.size, e.packed)
	}
	if e.size > 1<<20 && e.size/limits.Ratio > e.packed {
		return zipErr("E-ZIP-BOMB", e.name, Text{"%[2]d 字节解压成 %[1]d 字节", "%[1]d bytes packed into %[2]d"}, e.size,
			e.packed)
	}
	return nil
}

// checkZipName asks for a name that is safe, and that every program reads
// alike below the folders above the bag.
func checkZipName(e *zipEntry, prefix string) error {
	if depth := strings.Count(e.name, "/"); len(e.name) > maxZipName || depth > maxDepth {
		return zipErr("E-ZIP-NAME", e.name[:40]+"…", Text{"名字有 %d 字节、%d 层文件夹", "%d bytes, %d folders"}, len(e.name),
			depth)
	}
	// PowerShell 5 writes the backslash of Windows, which other systems take
	// for a letter. A way out is named before that.
	slashed := strings.ReplaceAll(zipText(e.name), `\`, "/")
	if f := checkPath(slashed); f != "" {
		return zipErr("E-ZIP-NAME", zipText(e.name), faultWords[f])
	}
	rest, inside := strings.CutPrefix(e.full(), prefix)
	if !inside {
		rest = "" // a folder above the bag, or a file of the system beside it
	}
	switch {
	case slashed != zipText(e.name):
		return zipErr("E-ZIP-UNCLEAR", zipText(e.name), Text{"用反斜杠分隔文件夹", "folders are parted by backslashes"})
	case !isASCII(e.name) && e.flags&flagUTF8 != 0 && !utf8.ValidString(e.name),
		!isASCII(rest) && e.flags&flagUTF8 == 0:
		return zipErr("E-ZIP-UNCLEAR", zipText(e.name), Text{"名字的编码不明", "the encoding of its name is unclear"})
	}
	for _, second := range e.second {
		above, same := strings.CutSuffix(second, rest)
		want := strings.TrimSuffix(e.full(), rest)
		if second != "" && (!same || checkPath(strings.TrimSuffix(second, "/")) != "" ||
			strings.HasSuffix(above, "/") != strings.HasSuffix(want, "/") ||
			strings.Count(above, "/") != strings.Count(want, "/") || systemPath(second) != systemPath(e.name)) {
			return zipErr("E-ZIP-NAME", zipText(e.name), Text{"另有一个名字 %s", "it has a second name %s"}, shown(second))
		}
	}
	return nil
}

// checkZipKind refuses what some program makes a link, a device or a label of.
// The upper half of the attributes is a mode of Unix to several readers,
// whatever system the entry is said to come from.
func checkZipKind(e *zipEntry) error {
	switch mode := e.attributes >> 16 & 0o170000; {
	case mode == 0, mode == 0o100000 && !e.dir, mode == 0o040000 && e.dir:
	default:
		return zipErr("E-ZIP-TYPE", zipText(e.name), Text{"文件类型 %#o", "file type %#o"}, mode)
	}
	const folder, label, device, reparse = 0x10, 0x08, 0x40, 0x400 // of Windows
	if e.attributes&(label|device|reparse) != 0 {
		return zipErr("E-ZIP-TYPE", zipText(e.name), Text{"Windows 属性 %#x", "Windows attributes %#x"},
			e.attributes&0xffff)
	}
	if e.attributes&folder != 0 && !e.dir || e.dir && e.size != 0 {
		return zipErr("E-ZIP-TYPE", zipText(e.name), Text{"既是文件又是文件夹", "file and folder at once"})
	}
	return nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
