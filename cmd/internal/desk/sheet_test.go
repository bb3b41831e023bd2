package desk_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates/workbook"
)

const sheetMessages = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
<sms address="057100000101" date="1789698606000" type="1" body="【极融】再不还钱就告诉你单位" contact_name="(Unknown)" />
<sms address="19900000777" date="1789871406000" type="1" body="刚才有人打电话找你" contact_name="妈妈" />
</smses>`

// sheetCase makes a small case with two messages, a row the person wrote and a debt to
// another lender, and its workbook.
func sheetCase(t *testing.T) (d desk.Desk, kase string) {
	t.Helper()
	dir := t.TempDir()
	kase = filepath.Join(dir, "case")
	d = desk.Desk{Now: time.Date(2026, 11, 30, 9, 0, 0, 0, evidence.Beijing), Tool: "test"}
	c := evidence.Case{Complainant: evidence.Complainant{Name: "林晓安", Phone: "19900000001", Kind: evidence.Borrower},
		Platform: evidence.Party{Brand: "极融"}, Requests: []string{"书面答复"},
		Lender: evidence.Party{Name: "示例消费金融有限公司", Licence: evidence.ConsumerFinance, Region: "330000"},
		Loan:   evidence.Loan{Contract: "JR-1", Principal: "8000", Due: "2026-09-01"}}
	if _, err := desk.Init(t.Context(), d, kase, c); err != nil {
		t.Fatal(err)
	}
	phone := filepath.Join(dir, "sms.xml")
	debts := "\ufeff编号,债权人,合同编号,本金,年利率,每月应还,到期日,备注\r\nD01,乙银行,0057,12000,18,900,2026-12-02,\r\n"
	if err := errors.Join(os.WriteFile(phone, []byte(sheetMessages), 0o600),
		os.WriteFile(filepath.Join(kase, folder.DebtsFile), []byte(debts), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{phone}}); err != nil {
		t.Fatal(err)
	}
	own := "T003,2026-09-20 18:00,person,电话,呼入,,,单位,是,,,,,,前台说有人打电话找我,,,,person,,,,,\r\n"
	table, err := os.OpenFile(filepath.Join(kase, folder.TimelineFile), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.WriteString(own); err != nil {
		t.Fatal(err)
	}
	table.Close()
	if _, err := desk.Sheet(t.Context(), d, kase, ""); err != nil {
		t.Fatal(err)
	}
	return d, kase
}

// A book is a workbook in a program that edits it.
type book struct {
	*excelize.File
	t *testing.T
}

// at is the cell of a row, by what stands in its first cell, under a head.
func (b book) at(sheet, row, head string) string {
	b.t.Helper()
	rows, err := b.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	column := -1
	for n, cells := range rows {
		if column < 0 {
			column = slices.Index(cells, head)
		}
		if column >= 0 && len(cells) > 0 && cells[0] == row {
			at, _ := excelize.CoordinatesToCellName(column+1, n+1)
			return at
		}
	}
	b.t.Fatalf("%s has no %s %s", sheet, row, head)
	return ""
}

func (b book) set(sheet, row, head, text string) {
	b.t.Helper()
	if err := b.SetCellStr(sheet, b.at(sheet, row, head), text); err != nil {
		b.t.Fatal(err)
	}
}

// value writes a cell as a program does that takes it for a number, in a format.
func (b book) value(sheet, row, head string, v any, format string) {
	b.t.Helper()
	at := b.at(sheet, row, head)
	style, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err = errors.Join(err, b.SetCellValue(sheet, at, v), b.SetCellStyle(sheet, at, at, style)); err != nil {
		b.t.Fatal(err)
	}
}

// below writes a row below those of a sheet, by heads.
func (b book) below(sheet string, cells ...string) {
	b.t.Helper()
	rows, _ := b.GetRows(sheet)
	head := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 2 && (r[0] == "编号" || r[0] == "项目") })
	for n := 0; n < len(cells); n += 2 {
		at, _ := excelize.CoordinatesToCellName(slices.Index(rows[head], cells[n])+1, len(rows)+1)
		if err := b.SetCellStr(sheet, at, cells[n+1]); err != nil {
			b.t.Fatal(err)
		}
	}
}

// edited is a workbook after somebody edited it.
func edited(t *testing.T, data []byte, edit func(book)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(book{f, t})
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parts is a workbook with its parts changed.
func parts(t *testing.T, data []byte, change func(name, text string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if changed := change(f.Name, string(text)); changed != "" {
			w, _ := out.Create(f.Name)
			io.WriteString(w, changed)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// told is what differences say, a line each: + what is written, ! what is not, * what
// changed in the case, # notes, ? cells that cannot be read, x no workbook.
func told(d desk.SheetDiff, err error) string {
	var out []string
	var bad desk.SheetMistakes
	var form *workbook.FormError
	switch {
	case errors.As(err, &bad):
		for _, m := range bad {
			out = append(out, "?"+m.Sheet+" "+m.Cell+" "+m.Found.ZH)
		}
		return strings.Join(out, "\n")
	case errors.As(err, &form):
		return "x" + string(form.Form)
	case err != nil:
		return "x" + err.Error()
	}
	one := func(c desk.SheetChange) string {
		return strings.Join(strings.Fields(fmt.Sprint(c.Sheet, " ", c.Item, " ", c.Column, " ", c.Row, " ", c.Before, " > ",
			c.After)), " ")
	}
	for _, c := range d.Changes {
		out = append(out, "+"+one(c))
	}
	for _, c := range d.Refused {
		out = append(out, "!"+c.Why+" "+one(c.SheetChange))
	}
	for _, c := range d.Moved {
		out = append(out, "*"+one(c))
	}
	for _, n := range d.Notes {
		out = append(out, strings.TrimSpace(fmt.Sprintf("#%s %s %s %d", n.Code, n.Sheet, n.Detail, n.Count)))
	}
	return strings.Join(out, "\n")
}

// What people and their programs do to a workbook is read as it was meant, or named
// with sheet and cell.
func TestSheetDifferences(t *testing.T) {
	d, kase := sheetCase(t)
	path := filepath.Join(kase, desk.SheetName)
	made, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	time := "时间线"
	for _, c := range []struct {
		name string
		edit func(book)
		part func(name, text string) string
		want string
	}{
		{name: "as it was made"},
		{name: "saved by another program", edit: func(book) {}},
		{name: "blanks behind, full-width digits, other words for the same", edit: func(b book) {
			b.set("本人", "姓名", "内容", "林晓安 　")
			b.set("本人", "手机号", "内容", "１９９０００００００１")
			b.set(time, "T003", "方式", "来电")
			b.set(time, "T003", "是否接通", "√")
			b.set("平台", "放款机构是哪一类", "内容", "消费金融")
		}},
		{name: "what a person may say", edit: func(b book) {
			b.set("本人", "姓名", "内容", "林小安")
			b.set("平台", "号码 0571-0000 0101", "内容", "催收方")
			b.set(time, "T001", "联系到谁", "单位")
			b.set(time, "T001", "认为属于", "威胁、辱骂、恐吓；非"+evidence.Breach("V06a").Title().ZH)
			b.set("诉求", "另外的请求 2", "内容", "停止联系单位")
			b.set("债务", "本案", "每月应还", "１，２００元")
			b.set("债务", "D01", "到期日", "2026年12月5日")
		}, want: `+本人 姓名 内容 林晓安 > 林小安
