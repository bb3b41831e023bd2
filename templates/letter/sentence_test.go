package letter

import (
	"regexp"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// refsOf are the exhibits named behind a sentence, with or without the page of the book.
var refsOf = regexp.MustCompile(`（证据[^（）]*）`)

// What is shown while somebody types is what the letter says of that act: of one act of each
// kind that has words, in a letter that tells of no other.
func TestSentenceIsTheLetters(t *testing.T) {
	seen := map[evidence.Strength]map[string]bool{evidence.Shown: {}, evidence.Stated: {}}
	compare := func(base Input, f evidence.Finding, i evidence.Incident) {
		in := to(t, base, evidence.ToLender)
		f.Incidents, in.Incidents = []evidence.Incident{i}, []evidence.Incident{i}
		in.Findings = []evidence.Finding{f}
		if f.Strength == evidence.Stated { // no letter rests on it alone
			in.Findings = append(in.Findings, base.Findings[0])
			in.Incidents = append(in.Incidents, base.Findings[0].Incidents...)
		}
		want := strings.TrimRight(refsOf.ReplaceAllString(Sentence(in, i), ""), "。")
		if want == "" || Ready(in) != nil {
			return
		}
		got := refsOf.ReplaceAllString(document.Text(Compose(in, Counted{})), "")
		if !strings.Contains(got, want) {
			t.Errorf("%s %s: %q is not in\n%s", f.Rule, i.ID, want, got)
			return
		}
		seen[f.Strength][f.Rule] = true
	}
	for _, base := range []Input{borrower(evidence.Bank, "示例银行股份有限公司"), harassed(evidence.Bank, "示例银行股份有限公司")} {
		for _, f := range base.Findings {
			for _, i := range f.Incidents {
				if f.Rule != "V05" { // of the hour, and not of the words
					i.Asserted = []evidence.Breach{evidence.Breach(f.Rule)}
					compare(base, f, i)
				}
			}
		}
	}
	for _, g := range kindGroups {
		for _, x := range g.told {
			base := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
			if g.edit != nil {
				g.edit(&base.Case)
			}
			f := x.finding(t)
			for _, i := range f.Incidents {
				if len(f.Incidents) == 1 && i.Source != evidence.CaseFile && !strings.HasPrefix(i.Shown, "不应写进") {
					compare(base, f, i)
					// the same, said by the person alone, or passed on to them
					f.Strength, f.Exhibits, i.Exhibits = evidence.Stated, nil, nil
					i.Shown, i.Words = "", i.Shown
					compare(base, f, i)
					i.ToldBy = "同事李某，3月10日"
					compare(base, f, i)
				}
			}
		}
	}
	if len(seen[evidence.Shown]) < 12 || len(seen[evidence.Stated]) < 12 {
		t.Errorf("only %v were compared", seen)
	}
}
