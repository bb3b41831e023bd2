package logs

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
)

// This reader is our own because no library for old workbooks is kept (the
// newest are of 2017 and 2022), carriers still send them, and files come from
// anybody: it holds the bounds of the reader of .xlsx, follows no link and runs
// no formula. It reads what a cell shows of BIFF8, as [MS-XLS] has it, out of a
// compound file, as [MS-CFB] has it.

var (
	errOldBook   = errors.New("no workbook of Excel 97 to 2003")
	errLocked    = errors.New("the workbook is locked with a password")
	errBookShort = errors.New("the workbook is cut")
)

// Bounds of an old workbook: one of a list has some hundred kilobytes.
const (
	maxOld      = 32 << 20
	maxOldCells = 2_000_000 // of one sheet
)

// The records of a workbook that are read.
const (
	biffFormula    = 0x0006
	biffEOF        = 0x000A
	biff1904       = 0x0022
	biffPassword   = 0x002F
	biffContinue   = 0x003C
	biffSheet      = 0x0085
	biffMulRK      = 0x00BD
	biffRString    = 0x00D6
	biffStrings    = 0x00FC
	biffSharedCell = 0x00FD
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffString     = 0x0207
	biffRK         = 0x027E
	biffBOF        = 0x0809
)

// openOld reads an old workbook as a grid.
func openOld(r io.ReaderAt, size int64) (*grid, error) {
	if size > maxOld {
		return nil, errWorkbookSize
	}
	data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	stream, err := compoundStream(data, "Workbook")
	if err != nil {
		return nil, err
	}
	b := oldBook{data: stream, grid: &grid{}}
	return b.grid, b.globals()
}

// An oldBook is the stream of a workbook and what is read of it.
type oldBook struct {
	data   []byte
	shared []string
	grid   *grid
}

// record is the record at a place of the stream; not ok at its end.
func (b *oldBook) record(at int) (kind int, body []byte, next int, ok bool) {
	if at < 0 || at+4 > len(b.data) {
		return 0, nil, 0, false
	}
	kind = int(binary.LittleEndian.Uint16(b.data[at:]))
	end := at + 4 + int(binary.LittleEndian.Uint16(b.data[at+2:]))
	if end > len(b.data) {
		return 0, nil, 0, false
	}
	return kind, b.data[at+4 : end], end, true
}

// globals reads what stands before the sheets: their names and places, and the
// texts that cells share.
func (b *oldBook) globals() error {
	for at := 0; ; {
		kind, body, next, ok := b.record(at)
		switch {
		case !ok:
			return errBookShort
		case at == 0 && (kind != biffBOF || len(body) < 2 || binary.LittleEndian.Uint16(body) != 0x0600):
			return errOldBook
		}
		switch kind {
		case biffPassword:
			return errLocked
		case biff1904:
			b.grid.days1904 = len(body) >= 2 && body[0] == 1
		case biffSheet:
			if err := b.sheet(body); err != nil {
				return err
			}
		case biffStrings:
			parts := [][]byte{body}
			for {
				k, more, after, ok := b.record(next)
				if !ok || k != biffContinue {
					break
				}
				parts, next = append(parts, more), after
			}
			if err := b.strings(parts); err != nil {
				return err
			}
		case biffEOF:
			return nil
		}
		at = next
	}
}

func (b *oldBook) sheet(body []byte) error {
	if len(body) < 8 || body[5] != 0 { // a chart or a macro sheet
		return nil
	}
	if len(b.grid.sheets) >= maxSheets {
		return errWorkbookSize
	}
	at := int(binary.LittleEndian.Uint32(body))
	name := textOf(body[8:], int(body[6]), body[7]&1 != 0)
	b.grid.sheets = append(b.grid.sheets, gridSheet{name, func(each func(tableRow) error) error {
		return b.rows(at, each)
	}})
	return nil
}