+平台 号码 0571-0000 0101 内容 > 催收方
+债务 本案 每月应还 > 1200
+债务 D01 到期日 2026-12-02 > 2026-12-05
+时间线 T001 联系到谁 本人 > 单位
+时间线 T001 认为属于 > 威胁、辱骂、恐吓；非威胁人身安全
+诉求 另外的请求 2 内容 > 停止联系单位`},
		{name: "emptied", edit: func(b book) {
			b.set("本人", "姓名", "内容", "")
			b.set(time, "T003", "联系到谁", "")
		}, want: "+本人 姓名 内容 林晓安 >\n+时间线 T003 联系到谁 单位 >"},
		{name: "what a file says, and what is computed", edit: func(b book) {
			b.set(time, "T001", "号码", "1.06906E+11")
			b.set(time, "T001", "时间", "2026-09-19 10:30:06")
			b.set(time, "T001", "材料显示的内容", "没有威胁")
			b.set(time, "T001", "证据", "")
			b.set("证据", "E001", "文件名", "别的.xml")
			b.set("债务", "本案", "逾期天数", "1")
			b.set("债务", "本案", "债权人", "别家")
			b.set("本人", "姓名", "怎么填", "随便")
		}, want: `!fixed 本人 姓名 怎么填 和身份证一致 > 随便
