package intake

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/names"
	"juzheng/evidence/intake/pdf"
	"juzheng/evidence/intake/transcript"
	"juzheng/evidence/lazyregexp"
)

// describe fills in kind, times, media facts and notes.
func describe(x *evidence.Exhibit, in io.ReaderAt, size int64, form form) {
	note := func(code, format string, args ...any) {
		x.Notes = append(x.Notes, evidence.Note{Code: code, Detail: fmt.Sprintf(format, args...)})
	}
	if ext := strings.ToLower(filepath.Ext(x.OriginalName)); ext != "" && !sameFormat(ext, form) {
		note("wrong-extension", "扩展名是 %s，内容是 %s；以内容为准", ext, form.mediaType)
	}
	if cutTable(in, size, form) {
		note(NoteBroken, "这份表格不完整，多半没有拷贝完或者下载完，里面的内容没有读取；请重新拷贝或者下载一次，再加进来")
	} else if is, s := statement(in, size, form); is {
		describeStatement(s, note)
	} else if why := notRead(in, size, x.OriginalName, form); why != "" {
		note(evidence.NoteUnread, "%s", why)
	} else if form.kind.IsLog() && logs.Letters(in, size) == logs.LettersMended {
		note(NoteGarbled, "这份文件里的字存成了乱码，每个字都能还原，已经按原来的字读出；请打开核对一两行。"+
			"文件本身没有改动，给别人看的摘录里仍是乱码：最好请运营商重新导出一份再加进来")
	}
	sound := form.kind == evidence.Recording
	name := names.Parse(x.OriginalName, sound)
	if shown := form.kind == evidence.Photo || form.kind == evidence.Video; name.Guess && !sound && !shown {
		name = names.Name{} // a document's name says when it was written at best
	}
	switch form.kind {
	case evidence.Photo:
		describePicture(x, in, size, name, note)
	case evidence.Recording, evidence.Video:
		describeMedia(x, in, size, name, note)
	}
	if name.Guess && name.Scheme != "" {
		note("guessed-name", "文件名不是已知的形式；时间、号码和方向是按一般写法推断的，请核对")
	}
	if name.Yearless != "" {
		if name.Time = name.DatedBy(x.Modified); name.Time.IsZero() {
			note("no-year",
				"文件名里的时间是 %s，没有年份，文件的修改时间也对不上；请在时间线里补上完整的时间",
				name.Yearless)
		} else {
			note("year-from-modified", "文件名里没有年份，按文件的修改时间补为 %d 年，请核对", name.Time.At.Year())
		}
	}
	if sound && (name.Scheme == "" || name.Named() && x.Captured.Time == "" && name.Time.IsZero()) {
		note("unplaced", "文件名看不出是哪一通电话；请在时间线里加一行，写明时间和号码，并在“证据”一栏填这个编号")
	}
	x.Media.Number, x.Media.Contact = evidence.NormalNumber(name.Number), name.Contact
	x.Media.App, x.Media.SIM = name.App, name.SIM
	inside := x.Captured.Source == "container" && name.Time.Precision != evidence.ToDay // a day says less than a header
	if !name.Time.IsZero() && (x.Captured.Time == "" || inside) {
		x.Captured = captured(name.Time)
	}
}

// cutTable reports a workbook that ends in the middle, so that no list is found in it.
func cutTable(in io.ReaderAt, size int64, form form) bool {
	return slices.Contains([]string{".xlsx", ".xls", ".ods"}, form.extension) && form.kind == evidence.Document &&
		logs.FaultOf(in, size) == logs.NotWhole
}

