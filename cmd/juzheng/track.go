package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

var trackCommand = command{
	name:  "track",
	long:  true,
	args:  "CASE [WHAT]",
	brief: text{ZH: "提交以后：单号、期限、答复，下一步做什么", EN: "after filing: receipts, terms, what comes next"},
	least: 1,
	most:  2,
	help: text{
		ZH: `信交出去以后用它：记下哪天交给了谁、单号是多少，就从那天起算期限；收到答复也记下来。
每个受理机构一行：待签名、待提交、等到哪天、已超期、已答复、已结束，并说明下一步做什么。
您没有记的，程序不猜；程序也不会替您提交任何东西。

用法：juzheng track 案件夹                    各处到哪一步了（同 list）
      juzheng track 案件夹 filed --to platform --on 2026-11-02 --receipt 工单号
      juzheng track 案件夹 answered --to platform --on 2026-11-10 --how more
      juzheng track 案件夹 ics                写出期限日历，导入手机日历会提醒

记什么：
      filed           已经提交。那一份材料原样留在 filed 文件夹，以后不会再变，信上印的码也固定了
      answered        收到了答复、受理通知，或者期限过了仍没有答复（--how）
      withdraw        您撤回了投诉。撤回以后一般不能就同一件事再投诉，想清楚再撤
      close           这一处办完了，不用再等
      reopen          结束的重新打开，或者记错了撤回、结束时用它改回来
      undo            收回最后记的一笔（记错了用它）；再运行一次，收回再前一笔
      list            各处到哪一步了
      ics             所有期限写成一个日历文件；再写一次会替换旧的，已经答复的日子会取消

选项：
      --to WHO        哪一处：platform、lender、nifa、forward、regulator，juzheng directory 列出的
                      代号，或者机构的名称（例如“12345”写 杭州12345热线）
      --on DATE       哪天，例如 2026-11-02；close、reopen 不写就是今天
      --receipt NO    工单号、回执号、挂号信或 EMS 的邮件号码
      --proof FILE    证明它的文件：回执、截图、答复函。原样加进证据，成为一份有编号的证据
      --how WHAT      怎么答复的：satisfied 满意，unsatisfied 不满意，more 要求补材料，
                      withdraw 要求撤回，accepted 已受理、还没有结果，none 期限过了没有答复
      --said TEXT     答复了什么，一两句，照原文写
      --points TEXT   对答复不满意的地方，一条一条写，用；隔开；“异议书”照着写
      --letter NAME   交的不是投诉书，是同一处的后续材料：supplement 补充材料，reminder 催办，
                      incomplete 答复不完整，disputed 对答复有异议，recheck 申请上级核查，
                      withdrawal 撤回，thanks 致谢；除补充材料外，先用 build --letter 写好，自己写的、电话里说的加 --own。
                      不是投诉、没有期限的：deferral 协商还款，statement-request 要材料，
                      credit-objection 征信异议
      --own           交的不是程序做的材料：打电话、自己写的信、在 App 里投诉的
      --again         上一次还没有办完，又就新的事实向同一处投诉了一次
      --out FILE      日历写到哪里；不写就是案件夹里的“期限.ics”

期限从提交的次日起算。按工作日算的，用国务院公布的放假安排；那一年的安排还没有公布，写“约”。
没有查到期限的，写明没有，15日是给自己的提醒。
记在 case.toml 的 [[filings]] 里，也可以自己改；自己改过的，undo 不动它。undo 以后，filed 里已经留下的
材料、加进来的凭据都还在，记录里写明收回过。

退出码：0 完成，2 用法不对（日期、对象），4 记不上：说明原因和怎么办，什么都没有改。`,
		EN: `For after a letter was handed in: write down on which day, with whom and under what number,
and terms run from that day; write down the answer too. One line a recipient: to sign, to
send, waiting until, overdue, answered, closed, with what comes next. What you did not enter
is not guessed, and nothing is ever sent for you.

Use: juzheng track CASE                       where everything stands (as list)
     juzheng track CASE filed --to platform --on 2026-11-02 --receipt NO
     juzheng track CASE answered --to platform --on 2026-11-10 --how unsatisfied
     juzheng track CASE ics                   writes the terms as a calendar

What is written down:
      filed           it was handed in. These papers stay in the folder filed as they are, and
                      the codes on them are fixed
      answered        an answer came, or the matter was taken, or the term went by (--how)
      withdraw        you took the complaint back. In general the same matter is not taken
                      again: think twice
      close           done with, nothing more is waited for
      reopen          goes on with what was closed, or mends a mistaken withdraw or close
      undo            takes back what was written down last; once more, what was before it
      list            where everything stands
      ics             all terms as one calendar file; a later one replaces it, and days that
                      are over are cancelled

Options:
      --to WHO        platform, lender, nifa, forward, regulator, a slug that juzheng directory
                      lists, or the name of a body in Chinese
      --on DATE       which day, such as 2026-11-02; close and reopen: today unless said
      --receipt NO    the number of the ticket, the receipt, the registered letter
      --proof FILE    a file that shows it: receipt, screenshot, answer. Added as it is, and an
                      exhibit with a number from then on
      --how WHAT      satisfied, unsatisfied, more (asks for papers), withdraw (asks you to),
                      accepted (taken, not decided yet), none (the term is over)
      --said TEXT     what it said, in a sentence or two, word for word
      --points TEXT   what you hold against it, point by point, parted by ;
      --letter NAME   not a complaint but what follows one with the same body: supplement,
                      reminder, incomplete (answer), disputed (answer), recheck (by the body above),
                      withdrawal, thanks; all but a supplement are made with build --letter, or are
                      your own: --own. No complaint, and without a term: deferral,
                      statement-request, credit-objection
      --own           no papers of this program: a call, a letter of your own, in the app
      --again         a second complaint to the same body, with new facts, while one is open
      --out FILE      where the calendar goes; else 期限.ics in the case folder

A term begins on the day after filing. Working days follow the published schedule of holidays;
where that of a year is not out yet, the day is marked as about. Where no rule sets a term it
says so, and 15 days are a reminder for yourself.
It is written into [[filings]] of case.toml, which you can edit too; undo leaves alone what you
edited. Papers kept in filed and proofs that were added stay, and the log says what was undone.

Exit codes: 0 done, 2 wrong use (a day, a recipient), 4 it cannot be: told why, nothing changed.`,
	},
	writes: &outputs{of: 1, out: []string{"out"}},
	setup: func(fs *pflag.FlagSet) action {
		var s desk.TrackStep
		fs.StringVar(&s.To, "to", "", "")
		fs.StringVar(&s.On, "on", "", "")
		fs.StringVar(&s.Receipt, "receipt", "", "")
		fs.StringVar(&s.Proof, "proof", "", "")
		fs.StringVar(&s.Said, "said", "", "")
		fs.StringVar(&s.Points, "points", "", "")
		fs.StringVar(&s.Letter, "letter", "", "")
		fs.BoolVar(&s.Own, "own", false, "")
		fs.BoolVar(&s.Again, "again", false, "")
		how := fs.String("how", "", "")
		out := fs.String("out", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			verb := "list"
			if len(args) > 1 {
				verb = args[1]
			}
			s.Verb = verb
			if err := trackUse(fs, verb); err != nil {
				return err
			}
			s.Receipt, s.Said, s.Points = oneLine(s.Receipt), oneLine(s.Said), oneLine(s.Points)
			switch verb {
			case "list":
				return trackList(ctx, e, args[0])
			case "ics":
				return trackCalendar(ctx, e, args[0], *out)
			case "undo":
				return trackUndo(ctx, e, args[0])
			}
			if err := howOf(&s, *how); err != nil {
				return err
			}
			return trackStep(ctx, e, args[0], s)
		}
	},
}

