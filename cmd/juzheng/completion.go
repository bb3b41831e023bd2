package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/templates/letter"
)

// completionCommand is a function, because it lists all commands, itself among them.
func completionCommand() command {
	return command{
		name:  "completion",
		args:  "SHELL",
		brief: text{ZH: "按 Tab 键补全命令和选项", EN: "complete commands with the Tab key"},
		least: 1,
		most:  1,
		help: text{
			ZH: `打印一段脚本，让命令行按 Tab 键补全命令、选项和选项的值。脚本只是文字，补全时不运行本程序。
选项的说明用当前的语言。换了新版本，重新生成一次。

用法：juzheng completion bash|zsh|fish|powershell

放在哪里：
      bash        ~/.local/share/bash-completion/completions/juzheng
                  （要装 bash-completion；没装的，在 ~/.bashrc 里写 source 这个文件）
      zsh         $fpath 里的任一文件夹，文件名 _juzheng
      fish        ~/.config/fish/completions/juzheng.fish
      powershell  $PROFILE 所指的文件里，写一行：. 脚本的路径

例如：juzheng completion fish > ~/.config/fish/completions/juzheng.fish

退出码：0 完成，2 没有这种命令行。`,
			EN: `Prints a script by which a shell completes commands, options and the values of options
when Tab is pressed. It is words alone: nothing of this program runs meanwhile. What it says
of options is in the language of now. After an update, make it again.

Use: juzheng completion bash|zsh|fish|powershell

Where it goes:
      bash        ~/.local/share/bash-completion/completions/juzheng
                  (wants bash-completion; without it, source the file in ~/.bashrc)
      zsh         any folder of $fpath, as _juzheng
      fish        ~/.config/fish/completions/juzheng.fish
      powershell  a line in the file that $PROFILE names: . PATH-OF-SCRIPT

For example: juzheng completion fish > ~/.config/fish/completions/juzheng.fish

Exit codes: 0 done, 2 no such shell.`,
		},
		setup: func(*pflag.FlagSet) action {
			return func(_ context.Context, e *env, args []string) error { return completion(e, args[0]) }
		},
	}
}

// shells are those that completion knows.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func completion(e *env, shell string) error {
	if shell == "pwsh" {
		shell = "powershell"
	}
	n := slices.Index(shells, shell)
	if n < 0 {
		return unknownValue(text{ZH: "不会为 %s 写补全（可用 bash、zsh、fish、powershell）",
			EN: "knows no shell %s (there are bash, zsh, fish, powershell)"}, shell, shells)
	}
	write := []func([]completed) string{bashScript, zshScript, fishScript, powershellScript}[n]
	_, err := io.WriteString(e.stdout, write(completedWords(e.lang)))
	return err
}

// A completed is what can be typed of a command.
type completed struct {
	name, brief string
	words       []string // that may stand behind it, first or later; nil: paths
	options     []completedOption
}

// A completedOption is one option of a command.
type completedOption struct {
	option
	words []string // its values; nil: any
	path  bool     // its value is a path
}

// completedWords are all commands with their options, from the flags and the helps.
func completedWords(lang string) []completed {
	var all []completed
	for _, c := range commands() {
		var g global
		fs, _ := c.flags(&g)
		told := append(readManual(c.help.In(lang)).options(), readManual(c.shared().In(lang)).options()...)
		t := completed{name: c.name, brief: c.brief.In(lang), words: argumentWords(c.name)}
		fs.VisitAll(func(f *pflag.Flag) {
			n := slices.IndexFunc(told, func(o option) bool { return o.long == f.Name })
			if n < 0 {
				return // a test says that each has its words
			}
			o := completedOption{option: told[n], words: valueWords(c.name, f.Name)}
			if f.NoOptDefVal != "" {
				o.value = ""
			} else {
				o.path = slices.Contains([]string{"FILE", "PATH", "CASE", "文件", "路径", "案件夹"}, o.value)
			}
			t.options = append(t.options, o)
		})
		all = append(all, t)
	}
	return all
}

// argumentWords are the words that a command takes beside paths.
func argumentWords(name string) []string {
	switch name {
	case "help":
		return append(commandNames(), helpTopics...)
	case "completion":
		return shells
	case "directory":
		return directoryVerbs
	case "track":
		var verbs []string
		for _, v := range trackVerbs {
			verbs = append(verbs, v.name)
		}
		return verbs
	}
	return nil
}

// valueWords are the values of an option that takes one of a few.
func valueWords(command, name string) []string {
	switch command + " " + name {
	case "init as":
		return idsOf(evidence.ComplainantKinds())
	case "init loan-kind":
		return idsOf(evidence.LoanKinds())
	case "init licence":
		var words []string
		for _, l := range evidence.Licences {
			words = append(words, string(l))
		}
		return words
	case "add phone-of":
		return phoneOwners[len(phoneOwners)/2:]
	case "track how":
		return append(idsOf(evidence.Outcomes()), "accepted")
	case "print envelope":
		return envelopeWords
	case "build to", "print to", "track to", "check to", "redact to", "approve to":
		return allRoles
	case "build letter", "approve letter", "track letter":
		words := evidence.Applications()
		for _, l := range letter.NextLetters() {
			words = append(words, l.Name)
		}
		if command == "track" {
			words = append(words, "supplement")
		}
		return words
	}
	if name == "lang" {
		return []string{"zh", "en"}
	}
	return nil
}
