package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"time"
	"unicode"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/templates/typeset"
	"juzheng/templates/typeset/picture"
)

// explain gives an error its words, advice and exit code, where its command has
// not done so (verify and sign know more of theirs). What no case here knows is said as it is, with code 1.
func explain(err error) *failure {
	var f *failure
	var lines folder.LineErrors
	var locked *folder.LockedError
	var digest *folder.DigestError
	var glyph *typeset.MissingGlyphError
	var inside *intake.InsideError
	var path *fs.PathError
	switch {
	case errors.As(err, &f):
		return f
	case explainHeld(err) != nil:
		return explainHeld(err)
	case explainRecord(err) != nil:
		return explainRecord(err)
	case explainDesk(err) != nil:
		return explainDesk(err)
	case explainAsk(err) != nil:
		return explainAsk(err)
	case explainSheet(err) != nil:
		return explainSheet(err)
	case explainBuild(err) != nil:
		return explainBuild(err)
	case explainFiles(err) != nil:
		return explainFiles(err)
	case errors.Is(err, desk.ErrDeclined):
		return &failure{code: exitFailed, err: err, what: text{ZH: "已停下，什么都没有写", EN: "stopped; nothing was written"}}
	case errors.Is(err, errInterrupted):
		return &failure{code: exitInterrupted,
			what: text{ZH: "已中断；已完成的部分都在，再运行一次会接着做", EN: "interrupted; what was done is kept, run it again to go on"},
			err:  err}
	case errors.Is(err, folder.ErrNoCase):
		return &failure{code: exitNoCase, err: err,
			what: fill(text{ZH: "这里没有案件：%s", EN: "no case here: %s"}, pathOf(err)),
			hints: []text{{ZH: "先用 juzheng init 新建，或检查案件夹的名字有没有写错",
				EN: "make one with juzheng init, or check the folder's name"}}}
	case errors.As(err, &locked):
		return &failure{code: exitLocked, err: err, what: inUse(locked),
			hints: []text{{ZH: "等它结束再试；它被强行关闭后，锁会自动解除",
				EN: "wait for it to end; if it was killed, its lock is gone with it"}}}
	case errors.As(err, &lines):
		return explainLines(lines)
	case errors.As(err, &digest):
		return explainDigest(digest)
	case errors.As(err, &glyph):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "字库里没有“%c”（U+%04X），出现在：%s", EN: "no font has %c (U+%04X), which stands in: %s"}, glyph.Rune, glyph.Rune,
			glyph.Text),
			hints: []text{{ZH: "表情符号请从时间线里删去或改用文字说明（原件不受影响）",
				EN: "take emoji out of the timeline (the originals keep them)"}, rareCharacter}}
	case errors.As(err, &inside):
		return &failure{code: exitUsage, err: err, what: fill(text{
			ZH: "%s 和案件夹 %s 互相包含，不能把案件夹加进它自己", EN: "%s and the case folder %s contain one another: a case cannot be " +
				"added to " +
				"itself"}, inside.Path, inside.Case),
			hints: []text{{ZH: "把手机文件放在案件夹外面的文件夹里再加", EN: "put the phone's files into a folder outside the case"}}}
	case errors.Is(err, fs.ErrExist):
		return &failure{code: exitFailed, err: err,
			what:  fill(text{ZH: "%s 已经存在而且不是空的", EN: "%s is there already and not empty"}, pathOf(err)),
			hints: []text{{ZH: "换一个名字；已有的内容没有动", EN: "choose another name; nothing there was touched"}}}
	case errors.Is(err, syscall.ENOSPC):
		return &failure{code: exitFailed, err: err,
			what: text{ZH: "磁盘空间不足，没有写完的已经撤回，已完成的都在",
				EN: "the disk is full; what was half written is taken back, what was done is kept"},
			hints: []text{{ZH: "腾出空间后再运行一次，会接着做", EN: "free some space and run it again; it goes on"}}}
	case errors.As(err, &path) && errors.Is(err, syscall.EISDIR):
		return &failure{code: exitFailed, err: err,
			what: fill(text{ZH: "%s 是文件夹，这里要的是文件", EN: "%s is a folder, and a file is wanted"}, path.Path)}
	case errors.As(err, &path) && errors.Is(err, fs.ErrNotExist):
		return &failure{code: exitFailed, err: err, what: fill(text{ZH: "找不到 %s", EN: "there is no %s"}, path.Path)}
	case errors.As(err, &path) && errors.Is(err, fs.ErrPermission):
		return &failure{code: exitFailed, err: err, what: fill(text{ZH: "没有权限：%s", EN: "no permission: %s"}, path.Path)}
	}
	return unforeseen(err)
}

