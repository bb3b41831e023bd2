package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/templates/workbook"
)

// The sheets of the workbook of a case, in their order.
const (
	sheetYou      = "本人"
	sheetPlatform = "平台"
	sheetDebts    = "债务"
	sheetTimeline = "时间线"
	sheetExhibits = "证据"
	sheetRequests = "诉求"
	sheetHelp     = "说明"
)

// A page is a sheet of the workbook of a case: what each cell shows, and what it is
// about. Rows are known by their first cell.
type page struct {
	name, title string
	columns     []pageColumn
	rows        []pageRow
	open        bool // rows can be added and taken out
	plain       bool // nothing is read back from it
	chart       *workbook.Chart
}

// A pageColumn is a column of a page.
type pageColumn struct {
	workbook.Column
	en    string // of timeline.csv or debts.csv; empty: of neither
	aside bool   // computed by the day, or told for help: no part of the case's state
	fixed bool   // the program's in every row, a new one too
}

// A pageRow is a row of a page.
type pageRow struct {
	id    string
	slots []slot
	made  bool // of a file: it cannot be taken out
}

// A slot is a cell and what it changes.
type slot struct {
	text    string
	about   about // zero: nobody changes it here
	choices []string
}

// about is what a cell changes in the case.
type about struct {
	key             string // of case.toml
	nth             int    // of a list, which of its items, from 1
	row, column     string // of timeline.csv
	debt            string // of debts.csv, by its id
	number, account string // whose it is
}

// sheetsOfCase are the sheets of the workbook of a case on a day.
func sheetsOfCase(x Dossier, debts []evidence.Debt, table []evidence.Incident, today time.Time) []page {
	list := debtsOf(x.Case, debts, today)
	return []page{youPage(x.Case), platformPage(x), debtsPage(list), timelinePage(x, table), exhibitsPage(x),
		requestsPage(x.Case), helpPage(x, list)}
}

// A factRow is a row of a page of facts: a key of case.toml under a name.
type factRow struct{ title, key, note string }

func factPage(name string, c evidence.Case, rows []factRow) page {
	p := page{name: name, columns: []pageColumn{
		{Column: workbook.Column{Head: "项目", Wide: 22}, fixed: true},
		{Column: workbook.Column{Head: "内容", Wide: 46, Note: "白色的格可以改，清空就是不写。选项从格子右边的箭头里选。"}},
		{Column: workbook.Column{Head: "怎么填", Wide: 46}, aside: true, fixed: true},
	}}
	for _, r := range rows {
		p.rows = append(p.rows, pageRow{id: r.title, slots: []slot{{text: r.title},
			{text: folder.KeyWords(r.key, folder.KeyValue(c, r.key)), about: about{key: r.key},
				choices: folder.KeyChoices(r.key)}, {text: r.note}}})
	}
	return p
}

func youPage(c evidence.Case) page {
	return factPage(sheetYou, c, []factRow{
		{"我是", "complainant.kind", "借款人，或者被骚扰的联系人、借款人的监护人、继承人"},
		{"姓名", "complainant.name", "和身份证一致"},
		{"身份证号", "complainant.id_number", "18 位；可以不写，签名时手写。给平台的信只印后四位"},
		{"手机号", "complainant.phone", ""},
		{"通信地址", "complainant.address", "收书面答复用，写到门牌号"},
		{"电子邮箱", "complainant.email", ""},
		{"居住地", "complainant.region", "省、自治区、直辖市"},
		{"借款人姓名", "complainant.of", "您是监护人、继承人才填"},
		{"您是借款人的什么人", "complainant.relation", "您是监护人、继承人才填，例如 母亲"},
		{"每月收入（元）", "complainant.income", "只用来算每月还款占多少，不进任何信"},
		{"代理人姓名", "agent.name", "由别人代办时才填，并须有手写签名的授权委托书"},
		{"代理人身份证号", "agent.id_number", ""},
		{"代理人手机号", "agent.phone", ""},
		{"代理人地址", "agent.address", ""},
		{"代理人与您的关系", "agent.relation", "例如 亲属、律师、法律援助机构"},
	})
}

