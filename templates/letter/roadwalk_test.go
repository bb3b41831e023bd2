package letter

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// The same of the papers of the roads beside a complaint: each sentence goes with a
// fact, or stands in the frame with its reason.
func TestEachSentenceOfTheRoadsGoesWithItsFact(t *testing.T) {
	if !slow() {
		t.Skip("composes some thousands of papers; set JUZHENG_SLOW=1")
	}
	walk(t, roadPapers(t), roadFrames)
}

// roadFrames are the sentences of these papers that no fact of a case moves.
var roadFrames = map[string][]string{
	"what the paper is": {"报案材料", "投诉书", "举报书", "诉求书", "调解申请书", "人格权侵害禁令申请书", "民事起诉状"},
	"a heading": {"事实与理由", "反映的情况", "经过（按时间", "对方用过的号码和账号", "请求", "投诉请求", "举报请求", "诉求", "申请事项", "诉讼请求",
		"号码或账号", "情形和原话", "次数", "最早", "最近"},
	"the person fills it in by hand": {"年\u3000\u3000月\u3000\u3000日", "＿＿＿＿＿＿公安局＿＿＿＿＿＿派出所", "＿＿＿＿＿＿＿＿＿＿人民法院",
		"＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", "＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿（请手写",
		"不及时制止的后果（申请人陈述", "中国人民银行＿＿＿＿＿＿＿＿＿＿＿＿", "＿＿＿＿＿＿＿＿＿＿司法局",
		"＿＿＿＿＿＿＿＿＿＿＿＿＿＿（市场监督管理部门", "被告一住所：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿（请手写",
		"被告二住所：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿（请手写", "被告一法定代表人或者负责人：＿＿＿＿＿＿＿＿（请手写",
		"被告二法定代表人或者负责人：＿＿＿＿＿＿＿＿（请手写"},
	"how a paper ends, and where it is signed": {"此致", "报案人（签名、捺印", "投诉人（签名、捺印", "举报人（签名、捺印", "反映人（签名、捺印",
		"申请人（签名、捺印", "原告（签名、捺印"},
	"what is signed": {"声明：以上内容属实，所附材料由本人提供，未作改动", "以上内容属实，所附材料由本人提供，未作改动",
		"以上内容属实，所附材料由原告提供，未作改动", "以上内容属实，所附材料由申请人提供，未作改动", "如有不实，本人愿承担相应责任"},
	"no case holds a register's entry": {"横线处请手写：在“国家企业信用信息公示系统”按全称查登记的住所和法定代表人，照登记的写",
		"被反映机构的名称、证照和联系方式由报案人提供，请以登记信息为准",
		"被反映机构的名称、证照和联系方式由投诉人提供，请以登记信息为准", "被反映机构的名称、证照和联系方式由举报人提供，请以登记信息为准",
		"被反映机构的名称、证照和联系方式由反映人提供，请以登记信息为准", "被反映机构的名称、证照和联系方式由申请人提供，请以登记信息为准",
		"被告的名称、证照和联系方式由原告提供，请以登记信息为准", "被申请人的名称、证照和联系方式由申请人提供，请以登记信息为准"},
	"what holds on a condition": {"原始手机和文件还在的，可以当面核对", "查实有错误、遗漏，或者没有依法告知的，责令改正"},
	"what the body does whoever asks, and the person chose it": {"依法受理，出具受案回执", "依法调查处理，告知处理结果", "核查被投诉人报送、处理本人征信信息的情况",
		"书面答复处理结果", "核查收费前是否如实告知收费的内容和金额", "告知是否受理和处理结果", "告知处理情况", "告知转办的单位和办理结果",
		"告知是否受理和处理情况", "告知核查结果", "请求对方停止下列行为，说明情况", "诉讼费用由被告承担"},
	"handling takes in all that is done with data and was not posted": {"核查下列处理个人信息的行为，依法处理",
		"请求：核查下列处理个人信息的行为，依法处理（#"},
	"the provision names no right of its own": {"判令被告立即停止下列侵害原告人格权的行为"},
}

