package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/track"
)

// The most lines that each part of the one screen has, so that all of it fits
// 24 of them: what can be complained of, what waits for an answer, what is
// lawful, what was handed in, what must be mended.
const (
	mostShown  = 4
	mostStated = 1
	mostLawful = 2
	mostMended = 2
)

// writeOverlook prints a check on one screen: what can be complained of, what
// waits for an answer, what is lawful. --full has the rest.
func writeOverlook(w io.Writer, r desk.Checked, dir string, today time.Time, lang string) {
	p := report{w, lang}
	if s := safety(r.Report, r.Questions).In(lang); s != "" {
		p.line(2, text{ZH: "■ 人身安全　%s", EN: "■ Safety  %s"}, s)
	}
	p.harm(r.Harm, dir)
	named, shown := p.notTaken(r.Report.Findings), mostShown
	if named != "" {
		shown-- // its line is one of the screen's
	}
	if len(filedLanes(r.Lanes)) > 0 {
		shown--
	}
	findings := slices.DeleteFunc(slices.Clone(r.Report.Findings),
		func(f evidence.Finding) bool { return desk.StillAsked(f, r.Questions) })
	p.kinds(findings, evidence.Shown, shown,
		text{ZH: "■ 有材料、能投诉的", EN: "■ Can be complained of, shown by a file"})
	p.kinds(findings, evidence.Stated, mostStated,
		text{ZH: "■ 只有您说的（信里写明“本人陈述”）", EN: "■ Only your own word (letters say so)"})
	io.WriteString(p.w, named)
	more := p.waiting(r, dir)
	p.unwritten(r, dir)
	p.unread(r, dir)
	p.lawfulActs(r.Report.Lawful, mostLawful-more)
	p.lanes(r.Lanes, dir, today)
	p.review(r.Review, dir)
	p.table(r.Report.Doubts)
	p.mend(r.Report.Obstacles)
	p.line(2, text{ZH: "依据、对不上的地方、向谁提交：juzheng check %s --full", EN: "grounds, doubts, whom to turn to: juzheng " +
		"check %s --full"}, quote(dir))
}

// harm says first what a spreadsheet did to the table: as long as it stands,
// most of the rest is missing.
func (p report) harm(h desk.TableHarm, dir string) {
	p.emptied(h, dir)
	if h.Cells+h.Rows == 0 {
		return
	}
	var zh, en []string
	if h.Cells > 0 {
		zh, en = append(zh, fmt.Sprintf("%d 格和材料对不上", h.Cells)), append(en, fmt.Sprintf("%d cells differ", h.Cells))
	}
	if h.Rows > 0 {
		zh, en = append(zh, fmt.Sprintf("少了 %d 行", h.Rows)), append(en, fmt.Sprintf("%d rows are gone", h.Rows))
	}
	p.line(2, text{ZH: "■ 时间线表格里有改动：%[1]s", EN: "■ The timeline is not what the files say: %[2]s"},
		strings.Join(zh, "，"),
		strings.Join(en, ", "))
	if h.Costs() {
		var whole text
		if h.Lost > 0 {
			whole = text{ZH: fmt.Sprintf("（其中 %d 类整类不能）", h.Lost), EN: fmt.Sprintf(" (%d kinds altogether)", h.Lost)}
		}
		p.line(2, text{ZH: "  有 %d 条能证明的事因此不能投诉%s；写回来就都回来了",
			EN: "  %d acts that files show cannot be complained of because of it%s; the files are unharmed, and " +
				"putting it back brings them back"},
			h.Fewer, whole.In(p.lang))
	}
	p.line(2, text{ZH: "  写回来：juzheng timeline %s --restore", EN: "  put it back: juzheng timeline %s --restore"},
		quote(dir))
}

