package names_test

import (
	"fmt"
	"time"

	"juzheng/evidence/intake/names"
)

func Example() {
	call := names.Parse("Call recording +8613800138000_260605_114902.m4a", true)
	fmt.Println(
		call.Scheme, call.Number, call.Time.At.Format(time.DateTime), "by the device's clock:", call.Time.Device,
	)

	shot := names.Parse("Screenshot_2026-06-05-11-49-02-918_com.tencent.mm.jpg", false)
	fmt.Println(shot.Scheme, shot.Screenshot, names.AppLabel(shot.App))

	unknown := names.Parse("rec-20260605_114902-13800138000.mp3", true)
	fmt.Println(unknown.Scheme, unknown.Number, "a guess:", unknown.Guess)

	yearless := names.Parse("19100000861_通话_06月05日_11点49分.amr", true)
	changed := time.Date(2026, 6, 5, 11, 52, 0, 0, time.UTC)
	fmt.Println(yearless.Yearless, yearless.DatedBy(changed).At.Year())

	fmt.Println(names.WithoutCopyMark("录音/a (1).mp3"))
	// Output:
	// samsung +8613800138000 2026-06-05 11:49:02 by the device's clock: true
	// xiaomi true 微信
	// generic 13800138000 a guess: true
	// 06-05 11:49 2026
	// 录音/a.mp3
}
