// Package logs reads the files in which calls and messages stand in rows: SMS
// backups, carriers' call lists, chat exports, the notes of recorders.
//
// [Recognise] tells by its content which [Form] a file has, [Read] gives its
// rows. Both go by one table, forms: a new log is a row there, a function that
// recognises it and one that reads it. No row is lost without a word: it is
// given, or reported as [Skipped] with the reason. A file that is cut gives
// its rows up to there and then a [BrokenError].
//
// Columns are found by what their heads say, or else by what their cells hold; a
// PDF has no columns, and they are found by where its words stand ([Pages]).
// Nothing is guessed: a number that a spreadsheet destroyed is reported and not repaired.
// Files come from anybody, so each reader is bounded in memory.
//
// The package does not know the case: whose phone it was, which rows are one
// call, and what is unlawful are questions for the packages above.
package logs

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
)

// A Row is one call or message of a log, and where it stands.
type Row struct {
	Sheet    int    // of a workbook, from 1; 0 in files without sheets
	Line     int    // in the file or sheet, from 1
	Nth      int    // of several entries that begin on one line, from 1; 0: it is the only row there
	Sender   string // who wrote a message of a chat, as the export names them
	senderID string // the same by a number or id, where the export has one
	Incident evidence.Incident

	// Of a call that was recorded: whether the recorder stopped writing in the
	// middle of it, or it was on hold.
	Paused, Held bool

	early time.Duration // by how much a message is dated before it was sent
	nth   int           // which entry of its line it is, where the form counts them; else 0
	entry []byte        // what stands in the file, where rows do not stand on lines
	last  int           // the line on which it ends, where the form does not tell by itself
}

// A Skipped is a row of a log that is no call or message, and why.
type Skipped struct {
	Sheet  int // of a workbook, from 1; 0 in files without sheets
	Line   int
	Detail evidence.Text
	Lost   bool // it may be one, and a cell of it could not be read
}

// What stands in a log and is no call or message: nothing is lost with it.
var (
	noticeOfProgram = evidence.Text{ZH: "聊天软件的系统提示，不是消息", EN: "a notice of the chat program, no message"}
	noMessage       = evidence.Text{ZH: "不是消息", EN: "no message"}
	draft           = evidence.Text{ZH: "草稿或没有发出去的短信", EN: "a draft, or a message that was not sent"}
)

// noCall is a row of a list without a time and a number: a total, a remark.
func noCall(when string) *evidence.Text {
	return &evidence.Text{ZH: "不是通话记录（时间栏为 “" + when + "”）", EN: noCallEN + ` (time is "` + when + `")`}
}

const noCallEN = "no call"

// skip is a row that is left out, and why.
func skip(sheet, line int, why evidence.Text) Skipped {
	harmless := why == noticeOfProgram || why == draft || strings.HasPrefix(why.EN, noCallEN)
	return Skipped{sheet, line, why, !harmless}
}

// A BrokenError reports a log that stops making sense; the rows before are
// good and were given.
type BrokenError struct {
	Line int
	Err  error
}

func (e *BrokenError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *BrokenError) Unwrap() error { return e.Err }

// A CountError reports a log that holds fewer entries than its head counts: rows
// were taken out of it, or it was not written to its end.
type CountError struct{ Counted, Held int }

func (e *CountError) Error() string {
	return fmt.Sprintf("its head counts %d entries, and it holds %d", e.Counted, e.Held)
}

// An UnreadError reports a log of a known form that was not read at all, and
// why, in words for the person.
type UnreadError struct{ Detail evidence.Text }

func (e *UnreadError) Error() string { return e.Detail.EN }

// A Form is one form of log: what a file of it is, how it is told from others
// and how it is read.
type Form struct {
	Name      string
	Kind      evidence.ExhibitKind
	MediaType string
	Extension string // that a copy of it should have

	is   func(*file) bool
	read func(*file, func(Row) error) ([]Skipped, error)
}

