package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// keepScreen is the case as a whole: all that was answered, a copy elsewhere,
// the lock, and its end.
var keepScreen = screen{path: keepPath,
	title: evidence.Text{ZH: "这个案件", EN: "This case"},
	view:  func(v *visit) (any, error) { return v.keepView() },
	acts: map[string]act{
		"undo":   func(v *visit) (string, error) { return "", v.undo(v.form("n")) },
		"close":  func(v *visit) (string, error) { return v.closed("closed") },
		"lock":   func(v *visit) (string, error) { return "", v.lock() },
		"delete": func(v *visit) (string, error) { return v.delete() },
	},
	words: words{
		"lead":   {ZH: "%d个文件，%s。", EN: "%d files, %s."},
		"own":    {ZH: "其中您自己放进去的%d个：", EN: " Of these you put there %d yourself: "},
		"more":   {ZH: "等", EN: " and more"},
		"said":   {ZH: "您答过的", EN: "What you answered"},
		"said-0": {ZH: "还没有答过问题。", EN: "Nothing was answered yet."},
		"said-s": {ZH: "收回以后，会在原来的地方再问一遍。", EN: "What you take back is asked again where it was."},
		"take":   {ZH: "收回", EN: "Take back"},
		"at":     {ZH: "在“%s”", EN: "on “%s”"},
		"copy":   {ZH: "存一份到U盘", EN: "A copy on a stick"},
		"copy-s": {ZH: "整个案件复制过去，一个个核对。没有上锁，谁拿到都能看；以后只在其中一份里接着做。",
			EN: "The whole case is copied, each file compared. It is not locked: whoever gets it can read it. Go on in " +
				"one of the two only."},
		"choose":  {ZH: "选U盘里的文件夹", EN: "Choose a folder of the stick"},
		"copying": {ZH: "正在复制并核对", EN: "Copying and comparing"},
		"locking": {ZH: "正在上锁", EN: "Locking"},
		"copied":  {ZH: "复制好了，%d个文件都核对过", EN: "Copied; all %d files were compared"},
		"links":   {ZH: "有%d个链接之类的东西没有复制：%s", EN: "%d links and the like were not copied: %s"},
		"failed":  {ZH: "没有做成", EN: "It could not be done"},
		"lock":    {ZH: "上锁", EN: "Lock it"},
		"lock-s": {ZH: "打包成旁边的一个文件，只有密码能打开；核对以后，原来的文件夹删掉。密码忘了，谁也打不开，程序也不能。",
			EN: "It becomes one file beside the folder that only the passphrase opens; once that is checked the folder " +
				"is deleted. Without the passphrase nobody opens it, this program neither."},
		"traces": {ZH: "硬盘上的痕迹清不干净：专门的软件有时还能找回删掉的文件。",
			EN: "A disk is never cleaned of every trace: special programs can sometimes bring back what was deleted."},
		"phrase": {ZH: "密码，至少10个字；几个不相干的词连起来最好",
			EN: "Passphrase, 10 characters at least; some words that do not belong together are best"},
		"again":  {ZH: "再写一遍", EN: "Once more"},
		"locked": {ZH: "已经上锁", EN: "It is locked"},
		"locked-s": {ZH: "%d个文件用密码打开核对过，原来的文件夹已经删掉。要打开：回到“开始”，选这个文件。",
			EN: "%d files were read again with the passphrase, and the folder was deleted. To open it, choose this file " +
				"at the start."},
		"to-start": {ZH: "回到“开始”", EN: "Go to the start"},
		"delete":   {ZH: "删掉", EN: "Delete it"},
		"delete-s": {ZH: "案件夹和里面的一切永久删掉：材料、信、您答过的、您自己放进去的。手机里和别处的文件不动；手机里的原件还在不在，程序不知道。",
			EN: "The folder with all in it is deleted for good: exhibits, letters, answers, what you put there. Files on " +
				"the phone and elsewhere stay; whether the phone still has the originals is not known here."},
		"filed-s": {ZH: "里面有%d份交出去的材料的留底，收件的机构可能还会问到。",
			EN: "%d packets in it were kept as they were handed in; who received them may still ask about them."},
		"sure":    {ZH: "想好了，写“删掉”", EN: "If you are sure, write delete"},
		"do-it":   {ZH: "永久删掉", EN: "Delete for good"},
		"by-hand": {ZH: "自己改", EN: "By hand"},
		"by-hand-s": {ZH: "每一件事都能看、能改；习惯用Excel的，也可以在表格里填。",
			EN: "Every act can be looked at and put right; if you live in Excel, in a workbook too."},
		"acts":    {ZH: "一件件看", EN: "Act by act"},
		"sheet":   {ZH: "用表格填", EN: "Fill in a workbook"},
		"close":   {ZH: "关上这个案件", EN: "Close this case"},
		"close-s": {ZH: "这次运行里不再显示它的名字；文件都在。", EN: "Its name is no longer shown in this run; the files stay."},
	},
}

