package folder

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// byteOrderMark is what Windows Notepad begins UTF-8 with.
const byteOrderMark = "\xef\xbb\xbf"

// plainCase is case.toml as the parser reads it. Editors save it in GBK, input
// methods type “ ” and ＝, people write keys in Chinese and leave quotes out: a file
// that cannot be read is mended line by line where a line can only mean one thing.
// Lines keep their places, and a file that can be read stays as it is, byte for byte.
//
// What was in another encoding gets the mark of UTF-8, or the Notepad that
// saved it would show it as rubbish once an answer was written into it.
func plainCase(name string, data []byte) ([]byte, error) {
	s, err := caseChars(name, data)
	if err != nil {
		return nil, err
	}
	mark := ""
	if bytes.HasPrefix(data, []byte(byteOrderMark)) || encodingOf(data).ZH != "" {
		mark = byteOrderMark
	}
	if _, err := decodeCase([]byte(s)); err == nil {
		return []byte(mark + s), nil
	}
	return []byte(mark + mendedCase(s)), nil
}

// caseChars are the characters of case.toml, whatever its encoding.
func caseChars(name string, data []byte) (string, error) {
	marked := evidence.MarkUTF16(data)
	s, err := evidence.DecodeText(marked)
	control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) }
	if err != nil || strings.ContainsRune(s, 0) || strings.ContainsRune(s, utf8.RuneError) ||
		len(marked) > len(data) && strings.ContainsFunc(s, control) { // it only looked like text
		return "", LineErrors{{File: name, Found: evidence.Text{ZH: "无法辨认的文字编码", EN: "an unknown text encoding"},
			Wanted: evidence.Text{ZH: "UTF-8 的文字：在记事本里打开，选“另存为”，编码选 UTF-8；打不开的，从备份恢复",
				EN: "text in UTF-8: open it in Notepad and save it with the encoding UTF-8, or restore a backup"}}}
	}
	return s, nil
}

// encodingOf names the encoding of a case.toml that is not in UTF-8.
func encodingOf(data []byte) evidence.Text {
	switch {
	case evidence.IsUTF16(evidence.MarkUTF16(data)):
		return evidence.Text{ZH: "UTF-16 编码", EN: "UTF-16"}
	case !utf8.Valid(data):
		return evidence.Text{ZH: "GBK（ANSI）编码", EN: "GBK (ANSI)"}
	}
	return evidence.Text{}
}

// decodeCase reads a case from TOML: a key that does not exist is an error.
func decodeCase(data []byte) (c evidence.Case, err error) {
	err = toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&c)
	return c, err
}

// keyForm is what a key of case.toml takes.
type keyForm int

const (
	keyOfString keyForm = iota // also of a key that does not exist
	keyOfList
	keyOfTime
	keyOfTables
)

// caseForms are the forms of all dotted keys that take no string.
var caseForms = func() map[string]keyForm {
	out := map[string]keyForm{}
	var walk func(reflect.Type, string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			key, of := prefix+t.Field(i).Tag.Get("toml"), t.Field(i).Type
			switch {
			case of == reflect.TypeFor[time.Time]():
				out[key] = keyOfTime
			case of == reflect.TypeFor[[]string]():
				out[key] = keyOfList
			case of.Kind() == reflect.Slice:
				out[key] = keyOfTables
				walk(of.Elem(), key+".")
			case of.Kind() == reflect.Struct:
				walk(of, key+".")
			}
		}
	}
	walk(reflect.TypeFor[evidence.Case](), "")
	return out
}()

// blanks are what stands for nothing between the parts of a line.
const blanks = " \t　\u00a0\u200b\ufeff"

var (
	tableLine = lazyregexp.New(`^[` + blanks + `]*[\[【［]{1,2}[` + blanks + `]*([\p{L}_ ]+?)[` + blanks +
		`]*[\]】］]{1,2}[` + blanks + `]*([#＃].*)?$`)
	settingLine = lazyregexp.New(`^([` + blanks + `]*)["'“”]?([\p{L}_][\p{L}\d_ ]*?)["'“”]?[` + blanks +
		`]*[=＝:：﹦][` + blanks +
		`]*(.*)$`)
)

// A caseMender mends the lines of a case.toml in order.
type caseMender struct {
	table string // whose settings follow; empty: those before all tables
	list  bool   // a list goes on in the next line
}

// mendedCase mends each line of case.toml that can only mean one thing.
func mendedCase(s string) string {
	if strings.Contains(s, `"""`) || strings.Contains(s, "'''") {
		return s // values of several lines: only their writer knows where they end
	}
	lines := strings.Split(s, "\n")
	var m caseMender
	for n, whole := range lines {
		line, cr := strings.CutSuffix(whole, "\r")
		line = m.line(line)
		if cr {
			line += "\r"
		}
		lines[n] = line
	}
	return strings.Join(lines, "\n")
}

