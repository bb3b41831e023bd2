package web

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

// What a check found comes out as three answers, and none says more than was
// found.
func TestCheckView(t *testing.T) {
	code := strings.Repeat("0123456789abcdef", 4)
	problem := func(code string, s bag.Severity) bag.Problem {
		return bag.Problem{Code: code, Severity: s, Path: "data/E001.png",
			Detail: bag.Text{ZH: "内容与封存时不同", EN: "content is not what was sealed"}}
	}
	whole := &bag.Evidence{Lines: 3, Presence: bag.Presence{Items: 3, Here: 3}}
	for _, c := range []struct {
		name                 string
		typed                string
		r                    bag.Result
		first, second, third string
		lacks                string // of the second answer
		bad                  bool
		problems             int
	}{
		{name: "alike", r: bag.Result{Verdict: bag.WithinItself, Evidence: whole, Counts: bag.Counts{OK: 3}},
			first: "和清单一致", second: "3件都在"},
		{name: "alike, and as on the paper", typed: code, r: bag.Result{Verdict: bag.Anchored, Evidence: whole},
			first: "和清单一致", second: "3件都在", third: "和纸上的一致"},
		{name: "withheld", r: bag.Result{Verdict: bag.WithinItself,
			Evidence: &bag.Evidence{Lines: 3, Presence: bag.Presence{Items: 3, Here: 1, Withheld: 2}}},
			first: "和清单一致", second: "3件里有1件"},
		{name: "one is gone, one is other", r: bag.Result{Verdict: bag.IsAltered,
			Evidence: &bag.Evidence{Lines: 3, Presence: bag.Presence{Items: 3, Here: 1,
				Missing: bag.Some{Count: 1, Numbers: []string{"E001"}},
				Altered: bag.Some{Count: 1, Numbers: []string{"E002"}}}},
			Problems: []bag.Problem{problem("E-FILE-MISSING", bag.Altered)}},
			first: "和清单不一致", second: "3件里有1件", lacks: "E001 缺失或被改名。E002 和清单不一致。", bad: true, problems: 1},
		{name: "gone from a partial copy of format 1", r: bag.Result{Verdict: bag.IsAltered,
			Counts:   bag.Counts{Listed: 4, Withheld: 2},
			Files:    []bag.FileStatus{{Path: "data/E001.png", Status: bag.Missing}, {Path: "data/E002.png", Status: bag.OK}},
			Problems: []bag.Problem{problem("E-FILE-MISSING", bag.Altered)}},
			first: "和清单不一致", second: "4件里有1件", lacks: "data/E001.png 缺失或被改名。另外2件", bad: true, problems: 1},
		{name: "altered", r: bag.Result{Verdict: bag.IsAltered, Evidence: whole,
			Problems: []bag.Problem{problem("E-FILE-MODIFIED", bag.Altered)}},
			first: "和清单不一致", second: "3件都在", bad: true, problems: 1},
		{name: "another " +
			"code", typed: code, r: bag.Result{Verdict: bag.IsAltered, Evidence: whole, Differs: []int{3, 4, 5},
			Problems: []bag.Problem{problem("E-CODE-DIFFERS", bag.Altered)}},
			first: "和清单一致", second: "3件都在", third: "和纸上的不一致"},
		{name: "mistyped", typed: code, r: bag.Result{Verdict: bag.IsAltered, Evidence: whole, Differs: []int{3},
			Problems: []bag.Problem{problem("E-CODE-TYPO", bag.Altered)}},
			first: "和清单一致", second: "3件都在", third: "多半是输错了"},
		{name: "altered and another code", typed: code, r: bag.Result{Verdict: bag.IsAltered, Evidence: whole,
			Differs: []int{1}, Problems: []bag.Problem{problem("E-CODE-DIFFERS", bag.Altered),
				problem("E-FILE-MODIFIED", bag.Altered)}},
			first: "和清单不一致", second: "3件都在", third: "和纸上的不一致", bad: true, problems: 1},
		{name: "a code of a copy", typed: code, r: bag.Result{Verdict: bag.IsAltered, Evidence: whole,
			Problems: []bag.Problem{problem("E-CODE-IS-COPY", bag.Altered)}},
			first: "和清单一致", second: "3件都在", third: "和纸上的不一致"},
		{name: "unreadable", r: bag.Result{Verdict: bag.NotChecked, Evidence: whole,
			Problems: []bag.Problem{problem("E-FILE-UNREADABLE", bag.Unchecked)}},
			first: "没能全部核对", second: "3件都在", bad: true, problems: 1},
		{name: "refused", r: bag.Result{Verdict: bag.NotChecked,
			Problems: []bag.Problem{problem("E-ZIP-BOMB", bag.Refused)}},
			first: "不能核对", second: "不知道", bad: true, problems: 1},
	} {
		v := checkOf(checked{typed: c.typed, verified: desk.Verified{Result: &c.r}}, "zh")
		third := ""
		if v.Third != nil {
			third = v.Third.Word
		}
		if v.First.Word != c.first || v.Second.Word != c.second || third != c.third || v.First.Bad != c.bad ||
			!strings.HasPrefix(v.Second.Note, c.lacks) || v.Second.Bad != (c.lacks != "") ||
			len(v.Problems.Lines) != c.problems {
			t.Errorf("%s: %+v %+v %q %q", c.name, v.First, v.Second, third, v.Problems.Lines)
		}
		en := checkOf(checked{typed: c.typed, verified: desk.Verified{Result: &c.r}}, "en")
		if strings.ContainsAny(en.First.Word+en.First.Note+en.Second.Word+en.Second.Note, "的是件") {
			t.Errorf("%s in English: %+v %+v", c.name, en.First, en.Second)
		}
	}
}

