package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"mime/multipart"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

// A faultView is something that could not be done: what, what was kept, and
// what to do, with all that was typed.
type faultView struct {
	What  string
	Kept  string
	Hints []string
	Again string  // address of the form that failed; empty: it was no form
	Typed []typed // what it held
	Back  string
	Send  string // a text for who helps; empty: the person needs none
}

type typed struct{ Name, Value string }

var faultScreen = screen{path: faultPath, free: true,
	title: evidence.Text{ZH: "这一步没有做成", EN: "This could not be done"},
	words: words{
		"again": {ZH: "再试一次", EN: "Try again"},
		"typed": {ZH: "刚才填的都还在，再试的时候一起带上。", EN: "What you typed is still here and goes along when you try again."},
		"go":    {ZH: "回到上一页", EN: "Go back"},
		"send": {ZH: "请人帮忙时，把下面这段发给他。里面没有您填的内容。",
			EN: "To whoever helps you, send this. Nothing that you typed is in it."},
		"text": {ZH: "出错信息", EN: "what went wrong"},
	},
}

// kept is what a person wants to know first.
var keptAll = evidence.Text{ZH: "以前存好的都在，没有动。", EN: "What was saved before is there and untouched."}

// explanations are the errors that the page has words of its own for.
func explain(err error) (status int, what, hint evidence.Text, ok bool) {
	var (
		locked  *folder.LockedError
		busy    *busyError
		tooLong *http.MaxBytesError
		wrong   *encrypt.NoMatchError
		gone    *desk.StaleQuestionError
		links   *desk.UnpackableError
		rare    *desk.UnprintableError
		edited  *folder.FilingChangedError
		nobody  *desk.RoleError
		unknown *desk.UnknownRecipientError
		stale   *desk.NotCurrentError

		stranger *desk.NotOfCaseError
		outside  *folder.LinkError
		spoilt   *encrypt.DamagedError
	)
	switch {
	case errors.Is(err, desk.ErrNothingLeft):
		return http.StatusUnprocessableEntity,
			evidence.Text{ZH: "要给的证据全勾成不放了，副本是空的，没有做。", EN: "Every exhibit is kept back: no copy was made."},
			evidence.Text{ZH: "至少留一份，再做一次。", EN: "Leave one at least and make it again."}, true
	case errors.As(err, &spoilt):
		return http.StatusUnprocessableEntity,
			evidence.Text{ZH: "这个文件上锁以后被改动或截短了，打不开，什么都没有写。",
				EN: "This file was altered or cut short after it was locked: it cannot be opened, and nothing was written."},
			evidence.Text{ZH: "用您另外存的那一份（U盘、另一台电脑）。这个文件先不要删；复制的时候没有复制完的，从原处再复制一次。",
				EN: "Use the other copy that you kept, on a stick or another computer. Do not delete this file yet; if it " +
					"was copied here, copy it again from where it was."}, true
	case errors.As(err, &outside):
		return http.StatusConflict,
			fill(evidence.Text{ZH: "案件文件夹里的“%s”是一个链接，通到别的地方。程序不跟着链接读写，所以停下了。",
				EN: "“%s” in the folder of the case is a link to somewhere else. Nothing is read or written through it."},
				outside.Name),
			evidence.Text{ZH: "把这个链接移出案件文件夹，它指向的东西不要动，再试一次。文件夹是别人给的，先问问他这是什么。",
				EN: "Move the link out of the folder, leave what it leads to alone, and try again. If the folder came " +
					"from somebody else, ask them first what it is."}, true
	case errors.As(err, &rare):
		return http.StatusUnprocessableEntity,
			fill(evidence.Text{ZH: "“%s”里有一个字，程序和这台电脑的字体里都没有，信还做不了。",
				EN: "No font of the program or this computer has a character of “%s”: no letter can be made yet."}, rare.Text),
			evidence.Text{ZH: "装上有这个字的字体；没有的，在“您和借款”里用大写拼音代替它，打印以后用黑色签字笔把字补写上。",
				EN: "Install a font that has it; or write it in pinyin under “You and the loan”, and by hand on the " +
					"printed pages."}, true
	case errors.As(err, &wrong):
		return http.StatusUnprocessableEntity,
			evidence.Text{ZH: "密码不对。", EN: "The passphrase is wrong."},
			evidence.Text{ZH: "看看大小写和输入法，再试一次。", EN: "Look at capitals and the input method, and try again."}, true
	case errors.Is(err, folder.ErrNotPacked):
		return http.StatusUnprocessableEntity,
			evidence.Text{ZH: "这个文件里不是上了锁的案件。", EN: "There is no locked case in this file."},
			evidence.Text{ZH: "回到“开始”，另选一个。", EN: "Go to the start and choose another one."}, true
	case errors.As(err, &links):
		return http.StatusConflict,
			evidence.Text{ZH: "案件夹里有链接之类的东西，打不了包，所以没有上锁，什么也没有删。",
				EN: "There are links and the like in the case folder, which cannot be packed: " +
					"it was not locked, and nothing was deleted."},
			fill(evidence.Text{ZH: "把它移到别处，再上锁：%s", EN: "Move it elsewhere and lock it then: %s"}, links.Paths[0]), true
	case errors.Is(err, fs.ErrExist):
		return http.StatusConflict,
			evidence.Text{ZH: "同名的文件夹已经在那里了，没有动它。", EN: "A folder of that name is there already; it was not touched."},
			evidence.Text{ZH: "要用这一份，先把那个文件夹改名。", EN: "To have this one, rename that folder first."}, true
	case errors.As(err, &locked), errors.As(err, &busy):
		return http.StatusConflict,
			evidence.Text{ZH: "这个案件正在被另一个窗口或命令使用。", EN: "Another window or command is using this case."},
			evidence.Text{ZH: "等它做完，再试一次。", EN: "Wait until it is done and try again."}, true
	case errors.As(err, &gone), errors.Is(err, folder.ErrNoAnswer):
		return http.StatusGone,
			evidence.Text{ZH: "这个问题已经答过、收回了，或者不用再问了。什么也没有改。",
				EN: "This was answered or taken back already, or need not be asked any more. Nothing was changed."},
			evidence.Text{ZH: "多半是按了两下，或者开了两个窗口。回到上一页，看现在的样子。",
				EN: "Most likely it was pressed twice, or there are two windows. Go back and see how it stands now."}, true
	case errors.Is(err, folder.ErrNoEntry):
		return http.StatusGone,
			evidence.Text{ZH: "没有可以收回的了，什么也没有改。", EN: "Nothing is left to be taken back. Nothing was changed."},
			evidence.Text{ZH: "多半是按了两下。回到上一页，看现在的样子。", EN: "Most likely it was pressed twice. Go back and see."}, true
	case errors.As(err, &edited):
		return http.StatusConflict,
			evidence.Text{ZH: "最后记的一笔后来用别的程序改过，没有动它。",
				EN: "The last entry was edited with another program since, and is left alone."},
			evidence.Text{ZH: "在改它的那个程序里接着改。", EN: "Edit it there."}, true
	case errors.As(err, &nobody), errors.As(err, &stranger), errors.As(err, &unknown):
		return http.StatusNotFound,
			evidence.Text{ZH: "这个案件里没有这个受理机构。什么也没有改。", EN: "This case has no such recipient. Nothing was changed."},
			evidence.Text{ZH: "回到上一页，看现在的样子。", EN: "Go back and see how it stands now."}, true
	case errors.As(err, &stale):
		return http.StatusConflict,
			evidence.Text{ZH: "这份材料做好以后，案件又变了，现在的和做好的不一样。什么也没有改。",
				EN: "The case has changed since these papers were made. Nothing was changed."},
			evidence.Text{ZH: "回“信”那一步，读一遍，重新做材料。",
				EN: "Go back to the letters, read them and make the papers anew."}, true
	case errors.Is(err, errNotOpen):
		return http.StatusNotFound,
			evidence.Text{ZH: "这个案件在这次运行里还没有打开。", EN: "This case was not opened in this run."},
			evidence.Text{ZH: "回到“开始”，选它的文件夹。", EN: "Go to the start and choose its folder."}, true
	case errors.Is(err, errNoPage):
		return http.StatusNotFound,
			evidence.Text{ZH: "没有这一页。", EN: "There is no such page."},
			evidence.Text{ZH: "回到“开始”。", EN: "Go to the start."}, true
	case errors.Is(err, folder.ErrNoCase), errors.Is(err, fs.ErrNotExist):
		return http.StatusNotFound,
			evidence.Text{ZH: "案件文件夹不在原来的地方了。", EN: "The folder of the case is no longer where it was."},
			evidence.Text{ZH: "移动过或者改了名字的，回到“开始”，选它现在的位置。",
				EN: "If it was moved or renamed, go to the start and choose where it is now."}, true
	case errors.Is(err, fs.ErrPermission):
		return http.StatusForbidden,
			evidence.Text{ZH: "没有权限读或者写这个文件夹。", EN: "This folder may not be read or written."},
			evidence.Text{ZH: "换到自己的文件夹里，比如桌面，再试。",
				EN: "Move it to a folder of your own, such as the desktop, and try again."}, true
	case errors.As(err, &tooLong) && tooLong.Limit > maxForm:
		return http.StatusRequestEntityTooLarge,
			fill(evidence.Text{ZH: "选的文件太大，没有放进去：加起来最多%dMB。",
				EN: "The chosen files are too large and were not taken: %d MB at most together."}, tooLong.Limit>>20),
			evidence.Text{ZH: "凭据用照片、截图就够；录像太大的，截一张图，或者录短一点。",
				EN: "A photo or a screenshot is enough; of a long video take one picture, or film less."}, true
	case errors.Is(err, multipart.ErrMessageTooLarge), errors.As(err, &tooLong):
		return http.StatusRequestEntityTooLarge,
			evidence.Text{ZH: "填的内容太长。", EN: "What was typed is too long."},
			evidence.Text{ZH: "分成几次填。", EN: "Give it in parts."}, true
	}
	return http.StatusInternalServerError, evidence.Text{}, evidence.Text{}, false
}

