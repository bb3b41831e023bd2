package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"juzheng/evidence"
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
	head := make([]byte, min(size, headSize))
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("#!AMR-WB\n")):
		return form{mediaType: "audio/amr-wb", extension: ".awb", kind: evidence.Recording}
	case bytes.HasPrefix(head, []byte("#!AMR\n")):
		return form{mediaType: "audio/amr", extension: ".amr", kind: evidence.Recording}
	case len(head) > 1 && head[0] == 0xff && head[1]&0xf6 == 0xf0, isTaggedAAC(r, size):
		return form{mediaType: "audio/aac", extension: ".aac", kind: evidence.Recording}
	case len(head) > 12 && string(head[:4]) == "RF64" && string(head[8:12]) == "WAVE":
		return forms["audio/wav"]
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")): // Matroska, which names its pictures V_…
		if bytes.Contains(head, []byte("V_")) {
			return form{mediaType: "video/x-matroska", extension: ".mkv", kind: evidence.Video}
		}
		return form{mediaType: "audio/x-matroska", extension: ".mka", kind: evidence.Recording}
	case bytes.HasPrefix(head, []byte("\x30\x26\xb2\x75\x8e\x66\xcf\x11")) && !bytes.Contains(head, []byte("\xc0\xef\x19\xbc\x4d\x5b\xcf\x11")): // ASF without pictures
		return form{mediaType: "audio/x-ms-wma", extension: ".wma", kind: evidence.Recording}
	case bytes.HasPrefix(head, []byte("MIUI BACKUP\n")), bytes.HasPrefix(head, []byte("ANDROID BACKUP\n")):
		return form{mediaType: "application/x-android-backup", extension: ".bak", kind: evidence.OtherKind}
	}
	m := mimetype.Detect(head)
	for at := m; at != nil; at = at.Parent() {
		if f, ok := forms[strings.SplitN(at.String(), ";", 2)[0]]; ok {
			if f.kind == evidence.Video && onlySound(r, size) || f.kind == evidence.Recording && f.extension == ".m4a" && hasPictures(r, size) {
				f = mp4Form(f)
			}
			if f.extension == ".xlsx" && isCarrierXLSX(r, size) {
				f.kind = evidence.CallLog
			}
			if strings.HasPrefix(f.mediaType, "text/") {
				return textForm(head, f)
			}
			return f
		}
	}
	if t := textForm(head, form{}); t.mediaType != "" {
		return t
	}
	return form{mediaType: "application/octet-stream", extension: ".bin", kind: evidence.OtherKind}
}

var archive = evidence.Text{
	ZH: "压缩包或安装程序：里面的文件没有读取。压缩包请先解压，再把解压出来的文件夹加进来；安装程序不用管",
	EN: "an archive or app package, whose inside is not read; unpack an archive and add the folder, leave an app package"}

