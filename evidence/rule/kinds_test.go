package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

func kindIs(k evidence.IncidentKind) func(*evidence.Incident) {
	return func(i *evidence.Incident) {
		i.Kind, i.Use = k, evidence.Yes
		if k != evidence.Call {
			i.Answered, i.Seconds, i.Number = evidence.Unknown, -1, ""
		}
	}
}
func strange(n int) func(*evidence.Incident) {
	return func(i *evidence.Incident) { i.Number = fmt.Sprintf("1069000%04d", n) }
}
func told3(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }
func untrue(i *evidence.Incident) {
	i.Untrue, i.Words = evidence.Yes, "次日打其公布的电话核实，没有这回事"
}
func disclosed(i *evidence.Incident)     { i.Disclosed = evidence.Yes }
func untrueSomehow(i *evidence.Incident) { i.Untrue = evidence.Yes }
func genuine(i *evidence.Incident)       { i.Untrue = evidence.No }
func saying(s string) func(*evidence.Incident) {
	return func(i *evidence.Incident) { i.Shown = s }
}
func sim(s string) func(*evidence.Incident) {
	return func(i *evidence.Incident) { i.SIM = s }
}

func licence(l evidence.Licence) func(*evidence.Case) {
	return func(c *evidence.Case) { c.Lender.Licence = l }
}
func lent(date string) func(*evidence.Case) { return func(c *evidence.Case) { c.Loan.Date = date } }
func card(c *evidence.Case)                 { c.Lender.Licence, c.Loan.Kind = evidence.Bank, evidence.CreditCard }
func heir(c *evidence.Case)                 { c.Complainant.Kind = evidence.Heir }
func asContact(c *evidence.Case)            { c.Complainant.Kind = evidence.Contact }
func filed(to, date, answered, exhibit string) func(*evidence.Case) {
	return func(c *evidence.Case) {
		c.Filings = append(c.Filings, evidence.Filing{To: to, Date: date, Answered: answered, Exhibit: exhibit})
	}
}

// Day, by which all acts of the table below happened.
const day = "2026-09-01 10:00:00"

