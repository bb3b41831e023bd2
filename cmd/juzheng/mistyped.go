package main

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/evidence/spelling"
)

// meant asks whether one of the known words was meant, each said behind
// before; nil if none comes near.
func meant(word string, known []string, before string) []text {
	const most = 3
	near := spelling.Near(word, known)
	if len(near) == 0 || len(near) > most {
		return nil
	}
	for n := range near {
		near[n] = before + near[n]
	}
	if len(near) == 1 {
		return []text{fill(text{ZH: "您要的是 %s 吗？", EN: "did you mean %s?"}, near[0])}
	}
	return []text{{
		ZH: "您要的是 " + strings.Join(near, " 还是 ") + "？",
		EN: "did you mean " + strings.Join(near, " or ") + "?",
	}}
}

// unknownValue is wrong use of an option or argument that takes one of a few
// words; the one that comes near is offered.
func unknownValue(t text, word string, known []string) error {
	return fail(exitUsage, nil, fill(t, word), meant(word, known, "")...)
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

func unknownCommand(name string) error {
	if strings.HasPrefix(name, "-") {
		return fail(exitUsage, nil, fill(text{ZH: "没有命令或文件叫 %s", EN: "no command or file named %s"}, name),
			text{ZH: "选项写在命令的后面，例如 juzheng check 案件夹 --json",
				EN: "options stand behind the command, such as juzheng check CASE --json"})
	}
	if near := meant(name, commandNames(), "juzheng "); near != nil {
		return usage(text{ZH: "没有命令或文件叫 %s；" + near[0].ZH, EN: "no command or file named %s; " + near[0].EN}, name)
	}
	return usage(text{
		ZH: "没有命令或文件叫 %s；运行 juzheng help 查看全部命令", EN: "no command or file named %s; juzheng help lists all commands"},
		name)
}

// flagError says in the user's language what pflag found wrong.
func flagError(c command, fs *pflag.FlagSet, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	see := strings.TrimSpace("juzheng help " + c.name)
	switch {
	case errors.As(err, &unknown):
		name, dashes := unknown.GetSpecifiedName(), "--"
		if letters := unknown.GetSpecifiedShortnames(); letters != "" { // -json is read as four options
			name, dashes = letters, "-"
		}
		var known []string
		fs.VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		return fail(exitUsage, nil, fill(text{ZH: "没有这个选项：%s（运行 %s 查看）", EN: "no such option: %s (see %s)"}, dashes+
			name, see),
			meant(name, known, "--")...)
	case errors.As(err, &missing):
		return usage(text{ZH: "选项 --%s 后面要有值（运行 %s 查看）",
			EN: "option --%s wants a value (see %s)"}, missing.GetSpecifiedName(), see)
	case errors.As(err, &invalid):
		return usage(text{ZH: "选项 --%s 的值 %s 不合适（运行 %s 查看）", EN: "option --%s cannot be %s (see %s)"},
			invalid.GetFlag().Name, invalid.GetValue(), see)
	}
	return usage(text{ZH: "命令行有误：%v（运行 %s 查看）", EN: "the command line is wrong: %v (see %s)"}, err, see)
}

// longDash finds an option behind a dash that is no hyphen: phones and word
// processors turn -- into one.
func longDash(fs *pflag.FlagSet) error {
	for _, arg := range fs.Args() {
		name := strings.TrimLeft(arg, "-—–−―－﹣")
		word, _, _ := strings.Cut(name, "=")
		if name == arg || strings.HasPrefix(arg, "-") || fs.Lookup(word) == nil {
			continue
		}
		if _, err := os.Lstat(arg); err != nil {
			return usage(text{ZH: "%s 前面的横线不对：应为两个减号，--%s",
				EN: "%s begins with a wrong dash: two hyphens are wanted, --%s"}, arg, name)
		}
	}
	return nil
}

// swapped finds the command behind what it is to work on.
func swapped(args []string) error {
	if len(args) < 2 {
		return nil
	}
	if c, ok := find(args[1]); ok {
		return usage(text{ZH: "命令写在前面：juzheng %s %s", EN: "the command stands first: juzheng %s %s"}, c.name,
			quote(args[0]))
	}
	return nil
}
