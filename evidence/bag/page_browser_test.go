package bag

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wordUse finds the keys of words in the page.
var wordUse = regexp.MustCompile(`data-t="(\w+)"|[( ](?:new Refusal|problem|note|t)\('([\w-]*[\w])'[,)]`)

// pageCases mutate an intact bundle and say what the page must report.
var pageCases = []struct {
	name     string
	change   func(t *testing.T, b pageBag)
	verdict  string
	status   map[string]string // of payload files that are not ok
	problems []string          // all of them
	both     bool              // SM3 is computed as well
}{
	{name: "intact", change: func(t *testing.T, b pageBag) {}, verdict: "within-itself"},
	{
		name:    "one byte flipped",
		change:  func(t *testing.T, b pageBag) { b.flip("data/E004.bin", 1<<20+7) },
		verdict: "altered", status: map[string]string{"data/E004.bin": "modified"},
		problems: []string{"E-FILE-MODIFIED data/E004.bin"},
	},
	{
		name:    "missing",
		change:  func(t *testing.T, b pageBag) { delete(b, "data/E002.wav") },
		verdict: "altered", status: map[string]string{"data/E002.wav": "missing"},
		problems: []string{"E-FILE-MISSING data/E002.wav"},
	},
	{
		name:    "added, hidden",
		change:  func(t *testing.T, b pageBag) { b["data/.new"] = []byte("new") },
		verdict: "altered", status: map[string]string{"data/.new": "added"},
		problems: []string{"E-FILE-ADDED data/.new"},
	},
	{
		name:    "added duplicate",
		change:  func(t *testing.T, b pageBag) { b["data/E009.txt"] = b["data/E003.txt"] },
		verdict: "altered", status: map[string]string{"data/E009.txt": "added-duplicate"},
		problems: []string{"E-FILE-ADDED-DUPLICATE data/E009.txt"},
	},
	{
		name: "renamed",
		change: func(t *testing.T, b pageBag) {
			b["data/E002b.wav"] = b["data/E002.wav"]
			delete(b, "data/E002.wav")
		},
		verdict: "altered", status: map[string]string{"data/E002.wav": "renamed", "data/E002b.wav": "renamed-to"},
		problems: []string{"E-FILE-RENAMED data/E002.wav"},
	},
	{
		name: "withheld and declared",
		change: func(t *testing.T, b pageBag) {
			delete(b, "data/E002.wav")
			b["seal/withheld.txt"] = []byte("data/E002.wav\n")
		},
		verdict: "within-itself", status: map[string]string{"data/E002.wav": "withheld"},
	},
	{
		name: "file and SHA-256 manifest edited", both: true,
		change:  editUnderSHA256,
		verdict: "altered", status: map[string]string{"data/E003.txt": "digest-conflict"},
		problems: []string{"E-TAG-MODIFIED manifest-sha256.txt", "E-FILE-DIGEST-CONFLICT data/E003.txt",
			"E-EVIDENCE-DIFFERS data/E003.txt"},
	},
	{
		name:   "file and SHA-256 manifest edited, by SHA-256 alone", // the lists disagree all the same
		change: editUnderSHA256, verdict: "altered",
		problems: []string{"E-TAG-MODIFIED manifest-sha256.txt", "E-EVIDENCE-DIFFERS data/E003.txt"},
	},
	{
		name: "line dropped from sm3sums, root redone",
		change: func(t *testing.T, b pageBag) {
			_, rest, _ := strings.Cut(string(b["sm3sums.txt"]), "\n")
			b["sm3sums.txt"] = []byte(rest)
			b.sealRoot()
		},
		verdict: "altered", status: map[string]string{"data/E001.png": "digest-conflict"},
		problems: []string{"E-FILE-DIGEST-CONFLICT data/E001.png"},
	},
	{
		name:     "tag file edited",
		change:   func(t *testing.T, b pageBag) { b.flip("bag-info.txt", 25) },
		verdict:  "altered",
		problems: []string{"E-TAG-MODIFIED bag-info.txt"},
	},
	{
		name:     "tag file missing",
		change:   func(t *testing.T, b pageBag) { delete(b, "VERIFY.txt") },
		verdict:  "altered",
		problems: []string{"E-TAG-MISSING VERIFY.txt"},
	},
	{
		name:     "unlisted tag file",
		change:   func(t *testing.T, b pageBag) { b["statement.txt"] = []byte("forged") },
		verdict:  "altered",
		problems: []string{"E-TAG-ADDED statement.txt"},
	},
	{
		name:     "unknown file in seal",
		change:   func(t *testing.T, b pageBag) { b["seal/note.txt"] = []byte("?"); b["seal/root.tsr"] = []byte("?") },
		verdict:  "within-itself",
		problems: []string{"W-SEAL-UNKNOWN seal/note.txt"},
	},
	{
		name: "malformed line, root redone",
		change: func(t *testing.T, b pageBag) {
			b["manifest-sha256.txt"] = append([]byte("# comment\n"), b["manifest-sha256.txt"]...)
			b.sealRoot()
		},
		verdict:  "altered",
		problems: []string{"E-MANIFEST-LINE manifest-sha256.txt:1"},
	},
	{
		name: "path out of the bundle, root redone",
		change: func(t *testing.T, b pageBag) {
			b.edit(t, "manifest-sha256.txt", "data/E005.txt", "data/../../x")
			b.sealRoot()
		},
		verdict: "altered", status: map[string]string{"data/E005.txt": "digest-conflict"},
		problems: []string{"E-MANIFEST-PATH manifest-sha256.txt:5", "E-FILE-DIGEST-CONFLICT data/E005.txt"},
	},
	{
		name: "CRLF and capitals, root redone", // BagIt allows it; we never write it
		change: func(t *testing.T, b pageBag) {
			b["manifest-sha256.txt"] = bytes.ReplaceAll(b["manifest-sha256.txt"], []byte("\n"), []byte("\r\n"))
			copy(b["manifest-sha256.txt"], bytes.ToUpper(b["manifest-sha256.txt"][:64]))
			b.sealRoot()
		},
		verdict:  "altered",
		problems: []string{"E-MANIFEST-LINE-END manifest-sha256.txt:1", "E-MANIFEST-FORM manifest-sha256.txt:1"},
	},
	{
		name: "evidence.json records another digest, root redone",
		change: func(t *testing.T, b pageBag) {
			b.edit(t, "evidence.json", sumsOf(b["data/E003.txt"]).SHA256, strings.Repeat("0", 64))
			b.sealRoot()
		},
		verdict:  "altered",
		problems: []string{"E-EVIDENCE-DIFFERS data/E003.txt"},
	},
	{
		name:     "root document deleted",
		change:   func(t *testing.T, b pageBag) { delete(b, RootName) },
		verdict:  "altered",
		problems: []string{"E-ROOT-MISSING " + RootName},
	},
}

