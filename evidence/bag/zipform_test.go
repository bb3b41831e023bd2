package bag

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Every single byte of a zip, flipped, is noticed: a file or header that
// differs ends with 5 or 8, and an attribute or the like, which no program
// acts on and no digest covers, is at least told.
func TestEveryByteOfZip(t *testing.T) {
	dir, root := smallBundle(t)
	whole, err := os.ReadFile(zipOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if res := verify(t, zipOf(t, dir), Options{}); hasCode(res, "N-ZIP-FORM") || res.ExitCode() != 0 {
		t.Fatalf("intact:\n%s", problems(res))
	}
	name := filepath.Join(t.TempDir(), "JZ-2026-0001.zip")
	data := bytes.Clone(whole)
	told := 0
	for at := 0; at < len(data); at += step(t) {
		data[at] ^= 1 << (at % 8)
		overwrite(t, name, data)
		opt := Options{}
		if at%2 == 1 {
			opt.Expect = root.SHA256
		}
		res := verify(t, name, opt)
		switch res.ExitCode() {
		case 5, 8:
		case 0:
			told++
			if !hasCode(res, "N-ZIP-FORM") {
				t.Fatalf("byte %d of %d: nothing was noticed\n%s", at, len(data), problems(res))
			}
		default:
			t.Fatalf("byte %d: exit %d\n%s", at, res.ExitCode(), problems(res))
		}
		data[at] = whole[at]
	}
	if told == 0 || told > len(whole)/20 {
		t.Errorf("only told of %d flips", told)
	}
}
