package letter

import (
	"testing"

	"juzheng/evidence"
)

// What the person says of a notice or a visit stands beside what the picture shows of it, as
// their own word; of calls and messages the file's words stand alone, and a check is told by
// its own sentence.
func TestOwnAccountOfWhatAPictureShows(t *testing.T) {
	const words, shown = "他们把通知书贴在我店门上", "限三日内还清"
	for _, c := range []struct {
		i    evidence.Incident
		want string
	}{
		{evidence.Incident{Kind: evidence.Post, Shown: shown, Words: words + "。"}, "；据本人陈述：" + words},
		{evidence.Incident{Kind: evidence.Visit, Shown: shown, Words: words}, "；据本人陈述：" + words},
		{evidence.Incident{Kind: evidence.Post, Shown: shown}, ""},
		{evidence.Incident{Kind: evidence.Post, Words: words}, ""}, // it is told as a statement
		{evidence.Incident{Kind: evidence.Post, Shown: shown + "，否则张贴", Words: shown}, ""},
		{evidence.Incident{Kind: evidence.SMS, Shown: shown, Words: words}, ""},
		{evidence.Incident{Kind: evidence.Call, Shown: shown, Words: words}, ""},
		{evidence.Incident{Kind: evidence.Mail, Shown: shown, Words: "3月5日致电法院核实，没有此案", Untrue: evidence.Yes}, ""},
	} {
		if got := (Input{}).ownAccount(c.i); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.i.Kind, c.i.Words, got, c.want)
		}
	}
}
