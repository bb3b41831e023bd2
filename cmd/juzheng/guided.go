package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

// guidedCommand has no name: it is what happens to a folder given alone.
var guidedCommand = command{
	args:  "FOLDER",
	least: 1,
	most:  1,
	help: text{
		ZH: `把装手机文件的文件夹直接交给程序：在旁边新建案件夹（文件夹名-案件），加入全部文件，再一个一个问
只有您知道的事，最后说明能投诉什么、下一步做什么。中途停了，再运行一次会接着来；也可以直接给案件夹。

用法：juzheng 文件夹`,
		EN: `Hands over a folder of phone files: a case folder is made beside it, everything is added,
you are asked what only you can say, and told what can be complained of and what comes next.
Run it again to go on where you stopped; a case folder can be given as well.

Use: juzheng FOLDER`,
	},
	setup: func(*pflag.FlagSet) action {
		return func(ctx context.Context, e *env, args []string) error { return guided(ctx, e, args[0]) }
	},
}

// guided is for somebody who drops a folder on the program: a case beside
// the folder, the six questions, everything added, what only they can say, and
// what to do next. It goes on where the case stands.
func guided(ctx context.Context, e *env, path string) error {
	given := filepath.Clean(path)
	thing, err := desk.Recognise(given)
	if err != nil {
		return err
	}
	if thing.Kind == desk.ThingCase {
		e.say(text{ZH: "%s 是一个案件夹。", EN: "%s is a case folder."}, given)
		return goOn(ctx, e, given)
	}
	dir := desk.CaseBeside(given)
	if made, err := desk.Recognise(dir); err != nil || made.Kind != desk.ThingCase {
		if err := initCase(ctx, e, dir, answers{adds: given}); err != nil {
			return err
		}
	}
	// A file that is of no use ends nothing: it is listed, and remembered.
	added := add(ctx, e, dir, desk.AddOptions{Paths: []string{given}}, !e.interactive())
	if partial := silent(0); added != nil && !errors.As(added, &partial) || !e.interactive() {
		return added
	}
	if err := goOn(ctx, e, dir); err != nil {
		return err
	}
	return added
}

// goOn asks what is open, where somebody can be asked, and says how the case
// stands.
func goOn(ctx context.Context, e *env, dir string) error {
	if e.interactive() {
		if err := askAll(ctx, e, dir); err != nil {
			return err
		}
	}
	return check(ctx, e, dir, false)
}
