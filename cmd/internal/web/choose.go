package web

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// forCopy is what a folder is chosen for that a case is copied into.
const forCopy = "copy"

// chooseScreen shows this computer's drives and folders: a browser cannot tell
// the path of what is chosen in it.
var chooseScreen = screen{path: choosePath, free: true,
	title: evidence.Text{ZH: "选择文件夹", EN: "Choose a folder"},
	view:  func(v *visit) (any, error) { return v.chooseView() },
	acts: map[string]act{"take": func(v *visit) (string, error) {
		if v.form("for") == verifyPath { // whatever it is: the check says what is wrong with it
			return v.begunCheck(v.form("path"))
		}
		if v.form("for") == forCopy {
			if err := v.enter(v.form("case")); err != nil {
				return "", err
			}
			return v.base() + "/" + keepPath, v.copyTo(v.form("path"))
		}
		next, err := v.take(v.form("path"), taken{key: v.form("case")})
		if err != nil {
			next, err = query(v.s.guard.root+"/", "failed", v.s.keep(err)), nil
		}
		return next, err
	}},
	words: words{
		"lead": {ZH: "程序在原处读这个文件夹，不会改动里面的文件；案件放在它旁边的新文件夹里。",
			EN: "The folder is read where it is and nothing in it is changed; the case goes into a new folder " +
				"beside it."},
		"lead-a": {ZH: "读到的加进“%s”这个案件。文件夹在原处读，里面的文件不会改动。",
			EN: "What is read goes into the case %s. The folder is read where it is and nothing in it is changed."},
		"lead-v":   {ZH: "选别人交给您的证据包：文件夹，或者 zip。", EN: "Choose the bundle that somebody gave you: a folder or a zip."},
		"lead-c":   {ZH: "整个案件复制到选的文件夹里面。", EN: "The whole case is copied into the folder that you choose."},
		"locked":   {ZH: "上了锁的案件", EN: "locked case"},
		"in":       {ZH: "现在在", EN: "You are in"},
		"up":       {ZH: "上一层", EN: "Up"},
		"places":   {ZH: "常用位置", EN: "Places"},
		"take":     {ZH: "就用这个文件夹", EN: "Use this folder"},
		"take-one": {ZH: "用它", EN: "Use it"},
		"case":     {ZH: "案件", EN: "case"},
		"bundle":   {ZH: "证据包", EN: "bundle"},
		"archive":  {ZH: "压缩包", EN: "archive"},
		"empty":    {ZH: "里面没有别的文件夹。", EN: "There is no further folder in it."},
		"unread":   {ZH: "这里读不了：没有权限，或者不在了。", EN: "This cannot be read: not permitted, or not there."},
		"more": {ZH: "文件夹太多，只列出前 %d 个；把位置写在下面。",
			EN: "Too many folders: the first %d are listed; write the place below."},
		"typed": {ZH: "或者写下它的位置", EN: "Or write its place"},
		"go":    {ZH: "打开", EN: "Open"},
		"holds": {ZH: "里面有 %d 个文件、%d 个文件夹", EN: "It holds %d files and %d folders"},
	},
}

// A chooseView is a folder of this computer with those in it.
type chooseView struct {
	Verify  bool
	Copy    bool   // a folder that a case is copied into
	For     string // of the address: what it is chosen for
	Add     string // key of the case that files are added to; empty: a new one
	Dir     string
	Up      string // address; empty: there is nothing above
	Take    bool   // the folder itself can be taken
	Files   int
	Folders int
	Unread  bool
	More    int // how many are listed, where that is not all; else 0
	Rows    []chooseRow
	Places  []chooseRow
}

type chooseRow struct {
	Name string
	Href string // to look into it; empty: a file
	Path string // to take it; empty: it is only looked into
	Kind string // word for what it is; empty: a folder
}

// mostRows is how many folders are listed.
const mostRows = 500