// trackVerbs are what can be written down, with the options each takes and those
// it cannot do without.
var trackVerbs = []struct {
	name        string
	takes, must []string
}{
	{"filed", []string{"to", "on", "receipt", "proof", "letter", "own", "again"}, []string{"to", "on"}},
	{"answered", []string{"to", "on", "how", "said", "points", "proof"}, []string{"to", "how"}},
	{"withdraw", []string{"to", "on"}, []string{"to", "on"}},
	{"close", []string{"to", "on"}, []string{"to"}},
	{"reopen", []string{"to", "on"}, []string{"to"}},
	{"undo", nil, nil},
	{"list", nil, nil},
	{"ics", []string{"out"}, nil},
}

// trackUse checks the word and its options.
func trackUse(fs *pflag.FlagSet, verb string) error {
	var names []string
	for _, v := range trackVerbs {
		names = append(names, v.name)
	}
	n := slices.Index(names, verb)
	if n < 0 {
		return fail(exitUsage, nil, fill(text{ZH: "track 不认识“%[1]s”（可用 %[2]s）",
			EN: "track knows no %[1]q (there are %[3]s)"},
			visible(verb), strings.Join(names, "、"), strings.Join(names, ", ")), meant(verb, names, "")...)
	}
	var err error
	fs.Visit(func(f *pflag.Flag) {
		var g global
		if bare, _ := versionCommand.flags(&g); bare.Lookup(f.Name) == nil && f.Name != "dry-run" &&
			!slices.Contains(trackVerbs[n].takes, f.Name) {
			err = usage(text{ZH: "%s 不用 --%s", EN: "%s takes no --%s"}, verb, f.Name)
		}
	})
	if err != nil {
		return err
	}
	for _, m := range trackVerbs[n].must {
		if f := fs.Lookup(m); f.Value.String() == "" {
			return usage(text{ZH: "%[1]s 还要写 --%[2]s%[3]s", EN: "%[1]s wants --%[2]s%[4]s"}, verb, m, trackMust[m].ZH,
				trackMust[m].EN)
		}
	}
	return nil
}

