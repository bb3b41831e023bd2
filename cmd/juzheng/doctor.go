package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

var doctorCommand = command{
	name:  "doctor",
	long:  true,
	args:  "[CASE]",
	most:  1,
	brief: text{ZH: "看这台电脑缺什么、怎样补上", EN: "what this computer lacks, and how to get it"},
	help: text{
		ZH: `看这台电脑能不能做：字体、时钟和时区、文件夹能不能写、磁盘还剩多少，有没有读截图、听录音、
打印用的程序，各是做什么的、什么版本；缺的，写出在这个系统上怎样装。后面写案件夹的，也看它。
缺帮手程序不妨碍做材料，只是那一步要自己看、自己听。不联网，不装任何东西；在每个文件夹里试写
一个小文件，马上删掉。

用法：juzheng doctor [案件夹]

退出码：0 没有妨碍，1 有妨碍（时钟不对、写不进去、磁盘满了等）。`,
		EN: `Looks whether this computer will do: fonts, clock and time zone, folders that can be written
to, room on the disk, and the programs that read screenshots, hear recordings or print, what
each is for and its version; for those that are missing, how to get them on this system. A case
folder that follows is looked at too. Papers can be made without such helpers: you look and
listen yourself. No network is used and nothing installed; a small file is written in each
folder to try it, and deleted at once.

Use: juzheng doctor [CASE]

Exit codes: 0 nothing hinders, 1 something does (clock, a folder, a full disk or the like).`,
	},
	setup: func(*pflag.FlagSet) action { return doctor },
}

func doctor(ctx context.Context, e *env, args []string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = os.TempDir()
	}
	dir := ""
	if len(args) > 0 {
		dir = args[0]
	}
	m := desk.ThisMachine(filepath.Join(home, pageHome), e.scratch())
	m.Local = e.now()
	all := desk.Examine(ctx, d, m, dir, []string{e.getenv("JUZHENG_ASR_MODEL")})
	wrong, missing := 0, 0
	for _, c := range all {
		switch c.Condition {
		case desk.Wrong:
			wrong++
		case desk.Missing:
			missing++
		}
	}
	if e.json {
		for _, c := range all {
			if err := emit(e.stdout, "checkup", c); err != nil {
				return err
			}
		}
		err = emit(e.stdout, "summary", struct {
			Wrong   int `json:"wrong"`
			Missing int `json:"missing"`
		}{wrong, missing})
	} else {
		e.tellCheckups(all)
		e.say(text{ZH: "妨碍 %d 项，缺帮手程序 %d 个（不妨碍做材料）。", EN: "hindering: %d; helpers that are missing: %d (papers can be " +
			"made without them)."}, wrong, missing)
	}
	if err == nil && wrong > 0 {
		return silent(exitFailed)
	}
	return err
}

// tellCheckups prints one line for each thing, and below it what to do.
func (e *env) tellCheckups(all []desk.Checkup) {
	var rows [][]string
	for _, c := range all {
		rows = append(rows, []string{conditionMarks[c.Condition].In(e.lang), checkupTitles[c.What].In(e.lang),
			checkupFacts(c).In(e.lang)})
		if t := checkupRemedy(c); t != (text{}) {
			rows = append(rows, []string{"      → " + t.In(e.lang)})
		}
	}
	fmt.Fprint(e.stdout, columns(rows, e.width()))
}

var conditionMarks = map[desk.Condition]text{
	desk.Good:    {ZH: "好", EN: "good"},
	desk.Missing: {ZH: "没有", EN: "missing"},
	desk.Noted:   {ZH: "注意", EN: "note"},
	desk.Wrong:   {ZH: "不行", EN: "wrong"},
}

// checkupTitles are what each thing is for.
var checkupTitles = map[string]text{
	desk.CheckFonts:    {ZH: "字体（程序自带）", EN: "fonts (in the program)"},
	desk.CheckClock:    {ZH: "时钟", EN: "clock"},
	desk.CheckZone:     {ZH: "时区", EN: "time zone"},
	desk.CheckCase:     {ZH: "这个案件夹", EN: "this case folder"},
	desk.CheckHome:     {ZH: "网页放案件的地方", EN: "where the page keeps cases"},
	desk.CheckTemp:     {ZH: "临时文件夹", EN: "temporary folder"},
	desk.CheckCache:    {ZH: "缓存", EN: "cache"},
	desk.CheckPictures: {ZH: "读截图里的字", EN: "reading screenshots"},
	desk.CheckSpeech:   {ZH: "听录音、写文字稿", EN: "hearing recordings"},
	desk.CheckSound:    {ZH: "录音的波形、放不出的格式", EN: "waves of recordings"},
	desk.CheckHEIC:     {ZH: "苹果手机的照片（HEIC）", EN: "photos of iPhones (HEIC)"},
	desk.CheckPrinting: {ZH: "直接打印（print --printer）", EN: "print --printer"},
	desk.CheckBrowser:  {ZH: "打开网页和文件", EN: "opening page and files"},
}

