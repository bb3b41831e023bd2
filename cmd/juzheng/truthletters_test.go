package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var (
	dated = regexp.MustCompile(
		`(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?(?:[ T]?(\d{1,2})[时:](\d{1,2})分?(?:[:]?(\d{1,2})秒?)?)?`)
	quoted   = regexp.MustCompile(`“([^”]*)”`)
	shownBy  = regexp.MustCompile(`显示号码([0-9*+ -]{3,})`)
	digits   = regexp.MustCompile(`^[0-9*+ -]{3,}$`)
	heading  = regexp.MustCompile(`^\d+\.(\D.*)$`)
	sectionH = regexp.MustCompile(`^（[一二三四五六七八九]）(.*)$`)
	counted  = regexp.MustCompile(`日，([^，]*来电)(\d+)次`)
	sameSaid = regexp.MustCompile(`。(?:同一(?:号码|账号)发来、)?内容(?:相同|只有数字或标点不同)的(?:短信|消息)另有(\d+)次：` +
		`([^；（]*(?:[；（][^；（]*)*?)(?:；[按逐]|（证据|。)`)
	sameDay  = regexp.MustCompile(`(?:(\d+)年)?(?:(\d+)月)?(\d+)日(?:至(\d+)日（每日1次）|（(\d+)次）)?`)
	figures  = regexp.MustCompile(`[\d\pP\pS\s]`)
	rest     = regexp.MustCompile(`另有(\d+)次`)
	fromThem = regexp.MustCompile(`(催收方|对方|显示号码)[^“]*(发送|发来)`)
	reachedZ = map[string]string{"本人": "self", "亲友": "family", "单位": "workplace", "紧急联系人": "emergency",
		"担保人": "guarantor", "陌生人": "stranger"}
)

// judgeLetter reads the letter's facts as a clerk does, and holds each line that
// names a day against the truth.
func (r *trial) judgeLetter(name, text string) {
	section, title, head := "", "", []string(nil)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := sectionH.FindStringSubmatch(line); m != nil {
			section, title = m[1], ""
			continue
		}
		if strings.HasPrefix(line, "三、") {
			return
		}
		if section == "" || strings.Contains(section, "借款情况") || strings.HasPrefix(section, "依据") {
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil {
			title = m[1]
			if dated.FindString(line) == "" {
				continue
			}
			title, _, _ = strings.Cut(title, "：") // one act stands with its name
		}
		cells := strings.Split(line, "｜")
		times := dated.FindAllStringSubmatch(line, -1)
		if len(cells) > 1 && len(times) == 0 {
			head = cells
			continue
		}
		if len(times) == 0 {
			continue
		}
		if m := sameSaid.FindStringSubmatch(line); m != nil {
			lead, _, _ := strings.Cut(line, m[0])
			why := r.judgeSame(lead, m[1], m[2])
			r.judged(why == "", "%s: %s: %s", name, why, line)
			line, times = lead, dated.FindAllStringSubmatch(lead, -1)
			cells = []string{lead}
		}
		why := r.judgeLine(line, title, head, cells, times)
		r.judged(why == "", "%s: %s: %s", name, why, line)
	}
}

// judgeSame holds messages told by the words of another against the truth: their number and
// those of each day.
func (r *trial) judgeSame(lead, number, days string) string {
	words := quoted.FindStringSubmatch(lead)
	if words == nil {
		return "the same as nothing"
	}
	said, _ := strconv.Atoi(number)
	all, year, month := 0, "", ""
	for _, m := range sameDay.FindAllStringSubmatch(days, -1) {
		if m[1] != "" {
			year = m[1]
		}
		if m[2] != "" {
			month = m[2]
		}
		at := moment([]string{"", year, month, m[3], "", "", ""})
		last, each := at, 1
		if m[4] != "" {
			last = moment([]string{"", year, month, m[4], "", "", ""})
		}
		if m[5] != "" {
			each, _ = strconv.Atoi(m[5])
		}
		for ; !at.After(last); at = at.AddDate(0, 0, 1) {
			truly := 0
			for _, a := range r.w.Acts {
				same := figures.ReplaceAllString(a.Words, "") == figures.ReplaceAllString(words[1], "")
				if n := shownBy.FindStringSubmatch(lead); n != nil && !fits(strings.TrimSpace(n[1]), a.Number) {
					same = false
				}
				if same && a.day() == at.Format(time.DateOnly) {
					truly++
				}
			}
			if truly < each {
				return fmt.Sprintf("%d of %s, and truly %d", each, at.Format(time.DateOnly), truly)
			}
			all += each
		}
	}
	if all != said {
		return fmt.Sprintf("%d, and the days make %d", said, all)
	}
	return ""
}

