package web

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/disk"
)

var startScreen = screen{path: startPath, stage: 1, free: true,
	title: evidence.Text{ZH: "开始", EN: "Start"},
	view:  func(v *visit) (any, error) { return v.startView() },
	done:  func(v *visit) (bool, error) { x, err := v.dossier(); return len(x.Exhibits) > 0, err },
	acts: map[string]act{
		"sample": func(v *visit) (string, error) { return v.sample() },
		"forget": func(v *visit) (string, error) { return "", v.s.remember(v.form("case"), false) },
	},
	words: words{
		"h": {ZH: "从手机，到一封信", EN: "From the phone to a letter"},
		"lead": {ZH: "把手机里的催收录音、截图、短信、通话记录交给它。它来读、分类、计算；您看一遍，答几个问题；最后打印出来签名，交上去。",
			EN: "Give it the recordings, screenshots, messages and call logs of your phone. It reads, sorts and " +
				"counts; you look through it and answer some questions; in the end you print, sign and hand in."},
		"drop": {ZH: "把手机文件夹拖进来", EN: "Drop the phone's folder here"},
		"give": {ZH: "把手机文件夹给程序", EN: "Give the phone's folder to the program"},
		"keep": {ZH: "不用先整理。程序只读，不会改动原来的文件。",
			EN: "No need to sort it first. The files are only read and never changed."},
		"big": {ZH: "拖进来的会整个复制一份；文件夹很大的，用“选择文件夹”，在原处读。",
			EN: "What is dropped is copied whole; choose a very large folder instead: it is read where it is."},
		"choose": {ZH: "选择文件夹", EN: "Choose a folder"},
		"coming": {ZH: "正在收", EN: "Receiving"},
		"files":  {ZH: "个文件", EN: "files"},
		"came-bad": {ZH: "个没有收到：文件名或大小不合适，或者磁盘满了。原来的文件没有动。",
			EN: "did not come: name or size will not do, or the disk is full. The originals are untouched."},
		"no-drop":  {ZH: "没有收到文件。再拖一次，或者用“选择文件夹”。", EN: "No file came. Drop it again, or choose the folder."},
		"last":     {ZH: "继续上次的案件", EN: "Go on with this case"},
		"forget":   {ZH: "不再列出", EN: "Do not list it"},
		"gone":     {ZH: "文件夹不在原来的地方了", EN: "its folder is no longer there"},
		"sample":   {ZH: "看一个样例", EN: "See a sample"},
		"sample-s": {ZH: "虚构的案件，材料都是编的", EN: "An invented case: nothing in it is real"},
		"resume":   {ZH: "接着做以前的案件", EN: "Go on with an earlier case"},
		"resume-s": {ZH: "选名字以“-案件”结尾的那个文件夹，多半就在手机文件夹旁边",
			EN: "Choose the folder whose name ends in 案件, mostly beside the phone's"},
		"check":   {ZH: "核对一个证据包", EN: "Check a bundle"},
		"check-s": {ZH: "别人交给您的文件夹或 zip，看看有没有变过", EN: "A folder or zip that somebody gave you: was it changed?"},
		"stays":   {ZH: "什么也不会离开这台电脑。", EN: "Nothing leaves this computer."},
		"stays-s": {ZH: "不用注册，不连网络，没有人能从别处看到。随时可以停下，答过的都留着。",
			EN: "No account, no network, nobody can look in from elsewhere. Stop whenever you like; what you " +
				"answered stays."},
		"how":  {ZH: "怎样从手机里拿出来", EN: "How to get the files off the phone"},
		"how1": {ZH: "用数据线连上电脑，手机上选“传输文件”。", EN: "Connect the phone by cable and choose “file transfer” on it."},
		"how2": {ZH: "在电脑上打开手机，把下面的文件夹复制到桌面上同一个新文件夹里。",
			EN: "Open the phone on the computer and copy the folders below into one new folder on the desktop."},
		"how3": {ZH: "把这个新文件夹拖到这一页。", EN: "Drop that new folder on this page."},
		"unsure": {ZH: "文件夹和菜单的叫法随系统版本不同，没有逐台核对。",
			EN: "Names of folders and menus differ by version and were not checked phone by phone."},
		"rec":   {ZH: "通话录音", EN: "Recordings"},
		"shots": {ZH: "截图", EN: "Screenshots"},
		"apple": {ZH: "苹果", EN: "iPhone"},
		"apple-s": {ZH: "通话录音在备忘录里，逐条分享、存到“文件”，再拷到电脑；截图用数据线导出，不要用微信转发。",
			EN: "Recordings are in Notes: share each, save it to Files, then copy it. Take screenshots by cable; " +
				"a chat loses their time."},
		"logs": {ZH: "短信、通话记录、运营商详单", EN: "Messages, call log, the carrier's list"},
		"logs-s": {ZH: "安卓手机可以用“SMS Backup & Restore”把短信和通话记录各备份一份，拷下得到的文件。运营商详单在手机营业厅里查，通常只有最近六个月，越早导出越好。",
			EN: "On Android, back up messages and call log with “SMS Backup & Restore” and copy the files. Get " +
				"the carrier's detailed list in its app: mostly the last six months only, so soon."},
	},
}

