package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/filing"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
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
      --duplex          双面打印：页数是单数的部分后面补一页（写明“本页空白”），
                        使每部分从正面开始
      --pdf FILE        生成的 PDF 放在哪里（默认在 packet 的对应文件夹里）
      --envelope SIZE   另做信封和交寄清单，放在打印文件旁边：B6、DL、ZL、C5、C4
                        （GB/T 1416 的尺寸），auto 按张数选；信封上不写内件是什么
      --printer NAME    交给这台打印机（用系统的 lp 命令）；default 表示默认打印机；
                        有 --envelope 的，信封作为另一个任务，纸张大小就是信封的大小

--to 也可以写名录里的代号（如 nfra-zhejiang）。
退出码：0 完成，1 没能交给打印机，3 已交给打印机但它停着，4 没有可以打印的材料。`,
		`Joins the papers for one recipient into one file to print: letter, list of exhibits,
exhibit book, repeated for each copy; each part counts its own pages. Without --printer
only the PDF is made. Refused if the case changed since it was sealed: build first.
The digest of the file goes into the log after the seal.

Use: juzheng print CASE --to platform|lender|nifa|regulator

Options:
      --to WHO          platform, lender, nifa (association) or regulator
      --copies N        how many (default 1)
      --duplex          for printing on both sides: a part with an odd number of pages is followed
                        by one that says it is blank, so that each begins on a front side
      --pdf FILE        where the PDF goes (default: the recipient's folder in packet)
      --envelope SIZE   an envelope and a posting list as well, beside the print file: B6, DL, ZL,
                        C5, C4 (the sizes of GB/T 1416), or auto, by the number of sheets; the
                        envelope says nothing of what is in it
      --printer NAME    hand it to this printer (the system's lp); default is the default printer;
                        an envelope is a job of its own on paper of its size

--to takes the slug of the directory as well, such as nfra-zhejiang.
Exit codes: 0 done, 1 the printer did not take it, 3 it took it but is stopped, 4 nothing to print.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o printOptions
		fs.StringVar(&o.to, "to", "", "")
		fs.IntVar(&o.copies, "copies", 1, "")
		fs.BoolVar(&o.duplex, "duplex", false, "")
		fs.StringVar(&o.pdf, "pdf", "", "")
		fs.StringVar(&o.printer, "printer", "", "")
		fs.StringVar(&o.envelope, "envelope", "", "")
		return func(ctx context.Context, e *env, args []string) error { return printSet(ctx, e, args[0], o) }
	},
}

type printOptions struct {
	to, pdf, printer, envelope string
	copies                     int
	duplex                     bool
}

// check reports wrong use.
func (o *printOptions) check() error {
	if o.to == "" || strings.Contains(o.to, ",") {
		return usage(text{"请用 --to 说明打印给谁的材料：platform、lender、nifa 或 regulator，一次一个", "say with --to whose papers: platform, lender, nifa or regulator, one at a time"})
	}
	if o.copies < 1 || o.copies > 20 {
		return usage(text{"--copies 是 %d，应为 1 到 20", "--copies is %d; wanted 1 to 20"}, o.copies)
	}
	if o.envelope = strings.ToUpper(o.envelope); o.envelope != "" && o.envelope != packet.ByWeight && !slices.ContainsFunc(filing.EnvelopeSizes, o.size) {
		return unknownValue(text{
			"--envelope 没有 %s 这种尺寸（可用 B6、DL、ZL、C5、C4、auto）",
			"--envelope knows no %s (there are B6, DL, ZL, C5, C4, auto)",
		}, o.envelope, []string{"B6", "DL", "ZL", "C5", "C4", "auto"})
	}
	return nil
}

func (o *printOptions) size(s filing.EnvelopeSize) bool { return s.Code == o.envelope }

