package bag

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A pathFault says why a path is not safe to use on every system. The empty
// fault is none.
type pathFault string

const (
	faultEmpty     pathFault = "empty"
	faultAbsolute  pathFault = "absolute"
	faultParent    pathFault = "parent"
	faultDot       pathFault = "dot"
	faultBackslash pathFault = "backslash"
	faultDrive     pathFault = "drive"
	faultTilde     pathFault = "tilde"
	faultControl   pathFault = "control"
	faultReserved  pathFault = "reserved"
	faultTrailing  pathFault = "trailing"
	faultNotUTF8   pathFault = "not-utf8"
	faultCharacter pathFault = "character"
)

// escapes reports whether the fault lets a path leave the bag. Such a path is
// refused in any bag; the others only in ours.
func (f pathFault) escapes() bool {
	switch f {
	case faultAbsolute, faultParent, faultDrive, faultTilde:
		return true
	}
	return false
}

// checkPath finds the first fault of a path with / as separator. It applies
// the rules of Windows everywhere: a bundle made here must open there, and
// filepath.IsLocal knows only the rules of the running system.
func checkPath(p string) pathFault {
	switch {
	case p == "":
		return faultEmpty
	case strings.HasPrefix(p, "/") || strings.HasPrefix(p, `\\`):
		return faultAbsolute
	case strings.HasPrefix(p, "~"):
		return faultTilde
	case len(p) >= 2 && p[1] == ':' && isLetter(p[0]):
		return faultDrive
	case !utf8.ValidString(p):
		return faultNotUTF8
	}
	// A way out is named before anything milder.
	for _, part := range strings.FieldsFunc(p, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." {
			return faultParent
		}
	}
	for part := range strings.SplitSeq(p, "/") {
		if f := checkPart(part); f != "" {
			return f
		}
	}
	return ""
}

func checkPart(part string) pathFault {
	if part == "" {
		return faultEmpty
	}
	if part == "." {
		return faultDot
	}
	for _, r := range part {
		switch {
		case r == '\\':
			return faultBackslash
		case unicode.IsControl(r):
			return faultControl
		case strings.ContainsRune(`<>:"|?*`, r):
			return faultCharacter
		case invisible(r):
			return faultCharacter
		}
	}
	if last, _ := utf8.DecodeLastRuneInString(part); last == '.' || unicode.IsSpace(last) {
		return faultTrailing
	}
	if reserved(part) {
		return faultReserved
	}
	return ""
}

// invisible reports characters that make a name look like another one:
// direction marks, zero-width characters, the byte order mark.
func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// reserved reports the device names of Windows, also with an extension or
// followed by spaces, where opening the file would talk to a device.
func reserved(part string) bool {
	base, _, _ := strings.Cut(part, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	if !strings.HasPrefix(base, "COM") && !strings.HasPrefix(base, "LPT") {
		return false
	}
	switch base[3:] {
	case "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "¹", "²", "³":
		return true
	}
	return false
}

// plainName reports whether a path is one this program writes: parts of
// ASCII letters, digits, dot and dash (and underscore in tag files), not
// beginning with a dot or dash, at most 64 bytes each.
func plainName(p string, underscore bool) bool {
	if checkPath(p) != "" {
		return false
	}
	for part := range strings.SplitSeq(p, "/") {
		if len(part) > 64 || part[0] == '.' || part[0] == '-' {
			return false
		}
		for i := range len(part) {
			c := part[i]
			ok := isLetter(c) || c >= '0' && c <= '9' || c == '.' || c == '-' || underscore && c == '_'
			if !ok {
				return false
			}
		}
	}
	return true
}

// plainPayload reports whether p is a payload path of our own: data/ and then
// flat or one level deep.
func plainPayload(p string) bool {
	rest, ok := strings.CutPrefix(p, "data/")
	return ok && strings.Count(rest, "/") <= 1 && plainName(rest, false)
}

// twinKey is equal for paths that some system takes for one and the same:
// those that differ only in case or in Unicode normal form.
func twinKey(p string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(p))) }

// shown writes a path so that it can be printed: what is not plain text is
// escaped, so that no name can hide itself or move the cursor.
func shown(p string) string {
	plain := utf8.ValidString(p)
	for _, r := range p {
		if unicode.IsControl(r) || invisible(r) {
			plain = false
		}
	}
	if plain {
		return p
	}
	var b strings.Builder
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRuneInString(p[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(`\x` + hexByte(p[i]))
		case unicode.IsControl(r) || invisible(r):
			for j := range n {
				b.WriteString(`\x` + hexByte(p[i+j]))
			}
		default:
			b.WriteString(p[i : i+n])
		}
		i += n
	}
	return b.String()
}

func hexByte(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}

// systemName reports the names under which file managers and office programs
// leave their own files in a folder that is only looked at.
func systemName(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "desktop.ini", "__macosx":
		return true
	}
	return strings.HasPrefix(name, "._") || strings.HasPrefix(name, "~$") ||
		strings.HasPrefix(name, ".~lock.") && strings.HasSuffix(name, "#")
}

// systemPath reports a file of a system, by its own name. That its folder has
// such a name makes it none: whatever was put there would pass for nothing.
func systemPath(p string) bool { return systemName(path.Base(p)) }

// systemFolder reports the one folder that a system makes, with what it nests
// there: that of macOS in zips.
func systemFolder(p string) bool {
	for part := range strings.SplitSeq(p, "/") {
		if strings.EqualFold(part, "__MACOSX") {
			return true
		}
	}
	return false
}