// judgeLine is why a line is not true, or nothing.
func (r *trial) judgeLine(line, title string, head, cells []string, times [][]string) string {
	if column(head, cells, "次数") != "" {
		return r.judgeCount(head, cells, times[0])
	}
	if m := counted.FindStringSubmatch(line); m != nil && len(times) == 1 {
		return r.judgeCount([]string{"情形", "次数"}, m[1:3], times[0])
	}
	if m := rest.FindStringSubmatch(line); m != nil && len(times) > 1 {
		return r.judgeRest(m[1], title, times)
	}
	var candidates []*act
	clocked := false
	for _, m := range times {
		if m[4] == "" {
			continue
		}
		clocked = true
		at := moment(m)
		for _, a := range r.w.Acts {
			if a.Kind != "photo" && (near(at, a) || m[6] == "" && at.Equal(a.At.Truncate(time.Minute))) {
				candidates = append(candidates, a)
			}
		}
	}
	if !clocked { // a day alone: the words must be of that day
		for _, a := range r.w.Acts {
			if a.day() == moment(times[0]).Format(time.DateOnly) {
				candidates = append(candidates, a)
			}
		}
	}
	keep := func(why string, of func(*act) bool) string {
		candidates = slices.DeleteFunc(candidates, func(a *act) bool { return !of(a) })
		if len(candidates) == 0 {
			return why
		}
		return ""
	}
	if len(candidates) == 0 {
		return "nothing happened then"
	}
	number := column(head, cells, "显示号码")
	if number == "" {
		number = column(head, cells, "号码")
	}
	if m := shownBy.FindStringSubmatch(line); m != nil {
		number = strings.TrimSpace(m[1])
	}
	if digits.MatchString(number) {
		if why := keep("not that number", func(a *act) bool { return fits(number, a.Number) }); why != "" {
			return why
		}
	}
	for _, m := range quoted.FindAllStringSubmatch(line, -1) {
		if why := keep("not these words", func(a *act) bool {
			return m[1] == a.Account && a.Account != "" || a.Words == "" && a.Kind == "shot" ||
				strings.Contains(a.Words, strings.TrimRight(m[1], "…"))
		}); why != "" {
			return why
		}
	}
	if fromThem.MatchString(line) {
		if why := keep("the words of somebody else", func(a *act) bool {
			return a.Tells == 0 && (a.Caller == "collector" || a.Caller == "platform" || a.Caller == "lender")
		}); why != "" {
			return why
		}
	}
	reached := reachedZ[column(head, cells, "联系到")]
	if strings.Contains(line, "向本人") {
		reached = "self"
	}
	if reached != "" {
		if why := keep("not who was reached", func(a *act) bool {
			return a.Reached == reached || a.Tells > 0 &&
				r.w.byID(a.Tells).Reached == reached
		}); why != "" {
			return why
		}
	}
	if strings.Contains(title, "22:00") {
		if why := keep("not at night", func(a *act) bool { return a.night() && a.collecting() }); why != "" {
			return why
		}
	}
	if strings.Contains(title, "透露") {
		if why := keep("no debt was told", func(a *act) bool {
			return a.Disclose == "yes" || a.Says == "disclosure" || a.Tells > 0 && r.w.byID(a.Tells).Disclose == "yes"
		}); why != "" {
			return why
		}
	}
	return ""
}

func column(head, cells []string, name string) string {
	n := slices.IndexFunc(head, func(h string) bool { return strings.Contains(h, name) })
	if n < 0 || n >= len(cells) || len(cells) < 2 {
		return ""
	}
	return cells[n]
}

func moment(m []string) time.Time {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	return time.Date(n(m[1]), time.Month(n(m[2])), n(m[3]), n(m[4]), n(m[5]), n(m[6]), 0, china)
}

// judgeCount holds a number of a day against what truly came that day.
func (r *trial) judgeCount(head, cells []string, m []string) string {
	day, what := moment(m).Format(time.DateOnly), column(head, cells, "情形")
	said, err := strconv.Atoi(strings.Trim(column(head, cells, "次数"), "次 "))
	if err != nil {
		return "no number"
	}
	truly := 0
	for _, a := range r.w.Acts {
		if a.day() != day || a.Out || a.Reached != "self" {
			continue
		}
		switch {
		case strings.Contains(what, "未接通"):
			if a.Kind == "call" && a.Talk == 0 && (a.collecting() || a.Bulk != "" && strings.Contains(what, "轰炸")) {
				truly++
			}
		case strings.Contains(what, "接通"):
			if a.Kind == "call" && a.Talk > 0 && a.collecting() {
				truly++
			}
		default:
			if a.collecting() || a.Bulk != "" {
				truly++
			}
		}
	}
	if said > truly {
		return fmt.Sprintf("%d, and truly %d", said, truly)
	}
	return ""
}

// judgeRest holds what a letter sums up over some days: at night there were at
// least so many; of other kinds the acts were judged one by one.
func (r *trial) judgeRest(number, title string, times [][]string) string {
	said, _ := strconv.Atoi(number)
	first, last := moment(times[0]).Format(time.DateOnly), moment(times[1]).Format(time.DateOnly)
	truly := 0
	for _, a := range r.w.Acts {
		if a.Kind != "shot" && a.Reached == "self" && a.collecting() && a.night() && a.day() >= first &&
			a.day() <= last {
			truly++
		}
	}
	if strings.Contains(title, "22:00") && said > truly {
		return fmt.Sprintf("%d in these days, and truly %d", said, truly)
	}
	return ""
}

// judgeLetters builds for everybody and reads the letters.
func (r *trial) judgeLetters(t *testing.T) {
	t.Helper()
	code, _, talk := r.quiet("build", r.kase, "--to", "platform,lender,nifa,regulator")
	if code != 0 && code != 3 {
		r.blocked += fmt.Sprintf("build exits %d: %s", code, strings.ReplaceAll(talk, "\n", " "))
		return
	}
	before := r.right + r.wrong
	letters, err := filepath.Glob(filepath.Join(r.kase, "packet", "*", "正文.txt"))
	if err != nil || len(letters) == 0 {
		t.Fatalf("no letter: %v", err)
	}
	for _, name := range letters {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r.judgeLetter(filepath.Base(filepath.Dir(name)), string(data))
	}
	if read := r.right + r.wrong - before; read < 5*len(letters) {
		t.Errorf("only %d dated lines in %d letters: are they read as they are written?", read, len(letters))
	}
}
