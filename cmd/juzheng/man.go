package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

// manCommand is a function, because the page tells of all commands, itself among them.
func manCommand() command {
	return command{
		name:  "man",
		brief: text{ZH: "打印手册页（man）", EN: "print the man page"},
		help: text{
			ZH: `把全部命令的说明打印成一页手册（man 的格式），与 juzheng help 是同样的话，用当前的语言。

用法：juzheng man

看一眼：juzheng man > juzheng.1，再 man ./juzheng.1
装上：  juzheng man > ~/.local/share/man/man1/juzheng.1，以后 man juzheng
中文的放 man/zh_CN/man1 里。Windows 没有 man，用 juzheng help。`,
			EN: `Prints the explanations of all commands as a page of the manual, in the form that man
reads: the words of juzheng help, in the language of now.

Use: juzheng man

To look at it: juzheng man > juzheng.1, then man ./juzheng.1
To keep it:    juzheng man > ~/.local/share/man/man1/juzheng.1, then man juzheng
A Chinese one belongs into man/zh_CN/man1. Windows has no man; use juzheng help.`,
		},
		setup: func(*pflag.FlagSet) action {
			return func(_ context.Context, e *env, _ []string) error {
				day, err := e.clock()
				if err != nil {
					return err
				}
				_, err = io.WriteString(e.stdout, manPage(e.lang, day.Format("2006-01-02")))
				return err
			}
		},
	}
}

// manPage sets the helps as a page of the manual. Its macros are those of man(7)
// that groff and mandoc both read.
func manPage(lang, day string) string {
	p := page{lang: lang}
	fmt.Fprintf(&p, ".TH JUZHENG 1 %s \"juzheng %s\"\n", day, roff(software()))
	p.heading(text{ZH: "名称", EN: "NAME"})
	p.line(text{ZH: `juzheng \- 把催收证据整理成可以核验的证据包和投诉材料`,
		EN: `juzheng \- evidence bundles and complaint letters against unlawful debt collection`}.In(lang))
	p.heading(text{ZH: "用法", EN: "SYNOPSIS"})
	p.line(".B juzheng\n.br\n.B juzheng\nFOLDER\n.br\n.B juzheng\nCOMMAND [OPTION ...] [ARGUMENT ...]")
	p.heading(text{ZH: "说明", EN: "DESCRIPTION"})
	p.help(overviewHead.In(lang))
	p.help(strings.TrimLeft(overviewTail.In(lang), "\n"))
	for _, g := range groups() {
		p.heading(text{ZH: "命令：" + g.title.ZH, EN: "COMMANDS: " + strings.ToUpper(g.title.EN)})
		for _, c := range g.commands {
			fmt.Fprintf(&p, ".SS %s\n", roff(strings.TrimSpace(c.name+" "+c.args)))
			p.help(c.help.In(lang))
		}
	}
	p.heading(text{ZH: "每个命令都有的选项", EN: "OPTIONS OF EVERY COMMAND"})
	p.help(globalHelp.In(lang))
	p.line(".PP")
	p.help(writingHelp.In(lang))
	for _, topic := range []struct{ title, body text }{
		{text{ZH: "退出码", EN: "EXIT STATUS"}, exitText},
		{text{ZH: "环境变量", EN: "ENVIRONMENT"}, environmentText},
		{text{ZH: "证据清单和凭据", EN: "FILES OF A BUNDLE"}, evidenceText},
		{text{ZH: "从手机里拿出材料", EN: "FILES OF A PHONE"}, phoneText},
	} {
		p.heading(topic.title)
		p.help(topic.body.In(lang))
	}
	return p.String()
}

// A page is what is written of a page of the manual.
type page struct {
	strings.Builder
	lang string
}

func (p *page) heading(t text) { fmt.Fprintf(p, ".SH %s\n", roff(t.In(p.lang))) }

func (p *page) line(s string) {
	if s != "" {
		p.WriteString(s + "\n")
	}
}

func (p *page) folded(s string, width int) {
	for line := range strings.Lines(flowIn(s, width) + "\n") {
		p.line(roff(strings.TrimSuffix(line, "\n")))
	}
}

// help sets a help: its lines stand as they were folded for a screen, for neither
// commands nor Chinese are filled well by what sets the page.
func (p *page) help(s string) {
	const indents = 20 // of man, and of the words of an option
	for n, b := range readManual(s).blocks {
		if n > 0 {
			p.line(".PP")
		}
		if len(b.lines) > 0 {
			p.line(".nf")
			p.folded(strings.Join(b.lines, "\n"), screen-indents/2)
			p.line(".fi")
		}
		for _, o := range b.options {
			p.line(".TP")
			p.line(strings.TrimSpace(".B " + roff(strings.Join(o.written(), ", ")+" "+o.value)))
			p.line(".nf")
			for _, words := range o.paragraphs() {
				p.folded(words, screen-indents)
			}
			p.line(".fi")
		}
	}
}

// roff is a text in which nothing is taken for a command of the page's language.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", "\\`", "'", `\(aq`, "~", `\(ti`, "^", `\(ha`).Replace(s)
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	return s
}
