package logs_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"juzheng/evidence/intake/logs"
)

func Example() {
	list := strings.NewReader(`客户姓名,林*安
起始时间,通信地点,通信方式,对方号码,通信时长
2026-09-05 22:47:14,杭州,被叫,0571-88880101,1分48秒
2026-09-06 09:00:02,,主叫,1.38E+10,10秒
合计,,,,
`)
	form, ok := logs.Recognise(list, list.Size())
	fmt.Println(ok, form.Name, form.Kind, form.Extension)

	skipped, err := logs.Read(list, list.Size(), "详单.csv", func(r logs.Row) error {
		i := r.Incident
		fmt.Println("line", r.Line, i.Time.At.Format(time.DateTime), i.Direction, i.Number, i.Seconds, "s")
		return nil
	})
	for _, s := range skipped {
		fmt.Println("line", s.Line, s.Detail.EN)
	}
	var broken *logs.BrokenError
	fmt.Println("broken:", errors.As(err, &broken), err)
	// Output:
	// true call list, text call-log .csv
	// line 3 2026-09-05 22:47:14 in 057188880101 108 s
	// line 4 a spreadsheet turned the number into 1.38E+10; its digits are lost
	// line 5 no call (time is "合计")
	// broken: false <nil>
}