// forms are the forms that are read. The first one that takes a file reads
// it: a form with a mark of its own stands before one that is guessed.
var forms = []Form{
	{"SMS Backup & Restore, messages", evidence.SMSLog, "text/xml", ".xml", hasRoot("smses"), readBackup},
	{"SMS Backup & Restore, calls", evidence.CallLog, "text/xml", ".xml", hasRoot("calls"), readBackup},
	{"call list, workbook", evidence.CallLog, sheet, ".xlsx", isCarrierXLSX, readCarrierXLSX},
	{"call list, OpenDocument", evidence.CallLog, openSheet, ".ods", isCarrierODS, readCarrierXLSX},
	{"call list, old workbook", evidence.CallLog, "application/vnd.ms-excel", ".xls", isCarrierXLS, readCarrierXLSX},
	{"call list, XML workbook", evidence.CallLog, "text/xml", ".xml", isCarrierXML, readCarrierXLSX},
	{"call list, page", evidence.CallLog, "text/html", ".html", isCarrierPage, readCarrierXLSX},
	{"call list, text", evidence.CallLog, "text/csv", ".csv", isCarrierCSV, readCarrierFile},
	{"chat, workbook", evidence.ChatLog, sheet, ".xlsx", isChatXLSX, readChatBook},
	{"chat, OpenDocument", evidence.ChatLog, openSheet, ".ods", isChatODS, readChatBook},
	{"chat, old workbook", evidence.ChatLog, "application/vnd.ms-excel", ".xls", isChatXLS, readChatBook},
	{"Telegram Desktop, page", evidence.ChatLog, "text/html", ".html", isTelegramPage, whole(readTelegramPage)},
	{"chat, table", evidence.ChatLog, "text/csv", ".csv", isChatCSV, readChatTable},
	{"chat, text", evidence.ChatLog, "text/plain", ".txt", isChatText, readChatFile},
	{"WeChat, given away as text", evidence.ChatLog, "text/plain", ".txt", isSharedChat, readSharedChat},
	{"WhatsApp, text", evidence.ChatLog, "text/plain", ".txt", isWhatsApp, readWhatsApp},
	{"ChatLab", evidence.ChatLog, "application/json", ".json", isChatLab, chatLab.read},
	{"WeFlow, JSON", evidence.ChatLog, "application/json", ".json", isWeFlow, weFlow.read},
	{"PyWxDump, JSON", evidence.ChatLog, "application/json", ".json", holds("is_sender", "type_name", "CreateTime"),
		wxDump.read},
	{"qq-chat-exporter", evidence.ChatLog, "application/json", ".json", holds("chatInfo", "metadata"), qqJSON.read},
	{"Telegram Desktop, JSON", evidence.ChatLog, "application/json", ".json", isTelegram, readTelegram},
	{"messages of an Android program, JSON", evidence.SMSLog, "application/json", ".json", isPhoneMessages,
		readPhoneJSON},
	{"calls of an Android program, JSON", evidence.CallLog, "application/json", ".json", isPhoneCalls, readPhoneJSON},
	{"vMessage", evidence.SMSLog, "text/plain", ".vmsg", isVMessage, whole(readVMessage)},
	{"call list without a head, text", evidence.CallLog, "text/csv", ".csv", isHeadless, readCarrierFile},
	{"BCR, note beside a recording", evidence.CallLog, "application/json", ".json", isBCR, whole(readBCR)},
}

const openSheet = "application/vnd.oasis.opendocument.spreadsheet"

const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// headSize is how much of a file decides whether it is a log.
const headSize = 16 << 10

// A file is what forms are told apart by, and read from.
type file struct {
	r      io.ReaderAt
	size   int64
	path   string // where it was found
	phone  Phone
	head   []byte // the beginning
	text   string // of the beginning, in whole lines
	isText bool
	mended bool // its letters were garbled, and are given as they were written
}

