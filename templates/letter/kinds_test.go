package letter

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// provisions are records of the statute table as a letter gets them. The
// table is another package's; its data is read here, so that these letters
// read as real ones do.
func provisions(t *testing.T, ids ...string) []evidence.Citation {
	t.Helper()
	var out []evidence.Citation
	for _, name := range []string{"statutes.json", "statutes_cost.json"} {
		data, err := os.ReadFile("../../evidence/rule/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var table []struct {
			evidence.Citation
			Issuer, Condition string
		}
		if err := json.Unmarshal(data, &table); err != nil {
			t.Fatal(err)
		}
		for _, p := range table {
			if slices.Contains(strings.Fields(p.Condition), "member") {
				p.Substance.ZH = "（适用于" + p.Issuer + "会员单位）" + p.Substance.ZH
			}
			p.General = slices.Contains(strings.Fields(p.Condition), "general")
			p.Claim = slices.Contains(strings.Fields(p.Condition), "claim")
			if slices.Contains(ids, p.ID) {
				out = append(out, p.Citation)
			}
		}
	}
	if len(out) != len(ids) {
		t.Fatalf("of %v only %d are in the table", ids, len(out))
	}
	return out
}

// A told is one finding of the letters below: kind or part, bodies, acts and
// the provisions in force.
type told struct {
	kind   evidence.Breach
	bodies string
	ids    string
	edit   func(*evidence.Finding)
	acts   []evidence.Incident
}

func act(id, when string, kind evidence.IncidentKind, shown, exhibit string) evidence.Incident {
	i := evidence.Incident{ID: id, Time: at(when), Kind: kind, Seconds: -1, Reached: evidence.ReachedSelf,
		Direction: evidence.In,
		Shown:     shown, Exhibits: []string{exhibit}, Source: "person"}
	i.Time.Precision = evidence.ToMinute
	return i
}

func doubtful(f *evidence.Finding) { f.Doubtful = true }