// unforeseen says an error that no case knows. Its own words are English, and
// stand behind the sentence for whoever helps.
func unforeseen(err error) *failure {
	f := &failure{code: exitFailed, err: err, what: text{ZH: err.Error(), EN: err.Error()}}
	if !strings.ContainsFunc(f.what.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		f.what.ZH = "没有做成，出了没有料到的情况（给帮您的人看：" + err.Error() + "）"
	}
	return f
}

// pathOf is the path an error names, or the error itself.
func pathOf(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Path
	}
	s := err.Error()
	for _, tail := range []string{": " + folder.ErrNoCase.Error(), ": " + fs.ErrExist.Error()} {
		if n := len(s) - len(tail); n > 0 && s[n:] == tail {
			s = s[:n]
		}
	}
	if rest, ok := cutPrefix(s, "make case folder "); ok {
		return rest
	}
	return s
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// inUse says who has a case, as far as they wrote it down.
func inUse(by *folder.LockedError) text {
	if by.PID == 0 || by.Since.IsZero() {
		return text{ZH: "案件正被另一个程序使用", EN: "the case is in use by another run"}
	}
	return fill(text{ZH: "案件正被另一个程序使用（进程 %d，%s）", EN: "the case is in use by another run (process %d, %s)"},
		by.PID, by.Since.In(evidence.Beijing).Format(time.DateTime))
}

// explainLines lists every mistake of a file at its place.
func explainLines(lines folder.LineErrors) *failure {
	f := &failure{code: exitFailed, err: lines}
	for i, l := range lines {
		zh := l.Where() + "：" + l.Found.ZH + "；应为" + l.Wanted.ZH
		en := l.Where() + ": found " + l.Found.EN + ", wanted " + l.Wanted.EN
		if i > 0 {
			zh, en = "\n      "+zh, "\n       "+en
		}
		f.what.ZH += zh
		f.what.EN += en
	}
	f.hints = []text{{ZH: "改好后再运行一次；没有写入任何东西", EN: "mend it and run again; nothing was written"}}
	if _, ours := lostWith[lines[0].File]; ours {
		f.hints = []text{{ZH: "这个文件是程序自己写的，不要手工改；其他文件都没有动",
			EN: "the program writes this file itself: do not edit it. Nothing else was touched"}}
	}
	return f
}

func explainDigest(d *folder.DigestError) *failure {
	f := &failure{code: exitFailed, err: d}
	if d.Elsewhere {
		f.what = fill(text{ZH: "证据 %s 的位置上没有文件本身，%s 是一个链接，或者指到了别的文件夹；没有打开它",
			EN: "exhibit %s: %s is a link, or names a file of another folder; it was not opened"}, d.Exhibit, d.File)
		f.hints = []text{{ZH: "把当时加进来的那份文件本身放回 exhibits 文件夹，文件名不变；案件是别人给的，请问一问是怎么来的",
			EN: "put the file itself back into the exhibits folder, under the same name; if somebody gave you the case, " +
				"ask them how it came about"}}
		return f
	}
	if d.Got == "" {
		f.what = fill(text{ZH: "证据 %s 的文件 %s 不见了", EN: "exhibit %s: its file %s is gone"}, d.Exhibit, d.File)
		f.hints = []text{{ZH: "从备份或原来的文件夹把它放回 exhibits 文件夹，文件名不变",
			EN: "put it back into the exhibits folder from a backup, under the same name"}}
		return f
	}
	f.what = fill(text{ZH: "证据 %s 的文件 %s 与登记时不同", EN: "exhibit %s: %s is not the file that was admitted"}, d.Exhibit,
		d.File)
	f.hints = []text{{ZH: "两份文件都保留，不要互相覆盖；从备份恢复原来的那份，新文件另行用 juzheng add 登记",
		EN: "keep both files; restore the old one from a backup, and add the new one as its own exhibit"}}
	return f
}

