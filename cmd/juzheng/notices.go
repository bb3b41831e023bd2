package main

import (
	"strings"

	"juzheng/cmd/internal/desk"
)

// tell says what a job tells on the way.
func (e *env) tell(n desk.Notice) {
	switch n := n.(type) {
	case desk.Begun:
		e.bar = newProgress(e, workWords[n.Work])
	case desk.Progress:
		e.bar.step(n.Done, n.Total)
	case desk.Ended:
		e.bar.end()
	case desk.Checking:
		e.say(text{ZH: "核对的是案件夹里的证据包 %s", EN: "checking the bundle in the case folder, %s"}, quote(visible(n.Bundle)))
	case desk.LeftCovered:
		e.say(text{ZH: "没有随附 %s：给这个机构的材料里有遮盖，而副本里是没有遮盖的原件（确实要交出的，用 --only 写明）",
			EN: "left out: %s; the papers for this recipient cover a part, and a copy holds the originals (to " +
				"hand them " +
				"over all the same, use --only)"},
			strings.Join(n.Exhibits, "、"))
	case desk.Uncovered:
		e.say(text{ZH: "注意：%s 在 redactions.csv 里有遮盖，这份副本里是没有遮盖的原件",
			EN: "note: redactions.csv covers a part of %s; this copy holds the originals, uncovered"},
			strings.Join(n.Exhibits, "、"))
	case desk.TimelineShows:
		e.say(text{ZH: "注意：每份副本都带完整的时间线，遮盖的文字在里面看得见",
			EN: "note: every copy holds the whole timeline, where the covered words can be read"})
	case desk.NotDecoded:
		e.say(text{ZH: "证据 %s 的图片不能解码，没有找：%s",
			EN: "the picture %s cannot be decoded and was not looked at: %s"}, n.Exhibit, n.Why.In(e.lang))
	case desk.OnlyHeard:
		e.say(text{ZH: "没有可用的 tesseract，这次只听录音。", EN: "no usable tesseract: only recordings are heard this time."})
	case desk.TableDiffers:
		if !e.json {
			writeDoubts(e.stderr, n.Doubts, e.lang)
		}
	case desk.PacketsKept:
		if len(n.Files) > 0 {
			e.say(text{ZH: "packet 里您放进去的、改过的文件都留着：%s", EN: "what you put into packet/ or changed there stays: %s"},
				visible(rows(n.Files, e.lang)))
		}
		if len(n.Others) > 0 {
			e.say(text{ZH: "这次没有重做的材料也留着：%s", EN: "packets that were not made anew stay: %s"},
				visible(rows(n.Others, e.lang)))
		}
		if n.Older != "" {
			e.say(text{ZH: "以前的材料（印着以前的总校验码）移到了 %s", EN: "the packets before, which print the older root, are in %s"},
				n.Older)
		}
	case desk.NotCompetent:
		e.say(notCompetent, n.Name)
	case desk.WordsVisible:
		e.say(text{ZH: "注意：%s 是图片，这一行只遮文字，图上的“%s”还看得见；再用 --box 遮住图上的位置",
			EN: "note: %s is a picture; the words %q are still to be seen on it: cover their place with --box"},
			n.Exhibit,
			n.Words)
	case desk.PictureVisible:
		e.say(text{ZH: "注意：%s 的图片上，机器读到%s，没有遮盖；先看一看：juzheng redact %s %[1]s",
			EN: "note: on the picture %s a program read %s, which nothing covers; have a look: juzheng redact %s " +
				"%[1]s"},
			n.Exhibit, strings.Join(n.Words, "、"), quote(n.Case))
	case desk.Emergency:
		e.say(text(n.Text))
	case desk.OwnRecords:
		for _, f := range n.Files {
			e.say(text{ZH: "用了您自己的记录（用户提供，未核对）：%s",
				EN: "using records of your own (provided by the user, unchecked): %s"},
				quote(visible(f.Path)))
		}
	case desk.Sealing:
		e.say(text{ZH: "正在封存证据包……", EN: "sealing the bundle ..."})
	case desk.Outdated:
		e.say(text{ZH: "注意：封存之后案件又有改动；这里用的是封存时的那一份。要包括新的改动，先运行 juzheng build。",
			EN: "note: the case has changed since it was sealed; this is about what was sealed. To include the " +
				"changes, " +
				"run juzheng build first."})
	}
}

// workWords say what takes long.
var workWords = map[desk.Work]text{
	desk.Adding:    {ZH: "正在加入", EN: "adding"},
	desk.Verifying: {ZH: "正在核对", EN: "checking"},
	desk.Reading:   {ZH: "正在识别", EN: "reading"},
}
