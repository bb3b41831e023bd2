package device_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// TestUnnamed tells phones apart that no folder names, by what their lists have
// of the same days. A list is written as the hours of its calls; with a number
// before it where its calls are of that one alone; r is a recording.
func TestUnnamed(t *testing.T) {
	at := time.Date(2026, 9, 17, 0, 0, 0, 0, evidence.Beijing)
	for _, c := range []struct {
		name  string
		files string // path=form:hours
		want  string // devices with their files, ? for a doubtful one
	}{
		{"a relative's folder", "in/calls.xml=log:1,2,3,4,5,6,7,8,9 in/b/calls.xml=log:31,32,33,34 in/b/a.png=",
			"[E001] b?[E002 E003]"},
		{"with recordings, where they lie", "in/calls.xml=log:1,2,3,4,5,6,7,8,9 in/b/calls.xml=log:32,33,34 " +
			"in/b/x.mp3=r:32 in/b/y.mp3=r:2 in/z.mp3=r:33", "[E001 E004] b?[E002 E003 E005]"},
		{"two of one size: nobody knows which is one's own", "in/a/calls.xml=log:1,2,3,4,5 " +
			"in/b/calls.xml=log:31,32,33,34", "?[E001] b?[E002]"},
		{"the same list, and a part of it", "in/calls.xml=log:1,2,3,4,5 in/b/calls.xml=log:2,3,4", "[E001 E002]"},
		{"the months of one phone", "in/9.xml=log:1,2,3,4,5 in/b/10.xml=log:91,92,93,94", "[E001 E002]"},
		{"two lists in one folder", "in/a.xml=log:1,2,3,4,5,6,7 in/b.xml=log:32,33,34 in/c.png=",
			"[E001 E003] b.xml?[E002]"},
		{"the lists of two callers", "in/a.xml=log7:1,2,3,4,5 in/b.xml=log8:32,33,34", "[E001 E002]"},
		{"answered and missed", "in/a.xml=log:1,2,3,4,5 in/b.xml=missed:32,33,34", "[E001 E002]"},
		{"one that is missing is none's", "in/a.xml=log:1,2,3,4,5 in/b/x.mp3=r:32 in/b/y.mp3=r:2",
			"[E001 E002 E003]"},
		{"recordings that stand in no list", "in/a.xml=log:1,2,3,4,5 in/b/x.mp3=r:32 in/b/y.mp3=r:33 " +
			"in/b/z.mp3=r:34 in/b/p.png= in/c/x.mp3=r:2", "[E001 E006] b?[E002 E003 E004 E005]"},
		{"another's number in a list's name", "in/a.xml=log:1,2,3 in/b/19900000002详单.csv=log:31",
			"[E001] b?[E002]"},
		{"another's number, of a list with the same calls", "in/a.xml=log:1,2,3 in/19900000002详单.csv=log:2,31",
			"?[E001 E002]"},
		{"another's list alone, beside pictures", "in/a.png= in/b/19900000002详单.csv=log:31", "[E001] b?[E002]"},
		{"messages of two phones", "in/sms.xml=sms:1,2,3,4,5,6,7 in/b/sms.xml=sms:31,32,33", "[E001] b?[E002]"},
		{"calls and messages of one", "in/calls.xml=log:1,2,3,4 in/b/sms.xml=sms:31,32,33", "[E001 E002]"},
		{"another maker's recordings, and what lies with them",
			"in/x.mp3=miui:1 in/y.mp3=miui:2 in/b/z.m4a=samsung:3 " +
				"in/b/p.png= in/q.png=", "[E001 E002 E005] 三星?[E003 E004]"},
	} {
		exhibits, rows := unnamed(at, c.files)
		var k evidence.Case
		k.Complainant.Phone = "19900000001"
		var got []string
		for _, d := range device.Gather(k, exhibits, rows, nil) {
			mark := ""
			if d.Doubtful {
				mark = "?"
			}
			got = append(got, fmt.Sprintf("%s%s%v", d.Name, mark, d.Exhibits))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// Whose the one of two phones is settles the other, unless both are theirs.
func TestUnnamedIsSaid(t *testing.T) {
	at := time.Date(2026, 9, 17, 0, 0, 0, 0, evidence.Beijing)
	for said, doubtful := range map[evidence.Reached]bool{evidence.ReachedFamily: false, evidence.ReachedSelf: true} {
		exhibits, rows := unnamed(at, "in/a/calls.xml=log:1,2,3,4,5 in/b/calls.xml=log:31,32,33,34")
		exhibits[1].Notes = []evidence.Note{{Code: evidence.NotePhoneOf, About: string(said)}}
		d := device.ByExhibit(device.Gather(evidence.Case{}, exhibits, rows, nil))
		if d["E001"].Doubtful != doubtful || d["E002"].Doubtful {
			t.Errorf("E002 is %s: got %v and %v", said, d["E001"], d["E002"])
		}
	}
	// what came later says nothing of the phone that was there
	exhibits, rows := unnamed(at, "in/a/calls.xml=log:1,2,3,4,5 in/b/calls.xml=log:31,32,33,34")
	exhibits[1].Round = 1
	if d := device.ByExhibit(device.Gather(evidence.Case{}, exhibits, rows, nil)); d["E001"].Doubtful ||
		!d["E002"].Doubtful {
		t.Errorf("added later: got %v and %v", d["E001"], d["E002"])
	}
}

func unnamed(at time.Time, files string) (exhibits []evidence.Exhibit, rows []evidence.Incident) {
	for n, f := range strings.Fields(files) {
		path, rest, _ := strings.Cut(f, "=")
		form, hours, _ := strings.Cut(rest, ":")
		x := evidence.Exhibit{Number: fmt.Sprintf("E%03d", n+1), OriginalPath: path,
			OriginalName: path[strings.LastIndex(path, "/")+1:], Kind: evidence.Photo}
		for line, h := range strings.FieldsFunc(hours, func(r rune) bool { return r == ',' }) {
			var hour int
			fmt.Sscan(h, &hour)
			// the hours above thirty are the same days on another phone
			r := evidence.Incident{Kind: evidence.Call, Number: fmt.Sprint(19900000300 + hour%2),
				Direction: evidence.In,
				Answered:  evidence.Yes, Seconds: 20 + 20*hour, Source: fmt.Sprintf("%s:%d", x.Number, line+2),
				Time:     evidence.Time{At: at.Add(time.Duration(hour%30) * 60 * time.Minute)},
				Exhibits: []string{x.Number}}
			if hour > 90 {
				r.Time.At = at.AddDate(0, 1, hour%30)
			}
			x.Kind = evidence.CallLog
			switch form {
			case "log":
			case "log7", "log8":
				r.Number = "1990000070" + form[3:]
			case "missed":
				r.Answered, r.Seconds = evidence.No, 0
			case "sms":
				x.Kind, r.Kind, r.Shown, r.Seconds = evidence.SMSLog, evidence.SMS, fmt.Sprint("第", hour, "条"), -1
			default:
				x.Kind, r.Source, x.Captured.Source = evidence.Recording, x.Number, "name:"+form
				r.Time.Source = x.Captured.Source
			}
			rows = append(rows, r)
		}
		exhibits = append(exhibits, x)
	}
	return exhibits, rows
}
