package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
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
		case unknown, l.repeats(i.Exhibits...):
		case l.Case.Concerns(i) && i.Direction == evidence.In:
			theirs = append(theirs, i)
		default:
			open = append(open, i)
		}
	}
	if len(open) > 0 {
		if l.askPictures(open); l.openOn(Picture, open[0].ID) {
			l.laterInOne(open)
		}
	}
	theirs = l.inOne(theirs)
	for _, i := range theirs[:min(len(theirs), mostWritten)] {
		l.askWritten(i)
	}
	l.transcribed()
}

// transcribed asks, of what was copied from pictures, when it was sent and by whom:
// a picture is younger than the message on it, and letters say of neither more than
// was copied.
func (l *lister) transcribed() {
	asked := 0
	for _, i := range l.Incidents {
		chat := i.Kind == evidence.Message || i.Kind == evidence.SMS
		if !chat || i.Shown == "" || i.Direction != evidence.In || !l.Case.Concerns(i) || !l.screenshots(i) ||
			asked == mostWritten {
			continue
		}
		before := len(l.out)
		young := evidence.PictureTime(i, l.Exhibits)
		if young && i.ToldBy == "" && !l.saidWith(sentField, i.ID) {
			l.askSent(i)
		}
		switch unnamed := i.Name == "" && i.Number == "" && !l.saidWith(senderField, i.ID); {
		case unnamed && i.ToldBy != "" && l.whom(i) == nobodyNamed:
			l.askTeller(i)
		case unnamed && i.ToldBy == "" && (young || l.copied(i)):
			l.askSender(i)
		}
		if len(l.out) > before {
			asked++
		}
	}
}

// screenshots reports that nothing but screenshots shows a row.
func (l *lister) screenshots(i evidence.Incident) bool {
	return len(i.Exhibits) > 0 && !slices.ContainsFunc(i.Exhibits, func(number string) bool {
		n := slices.IndexFunc(l.Exhibits, func(x evidence.Exhibit) bool { return x.Number == number })
		return n < 0 || l.Exhibits[n].Kind != evidence.Screenshot
	})
}

var wantedTime = evidence.Text{ZH: "图上写的时间，照图写，例如 2026-09-08 19:21、9月8日 19:21、昨天 19:21、晚上7:21，" +
	"不晚于截图；截图半年以前的写上年份；看不清、图上没有的，选不知道",
	EN: "the time on the picture, such as 2026-09-08 19:21, 9-8 19:21 or 19:21, not after the picture was made, with " +
		"the year if it is half a year before it; unknown if it shows none"}

