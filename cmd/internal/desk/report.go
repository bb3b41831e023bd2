package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/track"
	"juzheng/templates/casepage"
	"juzheng/templates/letter"
)

// ReportName is the page of a case, in its folder.
const ReportName = "case.html"

// mostEmbedded is how many bytes of exhibits a page holds; what is beyond them it
// names.
const mostEmbedded = 200_000_000

// ReportOptions say for whom a case is shown.
type ReportOptions struct {
	To      evidence.Role            // empty: the person themselves, nothing is covered
	Out     string                   // the file; empty: [ReportName] in the case folder
	English bool                     // the words of the page
	State   func(Lane) evidence.Text // where a lane stands, in words
	// Term says a term of what was filed on a day, in English.
	Term func(t Term, filed string) string
}

// A Reported is the page of a case.
type Reported struct {
	Path     string `json:"path"`
	Events   int    `json:"events"`
	Embedded int    `json:"embedded"` // exhibits played or shown in the page
	Named    int    `json:"named"`    // that are only named
}

// Lines are the objects of the result.
func (r Reported) Lines() []Line { return []Line{{"report", r}} }

// WriteReport writes a case as one page. Made for somebody else it is covered as their
// papers are, and holds no exhibit itself: the originals would show what is covered.
func WriteReport(ctx context.Context, d Desk, dir string, o ReportOptions) (r Reported, err error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return r, err
	}
	to := addressee{role: evidence.ToPlatform}
	p := casepage.Page{English: o.English, To: string(o.To),
		Made: x.Date.In(evidence.Beijing).Format(time.DateOnly)}
	said := func(t evidence.Text) string { return p.T(t.ZH, t.EN) }
	p.Title = p.T("案件 ", "Case ") + letter.Reference(x.Case.ID)
	p.For = p.T("给本人看，没有遮盖：不要发给别人。", "For the person alone, nothing is covered: send it to nobody.")
	in := order(x, to, bag.Root{}).Input
	if o.To != "" {
		if to, _, err = recipientNamed(x, string(o.To)); err != nil {
			return r, err
		}
		in = input(x, to, bag.Root{})
		p.For = p.T("给"+to.recipient.Name+"，其他人的号码和姓名照给它的材料遮盖；里面没有证据原件。",
			"For "+to.recipient.Name+": other people's numbers and names are covered as in the papers for it; "+
				"no original is in it.")
	}
	if s := x.Report.Emergency; s.ZH != "" && o.To == "" {
		p.Notes = append(p.Notes, said(s))
	}
	pageEvents(&p, in, o.To != "")
	theirs := attachedTo(x, to)
	for _, e := range in.Exhibits {
		if o.To != "" && !slices.Contains(theirs, e.Number) {
			continue // of no paper of theirs: its name and digest are none of their business
		}
		if err := ctx.Err(); err != nil {
			return r, err
		}
		shown, err := pageExhibit(x, e, p, &r)
		if err != nil {
			return r, err
		}
		p.Exhibits = append(p.Exhibits, shown)
	}
	for n, e := range p.Events { // what the page does not show it does not lead to
		p.Events[n].Exhibits = slices.DeleteFunc(slices.Clone(e.Exhibits), func(number string) bool {
			return !slices.ContainsFunc(p.Exhibits, func(s casepage.Exhibit) bool { return s.Number == number })
		})
	}
	t, err := tracked(x)
	if err != nil {
		return r, err
	}
	for _, l := range t.Lanes {
		if o.To != "" && l.Role != to.role {
			continue // what was handed in elsewhere is between the person and that body
		}
		lane := casepage.Lane{Name: l.Recipient.Name, State: said(o.State(l))}
		if l.Role == evidence.ToForward { // the same body as that of the report
			lane.Name += p.T("（请转办）", " (to pass on)")
		}
		if l.Base >= 0 {
			lane.Answer = in.Case.Filings[l.Base].Answer
			for _, end := range l.Terms {
				s := letter.DeadlinesOf([]track.End{end})[0].String()
				if o.English {
					s = o.Term(termOf(end), l.Filing.Date)
				}
				lane.Terms = append(lane.Terms, s)
			}
		}
		p.Lanes = append(p.Lanes, lane)
	}
	r.Events, r.Path = len(p.Events), o.Out
	if r.Path == "" {
		r.Path = x.Folder.Path(ReportName)
	}
	if !reportOf(r.Path) {
		return r, &TakenError{r.Path}
	}
	var b bytes.Buffer
	if err := casepage.Write(&b, p); err != nil {
		return r, err
	}
	return r, disk.Replace(r.Path, b.Bytes(), 0o600)
}

// reportOf reports a path where the page can go: nothing is there, or an earlier one.
func reportOf(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 1024))
	_, ours := casepage.MadeFor(head)
	return err == nil && ours
}