// notRead says that the inside of a file was not read, if somebody might think
// it was; empty if there is nothing to say.
func notRead(in io.ReaderAt, size int64, name string, form form) string {
	switch form.extension {
	case ".pdf":
		switch {
		case form.kind == evidence.CallLog:
			return ""
		case !listName.MatchString(name) && !(billName.MatchString(name) && form.pdf != nil && form.pdf.ofCalls()):
			// a bank's bill holds no calls
		case form.pdf != nil && form.pdf.Fault == "" && form.pdf.empty():
			return "这份 PDF 里只有图片，没有文字，里面的通话没有读取；请向运营商另要一份 Excel、CSV 或者带文字的 PDF 详单加进来"
		default:
			return "PDF 里的通话记录没有读取，按文件保存；请向运营商另要一份 Excel 或 CSV 格式的详单加进来"
		}
		tail := make([]byte, min(size, 4<<10))
		if n, _ := in.ReadAt(tail, size-int64(len(tail))); bytes.Contains(tail[:n], []byte("/Encrypt")) {
			return "加密的 PDF，里面的内容没有读取；请打开它（可能要密码），另存或打印成一份不加密的 PDF，再加一份"
		}
		if !bytes.Contains(tail, []byte("%%EOF")) {
			return "这份 PDF 的末尾缺了，多半没有下载完或者没有传完，别的程序可能打不开，内容没有读取；请重新下载或者重新导出再加一次"
		}
		if form.pdf != nil && form.pdf.Fault != "" {
			return "里面的内容没有读取：" + pdf.Reason(form.pdf.Fault).ZH
		}
	case ".bin":
		if kind := scrambledPicture(in, name); kind != "" {
			return "像是电脑版微信加密保存的图片（" + kind + "），没有读取；请在微信里打开它另存为普通图片再加一份"
		}
		if isDatabase(in) {
			return "像是手机或聊天软件的数据库（SQLite），里面的内容没有读取；请用手机上的备份或导出功能另存短信、通话记录或聊天，再加一次"
		}
	case ".docx":
		if form.kind == evidence.Document {
			return unreadRows(wordText(in, size))
		}
	case ".bak":
		return "手机整机或应用的备份，里面的内容没有读取；请从手机里另外导出需要的录音、截图和短信"
	case ".xlsx", ".xls", ".ods":
		switch fault := logs.FaultOf(in, size); {
		case form.kind == evidence.CallLog:
		case fault == logs.Locked:
			return "加了密码的表格，里面的内容没有读取；请用密码打开它，另存为不带密码的 .xlsx 再加一次"
		case fault == logs.TooLarge:
			return "表格太大，里面的内容没有读取；请按月份分几次导出再加"
		case logs.Letters(in, size) == logs.LettersGarbled:
			return garbledList
		default:
			return "表格前30行里没有找到通话详单的表头（对方号码、起始时间、通话时长）；按普通文件保存，内容没有读取"
		}
	case ".txt":
		if s, ok := logs.Head(in, size); ok && form.kind == evidence.Document && listWords.MatchString(s) {
			return "里面像有通话详单，但不是能读的表格，没有读取；请在 Excel 或 WPS 里打开，" +
				"另存为 .xlsx 或 CSV 再加一次"
		}
	}
	if s, ok := logs.Head(in, size); ok && form.kind == evidence.Document {
		if text, is := mailOf(in, size); is && unreadRows(text) != "" {
			return "像是消息或通话记录的邮件，里面的内容没有读取，时间线里没有它；请打开邮件，把聊天或者通话的全文复制到记事本，" +
				"另存为 .txt 再加一次；附件里的详单也要另存出来再加"
		}
		if entriesOf(s) > 0 && logs.Letters(in, size) == logs.LettersGarbled {
			return garbledList
		}
		return unreadRows(s)
	}
	return ""
}

// garbledList is said of a table whose letters nobody can bring back.
const garbledList = "看着是通话详单或者消息记录，里面的字却是乱码（另存的时候编码错了），没有读取，时间线里没有它；" +
	"请用原来的文件，或者向运营商重新导出一份再加进来，不要用这份乱码的去改"

// NoteGarbled tells of a table whose letters were garbled and were brought back.
const NoteGarbled = "letters-mended"

// isDatabase reports a file of SQLite, in which phones and chat programs keep
// what they have.
func isDatabase(in io.ReaderAt) bool {
	head := make([]byte, 16)
	_, err := in.ReadAt(head, 0)
	return err == nil && string(head) == "SQLite format 3\x00"
}

// wordText is the text of a document of Word; empty where it has none.
func wordText(in io.ReaderAt, size int64) string {
	data := make([]byte, min(size, mostTranscript))
	n, _ := in.ReadAt(data, 0)
	s, err := transcript.WordText(data[:n])
	if err != nil {
		return "" // what is not whole is said when it is looked at
	}
	return s
}

var listWords = lazyregexp.New(`对方号码|对端号码|对方电话`)

// byName is what the name adds where the content leaves it open: which office
// program wrote an OLE file, and that a recorder made a file whose index was
// never written.
func byName(f form, name string, in io.ReaderAt, size int64) form {
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case f.mediaType == "application/x-ole-storage" && (ext == ".xls" || ext == ".et"):
		return forms["application/vnd.ms-excel"]
	case f.mediaType == "application/x-ole-storage" && (ext == ".doc" || ext == ".wps"):
		return forms["application/msword"]
	case f.kind == evidence.Video:
		shown := names.Parse(name, false)
		if n := names.Parse(name, true); n.Scheme == "" || n.Guess || shown.Scheme != "" && !shown.Guess {
			return f
		}
		if p, err := media.Probe(in, size, f.mediaType); err == nil && p.Codec == "" {
			f.kind = evidence.Recording
		}
	}
	return f
}

var (
	listName = lazyregexp.New(`详单|话单|通话|话费|(?:移动|联通|电信|广电)[^/\\]{0,6}账单`)
	billName = lazyregexp.New(`账单`)
)

