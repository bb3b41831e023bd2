package desk

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// A FiledDay is how much was handed in to one body on one day, over many cases.
type FiledDay struct {
	Body  string `json:"body,omitempty"` // slug; empty: one that the directory does not have
	Name  string `json:"name"`
	Day   string `json:"day"`
	Count int    `json:"count"`
	Most  int    `json:"most_by_one"`     // of them, the most by one person
	Limit int    `json:"limit,omitempty"` // a person and day, by the directory; 0: not known
}

// Over reports that one person handed in more than the body takes of them a day.
func (f FiledDay) Over() bool { return f.Limit > 0 && f.Most > f.Limit }

// FiledPerDay counts what was handed in by body and day, the latest day first.
func FiledPerDay(all []CaseStatus) []FiledDay {
	var c FiledCounts
	for _, s := range all {
		c.Add(s)
	}
	return c.Days()
}

// FiledCounts counts what was handed in by body and day, case after case. It keeps
// counts, and of a case nothing but whose it is.
type FiledCounts struct {
	days []FiledDay
	by   map[[2]string]map[string]int // body's name and day -> person -> how much
}

// Add counts what was handed in in one more case.
func (c *FiledCounts) Add(s CaseStatus) {
	if c.by == nil {
		c.by = map[[2]string]map[string]int{}
	}
	for _, l := range s.Lanes {
		for _, n := range l.Filings {
			f := FiledDay{Body: l.Recipient.Slug, Name: l.Recipient.Name, Day: s.filed[n].Date}
			if f.Body == "platform" || f.Body == "lender" {
				f.Body = "" // parts of a case, and no bodies
			}
			key := [2]string{f.Name, f.Day}
			if c.by[key] == nil {
				c.by[key] = map[string]int{}
				for _, x := range l.Recipient.Channels {
					if x.MaxPerDay > 0 && (f.Limit == 0 || x.MaxPerDay < f.Limit) {
						f.Limit = x.MaxPerDay
					}
				}
				c.days = append(c.days, f)
			}
			c.by[key][s.person]++
		}
	}
}

// Days are the counts, the latest day first.
func (c *FiledCounts) Days() []FiledDay {
	out := slices.Clone(c.days)
	for n, f := range out {
		for _, count := range c.by[[2]string{f.Name, f.Day}] {
			out[n].Count += count
			out[n].Most = max(out[n].Most, count)
		}
	}
	slices.SortFunc(out, func(a, b FiledDay) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// FewestClients is how many clients a number must have called before the pooled view
// has it: with fewer, who they are might be told from it.
const FewestClients = 3

// A PooledCaller is a number that called several clients.
type PooledCaller struct {
	Number  string `json:"number"`
	Clients int    `json:"clients"`
	Acts    int    `json:"acts"` // calls and messages, answered or not
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
}

// Pooled is which numbers called several of the clients of a folder. Nobody's name, and
// no case's, is in it.
type Pooled struct {
	Callers []PooledCaller
	Cases   int
	Failed  int // that could not be read
	Unnamed int // whose client has no name, so that nobody can tell them apart
	Fewer   int // numbers of fewer clients than [FewestClients]
}

// A PooledSummary counts.
type PooledSummary struct {
	Cases     int `json:"cases"`
	Failed    int `json:"failed"`
	Unnamed   int `json:"unnamed"`
	Threshold int `json:"threshold"`
	Fewer     int `json:"fewer"`
}

// Lines are the objects of the result.
func (r Pooled) Lines() []Line {
	var out []Line
	for _, c := range r.Callers {
		out = append(out, Line{"caller", c})
	}
	return append(out, Line{"summary", PooledSummary{r.Cases, r.Failed, r.Unnamed, FewestClients, r.Fewer}})
}

// PoolCallers pools the numbers that clients said are of those who collect, over all cases
// of a folder. Clients are told apart by a hash of their names under a key that is drawn
// for this run and kept nowhere: two of one name count as one.
func PoolCallers(ctx context.Context, d Desk, root string) (Pooled, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return Pooled{}, err
	}
	var r Pooled
	of := map[string]*PooledCaller{}
	clients := map[string]map[[sha256.Size]byte]bool{}
	err := eachCase(ctx, root, func(dir, _ string) {
		r.Cases++
		x, err := Open(ctx, d, dir)
		name := strings.ToLower(strings.Join(strings.Fields(x.Case.Complainant.Name), ""))
		switch {
		case err != nil:
			r.Failed++
			return
		case name == "":
			r.Unnamed++
			return
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(name))
		client := [sha256.Size]byte(mac.Sum(nil))
		for _, i := range x.Incidents {
			number := evidence.NormalNumber(i.Number)
			if number == "" || i.Use == evidence.No || i.Direction == evidence.Out || !collecting(x.Case, number) {
				continue
			}
			if of[number] == nil {
				of[number], clients[number] = &PooledCaller{Number: number}, map[[sha256.Size]byte]bool{}
			}
			of[number].add(i)
			clients[number][client] = true
		}
	})
	if err != nil {
		return r, err
	}
	for number, c := range of {
		if c.Clients = len(clients[number]); c.Clients < FewestClients {
			r.Fewer++
			continue
		}
		r.Callers = append(r.Callers, *c)
	}
	slices.SortFunc(r.Callers, func(a, b PooledCaller) int {
		return cmp.Or(cmp.Compare(b.Clients, a.Clients), cmp.Compare(b.Acts, a.Acts), cmp.Compare(a.Number, b.Number))
	})
	return r, nil
}

// collecting reports a number that the person said is of those who collect.
func collecting(c evidence.Case, number string) bool {
	return slices.ContainsFunc(c.Numbers, func(n evidence.Number) bool {
		return n.Side.Collecting() && evidence.NormalNumber(n.Number) == number
	})
}

func (c *PooledCaller) add(i evidence.Incident) {
	c.Acts++
	if i.Time.IsZero() {
		return
	}
	day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
	if c.First == "" || day < c.First {
		c.First = day
	}
	c.Last = max(c.Last, day)
}
