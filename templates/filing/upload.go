package filing

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// UploadLimit is how many bytes a recipient takes over the web, and what kinds
// of file; 0 where its record sets no limit. It is taken as the limit of all
// attachments of one report together, the stricter reading: no record
// says which is meant; of two channels the smaller counts.
func UploadLimit(r templates.Recipient) (limit int64, formats []string) {
	for _, c := range r.Channels {
		if c.MaxAttachmentBytes > 0 && (limit == 0 || c.MaxAttachmentBytes < limit) {
			limit, formats = c.MaxAttachmentBytes, c.Formats
		}
	}
	return limit, formats
}

// TakesPDF reports whether a channel that takes these kinds of file, by the
// ends of their names, takes a PDF; a channel that names none takes any.
func TakesPDF(formats []string) bool {
	return len(formats) == 0 || slices.ContainsFunc(formats,
		func(f string) bool { return strings.EqualFold(strings.TrimPrefix(f, "."), "pdf") })
}

// A Level is how far pictures are brought down for an upload: pixels of the
// shorter side, and the quality of JPEG.
type Level struct{ Side, Quality int }

// levels are tried from the best down.
var levels = []Level{{1600, 85}, {1080, 72}, {720, 60}, {0, 50}}

// Floor is the last level. No picture is made smaller, because it has to stay
// legible: of a screenshot, whose characters are made for a phone's
// width, 540 pixels leave some 20 to a character; a photograph of a sheet of
// paper needs 1000, which is 120 to the inch. The figures are ours.
const Floor = 3

// LevelOf is level n, from 0 to [Floor], for a kind of exhibit.
func LevelOf(kind evidence.ExhibitKind, n int) Level {
	l, floor := levels[n], 1000
	if kind == evidence.Screenshot {
		floor = 540
	}
	l.Side = max(l.Side, floor)
	return l
}

// An Item is an exhibit that may go into an upload.
type Item struct {
	Exhibit evidence.Exhibit
	Picture bool
}

// A Cost is what a picture takes at a level, or why it cannot be shown.
type Cost struct {
	Bytes int64
	Why   string
}

// A Choice is what an upload holds.
type Choice struct {
	Exhibits []string // taken, the weightiest first
	Left     []letter.LeftOut
	Level    int // of their pictures
	Events   int // rows of the chronology
}

// A Maker makes uploads on trial.
type Maker struct {
	Costs func(items []Item, level int) []Cost // before Set asks for that level
	Set   func(Choice) (bytes int64, err error)
}

// What the page of an exhibit takes besides its picture, as a first guess.
const (
	picturePage = 1_500
	textPage    = 5_000
)

// Fit chooses what goes into an upload of at most limit bytes: of the items,
// the weightiest first, as many as fit with their pictures at the floor; then
// the best level at which those still fit. What the maker set for the choice
// returned is never larger than the limit. It returns false if not even the
// part without exhibits and chronology fits.
func Fit(limit int64, items []Item, events int, m Maker) (Choice, bool, error) {
	none := Choice{Level: Floor, Events: events}
	for _, x := range items {
		none.Left = append(none.Left, letter.LeftOut{Exhibit: x.Exhibit.Number, Why: noRoom})
	}
	bare, err := m.Set(Choice{Level: Floor, Left: none.Left})
	if err != nil || bare > limit {
		return none, false, err
	}
	// The chronology leaves half of the room to the exhibits.
	base, err := m.Set(none)
	for err == nil && none.Events > 0 && base > bare+(limit-bare)/2 {
		none.Events /= 2
		base, err = m.Set(none)
	}
	if err != nil {
		return none, false, err
	}
	costs := &floorCosts{m: m, items: items}
	for room := limit - base; room > 0; {
		c := costs.choose(room, limit-base)
		c.Events = none.Events
		if len(c.Exhibits) == 0 {
			none.Left = c.Left
			break
		}
		size, err := m.Set(c)
		if err != nil {
			return none, false, err
		}
		if size <= limit {
			c, err = raise(c, items, limit, size, m)
			return c, true, err
		}
		room -= max(size-limit, room/16) + 1
	}
	_, err = m.Set(none)
	return none, true, err
}

const noRoom = "附件大小有限，放不下"

// floorCosts knows what pictures take at the floor, as far as it had to ask.
type floorCosts struct {
	m     Maker
	items []Item
	known []Cost
}

// chunk is how many pictures are asked for at a time.
const chunk = 8

// misses is after how many pictures in a row that did not fit no other is
// tried: it would take long and change little.
const misses = 24

// choose takes the items that fit into room, in order. Most is the room there
// would be for one alone.
func (s *floorCosts) choose(room, most int64) Choice {
	c := Choice{Level: Floor}
	missed := 0
	for n, x := range s.items {
		need, why := int64(textPage), ""
		if x.Picture {
			if missed < misses && room >= picturePage {
				cost := s.at(n)
				need, why = cost.Bytes+picturePage, cost.Why
				if l := LevelOf(x.Exhibit.Kind, Floor); why == "" && need > most {
					why = fmt.Sprintf("图片太大：缩小到能看清的下限（短边%d像素，JPEG质量%d）仍有%d字节", l.Side, l.Quality, cost.Bytes)
				}
			} else {
				need = room + 1
			}
		}
		if why == "" && need > room {
			missed++
			why = noRoom + "：排在前面的证据已用去空间"
		}
		if why != "" {
			c.Left = append(c.Left, letter.LeftOut{Exhibit: x.Exhibit.Number, Why: why})
			continue
		}
		missed = 0
		room -= need
		c.Exhibits = append(c.Exhibits, x.Exhibit.Number)
	}
	return c
}

// at is the cost of item n at the floor.
func (s *floorCosts) at(n int) Cost {
	for len(s.known) <= n {
		from := len(s.known)
		batch := s.items[from:min(from+chunk, len(s.items))]
		var pictures []Item
		for _, x := range batch {
			if x.Picture {
				pictures = append(pictures, x)
			}
		}
		costs := s.m.Costs(pictures, Floor)
		for _, x := range batch {
			var c Cost
			if x.Picture {
				c, costs = costs[0], costs[1:]
			}
			s.known = append(s.known, c)
		}
	}
	return s.known[n]
}

// raise finds the best level at which a choice still fits. Size is what it
// has at the floor.
func raise(c Choice, items []Item, limit, size int64, m Maker) (Choice, error) {
	var pictures []Item
	for _, x := range items {
		if x.Picture && slices.Contains(c.Exhibits, x.Exhibit.Number) {
			pictures = append(pictures, x)
		}
	}
	best, worst := 0, Floor // bisect: worst fits
	for best < worst {
		at := (best + worst) / 2
		if roomAt(at, pictures, limit-size, m) {
			worst = at
		} else {
			best = at + 1
		}
	}
	for level := worst; level < Floor; level++ {
		if !roomAt(level, pictures, limit-size, m) {
			continue
		}
		c.Level = level
		size, err := m.Set(c)
		if err != nil || size <= limit {
			return c, err
		}
	}
	c.Level = Floor
	_, err := m.Set(c)
	return c, err
}

// roomAt reports whether pictures take no more than room over what they take at the floor,
// and asks for all of them at that level only if they do: a picture takes no less at a
// better level, so the first that are too much say enough.
func roomAt(level int, pictures []Item, room int64, m Maker) bool {
	for some := range slices.Chunk(pictures, chunk) {
		better := m.Costs(some, level)
		for n, low := range m.Costs(some, Floor) {
			room -= better[n].Bytes - low.Bytes
		}
		if room < 0 {
			return false
		}
	}
	return true
}
