package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

// leastSpoken is how long a call lasts in which anything can be said, in seconds: a
// threat of death fits into one or two.
const leastSpoken = 1

// listened asks, of the recordings of the matter that nobody has written down, in
// which the other side said something that matters, and then for the words of those:
// until a transcript has them they are what the person says they heard.
func (l *lister) listened() {
	var open, chosen []evidence.Incident
	for _, i := range l.Incidents {
		if !l.silent(i) {
			continue
		}
		switch asked, holds := l.saidToHold(i); {
		case holds:
			chosen = append(chosen, i)
		case !asked:
			open = append(open, i)
		}
	}
	// Who is not the borrower is told of the debt; then what is long holds most.
	slices.SortStableFunc(open, func(a, b evidence.Incident) int {
		return cmp.Or(boolOrder(!a.Reached.Third(), !b.Reached.Third()), b.Seconds-a.Seconds)
	})
	if len(open) > 0 && !l.callersOpen() {
		l.askListened(open)
	}
	for _, i := range chosen[:min(len(chosen), mostWritten)] {
		l.askHeard(i)
	}
	l.heardKinds()
}

// silent reports a connected call of the collector's side, what it left on a mailbox, or a
// recording that does not tell of whom it is, of which neither a file nor the person says a word.
func (l *lister) silent(i evidence.Incident) bool {
	spoken := i.Kind == evidence.Call || i.Kind == evidence.Message && device.IsRecording(i)
	return spoken && i.Made() && i.Use != evidence.No && i.Direction != evidence.Out &&
		i.Answered != evidence.No && i.Shown == "" && i.Words == "" && i.ToldBy == "" &&
		(i.Seconds < 0 || i.Seconds >= leastSpoken) && (l.Case.Concerns(i) || l.nameless(i)) && l.recordingOf(i) != "" &&
		!slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return evidence.KindOf(string(b)).Spoken })
}

// nameless reports a row that nothing but a recording shows, whose name tells nobody: it
// has none, or one that nobody of the case and of the phone has, of a day of theirs. What
// somebody recorded at the door is called 门口.
func (l *lister) nameless(i evidence.Incident) bool {
	if i.Kind != evidence.Call || i.Number != "" || i.Use != evidence.Unknown || len(i.Exhibits) != 1 {
		return false
	}
	return i.Name == "" || !l.acquainted(i.Name) && l.onTheirDay(i)
}

// acquainted reports the name of somebody the person knows: family, or whom the case or
// the phone has with a number or in a chat and who is no collector.
func (l *lister) acquainted(name string) bool {
	return evidence.IsFamily(name) || slices.ContainsFunc(l.Case.Numbers, func(n evidence.Number) bool {
		return (n.Name == name || n.Account == name) && !n.Side.Collecting()
	}) || slices.ContainsFunc(l.Incidents, func(o evidence.Incident) bool {
		return o.Name == name && (o.Number != "" || o.Account() != "") && !l.Case.SideOfWriter(o).Collecting()
	})
}

// onTheirDay reports a time of a day on which the collector's side did something, or at
// which it is near.
func (l *lister) onTheirDay(i evidence.Incident) bool {
	return !i.Time.IsZero() && slices.ContainsFunc(l.Incidents, func(o evidence.Incident) bool {
		return o.ID != i.ID && !o.Time.IsZero() && o.Direction != evidence.Out && l.Case.Concerns(o) &&
			(dayOf(o) == dayOf(i) || o.Time.At.Sub(i.Time.At).Abs() < 12*time.Hour)
	})
}

// recordingOf is the recording of a call that no transcript is of; empty: none is.
func (l *lister) recordingOf(i evidence.Incident) string {
	out := ""
	for _, number := range i.Exhibits {
		n := slices.IndexFunc(l.Exhibits, func(x evidence.Exhibit) bool { return x.Number == number })
		if n < 0 || l.Exhibits[n].Kind != evidence.Recording {
			continue
		}
		if slices.Contains(l.Transcribed, number) {
			return ""
		}
		out = cmp.Or(out, number)
	}
	return out
}

// saidToHold is whether the person was asked if a recording holds words that matter,
// and what they said.
func (l *lister) saidToHold(i evidence.Incident) (asked, holds bool) {
	for _, g := range l.Given {
		n := slices.Index(g.Incidents, i.ID)
		if g.Kind != Heard || len(g.Subject) > 0 || g.Value == Skip || n < 0 {
			continue
		}
		asked, holds = true, isYes(g.Value, n+1, len(g.Incidents))
	}
	return asked, holds
}