// groups are the kinds the letters of other tests do not tell of, in cases
// that could be real ones: papers and names; visits; personal data; money and
// what was done about it.
var kindGroups = []struct {
	name  string
	edit  func(*evidence.Case)
	roles []evidence.Role
	told  []told
}{
	{"papers", nil, []evidence.Role{evidence.ToPlatform, evidence.ToRegulator}, []told{
		{"V07", "PS P NFRA-L NIFA", "PSA25-62 NIFA18-V07 CBA26-V07", doubtful,
			[]evidence.Incident{act("T101", "2026-03-03 10:00:00", evidence.Call, "我是市公安局经侦支队的，今天不还就立案抓人", "E001")}},
		{"V08a", "JUD PS P NFRA-L", "LAWYER-13 PSA25-62-V08",
			func(f *evidence.Finding) {
				f.Incidents[0].Untrue, f.Incidents[0].Words = evidence.Yes, "3月4日查律师公开名录，没有这个律所"
			},
			[]evidence.Incident{act("T102", "2026-03-03 11:00:00", evidence.SMS, "我是某某律师事务所张律师，受托向你发出最后通知", "E004")}},
		{"V09", "PS P NFRA-L", "PSA25-63 CBA26-V09", doubtful, []evidence.Incident{act("T103", "2026-03-04 09:30:00",
			evidence.Mail, "传票载明案号（2026）浙0000民初1号，落款某某人民法院并盖有印章", "E002")}},
		{"V19", "P NFRA-L NIFA", "CPL-20 CBA26-V19", doubtful, []evidence.Incident{act("T104", "2026-03-04 15:00:00",
			evidence.Call, "你这个要坐牢的，已经列入全国黑名单", "E001")}},
	}},
	{"visits", nil, []evidence.Role{evidence.ToPlatform, evidence.ToRegulator}, []told{
		{"V10", "12321 PS CAC P NFRA-L", "CC-1033-1 PSA25-50-5", func(f *evidence.Finding) {
			f.Counts = []evidence.Count{{Day: "2026-03-06", What: both("短信", ""), N: 3,
				Incidents: []string{"T201", "T202", "T203"}}}
			f.Method = both("按北京时间的自然日，来电、短信、消息逐条计数，未接通的来电也计入；没有规定具体的条数", "")
		}, []evidence.Incident{act("T201", "2026-03-06 10:00:00", evidence.SMS, "还钱", "E004"),
			act("T202", "2026-03-06 10:01:00", evidence.SMS, "还钱还钱", "E004"),
			act("T203", "2026-03-06 10:02:00", evidence.SMS, "还钱还钱还钱", "E004")}},
		{"V10a", "PS P NFRA-L", "CC-1032-V10 CC-1033-5-V10 PIPL-10-V10 PIPL-25-V10 CBA26-V10", nil,
			[]evidence.Incident{act("T204", "2026-03-07 08:30:00", evidence.Other,
				"单元门上贴有催款公告，写有本人姓名和欠款金额", "E002")}},
		{"V11a", "PS P NFRA-L", "CC-1033-2 PSA25-47-V11 CBA26-V11-inside", nil,
			[]evidence.Incident{act("T205", "2026-03-08 15:00:00", evidence.Visit, "两人在本人说“不要进来”之后推门进入客厅，并用手机拍摄",
				"E001")}},
		{"V11c", "P NFRA-L", "CBA26-V11-alone", nil, []evidence.Incident{act("T206", "2026-03-09 15:00:00",
			evidence.Visit, "门口监控显示一人前来", "E002")}},
		{"V21b", "PS P NFRA-L", "CC-1002 PSA25-51 CBA26-V21", nil,
			[]evidence.Incident{act("T207", "2026-03-09 15:20:00",
				evidence.Visit, "该人推搡本人，本人摔倒", "E002")}},
	}},
	{"data", func(c *evidence.Case) { c.Loan.Due, c.Loan.Overdue = "2026-02-10", "" },
		[]evidence.Role{evidence.ToPlatform, evidence.ToRegulator},
		[]told{
			{"V13", "P NFRA-L", "PIPL-17 CPL-8", nil, []evidence.Incident{act("T301", "2026-03-03 10:00:00",
				evidence.Call, "本人问是哪家公司，对方答“这个你不用管”", "E001")}},
			{"V14a", "CAC P NFRA-L PS", "PIPL-5 PIPL-13-V14 PIPL-16 CC-1035 CSL25-43", nil,
				[]evidence.Incident{act("T302", "2026-03-03 12:00:00", evidence.Other, "App 要求开启通讯录权限，选择“拒绝”后退出，不能继续使用",
					"E002")}},
			{"V15b", "P NFRA-L CAC", "PIPL-23", nil,
				[]evidence.Incident{act("T303", "2026-03-04 12:00:00", evidence.SMS, "您的资料由某某平台提供给我公司，可再申请额度",
					"E004")}},
			{"V16a", "PBC P", "CREDIT-15", nil, []evidence.Incident{act("T304", "2026-03-05 12:00:00",
				evidence.Other, "信用报告载明2026年1月逾期一次", "E005")}},
			{"V18a", "P NFRA-L", "CBA26-V18", nil, []evidence.Incident{act("T305", "2026-03-06 12:00:00",
				evidence.Message, "加我私人微信说", "E002")}},
			{"V18b", "P NFRA-L", "GB45251-V18", nil, []evidence.Incident{act("T306", "2026-03-07 12:00:00",
				evidence.Call, "对方说“我们打电话都不录音的”", "E001")}},
			{"V20b", "P NFRA-L CAC", "CC-1033-1-V20 CC-1037 PIPL-47", nil,
				[]evidence.Incident{act("T307", "2026-03-08 12:00:00", evidence.SMS, "您的借款已逾期，请立即还款", "E004")}},
		}},
	{"contact", func(c *evidence.Case) {
		c.Complainant.Kind = evidence.Contact
		c.Filings, c.Loan = nil, evidence.Loan{}
	}, []evidence.Role{evidence.ToPlatform, evidence.ToRegulator}, []told{
		{"V03", "P NFRA-L NIFA PS", "CC-1033-1-V03 GB45251-V03 CBA26-V03",
			func(f *evidence.Finding) { f.Incidents[0].Asserted = []evidence.Breach{"V03a"} },
			[]evidence.Incident{act("T501", "2026-03-03 10:00:00", evidence.SMS, "请不要再联系我", "E004"),
				act("T502", "2026-03-04 10:00:00", evidence.SMS, "让你朋友还钱", "E004")}},
		{"V06b", "P NFRA-L NIFA PS", "CC-991 CC-995 CC-1024 CBA26-V06", nil,
			[]evidence.Incident{act("T503", "2026-03-05 10:00:00", evidence.SMS, "你们都是骗子，不要脸", "E004")}},
		{"V20a", "P NFRA-L CAC", "CC-1033-1-V20 CC-1037 PIPL-46", nil,
			[]evidence.Incident{act("T504", "2026-03-06 10:00:00", evidence.SMS, "你就是借款人，马上还", "E004")}},
		{"V12b", "P NFRA-L", "CBA26-V12", nil, []evidence.Incident{act("T505", "2026-03-06 11:00:00", evidence.Other,
			"不应写进联系人的信", "E004")}},
	}},
	{"money", func(c *evidence.Case) { c.Filings[0].Date, c.Filings[0].To = "2026-01-10", "lender" },
		[]evidence.Role{evidence.ToLender, evidence.ToAssociation, evidence.ToRegulator}, []told{
			{"V12b", "P NFRA-L", "CBA26-V12", nil, []evidence.Incident{act("T401", "2026-03-02 10:00:00",
				evidence.Other, "账单载明应还1254.30元，催收短信要求还3000元", "E004")}},
			{"V17", "P NFRA-L NIFA", "CPL-9 NIFA18-V17 CBA26-V17", nil,
				[]evidence.Incident{act("T402", "2026-03-03 10:00:00", evidence.Call, "你先去别的平台借一笔，把我们的还了", "E001")}},
			{"V22b", "P PS NFRA-L", "CBA26-FEE", nil, []evidence.Incident{act("T403", "2026-03-04 10:00:00",
				evidence.SMS, "另需支付催收服务费500元", "E004")}},
			{"V23", "P NFRA-L", "XFTS-11 XFTS-V23", func(f *evidence.Finding) {
				f.Method = both("从提交投诉的次日起算，满60日（最长期限）没有处理结果；其间对方再次索要材料，没有作出处理", "")
			},
				[]evidence.Incident{{ID: "F1", Time: evidence.Time{At: at("2026-03-12 00:00:00").At,
					Precision: evidence.ToDay}, Kind: evidence.Other, Exhibits: []string{"E005"},
					Source: evidence.CaseFile}}},
			{"V23a", "P NFRA-L", "XFTS-11 XFTS-13", nil, []evidence.Incident{act("T404", "2026-03-13 10:00:00",
				evidence.Message, "请再次提供借款合同，否则不予受理", "E005")}},
		}},
}

