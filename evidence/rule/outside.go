package rule

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// ReadProvisions reads a file of the user's own, of the form of statutes.json:
// a list of records. What it says is taken as the user's word, whatever it says
// of itself: it never reaches tier A, has the check mark [evidence.ByUser], and
// carries the file it came from. today, yyyy-mm-dd, is the day no record was checked
// after. The first mistake is an [*evidence.RecordError].
func ReadProvisions(file string, data []byte, today string) ([]Provision, error) {
	form := said("与 statutes.json 相同的一列记录：[{\"id\": …}]", `a list of records as in statutes.json: [{"id": …}]`)
	records, err := evidence.RawRecords(file, data, true, form)
	if err != nil {
		return nil, err
	}
	var out []Provision
	for n, raw := range records {
		var p Provision
		err := raw.Into(&p, form)
		bad := p.fault(today)
		switch {
		case errors.As(err, &bad):
		case bad != nil:
		case slices.ContainsFunc(out, func(o Provision) bool { return o.ID == p.ID }):
			bad = &evidence.RecordError{Field: "id", Found: said("出现两次", "it twice"),
				Wanted: said("每条记录一个编号", "an id of its own for each record")}
		}
		if bad != nil {
			if bad.File, bad.Record = file, p.ID; p.ID == "" {
				bad.Record = fmt.Sprintf("[%d]", n)
			}
			bad.Line = cmp.Or(bad.Line, raw.Line(bad.Field))
			return nil, bad
		}
		p.Lowered = p.Tier == evidence.TierA
		p.Tier, p.Article, p.Checked, p.Origin = evidence.TierB, "", evidence.ByUser, file
		out = append(out, p)
	}
	return out, nil
}

func said(zh, en string) evidence.Text { return evidence.Text{ZH: zh, EN: en} }

// oneOf lists what a field can hold.
func oneOf[T ~string](all []T) evidence.Text {
	words := make([]string, len(all))
	for n, x := range all {
		words[n] = string(x)
	}
	return said("下列之一："+strings.Join(words, "、"), "one of "+strings.Join(words, ", "))
}

var idForm = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9-]{1,40}$`)

// fault is what is wrong with a record by itself; nil: nothing.
func (p *Provision) fault(today string) *evidence.RecordError {
	wrong := func(field, found string, wanted evidence.Text) *evidence.RecordError {
		return &evidence.RecordError{Field: field, Found: said("“"+found+"”", `"`+found+`"`), Wanted: wanted}
	}
	day := func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }
	text := said("有内容", "something")
	date := said("真实的日期，例如 2026-03-02", "a real date such as 2026-03-02")
	switch {
	case !idForm.MatchString(p.ID):
		return wrong("id", p.ID, said("字母、数字和 -，例如 XFTS-2027-15", "letters, digits and -, such as XFTS-2027-15"))
	case strings.TrimSpace(p.Name) == "":
		return wrong("name", p.Name, text)
	case strings.TrimSpace(p.Substance.ZH) == "":
		return wrong("substance.zh", "", said("用自己的话写的一句要点", "the substance in one sentence of your own"))
	case !slices.Contains(ranks, p.Rank):
		return wrong("rank", string(p.Rank), oneOf(ranks))
	case p.Tier != evidence.TierA && p.Tier != evidence.TierB:
		return wrong("tier", string(p.Tier), said("A 或 B（外来的记录一律按 B 用，不印条号）",
			"A or B (a record from outside is used as B)"))
	case !day(p.From):
		return wrong("from", p.From, date)
	case p.Until != "" && (!day(p.Until) || p.Until < p.From):
		return wrong("until", p.Until, said("空着，或者不早于 from 的日期", "nothing, or a date not before from"))
	case strings.TrimSpace(p.Source) == "":
		return wrong("source", p.Source, said("从哪里读到的", "where it was read"))
	case !day(p.CheckedOn):
		return wrong("checked_on", p.CheckedOn, date)
	case p.CheckedOn > today:
		return wrong("checked_on", p.CheckedOn, said("不晚于今天（"+today+"）的日期", "a date not after today, "+today))
	}
	for _, word := range conditionWords(p.Condition) {
		if known := conditionsKnown(); !slices.Contains(known, word) {
			return wrong("condition", word, said("空着，或者 statutes.json 里用过的词："+strings.Join(known, "、"),
				"nothing, or words that statutes.json has: "+strings.Join(known, ", ")))
		}
	}
	for _, r := range p.Rules {
		if !slices.ContainsFunc(evidence.Kinds, func(k evidence.Kind) bool { return string(k.ID) == r }) {
			return wrong("rules", r, said("违规种类的代号，例如 V05（juzheng help kinds）",
				"a kind such as V05 (juzheng help kinds)"))
		}
	}
	for _, l := range p.AppliesTo {
		if !slices.Contains(evidence.Licences, l) {
			return wrong("applies_to", string(l), oneOf(evidence.Licences))
		}
	}
	return nil
}

// conditionWords are the words of a condition.
func conditionWords(condition string) []string {
	return strings.FieldsFunc(condition, func(r rune) bool { return r == ' ' || r == '|' || r == '!' })
}

// conditionsKnown are the words that the conditions of the table have: a record with
// another would never be cited, and nobody would see why.
var conditionsKnown = sync.OnceValue(func() []string {
	var out []string
	for _, p := range Statutes() {
		out = append(out, conditionWords(p.Condition)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
})

// withOutside is the table with the user's own records: one with an id of the
// table stands in its place, so that a law that changed is one file.
func withOutside(all, outside []Provision) table {
	out := slices.Clone(all)
	for _, p := range outside {
		if n := slices.IndexFunc(out, func(o Provision) bool { return o.ID == p.ID }); n >= 0 {
			out[n] = p
			continue
		}
		out = append(out, p)
	}
	return out
}

// AsOf is the day as of which the table speaks: the earliest on which one of
// the records still in force was checked. It reads the lines that say so and not the
// table: the program says its version with it.
func AsOf() string {
	oldest, until := "", ""
	for _, data := range [][]byte{statutesJSON, costStatutesJSON} {
		for line := range bytes.Lines(data) {
			key, value, _ := strings.Cut(strings.TrimSpace(string(line)), `": "`)
			switch value = strings.TrimRight(value, `",`); key {
			case `"until`:
				until = value
			case `"checked_on`:
				if until == "" && (oldest == "" || value < oldest) {
					oldest = value
				}
			}
		}
	}
	return oldest
}
