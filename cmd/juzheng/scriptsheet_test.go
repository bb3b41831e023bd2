package main

import (
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// cells FILE SHEET CELL TEXT [SHEET CELL TEXT …]: writes text into cells of a workbook, as
// a program does that opens and saves it.
func cmdCells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%3 != 1 {
		ts.Fatalf("usage: cells FILE SHEET CELL TEXT [SHEET CELL TEXT …]")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for n := 1; n < len(args); n += 3 {
		ts.Check(f.SetCellStr(args[n], args[n+1], args[n+2]))
	}
	ts.Check(f.Save())
}
