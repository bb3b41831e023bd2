package rule

import (
	"slices"
	"testing"

	"juzheng/evidence"
)

// What comes from a collector under the name of a mediation body or a court is
// not called lawful as long as nobody has checked it.
func TestBorrowedNameIsNotCalledLawful(t *testing.T) {
	for _, c := range []struct {
		name, words string
		want        bool
	}{
		{"a plain reminder", "您的借款本期应还1033.33元，请按时还款", true},
		{"a mediation body", "重庆市人民调解委员会：您与示例金融借款纠纷，请于今日还款", false},
		{"a court", "【示例法院】您的借款已逾期，请今日还款", false},
		{"a suit announced", "您的借款已逾期，请按时还款，否则我司将依法向有管辖权的人民法院起诉", true},
	} {
		i := row("2026-08-03 12:00:00", shown)
		i.Kind, i.Shown = evidence.SMS, c.words
		r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
		got := slices.ContainsFunc(r.Lawful, func(l evidence.Lawful) bool { return slices.Contains(l.Incidents, i.ID) })
		if got != c.want {
			t.Errorf("%s: called lawful: %v, want %v (%+v)", c.name, got, c.want, r)
		}
	}
}
