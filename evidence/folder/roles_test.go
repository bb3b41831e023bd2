package folder

import (
	"bytes"
	"reflect"
	"testing"

	"juzheng/evidence"
)

// The role of a message, who told of it and what it is not stand in the file
// and come back from it; a file without those columns is read as ever.
func TestRoleAndTellerComeBack(t *testing.T) {
	rows, err := ParseTimeline("t.csv", []byte("id,time,kind,role,told by,asserted kinds\n"+
		"T001,2026-09-01 12:00,sms,service,,\nT002,2026-09-01 12:00,message,,刘姐 9月1日,V01 非V06\n"))
	if err != nil || rows[0].Role != evidence.RoleService || rows[1].ToldBy != "刘姐 9月1日" ||
		!reflect.DeepEqual(rows[1].Denied, []evidence.Breach{"V06"}) || len(rows[1].Asserted) != 1 {
		t.Fatalf("%+v, %v", rows, err)
	}
	var b bytes.Buffer
	if err := WriteIncidents(&b, rows); err != nil {
		t.Fatal(err)
	}
	again, err := ParseTimeline("t.csv", b.Bytes())
	for i := range again { // the first table has few columns, what is written has all
		rows[i].Missing = again[i].Missing
	}
	if err != nil || !reflect.DeepEqual(rows, again) {
		t.Errorf("got %+v, want %+v, %v", again, rows, err)
	}
	if _, err := ParseTimeline("t.csv", []byte("编号,时间,方式\nT001,2026-09-01,电话\n")); err != nil {
		t.Error(err)
	}
	if _, err := ParseTimeline("t.csv", []byte("编号,时间,方式,角色\nT001,2026-09-01,短信,老板\n")); err == nil {
		t.Error("an unknown role is taken")
	}
}
