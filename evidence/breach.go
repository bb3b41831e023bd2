package evidence

import (
	"slices"
	"strings"
)

// A Breach is an assertion by the person that an incident was of a certain
// kind: a rule id of package rule (V01 … V23), or a part of one (V06a), where
// different provisions speak of the parts.
type Breach string

// Rule is the kind a part belongs to: V06 of V06a, and of V06 itself.
func (b Breach) Rule() string { return strings.TrimRight(string(b), "abcdefgh") }

// Part is the letter of a part, or nothing.
func (b Breach) Part() string { return strings.TrimPrefix(string(b), b.Rule()) }

// Title is the name of the kind or part, and empty for neither.
func (b Breach) Title() Text {
	for _, k := range Breaches {
		if k.ID == b {
			return k.Title
		}
	}
	return Text{}
}

// A BreachKind is one kind of violation, or a part of one, and what a person
// may write for it besides its id and its Chinese title.
type BreachKind struct {
	ID    Breach
	Title Text
	Words []string
}

// Breaches are the kinds a person can assert, each followed by its parts. A
// part is named where the kind alone does not say which provision speaks of
// the act.
var Breaches = []BreachKind{
	{"V01", Text{"向第三人透露欠款", "the debt was disclosed to a third person"}, []string{"爆通讯录", "披露债务", "透露欠款", "disclosure"}},
	{"V01a", Text{"透露银行账户等账户信息", "account data was disclosed"}, []string{"泄露账户信息", "account-data"}},
	{"V02", Text{"向与债务无关的第三人催收", "an unrelated third person was contacted"}, []string{"联系无关第三人", "third-person"}},
	{"V03", Text{"被联系人明确拒绝后仍继续联系", "a contact was reached again after refusing"}, []string{"拒绝后继续联系", "after-refusal"}},
	{"V03a", Text{"被联系人表示拒绝的那一次", "the contact's refusal itself"}, []string{"表示拒绝", "拒绝的那次", "refusal"}},
	{"V04", Text{"一日内催收来电过多", "too many collection calls in a day"}, []string{"每日过多", "频繁来电", "too-many"}},
	{"V05", Text{"22:00至次日8:00之间催收", "collection between 22:00 and 08:00"}, []string{"夜间", "夜间催收", "night"}},
	{"V06", Text{"威胁、辱骂、恐吓", "threats, insults, intimidation"}, []string{"威胁辱骂", "威胁", "恐吓", "threat"}},
	{"V06a", Text{"威胁人身安全", "a threat to somebody's safety"}, []string{"威胁人身", "威胁生命", "死亡威胁", "safety-threat"}},
	{"V06b", Text{"辱骂、侮辱", "insults"}, []string{"辱骂", "侮辱", "insult"}},
	{"V07", Text{"冒充公安、法院等国家机关工作人员", "impersonation of police, court or another state organ"}, []string{"冒充公检法", "冒充警察", "冒充法院", "冒充政府", "impersonation"}},
	{"V08", Text{"冒充律师或者放款机构", "impersonation of a lawyer or of the lender"}, []string{"冒用名义", "false-name"}},
	{"V08a", Text{"冒充律师", "impersonation of a lawyer"}, []string{"假律师", "冒充律所", "lawyer"}},
	{"V08b", Text{"冒充放款机构人员", "impersonation of the lender's staff"}, []string{"冒充银行", "冒充放款机构", "冒充平台", "lender-name"}},
	{"V09", Text{"使用伪造的法律文书、印章", "forged legal documents or seals"}, []string{"伪造文书", "假传票", "假公文", "假公章", "forged"}},
	{"V10", Text{"短信、电话轰炸或者群发", "bombing by SMS and calls, or mass posting"}, []string{"轰炸", "呼死你", "群发", "短信轰炸", "bombing"}},
	{"V10a", Text{"在公共场所张贴催收公告、律师函", "notices or lawyer letters posted in public places"}, []string{"张贴公告", "张贴催收公告", "posted-notice"}},
	{"V11", Text{"上门催收越界", "a visit that went too far"}, []string{"上门骚扰", "visit"}},
	{"V11a", Text{"未经同意进入住宅，或者在住宅内拍摄", "entering or filming a home without consent"}, []string{"闯入住宅", "进入住宅", "entry"}},
	{"V11b", Text{"未经同意进入办公等场所催收", "collecting inside a workplace without consent"}, []string{"进入单位", "进入办公场所", "workplace-entry"}},
	{"V11c", Text{"只有一人上门", "a visit by one person alone"}, []string{"单人上门", "lone-visit"}},
	{"V12", Text{"多收利息、费用", "more was demanded than is owed"}, []string{"多收息费", "overcharge"}},
	{"V12a", Text{"预先扣除利息", "interest deducted in advance"}, []string{"砍头息", "预扣利息", "pre-deducted"}},
	{"V12b", Text{"多算欠款金额", "the sum owed was inflated"}, []string{"多算金额", "夸大债务", "inflated"}},
	{"V13", Text{"不表明身份、不说明委托关系", "refusing to say who they are or for whom they act"}, []string{"不表明身份", "no-identity"}},
	{"V13a", Text{"债权转让没有通知", "an assignment was not notified"}, []string{"转让未通知", "债权转让未通知", "assignment"}},
	{"V13b", Text{"不提供欠款明细", "no statement of what is owed"}, []string{"不给账单", "不提供账单", "no-statement"}},
	{"V14", Text{"过度收集通讯录等个人信息", "address book, call log or photos collected beyond need"}, []string{"过度收集信息", "读取通讯录", "over-collection"}},
	{"V14a", Text{"不授权就不能借款、不能使用", "service refused unless consent was given"}, []string{"强制授权", "forced-consent"}},
	{"V15", Text{"把个人信息交给外包催收", "personal data given to an outside collector"}, []string{"泄露给外包", "交给外包", "outsourced"}},
	{"V15a", Text{"泄露、买卖个人信息", "personal data leaked or sold"}, []string{"泄露个人信息", "买卖个人信息", "leak"}},
	{"V15b", Text{"未经同意把个人信息提供给其他机构", "personal data given to another institution without consent"}, []string{"擅自提供信息", "unconsented-sharing"}},
	{"V15c", Text{"信用信息挪作他用", "credit data used beyond what was agreed"}, []string{"信用信息挪用", "credit-data"}},
	{"V16", Text{"征信报送不当", "credit reporting that is wrong"}, []string{"征信误报", "征信有误", "credit-report"}},
	{"V16a", Text{"没有事先告知就向征信机构报送不良信息", "bad data was reported without telling beforehand"}, []string{"征信未告知", "no-notice"}},
	{"V16b", Text{"未经同意采集、报送信用信息", "credit data collected or reported without consent"}, []string{"征信未授权", "unconsented-report"}},
	{"V16c", Text{"征信不良信息超过五年没有删除", "bad data kept beyond five years"}, []string{"征信超期", "five-years"}},
	{"V16d", Text{"提出征信异议后没有处理", "an objection was not dealt with"}, []string{"征信异议不理", "objection-ignored"}},
	{"V17", Text{"诱导、逼迫借新还旧", "inducing or forcing new borrowing"}, []string{"诱导借新还旧", "逼借", "借新还旧", "new-loan"}},
	{"V18", Text{"不提供录音、记录", "recordings or records withheld"}, []string{"不提供录音", "no-record"}},
	{"V18a", Text{"未经同意用私人手机、社交账号联系", "contact by private phone or social account without consent"}, []string{"私人号码", "私人手机", "私人微信", "private-phone"}},
	{"V18b", Text{"催收没有录音或者记录不全", "no recording was kept, or records are incomplete"}, []string{"没有录音", "记录不全", "incomplete-record"}},
	{"V19", Text{"编造或夸大不还款的法律后果", "false statements of consequence"}, []string{"虚假后果", "夸大后果", "false-consequence"}},
	{"V20", Text{"催收的对象或者债务有误", "the wrong person, or a debt that is settled"}, []string{"催收有误", "wrong-debt"}},
	{"V20a", Text{"被催收的人不是债务人", "the person dunned does not owe it"}, []string{"非债务人", "wrong-person"}},
	{"V20b", Text{"债务结清后仍然催收", "collecting a debt that is settled"}, []string{"已结清", "settled"}},
	{"V21", Text{"暴力催收", "violence"}, []string{"暴力", "violence"}},
	{"V21a", Text{"限制人身自由", "detention"}, []string{"非法拘禁", "不让离开", "detention"}},
	{"V21b", Text{"殴打、伤害", "beating or injury"}, []string{"殴打", "打人", "beating"}},
	{"V21c", Text{"强占、拿走财物", "seizing property"}, []string{"抢走财物", "拿走财物", "seizure"}},
	{"V22", Text{"收款账户、收费不当", "an improper account or fee"}, []string{"私人账户收款", "private-account"}},
	{"V22b", Text{"以催收名义另行收费", "a fee charged in the name of collection"}, []string{"催收费", "额外收费", "collection-fee"}},
	{"V23", Text{"投诉没有得到处理", "a complaint was ignored"}, []string{"投诉不理", "ignored"}},
	{"V23a", Text{"处理投诉时重复索要已有的材料", "material was asked for that they already hold"}, []string{"重复索要材料", "material-again"}},
	{"V23b", Text{"不答复个人信息方面的请求", "a request about personal data was not answered"}, []string{"个人信息请求不理", "data-request-ignored"}},
}

// ParseBreach reads one word of the column of asserted kinds: an id in either
// case, a title, or another word of the kind.
func ParseBreach(s string) (Breach, bool) {
	for _, k := range Breaches {
		if strings.EqualFold(s, string(k.ID)) || s == k.Title.ZH || slices.Contains(k.Words, strings.ToLower(s)) {
			return k.ID, true
		}
	}
	return "", false
}
