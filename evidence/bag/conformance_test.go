package bag

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// drafts are the versions before RFC 8493.
var drafts = []string{"0.93", "0.94", "0.95", "0.96", "0.97"}

func declare(version, encoding string) string {
	return "BagIt-Version: " + version + "\nTag-File-Character-Encoding: " + encoding + "\n"
}

// TestConformance rebuilds, from the standard and from what its cases are
// called, the public BagIt conformance suite: what is valid there must end
// with 0, what is a warning with 0 and a warning, what is invalid with
// neither. The cases for Linux only and Windows only are invalid anywhere: a
// bag is handed on.
func TestConformance(t *testing.T) {
	const md5List = "{md5:data/hello.txt}  data/hello.txt\n{md5:data/sub/bare}  data/sub/bare\n"
	basic := foreign{
		"bagit.txt":        declare("0.97", "UTF-8"),
		"bag-info.txt":     "Bagging-Date: 2016-10-14\nPayload-Oxum: 10.2\n",
		"data/hello.txt":   "hello\n",
		"data/sub/bare":    "bare",
		"manifest-md5.txt": md5List,
		"tagmanifest-md5.txt": "{md5:bag-info.txt}  bag-info.txt\n{md5:bagit.txt}  bagit.txt\n{md5:manifest-md5.txt} " +
			" manifest-md5.txt\n",
	}
	one := basic.with(
		"bagit.txt", declare("1.0", "UTF-8"), "manifest-md5.txt", "-", "tagmanifest-md5.txt", "-",
		"manifest-sha512.txt", "{sha512:data/hello.txt} data/hello.txt\n{sha512:data/sub/bare} data/sub/bare\n",
		"tagmanifest-sha512.txt",
		"{sha512:bag-info.txt} bag-info.txt\n{sha512:bagit.txt} bagit.txt\n{sha512:manifest-sha512.txt} "+
			"manifest-sha512.txt\n")
	plus := func(line string) foreign { return basic.with("manifest-md5.txt", md5List+line+"\n") }
	fetch := func(path string) foreign { return basic.with("fetch.txt", "http://example.invalid/x 6 "+path+"\n") }
	const some = "00000000000000000000000000000000  "
	nfc, nfd := norm.NFC.String("Núñez"), norm.NFD.String("Núñez")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("联系人")
	if err != nil {
		t.Fatal(err)
	}
	type conformance struct {
		name, want string
		bag        foreign
	}
	cases := []conformance{
		{"minimal bag", valid, foreign{"bagit.txt": declare("0.97", "UTF-8"), "manifest-md5.txt": ""}},
		{"holey bag, filled", valid, basic.with("tagmanifest-md5.txt", "-", "fetch.txt",
			"http://example.invalid/hello.txt 6 data/hello.txt\nhttp://example.invalid/b -\tdata/sub/bare\n")},
		{"holey bag, not filled", invalid,
			basic.with("data/hello.txt", "-", "fetch.txt", "http://example.invalid/hello.txt 6 data/hello.txt\n")},
		{"local fetch of a bare name", warning,
			basic.with("fetch.txt", "file:///home/someone/picture.png 42000 picture.png\n")},
		{"bag in a bag", valid, basic.with("data/in/bagit.txt", declare("0.97", "UTF-8"), "manifest-md5.txt",
			md5List+"{md5:data/in/bagit.txt}  data/in/bagit.txt\n", "bag-info.txt", "Bagging-Date: 2016-10-14\n")},
		{"encoded names", valid, foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/%7Edir/a.txt": "x",
			"manifest-md5.txt": "{md5:data/%7Edir/a.txt}  data/%7Edir/a.txt\n"}},
		{"escapable characters", valid, foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/a b & c=d+e@f.txt": "x",
			"manifest-md5.txt": "{md5:data/a b & c=d+e@f.txt}  data/a b & c=d+e@f.txt\n"}},
		{"percent signs in a draft", valid,
			foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/100%.txt": "x",
				"manifest-md5.txt": "{md5:data/100%.txt}  data/100%.txt\n"}},
		{"space", valid, foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/a b.txt": "x",
			"manifest-md5.txt": "{md5:data/a b.txt}  data/a b.txt\n"}},
		{"leading dot slash", warning, basic.with("manifest-md5.txt",
			strings.ReplaceAll(md5List, "  data", "  ./data"))},
		{"made with md5sum -b", warning,
			basic.with("manifest-md5.txt", strings.ReplaceAll(md5List, "  data", " *data"))},
		{"made with find and md5sum -b", warning,
			basic.with("manifest-md5.txt", strings.ReplaceAll(md5List, "  data", " *./data"))},
		{"uncommon separators", valid, basic.with("bag-info.txt",
			"Bagging-Date:2016-10-14\nPayload-Oxum : 10.2\nContact-Name\t:\tX\nContact-Email:   x@example.invalid\n")},
		{"elements twice", valid, basic.with("bag-info.txt",
			"Bagging-Date: 2016-10-14\nBagging-Date: 2017-10-14\nContact-Name: X\nContact-Name: Y\n")},
		{"tag files in UTF-16", valid, basic.with("bagit.txt", declare("0.97", "UTF-16BE"), "bag-info.txt",
			inUTF16+basic["bag-info.txt"],
			"manifest-md5.txt", inUTF16+md5List, "tagmanifest-md5.txt", inUTF16+basic["tagmanifest-md5.txt"])},
		{"tag files in UTF-16 with a mark", valid,
			basic.with("bagit.txt", declare("0.97", "UTF-16"), "bag-info.txt", inUTF16+"\ufeff"+basic["bag-info.txt"],
				"manifest-md5.txt", inUTF16+"\ufeff"+md5List, "tagmanifest-md5.txt", "-")},
		{"UTF-16, payload changed", invalid,
			basic.with("bagit.txt", declare("0.97", "UTF-16BE"), "bag-info.txt", "-", "tagmanifest-md5.txt", "-",
				"manifest-md5.txt", inUTF16+strings.Replace(md5List, "md5:data/hello.txt", "md5:data/sub/bare", 1))},
		{"tag files in ISO-8859-1", valid,
			basic.with("bagit.txt", declare("0.97", "ISO-8859-1"), "bag-info.txt", "Contact-Name: N\xfa\xf1ez\n")},
		{"a name in ISO-8859-1", valid, foreign{"bagit.txt": declare("0.97", "ISO-8859-1"), "data/" + nfc: "x",
			"manifest-md5.txt": "{md5:data/" + nfc + "}  data/N\xfa\xf1ez\n"}},
		{"a name in GB18030", valid, foreign{"bagit.txt": declare("1.0", "GB18030"), "data/联系人": "x",
			"manifest-md5.txt": "{md5:data/联系人}  data/" + gb + "\n"}},
		{"a name in GB2312", valid, foreign{"bagit.txt": declare("1.0", "GB2312"), "data/联系人": "x",
			"manifest-md5.txt": "{md5:data/联系人}  data/" + gb + "\n"}},
		{"not the encoding declared", warning,
			foreign{"bagit.txt": declare("1.0", "UTF-8"), "bag-info.txt": "Contact-Name: " + gb + "\n",
				"manifest-md5.txt": ""}},

		{"encoding line missing", invalid, basic.with("bagit.txt", "BagIt-Version: 0.97\n")},
		{"BOM in bagit.txt", invalid, basic.with("bagit.txt", "\ufeff"+basic["bagit.txt"])},
		{"corrupt data file", invalid, basic.with("manifest-md5.txt",
			strings.Replace(md5List, "{md5:data/hello.txt}", some[:32], 1))},
		{"corrupt tag file", invalid, basic.with("tagmanifest-md5.txt",
			strings.Replace(basic["tagmanifest-md5.txt"], "{md5:bag-info.txt}", some[:32], 1))},
		{"extra file", invalid, basic.with("data/bar", "x")},
		{"version number .97", invalid, basic.with("bagit.txt", declare(".97", "UTF-8"))},
		{"missing bag-info.txt", invalid,
			basic.with("bag-info.txt", "-", "tagmanifest-md5.txt",
				some+"bag-info.txt\n{md5:bagit.txt}  bagit.txt\n{md5:manifest-md5.txt}  manifest-md5.txt\n")},
		{"missing bagit.txt", refused, basic.with("bagit.txt", "-")},
		{"listed twice, unlike", invalid, plus(some + "data/hello.txt")},
		{"listed twice, alike", warning, plus("{md5:data/hello.txt}  data/hello.txt")},
		{"dot notation", invalid, plus("{md5:bagit.txt}  ../../../README.md")},
		{"dot notation within", invalid, plus("{md5:bagit.txt}  data/../../README.md")},
		{"absolute", invalid, plus(some + "/tmp/foo")},
		{"shortcut", invalid, plus(some + "~/foo")},
		{"shortcut with user", invalid, plus(some + "~root/foo")},
		{"drive", invalid, plus(some + `C:\Windows\System32\setx.exe`)},
		{"UNC", invalid, plus(some + `\\?\UNC\server\Windows\System32\setx.exe`)},
		{"home drive", invalid, plus(some + `%HomeDrive%\Windows\System32\setx.exe`)},
		{"dot notation, fetched", invalid, fetch("../../../README.md")},
		{"dot notation within, fetched", invalid, fetch("data/../../README.md")},
		{"absolute, fetched", invalid, fetch("/tmp/foo")},
		{"shortcut, fetched", invalid, fetch("~/foo")},
		{"shortcut with user, fetched", invalid, fetch("~root/foo")},
		{"drive, fetched", invalid, fetch(`C:\Windows\System32\setx.exe`)},
		{"UNC, fetched", invalid, fetch(`\\?\UNC\server\Windows\System32\setx.exe`)},
		{"home drive, fetched", invalid, fetch(`%HomeDrive%\Windows\System32\setx.exe`)},
		{"fetch line cut short", invalid, basic.with("fetch.txt", "http://example.invalid/x\n")},

		{"names differ in case", warning,
			basic.with("data/Hello.txt", "x", "bag-info.txt", "-", "tagmanifest-md5.txt", "-", "manifest-md5.txt",
				md5List+"{md5:data/Hello.txt}  data/Hello.txt\n")},
		{"two normal forms listed, one on disk", warning,
			foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/" + nfd: "",
				"manifest-sha512.txt": "{sha512:data/" + nfd + "}  data/" + nfc + "\n{sha512:data/" + nfd +
					"}  data/" + nfd + "\n"}},
		{"one normal form listed, the other on disk", warning,
			foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/" + nfd: "",
				"manifest-sha512.txt": "{sha512:data/" + nfd + "} data/" + nfc + "\n"}},
		{"system files", warning, foreign{"bagit.txt": declare("0.97", "UTF-8"), "data/.DS_Store": "x",
			"data/Thumbs.db":   "y",
			"manifest-md5.txt": "{md5:data/.DS_Store}  data/.DS_Store\n{md5:data/Thumbs.db}  data/Thumbs.db\n"}},

		{"1.0", valid, one},
		{"1.0 listed twice, unlike", invalid,
			one.with("manifest-sha512.txt", one["manifest-sha512.txt"]+"{sha512:bagit.txt} data/hello.txt\n")},
		{"1.0 missing from the manifest", invalid, one.with("data/unlisted.txt", "x")},
		{"1.0 missing from one manifest", invalid,
			one.with("manifest-md5.txt", "{md5:data/hello.txt}  data/hello.txt\n")},
		{"1.0 blank before the colon", invalid,
			one.with("bagit.txt", strings.ReplaceAll(declare("1.0", "UTF-8"), ":", " :"))},
		{"1.0 blanks in bag-info.txt", warning,
			one.with("bag-info.txt", "Contact-Name : X\nContact-Email:x@example.invalid\n")},
		{"1.0 fetch URL not absolute", invalid, one.with("fetch.txt", "hello.txt 6 data/hello.txt\n")},
		{"1.0 fetch in UTF-16", valid, one.with("bagit.txt", declare("1.0", "UTF-16BE"), "fetch.txt",
			inUTF16+"http://example.invalid/h 6 data/hello.txt\n", "bag-info.txt", "-", "tagmanifest-sha512.txt", "-")},
		{"1.0 manifests differ in case", warning,
			one.with("manifest-SHA512.txt", one["manifest-sha512.txt"], "tagmanifest-sha512.txt", "-")},
		{"1.0 manifests differ in case, one is wrong", invalid,
			one.with("manifest-SHA512.txt",
				strings.Replace(one["manifest-sha512.txt"], "sha512:data/hello.txt", "sha512:data/sub/bare",
					1), "tagmanifest-sha512.txt", "-")},
		{"1.0 manifests differ in case, the other is wrong", invalid,
			one.with("manifest-SHA512.txt", one["manifest-sha512.txt"], "manifest-sha512.txt",
				strings.Replace(one["manifest-sha512.txt"], "sha512:data/hello.txt", "sha512:data/sub/bare",
					1), "tagmanifest-sha512.txt", "-")},
		{"1.0 manifest lists a folder", invalid,
			one.with("manifest-sha512.txt", one["manifest-sha512.txt"]+"{sha512:bagit.txt} data/sub\n",
				"tagmanifest-sha512.txt", "-")},
		{"1.0 tag manifest lists payload", invalid,
			one.with("tagmanifest-sha512.txt",
				one["tagmanifest-sha512.txt"]+"{sha512:data/hello.txt} data/hello.txt\n")},
		{"a path of 4,000 bytes", valid,
			foreign{"bagit.txt": declare("1.0", "UTF-8"), "data/" + longPath(3900): "x",
				"manifest-sha512.txt": "{sha512:data/" + longPath(3900) + "}  data/" + longPath(3900) + "\n"}},
	}
	for _, v := range append([]string{"1.0"}, drafts...) {
		for alg := range algorithms {
			list := "{" + alg + ":data/hello.txt}  data/hello.txt\n{" + alg + ":data/sub/bare}\tdata/sub/bare\n"
			b := basic.with("bagit.txt", declare(v, "UTF-8"), "manifest-md5.txt", "-", "tagmanifest-md5.txt", "-",
				"manifest-"+alg+".txt", list,
				"tagmanifest-"+alg+".txt",
				"{"+alg+":bag-info.txt}  bag-info.txt\n{"+alg+":bagit.txt}  bagit.txt\n{"+alg+":manifest-"+alg+
					".txt}  manifest-"+alg+".txt\n")
			cases = append(cases,
				conformance{v + " " + alg, valid, b},
				conformance{v + " " + alg + " in capitals", valid,
					b.with("manifest-"+alg+".txt", strings.ReplaceAll(list, "}", "!}"))},
				conformance{v + " " + alg + " wrong", invalid,
					b.with("manifest-"+alg+".txt",
						strings.Replace(list, alg+":data/hello.txt", alg+":data/sub/bare", 1))})
		}
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res := verify(t, c.bag.write(t), Options{})
			if got := wordFor(res); got != c.want || res.Own {
				t.Errorf("got %s (exit %d, own %v), want %s\n%s", got, res.ExitCode(), res.Own, c.want, problems(res))
			}
			if c.want == valid && (!res.Valid || !res.Complete) {
				t.Errorf("valid %v, complete %v", res.Valid, res.Complete)
			}
		})
	}
}

