package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// DraftMark stands on every page of a paper that a lawyer reads before it goes.
const DraftMark = "草稿 请律师核对"

// suit is a paper to a court, 民事起诉状 or 人格权侵害禁令申请书, or to a mediation body:
// who, against whom, what is asked, the facts as every letter tells them. Those to a
// court are drafts and say so on each page.
func suit(in paper) document.Document {
	c := newComposer(in)
	c.add(document.Title{Text: strings.TrimSuffix(in.title(), "（草稿）")})
	if s := Reference(in.Case.ID); s != "" {
		c.add(document.Paragraph{Spans: plain(OwnNumber + "：" + s), Align: document.Center, Small: true})
	}
	c.parties()
	c.heading(map[bool]string{true: "诉讼请求", false: "申请事项"}[in.Role == evidence.ToCourt])
	for n, s := range in.requests() {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
	}
	c.facts()
	after := len(c.blocks)
	if rights := in.rightsTouched(); in.Role.Draft() && rights != personality {
		c.paragraph(in.self() + "认为，上述行为侵害了" + in.self() + "的" + rights + "。")
	}
	if in.Role == evidence.ToInjunction {
		c.heading("不及时制止的后果（本人陈述）")
		for range 2 {
			c.add(document.Item{Spans: plain(blank(28) + "（请手写）")})
		}
	}
	c.before()
	s := "以上内容属实，所附材料由本人提供，" + in.unaltered()
	if len(in.used()) > 0 {
		s += "证据和证据来源见证据目录。"
	}
	closing := []document.Block{document.Paragraph{Spans: plain(s), Indent: true}}
	if a := in.attachments(); len(a) > 0 {
		closing = append(closing, document.Paragraph{Spans: plain("附件：" + strings.Join(a, "；") + "。" + in.byHand()),
			Indent: true})
	}
	closing = append(closing, document.Addressee{Name: in.Addressee()}, document.Signature{Label: in.signer() + "（签名、捺印）",
		Agent: agentLabel(in.Case.Agent)})
	c.add(document.Keep{Blocks: closing})
	c.asParty(after)
	if in.Seal.Root != "" {
		c.add(keep(in.root()))
	}
	d := in.document(in.title())
	d.Subject = in.title() + "（致" + in.Recipient.Name + "）"
	if in.Role.Draft() {
		d.Mark = in.mark(DraftMark)
	}
	d.Blocks = c.blocks
	return d
}

// asParty calls who sues by the name of their part, from a block on, where other letters say
// 本人; what is quoted stays as it is. Of a guardian 本人 is the guardian, and stays too.
func (c *composer) asParty(from int) {
	if !c.in.Role.Draft() || c.in.guardian() {
		return
	}
	for n := from; n < len(c.blocks); n++ {
		c.blocks[n] = c.in.partyIn(c.blocks[n])
	}
}

func (in Input) partyIn(b document.Block) document.Block {
	switch b := b.(type) {
	case document.Heading:
		b.Text = document.SpansText(in.partySpans(plain(b.Text)))
		return b
	case document.Paragraph:
		b.Spans = in.partySpans(b.Spans)
		return b
	case document.Item:
		b.Spans = in.partySpans(b.Spans)
		return b
	case document.Keep:
		b.Blocks = slices.Clone(b.Blocks)
		for n := range b.Blocks {
			b.Blocks[n] = in.partyIn(b.Blocks[n])
		}
		return b
	case document.Table:
		b.Rows = slices.Clone(b.Rows)
		for n, row := range b.Rows {
			b.Rows[n] = slices.Clone(row)
			for m, cell := range row {
				b.Rows[n][m] = in.partySpans(cell)
			}
		}
		return b
	}
	return b
}

// partySpans is a run of text with 本人 put as the party where it is not quoted.
func (in Input) partySpans(spans []document.Span) []document.Span {
	out, depth := slices.Clone(spans), 0
	for n := range out {
		var b strings.Builder
		for rest := out[n].Text; rest != ""; {
			if after, ok := strings.CutPrefix(rest, "本人"); ok && depth == 0 && !strings.HasSuffix(b.String(), "其") {
				b.WriteString(in.self())
				rest = after
				continue
			}
			_, size := utf8.DecodeRuneInString(rest)
			switch rest[:size] {
			case "“":
				depth++
			case "”":
				depth = max(depth-1, 0)
			}
			b.WriteString(rest[:size])
			rest = rest[size:]
		}
		out[n].Text = b.String()
	}
	return out
}

// personality is what a paper to a court names where no single right is touched.
const personality = "人格权"

// rightsTouched are the rights that the provisions of the facts are about, as a claim
// names them.
func (in Input) rightsTouched() string {
	var out []string
	for _, r := range []struct {
		name     string
		articles []string
	}{{"隐私权", []string{"CC-1032", "CC-1033"}}, {"名誉权", []string{"CC-1024"}},
		{"个人信息权益", []string{"CC-1034", "CC-1035", "CC-1037", "CC-1038"}}} {
		if slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool {
			return slices.ContainsFunc(f.Citations, func(x evidence.Citation) bool {
				return slices.ContainsFunc(r.articles,
					func(a string) bool { return x.ID == a || strings.HasPrefix(x.ID, a+"-") })
			})
		}) {
			out = append(out, r.name)
		}
	}
	if len(out) == 0 {
		return personality
	}
	return strings.Join(out, "、")
}

// suitRequests are what a court, or both sides before a mediator, can bring about.
func (in Input) suitRequests() []string {
	rights := in.rightsTouched()
	acts := "停止下列侵害" + in.self() + rights + "的行为"
	if in.Role == evidence.ToInjunction {
		return []string{"裁定责令被申请人立即" + acts + "。"}
	}
	if in.Role == evidence.ToMediation {
		asks := []string{"请求就" + in.matter() + "组织调解。", "请求对方停止下列行为，说明情况。"}
		return append(asks, in.wishes()...) // of the debt, only what the person wished
	}
	asks := []string{"判令被告立即" + acts + "。"}
	if in.breaks(apology) {
		asks = append(asks, "判令被告就上述行为向原告书面赔礼道歉。")
	}
	if slices.ContainsFunc(in.asserted(), func(f evidence.Finding) bool { return f.Rule == "V01" && !f.Doubtful }) {
		asks = append(asks, "判令被告在得知原告欠款情况的人的范围内消除影响、恢复名誉。")
	}
	return append(asks, "诉讼费用由被告承担。")
}
