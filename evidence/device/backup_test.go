package device_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// given makes exhibits of words: path=kind@round and, after commas, the paths of
// later copies and +who for what the person said. Each list and recording has
// a call of its own.
func given(words string) (exhibits []evidence.Exhibit, rows []evidence.Incident) {
	at := time.Date(2026, 9, 17, 10, 31, 0, 0, evidence.Beijing)
	for n, word := range strings.Fields(words) {
		parts := strings.Split(word, ",")
		name, kind, _ := strings.Cut(parts[0], "=")
		kind, round, _ := strings.Cut(kind, "@")
		x := evidence.Exhibit{Number: fmt.Sprintf("E%03d", n+1), OriginalPath: name,
			OriginalName: name[strings.LastIndex(name, "/")+1:], Kind: evidence.Photo}
		fmt.Sscan(round, &x.Round)
		r := evidence.Incident{Kind: evidence.Call, Number: "19900000311", Seconds: 20 + 20*n,
			Time: evidence.Time{At: at.AddDate(0, 0, n)}}
		switch kind {
		case "log":
			x.Kind, r.Source = evidence.CallLog, x.Number+":2"
		case "rec":
			x.Kind, r.Source = evidence.Recording, x.Number
		}
		if r.Source != "" {
			rows = append(rows, r)
		}
		for _, more := range parts[1:] {
			if who, said := strings.CutPrefix(more, "+"); said {
				x, _ = x.WithNote(evidence.Note{Code: evidence.NotePhoneOf, About: who})
				continue
			}
			x.Duplicates = append(x.Duplicates, more)
		}
		exhibits = append(exhibits, x)
	}
	return exhibits, rows
}

