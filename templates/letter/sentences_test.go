package letter

import (
	"cmp"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
	"juzheng/templates/document"
)

// A walked is a paper whose every sentence has to go with a fact.
type walked struct {
	name string
	facts
	text func(facts) string
}

// The facts of a paper are what a letter is composed of.
type facts struct {
	In     Input
	At     Counted
	Follow Follow
}

// slow reports whether the tests are to run that take long, as .ci/run all asks for.
// On each push TestNoSentenceWithoutItsFact looks at the same sentences in fewer letters.
func slow() bool { return os.Getenv("JUZHENG_SLOW") == "1" }

// Each sentence of each letter rests on a fact: there is one without which it goes
// or reads otherwise. Those that no fact moves are the frame, each with its reason.
func TestEachSentenceGoesWithItsFact(t *testing.T) {
	if !slow() {
		t.Skip("composes some thousands of letters; set JUZHENG_SLOW=1")
	}
	walk(t, walkedPapers(t), frames)
}

// walk takes each fact away from each paper: a sentence that none moves is one of the
// frames.
func walk(t *testing.T, papers []walked, frames map[string][]string) {
	t.Helper()
	framed := func(s string) bool {
		for _, all := range frames {
			if slices.Contains(all, s) {
				return true
			}
		}
		return false
	}
	moved := map[string]bool{} // sentences that went with a fact, in any of the papers
	met := map[string]bool{}
	first := map[string]string{}
	for _, p := range papers {
		open := map[string]bool{}
		for _, s := range sentencesOf(p.text(p.facts)) {
			met[s] = true
			if !moved[s] && !framed(s) {
				open[s] = true
			}
		}
		for _, less := range p.lacking(t, p.text(p.facts)) {
			if len(open) == 0 {
				break
			}
			without := less()
			for s := range open {
				if !slices.Contains(without, s) {
					moved[s] = true
					delete(open, s)
				}
			}
		}
		for s := range open {
			if first[s] == "" {
				first[s] = p.name
			}
		}
	}
	for why, all := range frames {
		for _, s := range all {
			if !met[s] {
				t.Errorf("%s: no letter says %q", why, s)
			}
		}
	}
	for s, name := range first {
		if !moved[s] {
			t.Errorf("%s: no fact moves %q", name, s)
		}
	}
}

