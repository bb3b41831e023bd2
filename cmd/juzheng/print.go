package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var printCommand = command{
	name:  "print",
	args:  "CASE --to WHO",
	brief: text{ZH: "按提交顺序打印：信、证据目录、证据册、副本", EN: "print everything in filing order"},
	least: 1,
	most:  1,
	help: text{
		ZH: `把给一个受理机构的材料合成一份打印文件，顺序为：信、证据目录、证据册；要几份就重复几次。
各部分自己编页码。不写 --printer 时只生成 PDF。案件在封存之后有变化时会拒绝，请先 build。
打印文件的校验值记入封存后的记录。

用法：juzheng print 案件夹 --to platform|lender|nifa|forward|regulator

选项：
      --to WHO          给谁：platform 平台、lender 放款机构、nifa 协会、
                        forward 监管部门转办的投诉书、regulator 监管部门的举报书
      --copies N        几份（默认 1；另留一份自己保存时写 2）
      --duplex          双面打印：页数是单数的部分后面补一页（写明“本页空白”），
                        使每部分从正面开始
      --pdf FILE        生成的 PDF 放在哪里（默认在 packet 的对应文件夹里）
      --envelope SIZE   另做信封和交寄清单，放在打印文件旁边：B6、DL、ZL、C5、C4
                        （GB/T 1416 的尺寸），auto 按张数选；信封上不写内件是什么
      --printer NAME    交给这台打印机（用系统的 lp 命令）；default 表示默认打印机；
                        有 --envelope 的，信封作为另一个任务，纸张大小就是信封的大小
      --fallback-font FILE    画姓名里罕见字的字体文件，与 build 时用的相同

--to 也可以写名录里的代号（如 nfra-zhejiang）。
退出码：0 完成，1 没能交给打印机，3 已交给打印机但它停着，4 没有可以打印的材料。`,
		EN: `Joins the papers for one recipient into one file to print: letter, list of exhibits,
exhibit book, repeated for each copy; each part counts its own pages. Without --printer
only the PDF is made. Refused if the case changed since it was sealed: build first.
The digest of the file goes into the log after the seal.

Use: juzheng print CASE --to platform|lender|nifa|forward|regulator

Options:
      --to WHO          platform, lender, nifa (association), forward (to be passed on) or regulator
      --copies N        how many (default 1)
      --duplex          for printing on both sides: a part with an odd number of pages is followed
                        by one that says it is blank, so that each begins on a front side
      --pdf FILE        where the PDF goes (default: the recipient's folder in packet)
      --envelope SIZE   an envelope and a posting list as well, beside the print file: B6, DL, ZL,
                        C5, C4 (the sizes of GB/T 1416), or auto, by the number of sheets; the
                        envelope says nothing of what is in it
      --printer NAME    hand it to this printer (the system's lp); default is the default printer;
                        an envelope is a job of its own on paper of its size
      --fallback-font FILE    a font for rare characters of a name, the one of build

--to takes the slug of the directory as well, such as nfra-zhejiang.
Exit codes: 0 done, 1 the printer did not take it, 3 it took it but is stopped, 4 nothing to print.`,
	},
	writes: &outputs{of: 1, out: []string{"pdf"}, never: []string{"printer"}},
	setup: func(fs *pflag.FlagSet) action {
		var o printOptions
		fs.StringVar(&o.To, "to", "", "")
		fs.IntVar(&o.Copies, "copies", 1, "")
		fs.BoolVar(&o.Duplex, "duplex", false, "")
		fs.StringVar(&o.File, "pdf", "", "")
		fs.StringVar(&o.printer, "printer", "", "")
		fs.StringVar(&o.Envelope, "envelope", "", "")
		font := fs.String("fallback-font", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			e.fonts().Named = *font
			return printSet(ctx, e, args[0], o)
		}
	},
}

// envelopeWords are the values of --envelope.
var envelopeWords = []string{"B6", "DL", "ZL", "C5", "C4", "auto"}

type printOptions struct {
	desk.PrintOptions
	printer string // as given; empty: the file alone is wanted
}

// check reports wrong use.
func (o *printOptions) check() error {
	if o.To == "" || strings.Contains(o.To, ",") {
		return usage(text{ZH: "请用 --to 说明打印给谁的材料：platform、lender、nifa、forward 或 regulator，一次一个",
			EN: "say with --to whose papers: platform, lender, nifa, forward, regulator, police …, one at a time"})
	}
	if o.Copies < 1 || o.Copies > 20 {
		return usage(text{ZH: "--copies 是 %d，应为 1 到 20", EN: "--copies is %d; wanted 1 to 20"}, o.Copies)
	}
	o.Envelope = strings.ToUpper(o.Envelope)
	if o.Envelope != "" && o.Envelope != "AUTO" && !slices.Contains(desk.EnvelopeCodes(), o.Envelope) {
		return unknownValue(text{
			ZH: "--envelope 没有 %s 这种尺寸（可用 B6、DL、ZL、C5、C4、auto）",
			EN: "--envelope knows no %s (there are B6, DL, ZL, C5, C4, auto)",
		}, o.Envelope, envelopeWords)
	}
	return nil
}

