package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

var printCommand = command{
	name:  "print",
	args:  "CASE --to WHO",
	brief: text{"按提交顺序打印：信、证据目录、证据册、副本", "print everything in filing order"},
	least: 1,
	most:  1,
	help: text{
		`把给一个受理机构的材料合成一份打印文件，顺序为：信、证据目录、证据册；要几份就重复几次。
各部分自己编页码。不写 --printer 时只生成 PDF。案件在封存之后有变化时会拒绝，请先 build。
打印文件的校验值记入封存后的记录。

用法：juzheng print 案件夹 --to platform|lender|nifa|regulator

选项：
      --to WHO          给谁：platform 平台、lender 放款机构、nifa 协会、regulator 监管部门
      --copies N        几份（默认 1；另留一份自己保存时写 2）
      --duplex          双面打印：每部分补足偶数页，不会印在另一部分的背面
      --pdf FILE        生成的 PDF 放在哪里（默认在 packet 的对应文件夹里）
      --printer NAME    交给这台打印机（用系统的 lp 命令）；default 表示默认打印机`,
		`Joins the papers for one recipient into one file to print: letter, list of exhibits,
exhibit book, repeated for each copy; each part counts its own pages. Without --printer
only the PDF is made. Refused if the case changed since it was sealed: build first.
The digest of the file goes into the log after the seal.

Use: juzheng print CASE --to platform|lender|nifa|regulator

Options:
      --to WHO          platform, lender, nifa (association) or regulator
      --copies N        how many (default 1)
      --duplex          for printing on both sides: each part has an even number of pages
      --pdf FILE        where the PDF goes (default: the recipient's folder in packet)
      --printer NAME    hand it to this printer (the system's lp); default is the default printer`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o printOptions
		fs.StringVar(&o.to, "to", "", "")
		fs.IntVar(&o.copies, "copies", 1, "")
		fs.BoolVar(&o.duplex, "duplex", false, "")
		fs.StringVar(&o.pdf, "pdf", "", "")
		fs.StringVar(&o.printer, "printer", "", "")
		return func(ctx context.Context, e *env, args []string) error { return printSet(ctx, e, args[0], o) }
	},
}

type printOptions struct {
	to, pdf, printer string
	copies           int
	duplex           bool
}

