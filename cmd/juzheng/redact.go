package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/ocr"
	"juzheng/templates/document"
	"juzheng/templates/typeset/picture"
)

// previewDir holds the pictures redact makes to look at.
const previewDir = "遮盖预览"

var redactCommand = command{
	name:  "redact",
	args:  "CASE [EXHIBIT]",
	brief: text{"遮盖图片里的一块或文字里的几个字；原件不动", "cover parts of pictures or words on the copies"},
	least: 1,
	most:  2,
	help: text{
		`遮盖交出去的材料里别人的头像、姓名、号码。遮盖只用在信和证据册的副本上：方框里的像素换成黑色，
文字换成〔已遮盖〕，文件里不再有被遮的内容；原件和证据包不变，副本上注明是哪份证据、遮了几处。
遮盖写在案件夹的 redactions.csv 里，也可以用 Excel 改；改了以后重新运行 juzheng build。
录音不能遮盖（录音本身不进证据册）。

用法：juzheng redact 案件夹 E010                  画出带格子的图，记下要遮的格子
      juzheng redact 案件夹 E010 --box C4:F5 --reason 他人头像
      juzheng redact 案件夹 --find 周宁           在全部图片上找
      juzheng redact 案件夹 --text 周宁 --to platform
      juzheng redact 案件夹                       列出、检查，并画出遮盖后的样子

选项：
      --box C4:F5     要遮的格子，从左上到右下，一格写 C4；也可以写左,上,宽,高四个像素数，从图片
                      左上角量，按看图时的方向；可以写几个
      --find WORDS    用 tesseract 在图片上找这几个字或号码，给找到的地方加方框；不写证据编号就找
                      全部图片。机器会看漏，一定要看预览图
      --text WORDS    要遮的字（两个字以上）；不写证据编号就是所有材料
      --to LIST       给谁的材料：platform 平台、lender 放款机构、nifa 协会、regulator 监管部门
                      （默认全部）
      --reason WHY    原因，印在副本上，例如 他人头像

redactions.csv 的列：证据 给谁 左 上 宽 高 文字 原因。一行写一个方框，或一处文字。`,
		`Covers other people's faces, names and numbers in the papers handed over. Copies alone
are changed: pixels under a box become black, words become 〔已遮盖〕, and what was covered
is not in the file any more; the original and the bundle stay as they are, and the copy
says of which exhibit it is and how much was covered. The rows stand in redactions.csv of the
case folder, which a spreadsheet can edit; run juzheng build again after a change.
Recordings cannot be covered (they are not in the book).

Use: juzheng redact CASE E010                    draws the picture ruled into cells
     juzheng redact CASE E010 --box C4:F5 --reason face
     juzheng redact CASE --find NAME             looks on all pictures
     juzheng redact CASE --text NAME --to platform
     juzheng redact CASE                         lists, checks, and draws what is covered

Options:
      --box C4:F5     cells to cover, from upper left to lower right, one as C4; or left, top,
                      width, height in pixels from the upper left corner of the picture as it
                      is seen (120,300,400,60); can be given again
      --find WORDS    has tesseract look for words or a number on the picture (without an exhibit:
                      on all) and puts boxes over them. It misses some: look at the previews
      --text WORDS    words to cover (two characters or more); without an exhibit: in every paper
      --to LIST       in whose papers: platform, lender, nifa, regulator (default: all)
      --reason WHY    printed on the copy

Columns of redactions.csv: exhibit, to, x, y, width, height, text, reason; a row is a box, or
words.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o redactOptions
		fs.StringArrayVar(&o.boxes, "box", nil, "")
		fs.StringArrayVar(&o.words, "text", nil, "")
		fs.StringArrayVar(&o.find, "find", nil, "")
		fs.StringSliceVar(&o.to, "to", nil, "")
		fs.StringVar(&o.reason, "reason", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			o.exhibit = ""
			if len(args) > 1 {
				o.exhibit = strings.ToUpper(args[1])
			}
			return redact(ctx, e, args[0], o)
		}
	},
}

type redactOptions struct {
	exhibit, reason        string
	boxes, words, find, to []string
}

func redact(ctx context.Context, e *env, dir string, o redactOptions) error {
	added, err := o.rows()
	if err != nil {
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
	rows, err := f.Redactions()
	if err != nil {
		return err
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	if _, ok := register.Lookup(o.exhibit); o.exhibit != "" && !ok {
		return usage(text{"没有登记的证据 %s（juzheng list 可以看到）", "no exhibit %s is registered (juzheng list shows them)"}, o.exhibit)
	}
	found, err := o.places(ctx, e, f, register.Exhibits)
	if err != nil {
		return err
	}
	cells, err := o.cells(register)
	if err != nil {
		return err
	}
	found = append(found, cells...)
	if added = append(added, found...); len(added) > 0 {
		for _, r := range added {
			if !slices.ContainsFunc(rows, func(o evidence.Redaction) bool {
				return o.Exhibit == r.Exhibit && slices.Equal(o.To, r.To) && o.Box == r.Box && o.Text == r.Text
			}) {
				rows = append(rows, r)
			}
		}
		if err := f.WriteRedactions(rows); err != nil {
			return err
		}
	}
	asked := o.exhibit // its coordinates, unless rows were given
	if len(added) > 0 {
		asked = ""
	}
	made, err := previews(f, register.Exhibits, rows, asked)
	if err != nil {
		return err
	}
	if err := e.tellRedactions(rows, made, o); err != nil {
		return err
	}
	if !e.json {
		warnWords(e, rows, register.Exhibits)
		if len(rows) > 0 {
			e.say(text{"下一步：看过以后，运行 juzheng build %s", "next: look at them, then juzheng build %s"}, quote(dir))
		}
	}
	return nil
}

// rows are what the flags ask for.
func (o redactOptions) rows() ([]evidence.Redaction, error) {
	for _, t := range o.to {
		if err := checkRole(t); err != nil {
			return nil, err
		}
	}
	var out []evidence.Redaction
	for _, s := range o.boxes {
		b, ok := parseBox(s)
		if evidence.IsCells(s) {
			ok = true // which part of the picture they are, its size says
		}
		if !ok {
			return nil, usage(text{"--box 写的是 %s，应为格子，例如 C4:F5，或 左,上,宽,高 四个像素数，例如 120,300,400,60", "--box is %s; wanted cells such as C4:F5, or left,top,width,height in pixels, such as 120,300,400,60"}, s)
		}
		if o.exhibit == "" {
			return nil, usage(text{"--box 要写是哪份证据，例如 juzheng redact 案件夹 E010 --box %s", "--box wants an exhibit, such as juzheng redact CASE E010 --box %s"}, s)
		}
		if !evidence.IsCells(s) {
			out = append(out, evidence.Redaction{Exhibit: o.exhibit, To: o.to, Box: b, Reason: o.reason})
		}
	}
	for _, s := range o.words {
		if len([]rune(s)) < 2 {
			return nil, usage(text{"--text 写的是“%s”，应为两个字以上", `--text is "%s"; wanted two characters or more`}, s)
		}
		out = append(out, evidence.Redaction{Exhibit: o.exhibit, To: o.to, Text: s, Reason: o.reason})
	}
	for _, s := range o.find {
		if len([]rune(strings.TrimSpace(s))) < 2 {
			return nil, usage(text{"--find 写的是“%s”，应为两个字以上", `--find is "%s"; wanted two characters or more`}, s)
		}
	}
	if len(out)+len(o.find)+len(o.boxes) == 0 && (o.reason != "" || len(o.to) > 0) {
		return nil, usage(text{"没有写遮盖什么：用 --box、--find 或 --text", "nothing to cover: give --box, --find or --text"})
	}
	return out, nil
}

// places are boxes over the words asked for, where a program reads them on
// the pictures.
func (o redactOptions) places(ctx context.Context, e *env, f *folder.Folder, exhibits []evidence.Exhibit) ([]evidence.Redaction, error) {
	if len(o.find) == 0 {
		return nil, nil
	}
	tesseract, err := ocr.FindTesseract(ctx)
	if err != nil {
		return nil, noTesseract(err)
	}
	var out []evidence.Redaction
	for _, x := range exhibits {
		if !strings.HasPrefix(x.MediaType, "image/") || o.exhibit != "" && x.Number != o.exhibit {
			continue
		}
		m, err := picture.Upright(pictureOf(f, x, nil))
		if err != nil {
			why := evidence.Text{ZH: "文件读不了", EN: err.Error()}
			if p := (*picture.Error)(nil); errors.As(err, &p) {
				why.ZH = p.Reason.ZH
			}
			e.say(text{"证据 %s 的图片不能解码，没有找：%s", "the picture %s cannot be decoded and was not looked at: %s"}, x.Number, why.In(e.lang))
			continue
		}
		for _, words := range o.find {
			at, err := tesseract.Places(ctx, m, words)
			if err != nil {
				return nil, err
			}
			for _, r := range at {
				out = append(out, evidence.Redaction{Exhibit: x.Number, To: o.to, Reason: o.reason, Box: evidence.Box{X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy()}})
			}
		}
	}
	if len(out) == 0 {
		return nil, fail(exitFailed, nil, fill(text{"没有在图片上找到“%s”，什么都没有遮盖", "%q was not found on the pictures; nothing is covered"}, strings.Join(o.find, "、")),
			text{"机器会看漏：用 juzheng redact 案件夹 证据编号 画出坐标，自己量方框", "the program misses some: juzheng redact CASE EXHIBIT draws the coordinates to measure a box by"})
	}
	return out, nil
}

// cells are the boxes that were named by cells of the ruled picture.
func (o redactOptions) cells(register folder.Register) ([]evidence.Redaction, error) {
	var out []evidence.Redaction
	for _, s := range o.boxes {
		if !evidence.IsCells(s) {
			continue
		}
		x, _ := register.Lookup(o.exhibit)
		w, h := x.Media.Upright()
		if !strings.HasPrefix(x.MediaType, "image/") || w == 0 || h == 0 {
			return nil, usage(text{"%s 不是能画格子的图片（录音、视频、文件不能用方框遮盖；文件里的字用 --text）", "%s is no picture with cells (recordings, videos and files cannot be covered by boxes; use --text for words in files)"}, o.exhibit)
		}
		b, ok := evidence.BoxOfCells(s, w, h)
		if !ok {
			g := evidence.GridOf(w, h)
			last := g.Name(g.Columns-1, g.Rows-1)
			return nil, usage(text{"--box 写的是 %s，%s 的图上只有 A1 到 %s 的格子，先左上后右下", "--box is %s; %s has cells from A1 to %s, the upper left one first"}, s, o.exhibit, last)
		}
		out = append(out, evidence.Redaction{Exhibit: o.exhibit, To: o.to, Box: b, Reason: o.reason})
	}
	return out, nil
}

// pictureOf is an exhibit's picture, with boxes covered.
func pictureOf(f *folder.Folder, x evidence.Exhibit, hide []image.Rectangle) *document.Image {
	return &document.Image{Open: func() (io.ReadCloser, error) { return f.OpenExhibit(x) }, MediaType: x.MediaType, Orientation: x.Media.Orientation, Hide: hide}
}

func parseBox(s string) (evidence.Box, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，x×+ ", r) })
	var n [4]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || i >= len(n) {
			return evidence.Box{}, false
		}
		n[i] = v
	}
	return evidence.Box{X: n[0], Y: n[1], W: n[2], H: n[3]}, len(parts) == 4 && n[2] > 0 && n[3] > 0
}

// previews draws the covered pictures, for each recipient that gets another
// one, and the one asked for with its coordinates. It returns their paths.
func previews(f *folder.Folder, exhibits []evidence.Exhibit, rows []evidence.Redaction, asked string) ([]string, error) {
	var made []string
	draw := func(name string, x evidence.Exhibit, boxes []image.Rectangle, grid bool) error {
		if err := os.MkdirAll(f.Path(previewDir), 0o700); err != nil {
			return err
		}
		path := f.Path(previewDir, name)
		set := func(ws []io.Writer) error { return picture.Preview(ws[0], pictureOf(f, x, boxes), grid) }
		if err := disk.Set([]string{path}, set); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		made = append(made, path)
		return nil
	}
	// What an earlier run drew may show what is covered now.
	old, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(previewDir)), "E[0-9]*.png"))
	if err != nil {
		return nil, err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	for _, x := range exhibits {
		if !strings.HasPrefix(x.MediaType, "image/") {
			if x.Number == asked {
				return nil, fail(exitFailed, nil, fill(text{"证据 %s 不是图片（%s），没有坐标可画；文字用 --text 遮盖", "exhibit %s is no picture (%s); cover words with --text"}, x.Number, x.MediaType))
			}
			continue
		}
		for _, g := range groupsOf(x.Number, rows) {
			if err := draw(x.Number+"-遮盖后"+g.suffix+".png", x, g.boxes, false); err != nil {
				return nil, err
			}
		}
		if x.Number == asked {
			if err := draw(x.Number+"-坐标.png", x, nil, true); err != nil {
				return nil, err
			}
		}
	}
	return made, nil
}

type boxGroup struct {
	suffix string
	boxes  []image.Rectangle
}

// groupsOf are the boxes of an exhibit as each recipient has them, those who
// have the same ones together.
func groupsOf(exhibit string, rows []evidence.Redaction) []boxGroup {
	var out []boxGroup
	for _, role := range allRoles {
		var boxes []image.Rectangle
		for _, r := range rows {
			if r.Exhibit == exhibit && r.Text == "" && r.For(role) {
				boxes = append(boxes, r.Box.Rectangle())
			}
		}
		if len(boxes) == 0 {
			continue
		}
		if n := slices.IndexFunc(out, func(g boxGroup) bool { return slices.Equal(g.boxes, boxes) }); n >= 0 {
			out[n].suffix += "-" + role
			continue
		}
		out = append(out, boxGroup{"-" + role, boxes})
	}
	if len(out) == 1 && strings.Count(out[0].suffix, "-") == len(allRoles) {
		out[0].suffix = ""
	}
	return out
}

func (e *env) tellRedactions(rows []evidence.Redaction, made []string, o redactOptions) error {
	if e.json {
		for _, r := range rows {
			v := map[string]any{"exhibit": r.Exhibit, "to": r.To, "text": r.Text, "reason": r.Reason}
			if r.Text == "" {
				v["box"] = []int{r.Box.X, r.Box.Y, r.Box.W, r.Box.H}
			}
			if err := emit(e.stdout, "redaction", v); err != nil {
				return err
			}
		}
		return emit(e.stdout, "summary", map[string]any{"redactions": len(rows), "previews": made})
	}
	if len(rows) == 0 && o.exhibit == "" {
		e.say(text{"还没有遮盖。先画出坐标：juzheng redact %s 证据编号", "nothing is covered yet; for coordinates: juzheng redact %s EXHIBIT"}, "案件夹")
		return nil
	}
	for _, r := range rows {
		what := fmt.Sprintf("%d,%d,%d,%d", r.Box.X, r.Box.Y, r.Box.W, r.Box.H)
		if r.Text != "" {
			what = "“" + r.Text + "”"
		}
		to := strings.Join(r.To, " ")
		if to == "" {
			to = text{"全部", "all"}.In(e.lang)
		}
		exhibit := r.Exhibit
		if exhibit == "" {
			exhibit = text{"所有材料", "every paper"}.In(e.lang)
		}
		e.printf(text{"%s  %s  给 %s  %s\n", "%s  %s  for %s  %s\n"}, exhibit, what, to, r.Reason)
	}
	for _, p := range made {
		e.say(text{"看一看：%s", "look at: %s"}, filepath.Clean(p))
	}
	return nil
}

// warnWords tells of words covered in a picture's text whose picture still
// shows them.
func warnWords(e *env, rows []evidence.Redaction, exhibits []evidence.Exhibit) {
	for _, r := range rows {
		if r.Text == "" || r.Exhibit == "" || slices.ContainsFunc(rows, func(b evidence.Redaction) bool { return b.Exhibit == r.Exhibit && b.Text == "" }) {
			continue
		}
		for _, x := range exhibits {
			if x.Number == r.Exhibit && strings.HasPrefix(x.MediaType, "image/") {
				e.tell(desk.WordsVisible{Exhibit: x.Number, Words: r.Text})
			}
		}
	}
}
