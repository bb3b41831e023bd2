package folder

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// DebtsFile is the name of the file in a case folder that lists the person's debts to
// others than the lender of the case. It need not be there. No letter has anything of
// it, and no bundle holds it: each lender is a case of its own.
const DebtsFile = "debts.csv"

// The columns of debts.csv, in the order they are written.
var columnsOfDebts = []struct {
	zh, en string
	set    func(*evidence.Debt, string) *evidence.Text
	get    func(evidence.Debt) string
}{
	{"编号", "id", func(d *evidence.Debt, s string) *evidence.Text { d.ID = s; return nil },
		func(d evidence.Debt) string { return d.ID }},
	{"债权人", "lender", func(d *evidence.Debt, s string) *evidence.Text {
		if d.Lender = s; s == "" {
			return &evidence.Text{ZH: "欠哪一家的，写它的全称或者 App 的名称", EN: "to whom it is owed"}
		}
		return nil
	}, func(d evidence.Debt) string { return d.Lender }},
	{"合同编号", "contract", func(d *evidence.Debt, s string) *evidence.Text {
		if d.Contract = s; spoilt.MatchString(s) {
			return &evidence.Text{ZH: "完整的编号（表格软件把它改坏了，请照合同重新输入，单元格设为“文本”）",
				EN: "the whole number (a spreadsheet destroyed it; type it again, in a text cell)"}
		}
		return nil
	}, func(d evidence.Debt) string { return d.Contract }},
	{"本金", "principal", sumOfDebt(func(d *evidence.Debt) *string { return &d.Principal }),
		func(d evidence.Debt) string { return d.Principal }},
	{"年利率", "annual rate", func(d *evidence.Debt, s string) *evidence.Text {
		d.AnnualRate = strings.TrimSpace(strings.TrimSuffix(norm.NFKC.String(s), "%"))
		if d.AnnualRate != "" && !rateForm.MatchString(d.AnnualRate) {
			return &evidence.Text{ZH: "年利率的百分数，例如 23.9", EN: "per cent a year, such as 23.9"}
		}
		return nil
	}, func(d evidence.Debt) string { return d.AnnualRate }},
	{"每月应还", "monthly payment", sumOfDebt(func(d *evidence.Debt) *string { return &d.Monthly }),
		func(d evidence.Debt) string { return d.Monthly }},
	{"到期日", "due", func(d *evidence.Debt, s string) *evidence.Text {
		d.Due = s
		settleDay(&d.Due)
		if _, err := time.Parse(time.DateOnly, d.Due); s != "" && err != nil {
			wanted := evidence.WantedDay(s)
			return &wanted
		}
		return nil
	}, func(d evidence.Debt) string { return d.Due }},
	{"备注", "note", func(d *evidence.Debt, s string) *evidence.Text { d.Note = s; return nil },
		func(d evidence.Debt) string { return d.Note }},
}

func sumOfDebt(at func(*evidence.Debt) *string) func(*evidence.Debt, string) *evidence.Text {
	return func(d *evidence.Debt, s string) *evidence.Text {
		*at(d) = evidence.PlainSum(s)
		if _, ok := evidence.ParseFen(*at(d)); s != "" && !ok {
			return &money
		}
		return nil
	}
}

// DebtHeads are the columns of debts.csv in Chinese, by their English heads.
func DebtHeads() (zh, en []string) {
	for _, c := range columnsOfDebts {
		zh, en = append(zh, c.zh), append(en, c.en)
	}
	return zh, en
}

// DebtCell is a cell of a debt, by the English head of its column.
func DebtCell(d evidence.Debt, en string) string {
	for _, c := range columnsOfDebts {
		if c.en == en {
			return c.get(d)
		}
	}
	return ""
}

