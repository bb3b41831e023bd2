package folder

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"text/template"
	"time"

	"juzheng/evidence"
)

// CaseFile is the file in a case folder that holds the [evidence.Case].
const CaseFile = evidence.CaseFile

// ParseCase reads a case from TOML. Name is the file's name for messages. The
// error is a [LineErrors] of all mistakes: a key that does not exist is one.
// What people write by hand and can only mean one thing is read as that.
func ParseCase(name string, data []byte) (evidence.Case, error) {
	data, err := plainCase(name, data)
	if err != nil {
		return evidence.Case{}, err
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	c, err := decodeCase(data)
	if err != nil {
		return evidence.Case{}, tomlErrors(name, data, err)
	}
	settle(&c)
	if bad := checkCase(name, data, c); len(bad) > 0 {
		return evidence.Case{}, bad
	}
	for i := range c.Numbers {
		if c.Numbers[i].Side == "" {
			c.Numbers[i].Side = evidence.CollectorSide
		}
	}
	return c, nil
}

// ParseOrganisation reads a file that holds the [organisation] of case.toml and nothing
// else; a file without any heading is read as though it began with that one. The error
// is a [LineErrors].
func ParseOrganisation(name string, data []byte) (evidence.Organisation, error) {
	added := 0
	if s, err := caseChars(name, data); err == nil && !headed(s) {
		data, added = []byte("[organisation]\n"+s), 1
	}
	c, err := ParseCase(name, data)
	var bad LineErrors
	if errors.As(err, &bad) {
		for n := range bad {
			bad[n].Line = max(0, bad[n].Line-added)
		}
	}
	if err != nil {
		return evidence.Organisation{}, err
	}
	o := c.Organisation
	if c.Organisation = (evidence.Organisation{}); o.Name == "" || !reflect.DeepEqual(c, blankCase()) {
		return o, LineErrors{{File: name, Line: max(1, lineOfKey(data, "organisation.name", 0)-added), Column: "organisation",
			Found:  evidence.Text{ZH: "没有机构名称，或者还有别的内容", EN: "no name of an organisation, or something else too"},
			Wanted: evidence.Text{ZH: "只有 [organisation]，name 必填", EN: "[organisation] alone, with a name"}}}
	}
	return o, nil
}

// headed reports that a line of a case.toml begins a table, in brackets of any width.
func headed(s string) bool {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "[") || strings.HasPrefix(line, "【") ||
			strings.HasPrefix(line, "［") {
			return true
		}
	}
	return false
}

// blankCase is what a file without any case reads as.
func blankCase() evidence.Case {
	c, _ := ParseCase(CaseFile, nil) // nothing in it can be wrong
	return c
}

// LineOf is the line of the case's case.toml on which a dotted key is set, in
// the nth table of its name, from 0; 0 if it cannot be told.
func (f *Folder) LineOf(key string, nth int) int {
	data, err := f.caseFile()
	if err != nil {
		return 0
	}
	if data, err = plainCase(CaseFile, data); err != nil {
		return 0
	}
	return lineOfKey(data, key, nth)
}

// lineOfKey finds the line on which a dotted key is set in the nth table of
// its name, from 0, so that a message can point at it; 0 if it cannot be told.
func lineOfKey(data []byte, key string, nth int) int {
	table, leaf := keyParts(key)
	inside, seen := table == "", -1
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inside = strings.Trim(strings.SplitN(line, "#", 2)[0], "[] \t") == table
			if inside {
				seen++
				inside = seen == nth
			}
			continue
		}
		if before, _, ok := strings.Cut(line, "="); ok && inside && strings.TrimSpace(before) == leaf {
			return i + 1
		}
	}
	return 0
}

