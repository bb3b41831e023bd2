package desk

import (
	"fmt"
	"strings"

	"juzheng/evidence"
)

// noteWordsOfSheet say what a note of a workbook is about: %[1]s is the sheet, %[2]s the
// detail, %[3]d how many.
var noteWordsOfSheet = map[string]evidence.Text{
	NoteRenamedSheet:  {ZH: "“%[2]s”当作“%[1]s”读：列名一样", EN: "%[2]s is read as %[1]s, whose columns it has"},
	NoteMissingSheet:  {ZH: "没有“%[1]s”这张表，这张表里的没有读", EN: "there is no sheet %[1]s: nothing of it is read"},
	NoteExtraSheet:    {ZH: "“%[1]s”不是这份工作簿原有的表，没有读", EN: "%[1]s is no sheet of this workbook and is not read"},
	NoteMissingColumn: {ZH: "“%[1]s”里没有“%[2]s”这一列，没有读", EN: "%[1]s has no column %[2]s: nothing of it is read"},
	NoteExtraColumn:   {ZH: "“%[1]s”里您加的列“%[2]s”没有读", EN: "your column %[2]s on %[1]s is not read"},
	NoteHiddenRows: {ZH: "“%[1]s”里有 %[3]d 行是隐藏或者筛选掉的，照样读了",
		EN: "%[3]d hidden or filtered rows of %[1]s are read all the same"},
	NoteMissingRows: {ZH: "“%[1]s”里少了 %[3]d 行，那几行照案件里的，没有动",
		EN: "%[3]d rows of %[1]s are missing: the case has them as before"},
}

// Text says the note.
func (n SheetNote) Text() evidence.Text {
	t := noteWordsOfSheet[n.Code]
	return evidence.Text{ZH: fmt.Sprintf(t.ZH, n.Sheet, n.Detail, n.Count),
		EN: fmt.Sprintf(t.EN, n.Sheet, n.Detail, n.Count)}
}

// Text says why a change is not taken.
func (r SheetRefusal) Text() evidence.Text {
	switch r.Why {
	case RefusedFixed:
		return evidence.Text{ZH: "是材料里的或者程序算的，改不了", EN: "a file says it, or the program computes it"}
	case RefusedRemove:
		return evidence.Text{ZH: "材料里的行删不掉；不想用的，把“是否采用”写成否",
			EN: "a row of a file stays; to leave it out write 否 under 是否采用"}
	}
	return evidence.Text{ZH: fmt.Sprintf("案件里后来也改了，现在是“%s”；要用哪一个，照现在的工作簿再改一次", r.Now),
		EN: fmt.Sprintf("the case has changed there too and has %q now; choose in a new workbook", r.Now)}
}

// Text says the change in a line: where, what was, what will be.
func (c SheetChange) Text() evidence.Text {
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
