package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A Caller is what the timeline holds of one number, or of one account of a
// chat.
type Caller struct {
	Number      string
	Account     string
	Side        evidence.Side // by case.toml; empty: not said
	Names       []string
	Answered    int // received and connected
	Missed      int // received and not connected
	Out         int // made by the person
	Messages    int // received
	Nights      int // received from 22:00 to 08:00
	First, Last time.Time
}

// Contacts is how often the number reached the person.
func (n Caller) Contacts() int { return n.Answered + n.Missed + n.Messages }

// Callers are the numbers and accounts of a case, the busiest first.
type Callers struct {
	Numbers []Caller
	Offers  []device.Offer // whose they may be, by what files say
}

// Numbers sums up a case's timeline by number and account. Rows the person left out do not
// count.
func Numbers(ctx context.Context, d Desk, dir string) (Callers, error) {
	x, err := Open(ctx, d, dir)
	if err != nil {
		return Callers{}, err
	}
	return CallersOf(x), nil
}

// A NumberLine is a number as a program reads it.
type NumberLine struct {
	Number   string        `json:"number"`
	Account  string        `json:"account,omitempty"`
	Side     evidence.Side `json:"side"`
	Names    []string      `json:"names"`
	Answered int           `json:"calls_answered"`
	Missed   int           `json:"calls_unanswered"`
	Out      int           `json:"calls_out"`
	Messages int           `json:"messages"`
	Nights   int           `json:"nights"`
	First    string        `json:"first"` // a day; - if no time is known
	Last     string        `json:"last"`
}

// A CallersSummary ends what is said of numbers.
type CallersSummary struct {
	Numbers int `json:"numbers"`
}

// Lines are the objects of the result.
func (r Callers) Lines() []Line {
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.In(evidence.Beijing).Format(time.DateOnly)
	}
	var out []Line
	for _, n := range r.Numbers {
		out = append(out, Line{"number", NumberLine{n.Number, n.Account, n.Side, list(n.Names), n.Answered, n.Missed,
			n.Out,
			n.Messages, n.Nights, day(n.First), day(n.Last)}})
	}
	return append(append(out, suggestions(r.Offers)...), Line{"summary", CallersSummary{len(r.Numbers)}})
}

// suggestions are what files say that only the person can confirm.
func suggestions(offers []device.Offer) []Line {
	var out []Line
	for _, o := range offers {
		o.Incidents = list(o.Incidents)
		out = append(out, Line{"suggestion", o})
	}
	return out
}

func countNumbers(c evidence.Case, rows []evidence.Incident) []Caller {
	at := map[string]int{}
	var out []Caller
	for _, r := range rows {
		key := cmp.Or(r.Number, r.Account())
		if key == "" || r.Use == evidence.No {
			continue
		}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, Caller{Number: r.Number, Account: r.Account(),
				Side: cmp.Or(c.SaidOf(r), c.SideOfWriter(r))})
		}
		l := &out[n]
		if r.Name != "" && !slices.Contains(l.Names, r.Name) {
			l.Names = append(l.Names, r.Name)
		}
		switch {
		case r.Kind == evidence.Call && r.Direction == evidence.Out:
			l.Out++
		case r.Kind == evidence.Call && r.Answered == evidence.No:
			l.Missed++
		case r.Kind == evidence.Call:
			l.Answered++
		case r.Direction != evidence.Out:
			l.Messages++
		}
		if r.Time.IsZero() {
			continue
		}
		if r.Direction != evidence.Out && r.Time.AtNight() {
			l.Nights++
		}
		if l.First.IsZero() || r.Time.At.Before(l.First) {
			l.First = r.Time.At
		}
		if r.Time.At.After(l.Last) {
			l.Last = r.Time.At
		}
	}
	slices.SortStableFunc(out, func(a, b Caller) int {
		return cmp.Or(b.Contacts()-a.Contacts(), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Account, b.Account))
	})
	return out
}
