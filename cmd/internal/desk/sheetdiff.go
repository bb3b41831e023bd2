package desk

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/xlsx"
	"juzheng/templates/workbook"
)

// A comparison holds a workbook that came back against the state it was made from and
// the case as it is now.
type comparison struct {
	table   []evidence.Incident // as timeline.csv has it
	places  map[string]int      // of the rows of the page, by their ids
	out     *SheetDiff
	changes changeSet
	bad     SheetMistakes
}

func differences(ctx context.Context, d Desk, f *folder.Folder, path string) (SheetDiff, error) {
	out := SheetDiff{Path: path}
	if openElsewhere(path) {
		d.tell(OpenElsewhere{path})
	}
	content, err := readWorkbook(path)
	if err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	x, table, pages, err := casePages(d, f)
	if err != nil {
		return out, err
	}
	tables, help, notes := sheetsIn(content, pages)
	out.Notes = notes
	digest := content.State
	if digest == "" {
		digest = shownState(help)
	}
	base, known, err := loadState(f, x.Case.ID, digest)
	if err != nil {
		return out, err
	}
	if !known {
		return out, &UnknownStateError{Path: path, State: digest, Other: base.Case != "" && base.Case != x.Case.ID}
	}
	c := comparison{table: table, out: &out, changes: changeSet{dossier: x, keys: map[string]string{}}}
	if c.changes.debts, err = f.Debts(); err != nil {
		return out, err
	}
	for _, p := range pages {
		if t, ok := tables[p.name]; ok {
			c.page(p, t, baseOf(base, p))
		}
	}
	if len(c.bad) > 0 {
		return out, c.bad
	}
	out.answer, err = c.changes.answer(&out, table)
	return out, err
}

// readWorkbook reads a workbook from its file.
func readWorkbook(path string) (workbook.Content, error) {
	in, err := os.Open(path)
	if err != nil {
		return workbook.Content{}, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return workbook.Content{}, err
	}
	if !info.Mode().IsRegular() {
		return workbook.Content{}, &workbook.FormError{Form: workbook.Damaged}
	}
	return workbook.Read(in, info.Size())
}

// mistakeAt notes a cell that cannot be read.
func mistakeAt(c *comparison, p page, cell string, found, wanted evidence.Text) {
	c.bad = append(c.bad, SheetMistake{p.name, cell, found, wanted})
}

func quotedText(s string) evidence.Text {
	return evidence.Text{ZH: "“" + s + "”", EN: `"` + s + `"`}
}

// page compares one sheet.
func (c *comparison) page(p page, t workbook.Table, base basePage) {
	c.places = map[string]int{}
	for n, r := range p.rows {
		c.places[plainHead(r.id)] = n
	}
	findMoved(c, p, base)
	at, heads := headOf(t, p)
	if at < 0 || heads < 2 {
		mistakeAt(c, p, "", evidence.Text{ZH: "找不到列名那一行", EN: "no row with the heads of the columns"},
			evidence.Text{ZH: "第一行是 " + p.columns[0].Head + "、" + p.columns[1].Head + " …，和做出来的时候一样",
				EN: "the heads as they were made, in the first row"})
		return
	}
	head := t.Rows[at]
	columns, ok := columnsIn(c, p, head)
	if !ok {
		return
	}
	findMerged(c, p, t, head, columns)
	seen := map[string]string{} // by row, the cell of its id
	hidden := 0
	for _, r := range t.Rows[at+1:] {
		if r.Hidden {
			hidden++
		}
		c.row(p, r, columns, base, seen)
	}
	if hidden > 0 {
		c.out.Notes = append(c.out.Notes, SheetNote{Code: NoteHiddenRows, Sheet: p.name, Count: hidden})
	}
	findGone(c, p, base, seen)
	if p.open {
		findShifted(c, p, t.Rows[at+1:], columns, base)
	}
}

