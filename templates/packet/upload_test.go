package packet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// noise is a picture that no coding makes much smaller.
func noise(t *testing.T, r *rand.Rand, w, h int) []byte {
	t.Helper()
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range im.Pix {
		im.Pix[i] = byte(r.Uint32())
		if i%4 == 3 {
			im.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pictureCase is a borrower's case whose breaches are shown by screenshots of
// random size; one of them is damaged.
func pictureCase(t *testing.T, r *rand.Rand, n int) (letter.Input, map[string][]byte) {
	t.Helper()
	files := map[string][]byte{}
	var exhibits []evidence.Exhibit
	var incidents []evidence.Incident
	var numbers []string
	for i := range n {
		x := fmt.Sprintf("E%03d", i+1)
		files[x] = noise(t, r, 100+r.IntN(300), 200+r.IntN(500))
		if i == 1 {
			files[x] = files[x][:len(files[x])/2]
		}
		sum := sha256.Sum256(files[x])
		exhibits = append(exhibits, evidence.Exhibit{Number: x, Kind: evidence.Screenshot, MediaType: "image/png",
			Size:         int64(len(files[x])),
			OriginalName: x + ".png", File: x + ".png", Sums: bag.Sums{SHA256: hex.EncodeToString(sum[:]),
				SM3: strings.Repeat("0", 64)}})
		numbers = append(numbers, x)
		incidents = append(incidents, evidence.Incident{ID: fmt.Sprintf("T%03d", i+1), Kind: evidence.Message,
			Direction: evidence.In,
			Time: evidence.Time{At: time.Date(2026, 3, i%27+1, 10, 15, 0, 0, evidence.Beijing),
				Precision: evidence.ToSecond},
			Number: "01058880000", Reached: evidence.ReachedWorkplace, Disclosed: evidence.Yes, Shown: "王小雨欠钱不还，让他赶紧还款",
			Exhibits: []string{x}})
	}
	in := example(incidents, exhibits, numbers)
	in.Open = func(x evidence.Exhibit) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files[x.Number])), nil
	}
	return in, files
}

// Whatever the pictures weigh, the folder is within the limit; what is not in
// it is named; the originals stay; the same case gives the same bytes.
func TestUploadIsWithinTheLimit(t *testing.T) {
	for seed, limit := range []int64{40_000, 185_000, 250_000, 420_000, 900_000, 30_000_000} {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		in, files := pictureCase(t, r, 4+r.IntN(6))
		before := maps.Clone(files)
		pages, err := typeset.Fonts(nil).Book(io.Discard, letter.ComposeBook(in, letter.Counted{}))
		if err != nil {
			t.Fatal(err)
		}
		at := letter.Counted{Pages: pages.Exhibits, Book: pages.Total}
		papers, err := compose(in, at, nil)
		if err != nil {
			t.Fatal(err)
		}
		var made [2][]byte
		var up *letter.Upload
		for n := range made {
			dir := t.TempDir()
			if up, err = setUpload(dir, in, at, papers, Order{Upload: limit}); err != nil {
				t.Fatal(err)
			}
			made[n] = onlyFile(t, filepath.Join(dir, UploadFolder))
		}
		if !bytes.Equal(made[0], made[1]) {
			t.Errorf("limit %d: two runs differ", limit)
		}
		if int64(len(made[0])) > limit || int64(len(made[0])) != up.Bytes {
			t.Errorf("limit %d: %d bytes, said to be %d", limit, len(made[0]), up.Bytes)
		}
		if up.File == "" && up.Why == "" {
			t.Errorf("limit %d: nothing was made, for no reason", limit)
		}
		for x, data := range before {
			if !bytes.Equal(data, files[x]) {
				t.Errorf("limit %d: %s was changed", limit, x)
			}
		}
		if up.Excerpt && up.File != "举报书.pdf" {
			checkExcerpt(t, in, at, up, made[0])
		}
		if limit > 10_000_000 && up.Excerpt {
			t.Error("everything fits and something was left out")
		}
	}
}

// onlyFile is what a folder holds: one file, or nothing; none without it.
func onlyFile(t *testing.T, dir string) []byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil || len(entries) > 1 {
		t.Fatalf("%v %v", entries, err)
	}
	if len(entries) == 0 {
		t.Errorf("%s is empty", dir)
		return nil
	}
	data, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkExcerpt reads an excerpt as another program does.
func checkExcerpt(t *testing.T, in letter.Input, at letter.Counted, up *letter.Upload, data []byte) {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "1" {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command(tool, "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), "")
	left := map[string]bool{}
	for _, x := range up.Left {
		left[x.Exhibit] = true
		if want := x.Name(in); !strings.Contains(text, want) || !strings.Contains(text, x.Why) {
			t.Errorf("limit %d: the page does not say that %s is left out: %s", up.Limit, want, x.Why)
		}
	}
	for _, x := range in.Exhibits {
		own := strings.Contains(text, x.SHA256) && strings.Contains(text,
			fmt.Sprintf("完整内容见证据册第%d页起", at.Pages[x.Number]))
		if own == left[x.Number] {
			t.Errorf("limit %d: %s taken %t, left %t", up.Limit, x.Number, own, left[x.Number])
		}
	}
	if len(left) == 0 { // the damaged one at least
		t.Errorf("limit %d: nothing is left out", up.Limit)
	}
}