// platformPage has who is complained of, the loan, and whose the numbers are.
func platformPage(x Dossier) page {
	rows := []factRow{
		{"App 或平台", "platform.brand", "例如 极融"},
		{"平台公司全称", "platform.name", "在 App 的协议或“关于”里"},
		{"平台统一社会信用代码", "platform.credit_code", "18 位"},
		{"平台注册地", "platform.region", ""},
		{"平台地址", "platform.address", ""},
		{"平台客服电话", "platform.phone", ""},
		{"放款机构全称", "lender.name", "借款合同上的“贷款人”，照合同写"},
		{"放款机构是哪一类", "lender.licence", ""},
		{"放款机构统一社会信用代码", "lender.credit_code", "18 位"},
		{"放款机构注册地", "lender.region", "决定向哪个监管部门反映"},
		{"放款机构地址", "lender.address", ""},
		{"放款机构电话", "lender.phone", ""},
		{"催收公司", "agency.name", "知道才填"},
		{"催收公司电话", "agency.phone", ""},
		{"受让债权的公司", "assignee.name", "对方说债权已经转让的才填"},
		{"另外收费的公司", "payee.name", "收担保费、会员费等，与放款机构不是一家的才填"},
		{"借款种类", "loan.kind", ""},
		{"借款日期", "loan.date", "例如 2026-03-02"},
		{"实际到账（元）", "loan.received", "少于合同本金时填"},
		{"对方要的数（元）", "loan.overdue", "对方要求的逾期金额"},
		{"结清日期", "loan.settled", "已经还清的才填"},
		{"还款计划", "loan.schedule", "想核对利息时填。一行一期，例如 2026-07-01 720.50（格子里换行：Alt+Enter）"},
		{"另收的费用", "loan.fees", "一行一笔，例如 2026-06-01 300 服务费"},
		{"已经还的", "loan.repaid", "一行一笔，例如 2026-07-01 720.50"},
	}
	p := factPage(sheetPlatform, x.Case, rows)
	for _, n := range CallersOf(x).Numbers {
		if strings.Contains(n.Number, "*") {
			continue // masked: it can be many people's
		}
		p.rows = append(p.rows, numberRow(x.Case, n))
	}
	for _, n := range x.Case.Numbers {
		row := numberRow(x.Case, Caller{Number: evidence.NormalNumber(n.Number), Account: n.Account})
		if !slices.ContainsFunc(p.rows, func(r pageRow) bool { return r.id == row.id }) {
			p.rows = append(p.rows, row)
		}
	}
	return p
}

// numberRow says whose a number or an account is.
func numberRow(c evidence.Case, n Caller) pageRow {
	title := "账号 " + n.Account
	side := evidence.Side("")
	if n.Number != "" {
		title = "号码 " + folder.Cell("number", evidence.Incident{Number: n.Number})
	}
	for _, own := range c.Numbers {
		a, b := evidence.Incident{Kind: evidence.Message, Name: own.Account},
			evidence.Incident{Kind: evidence.Message, Name: n.Account}
		if n.Number != "" && evidence.NormalNumber(own.Number) == n.Number ||
			n.Number == "" && own.Account != "" && a.Account() == b.Account() {
			side = own.Side
		}
	}
	note := "这个号码是谁的？不清楚的留空"
	if n.Contacts()+n.Out > 0 {
		note = fmt.Sprintf("来电 %d 次（接通 %d），消息 %d 条，打出 %d 次。是谁的？不清楚的留空", n.Answered+n.Missed, n.Answered,
			n.Messages, n.Out)
	}
	if len(n.Names) > 0 {
		note = "手机里叫“" + strings.Join(n.Names, "、") + "”。" + note
	}
	return pageRow{id: workbook.Clean(title), slots: []slot{{text: title},
		{text: folder.KeyWords("numbers.side", string(side)), choices: folder.KeyChoices("numbers.side"),
			about: about{number: n.Number, account: n.Account}}, {text: note}}}
}

// ownDebt is the id of the case's own loan on the sheet of debts.
const ownDebt = "本案"

