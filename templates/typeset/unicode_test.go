package typeset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-text/typesetting/segmenter"
)

// Where a line may end by our table, it may by the line breaking algorithm of
// Unicode (UAX #14), in every pair of characters of every golden letter and
// in sentences made for it; and of the places Unicode allows we use those
// between Han characters.
func TestBreaksAgreeWithUnicode(t *testing.T) {
	files, err := filepath.Glob("../letter/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden letters: %v", err)
	}
	text := "他说：“你再不还钱——今天！”（2026年3月2日23:14，通话1分20秒）《办法》第十一条、GB/T 45251—2025；￥1,254.30元，95%……还有〔U+1F600〕【示例借】·某某。\n" +
		"E001.m4a 的SHA-256为0123 4567，共3份（见第12页）。电话：0571-00000101；邮箱a@example.com。\n"
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text += string(data)
	}
	ours, theirs, missed := 0, 0, map[string]int{}
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		r := []rune(strings.TrimSuffix(line, "\n"))
		if len(r) < 2 {
			continue
		}
		var s segmenter.Segmenter
		s.Init(r)
		may := map[int]bool{}
		for it := s.LineIterator(); it.Next(); {
			l := it.Line()
			may[l.Offset+len(l.Text)] = true
		}
		for i := 1; i < len(r); i++ {
			pair := string(r[i-1 : i+1])
			switch we := breakable(r[i-1], r[i]); {
			case we && !may[i]:
				if !seen[pair] && !ownBreak(r[i-1], r[i]) {
					t.Errorf("we break %q, Unicode does not: …%s", pair, string(r[max(0, i-12):min(len(r), i+6)]))
				}
				seen[pair] = true
			case we:
				ours++
			case may[i]:
				missed[pair]++
			}
			if may[i] {
				theirs++
			}
		}
	}
	for pair, n := range missed {
		r := []rune(pair)
		if ideograph(r[0]) && ideograph(r[1]) {
			t.Errorf("Unicode breaks %q (%d times), we do not", pair, n)
		}
	}
	if ours*100 < theirs*90 {
		t.Errorf("we use %d of %d places", ours, theirs)
	}
	t.Logf("%d of %d places", ours, theirs)
}

// ownBreak reports where we break and Unicode does not: it takes “ and ” for
// marks that may open as well as close, and so keeps them beside Latin; in
// Chinese one opens and the other closes.
func ownBreak(a, b rune) bool {
	return ideograph(a) && strings.ContainsRune("“‘", b) || strings.ContainsRune("”’", a) && ideograph(b)
}
