package letter

import (
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
	"juzheng/templates/document"
)

// beyondTitle is what a letter is called that takes a complaint further.
func beyondTitle(about string) func(evidence.Role) string {
	return func(r evidence.Role) string { return about + r.Letter() }
}

// unanswered tells the supervisor, or the association, of a complaint that the other
// side did not answer.
func unanswered(in Input, f Follow) document.Document {
	who := f.Lane.Recipient.Name
	c := in.beyond("关于投诉逾期未获答复的", f)
	c.heading("事实与理由")
	c.paragraph(in.wasFiled(f, who) + in.noAnswer(f))
	switch in.Role {
	case evidence.ToForward:
		c.asks("请求事项", "登记本投诉，转"+in.lenderOr(who)+"依法处理，并由其书面答复本人。", "告知本人是否受理、转送的日期。")
	case evidence.ToAssociation:
		c.asks("请求事项", in.asClue(f)...)
	default:
		c.asks("请求事项", "核查上述投诉是否依法得到处理、答复；没有依法处理的，责令改正。", "告知本人是否受理、是否查实。")
	}
	return c.followed(f)
}

// escalate takes a complaint further whose answer the person does not accept. A
// supervisor is asked for what it can do: pass a complaint on, or look into what was
// done. That an answer does not satisfy is called no breach.
func escalate(in Input, f Follow) document.Document {
	who := f.Lane.Recipient.Name
	c := in.beyond("关于对投诉答复有异议的", f)
	c.heading("事实与理由")
	c.paragraph(in.wasFiled(f, who) + in.wasAnswered(f))
	c.points("对答复有异议的地方（本人陈述）", f)
	switch in.Role {
	case evidence.ToForward:
		c.asks("请求事项", "登记本投诉，转"+in.lenderOr(who)+"重新处理，对附件1所列请求和上列异议逐项书面答复本人。", "告知本人是否受理、转送的日期。")
	case evidence.ToAssociation:
		c.asks("请求事项", in.asClue(f)...)
	default:
		asks := []string{"对附件1反映的行为调查核实；查证属实的，依法责令改正并作出处理。"}
		if track.Recheckable(in.Case, f.Lane.Role) {
			asks = append(asks, "核查该投诉的处理是否符合消费投诉处理的规定。")
		}
		c.asks("请求事项", append(asks, "书面告知是否受理、是否查实。")...)
	}
	return c.followed(f)
}

// asClue is what an association is asked: it takes clues and grants nobody's claim.
func (in Input) asClue(f Follow) []string {
	pass := "属于监管部门或者其他机关职责的，转送有权处理的机关。"
	if in.Case.Consent.Forward == evidence.No {
		pass = "属于监管部门或者其他机关职责的，转送有权处理的机关；转送时请隐去本人身份信息。"
	}
	return []string{"核实" + in.enclosedPaper(f) + "反映的线索，依职责处理。", pass, "告知处理情况或者查询方式。"}
}

// lenderOr is the lender, or who was complained to where the case names none.
func (in Input) lenderOr(who string) string {
	if s := in.Case.Lender.Label(); s != "" {
		return s
	}
	return who
}

// beyond opens such a letter: who writes, about whom.
func (in Input) beyond(about string, f Follow) *composer {
	c := in.follow(beyondTitle(about)(in.Role))
	party := in.respondentRows() // a service desk is nobody whom a body is competent for
	if len(party) == 0 {
		party = []document.Field{field(in.other(), f.Lane.Recipient.Name)}
	}
	c.add(document.Fields{Rows: filled(party)})
	return c
}

// beyondNotes warn of turning to two bodies that do not want each other's matters,
// and of saying the same twice to one.
func beyondNotes(in Input, f Follow) []string {
	var out []string
	supervisor, here := false, ""
	for _, g := range in.Case.Filings {
		if g.Withdrawn != "" || g.Follows() {
			continue
		}
		role, _ := templates.FiledTo(in.Case, g.To)
		supervisor = supervisor || role.ToSupervisor()
		if role == in.Role {
			here = g.Date
		}
	}
	if in.Role == evidence.ToAssociation && supervisor {
		out = append(out, "已经向监管部门提交过：协会一般不受理别处已经受理的事项。要交的，如实告诉协会。")
	}
	if here != "" {
		out = append(out, isoDay(here)+"已经向这里提交过：这封信只说后来的答复和异议，写明那次的编号，不要当成另一件事重复投诉。")
	}
	return out
}

// escalateNotes say besides what an answer that does not satisfy is not.
func escalateNotes(in Input, f Follow) []string {
	out := beyondNotes(in, f)
	if in.Role == evidence.ToRegulator {
		out = append(out, "答复不合意，本身不等于违规。催收行为的全部事实和证据，在附件1和它的证据册里；监管部门没有收到过的，把证据册一起交，或者改用完整的举报书。")
	}
	return out
}

const recheckTitle = "消费投诉核查申请书"

// recheck asks the body above a branch of the lender to look at how the branch
// dealt with a complaint.
func recheck(in Input, f Follow) document.Document {
	c := in.follow(recheckTitle)
	c.heading("申请核查的处理")
	c.paragraph(in.wasFiled(f, f.Lane.Recipient.Name) + in.wasAnswered(f))
	c.points("对处理结果有异议的地方（本人陈述）", f)
	c.asks("申请事项", "由处理该投诉的机构的上级机构，依照《银行业保险业消费投诉处理管理办法》关于核查的规定，对该投诉的处理进行核查。",
		"书面告知核查决定和理由。")
	c.in.Recipient.Name += "（上级机构）"
	return c.followed(f)
}

// recheckNotes say until when it can be asked for, and how sure that is.
func recheckNotes(_ Input, f Follow) []string {
	out := []string{"交给处理投诉的那家分支机构的上级（分行、总行，分公司、总公司）。处理投诉的本来就是总行、总公司的，不一定有上级可以核查：先打客服电话问，没有的，写异议书，或者请监管部门转办。"}
	if answered, err := time.ParseInLocation(time.DateOnly, f.last().Answered, evidence.Beijing); err == nil {
		out = append(out, "见于报道：自收到处理决定之日起30日内申请，从"+day(answered)+"的次日算到"+
			day(answered.AddDate(0, 0, templates.RecheckDays))+"；没有读到条文，过了也可以先问一声。")
	}
	return append(out, "上级机构30日内作出核查决定：凭记忆，没有核对，只当作提醒。")
}
