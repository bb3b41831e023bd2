package folder

import (
	"reflect"
	"testing"

	"juzheng/evidence/bag"
)

// An approval is read back as it was noted, and no copy of the log tells who gave it.
func TestApprovals(t *testing.T) {
	f := newFolder(t)
	want := []Approval{
		{By: "李 四 by=x", Code: bag.CustodyStart, Letters: []string{"nifa:0123", "platform:4567"}},
		{By: "赵六", Letters: []string{"deferral/platform:89ab"}},
	}
	for n := range want {
		if err := f.Approve(want[n], testNow); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Note("note", "approve", testNow); err != nil {
		t.Fatal(err)
	}
	got, err := f.Approvals()
	if err != nil {
		t.Fatal(err)
	}
	for n := range got {
		got[n].Time = ""
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if !got[0].Of("4567") || got[0].Of("567") || got[1].Of("4567") {
		t.Error("an approval is of the letters it names, and of no others")
	}
	l := logLine(bag.Record{Event: bag.EventApprove, Detail: "code=- letters=nifa:0123 by=李四"}, 1)
	if l.Detail != "" {
		t.Errorf("a copy of the log tells %q of an approval", l.Detail)
	}
}
