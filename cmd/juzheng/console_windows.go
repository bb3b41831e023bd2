package main

import (
	"os"
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