func editUnderSHA256(t *testing.T, b pageBag) {
	old := sumsOf(b["data/E003.txt"]).SHA256
	b.flip("data/E003.txt", 3)
	b.edit(t, "manifest-sha256.txt", old, sumsOf(b["data/E003.txt"]).SHA256)
}

// missingRootTags is what a missing root document adds: nothing vouches for
// the tag files.
func missingRootTags(b pageBag) []string {
	var list []string
	for _, path := range b.paths(func(p string) bool { return !pagePayload(p) }) {
		list = append(list, "E-TAG-ADDED "+path)
	}
	return list
}

func TestPageInBrowser(t *testing.T) {
	t.Parallel() // it mostly waits
	br := newBrowser(t)
	for i, c := range pageCases {
		if !each(i, 3) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			br.t = t
			b := newPageBag(t)
			c.change(t, b)
			want := slices.Clone(c.problems)
			if _, ok := b[RootName]; !ok {
				want = append(want, missingRootTags(b)...)
			}
			br.open()
			if c.both {
				br.tab.Click("#both")
			}
			br.choose("folder", b.folder(t))
			checkPage(t, b, br.result(), c.verdict, c.status, want)
			if said := strings.Contains(br.result().Words, "没有计算 SM3"); said == c.both {
				t.Errorf("SM3 computed %v; said that it was not: %v", c.both, said)
			}
			if i < 9 { // what follows the listing is the same for both
				br.open()
				if c.both {
					br.tab.Click("#both")
				}
				br.choose("zip", b.zip(t, zip.Store))
				checkPage(t, b, br.result(), c.verdict, c.status, want)
			}
		})
	}
	t.Run("typed root", func(t *testing.T) { br.t = t; testTypedRoot(t, br) })
	t.Run("media and names", func(t *testing.T) { br.t = t; testPageMedia(t, br) })
	t.Run("folder above", func(t *testing.T) { br.t = t; testFolderAbove(t, br) })
	t.Run("digests", func(t *testing.T) { br.t = t; testPageDigests(t, br) })
	t.Run("inflate", func(t *testing.T) { br.t = t; testPageInflate(t, br) })
	t.Run("words", func(t *testing.T) { br.t = t; testPageWords(t, br) })
	br.t = t
}