// explainRecord says what is wrong with a record of the user's own; nil: it is
// no such error.
func explainRecord(err error) *failure {
	var bad *evidence.RecordError
	if !errors.As(err, &bad) {
		return nil
	}
	said := "%[1]s：这里是%[2]s"
	if bad.Field != "" {
		said = "%[1]s：写的是%[2]s"
	}
	return &failure{code: exitFailed, err: err, what: fill(text{ZH: said, EN: "%[1]s: found %[3]s"},
		visible(bad.Where()), bad.Found.ZH, bad.Found.EN),
		hints: []text{fill(text{ZH: "应为：%[1]s；不需要这个文件时，把它移出这个文件夹",
			EN: "wanted: %[2]s; move the file elsewhere if you do not need it"},
			bad.Wanted.ZH, bad.Wanted.EN)}}
}

// explainDesk says the errors of desk's own; nil: it is none of them.
func explainDesk(err error) *failure {
	var role *desk.RoleError
	var unknown *desk.UnknownRecipientError
	var platform *desk.OtherPlatformError
	var unsupervised *desk.NoSupervisorError
	wrong := func(t text, args ...any) *failure { return &failure{code: exitUsage, err: err, what: fill(t, args...)} }
	switch {
	case errors.As(err, &role) && role.To == "":
		return wrong(text{ZH: "--to 是空的（可用 %[1]s）", EN: "--to is empty (there are %[2]s)"},
			strings.Join(allRoles, "、"), strings.Join(allRoles, ", "))
	case errors.As(err, &role):
		f := wrong(text{ZH: "--to 里没有 %[1]s 这个对象（可用 %[2]s）", EN: "--to knows no %[1]s (there are %[3]s)"},
			role.To, strings.Join(allRoles, "、"), strings.Join(allRoles, ", "))
		f.hints = meant(role.To, allRoles, "")
		return f
	case errors.As(err, &unknown) && len(unknown.Near) == 0:
		f := wrong(noRecipient, unknown.To, strings.Join(allRoles, "、"), strings.Join(allRoles, ", "))
		f.hints = meant(unknown.To, allRoles, "")
		return f
	case errors.As(err, &unknown):
		var near []string
		for _, r := range unknown.Near {
			near = append(near, fmt.Sprintf("%s（%s）", r.Slug, r.Name))
		}
		return wrong(text{ZH: "--to 里没有 %s 这个对象；您要的是不是：%s", EN: "--to knows no %s; did you mean: %s"}, unknown.To,
			names(near))
	case errors.As(err, &platform):
		return wrong(text{ZH: "%s（%s）不是本案的平台；本案的平台写在 case.toml 的 platform 里，用 --to platform",
			EN: "%s (%s) is not this case's platform, which stands under platform in case.toml: use --to platform"},
			platform.Slug, platform.Name)
	case errors.As(err, &unsupervised):
		return &failure{code: exitFailed, err: err,
			what: fill(text{ZH: "名录里没有 %s（%s）的监管部门", EN: "the directory has no supervisor for %s (%s)"},
				unsupervised.Region, evidence.RegionName(unsupervised.Region)),
			hints: []text{{ZH: "核对 case.toml 的 lender.region", EN: "check lender.region in case.toml"}}}
	}
	return nil
}

var movePlace = text{ZH: "给它换个名字，或移到案件夹外面，再运行一次；它没有被改动",
	EN: "rename it or move it out of the case folder, and run this again; it was not touched"}

