package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/intake"
)

var listCommand = command{
	name:  "list",
	long:  true,
	args:  "CASE",
	brief: text{ZH: "列出证据，以及没能用上的文件和原因", EN: "list exhibits, what was not used, and why"},
	least: 1,
	most:  1,
	help: text{
		ZH: `列出案件里的证据：编号、类型、时间、长短、原文件名；然后列出没能用上的文件和原因。

用法：juzheng list 案件夹`,
		EN: `Lists the exhibits (number, kind, time, length, original name), then the files
that could not be used, with the reason.

Use: juzheng list CASE`,
	},
	setup: func(*pflag.FlagSet) action {
		return func(ctx context.Context, e *env, args []string) error { return listCase(ctx, e, args[0]) }
	},
}

func listCase(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	register, err := desk.List(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(register.Lines(), dir)
	}
	out := [][]string{{
		text{ZH: "编号", EN: "no."}.In(e.lang), text{ZH: "类型", EN: "kind"}.In(e.lang),
		text{ZH: "时间", EN: "time"}.In(e.lang), text{ZH: "长度", EN: "length"}.In(e.lang),
		text{ZH: "原文件名", EN: "original name"}.In(e.lang)}}
	for _, x := range register.Exhibits {
		name := x.OriginalName
		if n := len(x.Duplicates); n > 0 {
			name += fmt.Sprintf(text{ZH: "（另有 %d 份相同）", EN: " (and %d identical)"}.In(e.lang), n)
		}
		out = append(out, []string{x.Number, x.Kind.Title().In(e.lang), captureText(x.Captured), length(x), name})
		for _, n := range x.Notes {
			if n.Code == intake.NoteJoined {
				continue // how it was matched; the timeline shows that it was
			}
			out = append(out, []string{"      · " + tellNote(n, e.lang)})
		}
	}
	fmt.Fprint(e.stdout, columns(out, e.width()))
	if len(register.Unusable) > 0 {
		fmt.Fprintln(e.stdout)
		e.printf(text{ZH: "没能用上的文件（原文件没有动）：\n", EN: "files that could not be used (they were left as they are):\n"})
		var rows [][]string
		for _, u := range register.Unusable {
			rows = append(rows, []string{"  " + u.Path, noteText(u.Code, u.Detail, e.lang)})
		}
		fmt.Fprint(e.stdout, columns(rows, e.width()))
	}
	e.say(text{ZH: "共 %d 份证据，%d 个没能用上的文件。下一步：juzheng timeline %s",
		EN: "%d exhibits, %d files not used. next: juzheng timeline %s"},
		len(register.Exhibits), len(register.Unusable), quote(dir))
	return nil
}

// captureText is a register time as a person reads it; ~ marks a device clock
// without a zone.
func captureText(s evidence.CaptureTime) string {
	t, err := time.Parse(time.RFC3339, s.Time)
	if err != nil {
		return "-"
	}
	return clockText(evidence.Time{At: t, Precision: s.Precision, Device: s.Device})
}

func clockText(t evidence.Time) string {
	if t.IsZero() {
		return "-"
	}
	layout := time.DateTime
	switch t.Precision {
	case evidence.ToMinute:
		layout = "2006-01-02 15:04"
	case evidence.ToDay:
		layout = time.DateOnly
	}
	s := t.At.In(evidence.Beijing).Format(layout)
	if t.Device && t.Precision != evidence.ToDay {
		s += "~"
	}
	return s
}

// length is minutes and seconds of sound, or the pixels of a picture.
func length(x evidence.Exhibit) string {
	switch {
	case x.Media.Seconds > 0:
		s := int(x.Media.Seconds + 0.5)
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	case x.Media.Width > 0:
		return fmt.Sprintf("%d×%d", x.Media.Width, x.Media.Height)
	}
	return size(x.Size)
}

func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
