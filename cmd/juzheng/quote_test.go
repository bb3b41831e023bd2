package main

import "testing"

func TestQuote(t *testing.T) {
	for _, c := range []struct{ system, path, want string }{
		{"linux", "案件", "案件"},
		{"linux", "我的 & 案件", "'我的 & 案件'"},
		{"linux", "it's", `'it'\''s'`},
		{"linux", `a\b`, `'a\b'`},
		{"windows", `D:\案件`, `D:\案件`},
		{"windows", `D:\我的 & 案件`, `"D:\我的 & 案件"`},
		{"windows", `D:\我的 案件\`, `"D:\我的 案件\\"`},
		{"windows", "it's", `"it's"`},
	} {
		if got := quoteFor(c.system, c.path); got != c.want {
			t.Errorf("%s on %s: got %s, want %s", c.path, c.system, got, c.want)
		}
	}
}
