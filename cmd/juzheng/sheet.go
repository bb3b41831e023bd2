package main

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/internal/say"
)

var sheetCommand = command{
	name:  "sheet",
	args:  "CASE [FILE]",
	brief: text{ZH: "写成 Excel 工作簿来填，再写回来；债务清单", EN: "the workbook, out and in; debts"},
	least: 1,
	most:  2,
	help: text{
		ZH: `把案件写成一份工作簿，给习惯用 Excel、WPS 的人填：本人、平台、债务、时间线、证据、诉求、说明
各一张表。白色的格可以改，灰色的是材料里的或者程序算的。填好存盘，用 --apply 写回案件。

用法：juzheng sheet 案件夹 [文件]
      juzheng sheet 案件夹 [文件] --apply [--yes]
      juzheng sheet 案件夹 --debts
      juzheng sheet 案件夹 --ics [文件]

不写文件名，就是案件夹里的 案件.xlsx。它里面还有没写进案件的改动时，不会被换掉。

选项：
      --apply   先列出每一处改动（原来是什么、改成什么），问过才一次全写进去；有一格读不懂就
                什么都不写。材料里的格改了、案件那边也改了的格，列出来，不写
      --yes     不问，直接写
      --debts   列出债务：欠哪一家、合同、本金、年利率、每月应还、到期日、逾期几天，
                以及每月应还占收入多少。别家的债务写在 debts.csv，各家各是各的案件
      --ics     把以后的还款日写成日历（还款日.ics），每个日子提前 7 天、3 天、1 天的早上九点
                各提醒一次；再写一次会替换旧的。日历里有债权人的名称，手机日历会同步到云端

写错了可以收回（见 juzheng help ask），一次写的一起收回。

退出码：0 完成，1 有格读不懂，3 写了，但有几处没有写，4 旧工作簿里还有没写进案件的改动，
        2 没有终端可以问、也没有写 --yes。`,
		EN: `Writes the case as a workbook for those who live in Excel or WPS: you, platform, debts,
timeline, exhibits, requests, notes, a sheet each. White cells can be changed; grey ones are
what a file says, or computed. Save it, and write it back with --apply.

Use: juzheng sheet CASE [FILE]
     juzheng sheet CASE [FILE] --apply [--yes]
     juzheng sheet CASE --debts
     juzheng sheet CASE --ics [FILE]

Without FILE it is 案件.xlsx in the case folder. One with changes that are not in the case
yet is not written over.

Options:
      --apply   lists each change first (what was, what will be), asks, and writes all of
                them in one go; with one cell that cannot be read nothing is written. A cell
                that a file says, or that changed in the case too, is named and not written
      --yes     write without asking
      --debts   lists the debts: to whom, contract, principal, rate, what is paid a month,
                due day, days overdue, and the month's sum beside the income. Those to other
                lenders stand in debts.csv; each lender is a case of its own
      --ics     writes the due days to come as a calendar, each with reminders at nine, 7, 3
                and 1 days before; a later one replaces it. It names the lender, and calendars
                of phones go to a cloud

It can be taken back (juzheng help ask), all that was written in one go.

Exit codes: 0 done, 1 a cell cannot be read, 3 done but some changes were not taken, 4 the old
workbook has changes that are not in the case, 2 nobody can be asked and --yes is missing.`,
	},
	writes: &outputs{of: 1, makes: 2},
	setup: func(fs *pflag.FlagSet) action {
		var o sheetOptions
		fs.BoolVar(&o.apply, "apply", false, "")
		fs.BoolVar(&o.yes, "yes", false, "")
		fs.BoolVar(&o.debts, "debts", false, "")
		fs.BoolVar(&o.calendar, "ics", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			file := ""
			if len(args) > 1 {
				file = args[1]
			}
			chosen := 0
			for _, on := range []bool{o.apply, o.debts, o.calendar} {
				if on {
					chosen++
				}
			}
			switch {
			case chosen > 1, o.yes && !o.apply:
				return usage(text{ZH: "--apply、--debts、--ics 只能用一个；--yes 只和 --apply 一起用",
					EN: "one of --apply, --debts, --ics; --yes goes with --apply"})
			case o.debts && file != "":
				return usage(text{ZH: "多出了参数：%s（--debts 不写文件）", EN: "surplus argument: %s (--debts writes no file)"}, file)
			case o.debts:
				return showDebts(ctx, e, args[0])
			case o.calendar:
				return debtsCalendar(ctx, e, args[0], file)
			case o.apply:
				return applySheet(ctx, e, args[0], file, o.yes)
			}
			return writeSheet(ctx, e, args[0], file)
		}
	},
}

type sheetOptions struct{ apply, yes, debts, calendar bool }

func writeSheet(ctx context.Context, e *env, dir, file string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Sheet(ctx, d, dir, file)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.say(text{ZH: "工作簿：%s。用 Excel 或 WPS 填白色的格，存盘、关掉，再运行：\njuzheng sheet %s%s --apply",
		EN: "workbook: %s. Fill in the white cells, save it, close it, and run:\njuzheng sheet %s%s --apply"},
		quote(visible(r.Path)), quote(dir), fileArgument(file))
	return nil
}

func fileArgument(file string) string {
	if file == "" {
		return ""
	}
	return " " + quote(file)
}