!fixed 债务 本案 债权人 示例消费金融有限公司 > 别家
!fixed 债务 本案 逾期天数 90 > 1
!fixed 时间线 T001 时间 2026-09-18 10:30:06 > 2026-09-19 10:30:06
!fixed 时间线 T001 号码 0571-0000 0101 > 1.06906E+11
!fixed 时间线 T001 材料显示的内容 【极融】再不还钱就告诉你单位 > 没有威胁
!fixed 时间线 T001 证据 E001 >
!fixed 证据 E001 文件名 sms.xml > 别的.xml`},
		{name: "dates and numbers kept as such", edit: func(b book) {
			b.value("平台", "借款日期", "内容", 46082, "yyyy/m/d")
			b.value(time, "T003", "时间", 46285.75, "yyyy-mm-dd hh:mm")
			b.value("债务", "本案", "年利率", 0.239, "0.00%")
			b.value("债务", "D01", "每月应还", 1e3, "General")
			b.value(time, "T003", "号码", 19900000311, "General")
		}, want: `+平台 借款日期 内容 > 2026-03-01
+债务 本案 年利率 > 23.9
+债务 D01 每月应还 900 > 1000
+时间线 T003 时间 2026-09-20 18:00 > 2026-09-20 18:00:00
+时间线 T003 号码 > 199 0000 0311`},
		{name: "days and times that lost their form, and as people write them", edit: func(b book) {
			b.value(time, "T003", "时间", 46281.5013888889, "General")
			b.value("债务", "D01", "到期日", 46300, "0")
			b.value("平台", "借款日期", "内容", 46082, "@")
			b.below(time, "时间", "2026年10月15日 晚上9点半", "方式", "电话", "本人陈述", "打给我妈妈")
		}, want: `+平台 借款日期 内容 > 2026-03-01
+债务 D01 到期日 2026-12-02 > 2026-10-05
+时间线 T003 时间 2026-09-20 18:00 > 2026-09-16 12:02:00
+时间线 新的一行 added > 2026-10-15 21:30 电话 打给我妈妈`},
		{name: "numbers that are no days of this century", edit: func(b book) {
			b.value(time, "T003", "时间", 20261015, "General")
			b.value("债务", "D01", "到期日", 12, "General")
		}, want: "?债务 G4 “12”\n?时间线 B4 “20261015”"},
		{name: "days from 1904", edit: func(b book) {
			b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(true)})
			b.value("平台", "借款日期", "内容", 46082-1462, "yyyy/m/d")
		}, want: "+平台 借款日期 内容 > 2026-03-01"},
		{name: "numbers that lost digits", edit: func(b book) {
			b.value(time, "T003", "号码", 57100000101, "0")
			b.value("债务", "D01", "合同编号", 57, "General")
			b.value("债务", "本案", "合同编号", 6222021234567890123.0, "General")
			b.value("本人", "身份证号", "内容", 330106199001011234.0, "General")
		}, want: `?本人 B4 “3.30106199001011E+17”（表格软件当成数字存的，前面的 0 和十五位以后的数字可能已经丢了）
