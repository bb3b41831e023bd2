package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/rule"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

// A provision as a letter prints it: 《name》 and what stands before the next
// colon or full stop.
var printed = regexp.MustCompile(`《([^》]+)》((?:（[^）]*）)?(?:第[一二三四五六七八九十百千零]+[条款项之]+[^《》：。；，（）]*)?)`)

// Whatever rows a person may write, whatever the lender, the letters that come
// of them hold to what is promised: this runs the rules and the letters as
// build does.
func TestLettersKeepTheirPromises(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	byName := provisionsByName()
	r := rand.New(rand.NewPCG(7, 11))
	letters := 0
	for round := range 150 {
		kase, rows, exhibits := anyCase(r)
		report := rule.Apply(kase, rows, exhibits,
			rule.Options{Date: time.Date(2026, 11, 24, 9, 0, 0, 0, evidence.Beijing)})
		for _, role := range []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToAssociation,
			evidence.ToForward, evidence.ToRegulator} {
			in := letter.Input{Matter: mask.Matter{Case: kase, Findings: report.Findings, Exhibits: exhibits},
				Role: role, Date: time.Date(2026, 11, 24, 9, 0, 0, 0, evidence.Beijing)}
			switch role {
			case evidence.ToAssociation:
				in.Recipient, _ = dir.Lookup("nifa")
			case evidence.ToForward, evidence.ToRegulator:
				in.Recipient, _ = dir.Supervisor(kase.Lender.Licence, kase.Lender.Region)
			default:
				in.Recipient = templates.Recipient{Slug: string(role), Kind: string(role), Code: "P",
					Name: kase.Lender.Name}
			}
			if letter.Ready(in) != nil || role == evidence.ToForward && kase.Complainant.Kind == evidence.Contact {
				continue
			}
			letters++
			d := letter.Compose(in, letter.Counted{})
			text := document.Text(d)
			where := fmt.Sprintf("round %d to %s", round, role)
			if bad := document.Unresolved(d); len(bad) > 0 {
				t.Errorf("%s: left over %q in\n%s", where, bad, text)
			}
			for _, word := range []string{"违法", "刑法", "罪", "银保监局", "否则"} {
				if strings.Contains(text, word) {
					t.Errorf("%s: says %s", where, word)
				}
			}
			for _, word := range []string{"借款情况", "本金", "利息", "年化", "延期", "分期", "账单", "欠款明细"} {
				if kase.Complainant.Kind == evidence.Contact && strings.Contains(text, word) {
					t.Errorf("%s: a contact argues the debt: %s in\n%s", where, word, text)
				}
			}
			days := daysOf(report, kase.Loan)
			for _, m := range printed.FindAllStringSubmatch(text, -1) {
				citedRight(t, where, byName[m[1]], m[1], m[2])
				if !slices.ContainsFunc(byName[m[1]], func(p rule.Provision) bool {
					return slices.ContainsFunc(days, func(day string) bool {
						return p.From <= day &&
							(p.Until == "" || day <= p.Until)
					})
				}) {
					t.Errorf("%s: 《%s》 was in force on no day of an act: %v", where, m[1], days)
				}
			}
			standardsAlone(t, where, text)
			asks, _, _ := strings.Cut(text, "事实与理由")
			complaint := role.Complaint()
			for _, word := range []string{"处罚", "吊销", "查处"} {
				if complaint && strings.Contains(asks, word) {
					t.Errorf("%s: a 投诉 asks for %s", where, word)
				}
			}
			for _, word := range []string{"退还", "返还", "赔偿", "道歉", "减免", "协商", "删除"} {
				if !complaint && strings.Contains(asks, word) {
					t.Errorf("%s: a 举报 asks for %s", where, word)
				}
			}
			told := map[string]bool{}
			for _, f := range report.Findings {
				for _, i := range f.Incidents {
					told[i.ID] = told[i.ID] || f.Strength != evidence.Review
				}
			}
			for _, i := range rows {
				if !told[i.ID] && strings.Contains(text, i.ID) {
					t.Errorf("%s: tells of %s, which no finding carries or which needs a person's eye", where, i.ID)
				}
			}
		}
	}
	if letters < 200 {
		t.Errorf("only %d letters were written", letters)
	}
}

