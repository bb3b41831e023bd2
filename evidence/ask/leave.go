package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// mostNamed is how many files are named in the question; of more their numbers
// alone are.
const mostNamed = 40

// leave asks whether photos and documents that nothing uses, and recordings of
// private calls, stay out of bundle and papers: all in one question. Those that were proposed as rows are asked
// about there.
func (l *lister) leave() {
	var files []evidence.Exhibit
	for _, x := range l.Idle {
		unsure := slices.ContainsFunc(l.Given, func(g Given) bool {
			return g.Kind == Leave && g.Value == Unknown && slices.Contains(g.Subject, x.Number)
		})
		if !l.proposed[x.Number] && !unsure {
			files = append(files, x)
		}
	}
	if len(files) == 0 {
		return
	}
	var numbers []string
	for _, x := range files {
		numbers = append(numbers, x.Number)
	}
	list := filesNamed(files)
	q := Question{Kind: Leave, About: About{Exhibits: numbers, File: strings.Join(numbers, " ")},
		Text: evidence.Text{
			ZH: fmt.Sprintf("有 %d 份照片、文件没有用在任何一行，像是您的私人文件，现在没有放进证据包。这些都不放，对吗？%s", len(files), list.ZH),
			EN: fmt.Sprintf("%d photos and documents are used in no row and seem to be private; they are not in the "+
				"bundle now. Do they stay out? %s", len(files), list.EN)},
		Why: evidence.Text{ZH: "证据包会交给平台和监管部门，和这件事无关的私人内容不该给他们看；有没有关，只有您知道",
			EN: "the bundle goes to the platform and the supervisor, whom private things do not concern; which are so " +
				"only you know"},
		Effect: evidence.Text{ZH: "不放的，证据包和信里都没有，文件和编号留在案件夹里；放的，收到证据包的人看得到内容",
			EN: "what stays out is in neither bundle nor letters, and its file and number stay in the case; what " +
				"goes in " +
				"can be read by whoever gets the bundle"},
		Choices: yesNo("对，都不放", "yes, all of them stay out", "都放进去", "no, put all of them in"),
		Prefill: yes, Source: evidence.Text{ZH: "现在就没有放", EN: "as it is now"}, Parts: len(numbers)}
	if slices.ContainsFunc(files, func(x evidence.Exhibit) bool {
		return x.Kind == evidence.Recording || x.Kind == evidence.ChatLog
	}) {
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("有 %d 份文件像是您私人的：和家人、别人的通话录音、聊天记录，没有用在任何一行的照片、文件；现在没有放进证据包。这些都不放，对吗？%s",
				len(files), list.ZH),
			EN: fmt.Sprintf("%d files seem to be private: recordings of calls and chats with family and others, "+
				"photos and "+
				"documents that are used in no row; they are not in the bundle now. Do they stay out? %s", len(files),
				list.EN)}
	}
	var stores []string
	for n, x := range files {
		if evidence.Unopened(x) {
			stores = append(stores, fmt.Sprint(n+1))
		}
	}
	if len(stores) > 0 {
		which := strings.Join(stores, "、")
		q.Text.ZH += fmt.Sprintf("。其中 %s 是手机或聊天软件的数据库、备份、通讯录，或者程序打不开的文件，里面可能是您全部的短信、聊天和联系人，"+
			"不知道是什么的不要放", which)
		q.Text.EN += fmt.Sprintf(". Of these %s are databases or backups of a phone or chat program, contacts, or "+
			"files the program cannot open; they may hold all your messages and contacts: leave out what you do "+
			"not know", which)
	}
	if len(files) == 1 {
		q.Choices = yesNo("对，不放", "yes, it stays out", "放进去", "no, put it in")
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, x := range numbers {
			e := Edit{Exhibit: x, Note: evidence.NoteLeft, Value: evidence.TakenIn}
			if isYes(value, n+1, len(numbers)) {
				e.Value = evidence.LeftOut
			}
			out = append(out, e)
		}
		return out, nil
	})
}

// filesNamed lists files under the numbers by which an answer picks some of them.
func filesNamed(files []evidence.Exhibit) evidence.Text {
	var zh, en []string
	for n, x := range files {
		if len(files) > mostNamed {
			zh = append(zh, fmt.Sprintf("%d %s", n+1, x.Number))
			en = append(en, zh[n])
			continue
		}
		at, on := "", ""
		if t, err := time.Parse(time.RFC3339, x.Captured.Time); err == nil {
			at, on = "，"+t.In(evidence.Beijing).Format("2006年1月2日"), ", "+t.In(evidence.Beijing).Format(time.DateOnly)
		}
		if s := evidence.LooksLikeList(x); s != "" { // not what one leaves out without a look
			at, on = at+"，"+s, on+", not read: "+s
		}
		zh = append(zh, fmt.Sprintf("%d %s（%s%s）", n+1, x.Number, short(x.Name()), at))
		en = append(en, fmt.Sprintf("%d %s (%s%s)", n+1, x.Number, short(x.Name()), on))
	}
	return evidence.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}
