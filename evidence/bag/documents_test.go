package bag

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What evidence.json lets pass, every reader reads alike: a second parse of
// what was parsed gives the same, and nothing in it is out of range.
func FuzzParseEvidence(f *testing.F) {
	dir, _ := newBundle(f)
	whole, err := os.ReadFile(filepath.Join(dir, evidenceName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, s := range []string{
		`{"schema":1}`, `{"schema":1,"schema":2}`, `{"schema":1,"Schema":2}`, `{"schema":1,"ſchema":2}`,
		`{"schema":1e999}`, `{"schema":9007199254740993}`,
		`{"schema":1,"files":[{"path":"data/E001","size":-1,"times":null}]}`, `{"schema":1} {}`, "\xef\xbb\xbf{}",
		`{"schema":1,"case":"\ud800"}`,
		strings.Repeat("[", 100), `{"schema":1,"files":{}}`, "null", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := parseEvidence(data, 32, 1_000_000)
		if err != nil {
			return
		}
		again, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseEvidence(again, 32, 1_000_000)
		if err != nil {
			t.Fatalf("%s is not read again: %v", again, err)
		}
		if back.Schema != e.Schema || back.Case != e.Case || len(back.Files) != len(e.Files) {
			t.Errorf("%+v reads back as %+v", e, back)
		}
		var loose map[string]any
		if json.Unmarshal(data, &loose) == nil {
			for key := range loose {
				if strings.ToLower(key) != key {
					t.Errorf("key %q passed", key)
				}
			}
		}
	})
}

// The catalogue is read by Excel and by us: any text is read or refused.
func FuzzParseCatalogue(f *testing.F) {
	head := "\xef\xbb\xbf" + strings.Join(catalogueHead, ",") + "\r\n"
	f.Add([]byte(head))
	f.Add([]byte(head + "E001,data/E001,'=x,1,a,b\r\n"))
	f.Add([]byte(head + "\"E001\nx\",,,,,\r\n"))
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := parseCatalogue(data, 1000)
		for _, r := range rows {
			if err == nil && len(r) != len(catalogueHead) {
				t.Errorf("%d cells", len(r))
			}
		}
	})
}

// bagit.txt, bag-info.txt and fetch.txt of others, in any encoding they say.
func FuzzTagFiles(f *testing.F) {
	f.Add([]byte(declaration), []byte("Contact-Name: x\n y\n"), []byte("http://example.invalid/x - data/a\n"))
	f.Add([]byte(declare("0.97", "UTF-16")), []byte("\xfe\xff\x00a"), []byte("x 1 ../x\n"))
	f.Add([]byte(declare("0.93", "GB18030")), []byte("\x81\x30:\r"), []byte("%0"))
	f.Add([]byte(declare("1.0", "ISO-2022-JP")), []byte("\x1b$B"), []byte("\x1b$B"))
	f.Add([]byte(declare("1.0", "UTF-32LE")), []byte("a"), []byte("\xff"))
	f.Fuzz(func(t *testing.T, bagit, info, fetch []byte) {
		dir := t.TempDir()
		os.Mkdir(filepath.Join(dir, "data"), 0o755)
		os.WriteFile(filepath.Join(dir, "manifest-sha256.txt"), nil, 0o600)
		for name, data := range map[string][]byte{bagitName: bagit, bagInfoName: info, "package-info.txt": info,
			"fetch.txt": fetch} {
			os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		res := verify(t, dir, Options{})
		if (res.ExitCode() == 0) != res.Valid {
			t.Errorf("exit %d, valid %v\n%s", res.ExitCode(), res.Valid, problems(res))
		}
	})
}