// TestLaterFolders tells what a folder that came later is: a copy of a phone
// that was there before, or another phone; and what it does to the one before,
// which is nothing.
func TestLaterFolders(t *testing.T) {
	for _, c := range []struct{ name, files, want string }{
		{"most of its bytes are the phone's",
			"d/A手机/c.xml=log@0,d/新/c.xml d/A手机/a.m4a=rec@0,d/新/a.m4a d/新/s.xml=log@1", "A手机[3]"},
		{"its new file lies deeper, in a folder of an app",
			"d/A手机/c.xml=log@0,d/新/c.xml d/A手机/a.m4a=rec@0,d/新/a.m4a d/新/短信/s.xml=log@1", "A手机[3]"},
		{"it is named like a phone itself",
			"d/A手机/c.xml=log@0,d/B手机/c.xml d/A手机/a.m4a=rec@0,d/B手机/a.m4a d/B手机/s.xml=log@1", "A手机[3]"},
		{"and the person said that it is theirs",
			"d/A手机/c.xml=log@0,d/新/c.xml d/A手机/a.m4a=rec@0,d/新/a.m4a d/新/s.xml=log@1,+self", "A手机=self[3]"},
		{"a third copy of the second's new list",
			"d/A手机/c.xml=log@0,d/B手机/c.xml d/A手机/a.m4a=rec@0,d/B手机/a.m4a,d/C手机/a.m4a " +
				"d/B手机/s.xml=log@1,d/C手机/s.xml d/C手机/u.xml=log@2", "A手机[4]"},
		{"a folder that grows stays what it was", "d/A手机/c.xml=log@0,d/B手机/c.xml d/A手机/a.m4a=rec@0,d/B手机/a.m4a " +
			"d/B手机/s.xml=log@1 d/B手机/t.xml=log@2 d/B手机/u.xml=log@3 d/B手机/v.xml=log@4", "A手机[6]"},
		{"a folder of which a half is new", "d/A手机/c.xml=log@0,d/B手机/c.xml d/A手机/a.m4a=rec@0,d/B手机/a.m4a " +
			"d/B手机/s.xml=log@1 d/B手机/t.xml=log@1", "A手机[2] B手机?[2]"},
		{"a copy of somebody's phone is that phone", "d/A手机/c.xml=log@0 d/妈妈的手机/c.xml=log@0,d/B手机/c.xml " +
			"d/妈妈的手机/a.m4a=rec@0,d/B手机/a.m4a d/B手机/s.xml=log@1", "A手机[1] 妈妈的手机?[3]"},
		{"one list alone is in both", "d/A手机/c.xml=log@0,d/B手机/c.xml d/A手机/a.m4a=rec@0 d/B手机/s.xml=log@1",
			"A手机[2] B手机?[1]"},
		{"pictures that were sent on are in both",
			"d/A手机/c.xml=log@0 d/A手机/a.jpg=@0,d/B手机/a.jpg d/A手机/b.jpg=@0,d/B手机/b.jpg d/B手机/s.xml=log@1",
			"A手机[3] B手机?[1]"},
		{"a folder of somebody's name keeps it", "d/A手机/c.xml=log@0,d/妈妈的手机/c.xml " +
			"d/A手机/a.m4a=rec@0,d/妈妈的手机/a.m4a d/妈妈的手机/s.xml=log@1", "A手机[2] 妈妈的手机?[1]"},
		{"the person said that it is somebody's", "d/A手机/c.xml=log@0,d/B手机/c.xml " +
			"d/A手机/a.m4a=rec@0,d/B手机/a.m4a d/B手机/s.xml=log@1,+family", "A手机[2] B手机=family[1]"},
		{"a list beside the copy is no part of it", "d/妈妈的手机/c.xml=log@0,d/x/B/c.xml " +
			"d/妈妈的手机/a.m4a=rec@0,d/x/B/a.m4a d/x/s.xml=log@1", "[1] 妈妈的手机?[2]"},
		{"a larger phone that comes later", "d/A手机/c.xml=log@0 d/B手机/c.xml=log@1 d/B手机/s.xml=log@1",
			"A手机[1] B手机?[2]"},
		{"a larger phone that comes with it", "d/A手机/c.xml=log@0 d/B手机/c.xml=log@0 d/B手机/s.xml=log@0",
			"A手机?[1] B手机[2]"},
		{"files in no phone's folder that come later", "d/A手机/c.xml=log@0 d/c.xml=log@1 d/s.xml=log@1",
			"[2] A手机[1]"},
		{"a later one that the person calls theirs", "d/A手机/c.xml=log@0 d/B手机/c.xml=log@1,+self",
			"A手机[1] B手机=self[1]"},
		{"a later one that bears their name", "d/A手机/c.xml=log@0 d/我的手机/c.xml=log@1", "A手机[1] 我的手机[1]"},
		{"pictures that came first are no phone", "d/A手机/a.jpg=@0 d/B手机/c.xml=log@1", "A手机[1] B手机[1]"},
		{"papers beside a folder with several phones in it", "h/苏敏手机/小米/s.xml=log@0 h/苏敏手机/小米/c.xml=log@0 " +
			"h/苏敏手机/老公三星/c.xml=log@0 h/苏敏手机/妈妈华为/a.m4a=rec@0 h/合同和通知/a.pdf=@1", "[1] 妈妈华为?[1] 小米[2] 老公三星?[1]"},
		{"two phones of one relative", "h/妈妈手机/小米/c.xml=log@0 h/妈妈手机/华为/c.xml=log@0 h/c.xml=log@0", "[1] 妈妈手机?[2]"},
		{"a phone inside a phone is a folder of it", "h/我的手机/旧手机/c.xml=log@0 h/我的手机/s.xml=log@0 h/x/a.pdf=@1",
			"[1] 我的手机[2]"},
		{"another phone of theirs takes nothing from the first", "d/小米/s.xml=log@0 d/小米/c.xml=log@0 " +
			"d/苹果旧手机/c.xml=log@0,+self d/老公三星/c.xml=log@0", "小米[2] 老公三星?[1] 苹果旧手机=self[1]"},
		{"somebody's phone that came first", "d/妈妈的手机/c.xml=log@0 d/A手机/c.xml=log@1",
			"A手机[1] 妈妈的手机?[1]"},
		{"a mother's list beside the person's files", "phone/c.xml=log@0 phone/s.xml=log@0 mom/c.xml=log@1,+family",
			"[2] =family[1]"},
		{"and it was there first", "mom/c.xml=log@0,+family phone/c.xml=log@1 phone/s.xml=log@1", "=family[1] [2]"},
		{"two of one family", "phone/c.xml=log@0 mom/c.xml=log@1,+family dad/c.xml=log@1,+family",
			"[1] =family[1] =family[1]"},
		{"one file that the person calls theirs", "phone/c.xml=log@0 phone/s.xml=log@0 phone/a.m4a=rec@0,+self",
			"[2] =self[1]"},
		{"more files beside those", "phone/c.xml=log@0,+self phone/s.xml=log@0,+self p2/t.xml=log@1", "=self[2] [1]"},
		{"a mother's list in the folder of one's own phone",
			"d/A手机/c.xml=log@0 d/A手机/s.xml=log@0 d/A手机/m.xml=log@1,+family d/B手机/b.xml=log@1,+self",
			"A手机[2] A手机=family[1] B手机=self[1]"},
		{"a phone that was spoken of as a whole, and grew",
			"d/A手机/c.xml=log@0 d/B手机/c.xml=log@0,+family d/B手机/s.xml=log@1", "A手机[1] B手机=family[2]"},
		{"files in no folder at all", "c.xml=log@0 s.xml=log@0 m.xml=log@1,+family", "[2] =family[1]"},
	} {
		exhibits, rows := given(c.files)
		for range 2 {
			var got []string
			for _, d := range device.Gather(evidence.Case{}, exhibits, rows, nil) {
				mark := ""
				switch {
				case d.Doubtful:
					mark = "?"
				case d.Own:
					mark = "=self"
				case d.Said():
					mark = "=" + string(d.Owner)
				}
				got = append(got, fmt.Sprintf("%s%s[%d]", d.Name, mark, len(d.Exhibits)))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: got %s, want %s", c.name, s, c.want)
			}
			slices.Reverse(exhibits)
			slices.Reverse(rows)
		}
	}
}

