// Package say has the sentences that the terminal and the page share: what a result of
// desk says, in both languages. It is a value's words and nothing more; what only one of
// the two says is said there.
//
//	say.SheetNote(note).In(lang) // 没有“债务”这张表，这张表里的没有读
//
// It does no job, and looks at no case.
package say

import (
	"fmt"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// sheetNotes say what a note of a workbook is about: %[1]s is the sheet, %[2]s the
// detail, %[3]d how many.
var sheetNotes = map[string]evidence.Text{
	desk.NoteRenamedSheet:  {ZH: "“%[2]s”当作“%[1]s”读：列名一样", EN: "%[2]s is read as %[1]s, whose columns it has"},
	desk.NoteMissingSheet:  {ZH: "没有“%[1]s”这张表，这张表里的没有读", EN: "there is no sheet %[1]s: nothing of it is read"},
	desk.NoteExtraSheet:    {ZH: "“%[1]s”不是这份工作簿原有的表，没有读", EN: "%[1]s is no sheet of this workbook and is not read"},
	desk.NoteMissingColumn: {ZH: "“%[1]s”里没有“%[2]s”这一列，没有读", EN: "%[1]s has no column %[2]s: nothing of it is read"},
	desk.NoteExtraColumn:   {ZH: "“%[1]s”里您加的列“%[2]s”没有读", EN: "your column %[2]s on %[1]s is not read"},
	desk.NoteHiddenRows: {ZH: "“%[1]s”里有 %[3]d 行是隐藏或者筛选掉的，照样读了",
		EN: "%[3]d hidden or filtered rows of %[1]s are read all the same"},
	desk.NoteMissingRows: {ZH: "“%[1]s”里少了 %[3]d 行，那几行照案件里的，没有动",
		EN: "%[3]d rows of %[1]s are missing: the case has them as before"},
}

// SheetNote says what was noticed of a workbook.
func SheetNote(n desk.SheetNote) evidence.Text {
	t := sheetNotes[n.Code]
	return evidence.Text{ZH: fmt.Sprintf(t.ZH, n.Sheet, n.Detail, n.Count),
		EN: fmt.Sprintf(t.EN, n.Sheet, n.Detail, n.Count)}
}

// SheetRefusal says why a change is not taken.
func SheetRefusal(r desk.SheetRefusal) evidence.Text {
	switch r.Why {
	case desk.RefusedFixed:
		return evidence.Text{ZH: "是材料里的或者程序算的，改不了", EN: "a file says it, or the program computes it"}
	case desk.RefusedRemove:
		return evidence.Text{ZH: "材料里的行删不掉；不想用的，把“是否采用”写成否",
			EN: "a row of a file stays; to leave it out write 否 under 是否采用"}
	}
	return evidence.Text{ZH: fmt.Sprintf("案件里后来也改了，现在是“%s”；要用哪一个，照现在的工作簿再改一次", r.Now),
		EN: fmt.Sprintf("the case has changed there too and has %q now; choose in a new workbook", r.Now)}
}

// SheetChange says the change in a line: where, what was, what will be.
func SheetChange(c desk.SheetChange) evidence.Text {
	where := strings.Join(strings.Fields(strings.Join([]string{c.Sheet, c.Cell, c.Item, c.Column}, " ")), " ")
	in := func(nothing, change, added, removed string) string {
		cell := func(s string) string {
			if s = strings.Join(strings.Fields(s), " "); s == "" {
				return nothing
			}
			return s
		}
		switch c.Row {
		case "added":
			return fmt.Sprintf(added, where, cell(c.After))
		case "removed":
			return fmt.Sprintf(removed, where, cell(c.Before))
		}
		return fmt.Sprintf(change, where, cell(c.Before), cell(c.After))
	}
	return evidence.Text{ZH: in("（空）", "%s：%s → %s", "%s，加上：%s", "%s，删去：%s"),
		EN: in("(nothing)", "%s: %s → %s", "%s, added: %s", "%s, taken out: %s")}
}
