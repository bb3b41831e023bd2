package device

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// several makes the picture of a few messages that other rows have an exhibit of each
// of them, where they are all that was written down off it: of one writer, with the
// answers of the person that stand between them, the time and the name above each. Of
// which of them the person spoke nobody knows, so that what they named it one of those
// must be named.
func (w *writer) several(n int) {
	picture := w.rows[n]
	if spokenOf(picture) || w.letters[n] == "" {
		return
	}
	for _, writer := range w.writers(n) {
		of := w.told(n, writer)
		named := func(b evidence.Breach) bool { return w.named(of, b) }
		if len(of) == 0 || slices.ContainsFunc(picture.Denied, named) ||
			slices.ContainsFunc(picture.Asserted, func(b evidence.Breach) bool { return !named(b) }) {
			continue
		}
		for _, k := range of {
			r := &w.rows[k]
			source := r.Source
			r.Exhibits = slices.Clone(r.Exhibits)
			merge(r, picture)
			if !r.Made() || !picture.Made() {
				r.Source = source
			}
			if r.Use == evidence.Unknown {
				r.Use = picture.Use
			}
			r.Also = append(slices.Clip(r.Also), picture.ID)
			slices.Sort(r.Also)
		}
		w.gone[n] = true
		return
	}
}

// spokenOf reports that the person said more of a picture than what kind it is: of which
// message on it, nobody knows.
func spokenOf(picture evidence.Incident) bool {
	return picture.Words != "" || picture.Disclosed != "" || picture.Refused != "" || picture.Reachable != "" ||
		picture.Untrue != ""
}

// named reports that one of some rows is named a kind, or a part of it or what it is a
// part of.
func (w *writer) named(of []int, b evidence.Breach) bool {
	return slices.ContainsFunc(of, func(k int) bool {
		return slices.ContainsFunc(w.rows[k].Asserted, func(x evidence.Breach) bool {
			return x == b || x.Rule() == b.Rule() && (x.Part() == "" || b.Part() == "")
		})
	})
}

// writers are the rows that a picture can be of, those of each writer together.
func (w *writer) writers(n int) (out [][]int) {
	picture := &w.rows[n]
	among := slices.Concat(w.byNumber[picture.Number], w.byName[picture.Name])
	if picture.Number == "" {
		among = append(among, w.byDay[dated{anybody, dayOf(picture.Time)}]...)
	}
	slices.Sort(among)
	var keys []string
	var nameless []int
	groups := map[string][]int{}
	for _, k := range slices.Compact(among) {
		r := &w.rows[k]
		if k == n || w.gone[k] || r.Use == evidence.No || w.letters[k] == "" || !w.shows(n, k) {
			continue
		}
		key := cmp.Or(r.Number, r.Name)
		if key == "" {
			nameless = append(nameless, k)
			continue
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], k)
	}
	for _, key := range keys {
		out = append(out, append(groups[key], nameless...))
	}
	return append(out, nameless)
}

// shows reports that a picture can be one of a row: of one phone, one medium and one
// writer, who is known or wrote on the day of the picture, and not taken before it.
func (w *writer) shows(n, k int) bool {
	picture, r := &w.rows[n], &w.rows[k]
	number := picture.Number != "" && picture.Number == r.Number
	chat := slices.ContainsFunc(picture.Exhibits, func(x string) bool { return w.app[x] != "" })
	switch {
	case !written(*r), r.Made() && !w.from.same(*picture, *r), !oneName(picture, r), !agree(r.Reached, picture.Reached),
		r.Time.IsZero(), picture.Time.IsZero(), picture.Number != "" && r.Number != "" && !number,
		picture.Kind != r.Kind && !number && (chat || picture.Kind == evidence.SMS):
		return false
	case r.Time.Precision != evidence.ToDay && picture.Time.At.Sub(r.Time.At) < -clocks:
		return false
	}
	return number || picture.Name != "" && picture.Name == r.Name || dayOf(r.Time).Equal(dayOf(picture.Time))
}

// told are the rows of one writer that are all there is in the words off a picture;
// none where it has others. The longest is looked for first, so that none is found in
// another, and of those that read the same the one closest before the picture. Few
// letters tell a message only where they stand alone between others of that day.
func (w *writer) told(n int, writer []int) (of []int) {
	picture := &w.rows[n]
	parts, names := []string{w.letters[n]}, []string{LettersOf(picture.Name)}
	days := map[string]bool{}
	writer = slices.Clone(writer)
	slices.SortStableFunc(writer, func(a, b int) int {
		return cmp.Or(len(w.letters[b])-len(w.letters[a]), w.rows[b].Time.At.Compare(w.rows[a].Time.At))
	})
	for _, k := range writer {
		r, words := &w.rows[k], w.letters[k]
		names = append(names, LettersOf(r.Name))
		short := len([]rune(words)) < tellingWords
		at := slices.IndexFunc(parts, func(p string) bool {
			before, after, ok := strings.Cut(p, words)
			return ok && (!short || besideWords(before, names) && besideWords(after, names))
		})
		if at < 0 || short && !days[dayOf(r.Time).String()] {
			continue
		}
		before, after, _ := strings.Cut(parts[at], words)
		parts = slices.Replace(parts, at, at+1, before, after)
		days[dayOf(r.Time).String()] = true
		if Facing(r.Direction, picture.Direction) {
			of = append(of, k)
		}
	}
	for _, p := range parts {
		if !besideWords(p, names) {
			return nil
		}
	}
	return of
}

// above is what chats set above a message beside a name, without its stops: the day
// and the time, and by whom it is.
var above = lazyregexp.New(`^(?:(?:对方|催收方?|本人|我)?(?:今天|昨天|前天|星期.|周.|上午|下午|晚上|凌晨|早上|中午|[年月日号时点分秒]|am|pm|\d)*)*$`)

// besideWords reports letters off a picture that are of no message.
func besideWords(letters string, names []string) bool {
	for _, name := range names {
		if name != "" {
			letters = strings.ReplaceAll(letters, name, "")
		}
	}
	return above.MatchString(letters)
}