func (m *caseMender) line(line string) string {
	bare := strings.Trim(line, blanks)
	if m.list {
		items, end, note, ok := listItems(bare)
		m.list = ok && !end
		if !ok {
			return line
		}
		if len(items) == 0 {
			return listLine(items, end) + note
		}
		return "  " + listLine(items, end) + note
	}
	if found := tableLine.FindStringSubmatch(line); found != nil {
		if table := keyCalled(tableWords, found[1]); table != "" {
			m.table = table
			head := "[" + table + "]"
			if caseForms[table] == keyOfTables {
				head = "[" + head + "]"
			}
			return head + noteBehind(found[2])
		}
		m.table = ""
		return line
	}
	if wide, ok := strings.CutPrefix(bare, "＃"); ok || bare == "" {
		if bare == "" {
			return ""
		}
		return "#" + wide
	}
	found := settingLine.FindStringSubmatch(line)
	if found == nil {
		return line
	}
	leaf := keyCalled(leafWords[m.table], found[2])
	if leaf == "" {
		return line
	}
	key := leaf
	if m.table != "" {
		key = m.table + "." + leaf
	}
	form := caseForms[key]
	if form == keyOfString && leaf == found[2] && stringOfLine.MatchString(line) && !strings.ContainsAny(line, "：＝") {
		return line
	}
	value, note, ok := m.value(found[3], form)
	if !ok {
		return line
	}
	indent := strings.Map(func(r rune) rune {
		if r != ' ' && r != '\t' {
			return ' '
		}
		return r
	}, found[1])
	return indent + leaf + " = " + value + note
}

// The marks that people write around a value and between several.
const (
	opening = "\"“”＂「『'‘’〝"
	closing = "\"“”＂」』'‘’〞"
	between = ",，、;；"
)

// value is a value as TOML has it, and the note behind it; not ok where it can mean
// more than one thing, or nothing.
func (m *caseMender) value(s string, form keyForm) (value, note string, ok bool) {
	list := strings.HasPrefix(s, "[") || strings.HasPrefix(s, "【") || strings.HasPrefix(s, "［")
	switch {
	case strings.HasPrefix(s, "{"), list && form != keyOfList:
		return "", "", false
	case list:
		_, size := utf8.DecodeRuneInString(s)
		items, end, note, ok := listItems(s[size:])
		m.list = ok && !end
		return "[" + listLine(items, end), note, ok
	}
	text, rest, ok := oneValue(s, "")
	if note, ok = noteOf(rest, ok); !ok {
		return "", "", false
	}
	switch value = tomlString(text); {
	case form == keyOfTime:
		at := strings.ReplaceAll(norm.NFKC.String(text), " ", "T")
		if _, err := time.Parse(time.RFC3339, at); err != nil {
			return "", "", false
		}
		value = at
	case form == keyOfList && text == "":
		value = "[]"
	case form == keyOfList:
		value = "[" + value + "]"
	}
	return value, note, true
}

