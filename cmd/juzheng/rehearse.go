package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

// An outputs says where a command writes, so that it can be rehearsed: with --dry-run
// it runs on a stage ([desk.Stage]) and never learns of it.
type outputs struct {
	of    int      // which argument is the case or file that it works on, from 1; 0: none
	makes int      // which argument is what it makes; 0: none
	usual string   // what is made where that argument is not given; empty: with the case
	out   []string // the options whose values are paths that are written
	never []string // the options that reach what no stage stands for: a printer, a network

	// itself says that the command tells by itself what it would do, and does nothing.
	itself bool
}

// toCase are the outputs of a command that writes to its case alone.
var toCase = &outputs{of: 1}

// rehearse runs an action on a stage, and says what it would have written. What it
// says itself is said as talk: the result is what would be written, and the exit code
// is its own.
func rehearse(ctx context.Context, e *env, c command, fs *pflag.FlagSet, args []string, act action) error {
	w := c.writes
	for _, name := range w.never {
		if f := fs.Lookup(name); f.Changed {
			return usage(text{ZH: "--dry-run 不能和 --%s 一起用：那要用到打印机或者网络，没法演练",
				EN: "--dry-run does not go with --%s, which reaches a printer or a network"}, name)
		}
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	stage, err := desk.NewStage(e.scratch())
	if err != nil {
		return err
	}
	defer stage.Close()
	if args, err = onStage(ctx, d, stage, w, fs, args); err != nil {
		return roomFailure(err)
	}
	if err := stage.Begin(); err != nil {
		return err
	}
	if !e.json {
		e.say(text{ZH: "演练：在副本上做一遍，您的文件不动。真做时会说：", EN: "Rehearsed on a copy; your files are left alone. Done for real, it " +
			"says:"})
	}
	ended := e.elsewhere(stage, func() error { return act(ctx, e, args) })
	if ctx.Err() != nil {
		return ended
	}
	changes, err := stage.Changes()
	if err != nil {
		return err
	}
	if err := e.tellChanges(changes); err != nil {
		return err
	}
	return ended
}

// onStage puts the arguments and options of a command on a stage.
func onStage(ctx context.Context, d desk.Desk, s *desk.Stage, w *outputs, fs *pflag.FlagSet, args []string) ([]string,
	error) {
	args = append([]string(nil), args...)
	if len(args) < w.makes && w.usual != "" {
		args = append(args, w.usual)
	}
	for n := range args {
		var err error
		switch n + 1 {
		case w.of:
			args[n], err = s.Copy(ctx, d, args[n])
		case w.makes:
			args[n], err = s.Output(ctx, args[n])
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range w.out {
		f := fs.Lookup(name)
		if !f.Changed || f.Value.String() == "" {
			continue
		}
		staged, err := s.Output(ctx, f.Value.String())
		if err != nil {
			return nil, err
		}
		if err := fs.Set(name, staged); err != nil {
			return nil, err
		}
	}
	return args, nil
}

// elsewhere runs what talks of a stage, and says it of what the stage stands for. Its
// result is talk too, or nothing where a program reads.
func (e *env) elsewhere(s *desk.Stage, run func() error) error {
	stdout, stderr := e.stdout, e.stderr
	defer func() { e.stdout, e.stderr = stdout, stderr }()
	talk := givenWriter{stderr, s}
	e.stderr, e.stdout = talk, talk
	if e.json {
		e.stdout = io.Discard
	}
	err := run()
	quiet := silent(0)
	if err == nil || errors.As(err, &quiet) {
		return err
	}
	return silent(e.report(err)) // while its paths can be set as they were given
}

// A givenWriter sets the paths of a stage as they were given.
type givenWriter struct {
	to    io.Writer
	stage *desk.Stage
}

func (w givenWriter) Write(p []byte) (int, error) {
	_, err := io.WriteString(w.to, desk.GivenFor(w.stage, string(p)))
	return len(p), err
}

// tellChanges prints what would be written.
func (e *env) tellChanges(changes []desk.Change) error {
	counts := map[string]int{}
	var list strings.Builder
	for _, c := range changes {
		counts[c.Change]++
		if e.json {
			if err := emit(e.stdout, "change", c); err != nil {
				return err
			}
			continue
		}
		bytes := c.Bytes
		if c.Change == "gone" {
			bytes = c.Was
		}
		fmt.Fprintf(&list, "%s  %s  %s\n", pad(changeWords[c.Change].In(e.lang), 7), pad(size(bytes), 8),
			visible(filepath.Clean(c.Path)))
	}
	if e.json {
		return emit(e.stdout, "summary", struct {
			DryRun  bool `json:"dry_run"`
			New     int  `json:"new"`
			Changed int  `json:"changed"`
			Gone    int  `json:"gone"`
		}{true, counts["new"], counts["changed"], counts["gone"]})
	}
	e.say(text{ZH: "\n会写：新建 %d 个文件，改动 %d 个，去掉 %d 个；现在什么都没有写。",
		EN: "\nto be written: %d files new, %d changed, %d gone; nothing was written now."}, counts["new"], counts["changed"],
		counts["gone"])
	_, err := io.WriteString(e.stdout, list.String())
	return err
}

var changeWords = map[string]text{
	"new":     {ZH: "新建", EN: "new"},
	"changed": {ZH: "改动", EN: "changed"},
	"gone":    {ZH: "去掉", EN: "gone"},
}

// roomFailure says that there is no room for the copy; other errors are as they are.
func roomFailure(err error) error {
	var room *desk.RoomError
	if !errors.As(err, &room) {
		return err
	}
	return fail(exitFailed, err, fill(text{ZH: "演练要先复制一份，%s 剩 %s，要 %s",
		EN: "the copy to rehearse on has no room: %s has %s, wanted %s"},
		room.Where, size(room.Free), size(room.Wanted)), text{ZH: "腾出地方，或者不演练", EN: "free some, or do it without --dry-run"})
}
