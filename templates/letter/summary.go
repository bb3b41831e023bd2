package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// summary is the letter in three lines: about whom, what and how often, what is
// wished. A clerk sorts by it.
func (c *composer) summary() {
	what := c.in.inShort()
	if what == "" {
		return
	}
	asks := c.in.requests()
	wish := trimStop(asks[0])
	if c.in.Role == evidence.ToForward && len(asks) > 1 {
		wish = "转交被投诉人处理；" + trimStop(asks[1])
	}
	if n := len(asks); n > 1 {
		wish += fmt.Sprintf("（共%d项）", n)
	}
	c.add(document.Fields{Rows: []document.Field{field("反映事项", c.in.matter()), field("材料显示", what),
		field("请求", wish)}, Small: true})
}

// mostInShort is how many kinds the summary names.
const mostInShort = 3

// inShort is when, what and how often: the groups of the facts with their
// numbers.
func (in Input) inShort() string {
	var parts []string
	var all []evidence.Incident
	var grave []bool // of parts: what the police may look into as well
	for _, x := range in.byTitle(byRule(in.asserted())) {
		all = append(all, actsOf(x.findings)...)
		parts = append(parts, x.title+howOften(x.findings))
		grave = append(grave, slices.ContainsFunc(x.findings,
			func(f evidence.Finding) bool { return len(f.Police) > 0 }))
	}
	for _, f := range costs(in.asserted()) {
		parts, grave = append(parts, costInShort(f)), append(grave, false)
	}
	if len(parts) == 0 {
		return ""
	}
	rest := ""
	if n := len(parts) - mostInShort; n > 0 {
		parts, rest = foremost(parts, grave), fmt.Sprintf("；另有%d种情形", n)
	}
	s := strings.Join(parts, "；") + rest
	if len(all) > 0 {
		s = spanOfDays(all) + "，" + s
	}
	return s
}

// costInShort is what was found of the cost: of fees that were taken by name, which and
// how much in all.
func costInShort(f evidence.Finding) string {
	if f.Cost.Kind == evidence.CostNamed && f.Cost.Fact.ZH != "" {
		return trimStop(f.Cost.Fact.ZH)
	}
	return f.Title.ZH
}

// foremost are those of many kinds that the summary names, in the order of the
// letter: a threat is not what goes without saying.
func foremost(parts []string, grave []bool) []string {
	room := mostInShort
	named := make([]bool, len(parts))
	for _, want := range []bool{true, false} {
		for n := range parts {
			if grave[n] == want && room > 0 {
				named[n], room = true, room-1
			}
		}
	}
	var out []string
	for n, s := range parts {
		if named[n] {
			out = append(out, s)
		}
	}
	return out
}

// actsOf are the acts of a group, once each.
func actsOf(g []evidence.Finding) []evidence.Incident {
	most := 0
	for _, f := range g {
		most += len(f.Incidents)
	}
	out, seen := make([]evidence.Incident, 0, most), make(map[string]bool, most)
	for _, f := range g {
		for _, i := range f.Incidents {
			if !seen[i.ID] {
				seen[i.ID], out = true, append(out, i)
			}
		}
	}
	return out
}

// howOften is the number of acts of a group; of calls that were too many, of the
// days.
func howOften(g []evidence.Finding) string {
	if g[0].Rule == tooMany {
		days := map[string]bool{}
		most := 0
		for _, f := range g {
			for _, k := range f.Counts {
				days[k.Day], most = true, max(most, k.N)
			}
		}
		if len(days) > 0 {
			return fmt.Sprintf("（%d日，一日最多%d次）", len(days), most)
		}
	}
	acts := actsOf(g)
	refused := func(i evidence.Incident) bool { return slices.Contains(i.Asserted, "V03a") }
	if after := slices.DeleteFunc(slices.Clone(acts), refused); len(after) > 0 {
		acts = after // a refusal is the reader's own act, and none of the collector's
	}
	return fmt.Sprintf("（%d次）", len(acts))
}