func checkPage(t *testing.T, b pageBag, r pageResult, verdict string, status map[string]string, problems []string) {
	t.Helper()
	if r.Verdict != verdict {
		t.Errorf("verdict %s, want %s: %v", r.Verdict, verdict, r)
	}
	slices.Sort(problems)
	slices.Sort(r.Problems)
	if !slices.Equal(r.Problems, problems) {
		t.Errorf("problems\n got %q\nwant %q", r.Problems, problems)
	}
	for path := range b {
		if pagePayload(path) {
			want := status[path]
			if want == "" {
				want = "ok"
			}
			if r.Status[path] != want {
				t.Errorf("%s is %q, want %q", path, r.Status[path], want)
			}
		}
	}
	for path, want := range status {
		if r.Status[path] != want {
			t.Errorf("%s is %q, want %q", path, r.Status[path], want)
		}
	}
	if root, ok := b[RootName]; ok && r.Root != FormatRoot(sumsOf(root).SHA256) && r.Root != sumsOf(root).SHA256 {
		t.Errorf("root %s", r.Root)
	}
}

func testTypedRoot(t *testing.T, br *browser) {
	b := newPageBag(t)
	br.open()
	br.choose("folder", b.folder(t))
	br.result()
	root := sumsOf(b[RootName])
	wrong := []byte(FormatRoot(root.SHA256))
	wrong[4*5] ^= 1 // a digit stays a digit, a to f may become a letter beside them
	if wrong[20] == '`' || wrong[20] == 'g' {
		wrong[20] = '0'
	}
	for _, c := range []struct{ name, typed, verdict, state, words string }{
		{"nothing", "", "within-itself", "none", "尚未输入"},
		{"in groups", FormatRoot(root.SHA256), "anchored", "equal", "SHA-256"},
		{"SM3", root.SM3, "anchored", "equal", "SM3"},
		{"capitals and dashes", strings.ReplaceAll(strings.ToUpper(FormatRoot(root.SHA256)), " ", "-"), "anchored",
			"equal", ""},
		{"full width", fullWidth(root.SHA256), "anchored", "equal", ""},
		{"QR code", QRText("jz-test", root.SHA256), "anchored", "equal", ""},
		{"one wrong group", string(wrong), "altered", "differs", "第 5 组"},
		{"another root", strings.Repeat("0", 64), "altered", "differs", "16 组里有 16 组不同"},
		{"too short", root.SHA256[:60], "within-itself", "length", "还差 4 个"},
		{"no digit", "o" + root.SHA256[1:], "within-itself", "letter", "“o”"},
	} {
		br.typeRoot(c.typed)
		r := br.result()
		if r.Verdict != c.verdict || r.State != c.state || !strings.Contains(r.Compared, c.words) {
			t.Errorf("%s: %s, %s, %q; want %s, %s, %q", c.name, r.Verdict, r.State, r.Compared, c.verdict, c.state,
				c.words)
		}
		typo := c.name == "one wrong group"
		other := c.verdict == "altered" && !typo // the bundle agrees with itself
		if typo != strings.Contains(r.Words, "多半是输入有误") || other != strings.Contains(r.Words, "✗ 与您输入的码不是同一份") ||
			strings.Contains(r.Words, "✗ 有改动") {
			t.Errorf("%s: the verdict reads %q", c.name, r.Words)
		}
		if anchored := strings.Contains(r.Words, "与您输入的校验码一致"); anchored != (c.verdict == "anchored") {
			t.Errorf("%s: the verdict reads %q", c.name, r.Words)
		}
	}
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune { return r + 0xfee0 }, s)
}

