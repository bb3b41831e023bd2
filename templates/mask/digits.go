package mask

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// numbers hides the middle of other people's telephone and identity numbers
// in a text, however blanks, dashes or full-width digits write them. Runs of
// digits that are a time are left alone, and so are longer numbers that only
// hold the digits of a mobile number nobody listed: an order is no telephone.
func (p *Mask) numbers(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return digit(r) >= 0 }) < 0 {
		return s
	}
	r := []rune(s)
	var out strings.Builder
	done := 0
	p.eachFind(r, func(from, to int, as string) {
		out.WriteString(string(r[done:from]))
		out.WriteString(as)
		done = to
	})
	out.WriteString(string(r[done:]))
	return out.String()
}

// eachFind tells, in order, which runes of a text are a number to be hidden,
// and what stands in its place.
func (p *Mask) eachFind(r []rune, hand func(from, to int, as string)) {
	for at := 0; at < len(r); at++ {
		if digit(r[at]) < 0 {
			continue
		}
		c := chainAt(r, at)
		at = c.at[len(c.at)-1]
		for _, h := range p.finds(c) {
			to := c.at[h.to-1] + 1
			if h.id {
				to = c.x + 1
				at = c.x
			}
			hand(c.at[h.from], to, h.as)
		}
	}
}

// digit is the value of a digit as a byte, -1 of anything else. Full-width
// digits are digits.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r)
	case r >= '０' && r <= '９':
		return int(r-'０') + '0'
	}
	return -1
}

// A chain is digits with at most two separators between any two of them.
type chain struct {
	digits string
	at     []int // where each digit stands in the text
	groups []int // where each unbroken group begins in digits; and the end
	x      int   // where an X follows; 0: none does
}

// separates reports whether a rune can stand inside a number that is written
// in groups. Colons and commas are in times and sums, and never do.
func separates(r rune) bool {
	return r == '\u00a0' || r == '\u3000' || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Pd, r) ||
		unicode.Is(unicode.Cf, r) ||
		strings.ContainsRune("\t\n\r−_·•/()（）", r)
}

func chainAt(r []rune, from int) chain {
	c := chain{groups: []int{0}}
	last := from - 1
	for n := from; n < len(r); n++ {
		d := digit(r[n])
		switch {
		case d >= 0:
			if n > last+1 && len(c.at) > 0 {
				c.groups = append(c.groups, len(c.at))
			}
			c.digits += string(rune(d))
			c.at = append(c.at, n)
			last = n
			continue
		case n-last <= 2 && separates(r[n]):
			continue
		case n-last == 1 && (r[n] == '.' || r[n] == '．') && !decimals(r, n):
			continue
		}
		break
	}
	c.groups = append(c.groups, len(c.at))
	for n := last + 1; n < len(r) && n <= last+3; n++ {
		if strings.ContainsRune("XxＸｘ", r[n]) {
			c.x = n
		}
		if c.x > 0 || !separates(r[n]) {
			break
		}
	}
	return c
}

// decimals reports whether a point is one of a sum: one or two digits follow.
func decimals(r []rune, point int) bool {
	n := point + 1
	for n < len(r) && digit(r[n]) >= 0 {
		n++
	}
	behind := n - point - 1
	return behind == 0 || behind == 2 || behind == 1 && (point < 2 || digit(r[point-2]) >= 0)
}

// A find is a part of a chain to be hidden, and what stands in its place.
type find struct {
	from, to int
	as       string
	id       bool // an identity number that ends in X
}

var (
	mobileForm = lazyregexp.New(`^(?:0|86|0086|17951|17911|12593|17909|10193)?(1[3-9]\d{9})$`)
	// Recorders write the number and the time without anything between.
	mobileAndTime = lazyregexp.New(`^(1[3-9]\d{9})(20\d{12}|20\d{10}|20\d{6})$`)
	timeAndMobile = lazyregexp.New(`^(20\d{12}|20\d{10}|20\d{6})(1[3-9]\d{9})$`)
	// GB 11643: place, birth date, order, check. Place 000000 is nowhere: it is in invented ones.
	identityForm = lazyregexp.New(`^(?:[1-8]\d{5}|000000)(?:19|20)\d{9,10}$`)
)

