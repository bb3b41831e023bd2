package logs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

var (
	// WhatsApp writes [2026/10/1 10:15:00] 名: words, or 2026/10/1 10:15 - 名: words,
	// the day in the order of the phone's language.
	whatsAppLine = lazyregexp.New(
		`^\[?(\d{1,4})([/.-])(\d{1,2})[/.-](\d{1,4}),? ((?:[上下]午 ?)?\d{1,2}:\d{2}(?::\d{2})?` +
			`(?: ?[AaPp]\.?[Mm]\.?)?)(?:\] | - )(.*)$`)
	// whatsAppBlanks are the signs that the program puts where a reader sees none.
	whatsAppBlanks = strings.NewReplacer("\u200e", "", "\u200f", "", "\ufeff", "", "\u202f", " ", "\u00a0", " ",
		"\u2068", "", "\u2069", "")
)

// A dayOrder says which of three numbers are day, month and year.
type dayOrder struct{ year, month, day int }

var dayOrders = []dayOrder{{0, 1, 2}, {2, 1, 0}, {2, 0, 1}}

var errDayOrder = &UnreadError{evidence.Text{
	ZH: "日期的月和日分不清（比如 1/2/2026 可能是一月二日，也可能是二月一日）；请把手机语言改成中文再导出一次，或者截图加进来",
	EN: "day and month cannot be told apart in its dates; export it again with the phone in another language, or add " +
		"screenshots"}}

// whatsAppTime reads the time of a line in one order of its day.
func whatsAppTime(m []string, o dayOrder) (evidence.Time, bool) {
	parts := []string{m[1], m[3], m[4]}
	year := parts[o.year]
	if len(year) != 4 && len(year) != 2 || len(year) == 2 && o.year == 0 {
		return evidence.Time{}, false
	}
	if len(year) == 2 {
		year = "20" + year
	}
	month, _ := strconv.Atoi(parts[o.month])
	day, _ := strconv.Atoi(parts[o.day])
	clock := strings.ReplaceAll(m[5], ".", "")
	return carrierTime(fmt.Sprintf("%s-%02d-%02d %s", year, month, day, clock))
}

func isWhatsApp(f *file) bool {
	senders := 0
	for n, line := range strings.SplitN(f.begin(), "\n", 12) {
		m := whatsAppLine.FindStringSubmatch(whatsAppBlanks.Replace(strings.TrimRight(line, "\r")))
		switch {
		case n == 0 && m == nil, n == 11:
			return senders > 0
		case m != nil && strings.Contains(m[6], ": "):
			senders++
		}
	}
	return senders > 0
}

// readWhatsApp reads a chat as WhatsApp exports it.
func readWhatsApp(f *file, give func(Row) error) ([]Skipped, error) {
	return whole(func(data []byte, give func(Row) error) ([]Skipped, error) {
		return readWhatsAppText(data, f.path, give)
	})(f, give)
}

func readWhatsAppText(data []byte, path string, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoText
	}
	lines := strings.Split(s, "\n")
	order, ok := orderOfDays(lines)
	if !ok {
		return nil, errDayOrder
	}
	var rows []Row
	var skipped []Skipped
	open := false
	var words []string // of the message that is read
	end := func() {
		if len(words) > 0 {
			rows[len(rows)-1].Incident.Shown = strings.TrimSpace(strings.Join(words, "\n"))
		}
		words = nil
	}
	for n, line := range lines {
		line = whatsAppBlanks.Replace(strings.TrimRight(line, "\r"))
		m := whatsAppLine.FindStringSubmatch(line)
		t, isLine := evidence.Time{}, false
		if m != nil {
			t, isLine = whatsAppTime(m, order)
		}
		if !isLine {
			if open {
				if words = append(words, line); line != "" {
					rows[len(rows)-1].last = n + 1
				}
			}
			continue
		}
		end()
		sender, first, said := strings.Cut(m[6], ": ")
		if open = said; !said {
			skipped = append(skipped, skip(0, n+1, noticeOfProgram))
			continue
		}
		t.Device, t.Source = true, "chat-export"
		r := messageBy(n+1, t, strings.TrimSpace(strings.TrimPrefix(sender, "~")), "")
		rows, words = hold(rows, r), []string{first}
	}
	end()
	return skipped, giveChat(chat{}, path, rows, give)
}

// orderOfDays is the one order of day, month and year in which all times of an
// export are times and run on: its lines stand in the order they were written.
// Not ok: none does, or two do and say different days.
func orderOfDays(lines []string) (dayOrder, bool) {
	fits := map[dayOrder][]time.Time{}
	failed := map[dayOrder]bool{}
	for _, line := range lines {
		m := whatsAppLine.FindStringSubmatch(whatsAppBlanks.Replace(strings.TrimRight(line, "\r")))
		if m == nil {
			continue
		}
		for _, o := range dayOrders {
			t, ok := whatsAppTime(m, o)
			before := fits[o]
			if failed[o] = failed[o] || !ok || len(before) > 0 &&
				t.At.Before(before[len(before)-1].Add(-time.Hour)); !failed[o] {
				fits[o] = append(before, t.At)
			}
		}
	}
	var out []dayOrder
	for _, o := range dayOrders {
		if !failed[o] && len(fits[o]) > 0 {
			out = append(out, o)
		}
	}
	if len(out) == 0 || len(out) > 1 && !slices.EqualFunc(fits[out[0]], fits[out[1]], time.Time.Equal) {
		return dayOrder{}, false
	}
	return out[0], true
}