var strengths = map[evidence.Strength]evidence.Text{
	evidence.Shown:  {ZH: "有材料证明", EN: "shown by a file"},
	evidence.Stated: {ZH: "只有本人陈述", EN: "the person's word alone"},
	evidence.Review: {ZH: "需要再看，没有写进信里", EN: "to be looked at; in no letter"},
}

// pageEvents tells the acts of the matter by time, and what the rules say of them.
// Who it is given to gets no more than letters tell: not what is still to be looked at,
// nor acts that no finding is about.
func pageEvents(p *casepage.Page, in letter.Input, given bool) {
	said := func(t evidence.Text) string { return p.T(t.ZH, t.EN) }
	what, stated := map[string][]string{}, map[string]bool{}
	for _, f := range in.Findings {
		if given && f.Strength == evidence.Review {
			continue
		}
		shown := casepage.Finding{Title: said(f.Name()), Strength: said(strengths[f.Strength]),
			Stated: f.Strength != evidence.Shown, Method: said(f.Method)}
		for _, i := range f.Incidents {
			what[i.ID] = append(what[i.ID], said(f.Name()))
			stated[i.ID] = stated[i.ID] || f.Strength == evidence.Stated
			shown.Rows = append(shown.Rows, i.ID)
		}
		for _, c := range f.Citations {
			shown.Ground = append(shown.Ground, "《"+c.Name+"》"+c.Article+p.T("：", ": ")+said(c.Substance))
		}
		for _, d := range f.Doubts {
			shown.Doubts = append(shown.Doubts, said(d.Text))
		}
		p.Findings = append(p.Findings, shown)
	}
	all := slices.DeleteFunc(slices.Clone(in.Incidents), func(i evidence.Incident) bool {
		return !in.Case.Concerns(i) || given && what[i.ID] == nil
	})
	slices.SortStableFunc(all, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	counts := map[string]int{}
	var days []string
	for _, i := range all {
		kinds := slices.Compact(slices.Sorted(slices.Values(what[i.ID])))
		e := casepage.Event{ID: i.ID, When: p.T("时间不详", "time unknown"), Way: said(letter.Way(i)), From: i.Number,
			Shown: i.Shown, Words: i.Words, What: strings.Join(kinds, p.T("；", "; ")), Exhibits: i.Exhibits,
			Stated: stated[i.ID]}
		if e.From == "" && !given { // others get names as their letters have them, in the words
			e.From = i.Name
		}
		if !i.Time.IsZero() {
			at := i.Time.At.In(evidence.Beijing)
			day := at.Format(time.DateOnly)
			e.When = day
			if i.Time.Precision != evidence.ToDay {
				e.When = at.Format("2006-01-02 15:04")
			}
			if counts[day]++; counts[day] == 1 {
				days = append(days, day)
			}
		}
		p.Events = append(p.Events, e)
	}
	p.Chart = casepage.ChartOf(days, counts)
}

// pageExhibit shows an exhibit: in the page itself what a browser plays, as long as
// there is room.
func pageExhibit(x Dossier, e evidence.Exhibit, p casepage.Page, r *Reported) (casepage.Exhibit, error) {
	kindWord := e.Kind.Title()
	out := casepage.Exhibit{Number: e.Number, Kind: p.T(kindWord.ZH, kindWord.EN), Name: e.OriginalName, SHA256: e.SHA256}
	if at, err := time.Parse(time.RFC3339, e.Captured.Time); err == nil {
		out.When = at.In(evidence.Beijing).Format("2006-01-02 15:04")
	}
	kind, _, _ := strings.Cut(e.MediaType, "/")
	played := slices.Contains([]string{"audio", "video", "image"}, kind)
	switch {
	case p.To != "":
		out.Note = p.T("原件没有放在这一页里", "the original is not in this page")
	case !played:
		out.Note = p.T("原件在案件夹的 exhibits/", "the original is exhibits/") + e.File
	case e.Size > mostEmbedded:
		out.Note = fmt.Sprintf(p.T("太大（%d MB），没有放进这一页，原件在 exhibits/%s", "too large (%d MB) for this page; the original is "+
			"exhibits/%s"), e.Size/1_000_000, e.File)
	default:
		in, err := x.Folder.OpenExhibit(e)
		if err != nil {
			return out, err
		}
		defer in.Close()
		data, err := io.ReadAll(in)
		if err != nil {
			return out, fmt.Errorf("read exhibit %s: %w", e.Number, err)
		}
		out.Media = kind
		out.Src = template.URL("data:" + e.MediaType + ";base64," + base64.StdEncoding.EncodeToString(data))
		r.Embedded++
		return out, nil
	}
	r.Named++
	return out, nil
}
