package bag

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence/bag/commit"
	"juzheng/evidence/bag/sshsig"
)

// The exhibits of the case of these tests, by number.
var listedPayload = map[string]string{
	"E001": strings.Repeat("sound ", 300), "E002": "a picture", "E003": "482915", "E004": "09:14 missed call\n",
	"E005": "one more\n", "E006": "later\n",
	"E010": "head\nrow 2\nrow 3\nrow 4\nrow 5", "E011": "row 2\nrow 4\nrow 5", "E012": "row 2\nROW 4\nrow 5",
	"E013": wide("head\nrow 2\n第三行\n𠮷 4\r\nrow 5\xed"), "E014": "row 2\n𠮷 4\r\nrow 5\ufffd",
}

// Of these exhibits the rows of which other one they are by their record.
var listedExtracts = map[string]commit.Record{
	"E011": {Of: "E010", Lines: "2,4-5"}, "E012": {Of: "E010", Lines: "2,4-5"}, "E014": {Of: "E013", Lines: "2,4-5"},
}

func testCaseKey(first byte) (k commit.Key) {
	for i := range k {
		k[i] = first + byte(i)
	}
	return k
}

// A listedCase makes copies of one case, as the folder of a case does.
type listedCase struct {
	payload map[string]string        // the exhibits, by number
	records map[string]commit.Record // what is known of them, if more than nothing
	key     commit.Key
	list    commit.List
	numbers []string
	items   map[string]Item
	log     []byte
}

func newListedCase(t testing.TB, first byte, numbers ...string) *listedCase {
	t.Helper()
	return newListedCaseOf(t, first, listedPayload, listedExtracts, numbers...)
}

func newListedCaseOf(
	t testing.TB, first byte, payload map[string]string, records map[string]commit.Record, numbers ...string,
) *listedCase {
	t.Helper()
	c := &listedCase{payload: payload, records: records, key: testCaseKey(first), list: commit.New(""),
		items: map[string]Item{}}
	c.take(t, numbers...)
	return c
}

// take enters exhibits into the list, and the log.
func (c *listedCase) take(t testing.TB, numbers ...string) {
	t.Helper()
	var add []commit.Addition
	for _, n := range numbers {
		text := []byte(c.payload[n])
		sums := sumsOf(text)
		x := c.records[n]
		if x.Of != "" {
			x.Made = "extract"
		}
		name := cmp.Or(x.Name, "原名 "+n+".txt")
		record, err := commit.Record{Made: x.Made, Of: x.Of, Lines: x.Lines, Exhibit: n,
			Salt: c.key.Salt(commit.ForRecord, n, sums.SHA256),
			Name: name, Kind: cmp.Or(x.Kind, "document"), MediaType: cmp.Or(x.MediaType, "text/plain"),
			Times: []commit.Time{{What: "modified", Time: "2026-01-02T09:14:00+08:00", Source: "file"}}}.Format()
		if err != nil {
			t.Fatal(err)
		}
		opening := commit.Opening{Number: n, Size: int64(len(text)), SHA256: sums.SHA256, SM3: sums.SM3,
			Salt: c.key.Salt(commit.ForExhibit, n, sums.SHA256), Data: "data/" + n + path.Ext(name),
			Record: sumsOf(record).SHA256}.Format()
		c.items[n] = Item{opening, record}
		add = append(add, commit.Addition{Number: n, Opening: opening})
		line, err := c.key.Line(commit.LogLine{Seq: bytes.Count(c.log, []byte("\n")) + 1,
			Time: "2026-03-01T14:05:06+08:00", Event: "import", Exhibit: n, Actor: "juzheng", Tool: "juzheng test"})
		if err != nil {
			t.Fatal(err)
		}
		c.log = append(c.log, line...)
	}
	c.numbers = append(c.numbers, numbers...)
	list, err := c.list.Append(add, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.list = list
}

// copyOf is a copy with these exhibits and what belongs to them.
func (c *listedCase) copyOf(numbers ...string) Copy {
	out := Copy{Case: "JZ-2026-0001", Time: sealTime, Software: "juzheng test", List: c.list,
		LogDigests: commit.LogDigests(c.log), Timeline: []byte("\xef\xbb\xbfid,time\r\nT001,2026-01-01\r\n"),
		Open: func(o commit.Opening) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(c.payload[o.Number])), nil
		}}
	for i, line := range bytes.SplitAfter(c.log, []byte("\n")) {
		if i < len(c.numbers) && slices.Contains(numbers, c.numbers[i]) {
			out.Log = append(out.Log, line...)
		}
	}
	for _, n := range numbers {
		out.Items = append(out.Items, c.items[n])
	}
	return out
}

