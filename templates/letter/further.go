package letter

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/evidence/road"
)

// partyNames are what a paper beside the road of a complaint calls who writes and
// about whom, where these are no 投诉 or 举报.
var partyNames = map[evidence.Role][2]string{
	evidence.ToPolice:     {"报案人", "被反映人"},
	evidence.To12345:      {"反映人", "被反映人"},
	evidence.ToMediation:  {"申请人", "被申请人"},
	evidence.ToInjunction: {"申请人", "被申请人"},
	evidence.ToCourt:      {"原告", "被告"},
}

// localLender says of whom a local bureau supervises that it does, and of whom nobody
// licensed that this is to be looked into: such a company is no 地方金融组织.
func (in Input) localLender() string {
	l := in.Case.Lender.Licence
	switch {
	case l == evidence.NoLicence:
		return "；" + in.lenderPart() + "未见放贷牌照，是否可以放贷请地方金融管理部门核查"
	case l == evidence.Guarantee:
		return "：融资担保公司属于地方金融组织，由其注册地的地方金融管理部门管理"
	case l.Supervisor() == evidence.LocalBureau:
		return "：放款机构属于地方金融组织，由其注册地的地方金融管理部门管理"
	}
	return ""
}

// furtherRequests are what a body beside the road of a complaint is asked: what it
// can grant and nothing else, as package road has it.
func (in Input) furtherRequests() []string {
	switch in.Role {
	case evidence.ToCentralBank:
		return []string{"核查被投诉人报送、处理本人征信信息的情况。", "查实有错误、遗漏，或者没有依法告知的，责令改正。", "书面答复处理结果。"}
	case evidence.To12345:
		return []string{"请转有权处理的部门办理下列事项" + in.localLender() + "。", "告知转办的单位和办理结果。"}
	case evidence.To12315:
		return []string{"就下列收费" + in.feesInAll() + "组织调解：请对方说明收费的依据和内容，没有依据、没有提供的退还。", "核查收费前是否如实告知收费的内容和金额。",
			"告知是否受理和处理结果。"}
	case evidence.To12321:
		return []string{"核查下列" + in.cameAs() + "，依规定处置。", "告知处理情况。"}
	case evidence.To12377:
		what := "处理个人信息"
		if slices.ContainsFunc(in.events(), func(i evidence.Incident) bool { return i.Kind == evidence.Post }) {
			what = "公开个人信息"
		}
		return []string{"核查下列" + what + "的行为，依法处理。", "告知是否受理和处理情况。"}
	case evidence.ToJustice:
		return []string{"核查对方自称的" + in.posedAs() + "是否属实，依法处理。", "告知核查结果。"}
	case evidence.ToPolice:
		return in.policeRequests()
	}
	return in.suitRequests()
}

// feesInAll is how much the fees of a letter are in all.
func (in Input) feesInAll() string {
	var sum evidence.Fen
	for _, f := range costs(in.asserted()) {
		sum += f.Cost.Excess
	}
	if sum <= 0 {
		return ""
	}
	return "（合计" + sum.String() + "元）"
}

// cameAs is in which ways the acts of a letter came, and of which numbers as far as
// these were shown.
func (in Input) cameAs() string {
	var out []string
	number := false
	for _, i := range in.events() {
		if w := strings.TrimSuffix(kindWord(i), "（未接）"); !slices.Contains(out, w) {
			out = append(out, w)
		}
		number = number || in.callerOf(i) != ""
	}
	s := strings.Join(out, "、")
	if number {
		s += "的号码"
	}
	return s
}

