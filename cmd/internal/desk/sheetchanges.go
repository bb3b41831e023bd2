package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// SheetAnswer is the kind of the answer as which what a person changed in the workbook
// is written: it is taken back as a whole.
const SheetAnswer = "sheet"

// A changeSet gathers what a workbook changes in a case.
type changeSet struct {
	dossier  Dossier
	keys     map[string]string // of case.toml
	requests map[int]string    // further requests, from 1
	cells    []folder.Change   // of timeline.csv, and whose numbers are
	debts    []evidence.Debt   // as they are to be
	debted   bool              // they are otherwise than they were
	rows     []newRow
}

// A newRow is a row that a person added.
type newRow struct {
	sheet string
	cells map[string]string // by the English heads of timeline.csv or debts.csv
}

// lacks says what a new row must have and has not, and in which column it would stand.
func (r newRow) lacks(p page, columns map[int]int) (wanted *evidence.Text, at int) {
	must := map[string]string{sheetTimeline: "kind", sheetDebts: "lender"}[r.sheet]
	if r.cells[must] != "" {
		return nil, 0
	}
	n := slices.IndexFunc(p.columns, func(c pageColumn) bool { return c.en == must })
	t := evidence.Text{ZH: p.columns[n].Head, EN: must}
	if words := p.columns[n].Choices; len(words) > 0 {
		t.ZH += "：" + strings.Join(words, "、") + "，选一个"
		t.EN += ": one of " + strings.Join(words, ", ")
	}
	return &t, columns[n]
}

// read is what a person wrote into a cell as the case keeps it.
func (s *changeSet) read(of about, text string) (value string, wanted *evidence.Text) {
	switch {
	case of.number+of.account != "":
		return folder.ReadKey("numbers.side", text)
	case of.nth > 0:
		return text, nil
	case of.key != "":
		return readFact(of.key, text)
	case of.debt != "":
		var d evidence.Debt
		if wanted := folder.SetDebtCell(&d, of.column, text); wanted != nil {
			return "", wanted
		}
		return folder.DebtCell(d, of.column), nil
	}
	if of.column == "asserted kinds" {
		text = readBreaches(text)
	}
	value, wanted = folder.ReadCell(of.column, text)
	if wanted == nil && of.column == "exhibits" {
		for _, x := range strings.Fields(value) {
			if !slices.ContainsFunc(s.dossier.Exhibits, func(e evidence.Exhibit) bool { return e.Number == x }) {
				return "", &evidence.Text{ZH: "“证据”表里有的编号", EN: "a number that stands on the sheet of exhibits"}
			}
		}
	}
	return value, wanted
}

// readFact is a key of case.toml by what a person wrote: in its form, and as the screen
// of facts would take it.
func readFact(key, text string) (value string, wanted *evidence.Text) {
	value, wanted = folder.ReadKey(key, text)
	if wanted != nil || value == "" {
		return value, wanted
	}
	if k, ok := ask.FactKind(key); ok {
		edits, bad := ask.Correct(k, value)
		if bad.ZH != "" {
			return "", &bad
		}
		value = edits[0].Value
	}
	return value, nil
}

// set takes a cell.
func (s *changeSet) set(of about, value string) {
	switch {
	case of.number+of.account != "":
		c := folder.Change{Number: of.number, Account: of.account, After: value}
		for _, n := range CallersOf(s.dossier).Numbers {
			if of.number != "" && n.Number == of.number && len(n.Names) == 1 {
				c.Name = n.Names[0]
			}
		}
		s.cells = append(s.cells, c)
	case of.nth > 0:
		if s.requests == nil {
			s.requests = map[int]string{}
		}
		s.requests[of.nth] = value
	case of.key != "":
		s.keys[of.key] = value
	case of.debt != "":
		for n := range s.debts {
			if s.debts[n].ID == of.debt {
				folder.SetDebtCell(&s.debts[n], of.column, value)
				s.debted = true
			}
		}
	default:
		s.cells = append(s.cells, folder.Change{Row: of.row, Column: of.column, After: value})
	}
}

// remove takes a row out.
func (s *changeSet) remove(sheet, id string) {
	if sheet == sheetDebts {
		s.debts, s.debted = slices.DeleteFunc(s.debts, func(d evidence.Debt) bool { return d.ID == id }), true
		return
	}
	s.cells = append(s.cells, folder.Change{Row: id, Cells: map[string]string{}})
}

