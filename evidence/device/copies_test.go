package device_test

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A row of a log that was copied in the table is one call; what is said of a copy
// is said of it.
func TestCopies(t *testing.T) {
	row := func(id, source string, edit ...func(*evidence.Incident)) evidence.Incident {
		i := evidence.Incident{ID: id, Kind: evidence.Call, Number: "19900000311", Seconds: 20, Source: source,
			Exhibits: []string{"E001"}}
		for _, e := range edit {
			e(&i)
		}
		return i
	}
	reached := func(who evidence.Reached) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Reached = who }
	}
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string // ids, and what each has beside it; then clashes
	}{
		{"two lines", []evidence.Incident{row("T001", "E001:3"), row("T002", "E001:4")}, "T001 T002"},
		{"a copy", []evidence.Incident{row("T001", "E001:3"), row("L3", "E001:3"), row("T002", "E001:4")},
			"T001+L3 T002"},
		{"two copies", []evidence.Incident{row("T001", "E001:3"), row("L3", "E001:3"), row("L4", "E001:3")},
			"T001+L3+L4"},
		{"a copy of what two files show", []evidence.Incident{row("T001", "E001:3 E002:9"), row("L3", "E002:9 E001:3")},
			"T001+L3"},
		{"one of them left out", []evidence.Incident{row("T001", "E001:3"),
			row("L3", "E001:3", func(i *evidence.Incident) { i.Use = evidence.No })}, "T001 L3"},
		{"different answers", []evidence.Incident{row("T001", "E001:3", reached(evidence.ReachedSelf)),
			row("L3", "E001:3", reached(evidence.ReachedFamily))}, "T001 L3 T001/L3"},
		{"a recording told in two rows", []evidence.Incident{row("T001", "E001"), row("L3", "E001")}, "T001 L3"},
		{"by hand", []evidence.Incident{row("L2", "person"), row("L3", "person")}, "L2 L3"},
	} {
		out, clash := device.Copies(c.rows)
		var got []string
		for _, i := range out {
			got = append(got, strings.Join(append([]string{i.ID}, i.Also...), "+"))
		}
		for _, x := range clash {
			got = append(got, x[0]+"/"+x[1])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
		if len(c.rows[0].Also) > 0 {
			t.Errorf("%s: the rows it was given were changed", c.name)
		}
	}
	claimed := row("L3", "E001:3", func(i *evidence.Incident) { i.Asserted = []evidence.Breach{"V06"} })
	if out, _ := device.Copies([]evidence.Incident{row("T001", "E001:3"), claimed}); len(out[0].Asserted) != 1 {
		t.Errorf("what was named of the copy is lost: %+v", out)
	}
}
