package folder

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// TimelineFile is the file in a case folder that holds the incidents, one a
// row.
const TimelineFile = evidence.TimelineFile

// ParseTimeline reads timeline.csv. Name is the file's name for messages. The
// error is a [LineErrors] of all mistakes.
func ParseTimeline(name string, data []byte) ([]evidence.Incident, error) {
	rows, err := parseRows(name, data)
	return numberRows(rows), err
}

// parseRows reads timeline.csv with the cells that are empty left so.
func parseRows(name string, data []byte) ([]evidence.Incident, error) {
	s, err := evidence.DecodeText(data)
	s = strings.TrimPrefix(s, "\ufeff") // also where another encoding carried the mark along
	if err != nil {
		return nil, LineErrors{{File: name, Found: evidence.Text{ZH: "无法辨认的文字编码", EN: "an unknown text encoding"},
			Wanted: evidence.Text{ZH: "UTF-8 或 GB18030 编码的 CSV（在 Excel 里另存为“CSV UTF-8”）",
				EN: "CSV in UTF-8 or GB 18030"}}}
	}
	r := csv.NewReader(strings.NewReader(s))
	r.Comma = delimiter(s)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, LineErrors{{File: name, Line: 1, Found: evidence.Text{ZH: "没有表头", EN: "no header"},
			Wanted: evidence.Text{ZH: "第一行是各列名称", EN: "column names in the first row"}}}
	}
	if len(head) == 1 && strings.Count(head[0], "，") > 2 {
		return nil, LineErrors{fullWidthComma(name, 1)}
	}
	cols, bad := readHead(name, head)
	if len(bad) > 0 {
		return nil, bad
	}
	var out []evidence.Incident
	seen := map[string]int{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var p *csv.ParseError
			line := 0
			if errors.As(err, &p) {
				line = p.Line
			}
			bad = append(bad, &LineError{File: name, Line: line,
				Found:  evidence.Text{ZH: "写法有误的一行（引号不成对？）", EN: "a malformed row (an odd quote?)"},
				Wanted: evidence.Text{ZH: "CSV：内容里的引号写成两个", EN: "CSV; a quote inside a cell is doubled"}})
			break
		}
		line, _ := r.FieldPos(0)
		if blank(row) {
			continue
		}
		if len(row) == 1 && strings.Count(row[0], "，") > 2 {
			bad = append(bad, fullWidthComma(name, line))
			continue
		}
		i, mistakes := readRow(name, line, cols, row)
		bad = append(bad, mistakes...)
		if before, dup := seen[i.ID]; dup && i.ID != "" {
			bad = append(bad, &LineError{File: name, Line: line, Column: "编号",
				Found: evidence.Text{ZH: fmt.Sprintf("编号 %s 与第 %d 行重复", i.ID, before),
					EN: fmt.Sprintf("id %s stands in line %d too", i.ID, before)},
				Wanted: evidence.Text{ZH: "每行一个不同的编号；新加的行可留空", EN: "an id of its own; leave it empty in a new row"}})
		}
		seen[i.ID] = line
		out = append(out, i)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	return out, nil
}

// blank reports a row of nothing but blanks, ordinary or full-width.
func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func fullWidthComma(name string, line int) *LineError {
	return &LineError{File: name, Line: line,
		Found:  evidence.Text{ZH: "用全角逗号“，”隔开的一行", EN: "a row parted by full-width commas (，)"},
		Wanted: evidence.Text{ZH: "半角逗号“,”；用 Excel 或 WPS 打开编辑就不会写错", EN: "ordinary commas (,)"}}
}

// numberRows gives rows without an id one for this reading: the line they
// stand in, so that messages can name them.
func numberRows(rows []evidence.Incident) []evidence.Incident {
	for i := range rows {
		if rows[i].ID == "" {
			rows[i].ID = fmt.Sprintf("L%d", rows[i].Line)
		}
		if rows[i].Source == "" {
			rows[i].Source = "person"
		}
		if rows[i].Time.Source == "" {
			rows[i].Time.Source = "person"
		}
	}
	return rows
}

// delimiter is what the header is cut by: some spreadsheets write ; or tabs.
func delimiter(s string) rune {
	head := headLine(s)
	for _, d := range ",;\t" {
		if strings.Count(head, string(d)) >= 2 {
			return d
		}
	}
	return ','
}

// headLine is the first line that is not empty: the one a CSV reader takes.
func headLine(s string) string {
	head, _, _ := strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	return head
}

func readHead(name string, head []string) ([]*column, LineErrors) {
	var bad LineErrors
	cols := make([]*column, len(head))
	have := map[string]bool{}
	for n, h := range head {
		h = strings.TrimSpace(h)
		for i := range columnsOfTimeline {
			if c := &columnsOfTimeline[i]; h == c.zh || strings.EqualFold(h, c.en) {
				cols[n] = c
			}
		}
		if cols[n] == nil && h != "" {
			bad = append(bad, &LineError{File: name, Line: 1, Column: h,
				Found:  evidence.Text{ZH: "不认识的列 " + h, EN: "unknown column " + h},
				Wanted: evidence.Text{ZH: "模板里有的列名；请改回或删掉这一列", EN: "a column of the template; rename or delete it"}})
		}
		if cols[n] != nil {
			if have[cols[n].zh] {
				bad = append(bad, &LineError{File: name, Line: 1, Column: h,
					Found:  evidence.Text{ZH: "重复的列 " + h, EN: "column " + h + " twice"},
					Wanted: evidence.Text{ZH: "每列一次", EN: "each column once"}})
			}
			have[cols[n].zh] = true
		}
	}
	for _, c := range columnsOfTimeline {
		if c.must && !have[c.zh] {
			bad = append(bad, &LineError{File: name, Line: 1, Column: c.zh,
				Found:  evidence.Text{ZH: "缺少这一列", EN: "the column is missing"},
				Wanted: evidence.Text{ZH: "列 " + c.zh, EN: "a column " + c.en}})
		}
	}
	return cols, bad
}

