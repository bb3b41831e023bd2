package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

func text(at, words string) evidence.Incident {
	return row(at, func(i *evidence.Incident) {
		i.Kind, i.Answered, i.Seconds, i.Shown = evidence.SMS, evidence.Unknown, -1, words
	})
}

// What a message is for comes before its hour: a code at night is no
// collection, a demand is, and what does not tell is asked about.
func TestRolesComeBeforeHours(t *testing.T) {
	for _, c := range []struct {
		words string
		role  evidence.MessageRole
		want  string
	}{
		{"【极融】验证码 482913，用于登录，五分钟内有效。", "", ""},
		{"【极融】已收到您的还款 500.00 元，感谢。", "", ""},
		{"【极融】您有2万元额度待领取，退订回T", "", ""},
		{"【极融】您已逾期，请立即还款 2716 元。", "", "V05/shown"},
		{"【极融】您已逾期，请立即还款 2716 元。", evidence.RoleService, ""}, // the person knows better
		{"【极融】您好，在忙什么", "", "V05/review"},
		{"【极融】您好，在忙什么", evidence.RoleCollecting, "V05/shown"},
		{"今晚就弄死你", "", "V05/shown"},
	} {
		i := text("2026-09-01 23:15:00", c.words)
		i.Role, i.Use = c.role, evidence.Unknown
		r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q as %q: %q, want %q", c.words, c.role, s, c.want)
		}
	}
}

// What sounds like a violation is never called lawful: it is quoted, safety
// comes first, and the case is not turned away.
func TestWhatSoundsLikeAViolationIsNotLawful(t *testing.T) {
	i := text("2026-09-01 12:10:00", "今天晚上八点前不还钱，你全家就等着收尸吧")
	r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
	if len(r.Lawful) > 0 || r.Emergency.ZH == "" || len(r.Obstacles) != 1 || r.Obstacles[0].Code != "unanswered" {
		t.Errorf("lawful %+v, emergency %q, obstacles %+v", r.Lawful, r.Emergency.ZH, r.Obstacles)
	}
	if len(r.Worded) == 0 || !strings.Contains(r.Worded[0].Quote, "等着收尸") || r.Worded[0].Incident != i.ID {
		t.Errorf("%+v", r.Worded)
	}
	for _, w := range r.Worded {
		i.Denied = append(i.Denied, w.Breach)
	}
	r = Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
	if len(r.Worded) > 0 || r.Emergency.ZH != "" || len(r.Lawful) != 1 {
		t.Errorf("looked at, and still %+v, %q, lawful %+v", r.Worded, r.Emergency.ZH, r.Lawful)
	}
}

// A call that does not say who called whom is neither counted nor lawful, and a
// contact is not judged by the debtor's limits.
func TestWhatIsNotKnownIsNotLawful(t *testing.T) {
	call := row("2026-09-01 10:15:00", func(i *evidence.Incident) { i.Direction = evidence.DirectionUnknown })
	r := Apply(testCase(), []evidence.Incident{call}, nil, Options{Date: filing})
	asked := slices.ContainsFunc(r.Remarks, func(t evidence.Advice) bool { return strings.Contains(t.ZH, call.ID) })
	if len(r.Lawful) > 0 || !asked {
		t.Errorf("lawful %+v, remarks %+v", r.Lawful, r.Remarks)
	}
	kase := testCase()
	kase.Complainant.Kind = evidence.Contact
	r = Apply(kase, []evidence.Incident{call}, nil, Options{Date: filing})
	if len(r.Lawful) > 0 || len(r.Findings) != 1 || r.Findings[0].Strength != evidence.Review {
		t.Errorf("of a contact: lawful %+v, findings %+v", r.Lawful, r.Findings)
	}
}

// What a colleague tells of a call is no message of the collector: it is asked
// who told it, and once that is said it is no act of an hour.
func TestHearsayIsAskedAbout(t *testing.T) {
	i := row("2026-09-01 23:31:00", func(i *evidence.Incident) {
		i.Kind, i.Number, i.Name, i.Reached, i.Disclosed = evidence.Message, "", "刘姐", evidence.ReachedWorkplace,
			evidence.Yes
		i.Shown, i.Use = "刚才有个女的打我电话，说你欠他们钱，让我转告你", evidence.Yes
	})
	for _, c := range []struct{ toldBy, want string }{{"", "V01/review"}, {"刘姐", "V01/shown"}} {
		i.ToldBy = c.toldBy
		r := Apply(testCase(), []evidence.Incident{i}, nil, Options{Date: filing})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
		}
		if s := strings.Join(got, " "); s != c.want || len(r.Lawful) > 0 {
			t.Errorf("told by %q: %s, want %s; lawful %+v", c.toldBy, s, c.want, r.Lawful)
		}
	}
}