// textOf are so many characters of one byte or two, as far as they are there.
func textOf(body []byte, characters int, wide bool) string {
	if !wide {
		r := make([]rune, 0, characters)
		for _, c := range body[:min(characters, len(body))] {
			r = append(r, rune(c)) // the low bytes of UTF-16
		}
		return string(r)
	}
	u := make([]uint16, 0, characters)
	for n := 0; n < characters && 2*n+2 <= len(body); n++ {
		u = append(u, binary.LittleEndian.Uint16(body[2*n:]))
	}
	return string(utf16.Decode(u))
}

// strings reads the texts that cells share, which go on over several records.
func (b *oldBook) strings(parts [][]byte) error {
	r := parted{parts: parts}
	r.skip(4) // how often they are used
	count, total := r.number(4), 0
	for n := 0; n < count && !r.over; n++ {
		s := r.text()
		if total += len(s) + 16; total > maxStrings {
			return errWorkbookSize
		}
		b.shared = append(b.shared, s)
	}
	return nil
}

// A parted reads over the borders of records.
type parted struct {
	parts [][]byte
	over  bool // nothing is left
}

// bytes takes up to n bytes of the record at hand.
func (p *parted) bytes(n int) []byte {
	for len(p.parts) > 0 && len(p.parts[0]) == 0 {
		p.parts = p.parts[1:]
	}
	if len(p.parts) == 0 {
		p.over = true
		return nil
	}
	n = min(n, len(p.parts[0]))
	out := p.parts[0][:n]
	p.parts[0] = p.parts[0][n:]
	return out
}

func (p *parted) skip(n int) {
	for n > 0 && !p.over {
		n -= len(p.bytes(n))
	}
}

func (p *parted) number(size int) int {
	n, shift := 0, 0
	for size > 0 && !p.over {
		for _, c := range p.bytes(size) {
			n, shift, size = n|int(c)<<shift, shift+8, size-1
		}
	}
	return n
}

// text reads one text. Where it goes on in the next record, that begins with how
// wide its characters are there.
func (p *parted) text() string {
	characters, flags := p.number(2), p.number(1)
	runs, more := 0, 0
	if flags&8 != 0 {
		runs = p.number(2)
	}
	if flags&4 != 0 {
		more = p.number(4)
	}
	var out []byte
	for wide := flags&1 != 0; characters > 0 && !p.over; {
		if len(p.parts) > 1 && len(p.parts[0]) == 0 { // they all stand in the next record
			wide = p.number(1)&1 != 0
		}
		width := 1
		if wide {
			width = 2
		}
		chunk := p.bytes(characters * width)
		got := len(chunk) / width
		out = append(out, textOf(chunk, got, wide)...)
		if characters -= got; got == 0 {
			p.over = true
		}
	}
	p.skip(4*runs + more)
	return string(out)
}

// rows gives the rows of the sheet at a place of the stream.
func (b *oldBook) rows(at int, each func(tableRow) error) error {
	rows := map[int]*tableRow{}
	cells := 0
	formula := [2]int{-1, -1} // whose text follows
	put := func(row, column int, text string, numeric bool) error {
		if rows[row] == nil {
			rows[row] = &tableRow{n: row + 1}
		}
		before := len(rows[row].cells)
		rows[row].put(column, text, numeric)
		// Rows are held until all are read: they need not come in order.
		if cells += len(rows[row].cells) - before; cells > maxOldCells || len(text) > maxCell {
			return errWorkbookSize
		}
		return nil
	}
	kind, _, next, ok := b.record(at)
	if !ok || kind != biffBOF {
		return errBookShort
	}
	var broken error
	for depth := 1; depth > 0; {
		kind, body, after, ok := b.record(next)
		if !ok {
			broken = errBookShort
			break
		}
		next = after
		switch kind {
		case biffBOF: // a chart within the sheet
			depth++
			continue
		case biffEOF:
			depth--
			continue
		case biffString:
			if len(body) >= 3 && formula[0] >= 0 {
				text := textOf(body[3:], int(binary.LittleEndian.Uint16(body)), body[2]&1 != 0)
				if err := put(formula[0], formula[1], text, false); err != nil {
					return err
				}
			}
			continue
		}
		if depth > 1 || len(body) < 6 {
			continue
		}
		row, column := int(binary.LittleEndian.Uint16(body)), int(binary.LittleEndian.Uint16(body[2:]))
		if kind == biffFormula {
			formula = [2]int{row, column}
		}
		for n, c := range b.cellsOf(kind, body[4:]) {
			if err := put(row, column+n, c.text, c.numeric); err != nil {
				return err
			}
		}
	}
	order := make([]int, 0, len(rows))
	for n := range rows {
		order = append(order, n)
	}
	slices.Sort(order)
	for _, n := range order {
		if err := each(*rows[n]); err != nil {
			if errors.Is(err, errEnough) {
				return nil
			}
			return err
		}
	}
	return broken
}