func readRow(name string, line int, cols []*column, row []string) (evidence.Incident, LineErrors) {
	i := evidence.Incident{Line: line, Seconds: -1, Missing: missing(cols)}
	var bad LineErrors
	made := madeRow(cols, row)
	for n := range max(len(row), len(cols)) {
		cell := "" // a short row has empty cells
		if n < len(row) {
			cell = unguard(strings.TrimSpace(row[n]))
		}
		if n >= len(cols) || cols[n] == nil {
			if cell != "" {
				bad = append(bad, &LineError{File: name, Line: line,
					Found:  evidence.Text{ZH: "没有列名的内容 “" + cell + "”", EN: `"` + cell + `" under no column`},
					Wanted: evidence.Text{ZH: "与表头一样多的列", EN: "as many cells as the header has"}})
			}
			continue
		}
		if strings.HasPrefix(cell, "=") {
			if m := quoted.FindStringSubmatch(cell); m != nil {
				cell = m[1]
			}
		}
		if emptied := cell == "" && cols[n].en == "kind"; made && (emptied || spoilt.MatchString(cell)) {
			if i.Spoilt == nil {
				i.Spoilt = map[string]string{}
			}
			i.Spoilt[cols[n].en] = cell
			continue // the row's file has it
		}
		if !cols[n].words {
			cell = norm.NFKC.String(cell) // full-width digits and letters
		}
		if wanted := cols[n].set(&i, cell); wanted != nil {
			bad = append(bad, &LineError{File: name, Line: line, Column: cols[n].zh,
				Found: evidence.Text{ZH: "“" + cell + "”", EN: `"` + cell + `"`}, Wanted: *wanted})
		}
	}
	return i, bad
}

// missing are the columns a table does not have: one of an earlier release, or
// one the person took away.
func missing(cols []*column) []string {
	var out []string
	for n := range columnsOfTimeline {
		c := &columnsOfTimeline[n]
		if !slices.Contains(cols, c) {
			out = append(out, c.en)
		}
	}
	return out
}

// madeRow reports whether the row says what file it was read from.
func madeRow(cols []*column, row []string) bool {
	for n, c := range cols {
		if c != nil && c.en == "source" && n < len(row) {
			s := strings.TrimSpace(row[n])
			return s != "" && s != "person"
		}
	}
	return false
}

// spacedNumber writes a telephone number so that a spreadsheet takes it for
// text: of bare digits it would drop the leading zero, and write twelve and
// more as 1.06906E+11, eleven in a narrow column too.
func spacedNumber(s string) string {
	if len(s) < 9 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	switch area := areaCode(s); {
	case len(s) == 11 && s[0] == '1':
		return s[:3] + " " + s[3:7] + " " + s[7:]
	case area > 0:
		return s[:area] + "-" + inFours(s[area:])
	}
	return inFours(s)
}

// areaCode is the length of the code a number within the country begins with:
// 010, 021 to 029, and four digits elsewhere.
func areaCode(s string) int {
	switch {
	case s[0] != '0' || len(s) < 10 || len(s) > 12:
		return 0
	case s[1] == '1' || s[1] == '2':
		return 3
	}
	return 4
}

func inFours(s string) string {
	var parts []string
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), " ")
}

// guard keeps a spreadsheet from taking a cell for a formula.
func guard(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(s[1])) {
		return s[1:]
	}
	return s
}

// WriteIncidents writes rows in the form of timeline.csv: UTF-8 with BOM for
// Excel, CRLF, Chinese header.
func WriteIncidents(w io.Writer, rows []evidence.Incident) error {
	var head []string
	for _, c := range columnsOfTimeline {
		head = append(head, c.zh)
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return writeRows(w, ',', [][]string{head}, rows, nil)
}

// writeRows writes rows by the columns of an existing file; nil is the order
// of the template.
func writeRows(w io.Writer, comma rune, head [][]string, rows []evidence.Incident, cols []*column) error {
	if cols == nil {
		for i := range columnsOfTimeline {
			cols = append(cols, &columnsOfTimeline[i])
		}
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = comma, true
	for _, h := range head {
		c.Write(h)
	}
	for _, i := range rows {
		cells := make([]string, len(cols))
		for n, col := range cols {
			if col != nil {
				cells[n] = guard(strings.ReplaceAll(col.get(i), "\r\n", "\n"))
			}
		}
		c.Write(cells)
	}
	c.Flush()
	return c.Error()
}

// Cell is an incident's cell of a column, by its English head.
func Cell(en string, i evidence.Incident) string {
	if c := columnNamed(en); c != nil {
		return c.get(i)
	}
	return ""
}
