package main

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A person answers what the program asks from what truly happened, and only
// what somebody in that place would know: whose phones these are, who wrote and
// called, what relatives told. Hours they have mostly forgotten.
type person struct {
	w       *world
	acts    map[string][]*act // of a row of the timeline
	path    map[string]string // of an exhibit, below the dump
	answers int
	unknown int
	log     []string
}

// learn looks at the case as the person does: which row stands for what.
func (p *person) learn(rows []map[string]any, paths map[string]string) {
	p.path, p.acts = paths, map[string][]*act{}
	at := map[string]map[int]*act{}
	for _, a := range p.w.Acts {
		for _, s := range a.Seen {
			if at[s.File] == nil {
				at[s.File] = map[int]*act{}
			}
			at[s.File][s.Line] = a
		}
	}
	for _, v := range rows {
		id := text1(v["id"])
		for _, s := range strings.Fields(text1(v["source"])) {
			exhibit, line, _ := strings.Cut(s, ":")
			n, _ := strconv.Atoi(line)
			if a := at[paths[exhibit]][n]; a != nil && !slices.Contains(p.acts[id], a) {
				p.acts[id] = append(p.acts[id], a)
			}
		}
	}
}

func words1(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, x := range list {
		out = append(out, text1(x))
	}
	return out
}

