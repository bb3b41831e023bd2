package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// What makes rows of one day worth asking whether they were a bombing: so many
// within so long. It is no rule: no rule sets a number.
const (
	bombingRows = 10
	bombingSpan = 3 * time.Hour
	// a number that comes more often is somebody's, and not one of a bombing
	bombingPerNumber = 2
)

// bombing asks whether many calls and messages of a few hours, from numbers
// that are hardly seen again, were a bombing.
func (l *lister) bombing() {
	perNumber := map[string]int{}
	for _, i := range l.Incidents {
		perNumber[i.Number]++
	}
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if i.Direction != evidence.In || i.Use == evidence.No || i.Time.IsZero() ||
			i.Time.Precision == evidence.ToDay ||
			asserted(i, "V10") || slices.Contains(i.Denied, evidence.Breach("V10")) {
			continue
		}
		if _, _, other := l.owner(i); other || l.Case.SideOfWriter(i) != "" || perNumber[i.Number] > bombingPerNumber {
			continue
		}
		if i.Kind == evidence.Call && i.Answered == evidence.No || i.Kind == evidence.SMS {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Time.At.Sub(rows[0].Time.At) <= bombingSpan && dayOf(rows[n]) == dayOf(rows[0]) {
			n++
		}
		if n >= bombingRows {
			l.askBombing(rows[:n])
			rows = rows[n:]
		} else {
			rows = rows[1:]
		}
	}
}

func (l *lister) askBombing(rows []evidence.Incident) {
	calls, codes, messages := 0, 0, 0
	for _, i := range rows {
		switch {
		case i.Kind == evidence.Call:
			calls++
		case phrase.RoleOf(i, l.hitsOf(i)) == evidence.RoleService:
			codes++
		default:
			messages++
		}
	}
	var zh, en []string
	say := func(n int, z, e string) {
		if n > 0 {
			zh, en = append(zh, fmt.Sprintf("%d 次%s", n, z)), append(en, fmt.Sprintf("%d %s", n, e))
		}
	}
	say(calls, "没接的来电", "unanswered calls")
	say(codes, "验证码之类的短信", "messages with codes")
	say(messages, "别的短信", "other messages")
	first, last := rows[0].Time.At.In(evidence.Beijing), rows[len(rows)-1].Time.At.In(evidence.Beijing)
	l.add(Question{Kind: Bulk, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows), Breach: "V10"},
		Text: evidence.Text{
			ZH: fmt.Sprintf("%s %s 到 %s 之间有%s：是短信、电话轰炸吗？", first.Format("1月2日"), first.Format("15:04"),
				last.Format("15:04"), strings.Join(zh, "、")),
			EN: fmt.Sprintf("On %s from %s to %s there were %s: was it a bombing?", first.Format(time.DateOnly),
				first.Format("15:04"), last.Format("15:04"), strings.Join(en, ", "))},
		Why: evidence.Text{ZH: "这么短的时间里，从这么多没有见过的号码来，很不寻常；有没有您自己要的验证码，只有您知道",
			EN: "so many numbers never seen before in so short a time are unusual; whether you asked for a code only " +
				"you know"},
		Effect: evidence.Text{ZH: "是的，写进投诉，写明发送人不明，请对方核查是不是催收的人发的；不是的，都不写",
			EN: "if so, letters tell of them, say that nobody knows who sent them, and ask whether a collector did; " +
				"if not, none is told"},
		Choices: yesNo("是轰炸", "yes, a bombing", "不是", "no")},
		func(value string) ([]Edit, error) {
			var out []Edit
			for _, i := range rows {
				out = append(out, named(i, "V10", value == yes))
			}
			return out, nil
		})
}

var roleChoices = []Choice{
	{string(evidence.RoleCollecting), evidence.Text{ZH: "催收，要您还款", EN: "collecting: to make you pay"}},
	{string(evidence.RoleService), evidence.Text{ZH: "验证码、回执、办理结果", EN: "a code, a receipt, an answer"}},
	{string(evidence.RoleMarketing), evidence.Text{ZH: "广告、推销", EN: "advertising"}},
	{string(evidence.RoleOther), evidence.Text{ZH: "和借款无关的人发的",
		EN: "from somebody who has nothing to do with the loan"}},
}

