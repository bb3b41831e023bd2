package intake

import (
	"image"
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
	"juzheng/evidence/intake/names"
)

// maxPixels bounds what is decoded only to look for damage.
const maxPixels = 60 << 20

// describePicture tells a screenshot from a photo, and reads size, EXIF times
// and damage. Order of trust of times: EXIF with offset, name, EXIF without.
func describePicture(x *evidence.Exhibit, in io.ReaderAt, size int64, name names.Name, note func(string, string, ...any)) {
	// A phone of this maker names screenshots and photos alike; its photos are
	// never PNG.
	if names.IsScreenshot(name.Scheme) || name.Scheme == "ios" && x.MediaType == "image/png" {
		x.Kind = evidence.Screenshot
	}
	config, _, err := image.DecodeConfig(io.NewSectionReader(in, 0, size))
	switch {
	case err == nil:
		x.Media.Width, x.Media.Height = config.Width, config.Height
		if int64(config.Width)*int64(config.Height) > maxPixels {
			note("not-decoded", "图片有 %d×%d 像素，过大，没有逐点检查", config.Width, config.Height)
		} else if m, _, err := image.Decode(io.NewSectionReader(in, 0, size)); err != nil {
			note("damaged", "图片不完整或已损坏：%v", err)
		} else {
			x.Media.Likeness = likenessOf(m)
		}
	case x.MediaType == "image/heic":
		note("not-decoded", "HEIC 图片可以保存和核验，但不能排进证据册；请另存为 JPG 后再加一份")
		if _, whole := findBox(&window{r: in, size: size, span: 4 << 10}, 0, size, "meta"); !whole {
			note("damaged", "图片不完整：文件末尾缺了一截")
		}
	default:
		note("damaged", "图片无法打开：%v", err)
	}
	readEXIF(x, in, size, name, note)
	if name.Scheme == "pixel" && x.Captured.Source != "exif" {
		note("utc-name", "这种文件名里的时间一般是协调世界时，已换算成北京时间；请与手机相册里显示的时间核对")
	}
	if names.IsSaved(name.Scheme) {
		x.Title = "聊天软件里保存的图片"
		note("saved-time", "从聊天里保存下来的图片：文件名里的时间是保存的时间，不是消息发出的时间；与本案有关的，请在时间线里加一行，写明何时收到、谁发的")
	}
}

var exifFormats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP, "image/heic": imagemeta.HEIF, "image/tiff": imagemeta.TIFF,
}

func readEXIF(x *evidence.Exhibit, in io.ReaderAt, size int64, name names.Name, note func(string, string, ...any)) {
	format, ok := exifFormats[x.MediaType]
	if !ok {
		return
	}
	tags := map[string]any{}
	meta, err := imagemeta.Decode(imagemeta.Options{
		R: io.NewSectionReader(in, 0, size), ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.CONFIG,
		HandleTag: func(t imagemeta.TagInfo) error {
			switch t.Tag {
			case "DateTimeOriginal", "OffsetTimeOriginal", "Orientation", "ImageWidth", "ImageLength":
				tags[t.Tag] = t.Value
			}
			return nil
		},
	})
	if x.Media.Width == 0 { // a form that is not decoded here: HEIC
		x.Media.Width, x.Media.Height = meta.ImageConfig.Width, meta.ImageConfig.Height
	}
	if err != nil {
		return // no readable EXIF: nothing is said by it
	}
	if o, ok := tags["Orientation"].(uint16); ok && o >= 1 && o <= 8 {
		x.Media.Orientation = int(o)
	}
	taken, ok := tags["DateTimeOriginal"].(string)
	if !ok {
		return
	}
	t := evidence.Time{Precision: evidence.ToSecond, Device: true, Source: "exif"}
	t.At, err = time.ParseInLocation("2006:01:02 15:04:05", strings.TrimRight(taken, "\x00 "), evidence.Beijing)
	if err != nil {
		return
	}
	if offset, ok := tags["OffsetTimeOriginal"].(string); ok {
		if z, err := time.Parse("2006:01:02 15:04:05 -07:00", strings.TrimRight(taken, "\x00 ")+" "+strings.TrimRight(offset, "\x00 ")); err == nil {
			t.At, t.Device = z.In(evidence.Beijing), false
		}
	}
	if d := t.At.Sub(name.Time.At).Abs(); !name.Time.IsZero() && d > 2*time.Minute {
		note("times-disagree", "图片内部记录的拍摄时间与文件名相差 %s，请核对", spanZH(d))
	}
	if t.Device && !name.Time.IsZero() {
		return // the name is trusted more than EXIF without a zone
	}
	x.Captured = stamp(t)
}
