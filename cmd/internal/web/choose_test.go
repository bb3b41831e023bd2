package web

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where a file was typed in the place of a folder, its folder is shown, and the file in it to
// be taken.
func TestChooseShowsATypedFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "手机 & 店里")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	empty := []byte("PK\x05\x06" + strings.Repeat("\x00", 18))
	if err := os.WriteFile(filepath.Join(dir, "手机.zip"), empty, 0o600); err != nil {
		t.Fatal(err)
	}
	c := serve(t, "", nil).enter(t)
	for typed, want := range map[string]bool{filepath.Join(dir, "手机.zip"): true, dir: true, dir + "x": false} {
		_, page := c.do("GET", c.root+"/choose?dir="+url.QueryEscape(typed), nil, nil)
		if strings.Contains(page, "手机.zip") != want || strings.Contains(page, "这里读不了") == want {
			t.Errorf("%s: shown %v, want %v", typed, !want, want)
		}
	}
}