func printSet(ctx context.Context, e *env, dir string, o printOptions) error {
	if err := o.check(); err != nil {
		return err
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
	a, err := d.addressee(o.to)
	if err != nil {
		return err
	}
	bundle, err := sealedBundle(ctx, e, f)
	if err != nil {
		return err
	}
	path := o.pdf
	if path == "" {
		folder := d.folder.Path(folder.PacketDir, a.folder)
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
	if err := coverable(d.order(a, root)); err != nil {
		return err
	}
	set, err := packet.Print(ctx, path, d.order(a, root), packet.Printing{Copies: o.copies, Duplex: o.duplex, Envelope: o.envelope, Own: o.pdf != ""})
	if err != nil {
		return err
	}
	// What was printed stands in the log after the seal, which the next seal
	// covers: a letter cannot be under the root that it prints.
	sums, err := folder.SumsOf(path)
	if err != nil {
		return err
	}
	if err := bundle.Note(bag.EventPrint, fmt.Sprintf("to=%s copies=%d pages=%d sha256=%s", a.role, o.copies, set.Pages, sums.SHA256), now); err != nil {
		return err
	}
	if err := e.tellPrint(set, o); err != nil {
		return err
	}
	if o.printer == "" {
		e.say(text{"下一步：打印后签名、捺印、写日期，再提交", "next: print, sign, date, and file"})
		return nil
	}
	if err := e.hand(ctx, path, o, ""); err != nil || set.Envelope == "" {
		return err
	}
	e.say(text{"信封是下一个打印任务，请把 %s 信封放进打印机", "the envelope is the next job; put a %s envelope into the printer"}, set.Size.Code)
	return e.hand(ctx, set.Envelope, o, fmt.Sprintf("Custom.%gx%gmm", set.Size.Width, set.Size.Height))
}

// sealedBundle opens the bundle of a case that is to be printed, and says so
// if the case has moved on since.
func sealedBundle(ctx context.Context, e *env, f *folder.Folder) (*folder.SealedBundle, error) {
	bundle, err := f.Sealed(ctx)
	switch {
	case errors.Is(err, folder.ErrNotSealed), errors.Is(err, folder.ErrBundleAltered):
		return nil, &desk.BundleError{Case: f.Dir(), Err: err}
	case err != nil:
		return nil, err
	}
	if !bundle.Current {
		e.tell(desk.Outdated{})
	}
	return bundle, nil
}

// addressee is whose papers are meant by a part or a slug, its folder numbered
// over all recipients of the case, as build does.
func (d *dossier) addressee(to string) (addressee, error) {
	roles := usualRoles
	if to == string(letter.ToLender) {
		roles = allRoles
	}
	all, err := d.addressees(roles)
	if err != nil {
		return addressee{}, err
	}
	named := func(x addressee) bool { return string(x.role) == to || x.recipient.Slug == to }
	competent, left := d.competent(all)
	if n := slices.IndexFunc(competent, named); n >= 0 {
		return competent[n], nil
	}
	if n := slices.IndexFunc(left, named); n >= 0 {
		return addressee{}, fail(exitBlocked, letter.ErrNothingShown, fill(notCompetent, left[n].recipient.Name))
	}
	return addressee{}, fail(exitUsage, nil, fill(text{"--to 里没有 %[1]s 这个对象（可用 %[2]s，或本案监管部门在名录里的代号）",
		"--to knows no %[1]s (there are %[3]s, or the slug of this case's regulator)"},
		to, strings.Join(allRoles, "、"), strings.Join(allRoles, ", ")), meant(to, allRoles, "")...)
}

// tellPrint says what is in the print file, in which order, and which pages
// are blank.
func (e *env) tellPrint(p packet.Printed, o printOptions) error {
	if e.json {
		parts := make([]map[string]any, len(p.Parts))
		for n, x := range p.Parts {
			parts[n] = map[string]any{"title": x.Title, "first": x.First, "pages": x.Pages, "blank_after": x.Blank}
		}
		out := map[string]any{"pdf": p.File, "pages": p.Pages, "copies": o.copies, "parts": parts, "sheets": o.copies * p.Sheets(o.duplex)}
		if p.Envelope != "" {
			out["envelope"], out["posting_list"] = p.Envelope, p.Posting
		}
		return emit(e.stdout, "summary", out)
	}
	e.say(text{"打印文件：%s（%d 页，%d 份，用纸 %d 张）", "print file: %s (%d pages, copies: %d, sheets: %d)"}, p.File, p.Pages, o.copies, o.copies*p.Sheets(o.duplex))
	for _, x := range p.Parts {
		line := text{"  从第 %d 页起：%s，%d 页", "  from page %d: %s, %d pages"}
		if x.Blank {
			line = text{"  从第 %d 页起：%s，%d 页，后面补 1 页空白（下一份从正面开始）", "  from page %d: %s, %d pages and one blank page (the next begins on a front side)"}
		}
		e.say(line, x.First, x.Title, x.Pages)
	}
	if p.Envelope == "" {
		return nil
	}
	fold := []text{{"A4 纸不用折", "A4 goes in unfolded"}, {"A4 纸对折一次", "A4 folded once"}, {"A4 纸折三折", "A4 folded in thirds"}}[p.Size.Folds]
	e.say(text{"信封：%s（%s，%s）\n交寄清单：%s", "envelope: %s (%s, %s)\nposting list: %s"}, p.Envelope, p.Size.Code, fold.In(e.lang), p.Posting)
	if p.Small {
		e.say(text{"这么多张纸，%s 信封可能装不下，建议用 %s", "a %s envelope may be too small for so many sheets; better %s"}, p.Size.Code, filing.SizeFor(p.Sheets(o.duplex)).Code)
	}
	return nil
}

// hand gives a file to the system's print queue; media is the paper, empty for
// the printer's own.
func (e *env) hand(ctx context.Context, path string, o printOptions, media string) error {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return fail(exitFailed, err, text{"这台电脑没有 lp 打印命令", "this computer has no lp command"},
			fill(text{"请直接打开并打印 %s", "open and print %s"}, path))
	}
	args := []string{"-t", "juzheng"}
	if o.printer != "default" {
		args = append(args, "-d", o.printer)
	}
	switch {
	case media != "":
		args = append(args, "-o", "media="+media)
	case o.duplex:
		args = append(args, "-o", "sides=two-sided-long-edge")
	}
	// The path is absolute, so that none is taken for an option.
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, lp, append(args, abs)...)
	cmd.Env = plainSpoken()
	out, err := cmd.CombinedOutput()
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
	printer := o.printer
	if m := requestID.FindStringSubmatch(said); m != nil {
		printer = m[1] // which one the default is
	}
	if stopped(ctx, printer) {
		e.say(text{"打印机 %s 现在停着，任务在排队，不会自己打出来。让它继续：cupsenable %s；不打了：cancel -a %s",
			"printer %s is stopped: the job waits and will not print by itself. To go on: cupsenable %s; to drop it: cancel -a %s"},
			printer, quote(printer), quote(printer))
		return silent(exitPartial)
	}
	return nil
}