// roles asks what a message at night was for, where its words do not tell: at
// other hours it decides nothing.
func (l *lister) roles() {
	var rows []evidence.Incident
	for _, f := range l.Report.Findings {
		if f.Rule != "V05" || f.Strength != evidence.Review {
			continue
		}
		for _, i := range f.Incidents {
			if (i.Kind == evidence.SMS || i.Kind == evidence.Message) && i.Shown != "" &&
				phrase.RoleOf(i, l.hitsOf(i)) == evidence.RoleUnknown {
				rows = append(rows, i)
			}
		}
	}
	for _, g := range l.groups(Role, "", rows, formOf) {
		i := g[0]
		q := Question{Kind: Role, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Quote: i.Shown},
			Text: evidence.Text{ZH: fmt.Sprintf("%s 收到的这条，是做什么的？“%s”", whenZH(i), short(i.Shown)),
				EN: fmt.Sprintf("What was this message of %s for? “%s”", whenEN(i), short(i.Shown))},
			Why: evidence.Text{ZH: "它是夜里（22:00至次日8:00）来的；只有催收才算夜间催收",
				EN: "it came at night (22:00 to 08:00), and only collecting counts as collecting at night"},
			Effect: evidence.Text{ZH: "是催收，写进投诉；是别的，不写",
				EN: "if it collects, it goes into the letters; else it stays out"},
			Choices: roleChoices}
		if len(g) > 1 {
			q.Text = evidence.Text{
				ZH: fmt.Sprintf("夜里收到 %d 条这样写的（只有数目不同；%s），是做什么的？“%s”", len(g), daysOf(g), short(i.Shown)),
				EN: fmt.Sprintf("What were %d messages of this wording for, of which only figures differ (%s)? “%s”", len(g),
					daysEN(g), short(i.Shown))}
		}
		l.add(q, func(value string) ([]Edit, error) { return cellsOf(g, "role", value), nil })
	}
}

// formOf is the form a message was filled from: who sent it, and its words without the
// figures. A notice of each payment is one question, however many there are.
func formOf(i evidence.Incident) string {
	return i.Number + i.Account() + "\x1f" + strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, i.Shown)
}

// untrue asks whether what was claimed was checked at its source, of one kind
// together.
func (l *lister) untrue() {
	for _, k := range evidence.Kinds {
		// Letters ask for the check themselves. Only who says to be a lawyer can be looked
		// up by anybody, in a public register, and what that gave is worth a question.
		if k.ID != "V08" {
			continue
		}
		var rows []evidence.Incident
		for _, i := range l.Incidents {
			if asserted(i, string(k.ID)) && i.Untrue == evidence.Unknown {
				rows = append(rows, i)
			}
		}
		if len(rows) == 0 {
			continue
		}
		b := k.ID
		if slices.ContainsFunc(rows, func(i evidence.Incident) bool {
			_, _, dont := l.unsure(Untrue, b, i.ID)
			return dont
		}) {
			continue
		}
		which := whichOf(rows)
		l.add(Question{Kind: Untrue, About: About{Incidents: idsOf(rows), Exhibits: exhibitsOf(rows), Breach: b},
			Text: evidence.Text{
				ZH: fmt.Sprintf("对方说的这些（%s，%d 处），您向%s问过吗？%s", k.Title.ZH, len(rows), sourceOf(b).ZH, which.ZH),
				EN: fmt.Sprintf("Did you ask %s about what they claimed (%s, %d places)? %s", sourceOf(b).EN,
					k.Title.EN,
					len(rows), which.EN)},
			Why: evidence.Text{ZH: "没有问过的，信里只请对方核查，不说它是假的；真的不能投诉",
				EN: "what nobody checked, letters only ask to be checked and do not call false; what is true is no " +
					"ground"},
			Effect: evidence.Text{ZH: "问过、是假的，接着问您哪天、怎样问的，写明了信里才说它不属实；是真的，就不写",
				EN: "if found untrue, you are asked when and how, and letters say so with that; if true, it stays out"},
			Choices: yesNo("问过，是假的", "yes, and it is not true", "问过，是真的", "yes, and it is true")},
			func(value string) ([]Edit, error) { return cellsOf(rows, "checked and untrue", value), nil })
	}
}