// longPath is a path of n bytes, in parts that a file system takes.
func longPath(n int) string {
	part := strings.Repeat("x", 199) + "/"
	s := strings.Repeat(part, n/200)
	return s + strings.Repeat("y", n-len(s))
}

// A bag whose digests are right and whose files are not is complete and not
// valid; one without a listed file is neither: RFC 8493, 3.
func TestCompleteAndValid(t *testing.T) {
	bag := foreign{"bagit.txt": declare("1.0", "UTF-8"), "data/a": "a", "data/b": "b",
		"manifest-sha256.txt": "{sha256:data/a}  data/a\n{sha256:data/b}  data/b\n"}
	for _, c := range []struct {
		name            string
		bag             foreign
		complete, valid bool
	}{
		{"whole", bag, true, true},
		{"changed", bag.with("manifest-sha256.txt", "{sha256:data/b}  data/a\n{sha256:data/b}  data/b\n"), true, false},
		{"missing", bag.with("data/a", "-"), false, false},
		{"added", bag.with("data/c", "c"), false, false},
		{"unknown version", bag.with("bagit.txt", declare("7.0", "UTF-8")), false, false},
		{"only unknown algorithms", bag.with("manifest-sha256.txt", "-", "manifest-crc7.txt",
			"1f  data/a\n2f  data/b\n"), false, false},
	} {
		if res := verify(t, c.bag.write(t), Options{}); res.Complete != c.complete || res.Valid != c.valid {
			t.Errorf("%s: complete %v, valid %v\n%s", c.name, res.Complete, res.Valid, problems(res))
		}
	}
}