// askSent asks for the time that a picture shows beside a message.
func (l *lister) askSent(i evidence.Incident) {
	x := strings.Join(i.Exhibits, " ")
	q := Question{Kind: Picture, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x, Column: "time"},
		Free: true, Text: evidence.Text{
			ZH: fmt.Sprintf("截图 %s 是%s截的。图上“%s”这一条，旁边写的是几点？照图写，例如 晚上7:21、9月8日 19:21", x, whenZH(i),
				short(i.Shown)),
			EN: fmt.Sprintf("The screenshot %s was taken on %s. What date and time does it show beside “%s”? Write it "+
				"as 2026-09-08 19:21", x, i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04"), short(i.Shown))},
		Why: evidence.Text{ZH: "截图总比消息晚，截屏的时间不是消息的时间", EN: "a picture is younger than the message on it"},
		Effect: evidence.Text{ZH: "写了的，信里写消息自己的时间；不知道的，信里写“截屏时间……的画面显示”，不说是几点发的",
			EN: "letters then give the message's own time; else they say only when the picture was taken"}}
	l.add(q, func(value string) ([]Edit, error) {
		at, ok := device.TimeShown(value, i.Time.At)
		if !ok {
			return nil, &ValueError{Question: q, Value: value, Wanted: wantedTime}
		}
		return sentEdits(i, at), nil
	})
}

func sentEdits(i evidence.Incident, at evidence.Time) []Edit {
	return []Edit{{Row: i.ID, Column: "time", Value: evidence.FormatTime(at)},
		{Row: i.ID, Column: "time source", Value: "picture"}}
}

// The names of the fields that say what a picture shows beside its words.
const (
	SentName   = "time"
	SenderName = "sender"
)

// What a picture shows besides the words, on the same card.
var (
	sentField = Field{Name: SentName, Label: evidence.Text{ZH: "图上写的时间", EN: "Time on the picture"},
		Hint: evidence.Text{ZH: "照图写，例如 晚上9:45、昨天 21:45、9月15日 21:45；只有钟点的，算截图那一天；图上没有的空着",
			EN: "as it stands there, such as 21:45 or 9-15 21:45; a bare hour is taken as of the day of the picture; empty " +
				"if it shows none"}}
	senderField = Field{Name: SenderName, Label: evidence.Text{ZH: "图上显示的发送人", EN: "Sender on the picture"},
		Hint: evidence.Text{ZH: "最上面的名字或者号码，照图写；群里的，写这句话旁边的名字；没有显示的空着",
			EN: "the name or number at its top, or beside the message in a group; empty if it shows none"}}
	teller  = "teller"
	toMe    = "to-me"
	byField = Field{Name: "by", Label: evidence.Text{ZH: "说话的是", EN: "Who says it"},
		Choices: []Choice{
			{toMe, evidence.Text{ZH: "催收的人，对我说的", EN: "the collector, to me"}},
			{string(evidence.ReachedFamily), evidence.Text{ZH: "催收的人，对我的家人、亲戚、朋友说的",
				EN: "the collector, to my family, relatives, friends"}},
			{string(evidence.ReachedWorkplace), evidence.Text{ZH: "催收的人，对我的单位、同事说的",
				EN: "the collector, to my workplace, colleagues"}},
			{string(evidence.ReachedStranger), evidence.Text{ZH: "催收的人，发到群里，或者对别的人说的",
				EN: "the collector, to a group or to somebody else"}},
			{string(evidence.CollectorSide), evidence.Text{ZH: "催收的人，对别人说的，说不清是谁",
				EN: "the collector, to others, and I do not know to whom"}},
			{teller, evidence.Text{ZH: "家人、同事这些人，在告诉我催收找了他们",
				EN: "family, colleagues: they tell me that they were contacted"}}}}
)

// askSender asks for the name that a picture shows as the sender's. Who it is the
// person has said already: the collector's side.
func (l *lister) askSender(i evidence.Incident) {
	x, column := strings.Join(i.Exhibits, " "), "name"
	what, example := evidence.Text{ZH: "账号名", EN: "name"}, "云岭卡中心-王"
	check := lettered(1, evidence.Text{ZH: "图上显示的名字，不是数字；没有显示的选不知道",
		EN: "the name on the picture, and no number; unknown if it shows none"})
	if i.Kind == evidence.SMS {
		column, what, example = "number", evidence.Text{ZH: "号码", EN: "number"}, "106900000088"
		check = numbered
	}
	q := Question{Kind: Picture, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x, Column: column},
		Free: true, Text: evidence.Text{
			ZH: fmt.Sprintf("截图 %s 里“%s”这一条，图上显示的发送人%s是什么？照图写，例如 %s", x, short(i.Shown), what.ZH, example),
			EN: fmt.Sprintf("What %s does the screenshot %s show as the sender of “%s”? Copy it, such as %s", what.EN,
				x,
				short(i.Shown), example)},
		Why: evidence.Text{ZH: "没有发送人，信里只能写“本人收到消息”，受理的人查不到是谁发的",
			EN: "without it letters can only say that a message came, and nobody can look into who sent it"},
		Effect: evidence.Text{ZH: "照着写进信里，记为催收方的", EN: "letters give it as it is shown, as the collector's side"}}
	l.add(q, func(value string) ([]Edit, error) {
		if number, bad := numbered(value); bad.ZH == "" { // shown where a name would stand
			return l.senderEdits(i, "number", number, evidence.CollectorSide), nil
		}
		written, wanted := check(value)
		if wanted.ZH != "" {
			return nil, &ValueError{Question: q, Value: value, Wanted: wanted}
		}
		return l.senderEdits(i, column, written, evidence.CollectorSide), nil
	})
}

