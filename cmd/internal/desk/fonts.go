package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

// FontsDir, in the settings folder, is where a person puts fonts for rare characters.
const FontsDir = "fonts"

// Fonts is where fallback fonts are looked for, and what was read of them. It may be
// used by several jobs at once. Nil: there are none.
type Fonts struct {
	// Named is a file that the person named for this run, looked into first; empty: none.
	Named string
	// Dirs are the folders looked into, in order: the person's, then those of the system.
	Dirs []string

	mu   sync.Mutex
	read map[string]typeset.Fallback // by path
	list []string                    // files of the folders, the likeliest first; nil: not yet
}

// A FontError reports a font that the person named and that cannot be used.
type FontError struct {
	Path string
	Err  error
}

func (e *FontError) Error() string { return fmt.Sprintf("font %s: %v", e.Path, e.Err) }
func (e *FontError) Unwrap() error { return e.Err }

// Bounds of what is read to find one character.
const (
	mostFontBytes = 200_000_000
	mostFontFiles = 60
)

// likelyFonts are parts of the names of fonts that have rare Han characters or many
// Latin letters, those first that look like the letters' own: a serif, then a sans.
var likelyFonts = []string{"notoserifcjk", "notoserifsc", "sourcehanserif", "simsunb", "simsunext", "simsun", "songti",
	"stsong", "hanamin", "plangothic", "babelstonehan", "mingliub", "notosanscjk", "notosanssc", "sourcehansans",
	"msyh",
	"pingfang", "hiragino", "stheiti", "wqy", "times", "notoserif", "dejavuserif", "liberationserif", "arial",
	"segoeui",
	"notosans", "dejavusans"}

// otherWeights are parts of names of faces that no letter is set in.
var otherWeights = []string{"bold", "italic", "oblique", "light", "black", "thin", "medium", "condensed", "mono",
	"emoji"}

// For finds fonts for characters, in the order in which they are to be asked: the one
// the person named, those that papers of the case were made with (by digest), then the
// likeliest of the folders. What none of them has stays without.
func (f *Fonts) For(rare []rune, made []folder.Font) (typeset.Fonts, error) {
	if f == nil {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var out typeset.Fonts
	if f.Named != "" {
		font, err := f.open(f.Named)
		if err != nil {
			return nil, &FontError{f.Named, err}
		}
		out = append(out, font)
	}
	left := func() []rune {
		return slices.DeleteFunc(slices.Clone(rare), func(r rune) bool {
			return slices.ContainsFunc(out, func(x typeset.Fallback) bool { return x.Has(r) })
		})
	}
	use := func(path string, only string) {
		font, err := f.open(path)
		if err == nil && (only == "" || font.SHA256 == only) && slices.ContainsFunc(left(), font.Has) {
			out = append(out, font)
		}
	}
	if len(left()) == 0 {
		return out, nil
	}
	for _, m := range made {
		for _, path := range f.files() {
			if filepath.Base(path) == m.File {
				use(path, m.SHA256)
			}
		}
	}
	for n, path := range f.files() {
		if n == mostFontFiles || len(left()) == 0 {
			break
		}
		use(path, "")
	}
	return out, nil
}

// open reads a font once.
func (f *Fonts) open(path string) (typeset.Fallback, error) {
	if font, ok := f.read[path]; ok {
		return font, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return typeset.Fallback{}, err
	case !info.Mode().IsRegular() || info.Size() > mostFontBytes:
		return typeset.Fallback{}, errors.New("no font file")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return typeset.Fallback{}, err
	}
	font, err := typeset.ReadFallback(filepath.Base(path), data)
	if err == nil {
		if f.read == nil {
			f.read = map[string]typeset.Fallback{}
		}
		f.read[path] = font
	}
	return font, err
}

// files are the fonts of the folders, the likeliest first; of alike ones by folder and
// name, so that the same folders give the same.
func (f *Fonts) files() []string {
	if f.list != nil {
		return f.list
	}
	rank := map[string]int{}
	out := []string{}
	for n, dir := range f.Dirs {
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			ext := strings.ToLower(filepath.Ext(path))
			if err != nil || d.IsDir() || !slices.Contains([]string{".ttf", ".otf", ".ttc", ".otc"}, ext) {
				return nil // what cannot be read has no font for us
			}
			name := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(filepath.Base(path)))
			likely := slices.IndexFunc(likelyFonts, func(s string) bool { return strings.HasPrefix(name, s) })
			if likely < 0 {
				likely = len(likelyFonts)
			}
			if slices.ContainsFunc(otherWeights, func(s string) bool { return strings.Contains(name, s) }) {
				likely += 100
			}
			if n == 0 { // the person's own come first
				likely -= 1000
			}
			rank[path] = likely
			out = append(out, path)
			return nil
		})
	}
	slices.SortStableFunc(out, func(a, b string) int { return rank[a] - rank[b] })
	f.list = out
	return out
}

// fallbacks are the fonts for what a case and its papers hold.
func fallbacks(d Desk, x Dossier, orders ...packet.Order) (typeset.Fonts, error) {
	if d.Fonts == nil {
		return nil, nil
	}
	rare, err := packet.Rare(x.Case, orders)
	if err != nil || len(rare) == 0 && d.Fonts.Named == "" {
		return nil, err
	}
	return d.Fonts.For(rare, x.Folder.Fonts())
}

// fontRecords are fonts as the record of the packets has them.
func fontRecords(fonts typeset.Fonts) []folder.Font {
	var out []folder.Font
	for _, f := range fonts {
		out = append(out, folder.Font{File: f.File, Name: f.Name, SHA256: f.SHA256})
	}
	return out
}

// A RareCharacter is one of case.toml that the program's own fonts lack.
type RareCharacter struct {
	Key  string `json:"key"`
	Line int    `json:"line"`
	Rune string `json:"character"`
	Text string `json:"text"` // where it stands
	Font string `json:"font"` // which draws it; empty: none does, and no paper can be made
}

// rareOf are the rare characters of a case.
func rareOf(x Dossier) ([]RareCharacter, error) {
	all, err := packet.Unprintables(x.Case, nil)
	var out []RareCharacter
	for _, u := range all {
		r := RareCharacter{Key: u.Key, Line: x.Folder.LineOf(u.Key, u.Nth), Rune: string(u.Rune), Text: u.Text}
		if n := slices.IndexFunc(x.Fonts, func(f typeset.Fallback) bool { return f.Has(u.Rune) }); n >= 0 {
			r.Font = x.Fonts[n].Name
		}
		out = append(out, r)
	}
	return out, err
}

// printable looks for characters no font has, before anything is sealed.
func printable(x Dossier) error {
	all, err := packet.Unprintables(x.Case, x.Fonts)
	if err != nil || len(all) == 0 {
		return err
	}
	line := 0
	if x.Folder != nil {
		line = x.Folder.LineOf(all[0].Key, all[0].Nth)
	}
	return &UnprintableError{all[0], line}
}

// printableForm is [printable] of what stands in a form: the organisation.
func printableForm(d Desk, o evidence.Organisation) (typeset.Fonts, error) {
	x := Dossier{Case: evidence.Case{Organisation: o}}
	rare, err := packet.Rare(x.Case, nil)
	if err != nil {
		return nil, err
	}
	if x.Fonts, err = d.Fonts.For(rare, nil); err != nil {
		return nil, err
	}
	return x.Fonts, printable(x)
}
