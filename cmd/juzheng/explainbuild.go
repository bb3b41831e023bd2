package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/scan"
	"juzheng/templates/typeset"
)

var notCompetent = text{
	ZH: "%s：有材料证明的情形都不归它处理，不给它做材料",
	EN: "%s: not competent for anything your material shows; no papers are made for it",
}

// rareCharacter says how a name stays readable whose character no font has: a
// number in its place would be read by nobody.
var rareCharacter = text{
	ZH: "没有这样的字体时，用大写拼音代替这个字，例如“NI小安”，或者在它的位置留两个全角空格；打印以后用黑色签字笔把字补写上，" +
		"签名照身份证写。程序不会替您换成别的字",
	EN: "without such a font write it in pinyin, or leave two wide blanks in its place; write it by hand on the " +
		"printed pages, and sign as on the identity card. Nothing is put in its place for you",
}

// rareFont says where a font for it comes from.
var rareFont = text{
	ZH: "有这个字的字体文件（ttf、otf、ttc）的，加 --fallback-font 文件；也可以放进设置文件夹的 fonts 里（juzheng version 显示设置" +
		"文件夹在哪里），以后自动用它。系统里装着的字体，程序自己会找",
	EN: "with a font file that has it (ttf, otf, ttc) add --fallback-font FILE, or put it into the folder fonts of the " +
		"settings folder (juzheng version tells where that is); fonts installed on the system are found by themselves",
}

// otherForm tells the ordinary character that an ideograph of another form is kept apart
// from, for the person to decide.
func otherForm(r rune) []text {
	plain := norm.NFC.String(string(r))
	if plain == string(r) || !unicode.Is(unicode.Han, r) {
		return nil
	}
	return []text{{ZH: "它是“" + plain + "”的另一种字形：身份证上写的就是“" + plain + "”的，改成“" + plain + "”",
		EN: "it is another form of " + plain + ": if the identity card has that one, write " + plain}}
}

// fontWords say why a font cannot be used.
func fontWords(err error) text {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return text{ZH: "没有这个文件", EN: "there is no such file"}
	case errors.Is(err, fs.ErrPermission):
		return text{ZH: "没有权限读这个文件", EN: "it must not be read"}
	case errors.Is(err, typeset.ErrNotEmbeddable):
		return text{ZH: "字体的许可不允许放进别的文件，请换一个", EN: "its licence forbids to put it into a file; take another"}
	}
	return text{ZH: "读不出来：不是字体文件，或者已经损坏", EN: "it cannot be read: no font, or damaged"}
}