// has reports whether a row that was added stands in the case by now, under an id that
// the workbook does not know.
func (s *changeSet) has(r newRow, table []evidence.Incident, base basePage) bool {
	if r.sheet == sheetDebts {
		return slices.ContainsFunc(s.debts, func(d evidence.Debt) bool {
			_, known := base[plainHead(d.ID)]
			for en, value := range r.cells {
				known = known || folder.DebtCell(d, en) != value
			}
			return !known
		})
	}
	return slices.ContainsFunc(table, func(i evidence.Incident) bool {
		_, known := base[plainHead(i.ID)]
		return !known && !i.Made() && folder.RowStamp(cellsOfRow(i)) == folder.RowStamp(r.cells)
	})
}

// cellsOfRow are the cells of a row of the timeline, by their English heads.
func cellsOfRow(i evidence.Incident) map[string]string {
	out := map[string]string{}
	for _, c := range folder.Columns() {
		out[c.EN] = folder.Cell(c.EN, i)
	}
	return out
}

// answer is all that was gathered as one answer.
func (s *changeSet) answer(of *SheetDiff, table []evidence.Incident) (a folder.Answer, err error) {
	if s.requests != nil {
		list := slices.Clone(s.dossier.Case.Requests)
		for _, n := range slices.Sorted(maps.Keys(s.requests)) {
			for len(list) < n {
				list = append(list, "")
			}
			list[n-1] = s.requests[n]
		}
		s.keys["requests"] = strings.Join(slices.DeleteFunc(list, func(x string) bool { return x == "" }), "\n")
	}
	for _, key := range slices.Sorted(maps.Keys(s.keys)) {
		a.Changes = append(a.Changes, folder.Change{Key: key, After: s.keys[key]})
	}
	for _, c := range s.cells {
		if c.Cells != nil {
			n := slices.IndexFunc(table, func(i evidence.Incident) bool { return i.ID == c.Row })
			c.Cells = cellsOfRow(table[n])
		}
		a.Changes = append(a.Changes, c)
	}
	for _, r := range s.rows {
		if r.sheet == sheetDebts {
			addDebt(s, r)
			continue
		}
		a.Changes = append(a.Changes, folder.Change{Cells: r.cells, After: folder.RowStamp(r.cells)})
	}
	if s.debted {
		text, err := folder.FormatDebts(s.debts)
		if err != nil {
			return a, err
		}
		a.Changes = append(a.Changes, folder.Change{File: folder.DebtsFile, After: string(text)})
	}
	sum := sha256.Sum256(fmt.Append(nil, a.Changes))
	a.Question, a.Kind, a.Value = "sheet-"+hex.EncodeToString(sum[:6]), SheetAnswer, fmt.Sprint(len(of.Changes))
	a.Text = evidence.Text{ZH: fmt.Sprintf("工作簿 %s 里改的 %d 处", SheetName, len(of.Changes)),
		EN: fmt.Sprintf("%d changes in the workbook %s", len(of.Changes), SheetName)}
	a.Said = said(of.Changes)
	return a, nil
}

// addDebt takes a debt that was added, under the next id.
func addDebt(s *changeSet, r newRow) {
	next := 1
	for _, d := range s.debts {
		n := 0
		if _, err := fmt.Sscanf(d.ID, "D%d", &n); err == nil && n < 1e6 {
			next = max(next, n+1)
		}
	}
	d := evidence.Debt{ID: fmt.Sprintf("D%02d", next)}
	for en, value := range r.cells {
		folder.SetDebtCell(&d, en, value)
	}
	s.debts, s.debted = append(s.debts, d), true
}

// saidMost is how many changes an answer names in words.
const saidMost = 5

func said(all []SheetChange) evidence.Text {
	var zh, en []string
	for _, c := range all[:min(len(all), saidMost)] {
		what := strings.TrimSpace(c.Sheet + " " + c.Item + " " + c.Column)
		switch {
		case c.Row == "added":
			zh, en = append(zh, what+"："+c.After), append(en, what+": "+c.After)
		case c.Row == "removed":
			zh, en = append(zh, what+"：删去"), append(en, what+": taken out")
		case c.After == "":
			zh, en = append(zh, what+"：清空"), append(en, what+": emptied")
		default:
			zh, en = append(zh, what+"："+short(c.After)), append(en, what+": "+short(c.After))
		}
	}
	if len(all) > saidMost {
		zh, en = append(zh, "…"), append(en, "…")
	}
	return evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}
