package letter

import (
	"fmt"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/document"
)

// closing is the truth statement, attachments, addressee, signature and root.
func (c *composer) closing() {
	in := c.in
	// What is signed stands with its signature: the page with the signature
	// begins with the statement at the latest.
	s := "以上内容属实，所附材料由本人提供，" + in.unaltered() + "如有不实，本人愿承担相应责任。"
	if !in.complaint() && in.Role.RealName() {
		s = "本举报为实名举报。" + s
	}
	switch forward := in.Case.Consent.Forward; {
	case forward == evidence.Yes && in.confidential():
		s += "本人同意将材料转交被反映的机构，仅用于核查处理本事项；身份信息请保密。"
	case forward == evidence.Yes:
		s += "本人同意将身份信息和材料转交被反映的机构，仅用于核查处理本事项。"
	case forward == evidence.No:
		s += "本人不同意将身份信息提供给其他单位；确需转交的，请先征得本人同意。"
	}
	closing := []document.Block{document.Paragraph{Indent: true,
		Spans: []document.Span{{Text: "声明：", Bold: true}, {Text: s}}}}
	papers := in.byHand()
	if a := in.attachments(); len(a) > 0 {
		papers = "附件：" + strings.Join(a, "；") + "。" + papers
	}
	if papers != "" {
		closing = append(closing, document.Paragraph{Spans: plain(papers), Indent: true})
	}
	closing = append(closing, document.Addressee{Name: in.Addressee()},
		document.Signature{Label: in.signer() + "（签名、捺印）", Agent: agentLabel(in.Case.Agent)})
	c.add(document.Keep{Blocks: closing})
	if in.Seal.Root != "" {
		c.add(keep(in.root()))
	}
}

// signer is who signs: for a borrower who cannot, the guardian.
func (in Input) signer() string {
	if in.guardian() {
		return in.self() + "的法定代理人"
	}
	return in.self()
}

// byHand names the papers that show who may write for whom. No case holds them:
// the person lays copies beside the letter, and the gate says so before.
func (in Input) byHand() string {
	var out []string
	switch {
	case in.guardian():
		out = append(out, "亲属关系证明复印件、法定代理人和"+in.debtWords().debtor+"的身份证件复印件")
	case in.heir():
		out = append(out, "死亡证明、亲属关系证明和本人身份证的复印件")
	}
	if in.Case.Agent.Name != "" {
		out = append(out, "代理人身份证复印件")
	}
	if len(out) == 0 {
		return ""
	}
	return "另附（自备）：" + strings.Join(out, "；") + "。"
}

// unaltered is what the person signs about the material that goes along.
func (in Input) unaltered() string {
	if in.handed() {
		return "为保护他人信息在副本上遮盖的部分已注明，此外未作改动，原件可供核对。"
	}
	return "未作改动；"
}

// attachments names what goes with the letter, and nothing else.
func (in paper) attachments() []string {
	var out []string
	add := func(name string, pages int) {
		s := fmt.Sprintf("%d.%s", len(out)+1, name)
		if pages > 0 {
			s += fmt.Sprintf("（共%d页）", pages)
		}
		out = append(out, s)
	}
	if len(in.used()) > 0 {
		add("证据目录", in.at.List)
	}
	if in.at.Book > 0 {
		name := "证据册"
		if n := in.volumes(); n > 1 {
			name += fmt.Sprintf("%d册", n)
		}
		add(name, in.at.Book)
	}
	if in.Case.Agent.Name != "" && in.at.Mandate > 0 {
		add("授权委托书原件", in.at.Mandate)
	}
	return out
}

func agentLabel(a evidence.Agent) string {
	if a.Name == "" {
		return ""
	}
	return "代理人（签名）"
}

// root ties the paper to the bundle, and says what that proves.
func (in Input) root() document.Block {
	if in.Seal.Format == 2 {
		return in.code()
	}
	lines := []string{"证据包总校验码（SHA-256）：" + bag.FormatRoot(in.Seal.Root)}
	if in.Seal.SM3 != "" {
		lines = append(lines, "总校验码（SM3）："+bag.FormatRoot(in.Seal.SM3))
	}
	if in.Seal.Stamp != nil {
		lines = append(lines, in.Seal.Stamp.line())
	}
	what := ""
	if in.Seal.Files > 0 {
		what = fmt.Sprintf("证据包共%d个文件，%d字节，没有随%s提交，需要核对时另行提供；", in.Seal.Files, in.Seal.Bytes, in.thisPaper())
	}
	return document.Code{
		Payload: bag.QRText(in.Case.ID, in.Seal.Root),
		Lines: append(lines,
			what+"核对方法见包内 VERIFY.txt。",
			"总校验码只证明文件自封存后未变，不是公证，也不是可信时间戳。"),
	}
}

// code ties the paper to the evidence by its list, and says what that proves.
// How large the evidence is, and what else it holds, is not the reader's.
func (in Input) code() document.Block {
	s := in.Seal
	lines := []string{"证据码（格式2，SHA-256）：" + bag.FormatRoot(s.Root)}
	if s.SM3 != "" {
		lines = append(lines, "证据码（SM3）："+bag.FormatRoot(s.SM3))
	}
	if s.Stamp != nil {
		lines = append(lines, s.Stamp.line())
	}
	where := "证据包没有随" + in.thisPaper() + "提交，需要核对时另行提供，方法见包内 VERIFY.txt。"
	if s.handed {
		where = "核对方法见包内 VERIFY.txt。"
	}
	return document.Code{
		Payload: bag.CodeQRText(in.Case.ID, s.Lines, s.Root, s.Mark),
		Lines: append(lines,
			fmt.Sprintf("清单%d行，共%d项证据；保管记录%d条，末条 %s。%s",
				s.Lines, s.Items, s.Count, bag.FormatRoot(s.Head[:min(16, len(s.Head))]), where),
			"证据码只证明证据自列入清单后未变，不是公证，也不是可信时间戳。"),
	}
}