// posedAs is as what somebody posed of whom a letter to the justice bureau tells.
func (in Input) posedAs() string {
	var out []string
	for _, f := range in.asserted() {
		s := "律师、律师事务所"
		if f.Rule == bodysName {
			s = bodiesIn(f.Incidents)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "、")
}

// furtherNotes are what the person has to know of such a paper.
func (in Input) furtherNotes() []string {
	switch in.Role {
	case evidence.ToPolice:
		out := []string{"带上身份证和手机原机，到您住的地方、事情发生的地方的派出所；有危险先打 110。",
			"交了要受案回执；不予立案、不予处罚的，要书面的通知，上面写有怎样申请复议。"}
		if _, term, ok := strings.Cut(in.reportToPolice(), "。"); ok {
			out = append(out, term)
		}
		return out
	case evidence.To12345, evidence.To12315, evidence.To12321, evidence.To12377:
		out := []string{"网上填的，照“网页表单.txt”逐栏复制；打电话的，照里面200字以内的那一段念。网页上限多少字没有查到：先贴完整的，放不下再用短的。"}
		switch in.Role {
		case evidence.To12315:
			out = append(out, in.namedByHand("收信的市场监督管理部门", "12315")...)
		case evidence.To12345:
			out = append(out, in.namedByHand("收信单位", "12345")...)
		}
		return out
	case evidence.ToCentralBank:
		return append([]string{"先向报送的机构或者征信机构提过异议的，把异议申请和答复一起交。"},
			in.namedByHand("您所在地的分支机构", "12363")...)
	case evidence.ToJustice:
		return in.namedByHand("您所在地的司法局", "12348")
	case evidence.ToMediation:
		return []string{"收申请的是哪一家，先打 12378 或者 12348 问清楚，填在信末的横线上。"}
	case evidence.ToCourt, evidence.ToInjunction:
		out := []string{"这是草稿，每页都印着“草稿 请律师核对”：没有请律师或者 12348 看过的，不要交。",
			"向哪一家法院交，一般是被告住所地或者侵权行为地（包括您收到电话、短信的地方）的基层法院，请律师核对后填在信末的横线上。",
			"按被告人数准备副本；被告是公司的，附“国家企业信用信息公示系统”查到的登记信息。"}
		if in.Role == evidence.ToCourt {
			return append(out, "要不要请求精神损害赔偿，看损害是不是严重、有没有就医等材料，请律师判断；程序没有写金额。")
		}
		out = append(out, "信里“不及时制止的后果”由您手写：只写真实的，例如还在打、还会打给谁、已经造成什么影响。")
		if last := in.lastAct(); !last.IsZero() && in.Date.Sub(last) > 30*24*time.Hour {
			out = append(out, "材料里最近的一次在"+day(last)+"，到今天已经超过三十日：对方已经停了的，法院一般不会给，改为起诉。")
		}
		return out
	}
	return nil
}

// namedByHand says what to write on the line at the end of a paper, and where to ask.
func (in Input) namedByHand(who, line string) []string {
	if in.Addressee() == in.Recipient.Name {
		return nil
	}
	return []string{"寄信或者当面交的，信末横线上写" + who + "的全称，不清楚的先打 " + line + " 问。"}
}

// lastAct is when the last of the acts was.
func (in Input) lastAct() time.Time {
	var last time.Time
	for _, i := range in.events() {
		if i.Time.At.After(last) {
			last = i.Time.At
		}
	}
	return last
}

// lineForm is a web form of a hotline whose fields and limits nobody has read: the
// usual ones, with the matter in full and in two shorter forms.
func (in Input) lineForm(text string) []FormField {
	x, ok := road.Of(in.Role)
	if !ok || !strings.HasPrefix(x.Slug, "line-") {
		return nil
	}
	var out []FormField
	for _, label := range usualFields {
		out = append(out, FormField{Label: label, Text: in.formValue(label)})
	}
	whole := matterOf(text)
	out = append(out, FormField{Label: "内容（完整；字数上限没有查到）", Text: whole})
	s, short := Brief(in, whole, 500)
	out = append(out, FormField{Label: "内容（500字以内）", Text: s, Short: short})
	return append(out, FormField{Label: "内容（200字以内，打电话时照着念）", Text: in.readAloud(whole, 200), Short: true})
}

// readAloud is what to say to a hotline, in few enough characters: who calls and about what
// first, for whoever listens has no paper. What there is no room for is left out from the
// end but one; the last asks for the number under which it is kept.
func (in Input) readAloud(whole string, limit int) string {
	acts := in.spokenActs()
	if acts == "" {
		s, _ := Brief(in, whole, limit)
		return s
	}
	said := []string{"您好，" + in.caller(), "我要反映" + in.matter() + "。", acts + "。", in.materials()}
	const last = "请登记，转给能处理的部门，并告诉我登记编号。"
	for n := len(said); n > 2; n-- {
		if s := strings.Join(said[:n], "") + last; utf8.RuneCountInString(s) <= limit {
			return s
		}
	}
	s, _ := Brief(in, whole, limit)
	return s
}