// senderEdits name the sender of a message on a picture, and say whose they are unless
// that is known or open.
func (l *lister) senderEdits(i evidence.Incident, column, written string, side evidence.Side) []Edit {
	out := []Edit{{Row: i.ID, Column: column, Value: written}}
	named := i
	named.Name, named.Number = written, ""
	whose := Edit{Account: named.Account(), Value: string(side)}
	if column == "number" {
		named.Name, named.Number = "", written
		whose = Edit{Number: written, Value: string(side)}
	}
	if side != "" && l.Case.SideOfWriter(named) == "" {
		out = append(out, whose)
	}
	return out
}

// askTeller asks who tells of the collector on a picture: letters name them no further than
// their recipient may know, and without a name nobody can ask them.
func (l *lister) askTeller(i evidence.Incident) {
	x := strings.Join(i.Exhibits, " ")
	q := Question{Kind: Picture, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x, Column: "told by"},
		Free: true, Text: evidence.Text{
			ZH: fmt.Sprintf("截图 %s 里“%s”，是谁告诉您的？写图上的名字或者称呼，例如 妈妈、同事老周", x, short(i.Shown)),
			EN: fmt.Sprintf("Who told you “%s” on the screenshot %s? The name or what you call them, such as mum",
				short(i.Shown), x)},
		Why:    evidence.Text{ZH: "不写是谁转告的，受理的人没法核实", EN: "without it nobody can check who told it"},
		Effect: evidence.Text{ZH: "信里写成他转告，名字按规定遮住一部分", EN: "letters tell it as theirs, with their name partly covered"}}
	l.add(q, func(value string) ([]Edit, error) {
		name, wanted := lettered(1, wantedSender)(value)
		if wanted.ZH != "" {
			return nil, &ValueError{Question: q, Value: value, Wanted: wanted}
		}
		_, when, _ := strings.Cut(i.ToldBy, "，")
		out := []Edit{{Row: i.ID, Column: "name", Value: name}, {Row: i.ID, Column: "told by", Value: name + "，" + when}}
		i.Name = name
		if who := l.tellerReached(i); who != evidence.ReachedUnknown && i.Reached == evidence.ReachedUnknown {
			out = append(out, Edit{Row: i.ID, Column: "reached", Value: string(who)})
		}
		return out, nil
	})
}

// fieldsOf are what a picture can show besides the words, as far as it is open.
func fieldsOf(i evidence.Incident, exhibits []evidence.Exhibit) []Field {
	out := []Field{byField}
	if i.Name == "" && i.Number == "" {
		out = append(out, senderField)
	}
	if evidence.PictureTime(i, exhibits) {
		out = append(out, sentField)
	}
	return out
}