// scrambledPicture recognises the pictures that WeChat on a computer keeps:
// every byte combined with the same one. The beginnings of JPEG and PNG give
// that byte away.
func scrambledPicture(in io.ReaderAt, name string) string {
	head := make([]byte, 4)
	if !strings.EqualFold(filepath.Ext(name), ".dat") {
		return ""
	}
	if _, err := in.ReadAt(head, 0); err != nil {
		return ""
	}
	for kind, magic := range map[string]string{"JPEG": "\xff\xd8\xff", "PNG": "\x89PNG"} {
		key, same := head[0]^magic[0], true
		for n := range magic {
			same = same && head[n]^magic[n] == key
		}
		if same && key != 0 {
			return kind
		}
	}
	return ""
}

func captured(t evidence.Time) evidence.CaptureTime {
	at := t.At.Format(time.RFC3339)
	return evidence.CaptureTime{Time: at, Precision: t.Precision, Device: t.Device, Source: t.Source}
}

func describeMedia(
	x *evidence.Exhibit, in io.ReaderAt, size int64, name names.Name, note func(string, string, ...any),
) {
	p, err := media.Probe(in, size, x.MediaType)
	if err != nil {
		note("not-probed", "这种格式读不出时长和编码（%s）；文件照原样保存", x.MediaType)
		return
	}
	x.Media.Codec = p.Codec
	x.Media.Seconds = float64(p.Length.Milliseconds()) / 1000
	if p.Damage.ZH != "" {
		note("damaged", "文件不完整：%s", p.Damage.ZH)
	}
	if how := players[p.Codec]; how != "" {
		note("player", "%s", how)
	} else if how := players[x.MediaType]; how != "" {
		note("player", "%s", how)
	}
	if !p.Created.IsZero() {
		created := evidence.Time{At: p.Created.In(evidence.Beijing), Precision: evidence.ToMinute, Source: "container"}
		x.Captured = captured(created)
		if d := name.Time.At.Sub(p.Created).Abs(); !name.Time.IsZero() && d > 10*time.Minute+p.Length {
			note("times-disagree", "文件名的时间与文件内部记录的时间相差 %s；以文件名为准，请核对", spanZH(d))
		}
	}
}

// players say how to listen to what common players do not play, by codec or by
// media type.
var players = map[string]string{
	"silk": "微信、QQ 的语音（SILK 格式），一般的播放器放不出来：在微信、QQ 里放，或者用 silk-v3-decoder 转成 mp3 来听；" +
		"时长是按每段 20 毫秒数出来的",
	"audio/x-caf":      "苹果的录音格式（CAF）：用 VLC 或者苹果电脑、手机播放",
	"audio/x-matroska": "用 VLC 或者浏览器播放",
	"audio/webm":       "用 Chrome、Edge 浏览器或者 VLC 播放",
	"audio/x-ms-wma":   "用 Windows 自带的播放器或者 VLC 播放",
}

// sameContent lists extensions that name one content.
var sameContent = [][]string{
	{".jpg", ".jpeg"},
	{".ogg", ".oga", ".opus"},
	{".m4a", ".mp4", ".aac", ".3gp", ".mov", ".3gpp", ".m4v"},
	{".amr", ".3gp", ".awb"},
	{".silk", ".slk", ".amr", ".aud"}, // chat programs name SILK so
	{".wav", ".rf64"},
	{".heic", ".heif", ".hif", ".avif"},
	{".jp2", ".jpx", ".j2k"},
	{".tif", ".tiff"},
	{".asf", ".wma", ".wmv"},
	{".mkv", ".mka", ".webm", ".weba"},
	{".au", ".snd"},
	{".aiff", ".aif"},
	{".xls", ".et", ".ole"},
	{".doc", ".wps", ".ole"},
	{".bak", ".ab"},
}

// sameFormat reports whether an extension fits a content. One that nobody
// knows contradicts nothing.
func sameFormat(ext string, form form) bool {
	if ext == form.extension || form.extension == ".bin" {
		return true
	}
	if slices.ContainsFunc(sameContent, func(same []string) bool {
		return slices.Contains(same, ext) && slices.Contains(same, form.extension)
	}) {
		return true
	}
	if strings.HasPrefix(form.mediaType, "text/") || form.mediaType == "application/json" {
		return !knownBinary(ext)
	}
	return !knownBinary(ext) &&
		!slices.Contains([]string{".txt", ".csv", ".xml", ".json", ".srt", ".vtt", ".html"}, ext)
}

// knownBinary reports an extension of a content that is no text.
func knownBinary(ext string) bool {
	if media.HasType(ext) {
		return true
	}
	for _, f := range forms {
		if f.extension == ext && !strings.HasPrefix(f.mediaType, "text/") {
			return true
		}
	}
	return slices.ContainsFunc(sameContent, func(same []string) bool { return slices.Contains(same, ext) })
}