// howChecked asks when and how a claim was found untrue, one act after the other:
// without that no letter says it was.
func (l *lister) howChecked() {
	for _, i := range l.Incidents {
		k := slices.IndexFunc(evidence.Kinds, func(k evidence.Kind) bool {
			return k.Checkable && k.ID != "V16" && asserted(i, string(k.ID))
		})
		if k < 0 || i.Untrue != evidence.Yes || i.Checked() != "" {
			continue
		}
		b, which := evidence.Kinds[k].ID, whichOf([]evidence.Incident{i})
		q := Question{Kind: Untrue, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, Breach: b,
			Column: "my own words"}, Free: true,
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s 您核实过、是假的：哪一天、怎样核实的，对方单位怎么说？", which.ZH),
				EN: fmt.Sprintf("%s was found untrue: on which day did you ask, how, and what was the answer?",
					which.EN)},
			Why: evidence.Text{ZH: "信里写“据本人核实”，要说得出哪天、怎样核实的；说不出的，只请对方核查",
				EN: "letters say that it was found untrue only with when and how; else they ask for a check"}}
		l.add(q.leading(evidence.Advise("{写进这一行的“本人陈述”，|}信里{|作为您的话}照着写，例如“3月5日打派出所公布的电话，答复没有这个人”",
			"{it goes into my own words of the row, and letters repeat it|letters repeat it as your words}")),
			func(value string) ([]Edit, error) {
				words := value
				if i.Words != "" {
					words = strings.TrimRight(i.Words, "。；") + "。" + value
				}
				return cellsOf([]evidence.Incident{i}, "my own words", words), nil
			})
	}
}

// sourceOf is who can say whether a claim is true.
func sourceOf(b evidence.Breach) evidence.Text {
	switch b.Rule() {
	case "V07":
		return evidence.Text{ZH: "他们自称的单位（公安、法院等）", EN: "the police, court or body they named"}
	case "V08":
		return evidence.Text{ZH: "律师公开名录或者放款机构客服", EN: "the lawyers' register or the lender"}
	case "V16":
		return evidence.Text{ZH: "征信报告", EN: "the credit report"}
	}
	return evidence.Text{ZH: "法院、公安或者有关的单位", EN: "the court, the police or whoever could know"}
}

// restore asks whether to put back what the files say, all cells at once.
func (l *lister) restore() {
	var rows []string
	var said []evidence.Advice
	var edits []Edit
	for _, d := range l.Report.Doubts {
		if d.Code != evidence.RowDiffers {
			continue
		}
		i, ok := l.rows[d.Incident]
		if !ok {
			continue
		}
		if !slices.Contains(rows, d.Incident) {
			rows = append(rows, d.Incident)
		}
		said = append(said, evidence.Advise("{%[1]s|%[2]s，%[1]s}", "{%[1]s|%[2]s, %[1]s}").
			With(d.Text(), i.Called("")))
		edits = append(edits, Edit{Row: i.ID, Column: d.Column.EN, Value: folder.Cell(d.Column.EN, i)})
	}
	if len(rows) == 0 {
		return
	}
	all := evidence.List(said, evidence.Advise("；", "; "))
	q := Question{Kind: Restore, About: About{Incidents: rows, Table: all.ZH, Column: fmt.Sprint(len(edits))},
		Why: evidence.Text{ZH: "用 Excel、WPS 打开再保存，常常会改坏号码和时间",
			EN: "spreadsheets often spoil numbers and times when they save"},
		Choices: yesNo("按文件改回来", "yes, put it back", "先不改", "no")}
	q = q.asking(evidence.Advise("{时间线有 %[1]d 格|有 %[1]d 处填的}和文件里的不一样，按文件改回来吗？%[2]s",
		"{%[1]d cells of the timeline|%[1]d entries} are not what the files say. Put back what the files say? %[2]s").
		With(len(edits), all))
	l.add(q.leading(evidence.Advise("改回来以后，这几{行|件}才能写进信里", "only then can these {rows|acts} go into the letters")),
		func(value string) ([]Edit, error) {
			if value == no {
				return nil, nil
			}
			return edits, nil
		})
}

