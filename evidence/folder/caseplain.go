package folder

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// byteOrderMark is what Windows Notepad begins UTF-8 with.
const byteOrderMark = "\xef\xbb\xbf"

// plainCase is case.toml as the parser reads it. Editors save it in GBK, input
// methods type “ ” and ＝, and people leave quotes out: a file that is no TOML
// is mended line by line where a line can only mean one thing. Lines keep their
// places, and a file that is TOML stays as it is, byte for byte.
//
// What was in another encoding gets the mark of UTF-8, or the Notepad that
// saved it would show it as rubbish once an answer was written into it.
func plainCase(name string, data []byte) ([]byte, error) {
	s, err := evidence.DecodeText(data)
	if err != nil || strings.ContainsRune(s, 0) {
		return nil, LineErrors{{File: name, Found: evidence.Text{ZH: "无法辨认的文字编码", EN: "an unknown text encoding"},
			Wanted: evidence.Text{ZH: "UTF-8 的文字：在记事本里打开，选“另存为”，编码选 UTF-8；打不开的，从备份恢复",
				EN: "text in UTF-8: open it in Notepad and save it with the encoding UTF-8, or restore a backup"}}}
	}
	mark := ""
	if bytes.HasPrefix(data, []byte(byteOrderMark)) || evidence.IsUTF16(data) || !utf8.Valid(data) {
		mark = byteOrderMark
	}
	var c evidence.Case
	if toml.Unmarshal([]byte(s), &c) == nil {
		return []byte(mark + s), nil
	}
	return []byte(mark + mendedCase(s)), nil
}

// keyForm is what a key of case.toml takes.
type keyForm int

const (
	keyOfString keyForm = iota // also of a key that does not exist
	keyOfList
	keyOfTime
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
				walk(of.Elem(), key+".")
			case of.Kind() == reflect.Struct:
				walk(of, key+".")
			}
		}
	}
	walk(reflect.TypeFor[evidence.Case](), "")
	return out
}()

var (
	tableLine   = lazyregexp.New(`^\s*[\[【［]{1,2}\s*([A-Za-z_]+)\s*[\]】］]{1,2}\s*(?:[#＃].*)?$`)
	settingLine = lazyregexp.New(`^(\s*([A-Za-z_]+)\s*)[=＝:：]\s*(.*)$`)
)

// mendedCase mends each line of case.toml that can only mean one thing.
func mendedCase(s string) string {
	lines := strings.Split(s, "\n")
	table := ""
	for n, whole := range lines {
		line, cr := strings.CutSuffix(whole, "\r")
		if strings.Contains(line, `"""`) || strings.Contains(line, "'''") {
			return s // values of several lines: only their writer knows where they end
		}
		if m := tableLine.FindStringSubmatch(line); m != nil {
			table = m[1] + "."
			line = strings.NewReplacer("【", "[", "［", "[", "】", "]", "］", "]", "＃", "#").Replace(line)
		} else if m := settingLine.FindStringSubmatch(line); m != nil {
			form := caseForms[table+m[2]]
			if form == keyOfTime || form == keyOfString && stringOfLine.MatchString(line) {
				continue
			}
			if value, note, ok := mendedValue(m[3], form); ok {
				line = m[1] + "= " + value + note
			}
		}
		if cr {
			line += "\r"
		}
		lines[n] = line
	}
	return strings.Join(lines, "\n")
}

// The marks that people write around a value and between several.
const (
	opening = "\"“”＂「『'‘’"
	closing = "\"“”＂」』'‘’"
	between = ",，、;；"
)