// writtenEdits write down what a picture shows: the words, and what stands beside them.
func (l *lister) writtenEdits(q Question, i evidence.Incident, value string) ([]Edit, error) {
	words, fields := q.split(value)
	if words == "" {
		return nil, &ValueError{Question: q, Value: value, Wanted: evidence.Text{ZH: "图上的原话，照着写",
			EN: "the words of the picture, as they stand there"}}
	}
	out := []Edit{{Row: i.ID, Column: "what the file shows", Value: words}}
	side := evidence.CollectorSide
	switch by := fields[byField.Name]; {
	case by == teller:
		side = ""
		told := i
		told.Name, told.Shown = fields[senderField.Name], words
		out = append(out, l.toldEdits(told)...)
	case by == "" && l.Case.SideOfWriter(i) == "": // it is asked next, and counts once it is said
		side = ""
		if i.Use != evidence.Unknown {
			out = append(out, Edit{Row: i.ID, Column: "use", Value: string(evidence.Unknown)})
		}
	}
	if by := fields[byField.Name]; by != "" && by != teller {
		out = append(out, l.reachedBy(i, by)...)
	}
	if fields[byField.Name] != "" && i.Use != evidence.Yes {
		out = append(out, Edit{Row: i.ID, Column: "use", Value: yes})
	}
	if s := fields[senderField.Name]; s != "" {
		if device.IsGroup(s) {
			return nil, q.wrongField(senderField, s, evidence.Text{ZH: "说这句话的人的名字，写在这句话旁边；这是群的名字，群里不都是催收",
				EN: "the name of who says it, which stands beside the message; this is the group's, and it has others in it"})
		}
		if number, bad := numbered(s); bad.ZH == "" {
			out = append(out, l.senderEdits(i, "number", number, side)...)
		} else if name, wanted := lettered(1, wantedSender)(s); wanted.ZH == "" {
			out = append(out, l.senderEdits(i, "name", name, side)...)
		} else {
			return nil, q.wrongField(senderField, s, wanted)
		}
	}
	if s := fields[sentField.Name]; s != "" {
		at, ok := device.TimeShown(s, i.Time.At)
		if !ok {
			return nil, q.wrongField(sentField, s, wantedTime)
		}
		out = append(out, sentEdits(i, at)...)
	}
	return out, nil
}

var wantedSender = evidence.Text{ZH: "图上显示的名字或者号码；没有显示的空着",
	EN: "the name or the number on the picture; empty if it shows none"}

func (l *lister) askPictures(rows []evidence.Incident) {
	var zh, en []string
	for n, i := range rows {
		x := strings.Join(i.Exhibits, " ")
		zh = append(zh, fmt.Sprintf("%d %s（%s）", n+1, x, whenZH(i)))
		en = append(en, fmt.Sprintf("%d %s (%s)", n+1, x, i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04")))
	}
	q := Question{Kind: Picture, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows)},
		Text: evidence.Text{
			ZH: fmt.Sprintf("有 %d 张聊天截图还没有写内容。哪些是催收发来的，或者家人、同事在里面告诉您催收找了他们？%s", len(rows), strings.Join(zh, "；")),
			EN: fmt.Sprintf("Nobody has written down what %d screenshots of chats say. Which are of messages from the "+
				"collector, or of family or colleagues who tell you that they were contacted? %s",
				len(rows), strings.Join(en, "; "))},
		Why: evidence.Text{ZH: "程序不认图里的字，谁发的、说了什么，只有您看得出来；没有写内容的，信里不会提到",
			EN: "the program does not read pictures; who wrote, and what, only you can see, and letters say nothing of " +
				"what is not written down"},
		Effect: evidence.Text{ZH: "是的，接着请您照图写下原话、是谁说的；不是的，不写进信里，文件还在案件夹里",
			EN: "of those you are asked next for the words and who says them; the others stay out of the letters, and " +
				"their files in the case"},
		Choices: yesNo("都是", "all of them", "都不是", "none of them"), Parts: len(rows)}
	if len(rows) == 1 {
		q.Choices = yesNo("是", "yes", "不是", "no")
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
	q := Question{Kind: Picture, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x}, Free: true,
		Fields: fieldsOf(i, l.Exhibits),
		Text: evidence.Text{ZH: fmt.Sprintf("截图 %s（%s）里，对方写了什么？照着图逐字写下来，您自己发的不写", x, whenZH(i)),
			EN: fmt.Sprintf("What did the other side write on the screenshot %s? Copy it word for word, without what "+
				"you wrote", x)},
		Why: evidence.Text{ZH: "信里只写图上有的原话，一个字也不替您编",
			EN: "letters quote the words of the picture, and make none up"},
		Effect: evidence.Text{ZH: "写下的原话，像是违规的，接着问您算不算；没有写的，信里不会提到",
			EN: "where they sound like a violation you are asked next whether they are; what is not written down is in " +
				"no letter"}}
	l.add(q, func(value string) ([]Edit, error) { return l.writtenEdits(q, i, value) })
}
