package media

import (
	"errors"
	"image"
	"image/color"
	_ "image/gif"  // formats that DecodeConfig and Decode know
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"strings"
	"time"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"juzheng/evidence"
	"juzheng/evidence/pngrows"
	"juzheng/evidence/scale"
)

// drawn is how much of a page that was drawn is flat, at least. Pages of chats as JPEG of
// quality 50 to 90, and sent on twice, measured 0.88 to 0.92 here, photographs at most 0.78.
const drawn = 0.82

// MaxPixels bounds what is decoded only to look for damage.
const MaxPixels = 60 << 20

// A Picture is what a picture says of itself.
type Picture struct {
	Width, Height int           // pixels, as stored; zero: not known
	Orientation   int           // by EXIF, 1 to 8; zero: not said
	Taken         evidence.Time // by EXIF; zero: not said
	Written       bool          // Taken is when the file was last written, all that EXIF says
	Screen        bool          // it says that it is a screenshot
	Camera        bool          // it says what camera took it
	Zone          string        // it was taken in, by EXIF: +09:00; empty: not said
	Likeness      string        // see [Likeness]; empty: hardly any edges
	// Flat says of one shaped as the screens of older phones that most of it is of one colour
	// beside the next, as drawn pages are and photographs, with the grain of their sensor, are
	// not.
	Flat bool
	// Decoded says that every pixel was decoded, so that damage would have shown.
	Decoded bool
	// Damage says what is wrong with it; empty if nothing was found.
	Damage evidence.Text
}

// ScreenShaped reports a picture that is upright and as slim as the screens of
// phones are, and that no camera put its name to: apps that save or send a screenshot
// on give it a name of their own. From 18:9 on the shape is enough; cameras take 16:9 as
// older phones show it, so that such a one has to be drawn as well.
func (p Picture) ScreenShaped() bool {
	return !p.Camera && p.Width >= 320 && (p.ratio() >= slim || p.ratio() >= older && p.Flat && p.Likeness != "")
}

// Heights by widths of screens: the slim ones, several of which make a slimmer picture, and
// those of older phones.
const (
	slim  = 1.9
	older = 1.7
)

func (p Picture) ratio() float64 { return float64(p.Height) / float64(max(p.Width, 1)) }

// look sees the pixels of a picture of so many rows and columns, and reports whether all of
// them could be seen.
func (p *Picture) look(src scale.Strips) error {
	rows := &flatness{src: src, rows: p.Height - p.Height/20}
	like, err := likenessOf(rows, p.Width, p.Height)
	if err != nil {
		return err
	}
	p.Decoded, p.Likeness = true, like
	p.Flat = p.ratio() >= older && p.ratio() < slim && rows.share() >= drawn
	return nil
}

// flatness counts how much of a picture, below the status bar, is as bright as what is beside
// it, by some of its rows, while they pass.
type flatness struct {
	src       scale.Strips
	rows, y   int // that pass, and have passed
	looked    int // at so many of them
	same, all int
}

func (f *flatness) Strip(to *image.RGBA) error {
	if err := f.src.Strip(to); err != nil {
		return err
	}
	const most = 48
	for n := range min(to.Rect.Dy(), f.rows-f.y) {
		for f.looked < most && f.looked*f.rows/most == f.y+n {
			f.look(to.Pix[n*to.Stride:][:4*to.Rect.Dx()])
			f.looked++
		}
	}
	f.y += to.Rect.Dy()
	return nil
}

func (f *flatness) look(row []uint8) {
	var before uint8
	for x := 0; x < len(row); x += 4 {
		bright := color.GrayModel.Convert(color.RGBA{row[x], row[x+1], row[x+2], 255}).(color.Gray).Y
		if x > 0 {
			if f.all++; bright == before {
				f.same++
			}
		}
		before = bright
	}
}

func (f *flatness) share() float64 { return float64(f.same) / float64(max(f.all, 1)) }

// ReadPicture reads size, EXIF and damage of a picture of size bytes and the
// given media type. The forms of [Undecoded] are not decoded here.
func ReadPicture(r io.ReaderAt, size int64, mediaType string) Picture {
	var p Picture
	config, _, err := image.DecodeConfig(io.NewSectionReader(r, 0, size))
	switch {
	case err == nil:
		p.Width, p.Height = config.Width, config.Height
		if int64(config.Width)*int64(config.Height) > MaxPixels {
			break
		}
		if err := p.pixels(io.NewSectionReader(r, 0, size)); err != nil {
			p.Damage = damage(
				"图片不完整或已损坏："+Harm(err).ZH, "the picture is not whole: "+Harm(err).EN)
		}
	case mediaType == "image/jp2", mediaType == "image/jxl":
	case Undecoded(mediaType):
		if _, whole := findBox(&window{r: r, size: size, span: 4 << 10}, 0, size, "meta"); !whole {
			p.Damage = damage("图片不完整：文件末尾缺了一截", "the picture is cut short")
		}
	default:
		p.Damage = damage("图片无法打开："+Harm(err).ZH, "the picture cannot be opened: "+Harm(err).EN)
	}
	p.readEXIF(r, size, mediaType)
	return p
}

