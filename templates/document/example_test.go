package document_test

import (
	"fmt"

	"juzheng/templates/document"
)

func Example() {
	d := document.Document{Title: "投诉书", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "一、请求"},
		document.Item{Label: "1.", Spans: []document.Span{{Text: "停止联系本人的同事（"}, {Exhibit: "E001"}, {Text: "）。"}}},
		document.Keep{Blocks: []document.Block{
			document.Addressee{Name: "某某小额贷款有限公司"},
			document.Signature{Label: "投诉人（签名、捺印）"},
		}},
	}}
	fmt.Print(document.Text(d))
	// Output:
	// 一、请求
	// 1.停止联系本人的同事（页码见证据目录）。
	//
	// 此致
	// 某某小额贷款有限公司
	//
	// 投诉人（签名、捺印）：
	// 　　　　年　　月　　日
}