type oldCell struct {
	text    string
	numeric bool
}

// cellsOf are the cells that a record holds, from its column on; body begins
// behind row and column.
func (b *oldBook) cellsOf(kind int, body []byte) []oldCell {
	number := func(v float64) oldCell { return oldCell{strconv.FormatFloat(v, 'f', -1, 64), true} }
	rest := body[2:] // behind the format
	switch kind {
	case biffSharedCell:
		if len(rest) >= 4 {
			if n := int(binary.LittleEndian.Uint32(rest)); n >= 0 && n < len(b.shared) {
				return []oldCell{{b.shared[n], false}}
			}
		}
	case biffLabel, biffRString:
		if len(rest) >= 3 {
			return []oldCell{{textOf(rest[3:], int(binary.LittleEndian.Uint16(rest)), rest[2]&1 != 0), false}}
		}
	case biffNumber:
		if len(rest) >= 8 {
			return []oldCell{number(math.Float64frombits(binary.LittleEndian.Uint64(rest)))}
		}
	case biffFormula:
		if len(rest) >= 8 && (rest[6] != 0xFF || rest[7] != 0xFF) { // else its text follows
			return []oldCell{number(math.Float64frombits(binary.LittleEndian.Uint64(rest)))}
		}
	case biffRK:
		if len(rest) >= 4 {
			return []oldCell{number(rkNumber(binary.LittleEndian.Uint32(rest)))}
		}
	case biffMulRK:
		var out []oldCell
		for ; len(body) >= 8; body = body[6:] { // each with its format, and the last column behind all
			out = append(out, number(rkNumber(binary.LittleEndian.Uint32(body[2:]))))
		}
		return out
	}
	return nil
}

// rkNumber is a number in 30 bits ([MS-XLS], 2.5.217).
func rkNumber(v uint32) float64 {
	f := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// compoundStream is the stream of a name in a compound file.
func compoundStream(data []byte, name string) ([]byte, error) {
	c, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	directory, err := c.chain(c.first, c.fat, c.sector, 1<<sectorBits, -1)
	if err != nil {
		return nil, fmt.Errorf("its directory: %w", err)
	}
	var mini []byte
	for at := 0; at+128 <= len(directory); at += 128 {
		entry := directory[at : at+128]
		length := int(binary.LittleEndian.Uint16(entry[64:]))
		start, size := binary.LittleEndian.Uint32(entry[116:]), int64(binary.LittleEndian.Uint32(entry[120:]))
		switch {
		case entry[66] == 5: // the root, which holds the small streams
			if mini, err = c.chain(start, c.fat, c.sector, 1<<sectorBits, size); err != nil {
				return nil, err
			}
		case entry[66] == 2 && length >= 2 && length <= 64 && textOf(entry[:64], length/2-1, true) == name:
			if size >= smallStream {
				return c.chain(start, c.fat, c.sector, 1<<sectorBits, size)
			}
			return c.chain(start, c.miniFAT, func(n uint32) []byte {
				at := int64(n) << miniBits
				if at+1<<miniBits > int64(len(mini)) {
					return nil
				}
				return mini[at : at+1<<miniBits]
			}, 1<<miniBits, size)
		}
	}
	return nil, errOldBook
}
