package main

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/pflag"
)

// version is set at release time by -ldflags "-X main.version=1.2.3".
var version = "dev"

var versionCommand = command{
	name:  "version",
	brief: text{ZH: "显示版本", EN: "print the version"},
	help: text{
		ZH: `显示程序版本、构建所用的 Go 版本和平台。

用法：juzheng version`,
		EN: `Prints the version, the Go it was built with, and the platform.

Use: juzheng version`,
	},
	setup: func(*pflag.FlagSet) action { return printVersion },
}

func printVersion(_ context.Context, e *env, _ []string) error {
	v := software()
	if e.json {
		return emit(e.stdout, "summary", map[string]string{
			"version": v, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
	}
	e.printf(text{ZH: "举证 juzheng %s（%s，%s/%s）\n", EN: "juzheng %s (%s, %s/%s)\n"}, v, runtime.Version(), runtime.GOOS,
		runtime.GOARCH)
	return nil
}

// software is the version as the bundle records it.
func software() string {
	if version != "dev" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return version
}