// finds are what is to be hidden in a chain, in order.
func (p *Mask) finds(c chain) []find {
	out := p.listed(c)
	taken := func(from, to int) bool {
		return slices.ContainsFunc(out, func(f find) bool { return f.from < to && from < f.to })
	}
	last := len(c.groups) - 1
	for g := 0; g < last; g++ {
		if end := clockTime(c, g); end > g+1 && !taken(c.groups[g], c.groups[g+1]) {
			g = end - 1
			continue
		}
		from := c.groups[g]
		h := g + 1
		for h < last && c.groups[h+1]-from <= 25 {
			h++
		}
		for ; h > g; h-- { // the longest first: an identity number can begin like a mobile one
			to := c.groups[h]
			if taken(from, to) {
				continue
			}
			f, known := p.judge(c, from, to, h == g+1)
			if !known {
				continue
			}
			if f.as != "" {
				out = append(out, f)
			}
			g = h - 1
			break
		}
	}
	slices.SortFunc(out, func(a, b find) int { return a.from - b.from })
	return out
}

// listed are the numbers case.toml gives to others, wherever their digits
// stand: also inside longer ones.
func (p *Mask) listed(c chain) []find {
	var out []find
	for _, n := range p.others {
		if len(n) < 8 {
			continue // a service line; its few digits stand anywhere
		}
		as := evidence.MaskNumber(n)
		bare := strings.TrimLeft(n, "+0")
		for from := 0; ; {
			i := strings.Index(c.digits[from:], bare)
			if i < 0 {
				break
			}
			i += from
			from = i + len(bare)
			begin := i
			if bare != n && i > 0 && c.digits[i-1] == '0' {
				begin--
			}
			if !slices.ContainsFunc(out, func(f find) bool { return f.from < from && begin < f.to }) {
				out = append(out, find{from: begin, to: from, as: as})
			}
		}
	}
	return out
}

// judge says what a part of a chain is: known is false if it is nothing that
// can be told, and as is empty if it may be read.
func (p *Mask) judge(c chain, from, to int, one bool) (f find, known bool) {
	s := c.digits[from:to]
	if id := s; (len(s) == 18 || len(s) == 17 && c.x > 0 && to == len(c.digits)) && identityForm.MatchString(s) &&
		born(s[6:14]) {
		if len(id) == 17 {
			id += "X"
		}
		if p.fullID && slices.ContainsFunc(p.ownIDs, func(own string) bool { return strings.EqualFold(own, id) }) {
			return find{}, true
		}
		return find{from, to, evidence.MaskID(id), len(s) == 17}, true
	}
	if one && len(s) >= 18 {
		// An identity number written on to other digits: its check character
		// tells it from an order's number.
		for at := 0; at+18 <= len(s); at++ {
			id := s[at : at+18]
			if evidence.ValidID(id) && identityForm.MatchString(id) {
				return find{from + at, from + at + 18, evidence.MaskID(id), false}, true
			}
		}
		if id := s[len(s)-17:] + "X"; c.x > 0 && to == len(c.digits) && evidence.ValidID(id) {
			return find{to - 17, to, evidence.MaskID(id), true}, true
		}
	}
	number := ""
	if m := mobileForm.FindStringSubmatch(s); m != nil && (one || m[1] == s) {
		number = m[1]
	}
	if one && number == "" {
		if m := mobileAndTime.FindStringSubmatch(s); m != nil {
			number, to = m[1], from+11
		} else if m := timeAndMobile.FindStringSubmatch(s); m != nil {
			number, from = m[2], to-11
		}
	}
	if number == "" {
		return find{}, p.shown[s]
	}
	if p.shown[number] {
		return find{}, true
	}
	return find{from: from, to: to, as: evidence.MaskNumber(number)}, true
}

// born reports whether eight digits are a day somebody now alive, or an
// adult of long ago, was born on.
func born(s string) bool {
	t, err := time.Parse("20060102", s)
	return err == nil && t.Year() >= 1900 && t.Year() < 2100
}

// clockTime is the group behind a date and a time of day that begin at group
// g, as file names write them: 2026-09-03-19-07-16-918. It is g where none
// does.
func clockTime(c chain, g int) int {
	length := func(n int) int {
		if n+1 >= len(c.groups) {
			return 0
		}
		return c.groups[n+1] - c.groups[n]
	}
	year := func(n int) bool { return strings.HasPrefix(c.digits[c.groups[n]:], "20") }
	if length(g) != 4 || !year(g) || length(g+1) == 0 || length(g+1) > 2 || length(g+2) == 0 || length(g+2) > 2 {
		return g
	}
	n := g + 3
	for most := n + 3; n < most && length(n) == 2 && c.digits[c.groups[n]] < '6'; n++ {
	}
	if n == g+6 && length(n) == 3 { // milliseconds
		n++
	}
	return n
}
