package letter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// tellingGaps are the sentences that letters lack for a table of kinds, and
// those that no kind has use for.
func tellingGaps(kinds []evidence.Kind) []string {
	var out []string
	gap := func(b evidence.Breach, format string, args ...any) {
		out = append(out, string(b)+": "+fmt.Sprintf(format, args...))
	}
	need := func(b evidence.Breach, wanted, there bool, what string) {
		switch {
		case wanted && !there:
			gap(b, "no %s", what)
		case there && !wanted:
			gap(b, "its record has no use for its %s", what)
		}
	}
	for _, k := range kinds {
		said, known := tellings[k.ID]
		if !known {
			gap(k.ID, "no row")
		}
		need(k.ID, k.Third, said.contact != "", "title to a contact")
		need(k.ID, k.Doubtable, said.doubtful != nil, "title where nobody checked it")
		need(k.ID, k.Checkable, said.untrue != "", "words for what was found untrue")
		for _, p := range k.Parts {
			need(p.ID, p.Unseen, said.unseen[p.ID] != "", "words for what did not happen")
		}
		// What is no collection is not stopped, and has no recordings to keep;
		// whom the rule names as competent has something to do.
		if !k.Collecting && len(said.asks) == 0 {
			gap(k.ID, "no request to the creditor side")
		}
		if !k.Collecting && slices.Contains(k.Bodies, evidence.NationalOffice) && len(said.inquiries) == 0 {
			gap(k.ID, "no request to a supervisor")
		}
		for _, a := range append(slices.Clone(said.asks), said.inquiries...) {
			part := a.part == "" || slices.ContainsFunc(k.Parts, func(p evidence.Part) bool { return p.ID == a.part })
			if !part || !strings.HasSuffix(a.text, "。") || a.doubtful && !k.Doubtable {
				gap(k.ID, "a request that is never made: %+v", a)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(tellings)) {
		if !slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return k.ID == id }) {
			gap(id, "a row for no kind")
		}
	}
	return out
}

func TestEveryKindIsTold(t *testing.T) {
	for _, g := range tellingGaps(evidence.Kinds) {
		t.Error(g)
	}
}

// A kind that has only its record is named with every sentence it lacks; with
// one row of sentences more it stands in letters to everybody it concerns.
func TestTrialKind(t *testing.T) {
	trial := evidence.Kind{ID: "V25", Title: evidence.Text{ZH: "试行的种类", EN: "a trial kind"},
		Bodies: []string{"P", "NFRA-L"},
		Parts: []evidence.Part{{ID: "V25a", Title: evidence.Text{ZH: "试行的细分", EN: "a trial part"}, Fact: "trial",
			Unseen: true}},
		Third: true, Checkable: true, Doubtable: true, DebtorOnly: true, Disputes: true, Denies: true, Apology: true,
		Spoken: true}
	old := evidence.Kinds
	t.Cleanup(func() { evidence.Kinds = old; delete(tellings, "V25") })
	evidence.Kinds = append(slices.Clone(old), trial)
	want := []string{"V25: no row", "V25: no title to a contact", "V25: no title where nobody checked it",
		"V25: no words for what was found untrue",
		"V25a: no words for what did not happen", "V25: no request to the creditor side",
		"V25: no request to a supervisor"}
	if got := tellingGaps(evidence.Kinds); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	tellings["V25"] = telling{contact: "联系人眼中的试行", doubtful: func([]evidence.Incident) string { return "未经核实的试行" },
		untrue: "试行之说",
		unseen: map[evidence.Breach]string{"V25a": "据本人所知，没有试行"},
		asks:   []ask{ofPart("V25a", "停止试行。"), always("书面说明试行。")}, inquiries: []ask{always("核查试行的情况。")}}
	for _, g := range tellingGaps(evidence.Kinds) {
		t.Error(g)
	}
	if got := tellingGaps(old); !slices.Equal(got, []string{"V25: a row for no kind"}) {
		t.Errorf("a row too many: %q", got)
	}

	finding := told{"V25a", "P NFRA-L", "CC-991", nil, []evidence.Incident{act("T601", "2026-03-05 10:00:00",
		evidence.Call, "试行一下", "E001")}}.finding(t)
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Findings = []evidence.Finding{finding}
	for role, words := range map[evidence.Role][]string{
		evidence.ToPlatform:  {"试行的细分", "原话为：“试行一下”", "；据本人所知，没有试行", "停止试行。", "书面说明试行。", "就下列行为书面道歉。", "停止联系与债务无关的第三人"},
		evidence.ToRegulator: {"试行的细分", "核查试行的情况。", "核查被举报人取得、使用第三人联系方式的情况。"},
	} {
		text := document.Text(Compose(to(t, in, role), counted()))
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("to %s: no %s in\n%s", role, w, text)
			}
		}
		for _, w := range []string{"协商延期", "不涉及债务本身", "立即停止本投诉书所列的催收行为"} {
			if strings.Contains(text, w) {
				t.Errorf("to %s: %s, which its record excludes", role, w)
			}
		}
	}
	finding.Parts, finding.Doubtful, finding.Incidents[0].Asserted = nil, true, []evidence.Breach{"V25"}
	finding.Incidents[0].Untrue, finding.Incidents[0].Words = evidence.Yes, "3月6日打电话问过，没有这回事"
	in.Findings = []evidence.Finding{finding}
	if text := document.Text(Compose(to(t, in, evidence.ToPlatform), counted())); !strings.Contains(text, "未经核实的试行") ||
		!strings.Contains(text, "；据本人核实（3月6日打电话问过，没有这回事），试行之说不属实") {
		t.Errorf("in doubt, got\n%s", text)
	}
	in.Case.Complainant.Kind = evidence.Contact
	if p := OutlineOf(to(t, in, evidence.ToPlatform)); len(p.Asserted) != 0 || len(p.Left) != 1 ||
		p.Left[0].Why != whyDebtor {
		t.Errorf("a contact claims what only the debtor can: %+v", p)
	}
}
