package letter

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// ErrNothingNew reports that no exhibit from the number on belongs to the
// matter of this letter, and shows more than was handed in before.
var ErrNothingNew = errors.New("no exhibit from that number on shows anything new of a finding")

// Supplement is the input for what is handed in after a filing: the exhibits
// from a number on, under the numbers they have. Its book and
// [SupplementNote] are composed of it.
//
// A log that shows only acts which earlier exhibits show stays out: the next export
// of a phone has all of the one before. A recording or a picture of such an act is
// another proof of it, and goes in.
func Supplement(in Input, from string) (Input, error) {
	in.From = from
	in = in.withoutRepeats()
	if len(in.used()) == 0 {
		return in, ErrNothingNew
	}
	return in, nil
}

// earlier reports whether an exhibit was handed in before this supplement.
func (in Input) earlier(exhibit string) bool {
	return in.From != "" && evidence.CompareNumbers(exhibit, in.From) < 0
}

// withoutRepeats is a supplement in which nothing rests on a log that adds nothing.
func (in Input) withoutRepeats() Input {
	for _, x := range in.used() {
		acts := in.showing(x.Number)
		if isLog(x) && len(acts) > 0 && !slices.ContainsFunc(acts, func(i evidence.Incident) bool {
			return !in.shownBefore(i)
		}) && !slices.ContainsFunc(in.Case.Filings, func(f evidence.Filing) bool { return f.Naming(x.Number) }) {
			in.Repeats = append(in.Repeats, x.Number)
		}
	}
	if len(in.Repeats) == 0 {
		return in
	}
	rest := func(exhibits []string) []string {
		return slices.DeleteFunc(slices.Clone(exhibits), func(x string) bool { return slices.Contains(in.Repeats, x) })
	}
	in.Findings = slices.Clone(in.Findings)
	for n := range in.Findings {
		f := &in.Findings[n]
		f.Exhibits, f.Incidents = rest(f.Exhibits), slices.Clone(f.Incidents)
		for k := range f.Incidents {
			f.Incidents[k].Exhibits = rest(f.Incidents[k].Exhibits)
		}
	}
	return in
}

// isLog reports an exhibit that is a list of calls or messages, whole or in part.
func isLog(x evidence.Exhibit) bool {
	return x.Kind == evidence.SMSLog || x.Kind == evidence.CallLog || x.Kind == evidence.Extract
}

// isNew reports whether an act belongs into this book: in a supplement, one
// that a new exhibit shows.
func (in Input) isNew(i evidence.Incident) bool {
	fresh := func(x string) bool { return in.exists(x) && !in.earlier(x) }
	return in.From == "" || slices.ContainsFunc(i.Exhibits, fresh)
}

// shownBefore reports whether an act of a supplement is one that an exhibit shows
// which was handed in before.
func (in Input) shownBefore(i evidence.Incident) bool {
	return slices.ContainsFunc(i.Exhibits, func(x string) bool { return in.exists(x) && in.earlier(x) }) ||
		slices.ContainsFunc(strings.Fields(i.Source), func(place string) bool {
			return slices.ContainsFunc(in.Handed, func(x evidence.Exhibit) bool { return x.Extract.Holds(place) })
		})
}

// freshActs are the acts that nothing showed which was handed in before, each in a
// sentence.
func (in Input) freshActs() []string {
	rule := map[string]string{}
	for _, f := range in.asserted() {
		for _, i := range f.Incidents {
			if rule[i.ID] == "" {
				rule[i.ID] = f.Rule
			}
		}
	}
	var out []string
	for _, i := range in.events() {
		if rule[i.ID] != "" && !in.shownBefore(i) {
			out = append(out, paper{Input: in}.fact(rule[i.ID], i))
		}
	}
	return out
}

// gap reports whether the numbers of a supplement leave some out from its first on,
// beside those that are named as told before.
func gap(fresh []evidence.Exhibit, from string, told []string) bool {
	if len(fresh) == 0 {
		return false
	}
	first, last := numberOf(from), numberOf(fresh[len(fresh)-1].Number)
	told = slices.DeleteFunc(slices.Clone(told), func(x string) bool { return numberOf(x) > last })
	return last-first+1 > len(fresh)+len(told)
}

