package names

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// IPhone is the form in which an iPhone names the recordings of calls that it keeps in its
// notes: by the other side, whose name the address book has or whose number. Who rang whom
// it does not say, nor when; a note that was exported may bear its day.
const IPhone = "iphone"

// Named reports a form of names that says with whom a call was, and need not say when.
func (n Name) Named() bool { return n.Scheme == Words || n.Scheme == IPhone }

// callOf is such a name without its day: 与 171 0000 0101 的通话录音, Call with Wang Lei 2.
var callOf = lazyregexp.New(`^(?:(?:与|和|来自|同)\s*(?P<zh>.+?)\s*的\s*(?:FaceTime\s*)?(?:语音|音频|视频)?` +
	`(?:通话|電話|电话)(?:录音|錄音)?|` +
	`(?i:call(?: recording)? (?:with|from)|recording of call with)\s+(?P<en>.+?))(?:\s\d{1,2})?$`)

// daysOfNotes are the ways in which the day of a note stands at the end of its name, in
// Chinese and in English, with or without the hour.
var daysOfNotes = []*lazyregexp.Regexp{
	lazyregexp.New(`[\s_,，-]*(?P<y>20\d\d)[-._/年]\s?(?P<mo>\d{1,2})[-._/月]\s?(?P<d>\d{1,2})日?` +
		`(?:[\s_T,，-]*` + hourOfNote + `)?$`),
	lazyregexp.New(`[\s_,，-]*(?P<mo>\d{1,2})月(?P<d>\d{1,2})日[\s_,，-]*` + hourOfNote + `$`),
	lazyregexp.New(`[\s_,-]*(?:\bon )?(?P<month>[A-Z][a-z]{2,8})\.? (?P<d>\d{1,2}),? (?P<y>20\d\d)` +
		`(?:,? (?:at )?` + hourOfNote + `)?$`),
	lazyregexp.New(`[\s_,-]*(?:\bon )?(?P<d>\d{1,2}) (?P<month>[A-Z][a-z]{2,8})\.? (?P<y>20\d\d)` +
		`(?:,? (?:at )?` + hourOfNote + `)?$`),
	lazyregexp.New(`[\s_-]+(?P<y>20\d\d)(?P<mo>\d\d)(?P<d>\d\d)(?:[\s_-]?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d))?$`),
}

const hourOfNote = `(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s?(?P<h>\d{1,2})[.:：时點点-](?P<mi>\d{2})` +
	`(?:[.:：分-](?P<s>\d{2}))?[分秒]?\s?(?P<half2>AM|PM|am|pm)?`

// iphoneCall reads such a name; not ok if it has another form.
func iphoneCall(stem string) (n Name, ok bool) {
	stem = strings.TrimSpace(formatting.Replace(stem))
	rest, groups := stem, map[string]string(nil)
	for _, re := range daysOfNotes {
		if m := re.FindStringSubmatchIndex(stem); m != nil && m[0] > 0 {
			rest, groups = stem[:m[0]], map[string]string{}
			for i, group := range re.Compiled().SubexpNames() {
				if group != "" && m[2*i] >= 0 {
					groups[group] = stem[m[2*i]:m[2*i+1]]
				}
			}
			break
		}
	}
	m := callOf.FindStringSubmatch(rest)
	if m == nil {
		return n, false
	}
	n.Scheme = IPhone
	if groups != nil && !n.dayOfNote(groups) {
		return n, false // no such day
	}
	n.Guess = groups != nil
	who := strings.Trim(m[1]+m[2], ` “”"‘’'`)
	if number := writtenIn(who); number != "" {
		n.Number = number
	} else if evidence.NormalNumber(who) != "" && numberLike.MatchString(who) {
		n.Number = who
	} else if !hiddenWords[strings.ToLower(who)] {
		n.Contact = who
	}
	if n.Number == "" && n.Contact == "" {
		return Name{}, false
	}
	if groups == nil && n.Number != "" {
		n.Scheme = Words
	}
	return n, true
}

// formatting are the signs that phones set about a number in running text.
var formatting = strings.NewReplacer("\u202a", "", "\u202c", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u00a0",
	" ", "\u202f", " ")

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// dayOfNote takes the day of a note, with its hour where that is named; not ok if there is
// none such.
func (n *Name) dayOfNote(g map[string]string) bool {
	month, _ := strconv.Atoi(g["mo"])
	if word := strings.ToLower(g["month"]); word != "" {
		month = slices.Index(months, word[:3]) + 1
	}
	day, _ := strconv.Atoi(g["d"])
	clock, layout, precision := "", "2006-01-02", evidence.ToDay
	if g["h"] != "" {
		hour, ok := hourOf(g["h"], strings.ToUpper(g["half"]+g["half2"]))
		if half := g["half"]; half != "" && half != "上午" && half != "下午" {
			var h int
			h, _ = strconv.Atoi(g["h"])
			h, ok = evidence.ClockHour(half, h)
			hour = fmt.Sprintf("%02d", h)
		}
		if !ok {
			return false
		}
		clock, layout, precision = " "+hour+":"+g["mi"], layout+" 15:04", evidence.ToMinute
		if g["s"] != "" {
			clock, layout, precision = clock+":"+g["s"], layout+":05", evidence.ToSecond
		}
	}
	if g["y"] == "" {
		n.Yearless = fmt.Sprintf("%02d-%02d%s", month, day, clock)
		_, err := time.Parse("2006-01-02 15:04", "2024-"+n.Yearless)
		return err == nil
	}
	at, err := time.ParseInLocation(layout, fmt.Sprintf("%s-%02d-%02d%s", g["y"], month, day, clock), evidence.Beijing)
	n.Time = evidence.Time{At: at, Precision: precision, Device: true, Source: "name:" + IPhone}
	return err == nil
}
