// Package road is the one table of whom a person can turn to beside the road of a
// complaint: which acts may go where, what each body can grant and cannot, what
// bars another road, what it costs, and in which order.
//
// [Open] gives the roads that the findings of a case lead to; check and the guide
// 先看这里 are made from it, and letters ask [Takes] which finding belongs in them.
//
//	for _, w := range road.Open(kase, findings) { … w.Does.ZH … w.Incidents … }
//
// What of it nobody read a provision of says so. The package knows no letter and
// no recipient's record but its slug.
package road

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// A Road leads to one body.
type Road struct {
	Role    evidence.Role
	Slug    string        // of the directory; empty: no record is of this body
	Does    evidence.Text // what it can grant
	DoesNot evidence.Text
	Order   evidence.Text // what goes before it, and what it bars
	Cost    evidence.Text
	takes   func(evidence.Case, evidence.Finding) bool
}

// Within how many days credit records are answered for (征信业管理条例): an objection by the
// bureau and by who reported to it, Article 25; a complaint by the branch of the People's
// Bank, Article 26. The directory's record of the branch has the same.
const (
	ObjectionDays = 20
	BranchDays    = 30
)

// roads has a row for each, in the order in which a person is told of them: where
// somebody's safety is touched first, a court last.
var roads = []Road{
	{evidence.ToPolice, "police-110",
		evidence.Text{ZH: "受理报案、出具受案回执，查明号码和账号的使用人，依法处罚，可以责令不得接触",
			EN: "takes the report and gives a receipt, finds who uses a number or account, punishes, can forbid contact"},
		evidence.Text{ZH: "不裁决欠款，不替您要退款、道歉", EN: "decides nothing about the debt; claims no money or apology for you"},
		evidence.Text{ZH: "不用等别处的结果，和投诉同时办；治安案件一般六个月内报", EN: "waits for nobody; within six months, as a rule"},
		free, func(_ evidence.Case, f evidence.Finding) bool {
			return of("PS", f) && (len(f.Police) > 0 || f.Rule == "V20") // V20: a loan in the person's name
		}},
	{evidence.To12321, "line-12321",
		evidence.Text{ZH: "核查骚扰电话、垃圾短信的号码，转运营商处置",
			EN: "looks into numbers of harassing calls and spam SMS, has carriers act"},
		evidence.Text{ZH: "不查催收是否合规，不裁决纠纷", EN: "does not judge how a debt is collected, settles no dispute"},
		anyTime, free, by("12321")},
	{evidence.To12377, "line-12377",
		evidence.Text{ZH: "核查网上公开个人信息、App 违规处理个人信息",
			EN: "looks into personal data published online or handled wrongly by apps"},
		evidence.Text{ZH: "不裁决欠款，不替您索赔", EN: "decides nothing about the debt, claims nothing for you"},
		anyTime, free, by("CAC")},
	{evidence.ToJustice, "justice-bureau",
		evidence.Text{ZH: "核查对方是不是律师、调解组织，处理冒充的", EN: "looks into who poses as a lawyer or a mediation body"},
		evidence.Text{ZH: "不管放款机构", EN: "has no power over lenders"},
		anyTime, free, by("JUD")},
	{evidence.ToCentralBank, "pbc-branch",
		evidence.Text{ZH: "核查征信信息的报送和异议的处理，责令改正，书面答复",
			EN: "looks into credit reporting and objections, orders correction, answers in writing"},
		evidence.Text{ZH: "不办催收投诉（支付机构、征信机构以外的投诉归金融监管总局）",
			EN: "takes no complaint of collecting (but of payment institutions and bureaus, that is the regulator's)"},
		evidence.Text{ZH: fmt.Sprintf("先提征信异议（%s日内答复），再向它投诉（%s日内答复）；也可以直接起诉",
			evidence.Numeral(ObjectionDays), evidence.Numeral(BranchDays)),
			EN: fmt.Sprintf("first object (%d days), then complain here (%d days); or sue at once", ObjectionDays, BranchDays)},
		free, by("PBC")},
	{evidence.To12315, "line-12315",
		evidence.Text{ZH: "就会员费、商品、服务费等借款以外的收费组织调解，核查虚假宣传",
			EN: "mediates about membership fees, goods and services sold beside the loan, looks into false advertising"},
		evidence.Text{ZH: "不管利率、催收和金融机构", EN: "has no power over interest, collecting or financial institutions"},
		evidence.Text{ZH: "别的部门已经受理的，不再受理", EN: "takes nothing another office already took"},
		free, func(c evidence.Case, f evidence.Finding) bool {
			return f.Cost != nil && f.Cost.Kind == evidence.CostNamed && c.Payee.Known() &&
				c.Payee.Licence.Supervisor() == ""
		}},
	{evidence.To12345, "line-12345",
		evidence.Text{ZH: "登记诉求，转给当地有权处理的部门，告知转办单位和结果",
			EN: "registers it, passes it to the competent local office, says which and with what result"},
		evidence.Text{ZH: "自己不查处、不裁决", EN: "looks into nothing and decides nothing itself"},
		evidence.Text{ZH: "已经向监管部门交过的，不要再转一遍", EN: "not again where the supervisor has it already"},
		free, by("P")},
	{evidence.ToMediation, "",
		evidence.Text{ZH: "双方自愿的，主持调解，写成调解协议",
			EN: "mediates where both sides are willing, and puts it down as an agreement"},
		evidence.Text{ZH: "不能强制对方来，不认定违规", EN: "cannot make the other side come, finds nobody in breach"},
		evidence.Text{ZH: "和投诉、举报不冲突；当地有没有、在哪里，打 12378 或者 12348 问",
			EN: "bars no complaint or report; whether and where there is one, ask 12378 or 12348"},
		evidence.Text{ZH: "一般不收费，没有核对", EN: "free as a rule, not checked"},
		func(c evidence.Case, f evidence.Finding) bool {
			return of("P", f) && c.Complainant.Kind != evidence.Contact
		}},
	{evidence.ToInjunction, "",
		evidence.Text{ZH: "正在发生、不及时制止会造成难以弥补的损害的，法院可以责令马上停止（民法典第九百九十七条）",
			EN: "of what goes on and would do harm that cannot be made good, a court can order that it stops (Civil " +
				"Code, Art. 997)"},
		evidence.Text{ZH: "不判赔偿、道歉；已经停了的一般不给", EN: "awards no damages or apology; not for what has stopped"},
		evidence.Text{ZH: "可以在起诉以前申请", EN: "can be asked for before suing"},
		evidence.Text{ZH: "申请费没有查到", EN: "its cost was not found"}, personal},
	{evidence.ToCourt, "",
		evidence.Text{ZH: "判决停止侵害、赔礼道歉、消除影响、赔偿损失",
			EN: "orders to stop, to apologise, to undo the effect, to pay damages"},
		evidence.Text{ZH: "不处罚催收机构", EN: "does not punish collectors"},
		evidence.Text{ZH: "法院受理以后，监管部门、协会一般不再受理同一件事（见于报道）：要投诉、举报的，先交。停止侵害、道歉的请求不受三年时效限制",
			EN: "once a court has it, supervisor and association take it no more (as reported): turn to them first. " +
				"Claims to " +
				"stop and apologise do not lapse in three years"},
		evidence.Text{ZH: "案件受理费每件100元至500元，各地不同（见于转载，没有读到原文）；赔偿超过5万元的另加",
			EN: "100 to 500 yuan, by province (read in copies); more where damages exceed 50,000"}, personal},
}

