package ask

import (
	"fmt"
	"slices"

	"juzheng/evidence"
)

// unsure is the smallest group with which the person was asked about a row and
// wanted it asked in parts; dont reports that they do not know.
func (l *lister) unsure(k Kind, b evidence.Breach, id string) (of Given, alone, dont bool) {
	for _, g := range l.Given {
		if g.Kind != k || g.Breach != b || g.Value != Unknown && g.Value != apart || !slices.Contains(g.Incidents, id) {
			continue
		}
		if g.Value == Unknown {
			return g, true, true
		}
		if !alone || len(g.Incidents) <= len(of.Incidents) {
			of, alone = g, true
		}
	}
	return of, alone, false
}

// grouped are the kinds of questions that join rows, and take them apart again for
// who cannot answer for all.
var grouped = []Kind{Told, Speaker, Words, Role, Reached, Direction, Disclosed, Reachable, Refused, OnPicture}

// inParts is the answer that rows of a group differ, or that of some it is not known.
var inParts = Choice{apart, evidence.Text{ZH: "有的是、有的不是，或者有的说不清：分开再问",
	EN: "some are, some are not, or I know it of some alone: ask me in parts"}}

// someUnknown is that answer where the person can also name those that are.
var someUnknown = Choice{apart, evidence.Text{ZH: "有的说不清：分开再问", EN: "I know it of some alone: ask me in parts"}}

// fewEnough are so few that halves of them would ask more often than one by one does.
const fewEnough = 6

// groups parts rows into those that are asked about together, by a key that
// what is asked has in common. Where the person wants a group asked in parts, each
// half of it is asked about, and of a few each row. A question that put
// several such groups one beside the other falls apart into them first, if it is of many rows.
func (l *lister) groups(k Kind, b evidence.Breach, rows []evidence.Incident,
	key func(evidence.Incident) string) [][]evidence.Incident {
	var out [][]evidence.Incident
	at := map[string]int{}
	for _, i := range rows {
		of, parted, dont := l.unsure(k, b, i.ID)
		if dont {
			continue
		}
		together := key(i)
		if parted && (len(of.Incidents) <= fewEnough || !slices.ContainsFunc(of.Incidents, func(id string) bool {
			o, known := l.rows[id]
			return known && key(o) != together
		})) {
			part := slices.Index(of.Incidents, i.ID)
			if len(of.Incidents) > fewEnough {
				part /= (len(of.Incidents) + 1) / 2
			}
			together = fmt.Sprint(of.Question, part)
		}
		n, known := at[together]
		if !known {
			n = len(out)
			at[together], out = n, append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}