// deleted asks whether to take in rows of files that stand in no row.
func (l *lister) deleted() {
	var places, exhibits []string
	var said []evidence.Advice
	for _, d := range l.Report.Doubts {
		if d.Code != evidence.RowDeleted {
			continue
		}
		places = append(places, d.Says[0].Source)
		said = append(said, d.Text())
		if x, _, _ := strings.Cut(d.Says[0].Source, ":"); !slices.Contains(exhibits, x) {
			exhibits = append(exhibits, x)
		}
	}
	if len(places) == 0 {
		return
	}
	q := Question{Kind: SourceRow, About: About{Exhibits: exhibits, File: strings.Join(places, " ")},
		Why: evidence.Text{ZH: "可能是在表格里筛选、删行时丢的",
			EN: "a filter or a deleted row of a spreadsheet may have lost them"},
		Effect: evidence.Text{ZH: "放回去的，和别的行一样算；不放的，不算",
			EN: "what is put in counts like all others; what is not, does not"},
		Choices: yesNo("放回去", "put them in", "不用，是我删的", "no, I deleted them")}
	l.add(q.asking(evidence.Advise("文件里有 %[1]d 条记录，{时间线里没有|案件里没有用}，放回去吗？%[2]s",
		"%[1]d records of the files {stand in no row of the timeline|are not used in the case}. Put them in? %[2]s").
		With(len(places), evidence.List(said, evidence.Advise("；", "; ")))),
		func(value string) ([]Edit, error) {
			var out []Edit
			for _, p := range places {
				if value == yes {
					out = append(out, Edit{Place: p})
				}
			}
			return out, nil
		})
}

// nearMatter is how far from the matter a picture that stands in no row is asked
// about: long before, it is of something else. Beyond fewUnplaced, those of a day
// are listed together, without their names.
const (
	fewUnplaced = 20
	nearMatter  = 7 * 24 * time.Hour
)

// times asks which of two readings of a time is right, where a finding waits
// for it.
func (l *lister) times() {
	waiting := map[string]bool{}
	for _, f := range l.Report.Findings {
		for _, i := range f.Incidents {
			waiting[i.ID] = waiting[i.ID] || f.Strength == evidence.Review && (f.Rule == "V04" || f.Rule == "V05")
		}
	}
	asked := map[string]bool{}
	for _, d := range l.Report.Doubts {
		if d.Code != evidence.NameAgainstContainer && d.Code != evidence.TimeInOtherSource || asked[d.Incident] ||
			!waiting[d.Incident] && !acrossLimit(d) {
			continue
		}
		asked[d.Incident] = true
		i := l.rows[d.Incident]
		q := Question{Kind: Time, About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits},
			Why: evidence.Text{ZH: "按一个算在夜里（22:00至次日8:00），按另一个可能不在，或者不是同一天",
				EN: "the one may be at night (22:00 to 08:00) and the other not, or on another day"},
			Effect: evidence.Text{ZH: "按您选的时间算；不知道的，信里不主张时间",
				EN: "the time you choose counts; if you do not know, no letter " +
					"asserts a time"}}
		for _, s := range d.Says {
			if at, err := time.Parse(time.RFC3339, s.Value); err == nil {
				say := at.In(evidence.Beijing).Format("2006-01-02 15:04:05")
				q.Choices = append(q.Choices, Choice{s.Value, evidence.Text{ZH: say, EN: say}})
			}
		}
		if len(q.Choices) < 2 {
			continue
		}
		q = q.asking(evidence.Advise("%s。哪个对？", "%s. Which is right?").With(d.Text()))
		l.add(q, func(value string) ([]Edit, error) {
			return []Edit{{Row: i.ID, Column: "time", Value: value}, {Row: i.ID, Column: "use", Value: yes}}, nil
		})
	}
}
