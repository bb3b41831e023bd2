package logs

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// readBackup reads a file of SMS Backup & Restore.
func readBackup(f *file, give func(Row) error) ([]Skipped, error) {
	var skipped []Skipped
	behind := clockBehind(io.NewSectionReader(f.r, 0, min(f.size, clockSample)))
	err := scanBackup(io.NewSectionReader(f.r, 0, f.size), func(row Row) error {
		if behind > 0 && (row.early-behind).Abs() <= time.Minute {
			row.Incident.Time.At = row.Incident.Time.At.Add(row.early)
			row.Incident.Time.Source = sentSource
		}
		return give(row)
	}, func(k Skipped) { skipped = append(skipped, k) })
	return skipped, err
}

// Of a clock that is behind: how much of a backup is looked at, and how many
// messages must agree. One message proves nothing.
const clockSample, leastEarly = 4 << 20, 3

// clockBehind measures by how much the phone's clock was behind that of the
// message centre: no message is received before it was sent, so where most
// seem to be, always by the same time, the phone was wrong. Zero where it was
// not, and for whole and half hours: some phones note the time of sending in
// another zone.
func clockBehind(r io.Reader) time.Duration {
	var early []time.Duration
	all := 0
	_ = scanBackup(r, func(row Row) error { // the sample ends in the middle
		if row.Incident.Direction == evidence.In {
			all++
		}
		if row.early > 0 {
			early = append(early, row.early)
		}
		return nil
	}, func(Skipped) {})
	if len(early) < leastEarly || 2*len(early) < all {
		return 0
	}
	slices.Sort(early)
	middle := early[len(early)/2]
	agree := 0
	for _, d := range early {
		if (d - middle).Abs() <= time.Minute {
			agree++
		}
	}
	if agree < leastEarly || 2*agree < all || (middle-middle.Round(30*time.Minute)).Abs() <= time.Minute {
		return 0
	}
	return middle
}

// scanBackup reads a file of SMS Backup & Restore, messages or calls, row by
// row, and reports each entry that gives no row: memory does not grow with the
// file. A cut file gives its whole rows and then a [BrokenError].
//
// The program writes characters beyond U+FFFF as two references, high and low
// surrogate, which is not well-formed XML; they are joined here, or the text
// of the evidence would be changed.
func scanBackup(r io.Reader, give func(Row) error, leave func(Skipped)) error {
	return scanClean(newCleaner(r), give, leave)
}

