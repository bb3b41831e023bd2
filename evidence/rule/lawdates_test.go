package rule

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// A change is one date of the law file: the records of which rules begin
// there, or why none does.
type change struct {
	day   string
	begin string // registries, blanks between; empty: none, for the reason
	why   string
}

// Every date of the law file on which law, figures or names changed. On each
// the rules named begin, the ones before them end the day before, and no
// record begins or ends on any other day.
func TestEveryDate(t *testing.T) {
	changes := []change{
		{"2011-01-13", "CARD", ""}, {"2013-01-01", "PSA12", ""}, {"2013-03-15", "CREDIT", ""},
		{"2014-03-15", "CPL", ""},
		{"2015-09-01", "SPC-LEND", ""},
		{"2017-06-01", "CSL17 PII-CRIM", ""}, {"2017-08-04", "SPC-22", ""}, {"2017-12-01", "XJD141", ""},
		{"2018-01-01", "LAWYER", ""},
		{"2018-03-28", "NIFA18", ""}, {"2019-08-20", "", "the rate loans are priced by: TestRateChanges"},
		{"2020-01-01", "SAMR20", ""},
		{"2020-03-01", "XFTS XFJB", ""}, {"2020-05-01", "EVID", ""}, {"2020-07-12", "HLWD", ""},
		{"2020-08-20", "SPC-LEND", ""},
		{"2020-09-16", "XD86", ""}, {"2021-01-01", "CC SPC-LEND", ""}, {"2021-03-01", "CL", ""},
		{"2021-05-25", "CARDSPC", ""}, {"2021-08-01", "", "how courts hear online: cited in no letter"},
		{"2021-11-01", "PIPL", ""}, {"2021-11-29", "CARD21", ""},
		{"2022-05-01", "", "信访: no letter of this program takes that road"},
		{"2023-03-01", "XBBH", ""},
		{"2023-05-18", "", "the name of a body: the directory"}, {"2023-06-02", "", "telephone lines: the directory"},
		{"2023-07-20", "", "names of bodies: the directory"},
		{"2024-01-01", "", "procedure before courts: cited in no letter"},
		{"2024-04-18", "XJGS", ""}, {"2024-05-15", "NIFA24", ""}, {"2024-06-28", "GG24", ""},
		{"2024-07-01", "", "not read, nothing is said of its substance"},
		{"2025-01-01", "", "network data: nothing is said of its substance"}, {"2025-01-17", "XDGS", ""},
		{"2025-02-28", "GB45251", ""},
		{"2025-05-20", "", "the rate: TestRateChanges"}, {"2025-10-01", "JR9", ""},
		{"2026-01-01", "PSA25 CSL25 XDCOST REPAIR25", ""}, {"2026-01-30", "CBA26", ""},
		{"2026-04-15", "SAMR121", ""}, {"2026-08-01", "COST26", ""},
		{"2028-01-01", "", "the target for small loans: TestCeilings"},
	}
	begins := map[string][]string{}
	for _, c := range changes {
		if (c.begin == "") == (c.why == "") {
			t.Errorf("%s says neither what begins nor why nothing does", c.day)
		}
		begins[c.day] = strings.Fields(c.begin)
	}
	found := map[string]bool{}
	for _, p := range Statutes() {
		if !slices.Contains(begins[p.From], p.Registry) {
			t.Errorf("%s begins on %s, which is no date of the law file for %s", p.ID, p.From, p.Registry)
		}
		found[p.From+p.Registry] = true
		before := on(p.From).AddDate(0, 0, -1).Format(time.DateOnly)
		if p.inForce(before) || !p.inForce(p.From) {
			t.Errorf("%s: in force on %s %t, on %s %t", p.ID, before, p.inForce(before), p.From, p.inForce(p.From))
		}
		if p.Until == "" {
			continue
		}
		after := on(p.Until).AddDate(0, 0, 1).Format(time.DateOnly)
		if !p.inForce(p.Until) || p.inForce(after) {
			t.Errorf("%s: in force on %s %t, on %s %t", p.ID, p.Until, p.inForce(p.Until), after, p.inForce(after))
		}
		if _, ok := begins[after]; !ok {
			t.Errorf("%s ends on %s, and nothing changes the day after", p.ID, p.Until)
		}
	}
	for day, all := range begins {
		for _, r := range all {
			if !found[day+r] {
				t.Errorf("%s does not begin on %s", r, day)
			}
		}
	}
}

// The rate private loans are measured by, on each day it changed and the day
// before.
func TestRateChanges(t *testing.T) {
	rates := lprTable().Rates
	want := "2019-08-20 4.25 2019-09-20 4.20 2019-11-20 4.15 2020-02-20 4.05 2020-04-20 3.85 2021-12-20 3.80 " +
		"2022-01-20 3.70 2022-08-22 3.65 " +
		"2023-06-20 3.55 2023-08-21 3.45 2024-07-22 3.35 2024-10-21 3.10 2025-05-20 3.00"
	var got []string
	for n, r := range rates {
		got = append(got, r[0], r[1])
		before, _, ok := lprOn(evidence.Loan{}, on(r[0]).AddDate(0, 0, -1).Format(time.DateOnly))
		at, _, _ := lprOn(evidence.Loan{}, r[0])
		now, _ := parseRate(r[1])
		if at != now || n == 0 && ok {
			t.Errorf("on %s: %s", r[0], at)
		}
		if n > 0 {
			if last, _ := parseRate(rates[n-1][1]); before != last {
				t.Errorf("the day before %s: %s, want %s", r[0], before, last)
			}
		}
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got %s", s)
	}
}

// Hours and numbers are in a standard and a guide alone: what breaks those is
// not called a breach of the law that protects peace in general, and what the
// law itself forbids is.
func TestGeneralLawIsNoBreach(t *testing.T) {
	const peace, law = "涉嫌侵扰私人生活安宁", "涉嫌违反法律规定"
	for _, c := range []struct {
		name      string
		rows      []evidence.Incident
		lender    evidence.Licence
		want, not string
	}{
		{"four calls", calls("2026-09-01", 4), evidence.Bank, "不符合推荐性国家标准，" + peace, law},
		{"a night", []evidence.Incident{row("2026-09-01 23:00:00")}, evidence.SmallLoan, "不符合推荐性国家标准", law},
		{"a night before the standard", []evidence.Incident{row("2023-09-01 23:00:00")}, evidence.Bank, peace, law},
		{"harassment is forbidden to a consumer-finance company, and four calls are none yet", calls("2026-09-01", 4),
			evidence.ConsumerFinance, "不符合推荐性国家标准", "监管规定"},
		{"a threat", []evidence.Incident{row(day, claims("V06"), shown)}, evidence.Bank, law, peace},
	} {
		kase := testCase()
		kase.Lender.Licence = c.lender
		for _, f := range Apply(kase, c.rows, nil, Options{Date: filing}).Findings {
			if !strings.Contains(f.Wording.ZH, c.want) || strings.Contains(f.Wording.ZH, c.not) {
				t.Errorf("%s: %s %q", c.name, f.Rule, f.Wording.ZH)
			}
		}
	}
}
