package rule

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Whom to turn to follows the act and the licence.
func TestBodies(t *testing.T) {
	for _, c := range []struct {
		licence evidence.Licence
		claim   evidence.Breach
		edit    func(*evidence.Incident)
		want    string
	}{
		{evidence.Bank, "V06", words, "P NFRA-L NIFA PS"}, {evidence.Bank, "V06a", words, "PS P NFRA-L NIFA"},
		{evidence.SmallLoan, "V06", words, "P LFB NIFA PS"}, {evidence.SmallLoan, "V07", words, "PS P LFB NIFA"},
		{evidence.Bank, "V08a", untrue, "JUD PS P NFRA-L"}, {evidence.Bank, "V08b", untrue, "PS P NFRA-L"},
		{evidence.Bank, "V11a", words, "PS P NFRA-L"}, {evidence.Bank, "V11c", words, "P NFRA-L"},
		{evidence.Bank, "V14", words, "CAC P NFRA-L PS"}, {evidence.Bank, "V15a", words, "P NFRA-L CAC PS"},
		{evidence.Bank, "V15c", words, "P NFRA-L CAC PBC"},
		{evidence.Bank, "V16a", words, "PBC P"}, {evidence.Bank, "V21b", words, "PS P NFRA-L"},
		{evidence.Bank, "V20b", words, "P NFRA-L"}, {evidence.Bank, "V20c", words, "P NFRA-L PS CAC"},
		{evidence.Guarantee, "V13", words, "P LFB"},
	} {
		kase := testCase()
		kase.Lender.Licence = c.licence
		r := Apply(kase, []evidence.Incident{row(day, shown, claims(c.claim), c.edit)}, nil, Options{Date: filing})
		if got := strings.Join(r.Findings[0].Bodies, " "); got != c.want {
			t.Errorf("%s against %s: got %s, want %s", c.claim, c.licence, got, c.want)
		}
	}
}

// Criminal law is for the police: it stands beside a finding for the
// complainant's eyes and is cited nowhere else.
func TestPoliceAlone(t *testing.T) {
	r := Apply(testCase(), []evidence.Incident{row(day, shown, kindIs(evidence.Visit), claims("V21a")),
		row("2026-03-01 10:00:00", shown, claims("V06a"))}, nil, Options{Date: filing})
	if r.Emergency.ZH == "" || !strings.Contains(r.Emergency.ZH, "110") {
		t.Errorf("no emergency notice: %+v", r.Emergency)
	}
	var police []string
	for _, f := range r.Findings {
		for _, c := range f.Police {
			police = append(police, c.ID)
		}
	}
	if want := []string{"PSA25-50-1", "PSA25-47", "CL-238"}; !slices.Equal(police, want) {
		t.Errorf("for the police: %v, want %v", police, want)
	}
	all := ""
	for _, m := range append(slices.Clone(r.Remarks), r.Elsewhere...) {
		all += m.ZH + "\n"
	}
	for _, want := range []string{"《刑法》第二百三十八条", "第五十条第一款第一项", "已超过六个月", "是否构成由公安机关认定"} {
		if !strings.Contains(all, want) {
			t.Errorf("the remarks do not say %q:\n%s", want, all)
		}
	}
	if r := Apply(testCase(), calls("2026-09-01", 4), nil, Options{Date: filing}); r.Emergency.ZH != "" {
		t.Error("an emergency without danger")
	}
	for _, p := range Statutes() {
		if (p.Registry == "CL" || p.Registry == "PII-CRIM") && !p.has("police") {
			t.Errorf("%s could be cited to others than the police", p.ID)
		}
	}
}

// Six months end with the month where it has no such day.
func TestSixMonths(t *testing.T) {
	for _, c := range []struct {
		act, date string
		late      bool
	}{{"2026-08-31 10:00:00", "2027-02-28 09:00:00", false}, {"2026-08-31 10:00:00", "2027-02-28 11:00:00", true},
		{"2026-03-15 10:00:00", "2026-09-15 09:00:00", false}} {
		at, _ := time.ParseInLocation(time.DateTime, c.date, evidence.Beijing)
		r := Apply(testCase(), []evidence.Incident{row(c.act, shown, claims("V06a"))}, nil, Options{Date: at})
		if late := slices.ContainsFunc(r.Remarks,
			func(m evidence.Advice) bool { return strings.Contains(m.ZH, "已超过六个月") }); late != c.late {
			t.Errorf("%s on %s: late %t", c.act, c.date, late)
		}
	}
}

// What a person named and the columns do not bear out is told, with why.
func TestNotFoundIsTold(t *testing.T) {
	for _, c := range []struct {
		edit []func(*evidence.Incident)
		want string
	}{
		{[]func(*evidence.Incident){claims("V05")}, "不在22:00至次日8:00之间"},
		{[]func(*evidence.Incident){claims("V04")}, "按次数计算没有超出"},
		{[]func(*evidence.Incident){claims("V01")}, "请在“联系到谁”一栏写明是谁"},
		{[]func(*evidence.Incident){claims("V02"), third, couldNot}, "联系不上您时联系联系人"},
	} {
		r := Apply(testCase(), []evidence.Incident{row(day, c.edit...)}, nil, Options{Date: filing})
		if !slices.ContainsFunc(r.Remarks, func(m evidence.Advice) bool {
			return strings.Contains(m.ZH, c.want) &&
				m.EN != ""
		}) {
			t.Errorf("want %q among %v", c.want, r.Remarks)
		}
	}
}
