package commit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The digests of this test were computed by a few lines of Python (hmac,
// hashlib) and by openssl dgst -sm3, as anybody can who reads FORMAT.md.
const (
	vectorSHA     = "92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b" // of "a picture"
	vectorOpening = `# juzheng exhibit 2
# number E001
# size 9
# sm3 5708f8ed9bb627ac6c738755ef6419941c5b24b046b0b14ba4aa91a762627982
# salt b525038e5cae337b5c93ae2e189c7f96
92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b  data/E001.jpg
3549e463dd355de11a1bf5cf513afede6ce9a03563e4512d9e7cddb3c7d13f6d  records/E001.json
`
	vectorLog = `{"seq":1,"time":"2026-03-02T10:00:00+08:00","event":"import","exhibit":"E001",` +
		`"actor":"juzheng","tool":"juzheng test","salt":"2eb5e85539c46b10ff616b5c5e69e85e"}` + "\n"
)

func vectorKey() (k Key) {
	for i := range k {
		k[i] = byte(i)
	}
	return k
}

func TestVectors(t *testing.T) {
	key := vectorKey()
	record, err := Record{Exhibit: "E001", Salt: key.Salt(ForRecord, "E001", vectorSHA), Name: "截图 1.jpg",
		Kind: "screenshot", MediaType: "image/jpeg",
		Times: []Time{{"modified", "2026-03-01T09:14:05+08:00", "file system of the source"}}}.Format()
	if err != nil {
		t.Fatal(err)
	}
	opening := Opening{Number: "E001", Size: 9, SHA256: vectorSHA, Data: "data/E001.jpg",
		SM3:  "5708f8ed9bb627ac6c738755ef6419941c5b24b046b0b14ba4aa91a762627982",
		Salt: key.Salt(ForExhibit, "E001", vectorSHA), Record: sha256Of(record)}.Format()
	if string(opening) != vectorOpening {
		t.Errorf("opening:\n%s\nwant:\n%s", opening, vectorOpening)
	}
	list, err := New("").Append([]Addition{{"E001", opening}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Code{"3e74d24579385fa1f61eca6b10f01b77abde1f516451523679ad35ce38ed71cc",
		"7ddab730c2716b2aade794f6df34c14676b27b87cd6a26c4b68a2c95165cdafa"}
	if got := list.Code(2); got != want {
		t.Errorf("code %v, want %v", got, want)
	}
	if list, err = list.Append(nil, []string{"E001"}, nil); err != nil {
		t.Fatal(err)
	}
	const after = "04b9b786eb9e7c943eb3ad359f7d340ae55a8ac9fa17054698c382b8389739bf"
	if got := list.Code(3).SHA256; got != after || list.Codes()[1] != want || list.Codes()[2].SHA256 != after {
		t.Errorf("codes %v, want %v and then %s", list.Codes(), want, after)
	}
	if k, ok := list.Find(want.SM3); k != 2 || !ok {
		t.Errorf("the code of the letter is found over %d lines, %v", k, ok)
	}
	line, err := key.Line(LogLine{Seq: 1, Time: "2026-03-02T10:00:00+08:00", Event: "import", Exhibit: "E001",
		Actor: "juzheng", Tool: "juzheng test"})
	if err != nil || string(line) != vectorLog {
		t.Errorf("log: %s%v\nwant %s", line, err, vectorLog)
	}
	digests := LogDigests(line)
	if string(digests) != "3041f9e22f00b71b7cfdde8d170b8d6812b91a36cf3dd1e95901a03cb09cb4b9\n" ||
		!slices.Equal(LogHeads(digests), []string{"63c6398dddf18cce5c1e88b74c2106de378222ee3aa309ef0831cb97f6f2666b"}) {
		t.Errorf("log digests %s heads %v", digests, LogHeads(digests))
	}
}

func TestOpeningIsReadOneWay(t *testing.T) {
	if o, err := ParseOpening([]byte(vectorOpening)); err != nil || string(o.Format()) != vectorOpening {
		t.Fatalf("%+v %v", o, err)
	}
	for name, text := range map[string]string{
		"crlf":            strings.ReplaceAll(vectorOpening, "\n", "\r\n"),
		"bom":             "\xef\xbb\xbf" + vectorOpening,
		"last line cut":   strings.TrimSuffix(vectorOpening, "\n"),
		"empty":           "",
		"a line too many": vectorOpening + "# note\n",
		"two data lines": strings.Replace(vectorOpening, "data/E001.jpg\n", "data/E001.jpg\n"+vectorSHA+
			"  data/E002.jpg\n", 1),
		"another file":        strings.Replace(vectorOpening, "data/E001", "data/E002", 1),
		"a folder":            strings.Replace(vectorOpening, "data/E001", "data/x/E001", 1),
		"two dots":            strings.Replace(vectorOpening, "E001.jpg", "E001.tar.gz", 1),
		"another record":      strings.Replace(vectorOpening, "records/E001", "records/E002", 1),
		"number of one digit": strings.ReplaceAll(vectorOpening, "E001", "E1"),
		"number of zeros":     strings.ReplaceAll(vectorOpening, "E001", "E000"),
		"number with a zero":  strings.ReplaceAll(vectorOpening, "E001", "E0007"),
		"size with a sign":    strings.Replace(vectorOpening, "size 9", "size +9", 1),
		"size with a zero":    strings.Replace(vectorOpening, "size 9", "size 09", 1),
		"size below nothing":  strings.Replace(vectorOpening, "size 9", "size -9", 1),
		"capitals":            strings.Replace(vectorOpening, "92b2fa", "92B2FA", 1),
		"short salt":          strings.Replace(vectorOpening, "7f96\n", "\n", 1),
		"lines exchanged": strings.Replace(vectorOpening, "# number E001\n# size 9", "# size 9\n# number E001",
			1),
		"one blank":              strings.Replace(vectorOpening, "  data", " data", 1),
		"binary mark of md5sum":  strings.Replace(vectorOpening, "  data", " *data", 1),
		"another format":         strings.Replace(vectorOpening, "exhibit 2", "exhibit 3", 1),
		"a blank behind the end": strings.Replace(vectorOpening, ".json\n", ".json \n", 1),
	} {
		if _, err := ParseOpening([]byte(text)); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

// openingsOf are made-up openings: all a list sees of one is its digest.
func openingsOf(numbers ...string) (out []Addition) {
	for _, n := range numbers {
		out = append(out, Addition{n, []byte("opening of " + n + "\n")})
	}
	return out
}

func TestListGrows(t *testing.T) {
	list, err := New(strings.Repeat("ab", 32)).Append(openingsOf("E010", "E002"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	early := list.Code(list.Len())
	if list, err = list.Append(openingsOf("E1000", "E999"), []string{"E010", "E002"}, nil); err != nil {
		t.Fatal(err)
	}
	if list, err = list.Append(nil, nil, []string{"E002"}); err != nil {
		t.Fatal(err)
	}
	var heads []string
	for l := range strings.Lines(string(list.Text())) {
		heads = append(heads, strings.TrimPrefix(strings.TrimSpace(l), sha256Of([]byte("opening of "+strings.TrimSuffix(
			strings.TrimPrefix(strings.TrimSpace(l[min(len(l), 66):]), "openings/"), ".txt")+"\n"))))
	}
	want := []string{"# juzheng evidence list 2", "# follows JZ1 " + strings.Repeat("ab", 32), "  openings/E002.txt",
		"  openings/E010.txt", "  openings/E999.txt", "  openings/E1000.txt", "# out E002", "# out E010", "# in E002"}
	if !slices.Equal(heads, want) {
		t.Errorf("lines %q\nwant  %q", heads, want)
	}
	in, out := list.State(list.Len())
	if !slices.Equal(in, []string{"E002", "E999", "E1000"}) || !slices.Equal(out, []string{"E010"}) {
		t.Errorf("in %v, out %v", in, out)
	}
	if in, out = list.State(4); !slices.Equal(in, []string{"E002", "E010"}) || out != nil {
		t.Errorf("of the earlier letter: in %v, out %v", in, out)
	}
	again, err := ParseList(list.Text(), list.SM3Text())
	if err != nil || !bytes.Equal(again.Text(), list.Text()) || !bytes.Equal(again.SM3Text(), list.SM3Text()) ||
		again.Follows() != list.Follows() || again.Code(4) != early {
		t.Errorf("read again: %v", err)
	}
	if sha, sm3 := again.Commits("E999", []byte("opening of E999\n")); !sha || !sm3 || again.Line("E999") != 5 {
		t.Errorf("E999 on line %d: %v %v", again.Line("E999"), sha, sm3)
	}
	if sha, sm3 := again.Commits("E999", []byte("another\n")); sha || sm3 || again.Line("E003") != 0 {
		t.Error("another opening is committed to")
	}
}

func TestListIsReadOneWay(t *testing.T) {
	list, err := New("").Append(openingsOf("E001", "E002"), []string{"E002"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sha, sm3 := string(list.Text()), string(list.SM3Text())
	lines, lines3 := strings.SplitAfter(sha, "\n"), strings.SplitAfter(sm3, "\n")
	for name, c := range map[string]struct {
		sha, sm3 string
		want     FormError
	}{
		"crlf":          {strings.ReplaceAll(sha, "\n", "\r\n"), sm3, FormError{false, 0, FaultCRLF}},
		"bom":           {"\xef\xbb\xbf" + sha, sm3, FormError{false, 0, FaultBOM}},
		"last line cut": {strings.TrimSuffix(sha, "\n"), sm3, FormError{false, 0, FaultCut}},
		"no head":       {lines[1] + lines[2], sm3, FormError{false, 1, FaultForm}},
		"empty line":    {sha + "\n", sm3 + "\n", FormError{false, 5, FaultForm}},
		"a remark":      {sha + "# note\n", sm3 + "# note\n", FormError{false, 5, FaultForm}},
		"number twice": {sha + strings.Replace(lines[1], lines[1][:4], "0000", 1), sm3 +
			strings.Replace(lines3[1], lines3[1][:4], "0000", 1), FormError{false, 5, FaultNumber}},
		"digest twice": {sha + strings.Replace(lines[1], "E001", "E003", 1), sm3 +
			strings.Replace(lines3[2], "E002", "E003", 1), FormError{false, 5, FaultDigest}},
		"SM3 twice": {sha + strings.Repeat("0", 64) + "  openings/E003.txt\n", sm3 +
			strings.Replace(lines3[1], "E001", "E003", 1), FormError{false, 5, FaultDigest}},
		"label": {strings.Replace(sha, "E001", "E0007", 1), strings.Replace(sm3, "E001", "E0007", 1),
			FormError{false, 2, FaultForm}},
		"out twice":    {sha + "# out E002\n", sm3 + "# out E002\n", FormError{false, 5, FaultState}},
		"out unlisted": {sha + "# out E003\n", sm3 + "# out E003\n", FormError{false, 5, FaultState}},
		"in of one in": {sha + "# in E001\n", sm3 + "# in E001\n", FormError{false, 5, FaultState}},
		"out too early": {lines[0] + lines[3] + lines[1] + lines[2], lines3[0] + lines3[3] + lines3[1] + lines3[2],
			FormError{false, 2, FaultState}},
		"no exhibit": {lines[0], lines3[0], FormError{false, 0, FaultEmpty}},
		"follows late": {sha + "# follows JZ1 " + strings.Repeat("ab", 32) + "\n", sm3,
			FormError{false, 5, FaultForm}},
		"SM3 shorter":   {sha, lines3[0] + lines3[1] + lines3[2], FormError{true, 4, FaultLists}},
		"SM3 reordered": {sha, lines3[0] + lines3[2] + lines3[1] + lines3[3], FormError{true, 2, FaultLists}},
		"SM3 crlf":      {sha, strings.ReplaceAll(sm3, "\n", "\r\n"), FormError{true, 0, FaultCRLF}},
		"a long line":   {sha + strings.Repeat("a", MaxLine+1) + "\n", sm3, FormError{false, 5, FaultTooLong}},
	} {
		_, err := ParseList([]byte(c.sha), []byte(c.sm3))
		var got *FormError
		if !errors.As(err, &got) || *got != c.want {
			t.Errorf("%s: %v, want %v", name, err, &c.want)
		}
	}
	many := strings.Repeat("# in E001\n", MaxLines)
	if _, err := ParseList([]byte(lines[0]+many), []byte(sm3)); err == nil {
		t.Error("a list of 100,001 lines is read")
	}
}

// Two cases with the same files have nothing in common that could be looked up.
func TestSaltsTellNothing(t *testing.T) {
	seen := map[string]string{}
	other := vectorKey()
	other[0]++
	for _, key := range []Key{vectorKey(), other} {
		for _, p := range []Purpose{ForExhibit, ForRecord, ForLog} {
			for n := range 20 {
				salt := key.Salt(p, fmt.Sprintf("E%03d", n+1), vectorSHA)
				if at, twice := seen[salt]; twice || len(salt) != SaltDigits || ZeroSalt(salt) {
					t.Fatalf("salt %q of %s %d was that of %s", salt, p, n, at)
				}
				seen[salt] = fmt.Sprint(p, n)
			}
		}
	}
	if !ZeroSalt(strings.Repeat("0", SaltDigits)) {
		t.Error("a salt of zeros passes")
	}
}

func TestKeyIsOneLine(t *testing.T) {
	key := vectorKey()
	if again, err := ParseKey(key.Format()); err != nil || again != key {
		t.Errorf("%v %v", again, err)
	}
	for _, bad := range []string{"", "00\n", strings.Repeat("0", 64), strings.Repeat("0", 66) + "\n",
		strings.Repeat("g", 64) + "\n"} {
		if _, err := ParseKey([]byte(bad)); err == nil {
			t.Errorf("%q is a key", bad)
		}
	}
}