// ownWork is said where the page itself holds the case: nobody else is in it.
var ownWork = [2]evidence.Text{
	{ZH: "这个页面开始的一件事还没有做完，例如读图里的字。", EN: "Something that this page began is still going on, such as reading pictures."},
	{ZH: "等它做完再试一次，填的都还在；等不及，回到上一页按“停下”。",
		EN: "Try again when it is done, nothing typed is lost; if you cannot wait, go back and stop it."},
}

// explain is [explain], where nobody but the page may be in the case.
func (v *visit) explain(err error) (status int, what, hint evidence.Text, ok bool) {
	status, what, hint, ok = explain(err)
	if held := (*folder.LockedError)(nil); errors.As(err, &held) && v.works() {
		what, hint = ownWork[0], ownWork[1]
	}
	return status, what, hint, ok
}

// fault answers with what could not be done. Status 0: by the error.
func (s *server) fault(w http.ResponseWriter, v *visit, status int, err error) {
	by, what, hint, ok := v.explain(err)
	view := faultView{What: v.in(what), Kept: v.in(keptAll), Back: s.guard.root + "/"}
	var panicked *panicError
	switch {
	case ok:
		view.Hints = []string{v.in(hint)}
	case errors.As(err, &panicked):
		view.What = v.in(evidence.Text{ZH: "程序自己出了错，不是您做错了什么。", EN: "A fault of the program; you did nothing wrong."})
		view.Send = sendable(v, panicked.Error()+"\n"+string(panicked.stack))
	default:
		view.What, view.Hints = v.explained(err)
		view.Send = sendable(v, err.Error())
	}
	// Once more does not help where the question is gone.
	if v.r.Method == http.MethodPost && v.r.Form != nil && by != http.StatusGone {
		view.Again = v.r.URL.Path
		for _, name := range slices.Sorted(maps.Keys(v.r.PostForm)) {
			if name == "phrase" || name == "again" {
				continue // a passphrase stands in no page
			}
			for _, value := range v.r.PostForm[name] {
				view.Typed = append(view.Typed, typed{name, value})
			}
		}
	}
	if v.key != "" {
		view.Back = v.here()
	}
	v.screen.title = faultScreen.title
	shownAs := *v
	shownAs.screen = faultScreen
	f := frame{Lang: v.lang, Root: s.guard.root, Title: v.in(faultScreen.title), V: view}
	f.Here, f.Other = v.withQuery(s.guard.root + "/")
	var b bytes.Buffer
	if err := s.pages[v.lang].write(&b, faultPath, f); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Del("Content-Disposition")
	w.WriteHeader(cmp.Or(status, by))
	w.Write(b.Bytes())
}

// sendable is a text for who helps: the program, the place and the error,
// without the names of folders.
func sendable(v *visit, what string) string {
	text := fmt.Sprintf("%s\n%s %s\n%s", v.desk.Tool, v.r.Method, v.screen.path, what)
	if v.dir != "" {
		text = strings.ReplaceAll(text, v.dir, "CASE")
	}
	return text
}

// recovering makes a page of a panic: a fault in one request ends no other.
func (s *server) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if value := recover(); value != nil {
				if value == http.ErrAbortHandler {
					panic(value) // the way to break off an answer that was begun
				}
				s.fault(w, s.visitOf(r, faultScreen), http.StatusInternalServerError, &panicError{value, debug.Stack()})
			}
		}()
		next.ServeHTTP(w, r)
	})
}
