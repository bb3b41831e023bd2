package device

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// A screenshot of several messages that the backup of the phone or an exported chat
// has counts as none of its own, whoever wrote them down off it and however; two
// messages that only resemble each other are never made one.
func TestOncePictureOfABackup(t *testing.T) {
	backup := []string{"T1 sms 2026-11-06T20:11:05 170 你爸电话我已经打过了，他说没见你 E1:1",
		"T2 sms 2026-11-06T20:11:40 170 再不还我让警察来抓你 E1:2", "T4 sms 2026-11-06T20:12:10 170 还钱 E1:3",
		"T5 sms 2026-11-06T20:13:00 170 我没有钱，请不要再发了 E1:4"}
	const both = "T3 message 2026-11-06T20:30:00 170 你爸电话我已经打过了，他说没见你。再不还我让警察来抓你 E8"
	for _, c := range []struct {
		name    string
		picture string
		change  func(rows []evidence.Incident)
		want    string
	}{
		{"two of them", both, nil, "T1+T3|T2+T3|T4|T5"},
		{"without a number, that day", strings.Replace(both, " 170 ", " - ", 1), nil, "T1+T3|T2+T3|T4|T5"},
		{"taken days later", strings.Replace(both, "11-06", "11-09", 1), nil, "T1+T3|T2+T3|T4|T5"},
		{"taken days later, without a number",
			strings.Replace(strings.Replace(both, "11-06", "11-09", 1), " 170 ", " - ", 1), nil,
			"T1|T2|T4|T5|T3"},
		{"days later, by the name of the contact",
			strings.Replace(strings.Replace(both, "11-06", "11-09", 1), " 170 ", " - ", 1),
			func(rows []evidence.Incident) {
				for n := range rows {
					rows[n].Name = "催收小王"
				}
			}, "T1+T3|T2+T3|T4|T5"},
		{"taken before them", strings.Replace(both, "11-06", "11-05", 1), nil, "T1|T2|T4|T5|T3"},
		{"of another number", strings.Replace(both, " 170 ", " 171 ", 1), nil, "T1|T2|T4|T5|T3"},
		{"of a chat, by the app, without a number",
			strings.Replace(strings.Replace(both, " 170 ", " - ", 1), "E8", "E9", 1), nil,
			"T1|T2|T4|T5|T3"},
		{"of somebody's phone", strings.Replace(both, "E8", "E7", 1), nil, "T1|T2|T4|T5|T3"},
		{"a short one between them", strings.Replace(both, "抓你 ", "抓你。还钱 ", 1), nil, "T1+T3|T2+T3|T4+T3|T5"},
		{"a short one of another day", strings.Replace(both, "抓你 ", "抓你。还钱 ", 1), func(rows []evidence.Incident) {
			rows[2].Time.At = rows[2].Time.At.AddDate(0, 0, -3)
		}, "T1|T2|T4|T5|T3"},
		{"a short one alone", "T3 message 2026-11-06T20:30:00 170 还钱，还钱 E8", nil, "T1|T2|T4|T5|T3"},
		{"with the person's answer", strings.Replace(both, "抓你 ", "抓你。我没有钱，请不要再发了 ", 1),
			func(rows []evidence.Incident) {
				rows[3].Direction = evidence.Out
			}, "T1+T3|T2+T3|T4|T5"},
		{"with times and who wrote",
			"T3 message 2026-11-06T20:30:00 170 20:11对方：你爸电话我已经打过了，他说没见你。今天20:11对方：再不还我让警察来抓你。20:12对方：还钱 E8", nil,
			"T1+T3|T2+T3|T4+T3|T5"},
		{"one that the backup has not", strings.Replace(both, "抓你 ", "抓你。明早九点见 ", 1), nil, "T1|T2|T4|T5|T3"},
		{"one with a word more", strings.Replace(both, "抓你 ", "抓你爸 ", 1), nil, "T1|T2|T4|T5|T3"},
		{"one of them twice", strings.Replace(both, "抓你 ", "抓你。再不还我让警察来抓你 ", 1), nil, "T1|T2|T4|T5|T3"},
		{"one of them twice, as in the backup", strings.Replace(both, "抓你 ", "抓你。再不还我让警察来抓你 ", 1),
			func(rows []evidence.Incident) { rows[2].Shown = rows[1].Shown }, "T1+T3|T2+T3|T4+T3|T5"},
		{"of two writers", strings.Replace(both, " 170 ", " - ", 1), func(rows []evidence.Incident) {
			rows[1].Number = "171"
		}, "T1|T2|T4|T5|T3"},
		{"with what only the person knows", both, func(rows []evidence.Incident) {
			rows[4].Disclosed = evidence.Yes
		}, "T1|T2|T4|T5|T3"},
		{"called what one of them is", both, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[4].Asserted = []evidence.Breach{"V07"}, []evidence.Breach{"V07"}
		}, "T1+T3|T2+T3|T4|T5"},
		{"called a part of what one of them is", both, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[4].Asserted = []evidence.Breach{"V06"}, []evidence.Breach{"V06a"}
		}, "T1+T3|T2+T3|T4|T5"},
		{"called another part", both, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[4].Asserted = []evidence.Breach{"V06b"}, []evidence.Breach{"V06a"}
		}, "T1|T2|T4|T5|T3"},
		{"called what neither is", both, func(rows []evidence.Incident) {
			rows[4].Asserted = []evidence.Breach{"V07"}
		}, "T1|T2|T4|T5|T3"},
		{"said not to be what one of them is", both, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[4].Denied = []evidence.Breach{"V07"}, []evidence.Breach{"V07"}
		}, "T1|T2|T4|T5|T3"},
	} {
		rows := rowsOf(append(slices.Clone(backup), c.picture)...)
		if c.change != nil {
			c.change(rows)
		}
		if got := ids(onceWithPictures(rows)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// Of a picture with messages that the backup has and others that it has not, those that
// it has count once, by the backup's row, which the picture shows too; its own row is of
// the rest. What the person called it is of a message that is called so. No message is
// cut in two.
func TestOncePictureOfMoreThanTheBackup(t *testing.T) {
	backup := []string{"T1 sms 2026-11-06T20:11:05 170 你爸电话我已经打过了，他说没见你 E1:1",
		"T2 sms 2026-11-06T20:11:40 170 再不还我让警察来抓你 E1:2", "T4 sms 2026-11-06T20:12:10 170 还钱 E1:3"}
	const more = "T3 message 2026-11-06T20:30:00 170 再不还我让警察来抓你。明早九点见！！ E8"
	const cut = "T1 E1|T2 E1 E8|T4 E1|T3 E8 明早九点见！！"
	const apart = "T1 E1|T2 E1|T4 E1|T3 E8 "
	for _, c := range []struct {
		name    string
		picture string
		change  func(rows []evidence.Incident)
		want    string
		kinds   string // of T3
	}{
		{"one that the backup has not", more, nil, cut, ""},
		{"before those that it has", strings.Replace(more, "再不还我让警察来抓你。明早九点见！！", "明早九点见！！再不还我让警察来抓你", 1), nil, cut, ""},
		{"in lines, with times", strings.Replace(more, "。明早", "|20:15对方：明早", 1), nil,
			"T1 E1|T2 E1 E8|T4 E1|T3 E8 20:15对方：明早九点见！！", ""},
		{"between two of them, with times", strings.Replace(more, "再不还我让警察来抓你。明早九点见！！",
			"20:11对方：你爸电话我已经打过了,他说没见你|对方：明早九点见！！|20:11对方：再不还我让警察来抓你", 1), nil,
			"T1 E1 E8|T2 E1 E8|T4 E1|T3 E8 对方：明早九点见！！", ""},
		{"a short one among them", strings.Replace(more, "。明早", "。还钱。明早", 1), nil,
			"T1 E1|T2 E1 E8|T4 E1 E8|T3 E8 明早九点见！！", ""},
		{"a short one within a word", strings.Replace(more, "明早九点见！！", "快还钱", 1), nil, "T1 E1|T2 E1 E8|T4 E1|T3 E8 快还钱", ""},
		{"no number, that day", strings.Replace(more, " 170 ", " - ", 1), nil, cut, ""},
		{"no number, another day", strings.NewReplacer(" 170 ", " - ", "11-06", "11-08").Replace(more), nil,
			apart + "再不还我让警察来抓你。明早九点见！！", ""},
		{"a message that goes on", strings.Replace(more, "。", "，", 1), nil, apart + "再不还我让警察来抓你，明早九点见！！", ""},
		{"a message that began before", strings.Replace(more, "再不还", "听着再不还", 1), nil,
			apart + "听着再不还我让警察来抓你。明早九点见！！", ""},
		{"short ones alone", strings.Replace(more, "再不还我让警察来抓你", "还钱", 1), nil, apart + "还钱。明早九点见！！", ""},
		{"called what that one is", more, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[3].Asserted = []evidence.Breach{"V06"}, []evidence.Breach{"V06a"}
		}, cut, ""},
		{"called what that one is not", more, func(rows []evidence.Incident) {
			rows[1].Denied, rows[3].Asserted = []evidence.Breach{"V06"}, []evidence.Breach{"V06"}
		}, cut, "V06"},
		{"called what that one may be", more, func(rows []evidence.Incident) {
			rows[3].Asserted = []evidence.Breach{"V06"}
		}, apart + "再不还我让警察来抓你。明早九点见！！", "V06"},
		{"said not to be what that one is", more, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[3].Denied = []evidence.Breach{"V06"}, []evidence.Breach{"V06"}
		}, apart + "再不还我让警察来抓你。明早九点见！！", ""},
		{"with what only the person knows", more, func(rows []evidence.Incident) {
			rows[3].Reachable = evidence.Yes
		}, apart + "再不还我让警察来抓你。明早九点见！！", ""},
	} {
		rows := rowsOf(append(slices.Clone(backup), c.picture)...)
		rows[3].Shown = strings.ReplaceAll(rows[3].Shown, "|", "\n")
		if c.change != nil {
			c.change(rows)
		}
		var got []string
		kinds := ""
		for _, i := range onceWithPictures(rows) {
			s := i.ID + " " + strings.Join(i.Exhibits, " ")
			if i.ID == "T3" {
				s += " " + i.Shown
				for _, b := range i.Asserted {
					kinds += string(b)
				}
				var none evidence.Case
				if i.Rest == (i.Shown == rows[3].Shown) || len(rows[3].Asserted) > 0 && !none.Concerns(i) {
					t.Errorf("%s: rest %v, used %q", c.name, i.Rest, i.Use)
				}
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "|"); s != c.want || kinds != c.kinds {
			t.Errorf("%s: got %s, %q, want %s, %q", c.name, s, kinds, c.want, c.kinds)
		}
	}
}

// Rows that the person wrote off one picture, with its time, are each of the message
// that the backup has.
func TestOnceRowsOffOnePicture(t *testing.T) {
	rows := rowsOf("T1 sms 2026-11-06T20:11:05 170 你爸电话我已经打过了，他说没见你 E1:1",
		"T2 sms 2026-11-06T20:11:40 170 再不还我让警察来抓你 E1:2",
		"T3 message 2026-11-09T08:00:00 170 你爸电话我已经打过了,他说没见你 person",
		"T4 message 2026-11-09T08:00:00 170 再不还我让警察来抓你！ person",
		"T5 message 2026-11-09T08:00:00 170 明早九点你家楼下见 person")
	for n := range rows[2:] {
		rows[2+n].Exhibits = []string{"E8"}
	}
	got := onceWithPictures(rows)
	if s := ids(got); s != "T1+T3|T2+T4|T5" {
		t.Errorf("got %s", s)
	}
	if s := strings.Join(got[0].Exhibits, " "); s != "E1 E8" || got[0].Source != "E1:1" ||
		got[0].Time.At.Format(time.DateTime) != "2026-11-06 20:11:05" {
		t.Errorf("got %s of %s at %s", s, got[0].Source, got[0].Time.At)
	}
	for n := range rows[2:] {
		rows[2+n].Time.At = rows[2+n].Time.At.Add(time.Hour) // no picture's time: theirs
	}
	if s := ids(onceWithPictures(rows)); s != "T1|T2|T3|T4|T5" {
		t.Errorf("at a time of their own: got %s", s)
	}
}

// onceWithPictures is Once with a screenshot E8 of 9 November, one E9 of a chat, and
// the phone of a relative that E7 is from.
func onceWithPictures(rows []evidence.Incident) []evidence.Incident {
	exhibits := []evidence.Exhibit{{Number: "E7"}, {Number: "E8", Kind: evidence.Screenshot}, {Number: "E9"}}
	exhibits[1].Captured.Time = "2026-11-09T08:00:00+08:00"
	exhibits[2].Media.App = "com.tencent.mm"
	got, _ := Once(evidence.Case{}, rows, exhibits, Phones{"E7": "family"})
	return got
}

func ids(rows []evidence.Incident) string {
	var out []string
	for _, i := range rows {
		out = append(out, strings.Join(append([]string{i.ID}, i.Also...), "+"))
	}
	return strings.Join(out, "|")
}