// explainFiles says the errors of jobs that make or hand on a file; nil: it is
// none of them.
func explainFiles(err error) *failure {
	var taken *desk.TakenError
	var changed *desk.ChangedError
	var bundle *desk.BundleError
	var unshown *picture.Error
	var place *folder.PlaceTakenError
	var link *folder.LinkError
	var within *folder.WithinError
	switch {
	case errors.As(err, &link):
		return explainLink(link)
	case errors.As(err, &within):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "%[1]s 在案件夹 %[2]s 里面，没有建：案件夹里的案件，status 和 batch 找不到",
			EN: "%[1]s is inside the case folder %[2]s and was not made: status and batch find no case in a case"},
			quote(visible(within.Dir)), quote(visible(within.Case))),
			hints: []text{{ZH: "建在那个案件夹的旁边，或者别的文件夹里", EN: "make it beside that case, or in another folder"}}}
	case errors.As(err, &place) && place.Folder:
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "案件夹里的 %s 是一个文件，而程序要在这个名字下放一个文件夹",
			EN: "%s in the case folder is a file, and the program keeps a folder under that name"}, quote(place.Path)),
			hints: []text{movePlace}}
	case errors.As(err, &place):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "案件夹里的 %s 是一个文件夹，而程序要在这个名字下放一个文件",
			EN: "%s in the case folder is a folder, and the program keeps a file under that name"}, quote(place.Path)),
			hints: []text{movePlace}}
	case errors.As(err, &unshown):
		return &failure{code: exitFailed, err: err, what: unshown.Reason,
			hints: []text{{ZH: "原件还留着，没有动；从手机重新拷贝一份好的，用 juzheng add 加入",
				EN: "the original is kept; copy a whole one from the phone and add it"}}}
	case errors.As(err, &taken):
		return &failure{code: exitFailed, err: err,
			what:  fill(text{ZH: "%s 已经存在", EN: "%s is there already"}, taken.Path),
			hints: []text{{ZH: "换一个名字；已有的内容没有动", EN: "choose another name; nothing there was touched"}}}
	case errors.As(err, &changed):
		return &failure{code: exitFailed, err: err,
			what:  fill(text{ZH: "%s 在读取期间变了", EN: "%s changed while it was read"}, changed.Path),
			hints: []text{{ZH: "再运行一次", EN: "run it again"}}}
	case errors.As(err, &bundle) && errors.Is(err, folder.ErrNotSealed):
		return &failure{code: exitFailed, err: err, what: fill(text{
			ZH: "案件夹 %s 里还没有封存的证据包", EN: "the case folder %s has no sealed bundle yet"}, bundle.Case),
			hints: []text{fill(text{ZH: "先运行 juzheng build %s", EN: "run juzheng build %s first"}, quote(bundle.Case))}}
	case errors.As(err, &bundle):
		return &failure{code: exitAltered, err: err, what: text{
			ZH: "证据包和封存时不一样了，不能签名、盖时间戳、打印或者交出",
			EN: "the bundle is not what was sealed: nothing is signed, stamped, printed or handed over"},
			hints: []text{fill(text{ZH: "juzheng verify %s 会列出哪里不一样；juzheng build %[1]s 会重新做一份",
				EN: "juzheng verify %s lists what differs; juzheng build %[1]s makes it again"}, quote(bundle.Case))}}
	}
	return nil
}

// explainLink says which entry of a case leads elsewhere, and what to do about it.
func explainLink(link *folder.LinkError) *failure {
	what := fill(text{
		ZH: "案件夹里的 %s 是一个链接，通到别的地方。程序不跟着链接读写，所以停下了，什么都没有写",
		EN: "%s in the case folder is a link to somewhere else. Nothing is read or written through a link: " +
			"stopped, and nothing was written"}, quote(link.Path))
	if link.Target != "" {
		to := fill(text{ZH: "。它指向 %s", EN: ". It leads to %s"}, quote(link.Target))
		what = text{ZH: what.ZH + to.ZH, EN: what.EN + to.EN}
	}
	return &failure{code: exitRefused, err: link, what: what, hints: []text{
		{ZH: "把这个链接移出案件夹（或只删掉这个链接；它指向的东西不要动），再运行一次",
			EN: "move that link out of the case folder (or delete the link alone, not what it leads to), and run this again"},
		{ZH: "案件夹是别人给的：请对方说明这个链接是做什么用的；要的文件请他把文件本身放进去，重新给您",
			EN: "if the case came from somebody else: ask what the link is for; have the files themselves put there"},
		{ZH: "是您自己为了腾出空间放的：把文件移回案件夹，或者把整个案件夹搬到空间大的盘",
			EN: "if you put it there for room: bring the files back, or move the whole case folder to a larger disk"}}}
}
