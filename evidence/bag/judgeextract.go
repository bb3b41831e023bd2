package bag

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"juzheng/evidence/bag/commit"
)

// An ExtractState says what became of the claim that an exhibit is rows of
// another, byte for byte.
type ExtractState string

// The states.
const (
	ExtractSame     ExtractState = "same"           // both are here, and so it is
	ExtractDiffers  ExtractState = "differs"        // both are here, and it is not
	ExtractByHand   ExtractState = "by-hand"        // both are here, and no reader of ours tells
	ExtractWithheld ExtractState = "whole-withheld" // claimed only: the whole is not here
)

// An Extract is an exhibit here that was made of rows of another.
type Extract struct {
	Number  string       `json:"number"`
	Of      string       `json:"of"`
	State   ExtractState `json:"state"`
	Differs []string     `json:"differs,omitempty"` // the rows of the whole, a hundred at most
}

// A RowReader compares an extract with its whole where rows are no lines: it
// returns the rows that differ and those whose time alone does. An error says
// that it cannot tell.
type RowReader func(whole io.ReaderAt, size int64, name string, extract []byte, rows string) (
	differ, timed []string, err error)

const (
	maxExtracts     = 100      // are compared; each has its whole read once more
	maxExtractBytes = 20 << 20 // of one, which is held
	maxWholePacked  = 32 << 20 // of a whole that has to be unpacked to be read by rows
)

// errByHand reports an extract that cannot be compared here.
var errByHand = errors.New("cannot be compared")

// judgeExtracts holds what was taken out of logs against the logs, where both
// are here. That an extract is what its record says is a claim of whoever made
// it, until somebody looks.
func (c *check) judgeExtracts() {
	budget := 2 * c.res.Counts.Bytes
	for _, number := range c.two.numbers {
		r := c.two.records[number]
		if r.Made != "extract" {
			continue
		}
		x := Extract{Number: number, Of: r.Of, State: ExtractWithheld}
		whole, here := c.two.openings[r.Of]
		if here && (!c.asOpened(number) || !c.asOpened(r.Of)) {
			continue // what is wrong with one of them is told
		}
		if here {
			x.State = ExtractByHand
			path := c.two.openings[number].Data
			differ, timed, err := []string(nil), []string(nil), errByHand
			if whole.Size <= budget && len(c.two.extracts) < maxExtracts {
				budget -= whole.Size
				differ, timed, err = c.holdExtract(path, whole.Data, r)
			}
			switch {
			case errors.Is(err, errChanging):
				c.add("E-FILE-CHANGING", path)
			case err != nil:
				c.add("N-EXTRACT-BY-HAND", path, r.Of)
			case len(differ) > 0:
				x.State, x.Differs = ExtractDiffers, differ[:min(len(differ), shownOfACode)]
				c.add("E-EXTRACT-DIFFERS", path, r.Of, rowsText(differ))
			default:
				x.State = ExtractSame
				if len(timed) > 0 {
					c.add("W-EXTRACT-TIME", path, r.Of, rowsText(timed))
				}
			}
		}
		if len(c.two.extracts) < maxExtracts {
			c.two.extracts = append(c.two.extracts, x)
		}
	}
}

// asOpened reports an exhibit that is what its opening says.
func (c *check) asOpened(number string) bool {
	o := c.two.openings[number]
	r := c.read[o.Data]
	return r != nil && r.err == nil && r.size == o.Size && !differs(r.digest("sha256"), o.SHA256) &&
		!differs(r.digest("sm3"), o.SM3)
}

// rowsText names rows; an empty one stands for bytes of the extract that no row
// of the whole accounts for.
func rowsText(rows []string) Text {
	var names []string
	surplus := false
	for _, r := range rows {
		surplus = surplus || r == ""
		if r != "" && len(names) < 12 {
			names = append(names, r)
		}
	}
	t := Text{"第 " + strings.Join(names, "、") + " 行", "row " + strings.Join(names, ", ")}
	if len(rows) > len(names)+1 {
		t = Text{t.ZH + " 等", t.EN + " and more"}
	}
	switch {
	case surplus && len(names) == 0:
		return Text{"多出了整份里没有指明的内容", "content that no row named accounts for"}
	case surplus:
		return Text{t.ZH + "，另有多出的内容", t.EN + ", and surplus content"}
	}
	return t
}

// holdExtract compares an extract with its whole.
func (c *check) holdExtract(path, wholePath string, r commit.Record) (differ, timed []string, err error) {
	extract, whole := c.byPath[path], c.byPath[wholePath]
	if extract.size > maxExtractBytes {
		return nil, nil, errByHand
	}
	got := c.readOne(extract, nil, true)
	if got.err != nil {
		return nil, nil, got.err
	}
	if got.digest("sha256") != c.two.openings[r.Exhibit].SHA256 {
		return nil, nil, errChanging
	}
	in, err := c.tree.open(*whole)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	// Rows of sheets, entries of a list or page and messages as cards are no lines.
	if strings.ContainsAny(r.Lines, "!#") || r.MediaType == "application/json" || r.MediaType == "text/html" ||
		strings.HasSuffix(path, ".vmsg") {
		differ, timed, err = c.holdRows(in, whole, got.data, r)
	} else {
		differ, err = holdLines(&canceled{c, in}, got.data, r.Lines)
	}
	if err == nil && !c.tree.still(*whole) {
		err = errChanging
	}
	return differ, timed, err
}