// A keepView is a case as a whole.
type keepView struct {
	Going   *goingView
	Doing   string // word for what goes on
	Failed  *failedView
	Copied  *desk.KeptCopy
	Locked  *desk.KeptCopy // the folder is gone
	Links   string
	Files   int
	Size    string
	Own     string
	OwnN    int
	OwnMore bool
	Filed   int
	Said    []answeredView
}

// An answeredView is an answer with the screen that asked for it.
type answeredView struct {
	N           int
	Text, Said  string
	Where, Href string
}

// The works of this screen.
const (
	copyWork = "copy-case"
	lockWork = "lock"
)

func (v *visit) keepView() (keepView, error) {
	var out keepView
	if w, any := v.working(); any && (w.name == copyWork || w.name == lockWork) {
		switch {
		case !w.ended:
			out.Going, out.Doing = w.progressAt(time.Now()).going(), "copying"
			if w.name == lockWork {
				out.Doing = "locking"
				return out, nil // the folder goes away meanwhile
			}
		case w.err != nil:
			out.Failed = v.failedView(w.err)
		default:
			made := w.result.(desk.KeptCopy)
			if w.name == copyWork {
				out.Copied, out.Links = &made, strings.Join(made.Left, "、")
			} else if _, err := os.Stat(v.dir); errors.Is(err, fs.ErrNotExist) { // else it was opened since
				return keepView{Locked: &made}, nil
			}
		}
	}
	k, err := desk.KeepingOf(v.desk, v.dir)
	if err != nil {
		return out, err
	}
	const most = 8
	own := k.Own[:min(len(k.Own), most)]
	out.Files, out.Size, out.Filed = k.Files, sizeOf(k.Bytes), k.Filed
	out.Own, out.OwnN, out.OwnMore = strings.Join(own, "、"), len(k.Own), len(k.Own) > most
	given, err := desk.Answers(v.ctx, v.desk, v.dir)
	if err != nil {
		return out, err
	}
	for _, a := range slices.Backward(given.Answers) {
		at := screenOf(ask.Kind(a.Kind))
		out.Said = append(out.Said, answeredView{a.N, a.Text.In(v.lang), cmp.Or(a.Said.In(v.lang), a.Value), v.in(at.title),
			v.base() + "/" + at.path})
	}
	return out, nil
}

// screenOf is where a kind of question is asked.
func screenOf(k ask.Kind) screen {
	switch {
	case k == ask.Phone || k == ask.Leave:
		return foundScreen
	case k == ask.Caller || k == ask.Contact:
		return callersScreen
	case isOfCards(k):
		return listenScreen
	case k == ask.OneRow || k == desk.ActAnswer || k == desk.SheetAnswer:
		return timelineScreen
	case k == "split":
		return callersScreen
	}
	return loanScreen
}

