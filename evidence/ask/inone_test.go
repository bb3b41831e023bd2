package ask

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Pictures of one sender, each of one message that a program read, are confirmed in one
// question; one with an answer beneath, of another sender, or not ticked, is asked by itself.
func TestPicturesOfOneSenderInOne(t *testing.T) {
	r := Record{Case: kase()}
	for n, text := range []string{"10:00 5G76%\n《恒茂刘经理\n09:58\n最后通知，明天外勤上门",
		"13:21 5G76%\n《恒茂刘经理\n昨天21:40\n再给你最后一天时间，不还我把你的\n照片发到你通讯录里的每一个人，让\n你在单位做不了人。",
		"16:05 5G76%\n《恒茂刘经理\n16:01\n废物，欠钱不还\n请你文明一点",
		"09:40 5G76%\n《恒茂刘经理\n09:35\n你公司前台电话我已经查到了\n你骗人", // two lines may be two messages
		"17:00 5G76%\n《经侦-李警官\n16:40\n你的案子在我手上"} {
		x := "E00" + string(rune('1'+n))
		i := sms("T00"+string(rune('1'+n)), "09-16 22:30", "", "")
		i.Kind, i.Use, i.Source, i.Exhibits, i.Reached = evidence.Message, evidence.Yes, x, []string{x}, ""
		i.Time.Source = "name:test"
		r.Incidents = append(r.Incidents, i)
		r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: x, Kind: evidence.Screenshot,
			Captured: evidence.CaptureTime{Time: i.Time.At.Format("2006-01-02T15:04:05Z07:00"), Source: "name:test"}})
		r.Papers = append(r.Papers, Paper{Exhibit: x, Machine: true, Text: text})
	}
	list := of(List(look(r)), Picture)
	n := slices.IndexFunc(list, func(q Question) bool { return q.Parts > 1 })
	if len(list) != 4 || n < 0 || strings.Join(list[n].About.Incidents, " ") != "T001 T002" {
		t.Fatalf("%+v", list)
	}
	q := list[n]
	const first = "T001 name=恒茂刘经理; T001 reached=self; T001 time source=picture; T001 time=2026-09-16 09:58; " +
		"T001 what the file shows=最后通知，明天外勤上门; 恒茂刘经理=collector"
	for value, want := range map[string]string{no: "", "some:1": first} {
		if edits, err := q.Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v, want %s", value, shown(edits), err, want)
		}
	}
	r.Given = []Given{given(q, "some:1")}
	r.Incidents[0].Shown, r.Incidents[0].Name = "最后通知，明天外勤上门", "恒茂刘经理"
	r.Incidents[0].Time = on("09-16 09:58")
	for _, q := range of(List(look(r)), Picture) {
		if q.Parts > 1 || slices.Contains(q.About.Incidents, "T001") {
			t.Errorf("after the answer: %+v", q)
		}
	}
	if left := of(List(look(r)), Picture); len(left) != 3 {
		t.Errorf("what was not ticked is asked by itself: %+v", left)
	}
}