// trackMust say what an option that is missing is for.
var trackMust = map[string]text{
	"to": {ZH: "：交给谁的那一处，例如 --to platform", EN: ": with whom, as in --to platform"},
	"on": {ZH: "：哪一天，例如 --on 2026-11-02（照凭据上的日期写）", EN: ": on which day, as in --on 2026-11-02"},
	"how": {ZH: "：怎么答复的，例如 --how unsatisfied（不满意）；没有答复写 none",
		EN: ": what the answer comes to, as in --how unsatisfied; none for no answer"},
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// howOf reads what an answer comes to.
func howOf(s *desk.TrackStep, how string) error {
	if all := slices.Concat(evidence.FollowUps(), evidence.Applications()); s.Letter != "" &&
		!slices.Contains(all, s.Letter) {
		return fail(exitUsage, nil, fill(text{ZH: "--letter 没有 %[1]s（可用 %[2]s）",
			EN: "--letter knows no %[1]s (there are %[3]s)"},
			visible(s.Letter), strings.Join(all, "、"), strings.Join(all, ", ")), meant(s.Letter, all, "")...)
	}
	if s.Verb != "answered" {
		return nil
	}
	if how == "accepted" || how == "已受理" || how == "受理" {
		s.Accepted = true
	} else if o, ok := folder.ParseOutcome(how); ok {
		s.Outcome = o
	} else {
		all := append(idsOf(evidence.Outcomes()), "accepted")
		return fail(exitUsage, nil, fill(text{ZH: "--how 没有 %[1]s（可用 %[2]s）",
			EN: "--how knows no %[1]s (there are %[3]s)"},
			visible(how), strings.Join(all, "、"), strings.Join(all, ", ")), meant(how, all, "")...)
	}
	if s.On == "" && s.Outcome != evidence.NoAnswer {
		return usage(text{ZH: "answered 还要写 --on%[1]s", EN: "answered wants --on%[2]s"}, trackMust["on"].ZH,
			trackMust["on"].EN)
	}
	return nil
}

func trackList(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Track(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	if len(r.Lanes) == 0 {
		e.say(text{ZH: "还没有可以提交的，也没有提交过。先看能投诉什么：juzheng check %s",
			EN: "nothing to hand in yet, and nothing was. First: juzheng check %s"}, quote(dir))
		return nil
	}
	writeLanes(e.stdout, r.Lanes, dir, e.today(), e.lang)
	return nil
}

func trackCalendar(ctx context.Context, e *env, dir, out string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	c, err := desk.WriteCalendar(ctx, d, dir, out)
	if err != nil {
		return trackError(err, dir, desk.TrackStep{})
	}
	if e.json {
		return e.emitLines(c.Lines(), dir)
	}
	e.printf(text{ZH: "期限日历：%s（%d 天要记住）\n", EN: "calendar: %s (%d days to remember)\n"}, c.Path, c.Events)
	if c.Cancelled > 0 {
		e.say(text{ZH: "其中 %d 天已经不用等，导入以后旧的提醒会取消", EN: "%d days that are over are cancelled in it"}, c.Cancelled)
	}
	e.say(text{ZH: "发到手机上打开，选“导入日历”。期限有变化时再写一次、再导入，旧的会被替换，不会重复",
		EN: "open it on the telephone and import it. After a change write and import it again: it replaces what " +
			"was there"})
	return nil
}

// trackStep writes down what happened, and says where that lane stands now.
func trackStep(ctx context.Context, e *env, dir string, s desk.TrackStep) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Enter(ctx, d, dir, s)
	if err != nil {
		return trackError(err, dir, s)
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	if r.Exhibit != "" {
		e.say(text{ZH: "凭据已经加进证据：%s", EN: "the proof is an exhibit: %s"}, r.Exhibit)
	}
	e.say(text{ZH: "记下了。", EN: "written down."})
	if r.Entered >= 0 {
		writeLanes(e.stdout, r.Lanes[r.Entered:r.Entered+1], dir, e.today(), e.lang)
	}
	return nil
}

// trackUndo takes back what was written down last.
func trackUndo(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.UndoTrack(ctx, d, dir)
	if err != nil {
		return trackError(err, dir, desk.TrackStep{})
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.tellTakenBack(*r.Undone, dir)
	if r.Entered >= 0 {
		writeLanes(e.stdout, r.Lanes[r.Entered:r.Entered+1], dir, e.today(), e.lang)
	}
	return nil
}

// takenBackWords say what an entry was that is taken back.
var takenBackWords = map[string]text{
	"filed":    {ZH: "提交", EN: "filed"},
	"answered": {ZH: "答复", EN: "answered"},
	"withdraw": {ZH: "撤回投诉", EN: "withdraw"},
	"close":    {ZH: "结束", EN: "close"},
	"reopen":   {ZH: "重新打开", EN: "reopen"},
}

// tellTakenBack says which entry was taken back, and what of it stays.
func (e *env) tellTakenBack(u desk.Undone, dir string) {
	what, filed := takenBackWords[u.Verb], u.Filing.Date
	if r := u.Filing.Receipt; r != "" {
		filed += text{ZH: "，编号 ", EN: ", number "}.In(e.lang) + visible(r)
	}
	e.say(text{ZH: "收回了最后记的一笔：%[1]s（“%[3]s”，%[4]s 提交的那一次）",
		EN: "taken back, what was written down last: %[2]s (%[3]s, what was filed on %[4]s)"},
		what.ZH, what.EN, withinQuotes(u.Name), filed)
	if u.Kept != "" {
		e.say(text{ZH: "那天留下的材料还在 %s，不会删，也不再算提交过的",
			EN: "the papers kept for it stay in %s, and count as filed no more"},
			visible(u.Kept))
	}
	if u.New {
		e.say(text{ZH: "已经导入手机日历的期限，请自己删", EN: "a term of it that is in your calendar already is yours to delete"})
	}
	if len(u.Exhibits) > 0 {
		names := strings.Join(u.Exhibits, " ")
		e.say(text{ZH: "凭据 %[1]s 还在证据里；加错了的，不放进证据包和信：juzheng leave %[2]s %[1]s",
			EN: "%[1]s stays an exhibit; to keep it out of bundle and papers: juzheng leave %[2]s %[1]s"}, names,
			quote(dir))
	}
}
