package main

import (
	"strconv"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
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
	case desk.OpenElsewhere:
		e.say(text{ZH: "注意：%s 好像还开着；没有存盘的改动读不到，请先存盘、关掉",
			EN: "note: %s seems to be open; what is not saved is not read"}, quote(visible(n.Path)))
	case desk.SheetStands:
		e.say(text{ZH: "案件已经写好，%s 没能重新写（可能还开着）：关掉它，再运行 juzheng sheet",
			EN: "the case is written, but %s could not be made anew (it may be open): close it and run juzheng sheet"},
			quote(visible(n.Path)))
	case desk.LogCut:
		e.tellCut(n)
	case desk.LeftCovered:
		e.say(text{ZH: "没有随附 %s：给这个机构的材料里有遮盖，而副本里是没有遮盖的原件（确实要交出的，用 --only 写明）",
			EN: "left out: %s; the papers for this recipient cover a part, and a copy holds the originals (to " +
				"hand them " +
				"over all the same, use --only)"},
			names(n.Exhibits))
	case desk.Uncovered:
		e.say(text{ZH: "注意：%s 在 redactions.csv 里有遮盖，这份副本里是没有遮盖的原件",
			EN: "note: redactions.csv covers a part of %s; this copy holds the originals, uncovered"},
			names(n.Exhibits))
	case desk.Extracted:
		for _, x := range n.Extracts {
			e.say(text{ZH: "从 %s 里取出和催收有关的行，另成一份 %s，信里引用它；整份默认不给别人",
				EN: "the rows of %s that have to do with the collection are an exhibit of their own, %s, which " +
					"letters cite; " +
					"the whole is withheld unless you say otherwise"}, x.Extract.Of, x.Number)
		}
	case desk.LogsWithheld:
		e.say(text{ZH: "没有随附整份的通话记录、短信备份、聊天记录：%s（里面有别人的号码 %d 个；对方要核对摘录时，用 --whole 交整份）",
			EN: "left out, being whole logs: %s (numbers of others in them: %d; use --whole where the receiver wants " +
				"to hold an extract against its log)"}, names(n.Exhibits), n.Others)
	case desk.LogUncut:
		e.say(text{
			ZH: "注意：%s 里好几条记录写在同一行，切不出只有催收的摘录，信里引用的是整份，交出副本时别人的记录（号码 %d 个）也在里面。" +
				"能重新导出的，选每条一行的格式再加一份；不能的，交副本时用 juzheng export --only 不给它",
			EN: "note: several records of %s stand on one line, so that no extract of the collector's rows can be cut: " +
				"letters cite the whole, and a copy gives the records of others along (%d numbers). Export it anew " +
				"with a record a line, if you can; else keep it out of copies with juzheng export --only"},
			names(n.Exhibits), n.Others)
	case desk.Holds:
		e.tellHolds(n)
	case desk.RecordsAside:
		e.say(text{ZH: "注意：%s 没有用：这个案件不是在这台电脑上用这个账号建的，旁边的记录可能是别人的。确是您自己的，放进设置文件夹（juzheng version 显示在哪里）",
			EN: "note: %s is not used: the case was not made on this computer by this account, and what lies beside it may " +
				"be somebody else's. If it is yours, put it into the settings folder (juzheng version shows where)"},
			visible(n.Dir))
	case desk.TimelineShows:
		e.say(text{ZH: "注意：这份副本带的时间线里，遮盖的文字还看得见（案件时间线的 %s）",
			EN: "note: the timeline of this copy still shows covered words (%s of the case's timeline)"},
			rows(n.Rows, e.lang))
	case desk.NotDecoded:
		e.say(text{ZH: "证据 %s 的图片看不成，没有在里面找：%s",
			EN: "the picture %s could not be looked at: %s"}, n.Exhibit, n.Why.In(e.lang))
	case desk.OnlyHeard:
		e.say(text{ZH: "没有可用的 tesseract，这次只听录音。", EN: "no usable tesseract: only recordings are heard this time."})
	case desk.TableDiffers:
		if !e.json {
			writeDoubts(e.stderr, n.Doubts, e.lang)
		}
	case desk.FormatChanged:
		e.say(text{ZH: "这个案件是以前的版本做的。从这次起信上印“证据码”（格式 2）：加了证据才变，改地址、记受理号都不影响它。\n" +
			"以前的信印的总校验码 %s … 有记录，那份证据包留在 superseded 里，照样可以核对：juzheng verify 案件夹 --expect 总校验码",
			EN: "this case was made by an earlier release. From now on letters print an evidence code (format 2), " +
				"which only " +
				"exhibits change, and no address or receipt.\nThe root %s ... that earlier letters print is on " +
				"record, and their " +
				"bundle is kept in superseded and checked as before: juzheng verify CASE --expect ROOT"},
			bag.FormatRoot(n.Root[:16]))
	case desk.PacketsKept:
		if len(n.Files) > 0 {
			e.say(text{ZH: "packet 里您放进去的、改过的文件都留着：%s", EN: "what you put into packet/ or changed there stays: %s"},
				visible(rows(n.Files, e.lang)))
		}
		if len(n.Others) > 0 {
			e.say(text{ZH: "这次没有重做的材料也留着：%s", EN: "packets that were not made anew stay: %s"},
				visible(rows(n.Others, e.lang)))
		}
		if len(n.Scans) > 0 {
			e.say(text{ZH: "以前签好的扫描件是按以前的信签的，和那时的信留在一起，没有放进新材料：%s。新的信要重新打印、签名",
				EN: "what was signed and scanned before prints the older root and stays with its letter: %s. Print and " +
					"sign the new letter"}, visible(rows(n.Scans, e.lang)))
		}
		if len(n.Swapped) > 0 {
			e.say(text{ZH: "换下的签名扫描件没有删，另放在 %s，不会跟着交出去",
				EN: "the signed scan that gave way was not deleted; it is apart from what is handed in, in %s"},
				visible(rows(n.Swapped, e.lang)))
		}
		if n.Older != "" {
			e.say(text{ZH: "以前的材料移到了 %s", EN: "the packets before are in %s"}, n.Older)
		}
		if len(n.Gone) > 0 {
			e.say(text{ZH: "其中这次没有重做的：%s。要交的，用 juzheng build --to 重做",
				EN: "among them, not made anew: %s. Those still " +
					"to be handed in: juzheng build --to"}, visible(rows(n.Gone, e.lang)))
		}
	case desk.LetterKept:
		e.say(text{ZH: "以前写的那一封（连同您放在一起的文件）移到了 %s", EN: "the letter before, with what you put beside it, is in %s"},
			quote(visible(n.Folder)))
	case desk.BundleKept:
		e.say(text{ZH: "bundle 里的内容被改动过，或者多了别的文件：原样移到了 %s，一个也没有删；bundle 已经重新做好",
			EN: "the bundle had been changed, or files put into it: it was moved as it is to %s, and made again"},
			quote(visible(n.Folder)))
	case desk.FiledUnreviewed:
		e.say(text{ZH: "注意：给“%s”的材料每页印着“待复核”，没有人复核过就记成提交了。交的不是这一份的，收回重记：juzheng track 案件夹 undo",
			EN: "note: each page of the papers for \"%s\" says 待复核: they were entered as filed, and no second person " +
				"approved " +
				"them. If others were filed: juzheng track CASE undo"}, withinQuotes(n.Name))
	case desk.FiledKept:
		e.say(text{ZH: "%s 提交给“%s”的材料原样留在 %s，以后不会再变", EN: "the papers filed on %s with \"%s\" stay as they were in %s"},
			n.Day, withinQuotes(n.Name), quote(visible(n.Folder)))
	case desk.LettersAside:
		e.say(text{ZH: "letters 里这几封是遮盖之前写的，还看得见现在要遮的内容，已经移到 superseded/letters：%s。还要用的，用 juzheng build --letter 重写",
			EN: "these letters were written before what is covered now was, and show it; they are in " +
				"superseded/letters: " +
				"%s. Write those that are still wanted again with juzheng build --letter"},
			visible(rows(n.Names, e.lang)))
	case desk.FiledUncovered:
		e.say(text{ZH: "注意：%s 里的这份材料是改遮盖之前做的，后来遮盖的内容在里面还看得见。不要再给别人",
			EN: "note: the papers in %s were made before what is covered now was; they show it: give them to " +
				"nobody else"},
			quote(visible(n.Folder)))
	case desk.OrganisationUsed:
		e.say(text{ZH: "协助整理材料的机构照 %[1]s 填好了：%[2]s；这个案件里的可以在 case.toml 另改",
			EN: "the organisation that prepares the papers is filled in from %[1]s: %[2]s; case.toml can say otherwise"},
			quote(visible(n.Path)), visible(n.Name))
	case desk.EnclosedShows:
		e.say(text{
			ZH: "注意：附件1 是交出去时的原样（%[1]s），里面还看得见后来遮盖的%[2]s。不想让对方看到的，改做完整的材料：juzheng build 案件夹 --to %[3]s",
			EN: "note: 附件1 is the complaint as it was filed (%[1]s) and shows %[2]s, which is covered since. If its " +
				"recipient is not to see that, make whole papers: juzheng build CASE --to %[3]s"},
			quote(visible(n.Folder)), visible(strings.Join(n.Words, "、")), n.To)
	case desk.GivenShows:
		e.tellGiven(n)
	case desk.FiledUnder:
		e.say(text{ZH: "这是 %s 提交给“%s”的材料上印的码；那份材料在 %s",
			EN: "this code is printed on the papers filed on %s with \"%s\"; they are in %s"},
			n.Day, withinQuotes(n.Name), quote(visible(n.Folder)))
	case desk.ScanUnread:
		e.say(text{ZH: "没能从 %s 读出信末的二维码（拍得不清楚，或者扫描仪用了 JBIG2 压缩），没有核对它是不是这封信。请自己看一眼：信末印的码应当是 %s，信应当是写给“%s”的",
			EN: "the QR code at the end of %s could not be read (blurred, or a scanner's JBIG2), so nobody has " +
				"checked that it is this letter; " +
				"look: it " +
				"should print the code %s and be the one to %s"}, quote(visible(n.File)),
			bag.FormatRoot(n.Root), visible(n.Name))
	case desk.ScanUnnamed:
		e.say(text{ZH: "注意：%s 上的二维码是旧版程序印的，没有写明信是给谁的。请自己看一眼，确实是写给“%s”的那一封",
			EN: "note: the QR code on %s is of an earlier release and does not say whose letter it is; look for " +
				"yourself that it is the one to %s"}, quote(visible(n.File)), visible(n.Name))
	case desk.ScanPages:
		e.say(text{ZH: "注意：给了 %d 张图片，信有 %d 页。每页一张，按页序写；缺页的补上再运行一次",
			EN: "note: %d pictures were given and the letter has %d pages; give one of each page, in order"}, n.Given,
			n.Pages)
	case desk.ScanOrder:
		if len(n.Missing) > 0 {
			e.say(text{ZH: "注意：签名扫描件看起来缺第 %s 页（信有 %d 页）。补扫那一页，按页序放在一起，再运行一次",
				EN: "note: page %s seems to be missing on the scan (the letter has %d); scan it too and run this again"},
				pageNumbers(n.Missing), n.Pages)
		}
		if n.Mixed {
			e.say(text{ZH: "注意：签名扫描件的页序不对，依次像是信的第 %s 页。按页序重新扫描，再运行一次",
				EN: "note: the pages of the scan are in another order, they look like pages %s of the letter; scan them " +
					"in order and run this again"}, pageNumbers(n.Shows))
		}
	case desk.ScanUnused:
		e.say(text{ZH: "以前放进来的签名扫描件 %s 没有用：%s", EN: "the scan put there before, %s, is not used: %s"},
			quote(visible(n.Err.File)), n.Err.Reason.In(e.lang))
	case desk.NotForwarded:
		e.say(text{ZH: "请转办的投诉书（forward）没有做：%s", EN: "the complaint to be passed on (forward) is not made: %s"},
			n.Why.In(e.lang))
	case desk.NotCompetent:
		e.say(notCompetent, n.Name)
	case desk.WordsVisible:
		e.say(text{ZH: "注意：%s 是图片，这一行只遮文字，图上的“%s”还看得见；再用 --box 遮住图上的位置",
			EN: "note: %s is a picture; the words %q are still to be seen on it: cover their place with --box"},
			n.Exhibit,
			n.Words)
	case desk.PictureVisible:
		e.say(pictureVisible, n.Exhibit, names(n.Words), quote(n.Case))
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

// pictureVisible says of a picture what papers mask elsewhere, and how it is covered.
var pictureVisible = text{ZH: "注意：%s 的图片上能读到%s，信里是隐去的，图上没有遮盖；先遮盖：juzheng redact %s %[1]s",
	EN: "note: the picture %s shows %s, which letters mask and nothing covers there; cover it first: juzheng redact %s " +
		"%[1]s"}

// lostWith says what a cut line of a log may have been, and how it comes back.
var lostWith = map[string]text{
	folder.CustodyFile: {ZH: "这一行和它后面的保管记录没有了；有完整备份的，用备份换回这个文件",
		EN: "this record and any after it are lost; if there is a whole backup, put it in place of the file"},
	folder.RegisterFile: {ZH: "最后加入的那份材料可能没有登记上，请再加一次：juzheng add",
		EN: "the file added last may not be registered; add it again: juzheng add"},
	folder.AnswersFile: {ZH: "最后一次回答可能没有生效，没生效的会再问您",
		EN: "the last answer may not have counted; if so you are asked again"},
	folder.TrackedFile: {ZH: "最后记的那一笔提交或答复可能没有记上，请看一遍：juzheng track",
		EN: "what was entered last may not stand; look: juzheng track"},
	folder.ReadingsFile: {ZH: "最后识别的那份没有记上，请再运行 juzheng read",
		EN: "what was read last was not kept; run juzheng read again"},
}

// tellCut says that a crash cut a file of lines short, each file once a run.
func (e *env) tellCut(n desk.LogCut) {
	if e.cut == nil {
		e.cut = map[desk.LogCut]bool{}
	}
	if e.cut[n] {
		return
	}
	e.cut[n] = true
	e.say(cutText(n))
}

// cutText says what became of a file of lines that a crash cut short.
func cutText(n desk.LogCut) text {
	lost := lostWith[n.File]
	if n.Lost > 0 {
		lost = fill(text{ZH: "比证据包里封存的少 %d 条记录；有完整备份的，用备份换回这个文件",
			EN: "%d records that the bundle has are lost; if there is a whole backup, put it in place of the file"}, n.Lost)
	}
	switch {
	case n.Ends:
		return fill(text{ZH: "注意：保管记录 %s 从第 %d 行起没有了：%s", EN: "note: the custody log %s ends before line %d: %s"},
			n.File, n.Line, lost)
	case n.Line > 0 && n.Mended:
		return fill(text{ZH: "%s 第 %d 行只写了一半（断电或磁盘满时会这样），已经修好：%s。那半行原样留在 %s",
			EN: "%s:%d was cut short, as by a power failure or a full disk, and is mended: %s. The cut line is kept as " +
				"%s"}, n.File, n.Line, lost, n.Kept)
	case n.Line > 0:
		return fill(text{ZH: "注意：%s 第 %d 行只写了一半（断电或磁盘满时会这样），没有算进来：%s。下次加入、回答或生成材料时自动修好",
			EN: "note: %s:%d was cut short, as by a power failure or a full disk, and is left out: %s. It is mended by " +
				"whatever is added, answered or built next"}, n.File, n.Line, lost)
	case !n.Mended:
		return fill(text{ZH: "注意：保管记录 %s 不见了；有备份的请放回来，没有的，下次加入、回答或生成材料时会接着证据包里的那份写，没有证据包就另起一份",
			EN: "note: the custody log %s is gone; restore it from a backup, or whatever is added, answered or " +
				"built next " +
				"goes on from the copy in the bundle, or begins it anew"}, n.File)
	case n.From != "":
		return fill(text{ZH: "保管记录 %s 不见了：已接着证据包里封存的那份写，并在记录里注明", EN: "the custody log %s was gone: it goes on " +
			"from the copy in the bundle, and says so"}, n.File)
	default:
		return fill(text{ZH: "保管记录 %s 不见了，证据包里也没有：已另起一份，并在记录里注明", EN: "the custody log %s was gone and no bundle " +
			"has a copy: it is begun anew, and says so"}, n.File)
	}
}

// workWords say what takes long.
var workWords = map[desk.Work]text{
	desk.Adding:    {ZH: "正在加入", EN: "adding"},
	desk.Drawing:   {ZH: "正在画 PDF 的页面（第一次要准备半分钟左右）", EN: "drawing pages of PDFs (the first time takes half a minute)"},
	desk.Copying:   {ZH: "正在复制并核对", EN: "copying and comparing"},
	desk.Verifying: {ZH: "正在核对", EN: "checking"},
	desk.Reading:   {ZH: "正在识别", EN: "reading"},
}

// withinQuotes is a name as it stands between quotation marks: those it has itself become
// single ones.
func withinQuotes(name string) string {
	return strings.NewReplacer("“", "‘", "”", "’", `"`, "'").Replace(visible(name))
}

// pageNumbers are the numbers of pages, a question mark where one is not known.
func pageNumbers(pages []int) names {
	var out names
	for _, n := range pages {
		if n == 0 {
			out = append(out, "?")
			continue
		}
		out = append(out, strconv.Itoa(n))
	}
	return out
}