func open(r io.ReaderAt, size int64) *file {
	head := make([]byte, min(size, headSize))
	n, _ := r.ReadAt(head, 0)
	f := &file{r: r, size: size, head: head[:n]}
	f.text, f.isText = evidence.DecodeIfText(trimPartial(f.head))
	f.mend()
	return f
}

// begin is the text without what may stand before its first word.
func (f *file) begin() string { return strings.TrimLeft(f.text, "\ufeff \r\n\t") }

// whole makes a reader of one that takes all bytes at once. Lists and chats
// hold months, not years; SMS backups are streamed and have no such bound.
func whole(read func([]byte, func(Row) error) ([]Skipped, error)) func(*file, func(Row) error) ([]Skipped, error) {
	return func(f *file, give func(Row) error) ([]Skipped, error) {
		if f.size > maxSize {
			return nil, tooLarge()
		}
		data := make([]byte, f.size) // to let it grow takes five times as much
		if _, err := io.ReadFull(io.NewSectionReader(f.r, 0, f.size), data); err != nil {
			return nil, err
		}
		return read(data, give)
	}
}

const maxSize = 64 << 20

func tooLarge() error {
	return &UnreadError{evidence.Text{ZH: fmt.Sprintf("文件超过 %d MB；请按时间分几次导出", maxSize>>20),
		EN: fmt.Sprintf("it has more than %d MB; export it in several parts", maxSize>>20)}}
}

// readCarrierFile is [readCarrierCSV] of a file, whose name can say the year.
func readCarrierFile(f *file, give func(Row) error) ([]Skipped, error) {
	return whole(func(data []byte, give func(Row) error) ([]Skipped, error) {
		return readCarrierText(data, f.path, f.phone, give)
	})(f, give)
}

// Recognise tells by its content which form of log a file is; not ok if it
// is none.
func Recognise(r io.ReaderAt, size int64) (Form, bool) { return open(r, size).form() }

func (f *file) form() (Form, bool) {
	for _, form := range forms {
		if form.is(f) {
			return form, true
		}
	}
	return Form{}, false
}

// A Phone is that of which logs are: its numbers, as its owner gave them; none: nobody did.
// A list with caller and called may not say which of the two it is.
type Phone []string

// Read is the reading of logs of which nobody said whose they are: see [Phone.Read].
func Read(r io.ReaderAt, size int64, path string, give func(Row) error) ([]Skipped, error) {
	return Phone(nil).Read(r, size, path, give)
}

// Read gives the rows of a log in their order. Every row is either given or
// reported as skipped. Path is where the log was found: the folder of a chat
// may say whose chat it is. The error is a [BrokenError] where the log is cut;
// an error of give ends it.
func (own Phone) Read(r io.ReaderAt, size int64, path string, give func(Row) error) ([]Skipped, error) {
	f := open(r, size)
	f.path, f.phone = path, own
	form, ok := f.form()
	if !ok {
		return nil, ErrNoForm
	}
	apart := rowsApart{give: give}
	skipped, err := form.read(f, apart.take)
	if last := apart.end(); last != nil && err == nil {
		err = last
	}
	return skipped, err
}

// Head is the beginning of a file as text, in whole lines; not ok if it is
// no text.
func Head(r io.ReaderAt, size int64) (string, bool) {
	f := open(r, size)
	return f.begin(), f.isText
}

// hasRoot reports XML whose outermost element has that name.
func hasRoot(name string) func(*file) bool {
	return func(f *file) bool { return xmlRoot(f.head) == name }
}

// trimPartial drops a line that the end of the head cut in two, or of a single
// line the character.
func trimPartial(b []byte) []byte {
	if len(b) < headSize {
		return b
	}
	if i := bytes.LastIndexByte(b, '\n'); i > 0 {
		return b[:i+1]
	}
	for n := range utf8.UTFMax {
		if utf8.Valid(b[:len(b)-n]) {
			return b[:len(b)-n]
		}
	}
	return b
}

func xmlRoot(head []byte) string {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(trimPartial(head)) || !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(head))
	d.Strict = false
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}
