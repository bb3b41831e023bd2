package bag

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// A foreign bag in these tests is a map of names to content. In a manifest,
// {alg:name} stands for a digest of that file of the bag, {alg:name!} for it in
// capitals.
type foreign map[string]string

const old = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"

func (f foreign) write(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bag")
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	expand := func(s string) string {
		for {
			i := strings.Index(s, "{")
			j := strings.Index(s, "}")
			if i < 0 || j < i {
				return s
			}
			alg, name, _ := strings.Cut(s[i+1:j], ":")
			name, capitals := strings.CutSuffix(name, "!")
			h := algorithms[alg]()
			h.Write([]byte(f[name]))
			digest := hex.EncodeToString(h.Sum(nil))
			if capitals {
				digest = strings.ToUpper(digest)
			}
			s = s[:i] + digest + s[j+1:]
		}
	}
	f = f.with("", "")
	// What a manifest lists before the manifest: payload and tag files, then
	// payload manifests, then tag manifests.
	for rank := range 3 {
		for _, name := range sortedKeys(f) {
			_, tag, ok := manifestAlgorithm(name)
			if rank == 0 && ok || rank == 1 && (!ok || tag) || rank == 2 && !tag {
				continue
			}
			s := f[name]
			if ok {
				s = expand(s)
			}
			if text, is := strings.CutPrefix(s, inUTF16); is {
				s = utf16BE(text)
			}
			f[name] = s
		}
	}
	for _, name := range sortedKeys(f) {
		if name == "" {
			continue
		}
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(f[name]), 0o644); err != nil {
			t.Skipf("this file system refuses %q: %v", name, err)
		}
	}
	return dir
}

// with returns a copy with one file changed; content "-" removes it.
func (f foreign) with(pairs ...string) foreign {
	out := foreign{}
	for k, v := range f {
		out[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "-" {
			delete(out, pairs[i])
		} else if pairs[i] != "" {
			out[pairs[i]] = pairs[i+1]
		}
	}
	return out
}

// inUTF16 begins a file that is written as UTF-16BE.
const inUTF16 = "UTF-16BE:"

func utf16BE(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u >> 8))
		b.WriteByte(byte(u))
	}
	return b.String()
}

// The words of the public conformance suite; refused is invalid before
// anything was read.
const valid, warning, invalid, refused = "valid", "warning", "invalid", "refused"

func wordFor(res *Result) string {
	switch res.ExitCode() {
	case 0:
	case 8:
		return refused
	default:
		return invalid
	}
	for _, p := range res.Problems {
		if p.Severity == Warning {
			return warning
		}
	}
	return valid
}

