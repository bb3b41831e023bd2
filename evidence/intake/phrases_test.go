package intake

import (
	"strings"
	"testing"
	"unicode/utf8"

	"juzheng/evidence"
)

func TestFindPhrases(t *testing.T) {
	for _, c := range []struct{ in, category, text string }{
		{"再不还就安排人去你家楼下", "threat_visit", "安排人去你家"},
		{"你这个老 癞", "insult", "老 癞"},
		{"你这个老\u200b赖", "insult", "老\u200b赖"},
		{"ＳＢ 快还钱", "insult", "ＳＢ"},
		{"把照片发到业主群", "exposure_threat", "发到业主群"},
		{"我是派出所的民警", "impersonate_police", "我是派出所的民警"},
		{"转到我个人账户", "personal_account", "转到我个人"},
		{"您的账单今天到期，请按时还款", "", ""},
		{"USB 线在桌上", "", ""}, // no whole word
		{"", "", ""},
	} {
		hits := FindPhrases(c.in)
		if c.category == "" {
			if len(hits) != 0 {
				t.Errorf("%q: %+v, want none", c.in, hits)
			}
			continue
		}
		found := false
		for _, h := range hits {
			found = found || h.Category == c.category && strings.HasPrefix(h.Text, c.text) &&
				c.in[h.Start:h.End] == h.Text && !h.Review
		}
		if !found {
			t.Errorf("%q: %+v, want %s %q", c.in, hits, c.category, c.text)
		}
	}
}

func TestLawfulNoticeIsToReview(t *testing.T) {
	hits := FindPhrases("谨防冒充：自称办案民警、说您已被立案侦查的都是骗局")
	if len(hits) == 0 {
		t.Fatal("no hit")
	}
	for _, h := range hits {
		if !h.Review {
			t.Errorf("%+v counts as more than to review", h)
		}
	}
}

func TestOwnWordsAreNotSearched(t *testing.T) {
	rows := []evidence.Incident{
		{ID: "T1", Kind: evidence.SMS, Direction: evidence.In, Shown: "老赖"},
		{ID: "T2", Kind: evidence.SMS, Direction: evidence.Out, Shown: "不要骂我老赖"},
	}
	if hits := Phrases(rows); len(hits) != 1 || hits[0].Incident != "T1" {
		t.Errorf("%+v", hits)
	}
}

func FuzzFindPhrases(f *testing.F) {
	f.Add("老 癞\xff\uFFFD ＳＢ cnm")
	f.Fuzz(func(t *testing.T, s string) {
		for _, h := range FindPhrases(s) {
			if h.Start < 0 || h.End > len(s) || h.Start >= h.End || s[h.Start:h.End] != h.Text {
				t.Errorf("%q: %+v", s, h)
			}
			if utf8.ValidString(s) && !utf8.ValidString(h.Text) {
				t.Errorf("%q: a character was cut: %+v", s, h)
			}
		}
	})
}

func TestEveryGroupOfPhrasesHasALabel(t *testing.T) {
	for _, c := range phrases().categories {
		if l := PhraseLabel(c); l.ZH == "" || l.EN == "" {
			t.Errorf("%s has no label", c)
		}
	}
	if len(phraseLabels) != len(phrases().categories) {
		t.Errorf("%d labels for %d groups", len(phraseLabels), len(phrases().categories))
	}
}