func printSet(ctx context.Context, e *env, dir string, o printOptions) error {
	if o.to == "" || strings.Contains(o.to, ",") {
		return usage(text{"请用 --to 说明打印给谁的材料：platform、nifa 或 regulator，一次一个", "say with --to whose papers: platform, nifa or regulator, one at a time"})
	}
	if o.copies < 1 || o.copies > 20 {
		return usage(text{"--copies 是 %d，应为 1 到 20", "--copies is %d; wanted 1 to 20"}, o.copies)
	}
	now, err := e.clock()
	if err != nil {
		return err
	}
	f, unlock, err := lockCase(dir, now)
	if err != nil {
		return err
	}
	defer unlock()
	d, err := openCase(dir, now)
	if err != nil {
		return err
	}
	root, current, err := d.folder.Current()
	if err != nil {
		return err
	}
	if !current {
		return fail(exitFailed, nil, text{"案件还没有封存，或者封存之后又有变化：打印出来的总校验码会与证据包对不上", "the case is not sealed, or changed since: the root on paper would not be the bundle's"},
			fill(text{"先运行 juzheng build %s", "run juzheng build %s first"}, quote(dir)))
	}
	if len(d.report.Obstacles) > 0 {
		return blocked(e, d)
	}
	// Folders are numbered over all recipients of the case, as build does.
	roles := usualRoles
	if o.to == string(letter.ToLender) {
		roles = []string{"platform", "lender", "nifa", "regulator"}
	}
	all, err := d.addressees(roles)
	if err != nil {
		return err
	}
	competent, left := d.competent(all)
	var a addressee
	for _, x := range competent {
		if string(x.role) == o.to {
			a = x
		}
	}
	for _, x := range left {
		if string(x.role) == o.to {
			return fail(exitBlocked, letter.ErrNothingShown, fill(notCompetent, x.recipient.Name))
		}
	}
	if a.role == "" {
		return usage(text{"--to 里没有 %s 这个对象（可用 platform、lender、nifa、regulator）", "--to knows no %s (there are platform, lender, nifa, regulator)"}, o.to)
	}
	bundle, err := sealedBundle(ctx, e, f)
	if err != nil {
		return err
	}
	path := o.pdf
	if path == "" {
		folder := d.folder.Path(evidence.PacketDir, a.folder)
		if made := d.made(a.folder); made != "" {
			folder = made
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		path = filepath.Join(folder, "打印.pdf")
	}
	if err := d.listen(ctx); err != nil {
		return err
	}
	if err := d.coverable(d.whole(a, root)); err != nil {
		return err
	}
	pages, err := d.setPrint(path, a, root, o)
	if err != nil {
		return err
	}
	// What was printed stands in the log after the seal, which the next seal
	// covers: a letter cannot be under the root that it prints.
	sums, err := evidence.SumsOf(path)
	if err != nil {
		return err
	}
	if err := bundle.Note(bag.EventPrint, fmt.Sprintf("to=%s copies=%d pages=%d sha256=%s", o.to, o.copies, pages.Total, sums.SHA256), now); err != nil {
		return err
	}
	if e.json {
		if err := emit(e.stdout, "summary", map[string]any{"pdf": path, "pages": pages.Total, "copies": o.copies}); err != nil {
			return err
		}
	} else {
		e.say(text{"打印文件：%s（%d 页，%d 份）", "print file: %s (%d pages, copies: %d)"}, path, pages.Total, o.copies)
	}
	if o.printer == "" {
		e.say(text{"下一步：打印后签名、捺印、写日期，再提交", "next: print, sign, date, and file"})
		return nil
	}
	return e.hand(ctx, path, o)
}

func (d *dossier) setPrint(path string, a addressee, root bag.Root, o printOptions) (typeset.Pages, error) {
	in := d.input(a, root)
	book := letter.ComposeBook(in)
	pages, err := typeset.Book(io.Discard, book)
	if err != nil {
		return pages, err
	}
	in.Pages, in.BookPages = pages.Exhibits, pages.Total
	papers, err := compose(&in)
	if err != nil {
		return pages, err
	}
	front := make([]letter.Document, len(papers))
	for i, p := range papers {
		front[i] = p.doc
	}
	err = setFile(path, func(w io.Writer) error {
		pages, _, err = typeset.PrintSet(w, typeset.Set{Front: front, Book: book, Copies: o.copies, Duplex: o.duplex})
		return err
	})
	return pages, err
}

// hand gives the file to the system's print queue.
func (e *env) hand(ctx context.Context, path string, o printOptions) error {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return fail(exitFailed, err, text{"这台电脑没有 lp 打印命令", "this computer has no lp command"},
			fill(text{"请直接打开并打印 %s", "open and print %s"}, path))
	}
	args := []string{"-t", "juzheng"}
	if o.printer != "default" {
		args = append(args, "-d", o.printer)
	}
	if o.duplex {
		args = append(args, "-o", "sides=two-sided-long-edge")
	}
	// The path is absolute, so that none is taken for an option.
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, lp, append(args, abs)...).CombinedOutput()
	said := strings.TrimSpace(string(out))
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = errors.New(said)
		}
		return fail(exitFailed, err, fill(text{"没能交给打印机 %s：%v", "could not hand it to printer %s: %v"}, o.printer, err),
			fill(text{"用 lpstat -p 查看打印机名称，或直接打开并打印 %s", "lpstat -p lists printers; or open and print %s"}, path))
	}
	e.say(text{"已交给打印机：%s", "handed to the printer: %s"}, said)
	return nil
}

// made is the folder of a recipient that build made, whatever its number:
// that depends on whom else papers were made for.
func (d *dossier) made(folder string) string {
	_, name, _ := strings.Cut(folder, "-")
	entries, err := os.ReadDir(d.folder.Path(evidence.PacketDir))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if n, of, ok := strings.Cut(e.Name(), "-"); ok && e.IsDir() && of == name && len(n) == 1 {
			return d.folder.Path(evidence.PacketDir, e.Name())
		}
	}
	return ""
}
