package letter

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// How a number may be written, by a phone, a person, a spreadsheet.
var spellings = []func(r *rand.Rand, n string) string{
	func(_ *rand.Rand, n string) string { return n },
	func(_ *rand.Rand, n string) string { return "+86" + n },
	func(_ *rand.Rand, n string) string { return "+86 " + n[:3] + "-" + n[3:7] + "-" + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:3] + " " + n[3:7] + " " + n[7:] },
	func(_ *rand.Rand, n string) string { return strings.Join(strings.Split(n, ""), " ") },
	func(_ *rand.Rand, n string) string { return n[:3] + "\u00a0" + n[3:7] + "\u2011" + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:6] + "\u200b" + n[6:] },
	func(_ *rand.Rand, n string) string { return n[:3] + "." + n[3:7] + "." + n[7:] },
	func(_ *rand.Rand, n string) string { return n[:4] + "\n" + n[4:] },
	func(_ *rand.Rand, n string) string { return "(" + n[:3] + ") " + n[3:] },
	func(_ *rand.Rand, n string) string { return n[:3] + "_" + n[3:] },
	func(_ *rand.Rand, n string) string {
		return strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				return c - '0' + '０'
			}
			return c
		}, n)
	},
	func(r *rand.Rand, n string) string { // cut anywhere
		at := 1 + r.IntN(len(n)-2)
		return n[:at] + []string{" ", "-", "  ", " - "[:2], "–"}[r.IntN(5)] + n[at:]
	},
}

// bare is a text with nothing but its digits and letters, so that a number is
// found however it was parted: what stands between is a mark.
func bare(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c >= '0' && c <= '9', c == 'X', c == 'x':
			return c
		case unicode.IsSpace(c), unicode.Is(unicode.Pd, c), unicode.Is(unicode.Cf, c),
			strings.ContainsRune("_·•/()（）.", c):
			return -1
		}
		return '|'
	}, s)
}

// hexes are digests and identifiers, in groups or not: they hold any digits.
var hexes = regexp.MustCompile(`(?i)(?:[0-9a-f]{4} ){3,}[0-9a-f]{4}|[0-9a-f]{32,}|[0-9a-f]{8}-[0-9a-f-]{27}`)

func mobileOf(r *rand.Rand) string { return fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1_000_000_000)) }

func identityOf(r *rand.Rand) string {
	s := fmt.Sprintf("%06d%04d%02d%02d%03d", 110000+r.IntN(500000), 1940+r.IntN(70), 1+r.IntN(12), 1+r.IntN(28),
		r.IntN(1000))
	for _, last := range "0123456789X" {
		if evidence.ValidID(s + string(last)) {
			return s + string(last)
		}
	}
	panic("no check character fits")
}

// Whatever a case holds of other people's numbers, wherever, however they are
// written, no paper for anybody has one in full; nor a listed person's name.
// The collector's numbers stay as they are.
func TestOtherPeopleStayPrivate(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	papers := 0
	for round := range 120 {
		role := []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward, evidence.ToAssociation,
			evidence.ToRegulator}[round%5]
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
		listed, unlisted, id, landline := mobileOf(r), mobileOf(r), identityOf(r),
			"0571"+fmt.Sprint(80000000+r.IntN(9999999))
		in.Case.Numbers = append(slices.Clone(in.Case.Numbers),
			evidence.Number{Number: listed, Side: []evidence.Side{evidence.EmergencySide, evidence.GuarantorSide,
				evidence.OtherSide}[r.IntN(3)], Name: "同事周宁"},
			evidence.Number{Number: "0571-" + landline[4:], Side: evidence.OtherSide, Name: "母亲"})
		secrets := []string{listed, unlisted, id, landline}
		says := func() string {
			s := "催收方致电" + collector
			for _, n := range secrets {
				s += []string{"找周宁，", "；电话", "（", "打给"}[r.IntN(4)] + spellings[r.IntN(len(spellings))](r, n) +
					[]string{"的人", "，", "）", "。"}[r.IntN(4)]
			}
			return s
		}
		in = everywhere(in, says)
		in, _ = Redact(in, nil)
		book := ComposeBook(in, counted())
		for name, d := range map[string]document.Document{"letter": Compose(in, counted()), "list": List(in, counted()),
			"note": CoverNote(in, nil), "book": bookText(book), "start": Start(in,
				[]GuideEntry{{Recipient: in.Recipient, Role: role, Folder: "1"}})} {
			papers++
			text := document.Text(d) + d.Title + d.Subject + d.Author
			for _, x := range book.Exhibits {
				text += "\n" + x.Title
			}
			// Long digests hold any digits.
			stripped := bare(hexes.ReplaceAllString(text, "#"))
			for _, n := range secrets {
				if strings.Contains(stripped, n) {
					at := strings.Index(stripped, n)
					t.Errorf("round %d, %s to %s: holds %s: …%s…", round, name, role, n,
						stripped[max(0, at-30):min(len(stripped), at+40)])
				}
			}
			if strings.Contains(text, "周宁") {
				t.Errorf("round %d, %s to %s: holds a listed name", round, name, role)
			}
			if name == "book" && !strings.Contains(text, collector) {
				t.Errorf("round %d: the collector's number is gone", round)
			}
		}
	}
	if papers != 600 {
		t.Errorf("%d papers", papers)
	}
}

// everywhere puts a text into every place of an input that a person, a phone
// or a file fills. A place this does not know of is one the policy may not.
func everywhere(in Input, says func() string) Input {
	row := func(i evidence.Incident) evidence.Incident {
		i.Name, i.Shown, i.Words, i.SIM = says(), says(), says(), says()
		return i
	}
	rows := func(all []evidence.Incident) []evidence.Incident {
		all = slices.Clone(all)
		for n := range all {
			all[n] = row(all[n])
		}
		return all
	}
	in.Findings, in.Incidents, in.Exhibits = slices.Clone(in.Findings), rows(in.Incidents), slices.Clone(in.Exhibits)
	for n := range in.Findings {
		in.Findings[n].Incidents = rows(in.Findings[n].Incidents)
		in.Findings[n].Doubts = []evidence.Advice{evidence.Advise("%s", "").With(says())}
	}
	in.Passages = map[string][]evidence.Passage{}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		x.Title, x.OriginalName, x.OriginalPath, x.Media.Contact = says(), says()+".m4a", says(), says()
		x.Notes = []evidence.Note{{Code: "own-word", Detail: says()}}
		in.Passages[x.Number] = []evidence.Passage{{Text: says()}}
	}
	c := &in.Case
	c.Requests = []string{says()}
	c.Deferral.Reason, c.Credit.Entry, c.Credit.Wrong = says(), says(), says()
	c.Filings = slices.Clone(c.Filings)
	for n := range c.Filings {
		c.Filings[n].Receipt, c.Filings[n].Answer = says(), says()
	}
	return in
}
