package names

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Real shapes of names, their digits and people replaced.
func TestParseName(t *testing.T) {
	data, err := os.ReadFile("testdata/name_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			Name, Scheme, Number, Contact, Local, App, Dir string
			Voicemail                                      bool
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 35 {
		t.Fatalf("%d cases, want at least 35", len(file.Cases))
	}
	sounds := RecordingExtensions()
	for _, c := range file.Cases {
		n := Parse(c.Name, slices.Contains(sounds, strings.ToLower(filepath.Ext(c.Name))))
		if n.Scheme != c.Scheme || n.Number != c.Number || n.Contact != c.Contact {
			t.Errorf(
				"%s: got %s %q %q, want %s %q %q", c.Name, n.Scheme, n.Number, n.Contact, c.Scheme, c.Number, c.Contact,
			)
		}
		if n.Voicemail != c.Voicemail {
			t.Errorf("%s: on a mailbox %v", c.Name, n.Voicemail)
		}
		if c.App != "" && c.App != "phone" && n.App != c.App {
			t.Errorf("%s: app %q, want %q", c.Name, n.App, c.App)
		}
		if string(n.Direction) != c.Dir && c.Dir != "conference" {
			t.Errorf("%s: direction %q, want %q", c.Name, n.Direction, c.Dir)
		}
		local := ""
		if !n.Time.IsZero() {
			local = n.Time.At.Format(time.DateTime)
		}
		if want := c.Local; local != want && !strings.HasPrefix(want, "0000") && n.Scheme != "bcr" {
			t.Errorf("%s: time %q, want %q", c.Name, local, want)
		}
	}
}

func TestParseNameRefusesImpossibleDates(t *testing.T) {
	for _, name := range []string{"13800138000_20261341250000.mp3", "13800138000 2026-02-30 10-00-00.m4a"} {
		if n := Parse(name, true); !n.Time.IsZero() {
			t.Errorf("%s: read as %v", name, n.Time.At)
		}
	}
}

func TestNamesOfOtherMakers(t *testing.T) {
	for _, c := range []struct {
		name, scheme, number, at, sim string
		sound                         bool
	}{
		{"0d20151122141548p+8613800138000.3gp", "lg", "+8613800138000", "2015-11-22 14:15:48", "", true},
		{"20260414_215701.088+0800_in_sim2_13800138000.oga",
			"bcr", "13800138000", "2026-04-14 21:57:01", "SIM 2", true},
		{"PXL_20260414_155701088.jpg", "pixel", "", "2026-04-14 23:57:01", "", false},
	} {
		n := Parse(c.name, c.sound)
		if n.Scheme != c.scheme || n.Number != c.number || n.Time.At.Format(time.DateTime) != c.at || n.SIM != c.sim ||
			n.Direction != map[bool]evidence.Direction{true: evidence.In}[c.scheme == "bcr"] {
			t.Errorf("%s: %+v", c.name, n)
		}
	}
}

// Names that people give hold a number and no time; of two numbers none is
// taken.
func TestNamesInWords(t *testing.T) {
	for name, number := range map[string]string{
		"与 199 0000 0311 的通话.m4a": "199 0000 0311", "Call with +86 199 0000 0311.m4a": "+86 199 0000 0311",
		"催收19900000311.mp3": "19900000311", "催收 199-0000-0311 威胁.mp3": "199-0000-0311",
		"与 0571-2893 0011 的通话.m4a": "0571-2893 0011", "与 0571-2893 0011 的通话 2.m4a": "0571-2893 0011",
		"与“0571 2893 0013”的通话.m4a": "0571 2893 0013", "与 (0571) 2893 0014 的通话.m4a": "(0571) 2893 0014",
		"与 +86 571 2893 0015 的通话.m4a": "+86 571 2893 0015", "Call with 0571 2893 0016.m4a": "0571 2893 0016",
		"与 95338 的通话.m4a": "95338", "与17100230047的通话.m4a": "17100230047", "催收 0571-28930011 骂人.mp3": "0571-28930011",
		"与 王律师 的通话.m4a": "", "合同 2026-1103 22.m4a": "", "录音 0001 2026 1103.m4a": "",
		"19900000311和19900000312.mp3": "", "老刘.mp3": "", "录音 001.m4a": "", "订单1990000031123.m4a": "",
	} {
		n := Parse(name, true)
		if n.Number != number || (n.Scheme == Words) != (number != "") || !n.Time.IsZero() {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

// An iPhone names the recording of a call by the other side: the number with its blanks is
// read, or the name, and the day that a note was exported with; who rang whom is not told.
// A recording that is named by its number alone is read alike.
func TestNamesOfIPhone(t *testing.T) {
	for name, want := range map[string]string{
		"与 171 0000 0101 的通话录音.m4a":                       "17100000101||",
		"与 171\u00a00000\u00a00101 的通话录音.m4a":             "17100000101||",
		"与 \u202a+86 171 0000 0101\u202c 的通话录音 2.m4a":     "17100000101||",
		"与“老王修车”的通话录音.m4a":                                "|老王修车|",
		"和 王经理（催收） 的通话录音.m4a":                             "|王经理（催收）|",
		"Call with Wang Lei.m4a":                          "|Wang Lei|",
		"Call with 171 0000 0101 2.m4a":                   "17100000101||",
		"与 171 0000 0101 的通话录音 2026年10月5日 下午2:05.m4a":     "17100000101||2026-10-05 14:05 minute",
		"与 171 0000 0101 的通话录音 2026年10月5日 上午12.05.m4a":    "17100000101||2026-10-05 00:05 minute",
		"与 171 0000 0101 的通话录音 2026年10月5日 晚上9点05分.m4a":    "17100000101||2026-10-05 21:05 minute",
		"与 171 0000 0101 的通话录音 2026年10月5日.m4a":            "17100000101||2026-10-05 00:00 day",
		"与 王经理 的通话录音 2026-10-05 14.05.33.m4a":             "|王经理|2026-10-05 14:05 second",
		"与 171 0000 0101 的通话 2026-10-05 14-05-33.m4a":     "17100000101||2026-10-05 14:05 second",
		"与171 0000 0101的通话录音_20261005.m4a":                "17100000101||2026-10-05 00:00 day",
		"Call with 171 0000 0101 on October 5, 2026.m4a":  "17100000101||2026-10-05 00:00 day",
		"Call with 王经理 - 5 Oct 2026 at 2.05 PM.m4a":       "|王经理|2026-10-05 14:05 minute",
		"Call with 171 0000 0101 2026-10-05 14.05.33.m4a": "17100000101||2026-10-05 14:05 second",
		"171 0000 0101.m4a":                                "17100000101||",
		"171-0000-0101 3.m4a":                              "17100000101||",
		"+86 171 0000 0101 的通话录音.m4a":                      "17100000101||",
		"(0571) 2893 0011.m4a":                             "057128930011||",
		"400-800-1234.mp3":                                 "4008001234||",
		"171 0000 0101 20261005140533.m4a":                 "17100000101||2026-10-05 14:05 second",
		"171-0000-0101_2026-10-05 14-05-33.m4a":            "17100000101||2026-10-05 14:05 second",
		"通话录音 171 0000 0101 2026年10月5日.m4a":                "17100000101||",
		"171 0000 01012 3.m4a":                             "||",
		"与 171 0000 0101 的通话录音 2026年13月5日.m4a":             "17100000101||",
		"与 171 0000 0101 和 171 0000 0102 说的 2026-1105.m4a": "||",
	} {
		n := Parse(name, true)
		got := evidence.NormalNumber(n.Number) + "|" + n.Contact + "|"
		if !n.Time.IsZero() {
			got += n.Time.At.Format("2006-01-02 15:04 ") + string(n.Time.Precision)
		}
		if got != want || n.Direction != evidence.DirectionUnknown {
			t.Errorf("%s: %s %q, want %s", name, got, n.Direction, want)
		}
	}
	if n := Parse("与 王经理 的通话录音 10月5日 下午2.05.m4a", true); n.Yearless != "10-05 14:05" || n.Contact != "王经理" {
		t.Errorf("without a year: %+v", n)
	}
}

// What was spoken onto a mailbox is told by the words for it in a name or in the name of
// its folder, and a recorded call that speaks of one is a call.
func TestMailbox(t *testing.T) {
	for name, want := range map[string]string{
		"留言_17100000101_20261021193005.m4a":            "true 17100000101 ",
		"10月21日留言 17100000101 2026-10-21 19-30-05.m4a": "true 17100000101 10月21日",
		"语音信箱_王经理_20261021193005.amr":                  "true  王经理",
		"王经理的语音留言_20261021193005.amr":                  "true  王经理",
		"voicemail-17100000101-20261021193005.amr":     "true 17100000101 ",
		"Visual Voicemail 20261021_193005.m4a":         "true  ",
		"通话录音@语音信箱(12599)_20261021193005.mp3":          "false 12599 语音信箱",
		"王经理(17100000101)_20261021193005.mp3":          "false 17100000101 王经理",
	} {
		n := Parse(name, true)
		if got := fmt.Sprintf("%v %s %s", n.Voicemail, n.Number, n.Contact); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for path, want := range map[string]bool{"手机/留言/17100000101_20261021193005.amr": true, "语音信箱/10月/a.amr": true,
		`d\Voicemail\a.amr`: true, "语音留言/a.amr": true, "voicemails/a.amr": true, "录音/a.amr": false, "留言": false,
		"通话录音和留言/a.amr": false, "微信留言板/a.jpg": false, "录音/留言.amr": false} {
		if InMailbox(path) != want {
			t.Errorf("%s: in a mailbox %v", path, !want)
		}
	}
}

// What a name says of who was called: numbers in the contact's place, names
// that only say the number was withheld, several people at once.
func TestWhoInNames(t *testing.T) {
	for name, want := range map[string]string{
		"2026-10-03 16-57-44 (phone) 13800138000 ↙.m4a":                   "13800138000||in",
		"2026-10-03 16-58-44 (phone) 138 0013 8000 (13800138000) ↗.m4a":   "13800138000||out",
		"2026-10-03 16-56-44 (whatsapp) 王五.m4a":                           "|王五|",
		"通话录音@未知号码(未知号码)_20260425103458.mp3":                              "||",
		"Call recording Private number_260605_114903.m4a":                 "||",
		"20260414_215703.088+0800_conference_13800138000,13900139000.oga": "|13800138000,13900139000|",

		"通话录音@张三(13800138002)_李四(13900139000)_20260425103459.mp3": "13900139000|张三(13800138002)_李四|",

		"通话录音_13800138000_20260712164551.m4a": "13800138000||",
		"通话录音 王五 20260712164551.m4a":          "|王五|",
		"138 0013 8000-2609291316.mp3":        "138 0013 8000||",
		"王 五-2609291316.mp3":                  "|王 五|",
	} {
		n := Parse(name, true)
		if got := n.Number + "|" + n.Contact + "|" + string(n.Direction); got != want || n.Time.IsZero() {
			t.Errorf("%s: %s at %v, want %s", name, got, n.Time.At, want)
		}
	}
	for name, want := range map[string]string{
		"20260909_101114.jpg":         "samsung_camera 2026-09-09 10:11:14",
		"20260909_101114(0).jpg":      "samsung_camera 2026-09-09 10:11:14",
		"20260932_101114.jpg":         " 0001-01-01 00:00:00",
		"微信截图_20261225093820.png":     "pc_screenshot 2026-12-25 09:38:20",
		"微信图片_20261225093819.jpg":     "wechat_pc 2026-12-25 09:38:19",
		"wx_camera_1788361207000.jpg": "wechat_camera 2026-09-02 23:00:07",
	} {
		n := Parse(name, false)
		if got := n.Scheme + n.Time.At.Format(" 2006-01-02 15:04:05"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// What recorders with a form of the user's own put into a name is found
// wherever it stands: number, contact and which way the call went.
func TestRecordingsOfAnyForm(t *testing.T) {
	const at = "2026-10-06 22:54:06 "
	for name, want := range map[string]string{
		"20261006_225406.577+0800_in_.ogg":            at + "||in",
		"王五_261006_225406577.amr":                     at + "|王五|",
		"13800138000 @ 2026-10-06_225406_out.amr":     at + "13800138000||out",
		"王五 (13800138000) @ 2026-10-06_225406_in.m4a": at + "13800138000|王五|in",
		"2026_10_06_22_54_06.m4a":                     at + "||",
		"2026.10.06_22.54.06.ogg":                     at + "||",
		"录音 2026年10月6日 22点54分06秒.m4a":                 at + "||",
		"2026年10月06日 22时54分06秒.m4a":                   at + "||",
		"in_13800138000_20261006_225406.m4a":          at + "13800138000||in",
		"20261006_225406_13800138000_王五_out.m4a":      at + "13800138000|王五|out",
		"20261006-225406-13800138000-in.wav":          at + "13800138000||in",
		"呼入_13800138000_20261006225406.m4a":           at + "13800138000||in",
		"13800138000 来电 2026-10-06 22-54-06.mp3":      at + "13800138000||in",
		"王五 2026-10-06 22-54-06 来电.m4a":               at + "|王五|in",
		"[13800138000]_[王五]_20261006225406.m4a":       at + "13800138000|王五|",
		"Call_13800138000_20261006225406.m4a":         at + "13800138000||",
		"2026-10-06T22-54-06+0800 in 13800138000.oga": at + "13800138000||in",
		"13800138000_out_1791298446000.m4a":           at + "13800138000||out",
		"语音 2026-10-06 225406.m4a":                    at + "||",
		"录音_20261006_225406.m4a":                      at + "||",
		"Recorder_20261006_225406.wav":                at + "||",
		"未知号码_20261006_225406.m4a":                    at + "||",
		"订单1790000031123.m4a":                         "0001-01-01 00:00:00 ||",
		"1015001001.m4a":                              "0001-01-01 00:00:00 ||",
	} {
		n := Parse(name, true)
		got := n.Time.At.Format(time.DateTime) + " " + n.Number + "|" + n.Contact + "|" + string(n.Direction)
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// A picture that calls itself a screenshot is one, whoever named it; a day and
// an hour in its name are taken as a guess, in whatever spelling.
func TestPicturesOfAnyForm(t *testing.T) {
	for name, want := range map[string]string{
		"屏幕截图(12).png":                                "0001-01-01 00:00:00 screenshot",
		"Screenshot (12).png":                         "0001-01-01 00:00:00 screenshot",
		"钉钉截图20261012221653.png":                      "2026-10-12 22:16:53 screenshot guess",
		"Screenshots_2026-10-12-22-16-53.png":         "2026-10-12 22:16:53 screenshot guess",
		"Screenshot_20261012-221653~2.png":            "2026-10-12 22:16:53 screenshot guess",
		"ScreenShot_2026-10-12_221653_123.png":        "2026-10-12 22:16:53 screenshot guess",
		"Screenshot_1791814613123.png":                "2026-10-12 22:16:53 screenshot guess",
		"Screen_Recording_20261012-221653_WeChat.mp4": "2026-10-12 22:16:53 WeChat",

		"微信视频2026-10-12_221653_123.mp4": "2026-10-12 22:16:53 guess",
		"QQ_1791814613000.png":          "2026-10-12 22:16:53 guess",
		"企业微信20261012-221653@2x.png":    "2026-10-12 22:16:53 guess",
		"IMG_E0001.PNG":                 "0001-01-01 00:00:00",
		"合同2026.jpg":                    "0001-01-01 00:00:00",
	} {
		n := Parse(name, false)
		got := n.Time.At.Format(time.DateTime)
		if n.Screenshot {
			got += " screenshot"
		}
		if n.Guess {
			got += " guess"
		}
		if n.App != "" {
			got += " " + n.App
		}
		if got != want || n.Number != "" {
			t.Errorf("%s: %s (%s), want %s", name, got, n.Number, want)
		}
	}
}

// A name without a year takes it from a file that was changed that day, and
// from no other.
func TestYearlessName(t *testing.T) {
	n := Parse("19100000861_通话_12月31日_23点58分.amr", true)
	for modified, want := range map[string]string{
		"2026-01-01 00:03:00": "2025-12-31 23:58:00", "2025-12-31 23:59:00": "2025-12-31 23:58:00",
		"2026-03-05 10:00:00": "",
	} {
		at, _ := time.ParseInLocation(time.DateTime, modified, evidence.Beijing)
		got := n.DatedBy(at)
		if s := got.At.Format(time.DateTime); !got.IsZero() &&
			(s != want || got.Precision != evidence.ToMinute || !got.Device) || got.IsZero() != (want == "") {
			t.Errorf("changed %s: %+v, want %s", modified, got, want)
		}
	}
	if n := Parse("19100000861_通话_13月31日_23点58分.amr", true); n.Yearless != "" && n.Scheme == "lenovo" {
		t.Errorf("month 13 was taken: %+v", n)
	}
}

// A name that has the last digit of the year takes it from a file of such a year alone.
func TestNameWithTheLastDigitOfTheYear(t *testing.T) {
	n := Parse("S60717-14321105.jpg", false)
	if n.Scheme != "smartisan" || !n.Screenshot || !n.Guess || !n.Time.IsZero() {
		t.Errorf("%+v", n)
	}
	for modified, want := range map[string]string{
		"2026-07-17 14:33:00": "2026-07-17 14:32:00", "2016-07-17 20:00:00": "2016-07-17 14:32:00",
		"2025-07-17 14:33:00": "", "2026-08-17 14:33:00": "",
	} {
		at, _ := time.ParseInLocation(time.DateTime, modified, evidence.Beijing)
		got := n.DatedBy(at)
		if got.IsZero() != (want == "") || want != "" && got.At.Format(time.DateTime) != want {
			t.Errorf("changed %s: %+v, want %s", modified, got, want)
		}
	}
	for _, name := range []string{"S61317-143211.jpg", "S6071-143211.jpg", "S60717-1432.jpg", "S60717-256111.jpg"} {
		if n := Parse(name, false); n.Scheme == "smartisan" {
			t.Errorf("%s was taken", name)
		}
	}
}

func FuzzParseName(f *testing.F) {
	f.Add("通话录音@183 0000 7877(18300007877)_20190419123402.mp3", true)
	f.Add("Screenshot_2025-10-28-19-07-16-918_com.tencent.mm.jpg", false)
	f.Fuzz(func(t *testing.T, name string, sound bool) {
		n := Parse(name, sound)
		if !n.Time.IsZero() &&
			(n.Time.At.Before(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)) || n.Time.Precision == "") {
			t.Errorf("%q: time %v with precision %q", name, n.Time.At, n.Time.Precision)
		}
		_ = evidence.NormalNumber(n.Number)
	})
}

// A contact whose bracket holds a word and no number keeps the name.
func TestContactWithoutNumber(t *testing.T) {
	if n := Parse("王五(未知)_20240303101112.mp3", true); n.Contact != "王五" || n.Number != "" {
		t.Errorf("%+v", n)
	}
}

// What a recorder of anything gives as a name tells of no call: a meeting, a voice message, a
// child. A number, a name, a way or a word for a call in it does, and so does the folder that a
// recorder of calls keeps.
func TestMemoIsNoCall(t *testing.T) {
	for name, want := range map[string]string{
		"录音_20261016150533.mp3":              "true ",
		"REC_20261016_150533.m4a":            "true ",
		"会议录音_20261016_150533.m4a":           "true ",
		"WeChat_20261016150533.mp3":          "true ",
		"通话录音_20261016150533.mp3":            "false ",
		"未知号码_20261016150533.mp3":            "false ",
		"王经理_20261016150533.mp3":             "false 王经理",
		"19900000311_20261016150533.mp3":     "false ",
		"Call recording 20261016_150533.m4a": "false ",
		"来电_20261016_150533.amr":             "false ",
		"录音_19900000311_20261016_150533.m4a": "false ",
		"voicemail 20261016_150533.m4a":      "false ",
	} {
		n := Parse(name, true)
		if got := fmt.Sprintf("%v %s", n.Memo, n.Contact); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if Parse(name, false).Memo {
			t.Errorf("%s: a picture is no memo", name)
		}
	}
	for path, want := range map[string]bool{
		"手机/MIUI/sound_recorder/call_rec/录音.mp3": true, "通话录音/a.mp3": true, `Recordings\Call\a.m4a`: true,
		"录音机/a.mp3": false, "a.mp3": false, "phone/a.mp3": false, "微信/voice/a.mp3": false, "通话录音.mp3": false,
	} {
		if got := FromCalls(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}
