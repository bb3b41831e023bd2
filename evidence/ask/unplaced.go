package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// unplaced asks which pictures and films, whose name or camera says when they
// were made, are to have a row: that of a note on a door, of people at a visit.
func (l *lister) unplaced() {
	var first, last time.Time
	for _, i := range l.Incidents {
		if l.Case.Concerns(i) && !i.Time.IsZero() {
			if first.IsZero() || i.Time.At.Before(first) {
				first = i.Time.At
			}
			if i.Time.At.After(last) {
				last = i.Time.At
			}
		}
	}
	var all []pictured
	for _, x := range l.Unplaced {
		at, err := time.Parse(time.RFC3339, x.Captured.Time)
		left, said := x.LeftSaid() // with a pile of files, before
		dated := strings.HasPrefix(x.Captured.Source, "name:") || strings.HasPrefix(x.Captured.Source, "exif") ||
			memo(x)
		answered := slices.ContainsFunc(l.Given, func(g Given) bool {
			return g.Kind == SourceRow && g.Value != Skip && slices.Contains(g.Subject, x.Number)
		})
		l.proposed[x.Number] = l.proposed[x.Number] || answered
		if l.joining[x.Number] || l.logged(x.Number) {
			continue
		}
		if x.Kind == evidence.Screenshot && l.repeats(x.Number) {
			l.proposed[x.Number] = true
			continue
		}
		nameless := x.Kind == evidence.Screenshot || x.Kind == evidence.Recording
		if nameless && x.Captured.Time == "" && !answered && !(left && said) {
			l.proposed[x.Number] = true // a name that a chat program or a recorder gave says no day
			all = append(all, pictured{Exhibit: x})
			continue
		}
		away := at.Before(first.Add(-nearMatter)) || at.After(last.Add(nearMatter))
		if first.IsZero() { // a camera has pictures of a whole life, and people record what they want to keep
			away = x.Kind != evidence.Recording
		}
		if answered || left && said || err != nil || !dated || away {
			continue
		}
		l.proposed[x.Number] = true
		all = append(all, pictured{x, at.In(evidence.Beijing)})
	}
	if len(all) == 0 || l.callersOpen() {
		return
	}
	numbers, list := listed(all)
	memos := slices.ContainsFunc(all, func(x pictured) bool { return x.Kind == evidence.Recording })
	q := Question{Kind: SourceRow, About: About{Exhibits: numbers, File: strings.Join(numbers, " ")},
		Text: evidence.Text{
			ZH: fmt.Sprintf("有 %d 份照片、视频，程序看不出拍的是什么。哪些和这次催收有关（上门、张贴、催收发来的话）？%s", len(numbers), list.ZH),
			EN: fmt.Sprintf("The program cannot see what %d photos or films show. Which have to do with the collection "+
				"(a visit, a notice, what collectors wrote)? %s", len(numbers), list.EN)},
		Why: evidence.Text{ZH: "上门、张贴这样的事，常常只有照片和视频看得出来；您不说，信里就不会提到",
			EN: "a visit or a notice often shows in pictures alone, and unless you say so no letter tells of it"},
		Effect: evidence.Text{ZH: "有关的，时间按文件的时间记，接着请您说一句是什么事。无关的，不写进信里，照片也不放进证据包",
			EN: "of those that have you are asked next what they show; their time is that of the file. The others stay " +
				"out of the letters, and photos of the bundle too"},
		Choices: yesNo("都有关", "all of them", "都和这件事无关", "none of them"), Parts: len(numbers)}
	if len(numbers) == 1 {
		q.Choices = yesNo("有关", "yes", "和这件事无关", "no")
	}
	if slices.ContainsFunc(all, func(x pictured) bool { return x.at.IsZero() }) {
		q.Text.ZH = strings.Replace(q.Text.ZH, "照片、视频，程序看不出拍的是什么", "照片、视频、截图，程序看不出里面是什么", 1)
		q.Text.EN = strings.Replace(q.Text.EN, "photos or films", "photos, films or screenshots", 1)
	}
	if memos {
		q.Why = evidence.Text{ZH: "上门、当面说的话，常常只有录音留得下来；您不说，信里就不会提到",
			EN: "what is said at a door is often kept by a recording alone, and unless you say so no letter tells of it"}
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("有 %d 份材料（录音、照片、截图），程序听不出、看不出里面是什么。哪些和这次催收有关（对方打来、上门、张贴、发来的话）？%s",
				len(numbers), list.ZH),
			EN: fmt.Sprintf("The program cannot tell what is in %d files (recordings, photos, screenshots). Which have to do "+
				"with the collection (a call of theirs, a visit, a notice, what they wrote)? %s", len(numbers), list.EN)}
	}
	rows := map[string]string{} // of those that have one already, of which nothing is said
	for _, i := range l.Incidents {
		if NothingSaid(i) {
			rows[i.Exhibits[0]] = i.ID
		}
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, x := range numbers {
			row, is := rows[x], isYes(value, n+1, len(numbers))
			switch {
			case row != "" && is:
				out = append(out, Edit{Row: row, Column: "use", Value: yes})
			case row != "":
				out = append(out, Edit{Row: row, Column: "use", Value: no})
			case is:
				out = append(out, Edit{Place: x})
			}
		}
		return out, nil
	})
}

