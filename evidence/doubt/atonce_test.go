package doubt_test

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/rule"
)

// Two backups of one phone of which only one can be right: of the call that they tell of
// differently no letter speaks, until the carrier's list has it.
func TestBackupsThatContradict(t *testing.T) {
	row := call("E100:2", "2026-09-10 22:15:00", 131, "sms-backup")
	other := func(change func(*evidence.Incident)) evidence.Incident {
		i := call("E200:2", "2026-09-10 22:15:00", 131, "sms-backup")
		change(&i)
		return i
	}
	for name, c := range map[string]struct {
		other evidence.Incident
		more  []evidence.Incident
		want  evidence.DoubtCode
	}{
		"the same": {other(func(i *evidence.Incident) {}), nil, ""},
		"made, not received": {other(func(i *evidence.Incident) { i.Direction = evidence.Out }), nil,
			evidence.WayInOtherSource},
		"another number": {other(func(i *evidence.Incident) { i.Number = "19900000388" }), nil, evidence.CallsAtOnce},
		"another length": {other(func(i *evidence.Incident) { i.Seconds = 12 }), nil, evidence.CallsAtOnce},
		"another number and length": {other(func(i *evidence.Incident) { i.Number, i.Seconds = "19900000388", 12 }), nil,
			evidence.CallsAtOnce},
		"a code before the number": {other(func(i *evidence.Incident) { i.Number = "17951" + i.Number }), nil, ""},
		"another, not answered": {other(func(i *evidence.Incident) {
			i.Number, i.Answered, i.Seconds = "19900000388", evidence.No, 0
		}), nil, ""},
		"a minute later": {other(func(i *evidence.Incident) {
			i.Number, i.Time.At = "19900000388", at("2026-09-10 22:16:00")
		}), nil, ""},
		"the carrier has it": {other(func(i *evidence.Incident) { i.Number = "19900000388" }),
			[]evidence.Incident{call("E300:1", "2026-09-10 22:15:01", 131, "carrier")}, ""},
	} {
		exhibits := []evidence.Exhibit{{Number: "E100", Kind: evidence.CallLog}, {Number: "E200", Kind: evidence.CallLog},
			{Number: "E300", Kind: evidence.CallLog}}
		read := doubt.Sources{Rows: append([]evidence.Incident{row, c.other}, c.more...)}
		devices := device.Gather(collectors(), exhibits, read.Rows, nil)
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(read.Rows...), Exhibits: exhibits,
			Devices: devices, Read: read})
		got := evidence.DoubtCode("")
		for _, d := range doubts {
			if d.Incident == "T001" && (d.Code == evidence.CallsAtOnce || d.Code == evidence.WayInOtherSource) {
				got = d.Code
			}
		}
		shown := slices.ContainsFunc(rule.Apply(collectors(), held, exhibits, rule.Options{Date: at("2026-11-28 09:00:00"),
			Doubts: doubts}).Findings, func(f evidence.Finding) bool { return f.Rule == "V05" && f.Strength == evidence.Shown })
		if got != c.want || shown == (c.want != "") {
			t.Errorf("%s: %q, shown %t: %v", name, got, shown, doubts)
		}
	}
}