// The page says of each zip of the corpus what the command says, by the same
// code. It does not look into seal/.
func TestPageZipsAlike(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	br.open()
	for n, c := range zipCorpus(t) {
		if !each(n, 4) {
			continue
		}
		name := filepath.Join(t.TempDir(), "bundle.zip")
		overwrite(t, name, c.data)
		br.choose("zip", name)
		r := br.result()
		want := map[int]string{0: "within-itself", 5: "altered", 6: "within-itself", 8: "not-checked"}[c.want()]
		if r.Verdict != want {
			t.Errorf("%s: %v, want %s", c.name, r, want)
		}
		if c.want() == 8 && r.Code != c.code && c.code != "E-NOT-A-BAG" {
			t.Errorf("%s: refused with %s, want %s: %s", c.name, r.Code, c.code, r.Refusal)
		}
	}
}

// Pictures and recordings show under the strict policy, and a name that is
// markup stays text.
func testPageMedia(t *testing.T, br *browser) {
	b := newPageBag(t)
	for _, kind := range []string{"folder", "zip"} {
		path := b.zip(t, zip.Store)
		if kind == "folder" {
			path = b.folder(t)
		}
		br.open()
		br.choose(kind, path)
		br.result()
		var shown struct {
			Width, Seconds float64
			Bold           int
			Text           string
		}
		for range 500 {
			br.run(&shown,
				`var i = document.querySelector('.exhibit img'), a = document.querySelector('.exhibit audio');
				return {Width: i ? i.naturalWidth : 0, Seconds: a && a.duration || 0,
					Bold: document.querySelectorAll('.exhibit b').length,
					Text: document.getElementById('exhibits').textContent};`)
			if shown.Width > 0 && shown.Seconds > 0 {
				break
			}
		}
		if shown.Width != 240 || shown.Seconds != 1 {
			t.Errorf("%s: picture %v wide, sound %v s", kind, shown.Width, shown.Seconds)
		}
		if shown.Bold != 0 || !strings.Contains(shown.Text, `录音<b>1</b>\u202e.m4a`) {
			t.Errorf("%s: names are not plain: %q", kind, shown.Text)
		}
	}
}

