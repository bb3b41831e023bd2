package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// explainFound says what came of a job of one of many cases, as its own command would:
// by the same exit code, and each thing to look at by its place.
func explainFound(f batch.Found) batch.Outcome {
	out := explainJob(f)
	out.Exceptions = append(out.Exceptions, unreadFiles(f.Unread, f.Item.Folder)...)
	for _, c := range f.Cut {
		out.Exceptions = append(out.Exceptions, batch.Exception{Reason: cutText(c)})
		if out.Exit == exitDone {
			out.Exit = exitPartial // done, and a person has to know
		}
	}
	return out
}

// explainJob says what came of a job by what it gave.
func explainJob(f batch.Found) batch.Outcome {
	if f.Err != nil {
		return explainFailed(f)
	}
	switch v := f.Value.(type) {
	case desk.Added:
		return addedOutcome(v, f.Item.Folder)
	case desk.Checked:
		return checkedOutcome(v)
	case desk.Built:
		return builtOutcome(v, f.Item.Folder)
	case desk.Verified:
		return verifiedOutcome(v, verifyOptions{})
	}
	return batch.Outcome{}
}

func explainFailed(f batch.Found) batch.Outcome {
	it := f.Item
	one := func(code int, what text, hints ...text) batch.Outcome {
		x := batch.Exception{Case: it.Name, Job: f.Job, Reason: what}
		for n, h := range hints {
			if n > 0 {
				x.Remedy.ZH, x.Remedy.EN = x.Remedy.ZH+"；", x.Remedy.EN+"; "
			}
			x.Remedy.ZH, x.Remedy.EN = x.Remedy.ZH+h.ZH, x.Remedy.EN+h.EN
		}
		return batch.Outcome{Exit: code, Exceptions: []batch.Exception{x}}
	}
	var blocked *desk.BlockedError
	var lines folder.LineErrors
	var locked *desk.LockedCaseError
	var same *batch.SameCaseError
	var twin *batch.TwinError
	var other *batch.OtherPersonError
	var fault *batch.PanicError
	var away *batch.AwayError
	var changing *batch.ChangingError
	var links *desk.UnpackableError
	var object *batch.ObjectError
	switch {
	case errors.As(f.Err, &blocked):
		return batch.Outcome{Exit: exitBlocked, Exceptions: obstacles(blocked.Report.Obstacles)}
	case errors.As(f.Err, &lines):
		out := batch.Outcome{Exit: exitFailed}
		for _, l := range lines {
			file := l.File
			if l.Line > 0 {
				file += fmt.Sprintf(":%d", l.Line)
			}
			out.Exceptions = append(out.Exceptions, batch.Exception{Case: it.Name, Job: f.Job, File: file,
				Cell:   l.Column,
				Reason: l.Found, Remedy: text{ZH: "应为" + l.Wanted.ZH, EN: "wanted: " + l.Wanted.EN}})
		}
		return out
	case errors.As(f.Err, &locked):
		return one(exitFailed, text{ZH: "上了锁的案件，没有打开", EN: "a locked case; it was not opened"},
			fill(text{ZH: "juzheng keep %[1]s --unlock", EN: "juzheng keep %[1]s --unlock"}, quote(locked.Path)))
	case errors.As(f.Err, &same):
		return one(exitFailed, fill(text{ZH: "和 %[1]s 是同一个案件（case.toml 里的编号相同），多半是复制出来的；没有做",
			EN: "the same case as %[1]s (of one id in case.toml), perhaps a copy; nothing was done"},
			visible(same.First)),
			text{ZH: "留一份，另一份移到别处", EN: "keep one, and move the other elsewhere"})
	case errors.As(f.Err, &twin):
		return one(0, fill(twinText, visible(twin.Folder), visible(twin.First)))
	case errors.As(f.Err, &other):
		out := one(exitFailed, fill(text{ZH: "名册写的是“%[1]s”，%[3]s 里是“%[2]s”；没有做",
			EN: "the roster has %[1]s, and %[3]s has %[2]s; nothing was done"},
			visible(other.Wanted), visible(other.Found),
			visible(other.File)),
			text{ZH: "核对是谁的案件，把写错的一处改过来", EN: "find out whose case it is, and mend the wrong one"})
		out.Exceptions[0].File = other.Place
		return out
	case errors.As(f.Err, &away):
		what := whyWords[away.Why]
		return one(exitFailed, text{ZH: "别的机器试了三次，没有做成：" + what.ZH,
			EN: "given up by the workers after three tries: " + what.EN},
			text{ZH: "案件没有变；把原因去掉再运行，或者不用 --nats 在本机做",
				EN: "the case is as it was; mend the cause and run it again, or do it here without --nats"})
	case errors.As(f.Err, &changing):
		return one(exitFailed, text{ZH: "发出去以后案件一直在变，没有用做出来的",
			EN: "the case kept changing while it was away; what was made was not used"},
			text{ZH: "等没有人改了再运行", EN: "run it again when nobody changes it"})
	case errors.As(f.Err, &links):
		return one(exitFailed, fill(text{ZH: "案件夹里有链接之类的东西，不是文件，没有发出去：%[1]s",
			EN: "the case folder holds links and the like, which cannot be sent: %[1]s"}, visible(links.Paths[0])),
			text{ZH: "移到别处再运行，或者不用 --nats 在本机做",
				EN: "move them elsewhere and run it again, or do it here without --nats"})
	case errors.As(f.Err, &object):
		return one(exitFailed, whyWords[batch.WhyObject], text{ZH: "再运行一次；还是这样的，看是不是每台机器同一个 --key",
			EN: "run it again; if it stays so, see whether all machines have the same --key"})
	case errors.As(f.Err, &fault):
		return one(exitFault, fill(text{ZH: "程序出错（不是您的操作问题）：%[1]v", EN: "fault in the program: %[1]v"}, fault.Fault),
			text{ZH: "单独运行这个案件，把出来的内容发给我们", EN: "run this case alone, and send us what it says"})
	}
	said := f.Err
	if f.Job == batch.Verify {
		said = verifyError(it.Folder, verifyOptions{}, f.Err)
	}
	e := explain(said)
	out := one(e.code, e.what, e.hints...)
	out.Exceptions[0].File = fileOf(f.Err)
	if file := out.Exceptions[0].File; file != "" && (file == it.Answers || file == it.Phone) {
		out.Exceptions[0].File = it.Place
		out.Exceptions[0].Remedy = text{ZH: "改名册里的这一行，或者把它放回去", EN: "mend that row of the roster, or put it back"}
	}
	return out
}

