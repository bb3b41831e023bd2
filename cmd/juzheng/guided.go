package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

// guidedCommand has no name: it is what happens to a folder given alone.
var guidedCommand = command{
	args:  "FOLDER",
	least: 1,
	most:  1,
	help: text{
		ZH: `把装手机文件的文件夹直接交给程序：在旁边新建案件夹（文件夹名-案件），提问，加入全部文件，然后说明下一步。

用法：juzheng 文件夹`,
		EN: `Hands over a folder of phone files: a case folder is made beside it, the questions are
asked, everything is added, and the next step is named.

Use: juzheng FOLDER`,
	},
	setup: func(*pflag.FlagSet) action {
		return func(ctx context.Context, e *env, args []string) error { return guided(ctx, e, args[0]) }
	},
}

// guided is for somebody who drops a folder on the program: a case beside
// the folder, the six questions, everything added, and what to do next.
func guided(ctx context.Context, e *env, path string) error {
	given := filepath.Clean(path)
	thing, err := desk.Recognise(given)
	if err != nil {
		return err
	}
	if thing.Kind == desk.ThingCase {
		e.say(text{ZH: "%s 是一个案件夹。", EN: "%s is a case folder."}, given)
		return check(ctx, e, given)
	}
	dir := strings.TrimRight(given, string(filepath.Separator)) + "-案件"
	if made, err := desk.Recognise(dir); err != nil || made.Kind != desk.ThingCase {
		if err := initCase(ctx, e, dir, answers{adds: true}); err != nil {
			return err
		}
	}
	return add(ctx, e, dir, desk.AddOptions{Paths: []string{given}})
}