// emptied names the person's own cells that were emptied by hand, and how they come back.
func (p report) emptied(h desk.TableHarm, dir string) {
	if len(h.Emptied) == 0 {
		return
	}
	cells := emptiedWords(h.Emptied, p.lang)
	p.line(2, text{ZH: "■ 时间线表格里有 %d 格原来填着、现在是空的：%s", EN: "■ %d cells of the timeline were filled and are empty: %s"},
		len(h.Emptied), cells)
	p.line(2, text{ZH: "  有意清空的不用管；不是的，放回去：juzheng timeline %s --restore %s",
		EN: "  if you meant to, leave them; to put them back: juzheng timeline %s --restore %s"}, quote(dir),
		strings.Join(desk.RowsOf(h.Emptied), " "))
}

// emptiedWords names some of the cells that were emptied, and how many there are.
func emptiedWords(cells []evidence.EmptiedCell, lang string) string {
	var names []string
	for _, c := range cells[:min(len(cells), 4)] {
		names = append(names, visible(c.Text().In(lang)))
	}
	s := strings.Join(names, text{ZH: "、", EN: ", "}.In(lang))
	if len(cells) > len(names) {
		s += text{ZH: " 等", EN: " …"}.In(lang)
	}
	return s
}

// kinds sums up findings of one strength, one line a kind.
func (p report) kinds(findings []evidence.Finding, strength evidence.Strength, most int, head text) {
	type kind struct {
		name        text
		ids         map[string]bool
		first, last time.Time
	}
	var all []*kind
	for _, f := range findings {
		if f.Strength != strength {
			continue
		}
		name := f.Name()
		if f.Rule == "V10" && f.Doubtful { // nobody reads it as done by the collector
			name.ZH, name.EN = name.ZH+"，发送人不明", name.EN+", sent by nobody knows whom"
		}
		n := slices.IndexFunc(all, func(k *kind) bool { return k.name == name })
		if n < 0 {
			n, all = len(all), append(all, &kind{name: name, ids: map[string]bool{}})
		}
		k := all[n]
		for _, i := range f.Incidents {
			if k.ids[i.ID] {
				continue
			}
			k.ids[i.ID] = true
			if at := i.Time.At; !i.Time.IsZero() {
				if k.first.IsZero() || at.Before(k.first) {
					k.first = at
				}
				if at.After(k.last) {
					k.last = at
				}
			}
		}
	}
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(p.w, head.In(p.lang))
	for n, k := range all {
		if n == most && len(all) > most+1 {
			p.line(4, text{ZH: "  … 另有 %d 类", EN: "  … %d more kinds"}, len(all)-n)
			return
		}
		days := ""
		if !k.first.IsZero() {
			days = "　" + dayIn(k.first)
			if dayIn(k.first) != dayIn(k.last) {
				days += text{ZH: " 至 ", EN: " to "}.In(p.lang) + dayIn(k.last)
			}
		}
		count := ""
		if len(k.ids) > 0 {
			count = fmt.Sprintf(text{ZH: "　%d 条", EN: "  %d"}.In(p.lang), len(k.ids))
		}
		fmt.Fprintln(p.w, cut("  "+visible(k.name.In(p.lang))+count+days, screen))
	}
}

// notTaken says of rows the person named as a violation, and no letter tells, how
// many they are, and of the first why: whoever names one must not learn it from
// the letter.
func (p report) notTaken(findings []evidence.Finding) string {
	var ids []string
	taken := map[string]bool{} // by rule and row
	for _, f := range findings {
		for _, i := range f.Incidents {
			taken[f.Rule+i.ID] = taken[f.Rule+i.ID] || f.Strength != evidence.Review
		}
	}
	why := ""
	for _, f := range findings {
		for _, i := range f.Incidents {
			named := slices.ContainsFunc(i.Asserted, func(b evidence.Breach) bool { return b.Rule() == f.Rule })
			if !named || taken[f.Rule+i.ID] || slices.Contains(ids, i.ID) {
				continue
			}
			if ids = append(ids, i.ID); why == "" && len(f.Doubts) > 0 {
				why = f.Doubts[0].In(p.lang)
				if !strings.HasPrefix(why, i.ID) {
					why = i.ID + text{ZH: "：", EN: ": "}.In(p.lang) + why
				}
			}
		}
	}
	if len(ids) == 0 {
		return ""
	}
	said := text{ZH: "■ 您标注了、信里不写的 %d 条：%s", EN: "■ Named by you and in no letter, %d: %s"}.In(p.lang)
	return cut(fmt.Sprintf(said, len(ids), visible(why)), screen) + "\n"
}

