package folder

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/lazyregexp"
)

// A CaseReading is a place of case.toml that is written otherwise than the program
// writes it, and how it was read.
type CaseReading struct {
	Line    int           `json:"line"` // 0: the whole file
	Key     string        `json:"key,omitempty"`
	Written evidence.Text `json:"written"`
	Read    evidence.Text `json:"read"`
}

// CaseReadings are the places of the case's case.toml that are written otherwise than
// the program writes them, in order of line. A file that cannot be read has none.
func (f *Folder) CaseReadings() ([]CaseReading, error) {
	data, err := f.caseFile()
	if err != nil {
		return nil, err
	}
	_, all := understood(CaseFile, data)
	return all, nil
}

// understood is case.toml in the form in which the program writes it, and where that
// differs from what stands there: marks and keys as [plainCase] mends them, values as
// [settle] reads them. Notes, order and all that is plain already stay, byte for byte. A
// file that cannot be read stays as it is.
func understood(name string, data []byte) (plain []byte, all []CaseReading) {
	was, err := caseChars(name, data)
	if err != nil {
		return data, nil
	}
	if plain, err = plainCase(name, data); err != nil {
		return data, nil
	}
	text := bytes.TrimPrefix(plain, []byte(byteOrderMark))
	before, err := decodeCase(text)
	if err != nil {
		return plain, nil
	}
	after, _ := decodeCase(text) // settle changes lists in their places
	settle(&after)
	out := text
	var unset []CaseReading // values that stand in a form which is not written over
	eachChange("", reflect.ValueOf(before), reflect.ValueOf(after), 0, func(key string, nth int, from, to string) {
		changed, ok := setLine(out, key, to, nth)
		if !ok {
			unset = append(unset, CaseReading{lineOfKey(text, key, nth), key, alike(from), alike(to)})
			return
		}
		out = changed
	})
	back, err := decodeCase(out)
	if err == nil {
		settle(&back)
	}
	if err != nil || !reflect.DeepEqual(back, after) {
		out = text // it reads otherwise once it is written: only its writer should change it
	}
	if e := encodingOf(data); e.ZH != "" {
		all = append(all, CaseReading{Written: e, Read: evidence.Text{ZH: "文字都读得出来；写回时存成 UTF-8",
			EN: "all of it can be read; it becomes UTF-8 when it is written"}})
	}
	all = append(all, lineReadings(was, string(out))...)
	all = append(all, unset...)
	slices.SortStableFunc(all, func(a, b CaseReading) int { return a.Line - b.Line })
	if bytes.HasPrefix(plain, []byte(byteOrderMark)) {
		out = append([]byte(byteOrderMark), out...)
	}
	return out, all
}

func alike(s string) evidence.Text { return evidence.Text{ZH: s, EN: s} }

// lineReadings are the lines that were changed; there are as many as before.
func lineReadings(was, is string) (all []CaseReading) {
	before, after := strings.Split(was, "\n"), strings.Split(is, "\n")
	var m caseMender
	for n, line := range after {
		line, old := strings.Trim(line, blanks+"\r"), strings.Trim(before[n], blanks+"\r")
		m.line(line)
		bare, note := withoutNote(line)
		if old == line || bare == "" {
			continue
		}
		r := CaseReading{Line: n + 1, Written: alike(old), Read: alike(bare)}
		if rest, ok := strings.CutSuffix(old, note); ok && note != "" {
			r.Written = alike(strings.TrimRight(rest, blanks+"#＃"))
		}
		if s := settingLine.FindStringSubmatch(bare); s != nil && !strings.HasPrefix(bare, "[") {
			r.Key = strings.TrimPrefix(m.table+"."+s[2], ".")
		}
		all = append(all, r)
	}
	return all
}

// withoutNote parts a line as the program writes it from the words of the note behind it.
func withoutNote(line string) (bare, note string) {
	for _, form := range []*lazyregexp.Regexp{stringOfLine, listOfLine, tableWithNote} {
		if m := form.FindStringSubmatch(line); m != nil {
			return m[1] + m[2], strings.TrimLeft(m[3], blanks+"#")
		}
	}
	if strings.HasPrefix(line, "#") {
		return "", line
	}
	return line, ""
}

// tableWithNote is the head of a table and the note behind it.
var tableWithNote = lazyregexp.New(`^(\[+)([^#]*\])(\s*#.*)$`)

// eachChange calls fn with each dotted key that differs between two cases, which of its
// tables it is in, and its values; those of a list stand one a line.
func eachChange(key string, a, b reflect.Value, nth int, fn func(key string, nth int, from, to string)) {
	switch a.Kind() {
	case reflect.String:
		if a.String() != b.String() {
			fn(key, nth, a.String(), b.String())
		}
	case reflect.Slice:
		if from, ok := a.Interface().([]string); ok {
			to, _ := b.Interface().([]string)
			if !slices.Equal(from, to) {
				fn(key, nth, strings.Join(from, "\n"), strings.Join(to, "\n"))
			}
			return
		}
		for n := range min(a.Len(), b.Len()) {
			eachChange(key, a.Index(n), b.Index(n), n, fn)
		}
	case reflect.Struct:
		for n := range a.NumField() {
			field := a.Type().Field(n)
			if tag := field.Tag.Get("toml"); field.IsExported() && tag != "" {
				eachChange(strings.TrimPrefix(key+"."+tag, "."), a.Field(n), b.Field(n), nth, fn)
			}
		}
	}
}

// caseDir holds, below superseded/, case.toml as it was before a form of the person's own
// was written over in the program's.
const caseDir = "case"

// putCase writes case.toml. Data was made of [understood] text: where that differs from
// what stands there, this is kept first, and the custody log says where.
func (f *Folder) putCase(data []byte, now time.Time) error {
	old, err := f.caseFile()
	if err != nil {
		return err
	}
	if _, all := understood(CaseFile, old); len(all) > 0 {
		kept, err := f.keepAside(caseDir, CaseFile, old)
		if err != nil {
			return fmt.Errorf("keep %s: %w", CaseFile, err)
		}
		if err := f.Note("note", CaseFile+" written in its plain form, as it was kept as "+kept, now); err != nil {
			return err
		}
	}
	if err := disk.Replace(f.Path(CaseFile), data, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", CaseFile, err)
	}
	return nil
}
