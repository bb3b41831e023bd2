package ask

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// twice asks whether two pictures show one message, where a letter would tell it twice:
// the long one is often taken in two screenshots, or taken again days later.
func (l *lister) twice() {
	known := map[string]bool{}
	var rows []evidence.Incident
	for _, f := range l.Report.Findings {
		for _, i := range f.Incidents {
			if f.Strength != evidence.Review && !known[i.ID] && l.pictured(i) {
				known[i.ID] = true
				rows = append(rows, i)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	var pairs []pair
	letters := make([][]rune, len(rows))
	sharing := map[string][]int{} // the rows that have some letters in a row
	for n, b := range rows {
		letters[n] = []rune(device.LettersOf(b.Shown))
		candidates := map[int]bool{}
		for at := 0; at+sharedLetters <= len(letters[n]); at++ {
			key := string(letters[n][at : at+sharedLetters])
			for _, a := range sharing[key] {
				candidates[a] = true
			}
			if with := sharing[key]; len(with) == 0 || with[len(with)-1] != n {
				sharing[key] = append(with, n)
			}
		}
		delete(candidates, n)
		// of many that read alike, each is asked about with the one before it alone
		for _, a := range slices.Backward(slices.Sorted(maps.Keys(candidates))) {
			if mayBeOneMessage(rows[a], b, l.Exhibits) && mostlyIn(letters[a], letters[n]) {
				if !l.saidTwice(b) {
					pairs = append(pairs, pair{rows[a], b})
				}
				break
			}
		}
	}
	l.askPairs(pairs)
}

// A pair are two pictures that may show one message, the later one last.
type pair struct{ first, again evidence.Incident }

// drop is the row of the two that has less of the message.
func (p pair) drop() evidence.Incident {
	if len(device.LettersOf(p.again.Shown)) > len(device.LettersOf(p.first.Shown)) {
		return p.first
	}
	return p.again
}

// words are those of a pair that both pictures have.
func (p pair) words() string { return strings.TrimRight(short(p.drop().Shown), "，、, ") }

// severalPairs are so many of one writer that they are asked about in one question: who sends
// the same text each day has each of them in a picture.
const severalPairs = 3

// askPairs asks of few pairs one by one, and of the many of one writer at once.
func (l *lister) askPairs(pairs []pair) {
	by := map[string][]pair{}
	var writers []string
	for _, p := range pairs {
		key := p.again.Number + "\n" + p.again.Name
		if by[key] == nil {
			writers = append(writers, key)
		}
		by[key] = append(by[key], p)
	}
	for _, key := range writers {
		if len(by[key]) >= severalPairs {
			l.askTwiceOfMany(by[key])
			continue
		}
		for _, p := range by[key] {
			l.askTwice(p.first, p.again)
		}
	}
}

// saidTwice reports a picture of which it was asked among many whether it shows a message
// again.
func (l *lister) saidTwice(i evidence.Incident) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		return g.Kind == Twice && g.Value != Skip && len(g.Incidents) >= severalPairs && slices.Contains(g.Incidents, i.ID)
	})
}

func (l *lister) askTwiceOfMany(pairs []pair) {
	var rows []evidence.Incident
	q := Question{Kind: Twice, Parts: len(pairs)}
	for _, p := range pairs {
		rows = append(rows, p.again)
		x, before := strings.Join(p.again.Exhibits, " "), strings.Join(p.first.Exhibits, " ")
		q.List = append(q.List, evidence.Text{ZH: fmt.Sprintf("%s 和 %s：“%s”", x, before, p.words()),
			EN: fmt.Sprintf("%s and %s: “%s”", x, before, p.words())})
	}
	list := inOrder(q.List)
	q.About = About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows)}
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("有 %d 张图片和更早的一张有同样的话。哪几张只是同一条消息又截了一次？%s", len(pairs), list.ZH),
		EN: fmt.Sprintf("%d pictures hold the same words as an earlier one. Which of them show the same message once "+
			"more? %s", len(pairs), list.EN)}
	q.Why = evidence.Text{ZH: "同一条消息截了两次图，信里会写成对方发了两次",
		EN: "a message in two screenshots would be told as if it had been sent twice"}
	q.Effect = evidence.Text{ZH: "勾上的，信里只写文字较全的那张；没有勾的，是对方又发了一次，各写一次",
		EN: "of those you tick letters tell the picture that has more of it; what you do not tick was sent again, and both " +
			"are told"}
	q.Choices = yesNo("每一张都是又截了一次", "each of them", "都不是，对方每次都重新发", "none: it was sent again each time")
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, p := range pairs {
			if isYes(value, n+1, len(pairs)) {
				out = append(out, Edit{Row: p.drop().ID, Column: "use", Value: no})
			}
		}
		return out, nil
	})
}

// sharedLetters are as many letters in a row as make it worth comparing two messages:
// "请您尽快处理欠款" is eight.
const sharedLetters = 12

