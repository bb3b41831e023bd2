package batch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/xlsx"
	"juzheng/templates/workbook"
)

// A head is a column of a list by the words that people write above it, the first
// being the one that is asked for.
type head struct {
	zh, en string
	also   []string
}

var (
	headFolder  = head{"案件夹", "folder", []string{"文件夹", "案件", "case"}}
	headPerson  = head{"姓名", "name", []string{"当事人"}}
	headAnswers = head{"答案", "answers", []string{"答案文件"}}
	headPhone   = head{"手机文件夹", "phone", []string{"手机", "phonefolder"}}

	headBundle = head{"证据包", "bundle", []string{"文件", "file"}}
	headCode   = head{"证据码", "code", []string{"总校验码", "root", "expect"}}
	headCopy   = head{"本包校验值", "copy", nil}
)

func (h head) is(cell string) bool {
	cell = strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(cell)), ""))
	return cell == h.zh || cell == h.en || slices.Contains(h.also, cell)
}

// A line is a row of a list: its cells by column, and where it stands.
type line struct {
	cells map[int]workbook.Value
	place func(column int) (where, cell string) // file:2 or file Sheet1!B2; column -1: the row
}

// A table gives its rows one after the other until yield says that it has enough. The
// error is that it cannot be read on. No more than a row of a text is held at a time: a
// list may name any number of cases.
type table func(yield func(line) bool) error

// A list is a table that a person wrote: its rows under a head.
type list struct {
	rows    table
	columns map[string]int // by the Chinese head
	Ignored []string       // heads of columns that mean nothing here
}

func (l list) cell(r line, h head) (string, *folder.LineError) {
	n, ok := l.columns[h.zh]
	if !ok {
		return "", nil
	}
	v := r.cells[n]
	if v.Fault {
		where, cell := r.place(n)
		return "", &folder.LineError{File: where, Column: cell, Found: evidence.Text{ZH: v.Text, EN: v.Text},
			Wanted: evidence.Text{ZH: "文字", EN: "text"}}
	}
	return strings.TrimSpace(v.Text), nil
}

// readList reads a list from an .xlsx, or from a table of text in whatever encoding
// and with whatever separator spreadsheets save. It must have the first of heads; a
// [folder.LineErrors] says so where it has not.
func readList(file string, heads ...head) (list, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return list{}, &desk.UnreadableError{Path: file, Err: err}
	}
	var tables []table
	if bytes.HasPrefix(data, []byte("PK")) {
		book, err := workbook.Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return list{}, err
		}
		for _, t := range book.Sheets {
			if !t.Hidden {
				tables = append(tables, linesOf(file, t))
			}
		}
	} else {
		text, err := evidence.DecodeText(data)
		if err != nil {
			return list{}, folder.LineErrors{{File: file, Found: evidence.Text{ZH: "不认识的编码", EN: "an unknown encoding"},
				Wanted: evidence.Text{ZH: "xlsx 工作簿，或者 UTF-8、GBK 的 csv 表格",
					EN: "an xlsx workbook, or a csv table in UTF-8 or GBK"}}}
		}
		for _, comma := range []rune{',', '\t', ';'} {
			tables = append(tables, separated(file, text, comma))
		}
	}
	for n, rows := range tables {
		l, found, err := headed(rows, heads)
		if found {
			return l, nil
		}
		if err != nil && n == 0 {
			return list{}, err
		}
	}
	var zh, en []string
	for _, h := range heads {
		zh, en = append(zh, h.zh), append(en, h.en)
	}
	return list{}, folder.LineErrors{{File: file, Found: evidence.Text{ZH: "没有“" + heads[0].zh + "”这一列",
		EN: "no column " + heads[0].en}, Wanted: evidence.Text{ZH: "第一行是表头：" + strings.Join(zh, "、") + "（只有第一个必须有）",
		EN: "a first row with the heads " + strings.Join(en, ", ") + " (only the first must be there)"}}}
}

// headed is the list that a table is, if a row of it has the first of heads.
func headed(rows table, heads []head) (l list, found bool, err error) {
	above := 0
	err = rows(func(r line) bool {
		above++
		l = list{columns: map[string]int{}}
		for c, v := range r.cells {
			at := slices.IndexFunc(heads, func(h head) bool { return h.is(v.Text) })
			if at >= 0 {
				l.columns[heads[at].zh] = c
			} else if v.Text != "" {
				l.Ignored = append(l.Ignored, v.Text)
			}
		}
		_, found = l.columns[heads[0].zh]
		return !found
	})
	slices.Sort(l.Ignored)
	l.rows = func(yield func(line) bool) error {
		n := 0
		return rows(func(r line) bool {
			n++
			return n <= above || yield(r)
		})
	}
	return l, found, err
}

