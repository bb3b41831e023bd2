package logs

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Move is a row of a statement of payments, and where it stands.
type Move struct {
	Sheet, Line int // as those of a Row; of a PDF the page, and which row of it
	evidence.Move

	last int // the line on which it ends
}

// A Statement is what was read of a statement of payments.
type Statement struct {
	Moves []Move
	Lost  int // rows that may be one, and a cell of them could not be read
}

// flowFields are the columns of a statement by their heads, without blanks and
// without a unit in brackets.
var flowFields = []struct {
	field string
	head  *lazyregexp.Regexp
}{
	{"time", lazyregexp.New(`^(?:交易|记账|入账|发生|付款|支付)?(?:日期)?时间$|^(?:交易|付款)创建时间$`)},
	{"date", lazyregexp.New(`^(?:交易|发生)?(?:日期|日)$`)},
	{"booked", lazyregexp.New(`^(?:记账|入账|账务)(?:日期|日)$`)}, // where it has no day of its own
	{"in", lazyregexp.New(`^(?:收入|贷方|存入|转入)(?:发生)?(?:金额|额)?$|^(?:交易|记账|发生)?金额[(（](?:收入|贷方|存入)[)）]$`)},
	{"out", lazyregexp.New(`^(?:支出|借方|支取|转出)(?:发生)?(?:金额|额)?$|^(?:交易|记账|发生)?金额[(（](?:支出|借方|支取)[)）]$`)},
	{"sum", lazyregexp.New(`^(?:交易|发生|人民币|收支|付款)?(?:金额|发生额)$`)},
	{"way", lazyregexp.New(`^(?:收/支|收支(?:类型)?|借贷(?:标志|方向)?|借/贷|收付(?:标志|类型)?|资金流向|交易方向)$`)},
	{"party", lazyregexp.New(`^(?:交易对方|交易对手(?:名称)?|对方(?:户名|名称|姓名|单位|账户名称?)|对手户名|商户名称|收付款人|收款人|收/付方名称)$`)},
	{"words", lazyregexp.New(`^(?:交易|业务)?(?:摘要|备注|附言|用途|说明|类型|分类|场所)$|^商品(?:说明|名称)?$`)},
	{"state", lazyregexp.New(`^(?:当前|交易)?状态$`)},
}

var (
	unitOfHead = lazyregexp.New(`[(（](?:元|人民币|人民币元|RMB|CNY)[)）]$`)
	notDone    = lazyregexp.New(`关闭|失败|撤销|取消|退还|全额退款|等待|待付款|未付款`)
	sumCell    = lazyregexp.New(`^([+-]?)(\d{1,12}(?:\.\d{1,2})?)$`)
	flowDay    = lazyregexp.New(`^20\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?(?:\D|$)`)
)

// A flowReader reads the rows of a statement below its head.
type flowReader struct {
	at     map[string][]int
	signed bool // sums have a sign where they go out
}

// flowHead finds the columns that a row heads; nil: it is no head of a
// statement.
func flowHead(row []string) map[string][]int {
	if !isFlow([][]string{row}) {
		return nil
	}
	at := map[string][]int{}
	for n, cell := range row {
		cell = unitOfHead.ReplaceAllString(strings.Join(strings.Fields(strings.Trim(cell, "\ufeff\"'")), ""), "")
		for _, f := range flowFields {
			if f.head.MatchString(cell) {
				at[f.field] = append(at[f.field], n)
				break
			}
		}
	}
	if len(at["date"]) == 0 {
		at["date"] = at["booked"]
	}
	if len(at["time"])+len(at["date"]) == 0 || len(at["sum"])+len(at["in"])+len(at["out"]) == 0 {
		return nil
	}
	return at
}

// sumOfCell reads a sum of money; sign is - or + where it has one.
func sumOfCell(cell string) (sum evidence.Fen, sign string, ok bool) {
	cell = norm.NFKC.String(cell)
	cell = strings.NewReplacer(" ", "", ",", "", "¥", "", "￥", "", "元", "", "CNY", "", "RMB", "").Replace(cell)
	m := sumCell.FindStringSubmatch(cell)
	if m == nil {
		return 0, "", false
	}
	sum, ok = evidence.ParseFen(m[2])
	return sum, m[1], ok
}

