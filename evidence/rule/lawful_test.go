package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What a collector says of calls to others is told where the person could be reached,
// and as their word: no file shows the call. Who says that it is none calls it lawful.
func TestAdmissionIsNeverShownContact(t *testing.T) {
	for _, c := range []struct {
		name             string
		reachable        evidence.Answer
		asserted, denied []evidence.Breach
		strength         evidence.Strength // of V02
		lawful, remarked bool
		words            string // others than those of an admission
	}{
		{name: "nobody has said what it means", remarked: true},
		{name: "the person could be reached", reachable: evidence.Yes, asserted: []evidence.Breach{"V02"},
			strength: evidence.Stated},
		{name: "nobody has said whether", asserted: []evidence.Breach{"V02"}, strength: evidence.Review},
		{name: "it is none", denied: []evidence.Breach{"V02"}, lawful: true},
		{name: "a threat is no admission", reachable: evidence.Yes, asserted: []evidence.Breach{"V02"},
			words: "再不还就给你妈打电话", lawful: true},
	} {
		i := row("2026-08-03 12:00:00", shown)
		i.Kind, i.Shown, i.Reachable, i.Asserted, i.Denied = evidence.SMS, "你妈我们昨天问过了，请今日还款", c.reachable,
			c.asserted, append(c.denied, "V06")
		if c.words != "" {
			i.Shown = c.words
		}
		r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
		var got evidence.Strength
		for _, f := range r.Findings {
			if f.Rule == "V02" {
				got = f.Strength
			}
		}
		lawful := slices.ContainsFunc(r.Lawful,
			func(l evidence.Lawful) bool { return slices.Contains(l.Incidents, i.ID) })
		remarked := slices.ContainsFunc(r.Remarks, func(t evidence.Advice) bool { return strings.Contains(t.ZH, "像是承认") })
		if got != c.strength || lawful != c.lawful || remarked != c.remarked {
			t.Errorf("%s: V02 %q, lawful %v, remarked %v: %+v", c.name, got, lawful, remarked, r)
		}
	}
}

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

// A demand that came by post is lawful, and no other thing is called one.
func TestADemandByPostIsLawful(t *testing.T) {
	for kind, want := range map[evidence.IncidentKind]string{evidence.Mail: "寄给本人的催款函", evidence.Post: ""} {
		i := row("2026-08-03", shown)
		i.Kind, i.Shown = kind, "请于8月10日以前还清借款"
		var got string
		for _, l := range Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing}).Lawful {
			got += l.Act.ZH
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
	}
}

// A lawyer's notice stands in the list of what is lawful under its own name, with how
// to have it checked; found to be from no lawyer it is a finding.
func TestLawyersNoticeHasItsPlace(t *testing.T) {
	i := row("2026-08-03 12:00:00", shown)
	i.Kind, i.Shown = evidence.SMS, "【南桥律师事务所】受示例金融委托致函：请于7日内还清借款，否则将依法提起诉讼"
	r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
	if len(r.Lawful) != 1 || r.Lawful[0].Act != lawyersNotice || len(r.Worded) != 0 {
		t.Errorf("genuine, as far as anybody knows: %+v", r)
	}
	i.Asserted, i.Untrue = []evidence.Breach{"V08a"}, evidence.Yes
	i.Words = "8月5日打12348，答复没有这家律所"
	r = Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
	if len(r.Lawful) != 0 || len(r.Findings) != 1 || r.Findings[0].Rule != "V08" {
		t.Errorf("found untrue: %+v", r)
	}
}
