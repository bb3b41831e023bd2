package filing

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence/track"
	"juzheng/templates/letter"
)

// An Event is one day to remember.
type Event struct {
	Day   time.Time // the whole day, in the zone of the value
	Title string
	Text  string
	// Cancelled takes the day out of calendars that have it: the answer came, or
	// the matter is over.
	Cancelled bool
	// Of a calendar of many cases: the case it is of, and what to call that.
	Case, Of string
	// Key is what the event's id follows from; empty: its title, where that never
	// changes.
	Key string
	// Remind are days before it on which a calendar reminds of it, at nine; none: the
	// day before.
	Remind []int
}

// TermEvents are the terms of a letter that run from its filing, one event a
// term, or, where no rule sets one, a day to ask again: a calendar is never
// empty, which RFC 5545, 3.6, does not allow.
func TermEvents(in letter.Input, title string) []Event {
	if out := events(in, letter.Deadlines(in)); len(out) > 0 {
		return out
	}
	return askAgain(in, title)
}

func events(in letter.Input, terms []letter.Deadline) []Event {
	return EventsOf(in.Recipient.Name, terms)
}

// EventsOf are the terms of somebody that run from a known day.
func EventsOf(name string, terms []letter.Deadline) []Event {
	var out []Event
	for _, d := range terms {
		if !d.On.IsZero() {
			out = append(out, Event{Day: d.On, Title: name + "：" + d.Event, Text: d.String()})
		}
	}
	return out
}

// FollowUp is the terms of a letter that asks for something, or, where no
// rule sets one, a day to ask again.
func FollowUp(in letter.Input, title string) []Event {
	if out := events(in, letter.OwnTerms(in, title)); len(out) > 0 {
		return out
	}
	return askAgain(in, title)
}

func askAgain(in letter.Input, title string) []Event {
	return []Event{AskAgain(in.Recipient.Name, title, in.Date)}
}

// AskAgain is the day on which somebody is asked again who has no term: some days
// after what was filed with them. That is our advice, and no rule's.
func AskAgain(name, title string, filed time.Time) Event {
	return Event{Day: filed.AddDate(0, 0, track.Patience), Title: name + "：" + title + "，没有答复的再催一次",
		Text: "没有查到对方必须在几日内答复的规定，这是给自己的提醒。"}
}

// CalendarMaker is how a calendar names this program.
const CalendarMaker = "-//juzheng//juzheng//ZH"

// ICS is a calendar of whole-day events (RFC 5545), with reminders at nine, the day
// before or as an event says. Stamp is when it was made; ids follow from the case and the
// event, and the sequence from the stamp, so that a later calendar replaces the
// earlier one's events, or takes them out.
func ICS(caseID string, events []Event, stamp time.Time) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fold(&b, fmt.Sprintf(format, args...)) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:%s", CalendarMaker)
	line("CALSCALE:GREGORIAN")
	line("METHOD:PUBLISH")
	for _, e := range events {
		line("BEGIN:VEVENT")
		line("UID:%x@juzheng", sha256.Sum256([]byte(cmp.Or(e.Case, caseID)+"\n"+cmp.Or(e.Key, e.Title))))
		line("DTSTAMP:%s", stamp.UTC().Format("20060102T150405Z"))
		line("SEQUENCE:%d", max(0, int64(stamp.Sub(sequenceStart).Seconds())))
		line("DTSTART;VALUE=DATE:%s", e.Day.Format("20060102"))
		line("DTEND;VALUE=DATE:%s", e.Day.AddDate(0, 0, 1).Format("20060102"))
		if e.Of != "" {
			e.Title = e.Of + "：" + e.Title // behind the id, which is the same in the case's own calendar
		}
		line("SUMMARY:%s", escape(e.Title))
		if e.Text != "" {
			line("DESCRIPTION:%s", escape(e.Text))
		}
		line("TRANSP:TRANSPARENT")
		if e.Cancelled {
			line("STATUS:CANCELLED")
			line("END:VEVENT")
			continue
		}
		for _, days := range remind(e.Remind) {
			line("BEGIN:VALARM")
			line("ACTION:DISPLAY")
			line("DESCRIPTION:%s", escape(e.Title))
			line("TRIGGER:%s", trigger(days))
			line("END:VALARM")
		}
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	return []byte(b.String())
}

func remind(days []int) []int {
	if len(days) == 0 {
		return []int{1}
	}
	return days
}

// trigger is nine o'clock some days before a day that begins at midnight.
func trigger(days int) string {
	if days <= 1 {
		return "-PT15H"
	}
	return fmt.Sprintf("-P%dDT15H", days-1)
}

// sequenceStart is where the sequence of events counts its seconds from: so it
// stays a number that calendars take, below 2³¹.
var sequenceStart = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// escape is text by RFC 5545, 3.3.11.
func escape(s string) string {
	s = strings.Map(func(r rune) rune { // a text may hold no control characters (3.1)
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\ufffd"))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold cuts a content line into lines of at most 75 octets, between
// characters (RFC 5545, 3.1).
func fold(b *strings.Builder, s string) {
	width := 75
	for len(s) > width {
		cut := width
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + "\r\n ")
		s, width = s[cut:], 74 // the blank counts
	}
	b.WriteString(s + "\r\n")
}
