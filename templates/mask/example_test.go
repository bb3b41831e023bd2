package mask_test

import (
	"fmt"

	"juzheng/evidence"
	"juzheng/templates/mask"
)

func Example() {
	in := mask.Matter{
		Case: evidence.Case{
			Complainant: evidence.Complainant{Name: "王小雨", Phone: "13800138000", Email: "wang@example.com"},
			Numbers:     []evidence.Number{{Number: "13900001234", Side: evidence.OtherSide, Name: "同事李明"}},
		},
		Incidents: []evidence.Incident{{ID: "T001", Shown: "打给李明（139 0000 1234），说我外号小雨点欠钱"}},
	}
	covered := []evidence.Redaction{{Text: "小雨点", Reason: "外号"}}
	for _, role := range []evidence.Role{evidence.ToPlatform, evidence.ToRegulator} {
		out, masks, _ := mask.Redact(in, role, covered)
		fmt.Println(out.Incidents[0].Shown)
		fmt.Println(masks.Text("本人电话13800138000"))
	}
	fmt.Println(in.Incidents[0].Shown)
	// Output:
	// 打给李*（139****1234），说我外号〔已遮盖〕欠钱
	// 本人电话13800138000
	// 打给李*（139****1234），说我外号〔已遮盖〕欠钱
	// 本人电话13800138000
	// 打给李明（139 0000 1234），说我外号小雨点欠钱
}
