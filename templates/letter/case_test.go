package letter

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates"
	"juzheng/templates/mask"
)

// The cases of these tests are invented. Findings are built by hand, for the
// rules are another package's.

func at(s string) evidence.Time {
	t, err := time.ParseInLocation(time.DateTime, s, evidence.Beijing)
	if err != nil {
		panic(err)
	}
	return evidence.Time{At: t, Precision: evidence.ToSecond, Source: "carrier"}
}

var (
	cc = func(id, article, substance string) evidence.Citation {
		return evidence.Citation{ID: id, Name: "中华人民共和国民法典", Article: article, Rank: evidence.Law, Tier: evidence.TierA,
			Substance: evidence.Text{ZH: substance}, From: "2021-01-01", Checked: "VT", CheckedOn: "2026-11-23"}
	}
	standard = func(substance string) evidence.Citation {
		return evidence.Citation{ID: "GB45251", Name: "互联网金融 个人网络消费信贷 贷后催收风控指引", Document: "GB/T 45251—2025",
			Article: "第五条", // must not be printed: tier B
			Rank:    evidence.RecommendedStandard, Tier: evidence.TierB, Substance: evidence.Text{ZH: substance},
			From: "2025-02-28", Checked: "VR", CheckedOn: "2026-11-23"}
	}
	guide = func(substance string) evidence.Citation {
		return evidence.Citation{ID: "CBA26", Name: "金融机构个人消费类贷款催收工作指引（试行）", Rank: evidence.SelfDiscipline,
			Tier:      evidence.TierB,
			Substance: evidence.Text{ZH: substance}, From: "2026-01-30", Checked: "VR", CheckedOn: "2026-11-23"}
	}
	police = evidence.Citation{ID: "PSA25-50-6", Name: "中华人民共和国治安管理处罚法", Article: "第五十条第一款第六项", Rank: evidence.Law,
		Tier:      evidence.TierA,
		Substance: evidence.Text{ZH: "散布他人隐私可受治安处罚。"}, From: "2026-01-01", Checked: "VT", CheckedOn: "2026-11-23"}
	everybody = []string{"P", "NFRA-L", "NIFA", "PS"}
	civil     = []string{"P", "NFRA-L", "NIFA"}
)

const collector = "01058880000"

func exhibit(n int, kind evidence.ExhibitKind, name string) evidence.Exhibit {
	x := evidence.Exhibit{
		Number: fmt.Sprintf("E%03d", n), Kind: kind, OriginalName: name, Size: int64(1000 * n), MediaType: "image/png",
		Sums: bag.Sums{SHA256: strings.Repeat(fmt.Sprintf("%02x", n), 32),
			SM3: strings.Repeat(fmt.Sprintf("%02x", n+16), 32)},
	}
	x.File = x.Number + ".png"
	if kind == evidence.Recording {
		x.File, x.MediaType = x.Number+".m4a", "audio/mp4"
		x.Media = evidence.Media{Seconds: 80, Codec: "AAC", Number: collector}
		x.Captured = evidence.CaptureTime{Time: "2026-03-02T23:14:05+08:00", Precision: evidence.ToSecond, Device: true,
			Source: "name:miui"}
	}
	return x
}

func exhibits() []evidence.Exhibit {
	return []evidence.Exhibit{
		exhibit(1, evidence.Recording, "通话录音@01058880000_20260302231405.m4a"),
		exhibit(2, evidence.Screenshot, "同事李明(13900001234)截图.png"),
		exhibit(3, evidence.CallLog, "通话详单.csv"),
		exhibit(4, evidence.SMSLog, "短信.xml"),
		exhibit(5, evidence.Document, "客服回复.png"),
		exhibit(6, evidence.Screenshot, "无关.png"),
	}
}

