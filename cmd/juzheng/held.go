package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"juzheng/evidence/disk"
)

// explainHeld explains that another program has a file open; nil: it is not that.
func explainHeld(err error) *failure {
	path, held := disk.Held(err)
	if !held {
		return nil
	}
	who := holderOf(path)
	return &failure{code: exitFailed, err: err,
		what: fill(text{ZH: "%s 正被别的程序打开，写不了", EN: "%s is open in another program and cannot be written"}, visible(path)),
		hints: []text{{ZH: "请先关闭" + who.ZH + "，再运行一次；已经写好的都在，会接着做",
			EN: "close " + who.EN + " and run it again; what was done is kept"}}}
}

// holderOf is what has a file open, most likely, by its kind.
func holderOf(path string) text {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".xlsx", ".xls":
		return text{ZH: " Excel 或 WPS", EN: "Excel or WPS"}
	case ".pdf":
		return text{ZH: "看 PDF 的程序", EN: "the viewer of PDFs"}
	case ".docx", ".txt", ".toml", ".eml":
		return text{ZH: "打开着它的 Word、WPS 或记事本", EN: "Word, WPS or the editor that has it open"}
	case "":
		return text{ZH: "打开着里面文件的程序和资源管理器窗口", EN: "the programs and windows that have something in it open"}
	}
	return text{ZH: "打开着它的程序", EN: "the program that has it open"}
}

// untilFree runs an action, and where another program has a file open asks for it to
// be closed, and runs it again: what it had done it does not do twice.
func untilFree(ctx context.Context, e *env, act func() error) error {
	for {
		err := act()
		path, held := disk.Held(err)
		if !held || e.json || !e.interactive() || ctx.Err() != nil {
			return err
		}
		var f *failure
		if errors.As(err, &f) {
			return err // its command has words of its own for it
		}
		who := holderOf(path)
		_, stopped := e.ask(fill(text{ZH: "%[1]s 正被别的程序打开，写不了。请先关闭%[2]s，再按回车（不做了按 Ctrl-C）：",
			EN: "%[1]s is open in another program. Close %[3]s, then press Enter (Ctrl-C to stop): "}, visible(path), who.ZH,
			who.EN))
		if stopped != nil {
			return err
		}
	}
}