// row reads one row. Not ok: it is none; lost: it may be one.
func (f *flowReader) row(row []string) (m Move, ok, lost bool) {
	cell := func(field string) string {
		for _, n := range f.at[field] {
			if n < len(row) {
				if s := plainCell(row[n]); s != "" {
					return s
				}
			}
		}
		return ""
	}
	day, timed := flowTime(cell("date"), cell("time"))
	if !timed {
		return m, false, false // a total, a remark
	}
	m.Day = day
	if notDone.MatchString(cell("state")) {
		return m, false, false // no money moved
	}
	in, _, hasIn := sumOfCell(cell("in"))
	out, _, hasOut := sumOfCell(cell("out"))
	sum, sign, hasSum := sumOfCell(cell("sum"))
	switch way := cell("way"); {
	case hasOut && out > 0 && (!hasIn || in == 0):
		m.Sum, m.Direction = out, evidence.Out
	case hasIn && in > 0 && (!hasOut || out == 0):
		m.Sum, m.Direction = in, evidence.In
	case !hasSum || sum == 0:
		return m, false, cell("sum")+cell("in")+cell("out") != "" && !(hasSum || hasIn || hasOut)
	default:
		m.Sum = sum
		switch {
		case strings.Contains(way, "不计") || strings.Contains(way, "中性"):
			if strings.Contains(cell("state"), "还款") {
				m.Direction = evidence.Out
			}
		case strings.ContainsAny(way, "支借出付"):
			m.Direction = evidence.Out
		case strings.ContainsAny(way, "收贷入存"):
			m.Direction = evidence.In
		case sign == "-":
			m.Direction = evidence.Out
		case sign == "+" || f.signed:
			m.Direction = evidence.In
		}
	}
	m.Party = cell("party")
	var words []string
	for _, n := range f.at["words"] {
		if n < len(row) {
			if s := plainCell(row[n]); s != "" && s != "/" {
				words = append(words, s)
			}
		}
	}
	m.Words = strings.Join(words, " ")
	return m, true, false
}

// flowTime is the day of a row, whose time may stand in two cells.
func flowTime(date, at string) (time.Time, bool) {
	for _, s := range []string{date, at} {
		if t, ok := serialTime(s, false); ok {
			return midnight(t.At), true
		}
		if !flowDay.MatchString(s) {
			continue
		}
		s = dateMarks.Replace(norm.NFKC.String(s))
		s = dotted.ReplaceAllString(s, "$1-$2-$3")
		day, _, _ := strings.Cut(strings.ReplaceAll(s, "T", " "), " ")
		for _, layout := range []string{"2006-1-2", "20060102", "20060102150405"} {
			if t, err := time.ParseInLocation(layout, day, evidence.Beijing); err == nil {
				return midnight(t), true
			}
		}
	}
	return time.Time{}, false
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(evidence.Beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, evidence.Beijing)
}

// A flowTable is a statement as rows of cells, whatever file holds it.
type flowTable func(each func(sheet, line, last int, cells []string) error) error