// A later folder whose messages are, to the second and the word, those of the
// person's own lists is another copy of their phone. Two alike can be chance:
// who writes to many writes to all of them at once.
func TestMessagesOfOwnLists(t *testing.T) {
	at := time.Date(2026, 9, 5, 9, 0, 0, 0, evidence.Beijing)
	for name, c := range map[string]struct {
		alike, other int
		doubtful     bool
	}{
		"all":              {5, 0, false},
		"most":             {4, 1, false},
		"two of two":       {2, 0, true},
		"three among many": {3, 4, true},
	} {
		exhibits, _ := given("d/A手机/s.xml=@0 d/B手机/s.xml=@1")
		var rows []evidence.Incident
		sms := func(place, text string, n int) {
			rows = append(rows, evidence.Incident{Kind: evidence.SMS, Number: "106", Direction: evidence.In,
				Source: place, Shown: text, Time: evidence.Time{At: at.Add(time.Duration(n) * time.Hour)}})
		}
		for n := range 9 {
			sms(fmt.Sprint("E001:", n+1), fmt.Sprint("第", n), n)
			switch {
			case n < c.alike:
				sms(fmt.Sprint("E002:", n+1), fmt.Sprint("第", n), n)
			case n < c.alike+c.other:
				sms(fmt.Sprint("E002:", n+1), "别的", n)
			}
		}
		for _, d := range device.Gather(evidence.Case{}, exhibits, rows, nil) {
			if d.Doubtful != (c.doubtful && d.Name == "B手机") {
				t.Errorf("%s: %s doubtful %v: %v", name, d.Name, d.Doubtful, d.Why)
			}
		}
	}
}
