package main

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// A command is one verb of the command line.
type command struct {
	name  string
	args  string // what follows the flags: "CASE PATH..."
	brief text   // one line for the list
	help  text   // written by hand; a test holds it against the flags
	least int    // how many arguments it wants
	most  int    // how many it takes; -1: any number
	long  bool   // it only looks, and what it finds can be longer than a screen

	// writes says where it writes, which --dry-run rehearses; nil: it writes nothing.
	writes *outputs

	// setup adds the command's flags and returns what runs it.
	setup func(*pflag.FlagSet) action
}

// An action runs a command on its arguments, the flags being parsed.
type action func(context.Context, *env, []string) error

// A group is the commands for one kind of work.
type group struct {
	title    text
	commands []command
}

// groups stand in the order in which people come to need them; the commands
// of each in the order of the work.
func groups() []group {
	return []group{
		{text{ZH: "一步步来", EN: "step by step"}, []command{
			uiCommand, demoCommand, initCommand, addCommand, askCommand, timelineCommand, partCommand, checkCommand,
			buildCommand, printCommand, trackCommand}},
		{text{ZH: "需要时", EN: "when needed"}, []command{
			listCommand, readCommand, reportCommand, statusCommand, batchCommand, workerCommand, approveCommand,
			formCommand, directoryCommand,
			redactCommand,
			leaveCommand, keepCommand, sheetCommand}},
		{text{ZH: "收到证据包的人", EN: "who receives a bundle"}, []command{
			verifyCommand, decryptCommand}},
		{text{ZH: "签名、时间戳、交给别人", EN: "signature, time-stamp, handing over"}, []command{
			signCommand, timestampCommand, exportCommand, handoverCommand, encryptCommand}},
		{text{ZH: "其他", EN: "other"}, []command{
			doctorCommand, completionCommand(), manCommand(), versionCommand, helpCommand()}},
	}
}

func commands() []command {
	var all []command
	for _, g := range groups() {
		all = append(all, g.commands...)
	}
	return all
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// flags makes the flag set of c with the global flags, and what runs it.
func (c command) flags(g *global) (*pflag.FlagSet, action) {
	fs := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors are said by explain, in the user's language
	fs.SortFlags = false
	act := c.setup(fs)
	fs.StringVar(&g.lang, "lang", g.lang, "")
	fs.BoolVar(&g.json, "json", false, "")
	fs.BoolVar(&g.noInput, "no-input", false, "")
	fs.StringVar(&g.date, "date", "", "")
	fs.BoolVarP(&g.help, "help", "h", false, "")
	if c.writes != nil {
		fs.BoolVar(&g.dryRun, "dry-run", false, "")
	}
	return fs, act
}

// run is the whole program: arguments in, exit code out. A panic is a fault
// of the program and never a verdict: Go's own exit code for it, 2, would
// read as wrong use.
func run(ctx context.Context, e env) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			e.say(text{
				ZH: "程序出错（不是您的操作问题）：%v\n案件夹里已写好的内容没有受影响。请把下面的内容发给我们：\n%s",
				EN: "fault in the program (not your doing): %v\nwhat already stands in the case folder is untouched; " +
					"please send us this:\n%s",
			}, fault, debug.Stack())
			code = exitFault
		}
	}()

	err := dispatch(ctx, &e)
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errInterrupted
	}
	return e.report(err)
}

func dispatch(ctx context.Context, e *env) error {
	var err error
	if e.lang, err = language(langFlag(e.args), e.getenv); err != nil {
		e.lang = "zh"
		return err
	}
	if e.clicked {
		e.args = clicked(e.args)
	}
	if len(e.args) == 0 {
		e.overview(e.stderr)
		return silent(exitUsage)
	}
	name, rest := e.args[0], e.args[1:]
	switch name {
	case "-h", "--help":
		name = "help"
	case "--version":
		name = "version"
	}
	c, ok := find(name)
	if !ok {
		if _, err := os.Lstat(name); err != nil {
			return unknownCommand(name)
		}
		// A folder dropped on the program takes the place of the command.
		c, rest = guidedCommand, e.args
		if err := alone(e.args, &e.global); err != nil {
			return err
		}
	}
	fs, act := c.flags(&e.global)
	if err := fs.Parse(rest); err != nil {
		e.json = slices.Contains(rest, "--json") // it may stand behind the mistake
		return flagError(c, fs, err)
	}
	if e.lang, err = language(e.lang, e.getenv); err != nil {
		return err
	}
	if e.help {
		c.long = true
	}
	e.hold(c)
	defer e.release(ctx)
	if e.help {
		e.helpFor(e.stdout, c)
		return nil
	}
	if err := longDash(fs); err != nil {
		return err
	}
	if err := c.count(fs.Args()); err != nil {
		return err
	}
	if e.dryRun && !c.writes.itself {
		return rehearse(ctx, e, c, fs, fs.Args(), act)
	}
	return untilFree(ctx, e, func() error { return act(ctx, e, fs.Args()) })
}

// langFlag looks for --lang before the flags are parsed, so that even a
// mistake in them is said in the language asked for.
func langFlag(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
		if a == "--" {
			break
		}
	}
	return ""
}

// count checks the number of arguments.
func (c command) count(args []string) error {
	use := c.usage()
	switch {
	case len(args) < c.least:
		return usage(text{ZH: "缺少参数。用法：%[1]s", EN: "missing argument; use: %[2]s"}, use.ZH, use.EN)
	case c.most >= 0 && len(args) > c.most:
		return usage(text{
			ZH: "多出了参数：%[1]s。用法：%[2]s（名称里有空格时请加引号）",
			EN: "surplus argument: %[1]s; use: %[3]s (put quotes around a name with blanks)",
		}, strings.Join(args[c.most:], " "), use.ZH, use.EN)
	}
	return nil
}

// usage is how the command is called: in Chinese as its help begins, whose words for what
// it takes a reader of Chinese knows.
func (c command) usage() text {
	plain := strings.TrimSpace("juzheng " + c.name + " " + c.args)
	use := text{ZH: plain, EN: plain}
	for line := range strings.Lines(c.help.ZH) {
		if s, ok := strings.CutPrefix(line, "用法："); ok {
			use.ZH, _, _ = strings.Cut(strings.TrimSpace(s), "  ") // what it does stands behind it
			break
		}
	}
	return use
}
