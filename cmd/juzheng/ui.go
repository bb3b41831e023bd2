package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/internal/web"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
)

var uiCommand = command{
	name:  "ui",
	args:  "[CASE|FOLDER]",
	most:  1,
	brief: text{ZH: "在浏览器里做，不用命令行（只在本机）", EN: "in the browser, on this computer alone"},
	help: text{
		ZH: `打开一个只在这台电脑上的网页，做和命令一样的事。后面可以写案件夹、装手机文件的文件夹，或者要核对的证据包。

用法：juzheng ui [案件夹或文件夹] [--no-open] [--port N]

选项：
      --no-open        不打开浏览器，只打印地址
      --port N         用这个端口；不写就用一个空着的

网页只听本机的地址 127.0.0.1，不联网。地址里的一次性口令只有第一次打开它的浏览器能用，
别的网页和这台电脑的别的用户进不来。网页关掉半小时以后程序自己结束，Ctrl-C 随时结束；
答过的都已经存好。

退出码：0 网页关了，或者按了 Ctrl-C；1 端口被占用等。`,
		EN: `Opens a page on this computer alone that does what the commands do. A case folder, a folder
of phone files or a bundle to be checked can follow.

Use: juzheng ui [CASE|FOLDER] [--no-open] [--port N]

Options:
      --no-open        open no browser, only print the address
      --port N         listen on this port; else on a free one

The page listens on this computer's own address, 127.0.0.1, and uses no network. The token in
its address works once, for the browser that opens it first: other web pages and other users
of this computer are kept out. Half an hour after the page was closed the program ends, and
with Ctrl-C at any time; what was answered is saved already.

Exit codes: 0 the page was closed, or Ctrl-C; 1 the port is taken or the like.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		noOpen := fs.Bool("no-open", false, "")
		port := fs.Int("port", 0, "")
		return func(ctx context.Context, e *env, args []string) error {
			path := ""
			if len(args) > 0 {
				path = args[0]
			}
			return showPage(ctx, e, path, *port, !*noOpen)
		}
	},
}

// pageHome is the folder in the person's own where the page keeps cases.
const pageHome = "举证"

// clicked are the arguments of a program that was double-clicked, or that
// something was dropped on: the page, with what was dropped.
func clicked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{uiCommand.name}
	case len(args) == 1:
		if _, known := find(args[0]); known || strings.HasPrefix(args[0], "-") {
			return args // somebody made a shortcut of a command
		}
		return []string{uiCommand.name, args[0]}
	}
	return args
}

// canBegin reports what the page can begin with: anything else is answered as
// on the command line.
func canBegin(path string) error {
	thing, err := desk.Recognise(path)
	if err != nil {
		return err
	}
	switch thing.Kind {
	case desk.ThingFolder, desk.ThingCase, desk.ThingBundle, desk.ThingFile, desk.ThingPacked, desk.ThingLocked:
		return nil
	}
	return toldOf(thing, []string{path})
}

// showPage serves the page until it is gone or the person ends it.
func showPage(ctx context.Context, e *env, path string, port int, open bool) error {
	if port < 0 || port > 65535 {
		return usage(text{ZH: "--port 写的是 %d，应为 1 到 65535；不写就用一个空着的",
			EN: "--port is %d; wanted 1 to 65535, or nothing for a free one"}, port)
	}
	if _, err := e.desk(); err != nil {
		return err // a mistake in --date is said before anything is served
	}
	if path != "" {
		if err := canBegin(path); err != nil {
			return err
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}
	defer spare()()
	o := web.Options{Lang: e.lang, Path: path, Port: port, Home: filepath.Join(home, pageHome),
		Scratch: filepath.Join(e.scratch(), "page"), Explain: explainIn, Note: noteText, Sample: sampleCase}
	// Jobs tell the page and ask nobody at the console.
	o.Desk = func() (desk.Desk, error) {
		d, err := e.desk()
		d.Tell, d.Agree, d.Passphrase = nil, nil, nil
		return d, err
	}
	o.Ready = func(a web.Address) { e.tellPage(a, open) }
	err = web.Serve(ctx, o)
	var taken *web.PortError
	switch {
	case errors.As(err, &taken):
		return fail(exitFailed, err, fill(text{ZH: "端口 %d 用不了：多半被别的程序占着", EN: "port %d cannot be used; another " +
			"program has it, most likely"}, taken.Port), text{ZH: "不写 --port，程序会找一个空着的",
			EN: "without --port a free one is found"})
	case err != nil:
		return err
	case ctx.Err() != nil:
		e.say(text{ZH: "已结束。答过的都存好了；再运行一次接着做。", EN: "Ended. What was answered is saved; run it again to go on."})
		return nil
	}
	e.say(text{ZH: "网页关了有一阵，程序结束了。答过的都存好了。", EN: "The page was gone for a while, and the program has ended. What " +
		"was answered is saved."})
	return nil
}

// tellPage opens the page and says where it is.
func (e *env) tellPage(a web.Address, open bool) {
	opened := false
	if open && a.File != "" {
		opened = desk.Browse(a.File) == nil
	}
	if opened {
		e.say(text{ZH: "网页已在浏览器里打开。没有看到的，把下面的地址复制到浏览器里（只能用一次）：",
			EN: "The page was opened in the browser. If you do not see it, copy this address there (it works once):"})
	} else {
		e.say(text{ZH: "在这台电脑的浏览器里打开这个地址（只能用一次）：",
			EN: "Open this address in a browser of this computer (it works once):"})
	}
	e.printf(text{ZH: "%s\n", EN: "%s\n"}, a.URL)
	e.say(text{ZH: "什么也不会离开这台电脑。按 Ctrl-C 结束。", EN: "Nothing leaves this computer. Ctrl-C ends it."})
}

// scratch is where what is made again at any time lies: the user's own.
func (e *env) scratch() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "juzheng")
}

// explainIn says an error of a job in words, in a language.
func explainIn(err error, lang string) (what string, hints []string) {
	f := explain(err)
	for _, h := range f.hints {
		hints = append(hints, h.In(lang))
	}
	return f.what.In(lang), hints
}

// sampleCase makes the invented case once, and finds it again.
func sampleCase(ctx context.Context, d desk.Desk, home string) (string, error) {
	dir := filepath.Join(home, "样例")
	kase, phone := filepath.Join(dir, "案件"), filepath.Join(dir, "手机文件")
	if thing, err := desk.Recognise(kase); err == nil && thing.Kind == desk.ThingCase {
		return kase, nil
	}
	if err := demo.Write(phone); err != nil {
		return "", err
	}
	if _, err := desk.InitPublished(ctx, d, kase, demo.Case(), demo.Key()); err != nil {
		return "", err
	}
	_, err := desk.Add(ctx, d, kase, desk.AddOptions{Paths: []string{phone}, Base: dir, PhoneOf: evidence.ReachedSelf})
	return kase, err
}
