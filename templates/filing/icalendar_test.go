package filing

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// readByPython has the icalendar library of Debian read a calendar: one line an event, in
// the words that the test compares.
const readByPython = `
import sys
from icalendar import Calendar
c = Calendar.from_ical(open(sys.argv[1], 'rb').read())
errors = [e for x in c.walk() for e in x.errors]
assert not errors, errors
for e in c.walk('VEVENT'):
    alarms = [str(a['TRIGGER'].dt) for a in e.walk('VALARM')]
    print('|'.join([str(e['SUMMARY']), e['DTSTART'].dt.isoformat(), e['DTEND'].dt.isoformat(),
        str(e.get('DESCRIPTION', '')), str(e.get('STATUS', '')), ','.join(alarms)]))
`

// A reader of another making, in another language, finds the same days, words and alarms.
func TestCalendarAsPythonReadsIt(t *testing.T) {
	python := "/usr/bin/python3" // for which Debian's library is
	if err := exec.Command(python, "-c", "import icalendar").Run(); err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatal("python3-icalendar is not installed")
		}
		t.Skip("python3-icalendar is not installed")
	}
	day := func(s string) time.Time {
		d, err := time.ParseInLocation(time.DateOnly, s, evidence.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	file, script := filepath.Join(t.TempDir(), "a.ics"), filepath.Join(t.TempDir(), "read.py")
	long := strings.Repeat("处理消费投诉并告知结果；一,二\\三。", 9) // folded, escaped
	calendar := ICS("case", []Event{{Day: day("2026-12-31"), Title: "样例银行：告知结果", Text: long},
		{Day: day("2026-02-28"), Title: "协会：初步审核", Cancelled: true}}, day("2026-11-02").Add(9*time.Hour))
	for name, data := range map[string][]byte{file: calendar, script: []byte(readByPython)} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, script, file).CombinedOutput()
	want := "样例银行：告知结果|2026-12-31|2027-01-01|" + long + "||-1 day, 9:00:00\n" +
		"协会：初步审核|2026-02-28|2026-03-01||CANCELLED|\n"
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out, want)
	}
}