// daysOf are the days of the acts a report tells of.
func daysOf(r evidence.Report, loan evidence.Loan) []string {
	var out []string
	for _, f := range r.Findings {
		for _, i := range f.Incidents {
			if f.Strength == evidence.Shown && !i.Time.IsZero() {
				out = append(out, i.Time.At.In(evidence.Beijing).Format(time.DateOnly))
			}
		}
		if f.Rule == "V12" || f.Cost != nil { // by the law of the contract, and of the day of a fee
			out = append(out, loan.Date)
			for _, p := range evidence.Payments(loan.Fees) {
				out = append(out, p.Day.Format(time.DateOnly))
			}
		}
	}
	return out
}

// citedRight reports a rule that is not of the table, and an article that is
// not one of tier A of that rule.
func citedRight(t *testing.T, where string, of []rule.Provision, name, article string) {
	t.Helper()
	if len(of) == 0 {
		t.Errorf("%s: 《%s》 is not in the table", where, name)
		return
	}
	article = regexp.MustCompile(`^（[^）]*）`).ReplaceAllString(article, "")
	for _, a := range strings.Split(article, "、") {
		if a == "" {
			continue
		}
		if !slices.ContainsFunc(of, func(p rule.Provision) bool {
			return p.Tier == evidence.TierA && slices.Contains(strings.Split(p.Article, "、"), a)
		}) {
			t.Errorf("%s: 《%s》%s is no article of tier A", where, name, a)
		}
	}
}

// standardsAlone reports a fact that speaks of law or of regulatory rules and
// points to none. What it points to stands with it, or with each fact of its kind.
func standardsAlone(t *testing.T, where, text string) {
	t.Helper()
	ranks := map[string]evidence.Rank{}
	for _, p := range rule.Statutes() {
		ranks[p.Name] = p.Rank
	}
	facts, grounds, _ := strings.Cut(text, "）依据\n")
	of := map[string]evidence.Rank{} // number of a line of the grounds -> rank of its rule
	for _, m := range regexp.MustCompile(`(?m)^(\d+)\.《([^》]*)》`).FindAllStringSubmatch(grounds, -1) {
		if _, told := of[m[1]]; !told { // numbers begin again in the next part
			of[m[1]] = ranks[m[2]]
		}
	}
	for _, item := range regexp.MustCompile(`(?m)^\d+\.`).Split(facts, -1) {
		law, regulatory := strings.Contains(item, "违反法律规定"), strings.Contains(item, "监管规定")
		for _, p := range regexp.MustCompile(`依据([\d①-⑳、]+)`).FindAllStringSubmatch(item, -1) {
			for _, n := range regexp.MustCompile(`\d+`).FindAllString(p[1], -1) {
				switch of[n] {
				case evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret:
					law = false
				case evidence.DepartmentalRule, evidence.NormativeDocument:
					regulatory = false
				}
			}
		}
		if law || regulatory {
			t.Errorf("%s: calls unlawful what no law or rule is cited for: %s", where, item)
		}
	}
}