func (g told) finding(t *testing.T) evidence.Finding {
	f := evidence.Finding{Rule: g.kind.Rule(), Title: evidence.Breach(g.kind.Rule()).Title(), Strength: evidence.Shown,
		Incidents: g.acts,
		Bodies:    strings.Fields(g.bodies), Citations: provisions(t, strings.Fields(g.ids)...)}
	if g.kind.Part() != "" {
		f.Parts = []evidence.Text{g.kind.Title()}
	}
	f.Incidents = slices.Clone(g.acts)
	for n, i := range g.acts {
		if i.Source != evidence.CaseFile {
			f.Incidents[n].Asserted = []evidence.Breach{g.kind}
		}
		for _, x := range i.Exhibits {
			if !slices.Contains(f.Exhibits, x) {
				f.Exhibits = append(f.Exhibits, x)
			}
		}
	}
	if g.edit != nil {
		g.edit(&f)
	}
	return f
}

// Letters that tell of the other kinds, as prose.
func TestKinds(t *testing.T) {
	for _, g := range kindGroups {
		for _, role := range g.roles {
			in := borrower(evidence.Bank, "示例银行股份有限公司")
			in.Case.Requests = nil
			if g.edit != nil {
				g.edit(&in.Case)
			}
			in.Findings = nil
			for _, x := range g.told {
				in.Findings = append(in.Findings, x.finding(t))
			}
			in = to(t, in, role)
			d := Compose(in, counted())
			text := document.Text(d)
			golden(t, "kinds-"+g.name+"-"+string(role), text)
			if bad := document.Unresolved(d); len(bad) > 0 {
				t.Errorf("%s to %s: left over %q", g.name, role, bad)
			}
			asks, _, _ := strings.Cut(text, "事实与理由")
			for _, word := range notInComplaint {
				if in.complaint() && strings.Contains(asks, word) {
					t.Errorf("%s: a 投诉 asks for %s", g.name, word)
				}
			}
			for _, word := range []string{"退还", "返还", "赔偿", "道歉", "删除", "协商"} {
				if !in.complaint() && strings.Contains(asks, word) {
					t.Errorf("%s: a 举报 asks for %s", g.name, word)
				}
			}
			for _, x := range in.asserted() {
				if x.Doubtful && !strings.Contains(text, in.titleOf(x)+"：请核查") {
					t.Errorf("%s: %s is not called doubtful", g.name, x.Rule)
				}
			}
			for _, line := range strings.Split(text, "\n") {
				if strings.Contains(line, "第十一条") && strings.Contains(line, "15日") &&
					!strings.Contains(line, "；②消费投诉应当在15日内") {
					t.Errorf("%s: a term that was read in no article stands under one: %s", g.name, line)
				}
			}
			if in.contact() && (strings.Contains(text, "不应写进联系人的信") || strings.Contains(text, "消费者")) {
				t.Errorf("a contact argues the debt, or as a consumer:\n%s", text)
			}
			for _, word := range []string{"刑法", "违法"} {
				if strings.Contains(text, word) {
					t.Errorf("%s to %s says %s", g.name, role, word)
				}
			}
		}
	}
}

