// Package pdf draws the pages of a PDF as pictures, so that an exhibit that is
// one can stand on paper.
//
// A PDF comes from anybody, and what draws one is large: PDFium, compiled to
// WebAssembly. So it runs in a process of its own, which is this program
// started again ([Main]): it gets the bytes of the file and nothing else, sees
// no file but the fonts of this program, may use half a gigabyte, and is ended
// if a page takes too long. [Program.Draw] starts it and hands out each [Page]
// as it comes, upright and with the text that stands on it, so that words can be
// covered; [Program.Read] gives the text alone.
//
// What PDFium is compiled to is kept in the user's cache, about 22 MB, since
// compiling takes some ten seconds. The package knows neither cases nor papers.
package pdf

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"time"

	"juzheng/evidence"
)

//go:embed PDFium-LICENSE.txt
var terms string

//go:embed PDFium-NOTICES.txt
var innerTerms string

// Notices are the terms of PDFium and of what it holds of others, which go along
// with it.
func Notices() string { return terms + "\n" + innerTerms }

// Limits of what is drawn.
const (
	MostPages = 60       // of a file that is drawn
	MostRead  = 400      // of one whose text alone is read
	maxBytes  = 64 << 20 // of a file
	dpi       = 150      // a page of A4 has 1240 by 1754 pixels
	maxSide   = 2400     // pixels
	maxFrame  = 32 << 20 // bytes of a page on its way here
)

// patience is how long a page may take, and the start with it: where nothing is
// compiled yet, that takes longest.
const patience = 3 * time.Minute

// A Page is one page as a picture.
type Page struct {
	Number        int    // in the file, from 1
	Width, Height int    // pixels
	Media         string // image/png or image/jpeg
	Data          []byte `json:"-"` // of the picture
	Lines         []Line // what stands on it, as far as it is text
}

// A Line is text on a page, and where each character stands.
type Line struct {
	Text  string
	Boxes []image.Rectangle // of each rune, in pixels
}

// A Fault is why the pages of a file cannot be drawn.
type Fault struct {
	Code   string // locked, broken, large, failed
	Reason evidence.Text
}

func (f *Fault) Error() string { return "draw PDF: " + f.Code + ": " + f.Reason.EN }

var faults = map[string]evidence.Text{
	"locked": {ZH: "这份 PDF 要密码才能打开；请用密码打开它，另存或打印成不带密码的 PDF，再加一份",
		EN: "the PDF needs a password; open it, save or print it as one without, and add that too"},
	"broken": {ZH: "这份 PDF 坏了或者没有下载完，打不开；请重新下载或重新导出，再加一份",
		EN: "the PDF is damaged or cut; download or export it again and add that too"},
	"large": {ZH: "这份 PDF 太大；请把要用的几页另存为一份 PDF，再加一份",
		EN: "the PDF is too large; save the pages that matter as one of their own and add that too"},
	"failed": {ZH: "这份 PDF 画不出来（时间太长、用的内存太多，或者程序没能启动）；请把要用的几页截图，再加进来",
		EN: "the PDF cannot be drawn (it takes too long or too much memory, or what draws it did not start); add " +
			"screenshots of the pages that matter"},
}

// Reason is what the code of a [Fault] tells the person.
func Reason(code string) evidence.Text { return faultOf(code).Reason }

func faultOf(code string) *Fault {
	if _, known := faults[code]; !known {
		code = "failed"
	}
	return &Fault{code, faults[code]}
}

// A Program is this program, to be started once more, and where it may keep what
// it compiles; empty: nowhere.
type Program struct{ Path, Cache string }

// A head goes before each page on its way from the other process, as JSON behind
// its length; the picture follows it.
type head struct {
	Total int    `json:"total,omitempty"` // of the file, with the first
	Fault string `json:"fault,omitempty"`
	End   bool   `json:"end,omitempty"`
	Page  *Page  `json:"page,omitempty"`
	Size  int    `json:"size,omitempty"` // of the picture

}

// Draw draws the pages of a file of size bytes and gives each as it comes, of
// longer files the first [MostPages]. Total is how many the file has. The error
// is a [Fault] where that is the file's doing.
func (p Program) Draw(ctx context.Context, in io.Reader, size int64, each func(Page) error) (total int, err error) {
	return p.run(ctx, Argument, in, size, each)
}

// Read gives the pages of a file with their text and without pictures, of longer
// files the first [MostRead]. Else it is [Program.Draw].
func (p Program) Read(ctx context.Context, in io.Reader, size int64, each func(Page) error) (total int, err error) {
	return p.run(ctx, TextArgument, in, size, each)
}

func (p Program) run(ctx context.Context, job string, in io.Reader, size int64, each func(Page) error) (
	total int, err error) {
	if size > maxBytes {
		return 0, faultOf("large")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	child := exec.CommandContext(ctx, p.Path, job, p.Cache)
	child.Args[0] = "juzheng"
	child.Env = append(os.Environ(), "GOMAXPROCS=2")
	child.Stdin = in
	child.WaitDelay = 5 * time.Second
	out, err := child.StdoutPipe()
	if err != nil {
		return 0, fmt.Errorf("draw PDF: %w", err)
	}
	if err := child.Start(); err != nil { // papers are made all the same
		return 0, faultOf("failed")
	}
	watch := time.AfterFunc(patience, cancel)
	defer watch.Stop()
	total, err = receive(bufio.NewReader(out), func(page Page) error {
		watch.Reset(patience)
		return each(page)
	})
	if err != nil { // whatever it was doing
		cancel()
	}
	if ended := child.Wait(); err == nil && ended != nil {
		err = faultOf("failed")
	}
	return total, err
}

// receive reads the pages that the other process sends.
func receive(in io.Reader, each func(Page) error) (total int, err error) {
	for {
		h, data, err := receiveOne(in)
		switch {
		case err != nil:
			return total, faultOf("failed")
		case h.Fault != "":
			return total, faultOf(h.Fault)
		case h.End:
			return total, nil
		case h.Page == nil:
			total = h.Total
			continue
		}
		h.Page.Data = data
		if err := each(*h.Page); err != nil {
			return total, err
		}
	}
}

var errFrame = errors.New("not what the other process should send")

func receiveOne(in io.Reader) (h head, data []byte, err error) {
	var length [4]byte
	if _, err := io.ReadFull(in, length[:]); err != nil {
		return h, nil, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > maxFrame {
		return h, nil, errFrame
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(in, text); err != nil {
		return h, nil, err
	}
	if err := json.Unmarshal(text, &h); err != nil || h.Size < 0 || h.Size > maxFrame {
		return h, nil, errFrame
	}
	data = make([]byte, h.Size)
	_, err = io.ReadFull(in, data)
	return h, data, err
}

// send is the other end.
func send(out io.Writer, h head, data []byte) error {
	h.Size = len(data)
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(text)))
	_, err = out.Write(append(append(frame, text...), data...))
	return err
}