func debtsPage(list DebtList) page {
	zh, en := folder.DebtHeads()
	p := page{name: sheetDebts, open: true, title: list.Burden.Text().ZH + "各家的债务各是各的案件，本金和逾期不相加，也不进任何信。"}
	notes := map[string]string{
		"id":     "本案：这个案件的借款。其余各家各是各的案件；新加一行的，编号留空。",
		"lender": "欠哪一家的。本案的在“平台”表里改。", "annual rate": "百分数，例如 23.9",
		"due": "还没还上的那一期的到期日，例如 2026-03-02。三天以内到期和已经逾期的，用红色粗体显示。",
	}
	for n := range zh {
		c := pageColumn{Column: workbook.Column{Head: zh[n], Note: notes[en[n]], Wide: 12}, en: en[n], fixed: n == 0}
		if en[n] == "due" {
			c.Due = evidence.SoonDays
		}
		p.columns = append(p.columns, c)
	}
	day := list.Today.In(evidence.Beijing).Format(time.DateOnly)
	behind := slices.IndexFunc(p.columns, func(c pageColumn) bool { return c.en == "due" }) + 1
	p.columns = slices.Insert(p.columns, behind,
		pageColumn{Column: workbook.Column{Head: "逾期天数", Note: "到 " + day + " 为止，程序算的。"}, aside: true, fixed: true},
		pageColumn{Column: workbook.Column{Head: "情况", Note: "到 " + day + " 为止，程序算的。", Wide: 18}, aside: true, fixed: true})
	keys := map[string]string{"contract": "loan.contract", "principal": "loan.principal",
		"annual rate": "loan.annual_rate", "monthly payment": "loan.monthly", "due": "loan.due"}
	if len(list.Debts) == 0 || !list.Debts[0].Own {
		list.Debts = append([]evidence.Debt{{Own: true}}, list.Debts...)
	}
	for _, d := range list.Debts {
		r := pageRow{id: d.ID, made: d.Own}
		if d.Own {
			r.id = ownDebt
		}
		stage, days := d.Stage(list.Today)
		for n, c := range p.columns {
			s := slot{text: folder.DebtCell(d, c.en)}
			switch {
			case n == 0:
				s.text = r.id
			case c.aside && n == behind:
				if stage == evidence.DebtOverdue {
					s.text = fmt.Sprint(days)
				}
			case c.aside:
				s.text = d.StageText(list.Today, list.Twice(d)).ZH
			case d.Own && keys[c.en] != "":
				s.about = about{key: keys[c.en]}
			case !d.Own:
				s.about = about{debt: d.ID, column: c.en}
			}
			r.slots = append(r.slots, s)
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// breachMark parts several kinds in a cell: titles have 、 in them.
const breachMark = "；"

// breachWords are kinds as a person reads them, for the ids that timeline.csv has.
func breachWords(i evidence.Incident) string {
	var out []string
	for _, b := range i.Asserted {
		out = append(out, b.Title().ZH)
	}
	for _, b := range i.Denied {
		out = append(out, notKind+b.Title().ZH)
	}
	return strings.Join(out, breachMark)
}

// notKind stands before a kind that a row only sounds like.
const notKind = "非"

// readBreaches is what breachWords wrote, or a person, as timeline.csv has it.
func readBreaches(words string) string {
	var out []string
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(breachMark+";\n", r) }) {
		w = strings.TrimSpace(w)
		rest, not := strings.CutPrefix(w, notKind)
		if b, ok := evidence.ParseBreach(rest); not && ok {
			w = notKind + string(b)
		} else if b, ok := evidence.ParseBreach(w); ok {
			w = string(b)
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// alwaysFixed are columns of the timeline that the program writes in every row.
var alwaysFixed = []string{"id", "time source", "source"}

func timelinePage(x Dossier, table []evidence.Incident) page {
	p := page{name: sheetTimeline, open: true}
	notes := map[string]string{
		"id":      "程序给的编号。新加一行的，编号留空；排序、筛选都可以。",
		"time":    "灰色的是材料里的，改了也不算。自己加的行写成 2026-03-02 23:14。",
		"reached": "对方找到的是谁。只有您知道。", "disclosed debt": "对方有没有对找到的人说您欠款。",
		"asserted kinds": "您认为属于哪一种；几种的用“；”隔开，听着像、其实不是的前面写“非”。",
		"use":            "否：不用这一行。材料里的行删不掉，不想用就在这里写否。",
		"my own words":   "您自己记得的话。信里只作为您的陈述。",
	}
	for _, c := range inReadingOrder(folder.Columns()) {
		column := pageColumn{Column: workbook.Column{Head: c.ZH, Note: notes[c.EN], Choices: c.Choices}, en: c.EN,
			fixed: slices.Contains(alwaysFixed, c.EN)}
		switch c.EN {
		case "asserted kinds":
			column.Free = true
			for _, b := range evidence.Breaches() {
				column.Choices = append(column.Choices, b.Title().ZH)
			}
		case "what the file shows", "my own words":
			column.Wide = 46
		}
		p.columns = append(p.columns, column)
	}
	said := doubt.Said(table, x.read)
	shown, _ := doubt.Hold(table, x.read)
	order := make([]int, len(table))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return table[a].Time.At.Compare(table[b].Time.At) })
	for _, n := range order {
		i := table[n]
		r := pageRow{id: i.ID, made: i.Made()}
		for _, c := range p.columns {
			s := slot{text: folder.Cell(c.en, i), about: about{row: i.ID, column: c.en}}
			fixed := c.fixed || i.Made() && c.en == "exhibits" || slices.Contains(said[i.ID], c.en)
			if fixed {
				s.text, s.about = folder.Cell(c.en, shown[n]), about{}
			}
			switch c.en {
			case "asserted kinds":
				s.text = breachWords(i)
			case "time":
				if s.about == (about{}) {
					s.text = plainTime(shown[n].Time)
				}
			case "time source":
				s.text = intake.SourceName(i.Time.Source).ZH
			case "source":
				if !i.Made() {
					s.text = "您自己写的"
				}
			}
			if workbook.Clean(s.text) != strings.TrimSpace(strings.ReplaceAll(s.text, "\r\n", "\n")) {
				s.about = about{} // longer than a cell, or with signs that none can hold
			}
			r.slots = append(r.slots, s)
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// inReadingOrder has behind the others what few people look at.
func inReadingOrder(all []folder.Column) []folder.Column {
	var first, last []folder.Column
	for _, c := range all {
		if slices.Contains([]string{"exhibits", "sim", "time source", "source"}, c.EN) {
			last = append(last, c)
		} else {
			first = append(first, c)
		}
	}
	return append(first, last...)
}

// plainTime is a time as people write it, in Beijing.
func plainTime(t evidence.Time) string {
	t.Device = true // without its zone
	return folder.Cell("time", evidence.Incident{Time: t})
}

func exhibitsPage(x Dossier) page {
	p := page{name: sheetExhibits}
	for _, head := range []string{"编号", "文件名", "种类", "时间", "时间怎么知道的", "大小（字节）", "用在", "放不放进证据包", "校验值（SHA-256）"} {
		p.columns = append(p.columns, pageColumn{Column: workbook.Column{Head: head}, fixed: true,
			aside: head == "用在"})
	}
	p.columns[0].Note = "材料和它们的编号，改了不算。不想放进证据包的：juzheng leave。"
	used := map[string][]string{}
	for _, i := range x.Incidents {
		for _, e := range i.Exhibits {
			used[e] = append(used[e], i.ID)
		}
	}
	for _, e := range x.Exhibits {
		rows := strings.Join(used[e.Number], " ")
		if len(used[e.Number]) > 12 {
			rows = fmt.Sprintf("%s … 共 %d 行", strings.Join(used[e.Number][:12], " "), len(used[e.Number]))
		}
		kept := "放进"
		if x.Out[e.Number] {
			kept = "不放进"
		}
		at := strings.Replace(e.Captured.Time, "T", " ", 1)
		if len(at) > len(time.DateTime) {
			at = at[:len(time.DateTime)]
		}
		how := ""
		if e.Captured.Source != "" {
			how = intake.SourceName(e.Captured.Source).ZH
		}
		r := pageRow{id: e.Number, made: true}
		for _, s := range []string{e.Number, e.Name(), e.Kind.Title().ZH, at, how, fmt.Sprint(e.Size), rows, kept,
			e.SHA256[:min(16, len(e.SHA256))]} {
			r.slots = append(r.slots, slot{text: s})
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// spareRequests are how many rows more than there are requests can be filled in.
const spareRequests = 3

func requestsPage(c evidence.Case) page {
	p := factPage(sheetRequests, c, []factRow{
		{"事情经过", "statement", "您自己的话：发生了什么、对您有什么影响，几句就好；原样写在信的开头"},
		{"可以转给对方处理", "consent.forward", "是否同意把您的身份和材料转给被投诉方处理"},
		{"举报时请求保密", "consent.confidential", "举报时是否请求对您的身份保密"},
		{"同意过夜间联系", "consent.night", "您是否同意过对方在22:00至次日8:00之间联系"},
		{"现在还不上的原因", "deferral.reason", "想申请延期或分期才填，如实写"},
		{"能做到的还款", "deferral.plan", "想申请延期或分期才填，一行一笔，例如 2026-10-15 500（格子里换行：Alt+Enter）"},
		{"请求减免", "deferral.reduce", "是：请求减少利息和违约金"},
	})
	for n := range len(c.Requests) + spareRequests {
		text := ""
		if n < len(c.Requests) {
			text = c.Requests[n]
		}
		title := fmt.Sprintf("另外的请求 %d", n+1)
		p.rows = append(p.rows, pageRow{id: title, slots: []slot{{text: title},
			{text: text, about: about{key: "requests", nth: n + 1}}, {text: "一格一条，例如 书面答复处理结果"}}})
	}
	return p
}

// helpPage tells how the workbook is used; nothing of it is read back.
func helpPage(x Dossier, list DebtList) page {
	p := page{name: sheetHelp, plain: true, columns: []pageColumn{
		{Column: workbook.Column{Head: "说明", Wide: 18}}, {Column: workbook.Column{Head: "", Wide: 90}}}}
	for _, line := range [][2]string{
		{"白色的格", "可以改：您自己的话、您的回答、姓名和名称。改完存盘，关掉表格软件，再运行：juzheng sheet 案件夹 --apply"},
		{"灰色的格", "是材料里的，或者程序算的。改了会指出来，不会写进案件。"},
		{"先看再写", "--apply 先列出每一处改动（原来是什么、改成什么），您同意了才一次写进去；写错了可以收回：juzheng ask 案件夹 --undo"},
		{"加一行", "“时间线”“债务”可以在最下面加行，编号留空。自己写的行可以删；材料里的行删不掉，不想用的把“是否采用”写成否。"},
		{"案件变了", "做了这份工作簿以后案件又变了的，同一格两边都改过的不写，列出来给您看；其余照写。"},
		{"排序、筛选", "都可以，隐藏的行照样读。不要改表名和第一行的列名，不要合并单元格，不要写公式。"},
		{"号码、编号", "单元格已设为文本。表格软件把长号码改成 1.06906E+11 的，数字已经丢了，会指出来请您重写。"},
		{"放好这份文件", "里面有您和别人的个人信息，不要发到群里，也不要给对方。"},
		{"每月还款", list.Burden.Text().ZH},
	} {
		p.rows = append(p.rows, pageRow{id: line[0], slots: []slot{{text: line[0]}, {text: line[1]}}})
	}
	p.chart = callChart(collectorCalls(x.Case, byTime(x.Incidents)))
	return p
}

// mostDays bounds the days of a chart: more are no picture.
const mostDays = 180

// callChart is how many calls came on each day on which one did.
func callChart(calls []evidence.Incident) *workbook.Chart {
	answered, missed := map[string]int{}, map[string]int{}
	var days []string
	for _, i := range calls {
		if i.Time.IsZero() {
			continue
		}
		day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
		if answered[day]+missed[day] == 0 {
			days = append(days, day)
		}
		if i.Answered == evidence.Yes {
			answered[day]++
		} else {
			missed[day]++
		}
	}
	if len(days) == 0 {
		return nil
	}
	slices.SortFunc(days, cmp.Compare[string])
	days = days[max(0, len(days)-mostDays):]
	c := &workbook.Chart{Title: "每天的催收来电", Days: days, Series: []workbook.Series{{Name: "接通"}, {Name: "没有接通"},
		{Name: "推荐性国家标准：接通三次", Line: true}}}
	for _, day := range days {
		for n, count := range []int{answered[day], missed[day], evidence.ConnectedLimit} {
			c.Series[n].Counts = append(c.Series[n].Counts, count)
		}
	}
	return c
}
