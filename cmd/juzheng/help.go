package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/evidence"
)

// helpCommand is a function where the others are variables, because it lists
// them all, itself among them.
func helpCommand() command {
	return command{
		name:  "help",
		long:  true,
		args:  "[COMMAND]",
		most:  1,
		brief: text{ZH: "显示帮助", EN: "print help"},
		help: text{
			ZH: `显示全部命令，或一个命令的用法。

用法：juzheng help [命令]
      juzheng help exit    退出码的含义
      juzheng help kinds   时间线“认为属于”一栏可以写的违规种类
      juzheng help phone   怎样把录音、截图、短信、详单从手机里拿出来
      juzheng help evidence  证据包里的证据清单、证据码（格式 2）
      juzheng help environment  程序看哪些环境变量
      juzheng help verify  一个命令的说明`,
			EN: `Lists the commands, or explains one.

Use: juzheng help [COMMAND]
     juzheng help exit    what the exit codes mean
     juzheng help kinds   the kinds of violation the timeline's rows can name
     juzheng help phone   how to get recordings, screenshots, messages and lists off a phone
     juzheng help evidence  the list of a bundle and its code (format 2)
     juzheng help environment  what it takes from the environment
     juzheng help verify  one command`,
		},
		setup: func(*pflag.FlagSet) action { return help },
	}
}

// helpTopics are what help explains beside the commands.
var helpTopics = []string{"exit", "kinds", "phone", "evidence", "exhibit", "environment"}

func help(_ context.Context, e *env, args []string) error {
	if len(args) == 0 {
		e.overview(e.stdout)
		return nil
	}
	switch args[0] {
	case "exit":
		fmt.Fprintln(e.stdout, flow(exitText.In(e.lang)))
		return nil
	case "kinds":
		e.helpKinds(e.stdout)
		return nil
	case "phone":
		fmt.Fprintln(e.stdout, flow(phoneText.In(e.lang)))
		return nil
	case "environment":
		fmt.Fprintln(e.stdout, flow(environmentText.In(e.lang)))
		return nil
	case "evidence", "exhibit": // the first lines of these files name the topic
		fmt.Fprintln(e.stdout, flow(evidenceText.In(e.lang)))
		return nil
	}
	c, ok := find(args[0])
	if !ok {
		return unknownValue(text{
			ZH: "没有命令叫 %s；运行 juzheng help 查看全部命令", EN: "no command named %s; juzheng help lists all commands",
		}, args[0], append(commandNames(), helpTopics...))
	}
	e.helpFor(e.stdout, c)
	return nil
}

// overview is what somebody sees who types nothing but the program's name.
func (e *env) overview(w io.Writer) {
	fmt.Fprintln(w, overviewHead.In(e.lang))
	var rows [][]string
	for _, g := range groups() {
		for _, c := range g.commands {
			rows = append(rows, []string{"  " + strings.TrimSpace(c.name+" "+c.args), c.brief.In(e.lang)})
		}
	}
	// One table, so that the columns of all groups stand below one another.
	lines := strings.SplitAfter(aligned(rows), "\n")
	for _, g := range groups() {
		fmt.Fprintf(w, "\n%s\n", g.title.In(e.lang))
		for range g.commands {
			fmt.Fprint(w, lines[0])
			lines = lines[1:]
		}
	}
	fmt.Fprintln(w, overviewTail.In(e.lang))
}

// helpKinds lists the kinds of violation, each with the words a row may use.
func (e *env) helpKinds(w io.Writer) {
	fmt.Fprintln(w, flow(kindsHead.In(e.lang)))
	for _, b := range evidence.Breaches() {
		indent := ""
		if b.Part() != "" {
			indent = "  "
		}
		fmt.Fprintf(w, "%s%-4s %s\n%s", indent, b, b.Title().In(e.lang),
			fold(indent+"     "+strings.Join(b.Words(), "  "), screen, len(indent)+5))
	}
}

