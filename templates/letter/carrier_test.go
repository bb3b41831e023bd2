package letter

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A phone's log can be forged: the book says of each call what the carrier's list
// says, a letter only that it is there.
func TestWhatTheBookSaysOfTheCarriersList(t *testing.T) {
	const key = "“运营商清单”一栏"
	for _, c := range []struct {
		name                   string
		says                   evidence.Confirmation
		cell, page, letterSays string
		key                    bool
	}{
		{"nothing was looked at", evidence.Confirmation{}, "", "", "", false},
		{"in the list", evidence.Confirmation{Says: evidence.CarrierHas, List: "E003"}, "可核",
			"可核：证据3有号码和时间相符的一通", "运营商清单可核", true},
		{"not in it", evidence.Confirmation{Says: evidence.CarrierHasNot, List: "E003"}, "当天无此通",
			"证据3包含那一天，里面没有这一通", "", true},
		{"its number is hidden", evidence.Confirmation{Says: evidence.CarrierUnclear, List: "E003"}, "对不准",
			"证据3里那个时间有一通，号码被遮盖或者已经对应另一次，说不准是不是这一通", "", true},
		{"no list covers the day", evidence.Confirmation{Says: evidence.CarrierNotThatDay}, "不含当天",
			"没有清单包含那一天", "", true},
		{"in a list that is not handed over", evidence.Confirmation{Says: evidence.CarrierHas, List: "E099"}, "", "",
			"",
			false},
	} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
		for n, f := range in.Findings {
			in.Findings[n].Incidents = slices.Clone(f.Incidents)
			for k, i := range f.Incidents {
				if slices.Contains(i.Exhibits, "E001") {
					in.Findings[n].Incidents[k].Carrier = c.says
				}
			}
		}
		written := document.Text(Compose(in, counted()))
		if got := strings.Contains(written, "运营商清单可核"); got != (c.letterSays != "") {
			t.Errorf("%s: the letter says that it can be checked: %v", c.name, got)
		}
		for _, word := range []string{"当天无此通", "对不准", "不含当天"} {
			if strings.Contains(written, word) {
				t.Errorf("%s: the letter has %s", c.name, word)
			}
		}
		book := ComposeBook(in, counted())
		text := document.Text(book.Document)
		if strings.Contains(text, key) != c.key {
			t.Errorf("%s: the key stands: %v", c.name, !c.key)
		}
		row := lineWith(text, "23:14:05（机）")
		if c.cell == "" && strings.Contains(row, "可核") || !strings.Contains(row, c.cell) {
			t.Errorf("%s: the row is %s", c.name, row)
		}
		var page document.Document
		page.Blocks = book.Exhibits[slices.IndexFunc(book.Exhibits,
			func(b document.BookExhibit) bool { return b.Number == "E001" })].Cover
		field := lineWith(document.Text(page), "运营商清单：")
		if strings.TrimPrefix(field, "运营商清单：") != c.page {
			t.Errorf("%s: the page says %q, want %q", c.name, field, c.page)
		}
	}
}

func lineWith(text, s string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, s) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// A call that the carrier's list of its day lacks is not called answered by the count of
// those that are there.
func TestCallsNotInTheListAreNotCalledAnswered(t *testing.T) {
	call := func(says evidence.CarrierSays) evidence.Incident {
		return evidence.Incident{Kind: evidence.Call, Answered: evidence.Yes, Seconds: 30, Exhibits: []string{"E001"},
			Carrier: evidence.Confirmation{Says: says, List: "E003"}}
	}
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
	for _, c := range []struct {
		says []evidence.CarrierSays
		want string
	}{
		{[]evidence.CarrierSays{evidence.CarrierHas}, "接通的这通电话，运营商清单可核。"},
		{[]evidence.CarrierSays{evidence.CarrierHas, evidence.CarrierHas}, "以上接通的2通电话，运营商清单均可核。"},
		{[]evidence.CarrierSays{evidence.CarrierHas, evidence.CarrierNotThatDay}, "以上接通的2通电话中，1通运营商清单可核。"},
		{[]evidence.CarrierSays{evidence.CarrierHas, evidence.CarrierHasNot}, "以上电话中，1通运营商清单可核。"},
		{[]evidence.CarrierSays{evidence.CarrierHasNot}, ""},
	} {
		var acts []evidence.Incident
		for _, s := range c.says {
			acts = append(acts, call(s))
		}
		if got := in.confirmed(acts); got != c.want {
			t.Errorf("%v: %q, want %q", c.says, got, c.want)
		}
	}
}