func testFolderAbove(t *testing.T, br *browser) {
	b := newPageBag(t)
	b["data/inner/tagmanifest-sha256.txt"] = []byte("a bag as evidence\n")
	b.seal(t)
	above := filepath.Dir(b.folder(t))
	if err := os.WriteFile(filepath.Join(above, "letter.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	br.open()
	br.choose("folder", above)
	r := br.result()
	checkPage(t, b, r, "within-itself", nil, nil)
	if !strings.Contains(r.Words, "还有 1 个文件") {
		t.Errorf("files outside are not mentioned: %q", r.Words)
	}
	br.open()
	br.choose("folder", filepath.Join(above, "JZ-TEST", "data", "inner"))
	if r := br.result(); r.Code != "notOurs" {
		t.Errorf("a folder that is no bundle: %v", r)
	}
	if err := os.CopyFS(filepath.Join(above, "copy"), os.DirFS(filepath.Join(above, "JZ-TEST"))); err != nil {
		t.Fatal(err)
	}
	br.open()
	br.choose("folder", above)
	if r := br.result(); r.Verdict != "not-checked" || !strings.Contains(r.Refusal, "几个证据包") {
		t.Errorf("two bundles: %v", r)
	}
}

// The page's own arithmetic against Go's, for all short lengths and for
// pieces that end at odd places.
func testPageDigests(t *testing.T, br *browser) {
	var got [][]string
	br.run(&got, `var out = [], n, i, p, a, b, step, at;
		for (n = 0; n <= 300; n++) {
			for (step = 1; step <= 201; step += 40) {
				p = new Uint8Array(n); a = juzheng.newSHA256(); b = juzheng.newSM3();
				for (i = 0; i < n; i++) { p[i] = i * 7 + n; }
				for (at = 0; at < n; at += step) { a.update(p.subarray(at,
					at + step)); b.update(p.subarray(at, at + step)); }
				out.push([a.hex(), b.hex()]);
			}
		}
		return out;`)
	if len(got) != 301*6 {
		t.Fatalf("%d digests", len(got))
	}
	for n := range 301 {
		p := make([]byte, n)
		for i := range p {
			p[i] = byte(i*7 + n)
		}
		want := sumsOf(p)
		for k := range 6 {
			if g := got[n*6+k]; g[0] != want.SHA256 || g[1] != want.SM3 {
				t.Errorf("%d bytes in pieces of %d: got %v, want %v", n, 1+40*k, g, want)
			}
		}
	}
}

func testPageInflate(t *testing.T, br *browser) {
	text := bytes.Repeat([]byte("催收电话记录 2026-03-01 09:14 "), 9000)
	noise := make([]byte, 200_000)
	for i, s := range noise {
		noise[i] = byte(i*i>>3) ^ byte(i>>7)*31 ^ s
	}
	br.open()
	for _, content := range [][]byte{nil, []byte("x"), text, noise, append(bytes.Clone(noise), text...)} {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
			var packed bytes.Buffer
			w, err := flate.NewWriter(&packed, level)
			if err != nil {
				t.Fatal(err)
			}
			w.Write(content)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			for _, step := range []int{997, 1 << 20} {
				var got []any
				br.run(&got, `var raw = atob(arguments[0]), p = new Uint8Array(raw.length), i;
					var h = juzheng.newSHA256(), x, at;
					for (i = 0; i < p.length; i++) { p[i] = raw.charCodeAt(i); }
					x = new juzheng.Inflater(function (q) { h.update(q); });
					for (at = 0; at < p.length; at += arguments[1]) { x.push(p.subarray(at, at + arguments[1])); }
					return [h.hex(), x.done()];`, base64.StdEncoding.EncodeToString(packed.Bytes()), step)
				if got[0] != sumsOf(content).SHA256 || got[1] != true {
					t.Errorf("%d bytes, level %d, pieces of %d: %v", len(content), level, step, got)
				}
			}
		}
	}
}

// Every word stands in both languages, and every word used exists.
func testPageWords(t *testing.T, br *browser) {
	br.open()
	var words map[string][]any
	br.run(&words, `return juzheng.words;`)
	if len(words) < 100 {
		t.Fatalf("only %d words", len(words))
	}
	for key, pair := range words {
		if len(pair) != 2 || pair[0] == "" || pair[1] == "" {
			t.Errorf("%s: %v", key, pair)
			continue
		}
		zh, isText := pair[0].(string)
		if en := pair[1]; isText && strings.Count(zh, "{") != strings.Count(en.(string), "{") {
			t.Errorf("%s: blanks differ: %v", key, pair)
		}
	}
	page := string(IndexHTML())
	for _, m := range wordUse.FindAllStringSubmatch(page, -1) {
		key := m[1] + m[2]
		if _, ok := words[key]; !ok {
			t.Errorf("word %q is used and does not exist", key)
		}
	}
	var english string
	br.run(&english,
		`document.getElementById('lang').click(); return document.body.textContent.split('(function ()')[0];`)
	if !strings.Contains(english, "Evidence bundle check") || strings.Contains(english, "请先核对") {
		t.Errorf("English page: %q", english)
	}
}
