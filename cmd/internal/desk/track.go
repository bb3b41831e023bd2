package desk

import (
	"context"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
)

// A Lane is how far the complaint to one recipient has come, with what of it
// lies in the case folder.
type Lane struct {
	track.Lane
	Filing  evidence.Filing // that its state follows from; zero: nothing was handed in
	Later   []evidence.Filing
	Kept    string   // the papers that were filed, below the case folder; empty: none are kept
	Changed []string // of them, what is no longer as it was filed
	New     string   // the first exhibit that came after the filing and belongs there; empty: none
	Shows   []string // what that letter shows, and a letter that follows it would cover
	Added   []string // exhibits of the evidence that came after the papers kept of the filing
	Forward bool     // a complaint to be passed on is made in this case
	Recheck bool     // the body above can be asked to look at the answer
}

// A Tracked is where the complaints of a case stand.
type Tracked struct {
	Lanes   []Lane
	Entered int    // the lane that an entry was made in, from 0; -1: none was made
	Exhibit string // that the proof given is; empty: none was given
	Undone  *Undone
}

// Undone is an entry that was taken back.
type Undone struct {
	folder.TakenBack
	Name string // of whom it was about
}

// Track says where the complaints of a case stand. It writes nothing.
func Track(ctx context.Context, d Desk, dir string) (Tracked, error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return Tracked{}, err
	}
	return tracked(x)
}

// TrackOf says where the complaints of a case stand that was read.
func TrackOf(x Dossier) (Tracked, error) { return tracked(x) }

func tracked(x Dossier) (Tracked, error) {
	r := Tracked{Entered: -1}
	roads, err := roadsOf(x)
	if err != nil {
		return r, err
	}
	filed, err := x.Folder.Filed()
	if err != nil {
		return r, err
	}
	waiting, err := due(x, roads.competent)
	if err != nil {
		return r, err
	}
	for _, l := range lanesOf(x, roads) {
		lane := Lane{Lane: l, Forward: forwardable(x.Case) == nil}
		if lane.Filing, _ = l.Last(x.Case); l.Base < 0 {
			r.Lanes = append(r.Lanes, lane)
			continue
		}
		lane.Recheck = track.Recheckable(x.Case, l.Role) && lane.Filing.Letter != evidence.Recheck
		for _, n := range l.Filings {
			f := x.Case.Filings[n]
			if n != l.Base && f.Date >= lane.Filing.Date {
				lane.Later = append(lane.Later, f)
			}
			p, ok := folder.KeptFor(filed, f.To, f.Date)
			if !ok || lane.Kept != "" && n != l.Base {
				continue
			}
			lane.Kept = p.Folder
			if lane.Changed, _, err = x.Folder.FiledChanges(p); err != nil {
				return r, err
			}
			if l.State == track.Answered || l.State == track.Overdue { // a letter may follow, and enclose it
				if lane.Shows, err = laneShows(x, roads.competent, p); err != nil {
					return r, err
				}
			}
		}
		if lane.Kept != "" {
			if lane.Added, err = grownSince(x, l); err != nil {
				return r, err
			}
		}
		if at := slices.IndexFunc(waiting, func(u Due) bool {
			return u.Name == l.Recipient.Name &&
				u.Role == l.Asked
		}); at >= 0 {
			lane.New = waiting[at].From
		}
		r.Lanes = append(r.Lanes, lane)
	}
	return r, nil
}

// grownSince are the exhibits that came into the evidence after what was handed in in a
// lane: the papers that were filed are without them, whether they belong there or not. An
// extract is none: its log is.
func grownSince(x Dossier, l track.Lane) ([]string, error) {
	var filings []evidence.Filing
	for _, n := range l.Filings {
		filings = append(filings, x.Case.Filings[n])
	}
	all, err := addedSince(x, filings)
	return slices.DeleteFunc(all, func(number string) bool {
		return !slices.ContainsFunc(x.Exhibits,
			func(e evidence.Exhibit) bool { return e.Number == number && e.Extract == nil && !x.Out[number] })
	}), err
}

// roads are the recipients of a case, and those of them competent for something.
type roads struct {
	all       []track.Road
	competent []addressee
}

// roadsOf finds the recipients of a case one by one: one that the case does not
// lead to yet keeps no other from being found.
func roadsOf(x Dossier) (r roads, err error) {
	var all []addressee
	for _, role := range evidence.AllRoles() {
		if role == evidence.ToLender && !x.Case.Lender.Known() {
			continue // the letter to the platform asks who it is
		}
		found, err := recipients(x, []evidence.Role{role})
		if err != nil {
			continue
		}
		a := found[0]
		if a.role == evidence.ToLender && slices.ContainsFunc(all, func(o addressee) bool {
			return o.recipient.Kind == "lender" || o.recipient.Name == a.recipient.Name
		}) {
			continue // the letter to the platform goes to it
		}
		all = append(all, a)
	}
	r.competent, _ = competent(x, all)
	for _, a := range all {
		road := track.RoadTo(a.role, a.recipient)
		stock, any, err := x.Folder.StockOf(a.folder)
		if err != nil {
			return r, err
		}
		road.Papers, road.Signed = any && stock.Standing, stock.Signed
		r.all = append(r.all, road)
	}
	return r, nil
}

