package intake

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"juzheng/evidence"
	"juzheng/evidence/intake/archive"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/transcript"
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
	pdf       *PDFText // of a PDF that was read
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
		case f.extension == ".zip" && !isPlainZip(head, r, size):
			return program
		case slices.Contains([]string{".xlsx", ".xls", ".ole", ".ods"}, f.extension),
			strings.HasPrefix(f.mediaType, "text/"):
			return logForm(r, size, f)
		}
		return f
	}
	if f := logForm(r, size, form{}); f.mediaType != "" {
		return f
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

// forms are the other files by what mimetype calls them. An archive is no
// exhibit: those that can be opened were, before their files came here.
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
	"application/zip":                      packedAs("application/zip", ".zip"),
	"application/x-tar":                    packedAs("application/x-tar", ".tar"),
	"application/gzip":                     packedAs("application/gzip", ".gz"),
	"application/x-7z-compressed":          packedAs("application/x-7z-compressed", ".7z"),
	"application/x-rar-compressed":         packedAs("application/x-rar-compressed", ".rar"),
	"application/x-rar":                    packedAs("application/x-rar", ".rar"),
	"application/vnd.rar":                  packedAs("application/vnd.rar", ".rar"),
	"application/x-bzip2":                  packedAs("application/x-bzip2", ".bz2"),
	"application/x-xz":                     packedAs("application/x-xz", ".xz"),
	"application/zstd":                     packedAs("application/zstd", ".zst"),
}

const (
	office       = "application/vnd.openxmlformats-officedocument."
	openDocument = "application/vnd.oasis.opendocument."
)

func document(mediaType, extension string) form {
	return form{mediaType: mediaType, extension: extension, kind: evidence.Document}
}

func packedAs(mediaType, extension string) form {
	return form{mediaType: mediaType, extension: extension, kind: evidence.OtherKind, code: "archive",
		detail: archive.NotOpened().Detail}
}

// program is what an app package is refused with.
var program = form{mediaType: "application/zip", extension: ".zip", code: "archive", detail: evidence.Text{
	ZH: "安装程序或者程序自己的文件，不是证据，不用管；里面要是真有手机里的文件，请解压出来再加",
	EN: "an app package or a program's own file, and no evidence; if it does hold files of a phone, unpack it and add " +
		"them"}}

// logForm is the form of a log, or f if the file is not a log.
func logForm(r io.ReaderAt, size int64, f form) form {
	if log, ok := logs.Recognise(r, size); ok {
		return form{mediaType: log.MediaType, extension: log.Extension, kind: log.Kind}
	}
	return textForm(r, size, f)
}

// textForm tells transcripts from other texts that are no logs.
func textForm(r io.ReaderAt, size int64, f form) form {
	s, ok := logs.Head(r, size)
	switch {
	case !ok:
	case transcript.IsSubtitle(s):
		return form{mediaType: "text/plain", extension: ".srt", kind: evidence.Transcript}
	case f.mediaType == "":
		return forms["text/plain"]
	}
	return f
}