// read gives what the rows of a statement say.
func (t flowTable) read() (Statement, error) {
	var s Statement
	signed := map[int]bool{} // of a sheet: sums that go out have a minus
	err := t.rows(func(f *flowReader, sheet, _, _ int, cells []string) error {
		for _, n := range f.at["sum"] {
			if n < len(cells) {
				_, sign, ok := sumOfCell(plainCell(cells[n]))
				signed[sheet] = signed[sheet] || ok && sign == "-"
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, ErrNoForm) {
		return s, err
	}
	err = t.rows(func(f *flowReader, sheet, line, last int, cells []string) error {
		f.signed = signed[sheet]
		m, ok, lost := f.row(cells)
		switch {
		case ok && len(s.Moves) >= mostMoves:
			return errEnough
		case ok:
			m.Sheet, m.Line, m.last = sheet, line, last
			s.Moves = append(s.Moves, m)
		case lost:
			s.Lost++
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		s.Lost++
		err = nil
	}
	return s, err
}

// rows goes through what stands below heads.
func (t flowTable) rows(each func(f *flowReader, sheet, line, last int, cells []string) error) error {
	var f *flowReader
	return t(func(sheet, line, last int, cells []string) error {
		if cells == nil { // another sheet
			f = nil
			return nil
		}
		if at := flowHead(cells); at != nil {
			f = &flowReader{at: at}
			return nil
		}
		if f == nil {
			return nil
		}
		return each(f, sheet, line, last, cells)
	})
}

// mostMoves bounds what is read of one statement: ten years of thirty a day.
const mostMoves = 100_000

// flowTable is a file as a table; of one in sheets the sheets count from 1.
func (f *file) flowTable() (flowTable, error) {
	if g, err := openGrid(f); err == nil {
		return func(each func(int, int, int, []string) error) error {
			for n, sheet := range g.sheets {
				if err := each(n+1, 0, 0, nil); err != nil {
					return err
				}
				if err := sheet.rows(func(row tableRow) error { return each(n+1, row.n, 0, row.cells) }); err != nil {
					return err
				}
			}
			return nil
		}, nil
	}
	if !f.isText {
		return nil, ErrNoForm
	}
	if f.size > maxSize {
		return nil, tooLarge()
	}
	_, comma := headRows(f.text)
	return func(each func(int, int, int, []string) error) error {
		data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
		if err != nil {
			return err
		}
		s, ok := evidence.DecodeIfText(data)
		if !ok {
			return errNoText
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			line, _ := r.FieldPos(0)
			end, _ := r.FieldPos(len(row) - 1)
			end += strings.Count(row[len(row)-1], "\n")
			if err := each(0, line, end, row); err != nil {
				return err
			}
		}
	}, nil
}

// Moves are the rows of a statement of payments. Of one that breaks off, what
// is whole was read.
func Moves(r io.ReaderAt, size int64) (Statement, error) {
	t, err := open(r, size).flowTable()
	if err != nil {
		return Statement{}, err
	}
	return t.read()
}

// Moves are the rows of a statement that pages hold.
func (p Pages) Moves() (Statement, error) { return p.flowTable().read() }

// flowTable finds the statement on pages: a row is where a day stands.
func (p Pages) flowTable() flowTable {
	var bands []band
	var head []Word
	isHead := func(texts []string) bool { return flowHead(texts) != nil }
	isDay := func(s string) bool { return flowDay.MatchString(s) }
	for n, words := range p {
		words = together(words[:min(len(words), mostWords)], 0)
		y, cells := headOf(words, isHead)
		if cells != nil && head == nil {
			head = cells
		}
		bands = append(bands, bandsOf(n+1, words, y, isDay)...)
	}
	return func(each func(int, int, int, []string) error) error {
		if head == nil {
			return ErrNoForm
		}
		cells := make([]string, len(head))
		for n, w := range head {
			cells[n] = w.Text
		}
		if err := each(1, 0, 0, cells); err != nil {
			return err
		}
		t := pageTable{}
		t.take(bands, columnsBelow(head, bands))
		for _, r := range t.rows {
			if err := each(r.page, r.line, 0, r.cells); err != nil {
				return err
			}
		}
		return nil
	}
}

// ExtractMoves takes rows out of a statement, as [Extract] does out of a log.
func ExtractMoves(r io.ReaderAt, size int64, want func(Move) bool) (Extracted, error) {
	f := open(r, size)
	t, err := f.flowTable()
	if err != nil {
		return Extracted{}, err
	}
	x, rows, starts, err := t.wanted(want)
	if err != nil || x.Rows == 0 {
		return x, err
	}
	if rows[0].Sheet > 0 {
		book, err := openGrid(f)
		if err != nil {
			return x, err
		}
		return x, x.takeCells(book, rows)
	}
	x.MediaType, x.Extension = "text/csv", ".csv"
	return x, x.takeLines(f, rows, starts)
}

// ExtractMoves does it of pages.
func (p Pages) ExtractMoves(want func(Move) bool) (Extracted, error) {
	t := p.flowTable()
	x, rows, _, err := t.wanted(want)
	if err != nil || x.Rows == 0 {
		return x, err
	}
	g := &grid{}
	for n := range p {
		g.sheets = append(g.sheets, gridSheet{rows: func(each func(tableRow) error) error {
			return t(func(page, line, _ int, cells []string) error {
				if page != n+1 || line == 0 {
					return nil
				}
				return each(tableRow{n: line, cells: cells})
			})
		}})
	}
	return x, x.takeCells(g, rows)
}

// wanted are the rows of a statement that are wanted; that it has others is no
// question: a statement always tells more than a loan.
func (t flowTable) wanted(want func(Move) bool) (x Extracted, rows []Row, starts map[int]int, err error) {
	s, err := t.read()
	starts = map[int]int{}
	x.More = s.Lost > 0
	for _, m := range s.Moves {
		starts[m.Line]++
		if !want(m) {
			x.More = true
			continue
		}
		rows = append(rows, Row{Sheet: m.Sheet, Line: m.Line, last: m.last})
	}
	x.Rows = len(rows)
	return x, rows, starts, err
}