// explainBuild says the errors of making and printing papers; nil: it is none
// of them.
func explainBuild(err error) *failure {
	var nobody *desk.NothingToFileError
	var unable *desk.NotCompetentError
	var stale *desk.NotCurrentError
	var forward *desk.NotForwardedError
	var glyph *desk.UnprintableError
	var font *desk.FontError
	var supplement *desk.SupplementError
	var stranger *desk.NotOfCaseError
	var opening *folder.LostOpeningError
	var list *folder.LostListError
	if f := explainSigned(err); f != nil {
		return f
	}
	switch {
	case errors.As(err, &opening):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "证据 %s 的凭据文件丢失，案件夹和它的各个证据包里都没有：另做一份会使已经寄出的信核对不上，所以没有封存",
			EN: "the opening of %s is lost, from the case and from all its bundles: another one would not match " +
				"letters that " +
				"were sent, so nothing was sealed"}, opening.Exhibit),
			hints: []text{{ZH: "从备份，或者从交给别人的任何一份副本里，把 openings 和 records 文件夹复制回案件夹的 " + folder.CommitDir,
				EN: "bring the folders openings and records back into " + folder.CommitDir +
					" of the case, from a backup or any copy that was given away"}}}
	case errors.As(err, &list):
		return &failure{code: exitFailed, err: err, what: text{
			ZH: "证据清单丢失或损坏，案件夹的各个证据包里也没有：另做一份会使已经寄出的信核对不上，所以没有封存",
			EN: "the list of commitments is lost or damaged, and no bundle of the case has it: another one would not " +
				"match " +
				"letters that were sent, so nothing was sealed"},
			hints: []text{{ZH: "从备份，或者从交给别人的任何一份副本里，把 commitments.txt 和 commitments-sm3.txt 复制回案件夹的 " +
				folder.CommitDir,
				EN: "bring commitments.txt and commitments-sm3.txt back into " + folder.CommitDir +
					" of the case, from a backup or any copy that was given away"}}}
	case errors.As(err, &nobody):
		return &failure{code: exitBlocked, err: err, what: text{ZH: "什么都没有写", EN: "nothing was written"},
			hints: []text{{ZH: "运行 juzheng check，看“还可以向谁反映”",
				EN: "run juzheng check, and see \"Whom else to turn to\""}}}
	case errors.As(err, &unable):
		return &failure{code: exitBlocked, err: err, what: fill(notCompetent, unable.Name)}
	case errors.As(err, &forward):
		return &failure{code: exitBlocked, err: err, what: text(forward.Why)}
	case errors.As(err, &stale) && stale.Name != "":
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "给“%[1]s”的材料做好以后，案件又改过（遮盖、内容或者以前投诉的结果）：现在打印的会和做好的不一样",
			EN: "the case has changed since the papers to \"%[1]s\" were made (what is covered, what it says, or what " +
				"came of a complaint): what is printed now would differ from them"}, withinQuotes(stale.Name)),
			hints: []text{notCurrentHint(stale)}}
	case errors.As(err, &stale):
		return &failure{code: exitFailed, err: err, what: text{
			ZH: "案件还没有封存，或者封存之后又有变化：打印出来的证据码会与证据包对不上",
			EN: "the case is not sealed, or changed since: the root on paper would not be the bundle's"},
			hints: []text{notCurrentHint(stale)}}
	case errors.As(err, &glyph):
		where := folder.CaseFile
		if glyph.Line > 0 {
			where += fmt.Sprintf(":%d", glyph.Line)
		}
		if unicode.IsControl(glyph.Rune) || unicode.Is(unicode.Cf, glyph.Rune) {
			return &failure{code: exitFailed, err: err, what: fill(text{
				ZH: "%s %s：夹着一个看不见的控制字符（U+%04X）", EN: "%s %s: there is a control character that cannot be seen " +
					"(U+%04X)"}, where, glyph.Key, glyph.Rune),
				hints: []text{{ZH: "把这一格的内容整个删掉，照着重新打一遍", EN: "delete the whole value and type it anew"}}}
		}
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "%s %s：字库里没有“%c”（U+%04X）", EN: "%s %s: no font has %c (U+%04X)"}, where, glyph.Key, glyph.Rune,
			glyph.Rune),
			hints: append(otherForm(glyph.Rune), rareFont, rareCharacter)}
	case errors.As(err, &font):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "--fallback-font %[1]s：%[2]s", EN: "--fallback-font %[1]s: %[3]s"}, quote(visible(font.Path)),
			fontWords(font.Err).ZH, fontWords(font.Err).EN), hints: []text{rareFont}}
	case errors.As(err, &supplement):
		return explainSupplement(supplement)
	case errors.As(err, &stranger):
		return &failure{code: exitUsage, err: err, what: fill(text{
			ZH: "--to 里没有 %[1]s 这个对象（可用 %[2]s，或本案监管部门在名录里的代号）",
			EN: "--to knows no %[1]s (there are %[3]s, or the slug of this case's regulator)"},
			stranger.To, strings.Join(allRoles, "、"), strings.Join(allRoles, ", ")),
			hints: meant(stranger.To, allRoles, "")}
	}
	return explainLetter(err)
}

// notCurrentHint says what to do about papers that are not of the case as it is now.
func notCurrentHint(stale *desk.NotCurrentError) text {
	if stale.Approve {
		return fill(text{ZH: "先运行 juzheng build %[1]s，看过做好的信再复核",
			EN: "run juzheng build %[1]s first, and read what it makes"}, quote(stale.Case))
	}
	if stale.Signed {
		return fill(text{
			ZH: "扫描件要对着做好的信来核对：先不带 --signed 运行 juzheng build %[1]s，信和您签的一样，再带上 --signed 运行一次",
			EN: "a scan is held against the letter that is made: run juzheng build %[1]s without --signed first, and " +
				"again with it if the letter is the one you signed"}, quote(stale.Case))
	}
	to := ""
	if stale.To.Further() {
		to = " --to " + string(stale.To)
	}
	return fill(text{ZH: "先运行 juzheng build %s%s", EN: "run juzheng build %s%s first"}, quote(stale.Case), to)
}