// write lays down a copy with these exhibits.
func (c *listedCase) write(t testing.TB, numbers ...string) (string, Root) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bundle")
	root, err := WriteEvidence(dir, c.copyOf(numbers...))
	if err != nil {
		t.Fatal(err)
	}
	return dir, root
}

func TestCopies(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	whole, root := c.write(t, c.numbers...)
	part, partRoot := c.write(t, "E001", "E002", "E004")
	if root.SHA256 != partRoot.SHA256 || root.SM3 != partRoot.SM3 || root.Copy == partRoot.Copy || root.Lines != 6 ||
		root.Items != 5 || root.CustodyHead != partRoot.CustodyHead || root.CustodyEntries != 5 {
		t.Errorf("whole %+v\npart  %+v", root, partRoot)
	}
	for _, dir := range []string{whole, part} {
		if again, err := ReadRoot(dir); err != nil || again.SHA256 != root.SHA256 || again.Lines != 6 {
			t.Errorf("ReadRoot: %+v, %v", again, err)
		}
	}
	for _, path := range []string{whole, zipOf(t, whole)} {
		res := verify(t, path, Options{Expect: FormatRoot(root.SHA256) + " @6", ExpectCopy: root.Copy.SM3,
			ExpectAfter: root.CustodyHead, RequireAnchor: true})
		if res.ExitCode() != 0 || res.Verdict != Anchored || !res.Valid || !res.Complete || len(res.Problems) != 0 ||
			res.Root != root || res.Evidence.Here != 5 || res.Evidence.Items != 5 || !res.Evidence.CopyMet ||
			!res.Evidence.LogMet || res.Evidence.Covered != 6 {
			t.Errorf("whole: exit %d %s %+v\n%s", res.ExitCode(), res.Verdict, res.Evidence, problems(res))
		}
		heads := commit.LogHeads(commit.LogDigests(c.log))
		for n, rest := range map[int]int{0: 4, 2: 2, 4: 0} {
			if res = verify(t, path, Options{ExpectAfter: heads[n]}); !res.AfterMet || res.AfterRest != rest {
				t.Errorf("head %d: met %v, %d behind it, want %d", n+1, res.AfterMet, res.AfterRest, rest)
			}
		}
		if res = verify(t, path, Options{}); res.ExitCode() != 0 || res.Verdict != WithinItself ||
			res.Evidence.Covered != 0 || res.Evidence.CopyMet {
			t.Errorf("without the letter: exit %d %s %+v", res.ExitCode(), res.Verdict, res.Evidence)
		}
	}
	for _, path := range []string{part, zipOf(t, part)} {
		res := verify(t, path, Options{Expect: CodeQRText("JZ-2026-0001", 6, root.SHA256, "12ab34cd")})
		if res.ExitCode() != 3 || res.Verdict != Anchored || !res.Valid || !res.Complete || res.Evidence.Here != 3 ||
			res.Evidence.Withheld != 2 || !hasCode(res, "E-WITHHELD") || res.Evidence.CopyMet {
			t.Errorf("part: exit %d %s %+v\n%s", res.ExitCode(), res.Verdict, res.Evidence, problems(res))
		}
		if want := []string{"VERIFY.txt", "bag-info.txt", "bagit.txt", "catalogue.csv", "index.html",
			"log-digests.txt", "log.jsonl", "manifest-sha256.txt", "payload-sm3.txt", "timeline.csv"}; !slices.Equal(
			res.Evidence.Others, want) {
			t.Errorf("files that the code does not cover: %v", res.Evidence.Others)
		}
	}
}