func (v *visit) chooseView() (chooseView, error) {
	out := chooseView{Verify: v.form("for") == "verify", Copy: v.form("for") == forCopy,
		For: v.form("for"), Add: v.form("case")}
	at := func(dir string) string {
		return query(v.s.guard.root+"/"+choosePath, "for", out.For, "case", out.Add, "dir", dir)
	}
	home, _ := os.UserHomeDir()
	first := home
	if out.Add != "" { // what belongs to a case lies beside it most often
		if err := v.enter(out.Add); err != nil {
			return out, err
		}
		first = filepath.Dir(v.dir)
	}
	for _, p := range usualPlaces(home, runtime.GOOS) {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			name := filepath.Base(p)
			if p == home || filepath.Dir(p) == p {
				name = p
			}
			out.Places = append(out.Places, chooseRow{Name: name, Href: at(p)})
		}
	}
	out.Dir = filepath.Clean(v.form("dir"))
	if !filepath.IsAbs(out.Dir) {
		out.Dir = first
	}
	if info, err := os.Stat(out.Dir); err == nil && info.Mode().IsRegular() {
		out.Dir = filepath.Dir(out.Dir) // where it stands among the others, to be taken
	}
	if up := filepath.Dir(out.Dir); up != out.Dir {
		out.Up = at(up)
		out.Take = out.Dir != home && !ofSystem(out.Dir, runtime.GOOS)
	}
	entries, err := os.ReadDir(out.Dir)
	if err != nil {
		out.Unread, out.Take = true, false
		return out, nil
	}
	for _, e := range entries {
		row := chooseRow{Name: e.Name(), Path: filepath.Join(out.Dir, e.Name())}
		info, err := os.Stat(row.Path)
		switch {
		case err != nil || strings.HasPrefix(e.Name(), "."):
			continue
		case info.IsDir():
			out.Folders++
			row.Kind = folderKind(row.Path)
			if row.Href = at(row.Path); row.Kind == "" || out.Copy {
				row.Path = ""
			}
		default:
			out.Files++
			if row.Kind = fileKind(e.Name(), out.Verify); row.Kind == "" || out.Copy {
				continue
			}
		}
		out.Rows = append(out.Rows, row)
	}
	slices.SortStableFunc(out.Rows, func(a, b chooseRow) int {
		if (a.Href == "") != (b.Href == "") {
			return strings.Compare(b.Href, a.Href)
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	if len(out.Rows) > mostRows {
		out.Rows, out.More = out.Rows[:mostRows], mostRows
	}
	return out, nil
}

// ofSystem reports a folder in which a system keeps its own: nobody's phone lies
// there, and reading it would go on for hours. Drives other than the first are
// also sticks and phones.
func ofSystem(dir, system string) bool {
	switch system {
	case "windows":
		first, rest, _ := strings.Cut(filepath.ToSlash(dir), "/")
		return strings.EqualFold(first, "c:") && !strings.HasPrefix(strings.ToLower(rest), "users/")
	case "darwin":
		return !strings.HasPrefix(dir, "/Users/") && !strings.HasPrefix(dir, "/Volumes/") && strings.Count(dir, "/") < 3
	}
	top, _, deeper := strings.Cut(strings.TrimPrefix(dir, "/"), "/")
	return !deeper || slices.Contains([]string{"proc", "sys", "dev", "etc", "usr", "bin", "sbin", "lib", "boot"}, top)
}

// folderKind is the word for a folder of ours; empty for any other.
func folderKind(dir string) string {
	thing, err := desk.Recognise(dir)
	switch {
	case err != nil:
		return ""
	case thing.Kind == desk.ThingCase:
		return "case"
	case thing.Kind == desk.ThingBundle:
		return "bundle"
	}
	return ""
}

// fileKind is the word for a file that can be taken, by its name.
func fileKind(name string, verify bool) string {
	name = strings.ToLower(name)
	switch {
	case isLockedCase(name) && !verify:
		return "locked"
	case !isLockedCase(name) && verify && strings.HasSuffix(name, ".age"):
		return "bundle"
	}
	for _, end := range []string{".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz"} {
		if strings.HasSuffix(name, end) && (!verify || end == ".zip") {
			return "archive"
		}
	}
	return ""
}

// usualPlaces are where people put what comes from a phone, by system; those
// that are not there are left out by whoever lists them.
func usualPlaces(home, system string) []string {
	out := []string{home}
	for _, name := range []string{"Desktop", "桌面", "Downloads", "下载", "Documents", "文档"} {
		out = append(out, filepath.Join(home, name))
	}
	switch system {
	case "windows":
		for letter := 'A'; letter <= 'Z'; letter++ {
			out = append(out, string(letter)+`:\`)
		}
	case "darwin":
		mounted, _ := filepath.Glob("/Volumes/*")
		out = append(out, mounted...)
	default:
		mounted, _ := filepath.Glob("/media/*/*")
		phones, _ := filepath.Glob("/run/user/*/gvfs/*")
		out = append(append(append(out, mounted...), phones...), "/")
	}
	return out
}
