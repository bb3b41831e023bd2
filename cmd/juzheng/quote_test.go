package main

import (
	"slices"
	"testing"
)

func TestQuote(t *testing.T) {
	for _, c := range []struct {
		shell      shell
		path, want string
	}{
		{posix, "案件", "案件"},
		{posix, "我的 & 案件", "'我的 & 案件'"},
		{posix, "it's", `'it'\''s'`},
		{posix, `a\b`, `'a\b'`},
		{cmdExe, `D:\案件`, `D:\案件`},
		{cmdExe, `D:\我的 & 案件`, `"D:\我的 & 案件"`},
		{cmdExe, `D:\我的 案件\`, `"D:\我的 案件\\"`},
		{cmdExe, "it's", `"it's"`},
		{cmdExe, `D:\a$b`, `"D:\a$b"`},
		{powershell, `D:\我的 & 案件`, `"D:\我的 & 案件"`},
		{powershell, `D:\a$b`, `'D:\a$b'`},
		{powershell, "D:\\it's `new`", "'D:\\it''s `new`'"},
	} {
		if got := quoteFor(c.shell, c.path); got != c.want {
			t.Errorf("%s in %s: got %s, want %s", c.path, c.shell, got, c.want)
		}
	}
}

// A command that is told works where it is typed: the program need not be where the
// system looks for it.
func TestCalledAs(t *testing.T) {
	for _, c := range []struct {
		name             string
		shell            shell
		self, cwd, found string
		want             string
	}{
		{"installed", posix, "/usr/bin/juzheng", "/home/a", "/usr/bin/juzheng", "juzheng"},
		{"unpacked here", posix, "/home/a/juzheng", "/home/a", "", "./juzheng"},
		{"unpacked elsewhere", posix, "/home/a/my tools/juzheng", "/home/a", "", "'/home/a/my tools/juzheng'"},
		{"another is installed", posix, "/home/a/juzheng", "/home/a", "/usr/bin/juzheng", "./juzheng"},
		{"a name of one's own", posix, "/home/a/jz", "/home/a", "", "juzheng"},
		{"go run", posix, "/tmp/go-build12/b001/exe/juzheng", "/home/a", "", "juzheng"},
		{"PowerShell runs nothing of its own folder by name", powershell, `D:\tools\juzheng-windows.exe`, `D:\tools`, "",
			`.\juzheng-windows.exe`},
		{"at the root of a stick", cmdExe, `E:\juzheng.exe`, `E:\`, "", `.\juzheng.exe`},
		{"from another folder", cmdExe, `D:\my tools\juzheng.exe`, `C:\Users\a`, "", `"D:\my tools\juzheng.exe"`},
		{"the same in PowerShell", powershell, `D:\my tools\juzheng.exe`, `C:\Users\a`, "", `& "D:\my tools\juzheng.exe"`},
		{"installed on Windows", powershell, `C:\bin\juzheng.exe`, `C:\Users\a`, `C:\bin\juzheng.exe`, "juzheng"},
	} {
		if got := calledAs(c.shell, c.self, c.cwd, c.found); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	for _, c := range [][2]string{
		{"下一步：juzheng check 案件", "下一步：./juzheng check 案件"},
		{"把文件夹交给程序：juzheng 文件夹", "把文件夹交给程序：./juzheng 文件夹"},
		{"cd juzheng-demo; juzheng help check, juzheng list", "cd juzheng-demo; ./juzheng help check, ./juzheng list"},
	} {
		if got := asCalled("./juzheng", c[0]); got != c[1] {
			t.Errorf("got %s, want %s", got, c[1])
		}
	}
}

// A command line of Windows is taken apart as the system does it, but that a folder's
// last backslash takes no quote for its own.
func TestSplitCommandLine(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string
	}{
		{"plain", `juzheng list 案件`, []string{"juzheng", "list", "案件"}},
		{"blanks", `  "C:\my tools\juzheng.exe"   list  "我的 案件" `,
			[]string{`C:\my tools\juzheng.exe`, "list", "我的 案件"}},
		{"the fault", `juzheng check "C:\我的 案件\" --full`, []string{"juzheng", "check", `C:\我的 案件\`, "--full"}},
		{"at the end", `juzheng check "C:\我的 案件\"`, []string{"juzheng", "check", `C:\我的 案件\`}},
		{"two of them", `juzheng add "我的 案件\" "D:\手机 (1)\"`, []string{"juzheng", "add", `我的 案件\`, `D:\手机 (1)\`}},
		{"as value", `juzheng export x --to="D:\给 律师\" --whole`,
			[]string{"juzheng", "export", "x", `--to=D:\给 律师\`, "--whole"}},
		{"doubled, as it should be", `juzheng check "C:\我的 案件\\" --full`,
			[]string{"juzheng", "check", `C:\我的 案件\`, "--full"}},
		{"quotes in words", `juzheng track x answered --said "他说\"好\" 就走了" --to nifa`,
			[]string{"juzheng", "track", "x", "answered", "--said", `他说"好" 就走了`, "--to", "nifa"}},
		{"doubled quotes in words", `juzheng track x --said "他说""好"""`, []string{"juzheng", "track", "x", "--said", `他说"好"`}},
		{"a share", `juzheng list \\nas\案件`, []string{"juzheng", "list", `\\nas\案件`}},
		{"an empty value", `juzheng init x --name ""`, []string{"juzheng", "init", "x", "--name", ""}},
		{"four backslashes", `juzheng list "a\\\\" b`, []string{"juzheng", "list", `a\\`, "b"}},
		{"the program's own name", `"C:\tools\" list`, []string{`C:\tools\`, "list"}},
	} {
		if got := splitCommandLine(c.line); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