// makers are where phones keep what is needed, by maker: as juzheng help phone
// has them.
var makers = []struct {
	Name        evidence.Text
	Rec, Screen string
}{
	{evidence.Text{ZH: "小米、红米", EN: "Xiaomi, Redmi"}, "MIUI / sound_recorder / call_rec", "DCIM / Screenshots"},
	{evidence.Text{ZH: "华为、鸿蒙", EN: "Huawei, HarmonyOS"}, "Sounds / CallRecord", "Pictures / Screenshots"},
	{evidence.Text{ZH: "荣耀", EN: "Honor"}, "Sounds / CallRecord, PhoneRecord", "Pictures / Screenshots"},
	{evidence.Text{ZH: "OPPO、一加、realme", EN: "OPPO, OnePlus, realme"}, "Music / Recordings / Call Recordings",
		"DCIM / Screenshots"},
	{evidence.Text{ZH: "vivo、iQOO",
		EN: "vivo, iQOO"}, "Record / Call, Recordings / Record / Call", "DCIM / Screenshots"},
	{evidence.Text{ZH: "三星", EN: "Samsung"}, "Recordings / Call", "DCIM / Screenshots"},
}

// didWords say what became of a case that is no longer open.
var didWords = words{
	"closed":  {ZH: "案件关上了，文件都在。", EN: "The case is closed; its files are there."},
	"deleted": {ZH: "案件删掉了。", EN: "The case was deleted."},
}

// A startView is the first screen.
type startView struct {
	Recent []recentView
	Makers any
	Failed *failedView // what was given and cannot be begun with
	Did    string      // what became of the case that one comes from; else empty
}

type recentView struct {
	Key, Name, Stands string
	Href              string // empty: its folder is gone
}

type failedView struct {
	What  string
	Hints []string
}

func (v *visit) startView() (startView, error) {
	out := startView{Makers: makers, Did: v.in(didWords[v.form("did")])}
	v.s.mu.Lock()
	failed := v.s.errs[v.form("failed")]
	v.s.mu.Unlock()
	if failed != nil {
		out.Failed = v.failedView(failed)
	}
	for _, dir := range v.s.recent() {
		key, err := v.s.put(dir)
		if err != nil {
			return out, err
		}
		r := recentView{Key: key, Name: filepath.Base(dir)}
		if thing, err := desk.Recognise(dir); err == nil && thing.Kind == desk.ThingCase {
			r.Href = v.s.guard.root + "/c/" + key + "/" + v.placeIn(dir)
			of := *v
			of.key, of.dir = key, dir
			if x, err := of.dossier(); err == nil {
				if name := caseName(x.Case); name != "" {
					r.Name = name
				}
				r.Stands = v.in(stands(x))
			}
		}
		out.Recent = append(out.Recent, r)
	}
	return out, nil
}

// stands is the state of a case in one line.
func stands(x desk.Dossier) evidence.Text {
	return fill(evidence.Text{ZH: "%d份材料，%d条通话和消息", EN: "%d files, %d calls and messages"}, len(x.Exhibits),
		len(x.Incidents))
}

// sample makes the invented case anew and opens it.
func (v *visit) sample() (string, error) {
	if v.s.Sample == nil {
		return "", errNoPage
	}
	dir, err := v.s.Sample(v.ctx, v.desk, v.s.Home)
	if err != nil {
		return "", err
	}
	return v.take(dir, taken{})
}

// recentFile lists the cases that the person wants to find on the first screen,
// a path a line: no name of a case is kept unasked.
const recentFile = "recent.txt"

func (s *server) recentPath() string {
	d, err := s.Desk()
	if err != nil || d.Settings == "" {
		return ""
	}
	return filepath.Join(d.Settings, recentFile)
}

func (s *server) recent() []string {
	data, err := os.ReadFile(s.recentPath())
	if err != nil {
		return nil // none was wanted
	}
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(string(data)), "\n"),
		func(line string) bool { return !filepath.IsAbs(line) })
}

// unlist takes a case off the first screen whose folder is gone.
func (s *server) unlist(key string) error {
	if s.recentPath() == "" {
		return nil // nothing is listed anywhere
	}
	return s.remember(key, false)
}

// remember lists a case on the first screen from now on, or no longer.
func (s *server) remember(key string, wanted bool) error {
	dir, ok := s.place(key)
	file := s.recentPath()
	if !ok || file == "" {
		return errNotOpen
	}
	list := slices.DeleteFunc(s.recent(), func(line string) bool { return line == dir })
	if wanted {
		list = append([]string{dir}, list...)
	}
	if len(list) == 0 {
		err := os.Remove(file)
		if os.IsNotExist(err) {
			return nil
		}
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return disk.Replace(file, []byte(strings.Join(list, "\n")+"\n"), 0o600)
}
