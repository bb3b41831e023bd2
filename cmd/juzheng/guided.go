package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"juzheng/evidence"
)

// guided is for somebody who drops a folder on the program: a case beside
// the folder, the six questions, everything added, and what to do next.
func guided(ctx context.Context, e *env, args []string) error {
	if len(args) != 1 {
		return unknownCommand(args[0])
	}
	folder := filepath.Clean(args[0])
	if _, err := evidence.Open(folder, tool()); err == nil {
		e.say(text{"%s 是一个案件夹。", "%s is a case folder."}, folder)
		return check(e, folder)
	}
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return unknownCommand(args[0])
	}
	dir := strings.TrimRight(folder, string(filepath.Separator)) + "-案件"
	if _, err := evidence.Open(dir, tool()); err != nil {
		if err := initCase(e, dir, answers{}); err != nil {
			return err
		}
	}
	return add(ctx, e, dir, []string{folder})
}
