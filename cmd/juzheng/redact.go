package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var redactCommand = command{
	name:  "redact",
	args:  "CASE [EXHIBIT]",
	brief: text{ZH: "遮盖图片里的一块或文字里的几个字；原件不动", EN: "cover parts of pictures or words on the copies"},
	least: 1,
	most:  2,
	help: text{
		ZH: `遮盖交出去的材料里别人的头像、姓名、号码。遮盖只用在信和证据册的副本上：方框里的像素换成黑色，
文字换成〔已遮盖〕，文件里不再有被遮的内容；原件和证据包不变，副本上注明是哪份证据、遮了几处。
遮盖写在案件夹的 redactions.csv 里，也可以用 Excel 改；改了以后重新运行 juzheng build。
录音不能遮盖（录音本身不进证据册）。视频的画面印几幅在证据册里；--box 全部，就一幅也不印，给他们的副本里也不放这段视频。

用法：juzheng redact 案件夹 E010                  画出带格子的图，记下要遮的格子
      juzheng redact 案件夹 E010 --box C4:F5 --reason 他人头像
      juzheng redact 案件夹 E012 --page 2 --box C4:F5    PDF 的第 2 页
      juzheng redact 案件夹 E015 --box 全部         视频的画面都不印
      juzheng redact 案件夹 --find 周宁 --text 周宁     图片和文字都遮
      juzheng redact 案件夹 --text 周宁 --to platform
      juzheng redact 案件夹                       列出、检查，并画出遮盖后的样子

选项：
      --box C4:F5     要遮的格子，从左上到右下，一格写 C4；也可以写左,上,宽,高四个像素数，从图片
                      左上角量，按看图时的方向；可以写几个；全部，就是整张图，或者视频的画面
      --page N        方框在 PDF 的第几页；不写 --box，就只画这一页的格子
      --find WORDS    用 tesseract 在图片上找这几个字或号码，给找到的地方加方框；不写证据编号就找
                      全部图片。机器会看漏，一定要看预览图；只遮图片，信和证据册的文字另用 --text
      --text WORDS    要遮的字（两个字以上）；不写证据编号就是所有材料
      --to LIST       给谁的材料：platform 平台、lender 放款机构、nifa 协会、regulator 监管部门
                      （默认全部）
      --reason WHY    原因，印在副本上，例如 他人头像

redactions.csv 的列：证据 给谁 页 左 上 宽 高 文字 原因（没有 PDF 的方框时没有“页”）。一行写一个方框，或一处文字。`,
		EN: `Covers other people's faces, names and numbers in the papers handed over. Copies alone
are changed: pixels under a box become black, words become 〔已遮盖〕, and what was covered
is not in the file any more; the original and the bundle stay as they are, and the copy
says of which exhibit it is and how much was covered. The rows stand in redactions.csv of the
case folder, which a spreadsheet can edit; run juzheng build again after a change.
Recordings cannot be covered (they are not in the book). Of a film the book has some
pictures; --box all prints none, and copies for others leave the film out.

Use: juzheng redact CASE E010                    draws the picture ruled into cells
     juzheng redact CASE E010 --box C4:F5 --reason face
     juzheng redact CASE E012 --page 2 --box C4:F5  page 2 of a PDF
     juzheng redact CASE E015 --box all           prints no picture of a film
     juzheng redact CASE --find NAME --text NAME on pictures and in texts
     juzheng redact CASE --text NAME --to platform
     juzheng redact CASE                         lists, checks, and draws what is covered

Options:
      --box C4:F5     cells to cover, from upper left to lower right, one as C4; or left, top,
                      width, height in pixels from the upper left corner of the picture as it
                      is seen (120,300,400,60); all: the whole picture, or film; can be given again
      --page N        on which page of a PDF the boxes are; without --box that page alone is ruled
      --find WORDS    has tesseract look for words or a number on the picture (without an exhibit:
                      on all) and puts boxes over them. It misses some: look at the previews;
                      texts of letter and book are covered by --text
      --text WORDS    words to cover (two characters or more); without an exhibit: in every paper
      --to LIST       in whose papers: platform, lender, nifa, forward, regulator (default: all)
      --reason WHY    printed on the copy

Columns of redactions.csv: exhibit, to, page (where a box is on a PDF), x, y, width, height,
text, reason; a row is a box, or words.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		var o desk.RedactOptions
		fs.StringArrayVar(&o.Boxes, "box", nil, "")
		fs.IntVar(&o.Page, "page", 0, "")
		fs.StringArrayVar(&o.Words, "text", nil, "")
		fs.StringArrayVar(&o.Find, "find", nil, "")
		fs.StringSliceVar(&o.To, "to", nil, "")
		fs.StringVar(&o.Reason, "reason", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			o.Exhibit = ""
			if len(args) > 1 {
				o.Exhibit = strings.ToUpper(args[1])
			}
			return redact(ctx, e, args[0], o)
		}
	},
}

func redact(ctx context.Context, e *env, dir string, o desk.RedactOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	made, err := desk.Redact(ctx, d, dir, o)
	if err != nil {
		return redactError(err)
	}
	if e.json {
		return e.emitLines(made.Lines(), dir)
	}
	e.tellRedactions(made, o.Exhibit)
	for _, v := range made.Visible {
		e.tell(v)
	}
	if len(made.Unfound) > 0 {
		e.say(text{ZH: "图片上没有找到“%s”，只遮了文字。机器会看漏，图片请自己看一遍",
			EN: "%q was not found on the pictures, and is covered in texts alone. The program misses some: look at " +
				"the pictures yourself"}, names(made.Unfound))
	}
	if len(made.Nowhere) > 0 {
		e.say(text{ZH: "文字里没有“%s”，只遮了图片", EN: "no text holds %q; pictures alone are covered"},
			names(made.Nowhere))
	}
	if len(made.InText) > 0 {
		e.tellInText(made.InText, dir)
		return nil
	}
	if len(made.Rows) > 0 {
		e.say(text{ZH: "下一步：看过以后，运行 juzheng build %s", EN: "next: look at them, then juzheng build %s"}, quote(dir))
	}
	return nil
}

// tellInText says which words papers still print, for boxes cover pictures alone.
func (e *env) tellInText(all []desk.WordsInText, dir string) {
	for _, t := range all {
		e.say(text{
			ZH: "注意：--find 只遮图片。“%s”在时间线的 %d 行文字、%d 份证据的名称里还有，信和证据册会照样印出来。文字也遮：\n" +
				"juzheng redact %s --text %s",
			EN: "note: --find covers pictures alone. %q still stands in the text of %d rows of the timeline and in the " +
				"names of %d exhibits, and papers print it. To cover texts too:\njuzheng redact %s --text %s"},
			t.Words, len(t.Rows), len(t.Exhibits), quote(dir), quote(t.Words))
	}
}

// tellGiven says what shows what is covered since, and must not be given on.
func (e *env) tellGiven(n desk.GivenShows) {
	file, words := quote(visible(n.Path)), visible(strings.Join(n.Words, "、"))
	switch {
	case n.Again != "":
		e.say(text{ZH: "注意：%[1]s 是遮盖之前做的，里面还看得见%[2]s：不要再给别人，重做一次：juzheng report 案件夹 --to %[3]s",
			EN: "note: %[1]s was made before what is covered now was, and shows %[2]s: give it to nobody, make it anew: " +
				"juzheng report CASE --to %[3]s"}, file, words, n.Again)
	case !n.Exact:
		e.say(text{ZH: "注意：%[1]s 加了密，看不到里面；副本里的证据都是没有遮盖的原件，还没有交出去的先想好",
			EN: "note: %[1]s is locked and nobody can look into it; exhibits of a copy are originals, and nothing is " +
				"covered on them: think before you hand it over"}, file)
	default:
		e.say(text{ZH: "注意：%[1]s 里看得见现在要遮的%[2]s，还会照原样留着：不要再给别人",
			EN: "note: %[1]s shows %[2]s, which is covered now, and stays as it is: give it to nobody else"}, file, words)
	}
}

// redactError says why nothing was covered.
func redactError(err error) error {
	var unknown *desk.NoExhibitError
	var box *desk.BoxError
	var short *desk.ShortWordsError
	var cells *desk.NoCellsError
	var picture *desk.NoPictureError
	var missing *desk.NotFoundError
	var nowhere *desk.NotInTextError
	var reader *desk.NoReaderError
	var page *desk.PageError
	switch {
	case errors.As(err, &page):
		return pageError(page)
	case errors.As(err, &unknown):
		return usage(text{ZH: "没有登记的证据 %s（juzheng list 可以看到）",
			EN: "no exhibit %s is registered (juzheng list shows them)"}, unknown.Number)
	case errors.As(err, &box) && box.Alone:
		return usage(text{ZH: "--box 要写是哪份证据，例如 juzheng redact 案件夹 E010 --box %s",
			EN: "--box wants an exhibit, such as juzheng redact CASE E010 --box %s"}, box.Box)
	case errors.As(err, &box) && box.Last != "":
		return usage(text{ZH: "--box 写的是 %s，%s 的图上只有 A1 到 %s 的格子，先左上后右下",
			EN: "--box is %s; %s has cells from A1 to %s, the upper left one first"}, box.Box, box.Exhibit, box.Last)
	case errors.As(err, &box):
		return usage(text{
			ZH: "--box 写的是 %s，应为格子，例如 C4:F5，或 左,上,宽,高 四个像素数，例如 120,300,400,60",
			EN: "--box is %s; wanted cells such as C4:F5, or left,top,width,height in pixels, such as 120,300,400,60",
		}, box.Box)
	case errors.As(err, &short) && short.Find:
		return usage(text{ZH: "--find 写的是“%s”，应为两个字以上", EN: `--find is "%s"; wanted two characters or more`},
			short.Words)
	case errors.As(err, &short):
		return usage(text{ZH: "--text 写的是“%s”，应为两个字以上", EN: `--text is "%s"; wanted two characters or more`},
			short.Words)
	case errors.Is(err, desk.ErrNothingToCover):
		return usage(text{ZH: "没有写遮盖什么：用 --box、--find 或 --text", EN: "nothing to cover: give --box, --find or --text"})
	case errors.As(err, &cells):
		return usage(text{
			ZH: "%s 不是能画格子的图片（视频只能整个不印画面：--box 全部；录音和别的文件不能用方框遮盖；文件里的字用 --text）",
			EN: "%s is no picture with cells (of a film no picture is printed with --box all; recordings and other files " +
				"cannot be covered by boxes; use --text for words in files)",
		}, cells.Exhibit)
	case errors.As(err, &picture) && strings.HasPrefix(picture.MediaType, "video/"):
		return fail(exitFailed, nil, fill(text{ZH: "证据 %s 是视频，没有坐标可画；画面不印进证据册的，加 --box 全部",
			EN: "exhibit %s is a film and has no coordinates; to print none of its pictures add --box all"}, picture.Exhibit))
	case errors.As(err, &picture):
		return fail(exitFailed, nil, fill(text{ZH: "证据 %s 不是图片（%s），没有坐标可画；文字用 --text 遮盖",
			EN: "exhibit %s is no picture (%s); cover words with --text"}, picture.Exhibit, picture.MediaType))
	case errors.As(err, &nowhere):
		return fail(exitFailed, nil, fill(text{ZH: "材料的文字里没有“%s”，什么都没有遮盖",
			EN: "no text of the case holds %q; nothing is covered"}, names(nowhere.Words)),
			text{ZH: "照时间线或文字稿里的写法写；图片上的字用 --find 或 --box",
				EN: "words as the timeline or a transcript has them; for words on a picture use --find or --box"})
	case errors.As(err, &missing):
		return fail(exitFailed, nil, fill(text{ZH: "没有在图片上找到“%s”，什么都没有遮盖",
			EN: "%q was not found on the pictures; nothing is covered"}, names(missing.Words)),
			text{ZH: "机器会看漏：用 juzheng redact 案件夹 证据编号 画出坐标，自己量方框",
				EN: "the program misses some: juzheng redact CASE EXHIBIT draws the coordinates to measure a box by"})
	case errors.As(err, &reader):
		return noTesseract(reader.Err)
	}
	return err
}

// pageError says why a box lies on no page.
func pageError(p *desk.PageError) error {
	switch {
	case p.Why.ZH != "":
		return fail(exitFailed, nil, text{ZH: "证据 " + p.Exhibit + " 的页画不出来：" + p.Why.ZH,
			EN: "the pages of exhibit " + p.Exhibit + " cannot be drawn: " + p.Why.EN})
	case p.Box != (evidence.Box{}):
		return usage(text{ZH: "方框到右 %d、下 %d，超出 %s 的第 %d 页（%d×%d）", EN: "a box to %d, %d is beyond %s, page %d (%d by %d)"},
			p.Box.X+p.Box.W, p.Box.Y+p.Box.H, p.Exhibit, p.Page, p.Width, p.Height)
	case p.Pages > 0 && p.Page == 0:
		return usage(text{ZH: "%s 是 PDF：用 --page 写方框在第几页，1 到 %d", EN: "%s is a PDF: say with --page on which page, 1 to %d"},
			p.Exhibit, p.Pages)
	case p.Pages > 0:
		return usage(text{ZH: "%s 是 PDF，--page 写的是 %d，应为 1 到 %d", EN: "%s is a PDF; --page is %d, wanted 1 to %d"}, p.Exhibit,
			p.Page, p.Pages)
	}
	return usage(text{ZH: "--page 写的是 %d；和 --box 一起用，写 PDF 的第几页，从 1 数起",
		EN: "--page is %d; it goes with --box and names a page of a PDF, from 1"}, p.Page)
}

func (e *env) tellRedactions(made desk.Redacted, exhibit string) {
	if len(made.Rows) == 0 && exhibit == "" {
		e.say(text{ZH: "还没有遮盖。先画出坐标：juzheng redact %s 证据编号",
			EN: "nothing is covered yet; for coordinates: juzheng redact %s EXHIBIT"}, "案件夹")
		return
	}
	for _, r := range made.Rows {
		what := fmt.Sprintf("%d,%d,%d,%d", r.Box.X, r.Box.Y, r.Box.W, r.Box.H)
		if r.Page > 0 {
			what = fmt.Sprintf(text{ZH: "第%d页 ", EN: "page %d: "}.In(e.lang), r.Page) + what
		}
		if r.Text != "" {
			what = "“" + r.Text + "”"
		}
		to := strings.Join(r.To, " ")
		if to == "" {
			to = text{ZH: "全部", EN: "all"}.In(e.lang)
		}
		exhibit := r.Exhibit
		if exhibit == "" {
			exhibit = text{ZH: "所有材料", EN: "every paper"}.In(e.lang)
		}
		e.printf(text{ZH: "%s  %s  给 %s  %s\n", EN: "%s  %s  for %s  %s\n"}, exhibit, what, to, r.Reason)
	}
	for _, p := range made.Previews {
		e.say(text{ZH: "看一看：%s", EN: "look at: %s"}, filepath.Clean(p))
	}
}