// fileOf is the exhibit or file that an error is about; empty: it names none.
func fileOf(err error) string {
	var digest *folder.DigestError
	var unreadable *desk.UnreadableError
	var path *fs.PathError
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "" // the one that was being written has nothing to do with it
	case errors.As(err, &digest):
		return digest.Exhibit
	case errors.As(err, &unreadable):
		return unreadable.Path
	case errors.As(err, &path):
		return path.Path
	}
	return ""
}

// lookYourself is what helps with what was not read. It is told of until the file is left out.
func lookYourself(dir, exhibit string) text {
	return fill(text{ZH: "看一看原文件，要紧的行自己写进时间线；另有完整的，加进来，这一份不要：juzheng leave %[1]s %[2]s",
		EN: "look at the file, and write rows that matter yourself; if there is a whole one, add it, and leave this " +
			"one out: juzheng leave %[1]s %[2]s"}, quote(dir), exhibit)
}

// unreadFiles are files of a case of which something was not read.
func unreadFiles(all []intake.UnreadLog, dir string) (out []batch.Exception) {
	for _, u := range all {
		out = append(out, batch.Exception{File: u.Exhibit,
			Reason: text{ZH: tellNote(u.Note, "zh"), EN: tellNote(u.Note, "en")}, Remedy: lookYourself(dir, u.Exhibit)})
	}
	return out
}

func addedOutcome(v desk.Added, dir string) batch.Outcome {
	var out batch.Outcome
	for _, u := range v.Unusable {
		if u.Code != intake.SystemFile {
			out.Exceptions = append(out.Exceptions, batch.Exception{File: u.Path,
				Reason: text{ZH: noteText(u.Code, u.Detail, "zh"), EN: noteText(u.Code, u.Detail, "en")},
				Remedy: text{ZH: "换一份好的再加，或者不用它", EN: "add a good one, or do without it"}})
		}
	}
	unread := slices.Clone(v.Unread)
	for _, x := range v.Admitted {
		told := slices.ContainsFunc(v.Unread, func(u intake.UnreadLog) bool { return u.Exhibit == x.Number })
		for _, n := range x.Notes {
			if !told && (n.Code == evidence.NoteUnread || n.Code == intake.NoteBroken) {
				unread = append(unread, intake.UnreadLog{Exhibit: x.Number, Note: n})
			}
		}
	}
	out.Exceptions = append(out.Exceptions, unreadFiles(unread, dir)...)
	if v.Partial() {
		out.Exit = exitPartial
	}
	return out
}

