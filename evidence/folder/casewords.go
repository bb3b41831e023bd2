package folder

import (
	"slices"
	"strings"
)

// A keyWord pairs a table or key of case.toml with the Chinese words that people write
// for it: what stands in the notes of the file, and in letters.
type keyWord struct {
	key   string
	words []string
}

// tableWords are the words for the tables.
var tableWords = []keyWord{
	{"complainant", []string{"投诉人", "本人", "投诉人信息"}},
	{"agent", []string{"代理人", "委托代理人"}},
	{"platform", []string{"平台", "贷款平台"}},
	{"lender", []string{"放款机构", "贷款人", "出借人", "放款方"}},
	{"agency", []string{"催收公司", "催收机构", "催收方"}},
	{"assignee", []string{"受让债权的公司", "受让方", "受让人", "债权受让方"}},
	{"payee", []string{"收费公司", "收费方", "收款方", "收款公司"}},
	{"loan", []string{"借款", "贷款", "这笔借款"}},
	{"deferral", []string{"延期", "延期还款", "延期或分期", "延期或者分期还款"}},
	{"credit", []string{"征信", "征信报告"}},
	{"organisation", []string{"协助机构", "机构"}},
	{"consent", []string{"意愿", "您的意愿", "同意"}},
	{"numbers", []string{"号码", "电话号码", "谁的号码"}},
	{"filings", []string{"投诉", "以前的投诉", "以前投诉过的", "投诉记录"}},
}

// partyWords are those of the keys of every firm.
var partyWords = []keyWord{
	{"name", []string{"名称", "全称", "公司名称", "公司全称", "机构名称"}},
	{"brand", []string{"品牌", "品牌名", "App 名称"}},
	{"licence", []string{"类型", "机构类型", "牌照"}},
	{"region", []string{"注册地", "地区", "所在地", "省份"}},
	{"credit_code", []string{"统一社会信用代码", "信用代码"}},
	{"address", []string{"地址", "住所"}},
	{"phone", []string{"电话", "客服电话", "联系电话"}},
}

// leafWords are the words for the keys of each table; of none, those before all tables.
// A word that could be meant for two keys of its table stands for none.
var leafWords = map[string][]keyWord{
	"": {
		{"id", []string{"材料编号"}}, {"created", []string{"创建时间"}},
		{"statement", []string{"本人陈述", "陈述", "您自己的话"}}, {"requests", []string{"请求", "诉求", "另外的请求"}},
	},
	"complainant": {
		{"kind", []string{"身份", "您是谁"}}, {"name", []string{"姓名", "名字"}},
		{"id_number", []string{"身份证号", "身份证号码", "身份证"}}, {"phone", []string{"手机号", "手机", "手机号码", "电话", "联系电话", "电话号码"}},
		{"address", []string{"地址", "通信地址", "通讯地址", "联系地址", "住址"}},
		{"email", []string{"邮箱", "电子邮箱", "电子邮件"}}, {"region", []string{"居住地", "地区", "省份", "所在地"}},
		{"of", []string{"借款人", "借款人姓名", "借款人的姓名"}}, {"relation", []string{"关系", "与借款人的关系"}},
		{"income", []string{"每月收入", "月收入"}},
	},
	"agent": {
		{"name", []string{"姓名", "名字"}}, {"id_number", []string{"身份证号", "身份证号码", "身份证"}},
		{"phone", []string{"手机号", "手机", "手机号码", "电话", "联系电话", "电话号码"}},
		{"address", []string{"地址", "通信地址", "通讯地址", "联系地址", "住址"}}, {"relation", []string{"关系", "与本人的关系"}},
	},
	"platform": partyWords, "lender": partyWords, "agency": partyWords, "assignee": partyWords, "payee": partyWords,
	"loan": {
		{"kind", []string{"借款种类", "种类", "类型"}}, {"contract", []string{"合同编号", "合同号"}},
		{"date", []string{"借款日期", "借款日"}}, {"principal", []string{"本金", "合同本金", "借款本金", "借款金额"}},
		{"received", []string{"实际到账", "到账金额", "实际到账金额"}}, {"annual_rate", []string{"年利率", "合同年利率"}},
		{"due", []string{"到期日", "到期日期", "第一笔没还上的到期日"}}, {"overdue", []string{"逾期金额"}},
		{"monthly", []string{"每月应还", "月供", "每月还款"}},
		{"settled", []string{"结清日期", "结清日"}}, {"born", []string{"出生日期", "借款人的出生日期"}},
		{"schedule", []string{"还款计划", "合同的还款计划"}}, {"fees", []string{"费用", "另外收取的费用"}},
		{"repaid", []string{"已还", "已经还的", "还款记录"}}, {"shown_cost", []string{"年化综合融资成本", "综合融资成本"}},
		{"lpr", []string{"一年期LPR", "一年期 LPR"}}, {"exhibits", []string{"证据", "证据编号"}},
	},
	"deferral": {
		{"reason", []string{"困难", "目前的困难", "原因", "理由"}}, {"plan", []string{"计划", "还款计划"}},
		{"reduce", []string{"减免", "请求减免"}},
	},
	"credit": {
		{"bureau", []string{"征信机构", "报告是谁出的"}}, {"report", []string{"报告日期"}},
		{"entry", []string{"记载", "报告内容", "报告上怎么写的"}}, {"wrong", []string{"错误", "哪里不对"}},
	},
	"organisation": {
		{"name", []string{"名称", "机构名称"}}, {"address", []string{"地址"}}, {"phone", []string{"电话", "联系电话"}},
		{"signatory", []string{"经办人"}}, {"review", []string{"复核"}},
	},
	"consent": {
		{"forward", []string{"转办", "同意转办", "同意转给被投诉方"}}, {"night", []string{"夜间联系", "同意夜间联系"}},
		{"loan", []string{"借款", "同意借款"}}, {"confidential", []string{"保密", "身份保密", "请求保密"}},
	},
	"numbers": {
		{"number", []string{"号码", "电话", "电话号码", "手机号"}}, {"account", []string{"账号", "帐号", "聊天账号", "昵称"}},
		{"side", []string{"是谁的", "谁的", "归属"}}, {"name", []string{"姓名", "名字", "名称"}}, {"print", []string{"写全"}},
		{"for", []string{"替谁催", "替哪一家"}},
	},
	"filings": {
		{"to", []string{"对象", "投诉对象", "向谁投诉", "向谁"}}, {"date", []string{"日期", "提交日期", "投诉日期"}},
		{"receipt", []string{"回执", "回执号", "工单号", "受理编号"}}, {"answered", []string{"答复日期"}},
		{"answer", []string{"答复", "答复内容"}}, {"exhibit", []string{"证据", "证据编号"}},
		{"papers", []string{"材料"}}, {"letter", []string{"后续材料"}}, {"accepted", []string{"受理日期"}},
		{"outcome", []string{"结果"}}, {"points", []string{"不满意的地方"}}, {"reply", []string{"答复的证据"}},
		{"withdrawn", []string{"撤回日期"}}, {"closed", []string{"办结日期"}},
	},
}

// keyCalled is the key that a word of a list stands for, or is; empty: none.
func keyCalled(all []keyWord, word string) string {
	plain := strings.Join(strings.Fields(strings.ToLower(word)), "")
	for _, k := range all {
		if plain == k.key || slices.ContainsFunc(k.words, func(w string) bool {
			return plain == strings.ToLower(strings.ReplaceAll(w, " ", ""))
		}) {
			return k.key
		}
	}
	return ""
}