func dayIn(t time.Time) string { return t.In(evidence.Beijing).Format(time.DateOnly) }

// asks are what questions are about, in a few words.
var asks = map[ask.Kind]text{
	ask.Phone: {ZH: "手机是谁的", EN: "whose phone"}, ask.Clock: {ZH: "时钟", EN: "a clock"},
	ask.Zone:  {ZH: "时区", EN: "a zone"},
	ask.Same:  {ZH: "是不是同一通电话", EN: "one call or two"},
	ask.Twice: {ZH: "是不是同一条消息", EN: "one message or two"}, ask.Time: {ZH: "哪个时间对", EN: "which time is right"},
	ask.Caller:    {ZH: "号码是谁的", EN: "whose number"},
	ask.OnPicture: {ZH: "图上是不是这些字", EN: "what pictures show"},
	ask.Lending:   {ZH: "替哪一家催", EN: "for which lender"}, ask.Restore: {ZH: "表格被改动", EN: "a changed table"},
	ask.SourceRow: {ZH: "不在时间线里的材料", EN: "files in no row"}, ask.Told: {ZH: "是不是转告", EN: "hearsay"},
	ask.Words: {ZH: "话算不算", EN: "what words mean"}, ask.Bulk: {ZH: "是不是轰炸", EN: "a bombing"},
	ask.Role: {ZH: "消息是做什么的", EN: "what a message was for"}, ask.Reached: {ZH: "找到的是谁", EN: "who was reached"},
	ask.Speaker:   {ZH: "图上是谁说的", EN: "who says it on pictures"},
	ask.Picture:   {ZH: "截图写了什么", EN: "what pictures say"},
	ask.Heard:     {ZH: "录音说了什么", EN: "what recordings say"},
	ask.Direction: {ZH: "谁打给谁", EN: "who called whom"},
	ask.Disclosed: {ZH: "说没说欠款", EN: "whether the debt was told"},
	ask.Reachable: {ZH: "当天能不能联系上您", EN: "whether you could be reached"},
	ask.Refused:   {ZH: "拒绝过没有", EN: "refusals"}, ask.Untrue: {ZH: "核实过没有", EN: "what was checked"},
	ask.Name: {ZH: "您的姓名", EN: "your name"}, ask.OwnNumber: {ZH: "您的电话", EN: "your telephone"},
	ask.Brand:   {ZH: "平台", EN: "the platform"},
	ask.Lender:  {ZH: "放款机构", EN: "the lender"},
	ask.Licence: {ZH: "机构类型", EN: "the lender's kind"}, ask.Region: {ZH: "注册地", EN: "its place"},
	ask.Agency:   {ZH: "催收公司", EN: "the collecting firm"},
	ask.Assignee: {ZH: "受让债权的公司", EN: "the firm that has the claim"},
	ask.Loan:     {ZH: "借款种类", EN: "what sort of loan"},
	ask.Contract: {ZH: "合同编号", EN: "the contract's number"}, ask.Principal: {ZH: "本金", EN: "the principal"},
	ask.Rate: {ZH: "年利率", EN: "the rate"}, ask.LoanDate: {ZH: "借款日期", EN: "the day of the loan"},
	ask.Repaid: {ZH: "还了多少", EN: "what was repaid"}, ask.Charged: {ZH: "另收的费用", EN: "fees beside the loan"},
	ask.Received: {ZH: "到账多少", EN: "what reached you"},
	ask.Settled:  {ZH: "哪天还清", EN: "when the loan was paid"},
	ask.Identity: {ZH: "身份证号", EN: "your identity number"}, ask.Address: {ZH: "您的地址", EN: "your address"},
	ask.Consent: {ZH: "您的意愿", EN: "what you agree to"},
	ask.Wish:    {ZH: "还想请对方做什么", EN: "what else you wish"},
	ask.Leave:   {ZH: "私人文件", EN: "private files"},
}

