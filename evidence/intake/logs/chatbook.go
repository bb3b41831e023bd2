package logs

import (
	"fmt"
	"strings"
	"time"

	"juzheng/evidence"
)

// Chats in workbooks: WeFlow and its kind write one on demand, and people put one
// together from what they copied.

// chatSheet finds the head of a chat among the first rows of a sheet.
func chatSheet(g gridSheet) (form int, cols map[string]int, line int, before string, ok bool) {
	n := 0
	err := g.rows(func(row tableRow) error {
		if form, cols, ok = chatColumns(row.cells); ok {
			line = row.n
			return errEnough
		}
		before += strings.Join(row.cells, "\t") + "\n"
		if n++; n == headLines {
			return errEnough
		}
		return nil
	})
	return form, cols, line, before, ok && err == nil
}

func holdsChat(f *file) bool {
	g, err := openGrid(f)
	if err != nil {
		return false
	}
	for _, s := range g.sheets {
		if _, _, _, _, ok := chatSheet(s); ok {
			return true
		}
	}
	return false
}

func isChatXLSX(f *file) bool {
	return strings.HasPrefix(string(f.head), "PK") && !isODS(f) && holdsChat(f)
}
func isChatODS(f *file) bool { return isODS(f) && holdsChat(f) }
func isChatXLS(f *file) bool {
	return strings.HasPrefix(string(f.head), string(compoundMagic)) && holdsChat(f)
}

// readChatBook reads the chats of a workbook, each sheet for itself, as
// [readChatCSV] does from text.
func readChatBook(f *file, give func(Row) error) ([]Skipped, error) {
	book, err := openGrid(f)
	if err != nil {
		return nil, err
	}
	var skipped []Skipped
	for n, sheet := range book.sheets {
		form, cols, head, before, ok := chatSheet(sheet)
		if !ok {
			continue
		}
		chats := chatsOf(form, before)
		err := sheet.rows(func(row tableRow) error {
			if row.n <= head || strings.TrimSpace(strings.Join(row.cells, "")) == "" {
				return nil
			}
			m, why := chatRow(form, cols, dated(row, cols, book.days1904))
			if why != nil {
				skipped = append(skipped, skip(n+1, row.n, *why))
				return nil
			}
			m.Sheet, m.Line = n+1, row.n
			chats.add(cellOf(cols, row.cells, "nick"), m)
			return nil
		})
		if given := chats.give(f.path, give); given != nil {
			return skipped, given
		}
		if err != nil {
			return skipped, fmt.Errorf("workbook: %s: %w", sheet.name, err)
		}
	}
	return skipped, nil
}

// dated are the cells of a row with its time in words: a workbook may count days.
func dated(row tableRow, cols map[string]int, days1904 bool) []string {
	n, ok := cols["time"]
	if !ok || n >= len(row.cells) {
		return row.cells
	}
	t, ok := serialTime(row.cells[n], days1904)
	if !ok {
		return row.cells
	}
	return with(row.cells, n, t.At.In(evidence.Beijing).Format(time.DateTime))
}
