package intake

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/transcript"
)

// A PhraseHit points a person to words worth reading. It is no finding: the
// patterns have no measured accuracy, and lawful notices use the same words.
type PhraseHit struct {
	Category   string // threat_violence, insult …: a group of phrases.json
	Text       string // as it stands in the original
	Start, End int    // bytes of the original
	Review     bool   // the text reads like a warning or a lawful notice
}

// A MessageHit is a hit in the text of a row of the timeline.
type MessageHit struct {
	Incident string
	PhraseHit
}

//go:embed phrases.json
var phrasesJSON []byte

type phraseTable struct {
	categories []string
	rules      map[string][]*regexp.Regexp
	lawful     []*regexp.Regexp
	homophones []homophone
}

type homophone struct {
	from, to []rune
	word     bool // Latin: counts only as a whole word
}

// phrases compiles phrases.json on first use.
var phrases = sync.OnceValue(func() phraseTable {
	var file struct {
		Rules      map[string][]string `json:"rules"`
		Lawful     []string            `json:"lawful_context"`
		Homophones map[string]string   `json:"homophones"`
	}
	if err := json.Unmarshal(phrasesJSON, &file); err != nil {
		panic("phrases.json: " + err.Error()) // embedded, and read by a test
	}
	t := phraseTable{rules: map[string][]*regexp.Regexp{}, categories: slices.Sorted(maps.Keys(file.Rules))}
	for c, list := range file.Rules {
		for _, re := range list {
			t.rules[c] = append(t.rules[c], regexp.MustCompile(re))
		}
	}
	for _, re := range file.Lawful {
		t.lawful = append(t.lawful, regexp.MustCompile(re))
	}
	for _, from := range slices.Sorted(maps.Keys(file.Homophones)) {
		h := homophone{from: []rune(strings.ToLower(from)), to: []rune(file.Homophones[from])}
		h.word = h.from[0] < unicode.MaxASCII
		t.homophones = append(t.homophones, h)
	}
	slices.SortStableFunc(t.homophones, func(a, b homophone) int { return len(b.from) - len(a.from) })
	return t
})

// FindPhrases looks for candidate phrases in a message that was received.
// Spelling tricks are undone for the search only: full-width letters,
// invisible characters, one or two marks between Han characters, a few
// homophones. Hits stand in the order of their categories, then places.
func FindPhrases(s string) []PhraseHit {
	t := phrases()
	flat := flatten(s)
	plain, at := flat.text()
	review := slices.ContainsFunc(t.lawful, func(re *regexp.Regexp) bool { return re.MatchString(plain) })
	var out []PhraseHit
	for _, c := range t.categories {
		first := len(out)
		for _, re := range t.rules[c] {
			for _, m := range re.FindAllStringIndex(plain, -1) {
				if m[0] == m[1] {
					continue
				}
				h := PhraseHit{Category: c, Start: flat[at[m[0]]].start, End: flat[at[m[1]-1]].end, Review: review}
				h.Text = s[h.Start:h.End]
				if !slices.Contains(out[first:], h) {
					out = append(out, h)
				}
			}
		}
		slices.SortStableFunc(out[first:], func(a, b PhraseHit) int { return a.Start - b.Start })
	}
	return out
}

// A flatRune is a character for the search and the bytes it came from.
type flatRune struct {
	r          rune
	start, end int
}

type flatRunes []flatRune

// text is the string to search, and for each byte the index of its rune.
func (f flatRunes) text() (string, []int) {
	var b strings.Builder
	var at []int
	for n, x := range f {
		size := b.Len()
		b.WriteRune(x.r)
		for range b.Len() - size {
			at = append(at, n)
		}
	}
	return b.String(), at
}

// flatten undoes spelling tricks and keeps the way back to the original.
func flatten(s string) flatRunes {
	var f flatRunes
	for i, r := range s {
		end := i + len(string(r))
		if r == unicode.ReplacementChar {
			end = min(i+1, len(s)) // a broken byte, or the character itself
			if strings.HasPrefix(s[i:], "\uFFFD") {
				end = i + 3
			}
		}
		for _, k := range norm.NFKC.String(string(r)) {
			if !unicode.In(k, unicode.Cf, unicode.Cc, unicode.Mn) {
				f = append(f, flatRune{k, i, end})
			}
		}
	}
	return replaceHomophones(dropMarks(f))
}

// dropMarks takes one or two marks out from between Han characters. Marks
// that end a clause stay: sentences are not joined.
func dropMarks(f flatRunes) flatRunes {
	out := f[:0:0]
	han := func(n int) bool { return n >= 0 && n < len(f) && unicode.Is(unicode.Han, f[n].r) }
	mark := func(n int) bool { return n < len(f) && strings.ContainsRune(" .·•*-_~|/\\+=^#&", f[n].r) }
	for n := 0; n < len(f); n++ {
		if han(n-1) && mark(n) {
			if han(n + 1) {
				continue
			}
			if mark(n+1) && han(n+2) {
				n++
				continue
			}
		}
		out = append(out, f[n])
	}
	return out
}