// mendedValue is a value as TOML has it, and the note behind it; not ok where
// it can mean more than one thing, or nothing.
func mendedValue(s string, form keyForm) (value, note string, ok bool) {
	list := strings.HasPrefix(s, "[") || strings.HasPrefix(s, "【") || strings.HasPrefix(s, "［")
	switch {
	case strings.HasPrefix(s, "{"), list && form != keyOfList:
		return "", "", false
	case list:
		_, size := utf8.DecodeRuneInString(s)
		return mendedList(s[size:])
	}
	text, rest, ok := oneValue(s, "")
	if note, ok = noteOf(rest, ok); !ok {
		return "", "", false
	}
	if value = tomlString(text); form == keyOfList {
		value = "[" + value + "]"
		if text == "" {
			value = "[]"
		}
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
	text = strings.TrimSpace(s[:end])
	return text, s[end:], !strings.ContainsAny(text, opening+closing+"={}")
}

// mendedList is a list as TOML has it, from behind its bracket on.
func mendedList(s string) (value, note string, ok bool) {
	var all []string
	for {
		s = strings.TrimLeft(s, " \t　"+between)
		for _, end := range []string{"]", "】", "］"} {
			if rest, ended := strings.CutPrefix(s, end); ended {
				note, ok = noteOf(rest, true)
				return "[" + strings.Join(all, ", ") + "]", note, ok
			}
		}
		text, rest, ok := oneValue(s, between+"]】］")
		if !ok || text == "" && rest == s {
			return "", "", false // it goes on in the next line
		}
		all, s = append(all, tomlString(text)), rest
	}
}

// noteOf is what stands behind a value, which must be a note.
func noteOf(rest string, ok bool) (string, bool) {
	note := strings.TrimSpace(rest)
	if !ok || note == "" {
		return "", ok
	}
	if full, wide := strings.CutPrefix(note, "＃"); wide {
		note = "#" + full
	}
	return "  " + note, strings.HasPrefix(note, "#")
}

// tomlErrors gives a parser's complaint file, line and key, in words of ours:
// those of the parser speak of bytes and types.
func tomlErrors(name string, data []byte, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		var out LineErrors
		for i := range unknown.Errors {
			e := &unknown.Errors[i]
			line, _ := e.Position()
			key := strings.Join(e.Key(), ".")
			wanted := evidence.Text{ZH: "模板里有的项目；参看文件里的说明", EN: "a key of the template; see the notes in the file"}
			if near := nearestKey(key); near != "" {
				wanted = evidence.Text{ZH: "模板里有的项目；是否想写 " + near, EN: "a key of the template; perhaps " + near}
			}
			out = append(out, &LineError{File: name, Line: line, Column: key,
				Found: evidence.Text{ZH: "不认识的项目 " + key, EN: "unknown key " + key}, Wanted: wanted})
		}
		return out
	}
	out := &LineError{File: name, Found: evidence.Text{ZH: "读不懂的内容", EN: "what cannot be read"},
		Wanted: evidence.Text{ZH: `每行一项，写成 项目 = "内容"，引号用英文引号 "，一项只写一次`,
			EN: `one key a line, as key = "value" in straight quotes, each key once`}}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		out.Line, _ = bad.Position()
		out.Column = strings.Join(bad.Key(), ".")
		if lines := strings.Split(string(data), "\n"); out.Line >= 1 && out.Line <= len(lines) {
			out.Found = unreadLine(strings.TrimSpace(lines[out.Line-1]))
		}
	}
	return LineErrors{out}
}

// shownOfLine is how much of a line a message shows, in characters.
const shownOfLine = 30

// unreadLine says what is wrong with a line of case.toml, as far as it shows.
func unreadLine(line string) evidence.Text {
	shown := []rune(line)
	if len(shown) > shownOfLine {
		shown = append(shown[:shownOfLine], '…')
	}
	of := func(zh, en string) evidence.Text {
		return evidence.Text{ZH: zh + "：" + string(shown), EN: en + ": " + string(shown)}
	}
	switch {
	case strings.ContainsAny(line, "“”＂"):
		return of("这一行有中文引号“ ”", "Chinese quotes “ ” in the line")
	case strings.Count(line, `"`)%2 == 1:
		return of("这一行的引号不成对", "a quote that nothing closes")
	case stringOfLine.MatchString(line) || tableLine.MatchString(line):
		return of("这一行前面已经写过一次，或者放错了地方", "a line that stands twice, or in the wrong place")
	}
	return of("读不懂的一行", "a line that cannot be read")
}