func scanClean(in *cleaner, give func(Row) error, leave func(Skipped)) error {
	d := xml.NewDecoder(in)
	d.Strict = false
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") {
			return in, nil
		}
		return nil, fmt.Errorf("encoding %s", label)
	}
	entry := func(row Row, ok bool, a map[string]string) error {
		if ok {
			return give(row)
		}
		leave(skip(0, row.Line, whyNoRow(a)))
		return nil
	}
	rooted := false
	depth, counted, entries := 0, 0, 0
	at, nth := 0, 0 // the line of the last entry, and how many began there
	var mms *mmsMessage
	for {
		line, _ := d.InputPos()
		token, err := d.RawToken()
		if err == io.EOF {
			if rooted && depth > 0 {
				return &BrokenError{line, errors.New("the file ends in the middle")}
			}
			if counted > entries {
				return &CountError{counted, entries}
			}
			return nil
		}
		if err != nil {
			return &BrokenError{line, err}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "smses" || t.Name.Local == "calls" {
				rooted = true
			}
			depth++
			a := attributes(t)
			switch t.Name.Local {
			case "smses", "calls":
				counted, _ = strconv.Atoi(a["count"]) // some leave it out
			case "call", "sms", "mms":
				if entries++; line != at {
					at, nth = line, 0
				}
				nth++
			}
			switch t.Name.Local {
			case "call":
				i, ok := backupCall(a)
				err = entry(Row{Line: line, nth: nth, Incident: i}, ok, a)
			case "sms":
				i, ok := backupSMS(a)
				err = entry(Row{Line: line, nth: nth, Incident: i, early: datedEarly(a)}, ok, a)
			case "mms":
				mms = &mmsMessage{line: line, nth: nth, attr: a}
			case "part":
				mms.part(a)
			case "addr":
				mms.addr(a)
			}
		case xml.EndElement:
			depth--
			if t.Name.Local == "mms" && mms != nil {
				row, ok := mms.row()
				row.Line, row.nth = mms.line, mms.nth
				err = entry(row, ok, mms.attr)
				mms = nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// whyNoRow says why an entry of a backup gives no row.
func whyNoRow(a map[string]string) evidence.Text {
	if _, ok := backupTime(a["date"]); !ok {
		return evidence.Text{
			ZH: "没有可用的时间（date=“" + a["date"] + "”）", EN: `no usable time (date="` + a["date"] + `")`,
		}
	}
	return draft
}

func attributes(t xml.StartElement) map[string]string {
	a := map[string]string{}
	for _, x := range t.Attr {
		if x.Value != "null" { // how the program writes nothing
			a[x.Name.Local] = x.Value
		}
	}
	return a
}

// backupTime reads epoch milliseconds: an absolute time.
func backupTime(s string) (evidence.Time, bool) {
	ms, err := strconv.ParseInt(s, 10, 64)
	if err != nil || ms <= 0 || ms > 4_102_444_800_000 {
		return evidence.Time{}, false
	}
	at := time.UnixMilli(ms).In(evidence.Beijing).Truncate(time.Second)
	return evidence.Time{At: at, Precision: evidence.ToSecond, Source: "sms-backup"}, true
}

func backupCall(a map[string]string) (evidence.Incident, bool) {
	at, ok := backupTime(a["date"])
	if !ok {
		return evidence.Incident{}, false
	}
	i := evidence.Incident{
		Time: at, Kind: evidence.Call, Number: evidence.NormalNumber(withoutScheme(a["number"])),
		Name: contactName(a), Seconds: -1,
		SIM: backupSIM(a["subscription_id"]),
	}
	length, err := strconv.Atoi(a["duration"])
	if err == nil && length >= 0 {
		i.Seconds = length
	}
	switch a["type"] {
	case "1", "7":
		i.Direction, i.Answered = evidence.In, evidence.Yes
	case "2":
		i.Direction, i.Answered = evidence.Out, evidence.Yes
		if i.Seconds == 0 {
			i.Answered = evidence.No
		}
	case "3", "5", "6":
		i.Direction, i.Answered = evidence.In, evidence.No
	}
	if onMailbox(a["type"]) || withoutScheme(a["number"]) != a["number"] {
		return leftMessage(i), true
	}
	if i.Answered == evidence.No {
		i.Seconds = 0
	}
	return i, true
}

// onMailbox reports the type of an entry of a phone's log that somebody spoke onto the
// mailbox: 4, or that in words.
func onMailbox(kind string) bool {
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "4" || slices.Contains(mailboxWords, kind)
}

// withoutScheme takes off what a phone's log puts before the number of a mailbox.
func withoutScheme(number string) string {
	const scheme = "voicemail:"
	if len(number) >= len(scheme) && strings.EqualFold(number[:len(scheme)], scheme) {
		return number[len(scheme):]
	}
	return number
}

// leftMessage makes of a line of a list what somebody spoke onto the mailbox: a message to
// its owner, and no call, for nobody answered. How long they spoke is no length of a call.
func leftMessage(i evidence.Incident) evidence.Incident {
	i.Kind, i.Direction, i.Answered, i.Seconds = evidence.Message, evidence.In, evidence.Unknown, -1
	return i
}

// backupSIM names the card of a phone with two. The number is the phone's own
// counting of cards it has seen, not the slot.
func backupSIM(id string) string {
	if n, err := strconv.Atoi(id); err != nil || n < 0 {
		return "" // no card, or a serial number that identifies the person's card
	}
	return "SIM id " + id
}

func contactName(a map[string]string) string {
	if n := a["contact_name"]; n != "(Unknown)" {
		return n
	}
	return ""
}

func backupSMS(a map[string]string) (evidence.Incident, bool) {
	at, ok := backupTime(a["date"])
	if !ok || unsent(a["type"]) {
		return evidence.Incident{}, false
	}
	i := evidence.Incident{Time: sentTime(at, a), Kind: evidence.SMS, Direction: evidence.Out, Seconds: -1,
		Number: numberOrName(a["address"]), Name: contactName(a), Shown: a["body"], SIM: backupSIM(a["sub_id"])}
	if a["type"] == "1" {
		i.Direction = evidence.In
	}
	return i, true
}

// lateAfter and lateUntil bound by how much a message may come after it was
// sent for its delivery to have been late. Less is the way it takes, more is
// no time of sending.
const lateAfter, lateUntil = 2 * time.Minute, 7 * 24 * time.Hour

// sentTime is when a message was received, or, where it came late, when the
// message centre says that it was sent: a phone that was off gets at night what
// was sent by day.
func sentTime(received evidence.Time, a map[string]string) evidence.Time {
	sent, ok := backupTime(a["date_sent"])
	late := received.At.Sub(sent.At)
	if !ok || a["type"] != "1" || late < lateAfter || late > lateUntil {
		return received
	}
	sent.Source = sentSource
	return sent
}

// sentSource is the source of a time that the message centre gave.
const sentSource = "sms-sent"

// datedEarly is by how much a message that came in is dated before it was
// sent; zero where it is not, or by less than two clocks differ.
func datedEarly(a map[string]string) time.Duration {
	received, ok := backupTime(a["date"])
	sent, known := backupTime(a["date_sent"])
	early := sent.At.Sub(received.At)
	if !ok || !known || a["type"] != "1" || early < lateAfter || early > lateUntil {
		return 0
	}
	return early
}

// unsent tells messages that reached nobody: drafts, and what waited to be
// sent or failed.
func unsent(box string) bool { return box == "3" || box == "4" || box == "5" || box == "6" }

// numberOrName keeps the name of a sender who has no number.
func numberOrName(s string) string {
	if n := evidence.NormalNumber(s); n != "" {
		return n
	}
	return s
}

// An mmsMessage is collected over its parts.
type mmsMessage struct {
	line  int
	nth   int
	attr  map[string]string
	text  []string
	other []string // what stands for parts that are no text
	from  string
}

// partWords name what a part of a message is; it stays in the file.
var partWords = map[string]string{"image": "图片", "audio": "语音", "video": "视频", "": "附件"}

func (m *mmsMessage) part(a map[string]string) {
	switch ct := a["ct"]; {
	case m == nil || ct == "application/smil": // how the parts are laid out
	case ct == "text/plain" && a["text"] != "":
		m.text = append(m.text, a["text"])
	case ct != "" && ct != "text/plain":
		kind, _, _ := strings.Cut(ct, "/")
		if partWords[kind] == "" {
			kind = ""
		}
		m.other = append(m.other, "["+partWords[kind]+"]")
	}
}

func (m *mmsMessage) addr(a map[string]string) {
	if m != nil && a["type"] == "137" && a["address"] != "insert-address-token" {
		m.from = a["address"]
	}
}

func (m *mmsMessage) row() (Row, bool) {
	at, ok := backupTime(m.attr["date"])
	if !ok || unsent(m.attr["msg_box"]) {
		return Row{}, false
	}
	if len(m.text) == 0 {
		m.text = m.other
	}
	i := evidence.Incident{Time: at, Kind: evidence.SMS, Direction: evidence.Out, Seconds: -1,
		Number: numberOrName(m.attr["address"]), Name: contactName(m.attr), Shown: strings.Join(m.text, "\n"),
		SIM: backupSIM(m.attr["sub_id"])}
	if m.attr["msg_box"] == "1" {
		i.Direction = evidence.In
		if m.from != "" {
			i.Number = numberOrName(m.from)
		}
	}
	return Row{Incident: i}, true
}
