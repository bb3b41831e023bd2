package web

import "testing"

// Nothing in the text of a page turns round what is read; what is sent back stays.
func TestOneDirection(t *testing.T) {
	for in, want := range map[string]string{
		"<p>照片\u202egnp.exe</p>":                            "<p>照片\ufffdgnp.exe</p>",
		"<input value=\"\u202egnp.exe\"> \u2066x":           "<input value=\"\u202egnp.exe\"> \ufffdx",
		"<textarea>\u202eabc</textarea>\u202e<b>\u200f</b>": "<textarea>\u202eabc</textarea>\ufffd<b>\ufffd</b>",
		"<p>没有</p>": "<p>没有</p>", "\u202e": "\ufffd", "<p \u202e": "<p \u202e", "": "",
	} {
		if got := string(oneDirection([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
