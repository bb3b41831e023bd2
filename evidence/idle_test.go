package evidence

import (
	"slices"
	"strings"
	"testing"
)

// What seems private is what nothing names and what does not say that it belongs
// to the matter.
func TestIdle(t *testing.T) {
	c := Case{Loan: Loan{Exhibits: []string{"E002"}}, Filings: []Filing{{Exhibit: "E003"}}}
	rows := []Incident{{Exhibits: []string{"E004"}}, {Source: "E005:3 E006"}}
	for _, row := range []struct {
		x    Exhibit
		text string
		idle bool
	}{
		{Exhibit{Number: "E001", Kind: Photo, OriginalName: "IMG_20260901_201500.jpg"}, "", true},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "日记.txt"}, "今天去公园", true},
		{Exhibit{Number: "E001", Kind: Screenshot, OriginalName: "Screenshot.png"}, "", false},
		{Exhibit{Number: "E001", Kind: Recording, OriginalName: "a.mp3"}, "", false},
		{Exhibit{Number: "E001", Kind: SMSLog, OriginalName: "sms.xml"}, "", false},
		{Exhibit{Number: "E002", Kind: Photo}, "", false}, // named as showing the loan
		{Exhibit{Number: "E003", Kind: Photo}, "", false}, // named as an answer
		{Exhibit{Number: "E004", Kind: Photo}, "", false},
		{Exhibit{Number: "E005", Kind: Document}, "", false},
		{Exhibit{Number: "E006", Kind: Photo}, "", false},
		{Exhibit{Number: "E007", Kind: Photo, Notes: []Note{{Code: NoteSameEvent, Detail: "T001"}}}, "", false},
		{Exhibit{Number: "E008", Kind: Document, Notes: []Note{{Code: NoteTranscript, About: "E009"}}}, "", false},

		{Exhibit{Number: "E001", Kind: Photo, OriginalName: "身份证正面.jpg"}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "扫描1.pdf", OriginalPath: "手机/合同/扫描1.pdf"}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.pdf", OriginalPath: `C:\手机\征信\1.pdf`}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.txt"}, "结 清\n证明", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.txt"}, strings.Repeat("闲话", 400) + "合同", true},
	} {
		got := Idle(c, rows, []Exhibit{row.x}, func(Exhibit) string { return row.text })
		if want := row.idle; slices.Contains(got, row.x.Number) != want {
			t.Errorf("%s %s %q %q: idle %v, want %v", row.x.Number, row.x.Kind, row.x.OriginalPath+row.x.OriginalName,
				row.text[:min(len(row.text), 30)], !want, want)
		}
	}
}
