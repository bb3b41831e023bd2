package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A ClockOffset is a constant difference between two sources of times, as
// measured from calls that both show. It is reported, and no time is changed
// before a person says that it is so.
type ClockOffset struct {
	Device          string        // the phone whose clock it is; may be empty
	Source, Against string        // sources of [evidence.Time]: "name:miui", "sms-backup", "carrier"
	Offset          time.Duration // times of Source minus times of Against
	Pairs           int           // calls it was measured from
}

// Clocks are the clocks of phones that were measured to be off.
func Clocks(devices []device.Device, rows []evidence.Incident) []ClockOffset {
	var out []ClockOffset
	for _, d := range devices {
		source := func(hands bool) string {
			for _, r := range rows {
				x, _, _ := strings.Cut(r.Source, ":")
				if slices.Contains(d.Exhibits, x) && r.Time.Device == hands &&
					r.Time.Source != device.Carrier && r.Kind == evidence.Call {
					return r.Time.Source
				}
			}
			return ""
		}
		if d.Clock.Ahead != 0 {
			from := source(false)
			if from == "" {
				from = source(true)
			}
			out = append(out, ClockOffset{d.Name, from, d.Clock.Against, d.Clock.Ahead, d.Clock.Pairs})
		}
		if behind := d.Zone.Behind(); behind != 0 {
			out = append(out, ClockOffset{d.Name, source(true), d.Zone.Against, behind, d.Zone.Pairs})
		}
	}
	return out
}

// SourceName is what a source of times is to a reader.
func SourceName(source string) evidence.Text {
	switch {
	case source == "sms-backup":
		return evidence.Text{ZH: "手机通话记录备份", EN: "the phone's call log"}
	case source == "carrier":
		return evidence.Text{ZH: "运营商详单", EN: "the carrier's list"}
	case source == "bcr":
		return evidence.Text{ZH: "录音软件的说明文件", EN: "the recorder's note"}
	case source == "phone-log":
		return evidence.Text{ZH: "手机导出的通话记录", EN: "a call log from the phone"}
	case source == "imazing":
		return evidence.Text{ZH: "电脑导出的记录", EN: "the export on a computer"}
	case source == "wechat-export":
		return evidence.Text{ZH: "微信导出的记录", EN: "the WeChat export"}
	case source == "chat-export":
		return evidence.Text{ZH: "聊天软件导出的记录", EN: "the export of a chat program"}
	case strings.HasPrefix(source, "name:"):
		name := strings.TrimPrefix(source, "name:")
		return evidence.Text{ZH: "文件名（" + name + "）", EN: "file names (" + name + ")"}
	case source == "person":
		return evidence.Text{ZH: "您填写的时间", EN: "what you filled in"}
	}
	return evidence.Text{ZH: source, EN: source}
}

// spanZH is a length of time to the second, in words.
func spanZH(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	var b strings.Builder
	for _, unit := range []struct {
		length int
		word   string
	}{{24 * 60 * 60, "天"}, {60 * 60, "小时"}, {60, "分"}, {1, "秒"}} {
		if n := s / unit.length; n > 0 {
			fmt.Fprintf(&b, " %d %s", n, unit.word)
			s -= n * unit.length
		}
	}
	if b.Len() == 0 {
		return "0 秒"
	}
	return b.String()[1:]
}

// SpanText is a length of time to the second.
func SpanText(d time.Duration) evidence.Text {
	return evidence.Text{ZH: spanZH(d), EN: d.Round(time.Second).String()}
}
