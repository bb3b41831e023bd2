package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// toThree are answered calls to a mother and a colleague, on three days; on the last
// one the borrower talked with the collector as well.
func toThree() Record {
	on := func(id, at, exhibit string, who evidence.Reached) evidence.Incident {
		i := call(id, at, collector, who)
		i.Exhibits, i.Answered = []string{exhibit}, evidence.Yes
		return i
	}
	own := on("T005", "09-05 20:00", "E001", evidence.ReachedSelf)
	own.Seconds = 2
	return Record{Case: kase(), Devices: []device.Device{
		{Name: "妈妈的vivo", Exhibits: []string{"E002"}, Owner: evidence.ReachedFamily},
		{Name: "前台的OPPO", Exhibits: []string{"E003"}, Owner: evidence.ReachedWorkplace}},
		Incidents: []evidence.Incident{on("T001", "09-03 10:00", "E002", evidence.ReachedFamily),
			on("T002", "09-04 10:00", "E002", evidence.ReachedFamily),
			on("T003", "09-04 11:00", "E003", evidence.ReachedWorkplace),
			on("T004", "09-05 11:00", "E003", evidence.ReachedWorkplace), own}}
}

// Who of several people was told of the debt is one question; who cannot say it of all
// is asked about each call.
func TestWhoWasToldIsOneQuestion(t *testing.T) {
	r := toThree()
	list := of(List(look(r)), Disclosed)
	if len(list) != 1 || list[0].Parts != 2 || strings.Join(list[0].About.Incidents, " ") != "T001 T002 T003 T004" {
		t.Fatalf("asks %+v", list)
	}
	const told = "这次联系里，对方向被联系的人说了本人欠款的事。"
	if edits, err := list[0].Edits("some:2"); err != nil || shown(edits) != "T001 disclosed debt=no; "+
		"T002 disclosed debt=no; T003 disclosed debt=yes; T003 my own words="+told+"; T004 disclosed debt=yes; "+
		"T004 my own words="+told {
		t.Errorf("%s (%v)", shown(edits), err)
	}
	r.Given = []Given{given(list[0], Unknown)}
	if left := of(List(look(r)), Disclosed); len(left) != 0 {
		t.Errorf("not known, and asked of each: %+v", left)
	}
	r.Given = []Given{given(list[0], "apart")}
	var each []string
	for _, q := range of(List(look(r)), Disclosed) {
		each = append(each, strings.Join(q.About.Incidents, " "))
	}
	if strings.Join(each, "; ") != "T001; T002; T003; T004" {
		t.Errorf("then asks of %v", each)
	}
}

// On which days the borrower could be reached is one question, whatever the log says
// of some of them: an answer names the days, and holds for all contacts of a day.
func TestDaysAreAskedTogether(t *testing.T) {
	r := toThree()
	for n := range r.Incidents[:4] {
		r.Incidents[n].Disclosed = evidence.No
	}
	list := of(List(look(r)), Reachable)
	if len(list) != 1 || list[0].Parts != 3 || list[0].Prefill != "" ||
		!strings.Contains(list[0].Text.ZH, "1 9月3日；2 9月4日 2次；3 9月5日，您接过催收来电") ||
		!strings.Contains(list[0].Text.EN, "2 4 September 2 times; 3 5 September, you answered") {
		t.Fatalf("asks %+v", list)
	}
	if edits, err := list[0].Edits("some:2"); err != nil || shown(edits) != "T001 reachable=no; T002 reachable=yes; "+
		"T003 reachable=yes; T004 reachable=no" {
		t.Errorf("%s (%v)", shown(edits), err)
	}
	// of days on which they all talked the log answers
	r.Incidents = r.Incidents[3:]
	if list := of(List(look(r)), Reachable); len(list) != 1 || list[0].Prefill != yes || list[0].Parts != 0 {
		t.Errorf("asks %+v", list)
	}
}