func linesOf(file string, t workbook.Table) table {
	return func(yield func(line) bool) error {
		for _, r := range t.Rows {
			if !yield(line{r.Cells, func(column int) (string, string) {
				if column < 0 {
					return fmt.Sprintf("%s %s!%d", filepath.Base(file), t.Name, r.N), ""
				}
				return filepath.Base(file), t.Name + "!" + xlsx.CellName(column, r.N)
			}}) {
				break
			}
		}
		return nil
	}
}

func separated(file, text string, comma rune) table {
	return func(yield func(line) bool) error {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				at := 0
				var parse *csv.ParseError
				if errors.As(err, &parse) {
					at = parse.Line
				}
				return folder.LineErrors{{File: file, Line: at, Found: evidence.Text{ZH: err.Error(), EN: err.Error()},
					Wanted: evidence.Text{ZH: "一行完整的表格", EN: "a whole row of a table"}}}
			}
			cells := make(map[int]workbook.Value, len(row))
			for c, s := range row {
				cells[c] = workbook.Value{Text: s}
			}
			n, _ := r.FieldPos(0)
			if !yield(line{cells, func(column int) (string, string) {
				where := fmt.Sprintf("%s:%d", filepath.Base(file), n)
				if column < 0 {
					return where, ""
				}
				return where, xlsx.CellName(column, n)
			}}) {
				return nil
			}
		}
	}
}

// A Roster is a list of cases.
type Roster struct {
	Items   []Item
	Ignored []string // heads of columns that mean nothing here
}

// ReadRoster reads a list of cases: an .xlsx or .csv with the columns 案件夹 (folder),
// 姓名 (name), 答案 (answers) and 手机文件夹 (phone), the first of which must be there.
// Paths are taken from the folder of the list. A row with a mistake is an item with its
// error, a [folder.LineErrors]; the error is that the list as a whole cannot be read.
func ReadRoster(file string) (Roster, error) {
	l, err := readList(file, headFolder, headPerson, headAnswers, headPhone)
	if err != nil {
		return Roster{}, err
	}
	out := Roster{Ignored: l.Ignored}
	first := map[string]string{} // folder -> the row that has it
	err = l.rows(func(r line) bool {
		it, any := rosterItem(l, r, filepath.Dir(file))
		if !any {
			return true
		}
		if it.Err == nil && first[it.Folder] != "" {
			where, cell := r.place(l.columns[headFolder.zh])
			it.Err = folder.LineErrors{{File: where, Column: cell,
				Found: evidence.Text{ZH: it.Name + "，" + first[it.Folder] + " 已经有了",
					EN: it.Name + ", which " + first[it.Folder] + " has"},
				Wanted: evidence.Text{ZH: "每个案件夹一行", EN: "one row a case folder"}}}
		} else {
			first[it.Folder] = it.Place
		}
		out.Items = append(out.Items, it)
		return true
	})
	if err == nil && len(out.Items) == 0 {
		err = &desk.NoCasesError{Root: file}
	}
	return out, err
}

// rosterItem is the case of a row; any: the row says something.
func rosterItem(l list, r line, dir string) (it Item, any bool) {
	var bad folder.LineErrors
	read := func(h head) string {
		s, err := l.cell(r, h)
		if err != nil {
			bad = append(bad, err)
		}
		any = any || s != "" || err != nil
		return s
	}
	under := func(s string) string {
		if s == "" || filepath.IsAbs(s) {
			return s
		}
		return filepath.Join(dir, filepath.FromSlash(s))
	}
	it.Place, _ = r.place(-1)
	it.Name = read(headFolder)
	it.Folder, it.Person = under(it.Name), read(headPerson)
	it.Answers, it.Phone = under(read(headAnswers)), under(read(headPhone))
	if it.Name == "" && len(bad) == 0 && any {
		where, cell := r.place(l.columns[headFolder.zh])
		bad = append(bad, &folder.LineError{File: where, Column: cell, Found: evidence.Text{ZH: "空的", EN: "nothing"},
			Wanted: evidence.Text{ZH: "案件夹的路径（从名册所在的文件夹算起）",
				EN: "the path of the case folder, from the folder of the list"}})
	}
	if len(bad) > 0 {
		it.Err = bad
	}
	return it, any
}