// borrower is a case with disclosure, too many calls, a night call, a threat,
// a statement without proof, and something for a person's eye.
func borrower(licence evidence.Licence, lender string) Input {
	c := evidence.Case{
		ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde", Created: at("2026-03-20 10:00:00").At,
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "王小雨", IDNumber: "11010519900307233X",
			Phone:   "13800138000",
			Address: "浙江省杭州市西湖区示例路1号", Region: "330000"},
		Platform: evidence.Party{Brand: "示例借"},
		Lender:   evidence.Party{Name: lender, Licence: licence, Region: "330000"},
		Agency:   evidence.Party{Name: "示例信息咨询有限公司"},
		Loan: evidence.Loan{Date: "2025-06-01", Principal: "10000", Contract: "JK20250601001", Due: "2026-02-10",
			Overdue: "1254.30"},
		Numbers: []evidence.Number{{Number: collector, Side: evidence.CollectorSide},
			{Number: "13900001234", Side: evidence.OtherSide, Name: "李明"}},
		Filings:  []evidence.Filing{{To: "platform", Date: "2026-03-10", Receipt: "GD2026031001", Exhibit: "E005"}},
		Consent:  evidence.Consent{Forward: evidence.Yes},
		Requests: []string{"今后只在工作日白天与本人联系", "处罚催收公司", "赔偿精神损失，否则举报"},
	}
	disclosure := evidence.Incident{ID: "T001", Time: at("2026-03-02 10:15:00"), Kind: evidence.Call,
		Direction: evidence.In, Number: collector,
		Reached: evidence.ReachedWorkplace, Answered: evidence.Yes, Seconds: 95, Disclosed: evidence.Yes,
		Source: "person",
		Shown:  "同事李明（13900001234）的聊天截图写明，对方说“王小雨欠钱不还，让他赶紧还款”", Exhibits: []string{"E002"}}
	threat := evidence.Incident{ID: "T002", Time: at("2026-03-02 23:14:05"), Kind: evidence.Call,
		Direction: evidence.In, Number: collector,
		Reached: evidence.ReachedSelf, Answered: evidence.Yes, Seconds: 80, Source: "person", Shown: "再不还就去你单位拉横幅",
		Exhibits: []string{"E001"}}
	threat.Time.Device = true
	var calls []evidence.Incident
	var ids []string
	for n := range 5 {
		i := evidence.Incident{ID: fmt.Sprintf("T01%d", n), Time: at(fmt.Sprintf("2026-03-05 %02d:20:11", 9+2*n)),
			Kind: evidence.Call, Direction: evidence.In,
			Number: collector, Reached: evidence.ReachedSelf, Answered: evidence.Yes, Seconds: 30 + n,
			Source: fmt.Sprintf("E003:%d", 4+n), Exhibits: []string{"E003"}}
		calls, ids = append(calls, i), append(ids, i.ID)
	}
	stated := evidence.Incident{ID: "T020", Time: evidence.Time{At: at("2026-03-08 00:00:00").At,
		Precision: evidence.ToDay, Source: "person"}, Kind: evidence.Visit,
		Reached: evidence.ReachedFamily, Words: "两名自称催收的人到父母家，说了欠款的事。", Source: "person"}
	return Input{
		Date: at("2026-03-28 09:00:00").At,
		Matter: mask.Matter{Case: c, Exhibits: exhibits(), Findings: []evidence.Finding{
			{Rule: "V01", Title: evidence.Text{ZH: "向第三人透露欠款"}, Strength: evidence.Shown,
				Incidents: []evidence.Incident{disclosure}, Exhibits: []string{"E002"}, Bodies: everybody,
				Police: []evidence.Citation{police},
				Citations: []evidence.Citation{cc("CC-1032", "第一千零三十二条", "欠债情况属于个人不愿公开的信息，他人不得泄露或公开。"),
					cc("CC-1038", "第一千零三十八条", "未经本人同意，不得把其个人信息提供给他人。"), police, standard("催收中不应向联系人透露债务人的欠款信息。")}},
			{Rule: "V04", Title: evidence.Text{ZH: "一日内催收来电过多"}, Strength: evidence.Shown, Incidents: calls,
				Exhibits: []string{"E003"}, Bodies: civil,
				Counts: []evidence.Count{{Day: "2026-03-05", What: evidence.Text{ZH: "接通的催收来电"}, N: 5, Limit: 3,
					Incidents: ids}},
				Method:    evidence.Text{ZH: "按北京时间的自然日，只计打给本人、已接通的来电"},
				Citations: []evidence.Citation{standard("对同一债务人，催收方主动发起并接通的语音通话每日不宜超过三次。")}},
			{Rule: "V05", Title: evidence.Text{ZH: "22:00至次日8:00之间催收"}, Strength: evidence.Shown,
				Incidents: []evidence.Incident{threat}, Exhibits: []string{"E001"}, Bodies: civil,
				Method: evidence.Text{ZH: "以北京时间计，起始时刻晚于22:00或早于次日8:00"},
				Citations: []evidence.Citation{standard("双方没有另行约定的，二十二时至次日八时不应开展催收。"),
					guide("未经债务人同意，二十二时至次日八时不得以电话等方式催收。")}},
			{Rule: "V06", Title: evidence.Text{ZH: "威胁、辱骂、恐吓"}, Strength: evidence.Shown,
				Incidents: []evidence.Incident{threat}, Exhibits: []string{"E001"}, Bodies: everybody,
				Police:    []evidence.Citation{police},
				Citations: []evidence.Citation{cc("CC-991", "第九百九十一条", "人格权受保护，不得侵害。")}},
			{Rule: "V01", Title: evidence.Text{ZH: "向第三人透露欠款"}, Strength: evidence.Stated,
				Incidents: []evidence.Incident{stated}, Bodies: everybody, Police: []evidence.Citation{police},
				Citations: []evidence.Citation{cc("CC-1032", "第一千零三十二条", "欠债情况属于个人不愿公开的信息，他人不得泄露或公开。")}},
			{Rule: "V02", Title: evidence.Text{ZH: "向与债务无关的第三人催收"}, Strength: evidence.Review, Bodies: everybody,
				Police: []evidence.Citation{police},
				Incidents: []evidence.Incident{{ID: "T030", Time: at("2026-03-09 11:00:00"), Kind: evidence.Call,
					Reached: evidence.ReachedFamily, Shown: "复核用语句", Exhibits: []string{"E006"}}},
				Doubts: []evidence.Advice{evidence.Advise("当时对方能否联系上您本人",
					"")}, Citations: []evidence.Citation{standard("催收对象应当是债务人。")}},
		}},
		Seal: Seal{Root: strings.Repeat("0123456789abcdef", 4), SM3: strings.Repeat("fedcba9876543210", 4), Files: 12,
			Bytes: 123456,
			Head:  strings.Repeat("ab", 32), Count: 9, Format: 2, Lines: 13, Items: 12},
		Open: func(evidence.Exhibit) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil },
	}
}