// TestForeignBags judges bags of others as RFC 8493 asks. The words valid,
// warning and invalid are those of the public conformance suite.
func TestForeignBags(t *testing.T) {
	v1 := plainBag
	v097 := v1.with("bagit.txt", old)
	nfc, nfd := "data/"+norm.NFC.String("Núñez"), "data/"+norm.NFD.String("Núñez")
	for _, tt := range []struct {
		name string
		bag  foreign
		want string
		code string // one that must be among the problems
	}{
		{"1.0", v1, valid, ""},
		{"0.97", v097, valid, "N-BAGIT-OLD"},
		{"0.93 with package-info", v1.with("bagit.txt", strings.Replace(old, "7", "3", 1), "package-info.txt",
			"Payload-Oxum: 2.2\n"), valid, ""},
		{"0.93 with wrong package-info",
			v1.with("bagit.txt", strings.Replace(old, "7", "3", 1), "package-info.txt",
				"Payload-Oxum: 3.2\n"), invalid, "E-OXUM-DIFFERS"},
		{"md5", v1.with("manifest-sha512.txt", "-", "manifest-md5.txt",
			"{md5:data/a.txt}  data/a.txt\n{md5:data/sub/b.txt}  data/sub/b.txt\n"), valid, "W-ALGORITHM-WEAK"},
		{"sha224", v1.with("manifest-sha512.txt", "-", "manifest-sha224.txt",
			"{sha224:data/a.txt}  data/a.txt\n{sha224:data/sub/b.txt}  data/sub/b.txt\n"), valid, ""},
		{"sha3-256", v1.with("manifest-sha512.txt", "-", "manifest-sha3256.txt",
			"{sha3256:data/a.txt}  data/a.txt\n{sha3256:data/sub/b.txt}  data/sub/b.txt\n"), valid, ""},
		{"sm3", v1.with("manifest-sha512.txt", "-", "manifest-sm3.txt",
			"{sm3:data/a.txt}  data/a.txt\n{sm3:data/sub/b.txt}  data/sub/b.txt\n"), valid, ""},
		{"sm3 wrong", v1.with("manifest-sha512.txt", "-", "manifest-sm3.txt",
			"{sm3:data/a.txt}  data/a.txt\n{sm3:data/a.txt}  data/sub/b.txt\n"), invalid, "E-FILE-MODIFIED"},
		{"unknown algorithm beside a known one", v1.with("manifest-foo.txt", "12 data/a.txt\n"), warning,
			"W-ALGORITHM-UNKNOWN"},
		{"CR line ends", v1.with("manifest-sha512.txt",
			"{sha512:data/a.txt}  data/a.txt\r{sha512:data/sub/b.txt}  data/sub/b.txt\r"), valid, ""},
		{"CRLF line ends", v1.with("manifest-sha512.txt",
			"{sha512:data/a.txt}  data/a.txt\r\n{sha512:data/sub/b.txt}  data/sub/b.txt"), valid, ""},
		{"CRLF in bagit.txt", v1.with("bagit.txt", strings.ReplaceAll(declaration, "\n", "\r\n")), valid, ""},
		{"tabs", v1.with("manifest-sha512.txt",
			"{sha512:data/a.txt}\tdata/a.txt\n{sha512:data/sub/b.txt} \t data/sub/b.txt\n"), valid, ""},
		{"BOM in a manifest", v1.with("manifest-sha512.txt", "\ufeff"+v1["manifest-sha512.txt"]), warning, "W-BOM"},
		{"BOM in bagit.txt", v1.with("bagit.txt", "\ufeff"+declaration), invalid, "E-BAGIT-FORM"},
		{"BOM in bagit.txt 0.97", v1.with("bagit.txt", "\ufeff"+old), invalid, "E-BAGIT-FORM"},
		{"spaces in bagit.txt", v1.with("bagit.txt", strings.Replace(declaration, ": ", " : ", 1)),
			invalid, "E-BAGIT-FORM"},
		{"spaces in bagit.txt 0.97", v1.with("bagit.txt", strings.Replace(old, ": ", ":  ", 1)),
			invalid, "E-BAGIT-FORM"},
		{"third line in bagit.txt", v1.with("bagit.txt", declaration+"more\n"), invalid, "E-BAGIT-FORM"},
		{"empty third line", v1.with("bagit.txt", declaration+"\n"), warning, "W-BAGIT-LINES"},
		{"lines of bagit.txt swapped", v1.with("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n"),
			invalid, "E-BAGIT-FORM"},
		{"version 9.9", v1.with("bagit.txt", strings.Replace(declaration, "1.0", "9.9", 1)), invalid,
			"E-BAGIT-VERSION"},
		{"no bagit.txt", v1.with("bagit.txt", "-"), refused, "E-NOT-A-BAG"},
		{"no manifest", v1.with("manifest-sha512.txt", "-"), invalid, "E-MANIFEST-NONE"},
		{"only a tag manifest", v1.with("manifest-sha512.txt", "-", "tagmanifest-md5.txt",
			"{md5:bagit.txt}  bagit.txt\n"), invalid, "E-MANIFEST-NONE"},
		{"empty payload", foreign{"bagit.txt": declaration, "manifest-sha512.txt": ""}, valid, ""},
		{"missing file", v1.with("data/a.txt", "-"), invalid, "E-FILE-MISSING"},
		{"changed file", v1.with("data/a.txt", "x", "manifest-sha512.txt",
			strings.Replace(v1["manifest-sha512.txt"], "{sha512:data/a.txt}", "{sha512:data/sub/b.txt}",
				1)), invalid, "E-FILE-MODIFIED"},
		{"extra file", v1.with("data/c.txt", "c"), invalid, "E-FILE-ADDED"},
		{"extra tag file", v1.with("notes.txt", "c"), valid, ""},
		{"extra tag folder", v1.with("notes/notes.txt", "c"), valid, ""},
		{"tag manifest", v1.with("tagmanifest-sha512.txt",
			"{sha512:bagit.txt}  bagit.txt\n{sha512:manifest-sha512.txt}  manifest-sha512.txt\n"), valid, ""},
		{"tag manifest lacks the manifest", v1.with("tagmanifest-sha512.txt", "{sha512:bagit.txt}  bagit.txt\n"),
			invalid, "E-TAGMANIFEST-LACKS"},
		{"tag manifest lacks a tag file",
			v1.with("notes.txt", "c", "tagmanifest-sha512.txt",
				"{sha512:bagit.txt}  bagit.txt\n{sha512:manifest-sha512.txt}  manifest-sha512.txt\n"), warning,
			"W-TAG-UNLISTED"},
		{"tag manifest lists itself", v1.with("tagmanifest-md5.txt",
			"{md5:bagit.txt}  bagit.txt\n{md5:manifest-sha512.txt}  manifest-sha512.txt\n{md5:bagit.txt}  "+
				"tagmanifest-md5.txt\n"), invalid, "E-LINE-SELF"},
		{"tag file missing", v1.with("tagmanifest-sha512.txt",
			"{sha512:bagit.txt}  bagit.txt\n{sha512:manifest-sha512.txt}  manifest-sha512.txt\n{sha512:bagit.txt}  "+
				"bag-info.txt\n"), invalid, "E-FILE-MISSING"},
		{"tag file changed", v1.with("notes.txt", "c", "tagmanifest-sha512.txt",
			"{sha512:manifest-sha512.txt}  manifest-sha512.txt\n{sha512:bagit.txt}  notes.txt\n"), invalid,
			"E-FILE-MODIFIED"},
		{"two manifests", v1.with("manifest-md5.txt",
			"{md5:data/a.txt}  data/a.txt\n{md5:data/sub/b.txt}  data/sub/b.txt\n"), valid, ""},
		{"two uneven manifests", v1.with("manifest-md5.txt", "{md5:data/a.txt}  data/a.txt\n"), invalid,
			"E-MANIFEST-UNEVEN"},
		{"two uneven manifests 0.97", v097.with("manifest-md5.txt", "{md5:data/a.txt}  data/a.txt\n"), valid, ""},
		{"two manifests disagree", v1.with("manifest-md5.txt",
			"{md5:data/a.txt}  data/a.txt\n{md5:data/a.txt}  data/sub/b.txt\n"), invalid, "E-DIGEST-CONFLICT"},
		{"path outside data", v1.with("manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  bagit.txt\n"), invalid, "E-LINE-SCOPE"},
		{"dot dot", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  data/../bagit.txt\n"),
			invalid, "E-PATH-UNSAFE"},
		{"dot dot out", v097.with("manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  ../../../README.md\n"), invalid, "E-PATH-UNSAFE"},
		{"absolute", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  /etc/hostname\n"),
			invalid, "E-PATH-UNSAFE"},
		{"tilde", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  ~/foo\n"),
			invalid, "E-PATH-UNSAFE"},
		{"tilde user in tag manifest", v1.with("tagmanifest-sha512.txt",
			"{sha512:manifest-sha512.txt}  manifest-sha512.txt\n{sha512:bagit.txt}  ~root/foo\n"), invalid,
			"E-PATH-UNSAFE"},
		{"drive", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  C:\\foo\n"),
			invalid, "E-PATH-UNSAFE"},
		{"UNC", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  \\\\host\\foo\n"),
			invalid, "E-PATH-UNSAFE"},
		{"home variable", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:bagit.txt}  $HOME/foo\n"),
			invalid, "E-LINE-SCOPE"},
		{"backslash separator", v1.with("manifest-sha512.txt",
			strings.Replace(v1["manifest-sha512.txt"], "  data/sub/b", `  data\sub\b`, 1)), invalid, "E-LINE-SCOPE"},
		{"listed twice", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:data/a.txt}  data/a.txt\n"),
			invalid, "E-LINE-TWICE"},
		{"listed twice 0.97", v097.with("manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a.txt}  data/a.txt\n"), warning, "E-LINE-TWICE"},
		{"listed twice, unlike", v097.with("manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/sub/b.txt}  data/a.txt\n"), invalid, "E-LINE-CONFLICT"},
		{"md5sum mark", v1.with("manifest-sha512.txt",
			strings.Replace(v1["manifest-sha512.txt"], "  data/a", " *data/a", 1)), warning, "W-LINE-STAR"},
		{"dot slash", v1.with("manifest-sha512.txt",
			strings.ReplaceAll(v1["manifest-sha512.txt"], "data/a.txt\n", "./data/a.txt\n")), warning, "W-LINE-DOT"},
		{"comment", v1.with("manifest-sha512.txt", "# made by hand\n"+v1["manifest-sha512.txt"]), invalid,
			"E-LINE-MALFORMED"},
		{"digest only", v1.with("manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:data/a.txt}\n"), invalid,
			"E-LINE-MALFORMED"},
		{"short digest", v1.with("manifest-sha512.txt",
			strings.Replace(v1["manifest-sha512.txt"], "{sha512:data/a.txt}", "0123abcd",
				1)), invalid, "E-LINE-DIGEST"},
		{"upper-case digest", v1.with("data/a.txt", "-", "data/sub/b.txt", "-", "data/e", "", "manifest-sha512.txt",
			"CF83E1357EEFB8BDF1542850D66D8007D620E4050B5715DC83F4A921D36CE9CE"+
				"47D0D13C5D85F2B0FF8318D2877EEC2F63B931BD47417A81A538327AF927DA3E"+
				"  data/e\n"), valid, ""},
		{"space at the end of a name", v1.with("data/a.txt", "-", "data/a.txt ", "a", "manifest-sha512.txt",
			"{sha512:data/a.txt }  data/a.txt \n{sha512:data/sub/b.txt}  data/sub/b.txt\n"), warning, "W-PATH-AWKWARD"},
		{"spaces within a name", v1.with("data/a b  c.txt", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a b  c.txt}  data/a b  c.txt\n"), valid, ""},
		{"LF in a name", v1.with("data/a\nb", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a\nb}  data/a%0Ab\n"), warning, "W-PATH-AWKWARD"},
		{"CR in a name", v1.with("data/a\rb", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a\rb}  data/a%0db\n"), warning, "W-PATH-AWKWARD"},
		{"a name of %0A encoded", v1.with("data/a%0Ab", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a%0Ab}  data/a%250Ab\n"), valid, ""},
		{"a name of %0A not encoded", v1.with("data/a%0Ab", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a%0Ab}  data/a%0Ab\n"), warning, "W-LINE-PERCENT"},
		{"a lone percent sign", v1.with("data/100%", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/100%}  data/100%\n"), warning, "W-LINE-PERCENT"},
		{"NFC listed, NFD on disk", v1.with(nfd, "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:"+nfd+"}  "+nfc+"\n"), warning, "W-PATH-FORM"},
		{"NFC and NFD listed, one on disk",
			v1.with(nfd, "x", "manifest-sha512.txt",
				v1["manifest-sha512.txt"]+"{sha512:"+nfd+"}  "+nfc+"\n{sha512:"+nfd+"}  "+nfd+"\n"), warning,
			"E-PATH-TWINS"},
		{"NFC and NFD", v1.with(nfd, "x", nfc, "y", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:"+nfc+"}  "+nfc+"\n{sha512:"+nfd+"}  "+nfd+"\n"), warning,
			"E-PATH-TWINS"},
		{"case twins", v1.with("data/A.txt", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/A.txt}  data/A.txt\n"), warning, "E-PATH-TWINS"},
		{"reserved name", v1.with("data/con.txt", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/con.txt}  data/con.txt\n"), warning, "W-PATH-AWKWARD"},
		{"Thumbs.db", v1.with("data/Thumbs.db", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/Thumbs.db}  data/Thumbs.db\n"), warning, "W-SYSTEM-FILE"},
		{".DS_Store", v1.with("data/.DS_Store", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/.DS_Store}  data/.DS_Store\n"), warning, "W-SYSTEM-FILE"},
		{"bag in a bag", v1.with("data/bagit.txt", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/bagit.txt}  data/bagit.txt\n"), valid, "W-BAG-IN-BAG"},
		{"bag-info", v1.with("bag-info.txt",
			"Source-Organization: x\nExternal-Description: a\n  long\n\tone\nPayload-Oxum: 2.2\n"), valid, ""},
		{"elements twice", v1.with("bag-info.txt", "Contact-Name: x\nContact-Name: y\nPayload-Oxum: 2.2\n"), valid, ""},
		{"value with colons", v1.with("bag-info.txt",
			"Url: http://example.invalid:80/\nPayload-Oxum: 2.2\n"), valid, ""},
		{"bag-info is no list", v1.with("bag-info.txt", "hello\n"), invalid, "E-INFO-LINE"},
		{"bag-info begins indented", v1.with("bag-info.txt", "  hello: x\n"), invalid, "E-INFO-LINE"},
		{"Oxum wrong", v1.with("bag-info.txt", "Payload-Oxum: 2.3\n"), invalid, "E-OXUM-DIFFERS"},
		{"oxum in other case", v1.with("bag-info.txt", "payload-oxum: 2.3\n"), invalid, "E-OXUM-DIFFERS"},
		{"Oxum twice", v1.with("bag-info.txt", "Payload-Oxum: 2.2\nPayload-Oxum: 2.2\n"), invalid, "E-OXUM-TWICE"},
		{"Oxum no number", v1.with("bag-info.txt", "Payload-Oxum: 2\n"), invalid, "E-OXUM-FORM"},
		{"Oxum 10^30", v1.with("bag-info.txt", "Payload-Oxum: 1000000000000000000000000000000.2\n"),
			invalid, "E-OXUM-FORM"},
		{"Oxum negative", v1.with("bag-info.txt", "Payload-Oxum: -2.2\n"), invalid, "E-OXUM-FORM"},
		{"ISO-8859-1", v1.with("bagit.txt", strings.Replace(declaration, "UTF-8", "ISO-8859-1", 1), "bag-info.txt",
			"Contact-Name: N\xfa\xf1ez\n"), valid, ""},
		{"ISO-8859-1 path", v1.with("bagit.txt", strings.Replace(declaration, "UTF-8", "ISO-8859-1", 1), nfc, "x",
			"manifest-sha512.txt", v1["manifest-sha512.txt"]+"{sha512:"+nfc+"}  data/N\xfa\xf1ez\n"), valid, ""},
		{"UTF-16BE bag-info", v1.with("bagit.txt", strings.Replace(old, "UTF-8", "UTF-16BE", 1), "bag-info.txt",
			inUTF16+"Payload-Oxum: 2.2\n"), valid, ""},
		{"UTF-16BE wrong Oxum", v1.with("bagit.txt", strings.Replace(old, "UTF-8", "UTF-16BE", 1), "bag-info.txt",
			inUTF16+"Payload-Oxum: 2.3\n"), invalid, "E-OXUM-DIFFERS"},
		{"unknown encoding", v1.with("bagit.txt", strings.Replace(declaration, "UTF-8", "KLINGON", 1)), invalid,
			"E-BAGIT-ENCODING"},
		{"fetched already", v1.with("fetch.txt",
			"http://example.invalid/a.txt 1 data/a.txt\nhttp://example.invalid/b.txt - data/sub/b.txt\n"), valid,
			"E-FETCH"},
		{"to be fetched", v1.with("data/a.txt", "-", "fetch.txt", "http://example.invalid/a.txt 1 data/a.txt\n"),
			invalid, "E-FILE-MISSING"},
		{"fetch what is not listed", v1.with("fetch.txt", "http://example.invalid/a.txt 1 data/z.txt\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch a tag file", v1.with("fetch.txt", "http://example.invalid/a.txt 1 bagit.txt\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch a bare name 0.97", v097.with("fetch.txt", "file:///home/someone/picture.png 42000 picture.png\n"),
			warning, "E-FETCH-LINE"},
		{"fetch climbs out 0.97", v097.with("fetch.txt", "http://example.invalid/a.txt - ../../../README.md\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch to a home 0.97", v097.with("fetch.txt", "http://example.invalid/a.txt - ~root/foo\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch to a drive 0.97", v097.with("fetch.txt", "http://example.invalid/a.txt - C:\\Windows\\setx.exe\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch to a variable 0.97", v097.with("fetch.txt", "http://example.invalid/a.txt - %HomeDrive%\\setx.exe\n"),
			invalid, "E-FETCH-LINE"},
		{"fetch a name with blanks", v1.with("data/a b.txt", "x", "manifest-sha512.txt",
			v1["manifest-sha512.txt"]+"{sha512:data/a b.txt}  data/a b.txt\n", "fetch.txt",
			"http://example.invalid/a.txt 1 data/a b.txt\n"), valid, "E-FETCH"},
		{"fetch climbs out", v1.with("fetch.txt", "http://example.invalid/a.txt 1 data/../../x\n"),
			invalid, "E-FETCH-LINE"},
		{"empty folder", v1.with("data/empty/.keep", "-"), valid, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := verify(t, tt.bag.write(t), Options{})
			got := wordFor(res)
			if got != tt.want || res.Own || res.Valid != (got == valid || got == warning) {
				t.Errorf("got %s (exit %d, valid %v, own %v), want %s\n%s", got, res.ExitCode(), res.Valid, res.Own,
					tt.want, problems(res))
			}
			if tt.code != "" && !hasCode(res, tt.code) {
				t.Errorf("%s is not among\n%s", tt.code, problems(res))
			}
		})
	}
}

func hasCode(res *Result, code string) bool {
	for _, p := range res.Problems {
		if p.Code == code {
			return true
		}
	}
	return false
}

// Codes that the tables above have no row for.
func TestForeignCodes(t *testing.T) {
	bag := foreign{"bagit.txt": declaration, "data/a": "a", "manifest-sha256.txt": "{sha256:data/a}  data/a\n"}
	nfc, nfd, mixed := "ú\u00f1", "u\u0301n\u0303", "ún\u0303"
	for _, c := range []struct {
		code string
		bag  foreign
		exit int
	}{
		{"W-ENCODING", bag.with("bag-info.txt", "Contact-Name: \xff\n"), 0},
		{"N-TAGMANIFEST-NONE", bag, 0},
		{"N-OXUM-MISSING", bag, 0},
		{"E-ALGORITHM-NONE", bag.with("manifest-sha256.txt", "-", "manifest-foo.txt", "00  data/a\n"), 3},
		{"E-LINE-LONG", bag.with("manifest-sha256.txt",
			bag["manifest-sha256.txt"]+zeros+"  data/"+strings.Repeat("x", 70_000)+"\n"), 3},
		{"E-FILE-FORM-RENAMED", bag.with("data/"+nfd, "x", "data/"+mixed, "y", "manifest-sha256.txt",
			bag["manifest-sha256.txt"]+"{sha256:data/"+nfd+"}  data/"+nfc+"\n"), 5},
	} {
		res := verify(t, c.bag.write(t), Options{})
		if res.ExitCode() != c.exit || !hasCode(res, c.code) {
			t.Errorf("%s: exit %d, want %d\n%s", c.code, res.ExitCode(), c.exit, problems(res))
		}
	}
	dir := bag.write(t)
	os.RemoveAll(filepath.Join(dir, "data"))
	if res := verify(t, dir, Options{}); res.ExitCode() != 5 || !hasCode(res, "E-DATA-MISSING") {
		t.Errorf("E-DATA-MISSING: exit %d\n%s", res.ExitCode(), problems(res))
	}
}

// A signature of minisign is not checked, and the report says so.
func TestMinisignIsTold(t *testing.T) {
	dir, _ := newBundle(t)
	create("seal/root.minisig", "untrusted comment: x\n")(t, dir)
	if res := verify(t, dir, Options{}); res.ExitCode() != 0 || res.Verdict != WithinItself ||
		!hasCode(res, "W-MINISIGN") {
		t.Errorf("exit %d, %s\n%s", res.ExitCode(), res.Verdict, problems(res))
	}
}
