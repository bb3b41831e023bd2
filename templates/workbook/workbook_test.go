package workbook

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var made = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)

func sample() Book {
	long := strings.Repeat("很长的话，", 8000)
	many := make([]string, 60)
	for n := range many {
		many[n] = "第" + strings.Repeat("一", n%9) + "种违规情形的名称"
	}
	return Book{State: strings.Repeat("0a", 32), Made: made, Sheets: []Sheet{
		{Name: "表", Title: "上面一行", Spare: 3, Columns: []Column{{Head: "编号", Note: "说明"}, {Head: "号码"},
			{Head: "选", Choices: []string{"是", "否"}}, {Head: "多选", Choices: many, Free: true}, {Head: "日", Due: 3}},
			Rows: [][]Cell{
				{{Text: "T001", Fixed: true}, {Text: "0571-0000 0101"}, {Text: "是"}, {Text: "=1+1"}, {Text: "2026-12-01"}},
				{{Text: "+86"}, {Text: "1069000000880000"}, {Text: "a\r\nb\n c "}, {Text: "_x0041_ 原样"}, {Text: long}},
				{{Text: "a\x00\x0b\uffffb"}, {Text: " \t "}, {Text: "😀𫰠"}, {Text: "-1"}, {Text: "@x"}},
			}},
		{Name: "说明", Columns: []Column{{Head: "说明", Wide: 30}}, Rows: [][]Cell{{{Text: "话"}}},
			Chart: &Chart{Title: "每天", Days: []string{"2026-09-01", "2026-09-02"},
				Series: []Series{{Name: "接通", Counts: []int{1, 5}}, {Name: "限", Counts: []int{3, 3}, Line: true}}}},
	}}
}

// What is written is read back as text, whatever it looks like; the same book is the same
// bytes.
func TestRoundTrip(t *testing.T) {
	data, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	again, err := Write(sample())
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same book, other bytes (%v)", err)
	}
	c, err := Read(bytes.NewReader(data), int64(len(data)))
	if err != nil || c.State != strings.Repeat("0a", 32) || len(c.Sheets) != 2 || c.Sheets[0].Name != "表" {
		t.Fatalf("%+v, %v", c.Sheets, err)
	}
	rows := c.Sheets[0].Rows
	if rows[0].Cells[0].Text != "上面一行" || rows[1].Cells[4].Text != "日" || rows[2].N != 3 {
		t.Errorf("%+v", rows[:2])
	}
	for r, row := range sample().Sheets[0].Rows {
		for n, cell := range row {
			if got := rows[r+2].Cells[n]; got != (Value{Text: Clean(cell.Text)}) {
				t.Errorf("row %d cell %d: %.40q, want %.40q", r, n, got.Text, Clean(cell.Text))
			}
		}
	}
	if n := len([]rune(Clean(strings.Repeat("字", 40000)))); n != maxCell {
		t.Errorf("a cell of %d characters", n)
	}
	if got := Clean(strings.Repeat("😀", 40000)); len([]rune(got)) != maxCell/2 {
		t.Errorf("a cell of %d signs", len([]rune(got)))
	}
}

// Another program finds what people see of it: drop-downs short and long, notes, frozen
// heads, marks on days that are due, the chart.
func TestWhatSpreadsheetsFind(t *testing.T) {
	data, err := Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lists, err := f.GetDataValidations("表")
	if err != nil || len(lists) != 2 || lists[0].Sqref != "C3:C8" || lists[0].Formula1 != `"是,否"` ||
		!strings.Contains(lists[1].Formula1, "$60") {
		t.Errorf("%+v, %v", lists, err)
	}
	if notes, err := f.GetComments("表"); err != nil || len(notes) != 1 || notes[0].Cell != "A2" {
		t.Errorf("%+v, %v", notes, err)
	}
	if p, err := f.GetPanes("表"); err != nil || !p.Freeze || p.YSplit != 2 || p.XSplit != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	marks, err := f.GetConditionalFormats("表")
	if err != nil || len(marks["E3:E8"]) != 1 ||
		!strings.Contains(marks["E3:E8"][0].Criteria, "DATEVALUE(E3)-TODAY()<=3") {
		t.Errorf("%+v, %v", marks, err)
	}
	style, err := f.GetConditionalStyle(*marks["E3:E8"][0].Format)
	if err != nil || !style.Font.Bold || !strings.HasSuffix(style.Font.Color, "C00000") {
		t.Errorf("%+v, %v", style, err)
	}
	for _, cell := range []string{"B3", "B4", "D3", "A8"} {
		id, _ := f.GetCellStyle("表", cell)
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("%s is no text: %+v, %v", cell, style, err)
		}
	}
	if kind, err := f.GetCellType("表", "D3"); err != nil || kind != excelize.CellTypeSharedString {
		t.Errorf("=1+1 is kept as %v, %v", kind, err)
	}
	if wide, _ := f.GetColWidth("表", "E"); wide > widest {
		t.Errorf("a column of %v", wide)
	}
}

// A number is shown as a person sees it, and one that lost digits as what is left.
func TestDecimal(t *testing.T) {
	for x, want := range map[float64]string{8000: "8000", 23.9: "23.9", 0.1 + 0.2: "0.3", 1e3: "1000", -5: "-5",
		13800138000: "13800138000", 1.06906e11: "106906000000", 1e15: "1E+15", 3.30106199001011e17: "3.30106199001011E+17"} {
		if got := decimal(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

func TestUnescaped(t *testing.T) {
	for in, want := range map[string]string{"a_x000D_\nb": "a\r\nb", "_x005F_x0041_": "_x0041_", "_xZZZZ_": "_xZZZZ_",
		"_x4E2D_文": "中文"} {
		if got := unescaped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	data, err := Write(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Read(bytes.NewReader(data), int64(len(data)))
		var form *FormError
		if err != nil && !errors.As(err, &form) {
			t.Errorf("%v", err)
		}
		if err != nil {
			return
		}
		for _, s := range c.Sheets {
			for _, r := range s.Rows {
				for _, v := range r.Cells {
					if reflect.DeepEqual(v, Value{}) {
						t.Errorf("an empty cell in row %d", r.N)
					}
				}
			}
		}
	})
}