// counted is as if the papers of these cases had been set.
func counted() Counted {
	return Counted{Pages: map[string]int{"E001": 5, "E002": 6, "E003": 7, "E004": 8, "E005": 9}, Book: 11, List: 1,
		Mandate: 1}
}

// harassed is a workmate who was told of somebody else's debt.
func harassed(licence evidence.Licence, lender string) Input {
	in := borrower(licence, lender)
	in.Case.Complainant.Kind = evidence.Contact
	in.Case.Complainant.Name = "李明"
	in.Case.Complainant.Phone = "13900001234"
	in.Case.Complainant.Address = ""
	in.Case.Loan = evidence.Loan{}
	in.Case.Requests, in.Case.Filings = nil, nil
	in.Case.Consent.Forward = evidence.No
	in.Case.Agency = evidence.Party{}
	in.Case.Numbers = in.Case.Numbers[:1]
	i := evidence.Incident{ID: "T001", Time: at("2026-03-02 10:15:00"), Kind: evidence.SMS, Direction: evidence.In,
		Number:  "106900001111",
		Reached: evidence.ReachedSelf, Disclosed: evidence.Yes, Source: "E004:3",
		Shown: "【示例借】李明您好，您的朋友王小雨借款已逾期，请转告其还款", Exhibits: []string{"E004"}}
	in.Findings = []evidence.Finding{
		{Rule: "V01", Title: evidence.Text{ZH: "向第三人透露欠款"}, Strength: evidence.Shown, Incidents: []evidence.Incident{i},
			Exhibits: []string{"E004"}, Bodies: everybody, Police: []evidence.Citation{police},
			Citations: in.Findings[0].Citations},
		in.Findings[1], // calls a day to the debtor: not a contact's claim
	}
	return in
}

func withAgent(in Input) Input {
	in.Case.Agent = evidence.Agent{Name: "王大海", IDNumber: "110105196503072336", Phone: "13700137000", Relation: "委托人之父",
		Address: "浙江省杭州市西湖区示例路1号"}
	return in
}

func to(t testing.TB, in Input, role evidence.Role) Input {
	t.Helper()
	d, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	in.Role = role
	switch role {
	case evidence.ToPlatform:
		in.Recipient = templates.Recipient{Slug: "platform", Kind: "platform", Name: "示例借平台客户服务部门"}
	case evidence.ToLender:
		in.Recipient = templates.Recipient{Slug: "lender", Kind: "lender", Name: in.Case.Lender.Name}
	case evidence.ToAssociation:
		in.Recipient, _ = d.Lookup("nifa")
	case evidence.ToRegulator, evidence.ToForward:
		code := "NFRA-L"
		if l := in.Case.Lender.Licence; l == evidence.SmallLoan || l == evidence.Guarantee {
			code = "LFB"
		}
		in.Recipient, _ = d.Competent(code, in.Case.Lender.Region)
	}
	if in.Recipient.Name == "" {
		t.Fatalf("no recipient for %s", role)
	}
	return in
}
