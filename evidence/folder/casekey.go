package folder

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// stringOfLine is a line of case.toml that sets a key to a string: what stands
// before the value, the value, and the note behind it.
var stringOfLine = lazyregexp.New(`^(\s*[^=]+=\s*)("(?:[^"\\]|\\.)*"|'[^']*')(\s*(?:#.*)?)$`)

// listOfLine is one that sets a key to a list, all of it on this line.
var listOfLine = lazyregexp.New(`^(\s*[^=]+=\s*)(\[(?:[^\]"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*\])(\s*(?:#.*)?)$`)

// listKeys are the keys whose value is a list. In a change its items stand one a
// line.
var listKeys = []string{"loan.schedule", "loan.fees", "loan.repaid", "loan.exhibits", "deferral.plan",
	"requests"}

// tomlValue is the value of a key as case.toml has it.
func tomlValue(key, value string) string {
	if !slices.Contains(listKeys, key) {
		return tomlString(value)
	}
	if value == "" {
		return "[]"
	}
	return tomlList(strings.Split(value, "\n"))
}

// numberedKey is a key of one of several tables of a name, as [evidence.Case.Naming]
// writes it: filings[2].answered, counted from 1.
var numberedKey = lazyregexp.New(`^(\w+)\[(\d+)\]\.(\w+)$`)

// keyPlace parts a key that a change names into the dotted key and which table of its
// name it is of, counted from 0.
func keyPlace(s string) (key string, nth int) {
	m := numberedKey.FindStringSubmatch(s)
	if m == nil {
		return s, 0
	}
	n, err := strconv.Atoi(m[2])
	if err != nil || n < 1 {
		return s, 0
	}
	return m[1] + "." + m[3], n - 1
}

// keyParts are the table of a dotted key and its name there; no table: it stands before
// all of them.
func keyParts(key string) (table, leaf string) {
	table, leaf, dotted := strings.Cut(key, ".")
	if !dotted {
		return "", table
	}
	return table, leaf
}

// keyOf is the string that a dotted key of case.toml is set to, in the nth
// table of its name; of a list its items, one a line.
func keyOf(data []byte, key string, nth int) string {
	var all map[string]any
	if toml.Unmarshal(bytes.TrimPrefix(data, []byte(byteOrderMark)), &all) != nil {
		return ""
	}
	table, leaf := keyParts(key)
	in, _ := all[table].(map[string]any)
	if table == "" {
		in = all
	}
	if list, ok := all[table].([]any); ok && nth < len(list) {
		in, _ = list[nth].(map[string]any)
	}
	if list, ok := in[leaf].([]any); ok {
		var items []string
		for _, x := range list {
			s, _ := x.(string)
			items = append(items, s)
		}
		return strings.Join(items, "\n")
	}
	s, _ := in[leaf].(string)
	return s
}

// setKey sets a dotted key of case.toml to a string or list, in the nth table of its
// name. All else of the file stays, byte for byte, the notes of people too.
func setKey(data []byte, key, value string, nth int) ([]byte, error) {
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	lines := strings.Split(string(data), "\n")
	table, leaf := keyParts(key)
	set := leaf + " = " + tomlValue(key, value) + strings.TrimSuffix(end, "\n")
	out, there := setLine(data, key, value, nth)
	switch n := lineOfKey(data, key, nth); {
	case n > 0 && !there:
		return nil, handKey(key, n)
	case n > 0:
	default:
		at := headOf(lines, table, nth)
		switch {
		case table == "": // before all tables
			at = slices.IndexFunc(lines, tableHead.MatchString)
			lines = slices.Insert(lines, max(at, 0), set)
		case at < 0 && nth > 0:
			return nil, handKey(key, 0)
		case at < 0:
			lines = append(strings.Split(strings.TrimRight(string(data), "\r\n")+end, "\n"), "["+table+"]"+
				strings.TrimSuffix(end, "\n"), set, "")
		default:
			if at++; strings.HasPrefix(strings.TrimSpace(lines[at-1]), "[[") {
				at = tableEnd(lines, at-1) // behind what the table has
			}
			lines = slices.Insert(lines, at, set)
		}
		out = []byte(strings.Join(lines, "\n"))
	}
	// A file in a form of its own may read otherwise than was meant.
	if _, err := ParseCase(CaseFile, out); err != nil {
		return nil, err
	}
	if keyOf(out, key, nth) != value {
		return nil, handKey(key, lineOfKey(data, key, nth))
	}
	return out, nil
}

// setLine sets a dotted key that stands in a line of its own to a string or list; not ok
// where there is no such line, or one that only its writer should change.
func setLine(data []byte, key, value string, nth int) (out []byte, ok bool) {
	n := lineOfKey(data, key, nth)
	if n == 0 {
		return data, false
	}
	lines := strings.Split(string(data), "\n")
	line, cr := strings.CutSuffix(lines[n-1], "\r")
	form := stringOfLine
	if slices.Contains(listKeys, key) {
		form = listOfLine
	}
	m := form.FindStringSubmatch(line)
	if m == nil {
		return data, false
	}
	lines[n-1] = m[1] + tomlValue(key, value) + m[3]
	if cr {
		lines[n-1] += "\r"
	}
	return []byte(strings.Join(lines, "\n")), true
}