// unwritten names screenshots whose words nobody has written down.
func (p report) unwritten(r desk.Checked, dir string) {
	if len(r.Unwritten) == 0 {
		return
	}
	asked := slices.ContainsFunc(r.Questions, func(q ask.Question) bool { return q.Kind == ask.Picture })
	ids := r.Unwritten[0]
	if len(r.Unwritten) > 1 {
		ids += text{ZH: " 等", EN: " …"}.In(p.lang)
	}
	if asked {
		p.line(2, text{ZH: "■ %d 张截图还没有写内容，信里不会提到（%s）：juzheng ask %s",
			EN: "■ %d screenshots not written down are in no letter (%s): juzheng ask %s"}, len(r.Unwritten), ids,
			quote(dir))
		return
	}
	p.line(2, text{ZH: "■ %d 张截图还没有写内容，信里不会提到（%s）：写进时间线“材料显示的内容”",
		EN: "■ %d screenshots not written down are in no letter (%s): copy their words into the timeline"},
		len(r.Unwritten), ids)
}

// unread names files of which something was not read.
func (p report) unread(r desk.Checked, dir string) {
	if len(r.Unread) == 0 {
		return
	}
	var numbers []string
	for _, u := range r.Unread {
		if !slices.Contains(numbers, u.Exhibit) {
			numbers = append(numbers, u.Exhibit)
		}
	}
	p.line(2, text{ZH: "■ %d 份材料没有读或没有读全，里面的事不在时间线里（%s）：原因和办法见 juzheng list %s",
		EN: "■ %d files were not read, or not whole; what they hold is not in the timeline (%s): juzheng list %s " +
			"says why"},
		len(numbers), rows(numbers, p.lang), quote(dir))
}

// waiting says how many questions are open, and of what, and whether that takes a
// line more than is usual.
func (p report) waiting(r desk.Checked, dir string) (more int) {
	if len(r.Questions) == 0 {
		return 0
	}
	count := map[ask.Kind]int{}
	var kinds []ask.Kind
	for _, q := range r.Questions {
		if count[q.Kind]++; count[q.Kind] == 1 {
			kinds = append(kinds, q.Kind)
		}
	}
	var said []string
	for _, k := range kinds {
		said = append(said, fmt.Sprintf("%s %d", asks[k].In(p.lang), count[k]))
	}
	p.line(2, text{ZH: "■ 等您回答的 %d 个：juzheng ask %s", EN: "■ %d questions wait for you: juzheng ask %s"},
		len(r.Questions),
		quote(dir))
	comma, line := text{ZH: "，", EN: ", "}.In(p.lang), "  "
	for n, s := range said {
		if n < len(said)-1 {
			s += comma
		}
		if more == 0 && cells(line+s) > screen {
			fmt.Fprintln(p.w, line)
			line, more = "  ", 1
		}
		line += s
	}
	fmt.Fprintln(p.w, cut(line, screen))
	var open []string
	for _, f := range r.Report.Findings {
		if name := f.Name().In(p.lang); desk.StillAsked(f, r.Questions) && !slices.Contains(open, name) {
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		fmt.Fprintln(p.w, cut(text{ZH: "  答了才知道能不能投诉：", EN: "  to complain of only once answered: "}.In(p.lang)+
			visible(strings.Join(open, text{ZH: "、", EN: ", "}.In(p.lang))), screen))
	}
	return more
}

func (p report) lawfulActs(all []evidence.Lawful, most int) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(p.w, text{ZH: "■ 合法的，不能投诉", EN: "■ Lawful, and no ground"}.In(p.lang))
	for n, l := range all {
		if n == most && len(all) > most+1 {
			p.line(4, text{ZH: "  … 另有 %d 种", EN: "  … %d more"}, len(all)-n)
			return
		}
		fmt.Fprintln(p.w, cut(fmt.Sprintf(text{ZH: "  %s　%d 条", EN: "  %s  %d"}.In(p.lang), l.Act.In(p.lang),
			len(l.Incidents)),
			screen))
	}
}

