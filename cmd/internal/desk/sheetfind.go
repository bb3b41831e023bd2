package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/xlsx"
	"juzheng/templates/workbook"
)

// plainHead is the head of a column without the blanks and line ends that people and
// programs put into it.
func plainHead(s string) string { return strings.Join(strings.Fields(norm.NFKC.String(s)), "") }

// sheetsIn finds the sheets of a case in a workbook: by their names, or by their
// columns where somebody named them otherwise. Help is the sheet that explains.
func sheetsIn(content workbook.Content, pages []page) (found map[string]workbook.Table, help workbook.Table,
	notes []SheetNote) {
	found = map[string]workbook.Table{}
	var left []workbook.Table
	for _, t := range content.Sheets {
		n := slices.IndexFunc(pages, func(p page) bool { return plainHead(p.name) == plainHead(t.Name) })
		switch {
		case n >= 0 && pages[n].plain:
			help = t
		case n >= 0:
			found[pages[n].name] = t
		default:
			left = append(left, t)
		}
	}
	for _, t := range left {
		n := slices.IndexFunc(pages, func(p page) bool {
			_, taken := found[p.name]
			_, heads := headOf(t, p)
			// The sheets of facts have the same columns: those are told by their rows.
			return !taken && !p.plain && heads > 2 && heads*3 >= len(p.columns)*2 && (p.open || sharesRows(t, p))
		})
		if n < 0 {
			notes = append(notes, SheetNote{Code: NoteExtraSheet, Sheet: t.Name})
			continue
		}
		found[pages[n].name] = t
		notes = append(notes, SheetNote{Code: NoteRenamedSheet, Sheet: pages[n].name, Detail: t.Name})
	}
	for _, p := range pages {
		if _, ok := found[p.name]; !ok && !p.plain {
			notes = append(notes, SheetNote{Code: NoteMissingSheet, Sheet: p.name})
		}
	}
	return found, help, notes
}

// sharesRows reports whether most rows of a page stand in a table.
func sharesRows(t workbook.Table, p page) bool {
	there := map[string]bool{}
	for _, r := range t.Rows {
		for _, v := range r.Cells {
			there[plainHead(v.Text)] = true
		}
	}
	n := 0
	for _, r := range p.rows {
		if there[plainHead(r.id)] {
			n++
		}
	}
	return n*2 > len(p.rows)
}

// headRows are how many rows may stand above the head of a sheet.
const headRows = 20

// headOf is the row of a table that has most heads of a page, and how many.
func headOf(t workbook.Table, p page) (at, most int) {
	at = -1
	for n, r := range t.Rows {
		if r.N > headRows {
			break
		}
		heads := 0
		for _, c := range p.columns {
			for _, v := range r.Cells {
				if plainHead(v.Text) == plainHead(c.Head) {
					heads++
					break
				}
			}
		}
		if heads > most {
			at, most = n, heads
		}
	}
	return at, most
}

// shownState is the state as the sheet that explains shows it.
func shownState(help workbook.Table) string {
	for _, r := range help.Rows {
		for _, v := range r.Cells {
			if raw, err := hex.DecodeString(v.Text); err == nil && len(raw) == sha256.Size {
				return v.Text
			}
		}
	}
	return ""
}

// A basePage is what a sheet was made from: cells by row and head.
type basePage map[string]map[string]string

func baseOf(s sheetState, p page) basePage {
	out := basePage{}
	for _, x := range s.Pages {
		if x.Name != p.name {
			continue
		}
		for _, row := range x.Rows {
			cells := map[string]string{}
			for n, text := range row {
				cells[x.Heads[n]] = text
			}
			out[plainHead(row[0])] = cells
		}
	}
	return out
}

// columnsIn finds the columns of a page by their heads: of each its place in the
// table. Where one is missing and another has a head that nobody knows, it was named
// otherwise, and what stands in it would be lost.
func columnsIn(c *comparison, p page, head workbook.Row) (columns map[int]int, ok bool) {
	columns = map[int]int{}
	var unknown []int
	for _, at := range sorted(head.Cells) {
		text := head.Cells[at].Text
		n := slices.IndexFunc(p.columns, func(x pageColumn) bool { return plainHead(x.Head) == plainHead(text) })
		_, twice := columns[n]
		switch {
		case n < 0 && plainHead(text) != "":
			unknown = append(unknown, at)
		case twice:
			mistakeAt(c, p, xlsx.CellName(at, head.N), evidence.Text{ZH: "重复的列“" + text + "”", EN: "column " + text + " twice"},
				evidence.Text{ZH: "每列一次，多出来的删掉", EN: "each column once"})
			return nil, false
		case n >= 0:
			columns[n] = at
		}
	}
	var missing []string
	for n, x := range p.columns {
		if _, ok := columns[n]; !ok && x.Head != "" {
			missing = append(missing, x.Head)
		}
	}
	if _, ok := columns[0]; !ok || len(missing) > 0 && len(unknown) > 0 {
		at, text := 0, ""
		if len(unknown) > 0 {
			at, text = unknown[0], head.Cells[unknown[0]].Text
		}
		lost := strings.Join(missing, "、")
		mistakeAt(c, p, xlsx.CellName(at, head.N), evidence.Text{ZH: "列名“" + text + "”，缺少列“" + lost + "”",
			EN: "a column " + text + ", and no column " + lost},
			evidence.Text{ZH: "列名和做出来的时候一样；自己加的列放在最后，不要改原来的列名", EN: "the heads as they were made"})
		return nil, false
	}
	for _, m := range missing {
		c.out.Notes = append(c.out.Notes, SheetNote{Code: NoteMissingColumn, Sheet: p.name, Detail: m})
	}
	for _, at := range unknown {
		c.out.Notes = append(c.out.Notes, SheetNote{Code: NoteExtraColumn, Sheet: p.name, Detail: head.Cells[at].Text})
	}
	return columns, true
}

func sorted[V any](m map[int]V) []int {
	var out []int
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// findMerged reports cells below the head that were made one: what stood in all but the
// first is gone.
func findMerged(c *comparison, p page, t workbook.Table, head workbook.Row, columns map[int]int) {
	last := 0
	for _, at := range columns {
		last = max(last, at)
	}
	for _, ref := range t.Merged {
		first, _, _ := strings.Cut(ref, ":")
		column, row := xlsx.Place(ref)
		if column > last || row > 0 && row < head.N || len(t.Rows) > 0 && row > t.Rows[len(t.Rows)-1].N {
			continue
		}
		mistakeAt(c, p, first, evidence.Text{ZH: "合并的单元格 " + ref, EN: "merged cells " + ref},
			evidence.Text{ZH: "取消合并，把各格的内容补回去", EN: "cells of their own, each with what stood in it"})
	}
}
