package device

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// rowsOf makes rows of words: id kind time number text-or-seconds place.
func rowsOf(lines ...string) (rows []evidence.Incident) {
	for _, line := range lines {
		w := strings.Fields(line)
		i := evidence.Incident{ID: w[0], Kind: evidence.IncidentKind(w[1]), Direction: evidence.In, Seconds: -1,
			Reached: evidence.ReachedSelf, Source: w[5], Number: strings.Trim(w[3], "-")}
		for layout, p := range map[string]evidence.Precision{"2006-01-02T15:04:05": evidence.ToSecond,
			"2006-01-02T15:04": evidence.ToMinute, "2006-01-02": evidence.ToDay} {
			if at, err := time.ParseInLocation(layout, w[2], evidence.Beijing); err == nil {
				i.Time = evidence.Time{At: at, Precision: p, Source: "sms-backup"}
			}
		}
		if i.Kind == evidence.Call {
			fmt.Sscan(w[4], &i.Seconds)
		} else {
			i.Shown = strings.Trim(w[4], "-")
		}
		if x, _, _ := strings.Cut(w[5], ":"); i.Made() {
			i.Exhibits = []string{x}
		} else {
			i.Time.Source = "person"
		}
		rows = append(rows, i)
	}
	return rows
}

// TestOnce counts an act once that a file shows and that the person wrote down
// again, and lets acts be two that only resemble each other.
func TestOnce(t *testing.T) {
	const sms = "T1 sms 2026-11-10T23:15:00 170 死全家的老赖，骗子，不要脸 E1:1"
	const short = "T1 sms 2026-11-10T23:15:00 170 还钱 E1:1"
	const call = "T1 call 2026-11-04T09:00:03 170 65 E4:2"
	const wechat = "T1 message 2026-11-10T23:15:00 - 死全家的老赖，骗子，不要脸 E3:1"
	set := func(rows []evidence.Incident, f func(*evidence.Incident)) []evidence.Incident {
		f(&rows[len(rows)-1])
		return rows
	}
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string
	}{
		{"a message typed in, to the minute",
			rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"with other stops", rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖,骗子,不要脸。 person"), "T1+T2"},
		{"which came first", rowsOf("T1 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person",
			"T2 sms 2026-11-10T23:15:41 170 死全家的老赖，骗子，不要脸 E1:1"), "T2+T1"},
		{"a part of it", rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子 person"), "T1+T2"},
		{"no words of it", rowsOf(sms, "T2 sms 2026-11-10T23:15 170 - person"), "T1+T2"},
		{"another minute of that day, told by its words",
			rowsOf(sms, "T2 message 2026-11-10T23:16 170 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"the day alone", rowsOf(sms, "T2 sms 2026-11-10 170 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"no time", rowsOf(sms, "T2 sms - 170 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"another day", rowsOf(sms, "T2 sms 2026-11-11T23:15 170 死全家的老赖，骗子，不要脸 person"), "T1|T2"},
		{"two words, of another minute", rowsOf(short, "T2 sms 2026-11-10T23:16 170 还钱 person"), "T1|T2"},
		{"two words, of that minute", rowsOf(short, "T2 sms 2026-11-10T23:15 170 还钱 person"), "T1+T2"},
		{"other words", rowsOf(sms, "T2 sms 2026-11-10T23:15 170 明天上门找你全家人 person"), "T1|T2"},
		{"another number", rowsOf(sms, "T2 sms 2026-11-10T23:15 171 死全家的老赖，骗子，不要脸 person"), "T1|T2"},
		{"an answer to it", set(rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"),
			func(i *evidence.Incident) { i.Direction = evidence.Out }), "T1|T2"},
		{"to somebody else", set(rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"),
			func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }), "T1|T2"},
		{"which somebody told of", set(rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"),
			func(i *evidence.Incident) { i.ToldBy = "母亲" }), "T1|T2"},
		{"left out by the person", set(rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"),
			func(i *evidence.Incident) { i.Use = evidence.No }), "T1|T2"},
		{"a message of an account", rowsOf(wechat, "T2 message 2026-11-10T23:15 - 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"twice in the file, twice typed in", rowsOf(short, "T2 sms 2026-11-10T23:15:30 170 还钱 E1:2",
			"T3 sms 2026-11-10T23:15 170 还钱 person", "T4 sms 2026-11-10T23:15 170 还钱 person"), "T1+T3|T2+T4"},
		{"both typed in", rowsOf("T1 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person",
			"T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person"), "T1+T2"},
		{"both typed in, a minute apart", rowsOf("T1 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person",
			"T2 sms 2026-11-10T23:16 170 死全家的老赖，骗子，不要脸 person"), "T1|T2"},
		{"both typed in, with other words", rowsOf("T1 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person",
			"T2 sms 2026-11-10T23:15 170 明天上门找你全家人 person"), "T1|T2"},
		{"a call typed in twice", rowsOf("T1 call 2026-11-04T09:00 170 65 person",
			"T2 call 2026-11-04T09:00 170 -1 person"), "T1+T2"},
		{"two calls typed in, of two lengths", rowsOf("T1 call 2026-11-04T09:00 170 65 person",
			"T2 call 2026-11-04T09:00 170 20 person"), "T1|T2"},
		{"two calls typed in, of one day", rowsOf("T1 call 2026-11-04 170 65 person",
			"T2 call 2026-11-04 170 65 person"), "T1|T2"},
		{"two calls typed in, of nobody knows whom", rowsOf("T1 call 2026-11-04T09:00 - 65 person",
			"T2 call 2026-11-04T09:00 - 65 person"), "T1|T2"},

		{"a call typed in, to the minute", rowsOf(call, "T2 call 2026-11-04T09:00 170 65 person"), "T1+T2"},
		{"of no length", rowsOf(call, "T2 call 2026-11-04T09:00 170 -1 person"), "T1+T2"},
		{"of no length, a minute on", rowsOf(call, "T2 call 2026-11-04T09:01 170 -1 person"), "T1|T2"},
		{"of its length, a minute on", rowsOf(call, "T2 call 2026-11-04T09:01 170 65 person"), "T1+T2"},
		{"of its length, ten minutes on", rowsOf(call, "T2 call 2026-11-04T09:10 170 65 person"), "T1|T2"},
		{"of another length", rowsOf(call, "T2 call 2026-11-04T09:00 170 30 person"), "T1|T2"},
		{"of its length that day", rowsOf(call, "T2 call 2026-11-04 170 65 person"), "T1+T2"},
		{"that day", rowsOf(call, "T2 call 2026-11-04 170 -1 person"), "T1|T2"},
		{"a visit in that minute", rowsOf(call, "T2 visit 2026-11-04T09:00 170 - person"), "T1|T2"},

		{"a screenshot of the message", rowsOf(sms, "T2 message 2026-11-12T08:00:00 170 死全家的老赖，骗子，不要脸 E2"), "T1+T2"},
		{"with no number", rowsOf(sms, "T2 sms 2026-11-12T08:00:00 - 死全家的老赖，骗子，不要脸 E2"), "T1+T2"},
		{"two words, with no number", rowsOf(short, "T2 sms 2026-11-12T08:00:00 - 还钱 E2"), "T1|T2"},
		{"taken before it came", rowsOf(sms, "T2 message 2026-11-09T08:00:00 170 死全家的老赖，骗子，不要脸 E2"), "T1|T2"},
		{"of more than the message",
			rowsOf(sms, "T2 message 2026-11-12T08:00:00 170 死全家的老赖，骗子，不要脸，明天上门 E2"), "T1|T2"},
		{"of somebody's phone", rowsOf(sms, "T2 message 2026-11-12T08:00:00 170 死全家的老赖，骗子，不要脸 E9"), "T1|T2"},
		{"of another app, and no number", rowsOf(sms, "T2 message 2026-11-12T08:00:00 - 死全家的老赖，骗子，不要脸 E8"), "T1|T2"},
		{"of that app", rowsOf(wechat, "T2 message 2026-11-12T08:00:00 - 死全家的老赖，骗子，不要脸 E8"), "T1+T2"},
		{"of a chat typed in", rowsOf("T1 message 2026-11-10T23:15 - 死全家的老赖，骗子，不要脸 person",
			"T2 message 2026-11-12T08:00:00 - 死全家的老赖，骗子，不要脸 E8"), "T1+T2"},
		{"two screenshots", rowsOf("T1 message 2026-11-10T23:15:00 170 死全家的老赖，骗子，不要脸 E2",
			"T2 message 2026-11-12T08:00:00 170 死全家的老赖，骗子，不要脸 E8"), "T1|T2"},
		{"file, row and screenshot", rowsOf(sms, "T2 sms 2026-11-10T23:15 170 死全家的老赖，骗子，不要脸 person",
			"T3 message 2026-11-12T08:00:00 - 死全家的老赖，骗子，不要脸 E2"), "T1+T2+T3"},
	} {
		exhibits := []evidence.Exhibit{{Number: "E8"}}
		exhibits[0].Media.App = "com.tencent.mm"
		got, clash := Once(evidence.Case{}, c.rows, exhibits, Phones{"E9": "family"})
		var ids []string
		for _, i := range got {
			ids = append(ids, strings.Join(append([]string{i.ID}, i.Also...), "+"))
		}
		if s := strings.Join(ids, "|"); s != c.want || len(clash) > 0 {
			t.Errorf("%s: got %s, want %s, clash %v", c.name, s, c.want, clash)
		}
	}
}

// A screenshot of two messages that an exported chat has is no third one: both have
// it as an exhibit. Where it shows more, or was named what neither was, it stays.
func TestOncePictureOfSeveral(t *testing.T) {
	chat := []string{"T1 message 2026-11-06T20:11:05 - 你爸电话我已经打过了，他说没见你 E3:1",
		"T2 message 2026-11-06T20:11:40 - 再不还我让警察来抓你 E3:4"}
	const both = "T3 message 2026-11-06T20:11 - 你爸电话我已经打过了，他说没见你。再不还我让警察来抓你 E8"
	for _, c := range []struct {
		name    string
		picture string
		change  func(rows []evidence.Incident)
		want    string
	}{
		{"both of them", both, nil, "T1+T3|T2+T3"},
		{"both, and what it was named one was", both, func(rows []evidence.Incident) {
			rows[1].Asserted, rows[2].Asserted = []evidence.Breach{"V19"}, []evidence.Breach{"V19"}
		}, "T1+T3|T2+T3"},
		{"named what neither was", both, func(rows []evidence.Incident) {
			rows[2].Asserted = []evidence.Breach{"V19"}
		}, "T1|T2|T3"},
		{"with words of the person's", both, func(rows []evidence.Incident) { rows[2].Words = "我很害怕" }, "T1|T2|T3"},
		{"and a third message", strings.Replace(both, "抓你 ", "抓你。明早九点见 ", 1), nil, "T1|T2|T3"},
		{"of another day", strings.Replace(both, "11-06", "11-09", 1), nil, "T1|T2|T3"},
		{"of another account", both, func(rows []evidence.Incident) { rows[0].Name, rows[2].Name = "甲", "乙" },
			"T1|T2|T3"},
	} {
		rows := rowsOf(append(slices.Clone(chat), c.picture)...)
		if c.change != nil {
			c.change(rows)
		}
		got, _ := Once(evidence.Case{}, rows, []evidence.Exhibit{{Number: "E8"}}, nil)
		var ids []string
		for _, i := range got {
			ids = append(ids, strings.Join(append([]string{i.ID}, i.Also...), "+"))
		}
		if s := strings.Join(ids, "|"); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// What the person said of an act stands in the row it is counted by, which is
// still the file's; where they said two things, neither is taken.
func TestOnceKeepsWhatWasSaid(t *testing.T) {
	rows := rowsOf("T1 sms 2026-11-10T23:15:00 170 死全家的老赖，骗子，不要脸 E1:1",
		"T2 sms 2026-11-10T23:15 170 死全家的老赖,骗子,不要脸 person",
		"T3 message 2026-11-12T08:00:00 170 死全家的老赖，骗子，不要脸 E2")
	rows[1].Words, rows[1].Asserted, rows[1].Exhibits = "我很害怕", []evidence.Breach{"V06"}, []string{"E7"}
	rows[2].Use = evidence.Yes
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "170", Side: evidence.CollectorSide}}}
	got, _ := Once(kase, rows, nil, nil)
	if len(got) != 1 {
		t.Fatalf("%d rows", len(got))
	}
	if s := fmt.Sprint(got[0].Source, got[0].Exhibits, got[0].Shown, got[0].Words, got[0].Asserted,
		got[0].Time.At.Format(time.TimeOnly), got[0].Time.Source, got[0].Use); s !=
		"E1:1 E2[E1 E2 E7]死全家的老赖，骗子，不要脸我很害怕[V06]23:15:00sms-backup" {
		t.Error(s)
	}
	got, _ = Once(evidence.Case{}, []evidence.Incident{rows[0], rows[2]}, nil, nil)
	if got[0].Use != evidence.Yes {
		t.Error("that it belongs to the matter is lost")
	}
	rows[0].Denied = []evidence.Breach{"V06"}
	got, clash := Once(kase, rows[:2], nil, nil)
	if len(got) != 2 || len(clash) != 1 || clash[0] != [2]string{"T1", "T2"} {
		t.Errorf("%d rows, clash %v", len(got), clash)
	}
}