// roadPapers are a paper of each road, on a case that leads there; of a person's other
// kinds where the road reads otherwise for them.
func roadPapers(t *testing.T) []walked {
	var out []walked
	add := func(name string, in Input, role evidence.Role) {
		out = append(out, walked{name, facts{In: further(t, in, role), At: counted()},
			func(f facts) string { return document.Text(Compose(f.In, f.At)) }})
	}
	with := func(in Input, kinds ...evidence.Breach) Input { // of the groups of other tests
		in.Findings = nil
		for _, g := range kindGroups {
			for _, x := range g.told {
				for _, k := range kinds {
					if x.kind == k {
						in.Findings = append(in.Findings, x.finding(t))
					}
				}
			}
		}
		if len(in.Findings) != len(kinds) {
			t.Fatalf("of %v there are %d", kinds, len(in.Findings))
		}
		return in
	}
	bank := borrower(evidence.Bank, "示例银行股份有限公司")
	stolen := disputing("V20c", bank)
	for n := range stolen.Findings {
		if stolen.Findings[n].Rule == wrongDebt {
			stolen.Findings[n].Bodies = []string{"P", "NFRA-L", "PS"}
		}
	}
	add("police", withAgent(borrower(evidence.ConsumerFinance, "示例消费金融有限公司")), evidence.ToPolice)
	add("police-theft", stolen, evidence.ToPolice)
	one := with(bank, "V21b")
	one.Findings[0].Police = provisions(t, "PSA25-51", "PSA25-50-5")
	add("police-one-act", one, evidence.ToPolice)
	add("police-one-call", only(bank, "V06", "PS"), evidence.ToPolice)
	record := with(bank, "V16a")
	record.Case.Credit = evidence.Credit{Report: "2026-03-20", Entry: "当前逾期期数3，逾期总额3000元", Wrong: "2026年3月15日已经还清"}
	add("pbc", record, evidence.ToCentralBank)
	add("12315", withFee(t, bank), evidence.To12315)
	add("12321", with(bank, "V10"), evidence.To12321)
	add("12345", withAgent(borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司")), evidence.To12345)
	add("12377", with(bank, "V14a", "V15b"), evidence.To12377)
	add("12377-contact", harassed(evidence.Bank, "示例银行股份有限公司"), evidence.To12377)
	add("12321-calls", only(bank, tooMany, "12321"), evidence.To12321)
	add("12377-posted", posted(bank), evidence.To12377)
	add("justice", with(bank, "V08a"), evidence.ToJustice)
	add("mediation", bank, evidence.ToMediation)
	add("mediation-settled", settled(evidence.ConsumerFinance, "示例消费金融有限公司"), evidence.ToMediation)
	add("injunction", harassed(evidence.Bank, "示例银行股份有限公司"), evidence.ToInjunction)
	add("court", withAgent(bank), evidence.ToCourt)
	add("court-one-act", with(bank, "V21b"), evidence.ToCourt)
	return out
}

// only is a case of the findings of one kind, for one body more.
func only(in Input, rule, body string) Input {
	all := in.Findings
	in.Findings = nil
	for _, f := range all {
		if f.Rule == rule {
			f.Incidents = f.Incidents[:1]
			f.Bodies = append(slices.Clone(f.Bodies), body)
			in.Findings = append(in.Findings, f)
		}
	}
	return in
}

// withFee is a case of a fee that a company beside the lender took.
func withFee(t *testing.T, in Input) Input {
	in.Case.Payee = evidence.Party{Name: "示例权益服务有限公司", CreditCode: "91330000MA0000000X"}
	in.Findings = []evidence.Finding{{Rule: "V12", Title: both("借款之外另收的费用", ""), Strength: evidence.Shown,
		Bodies: []string{"P", "NFRA-L"}, Exhibits: []string{"E005"}, Citations: provisions(t, "CPL-8-fees"),
		Cost: &evidence.Cost{Kind: evidence.CostNamed, Name: "会员费", Excess: 59800,
			Fact: both("借款之外另收会员费，共2笔，合计598元", ""),
			Figures: []evidence.Figure{{Label: both("2025年6月1日，会员费", ""), Value: both("299元", "")},
				{Label: both("2025年7月1日，会员费", ""), Value: both("299元", "")}}}}}
	return in
}

// posted is a case of a post with the person's data.
func posted(in Input) Input {
	i := act("T601", "2026-03-05 12:00:00", evidence.Post, "群里发布本人身份证照片和欠款金额", "E002")
	in.Findings = []evidence.Finding{{Rule: "V01", Title: evidence.Breach("V01").Title(), Strength: evidence.Shown,
		Incidents: []evidence.Incident{i}, Bodies: []string{"P", "CAC"}, Exhibits: i.Exhibits,
		Citations: []evidence.Citation{cc("CC-1032", "第一千零三十二条", "欠债情况不得公开。")}}}
	return in
}
