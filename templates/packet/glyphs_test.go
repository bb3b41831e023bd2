package packet

import (
	"reflect"
	"testing"

	"juzheng/evidence"
)

// What no font has is spelled wherever it stands, in a copy: what the case
// holds keeps every character, and nothing else changes.
func TestOnPaper(t *testing.T) {
	type inner struct{ Said string }
	type all struct {
		Said   string
		List   []string
		Nested []inner
		ByName map[string]inner
		To     *inner
		None   []string
		N      int
		Hidden string `json:"-"`
		own    string
	}
	made := func(s string) all {
		return all{Said: s, List: []string{s}, Nested: []inner{{s}}, ByName: map[string]inner{"a": {s}}, To: &inner{s},
			N: 7, Hidden: s, own: "😀"}
	}
	v := made("还钱😀⼈\u200b𠮷")
	if got, want := onPaper(v, nil), made("还钱〔表情：嘿嘿〕人〔U+20BB7〕"); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if !reflect.DeepEqual(v, made("还钱😀⼈\u200b𠮷")) {
		t.Errorf("the original was changed: %+v", v)
	}
	if onPaper([]evidence.Exhibit(nil), nil) != nil {
		t.Error("nothing became something")
	}
}