// SetDebtCell reads a cell of a debt; wanted says what it must be, if it is wrong.
func SetDebtCell(d *evidence.Debt, en, value string) (wanted *evidence.Text) {
	for _, c := range columnsOfDebts {
		if c.en == en {
			return c.set(d, value)
		}
	}
	return nil
}

// ParseDebts reads debts.csv. Name is the file's name for messages. The error is a
// [LineErrors] of all mistakes. A row without an id gets that of its line for this
// reading.
func ParseDebts(name string, data []byte) ([]evidence.Debt, error) {
	var out []evidence.Debt
	var cols []int
	seen := map[string]int{}
	fault := func(line int, column string, found, wanted evidence.Text) *LineError {
		return &LineError{File: name, Line: line, Column: column, Found: found, Wanted: wanted}
	}
	err := eachRow(name, data, func(line int, row []string) (bad LineErrors) {
		have := map[int]bool{}
		for _, h := range row {
			h = strings.TrimSpace(h)
			at := -1
			for n, c := range columnsOfDebts {
				if h == c.zh || strings.EqualFold(h, c.en) {
					at = n
				}
			}
			if at < 0 && h != "" || at >= 0 && have[at] {
				bad = append(bad, fault(line, h, evidence.Text{ZH: "不认识或重复的列 " + h, EN: "unknown or repeated column " + h},
					evidence.Text{ZH: "列：编号 债权人 合同编号 本金 年利率 每月应还 到期日 备注，每列一次",
						EN: "columns id, lender, contract, principal, annual rate, monthly payment, due, note, each once"}))
			}
			have[at], cols = true, append(cols, at)
		}
		if !have[1] {
			bad = append(bad, fault(line, columnsOfDebts[1].zh, evidence.Text{ZH: "缺少这一列", EN: "the column is missing"},
				evidence.Text{ZH: "列 债权人", EN: "a column lender"}))
		}
		return bad
	}, func(line int, row []string) (bad LineErrors) {
		d := evidence.Debt{Line: line}
		for n, at := range cols {
			cell := ""
			if n < len(row) {
				cell = unguard(strings.TrimSpace(row[n]))
			}
			if at < 0 {
				continue
			}
			if m := quoted.FindStringSubmatch(cell); m != nil {
				cell = m[1]
			}
			if wanted := columnsOfDebts[at].set(&d, cell); wanted != nil {
				bad = append(bad, fault(line, columnsOfDebts[at].zh,
					evidence.Text{ZH: "“" + cell + "”", EN: `"` + cell + `"`}, *wanted))
			}
		}
		if d.ID == "" {
			d.ID = fmt.Sprintf("L%d", line)
		}
		if before, dup := seen[d.ID]; dup {
			bad = append(bad, fault(line, "编号", evidence.Text{ZH: fmt.Sprintf("编号 %s 与第 %d 行重复", d.ID, before),
				EN: fmt.Sprintf("id %s stands in line %d too", d.ID, before)},
				evidence.Text{ZH: "每行一个不同的编号；新加的行可留空", EN: "an id of its own; leave it empty in a new row"}))
		}
		seen[d.ID] = line
		out = append(out, d)
		return bad
	})
	return out, err
}

// FormatDebts writes debts.csv, as timeline.csv is written: UTF-8 with BOM, CRLF,
// Chinese heads.
func FormatDebts(all []evidence.Debt) ([]byte, error) {
	var b strings.Builder
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head, _ := DebtHeads()
	w.Write(head)
	for _, d := range all {
		var cells []string
		for _, c := range columnsOfDebts {
			cells = append(cells, guard(strings.ReplaceAll(c.get(d), "\r\n", "\n")))
		}
		w.Write(cells)
	}
	w.Flush()
	return []byte(b.String()), w.Error()
}

// Debts reads debts.csv; without one there are none.
func (f *Folder) Debts() ([]evidence.Debt, error) {
	data, err := os.ReadFile(f.Path(DebtsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read debts: %w", err)
	}
	return ParseDebts(DebtsFile, data)
}
