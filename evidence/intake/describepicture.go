package intake

import (
	"io"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/names"
)

// explains reports that the zone a photo names accounts for its name: that is
// what the phone's clock showed there.
func explains(p media.Picture, name names.Name) bool {
	zone, ok := device.ParseZone(p.Zone)
	if !ok || name.Time.IsZero() || !name.Time.Device || name.UTC {
		return false
	}
	hands := p.Taken.At.Add(zone - 8*time.Hour)
	return hands.Sub(name.Time.At).Abs() <= 2*time.Minute
}

// describePicture tells a screenshot from a photo, and notes size, EXIF times
// and damage. Order of trust of times: EXIF with offset, name, EXIF without.
func describePicture(
	x *evidence.Exhibit, in io.ReaderAt, size int64, name names.Name, note func(string, string, ...any),
) {
	// A phone of this maker names screenshots and photos alike; its photos are
	// never PNG.
	if name.Screenshot || name.Scheme == "ios" && x.MediaType == "image/png" {
		x.Kind = evidence.Screenshot
	}
	p := media.ReadPicture(in, size, x.MediaType)
	if p.Screen || x.Kind == evidence.Photo && p.ScreenShaped() {
		x.Kind = evidence.Screenshot
	}
	x.Media.Width, x.Media.Height, x.Media.Orientation, x.Media.Likeness = p.Width, p.Height, p.Orientation, p.Likeness
	switch {
	case p.Decoded:
	case media.Undecoded(x.MediaType):
		note("not-decoded", "%s 图片，程序自己画不出来，照原样保存和核验；电脑上装有 heif-dec 这类程序时由它画进证据册，没有的请另存为 JPG 再加一份",
			strings.ToUpper(strings.TrimPrefix(x.MediaType, "image/")))
	case p.Damage.ZH == "":
		note("not-decoded", "图片有 %d×%d 像素，过大，没有逐点检查", p.Width, p.Height)
	}
	if p.Damage.ZH != "" {
		note("damaged", "%s", p.Damage.ZH)
	}
	if !p.Taken.IsZero() {
		d := p.Taken.At.Sub(name.Time.At).Abs()
		if explains(p, name) {
			if p.Zone != "+08:00" {
				x.Notes = append(x.Notes, evidence.Note{Code: evidence.NoteZoneShown, About: p.Zone,
					Detail: "图片内部写明时区是 " + p.Zone + "，文件名是那个时区的时间：两者一致"})
			}
		} else if !name.Time.IsZero() && d > 2*time.Minute && !p.Written {
			note("times-disagree", "图片内部记录的拍摄时间与文件名相差 %s，请核对", spanZH(d))
		}
		// The name is trusted more than EXIF without a zone, if its form is known.
		if name.Time.IsZero() || !p.Written && (!p.Taken.Device || name.Guess) {
			x.Captured = captured(p.Taken)
			if p.Written {
				x.Captured.Source = evidence.ExifWritten
				note("exif-written", "图片里只记着文件最后一次保存的时间，不一定是拍摄的时间，请核对")
			}
		}
	}
	if name.UTC && x.Captured.Source != "exif" {
		note("utc-name", "这种文件名里的时间一般是协调世界时，已换算成北京时间；请与手机相册里显示的时间核对")
	}
	if name.Saved {
		x.Title = "聊天软件里保存的图片"
		note(evidence.NoteSavedTime,
			"从聊天里保存下来的图片：文件名里的时间是保存的时间，不是消息发出的时间；"+
				"与本案有关的，请在时间线里加一行，写明何时收到、谁发的")
	}
}
