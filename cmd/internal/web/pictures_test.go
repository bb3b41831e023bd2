package web

import (
	"os"
	"path/filepath"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
)

// Every screen there is, of a case whose papers are made, at three widths, in both languages,
// light and dark: see [page.look]. JUZHENG_PICTURES names a folder for the pictures, to be
// looked at; JUZHENG_PICTURES_OF another case than the invented one, which is copied.
func TestEachScreenAsPicture(t *testing.T) {
	if os.Getenv("JUZHENG_SLOW") == "" {
		t.Skip("with JUZHENG_SLOW: it takes minutes")
	}
	browsertest.Need(t)
	kase := demoCase(t)
	d, _ := testDesk()
	if of := os.Getenv("JUZHENG_PICTURES_OF"); of != "" {
		kase = filepath.Join(t.TempDir(), "案件")
		if err := os.CopyFS(kase, os.DirFS(of)); err != nil {
			t.Fatal(err)
		}
	} else {
		if err := desk.Complete(t.Context(), d, kase, demo.Tell); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Build(t.Context(), d, kase, desk.BuildOptions{To: []evidence.Role{evidence.ToLender},
			Volume: desk.UsualVolume}); err != nil {
			t.Fatal(err)
		}
	}
	p := newPage(t, kase, nil)
	p.open("letters") // they are set once
	p.wait(`return !!document.querySelector('.paper, .one h1') && !document.querySelector('#setting')`)
	seen := 0
	for _, sc := range screens() {
		at, ready := sc.path, `return !!document.querySelector('#main h1') && !document.querySelector('#setting')`
		switch {
		case sc.path == startPath:
			at = "/"
		case sc.path == verifyPath:
			p.tab.Open(p.root + "/choose?for=verify&dir=" + filepath.Join(kase, folder.BundleDir))
			p.tab.Click("footer .go")
			p.wait(`return !!document.querySelector('.big')`)
			at = ""
		case sc.path == partPath || sc.path == unlockPath:
			continue // a part in the place of a screen, and a locked case: they have tests of their own
		case sc.free:
			at = "/" + sc.path
		}
		if at != "" {
			p.open(at)
			p.wait(ready)
		}
		p.look("each-" + sc.path)
		seen++
	}
	p.open("/" + awayPath)
	if seen < 13 {
		t.Errorf("%d screens were looked at", seen)
	}
}