?债务 C3 “6.22202123456789E+18”（表格软件当成数字存的，前面的 0 和十五位以后的数字可能已经丢了）
?债务 C4 “57”（表格软件当成数字存的，前面的 0 和十五位以后的数字可能已经丢了）
?时间线 E4 “57100000101”（表格软件当成数字存的，前面的 0 和十五位以后的数字可能已经丢了）`},
		{name: "no such word, no such day, no such exhibit", edit: func(b book) {
			b.set("本人", "我是", "内容", "路人")
			b.set("平台", "借款日期", "内容", "2026-02-30")
			b.set(time, "T001", "联系到谁", "火星人")
			b.set(time, "T001", "认为属于", "讨厌")
			b.set(time, "T003", "证据", "E099")
			b.set("债务", "D01", "本金", "很多")
		}, want: "?本人 B2 “路人”\n?平台 B19 “2026-02-30”\n?债务 D4 “很多”\n?时间线 G2 “火星人”\n?时间线 O2 “讨厌”\n?时间线 V4 “E099”"},
		{name: "formulas, with and without a value, and faults", edit: func(b book) {
			b.SetCellFormula("本人", "B3", `"林"&"晓安"`)
			b.SetCellFormula("本人", "B6", "B3")
			b.SetCellFormula("本人", "B7", "A1/0")
		}, part: func(name, text string) string {
			if name == "xl/worksheets/sheet1.xml" {
				text = strings.Replace(text, "<f>B3</f>", "<f>B3</f><v>杭州</v>", 1)
				text = strings.Replace(text, `r="B6"`, `t="str" r="B6"`, 1)
				text = strings.Replace(text, "<f>A1/0</f>", "<v>#DIV/0!</v>", 1)
				text = strings.Replace(text, `r="B7"`, `t="e" r="B7"`, 1)
			}
			return text
		}, want: "?本人 B3 公式\n?本人 B6 公式\n?本人 B7 错误值 #DIV/0!"},
		{name: "text that looks like a formula is text", edit: func(b book) {
			b.set(time, "T003", "本人陈述", `=cmd|' /C calc'!A0`)
			b.set("诉求", "事情经过", "内容", "+86 那个号码\n@所有人\n-1")
			b.set(time, "T001", "对方名称", "\t=1+1")
		}, want: "+时间线 T001 对方名称 > =1+1\n+时间线 T003 本人陈述 前台说有人打电话找我 > =cmd|' /C calc'!A0\n" +
			"+诉求 事情经过 内容 > +86 那个号码 @所有人 -1"},
		{name: "sorted, columns moved, rows hidden and above the head", edit: func(b book) {
			rows, _ := b.GetRows(time)
			for n := range rows[0] {
				b.turn(time, n, 2, 4)
			}
			b.turnColumns(time, "号码", "本人陈述")
			b.set(time, "T003", "本人陈述", "前台说有人找我")
			b.SetRowVisible(time, 3, false)
			b.InsertRows("本人", 1, 2)
		}, want: "+时间线 T003 本人陈述 前台说有人打电话找我 > 前台说有人找我\n#rows-hidden 时间线  1"},
		{name: "columns of one's own, columns gone", edit: func(b book) {
			b.SetCellStr("本人", "D1", "我的备注")
			b.SetCellStr("本人", "D2", "问律师")
			b.RemoveCol("证据", "C")
		}, want: "#column-extra 本人 我的备注 0\n#column-missing 证据 种类 0"},
		{name: "a column named otherwise", edit: func(b book) { b.set(time, "编号", "本人陈述", "我说的") },
			want: "?时间线 N1 列名“我说的”，缺少列“本人陈述”"},
		{name: "a column twice", edit: func(b book) { b.set(time, "编号", "号码", "方式") }, want: "?时间线 E1 重复的列“方式”"},
		{name: "no head at all", edit: func(b book) { b.RemoveRow(time, 1) }, want: "?时间线  找不到列名那一行"},
		{name: "merged cells", edit: func(b book) { b.MergeCell("本人", "B3", "C4"); b.MergeCell(time, "B900", "C901") },
			want: "?本人 B3 合并的单元格 B3:C4"},
		{name: "sheets named otherwise, in another order, gone, one's own", edit: func(b book) {
			b.SetSheetName(time, "电话 记录")
			b.SetSheetName("诉求", "我要的")
			b.SetSheetName("本人", " 本 人 ")
			b.MoveSheet("证据", " 本 人 ")
			b.DeleteSheet("债务")
			b.NewSheet("草稿")
			b.SetCellStr("草稿", "A1", "编号")
			b.set("电话 记录", "T001", "联系到谁", "单位")
		}, want: "+时间线 T001 联系到谁 本人 > 单位\n#sheet-renamed 时间线 电话 记录 0\n#sheet-renamed 诉求 我要的 0\n" +
			"#sheet-extra 草稿  0\n#sheet-missing 债务  0"},
		{name: "rows of one's own, added and taken out", edit: func(b book) {
			b.below(time, "时间", "2026-10-01 22:30", "方式", "电话", "联系到谁", "亲友", "本人陈述", "打给我妈妈")
			b.below("债务", "债权人", "丙小贷", "到期日", "2027-01-05")
			b.RemoveRow(time, 4)
			b.RemoveRow("债务", 4)
		}, want: `+债务 新的一行 added > 丙小贷 2027-01-05
