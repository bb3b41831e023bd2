package letter

import (
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

// A list of exhibits stands in the order of their numbers, each once, wherever it
// stands: a reader looks them up one after the other.
func TestExhibitsStandInOrder(t *testing.T) {
	var in Input
	at := Counted{Pages: map[string]int{}}
	for _, x := range []string{"E007", "E008", "E013", "E014", "E020", "E1000", "E021", "E022", "E023", "E024"} {
		in.Matter = mask.Matter{Exhibits: append(in.Exhibits, evidence.Exhibit{Number: x})}
		at.Pages[x] = 10 + len(at.Pages)
	}
	at.Pages["E023"] = at.Pages["E022"]
	c := newComposer(paper{in, at})
	unpaged := newComposer(paper{Input: in})
	for _, x := range []struct {
		name, want string
		got        []document.Span
	}{
		{"in brackets", "（证据7、8、13、14、20，第10、11、12、13、14页）",
			c.refs([]string{"E013", "E014", "E007", "E020", "E008"})},
		{"in a cell", "证据7、8、13（10、11、12）", c.cellRefs([]string{"E013", "E007", "E008", "E013", "E007"})},
		{"once", "（证据7，第10页）", c.refs([]string{"E007", "E007"})},
		{"four digits last", "证据20、1000（14、15）", c.cellRefs([]string{"E1000", "E020"})},
		{"of one page", "（证据22、23，第17页）", c.refs([]string{"E022", "E023"})},
		{"some of one page", "（证据7、22、23，第10、17页）", c.refs([]string{"E023", "E007", "E022"})},
		{"of one page in a cell", "证据22、23（17）", c.cellRefs([]string{"E023", "E022"})},
		{"without a book", "（证据7；证据13）", unpaged.refs([]string{"E013", "E007"})},
		{"what the case has not", "（证据7，第10页）", c.refs([]string{"E007", "E099"})},
		{"of many the first, and how many", "证据7、8、13、14、20、21、22、23等10份（10、11、12、13、14、16、17）",
			c.fewRefs(idsOfExhibits(in))},
		{"the same in brackets", "（证据7、8、13、14、20、21、22、23等10份，第10、11、12、13、14、16、17页）",
			c.refs(idsOfExhibits(in))},
	} {
		if got := document.SpansText(x.got); got != x.want {
			t.Errorf("%s: got %s, want %s", x.name, got, x.want)
		}
	}
}

func idsOfExhibits(in Input) (out []string) {
	for _, x := range in.Exhibits {
		out = append(out, x.Number)
	}
	return out
}
