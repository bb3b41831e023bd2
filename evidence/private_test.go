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

		{Exhibit{Number: "E001", Kind: Photo, OriginalName: "身份证正面.jpg"}, "", true},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "扫描1.pdf", OriginalPath: "手机/合同/扫描1.pdf"}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.pdf", OriginalPath: `C:\手机\征信\1.pdf`}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.txt"}, "结 清\n证明", false},

		// Databases, backups and contacts hold everything, whatever they are called or say.
		{Exhibit{Number: "E001", Kind: OtherKind, OriginalName: "msg.store"}, "", true},
		{Exhibit{Number: "E001", Kind: OtherKind, OriginalName: "贷款合同.ofd"}, "", false},
		{Exhibit{Number: "E001", Kind: OtherKind, OriginalName: "EnMicroMsg.db", OriginalPath: "手机/催收/EnMicroMsg.db"},
			"", true},
		{Exhibit{Number: "E001", Kind: OtherKind, OriginalName: "催收.dat", Notes: []Note{{Code: NoteUnread}}}, "", true},
		{Exhibit{Number: "E001", Kind: OtherKind, OriginalName: "31bb7ba8914766d4ba40d6dfb6113c8b614be442"}, "", true},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "00001.vcf"}, "BEGIN:VCARD\nFN:催收小张", true},
		{Exhibit{Number: "E001", Kind: Document, MediaType: "text/html", OriginalName: "聊天.html",
			Notes: []Note{{Code: NoteUnread}}}, "你的贷款逾期了", true},
		{Exhibit{Number: "E001", Kind: Document, MediaType: "text/plain", OriginalName: "催收聊天.txt",
			Notes: []Note{{Code: NoteUnread}}}, "", false},
		{Exhibit{Number: "E004", Kind: OtherKind}, "", false}, // cited by a row
		{Exhibit{Number: "E001", Kind: Video, OriginalName: "VID_20260901_201500.mp4"}, "", true},
		{Exhibit{Number: "E001", Kind: Video, OriginalName: "Screenrecorder-2026-09-01-20-15-00.mp4"}, "", false},
		{Exhibit{Number: "E001", Kind: Document, OriginalName: "1.txt"}, strings.Repeat("闲话", 400) + "合同", true},
	} {
		got := Idle(c, rows, []Exhibit{row.x}, func(Exhibit) string { return row.text })
		if want := row.idle; slices.Contains(got, row.x.Number) != want {
			t.Errorf("%s %s %q %q: idle %v, want %v", row.x.Number, row.x.Kind, row.x.OriginalPath+row.x.OriginalName,
				row.text[:min(len(row.text), 30)], !want, want)
		}
	}
}

// Recordings of calls with family are private until the person makes use of
// them, and those of the collector never are.
func TestPrivateCalls(t *testing.T) {
	c := Case{Complainant: Complainant{Phone: "1001"}, Numbers: []Number{{Number: "170", Side: CollectorSide},
		{Number: "139", Side: OtherSide, Name: "家人"}, {Number: "138", Side: EmergencySide}}}
	recording := func(contact, number, phone string) Exhibit {
		x := Exhibit{Number: "E1", Kind: Recording}
		x.Media.Contact, x.Media.Number = contact, number
		if phone != "" {
			x, _ = x.WithNote(Note{Code: NotePhoneOf, About: phone})
		}
		return x
	}
	row := func(number, name string, f func(*Incident)) []Incident {
		i := Incident{Kind: Call, Number: number, Name: name, Source: "E4:9 E1", Exhibits: []string{"E1", "E4"}}
		if f != nil {
			f(&i)
		}
		return []Incident{i}
	}
	for _, x := range []struct {
		name    string
		rows    []Incident
		x       Exhibit
		private bool
	}{
		{"of nobody knows whom", row("131", "", nil), recording("", "131", ""), false},
		{"named mother", row("131", "", nil), recording("妈妈", "131", ""), true},
		{"named so in the row", row("131", "我妈", nil), recording("", "131", ""), true},
		{"her second number", row("131", "", nil), recording("妈妈（新号）2", "131", ""), true},
		{"in English", row("131", "", nil), recording("Mom", "131", ""), true},
		{"a name that only begins so", row("131", "", nil), recording("爸爸的同学", "131", ""), false},
		{"one that speaks of collecting", row("131", "", nil), recording("催收对象", "131", ""), false},
		{"a number that is not the collector's", row("139", "", nil), recording("", "139", ""), true},
		{"the emergency contact's", row("138", "", nil), recording("", "138", ""), true},
		{"in no row", nil, recording("妈妈", "", ""), true},
		{"the collector, saved as a friend", row("170", "朋友", nil), recording("朋友", "170", ""), false},
		{"on mother's phone", row("131", "", nil), recording("", "131", "family"), true},
		{"on mother's phone, of the collector", row("170", "", nil), recording("", "170", "family"), false},
		{"on the person's own", row("131", "", nil), recording("", "131", "self"), false},
		{"it belongs to the matter", row("139", "", func(i *Incident) { i.Use = Yes }), recording("", "139", ""),
			false},
		{"the person says something of it", row("139", "", func(i *Incident) { i.Words = "我妈说有人打给她" }),
			recording("妈妈", "139", ""), false},
		{"it tells what was done to somebody", row("139", "", func(i *Incident) { i.ToldBy = "妈妈" }),
			recording("妈妈", "139", ""), false},
		{"left out of the letters", row("139", "", func(i *Incident) { i.Use = No }), recording("", "139", ""), true},
	} {
		if got := len(PrivateCalls(c, x.rows, []Exhibit{x.x})) > 0; got != x.private {
			t.Errorf("%s: private %v", x.name, got)
		}
	}
	// Who called two people's phones is no matter of one of them, as long as nobody says who
	// it is, and no contact's name does.
	mothers := recording("", "131", "family")
	own := Exhibit{Number: "E4", Kind: CallLog}
	for contact, private := range map[string]bool{"": false, "阿姨": true} {
		mothers.Media.Contact = contact
		if got := len(PrivateCalls(c, row("131", "", nil), []Exhibit{mothers, own})) > 0; got != private {
			t.Errorf("a number on two phones, named %q: private %v", contact, got)
		}
	}
	mothers.Media.Contact, mothers.Media.Number = "", "139"
	if len(PrivateCalls(c, row("139", "", nil), []Exhibit{mothers, own})) != 1 {
		t.Error("a number on two phones that is said to be nobody's of the matter is not private")
	}
	log := recording("妈妈", "139", "")
	log.Kind = CallLog
	if got := PrivateCalls(c, nil, []Exhibit{log}); len(got) > 0 {
		t.Error("a log is taken for a recording")
	}
	if got := Idle(c, nil, []Exhibit{recording("妈妈", "", "")}, func(Exhibit) string { return "" }); len(got) != 1 {
		t.Error("it is not among what stays out")
	}
}