// oneValue takes a value from the front of s: what stands in quotes of any
// script, or up to a note or one of the marks in until.
func oneValue(s, until string) (text, rest string, ok bool) {
	first, size := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune(opening, first) {
		end := strings.IndexAny(s[size:], closing)
		if end < 0 || first == '"' && strings.Contains(s[size:size+end], `\`) {
			return "", "", false
		}
		_, last := utf8.DecodeRuneInString(s[size+end:])
		return s[size : size+end], s[size+end+last:], true
	}
	end := len(s)
	if n := strings.IndexAny(s, "#＃"+until); n >= 0 {
		end = n
	}
	text = strings.Trim(s[:end], blanks)
	return text, s[end:], !strings.ContainsAny(text, opening+closing+"={}")
}

// listItems are the items of a list on one line, from behind its bracket on, whether it
// ends there, and the note behind it.
func listItems(s string) (items []string, end bool, note string, ok bool) {
	for {
		s = strings.TrimLeft(s, blanks+between)
		for _, mark := range []string{"]", "】", "］"} {
			if rest, ended := strings.CutPrefix(s, mark); ended {
				note, ok = noteOf(rest, true)
				return items, true, note, ok
			}
		}
		if s == "" || strings.HasPrefix(s, "#") || strings.HasPrefix(s, "＃") {
			note, ok = noteOf(s, true)
			return items, false, note, ok
		}
		text, rest, ok := oneValue(s, between+"]】］")
		if !ok || text == "" && rest == s {
			return nil, false, "", false
		}
		items, s = append(items, tomlString(text)), rest
	}
}

// listLine writes items of a list, and its end if that is there.
func listLine(items []string, end bool) string {
	s := strings.Join(items, ", ")
	switch {
	case end:
		s += "]"
	case len(items) > 0:
		s += ","
	}
	return s
}

// noteOf is what stands behind a value, which must be a note.
func noteOf(rest string, ok bool) (string, bool) {
	note := noteBehind(rest)
	return note, ok && (note == "" || strings.HasPrefix(note, "  #"))
}

// noteBehind is a note with what parts it from what it is about.
func noteBehind(s string) string {
	note := strings.Trim(s, blanks)
	if note == "" {
		return ""
	}
	if full, wide := strings.CutPrefix(note, "＃"); wide {
		note = "#" + full
	}
	return "  " + note
}

// tomlErrors gives a parser's complaint file, line and key, in words of ours:
// those of the parser speak of bytes and types.
func tomlErrors(name string, data []byte, err error) error {
	lines := strings.Split(string(data), "\n")
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		var out LineErrors
		for i := range unknown.Errors {
			e := &unknown.Errors[i]
			line, _ := e.Position()
			out = append(out, unknownKey(name, line, strings.Join(e.Key(), ".")))
		}
		return out
	}
	out := &LineError{File: name, Found: evidence.Text{ZH: "读不懂的内容", EN: "what cannot be read"}, Wanted: wantedLine}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		out.Line, _ = bad.Position()
		out.Column = strings.Join(bad.Key(), ".")
		if out.Line >= 1 && out.Line <= len(lines) {
			out.Found, out.Wanted = unreadLine(lines, out.Line, out.Column)
			if key := unknownIn(lines, out.Line); key != "" {
				return LineErrors{unknownKey(name, out.Line, key)}
			}
		}
	}
	return LineErrors{out}
}

// unknownIn is the key of a line that has the form of a setting, where there is no such
// key: the parser stumbles over its characters first.
func unknownIn(lines []string, line int) string {
	m := caseMender{}
	for _, l := range lines[:line-1] {
		m.line(strings.TrimSuffix(l, "\r"))
	}
	found := settingLine.FindStringSubmatch(strings.TrimSuffix(lines[line-1], "\r"))
	if m.list || found == nil || keyCalled(leafWords[m.table], found[2]) != "" {
		return ""
	}
	if m.table != "" {
		return m.table + "." + found[2]
	}
	return found[2]
}

// unknownKey says that there is no such key, and which may be meant.
func unknownKey(name string, line int, key string) *LineError {
	wanted := evidence.Text{ZH: "模板里有的项目；参看文件里的说明", EN: "a key of the template; see the notes in the file"}
	if near := nearestKey(key); near != "" {
		wanted = evidence.Text{ZH: "模板里有的项目；是否想写 " + near, EN: "a key of the template; perhaps " + near}
	}
	return &LineError{File: name, Line: line, Column: key,
		Found: evidence.Text{ZH: "不认识的项目 " + key, EN: "unknown key " + key}, Wanted: wanted}
}

// wantedLine is what to write where nothing more can be said.
var wantedLine = evidence.Text{ZH: `每行一项，写成 项目 = "内容"，引号用英文引号 "，一项只写一次`,
	EN: `one key a line, as key = "value" in straight quotes, each key once`}

// shownOfLine is how much of a line a message shows, in characters.
const shownOfLine = 30

// unreadLine says what is wrong with a line of case.toml and what to write, as far as it
// shows.
func unreadLine(lines []string, n int, key string) (found, wanted evidence.Text) {
	line := strings.Trim(lines[n-1], blanks+"\r")
	shown := []rune(line)
	if len(shown) > shownOfLine {
		shown = append(shown[:shownOfLine], '…')
	}
	of := func(zh, en string) evidence.Text {
		return evidence.Text{ZH: zh + "：" + string(shown), EN: en + ": " + string(shown)}
	}
	leaf := "项目"
	if m := settingLine.FindStringSubmatch(line); m != nil {
		leaf = m[2]
	}
	quoted := evidence.Text{ZH: leaf + ` = "内容"：内容的前后各一个英文引号 "，内容里面的引号用“ ”`,
		EN: leaf + ` = "value": one straight quote before and behind the value`}
	switch {
	case slices.Contains([]keyForm{keyOfTime}, caseForms[key]):
		return of("这一行的时间改坏了", "a time that cannot be read"), evidence.Text{
			ZH: "程序写的时间，例如 created = 2026-10-01T12:00:00+08:00，没有引号；从备份里照抄",
			EN: "the time as the program wrote it, such as created = 2026-10-01T12:00:00+08:00, without quotes"}
	case strings.ContainsAny(line, "“”＂"):
		return of("这一行有中文引号“ ”", "Chinese quotes “ ” in the line"), quoted
	case strings.Count(line, `"`)%2 == 1:
		return of("这一行的引号不成对", "a quote that nothing closes"), quoted
	case strings.Contains(line, `\`) && strings.Contains(line, `"`):
		return of(`这一行有反斜杠 \`, `a backslash \ in the line`), evidence.Text{
			ZH: leaf + ` = '内容'：内容里有 \ 的，前后改用英文单引号 '`,
			EN: leaf + ` = 'value': single quotes around a value with a backslash`}
	case stringOfLine.MatchString(line) || tableLine.MatchString(line):
		return of("这一行前面已经写过一次，或者放错了地方", "a line that stands twice, or in the wrong place"), evidence.Text{
			ZH: "每一项、每一段只写一次：留下对的一行，多的删去",
			EN: "each key and each table once: keep the line that is right and delete the other"}
	}
	return of("读不懂的一行", "a line that cannot be read"), evidence.Text{
		ZH: leaf + ` = "内容"；只是说明的，行首加一个 #`,
		EN: leaf + ` = "value"; put a # before a line that is only a note`}
}
