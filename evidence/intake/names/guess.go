package names

import (
	"strings"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

var guessNumber = lazyregexp.New(`(?:^|\D)((?:\+86|0086)?0?1[3-9]\d{9}|\+[1-9]\d{7,14}|` +
	`0\d{2,3}-?\d{7,8}|400\d{7}|95\d{3,9})(?:\D|$)`)

// guessTimes are the days and hours that a name of no known form can hold, in
// the order in which they are looked for.
var guessTimes = []*lazyregexp.Regexp{
	lazyregexp.New(`(?:^|\D)(?P<ts14>20\d{12})(?:\D|$)`),
	lazyregexp.New(`(?P<ts8>20\d{6})[ _-]?(?P<hms>\d{6})`),
	lazyregexp.New(`(?:^|\D)(?P<y>20\d\d)[-._年](?P<mo>\d{1,2})[-._月](?P<d>\d{1,2})日?[ _T-]*` +
		`(?P<h>\d{1,2})[-._:：时点](?P<mi>\d{2})[-._:：分](?P<s>\d{2})(?:\D|$)`),
	lazyregexp.New(`(?:^|\D)(?P<y>20\d\d)[-._年](?P<mo>\d{1,2})[-._月](?P<d>\d{1,2})日?[ _T-]*` +
		`(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})(?:\D|$)`),
	lazyregexp.New(`(?:^|[_ .-])(?P<epoch>1[3-8]\d{11})(?:[_ .-]|$)`), // milliseconds of 2011 to 2030
}

// guess finds a day and an hour in a name of no known form; of the name of a
// recording the rest says who it was with. Rest is the name without the time.
func guess(stem string) (n Name, rest string) {
	for _, re := range guessTimes {
		m := re.FindStringSubmatchIndex(stem)
		if m == nil {
			continue
		}
		g := map[string]string{}
		from, to := len(stem), 0
		for i, group := range re.Compiled().SubexpNames() {
			if group != "" && m[2*i] >= 0 {
				g[group] = stem[m[2*i]:m[2*i+1]]
				from, to = min(from, m[2*i]), max(to, m[2*i+1])
			}
		}
		for _, group := range []string{"mo", "d", "h"} {
			if len(g[group]) == 1 {
				g[group] = "0" + g[group]
			}
		}
		n = Name{Guess: true, Scheme: "generic"}
		if n.readTime(g) {
			return n, stem[:from] + " " + strings.TrimPrefix(stem[to:], "秒")
		}
	}
	return Name{}, stem
}

// guessPicture is the guess for a picture: digits in its name are nobody's
// number, and 截图 in it is what it is.
func guessPicture(stem string) Name {
	n, _ := guess(stem)
	n.Screenshot = shotWords.MatchString(stem)
	return n
}

// shotWords begin the names of screenshots, on phones and computers.
var shotWords = lazyregexp.New(`(?i)^(?:screen ?shots?(?:[ _-]|\d|$)|屏幕截图|屏幕快照|截屏|截图|\p{Han}{1,5}截图)`)

// guessSound is the guess for a recording.
func guessSound(stem string) Name {
	n, rest := guess(stem)
	if n.Scheme == "" {
		return inWords(stem)
	}
	n.Number, n.Contact, n.Direction = whoIn(rest)
	if hiddenWords[strings.ToLower(n.Contact)] {
		n.Contact = ""
	}
	return n
}

// whoIn reads what stands in a name beside the time: a number, which way the
// call went, and a contact's name, between words that recorders put there.
func whoIn(s string) (number, contact string, way evidence.Direction) {
	if m := guessNumber.FindStringSubmatchIndex(s); m != nil {
		number = s[m[2]:m[3]]
		s = s[:m[2]] + "_" + s[m[3]:]
	} else if number = writtenIn(s); number != "" {
		s = strings.Replace(s, number, "_", 1)
	}
	var kept []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("_@()[]{}（）【】,，;；+-~#", r)
	}) {
		lower := strings.ToLower(word)
		switch {
		case ways[lower] != "":
			way = ways[lower]
		case noise[lower], strings.HasSuffix(word, "录音"), strings.HasPrefix(word, "."), // 会议录音, .amr
			!strings.ContainsFunc(word, unicode.IsLetter):
		default:
			kept = append(kept, word)
		}
	}
	return number, strings.Join(kept, " "), way
}

// ways are the words for which way a call went.
var ways = map[string]evidence.Direction{
	"in": evidence.In, "incoming": evidence.In, "呼入": evidence.In, "来电": evidence.In, "打入": evidence.In,
	"拨入": evidence.In, "接听": evidence.In, "被叫": evidence.In, "↙": evidence.In,
	"out": evidence.Out, "outgoing": evidence.Out, "呼出": evidence.Out, "去电": evidence.Out, "打出": evidence.Out,
	"拨出": evidence.Out, "拨打": evidence.Out, "主叫": evidence.Out, "↗": evidence.Out,
}

// noise are words of recorders, which name nobody.
var noise = map[string]bool{
	"call": true, "calls": true, "phone": true, "phonecall": true, "callrecord": true, "record": true, "recorder": true,
	"recording": true, "rec": true, "voice": true, "audio": true, "memo": true, "sim1": true, "sim2": true,
	"录音": true, "通话录音": true, "电话录音": true, "通话": true, "电话": true, "语音": true, "语音备忘录": true, "新录音": true,
	"录音机": true, "wechat": true, "weixin": true, "微信": true, "微信语音": true, "语音消息": true, "录音文件": true,
	"new": true, "的通话": true, "的通话录音": true,
	"与": true, "和": true, "来自": true, "with": true,
}

// Words is the form of names that people give: they hold a number, and no time.
const Words = "words"

// behindNumber is what a written number is followed by: no more digits of it, but perhaps
// the count of a copy, or a day.
const behindNumber = `(?:$|[^\d ]| \D| \d{1,2}(?:$|\D)| 20\d\d(?:[-./年]|\d{4}(?:$|\D)))`

// spoken are numbers as people and phones write them, with blanks or dashes: a mobile one, a
// fixed line with its area code set off, one that begins with 400.
var spoken = []*lazyregexp.Regexp{
	lazyregexp.New(`(?:^|[^\d+.-])((?:\+?86[ -]?)?1[3-9]\d[ .-]?\d{4}[ .-]?\d{4})` + behindNumber),
	lazyregexp.New(`(?:^|[^\d+.-])(0(?:10|2\d|[3-9]\d\d)[ -]\d{3,4}[ -]?\d{4})` + behindNumber),
	lazyregexp.New(`(?:^|[^\d+.-])([(（]0(?:10|2\d|[3-9]\d\d)[)）] ?\d{3,4}[ -]?\d{4})` + behindNumber),
	lazyregexp.New(`(?:^|[^\d+.-])([48]00[ -]\d{3}[ -]?\d{4})` + behindNumber),
}

// writtenIn is the one number in a text that is written so; empty if there is none, or
// several.
func writtenIn(s string) string {
	var found []string
	for _, re := range spoken {
		for rest := s; ; {
			m := re.FindStringSubmatchIndex(rest)
			if m == nil {
				break
			}
			found = append(found, rest[m[2]:m[3]])
			rest = rest[m[3]:]
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// inWords finds the number in a name such as 催收 199-0000-0311 威胁. Of several none is
// taken.
func inWords(stem string) Name {
	if number := writtenIn(stem); number != "" {
		return Name{Scheme: Words, Number: number}
	}
	return Name{}
}