// explainSigned says the errors of the scan of a signed letter.
func explainSigned(err error) *failure {
	var unfit *scan.Error
	var large *desk.ScanTooLargeError
	var other *desk.OtherLetterError
	var to *desk.SignedToError
	switch {
	case errors.As(err, &unfit):
		return &failure{code: exitFailed, err: err, what: text{
			ZH: "--signed " + quote(visible(unfit.File)) + "：" + unfit.Reason.ZH,
			EN: "--signed " + quote(visible(unfit.File)) + ": " + unfit.Reason.EN}}
	case errors.As(err, &large):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "--signed %s 有 %d 字节，太大了：一封信的扫描件用 150 到 300 点每英寸、灰度就够",
			EN: "--signed %s has %d bytes; 150 to 300 dots an inch in grey are enough for a letter"},
			quote(visible(large.File)), large.Bytes)}
	case errors.As(err, &other):
		return explainOtherLetter(other)
	case errors.As(err, &to):
		return &failure{code: exitUsage, err: err, what: text{
			ZH: "--signed 一次给一个受理机构：用 --to 写明是给谁的信",
			EN: "--signed is for one recipient at a time: say whose letter it is with --to"}}
	}
	return nil
}

// explainOtherLetter says which letter a scan is of, and shows both codes alike.
func explainOtherLetter(err *desk.OtherLetterError) *failure {
	f := &failure{code: exitFailed, err: err, hints: []text{{ZH: "用 juzheng print 打印现在的信，重新签名、扫描",
		EN: "print the letter as it is now with juzheng print, sign and scan it"}}}
	code := visible(err.Found)
	if err.Code != "" {
		code = bag.FormatRoot(err.Code)
	}
	file, now := quote(visible(err.File)), bag.FormatRoot(err.Root)
	switch {
	case err.Whose != "":
		f.what = fill(text{
			ZH: "--signed %[1]s 是写给“%[2]s”的信，不是写给“%[3]s”的；没有放进去，免得寄错",
			EN: "--signed %[1]s is the letter to %[2]s, and not the one to %[3]s; it was not put there, lest it " +
				"be sent to the wrong one"}, file, visible(err.Whose), visible(err.Wanted))
		f.hints = []text{{ZH: "--to 写这封信是给谁的；或者给那封信的扫描件",
			EN: "say with --to whose letter it is, or give the scan of the other"}}
	case err.Other:
		f.what = fill(text{ZH: "--signed %[1]s 不是这个案件的信：信末的证据码是 %[2]s，本案的是 %[3]s",
			EN: "--signed %[1]s is no letter of this case: the code on it is %[2]s, and that of the case is %[3]s"},
			file, code, now)
	case err.Code == err.Root:
		f.what = fill(text{
			ZH: "--signed %[1]s 是这个案件以前的信：证据没有变（证据码都是 %[2]s），但是信里的内容后来改过，" +
				"和现在的信不一样",
			EN: "--signed %[1]s is a letter of this case as it was before: the exhibits are the same (both codes are " +
				"%[2]s), but what the letter says was changed since"}, file, now)
	default:
		f.what = fill(text{ZH: "--signed %[1]s 是这个案件以前的信：信末的证据码是 %[2]s，现在的是 %[3]s（证据后来增减过）",
			EN: "--signed %[1]s is a letter of this case as it was before: the code on it is %[2]s, and it is %[3]s " +
				"now (exhibits came or went)"}, file, code, now)
	}
	return f
}

func explainSupplement(err *desk.SupplementError) *failure {
	f := &failure{code: exitUsage, err: err}
	switch {
	case err.Number == "":
		f.what = fill(text{ZH: "--supplement 要写证据编号，例如 E012；写的是 %s",
			EN: "--supplement wants the number of an exhibit such as E012; found %s"}, err.Given)
	case err.First:
		f.what = fill(text{ZH: "%s 是第一份证据，它之前没有提交过的，不用做补充材料",
			EN: "%s is the first exhibit; there is nothing before it to supplement"}, err.Number)
	default:
		f.what = fill(text{ZH: "--supplement：没有证据 %s", EN: "--supplement: there is no exhibit %s"}, err.Number)
	}
	return f
}

// explainLetter says the errors of letters that need no violation.
func explainLetter(err error) *failure {
	var unknown *desk.UnknownLetterError
	var role *desk.LetterRoleError
	switch {
	case errors.As(err, &unknown):
		return &failure{code: exitUsage, err: err, what: fill(text{
			ZH: "--letter 没有 %[1]s 这种信（可用 %[2]s）", EN: "--letter knows no %[1]s (there are %[3]s)"},
			unknown.Name, strings.Join(unknown.Known, "、"), strings.Join(unknown.Known, ", ")),
			hints: meant(unknown.Name, unknown.Known, "")}
	case errors.As(err, &role):
		can := idsOf(role.Can)
		return &failure{code: exitUsage, err: err,
			what: fill(text{ZH: "%s 不能写给 %s（可用 %s）", EN: "%s cannot go to %s (there are %s)"},
				role.Letter, role.To, names(can)), hints: meant(string(role.To), can, "")}
	}
	return nil
}
