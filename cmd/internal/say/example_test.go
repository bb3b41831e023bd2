package say_test

import (
	"fmt"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/internal/say"
)

// What a job of desk found is a value; here it has its words.
func Example() {
	note := desk.SheetNote{Code: desk.NoteMissingSheet, Sheet: "债务"}
	change := desk.SheetChange{Sheet: "时间线", Cell: "D7", Item: "T003", Column: "秒数", After: "21"}
	refused := desk.SheetRefusal{SheetChange: change, Why: desk.RefusedFixed}
	for _, lang := range []string{"zh", "en"} {
		fmt.Println(say.SheetNote(note).In(lang))
		fmt.Println(say.SheetChange(change).In(lang))
		fmt.Println(say.SheetRefusal(refused).In(lang))
	}
	// Output:
	// 没有“债务”这张表，这张表里的没有读
	// 时间线 D7 T003 秒数：（空） → 21
	// 是材料里的或者程序算的，改不了
	// there is no sheet 债务: nothing of it is read
	// 时间线 D7 T003 秒数: (nothing) → 21
	// a file says it, or the program computes it
}
