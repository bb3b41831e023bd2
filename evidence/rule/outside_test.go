package rule

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
)

const ownRecord = `[{"id":"NEW-5","name":"样例办法","rank":"law","from":"2026-01-01","tier":"A","article":"第五条",
"substance":{"zh":"夜间不得催收。"},"source":"样例网站","checked":"VT","checked_on":"2026-09-30","rules":["V05"]}]`

// A record from outside is the user's word, whatever it says of itself.
func TestOutsideIsTheUsersWord(t *testing.T) {
	own, err := ReadProvisions("statutes.d/new.json", []byte("\ufeff"+ownRecord), "2026-10-01")
	if err != nil || len(own) != 1 {
		t.Fatal(own, err)
	}
	p := own[0]
	if p.Tier != evidence.TierB || p.Article != "" || p.Checked != evidence.ByUser || p.Origin == "" {
		t.Errorf("%+v", p)
	}
	// Alone it accuses nobody: before the standard and the Civil Code there is
	// nothing else.
	own[0].From = "2015-01-01"
	kase := testCase()
	kase.Lender.Licence = evidence.Bank
	r := Apply(kase, []evidence.Incident{row("2017-12-24 23:00:00")}, nil, Options{Date: filing, Outside: own})
	if len(r.Findings) != 1 || r.Findings[0].Strength != evidence.Review || len(r.Findings[0].Citations) != 1 {
		t.Errorf("%+v", r.Findings)
	}
	// Beside others it is cited, and makes nothing more unlawful.
	act := []evidence.Incident{row("2026-09-01 23:00:00")}
	with := Apply(kase, act, nil, Options{Date: filing, Outside: own}).Findings[0]
	without := Apply(kase, act, nil, Options{Date: filing}).Findings[0]
	if len(with.Citations) != len(without.Citations)+1 || with.Wording != without.Wording {
		t.Errorf("%v %q, %v %q", idsCited(with.Citations), with.Wording.ZH, idsCited(without.Citations),
			without.Wording.ZH)
	}
	// With an id of the table it stands in its place.
	own[0].ID, own[0].Rules, own[0].From, own[0].Until = "GB45251-V05", []string{"V05"}, "2025-02-28", "2026-08-31"
	for _, c := range Apply(kase, act, nil, Options{Date: filing, Outside: own}).Findings[0].Citations {
		if strings.HasPrefix(c.ID, "GB45251") {
			t.Errorf("%s is cited after the user's file ended it", c.ID)
		}
	}
}

// Who checks a record today has checked it.
func TestOutsideIsCheckedToday(t *testing.T) {
	own, err := ReadProvisions("f.json", []byte(ownRecord), "2026-09-30")
	if err != nil || len(own) != 1 {
		t.Errorf("%v: %v", own, err)
	}
}

// One mistake a row: each is named by file, line, record and field.
func TestOutsideMistakes(t *testing.T) {
	for _, c := range []struct{ old, new, where string }{
		{`"NEW-5"`, `"新5"`, "f.json:1 新5 id"}, {`"NEW-5"`, `""`, "f.json:1 [0] id"},
		{`"样例办法"`, `" "`, "f.json:1 NEW-5 name"}, {`"rank":"law"`, `"rank":"custom"`, "f.json:1 NEW-5 rank"},
		{`"2026-01-01"`, `"2026-02-30"`, "f.json:1 NEW-5 from"}, {`"tier":"A"`, `"tier":"C"`, "f.json:1 NEW-5 tier"},
		{`"tier":"A"`, `"tier":"A","until":"2025-12-31"`, "f.json:1 NEW-5 until"},
		{`"夜间不得催收。"`, `""`, "f.json:2 NEW-5 substance.zh"}, {`"样例网站"`, `""`, "f.json:2 NEW-5 source"},
		{`"2026-09-30"`, `"soon"`, "f.json:2 NEW-5 checked_on"}, {`["V05"]`, `["V99"]`, "f.json:2 NEW-5 rules"},
		{`"2026-09-30"`, `"2026-10-02"`, "f.json:2 NEW-5 checked_on"}, // checked tomorrow
		{`"tier":"A"`, `"tier":"A","applies_to":["pawnshop"]`, "f.json:1 NEW-5 applies_to"},
		{`["V05"]`, `["V05"],"condition":"network !moonlight"`, "f.json:2 NEW-5 condition"},
		{`["V05"]`, `"V05"`, "f.json:2 NEW-5 rules"},      // another type
		{`}]`, `},` + ownRecord[1:], "f.json:2 NEW-5 id"}, // twice
		{`"id"`, `"ID5"`, "f.json:1 [0] ID5"}, {`[{`, `{`, "f.json:2"}, {`"夜间`, "\"夜\n间", "f.json:2"},
		{`}]`, `}] ]`, "f.json:2"}, {`}]`, `}`, "f.json:2"}, {ownRecord, "[]", "f.json:1"},
		{ownRecord, " \n", "f.json"},
		{ownRecord, ownRecord[1 : len(ownRecord)-1], "f.json:1"}, // one and no list
		{`夜间`, "\xd2\xb9\xbc\xe4", "f.json:2"},                   // GBK
	} {
		var bad *evidence.RecordError
		own, err := ReadProvisions("f.json", []byte(strings.Replace(ownRecord, c.old, c.new, 1)), "2026-10-01")
		if !errors.As(err, &bad) || bad.Where() != c.where || bad.Found.ZH == "" || bad.Wanted.EN == "" || own != nil {
			t.Errorf("%s: %v", c.new, err)
		}
	}
}

func TestAsOf(t *testing.T) {
	day, oldest := AsOf(), "9999"
	for _, p := range Statutes() {
		if p.Until == "" {
			oldest = min(oldest, p.CheckedOn)
		}
	}
	if day != oldest {
		t.Errorf("as of %s, the table says %s", day, oldest)
	}
	if fmt.Sprint(on(day).Year()) != "2026" {
		t.Errorf("as of %s", day)
	}
}
