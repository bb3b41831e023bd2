package desk_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var cited = regexp.MustCompile(`证据[0-9、，第页（） ]*[0-9]`)

// The letter that is read before papers are made cites the exhibits and pages that are
// printed afterwards: what letters take out of whole logs is taken out before.
func TestWhatIsReadIsPrinted(t *testing.T) {
	d, kase := demoCase(t)
	drafts := func() string {
		t.Helper()
		if err := desk.ExtractForLetters(t.Context(), d, kase); err != nil {
			t.Fatal(err)
		}
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		all, err := desk.DraftsOf(t.Context(), d, x, []evidence.Role{evidence.ToAssociation}, "草稿")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range all.Letters {
			out = append(out, cited.FindAllString(fmt.Sprint(l.Document.Blocks), -1)...)
		}
		return strings.Join(out, " ")
	}
	before := drafts()
	if before == "" {
		t.Fatal("no letter is set")
	}
	built, err := desk.Build(t.Context(), d, kase, desk.BuildOptions{Volume: desk.UsualVolume})
	if err != nil {
		t.Fatal(err)
	}
	if after := drafts(); after != before {
		t.Errorf("read:\n%s\nprinted of %s:\n%s", before, built.Bundle, after)
	}
}
