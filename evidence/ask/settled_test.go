package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Where something says that the loan was paid, the day is asked; then in one question
// what asked for it since, and in one the calls that nobody answered, a day of a number as
// one thing. Without any word that it was paid nothing of it is asked.
func TestSettledLoans(t *testing.T) {
	paid := sms("T001", "09-03 10:00", collector, "您的借款已全部结清，感谢使用")
	dun := sms("T002", "09-05 10:00", collector, "您的欠款6800元仍未处理，今天必须还")
	rang := func(id, at, number string) evidence.Incident {
		i := call(id, at, number, evidence.ReachedSelf)
		i.Answered, i.Seconds = evidence.No, 0
		return i
	}
	rows := []evidence.Incident{paid, dun, rang("T003", "09-06 10:00", collector),
		rang("T004", "09-06 11:00", collector),
		call("T005", "09-06 12:00", collector, evidence.ReachedSelf), rang("T006", "09-07 09:00", collector),
		rang("T007", "09-07 09:10", stranger), rang("T008", "09-01 09:00", collector)}
	ask := func(c evidence.Case, rows []evidence.Incident) (day, duns, rings []Question) {
		list := List(look(Record{Case: c, Incidents: rows}))
		for _, q := range of(list, Words) {
			switch {
			case q.About.Breach != "V20b":
			case q.About.Column == "":
				duns = append(duns, q)
			default:
				rings = append(rings, q)
			}
		}
		return of(list, Settled), duns, rings
	}
	day, duns, rings := ask(kase(), rows)
	if len(day) != 1 || len(duns) != 1 || len(rings) != 1 {
		t.Fatalf("asks %+v; %+v; %+v", day, duns, rings)
	}
	if day[0].Prefill != "2026-09-03" || !strings.HasPrefix(day[0].Text.ZH, "2026年9月3日10:00 收到的这条写着已经结清") {
		t.Errorf("the day: %+v", day[0])
	}
	if !strings.Contains(rings[0].Text.ZH,
		"打来 3 次，您没有接：1 2026年9月6日（19900000311）10:00、11:00；2 2026年9月7日（19900000311）09:00。") {
		t.Errorf("calls: %s", rings[0].Text.ZH)
	}
	for _, a := range []struct {
		q           Question
		value, want string // empty: no answer
	}{
		{day[0], "2026年9月2日", "loan.settled=2026-09-02"},
		{day[0], "2026-09-02 10:00", ""},
		{day[0], "还清了", ""},
		{duns[0], "some:2", "T002 asserted kinds=非V20b; T005 asserted kinds=V20b; T005 my own words=这通电话催的是已经还清的这笔借款。"},
		{rings[0], "some:2", "T003 asserted kinds=非V20b; T004 asserted kinds=非V20b; T006 asserted kinds=V20b; " +
			"T006 my own words=这个号码只为这笔借款找过本人，还清以后仍打来，本人没有接。"},
	} {
		if edits, err := a.q.Edits(a.value); (err != nil) != (a.want == "") || shown(edits) != a.want {
			t.Errorf("%s: %s, %v", a.value, shown(edits), err)
		}
	}
	if edits, err := day[0].Edits("no"); err != nil || len(edits) > 0 {
		t.Errorf("not paid: %v, %v", edits, err)
	}
	c := kase()
	c.Loan.Settled = "2026-09-05"
	if day, duns, rings = ask(c, rows[1:]); len(day) != 0 || len(duns) != 1 || len(rings) != 1 ||
		!strings.HasPrefix(rings[0].Text.ZH, "案件里写着这笔借款 2026-09-05 还清。") {
		t.Errorf("by the case: %+v; %+v; %+v", day, duns, rings)
	}
	if day, duns, rings = ask(kase(), rows[1:]); len(day)+len(duns)+len(rings) != 0 {
		t.Errorf("nothing says that it was paid: %+v; %+v; %+v", day, duns, rings)
	}
	named := dun
	named.Asserted = []evidence.Breach{"V20b"}
	if day, _, _ = ask(kase(), []evidence.Incident{named}); len(day) != 1 || day[0].Prefill != "" {
		t.Errorf("a demand is called one for a paid loan: %+v", day)
	}
	c = kase()
	c.Complainant.Kind = evidence.Contact
	if day, duns, rings = ask(c, rows); len(day)+len(duns)+len(rings) != 0 {
		t.Errorf("a contact: %+v; %+v; %+v", day, duns, rings)
	}
}

// A paper names the day; one about another contract does not.
func TestSettledDayOfAPaper(t *testing.T) {
	c := kase()
	c.Loan.Contract = "HT2026000123"
	for words, want := range map[string]string{
		"结清证明\n合同编号HT2026000123，该笔借款已于2026年8月30日结清。": "2026-08-30",
		"结清证明\n结清日期：2026-08-30":                      "2026-08-30",
		"结清证明\n合同编号HT2025000999，该笔借款已于2026年8月30日结清。": "none",
		"第八条 乙方可以申请结清证明，甲方应当开具":                      "none",
		"贷款结清后可以开具结清证明":                              "none",
		"结清证明：该笔贷款已结清":                               "",
	} {
		q := of(List(look(Record{Case: c, Papers: []Paper{{Exhibit: "E004", Text: words}}})), Settled)
		switch {
		case want == "none" && len(q) == 0:
		case len(q) != 1 || q[0].Prefill != want || !strings.HasPrefix(q[0].Text.ZH, "E004"):
			t.Errorf("%s: %+v", words, q)
		}
	}
}