// What is withheld is in no byte of the copy.
func TestWithheldLeaksNothing(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	dir, _ := c.write(t, "E001", "E002", "E004")
	o, err := commit.ParseOpening(c.items["E003"].Opening)
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, s := range []string{o.SHA256, o.SM3, o.Salt, o.Record, c.key.Salt(commit.ForRecord, "E003", o.SHA256)} {
		secrets = append(secrets, s, strings.ToUpper(s))
	}
	secrets = append(secrets, "482915", "原名 E003", "E003.txt  ", "size 6\n", string(c.key.Format()[:16]))
	for _, f := range treeOf(t, dir) {
		for _, s := range secrets {
			if strings.Contains(f.text, s) {
				t.Errorf("%s holds %q", f.name, s)
			}
		}
	}
	other := newListedCase(t, 1, c.numbers...)
	for l := range strings.Lines(string(other.list.Text())) {
		if !strings.HasPrefix(l, "#") && strings.Contains(string(c.list.Text()), l[:64]) {
			t.Errorf("two cases with the same files share the line %s", l)
		}
	}
}

type treeFile struct{ name, text string }

func treeOf(t testing.TB, dir string) (out []treeFile) {
	t.Helper()
	tree, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.close()
	nodes, _, err := tree.list(1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		if n.kind == regular {
			text, err := os.ReadFile(filepath.Join(dir, n.path))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, treeFile{n.path, string(text)})
		}
	}
	return out
}