// A canceled reader ends with the check it is of.
type canceled struct {
	c  *check
	in io.Reader
}

func (r *canceled) Read(b []byte) (int, error) {
	if err := r.c.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(b)
}

// holdRows compares by the reader of logs that was given.
func (c *check) holdRows(in io.Reader, whole *node, extract []byte, r commit.Record) (differ, timed []string,
	err error) {
	if c.opt.Rows == nil {
		return nil, nil, errByHand
	}
	at, ok := in.(io.ReaderAt)
	switch {
	case ok:
	case whole.size > maxWholePacked:
		return nil, nil, errByHand
	default:
		text := make([]byte, whole.size)
		if _, err := io.ReadFull(in, text); err != nil {
			return nil, nil, err
		}
		at = bytes.NewReader(text)
	}
	name := c.two.records[r.Of].Name
	return c.opt.Rows(at, whole.size, name, extract, r.Lines)
}

// A span is lines of a text, from 1, both ends in it.
type span struct{ first, last int }

// parseSpans reads "2,4,7-9".
func parseSpans(s string) ([]span, error) {
	var out []span
	before := 0
	for part := range strings.SplitSeq(s, ",") {
		a, b, more := strings.Cut(part, "-")
		first, err := strconv.Atoi(a)
		last := first
		if err == nil && more {
			last, err = strconv.Atoi(b)
		}
		if err != nil || first <= before || last < first {
			return nil, errByHand
		}
		out, before = append(out, span{first, last}), last
	}
	return out, nil
}

// holdLines compares an extract with the lines of its whole that it claims to
// be, as sed -n and cmp would; of a whole in UTF-16 behind iconv -t UTF-8. Of the
// whole a piece of a line is held at a time.
func holdLines(in io.Reader, extract []byte, lines string) (differ []string, err error) {
	spans, err := parseSpans(lines)
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(in, 1<<16)
	if mark, err := r.Peek(2); err == nil && (mark[0] == 0xff && mark[1] == 0xfe || mark[0] == 0xfe && mark[1] == 0xff) {
		r = bufio.NewReaderSize(&utf16Reader{in: r}, 1<<16)
	}
	for n := 1; len(spans) > 0 && len(differ) < shownOfACode; n++ {
		inside := n >= spans[0].first
		var want []byte
		if inside {
			end := bytes.IndexByte(extract, '\n') + 1
			if end == 0 {
				end = len(extract)
			}
			want, extract = extract[:end], extract[end:]
		}
		same, some, err := compareLine(r, want)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if !some { // the whole has no such line
			return append(differ, strconv.Itoa(max(n, spans[0].first))), nil
		}
		if inside && !same {
			differ = append(differ, strconv.Itoa(n))
		}
		if n == spans[0].last {
			spans = spans[1:]
		}
	}
	if len(extract) > 0 && len(spans) == 0 {
		differ = append(differ, "")
	}
	return differ, nil
}

// compareLine reads a line with its end and compares it. The error is io.EOF
// once nothing follows; some reports that there was a line at all.
func compareLine(r *bufio.Reader, want []byte) (same, some bool, err error) {
	same = true
	for {
		part, err := r.ReadSlice('\n')
		some = some || len(part) > 0
		rest, ok := bytes.CutPrefix(want, part)
		same, want = same && ok, rest
		if !errors.Is(err, bufio.ErrBufferFull) {
			return same && len(want) == 0, some, err
		}
	}
}

// A utf16Reader gives text in UTF-16 with a byte order mark as UTF-8 without one.
// A surrogate without its other half is U+FFFD, and a byte at the end that is
// half a unit is none.
type utf16Reader struct {
	in   *bufio.Reader
	high bool   // the mark said that the higher byte comes first
	mark bool   // it was read
	half rune   // a surrogate whose other half has not come; 0: none
	out  []byte // not given yet
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		var pair [2]byte
		if _, err := io.ReadFull(u.in, pair[:]); err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return 0, err
			}
			if u.half == 0 {
				return 0, io.EOF
			}
			u.half, u.out = 0, utf8.AppendRune(u.out, utf8.RuneError)
			break
		}
		if !u.mark {
			u.mark, u.high = true, pair[0] == 0xfe
			continue
		}
		if !u.high {
			pair[0], pair[1] = pair[1], pair[0]
		}
		u.take(rune(pair[0])<<8 | rune(pair[1]))
	}
	n := copy(p, u.out)
	u.out = u.out[:copy(u.out, u.out[n:])]
	return n, nil
}

// take takes in a unit.
func (u *utf16Reader) take(unit rune) {
	if u.half != 0 {
		r := utf16.DecodeRune(u.half, unit)
		u.half, u.out = 0, utf8.AppendRune(u.out, r) // U+FFFD where they are no pair
		if r != utf8.RuneError {
			return
		}
	}
	if unit >= 0xd800 && unit < 0xdc00 {
		u.half = unit
		return
	}
	u.out = utf8.AppendRune(u.out, unit) // U+FFFD of a lower half alone
}
