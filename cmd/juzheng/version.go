package main

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"io"
	"juzheng/cmd/internal/desk"
	"juzheng/evidence/intake/pdf"
	"juzheng/fonts"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/spf13/pflag"
)

// notices are the words that the modules in the program ask to go along with it.
// A test holds them to what it is built with.
//
//go:embed NOTICES.txt
var notices string

// version is set at release time by -ldflags "-X main.version=1.2.3".
var version = "dev"

var versionCommand = command{
	name:  "version",
	long:  true,
	brief: text{ZH: "显示版本", EN: "print the version"},
	help: text{
		ZH: `显示程序版本、构建所用的 Go 版本和平台，自带的规定依据截至哪一天，以及设置文件夹在哪里
（您自己的规定和机构放在那里，见 juzheng help check；环境变量 JUZHENG_CONFIG 可以改地方）。

用法：juzheng version
      juzheng version --notices

选项：
      --notices   程序里用到的别人的程序和字体，它们的许可和署名，原文`,
		EN: `Prints the version, the Go it was built with, the platform, as of which day its provisions
speak, and where the settings folder is (for records of your own, see juzheng help check;
the variable JUZHENG_CONFIG names another place).

Use: juzheng version
     juzheng version --notices

Options:
      --notices   the licences of the programs and fonts of others that are in this one, word by word`,
	},
	setup: func(f *pflag.FlagSet) action {
		all := f.Bool("notices", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if *all {
				return printNotices(e)
			}
			return printVersion(ctx, e, args)
		}
	},
}

// printNotices prints what has to go along with a program that holds the work of
// others.
func printNotices(e *env) error {
	all := notices + "\n=== PDFium\n\n" + pdf.Notices() + "\n=== Noto\n\n" + fonts.Notices()
	if e.json {
		return emit(e.stdout, "summary", map[string]string{"notices": all})
	}
	_, err := io.WriteString(e.stdout, all)
	return err
}

func printVersion(_ context.Context, e *env, _ []string) error {
	v := software()
	d, err := e.desk()
	if err != nil {
		return err
	}
	law := desk.AgeOfLaw(d)
	if e.json {
		return emit(e.stdout, "summary", map[string]string{
			"version": v, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "law_as_of": law.AsOf,
			"settings": d.Settings})
	}
	fmt.Fprintf(e.stdout, text{ZH: "举证 juzheng %s（%s，%s/%s）\n", EN: "juzheng %s (%s, %s/%s)\n"}.In(e.lang), v,
		runtime.Version(), runtime.GOOS, runtime.GOARCH) // no command stands there
	e.printf(text{ZH: "依据截至 %s；设置文件夹 %s\n", EN: "provisions as of %s; settings folder %s\n"}, law.AsOf,
		cmp.Or(visible(d.Settings), "-"))
	return nil
}

// software is the version as the bundle records it. It is asked for with each request of
// the page, and what was built of what is a long list.
var software = sync.OnceValue(func() string {
	if version != "dev" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return version
})
