package logs

import (
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// vMessage (IrMC 1.1) is how older phones and their programs keep messages:
// BEGIN:VMSG, the sender as a card, BEGIN:VBODY with Date: and the words.

func isVMessage(f *file) bool { return strings.HasPrefix(strings.ToUpper(f.begin()), "BEGIN:VMSG") }

// readVMessage reads the messages of such a file.
func readVMessage(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoText
	}
	var skipped []Skipped
	var m *vMessage
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	whole := false
	for n, line := range lines {
		switch mark := strings.ToUpper(strings.TrimSpace(line)); {
		case strings.TrimPrefix(mark, "\ufeff") == "BEGIN:VMSG":
			m = &vMessage{line: n + 1}
		case m == nil:
		case mark == "END:VMSG":
			whole = true
			row, why := m.row()
			if why != nil {
				skipped = append(skipped, skip(0, m.line, *why))
			} else if row.entry = []byte(strings.Join(lines[m.line-1:n+1], "\n")); true {
				if err := give(row); err != nil {
					return skipped, err
				}
			}
			m = nil
		case mark == "BEGIN:VBODY":
			m.inBody = true
		case mark == "END:VBODY":
			m.inBody = false
		default:
			m.take(line)
		}
	}
	if !whole && m == nil {
		return skipped, &BrokenError{1, errors.New("its messages do not stand on lines of their own")}
	}
	if m != nil {
		return skipped, &BrokenError{m.line, errors.New("the file ends in the middle")}
	}
	return skipped, nil
}

// A vMessage is one message as its lines say it.
type vMessage struct {
	line              int
	inBody            bool
	box, number, name string
	date, stamp       string
	words             []string
	quoted, goesOn    bool
	headed            bool // the words have a line of their own name
}

var vLine = lazyregexp.New(`^([A-Za-z][A-Za-z-]*)((?:;[^:]*)?):(.*)$`)

// take takes in a line. Words that are in quoted-printable go on where a line
// ends with =.
func (m *vMessage) take(line string) {
	if m.goesOn {
		m.words = append(m.words, line)
		m.goesOn = strings.HasSuffix(line, "=")
		return
	}
	f := vLine.FindStringSubmatch(line)
	if f == nil {
		if m.inBody && !m.headed {
			m.words = append(m.words, line)
		}
		return
	}
	value := strings.TrimSpace(f[3])
	switch word := strings.ToUpper(f[1]); {
	case word == "X-IRMC-BOX" || word == "X-BOX" || word == "X-MESSAGE-TYPE" && m.box == "":
		m.box = strings.ToUpper(value)
	case word == "TEL" && m.number == "":
		m.number = value
	case (word == "N" || word == "FN") && m.name == "" && !strings.Contains(strings.ToUpper(f[2]), "QUOTED"):
		m.name = strings.Trim(value, "; ")
	case word == "X-NOK-DT":
		m.stamp = value
	case word == "DATE" && m.date == "":
		m.date = value
	case m.inBody && (word == "SUBJECT" || word == "TEXT" || word == "X-BODY-CONTENTS"):
		m.headed = true
		m.quoted = strings.Contains(strings.ToUpper(f[2]), "QUOTED-PRINTABLE")
		m.words = append(m.words, f[3])
		m.goesOn = m.quoted && strings.HasSuffix(f[3], "=")
	case m.inBody && !m.headed && m.date != "" && !strings.HasPrefix(word, "X-"):
		m.words = append(m.words, line) // a message may have a colon
	}
}

var (
	vDots     = lazyregexp.New(`^(\d{4})\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})$`)
	vDayFirst = lazyregexp.New(`^(\d{1,2})\.(\d{1,2})\.(20\d\d) (\d{1,2}:\d{2}(?::\d{2})?)$`)
)

// time is what the message says of when it was, by the phone's clock; some
// say it in UTC alone.
func (m *vMessage) time() evidence.Time {
	s := vDots.ReplaceAllString(m.date, "$1-$2-$3 $4:$5:$6")
	s = vDayFirst.ReplaceAllString(s, "$3-$2-$1 $4")
	if t, err := time.ParseInLocation("2006-1-2 15:4:5", s, evidence.Beijing); err == nil && t.Year() >= 2000 {
		return evidence.Time{At: t, Precision: evidence.ToSecond, Device: true, Source: "phone-log"}
	}
	if t, ok := carrierTime(s); ok {
		t.Device, t.Source = true, "phone-log"
		return t
	}
	if t, err := time.Parse("20060102T150405Z", m.stamp); err == nil && t.Year() >= 2000 {
		return evidence.Time{At: t.In(evidence.Beijing), Precision: evidence.ToSecond, Source: "phone-log"}
	}
	return evidence.Time{}
}

func (m *vMessage) row() (Row, *evidence.Text) {
	r := Row{Line: m.line}
	i := evidence.Incident{Time: m.time(), Kind: evidence.SMS, Number: numberOrName(m.number), Name: m.name,
		Seconds: -1,
		Shown:   strings.TrimSpace(strings.Join(m.words, "\n"))}
	if i.Time.IsZero() {
		return r, &evidence.Text{ZH: "没有可用的时间（“" + m.date + "”）", EN: `no usable time ("` + m.date + `")`}
	}
	if m.quoted {
		plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(i.Shown)))
		words, ok := evidence.DecodeIfText(plain)
		if err != nil || !ok {
			return r, &evidence.Text{ZH: "内容的编码读不出", EN: "its words are in an encoding that cannot be read"}
		}
		i.Shown = strings.TrimSpace(words)
	}
	switch {
	case strings.Contains(m.box, "DRAFT"), strings.Contains(m.box, "OUTBOX"), strings.Contains(m.box, "FAILED"):
		return r, &draft
	case strings.Contains(m.box, "INBOX"), strings.Contains(m.box, "DELIVER"):
		i.Direction = evidence.In
	case strings.Contains(m.box, "SENT"), strings.Contains(m.box, "SEND"), strings.Contains(m.box, "SUBMIT"):
		i.Direction = evidence.Out
	}
	r.Incident = i
	return r, nil
}
