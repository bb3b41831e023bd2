package folder

import (
	"bytes"
	"os"
	"testing"
)

// What lies in the cache counts where this computer put it there, under that name, to the
// last byte: a case that comes from somebody else brings no words of a PDF with it, and no
// picture in the place of another.
func TestCacheOfOthers(t *testing.T) {
	f := &Folder{dir: t.TempDir()}
	f.Cache([]byte("22:10 connected"), "pages", "a.json")
	shelf := f.Shelf("pictures", 1<<20)
	shelf.Save("b", []byte("a picture"))
	const page, picture = CacheDir + "/pages/a.json", CacheDir + "/pictures/b"
	had := map[string][]byte{}
	for _, path := range []string{page, picture} {
		data, err := os.ReadFile(f.Path(path))
		if err != nil {
			t.Fatal(err)
		}
		had[path] = data
	}
	read := func() (string, string) { return string(f.Cached("pages", "a.json")), string(shelf.Load("b")) }
	if a, b := read(); a != "22:10 connected" || b != "a picture" {
		t.Fatalf("read again: %q, %q", a, b)
	}
	for _, c := range []struct {
		name string
		as   func([]byte) []byte
	}{
		{"cut off", func(b []byte) []byte { return b[:len(b)-1] }},
		{"cut to nothing", func([]byte) []byte { return nil }},
		{"a byte changed", func(b []byte) []byte { return append(bytes.Clone(b[:len(b)-1]), '!') }},
		{"the data alone", func([]byte) []byte { return []byte("a picture") }},
		{"of another name", func(b []byte) []byte {
			return had[map[bool]string{true: picture, false: page}[bytes.Equal(b, had[page])]]
		}},
		{"of another computer", func(b []byte) []byte {
			was := ownKey
			defer func() { ownKey = was }()
			ownKey = func() []byte { return make([]byte, 32) }
			return append(markOf([]byte("23:10 connected"), "pages/a.json"), "23:10 connected"...)
		}},
	} {
		for path, data := range had {
			if err := os.WriteFile(f.Path(path), c.as(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := read(); a+b != "" {
			t.Errorf("%s: %q, %q were taken for ours", c.name, a, b)
		}
	}
}

// The key is made once, and the same in every run after.
func TestOwnKey(t *testing.T) {
	whole := bytes.Repeat([]byte("k"), 32)
	for name, left := range map[string][]byte{"none": nil, "cut off": []byte("x"), "whole": whole} {
		t.Setenv("XDG_CACHE_HOME", t.TempDir())
		t.Setenv("LocalAppData", os.Getenv("XDG_CACHE_HOME"))
		t.Setenv("HOME", os.Getenv("XDG_CACHE_HOME"))
		if left != nil {
			dir, _ := os.UserCacheDir()
			os.MkdirAll(dir+"/juzheng", 0o700)
			if err := os.WriteFile(dir+"/juzheng/cache.key", left, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		one, two := readKey(), readKey()
		if len(one) != 32 || !bytes.Equal(one, two) || len(left) == 32 && !bytes.Equal(one, left) {
			t.Errorf("%s: %x, then %x", name, one, two)
		}
	}
}