// findMoved notes what changed in the case since the workbook was made.
func findMoved(c *comparison, p page, base basePage) {
	for _, r := range p.rows {
		was, there := base[plainHead(r.id)]
		if !there {
			if !r.empty() {
				c.out.Moved = append(c.out.Moved, SheetChange{Sheet: p.name, Item: r.id, After: r.words(p), Row: "added"})
			}
			continue
		}
		for n, s := range r.slots {
			if text := workbook.Clean(s.text); !p.columns[n].aside && was[p.columns[n].Head] != text {
				c.out.Moved = append(c.out.Moved, SheetChange{Sheet: p.name, Item: r.id, Column: p.columns[n].Head,
					Before: was[p.columns[n].Head], After: text})
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(base)) {
		if _, there := c.places[id]; !there {
			c.out.Moved = append(c.out.Moved, SheetChange{Sheet: p.name, Item: base[id][p.columns[0].Head], Row: "removed"})
		}
	}
}

// empty reports a row of a page that says nothing but its name.
func (r pageRow) empty() bool {
	return !slices.ContainsFunc(r.slots[1:], func(s slot) bool { return s.about != (about{}) && s.text != "" })
}

// words are a row in short.
func (r pageRow) words(p page) string {
	var out []string
	for n, s := range r.slots[1:] {
		if c := p.columns[n+1]; s.text != "" && !c.aside && !c.fixed {
			out = append(out, s.text)
		}
	}
	return short(strings.Join(out, " "))
}

// short is a text of at most forty characters.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// row compares a row that came back.
func (c *comparison) row(p page, r workbook.Row, columns map[int]int, base basePage, seen map[string]string) {
	value := func(n int) workbook.Value {
		if at, ok := columns[n]; ok {
			return r.Cells[at]
		}
		return workbook.Value{}
	}
	cell := func(n int) string { return xlsx.CellName(columns[n], r.N) }
	id := value(0).Text
	if id == "" {
		c.newRow(p, r, columns, base)
		return
	}
	key := plainHead(id)
	if before, twice := seen[key]; twice {
		mistakeAt(c, p, cell(0), evidence.Text{ZH: "“" + id + "”有两行，另一行在 " + before,
			EN: id + " stands in " + before + " too"},
			evidence.Text{ZH: "复制出来的新行，把" + p.columns[0].Head + "清空", EN: "an empty first cell in a row of your own"})
		return
	}
	seen[key] = cell(0)
	was, known := base[key]
	n, there := c.places[key]
	switch {
	case !known:
		mistakeAt(c, p, cell(0), evidence.Text{ZH: "没有“" + id + "”这一行", EN: "there is no row " + id},
			evidence.Text{ZH: p.columns[0].Head + "和做出来的时候一样；新加的行，" + p.columns[0].Head + "留空",
				EN: "the names as they were made; an empty first cell in a row of your own"})
		return
	case !there: // it went from the case since: told as moved
		return
	}
	row := p.rows[n]
	for k := range p.columns {
		if _, there := columns[k]; k == 0 || !there {
			continue
		}
		c.cell(p, k, row, cell(k), value(k), was[p.columns[k].Head])
	}
}

// cell compares a cell: was is what it was made with.
func (c *comparison) cell(p page, k int, row pageRow, name string, v workbook.Value, was string) {
	column, s := p.columns[k], row.slots[k]
	now := workbook.Clean(s.text)
	if v.Text == was && !v.Fault || v.Text == now && !column.aside && !v.Fault {
		return
	}
	change := SheetChange{Sheet: p.name, Cell: name, Item: row.id, Column: column.Head, Before: was, After: v.Text}
	if column.aside {
		now = was
	}
	if s.about == (about{}) {
		if sameNumber(v, was) {
			return // the program that saved it took words for a number, and nothing was lost
		}
		c.out.Refused = append(c.out.Refused, SheetRefusal{change, RefusedFixed, now})
		return
	}
	text, ok := c.readable(p, name, column, s.about, v)
	if !ok {
		return
	}
	value, wanted := c.changes.read(s.about, text)
	if wanted != nil {
		mistakeAt(c, p, name, quotedText(text), *wanted)
		return
	}
	after := workbook.Clean(shownAs(s.about, value))
	switch {
	case after == was || after == now:
	case now != was:
		c.out.Refused = append(c.out.Refused, SheetRefusal{change, RefusedBoth, now})
	default:
		change.After = after
		c.out.Changes = append(c.out.Changes, change)
		c.changes.set(s.about, value)
	}
}

// sameNumber reports words that a spreadsheet took for a number, where they are that
// number in full.
func sameNumber(v workbook.Value, was string) bool {
	return v.Number && !v.Fault && !strings.HasPrefix(was, "0") && plainHead(was) == v.Text
}

// findGone compares the rows that no longer stand in a sheet.
func findGone(c *comparison, p page, base basePage, seen map[string]string) {
	lost := 0
	for _, r := range p.rows {
		was, known := base[plainHead(r.id)]
		if _, there := seen[plainHead(r.id)]; there || !known {
			continue
		}
		change := SheetChange{Sheet: p.name, Item: r.id, Before: r.words(p), Row: "removed"}
		moved := false
		for n, s := range r.slots {
			moved = moved || !p.columns[n].aside && was[p.columns[n].Head] != workbook.Clean(s.text)
		}
		switch {
		case !p.open:
			lost++
		case r.made:
			c.out.Refused = append(c.out.Refused, SheetRefusal{change, RefusedRemove, ""})
		case moved:
			c.out.Refused = append(c.out.Refused, SheetRefusal{change, RefusedBoth, r.words(p)})
		default:
			c.out.Changes = append(c.out.Changes, change)
			c.changes.remove(p.name, r.id)
		}
	}
	if lost > 0 {
		c.out.Notes = append(c.out.Notes, SheetNote{Code: NoteMissingRows, Sheet: p.name, Count: lost})
	}
}

// newRow reads a row without a name.
func (c *comparison) newRow(p page, r workbook.Row, columns map[int]int, base basePage) {
	var filled []int
	for k := range p.columns {
		if at, there := columns[k]; there && k > 0 && r.Cells[at] != (workbook.Value{}) {
			filled = append(filled, k)
		}
	}
	if len(filled) == 0 {
		return
	}
	name := func(k int) string { return xlsx.CellName(columns[k], r.N) }
	if !p.open {
		k := filled[0]
		mistakeAt(c, p, name(k), quotedText(r.Cells[columns[k]].Text), evidence.Text{
			ZH: "写在有项目名的行里；这张表不能自己加行", EN: "a row that has a name: none can be added to this sheet"})
		return
	}
	added := newRow{sheet: p.name, cells: map[string]string{}}
	var words []string
	for _, k := range filled {
		column, v := p.columns[k], r.Cells[columns[k]]
		if column.fixed || column.aside {
			c.out.Refused = append(c.out.Refused, SheetRefusal{SheetChange{Sheet: p.name, Cell: name(k), Item: "新的一行",
				Column: column.Head, After: v.Text}, RefusedFixed, ""})
			continue
		}
		of := about{row: " ", column: column.en}
		if p.name == sheetDebts {
			of = about{debt: " ", column: column.en}
		}
		text, ok := c.readable(p, name(k), column, of, v)
		if !ok {
			return
		}
		value, wanted := c.changes.read(of, text)
		if wanted != nil {
			mistakeAt(c, p, name(k), quotedText(text), *wanted)
			return
		}
		added.cells[column.en] = value
		words = append(words, workbook.Clean(shownAs(of, value)))
	}
	if len(added.cells) == 0 {
		return
	}
	if must, at := added.lacks(p, columns); must != nil {
		mistakeAt(c, p, xlsx.CellName(at, r.N), evidence.Text{ZH: "空着", EN: "nothing"}, *must)
		return
	}
	if c.changes.has(added, c.table, base) {
		return // it was written into the case already
	}
	c.out.Changes = append(c.out.Changes, SheetChange{Sheet: p.name, Cell: name(filled[0]), Item: "新的一行",
		After: short(strings.Join(words, " ")), Row: "added"})
	c.changes.rows = append(c.changes.rows, added)
}

// readable is the text of a cell that a person changed, where it is what they wrote:
// no formula, no fault, no number that may have lost digits.
func (c *comparison) readable(p page, name string, column pageColumn, of about, v workbook.Value) (string, bool) {
	found := quotedText(v.Text)
	switch {
	case v.Fault:
		mistakeAt(c, p, name, evidence.Text{ZH: "错误值 " + v.Text, EN: "the fault " + v.Text},
			evidence.Text{ZH: "要写的内容", EN: "what is meant"})
	case v.Formula:
		mistakeAt(c, p, name, evidence.Text{ZH: "公式", EN: "a formula"},
			evidence.Text{ZH: "文字：复制这一格，右键“选择性粘贴”选“数值”，或者重新输入", EN: "text: copy the cell and paste its value"})
	case v.Number && of.dated() && v.Time != "":
		return v.Time, true
	case v.Number && of.digits() && !wholeMobile(v.Text):
		mistakeAt(c, p, name, evidence.Text{ZH: found.ZH + "（表格软件当成数字存的，前面的 0 和十五位以后的数字可能已经丢了）",
			EN: found.EN + ", kept as a number: zeros before it and digits behind the fifteenth may be lost"},
			evidence.Text{ZH: "对照原件重新输入；先把单元格设为“文本”，再输入", EN: "the whole number, typed again into a text cell"})
	default:
		return v.Text, true
	}
	return "", false
}

// wholeMobile reports eleven digits that begin with 1: no zero was before them.
func wholeMobile(s string) bool {
	return len(s) == 11 && s[0] == '1' && strings.Trim(s, "0123456789") == ""
}

// dated reports a cell that holds a day or a time.
func (a about) dated() bool {
	return slices.Contains([]string{"time", "due"}, a.column) ||
		slices.Contains([]string{"loan.date", "loan.due", "loan.settled"}, a.key)
}

// digits reports a cell that holds a number of somebody or something, of which every
// digit counts.
func (a about) digits() bool {
	return slices.Contains([]string{"number", "contract", "sim", "exhibits"}, a.column) ||
		strings.HasSuffix(a.key, ".phone") || strings.HasSuffix(a.key, "id_number") ||
		slices.Contains([]string{"lender.credit_code", "platform.credit_code", "loan.contract"}, a.key)
}

// shownAs is a value in the words the workbook has for it.
func shownAs(of about, value string) string {
	switch {
	case of.number+of.account != "":
		return folder.KeyWords("numbers.side", value)
	case of.key != "" && of.nth == 0:
		return folder.KeyWords(of.key, value)
	case of.row != "" && of.column == "asserted kinds":
		var i evidence.Incident
		for _, w := range strings.Fields(value) {
			if rest, not := strings.CutPrefix(w, notKind); not {
				i.Denied = append(i.Denied, evidence.Breach(rest))
			} else {
				i.Asserted = append(i.Asserted, evidence.Breach(w))
			}
		}
		return breachWords(i)
	}
	return value
}