func (l *lister) askListened(rows []evidence.Incident) {
	var zh, en []string
	for n, i := range rows {
		x := l.recordingOf(i)
		zh = append(zh, fmt.Sprintf("%d %s（%s）", n+1, x, whenZH(i)))
		en = append(en, fmt.Sprintf("%d %s (%s)", n+1, x, i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04")))
	}
	q := Question{Kind: Heard, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows)},
		Text: evidence.Text{
			ZH: fmt.Sprintf("有 %d 段录音没有文字稿，程序听不见里面的话。哪几段里，对方威胁、骂人、冒充公检法、说要找您的家人或单位，或者有别的要紧的话？%s",
				len(rows), strings.Join(zh, "；")),
			EN: fmt.Sprintf("%d recordings have no transcript, and the program does not hear what is said. In which "+
				"does the other side threaten, insult, pose as the police or a court, speak of going to your family "+
				"or workplace, or say something else that matters? %s", len(rows), strings.Join(en, "; "))},
		Why: evidence.Text{ZH: "录音里的话往往最要紧；没有人说里面有什么，信里就只写有这通电话",
			EN: "what is said in recordings often weighs most; unless somebody says what it is, letters tell only of " +
				"the call"},
		Effect: evidence.Text{ZH: "挑出来的，接着请您写下原话，先作为您听到的写进信里；以后有了文字稿，再按文字稿写。没挑的，只算一通电话",
			EN: "of those you choose you are asked next for the words, which letters tell as what you heard, until a " +
				"transcript has them; the others count as calls"},
		Choices: yesNo("每一段都有", "all of them", "都没有", "none of them"), Parts: len(rows)}
	if len(rows) == 1 {
		q.Choices = yesNo("有", "yes", "没有", "no")
	}
	l.add(q, func(string) ([]Edit, error) { return nil, nil })
}

// heardBy marks words that the person wrote down by ear.
const heardBy = "（本人听录）"

// heardForm is what is written into the person's own words of a recording.
var heardForm = lazyregexp.New(`录音里对方说：“(.+)”` + heardBy)

// wantedHeard is what words from a recording must be.
var wantedHeard = evidence.Text{ZH: "对方的原话，听到什么写什么，至少 2 个字；听不清的填 d",
	EN: "the words as they were said, at least two characters; d if you cannot make them out"}

// askHeard asks for the words of one recording.
func (l *lister) askHeard(i evidence.Incident) {
	x := l.recordingOf(i)
	q := Question{Kind: Heard, About: About{Incidents: []string{i.ID}, Exhibits: []string{x}, File: x}, Free: true,
		Fields: []Field{kindField},
		Text: evidence.Text{ZH: fmt.Sprintf("录音 %s（%s）里，对方最要紧的是哪一句？听着逐字写下来", x, whenZH(i)),
			EN: fmt.Sprintf("What is the gravest thing the other side says in the recording %s? Write it down word "+
				"for word", x)},
		Why: evidence.Text{ZH: "信里只写您听到的原话，一个字也不替您编", EN: "letters quote what you heard, and make nothing up"},
		Effect: evidence.Text{ZH: "写成您本人听录的话，写明在哪份录音里；像是违规的，接着问您算哪一种",
			EN: "it is told as what you heard, with the recording it is in; then you are asked what it amounts to"}}
	if l.nameless(i) {
		q.Fields = append(q.Fields, mediumField)
	}
	l.add(q, func(value string) ([]Edit, error) {
		words, fields := q.split(value)
		words = strings.Trim(strings.Join(strings.Fields(words), " "), "“”\"")
		if n := len([]rune(words)); n < 2 || n > mostHeard {
			return nil, &ValueError{Question: q, Value: value, Wanted: wantedHeard}
		}
		out := []Edit{{Row: i.ID, Column: "my own words", Value: "录音里对方说：“" + words + "”" + heardBy}}
		if i.Reached.Third() && i.Disclosed == evidence.Unknown && phrase.TellsDebt(words) != "" {
			out = append(out, Edit{Row: i.ID, Column: "disclosed debt", Value: yes}) // they say so: it is not asked again
		}
		if l.nameless(i) { // that it is of this matter they said by choosing it
			out = append(out, Edit{Row: i.ID, Column: "use", Value: yes})
			if fields[mediumField.Name] == string(evidence.Visit) {
				out = append(out, Edit{Row: i.ID, Column: "kind", Value: string(evidence.Visit)})
			} else {
				out = append(out, Edit{Row: i.ID, Column: "direction", Value: string(evidence.In)})
			}
		}
		switch as, err := q.kindIn(fields); {
		case err != nil:
			return nil, err
		case as == no:
			out = append(out, named(i, "V06", false))
		case as != "":
			out = append(out, named(i, evidence.Breach(as), true))
		}
		return out, nil
	})
}

