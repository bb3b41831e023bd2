package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// A Type is what a recording, picture or film is by its content.
type Type struct {
	Media     string // audio/mp4
	Extension string // that a copy of it should have: .m4a
}

// types are the types by what mimetype calls them.
var types = map[string]Type{
	"audio/mpeg":       {"audio/mpeg", ".mp3"},
	"audio/x-m4a":      {"audio/mp4", ".m4a"},
	"audio/mp4":        {"audio/mp4", ".m4a"},
	"audio/aac":        {"audio/aac", ".aac"},
	"audio/wav":        {"audio/wav", ".wav"},
	"audio/ogg":        {"audio/ogg", ".ogg"},
	"application/ogg":  {"audio/ogg", ".ogg"},
	"audio/flac":       {"audio/flac", ".flac"},
	"audio/3gpp":       {"audio/3gpp", ".3gp"},
	"audio/aiff":       {"audio/aiff", ".aiff"},
	"audio/basic":      {"audio/basic", ".au"},
	"video/3gpp":       {"video/3gpp", ".3gp"},
	"video/mp4":        {"video/mp4", ".mp4"},
	"video/quicktime":  {"video/quicktime", ".mov"},
	"video/webm":       {"video/webm", ".webm"},
	"video/x-matroska": {"video/x-matroska", ".mkv"},
	"video/x-msvideo":  {"video/x-msvideo", ".avi"},
	"video/x-ms-asf":   {"video/x-ms-asf", ".asf"},
	"video/mpeg":       {"video/mpeg", ".mpg"},
	"video/x-flv":      {"video/x-flv", ".flv"},
	"image/png":        {"image/png", ".png"},
	"image/jpeg":       {"image/jpeg", ".jpg"},
	"image/webp":       {"image/webp", ".webp"},
	"image/gif":        {"image/gif", ".gif"},
	"image/heic":       {"image/heic", ".heic"},
	"image/heif":       {"image/heif", ".heif"},
	"image/avif":       {"image/avif", ".avif"},
	"image/jp2":        {"image/jp2", ".jp2"},
	"image/jpx":        {"image/jp2", ".jp2"},
	"image/jxl":        {"image/jxl", ".jxl"},
	"image/bmp":        {"image/bmp", ".bmp"},
	"image/tiff":       {"image/tiff", ".tif"},
}

// typeHead is how much of a file decides what it is.
const typeHead = 16 << 10

// TypeOf recognises recordings, pictures and films by their content; not ok
// for any other file.
func TypeOf(r io.ReaderAt, size int64) (t Type, ok bool) {
	head := make([]byte, min(size, typeHead))
	n, _ := r.ReadAt(head, 0)
	if t, ok := typeByMark(head[:n], r, size); ok {
		return t, true
	}
	for at := mimetype.Detect(head[:n]); at != nil; at = at.Parent() {
		t, ok := types[strings.SplitN(at.String(), ";", 2)[0]]
		switch {
		case !ok:
			continue
		case strings.HasPrefix(t.Media, "video/") && onlySound(r, size):
			return types["audio/mp4"], true
		case t.Extension == ".m4a" && hasPictures(r, size):
			return types["video/mp4"], true
		}
		return t, true
	}
	return Type{}, false
}

// typeByMark knows what mimetype does not, or takes for something else.
func typeByMark(head []byte, r io.ReaderAt, size int64) (Type, bool) {
	if t, ok := stillPicture(head); ok {
		return t, true
	}
	switch {
	case bytes.HasPrefix(head, []byte("#!AMR-WB\n")):
		return Type{"audio/amr-wb", ".awb"}, true
	case bytes.HasPrefix(head, []byte("#!AMR\n")):
		return Type{"audio/amr", ".amr"}, true
	case isSILK(head):
		return Type{"audio/silk", ".silk"}, true
	case bytes.HasPrefix(head, []byte("caff\x00\x01")):
		return Type{"audio/x-caf", ".caf"}, true
	case len(head) > 1 && head[0] == 0xff && head[1]&0xf6 == 0xf0, isTaggedAAC(r, size):
		return types["audio/aac"], true
	case len(head) > 12 && string(head[:4]) == "RF64" && string(head[8:12]) == "WAVE":
		return types["audio/wav"], true
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")): // Matroska, which names its pictures V_…
		film, web := bytes.Contains(head, []byte("V_")), bytes.Contains(head, []byte("\x42\x82\x84webm"))
		switch {
		case film && web:
			return types["video/webm"], true
		case film:
			return types["video/x-matroska"], true
		case web:
			return Type{"audio/webm", ".webm"}, true
		}
		return Type{"audio/x-matroska", ".mka"}, true
	case bytes.HasPrefix(head, asfHeader) && !bytes.Contains(head, asfPictures):
		return Type{"audio/x-ms-wma", ".wma"}, true
	}
	return Type{}, false
}

// stillBrands are the brands of still pictures in an ISO media box, by what they
// are coded in (ISO/IEC 23008-12, annex B; AV1 Image File Format, 6).
var stillBrands = []struct {
	brands []string
	media  string
}{
	{[]string{"avif", "avis"}, "image/avif"},
	{[]string{"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"}, "image/heic"},
	{[]string{"mif1", "mif2", "msf1", "miaf"}, "image/heif"}, // a still picture, coded in whatever
}

// stillPicture knows the pictures that are boxes like a film: by their first
// box, of which every brand counts. Structural ones may stand first.
func stillPicture(head []byte) (Type, bool) {
	switch {
	case len(head) < 16:
	case bytes.HasPrefix(head, []byte("\xff\x0a")) && len(head) > 2,
		string(head[:12]) == "\x00\x00\x00\x0cJXL \r\n\x87\n":
		return types["image/jxl"], true
	case string(head[:12]) == "\x00\x00\x00\x0cjP  \r\n\x87\n", bytes.HasPrefix(head, []byte("\xff\x4f\xff\x51")):
		return types["image/jp2"], true
	case string(head[4:8]) == "ftyp":
		size := min(int(binary.BigEndian.Uint32(head)), len(head), 1<<10)
		var brands []string
		for at := 8; at+4 <= size; at += 4 {
			if at != 12 { // the minor version
				brands = append(brands, string(head[at:at+4]))
			}
		}
		for _, still := range stillBrands {
			if slices.ContainsFunc(brands, func(b string) bool { return slices.Contains(still.brands, b) }) {
				return types[still.media], true
			}
		}
	}
	return Type{}, false
}

// Marks of ASF: its header, and the kind of a stream of pictures.
var (
	asfHeader   = []byte("\x30\x26\xb2\x75\x8e\x66\xcf\x11")
	asfPictures = []byte("\xc0\xef\x19\xbc\x4d\x5b\xcf\x11")
)

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

// HasType reports an extension of a type known here.
func HasType(extension string) bool {
	for _, t := range types {
		if t.Extension == extension {
			return true
		}
	}
	return false
}