// headOf is the line, from 0, on which the nth table of a name begins; -1: there
// is none.
func headOf(lines []string, table string, nth int) int {
	for n, l := range lines {
		head := strings.TrimSpace(strings.SplitN(l, "#", 2)[0])
		if head != "["+table+"]" && head != "[["+table+"]]" {
			continue
		}
		if nth == 0 {
			return n
		}
		nth--
	}
	return -1
}

// tableHead is a line with which a table begins.
var tableHead = lazyregexp.New(`^\s*\[\[?[\w."'-]+\]\]?\s*(#.*)?\r?\n?$`)

// tableEnd is behind the last setting of the table whose head is a line. Notes and blank
// lines among its settings are its own; those behind the last may be about what follows.
func tableEnd(lines []string, head int) int {
	end := head + 1
	for n := end; n < len(lines) && !tableHead.MatchString(lines[n]); n++ {
		if s := strings.TrimSpace(lines[n]); s != "" && s[0] != '#' {
			end = n + 1
		}
	}
	return end
}

// handKey says that a key is written in a way only its writer should change.
func handKey(key string, line int) error {
	value := evidence.Text{ZH: `"内容"`, EN: `"value"`}
	if slices.Contains(listKeys, key) {
		value = evidence.Text{ZH: `["内容", "内容"]`, EN: `["value", "value"]`}
	}
	return LineErrors{{File: CaseFile, Line: line, Column: key,
		Found: evidence.Text{ZH: "程序不能改写的写法", EN: "a form that the program cannot change"},
		Wanted: evidence.Text{ZH: key + " = " + value.ZH + "，单独一行；请打开文件自己填", EN: key + " = " + value.EN +
			" in a line of its own; fill it in yourself"}}}
}

// ownerAt is the place among the [[numbers]] of a case of the number or account
// a change is about, or -1.
func ownerAt(c evidence.Case, of Change) int {
	return slices.IndexFunc(c.Numbers, func(n evidence.Number) bool {
		if of.Account != "" {
			a := evidence.Incident{Kind: evidence.Message, Name: n.Account}
			b := evidence.Incident{Kind: evidence.Message, Name: of.Account}
			return n.Account != "" && a.Account() == b.Account()
		}
		return n.Number != "" && evidence.NormalNumber(n.Number) == evidence.NormalNumber(of.Number)
	})
}

// lendingLine says for which lender a number collects, as an answer writes it.
func lendingLine(f evidence.Lending) string { return lendingColumn + " = " + tomlString(string(f)) }

// setLending says for which lender the number at a place collects; empty takes away the
// line that an answer wrote, if it is as that wrote it.
func setLending(data []byte, of Change, at int) ([]byte, error) {
	n := lineOfKey(data, "numbers.for", at)
	if of.After != "" || n == 0 {
		return setKey(data, "numbers.for", of.After, at)
	}
	lines := strings.Split(string(data), "\n")
	for _, f := range evidence.Lendings() {
		if strings.TrimSuffix(lines[n-1], "\r") == lendingLine(f) {
			return []byte(strings.Join(slices.Delete(lines, n-1, n), "\n")), nil
		}
	}
	return nil, handKey("numbers.for", n)
}

// ownerBlock is a [[numbers]] as an answer writes it.
func ownerBlock(of Change, side, name, end string) string {
	key := "number = " + tomlString(of.Number)
	if of.Account != "" {
		key = "account = " + tomlString(of.Account)
	}
	return strings.Join([]string{"[[numbers]]", key, "side = " + tomlString(side),
		"name = " + tomlString(evidence.MendPersonName(name)), ""},
		end)
}

// lendingColumn is the column of a change that says for which lender a number collects.
const lendingColumn = "for"

// setOwner says in case.toml whose a number or account is, or for which lender it
// collects; an empty side takes away what an answer wrote.
func setOwner(data []byte, of Change) ([]byte, error) {
	c, err := ParseCase(CaseFile, data)
	if err != nil {
		return nil, err
	}
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	at := ownerAt(c, of)
	switch {
	case of.Column == lendingColumn && at >= 0:
		return setLending(data, of, at)
	case of.Column == lendingColumn:
		return data, nil
	case at >= 0 && of.After != "":
		return setKey(data, "numbers.side", of.After, at)
	case at >= 0:
		block := end + ownerBlock(of, string(c.Numbers[at].Side), c.Numbers[at].Name, end)
		before, behind, ours := bytes.Cut(data, []byte(block))
		if f := c.Numbers[at].For; f != "" { // what an answer wrote below it goes too
			behind = bytes.TrimPrefix(behind, []byte(lendingLine(f)+end))
		}
		// What the person wrote below it belongs to it, and would fall to the part
		// before.
		if next := bytes.TrimLeft(behind, " \t"); !ours || len(next) > 0 && !bytes.ContainsAny(next[:1], "[#\r\n") {
			return nil, handKey("numbers", lineOfKey(data, "numbers.side", at))
		}
		return slices.Concat(before, behind), nil
	case of.After == "":
		return data, nil
	}
	block := ownerBlock(of, of.After, of.Name, end)
	out := append(bytes.TrimRight(slices.Clone(data), "\r\n"), end+end+block...)
	if _, err := ParseCase(CaseFile, out); err != nil {
		return nil, fmt.Errorf("name %s%s: %w", of.Number, of.Account, err)
	}
	return out, nil
}
