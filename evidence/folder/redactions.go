package folder

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// RedactionsFile is the name of the file in a case folder that says what is
// covered on paper. It need not be there. It changes copies and papers alone:
// the exhibits and the sealed bundle stay whole.
const RedactionsFile = "redactions.csv"

// PreviewDir holds the covered pictures that are made to look at.
const PreviewDir = "遮盖预览"

// The columns of redactions.csv, in the order they are written.
var columnsOfRedactions = []struct {
	zh, en string
	set    func(*evidence.Redaction, string) *evidence.Text
	get    func(evidence.Redaction) string
}{
	{"证据", "exhibit", func(r *evidence.Redaction, s string) *evidence.Text {
		if r.Exhibit = strings.ToUpper(s); s != "" && !exhibitForm.MatchString(r.Exhibit) {
			return &evidence.Text{ZH: "证据编号，例如 E010；只遮文字时可以留空，表示所有材料",
				EN: "an exhibit number such as E010; empty, for words in every paper"}
		}
		return nil
	}, func(r evidence.Redaction) string { return r.Exhibit }},
	{"给谁", "to", setRoles, func(r evidence.Redaction) string { return strings.Join(r.To, " ") }},
	{"页", pageColumn, func(r *evidence.Redaction, s string) *evidence.Text {
		n, err := strconv.Atoi(s)
		if s != "" && (err != nil || n < 1) {
			return &evidence.Text{ZH: "PDF 的第几页，1 或更大的整数；图片留空", EN: "which page of a PDF, from 1; empty for a picture"}
		}
		r.Page = n
		return nil
	}, func(r evidence.Redaction) string {
		if r.Page == 0 {
			return ""
		}
		return strconv.Itoa(r.Page)
	}},
	{"左", "x", pixels(func(r *evidence.Redaction) *int { return &r.Box.X }),
		func(r evidence.Redaction) string { return pixelCell(r, r.Box.X) }},
	{"上", "y", pixels(func(r *evidence.Redaction) *int { return &r.Box.Y }),
		func(r evidence.Redaction) string { return pixelCell(r, r.Box.Y) }},
	{"宽", "width", pixels(func(r *evidence.Redaction) *int { return &r.Box.W }),
		func(r evidence.Redaction) string { return pixelCell(r, r.Box.W) }},
	{"高", "height", pixels(func(r *evidence.Redaction) *int { return &r.Box.H }),
		func(r evidence.Redaction) string { return pixelCell(r, r.Box.H) }},
	{"文字", "text", func(r *evidence.Redaction, s string) *evidence.Text { r.Text = s; return nil },
		func(r evidence.Redaction) string { return r.Text }},
	{"原因", "reason", func(r *evidence.Redaction, s string) *evidence.Text { r.Reason = s; return nil },
		func(r evidence.Redaction) string { return r.Reason }},
}

// pageColumn is not written where no box is on a page.
const pageColumn = "page"

// pageAt is its place in the table.
const pageAt = 2

// pixelCell is a cell of a box; rows of words have none.
func pixelCell(r evidence.Redaction, n int) string {
	if r.Box == (evidence.Box{}) {
		return ""
	}
	return strconv.Itoa(n)
}

// maxPixel is beyond any picture's side.
const maxPixel = 1_000_000

