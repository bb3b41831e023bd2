package desk

import (
	"fmt"
	"maps"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/xlsx"
	"juzheng/templates/workbook"
)

// leastShifted is how many cells of a column have changed together before it may pass for
// a column that slid: people do put fewer right, one below the other.
const leastShifted = 6

// findShifted reports columns whose cells stand in other rows than they did: one column
// was sorted alone, or a cell was put in or taken out and those below followed. Each cell
// reads well by itself, so that nothing else would be noticed.
func findShifted(c *comparison, p page, rows []workbook.Row, columns map[int]int, base basePage) {
	for k, column := range p.columns {
		at, there := columns[k]
		if !there || k == 0 || column.fixed || column.aside {
			continue
		}
		var was, now []string
		first, last, changed := 0, 0, 0
		for _, r := range rows {
			cells, known := base[plainHead(r.Cells[columns[0]].Text)]
			if !known {
				continue
			}
			was, now = append(was, cells[column.Head]), append(now, r.Cells[at].Text)
			if n := len(was) - 1; was[n] != now[n] {
				if changed == 0 {
					first = r.N
				}
				last, changed = r.N, changed+1
			}
		}
		if changed < leastShifted || !slid(was, now) && !sortedAlone(was, now) {
			continue
		}
		mistakeAt(c, p, xlsx.CellName(at, first)+":"+xlsx.CellName(at, last), evidence.Text{
			ZH: fmt.Sprintf("“%s”这一列有 %d 格一起变了，内容还是原来那些，只是换到了别的行", column.Head, changed),
			EN: fmt.Sprintf("%d cells of column %s changed together: what they hold is as it was, in other rows",
				changed, column.Head)},
			evidence.Text{ZH: "把这一列放回去（Ctrl+Z，或者用刚做出来的工作簿重填）；排序要选中整张表，加、删要加、删整行",
				EN: "the column as it was (Ctrl+Z, or a new workbook); sort the whole sheet, insert and delete whole rows"})
	}
}

// slid reports that from the first cell that changed to the last each holds what the one
// above it held, or each what the one below it held; one may be new.
func slid(was, now []string) bool {
	first, last := -1, 0
	for i := range now {
		if now[i] != was[i] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	others := func(step int) (n int) {
		for i := first; i <= last; i++ {
			if from := i + step; from < 0 || from >= len(was) || now[i] != was[from] {
				n++
			}
		}
		return n
	}
	return first >= 0 && min(others(-1), others(1)) <= 1
}

// sortedAlone reports the same cells in another order, with equal ones together.
func sortedAlone(was, now []string) bool {
	count := func(cells []string) map[string]int {
		n := map[string]int{}
		for _, s := range cells {
			n[s]++
		}
		return n
	}
	together := func(cells []string) bool { return len(slices.Compact(slices.Clone(cells))) == len(count(cells)) }
	return maps.Equal(count(was), count(now)) && together(now) && !together(was)
}
