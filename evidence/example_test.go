package evidence_test

import (
	"fmt"

	"juzheng/evidence"
)

// One sentence holds the words for the console and for the page; what a case brings goes in
// as values.
func ExampleAdvise() {
	a := evidence.Advise("把%s加进来{（juzheng add）|}", "add %s{ (juzheng add)|}").With("账单")
	fmt.Println(a.In("zh"))
	fmt.Println(a.OnPage().In("zh"))
	// Output:
	// 把账单加进来（juzheng add）
	// 把账单加进来
}
