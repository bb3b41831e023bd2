package device_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// TestGather tells phones apart by what folders and recorders are named.
func TestGather(t *testing.T) {
	at := time.Date(2026, 9, 17, 10, 31, 0, 0, evidence.Beijing)
	for _, c := range []struct {
		name  string
		files string // path, and = the kind or the recorder's form, @1 of the second add
		want  string // devices, ? for a doubtful one, with what its name suggests
	}{
		{"one phone, no folder", "in/calls.xml=log", "[1]"},
		{"one phone with its maker's name", "in/小米14/calls.xml=log", "小米14[1]"},
		{"somebody's iPhone beside it", "in/小米14/calls.xml=log in/赵磊的iPhone/Call_History.csv=log",
			"小米14[1] 赵磊的iPhone?[1]"},
		{"only somebody's iPhone", "in/赵磊的iPhone/Call_History.csv=log", "赵磊的iPhone?[1]"},
		{"the complainant's own name", "in/林晓安的iPhone/a.csv=log in/小米/b.xml=log",
			"小米?[1] 林晓安的iPhone[1]"},
		{"a mother's phone, and files beside it", "in/calls.xml=log in/妈妈的手机/MIUI/call_rec/a.mp3=miui",
			"[1] 妈妈的手机?family[1]"},
		{"the front desk", "in/我的手机/calls.xml=log in/前台/a.mp3=miui", "前台?workplace[1] 我的手机[1]"},
		{"app folders are no phones", "in/DCIM/Camera/a.jpg= in/微信/妈妈/b.csv=chat in/录音/c.mp3=miui", "[3]"},
		{"a chat's folder is no phone", "in/妈妈(wxid_1)/妈妈.csv=chat in/calls.xml=log", "[2]"},
		{"what a colleague sent on", "in/同事转来/a.png= in/calls.xml=log", "[2]"},
		{"the collector's recordings are no phone", "in/催收的录音/a.mp3=miui in/calls.xml=log", "[2]"},
		{"recorders of two makers", "in/a.mp3=miui in/b.mp3=miui in/c.m4a=samsung", "[2] 三星?[1]"},
		{"an old phone of one's own maker", "in/新手机/calls.xml=log in/旧手机/old.xml=log", "新手机[1] 旧手机?[1]"},
		{"a folder above all is not taken for a person's", "x/手机备份/赵磊的iPhone/a.csv=log x/手机备份/小米/b.xml=log",
			"小米[1] 赵磊的iPhone?[1]"},
		{"somebody's name alone, above a list of calls", "in/小米14/calls.xml=log in/赵磊/Call_History.csv=log",
			"小米14[1] 赵磊?[1]"},
		{"the complainant's name alone", "in/林晓安/calls.xml=log in/前台/a.mp3=miui", "前台?workplace[1] 林晓安[1]"},
		{"the carrier is nobody", "in/小米14/calls.xml=log in/运营商/详单.csv=log", "[1] 小米14?[1]"},
		{"a list named after a mother", "in/calls.xml=log in/我妈通话记录.csv=log in/a.mp3=miui", "[2] 我妈的通话记录?family[1]"},
		{"with what was given with it later", "in/calls.xml=log nn/妈妈的通话详单.csv=log@1 nn/sms.xml=log@1",
			"[1] 妈妈的通话记录?family[2]"},
		{"the first files are no mother's", "in/calls.xml=log in/妈妈通话记录.csv=log nn/sms.xml=log@1",
			"[2] 妈妈的通话记录?family[1]"},
		{"one's own list", "in/calls.xml=log in/我的通话记录.csv=log in/10月通话记录.csv=log", "[3]"},
		{"pictures sorted by whom they show", "in/小米14/calls.xml=log in/赵磊/a.jpg=", "[1] 小米14[1]"},
	} {
		var exhibits []evidence.Exhibit
		var rows []evidence.Incident
		for n, f := range strings.Fields(c.files) {
			path, kind, _ := strings.Cut(f, "=")
			kind, round, _ := strings.Cut(kind, "@")
			x := evidence.Exhibit{Number: fmt.Sprintf("E%03d", n+1), OriginalPath: path,
				OriginalName: path[strings.LastIndex(path, "/")+1:], Kind: evidence.Photo, Round: len(round)}
			r := evidence.Incident{Kind: evidence.Call, Number: "19900000311", Seconds: 20 + 20*n,
				Time: evidence.Time{At: at.AddDate(0, 0, n)}}
			switch kind {
			case "log":
				x.Kind, r.Source = evidence.CallLog, x.Number+":2"
			case "chat":
				x.Kind, r.Source, r.Kind = evidence.ChatLog, x.Number+":2", evidence.Message
			case "":
			default:
				x.Kind, r.Source, x.Captured.Source = evidence.Recording, x.Number, "name:"+kind
			}
			exhibits = append(exhibits, x)
			if r.Source != "" {
				rows = append(rows, r)
			}
		}
		var k evidence.Case
		k.Complainant.Name = "林晓安"
		var got []string
		for _, d := range device.Gather(k, exhibits, rows, nil) {
			mark := ""
			if d.Doubtful {
				mark = "?" + string(d.Suggested)
				if len(d.Why) == 0 {
					t.Errorf("%s: %s is doubtful for no reason", c.name, d.Name)
				}
			}
			got = append(got, fmt.Sprintf("%s%s[%d]", d.Name, mark, len(d.Exhibits)))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// Every device has something to be called by, in both languages.
func TestLabel(t *testing.T) {
	for want, d := range map[string]device.Device{
		"“小米14” “小米14”":                               {Name: "小米14"},
		"没有放进手机文件夹的材料 the files in no phone's folder": {Doubtful: true},
		"亲友的手机 the phone of family":                   {Owner: evidence.ReachedFamily},
		"您的手机 your phone":                             {Own: true},
	} {
		if l := d.Label(); l.ZH+" "+l.EN != want {
			t.Errorf("got %s %s, want %s", l.ZH, l.EN, want)
		}
	}
}

// A phone whose calls stand in the complainant's own carrier's list is theirs,
// whatever its clock said; a relative's with the same caller is not.
func TestListedByTheCarrier(t *testing.T) {
	at := time.Date(2026, 9, 17, 10, 31, 0, 0, evidence.Beijing)
	for name, same := range map[string]int{"all of them": 4, "one by chance": 1} {
		exhibits := []evidence.Exhibit{
			{Number: "E001", Kind: evidence.CallLog, OriginalPath: "in/小米14/calls.xml", OriginalName: "calls.xml"},
			{Number: "E002", Kind: evidence.CallLog, OriginalPath: "in/HUAWEI nova/calls.xml",
				OriginalName: "calls.xml"},
			{Number: "E003", Kind: evidence.CallLog, OriginalPath: "in/小米14/详单.csv", OriginalName: "详单.csv"},
		}
		var rows []evidence.Incident
		for n := range 4 {
			r := evidence.Incident{Kind: evidence.Call, Number: "19900000311", Seconds: 20 + 20*n,
				Source: fmt.Sprint("E002:", n+3),
				Time:   evidence.Time{At: at.AddDate(0, 0, 2*n).Add(47 * time.Minute), Source: "sms-backup"}}
			rows = append(rows, r)
			r.Time.Source, r.Time.At, r.Source = device.Carrier, at.AddDate(0, 0, 2*n), fmt.Sprint("E003:", n+3)
			if n >= same {
				r.Seconds += 200
			}
			rows = append(rows, r)
		}
		for _, d := range device.Gather(evidence.Case{}, exhibits, rows, nil) {
			if d.Name == "HUAWEI nova" && d.Doubtful != (same < 3) {
				t.Errorf("%s: doubtful %v: %v", name, d.Doubtful, d.Why)
			}
		}
	}
}

// What the person said of a phone settles it, the last word counts.
func TestOwnerIsSaid(t *testing.T) {
	x := evidence.Exhibit{Number: "E001", OriginalPath: "in/妈妈的手机/a.xml", Kind: evidence.CallLog}
	for _, c := range []struct{ said, want string }{
		{"", "doubtful"}, {"self", "own"}, {"family", "family"}, {"self family", "family"}, {"family self", "own"},
		{"self family self", "own"},
	} {
		y := x
		for _, who := range strings.Fields(c.said) {
			y, _ = y.WithNote(evidence.Note{Code: evidence.NotePhoneOf, About: who})
		}
		d := device.Gather(evidence.Case{}, []evidence.Exhibit{y}, []evidence.Incident{{Source: "E001:1"}}, nil)[0]
		got := string(d.Owner)
		switch {
		case d.Doubtful:
			got = "doubtful"
		case d.Own:
			got = "own"
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.said, got, c.want)
		}
	}
}

// An extract that the program took out of a log, and that lies nowhere, changes nothing of
// how the files are parted: it is of the phone of that log.
func TestExtractsPartNoPhones(t *testing.T) {
	given := []evidence.Exhibit{
		{Number: "E001", Kind: evidence.CallLog, OriginalPath: "/x/老何 的手机 & 店里/华为 本人/备份/calls.xml"},
		{Number: "E002", Kind: evidence.SMSLog, OriginalPath: "/x/老何 的手机 & 店里/华为 本人/备份/sms.xml"}}
	extract := evidence.Exhibit{Number: "E003", Kind: evidence.Extract, OriginalPath: "juzheng build E001-摘录.xml",
		Extract: &evidence.Extraction{Of: "E001"}}
	before := device.Gather(evidence.Case{}, given, nil, nil)
	after := device.Gather(evidence.Case{}, append(slices.Clone(given), extract), nil, nil)
	for n := range after {
		after[n].Exhibits = slices.DeleteFunc(after[n].Exhibits, func(x string) bool { return x == "E003" })
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("without the extract %+v\nwith it %+v", before, after)
	}
}

// A carrier names its list by the number it is of, before or behind; a log named by a number
// can be of calls with that number.
func TestListNamedByItsNumber(t *testing.T) {
	for name, want := range map[string]string{
		"移动语音详单_13805756610.csv": "13805756610", "话单(13805756610).xlsx": "13805756610",
		"13805756610_202609通话详单.csv": "13805756610", "通话记录_13805756610.csv": "", "详单202609.csv": "",
	} {
		row := evidence.Incident{Kind: evidence.Call, Source: "E001:1", Number: "19900000311", Seconds: 9,
			Exhibits: []string{"E001"},
			Time:     evidence.Time{At: time.Date(2026, 9, 1, 9, 0, 0, 0, evidence.Beijing), Source: device.Carrier}}
		var c evidence.Case
		c.Complainant.Phone = "138 0575 6610"
		all := device.Gather(c, []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog, OriginalName: name,
			OriginalPath: "/x/妈妈给的/" + name}}, []evidence.Incident{row}, nil)
		if len(all) != 1 || all[0].OwnNumber != want {
			t.Errorf("%s: %+v", name, all)
		}
	}
}