func checkedOutcome(v desk.Checked) batch.Outcome {
	out := batch.Outcome{Exceptions: lostFiles(v.Report.Doubts)}
	if len(out.Exceptions) > 0 {
		out.Exit = exitPartial
	}
	out.Exceptions = append(out.Exceptions, obstacles(v.Report.Obstacles)...)
	if v.Blocked() {
		out.Exit = exitBlocked
	}
	return out
}

// lostFiles are exhibits whose rows count for nothing because their file is gone, or not
// the one that was admitted: what the case then seems to lack is not the reason.
func lostFiles(doubts []evidence.Doubt) (out []batch.Exception) {
	for _, d := range doubts {
		if d.Code != evidence.SourceUnread {
			continue
		}
		for _, s := range d.Says {
			exhibit, _, _ := strings.Cut(s.Source, ":")
			if (s.Value != evidence.FileMissing && s.Value != evidence.FileAltered) ||
				slices.ContainsFunc(out, func(x batch.Exception) bool { return x.File == exhibit }) {
				continue
			}
			lost := &folder.DigestError{Exhibit: exhibit}
			if s.Value == evidence.FileAltered {
				lost.Got = s.Value
			}
			out = append(out, batch.Exception{File: exhibit, Reason: d.Text().Text, Remedy: explainDigest(lost).hints[0]})
		}
	}
	return out
}

// obstacles are what has to be mended, each at its place.
func obstacles(all []evidence.Obstacle) (out []batch.Exception) {
	for _, o := range all {
		file, cell, _ := strings.Cut(o.Place(), " ")
		out = append(out, batch.Exception{File: file, Cell: cell, Reason: o.What.Text, Remedy: o.Remedy.Text})
	}
	return out
}

func builtOutcome(v desk.Built, dir string) batch.Outcome {
	var out batch.Outcome
	put := func(file string, reason, remedy text) {
		out.Exceptions = append(out.Exceptions, batch.Exception{File: file, Reason: reason, Remedy: remedy})
	}
	for _, x := range v.Unset {
		put(x.Exhibit, text{ZH: "印不进证据册：" + x.Reason.ZH, EN: "could not be set in the exhibit book: " + x.Reason.EN},
			text{ZH: "原件在证据包里；从手机重新拷贝一份好的再加", EN: "the original is in the bundle; copy a whole one and add it"})
	}
	if v.NotForwarded {
		put("", text{ZH: "转交的投诉书没有做", EN: "no letter to be passed on was made"},
			fill(text{ZH: "看原因：juzheng check %[1]s --to forward", EN: "why: juzheng check %[1]s --to forward"},
				quote(dir)))
	}
	if v.Harm.Costs() {
		put(folder.TimelineFile, fill(text{ZH: "时间线表格被改过，有 %[1]d 条材料能证明的事写不进信",
			EN: "the timeline was changed, and letters lack %[1]d acts that files show"}, v.Harm.Fewer),
			fill(text{ZH: "juzheng timeline %[1]s --restore", EN: "juzheng timeline %[1]s --restore"}, quote(dir)))
	}
	if v.Partial() {
		out.Exit = exitPartial
	}
	return out
}

// verifiedOutcome is the verdict of a bundle with what is wrong with it.
func verifiedOutcome(v desk.Verified, o verifyOptions) batch.Outcome {
	out := batch.Outcome{Exit: exitOf(v)}
	if out.Exit == exitDone {
		return out
	}
	remedy := text{}
	for n, s := range nextSteps(v.Result, o) {
		if n > 0 {
			remedy.EN += " "
		}
		remedy.ZH, remedy.EN = remedy.ZH+s.ZH, remedy.EN+s.EN
	}
	for _, p := range v.Result.Problems {
		if p.Severity == bag.Warning || p.Severity == bag.Note {
			continue
		}
		where := bag.Marked(p.Path)
		if p.Line > 0 {
			where += fmt.Sprintf(":%d", p.Line)
		}
		out.Exceptions = append(out.Exceptions, batch.Exception{File: where, Cell: p.Code, Reason: text(p.Detail),
			Remedy: remedy})
	}
	if len(out.Exceptions) == 0 {
		out.Exceptions = []batch.Exception{{Reason: verdictText(v.Result), Remedy: remedy}}
	}
	return out
}