// Exports of chats with family, friends and lawyers are private until the person makes
// use of one; a chat with the collector, or with people nobody knows, is not.
func TestPrivateChats(t *testing.T) {
	c := Case{Numbers: []Number{{Account: "极融-小李", Side: CollectorSide}, {Account: "王姐", Side: OtherSide}}}
	row := func(name string, edit ...func(*Incident)) Incident {
		i := Incident{Kind: Message, Direction: In, Name: name, Source: "E1:2", Exhibits: []string{"E1"}, Shown: "在吗"}
		for _, e := range edit {
			e(&i)
		}
		return i
	}
	out := func(i *Incident) { i.Direction = Out }
	for _, x := range []struct {
		name    string
		rows    []Incident
		private bool
	}{
		{"with a brother", []Incident{row("弟弟"), row("弟弟", out)}, true},
		{"with a friend whom the case names", []Incident{row("王姐"), row("王姐", out)}, true},
		{"with a lawyer", []Incident{row("陈律师")}, true},
		{"with the collector", []Incident{row("极融-小李"), row("极融-小李", out)}, false},
		{"who calls himself a lawyer of collecting", []Incident{row("催收律师函办理")}, false},
		{"with people nobody knows", []Incident{row("阿强")}, false},
		{"in a group with the collector", []Incident{row("弟弟"), row("极融-小李")}, false},
		{"who tells of a call", []Incident{row("弟弟"), row("弟弟", func(i *Incident) { i.ToldBy = "弟弟" })}, false},
		{"which the person uses", []Incident{row("弟弟", func(i *Incident) { i.Use = Yes })}, false},
		{"of no row", nil, false},
	} {
		got := PrivateChats(c, x.rows, []Exhibit{{Number: "E1", Kind: ChatLog}})
		if len(got) > 0 != x.private {
			t.Errorf("%s: private %v", x.name, got)
		}
	}
	if got := PrivateChats(c, []Incident{row("弟弟")}, []Exhibit{{Number: "E1", Kind: SMSLog}}); len(got) > 0 {
		t.Error("a log of all messages is taken for a chat")
	}
}

// A list that was not read is known as one where it is asked about among private files.
func TestLooksLikeList(t *testing.T) {
	for detail, want := range map[string]string{
		"看着是通话详单或者消息记录，里面的字却是乱码（另存的时候编码错了），没有读取":    "看着是通话详单或者消息记录，里面的字却是乱码",
		"像是消息或通话记录（开头就有 8 处日期、时间或号码），但不是能读的格式，没有读取": "像是消息或通话记录（开头就有 8 处日期、时间或号码）",
		"加密的 PDF，里面的内容没有读取": "",
		"": "",
	} {
		x := Exhibit{Notes: []Note{{Code: NoteUnread, Detail: detail}}}
		if got := LooksLikeList(x); got != want {
			t.Errorf("%s: %q", detail, got)
		}
	}
}