// Each kind with the fact that makes it, the one that leaves it open, and the
// lawful act beside it.
func TestKinds(t *testing.T) {
	one := func(edit ...func(*evidence.Incident)) []evidence.Incident {
		return []evidence.Incident{row(day, append([]func(*evidence.Incident){shown}, edit...)...)}
	}
	none := func(*evidence.Case) {}
	for _, c := range []struct {
		name string
		kase func(*evidence.Case)
		rows []evidence.Incident
		want string // rule/strength, ? where it is doubtful
		has  string // ids cited, joined by blanks; !id must not be
		law  string // the lawful act it is listed as
	}{
		{"V01 in a group", none, one(kindIs(evidence.Post), told), "V01/shown", "PIPL-25 PSA25-50-6 !PIPL-28", ""},
		{"V01 with account data", none, one(third, claims("V01a")), "V01/shown", "PIPL-28 CC-1032 !PIPL-25", ""},
		{"V01 by text of a call log only", none, []evidence.Incident{row(day, third, told)}, "V01/review V02/review",
			"", ""},
		{"V02 of a call in the log, of which only the person says what was told", none,
			[]evidence.Incident{row(day, third, told, words, could)}, "V02/shown V01/stated", "", ""},
		{"V02 of three contacts alike, whatever more is said of them", none, []evidence.Incident{
			row(day, third, told, words, could), row("2026-09-02 10:00:00", third, could),
			row("2026-09-03 10:00:00", third, refused, words, could)}, "V02/shown V01/stated V03/stated", "", ""},
		{"V02 is not told again of what is shown to have been told", none, one(third, told, could), "V01/shown", "",
			""},
		{"V02 once", none, one(third, could), "V02/shown", "PIPL-6 XJGS-V02 !XDGS-V02", ""},
		{"V02 of a bank's platform", licence(evidence.Bank), one(third, could), "V02/shown",
			"HLWD-V02 CBA26-V02 !XJGS-V02", ""},
		{"V02 of a contact who was told, and cannot say whether the borrower could be reached", asContact,
			one(kindIs(evidence.SMS), disclosed), "V02/shown", "XJGS-V02 CBA26-V02 !GB45251-V02", ""},
		{"V02 of a contact who was told, and knows that the borrower could be reached", asContact,
			one(kindIs(evidence.SMS), disclosed, could), "V02/shown", "XJGS-V02 CBA26-V02 GB45251-V02", ""},
		{"V02 of a contact who was told nothing", asContact, one(kindIs(evidence.SMS), claims("V02")), "V02/shown",
			"XJGS-V02 !CBA26-V02 !GB45251-V02", ""},
		{"V03 twice", none, append(one(third, refused, claims("V03")), one(third, refused, claims("V03"))...),
			"V03/shown", "PSA25-50-5", ""},
		{"V03 once", none, one(third, refused, claims("V03")), "V03/shown", "!PSA25-50-5", ""},
		{"V03 the refusal in no exhibit", none, one(third, refused), "V02/review V03/review", "", ""},
		{"V03 the refusal in no exhibit, told by the person", none, one(third, refused, words),
			"V03/stated V02/review", "", ""},
		{"V03 the refusal in an earlier exhibit", none,
			[]evidence.Incident{row("2026-08-31 10:00:00", third, could, shown, claims("V03a")),
				row(day, third, refused, shown)}, "V03/shown", "GB45251-V03", ""},
		{"V03 the refusal came after", none, []evidence.Incident{row("2026-09-02 10:00:00", third, could, shown,
			claims("V03a")), row(day, third, refused, shown)}, "V02/review V03/review", "", ""},
		{"V03 the refusal of somebody else", none,
			[]evidence.Incident{row("2026-08-31 10:00:00", told3, could, shown, claims("V03a")),
				row(day, third, refused, shown)}, "V02/review V03/review", "", ""},
		{"V02 by the third person's call log, without words", none, []evidence.Incident{row(day, third, could)},
			"V02/shown", "", ""},
		{"the contact was told nothing and the borrower was lost", none, []evidence.Incident{row(day, third, couldNot)},
			"", "", "联系不上您本人时"},

		{"V04 seven tries on two SIM cards", none,
			append(calls("2026-09-01", 4, missed, sim("SIM 1")), calls("2026-09-01", 3, missed, sim("SIM 2"))...), "",
			"", "未接通"},
		{"V04 seven tries on one SIM card", none, calls("2026-09-01", 7, missed, sim("SIM 1")), "V04/shown",
			"CBA26-V04 !GB45251-V04", ""},
		{"V04 seven tries by a small-loan company", licence(evidence.SmallLoan), calls("2026-09-01", 7, missed),
			"V04/review", "!CBA26-V04", ""},
		{"V04 a fourth call of another lender", none, append(calls("2026-09-01", 3), row(day, private)), "", "",
			"接通不超过三次"},
		{"V04 the fourth near midnight by the phone's clock", none,
			append(calls("2026-09-01", 3), row("2026-09-01 23:58:00", deviceClock)), "V05/shown V04/review", "", ""},
		{"V04 the fourth near midnight by the carrier's", none,
			append(calls("2026-09-01", 3), row("2026-09-01 23:58:00")), "V04/shown V05/shown", "", ""},
		{"V05 a visit at night", none, []evidence.Incident{row("2026-09-01 22:30:00", kindIs(evidence.Visit))},
			"V05/shown", "CBA26-V05", ""},
		{"V05 the guide of the association does not bind a small-loan company", licence(evidence.SmallLoan),
			[]evidence.Incident{row("2026-09-01 22:30:00")}, "V05/shown", "GB45251-V05 !CBA26-V05", ""},

		{"V06 a threat to safety", none, one(claims("V06a")), "V06/shown", "PSA25-50-1 !PSA25-50-2 !PSA25-50-5", ""},
		{"V06 people at the door, named as no part", none, one(claims("V06"), saying("找人去你家门口坐着，让你出不了门")), "V06/shown",
			"CC-991 CC-1002 !PSA25-50-1 !CC-1024", ""},
		{"V06 an insult, and no more", none, one(claims("V06b"), saying("你这个老赖，不要脸")), "V06/shown",
			"CC-991 CC-1024 !CC-1002", ""},
		{"V06 a threat in words of collectors", none, one(claims("V06"), saying("再不还让你进医院躺着")), "V06/shown",
			"CC-991 CC-1002", ""},
		{"V06 a threat to the family", none, one(claims("V06"), saying("你妈身体不好吧，别出什么事")), "V06/shown",
			"CC-991 CC-1002", ""},
		{"V06 shame on the family", none, one(claims("V06"), saying("你妈不还，就让你在学校抬不起头")), "V06/shown",
			"CC-991 !CC-1002", ""},
		{"V06 an insult with the same word", none, one(claims("V06b"), saying("骗子，躺着也要骗人")), "V06/shown",
			"!CC-1002", ""},
		{"V06 a visit that is announced", none, one(claims("V06"), saying("明天安排人上门")), "V06/shown", "!CC-1002", ""},
		{"V06 an insult in private", none, one(claims("V06b")), "V06/shown", "CC-1024 CPL-50 !PSA25-50-2 !PSA25-50-1",
			""},
		{"V06 an insult before others", none, one(kindIs(evidence.Post), claims("V06b")), "V06/shown", "PSA25-50-2",
			""},
		{"V06 before the loan", lent("2026-09-02"), one(claims("V06a")), "V06/review", "", ""},
		{"V06 before the loan, by the person's word", lent("2026-09-02"),
			[]evidence.Incident{row(day, noExhibit, words, claims("V06a"))}, "V06/review", "", ""},
		{"V05 before the loan and after it", lent("2026-09-02"), []evidence.Incident{row("2026-09-01 22:30:00"),
			row("2026-09-03 22:30:00")}, "V05/shown V05/review", "", ""},
		{"V14 before the loan, with the application", lent("2026-09-02"), one(kindIs(evidence.Other), claims("V14")),
			"V14/shown", "", ""},
		{"V06 twice", none, append(one(claims("V06")), one(claims("V06"))...), "V06/shown", "PSA25-50-5", ""},
		{"V06 of a small-loan company", licence(evidence.SmallLoan), one(claims("V06")), "V06/shown",
			"XDGS-V06 XJD141-V06 !XJGS-V06 !CBA26-V06", ""},
		{"V06 by a contact, who is no consumer", asContact, one(claims("V06")), "V06/shown", "CC-991 !CPL-27", ""},
		{"V07 an officer found genuine", none, one(claims("V07"), genuine), "", "", "身份属实"},

		{"V08 a lawyer nobody looked up, and a threat", none, append(one(claims("V08a")), one(claims("V06a"))...),
			"V06/shown V08/shown?", "LAWYER-13", ""},
		{"V08 the lender's own, whom nobody asked about, and a threat", none,
			append(one(claims("V08b")), one(claims("V06a"))...), "V06/shown V08/shown?", "!LAWYER-13", ""},
		{"V08 a lawyer nobody looked up, and nothing else", none, one(claims("V08a")), "V08/review", "", ""},
		{"V08 a lawyer not in the register", none, one(claims("V08a"), untrue), "V08/shown",
			"LAWYER-13 PSA25-62-V08 !CBA26-V08", ""},
		{"V08 a lawyer found untrue, nobody says how", none, one(claims("V08a"), untrueSomehow), "V08/review", "", ""},
		{"V07 an officer found untrue, nobody says how", none, one(claims("V07"), untrueSomehow), "V07/shown?", "", ""},
		{"V09 a summons found untrue, nobody says how", none, one(kindIs(evidence.Mail), claims("V09"), untrueSomehow),
			"V09/shown?", "", ""},
		{"V19 said to be false, nobody says how", none, one(claims("V19"), untrueSomehow), "V19/shown?", "", ""},
		{"V08 a genuine lawyer letter", none, one(kindIs(evidence.Mail), claims("V08a"), genuine), "", "", "律师函"},
		{"V08 posing as the bank", licence(evidence.Bank), one(claims("V08b"), untrue), "V08/shown",
			"CBA26-V08 !LAWYER-13", ""},
		{"V08 nobody said whom", none, one(claims("V08"), untrue), "V08/review", "", ""},

		{"V09 a summons nobody checked", none, one(kindIs(evidence.Mail), claims("V09")), "V09/shown?",
			"PSA25-63 CBA26-V09", ""},
		{"V09 the court knows no such case", none, one(kindIs(evidence.Mail), claims("V09"), untrue), "V09/shown",
			"PSA25-63", ""},
		{"V09 a genuine summons", none, one(kindIs(evidence.Mail), claims("V09"), genuine), "", "", "法律文书"},

		{"V10 one message is no bombing", none, one(kindIs(evidence.SMS), claims("V10")), "V10/review", "", ""},
		{"V10 two are none either", none, []evidence.Incident{row(day, kindIs(evidence.SMS), claims("V10")),
			row(day, claims("V10"))}, "V10/review", "", ""},
		{"V10 three on two days", none, []evidence.Incident{row(day, claims("V10")), row(day, claims("V10")),
			row("2026-09-02 10:00:00", claims("V10"))}, "V10/review", "", ""},
		{"V10 three, one of them in a file", none,
			[]evidence.Incident{row(day, kindIs(evidence.SMS), claims("V10")),
				row(day, kindIs(evidence.SMS), noExhibit, words, claims("V10")),
				row(day, kindIs(evidence.SMS), noExhibit, words, claims("V10"))}, "V10/stated V10/review", "", ""},
		{"V10 three, shown by the log without words", none,
			[]evidence.Incident{row(day, kindIs(evidence.SMS), claims("V10")), row(day, claims("V10")),
				row(day, missed, claims("V10"))}, "V10/shown", "CC-1033-1 PSA25-50-5 XJGS-V10", ""},
		{"V10 three connected calls, as many as the standard holds proper", none, calls("2026-09-01", 3, claims("V10")),
			"V10/review", "", ""},
		{"V10 six tries, as many as the guide holds proper", none, calls("2026-09-01", 6, missed, claims("V10")),
			"V10/review", "", ""},
		{"V10 three calls to a contact, for whom no number is proper", asContact,
			calls("2026-09-01", 3, claims("V10"), claims("V02")), "V02/shown V10/shown", "", ""},
		{"V10 a fourth connected call", none, calls("2026-09-01", 4, claims("V10")), "V04/shown V10/shown", "", ""},
		{"V10 by nobody knows whom, at night too", none,
			[]evidence.Incident{row("2026-09-01 22:30:00", missed, strange(1), claims("V10")),
				row("2026-09-01 22:31:00", missed, strange(2), claims("V10")),
				row("2026-09-01 22:32:00", missed, strange(3), claims("V10"))}, "V10/shown?", "CC-1033-1", ""},
		{"V10 in a group", none, one(kindIs(evidence.Post), claims("V10")), "V10/shown",
			"CC-1033-1 !PSA25-50-5 !PSA25-50-6-V10", ""},
		{"V10 a notice on the wall", none, one(kindIs(evidence.Other), claims("V10a")), "V10/shown",
			"CBA26-V10 !CC-1033-1", ""},

		{"V11 a visit by day", none, []evidence.Incident{row(day, kindIs(evidence.Visit))}, "", "", "之间上门，没有写明"},
		{"V11 a visit by day the person dislikes", none, one(kindIs(evidence.Visit), claims("V11")), "V11/review", "",
			""},
		{"V11 into the home", none, one(kindIs(evidence.Visit), claims("V11a")), "V11/shown",
			"CC-1033-2 PSA25-47-V11 CBA26-V11-inside", ""},
		{"V11 into the office", none, one(kindIs(evidence.Visit), claims("V11b")), "V11/shown",
			"CBA26-V11-inside !CC-1033-2 !PSA25-47-V11", ""},
		{"V11 into the office, small-loan company", licence(evidence.SmallLoan),
			one(kindIs(evidence.Visit), claims("V11b")), "V11/review", "", ""},
		{"V11 one person alone", none, one(kindIs(evidence.Visit), claims("V11c")), "V11/shown",
			"CBA26-V11-alone !CBA26-V11-inside", ""},

		{"V12 without figures", none, one(claims("V12")), "V12/review", "", ""},
		{"V12 deducted, date of the contract not known", none, one(claims("V12a")), "V12/review", "", ""},
		{"V12 deducted", func(c *evidence.Case) { c.Loan.Date = "2025-06-01" }, one(claims("V12a")), "V12/shown",
			"CC-670", ""},
		{"V12 deducted, contract before the Civil Code", func(c *evidence.Case) { c.Loan.Date = "2020-12-31" },
			one(claims("V12a")), "V12/review", "!CC-670", ""},
		{"V12 deducted, and computed from the loan", func(c *evidence.Case) {
			c.Loan = evidence.Loan{Date: "2025-06-01", Principal: "10000", Received: "9000", Exhibits: []string{"E001"}}
		}, one(claims("V12a")), "V12/stated V12/review", "CC-670", ""},
		{"V12 inflated", none, one(claims("V12b")), "V12/shown", "CBA26-V12", ""},

		{"V13 who they are", none, one(claims("V13")), "V13/shown", "CPL-8 PIPL-17 !CC-546", ""},
		{"V13 assignment", none, one(claims("V13a")), "V13/shown", "CC-546 !PIPL-17", ""},
		{"V13 no account", none, one(claims("V13b")), "V13/shown", "CBA26-V13 !CC-546", ""},
		{"V13 a hidden number alone", none, []evidence.Incident{row(day,
			func(i *evidence.Incident) { i.Number = "未知号码"; i.Use = evidence.Yes })}, "", "", "接通不超过三次"},
		{"V14 too much asked", none, one(kindIs(evidence.Other), claims("V14")), "V14/shown",
			"PIPL-5 CC-1035 CSL25-43 PSA25-56-V14 !PIPL-16", ""},
		{"V14 refused without consent", none, one(kindIs(evidence.Other), claims("V14a")), "V14/shown", "PIPL-16", ""},
		{"V15 entrustment alone", none, one(claims("V15")), "", "", "委托第三方催收"},
		{"V15 leaked", none, one(claims("V15a")), "V15/shown",
			"PIPL-10-V15 PSA25-56-V15 !CREDIT-20 !PIPL-21 !PIPL-59 !PIPL-69 !CC-1191", ""},
		{"V15 given to another", licence(evidence.Bank), one(claims("V15b")), "V15/shown",
			"PIPL-23 JR9-V15 HLWD-V15 !PSA25-56-V15", ""},
		{"V15 credit data", none, one(claims("V15c")), "V15/shown", "CREDIT-20", ""},
		{"V16 told that it will be reported", none, one(claims("V16")), "", "", "如实告知"},
		{"V16 a report nobody checked", none, one(kindIs(evidence.Other), claims("V16")), "V16/review", "", ""},
		{"V16 a wrong record", none, one(kindIs(evidence.Other), claims("V16"), untrue), "V16/shown",
			"CC-1029 CREDIT-25-wrong !CREDIT-15", ""},
		{"V16 a true record", none, one(kindIs(evidence.Other), claims("V16"), genuine), "", "", "如实报送"},
		{"V16 without notice", none, one(kindIs(evidence.Other), claims("V16a")), "V16/shown",
			"CREDIT-15 !CREDIT-40 !CREDIT-41 !CREDIT-13", ""},
		{"V16 without consent", none, one(kindIs(evidence.Other), claims("V16b")), "V16/shown", "CREDIT-13 !CREDIT-15",
			""},
		{"V16 after five years", none, one(kindIs(evidence.Other), claims("V16c")), "V16/shown", "CREDIT-16", ""},
		{"V16 objection", none, one(kindIs(evidence.Other), claims("V16d")), "V16/shown", "CREDIT-25 CREDIT-40", ""},
		{"V17", none, one(claims("V17")), "V17/shown", "CPL-9 CBA26-V17 NIFA18-V17", ""},
		{"V18 withheld alone", none, one(claims("V18")), "V18/review", "", ""},
		{"V18 private account", none, one(claims("V18a")), "V18/shown", "CBA26-V18 !XJGS-V18", ""},
		{"V18 no record", none, one(claims("V18b")), "V18/shown", "XJGS-V18 GB45251-V18 !EVID-95", ""},
		{"V19 nobody checked", none, one(claims("V19")), "V19/shown?", "CPL-20 CBA26-V19 !CC-1024-V19", ""},
		{"V19 found false", none, one(claims("V19"), untrue), "V19/shown", "CPL-20", ""},
		{"V19 a true announcement", none, one(claims("V19"), genuine), "", "", "如实告知"},
		{"V19 published", none, one(kindIs(evidence.Post), claims("V19"), untrue), "V19/shown", "CC-1024-V19", ""},
		{"V20 nothing more said", none, one(claims("V20")), "V20/review", "", ""},
		{"V20 wrong person", none, one(claims("V20a")), "V20/shown", "CC-1037 PIPL-46 !PIPL-47", ""},
		{"V20 somebody else borrowed", none, one(claims("V20c")), "V20/shown", "CC-1037 PIPL-46 !PIPL-47", ""},
		{"V06 a threat of a card's collector", card, one(claims("V06a")), "V06/shown",
			"CARD-V06 XBBH-V06 CC-1002 CC-991 !XJGS-V06", ""},
		{"V05 of a card", card, []evidence.Incident{row("2026-09-01 22:30:00")}, "V05/shown", "CBA26-V05 !GB45251-V05",
			""},
		{"V05 of a business loan", func(c *evidence.Case) { c.Loan.Kind = evidence.BusinessLoan },
			[]evidence.Incident{row("2026-09-01 22:30:00")}, "V05/shown", "!GB45251-V05", ""},
		{"V04 four calls to an heir", heir, calls("2026-09-01", 4), "", "", ""},
		{"V06 by an heir, who is no consumer", heir, one(claims("V06b")), "V06/shown", "CC-1024 !CPL-27", ""},
		{"V06 by a guardian, for a consumer", func(c *evidence.Case) { c.Complainant.Kind = evidence.Guardian },
			one(claims("V06b")), "V06/shown", "CPL-27", ""},
		{"V20 settled", none, one(claims("V20b")), "V20/shown", "PIPL-47 !PIPL-46", ""},
		{"V20 a certificate is no collection", none, one(kindIs(evidence.Other), claims("V20b")), "V20/review", "", ""},
		{"V20 settled, says a contact", asContact, one(claims("V20b")), "V20/review", "", ""},
		{"V12 says a contact", func(c *evidence.Case) { asContact(c); c.Loan.Date = "2025-06-01" }, one(claims("V12a")),
			"V12/review", "", ""},
		{"V20 a contact who owes nothing", asContact, one(claims("V20a")), "V20/shown", "PIPL-46", ""},
		{"V21", licence(evidence.SmallLoan), one(kindIs(evidence.Visit), claims("V21c")), "V21/shown",
			"XDGS-V21 !XDGS-V21-violence !PSA25-51", ""},
		{"V21 taken by a bank's collector", licence(evidence.Bank), one(kindIs(evidence.Visit), claims("V21c")),
			"V21/review", "!CBA26-V21", ""},
		{"V21 taken and beaten", licence(evidence.Bank), one(kindIs(evidence.Visit), claims("V21c"), claims("V21b")),
			"V21/shown", "CBA26-V21 PSA25-51", ""},
		{"V21 nothing more said", none, one(kindIs(evidence.Visit), claims("V21")), "V21/shown", "XJGS-V21", ""},
		{"V13 by a contact", asContact, one(claims("V13")), "V13/shown", "PIPL-17 !CPL-8", ""},
		{"V13 a statement, asked by a contact", asContact, one(claims("V13b")), "V13/review", "", ""},
		{"V18 a contact is no debtor", func(c *evidence.Case) { asContact(c); c.Lender.Licence = evidence.Bank },
			one(claims("V18a")), "V18/review", "!CBA26-V18", ""},
		{"V21 detention", none, one(kindIs(evidence.Visit), claims("V21a")), "V21/shown", "PSA25-47 !PSA25-51 !CL-238",
			""},
		{"V21 beating", none, one(kindIs(evidence.Visit), claims("V21b")), "V21/shown", "PSA25-51 !CL-234", ""},
		{"V22 a private account", none, one(claims("V22")), "V22/review", "", ""},
		{"V22 a fee", none, one(claims("V22b")), "V22/shown", "CBA26-FEE !COST26-FEE", ""},
		{"V22 a fee on a new loan", func(c *evidence.Case) { c.Loan.Date = "2026-08-01" }, one(claims("V22b")),
			"V22/shown", "COST26-FEE", ""},
		{"V23 not taken up", none, one(claims("V23")), "V23/shown", "XFTS-11 !XFTS-13 !CPL-46", ""},
		{"V23 asked again for material", none, one(claims("V23a")), "V23/shown", "XFTS-13", ""},
		{"V23 a small-loan company is not bound", licence(evidence.SmallLoan), one(claims("V23")), "V23/review", "",
			""},
		{"V23 a request about data", licence(evidence.SmallLoan), one(claims("V23b")), "V23/shown", "PIPL-50 !XFTS-11",
			""},

		{"V23 fifteen days", filed("lender", "2026-09-16", "", "E001"), nil, "", "", ""},
		{"V23 sixteen", filed("lender", "2026-09-15", "", "E001"), nil, "V23/review", "", ""},
		{"V23 sixty", filed("lender", "2026-08-02", "", "E001"), nil, "V23/review", "", ""},
		{"V23 sixty-one", filed("lender", "2026-08-01", "", "E001"), nil, "V23/shown", "XFTS-V23 XFTS-11", ""},
		{"V23 sixty-one without a receipt", filed("lender", "2026-08-01", "", ""), nil, "V23/stated", "XFTS-V23", ""},
		{"V23 answered in time", filed("lender", "2026-08-01", "2026-08-16", "E001"), nil, "", "", "在期限内答复"},
		{"V23 the platform is not the institution", func(c *evidence.Case) {
			c.Platform.Name = "样例网络科技"
			filed("platform", "2026-06-01", "", "E001")(c)
		}, nil, "", "", ""},
		{"V23 a small-loan company has no term", func(c *evidence.Case) {
			licence(evidence.SmallLoan)(c)
			filed("lender", "2026-06-01", "", "E001")(c)
		}, nil, "", "", ""},
	} {
		kase := testCase()
		c.kase(&kase)
		r := Apply(kase, c.rows, nil, Options{Date: filing})
		var got, cited []string
		for _, f := range r.Findings {
			s := f.Rule + "/" + string(f.Strength)
			if f.Doubtful {
				s += "?"
			}
			got = append(got, s)
			if f.Rule != "V02" || strings.HasPrefix(c.name, "V02") {
				for _, x := range f.Citations {
					cited = append(cited, x.ID)
				}
			}
			promises(t, 0, f)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
		for _, id := range strings.Fields(c.has) {
			not, no := strings.CutPrefix(id, "!")
			if slices.Contains(cited, not) == no {
				t.Errorf("%s: cites %v; want %s", c.name, cited, id)
			}
		}
		if c.law != "" && !slices.ContainsFunc(r.Lawful,
			func(l evidence.Lawful) bool { return strings.Contains(l.Act.ZH, c.law) }) {
			t.Errorf("%s: lawful acts %v, want %s", c.name, r.Lawful, c.law)
		}
	}
}

// The stage of an overdue debt is told as habit, and says nothing of right.
func TestOverdueIsContext(t *testing.T) {
	for due, want := range map[string]string{"2026-09-30": "已逾期 1 天（业内习惯称第1至3天阶段）", "2026-09-27": "第4至7天",
		"2026-09-16": "第8至15天", "2026-08-01": "已逾期 61 天。"} {
		kase := testCase()
		kase.Loan.Due = due
		r := Apply(kase, nil, nil, Options{Date: filing})
		if !slices.ContainsFunc(r.Remarks, func(m evidence.Advice) bool {
			return strings.Contains(m.ZH, want) && strings.Contains(m.ZH, "没有规定按天数划分阶段")
		}) {
			t.Errorf("due %s: want %q among %v", due, want, r.Remarks)
		}
	}
}

// A due day that the creditor's own messages contradict is told to be looked up, and no
// stage is counted from it.
func TestDueAgainstTheCreditorsMessages(t *testing.T) {
	said := row("2026-09-20 10:00:00", kindIs(evidence.SMS), saying("您的借款已逾期41天，请尽快还款")) // since 2026-08-10
	for due, contradicted := range map[string]bool{"2026-08-10": false, "2026-08-12": false, "2026-09-10": true,
		"2026-06-10": false /* an earlier instalment */} {
		kase := testCase()
		kase.Loan.Due = due
		told := strings.Contains(fmt.Sprint(Apply(kase, []evidence.Incident{said}, nil, Options{Date: filing}).Remarks),
			"往回数是 2026-08-10 到期")
		if told != contradicted {
			t.Errorf("due %s: told %v", due, told)
		}
	}
}

// Every change of law that bears on a violation, one day either side. What
// changed procedure, courts or names only is no provision of this table.
func TestEveryChange(t *testing.T) {
	bank, cf, small := evidence.Bank, evidence.ConsumerFinance, evidence.SmallLoan
	for _, c := range []struct {
		first       string // day in force
		rule        string
		old, new    string // cited the day before only, and from the day on
		lender      evidence.Licence
		facts       string
		stays       bool // old goes on
		description string
	}{
		{"2017-06-01", "V14", "", "CSL17-41", bank, "", true, "network security law"},
		{"2017-12-01", "V06", "", "XJD141-V06", small, "", true, "notice on cash loans"},
		{"2018-01-01", "V08", "", "LAWYER-13", bank, "lawyer", true, "law on lawyers"},
		{"2018-03-28", "V17", "", "NIFA18-V17", bank, "", true, "NIFA convention"},
		{"2020-03-01", "V23", "", "XFTS-11", bank, "borrower", true, "complaint measures"},
		{"2020-07-12", "V15", "", "HLWD-V15", bank, "platform leak", true, "internet loans of banks"},
		{"2021-01-01", "V06", "", "CC-991", bank, "", true, "civil code"},
		{"2021-11-01", "V01", "", "PIPL-10", bank, "", true, "personal information"},
		{"2024-04-18", "V06", "", "XJGS-V06", cf, "", true, "consumer finance"},
		{"2024-05-15", "V05", "", "NIFA24-V05", bank, "network", true, "NIFA guide"},
		{"2025-01-17", "V06", "", "XDGS-V06", small, "", true, "small loans"},
		{"2025-02-28", "V05", "NIFA24-V05", "GB45251-V05", bank, "network", false, "national standard"},
		{"2025-10-01", "V15", "", "JR9-V15", bank, "platform leak", true, "facilitated loans"},
		{"2026-01-01", "V01", "PSA12-42-6", "PSA25-50-6", bank, "", false, "public security: privacy"},
		{"2026-01-01", "V06", "PSA12-42-1", "PSA25-50-1", bank, "safety", false, "public security: threat"},
		{"2026-01-01", "V06", "PSA12-42-2", "PSA25-50-2", bank, "public insult", false, "public security: insult"},
		{"2026-01-01", "V06", "PSA12-42-5", "PSA25-50-5", bank, "repeated messages", false,
			"public security: pestering"},
		{"2026-01-01", "V07", "PSA12-51", "PSA25-62", bank, "", false, "public security: impersonation"},
		{"2026-01-01", "V08", "PSA12-51-V08", "PSA25-62-V08", bank, "lawyer", false, "public security: false identity"},
		{"2026-01-01", "V09", "PSA12-52", "PSA25-63", bank, "", false, "public security: forgery"},
		{"2026-01-01", "V11", "PSA12-40-V11", "PSA25-47-V11", bank, "entry", false, "public security: entry"},
		{"2026-01-01", "V21", "PSA12-40", "PSA25-47", bank, "detention", false, "public security: detention"},
		{"2026-01-01", "V21", "PSA12-43", "PSA25-51", bank, "beating", false, "public security: beating"},
		{"2026-01-01", "V01", "", "PSA25-56", bank, "", true, "public security: personal data, new"},
		{"2026-01-01", "V14", "CSL17-41", "CSL25-43", bank, "", false, "network security renumbered"},
		{"2026-01-30", "V05", "", "CBA26-V05", bank, "", true, "bank association"},
		{"2026-08-01", "V22", "", "COST26-FEE", bank, "new-loan-fee", true, "disclosed cost"},
	} {
		first, err := time.ParseInLocation(time.DateOnly, c.first, evidence.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		ids := func(at time.Time) (out []string) {
			for _, x := range cite(c.rule, at, c.lender, strings.Fields(c.facts)...) {
				out = append(out, x.ID)
			}
			return out
		}
		// The last second of the day before, and the first of the day.
		before, after := ids(first.Add(-time.Second)), ids(first)
		if slices.Contains(before, c.new) || c.old != "" && !slices.Contains(before, c.old) {
			t.Errorf("%s: the day before %s cites %v", c.description, c.first, before)
		}
		if !slices.Contains(after, c.new) || c.old != "" && slices.Contains(after, c.old) != c.stays {
			t.Errorf("%s: %s cites %v", c.description, c.first, after)
		}
	}
}

// Tier C rules and what LAW names as false are in no record, nor any article
// whose law does not hold.
func TestNeverInTheTable(t *testing.T) {
	for _, p := range Statutes() {
		for _, never := range []string{"CL-293", "PSA25-30", "PSA12-26", "XFXF", "SOFTV"} {
			if strings.HasPrefix(p.ID, never) {
				t.Errorf("%s is tier C", p.ID)
			}
		}
		for _, word := range []string{"违法", "银保监局", "21:00", "催收非法债务"} {
			if strings.Contains(p.Substance.ZH, word) {
				t.Errorf("%s says %s", p.ID, word)
			}
		}
		if p.Registry == "GB45251" && p.Document != "GB/T 45251—2025" {
			t.Errorf("%s: document %q", p.ID, p.Document)
		}
		for _, r := range p.Rules {
			if evidence.Breach(r).Part() != "" {
				t.Errorf("%s is of a part", p.ID)
			}
		}
	}
}

// Numbers of two lenders in one case are asked about: their calls are not to
// be added together.
func TestOneCreditor(t *testing.T) {
	sms := func(text string) evidence.Incident {
		return row(day, func(i *evidence.Incident) { i.Kind, i.Shown = evidence.SMS, text })
	}
	for _, c := range []struct {
		rows []evidence.Incident
		want bool
	}{
		{[]evidence.Incident{sms("【样例借】请还款"), sms("请还款【样例借】")}, false},
		{[]evidence.Incident{sms("【样例借】请还款"), sms("【别家贷】请还款")}, true},
		{[]evidence.Incident{sms("【样例借】请还款"), row(day, func(i *evidence.Incident) {
			i.Kind, i.Shown, i.Number = evidence.SMS, "【快递】已签收", "13900000000"
		})}, false},
	} {
		r := Apply(testCase(), c.rows, nil, Options{Date: filing})
		if got := slices.ContainsFunc(r.Remarks,
			func(m evidence.Advice) bool { return strings.Contains(m.ZH, "次数不能合在一起算") }); got != c.want {
			t.Errorf("%q: %t", c.rows[1].Shown, got)
		}
	}
}
