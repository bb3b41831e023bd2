package intake

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
)

// Tables that people write by hand: whose numbers are whose, and what was said
// in which recording. They are offered to the person and never taken for what
// a file shows.
const (
	NoteRegister    = "own-register"    // whose numbers are whose
	NoteTranscripts = "own-transcripts" // what was said in recordings
)

// ownHeads are the heads of such tables, as [ownHead] leaves them.
var ownHeads = map[string][]string{
	"number":  {"号码", "电话", "电话号码", "手机号", "手机号码", "对方号码", "来电号码", "催收号码", "催收电话", "number", "phone"},
	"account": {"账号", "微信", "微信号", "微信昵称", "昵称", "qq", "account"},
	"name": {"机构", "公司", "单位", "名称", "姓名", "是谁", "谁", "归属", "机构名称", "公司名称", "催收公司", "对方名称", "对方", "身份", "firm",
		"name", "who"},
	"note":    {"备注", "说明", "情况", "note", "remark"},
	"file":    {"文件名", "文件", "录音", "录音文件", "录音名", "音频", "file", "filename", "recording"},
	"speaker": {"说话人", "谁说的", "发言人", "讲话人", "speaker"},
	"text":    {"内容", "文字", "原话", "文字内容", "转写", "说了什么", "录音内容", "text", "words"},
	"log":     {"时长", "通话时长", "时间", "起始时间", "开始时间", "日期", "date", "time", "duration"},
}

func ownColumns(cells []string) map[string]int {
	at := map[string]int{}
	for n, cell := range cells {
		head := strings.ToLower(strings.TrimSpace(cell))
		for field, words := range ownHeads {
			if _, have := at[field]; !have && slices.Contains(words, head) {
				at[field] = n
			}
		}
	}
	return at
}

// An ownTable is such a table as read.
type ownTable struct {
	form  string // [NoteRegister] or [NoteTranscripts]; empty: neither
	at    map[string]int
	lines []logs.TableLine // below the head
}

func readOwnTable(r io.ReaderAt, size int64) ownTable {
	lines, ok := logs.Table(r, size)
	if !ok {
		return ownTable{}
	}
	t := ownTable{at: ownColumns(lines[0].Cells), lines: lines[1:]}
	has := func(field string) bool { _, have := t.at[field]; return have }
	switch {
	case has("file") && has("text"):
		t.form = NoteTranscripts
	case (has("number") || has("account")) && (has("name") || has("note")) && !has("log") && !has("text"):
		t.form = NoteRegister
	}
	return t
}

func (t ownTable) cell(n int, field string) string {
	k, have := t.at[field]
	if !have || k >= len(t.lines[n].Cells) {
		return ""
	}
	return strings.TrimSpace(t.lines[n].Cells[k])
}

// listed are the lines of a register.
func (t ownTable) listed(x evidence.Exhibit) []device.Listed {
	var out []device.Listed
	for n, line := range t.lines {
		l := device.Listed{Number: evidence.NormalNumber(t.cell(n, "number")), Account: t.cell(n, "account"),
			Name: t.cell(n, "name"), Note: t.cell(n, "note"), Table: x.OriginalName,
			Place: evidence.RowOf(x.Number, 0, line.Line)}
		if l.Number != "" {
			l.Account = ""
		}
		// A number that a spreadsheet destroyed is nobody's.
		if l.Number != "" && folder.ValidPhone(l.Number) || l.Account != "" {
			out = append(out, l)
		}
	}
	return out
}

// recordings are the files that a table of transcripts names, without their
// extensions.
func (t ownTable) recordings() []string {
	var out []string
	for n := range t.lines {
		if s := stemOf(t.cell(n, "file")); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// stemOf is a file's name without folder and extension.
func stemOf(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	if ext := path.Ext(name); len(ext) <= 5 {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// noteOwnTable says what a table of the person's own is.
func noteOwnTable(x *evidence.Exhibit, in io.ReaderAt, size int64) {
	t := readOwnTable(in, size)
	var detail string
	switch t.form {
	case NoteRegister:
		detail = fmt.Sprintf("像是您自己记的号码表（%d 行）：没有采用；juzheng timeline 案件夹 --numbers 逐个列出，"+
			"您认可的写进 case.toml 的 [[numbers]]", len(t.lines))
	case NoteTranscripts:
		if x.MediaType == "text/plain" {
			x.Kind = evidence.Transcript
		}
		detail = fmt.Sprintf("像是您自己整理的录音文字稿（%d 行，写到 %d 段录音）：没有写进时间线；核对过的话，"+
			"请把原话填进对应那一行的“材料显示的内容”", len(t.lines), len(t.recordings()))
	default:
		return
	}
	// The form was read after all.
	x.Notes = slices.DeleteFunc(x.Notes, func(n evidence.Note) bool { return n.Code == evidence.NoteUnread })
	x.Notes = append(x.Notes, evidence.Note{Code: t.form, Detail: detail})
}

// ownTableOf reads the table of an exhibit again.
func ownTableOf(f *folder.Folder, x evidence.Exhibit) (ownTable, error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return ownTable{}, err
	}
	defer in.Close()
	return readOwnTable(in, x.Size), nil
}

func noted(x evidence.Exhibit, code string) bool {
	return slices.ContainsFunc(x.Notes, func(n evidence.Note) bool { return n.Code == code })
}
