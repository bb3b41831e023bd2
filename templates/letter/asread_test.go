package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// The page of a file prints the time, number and length that file holds; that
// another source has the call some seconds later stands in the chronology.
func TestAPagePrintsWhatItsFileHolds(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	read := func(place, when, source string, seconds int) evidence.Incident {
		r := evidence.Incident{Kind: evidence.Call, Time: at(when), Number: "02199990001", Seconds: seconds,
			Source: place}
		r.Time.Source = source
		return r
	}
	call := read("E003:7 E004:5", "2026-03-04 22:00:02", "carrier", 61)
	call.ID, call.Direction, call.Answered = "T090", evidence.In, evidence.Yes
	call.Exhibits = []string{"E004", "E005"}
	call.Read = []evidence.Incident{read("E003:7", "2026-03-04 22:00:02", "carrier", 61),
		read("E004:5", "2026-03-04 21:59:58", "sms-backup", 60)}
	carrier := evidence.Exhibit{Number: "E005", Kind: evidence.Extract, Extract: &evidence.Extraction{Of: "E003"}}
	phone := evidence.Exhibit{Number: "E004", Kind: evidence.CallLog}
	in.Exhibits = []evidence.Exhibit{phone, carrier}
	in.Incidents = append(in.Incidents, call)
	in.Findings[0].Incidents = append(in.Findings[0].Incidents, call)
	page := func(x evidence.Exhibit) string {
		return document.Text(document.Document{Blocks: paper{Input: in}.logRows(x)})
	}
	times := document.Text(document.Document{Blocks: []document.Block{paper{Input: in}.chronology(in.chronicle())}})
	for _, c := range []struct{ name, text, has, hasNot string }{
		{"the phone's log", page(phone), "2026-03-04 21:59:58", "22:00:02"},
		{"its length", page(phone), "｜1分｜", "1分1秒"},
		{"the carrier's list", page(carrier), "2026-03-04 22:00:02", "21:59:58"},
		{"the chronology", times, "2026-03-04 22:00:02（证据4写21:59:58）", "证据5写"},
	} {
		row := lineWith(c.text, "2026-03-04 2")
		if !strings.Contains(row, c.has) || strings.Contains(row, c.hasNot) {
			t.Errorf("%s: %q wants %s and not %s", c.name, row, c.has, c.hasNot)
		}
	}
}

// Beside a phone's own time the page of its list says what the carrier's has, where the
// letter goes by that and the two are not alike.
func TestTimeByTheListInstead(t *testing.T) {
	var in Input
	in.Exhibits = []evidence.Exhibit{{Number: "E004"}, {Number: "E005"}}
	i := evidence.Incident{ID: "T001", Kind: evidence.Call, Source: "E005:4 E004:9", Exhibits: []string{"E004", "E005"},
		Time:    at("2026-08-14 22:31:00"),
		Carrier: evidence.Confirmation{Says: evidence.CarrierHas, List: "E005"}}
	read := i
	read.Source, read.Time.Device = "E004:9", true
	for phone, want := range map[string]string{"2026-08-14 21:31:00": "（证据5为22:31:00）", "2026-08-14 22:31:40": ""} {
		read.Time.At = at(phone).At
		i.Read = []evidence.Incident{read}
		if got := in.byListInstead(i, "E004"); got != want {
			t.Errorf("%s: %q, want %q", phone, got, want)
		}
	}
	i.Carrier.Says = evidence.CarrierHasNot
	if got := in.byListInstead(i, "E004"); got != "" {
		t.Error(got)
	}
}