// logged reports a picture of a list of calls on a phone whose log is among the files: what
// it shows the log has.
func (l *lister) logged(exhibit string) bool {
	n, known := l.device[exhibit]
	return known && slices.ContainsFunc(l.Incidents, func(i evidence.Incident) bool {
		return NothingSaid(i) && i.Exhibits[0] == exhibit
	}) && slices.ContainsFunc(l.Incidents, func(i evidence.Incident) bool {
		file, _, row := strings.Cut(i.Source, ":")
		of, in := l.device[file]
		return i.Kind == evidence.Call && row && in && of == n
	})
}

// NothingSaid reports the row of a picture of a list of calls, of which nobody has said what
// it has to do with the matter: it is no call, and no letter has it.
func NothingSaid(i evidence.Incident) bool {
	return i.Kind == evidence.Other && i.Made() && i.Use == evidence.Unknown && i.Shown == "" && i.Words == "" &&
		i.ToldBy == "" && len(i.Asserted)+len(i.Denied) == 0 && len(i.Exhibits) == 1 && i.Source == i.Exhibits[0]
}

// memo reports a recording whose name tells no call, and whose file says when it was
// made: what somebody recorded at the door.
func memo(x evidence.Exhibit) bool {
	return x.Kind == evidence.Recording && x.Captured.Source == "container"
}

// placed asks what a picture shows that the person put into the matter, and of which
// nothing is said: without that no letter tells of it.
func (l *lister) placed() {
	asked := 0
	for _, i := range l.Incidents {
		if i.Kind != evidence.Other || i.Use != evidence.Yes || i.Shown != "" || i.Words != "" || len(i.Exhibits) != 1 ||
			i.Source != i.Exhibits[0] || asked == mostWritten {
			continue
		}
		before := len(l.out)
		l.askPlaced(i)
		asked += len(l.out) - before
	}
}

// soundsField is what the words of a recording amount to that the person describes.
var soundsField = Field{Name: "sounds", Label: kindField.Label, Hint: kindField.Hint, Choices: heardChoices()}

// placedKinds are the acts that a picture may show.
var placedKinds = Field{Name: "kind", Label: evidence.Text{ZH: "是什么事", EN: "What it was"}, Choices: []Choice{
	{string(evidence.Visit), evidence.Text{ZH: "上门、到单位或者小区", EN: "a visit to the home, workplace or building"}},
	{string(evidence.Post), evidence.Text{ZH: "张贴、发到群里或者网上", EN: "a notice, or a post in a group or online"}},
	{string(evidence.Message), evidence.Text{ZH: "催收发来的话", EN: "words that the collector sent"}},
	{string(evidence.Other), evidence.Text{ZH: "别的", EN: "something else"}}}}

// What a picture or recording without a day of its own is asked for besides.
var (
	wholeSent = Field{Name: sentField.Name, Label: sentField.Label,
		Hint: evidence.Text{ZH: "这张图说不出是哪天的：图上有的，写全年月日和钟点，例如 2026-09-15 21:45；没有的空着",
			EN: "the picture tells no day: with the year if it shows it, such as 2026-09-15 21:45; else empty"}}
	whenField = Field{Name: "when", Label: evidence.Text{ZH: "哪天、几点", EN: "When it was"},
		Hint: evidence.Text{ZH: "记得的写，例如 2026-09-15，或者 2026-09-15 21:45；作为您的陈述。不记得的空着",
			EN: "as you remember it, such as 2026-09-15 or 2026-09-15 21:45; it is told as your word. Empty if you do not"}}
)