func numberOf(exhibit string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(exhibit, "E")) // E001: the register has no other
	return n
}

func (in Input) bookTitle() string {
	if in.From != "" {
		return "补充证据册"
	}
	return "证据册"
}

// goesOn says where the numbers go on.
func (in Input) goesOn() string {
	last := ""
	for _, x := range slices.Concat(in.Exhibits, in.Handed) { // what another took the place of has its number still
		if in.earlier(x.Number) && (last == "" || evidence.CompareNumbers(x.Number, last) > 0) {
			last = x.Number
		}
	}
	if last == "" {
		return "编号自" + label(in.From) + "起"
	}
	return "编号接续此前的" + label(last) + "，原有编号不变"
}

// SupplementTitle is the title of the letter that goes with a supplement.
const SupplementTitle = "补充证据说明"

// SupplementNote is the letter that goes with a supplement: what it
// belongs to, and what is new.
func SupplementNote(in Input, at Counted) document.Document {
	d := in.document(SupplementTitle)
	c := newComposer(paper{in, at})
	c.add(document.Title{Text: SupplementTitle})
	if s := Reference(in.Case.ID); s != "" {
		c.add(document.Paragraph{Spans: plain(OwnNumber + "：" + s), Align: document.Center, Small: true})
	}
	p := in.Case.Complainant
	c.add(document.Fields{Rows: filled([]document.Field{field(in.self(), p.Name+with("　　联系电话：", p.Phone)),
		field("通信地址", p.Address)})})
	fresh := in.used()
	what := fmt.Sprintf("现补充下列%d份证据，%s。", len(fresh), in.goesOn())
	for _, f := range in.Case.Filings {
		if in.FiledHere(f) && !f.Follows() {
			receipt := ""
			if f.Receipt != "" {
				receipt = "（编号" + f.Receipt + "）"
			}
			what = "本人于" + isoDay(f.Date) + "向贵单位反映了本案" + receipt + "。" + what
		}
	}
	c.paragraph(what)
	for n, x := range fresh {
		s := fmt.Sprintf("%s　%s", label(x.Number), in.titleOfExhibit(x)) + with("，", in.about(x)) +
			with("；证明对象：", in.proves(x.Number))
		spans := append(append(plain(s), c.pageRef(x.Number)...), document.Span{Text: "。"})
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: spans})
	}
	if len(in.Repeats) > 0 {
		c.paragraph(labels(in.Repeats) + "所记与本案有关的，此前提交的证据里都有，没有收入。")
	}
	if gap(fresh, in.From, in.Repeats) {
		c.paragraph("编号不连续的，没有收入补充证据册：或者与证明对象没有直接关系，或者整份记录里有他人的记录，由摘录代替。")
	}
	if acts := in.freshActs(); len(acts) > 0 {
		c.paragraph("补充证据显示的新情形：")
		for n, s := range acts {
			c.add(document.Item{Label: fmt.Sprintf("（%d）", n+1), Spans: plain(s + "。")})
		}
	}
	closing := []document.Block{document.Paragraph{Spans: plain("以上材料由本人提供，" + in.unaltered() + "如有不实，本人愿承担相应责任。"),
		Indent: true}}
	if at.Book > 0 {
		closing = append(closing, document.Paragraph{Spans: plain(fmt.Sprintf("附件：补充证据册（共%d页）。", at.Book)),
			Indent: true})
	}
	c.add(document.Keep{Blocks: append(closing, document.Addressee{Name: in.Addressee()},
		document.Signature{Label: in.signer() + "（签名、捺印）", Agent: agentLabel(in.Case.Agent)})})
	if in.Seal.Root != "" {
		c.add(keep(in.root()))
	}
	d.Blocks = c.blocks
	return in.headed(d)
}

// pageRef is （补充证据册第12页）, or nothing where the page is not known.
func (c *composer) pageRef(exhibit string) []document.Span {
	if c.in.at.Pages[exhibit] == 0 {
		return nil
	}
	before := "（补充证据册第"
	if v := c.in.at.Volumes[exhibit]; v > 0 {
		before += fmt.Sprintf("%d册第", v)
	}
	return append(plain(before), c.in.page(exhibit), document.Span{Text: "页）"})
}