// requestID is what lp(1) says of a job.
var requestID = regexp.MustCompile(`request id is (.+)-\d+ `)

// plainSpoken is the environment for programs whose answer is read: they
// would else speak the user's language.
func plainSpoken() []string { return append(os.Environ(), "LC_ALL=C", "LANGUAGE=C") }

// stopped reports whether the system says that a printer is stopped: a job
// that was taken would then wait without a word.
func stopped(ctx context.Context, printer string) bool {
	lpstat, err := exec.LookPath("lpstat")
	if err != nil {
		return false
	}
	cmd := exec.CommandContext(ctx, lpstat, "-p", printer)
	cmd.Env = plainSpoken()
	out, err := cmd.Output()
	return err == nil && strings.HasPrefix(string(out), "printer "+printer+" disabled ")
}

// made is the folder of a recipient that build made, whatever its number:
// that depends on whom else papers were made for.
func (d *dossier) made(of string) string {
	_, name, _ := strings.Cut(of, "-")
	entries, err := os.ReadDir(d.folder.Path(folder.PacketDir))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if n, rest, ok := strings.Cut(e.Name(), "-"); ok && e.IsDir() && rest == name && len(n) == 1 {
			return d.folder.Path(folder.PacketDir, e.Name())
		}
	}
	return ""
}