func printSet(ctx context.Context, e *env, dir string, o printOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Print(ctx, d, dir, o.PrintOptions)
	if err != nil {
		return e.unlessBlocked(err)
	}
	if e.json {
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
	} else {
		e.tellPrint(r)
		if r.Unreviewed {
			e.tellUnreviewed([]evidence.Role{r.Role}, dir)
		}
	}
	if o.printer == "" {
		e.say(text{ZH: "下一步：打印后签名、捺印、写日期，再提交", EN: "next: print, sign, date, and file"})
		return nil
	}
	q := desk.QueueOptions{File: r.File, Printer: o.printer, Duplex: o.Duplex}
	if err := e.queue(ctx, d, q); err != nil || r.Envelope == "" {
		return err
	}
	e.say(text{ZH: "信封是下一个打印任务，请把 %s 信封放进打印机", EN: "the envelope is the next job; put a %s envelope into the printer"},
		r.Size.Code)
	q.File, q.Paper = r.Envelope, desk.Paper{Width: r.Size.Width, Height: r.Size.Height}
	return e.queue(ctx, d, q)
}

// tellPrint says what is in the print file, in which order, and which pages
// are blank.
func (e *env) tellPrint(r desk.Printed) {
	e.say(text{ZH: "打印文件：%s（%d 页，%d 份，用纸 %d 张）", EN: "print file: %s (%d pages, copies: %d, sheets: %d)"},
		r.File, r.Pages, r.Copies, r.SheetsInAll())
	for _, x := range r.Parts {
		line := text{ZH: "  从第 %d 页起：%s，%d 页", EN: "  from page %d: %s, %d pages"}
		if x.Blank {
			line = text{ZH: "  从第 %d 页起：%s，%d 页，后面补 1 页空白（下一份从正面开始）",
				EN: "  from page %d: %s, %d pages and one blank page (the next begins on a front side)"}
		}
		e.say(line, x.First, x.Title, x.Pages)
	}
	if len(r.Scans) > 0 {
		e.say(text{ZH: "已经有签名扫描件（%s）；这里打印的信没有签名，当面交、邮寄的请交签好的原件",
			EN: "there is a scan of the signed letter (%s); the one printed here is not signed: hand in or post the " +
				"one you signed"},
			r.Scans[0])
	}
	if r.Envelope == "" {
		return
	}
	fold := []text{{ZH: "A4 纸不用折", EN: "A4 goes in unfolded"}, {ZH: "A4 纸对折一次", EN: "A4 folded once"},
		{ZH: "A4 纸折三折", EN: "A4 folded in thirds"}}[r.Size.Folds]
	e.say(text{ZH: "信封：%s（%s，%s）\n交寄清单：%s", EN: "envelope: %s (%s, %s)\nposting list: %s"}, r.Envelope, r.Size.Code,
		fold.In(e.lang), r.Posting)
	if r.Small {
		e.say(text{ZH: "这么多张纸，%s 信封可能装不下，建议用 %s", EN: "a %s envelope may be too small for so many sheets; better %s"},
			r.Size.Code, r.Roomier())
	}
}

// queue hands a file to a printer, and says what the system said.
func (e *env) queue(ctx context.Context, d desk.Desk, o desk.QueueOptions) error {
	named := o.Printer
	if o.Printer == "default" {
		o.Printer = ""
	}
	q, err := desk.Queue(ctx, d, o)
	var refused *desk.QueueError
	switch {
	case errors.Is(err, desk.ErrNoPrinting):
		return fail(exitFailed, err, text{ZH: "这台电脑没有 lp 打印命令", EN: "this computer has no lp command"},
			fill(text{ZH: "请直接打开并打印 %s", EN: "open and print %s"}, o.File))
	case errors.As(err, &refused):
		return fail(exitFailed, err, fill(text{ZH: "没能交给打印机 %s：%v", EN: "could not hand it to printer %s: %v"}, named,
			refused.Err),
			fill(text{ZH: "用 lpstat -p 查看打印机名称，或直接打开并打印 %s", EN: "lpstat -p lists printers; or open and print %s"},
				o.File))
	case err != nil:
		return err
	}
	e.say(text{ZH: "已交给打印机：%s", EN: "handed to the printer: %s"}, q.Said)
	if !q.Stopped {
		return nil
	}
	if q.Printer == "" {
		q.Printer = named
	}
	e.say(text{ZH: "打印机 %s 现在停着，任务在排队，不会自己打出来。让它继续：cupsenable %s；不打了：cancel -a %s",
		EN: "printer %s is stopped: the job waits and will not print by itself. To go on: cupsenable %s; to drop it: " +
			"cancel -a %s"},
		q.Printer, quote(q.Printer), quote(q.Printer))
	return silent(exitPartial)
}
