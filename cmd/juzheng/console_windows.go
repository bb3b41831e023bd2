package main

import (
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// ownConsole reports whether the console was opened for this program alone, as
// by a double click or something dropped on it: it closes when the program ends.
func ownConsole() bool {
	list := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")
	if list.Find() != nil {
		return false
	}
	var ids [2]uint32
	n, _, _ := list.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1
}

// unseen is for systems whose desktops open no console.
func unseen([]*os.File, func(string) string) bool { return false }

// shellAtHand is the shell that started this process, by the name of its program.
func shellAtHand() shell {
	list, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return cmdExe
	}
	defer windows.CloseHandle(list)
	names, parent := map[uint32]string{}, uint32(0)
	p := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(list, &p); err == nil; err = windows.Process32Next(list, &p) {
		names[p.ProcessID] = windows.UTF16ToString(p.ExeFile[:])
		if p.ProcessID == uint32(os.Getpid()) {
			parent = p.ParentProcessID
		}
	}
	switch name := strings.ToLower(filepath.Base(names[parent])); name {
	case "powershell.exe", "pwsh.exe", "powershell_ise.exe":
		return powershell
	case "bash.exe", "sh.exe", "zsh.exe": // Git for Windows, MSYS2
		return posix
	}
	return cmdExe
}

// commandLine is what the program was given to do. Only where a quote stands behind a
// backslash is the line taken apart anew.
func commandLine() []string {
	line := windows.UTF16PtrToString(windows.GetCommandLine())
	if !strings.Contains(line, `\"`) {
		return os.Args[1:]
	}
	if args := splitCommandLine(line); len(args) > 0 {
		return args[1:]
	}
	return os.Args[1:]
}

const utf8CodePage = 65001

// useConsole has the console read UTF-8, for what goes through a pipe to another
// program of it, and act on the signs by which a line is drawn over and coloured. Both
// are put back at the end: the console is used on by others.
func useConsole() (restore func()) {
	var undo []func()
	if page, err := windows.GetConsoleOutputCP(); err == nil && page != 0 && page != utf8CodePage {
		if windows.SetConsoleOutputCP(utf8CodePage) == nil {
			undo = append(undo, func() { windows.SetConsoleOutputCP(page) })
		}
	}
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		var mode uint32
		h := windows.Handle(f.Fd())
		if windows.GetConsoleMode(h, &mode) != nil || mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING != 0 {
			continue
		}
		if windows.SetConsoleMode(h, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil {
			undo = append(undo, func() { windows.SetConsoleMode(h, mode) })
		}
	}
	return func() {
		for _, u := range undo {
			u()
		}
	}
}
