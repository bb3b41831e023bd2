package desk

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// An account of a chat that collects goes where the person says, as a number does: it stays,
// it goes along, or, where nobody says, it counts in neither case and is called so.
func TestAccountsArePartedAsNumbers(t *testing.T) {
	message := func(id, number, name, words string) evidence.Incident {
		i := evidence.Incident{ID: id, Kind: evidence.SMS, Direction: evidence.In, Number: number, Name: name, Shown: words}
		if number == "" {
			i.Kind = evidence.Message
		}
		return i
	}
	const account = "外访-陈"
	c := evidence.Case{Platform: evidence.Party{Brand: "飞羽借"}, Numbers: []evidence.Number{
		{Number: "106900000088", Side: evidence.CollectorSide}, {Number: "106900000099", Side: evidence.CollectorSide},
		{Account: " 外访－陈", Side: evidence.CollectorSide}}} // as people type it
	x := Dossier{Case: c, Incidents: []evidence.Incident{
		message("T001", "106900000088", "", "【飞羽借】您的借款已逾期，请今日还款。"),
		message("T002", "106900000099", "", "【速贷】您的借款已逾期，请今日还款。"),
		message("T003", "", account, "我是飞羽法务部陈涛，你的借款再不还就移交了"),
	}}
	brands := BrandsOf(x)
	if !slices.Equal(brands.Unknown, []string{account}) || brands.Likely(account, x.Incidents) != "飞羽借" {
		t.Errorf("unknown %q, likely %q", brands.Unknown, brands.Likely(account, x.Incidents))
	}
	const silent = "nobody says, nor do its words"
	for name, w := range map[string]struct {
		o      SplitOptions
		of     part
		theirs evidence.Side // in the new case
		ours   string        // what it is called here; empty: nothing changed
	}{
		"nobody says, and its words do": {SplitOptions{Brands: []string{"速贷"}}, partOurs, evidence.OtherSide, ""},
		silent:                          {SplitOptions{Brands: []string{"速贷"}}, partOpen, evidence.OtherSide, nobodysName},
		"it stays": {SplitOptions{Brands: []string{"速贷"}, Keep: []string{account}}, partOurs,
			evidence.OtherSide, ""},
		"it goes along": {SplitOptions{Brands: []string{"速贷"}, Numbers: []string{account}}, partTheirs,
			evidence.CollectorSide, otherCollector},
		"parted by it":    {SplitOptions{Numbers: []string{account}}, partTheirs, evidence.CollectorSide, otherCollector},
		"all others stay": {SplitOptions{Brands: []string{"速贷"}, Keep: []string{KeepAll}}, partOurs, evidence.OtherSide, ""},
	} {
		x := x
		if name == silent {
			x.Incidents = append(slices.Clone(x.Incidents[:2]), message("T003", "", account, "我是法务部陈涛，再不还就移交了"))
		}
		p, err := partingOf(x, w.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		at := slices.IndexFunc(p.theirs, func(n evidence.Number) bool { return n.Writer() == account })
		if p.of["T003"] != w.of || at < 0 || p.theirs[at].Side != w.theirs || p.theirs[at].Number != "" {
			t.Errorf("%s: part %v, there %+v", name, p.of["T003"], p.theirs)
		}
		called := ""
		for _, change := range p.answer(x, w.o).Changes {
			if change.Account == account {
				called = change.Name
			} else if change.Number == account {
				t.Errorf("%s: an account is changed as a number", name)
			}
		}
		if called != w.ours {
			t.Errorf("%s: called %q here, want %q", name, called, w.ours)
		}
	}
	if _, err := partingOf(x, SplitOptions{Numbers: []string{"没有这个人"}}); err == nil {
		t.Error("an account that no row has was taken")
	}
	c.Numbers = append(c.Numbers, evidence.Number{Account: "另一个", Side: evidence.OtherSide, Name: nobodysName})
	if got := PartedAs(c, message("T9", "", "另一个", "")); got != nobodysName || PartedAs(c, x.Incidents[2]) != "" {
		t.Errorf("parted as %q", got)
	}
}

// A number that the person said is the lender's stays the lender's in the case of that
// lender, and is called so in the case it leaves.
func TestTheLendersNumberIsPartedAsTheLenders(t *testing.T) {
	const bank = "95500088"
	x := Dossier{Case: evidence.Case{Platform: evidence.Party{Brand: "飞羽借"},
		Numbers: []evidence.Number{{Number: bank, Side: evidence.LenderSide}}},
		Incidents: []evidence.Incident{
			{ID: "T001", Kind: evidence.SMS, Direction: evidence.In, Number: bank, Shown: "【恒嵘银行】您的信用卡已逾期，请今日还款。"},
			{ID: "T002", Kind: evidence.SMS, Direction: evidence.In, Number: "106900000088",
				Shown: "【飞羽借】您的借款已逾期，请今日还款。"}}}
	o := SplitOptions{Brands: []string{"恒嵘银行"}}
	p, err := partingOf(x, o)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(p.theirs, func(n evidence.Number) bool { return n.Number == bank })
	if at < 0 || p.theirs[at].Side != evidence.LenderSide {
		t.Errorf("in the new case: %+v", p.theirs)
	}
	changes := p.answer(x, o).Changes
	if n := slices.IndexFunc(changes, func(c folder.Change) bool { return c.Number == bank }); n < 0 ||
		changes[n].Name != otherLender || changes[n].After != string(evidence.OtherSide) {
		t.Errorf("in the case that stays: %+v", changes)
	}
}
