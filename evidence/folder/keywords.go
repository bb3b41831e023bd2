package folder

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// wordsOfKeys are the Chinese words for the values of keys of case.toml that have
// some, each beside the program's word for it.
var wordsOfKeys = map[string][][2]string{
	"complainant.kind": pairs(complainantWords), "loan.kind": pairs(loanWords), "numbers.side": pairs(sideWords),
	"credit.bureau": pairs(bureauWords), "consent.forward": yesNoWords, "consent.night": yesNoWords,
	"consent.confidential": yesNoWords, "consent.loan": yesNoWords, "deferral.reduce": yesNoWords,
}

var yesNoWords = [][2]string{{string(evidence.Yes), "是"}, {string(evidence.No), "否"}}

func pairs[T ~string](terms []term[T]) [][2]string {
	var out [][2]string
	for _, t := range terms {
		out = append(out, [2]string{string(t.value), t.words[0]})
	}
	return out
}

// KeyChoices are the Chinese words that a key of case.toml can be given; nil: any
// words of the person's.
func KeyChoices(key string) []string {
	var out []string
	switch {
	case strings.HasSuffix(key, ".licence"):
		for _, l := range evidence.Licences {
			out = append(out, l.Title().ZH)
		}
	case strings.HasSuffix(key, ".region"):
		for _, r := range evidence.Regions {
			out = append(out, r.Name)
		}
	}
	for _, p := range wordsOfKeys[key] {
		out = append(out, p[1])
	}
	return out
}

// KeyWords is a value of a key of case.toml in Chinese words; a list has its items
// one a line.
func KeyWords(key, value string) string {
	switch {
	case value == "":
		return ""
	case strings.HasSuffix(key, ".licence"):
		return evidence.Licence(value).Title().ZH
	case strings.HasSuffix(key, ".region"):
		if name := evidence.RegionName(value); name != "" {
			return name
		}
	}
	for _, p := range wordsOfKeys[key] {
		if p[0] == value {
			return p[1]
		}
	}
	return value
}

// ReadKey is what a person wrote for a key of case.toml in the form the program works
// with; wanted says what it must be, if it is wrong.
func ReadKey(key, words string) (value string, wanted *evidence.Text) {
	if words == "" {
		return "", nil
	}
	table, _ := keyParts(key)
	head := "[" + table + "]\n"
	switch table {
	case "":
		head = ""
	case "numbers":
		head = "[[numbers]]\nnumber = \"10086\"\n"
	}
	data, err := setKey([]byte(head), key, words, 0)
	var lines LineErrors
	if errors.As(err, &lines) {
		return "", &lines[0].Wanted
	}
	c, err := ParseCase(CaseFile, data)
	if err != nil {
		return "", &evidence.Text{ZH: "别的写法", EN: "another form"}
	}
	return KeyValue(c, key), nil
}

// KeyValue is what a case has for a dotted key of case.toml, of several tables the
// first; of a list its items, one a line.
func KeyValue(c evidence.Case, key string) string {
	v := reflect.ValueOf(c)
	for _, name := range strings.Split(key, ".") {
		for v.Kind() == reflect.Slice {
			if v.Len() == 0 {
				return ""
			}
			v = v.Index(0)
		}
		fields := reflect.VisibleFields(v.Type())
		n := slices.IndexFunc(fields, func(f reflect.StructField) bool { return f.Tag.Get("toml") == name })
		if n < 0 {
			return ""
		}
		v = v.FieldByIndex(fields[n].Index)
	}
	switch x := v.Interface().(type) {
	case []string:
		return strings.Join(x, "\n")
	case time.Time:
		return x.Format(time.RFC3339)
	}
	if v.Kind() != reflect.String {
		return ""
	}
	return v.String()
}
