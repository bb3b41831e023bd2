package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A readShot is a picture of the collector's of one message, with what a program read.
type readShot struct {
	row evidence.Incident
	device.Shot
}

// inOne asks of several pictures of one sender, each of one message, whether what a
// program read off them stands there letter by letter: what is so is not copied out
// again, and whatever is not ticked is asked about by itself. It returns the pictures
// that are left for that.
func (l *lister) inOne(theirs []evidence.Incident) (left []evidence.Incident) {
	bySender := map[string][]readShot{}
	var senders []string
	for _, i := range theirs {
		m, ok := l.single(i)
		key := m.Number + m.Name
		_, _, other := l.owner(i)
		if !ok || other || l.askedInOne(i) || i.ToldBy != "" || l.phoneOpen(i) {
			left = append(left, i)
			continue
		}
		if bySender[key] == nil {
			senders = append(senders, key)
		}
		bySender[key] = append(bySender[key], readShot{i, m})
	}
	for _, key := range senders {
		shots := bySender[key]
		if len(shots) < 2 {
			left = append(left, shots[0].row)
			continue
		}
		for _, m := range shots {
			l.readInOne[m.row.ID] = true
		}
		l.askInOne(key, shots)
	}
	return left
}

// laterInOne notes the pictures that may be asked about so once it is said which show the
// collector: their words wait for that, unless somebody may be in danger.
func (l *lister) laterInOne(open []evidence.Incident) {
	first := map[string]string{} // by sender
	for _, i := range open {
		m, ok := l.single(i)
		if !ok {
			continue
		}
		key := m.Number + m.Name
		if of, known := first[key]; known {
			l.mayBeInOne[of], l.mayBeInOne[i.ID] = true, true
		} else {
			first[key] = i.ID
		}
	}
}

// single is the message on the picture of a row, where it shows one and a program read it.
func (l *lister) single(i evidence.Incident) (m device.Shot, ok bool) {
	if len(i.Exhibits) != 1 || !l.screenshots(i) {
		return m, false
	}
	for _, p := range l.Papers {
		if p.Machine && p.Exhibit == i.Exhibits[0] {
			var taken time.Time
			if evidence.PictureTime(i, l.Exhibits) {
				taken = i.Time.At
			}
			m, ok = device.Seen{Text: p.Text}.Single(taken)
		}
	}
	named := i.Name != "" && i.Name != m.Name || i.Number != "" && i.Number != m.Number
	return m, ok && !named
}

// askedInOne reports a picture that was asked about among others: what is still open of it
// is asked by itself.
func (l *lister) askedInOne(i evidence.Incident) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		return g.Kind == Picture && len(g.Incidents) > 1 && len(g.Subject) > 1 && g.Value != Skip &&
			slices.Contains(g.Incidents, i.ID)
	})
}

func (l *lister) askInOne(sender string, shots []readShot) {
	var rows []evidence.Incident
	q := Question{Kind: Picture, Parts: len(shots)}
	for _, m := range shots {
		rows = append(rows, m.row)
		x := m.row.Exhibits[0]
		q.List = append(q.List, evidence.Text{ZH: fmt.Sprintf("%s，%s：“%s”", x, m.Time, m.Words),
			EN: fmt.Sprintf("%s, %s: “%s”", x, m.Time, m.Words)})
	}
	list := inOrder(q.List)
	q.About = About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows), File: strings.Join(exhibitsOf(rows), " "),
		Column: "what the file shows"}
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("这 %d 张图是“%s”发来的，程序读出了图上的时间和原话。对着图一张张看：哪几张一个字也没有读错，而且是催收对您说的？%s", len(shots),
			sender, list.ZH),
		EN: fmt.Sprintf("These %d pictures are of messages of “%s”, and a program read the time and the words. Compare each "+
			"with its picture: on which is every character right, and the collector speaking to you? %s", len(shots),
			sender, list.EN)}
	q.Why = evidence.Text{ZH: "程序读图会读错字，也看不出话是谁说的；信里只能写图上的原话",
		EN: "programs get characters wrong, and do not know who speaks; letters quote pictures word for word"}
	q.Effect = evidence.Text{ZH: "勾上的，照读出来的写，不用再抄；没有勾的，接着逐张请您改",
		EN: "those you tick are written down as they were read; the others are put right by you one by one"}
	q.Choices = yesNo("每一张都对，都是对我说的", "all of them", "没有一张全对", "none of them")
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, m := range shots {
			if !isYes(value, n+1, len(shots)) {
				continue
			}
			one := Question{Fields: fieldsOf(m.row, l.Exhibits)}
			edits, err := l.writtenEdits(one, m.row, one.With(m.Words, map[string]string{byField.Name: toMe,
				SenderName: m.Name + m.Number, SentName: m.Time}))
			if err != nil {
				return nil, err
			}
			out = append(out, edits...)
		}
		return out, nil
	})
}

// openOn reports a question of a kind about a row that is on the list and was not skipped.
func (l *lister) openOn(k Kind, id string) bool {
	return slices.ContainsFunc(l.out, func(q Question) bool {
		return q.Kind == k && slices.Contains(q.About.Incidents, id) && !l.skipped(q.ID)
	})
}