// mostlyIn reports that more than half of the shorter of two texts stands in the longer:
// a reader of pictures gets letters wrong here and there, and many messages begin and end
// alike.
func mostlyIn(a, b []rune) bool {
	const together = 6 // letters that count only where they stand together
	if len(a) > len(b) {
		a, b = b, a
	}
	longer := string(b)
	covered, until := 0, 0
	for at := 0; at+together <= len(a); at++ {
		if strings.Contains(longer, string(a[at:at+together])) {
			covered += at + together - max(until, at)
			until = at + together
		}
	}
	return 2*covered > len(a)
}

// inALog finds the message that words off a picture are, where the phone's own log or an
// export of the chat has it: nobody is asked to copy it out. Where the picture shows
// another time or another writer, it is another message.
func (l *lister) inALog(words, exhibit string) (evidence.Incident, bool) {
	letters := []rune(device.LettersOf(words))
	if len(letters) < leastAlike {
		return evidence.Incident{}, false
	}
	for _, i := range l.Incidents {
		if !written(i) || i.Direction == evidence.Out || i.Use == evidence.No || !l.Case.Concerns(i) || l.pictured(i) {
			continue
		}
		if has := []rune(device.LettersOf(i.Shown)); len(has) >= leastAlike && mostlyIn(has, letters) &&
			mostlyIn(letters[:min(len(letters), len(has))], has) && !l.shownElse(exhibit, i) {
			return i, true
		}
	}
	return evidence.Incident{}, false
}

// shownElse reports a picture on which a program read another time or writer than those of
// a row.
func (l *lister) shownElse(exhibit string, i evidence.Incident) bool {
	for _, p := range l.Papers {
		n := slices.IndexFunc(l.Exhibits, func(x evidence.Exhibit) bool { return x.Number == exhibit })
		if p.Exhibit != exhibit || !p.Machine || n < 0 {
			continue
		}
		taken, _ := time.Parse(time.RFC3339, l.Exhibits[n].Captured.Time)
		if (device.Seen{Text: p.Text}).Against(i, taken) {
			return true
		}
	}
	return false
}

// leastAlike are as many letters as make two messages one rather than alike by chance.
const leastAlike = 8

// repeats reports a picture on which a program read a message that a log has, and nothing
// besides that sounds like a violation: what it shows is told already.
func (l *lister) repeats(exhibits ...string) bool {
	found := false
	for _, s := range l.Spoken {
		if !slices.Contains(exhibits, s.Exhibit) {
			continue
		}
		if _, logged := l.inALog(s.Passage, s.Exhibit); !logged {
			return false
		}
		found = true
	}
	return found
}

// pictured reports a message of which there are pictures alone.
func (l *lister) pictured(i evidence.Incident) bool {
	if i.Kind != evidence.SMS && i.Kind != evidence.Message || i.ToldBy != "" || i.Shown == "" || len(i.Exhibits) == 0 {
		return false
	}
	for _, x := range l.Exhibits {
		if slices.Contains(i.Exhibits, x.Number) && x.Kind != evidence.Screenshot && x.Kind != evidence.Photo {
			return false
		}
	}
	return true
}

// mayBeOneMessage reports rows that nothing but what was asked tells apart: their
// writers, whom they reached, and the times of the messages, where more is known than
// when the pictures were made.
func mayBeOneMessage(a, b evidence.Incident, exhibits []evidence.Exhibit) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	if differ(a.Number, b.Number) || differ(a.Name, b.Name) || differ(string(a.Reached), string(b.Reached)) {
		return false
	}
	if a.Time.IsZero() || b.Time.IsZero() || evidence.PictureTime(a, exhibits) || evidence.PictureTime(b, exhibits) {
		return true
	}
	return a.Time.At.Sub(b.Time.At).Abs() <= time.Minute
}

func (l *lister) askTwice(a, b evidence.Incident) {
	drop, words := pair{a, b}.drop(), pair{a, b}.words()
	l.add(Question{Kind: Twice, About: About{Incidents: []string{a.ID, b.ID},
		Exhibits: exhibitsOf([]evidence.Incident{a, b})},
		Text: evidence.Text{
			ZH: fmt.Sprintf("这两张图片上有同样的话：“%s”。是不是同一条消息？", words),
			EN: fmt.Sprintf("These two pictures hold the same words: “%s”. Is it one message?", words)},
		Why: evidence.Text{ZH: "同一条消息截了两次图，信里会写成对方发了两次",
			EN: "a message in two screenshots would be told as if it had been sent twice"},
		Effect: evidence.Text{ZH: "是同一条的，信里只写文字较全的那张；发过两次的，各写一次",
			EN: "if so, letters tell the picture that has more of it; if it was sent twice, both"},
		Choices: yesNo("是同一条", "yes, one message", "不是，发了两次", "no, it was sent twice")},
		func(value string) ([]Edit, error) {
			if value == no {
				return nil, nil
			}
			return []Edit{{Row: drop.ID, Column: "use", Value: no}}, nil
		})
}