// copied is a copy of a folder to be changed.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "bundle")
	for _, f := range treeOf(t, dir) {
		path := filepath.Join(to, f.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestSaltsThatHideNothing(t *testing.T) {
	for name, change := range map[string]func(*listedCase, *commit.Opening){
		"W-SALT-ZERO": func(_ *listedCase, o *commit.Opening) { o.Salt = strings.Repeat("0", commit.SaltDigits) },
		"W-SALT-TWICE": func(c *listedCase, o *commit.Opening) {
			o.Salt = c.key.Salt(commit.ForExhibit, "E001",
				sumsOf([]byte(listedPayload["E001"])).SHA256)
		},
	} {
		c := newListedCase(t, 0, "E001")
		o, err := commit.ParseOpening(newListedCase(t, 0, "E002").items["E002"].Opening)
		if err != nil {
			t.Fatal(err)
		}
		change(c, &o)
		c.items["E002"] = Item{o.Format(), newListedCase(t, 0, "E002").items["E002"].Record}
		if c.list, err = c.list.Append([]commit.Addition{{Number: "E002", Opening: o.Format()}}, nil, nil); err != nil {
			t.Fatal(err)
		}
		dir, root := c.write(t, "E001", "E002")
		if res := verify(t, dir, Options{Expect: root.SHA256}); res.ExitCode() != 0 || !hasCode(res, name) {
			t.Errorf("%s: exit %d\n%s", name, res.ExitCode(), problems(res))
		}
	}
}

// What vouches for lines of the list is good in every copy, at its lines alone.
func TestSignedLines(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	sign := func(text []byte, namespace string) []byte {
		armored, err := sshsig.Sign(text, []byte(testKey), namespace, nil)
		if err != nil {
			t.Fatal(err)
		}
		return armored
	}
	over6 := sign(c.list.Prefix(6), CodeNamespace)
	signers := []byte(strings.Replace(sshsig.SignerLine("me", CodeNamespace, over6), ` namespaces="juzheng-code@v2"`,
		"", 1))
	dir, _ := c.write(t, "E001", "E002", "E004")
	doc, err := os.ReadFile(filepath.Join(dir, RootName))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []struct {
		name    string
		files   map[string][]byte
		exit    int
		code    string
		covered int
		copyMet bool
	}{
		{"over all lines", map[string][]byte{"0006.sshsig": over6}, 0, "", 6, false},
		{"over the first lines", map[string][]byte{"0004.sshsig": sign(c.list.Prefix(4), CodeNamespace)}, 3,
			"E-NOT-COVERED", 4, false},
		{"both", map[string][]byte{"0006.sshsig": over6, "0004.sshsig": sign(c.list.Prefix(4), CodeNamespace)}, 0, "",
			6, false},
		{"over this copy", map[string][]byte{"copy.sshsig": sign(doc, CopyNamespace)}, 0, "", 6, true},
		{"that of six under seven", map[string][]byte{"0007.sshsig": over6}, 6, "E-SEAL-LINES", 0, false},
		{"that of six under five", map[string][]byte{"0005.sshsig": over6}, 6, "E-SIGNATURE-INVALID", 0, false},
		{"of the copy over the list", map[string][]byte{"copy.sshsig": over6}, 6, "E-SIGNATURE-WRONG-NAMESPACE", 0,
			false},
		{"no zeros before the number", map[string][]byte{"6.sshsig": over6}, 6, "W-SEAL-UNKNOWN", 0, false},
		{"none", nil, 7, "E-SIGNATURE-NONE", 0, false},
		{"a query that is none", map[string][]byte{"0006.sshsig": over6, "0006.tsq": []byte("x")}, 6, "E-SEAL-FORM", 6,
			false},
	} {
		t.Run(a.name, func(t *testing.T) {
			dir := copied(t, dir)
			for name, text := range a.files {
				overwrite(t, filepath.Join(dir, SealDir, name), text)
			}
			res := verify(t, dir, Options{Signers: signers, PartialOK: true, Now: sealTime})
			if res.ExitCode() != a.exit || a.code != "" && !hasCode(res, a.code) || res.Evidence.Covered != a.covered ||
				res.Evidence.CopyMet != a.copyMet {
				t.Errorf("exit %d, want %d with %s; %+v\n%s", res.ExitCode(), a.exit, a.code, res.Evidence,
					problems(res))
			}
		})
	}
}

// What ssh-keygen signs over lines of the list vouches for them, whatever the
// kind of key; another key of the kind does not.
func TestLinesSignedByEachKind(t *testing.T) {
	keygen := needTool(t, "ssh-keygen")
	c := newListedCase(t, 0, "E001", "E002")
	dir, _ := c.write(t, "E001", "E002")
	run := func(args ...string) {
		t.Helper()
		if out, err := exec.Command(keygen, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	for name, args := range map[string][]string{"rsa": {"-t", "rsa", "-b", "3072"},
		"ecdsa": {"-t", "ecdsa", "-b", "256"}, "ed25519": {"-t", "ed25519"}} {
		at := t.TempDir()
		lines := filepath.Join(at, "lines")
		overwrite(t, lines, c.list.Prefix(c.list.Len()))
		for _, key := range []string{"key", "other"} {
			run(append(args, "-q", "-N", "", "-C", "", "-f", filepath.Join(at, key))...)
		}
		run("-q", "-Y", "sign", "-n", CodeNamespace, "-f", filepath.Join(at, "key"), lines)
		signature, err := os.ReadFile(lines + ".sig")
		if err != nil {
			t.Fatal(err)
		}
		signed := copied(t, dir)
		overwrite(t, filepath.Join(signed, SealDir, SealName(c.list.Len(), "sshsig")), signature)
		for key, exit := range map[string]int{"key": 0, "other": 6} {
			public, err := os.ReadFile(filepath.Join(at, key+".pub"))
			if err != nil {
				t.Fatal(err)
			}
			res := verify(t, signed, Options{Signers: append([]byte("me "), public...), Now: time.Now()})
			if res.ExitCode() != exit || (res.Verdict == Anchored) != (exit == 0) {
				t.Errorf("%s, %s: exit %d, want %d: %s\n%s", name, key, res.ExitCode(), exit, res.Verdict,
					problems(res))
			}
		}
	}
}

// A bundle of one format is not measured by what vouches for the other.
func TestFormatsDoNotMix(t *testing.T) {
	dir, root := newBundle(t)
	for _, expect := range []string{root.SHA256 + "@6", CodeQRText("case", 6, root.SHA256, "12ab34cd")} {
		if res := verify(t, dir, Options{Expect: expect}); res.ExitCode() != 5 || !hasCode(res, "E-CODE-FORMAT-2") {
			t.Errorf("%s: exit %d\n%s", expect, res.ExitCode(), problems(res))
		}
	}
	if res := verify(t, dir, Options{ExpectCopy: root.SHA256}); res.ExitCode() != 5 ||
		!hasCode(res, "E-COPY-FORMAT-1") {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
	c := newListedCase(t, 0, "E001")
	follows := commit.New(root.SHA256)
	var err error
	if c.list, err = follows.Append([]commit.Addition{{Number: "E001", Opening: c.items["E001"].Opening}}, nil,
		nil); err != nil {
		t.Fatal(err)
	}
	after, _ := c.write(t, "E001")
	if res := verify(t, after, Options{Expect: root.SHA256}); res.ExitCode() != 5 || !hasCode(res, "E-CODE-FORMAT-1") ||
		res.Evidence.Follows != root.SHA256 {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
	foreign := filepath.Join(t.TempDir(), "chess")
	for name, text := range map[string]string{"bagit.txt": declaration, "data/a.txt": "e4\n",
		"openings/sicilian.txt": "c5\n",
		"manifest-sha256.txt":   sumsOf([]byte("e4\n")).SHA256 + "  data/a.txt\n"} {
		overwrite(t, filepath.Join(foreign, name), []byte(text))
	}
	if res := verify(t, foreign, Options{}); res.ExitCode() != 0 || res.Own || res.Evidence != nil {
		t.Errorf("a bag of others with a folder of openings: exit %d\n%s", res.ExitCode(), problems(res))
	}
}

func TestWriteEvidenceRefuses(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002")
	other := newListedCase(t, 1, "E001")
	for name, change := range map[string]func(*Copy){
		"no case":            func(o *Copy) { o.Case = "" },
		"opening of another": func(o *Copy) { o.Items[0] = other.items["E001"] },
		"record of another":  func(o *Copy) { o.Items[0].Record = c.items["E002"].Record },
		"twice":              func(o *Copy) { o.Items = append(o.Items, o.Items[0]) },
		"no opening":         func(o *Copy) { o.Items[0].Opening = nil },
		"bytes that are others": func(o *Copy) {
			o.Open = func(commit.Opening) (io.ReadCloser,
				error) {
				return io.NopCloser(strings.NewReader("x")), nil
			}
		},
		"no way to open":         func(o *Copy) { o.Open = nil },
		"a field of ours":        func(o *Copy) { o.Info = []InfoField{{"Juzheng-Format", "3"}} },
		"record that is no JSON": func(o *Copy) { o.Items[0].Record = []byte("x") },
	} {
		dir := filepath.Join(t.TempDir(), "bundle")
		what := c.copyOf("E001", "E002")
		change(&what)
		if _, err := WriteEvidence(dir, what); err == nil {
			t.Errorf("%s: written", name)
		}
		if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) > 0 {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
}

// What is no file is not opened: a pipe would never end.
func TestPipeAmongOpenings(t *testing.T) {
	dir, root := newListedCase(t, 0, "E001", "E002").write(t, "E001")
	path := filepath.Join(dir, commit.OpeningPath("E002"))
	if err := makePipe(path); err != nil {
		t.Skip(err)
	}
	if res := verify(t, dir, Options{Expect: root.SHA256}); res.ExitCode() != 8 || !hasCode(res, "E-FILE-TYPE") {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
}

// The steps by hand, as VERIFY.txt has them, in a plain shell.
func TestCodeByHand(t *testing.T) {
	sh := needTool(t, "sh")
	for _, tool := range []string{"sha256sum", "openssl"} {
		needTool(t, tool)
	}
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	base, _ := c.write(t, "E001", "E002", "E004")
	run := func(dir, script string) string {
		cmd := exec.Command(sh, "-c", "K=6; "+script)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput() // what it prints is the answer
		return string(out)
	}
	line := func(start string) string { return stepLine(t, start) }
	var (
		openings = line("head -n $K commitments.txt | sha256sum -c")
		exhibits = line("cat openings/")
		unproven = line("for f in data/")
		copySame = line("sha256sum -c tagmanifest") + " --quiet && echo same"
		count    = line(`echo "$(ls openings`)
	)
	for script, want := range map[string]string{openings: "same\n", exhibits: "same\n", unproven: "",
		copySame: "same\n",
		count:    "3 / 5\n"} {
		if got := run(base, script); got != want {
			t.Errorf("%s\nprints %q, want %q", script, got, want)
		}
	}
	for name, x := range map[string]struct {
		edit         bundleEdit
		script, want string
	}{
		"replaced":            {redone(replaced("E002", false, false, false)), exhibits, "data/E002.txt: FAILED"},
		"replaced, opening":   {redone(replaced("E002", true, false, false)), openings, "openings/E002.txt: FAILED"},
		"without opening":     {redone(create("data/E003.txt", "482915")), unproven, "不在清单: data/E003.txt"},
		"bytes changed alone": {edit("data/E002.txt", "a picture", "b picture"), copySame, "data/E002.txt: FAILED"},
	} {
		dir := copied(t, base)
		x.edit(t, dir)
		if got := run(dir, x.script); !strings.Contains(got, x.want) {
			t.Errorf("%s: prints %q, want %q", name, got, x.want)
		}
	}
}