// about is what a question is about: the acts of its rows; without rows, those
// that its exhibits, numbers or account stand for.
func (p *person) about(q map[string]any) []*act {
	about, _ := q["about"].(map[string]any)
	var out []*act
	take := func(a *act) {
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, id := range words1(about["incidents"]) {
		for _, a := range p.acts[id] {
			take(a)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, e := range words1(about["exhibits"]) {
		for _, a := range p.w.Acts {
			if slices.ContainsFunc(a.Seen, func(s sighting) bool { return s.File == p.path[e] }) {
				take(a)
			}
		}
	}
	return out
}

// phone is the phone a question is about: by its path, or by its files.
func (p *person) phone(q map[string]any) *handset {
	about, _ := q["about"].(map[string]any)
	where := []string{text1(about["path"]), text1(about["device"])}
	for _, e := range words1(about["exhibits"]) {
		where = append(where, p.path[e])
	}
	for _, id := range words1(about["incidents"]) {
		for _, a := range p.acts[id] {
			for _, s := range a.Seen {
				where = append(where, s.File)
			}
		}
	}
	for _, place := range where {
		for _, part := range strings.Split(path.Clean(place), "/") {
			for _, h := range p.w.Phones {
				if part == h.Folder {
					return h
				}
			}
		}
	}
	return nil
}

// same is what all say alike, or that the person cannot answer for all at once.
func same(acts []*act, of func(*act) string) string {
	answer := ""
	for n, a := range acts {
		switch s := of(a); {
		case s == "", n > 0 && s != answer:
			return "unknown"
		default:
			answer = s
		}
	}
	if answer == "" {
		return "unknown"
	}
	return answer
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

var minutesIn = regexp.MustCompile(`(\d+) ?分`)

// answer is the person's answer to a question, "unknown" where they do not know. What
// they know of some of its rows or numbers they want asked in parts.
func (p *person) answer(q map[string]any) string {
	choices, _ := q["choices"].([]any)
	of := p.said(q)
	if of != "unknown" || !slices.ContainsFunc(choices, func(c any) bool {
		m, _ := c.(map[string]any)
		return m["value"] == "apart"
	}) {
		return of
	}
	about, _ := q["about"].(map[string]any)
	list := "incidents"
	if q["kind"] == "caller" {
		list = "numbers"
	}
	for _, one := range words1(about[list]) {
		part := map[string]any{"kind": q["kind"], "about": map[string]any{list: []any{one}, "breach": about["breach"]}}
		if p.said(part) != "unknown" {
			return "apart"
		}
	}
	return of
}

// said is the answer to a question as a whole.
func (p *person) said(q map[string]any) string {
	about, _ := q["about"].(map[string]any)
	kind, acts, breach := text1(q["kind"]), p.about(q), text1(about["breach"])
	switch kind {
	case "phone":
		if h := p.phone(q); h != nil {
			return h.Whose
		}
		if text1(about["path"])+text1(about["device"]) != "" || len(acts) == 0 {
			return "unknown"
		}
		return same(acts, func(a *act) string { return a.Reached })
	case "caller":
		if account := text1(about["account"]); account != "" {
			return same(p.find(func(a *act) bool { return a.Account == account && !a.Out }),
				func(a *act) string { return a.Caller })
		}
		numbers := words1(about["numbers"])
		if theirs := p.collectors(q, numbers); theirs != "" {
			return theirs
		}
		return same(p.find(func(a *act) bool {
			return a.Number != "" && slices.ContainsFunc(numbers, func(n string) bool { return fits(n, a.Number) })
		}), func(a *act) string { return a.Caller })
	case "role":
		return same(acts, func(a *act) string { return a.Role })
	case "reached":
		return same(p.heard(acts), func(a *act) string { return a.Reached })
	case "disclosed":
		if text1(about["column"]) == "people" {
			return p.ofPeople(q, words1(about["incidents"]))
		}
		return same(p.heard(acts), func(a *act) string { return a.Disclose })
	case "refused":
		return same(p.heard(acts), func(a *act) string { return a.Refused })
	case "reachable":
		return p.onDays(q, p.heard(acts))
	case "heard":
		return p.listened(about, acts)
	case "consent":
		if text1(about["column"]) == "night" {
			return "no"
		}
	case "words":
		return p.words(about, acts, breach)
	case "bulk":
		return same(acts, func(a *act) string { return yes(p.w.may(a, breach)) })
	case "told":
		return same(acts, func(a *act) string { return yes(a.Tells > 0) })
	case "time":
		if len(acts) != 1 || !acts[0].KnowTime {
			return "unknown"
		}
		return p.reading(q, acts[0])
	case "zone", "clock":
		return p.clock(q)
	case "same":
		if len(acts) == 0 {
			return "unknown"
		}
		return yes(len(acts) == 1)
	case "restore":
		return "yes"
	case "source-row":
		return same(acts, func(a *act) string { return yes(!a.Private) })
	case "untrue":
		return same(acts, func(a *act) string {
			if a.Checked {
				return "yes"
			}
			return ""
		})
	case "leave":
		return same(acts, func(a *act) string { return yes(a.Private) })
	}
	if known := p.w.Facts[kind]; known != "" {
		return known
	}
	return "unknown"
}

// collectors says which of several numbers are a collector's, where some are and it is
// known of each; empty: that cannot be said, or there is nothing to tick.
func (p *person) collectors(q map[string]any, numbers []string) string {
	parts, _ := q["parts"].(float64)
	var some []string
	for n, number := range numbers {
		switch same(p.find(func(a *act) bool { return a.Number != "" && fits(number, a.Number) }),
			func(a *act) string { return a.Caller }) {
		case "unknown":
			return ""
		case "collector":
			some = append(some, strconv.Itoa(n+1))
		}
	}
	if int(parts) != len(numbers) || len(some) == 0 || len(some) == len(numbers) {
		return ""
	}
	return "some:" + strings.Join(some, ",")
}

// words says of each message whether it is of a kind. The question numbers
// them, so that some may be and others not.
func (p *person) words(about map[string]any, acts []*act, breach string) string {
	is := func(a *act) string { return yes(p.w.may(a, breach)) }
	ids := words1(about["incidents"])
	if kinds := words1(about["kinds"]); len(kinds) > 0 {
		return p.ofKinds(kinds)
	}
	if all := same(acts, is); all != "unknown" || len(ids) < 2 {
		return all
	}
	var some []string
	for n, id := range ids {
		switch same(p.acts[id], is) {
		case "unknown":
			return "unknown"
		case "yes":
			some = append(some, strconv.Itoa(n+1))
		}
	}
	return "some:" + strings.Join(some, ",")
}

// ofKinds says which of several kinds messages are: each part names the row and the kind.
func (p *person) ofKinds(kinds []string) string {
	var some []string
	for n, k := range kinds {
		id, breach, _ := strings.Cut(k, "=")
		switch same(p.acts[id], func(a *act) string { return yes(p.w.may(a, breach)) }) {
		case "unknown":
			return "unknown"
		case "yes":
			some = append(some, strconv.Itoa(n+1))
		}
	}
	switch {
	case len(some) == 0:
		return "no"
	case len(some) == len(kinds):
		return "yes"
	}
	return "some:" + strings.Join(some, ",")
}

// numberedDay is a day in a list of days to be answered one by one.
var numberedDay = regexp.MustCompile(`(\d+) (\d+)月(\d+)日`)

// onDays says of the days that a question numbers on which of them the borrower could
// be reached.
func (p *person) onDays(q map[string]any, acts []*act) string {
	of := func(a *act) string { return a.Reach }
	text, _ := q["text"].(map[string]any)
	days := numberedDay.FindAllStringSubmatch(text1(text["zh"]), -1)
	if all := same(acts, of); all != "unknown" || len(days) < 2 {
		return all
	}
	var some []string
	for _, d := range days {
		month, _ := strconv.Atoi(d[2])
		day, _ := strconv.Atoi(d[3])
		switch same(slices.DeleteFunc(slices.Clone(acts), func(a *act) bool {
			at := a.At.In(china)
			return int(at.Month()) != month || at.Day() != day
		}), of) {
		case "unknown":
			return "unknown"
		case "yes":
			some = append(some, d[1])
		}
	}
	return "some:" + strings.Join(some, ",")
}

// numberedPeople is one of several people in a list to be answered one by one, and how
// often they were contacted.
var numberedPeople = regexp.MustCompile(`(\d+) “[^”]*” (?:被找|转告|接了|收到) (\d+) [次条]`)

// ofPeople says to whom of several people, whose calls stand one after the other, the
// debt was told.
func (p *person) ofPeople(q map[string]any, ids []string) string {
	text, _ := q["text"].(map[string]any)
	var some, all []string
	for _, m := range numberedPeople.FindAllStringSubmatch(text1(text["zh"]), -1) {
		n, _ := strconv.Atoi(m[2])
		var acts []*act
		for _, id := range ids[:min(n, len(ids))] {
			acts = append(acts, p.acts[id]...)
		}
		ids = ids[min(n, len(ids)):]
		all = append(all, m[1])
		switch same(p.heard(acts), func(a *act) string { return a.Disclose }) {
		case "unknown":
			return "unknown"
		case "yes":
			some = append(some, m[1])
		}
	}
	switch {
	case len(some) == 0:
		return "no"
	case len(some) == len(all):
		return "yes"
	}
	return "some:" + strings.Join(some, ",")
}

// listened says which recordings hold words that matter, and what is said in one.
func (p *person) listened(about map[string]any, acts []*act) string {
	ids := words1(about["incidents"])
	if text1(about["file"]) != "" {
		if len(acts) == 1 && acts[0].Words != "" {
			return acts[0].Words
		}
		return "unknown"
	}
	var some []string
	for n, id := range ids {
		if len(p.acts[id]) == 1 && p.acts[id][0].Says != "" {
			some = append(some, strconv.Itoa(n+1))
		}
	}
	switch {
	case len(some) == 0:
		return "no"
	case len(some) == len(ids):
		return "yes"
	}
	return "some:" + strings.Join(some, ",")
}

func (p *person) find(of func(*act) bool) []*act {
	var out []*act
	for _, a := range p.w.Acts {
		if of(a) {
			out = append(out, a)
		}
	}
	return out
}

// heard are the calls that a question of a call is about: of a message that
// tells of a call, that call.
func (p *person) heard(acts []*act) []*act {
	var out []*act
	for _, a := range acts {
		if a.Tells > 0 {
			a = p.w.byID(a.Tells)
		}
		out = append(out, a)
	}
	return out
}

// reading is the choice that comes nearest to when it truly was.
func (p *person) reading(q map[string]any, a *act) string {
	choices, _ := q["choices"].([]any)
	for _, c := range choices {
		m, _ := c.(map[string]any)
		if at, err := time.Parse(time.RFC3339, text1(m["value"])); err == nil && near(at, a) {
			return text1(m["value"])
		}
	}
	return "unknown"
}

// clock: the person knows their own phones where the truth says so, and where
// the friend lives.
func (p *person) clock(q map[string]any) string {
	h := p.phone(q)
	if h == nil {
		return "unknown"
	}
	text, _ := q["text"].(map[string]any)
	if text1(q["kind"]) == "zone" {
		return yes(h.Zone != 0 || h.HeaderLocal)
	}
	if !h.KnowsClock {
		return "unknown"
	}
	said := 0
	if m := minutesIn.FindStringSubmatch(text1(text["zh"])); m != nil {
		said, _ = strconv.Atoi(m[1])
	}
	return yes(h.Fast != 0 && (said == 0 || (time.Duration(said)*time.Minute-h.Fast.Abs()).Abs() <= 2*time.Minute))
}

// near says that a time is that of an act: the ringing, the talk, or what the
// network saw of a message.
func near(at time.Time, a *act) bool {
	late := at.Sub(a.At)
	return late >= -15*time.Second && late <= time.Duration(min(a.Ring, 60)+75)*time.Second
}

// fits says that a number as it is printed, perhaps masked, may be this one.
func fits(shown, whole string) bool {
	clean := func(s string) string {
		s = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(s)
		return strings.TrimPrefix(s, "+86")
	}
	shown, whole = clean(shown), clean(whole)
	if len(shown) != len(whole) || shown == "" {
		return false
	}
	for n := range len(shown) {
		if shown[n] != '*' && shown[n] != whole[n] {
			return false
		}
	}
	return true
}