// FormatCase writes case.toml with a note beside each key, for people who
// edit it with Notepad.
func FormatCase(c evidence.Case) ([]byte, error) {
	settle(&c)
	var b bytes.Buffer
	if err := caseTemplate().Execute(&b, c); err != nil {
		return nil, fmt.Errorf("write %s: %w", CaseFile, err)
	}
	// What was written must read back as the same case, or nothing is written.
	if _, err := ParseCase(CaseFile, b.Bytes()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// tomlString writes a basic string of TOML 1.0.
func tomlString(v any) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range fmt.Sprint(v) {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func tomlList(v []string) string {
	q := make([]string, len(v))
	for i, s := range v {
		q[i] = tomlString(s)
	}
	return "[" + strings.Join(q, ", ") + "]"
}

// caseTemplate is parsed when the first case is made.
var caseTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New(CaseFile).Funcs(template.FuncMap{
		"s": tomlString,
		"licences": func() string {
			var words []string
			for _, l := range evidence.Licences {
				words = append(words, string(l)+" "+l.Title().ZH)
			}
			return strings.Join(words, "、")
		},
		"time": func(t time.Time) string { return t.In(evidence.Beijing).Format(time.RFC3339) },
		"list": tomlList,
	}).Parse(`# 案件信息。用记事本就能改；只改引号里面的内容，引号请用英文引号 " "。
# 不知道的留空 ""，以后再补。改完运行 juzheng check 看看还缺什么。

id = {{s .ID}}  # 材料编号，程序生成，请勿改动
created = {{time .Created}}
statement = {{s .Statement}}  # 您自己的话：发生了什么、对您有什么影响，几句就好；原样写在信的开头
requests = {{list .Requests}}  # 您另外的请求，例如 ["书面答复处理结果"]

[complainant]  # 投诉人：您本人
kind = {{s .Complainant.Kind}}  # borrower 借款人本人；contact 被骚扰的联系人；guardian 借款人的监护人；heir 借款人的继承人
name = {{s .Complainant.Name}}  # 姓名，与身份证一致
id_number = {{s .Complainant.IDNumber}}  # 身份证号；给平台的信只印后四位
phone = {{s .Complainant.Phone}}  # 您的手机号
address = {{s .Complainant.Address}}  # 通信地址，用来收书面答复
email = {{s .Complainant.Email}}
region = {{s .Complainant.Region}}  # 居住地的六位行政区划代码，例如 330000
of = {{s .Complainant.Of}}  # 监护人、继承人才填：借款人的姓名
relation = {{s .Complainant.Relation}}  # 监护人、继承人才填：您是借款人的什么人，例如 母亲
income = {{s .Complainant.Income}}  # 每月收入，元：只用来算每月还款占多少（juzheng sheet），不进任何信

[agent]  # 代理人：由别人代办时才填，并须有手写签名的授权委托书
name = {{s .Agent.Name}}
id_number = {{s .Agent.IDNumber}}
phone = {{s .Agent.Phone}}
address = {{s .Agent.Address}}
relation = {{s .Agent.Relation}}  # 例如 亲属、律师、法律援助机构

[platform]  # 平台：您用的 App
name = {{s .Platform.Name}}  # 运营公司全称，在 App 的协议或“关于”里
brand = {{s .Platform.Brand}}  # App 或品牌名，例如 极融
licence = {{s .Platform.Licence}}  # 一般留空
region = {{s .Platform.Region}}
credit_code = {{s .Platform.CreditCode}}  # 统一社会信用代码
address = {{s .Platform.Address}}
phone = {{s .Platform.Phone}}  # 客服电话

[lender]  # 放款机构：借款合同上的“贷款人”
name = {{s .Lender.Name}}  # 全称，照合同写
brand = {{s .Lender.Brand}}
licence = {{s .Lender.Licence}}  # {{licences}}
region = {{s .Lender.Region}}  # 注册地的六位代码，例如 330000；决定向哪个监管部门反映
credit_code = {{s .Lender.CreditCode}}
address = {{s .Lender.Address}}
phone = {{s .Lender.Phone}}

[agency]  # 催收公司：知道才填
name = {{s .Agency.Name}}
brand = {{s .Agency.Brand}}
licence = {{s .Agency.Licence}}
region = {{s .Agency.Region}}
credit_code = {{s .Agency.CreditCode}}
address = {{s .Agency.Address}}
phone = {{s .Agency.Phone}}

{{with .Assignee}}[assignee]  # 受让债权的公司：对方说债权已经转让的才填
name = {{s .Name}}
brand = {{s .Brand}}
licence = {{s .Licence}}
region = {{s .Region}}
credit_code = {{s .CreditCode}}
address = {{s .Address}}
phone = {{s .Phone}}

{{end}}{{with .Payee}}[payee]  # 收担保费、会员费、保险费等费用的公司：与放款机构不是一家的才填
name = {{s .Name}}
brand = {{s .Brand}}
licence = {{s .Licence}}
region = {{s .Region}}
credit_code = {{s .CreditCode}}
address = {{s .Address}}
phone = {{s .Phone}}

{{end}}[loan]  # 借款：只写您能从合同或账单看到的；金额单位元，日期写成 2026-03-02
kind = {{s .Loan.Kind}}  # 借款种类：network 网络消费贷款、card 信用卡、instalment 分期购物、rent 租机变现、business 经营贷款、car 汽车贷款、house 住房贷款；不清楚的留空
contract = {{s .Loan.Contract}}  # 合同编号；信用卡填卡号末四位或领用合约编号
date = {{s .Loan.Date}}  # 借款日期；信用卡填最早一笔没还的透支日期（账单上有），不是办卡的日期
principal = {{s .Loan.Principal}}  # 合同本金
received = {{s .Loan.Received}}  # 实际到账（少于本金时填）
annual_rate = {{s .Loan.AnnualRate}}  # 合同年利率，百分数，例如 23.9
due = {{s .Loan.Due}}  # 第一笔没还上的到期日
overdue = {{s .Loan.Overdue}}  # 对方要求的逾期金额
monthly = {{s .Loan.Monthly}}  # 每月应还，元：只用来算每月还款占多少，不进任何信
settled = {{s .Loan.Settled}}  # 已经还清的，写结清日期；结清证明的编号写进 exhibits
born = {{s .Loan.Born}}  # 监护人才填：借款人的出生日期
# 下面几项只在您想核对利息和费用时填，可以都留空。一行一笔，写成 "日期 金额 名目"，例如
# schedule = ["2026-07-01 720.50", "2026-08-01 720.50"]
schedule = {{list .Loan.Schedule}}  # 合同的还款计划，每期一笔
fees = {{list .Loan.Fees}}  # 另外收取的费用，例如 ["2026-06-01 300 服务费"]
repaid = {{list .Loan.Repaid}}  # 已经还的；流水里有的，行末可以写出处，例如 ["2026-07-01 720.50 E005:12"]
shown_cost = {{s .Loan.ShownCost}}  # 2026-08-01 以后的借款：放款前出示的明示表上的年化综合融资成本，百分数
lpr = {{s .Loan.LPR}}  # 一般留空；只有程序没有借款日的一年期 LPR 时才填
exhibits = {{list .Loan.Exhibits}}  # 能证明以上数字的证据编号：合同、到账流水、账单，例如 ["E003"]

[deferral]  # 想申请延期或分期还款时填（juzheng build 案件夹 --letter deferral）；留空的话信上是空格，打印后手写
reason = {{s .Deferral.Reason}}  # 目前的困难，如实写
plan = {{list .Deferral.Plan}}  # 您能做到的还款，例如 ["2026-10-15 500", "2026-11-15 500"]
reduce = {{s .Deferral.Reduce}}  # yes：请求减少利息和违约金

[credit]  # 征信报告有错时填（juzheng build 案件夹 --letter credit-objection）
bureau = {{s .Credit.Bureau}}  # 报告是谁出的：credit-pbccrc 人民银行征信中心、credit-baihang 百行、credit-pudao 朴道
report = {{s .Credit.Report}}  # 报告日期
entry = {{s .Credit.Entry}}  # 报告上怎么写的，照抄
wrong = {{s .Credit.Wrong}}  # 哪里不对，事实是什么

[organisation]  # 机构帮人整理材料的才填，例如法律援助中心：印在信头和落款
name = {{s .Organisation.Name}}
address = {{s .Organisation.Address}}
phone = {{s .Organisation.Phone}}
signatory = {{s .Organisation.Signatory}}  # 经办人：整理这个案件、在落款处签名的人
review = {{s .Organisation.Review}}  # yes：另一位同事复核（juzheng approve）以前，每页印“待复核”

[consent]  # 您的意愿：yes、no 或留空
forward = {{s .Consent.Forward}}  # 是否同意把您的身份和材料转给被投诉方处理
night = {{s .Consent.Night}}  # 您是否同意过对方在22:00至次日8:00之间联系
loan = {{s .Consent.Loan}}  # 监护人才填：您是否同意过这笔借款
confidential = {{s .Consent.Confidential}}  # 举报时是否请求对您的身份保密

# 谁的号码、谁的聊天账号是谁的：每个一段。side：collector 催收方；platform 平台；lender 放款机构；
# self 本人；emergency 紧急联系人；guarantor 担保人或共同借款人；other 其他无关的人
# 微信、QQ 账号或群昵称没有号码：不写 number，写 account = "聊天里显示的名称"
# 别人的号码隐去中间，姓名只留姓；本人同意写全的，在那一段加一行 print = "full"，
# 只给某个机构写全的写 print = "regulator"（可写 platform、lender、nifa、forward、regulator）
# 手机上不止一家在催的，加一行 for = "this"（替本案这一家催）或 for = "other"（替另一家催，不算进本案）
{{range .Numbers}}
[[numbers]]
{{if .Account}}account = {{s .Account}}{{else}}number = {{s .Number}}{{end}}
side = {{s .Side}}
name = {{s .Name}}
{{if .For}}for = {{s .For}}  # 替哪一家催：this 本案，other 另一家
{{end}}{{if .Print}}print = {{s .Print}}  # 写全号码和姓名：full，或给谁
{{end}}{{else}}
# [[numbers]]
# number = "0571-00000000"
# side = "collector"
# name = ""
{{end}}
# 以前投诉过的，每次一段。to：platform、lender、nifa、forward、regulator 或机构名称
# answered：对方答复的日期；answer：答复了什么。两项都空着，信里就写“未得到答复”，所以得到答复的一定要填
# 程序做的材料交了以后，用 juzheng track 案件夹 filed 记更省事；其余各项它会填，意思见 juzheng help track
{{range .Filings}}
[[filings]]
to = {{s .To}}
date = {{s .Date}}
receipt = {{s .Receipt}}
answered = {{s .Answered}}
answer = {{s .Answer}}
exhibit = {{s .Exhibit}}
{{if .Papers}}papers = {{s .Papers}}
{{end}}{{if .Letter}}letter = {{s .Letter}}
{{end}}{{if .Accepted}}accepted = {{s .Accepted}}
{{end}}{{if .Outcome}}outcome = {{s .Outcome}}
{{end}}{{if .Points}}points = {{s .Points}}
{{end}}{{if .Reply}}reply = {{s .Reply}}
{{end}}{{if .Withdrawn}}withdrawn = {{s .Withdrawn}}
{{end}}{{if .Closed}}closed = {{s .Closed}}
{{end}}{{else}}
# [[filings]]
# to = "platform"
# date = "2026-03-02"
# receipt = "工单号"
# answered = ""
# answer = ""
# exhibit = "E001"
# papers = ""      # own：打电话、自己写的信、在 App 里投诉的
# letter = ""      # 交的是后续材料时写：supplement、reminder、incomplete、disputed、withdrawal、thanks
# accepted = ""    # 告知受理的日期
# outcome = ""     # satisfied 满意，unsatisfied 不满意，more 要补材料，withdraw 要求撤回，none 没有答复
# points = ""      # 对答复不满意的地方，一条一条写，用；隔开
# reply = ""       # 受理通知、答复的证据编号
# withdrawn = ""   # 您撤回的日期
# closed = ""      # 这一处办完的日期
{{end}}`))
})