// placedFields are what can be said besides of what the person put into the matter: of a
// screenshot who wrote what it shows and when, of all else when it was.
func (l *lister) placedFields(i evidence.Incident, kinds Field) []Field {
	undatedRow, shot := i.Time.IsZero(), l.screenshots(i)
	switch {
	case shot && undatedRow:
		return append([]Field{kinds}, append(fieldsOf(i, l.Exhibits), wholeSent)...)
	case shot:
		return append([]Field{kinds}, fieldsOf(i, l.Exhibits)...)
	case undatedRow:
		return []Field{kinds, whenField}
	case i.Time.Source == "container":
		f := whenField
		f.Hint = evidence.Text{ZH: "文件里记的是 " + whenZH(i) + "。对的空着；不对的，写您记得的，例如 2026-09-15 21:45",
			EN: "the file says " + whenEN(i) + "; leave it empty if that is right, else say when it was as you remember it"}
		return []Field{kinds, f}
	}
	return []Field{kinds}
}

func (l *lister) askPlaced(i evidence.Incident) {
	x, kinds, heard := i.Exhibits[0], placedKinds, l.recordingOf(i) != ""
	if heard {
		kinds.Choices = append([]Choice{{string(evidence.Call), mediumField.Choices[0].Text}}, kinds.Choices...)
	}
	fields := l.placedFields(i, kinds)
	if heard { // what was said there, no pattern is asked about
		fields = append(fields, soundsField)
	}
	q := Question{Kind: Picture,
		About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: x, Column: "my own words"},
		Free:  true, Fields: fields, Prefill: l.soundingIn(x),
		Text: evidence.Text{ZH: fmt.Sprintf("%s（%s）里是什么事？用一两句话照实写：谁来了、做了什么、写了什么字", x, cmp.Or(whenZH(i), undated.ZH)),
			EN: fmt.Sprintf("What does %s (%s) show? Say in a sentence or two who came, what they did, what is written",
				x, cmp.Or(whenEN(i), undated.EN))},
		Why: evidence.Text{ZH: "程序看不懂照片；您不说，信里不会提到它",
			EN: "the program does not understand pictures, and unless you say what it shows no letter tells of it"},
		Effect: evidence.Text{ZH: "写进信里，作为您的陈述，附上这份照片或者视频", EN: "letters tell it as your statement, with the picture"}}
	if heard {
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("录音 %s（%s）录的是什么？先听一听，再用一两句话照实写：谁来了或者打来，说了什么", x, cmp.Or(whenZH(i), undated.ZH)),
			EN: fmt.Sprintf("What is recorded in %s (%s)? Listen first, then say in a sentence or two who came or called, "+
				"and what they said", x, cmp.Or(whenEN(i), undated.EN))}
		q.Why = evidence.Text{ZH: "程序听不懂录音；您不说，信里不会提到它",
			EN: "the program does not hear recordings, and unless you say what it holds no letter tells of it"}
		q.Effect = evidence.Text{ZH: "写进信里，作为您的陈述，附上这段录音", EN: "letters tell it as your statement, with the recording"}
	}
	if l.screenshots(i) {
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("%s（%s）里是什么？催收发来的话，照着图逐字写下来，再选“催收发来的话”；是别的事，用一两句话照实写", x,
				cmp.Or(whenZH(i), undated.ZH)),
			EN: fmt.Sprintf("What does %s (%s) show? Copy words of the collector as they stand there, and choose “words "+
				"that the collector sent”; of anything else say in a sentence or two what it is", x,
				cmp.Or(whenEN(i), undated.EN))}
		q.Effect = evidence.Text{ZH: "催收发来的话，作为图上的原话写进信里；别的，作为您的陈述，附上这张图",
			EN: "words of the collector are quoted as the picture shows them; all else is your statement, with the picture"}
	}
	l.add(q, func(value string) ([]Edit, error) {
		words, fields := q.split(value)
		if len([]rune(words)) < 2 {
			return nil, &ValueError{Question: q, Value: value, Wanted: evidence.Text{ZH: "一两句话，至少 2 个字",
				EN: "a sentence or two, at least two characters"}}
		}
		as := fields[placedKinds.Name]
		if as != "" && !slices.ContainsFunc(kinds.Choices, func(c Choice) bool { return c.Value == as }) {
			return nil, q.wrongField(kinds, as, evidence.Text{ZH: "列出来的那几种", EN: "one of those listed"})
		}
		if as == string(evidence.Message) && l.screenshots(i) { // what the picture says, and not what the person does
			written := i
			written.Kind, written.Direction = evidence.Message, evidence.In
			out, err := l.writtenEdits(q, written, value)
			return append([]Edit{{Row: i.ID, Column: "kind", Value: as},
				{Row: i.ID, Column: "direction", Value: string(evidence.In)}}, out...), err
		}
		out := []Edit{{Row: i.ID, Column: "my own words", Value: strings.Join(strings.Fields(words), " ")}}
		if as != "" {
			if out = append(out, Edit{Row: i.ID, Column: "kind", Value: as}); as == string(evidence.Call) ||
				as == string(evidence.Message) {
				out = append(out, Edit{Row: i.ID, Column: "direction", Value: string(evidence.In)})
			}
		}
		switch sounds := fields[soundsField.Name]; {
		case sounds == no:
			out = append(out, named(i, "V06", false))
		case !heard || sounds == "":
		case slices.ContainsFunc(soundsField.Choices, func(c Choice) bool { return c.Value == sounds }):
			out = append(out, named(i, evidence.Breach(sounds), true))
		default:
			return nil, q.wrongField(soundsField, sounds, evidence.Text{ZH: "列出来的那几种", EN: "one of those listed"})
		}
		when, err := q.placedTime(i, fields)
		return append(out, when...), err
	})
}