// lanesOf are the lanes of a case: of recipients who are competent for something,
// and of all that something was handed in to. A lender nothing was made for has
// none where the platform has one.
func lanesOf(x Dossier, r roads) []track.Lane {
	return slices.DeleteFunc(track.Lanes(x.Case, r.all, x.Date), func(l track.Lane) bool {
		able := slices.ContainsFunc(r.competent, func(a addressee) bool { return a.role == l.Role })
		usual := l.Papers || slices.Contains(evidence.UsualRoles(), l.Role)
		return l.Base < 0 && !(able && usual)
	})
}

// A LaneLine is a lane as a program reads it.
type LaneLine struct {
	Role      evidence.Role    `json:"role"` // as --to has it; empty: no letter is made for it
	Name      string           `json:"name"`
	State     track.State      `json:"state"`
	Next      track.Next       `json:"next"`
	Filed     string           `json:"filed,omitempty"`
	Receipt   string           `json:"receipt,omitempty"`
	Accepted  string           `json:"accepted,omitempty"`
	Answered  string           `json:"answered,omitempty"`
	Outcome   evidence.Outcome `json:"outcome,omitempty"`
	Withdrawn string           `json:"withdrawn,omitempty"`
	Closed    string           `json:"closed,omitempty"`
	Until     string           `json:"until,omitempty"`
	ByRule    bool             `json:"by_rule"`
	Terms     []Term           `json:"terms"`
	Later     []LaterLine      `json:"later"`
	Kept      string           `json:"kept,omitempty"`
	Changed   []string         `json:"changed,omitempty"`
	New       string           `json:"new,omitempty"`
	Added     []string         `json:"added,omitempty"`
	Shows     []string         `json:"shows,omitempty"`
}

// A LaterLine is what was handed in after the complaint.
type LaterLine struct {
	Letter  string `json:"letter"`
	Date    string `json:"date"`
	Receipt string `json:"receipt,omitempty"`
}

// An UndoneLine is an entry that was taken back, as a program reads it.
type UndoneLine struct {
	Verb     string    `json:"verb"`
	Name     string    `json:"name"`
	Date     string    `json:"date"` // of the filing
	Receipt  string    `json:"receipt,omitempty"`
	Made     time.Time `json:"made"`
	Kept     string    `json:"kept,omitempty"`
	Exhibits []string  `json:"exhibits"`
}

// A TrackSummary counts lanes by what they wait for.
type TrackSummary struct {
	Lanes   int    `json:"lanes"`
	Overdue int    `json:"overdue"`
	Exhibit string `json:"exhibit,omitempty"`
}

// Lines are the objects of the result.
func (r Tracked) Lines() []Line {
	var out []Line
	s := TrackSummary{Lanes: len(r.Lanes), Exhibit: r.Exhibit}
	if u := r.Undone; u != nil {
		out = append(out, Line{"undone", UndoneLine{u.Verb, u.Name, u.Filing.Date, u.Filing.Receipt, u.Made, u.Kept,
			list(u.Exhibits)}})
	}
	for _, l := range r.Lanes {
		if l.State == track.Overdue {
			s.Overdue++
		}
		out = append(out, Line{"lane", l.line()})
	}
	return append(out, Line{"summary", s})
}

func (l Lane) line() LaneLine {
	f := l.Filing
	out := LaneLine{Role: l.Asked, Name: l.Recipient.Name, State: l.State, Next: l.Next, Filed: f.Date,
		Receipt: f.Receipt, Accepted: f.Accepted, Answered: f.Answered, Outcome: f.Outcome, Withdrawn: f.Withdrawn,
		Closed: f.Closed, ByRule: l.ByRule, Terms: []Term{}, Later: []LaterLine{}, Kept: l.Kept, Changed: l.Changed,
		New: l.New, Added: l.Added, Shows: l.Shows}
	if !l.Until.IsZero() {
		out.Until = l.Until.Format(time.DateOnly)
	}
	for _, t := range l.Terms {
		out.Terms = append(out.Terms, termOf(t))
	}
	for _, g := range l.Later {
		out.Later = append(out.Later, LaterLine{g.Letter, g.Date, g.Receipt})
	}
	return out
}

func termOf(t track.End) Term {
	out := Term{Event: t.Event, Days: t.Days, Working: t.Working, About: t.About(), Checked: t.Checked(),
		Basis: t.Basis}
	if !t.Day.IsZero() {
		out.On = t.Day.Format(time.DateOnly)
	}
	return out
}

// Running is the term of a lane that its state is about; false: none sets its
// day.
func (l Lane) Running() (track.End, bool) {
	n := slices.IndexFunc(l.Terms, func(t track.End) bool { return !t.Day.IsZero() && t.Day.Equal(l.Until) })
	if n < 0 || !l.ByRule {
		return track.End{}, false
	}
	return l.Terms[n], true
}
