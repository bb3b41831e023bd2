package track_test

import (
	"slices"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
)

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
	if err != nil {
		t.Fatal(err)
	}
	return d.Add(15 * time.Hour) // in the middle of it
}

// The recipients of a case whose lender is a bank with an app of its own.
func bankCase() (evidence.Case, []track.Road) {
	c := evidence.Case{Lender: evidence.Party{Name: "样例银行股份有限公司", Licence: evidence.Bank}}
	d, err := templates.Load()
	if err != nil {
		panic(err)
	}
	nifa, _ := d.Lookup("nifa")
	nfra, _ := d.Lookup("nfra-zhejiang")
	return c, []track.Road{
		track.RoadTo(evidence.ToPlatform, templates.Recipient{Slug: "lender", Kind: "lender", Name: c.Lender.Name}),
		track.RoadTo(evidence.ToAssociation, nifa),
		track.RoadTo(evidence.ToForward, nfra),
		track.RoadTo(evidence.ToRegulator, nfra),
	}
}

// On the last day of a term the answer may still come; on the next it is overdue.
// The days were counted by hand on the published schedules of holidays.
func TestEveryTermToTheDay(t *testing.T) {
	d, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	branch, _ := d.Lookup("pbc-branch")
	for _, row := range []struct {
		name        string
		f           evidence.Filing
		first, last string // the term that is waited for, and the longest
		rule, about bool
	}{
		// Fifteen days, thirty, sixty: calendar days, whatever rests.
		{"bank, plain", evidence.Filing{To: "lender", Date: "2026-03-02"}, "2026-03-17", "2026-05-01", true, false},
		{"bank, over New Year", evidence.Filing{To: "platform", Date: "2026-12-20"}, "2027-01-04", "2027-02-18", true,
			false},
		{"bank, over the Spring Festival", evidence.Filing{To: "lender", Date: "2026-02-06"}, "2026-02-21",
			"2026-04-07", true, false},
		{"bank, into the autumn holidays", evidence.Filing{To: "lender", Date: "2026-09-20"}, "2026-10-05",
			"2026-11-19", true, false},
		{"recheck, over New Year", evidence.Filing{To: "lender", Date: "2026-12-20", Letter: evidence.Recheck},
			"2027-01-19", "2027-01-19", true, false},
		{"recheck, over the autumn holidays",
			evidence.Filing{To: "lender", Date: "2026-09-20", Letter: evidence.Recheck},
			"2026-10-20", "2026-10-20", true, false},
		{"bank, leap year", evidence.Filing{To: "lender", Date: "2028-02-20"}, "2028-03-06", "2028-04-20", true, false},
		// Fifteen working days by the schedule of holidays.
		{"association, plain weeks", evidence.Filing{To: "nifa", Date: "2026-11-02"}, "2026-11-23", "2026-11-23", true,
			false},
		{"association, over the Spring Festival, two Saturdays worked", evidence.Filing{To: "nifa", Date: "2026-02-09"},
			"2026-03-06", "2026-03-06", true, false},
		{"association, Mid-Autumn and National Day of 2026", evidence.Filing{To: "nifa", Date: "2026-09-18"},
			"2026-10-15", "2026-10-15", true, false},
		{"association, both in one in 2025", evidence.Filing{To: "nifa", Date: "2025-09-22"}, "2025-10-17",
			"2025-10-17", true, false},
		{"association, into a year without a schedule", evidence.Filing{To: "nifa", Date: "2026-12-21"},
			"2027-01-11", "2027-01-11", true, true},
		// Fifteen days to take a report; sixty from the day it was taken.
		{"supervisor, to take it", evidence.Filing{To: "regulator", Date: "2026-09-20"}, "2026-10-05", "2026-10-05",
			true, false},
		{"supervisor, taken", evidence.Filing{To: "regulator", Date: "2026-09-20", Accepted: "2026-10-09"},
			"2026-12-08", "2026-12-08", true, false},
		{"supervisor, taken before New Year", evidence.Filing{To: "国家金融监督管理总局浙江监管局", Date: "2026-11-20",
			Accepted: "2026-12-01"}, "2027-01-30", "2027-01-30", true, false},
		{"supervisor, taken before the autumn holidays", evidence.Filing{To: "regulator", Date: "2026-07-20",
			Accepted: "2026-08-04"}, "2026-10-03", "2026-10-03", true, false},
		{"supervisor, to take it, over New Year", evidence.Filing{To: "regulator", Date: "2026-12-20"}, "2027-01-04",
			"2027-01-04", true, false},
		// Thirty days of the central bank's branch.
		{"central bank, over New Year", evidence.Filing{To: "pbc", Date: "2026-12-10"}, "2027-01-09", "2027-01-09", true,
			false},
		{"central bank, over the autumn holidays", evidence.Filing{To: "pbc", Date: "2026-09-10"}, "2026-10-10",
			"2026-10-10", true, false},
		// Nothing sets how long passing on takes: our own patience. Then fifteen days.
		{"passed on", evidence.Filing{To: "forward", Date: "2026-11-02"}, "2026-11-17", "", false, false},
		{"passed on and taken", evidence.Filing{To: "forward", Date: "2026-11-02", Accepted: "2026-11-10"},
			"2026-11-25", "2026-11-25", true, false},
		{"passed on and taken, over New Year", evidence.Filing{To: "forward", Date: "2026-12-10", Accepted: "2026-12-20"},
			"2027-01-04", "2027-01-04", true, false},
		{"passed on and taken, into the autumn holidays", evidence.Filing{To: "forward", Date: "2026-09-10",
			Accepted: "2026-09-20"}, "2026-10-05", "2026-10-05", true, false},
		{"a body of which nothing is on record", evidence.Filing{To: "样例市12345热线", Date: "2026-11-02"}, "2026-11-17",
			"", false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, roads := bankCase()
			roads = append(roads, track.RoadTo(evidence.ToCentralBank, branch))
			c.Filings = []evidence.Filing{row.f}
			at := func(d time.Time) track.Lane {
				all := track.Lanes(c, roads, d)
				return all[slices.IndexFunc(all, func(l track.Lane) bool { return l.Base == 0 })]
			}
			first := day(t, row.first)
			for _, on := range []struct {
				day  time.Time
				want track.State
			}{{first.AddDate(0, 0, -1), track.Waiting}, {first, track.Waiting},
				{first.AddDate(0, 0, 1), track.Overdue}} {
				l := at(on.day)
				if l.State != on.want || l.Until.Format(time.DateOnly) != row.first || l.ByRule != row.rule {
					t.Errorf("on %s: %s until %s by rule %v, want %s until %s", on.day.Format(time.DateOnly), l.State,
						l.Until.Format(time.DateOnly), l.ByRule, on.want, row.first)
				}
				if about := slices.ContainsFunc(l.Terms, track.End.About); about != row.about {
					t.Errorf("an estimate: %v, want %v", about, row.about)
				}
			}
			if row.last == "" {
				if l := at(first.AddDate(1, 0, 0)); l.Next != track.Remind {
					t.Errorf("a year later, no term: next is %s", l.Next)
				}
				return
			}
			last := day(t, row.last)
			want := track.Remind
			if row.last == row.first {
				want = track.Wait
			}
			if l := at(last); l.Next != want {
				t.Errorf("on the last day of the longest term: next is %s, want %s", l.Next, want)
			}
			if l := at(last.AddDate(0, 0, 1)); l.Next != track.Unanswered {
				t.Errorf("on the day after it: next is %s, want %s", l.Next, track.Unanswered)
			}
		})
	}
}