func pixels(at func(*evidence.Redaction) *int) func(*evidence.Redaction, string) *evidence.Text {
	return func(r *evidence.Redaction, s string) *evidence.Text {
		if s == "" {
			return nil
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > maxPixel {
			return &evidence.Text{ZH: "像素数，0 或更大的整数", EN: "whole pixels, 0 or more"}
		}
		*at(r) = n
		return nil
	}
}

func setRoles(r *evidence.Redaction, s string) *evidence.Text {
	for _, w := range evidence.SplitList(s) {
		role, ok := evidence.ParseRole(w)
		switch {
		case w == "全部" || strings.EqualFold(w, "all"):
			r.To = nil
			return nil
		case !ok:
			names := evidence.RoleNames()
			return &evidence.Text{ZH: names.ZH + "中的一个或几个；留空表示全部", EN: "some of " + names.EN + "; empty: all"}
		case !slices.Contains(r.To, string(role)):
			r.To = append(r.To, string(role))
		}
	}
	return nil
}

// ParseRedactions reads redactions.csv. The error is a [LineErrors] of all
// mistakes. Whether exhibits exist and boxes lie in their pictures is for
// [CheckRedactions] to say.
func ParseRedactions(name string, data []byte) ([]evidence.Redaction, error) {
	var out []evidence.Redaction
	var cols []int
	err := eachRow(name, data, func(line int, row []string) (bad LineErrors) {
		cols, bad = redactionHead(name, line, row)
		return bad
	}, func(line int, row []string) LineErrors {
		r, bad := redactionRow(name, line, cols, row)
		out = append(out, r)
		return bad
	})
	return out, err
}

// eachRow reads a table that people edit: its head, and each row that is not blank.
// The error is a [LineErrors] of all mistakes; with one in the head nothing more is
// read.
func eachRow(name string, data []byte, head, each func(line int, row []string) LineErrors) error {
	s, err := evidence.DecodeText(data)
	if err != nil {
		return LineErrors{{File: name, Found: evidence.Text{ZH: "无法辨认的文字编码", EN: "an unknown text encoding"},
			Wanted: evidence.Text{ZH: "UTF-8 或 GB18030 编码的 CSV", EN: "CSV in UTF-8 or GB 18030"}}}
	}
	s = strings.TrimPrefix(s, "\ufeff")
	in := csv.NewReader(strings.NewReader(s))
	in.Comma, in.FieldsPerRecord = delimiter(s), -1
	var bad LineErrors
	for first := true; ; first = false {
		row, err := in.Read()
		if err == io.EOF {
			return bad.orNil()
		}
		if err != nil {
			line := 0
			if p := (*csv.ParseError)(nil); errors.As(err, &p) {
				line = p.Line
			}
			return append(bad, &LineError{File: name, Line: line,
				Found:  evidence.Text{ZH: "写法有误的一行（引号不成对？）", EN: "a malformed row (an odd quote?)"},
				Wanted: evidence.Text{ZH: "CSV：内容里的引号写成两个", EN: "CSV; a quote inside a cell is doubled"}})
		}
		line, _ := in.FieldPos(0)
		switch {
		case first:
			if wrong := head(line, row); len(wrong) > 0 {
				return wrong
			}
		case !blank(row):
			bad = append(bad, each(line, row)...)
		}
	}
}

func redactionHead(name string, line int, row []string) (cols []int, bad LineErrors) {
	have := map[int]bool{}
	for _, h := range row {
		h = strings.TrimSpace(h)
		at := -1
		for n, c := range columnsOfRedactions {
			if h == c.zh || strings.EqualFold(h, c.en) {
				at = n
			}
		}
		if (at < 0 && h != "") || at >= 0 && have[at] {
			bad = append(bad, &LineError{File: name, Line: line, Column: h,
				Found: evidence.Text{ZH: "不认识或重复的列 " + h, EN: "unknown or repeated column " + h},
				Wanted: evidence.Text{ZH: "列：证据 给谁 页 左 上 宽 高 文字 原因，每列一次",
					EN: "columns exhibit, to, page, x, y, width, height, text, reason, each once"}})
		}
		have[at] = true
		cols = append(cols, at)
	}
	if !have[0] {
		bad = append(bad, &LineError{File: name, Line: line, Column: "证据",
			Found:  evidence.Text{ZH: "缺少这一列", EN: "the column is missing"},
			Wanted: evidence.Text{ZH: "列 证据", EN: "a column exhibit"}})
	}
	return cols, bad
}

func redactionRow(name string, line int, cols []int, row []string) (evidence.Redaction, LineErrors) {
	r := evidence.Redaction{Line: line}
	var bad LineErrors
	fault := func(column string, found, wanted evidence.Text) {
		bad = append(bad, &LineError{File: name, Line: line, Column: column, Found: found, Wanted: wanted})
	}
	box := 0 // cells of a box that are filled in
	for n, cell := range row {
		cell = unguard(strings.TrimSpace(strings.ReplaceAll(cell, "\r", "\n"))) // a CSV writer drops a lone CR
		if n >= len(cols) || cols[n] < 0 {
			if cell != "" {
				fault("", evidence.Text{ZH: "没有列名的内容 “" + cell + "”", EN: `"` + cell + `" under no column`},
					evidence.Text{ZH: "与表头一样多的列", EN: "as many cells as the header has"})
			}
			continue
		}
		c := columnsOfRedactions[cols[n]]
		if wanted := c.set(&r, cell); wanted != nil {
			fault(c.zh, evidence.Text{ZH: "“" + cell + "”", EN: `"` + cell + `"`}, *wanted)
		}
		if slices.Contains([]string{"x", "y", "width", "height"}, c.en) && cell != "" {
			box++
		}
	}
	switch {
	case len(bad) > 0:
	case box == 0 && r.Text == "":
		fault("文字", evidence.Text{ZH: "没有写遮盖什么", EN: "nothing to cover"},
			evidence.Text{ZH: "图片写左、上、宽、高，文字写要遮盖的字", EN: "x, y, width and height for a picture, or words"})
	case box > 0 && r.Text != "":
		fault("文字", evidence.Text{ZH: "一行里既有方框又有文字", EN: "a box and words in one row"},
			evidence.Text{ZH: "分成两行写", EN: "two rows"})
	case box > 0 && box < 4:
		fault("左", evidence.Text{ZH: "左、上、宽、高没有写全", EN: "not all of x, y, width, height"},
			evidence.Text{ZH: "四个都要写", EN: "all four"})
	case box > 0 && (r.Box.W == 0 || r.Box.H == 0):
		fault("宽", evidence.Text{ZH: "宽或高是 0", EN: "width or height is 0"},
			evidence.Text{ZH: "大于 0 的像素数", EN: "more than 0 pixels"})
	case box == 0 && r.Page > 0:
		fault("页", evidence.Text{ZH: "写了第几页，没有写方框", EN: "a page and no box"},
			evidence.Text{ZH: "左、上、宽、高；要遮的文字不写页，整份都遮", EN: "x, y, width and height; words are covered on every page"})
	case box > 0 && r.Exhibit == "":
		fault("证据", evidence.Text{ZH: "方框没有写是哪份证据", EN: "a box of no exhibit"},
			evidence.Text{ZH: "证据编号，例如 E010", EN: "an exhibit number such as E010"})
	case box == 0 && len([]rune(r.Text)) < 2:
		// One character would be replaced all over the letter.
		fault("文字", evidence.Text{ZH: "“" + r.Text + "”只有一个字", EN: `"` + r.Text + `", a single character`},
			evidence.Text{ZH: "两个字以上", EN: "two characters or more"})
	}
	return r, bad
}

// CheckRedactions holds redactions against the register: exhibits that exist,
// boxes inside pictures.
func CheckRedactions(name string, rows []evidence.Redaction, exhibits []evidence.Exhibit) error {
	var bad LineErrors
	fault := func(r evidence.Redaction, column string, found, wanted evidence.Text) {
		bad = append(bad, &LineError{File: name, Line: r.Line, Column: column, Found: found, Wanted: wanted})
	}
	for _, r := range rows {
		if r.Exhibit == "" {
			continue
		}
		n := slices.IndexFunc(exhibits, func(x evidence.Exhibit) bool { return x.Number == r.Exhibit })
		if n < 0 {
			fault(r, "证据", evidence.Text{ZH: "没有登记的证据 " + r.Exhibit, EN: "exhibit " + r.Exhibit +
				", which is not registered"}, evidence.Text{ZH: "juzheng list 列出的证据编号",
				EN: "a number that juzheng list shows"})
			continue
		}
		if r.Box == (evidence.Box{}) {
			continue
		}
		x := exhibits[n]
		w, h := x.Media.Upright()
		switch pdf := x.MediaType == "application/pdf"; {
		case pdf && r.Page == 0:
			fault(r, "页", evidence.Text{ZH: r.Exhibit + " 是 PDF，没有写第几页", EN: r.Exhibit + " is a PDF, and no page is named"},
				evidence.Text{ZH: "第几页，从 1 数起", EN: "which page, from 1"})
		case pdf: // how large its pages are is known once they are drawn
		case r.Page > 0 && strings.HasPrefix(x.MediaType, "image/"):
			fault(r, "页", evidence.Text{ZH: r.Exhibit + " 是图片，没有页", EN: r.Exhibit + " is a picture and has no pages"},
				evidence.Text{ZH: "留空", EN: "empty"})
		case strings.HasPrefix(x.MediaType, "video/"): // none of its pictures is printed, whatever the box
		case !strings.HasPrefix(x.MediaType, "image/"):
			fault(r, "左", evidence.Text{ZH: r.Exhibit + " 不是图片（" + x.MediaType + "）", EN: r.Exhibit +
				" is no picture (" + x.MediaType + ")"},
				evidence.Text{ZH: "图片、视频或 PDF 的证据编号；文字写在“文字”一列", EN: "a picture, a film or a PDF; words go under text"})
		case w > 0 && h > 0 && (r.Box.X+r.Box.W > w || r.Box.Y+r.Box.H > h):
			fault(r, "宽", evidence.Text{ZH: fmt.Sprintf("方框到右 %d、下 %d，超出图片 %d×%d", r.Box.X+r.Box.W, r.Box.Y+r.Box.H, w,
				h), EN: fmt.Sprintf("a box to %d, %d, outside the picture of %d by %d", r.Box.X+r.Box.W, r.Box.Y+
				r.Box.H, w, h)},
				evidence.Text{ZH: "图片之内的方框（按看图时的方向）", EN: "a box inside the picture as it is seen upright"})
		}
	}
	return bad.orNil()
}

// Redactions reads redactions.csv and checks it against the register; no file
// is no redactions.
func (f *Folder) Redactions() ([]evidence.Redaction, error) {
	data, err := os.ReadFile(f.Path(RedactionsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read redactions: %w", err)
	}
	rows, err := ParseRedactions(RedactionsFile, data)
	if err != nil {
		return nil, err
	}
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	return rows, CheckRedactions(RedactionsFile, rows, register.Exhibits)
}

// WriteRedactions writes redactions.csv: UTF-8 with BOM for Excel, CRLF,
// Chinese header. Rows that cannot be read back the same are an error.
func (f *Folder) WriteRedactions(rows []evidence.Redaction) error {
	register, err := f.Register()
	if err != nil {
		return err
	}
	data, err := FormatRedactions(rows)
	if err != nil {
		return err
	}
	back, err := ParseRedactions(RedactionsFile, data)
	if err != nil {
		return err
	}
	if err := CheckRedactions(RedactionsFile, back, register.Exhibits); err != nil {
		return err
	}
	return disk.Replace(f.Path(RedactionsFile), data, 0o600)
}

// FormatRedactions writes rows in the form [ParseRedactions] reads.
func FormatRedactions(rows []evidence.Redaction) ([]byte, error) {
	var b strings.Builder
	b.WriteString("\ufeff")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	columns := slices.Clone(columnsOfRedactions)
	if !slices.ContainsFunc(rows, func(r evidence.Redaction) bool { return r.Page > 0 }) {
		columns = slices.Delete(columns, pageAt, pageAt+1)
	}
	var head []string
	for _, c := range columns {
		head = append(head, c.zh)
	}
	out.Write(head)
	for _, r := range rows {
		var cells []string
		for _, c := range columns {
			cells = append(cells, guard(c.get(r)))
		}
		out.Write(cells)
	}
	out.Flush()
	return []byte(b.String()), out.Error()
}