var kindsHead = text{
	ZH: `时间线“认为属于”一栏可以写编号、名称或者名称下面的任何一个词，几种用空格分开。
V01 至 V05 由程序按“联系到谁”“是否透露欠款”、次数和时间计算，一般不用写。
缩进的是细分：写细分，程序才知道适用哪一条。
“核实后是否不属实”一栏：律师、案号、身份、说法、征信记录向其来源核实过的，
不属实填“是”，属实填“否”，没有核实留空。
`,
	EN: `The column asserted kinds takes an id, a title, or any word of the line below it; several are
parted by blanks. V01 to V05 are computed from who was reached, what was disclosed, number and time,
and need not be written. Indented are parts: only a part says which provision applies.
The column checked and untrue: yes if a lawyer, case number, identity, statement or credit
record was checked at its source and is not so, no if it is, empty if nobody checked.
`,
}

// helpFor prints a command's own text and the flags every command takes.
func (e *env) helpFor(w io.Writer, c command) {
	fmt.Fprintln(w, flow(c.help.In(e.lang)))
	fmt.Fprintln(w)
	fmt.Fprintln(w, flow(c.shared().In(e.lang)))
}

var overviewHead = text{
	ZH: `举证 juzheng：把手机里的催收录音、截图、短信和通话记录整理成可以核验的证据包，
并生成给平台、互联网金融协会和监管部门的投诉材料。

先看样例（一分钟）：  juzheng demo
做自己的：            juzheng init 我的案件，然后按提示一步步来

命令都写作 juzheng 加下面的词：`,
	EN: `juzheng (举证) turns recordings, screenshots, SMS and call logs of unlawful debt
collection into an evidence bundle anyone can check, and into complaint letters.

See a sample first:  juzheng demo
Make your own:       juzheng init mycase, then follow what it says

Each command is juzheng and one of these:`,
}

var overviewTail = text{
	ZH: `
把装手机文件的文件夹直接交给程序也可以：juzheng 文件夹
每个命令的说明：juzheng help 命令    退出码的含义：juzheng help exit
英文界面：--lang en    一行多宽：环境变量 COLUMNS，没有设的 80 列
除 timestamp --tsa 外不联网；不改动您的原始文件。它不是法律意见。`,
	EN: `
You may also hand over a folder of phone files: juzheng FOLDER
One command explained: juzheng help COMMAND    exit codes: juzheng help exit
Chinese: --lang zh    width of lines: COLUMNS in the environment, else 80
Only timestamp --tsa uses the network; originals are never changed.
This is not legal advice.`,
}

var globalHelp = text{
	ZH: `所有命令都有的选项：
      --lang zh|en   语言（也可设环境变量 JUZHENG_LANG）
      --json         结果以 JSON 输出，一行一个对象
      --no-input     不提问；缺什么就报错
      --date DATE    把“现在”当作这个日期（2026-03-02），使结果可以重复
  -h, --help         显示帮助`,
	EN: `Options of every command:
      --lang zh|en   language (or set JUZHENG_LANG)
      --json         results as JSON, one object a line
      --no-input     never ask; fail if something is missing
      --date DATE    take this day (2026-03-02) for today, so that results repeat
  -h, --help         this help`,
}

var environmentText = text{
	ZH: `环境变量：
  JUZHENG_LANG        语言，zh 或 en；没有时看 LC_ALL、LC_MESSAGES、LANG，都不是英文就用中文
  JUZHENG_CONFIG      设置文件夹换到哪里
  COLUMNS             一行多宽；没有时 80 列
  PAGER               在终端上，一屏放不下的结果用它翻页；没有时用 less（Windows 用 more）。
                      写 cat 就不翻页；不是终端（管道、文件）时从不翻页
  NO_COLOR            有值就不用颜色；TERM=dumb、CLICOLOR=0 也是
  CLICOLOR_FORCE      不是 0 的值：不在终端上也用颜色
  SOURCE_DATE_EPOCH   把“现在”当作这个时刻（1970年以来的秒数），--date 在先`,
	EN: `Environment:
  JUZHENG_LANG        language, zh or en; else LC_ALL, LC_MESSAGES, LANG say it, and
                      where none of them is English it is Chinese
  JUZHENG_CONFIG      another place for the settings folder
  COLUMNS             how wide a line is; else 80 columns
  PAGER               on a terminal, what is longer than the screen goes through it; else
                      through less (on Windows: more). With cat nothing pages; into a pipe
                      or a file nothing ever does
  NO_COLOR            with any value: no colours; so do TERM=dumb and CLICOLOR=0
  CLICOLOR_FORCE      with a value other than 0: colours also where there is no terminal
  SOURCE_DATE_EPOCH   take this time (seconds since 1970) for now; --date comes first`,
}