// A complaint nobody answered is no act: the book of a case with nothing else
// has no empty chronology.
func TestBookWithoutActs(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Findings = nil
	for _, g := range kindGroups {
		for _, x := range g.told {
			if x.kind == "V23" {
				in.Findings = append(in.Findings, x.finding(t))
			}
		}
	}
	text := document.Text(bookText(ComposeBook(in, counted())))
	if strings.Contains(text, "时间线") || !strings.Contains(text, "证明对象：投诉没有得到处理；2026年3月10日向“示例借”平台反映") {
		t.Errorf("got\n%s", text)
	}
}

// Acts of one part under two laws are told apart by their days.
func TestOnePartUnderTwoLaws(t *testing.T) {
	in := borrower(evidence.SmallLoan, "杭州示例小额贷款有限公司")
	in.Findings = nil
	for _, x := range []told{
		{"V06b", "P NFRA-L NIFA PS", "CC-991 CC-1024", nil, []evidence.Incident{act("T1", "2025-01-16 10:00:00",
			evidence.SMS, "不要脸", "E004")}},
		{"V06b", "P NFRA-L NIFA PS", "CC-991 CC-1024 XDGS-V06", nil,
			[]evidence.Incident{act("T2", "2025-01-17 10:00:00", evidence.SMS, "不要脸", "E004")}},
		{"V06", "P NFRA-L NIFA PS", "CC-991", nil, []evidence.Incident{act("T3", "2025-01-18 10:00:00", evidence.SMS,
			"你小心点", "E004")}},
	} {
		in.Findings = append(in.Findings, x.finding(t))
	}
	text := document.Text(Compose(to(t, in, evidence.ToRegulator), counted()))
	for _, want := range []string{
		"2025年1月16日10时00分，本人收到短信：“不要脸”（证据4，第8页）。涉嫌违反法律规定（依据2①②）。",
		"2025年1月17日10时00分，本人收到短信：“不要脸”（证据4，第8页）。涉嫌违反监管规定、法律规定（依据1、2①②）。",
		"“你小心点”（证据4，第8页）。涉嫌违反法律规定（依据2①）。", "\n1.《小额贷款公司监督管理暂行办法》",
		"\n2.《中华人民共和国民法典》：①第九百九十一条：", "；②第一千零二十四条："} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
