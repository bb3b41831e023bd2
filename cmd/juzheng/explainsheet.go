package main

import (
	"errors"

	"juzheng/cmd/internal/desk"
	"juzheng/templates/workbook"
)

// formsOfBooks say what a file is that is no workbook of today, and what to do.
var formsOfBooks = map[workbook.Form][2]text{
	workbook.Locked: {{ZH: "这份工作簿有密码，打不开", EN: "the workbook is locked with a password"},
		{ZH: "在 Excel 或 WPS 里打开，去掉密码，另存为“Excel 工作簿 (.xlsx)”", EN: "open it, take the password away, and save it as .xlsx"}},
	workbook.Old: {{ZH: "这是旧格式的表格（.xls、.et），不是 .xlsx", EN: "it is a workbook of an old form (.xls, .et), and no .xlsx"},
		saveAsXLSX},
	workbook.Other: {{ZH: "这不是 .xlsx 工作簿（可能是 .ods、.xlsb 或别的压缩文件）",
		EN: "it is no .xlsx (perhaps an .ods, .xlsb or another archive)"}, saveAsXLSX},
	workbook.Words: {{ZH: "这是文字（CSV 或网页），不是 .xlsx 工作簿", EN: "it is text (CSV or a web page), and no .xlsx"},
		{ZH: "CSV 里列名和编号都丢了格式，请用 juzheng sheet 写出的那份填，存成“Excel 工作簿 (.xlsx)”",
			EN: "fill in the one that juzheng sheet wrote, and save it as .xlsx"}},
	workbook.Damaged: {{ZH: "这份工作簿坏了，或者没有写完", EN: "the workbook is damaged or cut short"},
		{ZH: "在 Excel 或 WPS 里打开修复后另存为 .xlsx；打不开的，用 juzheng sheet 重新写一份",
			EN: "let the spreadsheet repair it and save it as .xlsx, or write a new one with juzheng sheet"}},
	workbook.Huge: {{ZH: "这份工作簿展开以后太大，不像是这份表", EN: "the workbook unpacks to more than such a table can hold"},
		{ZH: "多半是整张表的空行带了格式：选中最后一行下面的所有行，删除，再存盘；不是您填的那份就不要用",
			EN: "perhaps all empty rows carry a format: delete them and save it; do not use one you did not fill in"}},
}

var saveAsXLSX = text{ZH: "在 Excel 或 WPS 里打开，另存为“Excel 工作簿 (.xlsx)”", EN: "open it and save it as .xlsx"}

// explainSheet says the errors of workbooks; nil: it is none of them.
func explainSheet(err error) *failure {
	var form *workbook.FormError
	var unapplied *desk.UnappliedError
	var unknown *desk.UnknownStateError
	var mistakes desk.SheetMistakes
	var changed *desk.SheetChangedError
	var nothing *desk.NothingDueError
	failed := func(code int, what text, hints ...text) *failure {
		return &failure{code: code, err: err, what: what, hints: hints}
	}
	rename := text{ZH: "先把改动写进案件：juzheng sheet 案件夹 --apply；不要了的，把这份文件改名或移走，再运行一次",
		EN: "write them into the case first: juzheng sheet CASE --apply; or rename the file and run this again"}
	switch {
	case errors.As(err, &unapplied) && unapplied.Changes == 0:
		return failed(exitBlocked, fill(text{ZH: "%s 已经有了，看不出里面有没有您的改动",
			EN: "%s is there, and nobody knows whether it holds changes of yours"},
			quote(visible(unapplied.Path))), text{ZH: "把它改名或移走，再运行一次；它没有被改动",
			EN: "rename it and run this again; it was not touched"})
	case errors.As(err, &unapplied):
		return failed(exitBlocked, fill(text{ZH: "%s 里有 %d 处改动还没有写进案件，没有换掉它",
			EN: "%s holds %d changes that are not in the case; it was not written over"},
			quote(visible(unapplied.Path)), unapplied.Changes), rename)
	case errors.As(err, &form):
		w := formsOfBooks[form.Form]
		return failed(exitFailed, w[0], w[1], text{ZH: "什么都没有写", EN: "nothing was written"})
	case errors.As(err, &unknown):
		return failed(exitFailed, fill(text{ZH: "%s 没有写明是从哪个案件、什么时候做的，或者是另一个案件的，分不清哪些是您改的",
			EN: "nothing tells from which case and when %s was made, or it is another case's: what you changed cannot be told"},
			quote(visible(unknown.Path))), text{ZH: "用 juzheng sheet 给这个案件重新写一份，把您填的抄进去；什么都没有写",
			EN: "write a new one of this case with juzheng sheet and copy what you filled in; nothing was written"})
	case errors.As(err, &mistakes):
		f := failed(exitFailed, text{})
		for i, m := range mistakes {
			zh := visible(m.Sheet + " " + m.Cell + "：" + m.Found.ZH + "；应为" + m.Wanted.ZH)
			en := visible(m.Sheet + " " + m.Cell + ": found " + m.Found.EN + ", wanted " + m.Wanted.EN)
			if i > 0 {
				zh, en = "\n      "+zh, "\n       "+en
			}
			f.what.ZH, f.what.EN = f.what.ZH+zh, f.what.EN+en
		}
		f.hints = []text{{ZH: "在表格里改好、存盘，再运行一次；什么都没有写",
			EN: "mend it in the workbook, save it, and run again; nothing was written"}}
		return f
	case errors.As(err, &changed):
		return failed(exitFailed, fill(text{ZH: "%s 或者案件在您看的时候变了，什么都没有写",
			EN: "%s or the case changed while you looked; nothing was written"},
			quote(visible(changed.Path))), text{ZH: "再运行一次", EN: "run it again"})
	case errors.As(err, &nothing):
		return failed(exitFailed, text{ZH: "没有今天以后的还款日，没有写日历", EN: "no due day is to come; no calendar was written"},
			text{ZH: "到期日写在工作簿的“债务”表，或者 case.toml 的 loan.due、debts.csv",
				EN: "due days stand on the sheet 债务, or in loan.due of case.toml and debts.csv"})
	}
	return nil
}