// A code of format 2 vouches for the exhibits: what it does not cover is named beside it,
// and is not where the digest of the copy was compared or an older code covers all.
func TestWhatACodeDoesNotCoverIsSaid(t *testing.T) {
	covers := func(met bool) *bag.Evidence {
		return &bag.Evidence{Lines: 3, Presence: bag.Presence{Items: 3, Here: 3},
			Others: []string{"timeline.csv", "log.jsonl"}, CopyMet: met}
	}
	for name, c := range map[string]struct {
		e    *bag.Evidence
		said bool
	}{"code": {covers(false), true}, "digest of the copy": {covers(true), false}, "format 1": {nil, false}} {
		r := &bag.Result{Verdict: bag.Anchored, Evidence: c.e, Counts: bag.Counts{OK: 3}}
		v := checkOf(checked{typed: "x", verified: desk.Verified{Result: r}}, "zh")
		if strings.Contains(v.Third.Note, "timeline.csv log.jsonl") != c.said ||
			strings.Contains(v.First.Note, "也和纸上的证据码一致") == c.said {
			t.Errorf("%s: %q %q", name, v.First.Note, v.Third.Note)
		}
	}
}

// sealed is a bundle of the invented case.
func sealed(t testing.TB) string {
	t.Helper()
	kase := demoCase(t)
	d, _ := testDesk()
	f, err := folder.Open(kase, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Seal(t.Context(), testNow); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(kase, folder.BundleDir)
}

// A clerk chooses a bundle, sees two answers, types the code of the paper and
// sees the third; an altered file is named; zip and folder give the same.
func TestCheckABundle(t *testing.T) {
	browsertest.Need(t)
	bundle := sealed(t)
	root, err := bag.ReadRoot(bundle)
	if err != nil {
		t.Fatal(err)
	}
	p := newPage(t, bundle, nil)
	p.wait(`return !!document.querySelector('.big')`)
	text := p.text()
	for _, want := range []string{"和清单一致", "件都在", bag.FormatRoot(root.SHA256)[:4], "E002"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not shown in\n%s", want, text)
		}
	}
	p.wait(`return [].every.call(document.querySelectorAll('.grid img'), function (i) {
		return i.loading === 'lazy' && (!i.complete || i.naturalWidth > 0); }) &&
		[].some.call(document.querySelectorAll('.grid img'), function (i) { return i.naturalWidth > 0; })`)
	p.tab.Give("#code", "zzzz")
	p.tab.Click(".ask .go")
	p.wait(`return !!document.querySelector('.wrong')`)
	p.tab.Complaints() // 422 is how the browser tells of it
	p.tab.Run(nil, `document.querySelector('#code').value = ''`)
	p.tab.Give("#code", bag.FormatRoot(root.SHA256))
	p.tab.Click(".ask .go")
	p.wait(`return [].some.call(document.querySelectorAll('.big'), function (b) { return b.innerText === '和纸上的一致'; })`)
	p.look("verify")
	time.Sleep(4 * time.Second) // as long as any sign of a state is on the way: nothing here is a case that changes
	var told bool
	if p.tab.Run(&told, `return !document.getElementById('moved').hidden`); told {
		t.Error("a bundle is told as a case that was changed elsewhere")
	}

	if err := os.Chmod(filepath.Join(bundle, "data", "E002.png"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bundle, "data", "E002.png"), []byte("altered"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.tab.Click(".ask .go")
	p.wait(`return [].some.call(document.querySelectorAll('.big'), function (b) { return b.innerText === '和清单不一致'; })`)
	if text := p.text(); !strings.Contains(text, "data/E002.png") {
		t.Errorf("the altered file is not named:\n%s", text)
	}
	p.reach(".from a")
	p.wait(`return location.href.includes('choose?for=verify')`)
	p.clean()
	c := serve(t, bundle, nil).enter(t)
	of := c.begin[strings.Index(c.begin, "of=")+3:]
	for range 200 {
		if _, body := c.do("GET", c.begin, nil, nil); strings.Contains(body, `class="big`) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	for number, want := range map[string]int{"E003": http.StatusOK, "E002": http.StatusNotFound,
		"..": http.StatusNotFound, "E999": http.StatusNotFound} {
		if status, _ := c.do("GET", c.root+"/verify/exhibit/"+of+"/"+number, nil, nil); status != want &&
			status != http.StatusMovedPermanently && status != http.StatusTemporaryRedirect {
			t.Errorf("%s of an altered bundle: %d, want %d", number, status, want)
		}
	}
}

// A bundle in a zip is shown as its folder is.
func TestBundled(t *testing.T) {
	bundle := sealed(t)
	got := map[string][]string{}
	for _, path := range []string{bundle, filepath.Join(filepath.Dir(bundle), folder.BundleZip), filepath.Dir(bundle)} {
		b, err := desk.OpenBundle(path)
		if err != nil {
			t.Fatal(err)
		}
		list, err := b.Exhibits()
		if err != nil || len(list) < 5 {
			t.Fatalf("%d exhibits: %v", len(list), err)
		}
		for _, x := range list {
			f, err := b.Open(x)
			if err != nil {
				t.Errorf("%s: %v", x.File, err)
				continue
			}
			if n, err := f.Seek(0, 2); err != nil || n == 0 {
				t.Errorf("%s has %d bytes: %v", x.File, n, err)
			}
			got[path] = append(got[path], x.Exhibit+" "+x.Kind+" "+x.Name)
			if evidence.ExhibitKind(x.Kind).Title().EN == "" {
				t.Errorf("%s is of no kind: %q", x.Exhibit, x.Kind)
			}
		}
		b.Close()
		if strings.Join(got[path], "\n") != strings.Join(got[bundle], "\n") {
			t.Errorf("%s has\n%q, the folder\n%q", path, got[path], got[bundle])
		}
	}
}

// A bundle that was locked with a passphrase is checked by it: a wrong one opens
// nothing, and can be written once more.
func TestCheckALockedBundle(t *testing.T) {
	if testing.Short() {
		t.Skip("three passphrases take half a minute where races are looked for")
	}
	bundle := sealed(t)
	d, _ := testDesk()
	locked := filepath.Join(t.TempDir(), "证据包.zip.age")
	phrase := func(context.Context) ([]byte, error) { return []byte("correct horse battery"), nil }
	to := desk.EncryptOptions{Output: locked, NewPassphrase: phrase}
	if _, err := desk.Encrypt(t.Context(), d, bundle, to); err != nil {
		t.Fatal(err)
	}
	c := serve(t, locked, nil).enter(t)
	of := c.begin[strings.Index(c.begin, "of=")+3:]
	shows := func(want string) {
		t.Helper()
		var body string
		for range 2000 {
			if _, body = c.do("GET", c.root+"/verify?of="+of, nil, nil); !strings.Contains(body, "<progress") {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if _, body := c.do("GET", c.begin, nil, nil); !strings.Contains(body, `type="password"`) {
		t.Fatalf("no passphrase is asked for:\n%s", body)
	}
	for phrase, want := range map[string]string{"wrong": "密码不对", "correct+horse+battery": "和清单一致"} {
		status, _ := c.do("POST", c.root+"/unlock/open", strings.NewReader("of="+of+"&phrase="+phrase), nil)
		if status != http.StatusSeeOther {
			t.Errorf("%s: %d", phrase, status)
		}
		shows(want)
	}
}

// A bundle that was locked for somebody's key is checked with the file of that key, which is
// chosen on the page; another key opens nothing.
func TestCheckABundleLockedForAKey(t *testing.T) {
	draw := func() (key, public string) {
		key, err := encrypt.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		ids, err := encrypt.ParseIdentities([]byte(key), nil)
		if err != nil {
			t.Fatal(err)
		}
		to, err := ids.Recipients()
		if err != nil {
			t.Fatal(err)
		}
		return key, fmt.Sprint(to[0])
	}
	key, public := draw()
	other, _ := draw()
	bundle, locked := sealed(t), filepath.Join(t.TempDir(), "证据包.zip.age")
	d, _ := testDesk()
	o := desk.EncryptOptions{Output: locked, To: []string{public}}
	if _, err := desk.Encrypt(t.Context(), d, bundle, o); err != nil {
		t.Fatal(err)
	}
	c := serve(t, locked, nil).enter(t)
	of := c.begin[strings.Index(c.begin, "of=")+3:]
	if _, body := c.do("GET", c.begin, nil, nil); !strings.Contains(body, `type="file"`) {
		t.Errorf("no key can be chosen:\n%s", body)
	}
	for _, x := range []struct{ key, want string }{{other, "没有打开"}, {"这不是钥匙", "没有打开"}, {key, "和清单一致"}} {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		w.WriteField("of", of)
		file, err := w.CreateFormFile("key", "key.txt")
		if err != nil {
			t.Fatal(err)
		}
		file.Write([]byte(x.key))
		w.Close()
		head := map[string]string{"Content-Type": w.FormDataContentType()}
		if status, body := c.do("POST", c.root+"/unlock/open", &form, head); status != http.StatusSeeOther {
			t.Fatalf("%d %s", status, body)
		}
		var body string
		for range 2000 {
			if _, body = c.do("GET", c.root+"/verify?of="+of, nil, nil); !strings.Contains(body, "<progress") {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if !strings.Contains(body, x.want) {
			t.Errorf("%.12s: no %s in\n%s", x.key, x.want, body)
		}
	}
}

// What is chosen to be checked is never made a case of, whatever it is.
func TestCheckMakesNoCase(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "证据包.zip")
	if err := os.WriteFile(broken, []byte("PK\x03\x04 and then nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := serve(t, "", nil).enter(t)
	form := url.Values{"path": {broken}, "for": {"verify"}}
	status, at := c.do("POST", c.root+"/choose/take", strings.NewReader(form.Encode()), nil)
	if status != http.StatusSeeOther || !strings.Contains(at, "/verify?of=") {
		t.Fatal(status, at)
	}
	var body string
	for range 200 {
		if _, body = c.do("GET", at, nil, nil); !strings.Contains(body, "<progress") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !strings.Contains(body, "没有核对成") && !strings.Contains(body, "不能核对") {
		t.Error(body)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("beside it were made %v", entries)
	}
}