// applySheet tells what a workbook changes, asks, and writes it into the case.
func applySheet(ctx context.Context, e *env, dir, file string, yes bool) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	diff, err := desk.Differences(ctx, d, dir, file)
	if err != nil {
		return err
	}
	if !e.json {
		e.tellDifferences(diff)
	}
	switch {
	case len(diff.Changes) == 0:
		if e.json {
			if err := e.emitLines(desk.AppliedSheet{Diff: diff}.Lines(), dir); err != nil {
				return err
			}
		} else {
			e.say(text{ZH: "没有要写进案件的改动", EN: "there is nothing to write into the case"})
		}
		return refusedSome(diff)
	case !yes && (e.json || !e.interactive()):
		if e.json {
			if err := e.emitLines(diff.Lines(), dir); err != nil {
				return err
			}
		}
		return usage(text{ZH: "还没有写进案件：没有终端可以问。看过上面列的，加上 --yes 再运行一次",
			EN: "nothing was written: nobody can be asked. Add --yes once you have read the list"})
	case !yes:
		ok, err := e.agree(ctx)
		if err != nil {
			return err
		}
		if !ok {
			return desk.ErrDeclined
		}
	}
	r, err := desk.ApplySheet(ctx, d, dir, diff)
	if err != nil {
		return err
	}
	if e.json {
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
		return refusedSome(r.Diff)
	}
	e.say(text{ZH: "已写进案件：%d 处。要收回：juzheng ask %s --undo %d",
		EN: "written into the case: %d changes. To take them back: juzheng ask %s --undo %d"},
		len(r.Diff.Changes), quote(dir), r.Answer.N)
	if r.Kept != "" {
		e.say(text{ZH: "您填的那份留在 %s；%s 已经照现在的案件重新写好", EN: "as you filled it in it is kept as %s; %s is written anew"},
			r.Kept, desk.SheetName)
	}
	e.say(text{ZH: "下一步：juzheng check %s", EN: "next: juzheng check %s"}, quote(dir))
	return refusedSome(r.Diff)
}

// refusedSome is the exit code of changes that were not taken.
func refusedSome(d desk.SheetDiff) error {
	if len(d.Refused) > 0 {
		return silent(exitPartial)
	}
	return nil
}

// tellDifferences lists what a workbook has otherwise than the case.
func (e *env) tellDifferences(d desk.SheetDiff) {
	for _, n := range d.Notes {
		e.say(text{ZH: "注意：%s", EN: "note: %s"}, visible(say.SheetNote(n).In(e.lang)))
	}
	if len(d.Moved) > 0 {
		e.printf(text{ZH: "做了工作簿以后，案件里又变了 %d 处：\n", EN: "%d things changed in the case since the workbook was made:\n"},
			len(d.Moved))
		for n, c := range d.Moved {
			if n == mostMoved && len(d.Moved) > mostMoved+1 {
				e.printf(text{ZH: "  … 还有 %d 处\n", EN: "  … and %d more\n"}, len(d.Moved)-n)
				break
			}
			e.tellSheetChange(c)
		}
	}
	if len(d.Changes) > 0 {
		e.printf(text{ZH: "要写进案件的 %d 处：\n", EN: "%d changes to be written into the case:\n"}, len(d.Changes))
		for _, c := range d.Changes {
			e.tellSheetChange(c)
		}
	}
	if len(d.Refused) > 0 {
		e.printf(text{ZH: "不写的 %d 处：\n", EN: "%d changes that are not taken:\n"}, len(d.Refused))
		for _, c := range d.Refused {
			e.tellSheetChange(c.SheetChange)
			fmt.Fprint(e.stdout, fold(visible("      "+say.SheetRefusal(c).In(e.lang)), e.width(), 6))
		}
	}
}

// mostMoved is how many changes of the case are named.
const mostMoved = 10

// tellSheetChange says one change in a line: where, what was, what will be.
func (e *env) tellSheetChange(c desk.SheetChange) {
	fmt.Fprint(e.stdout, fold(visible("  "+say.SheetChange(c).In(e.lang)), e.width(), 4))
}

func showDebts(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Debts(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	rows := [][]string{heads(e.lang, text{ZH: "哪一家", EN: "lender"}, text{ZH: "本金", EN: "principal"},
		text{ZH: "年利率", EN: "rate"}, text{ZH: "每月应还", EN: "a month"}, text{ZH: "到期日", EN: "due"},
		text{ZH: "情况", EN: "state"}, text{ZH: "合同编号", EN: "contract"})}
	for _, x := range r.Debts {
		name := visible(x.Lender)
		if x.Own {
			name += text{ZH: "（本案）", EN: " (this case)"}.In(e.lang)
		}
		rows = append(rows, []string{orDash(name), orDash(x.Principal), orDash(x.AnnualRate), orDash(x.Monthly),
			orDash(x.Due), x.StageText(r.Today, r.Twice(x)).In(e.lang), orDash(visible(x.Contract))})
	}
	if len(r.Debts) == 0 {
		e.say(text{ZH: "还没有写债务。别家的写在 %s，或者用工作簿：juzheng sheet %s", EN: "no debts yet. Write those to others into %s, or " +
			"use the workbook: juzheng sheet %s"}, desk.DebtsFile, quote(dir))
		return nil
	}
	fmt.Fprint(e.stdout, columns(rows, e.width()))
	e.printf(text{ZH: "%s\n", EN: "%s\n"}, r.Burden.Text().In(e.lang))
	e.say(text{ZH: "各家的债务各是各的案件，本金和逾期不相加，也不进任何信", EN: "each lender is a case of its own: sums owed are not added up, " +
		"and no letter has them"})
	return nil
}

func debtsCalendar(ctx context.Context, e *env, dir, file string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	c, err := desk.WriteDebtsCalendar(ctx, d, dir, file)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(c.Lines(), dir)
	}
	e.say(text{ZH: "日历：%s，%d 个还款日，各提醒三次。发到手机上打开就能加进日历", EN: "calendar: %s, %d due days with three reminders each; " +
		"open it on the phone to add it"}, quote(visible(c.Path)), c.Events)
	return nil
}
