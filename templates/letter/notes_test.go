package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
)

// What the program tells the person to look at is not printed in the book; what
// is wrong with a file is.
func TestNotesForThePersonStayOutOfTheBook(t *testing.T) {
	x := evidence.Exhibit{Number: "E001", Kind: evidence.CallLog, OriginalName: "详单.csv", File: "E001.csv"}
	for code, printed := range map[string]bool{"columns-guessed": false, "no-direction": false, "rows-unread": false,
		"equal-rows": false, "earlier-unread": false, "same-event": false,
		evidence.NoteLeft: false, evidence.NoteMoney: false, evidence.NoteUnread: false,
		"not-decoded": false, "broken-log": true, "damaged": true, "player": true} {
		x.Notes = []evidence.Note{{Code: code, Detail: "一句话"}}
		found := false
		for _, f := range (paper{}).exhibitFields(x) {
			found = found || strings.Contains(f.Value, "一句话")
		}
		if found != printed {
			t.Errorf("%s: printed %v, want %v", code, found, printed)
		}
	}
}

// Where common players do not play a recording, the page that stands for it does not
// say that it can be played just so.
func TestStandInOfWhatFewPlay(t *testing.T) {
	x := evidence.Exhibit{Number: "E001", Kind: evidence.Recording, File: "E001.silk"}
	for _, rare := range []bool{false, true} {
		x.Notes = nil
		if rare {
			x.Notes = []evidence.Note{{Code: "player", Detail: "用某某程序播放"}}
		}
		if said := document.BlocksText((paper{}).standIn(x)); strings.Contains(said, "可以播放核对") == rare ||
			strings.Contains(said, "办法见上面的说明") != rare {
			t.Errorf("rare %v: %s", rare, said)
		}
	}
}

// An address of the person's own record, which a stranger's folder can have brought, is marked
// where it stands; one of the program's is not.
func TestWaysOfOwnRecordsAreMarked(t *testing.T) {
	r := templates.Recipient{Name: "某协会",
		Channels: []templates.Channel{{Type: templates.Web, Value: "https://example.org"}}}
	if s := channels(r); strings.Contains(s, "未核对") {
		t.Error(s)
	}
	r.Quality = evidence.ByUser
	if s := channels(r); !strings.Contains(s, "https://example.org（用户提供，未核对：先和它自己网站上的核对）") {
		t.Error(s)
	}
}
