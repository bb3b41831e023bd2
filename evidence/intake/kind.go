package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"juzheng/evidence"
	"juzheng/evidence/intake/media"
)

// headSize is how much of a file decides what it is.
const headSize = 16 << 10

// A form is what a file is by its content.
type form struct {
	mediaType string
	extension string // of the stored copy
	kind      evidence.ExhibitKind
	code      string // not empty: it cannot be an exhibit, and why
	detail    evidence.Text
}

// recognise decides by content; the extension is only compared with it.
func recognise(r io.ReaderAt, size int64) form {
	if t, ok := media.TypeOf(r, size); ok {
		return form{mediaType: t.Media, extension: t.Extension, kind: mediaKind(t.Media)}
	}
	head := make([]byte, min(size, headSize))
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	if bytes.HasPrefix(head, []byte("MIUI BACKUP\n")) || bytes.HasPrefix(head, []byte("ANDROID BACKUP\n")) {
		return form{mediaType: "application/x-android-backup", extension: ".bak", kind: evidence.OtherKind}
	}
	for at := mimetype.Detect(head); at != nil; at = at.Parent() {
		f, ok := forms[strings.SplitN(at.String(), ";", 2)[0]]
		switch {
		case !ok:
			continue
		case f.extension == ".xlsx" && isCarrierXLSX(r, size):
			f.kind = evidence.CallLog
		case strings.HasPrefix(f.mediaType, "text/"):
			return textForm(head, f)
		}
		return f
	}
	if t := textForm(head, form{}); t.mediaType != "" {
		return t
	}
	return form{mediaType: "application/octet-stream", extension: ".bin", kind: evidence.OtherKind}
}

// mediaKind is the kind of a recording, film or picture. Which of the pictures
// are screenshots, their names say.
func mediaKind(mediaType string) evidence.ExhibitKind {
	switch {
	case strings.HasPrefix(mediaType, "audio/"):
		return evidence.Recording
	case strings.HasPrefix(mediaType, "video/"):
		return evidence.Video
	}
	return evidence.Photo
}

// forms are the other files by what mimetype calls them. An archive is
// refused, not opened: its files would have no place on the phone.
var forms = map[string]form{
	"application/pdf":                      document("application/pdf", ".pdf"),
	office + "spreadsheetml.sheet":         document(office+"spreadsheetml.sheet", ".xlsx"),
	office + "wordprocessingml.document":   document(office+"wordprocessingml.document", ".docx"),
	office + "presentationml.presentation": document(office+"presentationml.presentation", ".pptx"),
	"application/vnd.ms-excel":             document("application/vnd.ms-excel", ".xls"),
	"application/msword":                   document("application/msword", ".doc"),
	"application/x-ole-storage":            document("application/x-ole-storage", ".ole"),
	openDocument + "spreadsheet":           document(openDocument+"spreadsheet", ".ods"),
	openDocument + "text":                  document(openDocument+"text", ".odt"),
	"text/xml":                             document("text/xml", ".xml"),
	"text/plain":                           document("text/plain", ".txt"),
	"application/zip":                      archive("application/zip", ".zip"),
	"application/x-tar":                    archive("application/x-tar", ".tar"),
	"application/gzip":                     archive("application/gzip", ".gz"),
	"application/x-7z-compressed":          archive("application/x-7z-compressed", ".7z"),
	"application/x-rar-compressed":         archive("application/x-rar-compressed", ".rar"),
	"application/x-rar":                    archive("application/x-rar", ".rar"),
	"application/vnd.rar":                  archive("application/vnd.rar", ".rar"),
	"application/x-bzip2":                  archive("application/x-bzip2", ".bz2"),
	"application/x-xz":                     archive("application/x-xz", ".xz"),
	"application/zstd":                     archive("application/zstd", ".zst"),
}

const (
	office       = "application/vnd.openxmlformats-officedocument."
	openDocument = "application/vnd.oasis.opendocument."
)

func document(mediaType, extension string) form {
	return form{mediaType: mediaType, extension: extension, kind: evidence.Document}
}

func archive(mediaType, extension string) form {
	return form{mediaType: mediaType, extension: extension, code: "archive", detail: evidence.Text{
		ZH: "压缩包或安装程序：里面的文件没有读取。压缩包请先解压，再把解压出来的文件夹加进来；安装程序不用管",
		EN: "an archive or app package, whose inside is not read; unpack an archive and add the folder, leave an app package"}}
}

// textForm tells the text files apart that phones and carriers give.
func textForm(head []byte, f form) form {
	if xmlRoot(head) == "smses" || xmlRoot(head) == "calls" {
		kind := evidence.SMSLog
		if xmlRoot(head) == "calls" {
			kind = evidence.CallLog
		}
		return form{mediaType: "text/xml", extension: ".xml", kind: kind}
	}
	s, ok := decode(trimPartial(head))
	if !ok {
		return f
	}
	if _, ok := listHead(s); ok {
		return form{mediaType: "text/csv", extension: ".csv", kind: evidence.CallLog}
	}
	switch trimmed := strings.TrimLeft(s, "\ufeff \r\n\t"); {
	case isChatCSV(trimmed):
		return form{mediaType: "text/csv", extension: ".csv", kind: evidence.ChatLog}
	case isChatText(trimmed):
		return form{mediaType: "text/plain", extension: ".txt", kind: evidence.ChatLog}
	case strings.HasPrefix(trimmed, "{") && strings.Contains(trimmed, `"timestamp_unix_ms"`) && len(head) < headSize:
		if _, ok := ReadBCR([]byte(trimmed)); ok {
			return form{mediaType: "application/json", extension: ".json", kind: evidence.CallLog}
		}
	case isSubtitle(trimmed):
		return form{mediaType: "text/plain", extension: ".srt", kind: evidence.Transcript}
	}
	if f.mediaType == "" {
		f = form{mediaType: "text/plain", extension: ".txt", kind: evidence.Document}
	}
	return f
}

// trimPartial drops a character that the end of the head cut in two.
func trimPartial(b []byte) []byte {
	if len(b) < headSize {
		return b
	}
	if i := bytes.LastIndexByte(b, '\n'); i > 0 {
		return b[:i+1]
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
