package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

var filing = time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing)

func testCase() evidence.Case {
	return evidence.Case{
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "赵一宁", IDNumber: "11010519491231002X"},
		Platform:    evidence.Party{Brand: "样例借"},
		Lender:      evidence.Party{Name: "样例消费金融", Licence: evidence.ConsumerFinance, Region: "330000"},
		Numbers: []evidence.Number{{Number: "057100000101", Side: evidence.CollectorSide},
			{Number: "057100000102", Side: evidence.CollectorSide},
			{Number: "13900000000", Side: evidence.OtherSide}},
	}
}

var nextID = 0

// row is a connected call from the collector by a clock that is known.
func row(at string, edit ...func(*evidence.Incident)) evidence.Incident {
	t, ok := evidence.ParseTime(at)
	if !ok {
		panic(at)
	}
	if len(at) == len("2026-09-01 10:00:00") {
		t.Device = false // as from a log
	}
	nextID++
	i := evidence.Incident{ID: fmt.Sprintf("T%03d", nextID), Line: nextID + 1, Time: t, Kind: evidence.Call,
		Direction: evidence.In, Number: "057100000101",
		Reached: evidence.ReachedSelf, Answered: evidence.Yes, Seconds: 20, Exhibits: []string{"E001"},
		Source: "E001:1"}
	for _, e := range edit {
		e(&i)
	}
	return i
}

func deviceClock(i *evidence.Incident) { i.Time.Device = true }
func missed(i *evidence.Incident)      { i.Answered, i.Seconds = evidence.No, 0 }
func outgoing(i *evidence.Incident)    { i.Direction = evidence.Out }
func noExhibit(i *evidence.Incident)   { i.Exhibits = nil }
func third(i *evidence.Incident)       { i.Reached, i.Number = evidence.ReachedWorkplace, "" }
func told(i *evidence.Incident)        { i.Disclosed = evidence.Yes }
func untold(i *evidence.Incident)      { i.Disclosed = evidence.No }
func shown(i *evidence.Incident)       { i.Shown = "你同事欠钱不还" }
func words(i *evidence.Incident)       { i.Words = "同事告诉我的" }
func unused(i *evidence.Incident)      { i.Use = evidence.No }
func private(i *evidence.Incident)     { i.Number = "13900000000" }
func stranger(i *evidence.Incident)    { i.Number = "13700000000" }
func guarantor(i *evidence.Incident)   { i.Reached = evidence.ReachedGuarantor }
func refused(i *evidence.Incident)     { i.Refused = evidence.Yes }
func could(i *evidence.Incident)       { i.Reachable = evidence.Yes }
func couldNot(i *evidence.Incident)    { i.Reachable = evidence.No }
func claims(b evidence.Breach) func(*evidence.Incident) {
	return func(i *evidence.Incident) { i.Asserted = append(i.Asserted, b) }
}

// calls are n connected calls on one day.
func calls(day string, n int, edit ...func(*evidence.Incident)) []evidence.Incident {
	var out []evidence.Incident
	for i := range n {
		out = append(out, row(fmt.Sprintf("%s %02d:15:00", day, 9+i), edit...))
	}
	return out
}

