package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// A recording, the phone's log and the carrier's list that all show one call
// become three exhibits and one incident; an empty file is listed with the reason.
func Example() {
	dir, err := os.MkdirTemp("", "juzheng-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	phone := filepath.Join(dir, "手机")
	sound := append([]byte("#!AMR\n"), bytes.Repeat(append([]byte{0x3c}, make([]byte, 31)...), 50*20)...)
	list := "对方号码,起始时间,通话时长,呼叫类型\n13800138000,2026-09-05 22:47:15,20秒,被叫\n合计,,,\n"
	log := `<calls><call number="13800138000" date="1788619634000" duration="20" type="1" /></calls>`
	for name, data := range map[string][]byte{
		"Sounds/CallRecord/13800138000_20260905224720.amr": sound, "calls.xml": []byte(log), "详单.csv": []byte(list),
		"空.mp3": nil,
	} {
		path := filepath.Join(phone, name)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			fmt.Println(err)
			return
		}
	}

	now := time.Date(2026, 10, 1, 12, 0, 0, 0, evidence.Beijing)
	f, err := folder.Init(filepath.Join(dir, "案件"), evidence.Case{ID: "x", Created: now}, now, "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := intake.Add(context.Background(), f, []string{phone}, intake.Options{Now: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Given, "files given")
	for _, x := range s.Admitted {
		fmt.Println(x.Number, x.Kind, x.OriginalName)
	}
	for _, u := range s.Unusable {
		fmt.Println(filepath.Base(u.Path), u.Code)
	}
	for _, k := range s.Skipped {
		fmt.Println(k.Exhibit, "line", k.Line, k.Detail.EN)
	}
	for _, i := range s.Incidents {
		fmt.Println(i.ID, i.Time.At.Format(time.DateTime), i.Direction, i.Number, i.Seconds, "s", i.Exhibits)
	}
	// Output:
	// 4 files given
	// E001 recording 13800138000_20260905224720.amr
	// E002 call-log calls.xml
	// E003 call-log 详单.csv
	// 空.mp3 empty-file
	// E003 line 3 no call (time is "")
	// T001 2026-09-05 22:47:15 in 13800138000 20 s [E001 E002 E003]
}