// anyCase is a case with rows as people write them, right and wrong ones.
func anyCase(r *rand.Rand) (evidence.Case, []evidence.Incident, []evidence.Exhibit) {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	c := evidence.Case{
		ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde",
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "赵一宁", IDNumber: "11010519491231002X",
			Phone: "19900000002"},
		Platform: evidence.Party{Brand: "样例借"},
		Lender: evidence.Party{Name: "样例放款有限公司", Licence: evidence.Licences[r.IntN(len(evidence.Licences))],
			Region: "330000"},
		Numbers: []evidence.Number{{Number: "057100000101", Side: evidence.CollectorSide}},
		Loan:    evidence.Loan{Date: "2025-06-01", Principal: "10000", Due: "2026-02-10"},
	}
	if pick(4) {
		c.Complainant.Kind = evidence.Contact
	}
	if pick(3) {
		c.Filings = []evidence.Filing{{To: "lender", Date: "2026-06-01", Receipt: "GD1", Exhibit: "E001"},
			{To: "platform", Date: "2026-09-01"}}
	}
	if pick(2) { // what the loan costs, dear and fair, shown and said
		c.Loan.Date = []string{"2016-06-01", "2018-06-01", "2020-09-01", "2025-06-01", "2025-11-01",
			"2026-08-01"}[r.IntN(6)]
		first, _ := time.Parse(time.DateOnly, c.Loan.Date)
		for n := 1; n <= 1+r.IntN(4); n++ {
			c.Loan.Schedule = append(c.Loan.Schedule,
				fmt.Sprintf("%s %d", first.AddDate(0, n, 0).Format(time.DateOnly), 2000+r.IntN(9000)))
		}
		c.Loan.Received = []string{"", "9000", "10000"}[r.IntN(3)]
		c.Loan.Fees = []string{c.Loan.Date + " 1000 服务费", first.AddDate(0, 2, 0).Format(time.DateOnly) +
			" 80 催收费"}[r.IntN(2):]
		if pick(2) {
			c.Loan.Exhibits = []string{"E001"}
		}
	}
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.Screenshot},
		{Number: "E002", Kind: evidence.Recording}, {Number: "E003", Kind: evidence.CallLog}}
	kinds := []evidence.IncidentKind{evidence.Call, evidence.SMS, evidence.Message, evidence.Post, evidence.Visit,
		evidence.Mail, evidence.Other}
	reached := []evidence.Reached{evidence.ReachedSelf, evidence.ReachedSelf, evidence.ReachedUnknown,
		evidence.ReachedEmergency, evidence.ReachedWorkplace, evidence.ReachedGuarantor, evidence.ReachedStranger}
	answers := []evidence.Answer{evidence.Unknown, evidence.Yes, evidence.No}
	var rows []evidence.Incident
	for n := range 3 + r.IntN(12) {
		at := time.Date(2020, 6, 1, 0, 0, 0, 0, evidence.Beijing).Add(time.Duration(r.IntN(2300*24*60)) * time.Minute)
		if pick(2) {
			at = time.Date(2026, 9, 1+n%3, r.IntN(24), r.IntN(60), 0, 0, evidence.Beijing)
		}
		i := evidence.Incident{ID: fmt.Sprintf("T%03d", n+1), Line: n + 2,
			Time: evidence.Time{At: at, Precision: evidence.ToMinute}, Kind: kinds[r.IntN(len(kinds))],
			Direction: evidence.In, Reached: reached[r.IntN(len(reached))], Seconds: -1, Answered: answers[r.IntN(3)],
			Disclosed: answers[r.IntN(3)],
			Refused:   answers[r.IntN(3)], Reachable: answers[r.IntN(3)], Untrue: answers[r.IntN(3)], Use: evidence.Yes,
			Source: "person"}
		i.Shown, i.Words = "只供复核"+i.ID, "本人所见"+i.ID
		if pick(3) {
			i.Shown = ""
		}
		if pick(2) {
			i.Words = ""
		}
		if !pick(4) {
			i.Exhibits = []string{exhibits[r.IntN(3)].Number}
		}
		for range r.IntN(3) {
			b := evidence.Breaches()[r.IntN(len(evidence.Breaches()))]
			if !slices.Contains(i.Asserted, b) {
				i.Asserted = append(i.Asserted, b)
			}
		}
		rows = append(rows, i)
	}
	return c, rows, exhibits
}