// forms maps media types to what they are here. An archive is refused, not
// opened: its files would have no place on the phone.
var forms = map[string]form{
	"audio/mpeg":      {"audio/mpeg", ".mp3", evidence.Recording, "", evidence.Text{}},
	"audio/x-m4a":     {"audio/mp4", ".m4a", evidence.Recording, "", evidence.Text{}},
	"audio/mp4":       {"audio/mp4", ".m4a", evidence.Recording, "", evidence.Text{}},
	"audio/aac":       {"audio/aac", ".aac", evidence.Recording, "", evidence.Text{}},
	"audio/wav":       {"audio/wav", ".wav", evidence.Recording, "", evidence.Text{}},
	"audio/ogg":       {"audio/ogg", ".ogg", evidence.Recording, "", evidence.Text{}},
	"application/ogg": {"audio/ogg", ".ogg", evidence.Recording, "", evidence.Text{}},
	"audio/flac":      {"audio/flac", ".flac", evidence.Recording, "", evidence.Text{}},
	"audio/3gpp":      {"audio/3gpp", ".3gp", evidence.Recording, "", evidence.Text{}},
	"video/3gpp":      {"video/3gpp", ".3gp", evidence.Video, "", evidence.Text{}},
	"video/mp4":       {"video/mp4", ".mp4", evidence.Video, "", evidence.Text{}},
	"video/quicktime": {"video/quicktime", ".mov", evidence.Video, "", evidence.Text{}},
	"image/png":       {"image/png", ".png", evidence.Photo, "", evidence.Text{}},
	"image/jpeg":      {"image/jpeg", ".jpg", evidence.Photo, "", evidence.Text{}},
	"image/webp":      {"image/webp", ".webp", evidence.Photo, "", evidence.Text{}},
	"image/gif":       {"image/gif", ".gif", evidence.Photo, "", evidence.Text{}},
	"image/heic":      {"image/heic", ".heic", evidence.Photo, "", evidence.Text{}},
	"image/bmp":       {"image/bmp", ".bmp", evidence.Photo, "", evidence.Text{}},
	"image/tiff":      {"image/tiff", ".tif", evidence.Photo, "", evidence.Text{}},
	"application/pdf": {"application/pdf", ".pdf", evidence.Document, "", evidence.Text{}},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", evidence.Document, "", evidence.Text{}},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", evidence.Document, "", evidence.Text{}},
	"application/vnd.ms-excel":                                                  {"application/vnd.ms-excel", ".xls", evidence.Document, "", evidence.Text{}},
	"application/vnd.oasis.opendocument.spreadsheet":                            {"application/vnd.oasis.opendocument.spreadsheet", ".ods", evidence.Document, "", evidence.Text{}},
	"application/vnd.oasis.opendocument.text":                                   {"application/vnd.oasis.opendocument.text", ".odt", evidence.Document, "", evidence.Text{}},
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx", evidence.Document, "", evidence.Text{}},
	"application/msword":                                                        {"application/msword", ".doc", evidence.Document, "", evidence.Text{}},
	"application/x-ole-storage":                                                 {"application/x-ole-storage", ".ole", evidence.Document, "", evidence.Text{}},
	"video/webm":                                                                {"video/webm", ".webm", evidence.Video, "", evidence.Text{}},
	"video/x-matroska":                                                          {"video/x-matroska", ".mkv", evidence.Video, "", evidence.Text{}},
	"video/x-msvideo":                                                           {"video/x-msvideo", ".avi", evidence.Video, "", evidence.Text{}},
	"video/x-ms-asf":                                                            {"video/x-ms-asf", ".asf", evidence.Video, "", evidence.Text{}},
	"video/mpeg":                                                                {"video/mpeg", ".mpg", evidence.Video, "", evidence.Text{}},
	"video/x-flv":                                                               {"video/x-flv", ".flv", evidence.Video, "", evidence.Text{}},
	"audio/aiff":                                                                {"audio/aiff", ".aiff", evidence.Recording, "", evidence.Text{}},
	"audio/basic":                                                               {"audio/basic", ".au", evidence.Recording, "", evidence.Text{}},
	"application/zip":                                                           {"application/zip", ".zip", "", "archive", archive},
	"application/x-tar":                                                         {"application/x-tar", ".tar", "", "archive", archive},
	"application/gzip":                                                          {"application/gzip", ".gz", "", "archive", archive},
	"application/x-7z-compressed":                                               {"application/x-7z-compressed", ".7z", "", "archive", archive},
	"application/x-rar-compressed":                                              {"application/x-rar-compressed", ".rar", "", "archive", archive},
	"application/x-rar":                                                         {"application/x-rar", ".rar", "", "archive", archive},
	"application/vnd.rar":                                                       {"application/vnd.rar", ".rar", "", "archive", archive},
	"application/x-bzip2":                                                       {"application/x-bzip2", ".bz2", "", "archive", archive},
	"application/x-xz":                                                          {"application/x-xz", ".xz", "", "archive", archive},
	"application/zstd":                                                          {"application/zstd", ".zst", "", "archive", archive},
	"text/xml":                                                                  {"text/xml", ".xml", evidence.Document, "", evidence.Text{}},
	"text/plain":                                                                {"text/plain", ".txt", evidence.Document, "", evidence.Text{}},
}

// onlySound reports an MP4 file whose tracks are all sound: recorders write
// them with the brand of a film.
func onlySound(r io.ReaderAt, size int64) bool {
	p, err := probeMP4(r, size)
	return err == nil && p.Codec != "" && !p.Film
}

// hasPictures reports the opposite: a film with the brand of a recording.
func hasPictures(r io.ReaderAt, size int64) bool {
	p, err := probeMP4(r, size)
	return err == nil && p.Film
}

// mp4Form is the other of the two kinds that one container has.
func mp4Form(f form) form {
	if f.kind == evidence.Video {
		return forms["audio/mp4"]
	}
	return forms["video/mp4"]
}

// isTaggedAAC reports AAC behind an ID3 tag, which most take for MP3.
func isTaggedAAC(r io.ReaderAt, size int64) bool {
	w := &window{r: r, size: size, span: 4 << 10}
	at := id3Size(w)
	if at == 0 {
		return false
	}
	n, _ := adtsFrame(w, at)
	return n > 0
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