// checkupFacts is what was found.
func checkupFacts(c desk.Checkup) text {
	var parts []string
	for _, s := range []string{c.Version, visible(c.Path)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	t := text{ZH: strings.Join(parts, "，"), EN: strings.Join(parts, ", ")}
	if c.Free > 0 {
		t.ZH += fmt.Sprintf("，还剩 %s", size(c.Free))
		t.EN += fmt.Sprintf(", %s free", size(c.Free))
	}
	return t
}

// checkupRemedy is what somebody should know or do; empty: nothing.
func checkupRemedy(c desk.Checkup) text {
	switch c.Why {
	case "behind":
		return text{ZH: "时钟慢了：比程序自带的规定还早。先在系统设置里把日期、时间调准，信和记录都用它",
			EN: "the clock is behind the law that the program knows: set date and time first, letters and records have them"}
	case "far-ahead":
		return text{ZH: "时钟快了很多年：先在系统设置里把日期、时间调准，信和记录都用它",
			EN: "the clock is many years ahead: set date and time first, letters and records have them"}
	case "given":
		return text{ZH: "这一次用的是 --date 或 SOURCE_DATE_EPOCH 给的日期，不是时钟",
			EN: "this run has its date from --date or SOURCE_DATE_EPOCH, not from the clock"}
	case "not-a-case":
		return text{ZH: "不是案件夹，或者打不开", EN: "no case folder, or it cannot be opened"}
	case "not-writable":
		return text{ZH: "写不进去：换一个地方，或者在系统里给自己写的权限", EN: "cannot be written to: choose another place, or give yourself " +
			"the right to write"}
	case "full":
		return text{ZH: "剩的地方不够：腾出一些，或者把案件夹放到别的盘", EN: "not enough room: free some, or keep the case on another disk"}
	case "clock":
		return text{ZH: "这个文件夹所在的盘，时钟和这台电脑差两分钟以上（多半是网络盘）",
			EN: "files here are dated two minutes or more off this computer's clock (a network drive, most likely)"}
	case "synced":
		return text{ZH: "看起来是同步盘：里面的东西会传到别人的服务器上。不想传出去的，把案件放到别的文件夹",
			EN: "this looks like a folder that is synced to somebody's servers: keep the case elsewhere if it should " +
				"not leave this computer"}
	case "open-to-others":
		return fill(text{ZH: "这台电脑的别的用户也能看：chmod 700 %s 以后只有您能看",
			EN: "other users of this computer can look into it; chmod 700 %s makes it yours alone"}, quote(c.Path))
	case "no-model":
		return text{ZH: "有程序，没有模型：下载一个，放哪里见 juzheng help read", EN: "the program is there and no model: juzheng help read " +
			"says where one goes"}
	}
	switch {
	case c.What == desk.CheckZone && c.Condition == desk.Noted:
		return text{ZH: "不是北京时间。程序里一律用北京时间；在外地用手机录的，先看清文件名里是哪里的时间",
			EN: "not Beijing time. The program uses that throughout; of files made abroad see whose time their names have"}
	case c.Condition == desk.Wrong:
		return text{ZH: "程序文件不完整，重新下载：" + c.Why, EN: "the program is damaged, get it anew: " + c.Why}
	case c.Condition != desk.Missing:
		return text{}
	case c.Why == "old-ffmpeg" && c.Install != "":
		return text{ZH: "这个版本的 ffmpeg 画不全这种照片，要 7 以上；或者装上：" + c.Install,
			EN: "this ffmpeg does not draw such a photo whole, 7 does; or get: " + c.Install}
	case c.Why == "no-chinese" && c.Install != "":
		return text{ZH: "没有中文模型（chi_sim），装上：" + c.Install,
			EN: "its Chinese model (chi_sim) is missing; to get it: " + c.Install}
	case c.Install != "":
		return text{ZH: "装上：" + c.Install, EN: "to get it: " + c.Install}
	case c.What == desk.CheckSpeech:
		return text{ZH: "没有的自己听就行；要装的，程序和模型见 juzheng help read", EN: "you can listen yourself; programs and models: " +
			"juzheng help read"}
	}
	return text{ZH: "不知道这个系统怎样装；没有也能做", EN: "how to get it on this system is not known; it goes without"}
}