var (
	free    = evidence.Text{ZH: "不收费", EN: "free"}
	anyTime = evidence.Text{ZH: "不用等别处的结果", EN: "waits for nobody"}
)

// of reports a finding that a body is competent for, by the code on it.
func of(code string, f evidence.Finding) bool { return slices.Contains(f.Bodies, code) }

func by(code string) func(evidence.Case, evidence.Finding) bool {
	return func(_ evidence.Case, f evidence.Finding) bool { return of(code, f) }
}

// personal reports a breach of privacy, reputation or personal data that the Civil
// Code speaks of: Articles 990 to 1039.
func personal(_ evidence.Case, f evidence.Finding) bool {
	return !f.Doubtful && slices.ContainsFunc(f.Citations, func(c evidence.Citation) bool {
		for _, article := range []string{"CC-991", "CC-995", "CC-1002", "CC-1003", "CC-1004", "CC-1024", "CC-1032",
			"CC-1033",
			"CC-1034", "CC-1035", "CC-1037", "CC-1038"} {
			if c.ID == article || strings.HasPrefix(c.ID, article+"-") {
				return true
			}
		}
		return false
	})
}

// Of is the road to a role.
func Of(r evidence.Role) (Road, bool) {
	n := slices.IndexFunc(roads, func(x Road) bool { return x.Role == r })
	if n < 0 {
		return Road{}, false
	}
	return roads[n], true
}

// Takes reports whether a finding of a case may go down the road to a role.
func Takes(c evidence.Case, r evidence.Role, f evidence.Finding) bool {
	x, ok := Of(r)
	return ok && x.takes(c, f)
}

// StatedToo reports a body to which the person's own word may go though no file
// shows it: the police look into what they are told.
func StatedToo(r evidence.Role) bool { return r == evidence.ToPolice }

// A Way is a road that a case leads to, and the incidents that lead there.
type Way struct {
	Road
	Incidents []string
}

// Open are the roads that the findings of a case lead to, in the order of the
// table.
func Open(c evidence.Case, findings []evidence.Finding) []Way {
	var out []Way
	for _, x := range roads {
		w := Way{Road: x}
		found := false
		for _, f := range findings {
			if f.Strength == evidence.Review || f.Strength == evidence.Stated && !StatedToo(x.Role) || !x.takes(c, f) {
				continue
			}
			found = true
			for _, i := range f.Incidents {
				w.Incidents = append(w.Incidents, i.ID)
			}
		}
		if found {
			slices.Sort(w.Incidents)
			w.Incidents = slices.Compact(w.Incidents)
			out = append(out, w)
		}
	}
	return out
}