// One row an edge: the finding that is asserted, and the one that must not be.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string // rule/strength, in order, joined by blanks; "" is none
	}{
		{"three calls a day are within the standard", calls("2026-09-01", 3), ""},
		{"four are not", calls("2026-09-01", 4), "V04/shown"},
		{"four before the standard was issued are for the person to know", calls("2025-02-27", 4), "V04/review"},
		{"four on the day it was issued", calls("2025-02-28", 4), "V04/shown"},
		{"outgoing calls do not count", append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", outgoing)), ""},
		{"unanswered calls do not count to the three",
			append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", missed)), ""},
		{"private calls do not count", append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", private)), ""},
		{"calls from a number nobody named do not count",
			append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", stranger)), ""},
		{"calls the person left out do not count", append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", unused)),
			""},
		{"the Beijing day counts", append(calls("2026-09-01", 3), row("2026-08-31T17:00:00Z")), "V04/shown V05/shown"},
		{"four without a file are a statement", calls("2026-09-01", 4, noExhibit), "V04/stated"},
		{"six unanswered tries", calls("2026-09-01", 6, missed), ""},
		{"seven", calls("2026-09-01", 7, missed), "V04/shown"},
		{"seven before the bank association's guide", calls("2026-01-29", 7, missed), "V04/review"},

		{"calls to others do not count to the borrower's",
			append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", third, couldNot)), ""},
		{"nor do those to a guarantor", append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", guarantor)), ""},
		{"two numbers of one creditor count together",
			append(calls("2026-09-01", 2), calls("2026-09-01", 2,
				func(i *evidence.Incident) { i.Number = "057100000102" })...), "V04/shown"},
		{"of four, one without a file", append(calls("2026-09-01", 3), row("2026-09-01 20:00:00", noExhibit)),
			"V04/stated"},
		{"of five, one without a file", append(calls("2026-09-01", 4), row("2026-09-01 20:00:00", noExhibit)),
			"V04/shown"},
		{"three connected and six tries", append(calls("2026-09-01", 3), calls("2026-09-01", 6, missed)...), ""},
		{"four on one day and seven tries on another",
			append(calls("2026-09-01", 4), calls("2026-09-02", 7, missed)...), "V04/shown V04/shown"},
		{"a message at night", []evidence.Incident{text("2026-09-01 23:00:00", "您已逾期，请还款")}, "V05/shown"},
		{"a message at night without its words", []evidence.Incident{text("2026-09-01 23:00:00", "")}, "V05/review"},
		{"a relative called at night", []evidence.Incident{row("2026-09-01 23:00:00", third, could)},
			"V02/shown V05/shown"},
		{"at night, without a file", []evidence.Incident{row("2026-09-01 23:00:00", noExhibit)}, "V05/stated"},
		{"midnight itself", []evidence.Incident{row("2026-09-01 00:00:00")}, "V05/shown"},
		{"21:59:59", []evidence.Incident{row("2026-09-01 21:59:59")}, ""},
		{"22:00:00 is an edge", []evidence.Incident{row("2026-09-01 22:00:00")}, "V05/review"},
		{"22:00:01", []evidence.Incident{row("2026-09-01 22:00:01")}, "V05/shown"},
		{"07:59:59", []evidence.Incident{row("2026-09-01 07:59:59")}, "V05/shown"},
		{"08:00:00 is an edge", []evidence.Incident{row("2026-09-01 08:00:00")}, "V05/review"},
		{"08:00:01", []evidence.Incident{row("2026-09-01 08:00:01")}, ""},
		{"a device clock at 22:03 cannot tell", []evidence.Incident{row("2026-09-01 22:03:00", deviceClock)},
			"V05/review"},
		{"a device clock at 21:57 cannot tell", []evidence.Incident{row("2026-09-01 21:57:00", deviceClock)},
			"V05/review"},
		{"a device clock at 22:30", []evidence.Incident{row("2026-09-01 22:30:00", deviceClock)}, "V05/shown"},
		{"minutes only near the edge", []evidence.Incident{row("2026-09-01 22:02")}, "V05/review"},
		{"a day says nothing of the hour", []evidence.Incident{row("2026-09-01")}, ""},
		{"an unanswered call at night", []evidence.Incident{row("2026-09-01 23:00:00", missed)}, "V05/shown"},
		{"one's own call at night", []evidence.Incident{row("2026-09-01 23:00:00", outgoing)}, ""},

		{"told a colleague, with their screenshot", []evidence.Incident{row("2026-09-01 10:00:00", third, told, shown)},
			"V01/shown"},
		{"told a colleague, who said so", []evidence.Incident{row("2026-09-01 10:00:00", third, told, words,
			noExhibit)}, "V01/stated"},
		{"told a colleague, nothing more known",
			[]evidence.Incident{row("2026-09-01 10:00:00", third, told, noExhibit)}, "V01/review"},
		{"a guarantor may be told", []evidence.Incident{row("2026-09-01 10:00:00", told, shown, guarantor)}, ""},
		{"a contact while the borrower could not be reached",
			[]evidence.Incident{row("2026-09-01 10:00:00", third, couldNot, shown)}, ""},
		{"a contact told the debt while the borrower could not be reached",
			[]evidence.Incident{row("2026-09-01 10:00:00", third, couldNot, told, shown)}, "V01/shown"},
		{"told, and the contact had refused",
			[]evidence.Incident{row("2026-09-01 10:00:00", third, told, refused, shown, claims("V03"))},
			"V01/shown V03/shown"},
		{"told to the borrower alone", []evidence.Incident{row("2026-09-01 10:00:00", told, shown)}, ""},
		{"a contact by the person's word", []evidence.Incident{row("2026-09-01 10:00:00", third, could, words,
			noExhibit)}, "V02/stated"},
		{"a contact while the borrower could be reached",
			[]evidence.Incident{row("2026-09-01 10:00:00", third, could, shown)}, "V02/shown"},
		{"a contact, and it is not known", []evidence.Incident{row("2026-09-01 10:00:00", third, shown)}, "V02/review"},
		{"a contact who had refused", []evidence.Incident{row("2026-09-01 10:00:00", third, refused, shown,
			claims("V03"))}, "V03/shown"},

		{"a threat with its words", []evidence.Incident{row("2026-09-01 10:00:00", claims("V06"), shown)}, "V06/shown"},
		{"a threat in the person's words", []evidence.Incident{row("2026-09-01 10:00:00", claims("V06"), words)},
			"V06/stated"},
		{"a threat without words", []evidence.Incident{row("2026-09-01 10:00:00", claims("V06"))}, "V06/review"},
		{"posing as police", []evidence.Incident{row("2026-09-01 10:00:00", claims("V07"), shown)}, "V07/shown"},
	} {
		r := Apply(testCase(), c.rows, nil, Options{Date: filing})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// A list of calls shows no words: with it alone, words are the person's own.
func TestCallListShowsNoWords(t *testing.T) {
	list := []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog}, {Number: "E002", Kind: evidence.Recording}}
	threat := row("2026-09-01 10:00:00", claims("V06"), shown)
	for _, c := range []struct {
		exhibits []string
		words    string
		want     evidence.Strength
	}{{[]string{"E001"}, "", evidence.Review}, {[]string{"E001"}, "他这样说", evidence.Stated},
		{[]string{"E001", "E002"}, "", evidence.Shown}} {
		threat.Exhibits, threat.Words = c.exhibits, c.words
		r := Apply(testCase(), []evidence.Incident{threat}, list, Options{Date: filing})
		if len(r.Findings) != 1 || r.Findings[0].Strength != c.want {
			t.Errorf("%v %q: %+v", c.exhibits, c.words, r.Findings)
		}
	}
}

// The time of a screenshot says nothing of the hour of the message it shows.
func TestScreenshotTimeIsNotTheMessages(t *testing.T) {
	shot := []evidence.Exhibit{{Number: "E001", Kind: evidence.Screenshot,
		Captured: evidence.CaptureTime{Time: "2026-09-01T23:30:00+08:00"}}}
	message := func(i *evidence.Incident) { i.Kind, i.Use = evidence.Message, evidence.Yes }
	for at, want := range map[string]evidence.Strength{"2026-09-01 23:30:00": evidence.Review,
		"2026-09-01 23:10": evidence.Shown} {
		r := Apply(testCase(), []evidence.Incident{row(at, message, deviceClock)}, shot, Options{Date: filing})
		if len(r.Findings) != 1 || r.Findings[0].Rule != "V05" || r.Findings[0].Strength != want {
			t.Errorf("%s: %+v", at, r.Findings)
		}
	}
}

// A harassed contact claims their own peace: never the number of calls to the
// debtor, never the debtor's privacy.
func TestContactComplains(t *testing.T) {
	c := testCase()
	c.Complainant.Kind = evidence.Contact
	for _, x := range []struct {
		name string
		rows []evidence.Incident
		want string
	}{
		{"told of another's debt on their own phone", []evidence.Incident{row("2026-09-01 10:00:00", told, shown)},
			"V02/shown"},
		{"called again after refusing", []evidence.Incident{row("2026-09-01 10:00:00", refused, shown, claims("V03"))},
			"V03/shown"},
		{"called again after refusing by a message of their own", []evidence.Incident{
			row("2026-08-31 10:00:00", func(i *evidence.Incident) {
				i.Kind, i.Direction, i.Reached = evidence.SMS, evidence.Out, evidence.ReachedUnknown
			}, shown, claims("V03a")),
			row("2026-09-01 10:00:00", refused, shown)}, "V03/shown"},
		{"told of the debt once more after refusing", []evidence.Incident{
			row("2026-09-01 10:00:00", told, refused, shown, claims("V03"))}, "V02/shown V03/shown"},
		{"nothing was told, they say", []evidence.Incident{row("2026-09-01 10:00:00", untold)}, ""},
		{"nobody answered", []evidence.Incident{row("2026-09-01 10:00:00", missed)}, ""},
		{"nothing was told, and they had refused", []evidence.Incident{
			row("2026-09-01 10:00:00", untold, refused, shown, claims("V03"))}, "V03/shown"},
		{"called, nothing more known", []evidence.Incident{row("2026-09-01 10:00:00", shown)}, "V02/review"},
		{"many calls", calls("2026-09-01", 5, told, shown), "V02/shown"},
		{"at night", []evidence.Incident{row("2026-09-01 23:00:00", told, shown)}, "V02/shown V05/shown"},
	} {
		r := Apply(c, x.rows, nil, Options{Date: filing})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule+"/"+string(f.Strength))
			if f.Rule == "V02" && f.Strength == evidence.Shown && f.Citations[0].ID != "CC-1033-1-V02" {
				t.Errorf("%s: first citation %s", x.name, f.Citations[0].ID)
			}
		}
		if s := strings.Join(got, " "); s != x.want {
			t.Errorf("%s: got %q, want %q", x.name, s, x.want)
		}
	}
}

// A call on the edge itself is not a matter of the clock: a carrier's list
// settles what a phone's clock leaves open, and not that.
func TestOnTheEdge(t *testing.T) {
	r := Apply(testCase(), []evidence.Incident{row("2026-09-01 22:00:00"), row("2026-09-02 22:01:00", deviceClock)},
		nil,
		Options{Date: filing})
	var doubts []string
	for _, f := range r.Findings {
		for _, d := range f.Doubts {
			doubts = append(doubts, d.ZH)
		}
	}
	if len(doubts) != 2 || !strings.Contains(doubts[0], "起始时间正好在") || strings.Contains(doubts[0], "详单") ||
		!strings.Contains(doubts[1], "运营商详单可以确定") {
		t.Errorf("got %q", doubts)
	}
}

func TestNightWithConsentIsLawful(t *testing.T) {
	c := testCase()
	c.Consent.Night = evidence.Yes
	r := Apply(c, []evidence.Incident{row("2026-09-01 23:00:00")}, nil, Options{Date: filing})
	if len(r.Findings) != 0 || len(r.Lawful) == 0 {
		t.Errorf("findings %v, lawful %v", r.Findings, r.Lawful)
	}
}

// A provision is cited from the day it came into force, and no day after it
// ended.
func TestChangeDates(t *testing.T) {
	for _, c := range []struct {
		rule, day, has, hasNot string
		lender                 evidence.Licence
	}{
		{"V07", "2025-12-31", "PSA12-51", "PSA25-62", evidence.Bank},
		{"V07", "2026-01-01", "PSA25-62", "PSA12-51", evidence.Bank},
		{"V01", "2025-12-31", "PSA12-42-6", "PSA25-50-6", evidence.Bank},
		{"V01", "2026-01-01", "PSA25-50-6", "PSA12-42-6", evidence.Bank},
		{"V05", "2025-02-27", "CC-1033-1-peace", "GB45251-V05", evidence.Bank},
		{"V05", "2025-02-28", "GB45251-V05", "", evidence.Bank},
		{"V05", "2026-01-29", "GB45251-V05", "CBA26-V05", evidence.Bank},
		{"V05", "2026-01-30", "CBA26-V05", "", evidence.Bank},
		{"V02", "2024-04-17", "PIPL-6", "XJGS-V02", evidence.ConsumerFinance},
		{"V02", "2024-04-18", "XJGS-V02", "", evidence.ConsumerFinance},
		{"V02", "2025-01-16", "PIPL-6", "XDGS-V02", evidence.SmallLoan},
		{"V02", "2025-01-17", "XDGS-V02", "", evidence.SmallLoan},
		{"V01", "2021-10-31", "CC-1032", "PIPL-10", evidence.Bank}, {"V01", "2021-11-01", "PIPL-10", "", evidence.Bank},
		{"V01", "2020-12-31", "", "CC-1032", evidence.Bank}, {"V01", "2021-01-01", "CC-1032", "", evidence.Bank},
		{"V02", "2026-09-01", "XDGS-V02", "XJGS-V02", evidence.SmallLoan},
		{"V02", "2026-09-01", "XJGS-V02", "XDGS-V02", evidence.ConsumerFinance},
		{"V05", "2026-09-01", "GB45251-V05", "CBA26-V05", evidence.SmallLoan},
	} {
		day, _ := time.ParseInLocation(time.DateOnly, c.day, evidence.Beijing)
		var ids []string
		for _, x := range cite(c.rule, day, c.lender, "calls", "threat", "network") {
			ids = append(ids, x.ID)
		}
		if c.has != "" && !slices.Contains(ids, c.has) || c.hasNot != "" && slices.Contains(ids, c.hasNot) {
			t.Errorf("%s on %s for %s: %v, want %s and not %s", c.rule, c.day, c.lender, ids, c.has, c.hasNot)
		}
	}
}

var articleForm = regexp.MustCompile(`^第[一二三四五六七八九十百千零]+条(之[一二])?(第[一二三]款)?(第[一二三四五六]项)?([、至]第[一二三四五六七八九十百千零]+条)*$`)

// Each record of the table keeps the rules of the table.
func TestStatuteTable(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Statutes() {
		if seen[p.ID] {
			t.Errorf("%s stands twice", p.ID)
		}
		seen[p.ID] = true
		if p.Tier != evidence.TierA && p.Tier != evidence.TierB {
			t.Errorf("%s: tier %q is not printable", p.ID, p.Tier)
		}
		if (p.Tier == evidence.TierB) == (p.Article != "") || p.Tier == evidence.TierA && p.Checked != "VT" {
			t.Errorf("%s: tier %s, article %q, checked %s", p.ID, p.Tier, p.Article, p.Checked)
		}
		if rankOrder(p.Rank) < 0 || p.Name == "" || p.Substance.ZH == "" || p.Substance.EN == "" || p.Source == "" ||
			(len(p.Rules) == 0) != p.has("procedure") {
			t.Errorf("%s: incomplete", p.ID)
		}
		from, err := time.Parse(time.DateOnly, p.From)
		if err != nil {
			t.Errorf("%s: from %q", p.ID, p.From)
		}
		if p.Until != "" {
			if until, err := time.Parse(time.DateOnly, p.Until); err != nil || until.Before(from) {
				t.Errorf("%s: until %q", p.ID, p.Until)
			}
		}
		if _, err := time.Parse(time.DateOnly, p.CheckedOn); err != nil {
			t.Errorf("%s: checked on %q", p.ID, p.CheckedOn)
		}
		if p.Article != "" && !articleForm.MatchString(p.Article) {
			t.Errorf("%s: article %q", p.ID, p.Article)
		}
		// What ended was followed on the next day, by the rule it names.
		if p.Successor != "" {
			until, _ := time.Parse(time.DateOnly, p.Until)
			next := until.AddDate(0, 0, 1).Format(time.DateOnly)
			if !slices.ContainsFunc(Statutes(), func(q Provision) bool {
				return q.Registry == p.Successor &&
					q.From == next
			}) {
				t.Errorf("%s ended on %s and %s does not begin the day after", p.ID, p.Until, p.Successor)
			}
		}
		for _, r := range p.Rules {
			if evidence.KindOf(r).ID == "" {
				t.Errorf("%s: unknown rule %s", p.ID, r)
			}
		}
	}
}

func TestObstacles(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*evidence.Case)
		rows []evidence.Incident
		want string
	}{
		{"ready", func(*evidence.Case) {}, calls("2026-09-01", 4), ""},
		{"lawful reminders only", func(*evidence.Case) {}, calls("2026-09-01", 2), "no-violation"},
		{"no rows", func(*evidence.Case) {}, nil, "no-violation"},
		{"a threat of a number nobody named", func(*evidence.Case) {}, []evidence.Incident{
			row(day, stranger, kindIs(evidence.SMS),
				func(i *evidence.Incident) { i.Shown = "欠款再不还，你全家死光了也要还" })}, "unanswered"},
		{"only the person's word", func(*evidence.Case) {}, calls("2026-09-01", 4, noExhibit), "no-proof"},
		{"no region", func(c *evidence.Case) { c.Lender.Region = "" }, calls("2026-09-01", 4), "no-region"},
		{"no licence", func(c *evidence.Case) { c.Lender.Licence = "" }, calls("2026-09-01", 4), "no-licence"},
		{"no respondent", func(c *evidence.Case) {
			c.Lender, c.Platform = evidence.Party{Licence: evidence.Bank, Region: "330000"}, evidence.Party{}
		}, calls("2026-09-01", 4), "no-respondent no-lender"},
		{"no name", func(c *evidence.Case) { c.Complainant.Name = "" }, calls("2026-09-01", 4), "no-complainant"},
	} {
		kase := testCase()
		c.edit(&kase)
		r := Apply(kase, c.rows, nil, Options{Date: filing})
		var got []string
		for _, o := range r.Obstacles {
			got = append(got, o.Code)
			if o.Where == "" || o.What.ZH == "" || o.What.EN == "" || o.Remedy.ZH == "" || o.Remedy.EN == "" {
				t.Errorf("%s: %s is not explained", c.name, o.Code)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// Of a day that exceeds the number no call is listed as lawful, counted or not.
func TestNoLawfulCallAmongTooMany(t *testing.T) {
	rows := append(calls("2026-09-01", 4), row("2026-09-01 20:00:00", noExhibit))
	r := Apply(testCase(), rows, nil, Options{Date: filing})
	if len(r.Lawful) > 0 || r.Findings[0].Counts[0].N != 4 {
		t.Errorf("lawful %+v, counted %+v", r.Lawful, r.Findings[0].Counts)
	}
}

// What rests on rules from memory alone is in no letter.
func TestMemoryAloneAccusesNobody(t *testing.T) {
	kase := testCase()
	kase.Lender.Licence = evidence.Bank
	for _, c := range []struct {
		day  string
		want evidence.Strength
	}{
		{"2020-12-24", evidence.Review}, // the convention of 2018, before the Civil Code
		{"2021-01-01", evidence.Shown},
	} {
		got := Apply(kase, []evidence.Incident{row(c.day + " 23:00:00")}, nil, Options{Date: filing}).Findings
		if len(got) != 1 || got[0].Strength != c.want {
			t.Errorf("%s: %+v", c.day, got)
		}
	}
}