+债务 D01 removed 乙银行 0057 12000 18 900 2026-12-02 >
+时间线 新的一行 added > 2026-10-01 22:30 电话 亲友 打给我妈妈
+时间线 T003 removed 2026-09-20 18:00 电话 呼入 单位 是 前台说有人打电话找我 >`},
		{name: "a file's row taken out, a row of facts gone", edit: func(b book) {
			b.RemoveRow(time, 2)
			b.RemoveRow("本人", 5)
			b.RemoveRow("证据", 2)
		}, want: "!remove 时间线 T001 removed 2026-09-18 10:30:06 短信 呼入 0571-0000 0101… >\n" +
			"#rows-missing 本人  1\n#rows-missing 证据  1"},
		{name: "new rows that lack something, or claim a file", edit: func(b book) {
			b.below(time, "本人陈述", "忘了写方式")
			b.below("债务", "本金", "100")
			b.below("本人", "内容", "没有项目")
		}, want: "?本人 B17 “没有项目”\n?债务 B5 空着\n?时间线 C5 空着"},
		{name: "a new row with a source", edit: func(b book) { b.below(time, "方式", "电话", "来源", "E001:2", "本人陈述", "有") },
			want: "+时间线 新的一行 added > 电话 有\n!fixed 时间线 新的一行 来源 > E001:2"},
		{name: "a row twice, an id that never was", edit: func(b book) {
			b.DuplicateRow(time, 2)
			b.below(time, "编号", "T999", "方式", "电话")
		}, want: "?时间线 A3 “T001”有两行，另一行在 A2\n?时间线 A6 没有“T999”这一行"},
		{name: "shared strings, no property, a name alone", part: func(name, text string) string {
			if name == "docProps/custom.xml" {
				return ""
			}
			return text
		}},
		{name: "a cell alone tells the state", part: func(name, text string) string {
			if i := strings.Index(text, "<definedNames>"); i >= 0 {
				text = text[:i] + text[strings.Index(text, "</definedNames>")+len("</definedNames>"):]
			}
			if name == "docProps/custom.xml" {
				return ""
			}
			return text
		}},
	} {
		data := made
		if c.edit != nil {
			data = edited(t, data, c.edit)
		}
		if c.part != nil {
			data = parts(t, data, c.part)
		}
		other := filepath.Join(t.TempDir(), "别的.xlsx")
		if err := os.WriteFile(other, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := told(desk.Differences(t.Context(), d, kase, other)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// turn changes two rows of a column with each other.
func (b book) turn(sheet string, column, one, other int) {
	a, _ := excelize.CoordinatesToCellName(column+1, one)
	c, _ := excelize.CoordinatesToCellName(column+1, other)
	x, _ := b.GetCellValue(sheet, a)
	y, _ := b.GetCellValue(sheet, c)
	if err := errors.Join(b.SetCellStr(sheet, a, y), b.SetCellStr(sheet, c, x)); err != nil {
		b.t.Fatal(err)
	}
}

// turnColumns changes two columns with each other.
func (b book) turnColumns(sheet, one, other string) {
	rows, _ := b.GetRows(sheet)
	m, n := slices.Index(rows[0], one), slices.Index(rows[0], other)
	for r := range rows {
		a, _ := excelize.CoordinatesToCellName(m+1, r+1)
		c, _ := excelize.CoordinatesToCellName(n+1, r+1)
		x, _ := b.GetCellValue(sheet, a)
		y, _ := b.GetCellValue(sheet, c)
		if err := errors.Join(b.SetCellStr(sheet, a, y), b.SetCellStr(sheet, c, x)); err != nil {
			b.t.Fatal(err)
		}
	}
}