// sizeOf is a size as people read it.
func sizeOf(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// copyTo copies the case into a folder while the person looks on.
func (v *visit) copyTo(to string) error {
	dir := v.dir
	return v.work(copyWork, func(ctx context.Context, d desk.Desk) (any, error) {
		return desk.CopyCase(ctx, d, dir, to)
	})
}

// lock locks the case with the passphrase that was typed twice.
func (v *visit) lock() error {
	const least = 10
	phrase := v.form("phrase")
	switch {
	case len([]rune(phrase)) < least:
		return &mistake{"phrase", evidence.Text{ZH: "太短，至少要10个字。", EN: "Too short: 10 characters at least."}}
	case phrase != v.form("again"):
		return &mistake{"again", evidence.Text{ZH: "两次写的不一样。", EN: "The two differ."}}
	}
	dir, key := v.dir, v.key
	return v.work(lockWork, func(ctx context.Context, d desk.Desk) (any, error) {
		made, err := desk.LockCase(ctx, d, dir, []byte(phrase))
		if err == nil {
			err = v.s.unlist(key)
		}
		return made, err
	})
}

// delete deletes the case on the word that was typed.
func (v *visit) delete() (string, error) {
	if said := strings.TrimSpace(v.form("sure")); said != "删掉" && !strings.EqualFold(said, "delete") {
		return "", &mistake{"sure", evidence.Text{ZH: "没有删。要删的，在这里写“删掉”。",
			EN: "Nothing was deleted. Write delete here to do it."}}
	}
	if w, any := v.working(); any && !w.ended {
		return "", &busyError{w.name}
	}
	if _, err := desk.DeleteCase(v.ctx, v.desk, v.dir); err != nil {
		return "", err
	}
	if err := v.s.unlist(v.key); err != nil {
		return "", err
	}
	return v.closed("deleted")
}

// closed forgets the case for this run and goes to the start, which says so.
func (v *visit) closed(did string) (string, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if w := v.s.works[v.key]; w != nil && !w.ended {
		return "", &busyError{w.name}
	}
	delete(v.s.places, v.key)
	delete(v.s.read, v.key)
	delete(v.s.works, v.key)
	return query(v.s.guard.root+"/", "did", did), nil
}

// unlockScreen asks for the passphrase of a locked case or bundle.
var unlockScreen = screen{path: unlockPath, free: true,
	title: evidence.Text{ZH: "打开上了锁的文件", EN: "Open a locked file"},
	view:  func(v *visit) (any, error) { return v.unlockView() },
	acts:  map[string]act{"open": func(v *visit) (string, error) { return v.unlock() }},
	words: words{
		"phrase":  {ZH: "密码", EN: "Passphrase"},
		"open":    {ZH: "打开", EN: "Open it"},
		"opening": {ZH: "正在打开", EN: "Opening"},
		"failed":  {ZH: "没有打开", EN: "It was not opened"},
		"opened":  {ZH: "打开了", EN: "It is open"},
		"opened-s": {ZH: "案件夹放在它旁边。上了锁的文件还在，不用了可以自己删。",
			EN: "The case folder is beside it. The locked file is still there; delete it yourself when you need it no " +
				"longer."},
		"go-on": {ZH: "接着做", EN: "Go on"},
		"key":   {ZH: "或者您的私钥文件", EN: "Or the file of your key"},
		"key-s": {ZH: "给您的公钥加密的，选 age 或者 SSH 的私钥文件；私钥自己有密码的，写在上面。只在这次运行里用，不存下来。",
			EN: "If it was locked for your key, choose the age or SSH key file; if the key has a passphrase, write that " +
				"above. It is used in this run alone and not kept."},
	},
}

// An unlockView is a locked case.
type unlockView struct {
	Of, Name string
	Going    *goingView
	Failed   *failedView
	Bundle   bool
	Opened   string // address of the case
}

// locked is the file that a request names.
func (v *visit) locked() (file string, err error) {
	file, ok := v.s.place(v.form("of"))
	if !ok {
		return "", errNotOpen
	}
	v.of = v.form("of")
	return file, nil
}

func (v *visit) unlockView() (unlockView, error) {
	file, err := v.locked()
	if err != nil {
		return unlockView{}, err
	}
	out := unlockView{Of: v.of, Name: bundleName(file), Bundle: !isLockedCase(file)}
	w, any := v.working()
	if out.Bundle {
		return out, nil // how it ended the check tells
	}
	switch {
	case !any:
	case !w.ended:
		out.Going = w.progressAt(time.Now()).going()
	case w.err != nil:
		out.Failed = v.failedView(w.err)
	default:
		key, err := v.s.put(w.result.(desk.KeptCopy).Path)
		if err != nil {
			return out, err
		}
		out.Opened = v.s.guard.root + "/c/" + key + "/" + foundPath
	}
	return out, nil
}

func (v *visit) unlock() (string, error) {
	file, err := v.locked()
	if err != nil {
		return "", err
	}
	phrase := v.form("phrase")
	key, err := v.keyFile()
	switch {
	case err != nil:
		return "", err
	case phrase == "" && len(key) == 0:
		return "", &mistake{"phrase", evidence.Text{ZH: "还没有写密码。", EN: "No passphrase was written."}}
	}
	if !isLockedCase(file) {
		v.s.mu.Lock()
		v.s.opens[v.of] = opener{[]byte(phrase), key}
		v.s.mu.Unlock()
		return query(v.s.guard.root+"/"+verifyPath, "of", v.of), v.check(file, "")
	}
	return query(v.s.guard.root+"/"+unlockPath, "of", v.of), v.work("unlock",
		func(ctx context.Context, d desk.Desk) (any, error) {
			return desk.UnlockCase(ctx, d, file, []byte(phrase))
		})
}

// An opener is what opens a locked bundle: a passphrase, or a key with the passphrase of
// that, if it has one. It is kept in memory alone.
type opener struct{ phrase, key []byte }

// keyFile is what the key file holds that a form brought; nil: none.
func (v *visit) keyFile() ([]byte, error) {
	const most = 64 << 10
	if v.r.MultipartForm == nil {
		return nil, nil
	}
	files := v.r.MultipartForm.File["key"]
	if len(files) == 0 {
		return nil, nil
	}
	if files[0].Size > most {
		return nil, &mistake{"key", evidence.Text{ZH: "这不是私钥文件：太大了。", EN: "This is no key file: it is too large."}}
	}
	in, err := files[0].Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// isLockedCase tells a locked case by its name: nothing else can be seen of it.
func isLockedCase(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), desk.LockedCaseEnd)
}
