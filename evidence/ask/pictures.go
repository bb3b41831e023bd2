package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// mostWritten is how many pictures are asked to be copied out at a time.
const mostWritten = 3

// Wordless are the rows of screenshots of chats whose words nobody has written
// down: no picture is read by the program, and letters say nothing of them.
func Wordless(rows []evidence.Incident, exhibits []evidence.Exhibit) []evidence.Incident {
	screenshot := map[string]bool{}
	for _, x := range exhibits {
		screenshot[x.Number] = x.Kind == evidence.Screenshot
	}
	var out []evidence.Incident
	for _, i := range rows {
		chat := i.Kind == evidence.Message || i.Kind == evidence.SMS
		if chat && i.Made() && i.Use != evidence.No && i.Shown == "" && i.Words == "" && len(i.Exhibits) > 0 &&
			!slices.ContainsFunc(i.Exhibits, func(x string) bool { return !screenshot[x] }) {
			out = append(out, i)
		}
	}
	return out
}

// pictures asks which screenshots of chats show the collector, all in one
// question, and then for the words of each that does.
func (l *lister) pictures() {
	var open, theirs []evidence.Incident
	for _, i := range Wordless(l.Incidents, l.Exhibits) {
		unknown := slices.ContainsFunc(l.Given, func(g Given) bool {
			return g.Kind == Picture && g.Value == Unknown && slices.Contains(g.Incidents, i.ID)
		})
		switch {
		case unknown:
		case l.Case.Concerns(i) && i.Direction == evidence.In:
			theirs = append(theirs, i)
		default:
			open = append(open, i)
		}
	}
	if len(open) > 0 {
		l.askPictures(open)
	}
	for _, i := range theirs[:min(len(theirs), mostWritten)] {
		l.askWritten(i)
	}
}

func (l *lister) askPictures(rows []evidence.Incident) {
	var zh, en []string
	for n, i := range rows {
		x := strings.Join(i.Exhibits, " ")
		zh = append(zh, fmt.Sprintf("%d %s（%s）", n+1, x, whenZH(i)))
		en = append(en, fmt.Sprintf("%d %s (%s)", n+1, x, i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04")))
	}
	q := Question{Kind: Picture, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows)},
		Text: evidence.Text{
			ZH: fmt.Sprintf("有 %d 张聊天截图还没有写内容。哪些是催收发来的？%s", len(rows), strings.Join(zh, "；")),
			EN: fmt.Sprintf("Nobody has written down what %d screenshots of chats say. Which are of messages from the "+
				"collector? %s", len(rows), strings.Join(en, "; "))},
		Why: evidence.Text{ZH: "程序不认图里的字，谁发的、说了什么，只有您看得出来；没有写内容的，信里不会提到",
			EN: "the program does not read pictures; who wrote, and what, only you can see, and letters say nothing of " +
				"what is not written down"},
		Effect: evidence.Text{ZH: "是催收发来的，接着请您照图写下原话；不是的，不写进信里，文件还在案件夹里",
			EN: "of those from the collector you are asked next for the words; the others stay out of the letters, and " +
				"their files in the case"},
		Choices: yesNo("都是催收发来的", "all of them", "都不是", "none of them"), Parts: len(rows)}
	if len(rows) == 1 {
		q.Choices = yesNo("是催收发来的", "yes", "不是", "no")
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, i := range rows {
			if !isYes(value, n+1, len(rows)) {
				out = append(out, Edit{Row: i.ID, Column: "use", Value: no})
				continue
			}
			out = append(out, Edit{Row: i.ID, Column: "use", Value: yes},
				Edit{Row: i.ID, Column: "direction", Value: string(evidence.In)})
		}
		return out, nil
	})
}

// askWritten asks for the words of one picture.
func (l *lister) askWritten(i evidence.Incident) {
	x := strings.Join(i.Exhibits, " ")
	l.add(Question{Kind: Picture, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x}, Free: true,
		Text: evidence.Text{ZH: fmt.Sprintf("截图 %s（%s）里，催收写了什么？照着图逐字写下来", x, whenZH(i)),
			EN: fmt.Sprintf("What did the collector write on the screenshot %s? Copy it word for word", x)},
		Why: evidence.Text{ZH: "信里只写图上有的原话，一个字也不替您编",
			EN: "letters quote the words of the picture, and make none up"},
		Effect: evidence.Text{ZH: "写下的原话，像是违规的，接着问您算不算；没有写的，信里不会提到",
			EN: "where they sound like a violation you are asked next whether they are; what is not written down is in " +
				"no letter"}},
		func(value string) ([]Edit, error) {
			return []Edit{{Row: i.ID, Column: "what the file shows", Value: value}}, nil
		})
}