// errNoPixels is what is wrong with a JPEG whose head gives it no width or no height, which
// image/jpeg decodes all the same.
var errNoPixels = errors.New("a picture of no pixels")

// pixels decodes all pixels: those of a PNG in rows, where it can be read so.
func (p *Picture) pixels(in io.ReadSeeker) error {
	if p.Width < 1 || p.Height < 1 {
		return errNoPixels
	}
	if rows, err := pngrows.New(in); err == nil {
		top := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height/20))
		if rows.Strip(top) == nil && p.look(rows) == nil {
			return nil
		}
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	m, _, err := image.Decode(in) // which says what is wrong, if something is
	if err != nil {
		return err
	}
	b := m.Bounds()
	return p.look(scale.Of(m, b.Min.Add(image.Pt(0, b.Dy()/20))))
}

// Undecoded reports a form of picture that nothing here decodes: what does is C
// code, or as large as the rest of the program. [Convert] asks the system's.
func Undecoded(mediaType string) bool {
	switch mediaType {
	case "image/heic", "image/heif", "image/avif", "image/jp2", "image/jxl":
		return true
	}
	return false
}

var exifFormats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP,
	"image/heic": imagemeta.HEIF, "image/heif": imagemeta.HEIF, "image/avif": imagemeta.AVIF,
	"image/tiff": imagemeta.TIFF,
}

func (p *Picture) readEXIF(r io.ReaderAt, size int64, mediaType string) {
	format, ok := exifFormats[mediaType]
	if !ok {
		return
	}
	tags := map[string]any{}
	meta, err := imagemeta.Decode(imagemeta.Options{
		R: io.NewSectionReader(r, 0, size), ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.CONFIG,
		HandleTag: func(t imagemeta.TagInfo) error {
			switch t.Tag {
			case "DateTimeOriginal", "CreateDate", "ModifyDate", "OffsetTimeOriginal", "OffsetTimeDigitized",
				"OffsetTime",
				"Orientation", "ImageWidth", "ImageLength", "UserComment", "Make", "Model", "ExposureTime":
				tags[t.Tag] = t.Value
			}
			return nil
		},
	})
	if p.Width == 0 { // a form that is not decoded here: HEIC
		p.Width, p.Height = meta.ImageConfig.Width, meta.ImageConfig.Height
	}
	if err != nil {
		return // no readable EXIF: nothing is said by it
	}
	if o, ok := tags["Orientation"].(uint16); ok && o >= 1 && o <= 8 {
		p.Orientation = int(o)
	}
	for _, tag := range []string{"Make", "Model", "ExposureTime", "DateTimeOriginal"} {
		p.Camera = p.Camera || tags[tag] != nil
	}
	comment, _ := tags["UserComment"].(string)
	p.Screen = strings.Contains(comment, "Screenshot")
	for _, field := range timeFields {
		if p.readTaken(tags[field.time], tags[field.offset]) {
			p.Written = field.written
			return
		}
	}
}

// timeFields are the times that EXIF holds, the best one first: when the picture
// was taken, when it was made digital, when the file was last written.
var timeFields = []struct {
	time, offset string
	written      bool
}{
	{"DateTimeOriginal", "OffsetTimeOriginal", false},
	{"CreateDate", "OffsetTimeDigitized", false},
	{"ModifyDate", "OffsetTime", true},
}

// readTaken reads a time of EXIF, and the zone it names; not ok if there is none.
func (p *Picture) readTaken(value, zone any) bool {
	taken, ok := value.(string)
	if !ok {
		return false
	}
	taken = strings.TrimRight(taken, "\x00 ")
	t := evidence.Time{Precision: evidence.ToSecond, Device: true, Source: "exif"}
	var err error
	t.At, err = time.ParseInLocation("2006:01:02 15:04:05", taken, evidence.Beijing)
	if err != nil || t.At.Year() < 1990 {
		return false
	}
	if offset, ok := zone.(string); ok {
		stated := taken + " " + strings.TrimRight(offset, "\x00 ")
		if z, err := time.Parse("2006:01:02 15:04:05 -07:00", stated); err == nil {
			t.At, t.Device = z.In(evidence.Beijing), false
			p.Zone = z.Format("-07:00")
		}
	}
	p.Taken = t
	return true
}