func replaceHomophones(f flatRunes) flatRunes {
	out := f[:0:0]
	for n := 0; n < len(f); {
		h := homophoneAt(f, n)
		if h == nil {
			out = append(out, f[n])
			n++
			continue
		}
		for _, r := range h.to {
			out = append(out, flatRune{r, f[n].start, f[n+len(h.from)-1].end})
		}
		n += len(h.from)
	}
	return out
}

func homophoneAt(f flatRunes, n int) *homophone {
	table := phrases().homophones
	latin := func(n int) bool { return n >= 0 && n < len(f) && f[n].r < unicode.MaxASCII && unicode.IsLetter(f[n].r) }
	for i := range table {
		h := &table[i]
		if n+len(h.from) > len(f) || h.word && (latin(n-1) || latin(n+len(h.from))) {
			continue
		}
		same := true
		for k, r := range h.from {
			same = same && unicode.ToLower(f[n+k].r) == r
		}
		if same {
			return h
		}
	}
	return nil
}

// phraseLabels name the groups of phrases.json. They say what the words look
// like, not what they are in law.
var phraseLabels = map[string]evidence.Text{
	"threat_violence":        {ZH: "像是暴力威胁", EN: "like a threat of violence"},
	"family_threat":          {ZH: "像是拿家人威胁", EN: "like a threat to the family"},
	"threat_visit":           {ZH: "像是威胁上门", EN: "like a threat of a visit"},
	"insult":                 {ZH: "像是辱骂", EN: "like an insult"},
	"harass_threat":          {ZH: "像是威胁不停来电", EN: "like a threat of endless calls"},
	"third_party_disclosure": {ZH: "像是联系别人或透露欠款", EN: "like reaching or telling others"},
	"exposure_threat":        {ZH: "像是威胁曝光", EN: "like a threat of exposure"},
	"impersonate_police":     {ZH: "像是自称公安", EN: "like posing as police"},
	"impersonate_court":      {ZH: "像是自称法院、检察院或调解机构", EN: "like posing as a court"},
	"impersonate_lawyer":     {ZH: "像是自称律师", EN: "like posing as a lawyer"},
	"false_criminal_threat":  {ZH: "声称有刑事后果", EN: "claims criminal consequences"},
	"false_legal_threat":     {ZH: "声称有其他法律后果", EN: "claims other legal consequences"},
	"fake_document":          {ZH: "提到立案、拘留等文书", EN: "names official papers"},
	"new_borrowing":          {ZH: "像是逼人另借钱来还", EN: "like pressing to borrow elsewhere"},
	"personal_account":       {ZH: "要求转到私人账户", EN: "asks for payment to a private account"},
}

// PhraseLabel names the group of a hit for a reader.
func PhraseLabel(category string) evidence.Text { return phraseLabels[category] }

// Phrases looks through the messages that were received, and those of an
// unknown direction. Calls are left out: what their rows hold is the person's
// own writing.
func Phrases(rows []evidence.Incident) []MessageHit {
	var out []MessageHit
	for _, r := range rows {
		if r.Direction == evidence.Out || r.Kind == evidence.Call {
			continue // the person's own words hold the same phrases
		}
		for _, h := range FindPhrases(r.Shown) {
			out = append(out, MessageHit{r.ID, h})
		}
	}
	return out
}

// An ExhibitHit is a hit in what a transcript writes down, or in what a
// program read off a picture or heard in a recording.
type ExhibitHit struct {
	Exhibit string
	At      time.Duration // in the recording; -1: not known
	Machine bool          // read by a program, and checked by nobody
	PhraseHit
}

// PhrasesInReadings looks through the readings that nobody has accepted, in
// both versions where there are two.
func PhrasesInReadings(readings []evidence.Reading) []ExhibitHit {
	var out []ExhibitHit
	for _, r := range readings {
		if !r.Accepted.IsZero() {
			continue // its words stand in a row or a transcript by now
		}
		seen := map[string]bool{}
		for _, text := range []string{r.Text, r.Other} {
			for _, h := range FindPhrases(text) {
				if key := h.Category + h.Text; !seen[key] {
					seen[key] = true
					out = append(out, ExhibitHit{r.Exhibit, -1, true, h})
				}
			}
		}
	}
	return out
}

// maxTranscript bounds what is looked through of one transcript.
const maxTranscript = 64 << 20

// PhrasesInTranscripts looks through the exhibits that are transcripts.
func PhrasesInTranscripts(f *folder.Folder, exhibits []evidence.Exhibit) ([]ExhibitHit, error) {
	var out []ExhibitHit
	for _, x := range exhibits {
		if x.Kind != evidence.Transcript {
			continue
		}
		in, err := f.OpenExhibit(x)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(in, maxTranscript+1))
		in.Close()
		if err == nil && len(data) > maxTranscript {
			err = fmt.Errorf("a transcript of more than %d bytes", maxTranscript)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.Number, err)
		}
		cues, _ := transcript.Read(data) // what stands before a mistake is read
		for _, c := range cues {
			at := c.Begin
			if c.End == 0 {
				at = -1
			}
			for _, h := range FindPhrases(c.Text) {
				out = append(out, ExhibitHit{x.Number, at, x.MachineMade() && !x.Checked(), h})
			}
		}
	}
	return out, nil
}
