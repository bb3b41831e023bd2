package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// Numbers that called the phone of a relative once, on a day of the collector's calls,
// are asked about together, and never one by one; those with a name, and those on the
// person's own phone, are not.
func TestFewCallsOnAnothersPhoneAreAsked(t *testing.T) {
	on := func(id, at, number, name string) evidence.Incident {
		i := call(id, at, number, "")
		i.Exhibits, i.Name = []string{"E002"}, name
		return i
	}
	r := Record{Case: kase(), Devices: []device.Device{{Name: "妈妈的vivo", Exhibits: []string{"E002"},
		Owner: evidence.ReachedFamily}}, Incidents: []evidence.Incident{
		call("T001", "09-03 10:00", collector, "self"), on("T002", "09-03 11:00", "17700000001", ""),
		on("T003", "09-03 12:00", "17700000002", ""), on("T004", "09-03 13:00", "17700000003", "快递"),
		on("T005", "09-20 13:00", "17700000004", ""), call("T006", "09-03 14:00", "17700000005", "self")}}
	list := of(List(look(r)), Caller)
	if len(list) != 1 || strings.Join(list[0].About.Numbers, " ") != "17700000001 17700000002" {
		t.Fatalf("asks %+v", list)
	}
	const both = "17700000001=collector; 17700000002="
	for value, want := range map[string]string{
		"collector": "T002 reached=family; T003 reached=family; " + both + "collector",
		"some:1":    "T002 reached=family; " + both + "other", "family": "17700000001=other; 17700000002=other"} {
		if edits, err := list[0].Edits(value); err != nil || strings.Join(sorted(shown(edits)), " ") !=
			strings.Join(sorted(want), " ") {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	r.Given = []Given{given(list[0], Unknown)}
	if again := of(List(look(r)), Caller); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
}

// A number that called the person and a relative is asked about as a collector's may be;
// one that sent both of them bills, and called nobody, is not.
func TestWhoWritesToEverybodyIsNotAsked(t *testing.T) {
	on := func(i evidence.Incident) evidence.Incident { i.Exhibits = []string{"E002"}; return i }
	const bill = "【某某通信】您本月消费58.00元，账户余额31.20元。"
	r := Record{Case: kase(), Devices: []device.Device{{Name: "妈妈的vivo", Exhibits: []string{"E002"},
		Owner: evidence.ReachedFamily}}, Incidents: []evidence.Incident{
		sms("T001", "09-03 10:00", "10001", bill), on(sms("T002", "09-03 11:00", "10001", bill)),
		call("T003", "09-04 10:00", stranger, "self"), on(call("T004", "09-04 11:00", stranger, ""))}}
	if list := of(List(look(r)), Caller); len(list) != 1 || strings.Join(list[0].About.Numbers, " ") != stranger {
		t.Errorf("asks %+v", list)
	}
}

// Numbers that rang the person's two phones are no collector's by that, though one of the
// phones is still to be asked about; those that called at night and did nothing else are
// asked about together, and one with a message by itself.
func TestWhoOnlyCalledIsAskedTogether(t *testing.T) {
	on := func(i evidence.Incident) evidence.Incident { i.Exhibits = []string{"E002"}; return i }
	const a, b, c, d = "16700000001", "16700000002", "16700000003", "16700000004"
	r := Record{Case: kase(), Devices: []device.Device{
		{Name: "荣耀", Exhibits: []string{"E001"}, Own: true},
		{Name: "vivo工作机", Exhibits: []string{"E002"}, Doubtful: true}},
		Incidents: []evidence.Incident{
			call("T001", "09-03 10:00", a, "self"), on(call("T002", "09-03 11:00", a, "")),
			call("T003", "09-03 23:00", b, "self"), call("T004", "09-03 23:10", c, "self"),
			call("T005", "09-03 23:20", d, "self"), call("T006", "09-04 23:20", "16700000005", "self"),
			sms("T007", "09-04 23:21", "16700000005", "您的欠款已逾期，请尽快还款。")}}
	list := of(List(look(r)), Caller)
	if len(list) != 2 || strings.Join(list[0].About.Numbers, " ") != "16700000005" ||
		strings.Join(list[1].About.Numbers, " ") != b+" "+c+" "+d {
		t.Fatalf("asks %+v", list)
	}
	edits, err := list[1].Edits("some:2")
	want := strings.Join(sorted(b+"=other; "+c+"=collector; "+d+"=other"), " ")
	if err != nil || strings.Join(sorted(shown(edits)), " ") != want {
		t.Errorf("%s (%v)", shown(edits), err)
	}
	r.Given = []Given{given(list[1], Unknown)}
	if again := of(List(look(r)), Caller); len(again) != 1 {
		t.Errorf("asked again: %+v", again)
	}
	r.Incidents, r.Given = r.Incidents[:4], nil
	if list := of(List(look(r)), Caller); len(list) != 2 {
		t.Errorf("two are asked about singly: %+v", list)
	}
}