// lacking are the sentences of a paper without one fact: an act that two findings
// rest on goes from both; and without all findings of a kind.
func (p walked) lacking(t *testing.T, text string) (out []func() []string) {
	said := func(of string, take func(facts *facts)) func() []string {
		return func() []string {
			defer func() {
				if e := recover(); e != nil {
					t.Errorf("%s without %s: %v", p.name, of, e)
				}
			}()
			f := clone(reflect.ValueOf(p.facts)).Interface().(facts)
			take(&f)
			return sentencesOf(p.text(f))
		}
	}
	kinds := map[string]bool{}
	for _, f := range p.facts.In.Findings {
		if kinds[f.Rule] {
			continue
		}
		kinds[f.Rule] = true
		out = append(out, said(f.Rule, func(all *facts) {
			all.In.Findings = slices.DeleteFunc(all.In.Findings,
				func(o evidence.Finding) bool { return o.Rule == f.Rule })
		}))
	}
	ways := removals(reflect.ValueOf(p.facts), nil)
	late := func(way []step) int { // soonest found is what the paper prints, last what acts have besides
		v := leading(reflect.ValueOf(p.facts), way)
		switch {
		case v.Kind() == reflect.String && v.Len() > 5 && strings.Contains(text, v.String()):
			return 0
		case len(way) < 3 || way[2].name != "Findings":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(ways, func(a, b []step) int { return cmp.Compare(late(a), late(b)) })
	for _, way := range ways {
		out = append(out, said(pathOf(way), func(f *facts) {
			of := actOn(p.facts, way)
			take(reflect.ValueOf(f).Elem(), way)
			for n := range f.In.Findings {
				for m, i := range f.In.Findings[n].Incidents {
					if of != "" && i.ID == of && (n != way[3].n || m != way[5].n) {
						take(reflect.ValueOf(&f.In.Findings[n].Incidents[m]).Elem(), way[6:])
					}
				}
			}
		}))
	}
	return out
}

// actOn is the act whose field a way leads to: .In.Matter.Findings.0.Incidents.0.Shown.
func actOn(f facts, way []step) string {
	if len(way) < 7 || way[2].name != "Findings" || way[4].name != "Incidents" || way[6].name == "ID" {
		return ""
	}
	return f.In.Findings[way[3].n].Incidents[way[5].n].ID
}

var (
	labelOf   = regexp.MustCompile(`^\s*(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.|（\d+）|附件：\d\.)`)
	verdictOf = regexp.MustCompile(`。(涉嫌|如属|不符合|违反|请核查|请对照)`)
	moving    = regexp.MustCompile(`(依据|对照)[\d①-⑳、]+|共\d+项|另有\d+种|本节第\d+项(（\d+）)?|第\d+项`)
)

// sentencesOf parts a paper into sentences, without the numbers that move with other
// sentences.
func sentencesOf(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = verdictOf.ReplaceAllString(labelOf.ReplaceAllString(line, ""), "，$1") // belongs to its fact
		for _, s := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("。；｜", r) }) {
			s = moving.ReplaceAllString(strings.TrimSpace(labelOf.ReplaceAllString(s, "")), "#")
			if s = strings.Trim(s, "（）：”“"); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// A step leads to a field by its number, or to an element of a list.
type step struct {
	name string
	n    int
}

func pathOf(steps []step) string {
	var s string
	for _, x := range steps {
		s += "." + x.name
	}
	return s
}

// roads are what decides which letter it is, and no fact of it.
var roads = []string{"Role", "Slug", "Code", "Kind", "Channels", "Citations", "masks", "Open"}

// removals are the ways to all facts of a value that are there.
func removals(v reflect.Value, way []step) (out [][]step) {
	leaf := func() { // not what holds all facts of the case, or all findings
		if (len(way) > 3 || len(way) > 1 && v.Kind() != reflect.Struct) && !v.IsZero() &&
			pathOf(way) != ".In.Matter.Findings" {
			out = append(out, slices.Clone(way))
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		if _, ok := v.Interface().(time.Time); ok {
			leaf()
			return out
		}
		leaf()
		for n := range v.NumField() {
			f := v.Type().Field(n)
			if f.IsExported() && !slices.Contains(roads, f.Name) || f.Name == "Kind" &&
				v.Type() != reflect.TypeOf(Input{}.Recipient) {
				out = append(out, removals(v.Field(n), append(slices.Clip(way), step{f.Name, n}))...)
			}
		}
	case reflect.Slice:
		leaf()
		for n := range v.Len() {
			here := append(slices.Clip(way), step{fmt.Sprint(n), n})
			out = append(out, here)
			if n > 0 && len(way) > 0 && way[len(way)-1].name == "Incidents" {
				continue // what holds of the first act of a finding holds of the others
			}
			out = append(out, removals(v.Index(n), here)...)
		}
	case reflect.Func:
	default:
		leaf()
	}
	return out
}

// leading is what a way leads to.
func leading(v reflect.Value, way []step) reflect.Value {
	for _, s := range way {
		if v.Kind() == reflect.Slice {
			v = v.Index(s.n)
		} else {
			v = v.Field(s.n)
		}
	}
	return v
}

// take sets what a way leads to to nothing; an element goes out of its list.
func take(v reflect.Value, way []step) {
	for n, s := range way {
		if v.Kind() == reflect.Slice {
			if s.n >= v.Len() {
				return // what the same act has in another finding is less
			}
			if n == len(way)-1 {
				v.Set(reflect.AppendSlice(v.Slice(0, s.n), v.Slice(s.n+1, v.Len())))
				return
			}
			v = v.Index(s.n)
			continue
		}
		v = v.Field(s.n)
	}
	v.SetZero()
}

// clone copies a value with its lists and maps.
func clone(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Struct:
		for n := range v.NumField() {
			if out.Field(n).CanSet() {
				out.Field(n).Set(clone(v.Field(n)))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return out
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for n := range v.Len() {
			out.Index(n).Set(clone(v.Index(n)))
		}
	}
	return out
}

// frames are the sentences that stand in a paper whatever the case holds, by why
// they do.
var frames = map[string][]string{
	"what the paper is": {"举报书", "协商还款申请书", "关于提供账单和催收委托材料的申请书", "补充证据说明", "催办函", "关于答复不完整的函",
		"对答复的异议书", "消费投诉核查申请书", "关于对投诉答复有异议的举报书", "关于投诉逾期未获答复的举报书", "撤回申请书", "办结致谢函", "投诉书",
		"投诉书（请转办", "关于对投诉答复有异议的投诉书（请转办", "关于投诉逾期未获答复的投诉书（请转办"},
	"a heading": {"事实与理由", "投诉请求", "举报请求", "材料显示的事实", "申请事项", "请求事项", "申请提供的材料", "期次", "还款日期",
		"还款金额（元", "1", "申请核查的处理", "对答复有异议的地方（本人陈述", "答复没有回应的事项（本人陈述", "对处理结果有异议的地方（本人陈述"},
	"how a letter ends, and where it is signed": {"此致", "投诉人（签名、捺印", "举报人（签名、捺印", "申请人（签名、捺印"},
	"what is signed, as the complaint measures want it": {"声明：本举报为实名举报", "以上内容属实，所附材料由本人提供，未作改动",
		"声明：以上内容属实，所附材料由本人提供，未作改动",
		"如有不实，本人愿承担相应责任", "以上情况属实", "以上材料由本人提供，未作改动"},
	"no case holds a register's entry": {"被反映机构的名称、证照和联系方式由举报人提供，请以登记信息为准",
		"被反映机构的名称、证照和联系方式由投诉人提供，请以登记信息为准"},
	"what is asked if it holds": {"委托他人催收的，一并通知其停止", "不属实的，书面更正", "经查所称不实的，适用#",
		"属于监管部门或其他机关职责的，转送有权处理的机关", "属于监管部门或者其他机关职责的，转送有权处理的机关"},
	"a complaint asks for it, or is none": {"以上各项请书面答复", "请求：转交被投诉人处理", "请求：对下列行为调查核实（#", "请求：核实下列线索，依职责处理（#",
		"以下各项是对被投诉人的请求",
		"告知处理情况或查询方式",
		"告知处理情况或者查询方式", "核实下列线索，依职责处理", "核实附件1反映的线索，依职责处理", "告知本人是否受理、转送的日期"},
	"a report asks for it, or is none": {"对下列行为调查核实", "查证属实的，依法责令改正并作出处理", "书面告知是否受理、是否查实",
		"对附件1反映的行为调查核实", "核查上述投诉是否依法得到处理、答复", "没有依法处理的，责令改正", "告知本人是否受理、是否查实"},
	"the person chose that letter, and it asks for this": {"书面答复本申请", "不同意的，说明理由和可以办理的其他方案",
		"提供本笔借款的账单明细，列明本金、利息、罚息和各项费用", "提交本申请不表示双方已经达成协议",
		"达成一致后订立书面协议，写明各期日期、金额，以及是否继续计收罚息、如何报送征信",
		"债权已经转让的，受让人的名称和转让通知", "截至答复之日的账单明细：本金、已还款项、未还本金、利息、罚息和各项费用，以及计算方法",
		"还款账户的户名、账号，以及户名与放款机构的关系", "本人个人信息提供给了哪些机构、提供的内容和目的",
		"请书面答复，寄送到上列通信地址或者发送到上列联系方式", "提交本申请不表示认可对方主张的金额，也不影响本人归还应还的款项",
		"书面告知上述事项是否受理", "不予受理、不属于贵单位职责的，说明理由", "已经受理的，告知办理进度和办结时间", "书面答复办理结果", "告知处理进度和经办部门", "依法延长处理期限的，告知延长的期限和理由",
		"提供答复所依据的材料（通话录音、通话记录、委托催收的材料等",
		"对上列异议逐项核查", "书面答复核查结果", "维持原答复的，说明理由和依据", "书面告知核查决定和理由",
		"由处理该投诉的机构的上级机构，依照《银行业保险业消费投诉处理管理办法》关于核查的规定，对该投诉的处理进行核查",
		"现申请撤回", "本申请由本人自愿提出，不表示认可对方主张的金额，也不放弃本人依法享有的其他权利",
		"所反映的事项已经得到解决，不再请求处理，特此致谢"},
	"the rules such a request rests on": {"《中华人民共和国消费者权益保护法》第八条、第二十条、第二十一条：消费者有权知悉经营者的真实名称、收费和联系方式",
		"《中华人民共和国民法典》第五百四十六条：债权转让没有通知债务人的，对债务人不发生效力",
		"《中华人民共和国个人信息保护法》第四十五条：个人有权查阅、复制其个人信息"},
}

// walkedPapers are letters of every kind of person, lender and recipient, of every
// kind of act, and those that follow or need no breach.
func walkedPapers(t *testing.T) []walked {
	var out []walked
	add := func(name string, in Input, text func(facts) string) {
		out = append(out, walked{name, facts{In: in, At: counted()}, text})
	}
	compose := func(f facts) string { return document.Text(Compose(f.In, f.At)) }
	for m, p := range people {
		for n, r := range roles {
			if m > 0 && n != m%len(roles) {
				continue // each person in one role, the borrower in all
			}
			l := lenders[(n+m)%len(lenders)] // against another kind of lender each time, the borrower against all
			if l.lender == "" || l.name == "card" && r == evidence.ToPlatform {
				l = lenders[0]
			}
			in := p.make(l.licence, l.lender)
			if l.edit != nil {
				l.edit(&in.Case)
			}
			add(p.name+"-"+l.name+"-"+string(r), to(t, in, r), compose)
		}
	}
	for _, g := range kindGroups {
		for _, role := range g.roles[:1] {
			in := borrower(evidence.Bank, "示例银行股份有限公司")
			if g.edit != nil {
				g.edit(&in.Case)
			}
			in.Findings = nil
			for _, x := range g.told {
				in.Findings = append(in.Findings, x.finding(t))
			}
			add("kinds-"+g.name+"-"+string(role), to(t, in, role), compose)
		}
	}
	in := withAgent(borrower(evidence.ConsumerFinance, "示例消费金融有限公司"))
	in.Findings = nil // these papers tell of no acts
	in.Case.Deferral = evidence.Deferral{Reason: "今年六月起停工，收入只够基本生活", Reduce: evidence.Yes,
		Plan: []string{"2026-05-01 300", "2026-06-01 300.50"}}
	in.Case.Credit = evidence.Credit{Bureau: "credit-pbccrc", Report: "2026-03-20", Entry: "该账户当前逾期期数3，逾期总额3000元",
		Wrong: "2026年3月15日已经还清，见还款凭证"}
	in.Case.Loan.Schedule = []string{"2026-02-10 800", "2026-03-10 800", "2026-04-10 800"}
	in.Case.Loan.Repaid = []string{"2026-02-20 400"}
	orNothing := func(d document.Document, err error) string {
		if err != nil { // without that fact there is no such letter
			return ""
		}
		return document.Text(d)
	}
	for _, a := range Applications() {
		for _, role := range a.To {
			given := in
			given.Role, given.Recipient = role, templates.Recipient{Slug: "credit-pbccrc", Name: "中国人民银行征信中心"}
			if role != evidence.ToBureau {
				given = to(t, in, role)
			}
			add(a.Name+"-"+string(role), given, func(f facts) string { return orNothing(a.Compose(f.In)) })
		}
	}
	supplement, err := Supplement(to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform), "E003")
	if err != nil {
		t.Fatal(err)
	}
	add("supplement", supplement, func(f facts) string { return document.Text(SupplementNote(f.In, f.At)) })
	for _, l := range NextLetters() {
		for _, role := range l.To {
			if !slices.Contains(roles, role) {
				continue // a paper of a road beside complaints
			}
			in, f := followedUp(t, l, role)
			out = append(out, walked{l.Name + "-" + string(role), facts{In: in, Follow: f},
				func(f facts) string { return document.Text(l.Compose(f.In, f.Follow)) }})
		}
	}
	add("mandate", to(t, in, evidence.ToRegulator), func(f facts) string { return orNothing(Mandate(f.In)) })
	return out
}

// followedUp is a complaint to the lender that was answered, but for letters that
// say it was not, with a recheck where the letter goes beyond the lender.
func followedUp(t *testing.T, l NextLetter, role evidence.Role) (Input, Follow) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
	f := Follow{Filing: evidence.Filing{To: "lender", Date: "2026-03-02", Receipt: "GD7", Exhibit: "E001",
		Accepted: "2026-03-04"}, Paper: "《投诉书》", Code: "0123456789abcdef0123", Exhibits: []string{"E001"}}
	if n := l.Name; n != evidence.Reminder && n != UnansweredName && n != evidence.Withdrawal {
		f.Filing.Answered, f.Filing.Answer, f.Filing.Reply = "2026-03-20", "已要求催收人员规范作业", "E002"
		f.Filing.Outcome, f.Filing.Points = evidence.Unsatisfied, "没有提供3月1日的通话录音"
		f.Exhibits = append(f.Exhibits, "E002")
	}
	if l.Name == EscalateName {
		f.Recheck = evidence.Filing{To: "lender", Date: "2026-03-21", Letter: evidence.Recheck, Receipt: "HC2",
			Answered: "2026-03-27", Answer: "维持原处理意见", Outcome: evidence.Unsatisfied, Points: "没有说明维持的理由"}
	}
	in.Findings = nil
	lender := to(t, in, evidence.ToLender)
	road := track.RoadTo(evidence.ToLender, lender.Recipient)
	if role == evidence.ToForward { // whom it is passed on to is not who was complained to
		f.Filing.To, f.Recheck.To = "platform", "platform"
		road = track.RoadTo(evidence.ToPlatform, to(t, in, evidence.ToPlatform).Recipient)
	}
	in.Case.Filings = []evidence.Filing{f.Filing}
	f.Lane = track.Lanes(in.Case, []track.Road{road}, in.Date)[0]
	return in, f
}
