package doubt_test

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
)

// The words of a picture are those that the person said it shows, or those that a program
// read off it; others that stand in the table are in doubt until somebody looks.
func TestWordsThatAPictureDoesNotShow(t *testing.T) {
	const read = "催收小李\n昨天21:40\n你爸电话我们也打了，\n他知道你欠8642了"
	for _, c := range []struct {
		name, shown, copied, read string
		kind                      evidence.ExhibitKind
		doubtful                  bool
	}{
		{"as a program read it", "你爸电话我们也打了，他知道你欠8642了", "", read, evidence.Screenshot, false},
		{"a part of it, dots between", "你爸电话…欠8642了", "", read, evidence.Screenshot, false},
		{"two messages, a line each", "催收小李\n他知道你欠8642了", "", read, evidence.Screenshot, false},
		{"the lines the other way round", "他知道你欠8642了\n你爸电话", "", read, evidence.Screenshot, true},
		{"other words", "不还钱就打断你爸的腿", "", read, evidence.Screenshot, true},
		{"one character other", "你爸电话我们也打了，他知道你欠9642了", "", read, evidence.Screenshot, true},
		{"put right by an answer", "你爸电话我们也打过了", "你爸电话我们也打过了", read, evidence.Screenshot, false},
		{"changed since the answer", "不还钱就打断你爸的腿", "你爸电话我们也打过了", read, evidence.Screenshot, true},
		{"changed since, and nothing was read", "不还钱就打断你爸的腿", "你爸电话我们也打过了", "", evidence.Photo, true},
		{"back to what was read", "他知道你欠8642了", "你爸电话我们也打过了", read, evidence.Screenshot, false},
		{"nothing was read, and nobody asked", "不还钱就打断你爸的腿", "", "", evidence.Screenshot, false},
		{"no picture", "不还钱就打断你爸的腿", "", read, evidence.ChatLog, false},
		{"no words", "", "", read, evidence.Screenshot, false},
	} {
		row := evidence.Incident{ID: "T001", Kind: evidence.Message, Direction: evidence.In, Name: "催收小李", Source: "E007",
			Reached: evidence.ReachedSelf, Shown: c.shown, Exhibits: []string{"E007"}, Seconds: -1, Use: evidence.Yes}
		sources := doubt.Sources{Copied: map[string]string{"T001": c.copied}}
		if c.read != "" {
			sources.Seen = map[string]device.Seen{"E007": {Text: c.read}}
		}
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: []evidence.Incident{row},
			Exhibits: []evidence.Exhibit{{Number: "E007", Kind: c.kind}}, Read: sources})
		got := false
		for _, d := range doubts {
			got = got || d.Code == evidence.NotOnPicture && d.Touches()
		}
		if got != c.doubtful {
			t.Errorf("%s: doubtful %v", c.name, got)
		}
	}
}
