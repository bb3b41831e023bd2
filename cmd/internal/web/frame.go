package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"path"
	"sync"

	"juzheng/evidence"
)

// A frame is what stands around every screen.
type frame struct {
	Lang  string
	Root  string // what every address begins with
	Case  string // what those of the case begin with; empty: none is open
	Key   string // of the case, or of the bundle that is checked
	Here  string // the address of the screen
	Other string // the same in the other language
	Title string
	Name  string // of the case, as a person knows it; empty: none is open
	State string // of the case folder, as it was read
	Way   []stageView
	Step  int // which step of the way it is, from 1; 0: none
	Steps int // how many there are
	Wrong map[string]string
	V     any
}

// A pair is a part of a screen with the frame, for a template of the part.
type pair struct {
	Frame frame
	Of    any
}

// A stageView is an action of the way with its steps.
type stageView struct {
	Number, Title string
	Steps         []stepView
}

type stepView struct {
	Href, Title string
	Here, Done  bool
}

// frameWords are those of the frame.
var frameWords = words{
	"app":       {ZH: "举证", EN: "juzheng"},
	"no-case":   {ZH: "还没有打开案件", EN: "no case is open"},
	"local":     {ZH: "只在本机", EN: "On this computer only"},
	"hide":      {ZH: "藏起来", EN: "Hide"},
	"hide-key":  {ZH: "：Esc 两下", EN: ": Esc twice"},
	"danger":    {ZH: "有危险", EN: "In danger"},
	"lawyer":    {ZH: "免费问律师", EN: "Free legal advice"},
	"to-text":   {ZH: "跳到正文", EN: "Skip to the text"},
	"way":       {ZH: "步骤", EN: "Steps"},
	"step-of":   {ZH: "第%d步，共%d步", EN: "step %d of %d"},
	"done":      {ZH: "，已做", EN: ", done"},
	"other":     {ZH: "EN", EN: "中"},
	"this":      {ZH: "中", EN: "EN"},
	"language":  {ZH: "语言", EN: "Language"},
	"back":      {ZH: "上一步", EN: "Back"},
	"stop":      {ZH: "停下", EN: "Stop"},
	"last-part": {ZH: "能数的都做完了，正在收尾", EN: "All that can be counted is done; the rest is being finished"},
	"time-s":    {ZH: "，约还要%d秒", EN: ", about %d s left"},
	"time-min":  {ZH: "，约还要%d分钟", EN: ", about %d min left"},
	"read-h":    {ZH: "图里的字，可以先让电脑读一遍", EN: "The computer can read the pictures first"},
	"read-s": {ZH: "有%d份还没有读：截图、照片、扫描的PDF。认字的程序就在这台电脑上，不传到任何地方。认出来的字会有错：" +
		"哪一句要写进信里，都由您对着原件看过、点了才算。",
		EN: "%d screenshots, photos or scanned PDFs are not read yet. The program that reads is on this computer, and no " +
			"picture leaves it. It makes mistakes: what goes into a letter you compare with the picture and choose yourself."},
	"read-go": {ZH: "读图里的字", EN: "Read the pictures"},
	"read-on": {ZH: "正在读图里的字", EN: "The pictures are being read"},
	"read-n":  {ZH: "：读了%d份，共%d份", EN: ": %d of %d"},
	"read-done": {ZH: "图里的字读过了，列在图的旁边；有错的照图改。", EN: "The pictures were read: the words stand beside them, to be mended " +
		"by the picture."},
	"read-none": {ZH: "这台电脑上没有认字的程序，图里的字请照着打。", EN: "No program on this computer reads pictures; type their words " +
		"as they stand."},
	"original": {ZH: "证据%s，手机里的原件", EN: "exhibit %s, as it was on the phone"},
	"open-it":  {ZH: "打开原件", EN: "Open the original"},
	"no-show": {ZH: "浏览器放不了这种文件，下载后用电脑上的程序打开。", EN: "A browser does not show this kind of file; download it and open " +
		"it with a program of yours."},
	"comma":   {ZH: "，", EN: ", "},
	"space":   {ZH: "空格键放和停", EN: "the space bar plays and stops"},
	"machine": {ZH: "机器读出来的", EN: "What a program read"},
	"machine-s": {ZH: "没有核对过，会出错。点一句，就抄进右边，您再改。",
		EN: "Nobody compared it, and there will be mistakes. Press a line to take it over, then mend it."},
	"script":   {ZH: "文字稿", EN: "Transcript"},
	"script-s": {ZH: "点一句，就抄进右边。", EN: "Press a line to take it over."},
	"from":     {ZH: "从%s放", EN: "play from %s"},
	"moved":    {ZH: "案件在别处改过了。", EN: "The case was changed elsewhere."},
	"reread":   {ZH: "重新读", EN: "Read it again"},
	"away": {ZH: "程序已经停了。存好的都在；再运行一次就能接着做。",
		EN: "The program has ended. What was saved is there; run it again to go on."},
}

//go:embed *.html
var pageFiles embed.FS

// A pageSet is the templates in one language, by the path of their screen. Each is read
// when it is first shown: those of both languages take six megabytes, and most people
// look at one.
type pageSet struct {
	screens map[string]func() (*template.Template, error)
}

// pagesIn are the templates of all screens. Words are put in when a page is made, by the
// name that a template has for them: those of the screen, then those of the frame.
func pagesIn(lang string) *pageSet {
	set := &pageSet{map[string]func() (*template.Template, error){}}
	for _, sc := range append(screens(), faultScreen) {
		set.screens[sc.path] = sync.OnceValues(func() (*template.Template, error) { return parsePage(sc, lang) })
	}
	return set
}

func parsePage(sc screen, lang string) (*template.Template, error) {
	file := sc.file
	if file == "" {
		file = sc.path + ".html"
	}
	say := func(name string, args ...any) (string, error) {
		t, ok := sc.words[name]
		if !ok {
			t, ok = frameWords[name]
		}
		if !ok {
			return "", fmt.Errorf("%s has no word %s", file, name)
		}
		if len(args) == 0 {
			return t.In(lang), nil
		}
		return fmt.Sprintf(t.In(lang), args...), nil
	}
	t, err := template.New("frame.html").Funcs(template.FuncMap{
		"t": say, "in": func(t evidence.Text) string { return t.In(lang) },
		"inc":  func(n int) int { return n + 1 },
		"pair": func(f frame, of any) pair { return pair{f, of} },
	}).ParseFS(pageFiles, "frame.html", "parts.html", file)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", path.Base(file), err)
	}
	return t, nil
}

func (set *pageSet) write(w io.Writer, screen string, f frame) error {
	t, err := set.screens[screen]()
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := t.ExecuteTemplate(&page, "frame.html", f); err != nil {
		return err
	}
	_, err = w.Write(oneDirection(page.Bytes()))
	return err
}