// A lane's state follows from what is on record, and nothing else.
func TestLaneStates(t *testing.T) {
	filed := func(change func(*evidence.Filing)) []evidence.Filing {
		f := evidence.Filing{To: "lender", Date: "2026-11-02"}
		change(&f)
		return []evidence.Filing{f}
	}
	for _, row := range []struct {
		name    string
		filings []evidence.Filing
		road    func(*track.Road)
		state   track.State
		next    track.Next
	}{
		{"no papers", nil, nil, track.ToSign, track.Build},
		{"papers", nil, func(r *track.Road) { r.Papers = true }, track.ToSign, track.Sign},
		{"signed and scanned", nil, func(r *track.Road) { r.Papers, r.Signed = true, true }, track.ToSend, track.Send},
		{"filed", filed(func(*evidence.Filing) {}), nil, track.Waiting, track.Wait},
		{"answered, nobody said how", filed(func(f *evidence.Filing) { f.Answered = "2026-11-05" }), nil,
			track.Answered, track.Say},
		{"answered, the day is missing", filed(func(f *evidence.Filing) { f.Answer = "已处理" }), nil, track.Answered,
			track.Say},
		{"satisfied", filed(func(f *evidence.Filing) { f.Answered, f.Outcome = "2026-11-05", evidence.Satisfied }), nil,
			track.Answered, track.Close},
		{"not satisfied", filed(func(f *evidence.Filing) {
			f.Answered, f.Outcome = "2026-11-05",
				evidence.Unsatisfied
		}), nil,
			track.Answered, track.Contest},
		{"wants papers", filed(func(f *evidence.Filing) { f.Answered, f.Outcome = "2026-11-05", evidence.WantsMore }),
			nil,
			track.Answered, track.Supply},
		{"wants it withdrawn", filed(func(f *evidence.Filing) {
			f.Answered, f.Outcome = "2026-11-05",
				evidence.WantsBack
		}), nil,
			track.Answered, track.Consider},
		{"no answer is said too early", filed(func(f *evidence.Filing) { f.Outcome = evidence.NoAnswer }), nil,
			track.Waiting, track.Wait},
		{"no answer", filed(func(f *evidence.Filing) { f.Date, f.Outcome = "2026-10-01", evidence.NoAnswer }), nil,
			track.Overdue,
			track.Unanswered},
		{"withdrawn", filed(func(f *evidence.Filing) { f.Withdrawn = "2026-11-05" }), nil, track.Closed, track.Nothing},
		{"closed", filed(func(f *evidence.Filing) { f.Answered, f.Closed = "2026-11-05", "2026-11-06" }), nil,
			track.Closed, track.Nothing},
		{"the papers asked for were handed in", append(filed(func(f *evidence.Filing) {
			f.Answered, f.Outcome = "2026-11-05", evidence.WantsMore
		}), evidence.Filing{To: "lender", Date: "2026-11-08", Letter: evidence.Supplement}), nil, track.Waiting,
			track.Wait},
		{"a reminder starts no term", append(filed(func(f *evidence.Filing) { f.Date = "2026-10-20" }),
			evidence.Filing{To: "lender", Date: "2026-11-08", Letter: evidence.Reminder}), nil, track.Overdue,
			track.Remind},
		{"a complaint anew", append(filed(func(f *evidence.Filing) { f.Date, f.Answered = "2026-08-01", "2026-08-09" }),
			evidence.Filing{To: "lender", Date: "2026-11-08"}), nil, track.Waiting, track.Wait},
	} {
		c, roads := bankCase()
		c.Filings = row.filings
		if row.road != nil {
			row.road(&roads[0])
		}
		all := track.Lanes(c, roads, day(t, "2026-11-10"))
		if len(all) != len(roads) {
			t.Fatalf("%s: %d lanes of %d recipients", row.name, len(all), len(roads))
		}
		if l := all[0]; l.State != row.state || l.Next != row.next {
			t.Errorf("%s: %s, next %s; want %s, %s", row.name, l.State, l.Next, row.state, row.next)
		}
		if l := all[1]; l.State != track.ToSign {
			t.Errorf("%s: the association's lane is %s", row.name, l.State)
		}
	}
}

// The supervisor's two roads are told apart, and an office elsewhere has a lane of
// its own.
func TestRoadOf(t *testing.T) {
	c, roads := bankCase()
	for to, want := range map[string]int{
		"platform": 0, "lender": 0, "样例银行股份有限公司": 0, "nifa": 1, "中国互联网金融协会": 1, "forward": 2, "regulator": 3,
		"国家金融监督管理总局浙江监管局": 3, "国家金融监督管理总局上海监管局": -1, "样例市12345热线": -1, "": -1,
	} {
		if got := track.RoadOf(c, roads, to); got != want {
			t.Errorf("%q goes to %d, want %d", to, got, want)
		}
	}
	c.Filings = []evidence.Filing{{To: "样例市12345热线", Date: "2026-11-02"}, {To: "样例市12345热线", Date: "2026-11-04"},
		{To: "nifa"}}
	all := track.Lanes(c, roads, day(t, "2026-11-10"))
	if len(all) != 5 || !slices.Equal(all[4].Filings, []int{0, 1}) || all[4].Base != 1 || all[1].Base != -1 {
		t.Errorf("%d lanes, the last with %v", len(all), all[len(all)-1].Filings)
	}
}