// lanes say in one line where the complaints stand that were handed in: of one
// its own words, of several how many wait for what.
func (p report) lanes(all []desk.Lane, dir string, today time.Time) {
	all = filedLanes(all)
	switch {
	case len(all) == 0:
		return
	case len(all) == 1:
		fmt.Fprintln(p.w, cut(text{ZH: "■ 已经提交的　", EN: "■ Handed in  "}.In(p.lang)+laneHead(all[0], p.lang)+
			text{ZH: "：", EN: ": "}.In(p.lang)+laneState(all[0], today).In(p.lang), screen))
		return
	}
	var said []string
	for _, s := range laneStates {
		n := 0
		for _, l := range all {
			if l.State == s.state {
				n++
			}
		}
		if n > 0 {
			said = append(said, fmt.Sprintf("%s %d", s.word.In(p.lang), n))
		}
	}
	fmt.Fprintln(p.w, cut(fmt.Sprintf(text{ZH: "■ 已经提交的 %d 处：%s（juzheng track %s）",
		EN: "■ Handed in, %d: %s (juzheng track %s)"}.In(p.lang),
		len(all), strings.Join(said, text{ZH: "，", EN: ", "}.In(p.lang)), quote(dir)), screen))
}

// laneStates are the states of what was handed in, first what something can be
// done about.
var laneStates = []struct {
	state track.State
	word  text
}{
	{track.Overdue, text{ZH: "已超期", EN: "overdue"}}, {track.Answered, text{ZH: "已答复", EN: "answered"}},
	{track.Waiting, text{ZH: "等答复", EN: "waiting"}}, {track.Closed, text{ZH: "已结束", EN: "closed"}},
}

// table names in one line what nobody is asked about and the person must know
// of their table: edits that lie in another file are lost otherwise.
func (p report) table(doubts []evidence.Doubt) {
	var beside, unread []string // of files that cannot be used, one a file
	said := map[string]bool{}
	for _, d := range doubts {
		switch d.Code {
		case evidence.TableBeside:
			for _, s := range d.Says {
				beside = append(beside, visible(s.Value))
			}
		case evidence.SourceUnread:
			if x, _, _ := strings.Cut(d.Says[0].Source, ":"); !said[x] {
				said[x], unread = true, append(unread, d.Text().In(p.lang))
			}
		}
	}
	switch {
	case len(beside) > 0:
		fmt.Fprintln(p.w, cut(fmt.Sprintf(text{ZH: "■ 没有读：%s 比时间线新；要用的话另存为 timeline.csv",
			EN: "■ Newer than timeline.csv, not read: %s"}.In(p.lang),
			strings.Join(beside, text{ZH: "、", EN: ", "}.In(p.lang))), screen))
	case len(unread) > 0:
		more := ""
		if n := len(unread) - 1; n > 0 {
			more = fmt.Sprintf(text{ZH: "（另有 %d 份）", EN: " (and %d more)"}.In(p.lang), n)
		}
		head := text{ZH: "■ 时间线　", EN: "■ Timeline  "}.In(p.lang)
		fmt.Fprintln(p.w, cut(head+unread[0], screen-cells(more))+more)
	}
}

// mend says what must be mended before anything is filed, and how.
func (p report) mend(all []evidence.Obstacle) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(p.w, text{ZH: "■ 提交前必须解决", EN: "■ To be mended before filing"}.In(p.lang))
	for n, o := range all {
		if n == mostMended && len(all) > mostMended+1 {
			p.line(4, text{ZH: "  … 另有 %d 项", EN: "  … %d more"}, len(all)-n)
			return
		}
		if len(all) > 1 {
			fmt.Fprintln(p.w, cut(fmt.Sprintf(text{ZH: "  %s：%s", EN: "  %s: %s"}.In(p.lang), o.Place(),
				o.What.In(p.lang)), screen))
		} else {
			p.line(4, text{ZH: "  %s：%s", EN: "  %s: %s"}, o.Place(), o.What.In(p.lang))
			p.line(4, text{ZH: "    怎么办：%s", EN: "    remedy: %s"}, o.Remedy.In(p.lang))
		}
	}
}