var (
	// kindField is what words of a recording amount to, on the card on which they are
	// written down.
	kindField = Field{Name: "kind", Label: evidence.Text{ZH: "这句话是在", EN: "What it does"},
		Hint: evidence.Text{ZH: "拿不准的不选", EN: "choose none if you are not sure"}, Choices: heardChoices()}
	// mediumField is what a recording is of whose name does not tell.
	mediumField = Field{Name: "medium", Label: evidence.Text{ZH: "录的是", EN: "Recorded was"},
		Choices: []Choice{{string(evidence.Call), evidence.Text{ZH: "对方打来的电话", EN: "a call from them"}},
			{string(evidence.Visit), evidence.Text{ZH: "上门、当面", EN: "a visit, face to face"}}}}
)

func heardChoices() []Choice {
	var out []Choice
	for _, b := range heardAs {
		words := kindWords(b)
		if b == "V06" {
			words = evidence.Text{ZH: words.ZH + "，或者" + announcement.ZH, EN: words.EN + ", or " + announcement.EN}
		}
		out = append(out, Choice{string(b), words})
	}
	return append(out, Choice{no, evidence.Text{ZH: "都不是", EN: "none of these"}})
}

// kindIn is what an answer says that its words amount to; empty: nothing.
func (q Question) kindIn(fields map[string]string) (string, error) {
	as := fields[kindField.Name]
	n := slices.IndexFunc(q.Fields, func(f Field) bool { return f.Name == kindField.Name })
	if as == "" || n >= 0 && slices.ContainsFunc(q.Fields[n].Choices, func(c Choice) bool { return c.Value == as }) {
		return as, nil
	}
	return "", q.wrongField(kindField, as, evidence.Text{ZH: "列出来的那几种", EN: "one of those listed"})
}

// mostHeard is how long a passage may be, in characters.
const mostHeard = 200

// heardIn are the words of a recording that the person wrote down in answer; empty:
// there are none.
func heardIn(i evidence.Incident) string {
	if m := heardForm.FindStringSubmatch(i.Words); m != nil && i.Kind == evidence.Call {
		return m[1]
	}
	return ""
}

// heardWording is what the words that somebody heard sound like.
func (l *lister) heardWording(i evidence.Incident) (wording, bool) {
	words := heardIn(i)
	if words == "" || i.Use == evidence.No || !l.Case.Concerns(i) {
		return wording{}, false
	}
	said := i
	said.Kind, said.Shown = evidence.Message, words
	w, ok := l.sounding(said, phrase.Find(words, phrase.Collector))
	w.row = i
	return w, ok
}

// described is what the person wrote of a recording that says neither when nor who, or of a
// film: a voice message, what was said at a door, a chat that was filmed.
func (l *lister) described(i evidence.Incident) string {
	spoken := i.Kind == evidence.Message || i.Kind == evidence.Call
	if !spoken || i.Use != evidence.Yes || i.Shown != "" || i.Words == "" || len(i.Exhibits) != 1 ||
		i.Source != i.Exhibits[0] || l.recordingOf(i) == "" && !l.filmed(i) {
		return ""
	}
	return i.Words
}

// filmed reports the row of a film alone.
func (l *lister) filmed(i evidence.Incident) bool {
	return len(i.Exhibits) == 1 && slices.ContainsFunc(l.Exhibits, func(x evidence.Exhibit) bool {
		return x.Number == i.Exhibits[0] && x.Kind == evidence.Video
	})
}

// heardKinds asks what words amount to that somebody heard and no pattern knows.
func (l *lister) heardKinds() {
	for _, i := range l.Incidents {
		words := cmp.Or(heardIn(i), l.described(i))
		if words == "" || i.Use == evidence.No || len(i.Asserted) > 0 || len(i.Denied) > 0 || !l.Case.Concerns(i) {
			continue
		}
		if _, sounds := l.heardWording(i); sounds || l.saidWith(kindField, i.ID) || l.saidWith(soundsField, i.ID) {
			continue
		}
		in := evidence.Text{ZH: "录音", EN: "recording"}
		if l.filmed(i) {
			in = evidence.Text{ZH: "视频", EN: "film"}
		}
		q := Question{Kind: Heard, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits,
			Column: "asserted kinds",
			File:   words},
			Text: evidence.Text{ZH: in.ZH + "里的“" + short(words) + "”，算哪一种？",
				EN: "What does “" + short(words) + "” in the " + in.EN + " amount to?"},
			Why: evidence.Text{ZH: "程序只会按词找，读不懂这句话；算什么，要您看了才作数",
				EN: "the program finds words and does not understand these; only you can say"},
			Effect: evidence.Text{ZH: "选了的，作为您听到、看到的写进投诉；都不是的，不写",
				EN: "letters tell it as what you heard or saw; if it is none of these, it stays out"}}
		q.Choices = heardChoices()
		l.add(q, func(value string) ([]Edit, error) {
			if value == no {
				return []Edit{named(i, "V06", false)}, nil
			}
			return []Edit{named(i, evidence.Breach(value), true)}, nil
		})
	}
}

// heardAs are the kinds that words of a call may be of.
var heardAs = []evidence.Breach{"V06a", "V06", "V06b", "V07", "V19", "V09", "V17"}