// placedTime is when something was, where the row has no time: off a picture that says it,
// or as the person remembers.
func (q Question) placedTime(i evidence.Incident, fields map[string]string) ([]Edit, error) {
	memo := i.Time.Source == "container"
	if !i.Time.IsZero() && !memo {
		return nil, nil
	}
	f, source := wholeSent, "picture"
	if fields[f.Name] == "" || memo {
		f, source = whenField, "person"
	}
	s := fields[f.Name]
	if s == "" {
		return nil, nil
	}
	at, ok := evidence.ParseTime(s)
	if !ok {
		return nil, q.wrongField(f, s, evidence.Text{ZH: "年月日，或者年月日和钟点，例如 2026-09-15 21:45；不记得的空着",
			EN: "a day, or a day and a time, such as 2026-09-15 21:45; empty if you do not know"})
	}
	return []Edit{{Row: i.ID, Column: "time", Value: evidence.FormatTime(at)},
		{Row: i.ID, Column: "time source", Value: source}}, nil
}

// soundingIn are the words that a program read off a picture and that sound like a
// violation: what was read is not typed again.
func (l *lister) soundingIn(exhibit string) string {
	var out []string
	for _, s := range l.Spoken {
		if s.Exhibit == exhibit && !s.Refuses {
			out = append(out, s.Passage)
		}
	}
	return strings.Join(out, " ")
}

// callersOpen reports that it is still asked who somebody is: which are the days
// of the matter is not known before, and photos would be proposed in two parts.
func (l *lister) callersOpen() bool {
	return slices.ContainsFunc(l.out, func(q Question) bool { return q.Kind == Caller && !l.skipped(q.ID) })
}

// A pictured is a picture, and when it was made.
type pictured struct {
	evidence.Exhibit
	at time.Time
}

// undated stands for the day of a picture that says none.
var undated = evidence.Text{ZH: "时间不详", EN: "no date"}

// listed numbers pictures, in the order of their days where there are many.
func listed(all []pictured) (numbers []string, list evidence.Text) {
	var zh, en []string
	if len(all) <= fewUnplaced {
		for n, x := range all {
			numbers = append(numbers, x.Number)
			at := evidence.Text{ZH: x.at.Format("2006年1月2日15:04"), EN: x.at.Format("2006-01-02 15:04")}
			if x.at.IsZero() {
				at = undated
			}
			zh = append(zh, fmt.Sprintf("%d %s（%s，%s）", n+1, x.Number, short(x.Name()), at.ZH))
			en = append(en, fmt.Sprintf("%d %s (%s, %s)", n+1, x.Number, short(x.Name()), at.EN))
		}
		return numbers, evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
	}
	slices.SortStableFunc(all, func(a, b pictured) int { return a.at.Compare(b.at) })
	for n, x := range all {
		one := fmt.Sprintf("%d %s（%s）", n+1, x.Number, x.at.Format("15:04"))
		plain := fmt.Sprintf("%d %s (%s)", n+1, x.Number, x.at.Format("15:04"))
		if x.at.IsZero() {
			one = fmt.Sprintf("%d %s（%s）", n+1, x.Number, undated.ZH)
			plain = fmt.Sprintf("%d %s (%s)", n+1, x.Number, undated.EN)
			zh, en, numbers = append(zh, one), append(en, plain), append(numbers, x.Number)
			continue
		}
		if day := x.at.Format("2006年1月2日"); n == 0 || day != all[n-1].at.Format("2006年1月2日") {
			zh = append(zh, day+"："+one)
			en = append(en, x.at.Format("2 January 2006: ")+plain)
		} else {
			zh[len(zh)-1] += "、" + one
			en[len(en)-1] += ", " + plain
		}
		numbers = append(numbers, x.Number)
	}
	return numbers, evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}
