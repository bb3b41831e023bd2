package doubt_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// A row that somebody wrote is what a log shows only where the log, read again,
// has it.
func TestRowsThatTheirLogsDoNotHave(t *testing.T) {
	sms := func(place, when, words string) evidence.Incident {
		i := call(place, when, -1, "sms-backup")
		i.Kind, i.Answered, i.Shown = evidence.SMS, evidence.Unknown, words
		return i
	}
	read := []evidence.Incident{
		call("E001:3", "2026-09-18 10:30:06", 65, "carrier"),
		sms("E002:3", "2026-09-18 11:00:05", "再不还钱，就打断你的腿！今晚就来"),
		sms("E002:4", "2026-09-18 12:00:05", ""), // a picture
		call("E002:5", "2026-09-19 10:30:06", 0, "sms-backup"),
	}
	read[3].Answered = evidence.No
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog}, {Number: "E002", Kind: evidence.SMSLog,
		Notes: []evidence.Note{{Code: evidence.NoteSameEvent, Detail: "T009"}}},
		{Number: "E003", Kind: evidence.Screenshot}, {Number: "E004", Kind: evidence.ChatLog}}
	typed := func(kind evidence.IncidentKind, when, words, cites string,
		edit ...func(*evidence.Incident)) evidence.Incident {
		i := evidence.Incident{ID: "L7", Kind: kind, Direction: evidence.In, Number: "19900000311",
			Reached: evidence.ReachedSelf, Seconds: -1, Shown: words, Exhibits: strings.Fields(cites), Source: "person",
			Asserted: []evidence.Breach{"V06"}}
		if tm, ok := evidence.ParseTime(when); ok {
			i.Time, i.Time.Source = tm, "person"
		}
		for _, e := range edit {
			e(&i)
		}
		return i
	}
	read = append(read, call("E005", "2026-09-20 09:00:10", 65, "name:x"))
	exhibits = append(exhibits, recording("E005", "2026-09-20 09:00:10", 65))
	// a memo of nobody knows what, a voice of a chat, and a file that says nothing of itself
	exhibits = append(exhibits, evidence.Exhibit{Number: "E006", Kind: evidence.Recording, OriginalName: "新录音 7.m4a",
		Media: evidence.Media{Seconds: 210}}, evidence.Exhibit{Number: "E007", Kind: evidence.Recording})
	taken := func(number string, kind evidence.ExhibitKind, when, source string) evidence.Exhibit {
		return evidence.Exhibit{Number: number, Kind: kind, Captured: evidence.CaptureTime{
			Time: at(when).Format(time.RFC3339), Precision: evidence.ToSecond, Source: source}}
	}
	exhibits = append(exhibits, taken("E010", evidence.Video, "2026-10-25 21:30:40", "name:camera"),
		taken("E011", evidence.Screenshot, "2026-10-15 20:11:44", "name:huawei_vivo"),
		taken("E012", evidence.Photo, "2026-10-15 20:11:44", "exif"),
		taken("E013", evidence.Photo, "2026-10-15 20:11:44", "name:x+modified"),
		evidence.Exhibit{Number: "E014", Kind: evidence.Recording, OriginalName: "msg_101613102026a1b2.amr"})
	memo, _ := evidence.ParseTime("2026-11-15 20:31:00")
	inside := map[string]time.Time{"E006": memo.At}
	mother := func(i *evidence.Incident) { i.ToldBy, i.Number = "母亲", "19900000777" }
	for _, c := range []struct {
		name string
		row  evidence.Incident
		want string // exhibits left; a doubt of each other that it names
	}{
		{"a recording of that call", typed(evidence.Call, "2026-09-20 09:00", "", "E005"), "E005"},
		{"a recording that is named by its end", typed(evidence.Call, "2026-09-20 08:57", "", "E005"), "E005"},
		{"a recording of another hour", typed(evidence.Call, "2026-09-20 23:00", "", "E005"), ""},
		{"a recording of another number", typed(evidence.Call, "2026-09-20 09:00", "", "E005",
			func(i *evidence.Incident) { i.Number = "19900000312" }), ""},
		{"an SMS, which no recording shows", typed(evidence.SMS, "2026-09-20 09:00", "明天拘留你", "E005"), ""},
		{"a message, and the recording is of a call", typed(evidence.Message, "2026-09-20 09:00", "明天拘留你", "E005"), ""},
		{"a voice of a chat", typed(evidence.Message, "2026-09-20 09:00", "明天拘留你", "E007"), "E007"},
		{"a memo made on another day", typed(evidence.Call, "2026-11-13 02:00", "", "E006"), ""},
		{"a memo of that call", typed(evidence.Call, "2026-11-15 20:31", "", "E006"), "E006"},
		{"the same, by its end", typed(evidence.Call, "2026-11-15 20:28", "", "E006"), "E006"},
		{"the same, written in local time", typed(evidence.Call, "2026-11-15 12:31", "", "E006"), "E006"},
		{"a recording that does not say when", typed(evidence.Call, "2026-11-13 02:00", "", "E007"), "E007"},
		{"a voice of a chat is no call", typed(evidence.Call, "2026-11-13 02:00", "", "E014"), ""},
		{"a recording much shorter than the call", typed(evidence.Call, "2026-11-15 20:31", "", "E006",
			func(i *evidence.Incident) { i.Seconds = 900 }), ""},
		{"one of the better part of it", typed(evidence.Call, "2026-11-15 20:31", "", "E006",
			func(i *evidence.Incident) { i.Seconds = 240 }), "E006"},
		{"a film of weeks before", typed(evidence.Visit, "2026-11-15 03:30", "持刀砍门", "E010"), ""},
		{"a film of weeks after", typed(evidence.Visit, "2026-10-01 21:30", "持刀砍门", "E010"), ""},
		{"the film of that evening", typed(evidence.Visit, "2026-10-25 21:20", "砸门", "E010"), "E010"},
		{"the film of that day", typed(evidence.Visit, "2026-10-25", "砸门", "E010"), "E010"},
		{"a message after its screenshot", typed(evidence.Message, "2026-11-16 10:00", "准备棺材", "E011"), ""},
		{"a message before its screenshot", typed(evidence.Message, "2026-10-15 20:10", "准备棺材", "E011"), "E011"},
		{"and of the week before", typed(evidence.Message, "2026-10-08 20:10", "准备棺材", "E011"), "E011"},
		{"a notice photographed the day after", typed(evidence.Visit, "2026-10-14 19:00", "贴通知", "E012"), "E012"},
		{"a photo of before the visit", typed(evidence.Visit, "2026-10-16", "贴通知", "E012"), ""},
		{"a photo that tells when it was saved", typed(evidence.Visit, "2026-10-16", "贴通知", "E013"), "E013"},
		{"a recording of a visit", typed(evidence.Visit, "2026-09-20 23:00", "", "E005"), "E005"},
		{"a recording of nobody knows when", typed(evidence.Call, "", "", "E005"), "E005"},
		{"the words of another day", typed(evidence.SMS, "2026-12-30 14:00", "杀你全家", "E002"), ""},
		{"no such words", typed(evidence.SMS, "2026-09-18 11:00", "砍死你全家", "E002"), ""},
		{"more than the message says",
			typed(evidence.SMS, "2026-09-18 11:00", "再不还钱就打断你的腿，还要杀你全家", "E002"), ""},
		{"its words at another hour", typed(evidence.SMS, "2026-09-18 16:00", "再不还钱就打断你的腿", "E002"), ""},
		{"another number", typed(evidence.SMS, "2026-09-18 11:00", "再不还钱就打断你的腿", "E002",
			func(i *evidence.Incident) { i.Number = "19900000312" }), ""},
		{"sent, not received", typed(evidence.SMS, "2026-09-18 11:00", "", "E002",
			func(i *evidence.Incident) { i.Direction = evidence.Out }), ""},
		{"a call where there was a message", typed(evidence.Call, "2026-09-18 11:00", "", "E002"), ""},
		{"its words, with other marks", typed(evidence.SMS, "2026-09-18 11:00", "再不还钱就打断你的腿", "E002"), "E002"},
		{"some of its words", typed(evidence.SMS, "2026-09-18 11:00", "再不还钱……今晚就来", "E002"), "E002"},
		{"the day alone", typed(evidence.SMS, "2026-09-18", "打断你的腿", "E002"), "E002"},
		{"no time", typed(evidence.SMS, "", "打断你的腿", "E002"), "E002"},
		{"what a picture that was sent says", typed(evidence.SMS, "2026-09-18 12:00", "法院传票", "E002"), "E002"},
		{"a call of the list", typed(evidence.Call, "2026-09-18 10:31", "", "E001",
			func(i *evidence.Incident) { i.Answered, i.Seconds = evidence.Yes, 64 }), "E001"},
		{"a longer call than the list has", typed(evidence.Call, "2026-09-18 10:31", "", "E001",
			func(i *evidence.Incident) { i.Answered, i.Seconds = evidence.Yes, 600 }), ""},
		{"answered, and the list says that it was not", typed(evidence.Call, "2026-09-19 10:30", "", "E002",
			func(i *evidence.Incident) { i.Answered = evidence.Yes }), ""},
		{"a picture shows what the log does not", typed(evidence.SMS, "2026-09-20 09:00", "弄死你", "E003 E002"), "E003"},
		{"a visit that a message is named for", typed(evidence.Visit, "2026-09-18 20:00", "三个人砸门", "E002"), ""},
		{"a visit, and what the message announced", typed(evidence.Visit, "2026-09-18 20:00", "今晚就来", "E002"), "E002"},
		{"what her message tells of", typed(evidence.Call, "2026-09-18 09:00", "打断你的腿", "E002", mother), "E002"},
		{"what no message of hers tells", typed(evidence.Call, "2026-09-18 09:00", "要杀了我们", "E002", mother), ""},
		{"a file that gives no rows", typed(evidence.Message, "2026-09-18 09:00", "弄死你", "E004"), "E004"},
		{"joined on reading", typed(evidence.SMS, "2026-09-18 10:50", "弄死你", "E002",
			func(i *evidence.Incident) { i.ID = "T009" }), "E002"},
		{"a line that the log does not have", typed(evidence.SMS, "2026-09-18 16:00", "弄死你", "E002",
			func(i *evidence.Incident) { i.Source = "E002:99" }), ""},
		{"another line, and what the log has", typed(evidence.SMS, "2026-09-18 11:00", "打断你的腿", "E002",
			func(i *evidence.Incident) { i.Source = "E002:99" }), "E002"},
		{"a row of an earlier release", typed(evidence.SMS, "2026-09-18 16:00", "弄死你", "E002",
			func(i *evidence.Incident) { i.Source = "E002" }), "E002"},
		{"a row of its own log", typed(evidence.SMS, "2026-09-18 16:00", "再不还钱，就打断你的腿！今晚就来", "E002",
			func(i *evidence.Incident) { i.Source = "E002:3" }), "E002"},
	} {
		named := c.row.Exhibits
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: []evidence.Incident{c.row},
			Exhibits: exhibits, Read: doubt.Sources{Rows: read, Inside: inside}})
		if got := strings.Join(held[0].Exhibits, " "); got != c.want {
			t.Errorf("%s: exhibits %q, want %q", c.name, got, c.want)
		}
		for _, x := range named {
			doubted := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
				return (d.Code == evidence.NotInFile || d.Code == evidence.TakenOtherwise) &&
					d.Incident == c.row.ID && d.Says[0].Exhibit == x && d.Touches()
			})
			if gone := !slices.Contains(held[0].Exhibits, x); doubted != gone {
				t.Errorf("%s: %s doubted %t, taken out %t", c.name, x, doubted, gone)
			}
		}
		if !slices.Equal(c.row.Exhibits, named) {
			t.Errorf("%s: the row it was given was changed", c.name)
		}
	}
}
