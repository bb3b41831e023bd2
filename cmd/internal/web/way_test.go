package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence/bag/browsertest"
)

// A folder that is dropped comes whole, with its paths and times, and a case is
// made of it; what was received is not kept twice.
func TestDropAFolder(t *testing.T) {
	browsertest.Need(t)
	phone := filepath.Join(t.TempDir(), "我的手机")
	if err := demo.Write(phone); err != nil {
		t.Fatal(err)
	}
	p := newPage(t, "", nil)
	p.look("start")
	p.tab.Devtools("Input.dispatchDragEvent", drag("dragEnter", phone), nil)
	p.tab.Devtools("Input.dispatchDragEvent", drag("dragOver", phone), nil)
	p.tab.Devtools("Input.dispatchDragEvent", drag("drop", phone), nil)
	p.wait(`return location.pathname.endsWith('/found') && !!document.querySelector('.sum')`)
	kase := filepath.Join(p.home, "cases", "我的手机-案件")
	d, _ := testDesk()
	got, err := desk.List(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	filepath.WalkDir(phone, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files++
		}
		return err
	})
	given := len(got.Unusable)
	for _, x := range got.Exhibits {
		given += 1 + len(x.Duplicates)
		rest, ok := strings.CutPrefix(x.OriginalPath, "我的手机/")
		if !ok {
			t.Errorf("%s is on record as %s", x.Number, x.OriginalPath)
			continue
		}
		info, err := os.Stat(filepath.Join(phone, filepath.FromSlash(rest)))
		if err != nil {
			t.Error(err)
		} else if off := info.ModTime().Sub(x.Modified); off.Abs().Seconds() >= 1 {
			t.Errorf("%s was changed at %v, on record is %v", rest, info.ModTime(), x.Modified)
		}
	}
	if given != files {
		t.Errorf("%d files of %d are accounted for", given, files)
	}
	if left, _ := filepath.Glob(filepath.Join(p.home, "scratch", "run-*", "drop-*", "*")); len(left) > 0 {
		t.Errorf("what was received stays: %q", left)
	}
	p.base = p.origin + strings.TrimSuffix(p.path(), "/found")
	p.look("found")
}

// path is that of the screen.
func (p *page) path() (at string) {
	p.t.Helper()
	p.tab.Run(&at, `return location.pathname`)
	return at
}

func drag(kind, path string) map[string]any {
	return map[string]any{"type": kind, "x": 300, "y": 450, "data": map[string]any{"items": []any{},
		"files": []string{path}, "dragOperationsMask": 1}}
}