// writingHelp is of the commands that write.
var writingHelp = text{
	ZH: `会写文件的命令都有的选项：
      --dry-run      演练：在副本上做一遍，列出会新建、改动、去掉的文件，您的文件不动；要和案件一样多的
                     临时空间；磁盘满了、写不进去这些要真做才知道`,
	EN: `An option of every command that writes:
      --dry-run      rehearse it on a copy, and list what would be new, changed and gone; your
                     files are left alone. Wants as much room as the case has. Whether the disk
                     is full or a place cannot be written to, only the act itself shows`,
}

// shared are the options that a command has in common with others.
func (c command) shared() text {
	if c.writes == nil {
		return globalHelp
	}
	return text{ZH: globalHelp.ZH + "\n\n" + writingHelp.ZH, EN: globalHelp.EN + "\n\n" + writingHelp.EN}
}

// evidenceText explains the two kinds of file whose first lines are
// "# juzheng evidence list 2" and "# juzheng exhibit 2".
var evidenceText = text{
	ZH: `证据包（格式 2）里的清单和凭据：
  commitments.txt     证据清单，第一行是“# juzheng evidence list 2”，每件证据一行，
                      没有提供的也有一行，看不出是什么
  openings/E001.txt   一件证据的凭据，第一行是“# juzheng exhibit 2”，写着证据和它的
                      来源记录的校验值，以及只有持有人知道的随机值
  证据码              commitments.txt 前 K 行的 SHA-256，印在信上，只有证据变了它才变

核对：juzheng verify 证据包 --expect 证据码@K
不用本程序的核对方法，写在证据包里的 VERIFY.txt`,
	EN: `The list and the openings of a bundle of format 2:
  commitments.txt     the list; its first line is "# juzheng evidence list 2"; one line
                      an exhibit, also of those withheld, of which it says nothing
  openings/E001.txt   the opening of one exhibit; its first line is "# juzheng exhibit 2";
                      the digests of the exhibit and of the record of its source, and
                      random values that only its holder knows
  evidence code       SHA-256 of the first K lines of commitments.txt; printed on the
                      letter; only evidence changes it

To check: juzheng verify BUNDLE --expect CODE@K
How to check without this program stands in VERIFY.txt in the bundle.`,
}

var exitText = text{
	ZH: `退出码：
    0  完成；verify：完好
    1  没能做成
    2  用法不对
    3  做成了，但有文件读不出，或 verify 没能全部核对，或 batch 有案件没做成
    4  照案件现在的样子不能做，什么都没有改动；check：有不能投诉的问题
    5  verify：内容已被改动；decrypt：加密的文件被改动；其他命令：证据包已被改动
    6  verify：内容完好，但签名或时间戳无效；timestamp：时间戳无效，没有存入
    7  verify --require-anchor：完好，但没有外部凭据佐证
    8  拒绝：不是证据包，或不安全
   10  这里没有案件
   11  案件正被另一个程序使用
   70  程序自身出错
  130  被中断`,
	EN: `Exit codes:
    0  done; verify: intact
    1  could not be done
    2  wrong use
    3  done, but some inputs could not be read, verify could not check everything, or
       some cases of batch failed
    4  refused as the case stands, nothing was changed; check: what blocks filing
    5  verify: altered; decrypt: the locked file was; other commands: the bundle was
    6  verify: content intact, but a signature or timestamp is invalid; timestamp: not kept
    7  verify --require-anchor: intact, but nothing outside vouches for it
    8  refused: not a bundle, or unsafe
   10  no case here
   11  case locked by another run
   70  fault in the program
  130  interrupted`,
}
