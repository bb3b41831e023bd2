package main

import (
	"context"
	"fmt"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// tellHolds says what of others is given away, before it is written, and how it
// can be left out.
func (e *env) tellHolds(h desk.Holds) {
	var zh, en []string
	say := func(held desk.Held, inZH, inEN string) {
		if held.Count == 0 {
			return
		}
		count := []any{held.Count}
		if !strings.Contains(inZH, "%d") {
			count = nil
		}
		t := fill(text{ZH: inZH + "（%s）", EN: inEN + " (%s)"}, append(count, names(held.Exhibits))...)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	say(h.Others, "别人的号码%d个（您没有写明是催收方的）", "%d numbers of others (not named as a collector's)")
	say(h.People, "别人的聊天账号%d个（您没有写明是催收方的）", "%d chat accounts of others (not named as a collector's)")
	say(h.Names, "信里只写姓的别人的名字%d个", "%d names of others, whom letters name by surname alone")
	say(h.Codes, "带验证码的短信%d条", "%d messages with a verification code")
	say(h.Advisers, "与警方、法院、法律援助或律师的通话、短信%d次", "%d calls or messages with police, courts, legal aid or lawyers")
	say(h.Private, "像是和家人、别人的私人通话录音、聊天记录%d份",
		"%d recordings of calls or chats that seem private, with family or others")
	say(h.Unopened, "手机或聊天软件的数据库、备份、通讯录，或者程序打不开的文件%d份，里面可能是您全部的短信、聊天和联系人",
		"%d databases or backups of a phone or chat program, contacts, or files the program cannot open, which "+
			"may hold "+
			"all your messages and contacts")
	say(h.IDs, "身份证号%d个（您自己的也算）", "%d identity numbers (your own counts)")
	say(h.Home, "写着您住址的文件", "files that tell where you live")
	if len(zh) > 0 {
		say(h.Unread, "没有读过字的图片、扫描件%d份（自己看一遍）", "%d pictures or scans whose words were not read (look at them)")
	}
	if h.Login != "" {
		zh = append(zh, fmt.Sprintf("您在这台电脑上的登录名（%s）", visible(h.Login)))
		en = append(en, fmt.Sprintf("your login name on this computer (%s)", visible(h.Login)))
	}
	t := map[desk.Giving]text{
		desk.GivingCopy: {ZH: "注意，这份副本里有：%[1]s。不想给的，用 --only 只写要给的证据",
			EN: "note, this copy holds: %[2]s. To leave some out, name what goes along with --only"},
		desk.GivingWhole: {ZH: "注意，这个证据包里有：%[1]s。不想给的，用 juzheng export %[3]s --only 另做一份，只放要给的证据",
			EN: "note, this bundle holds: %[2]s. To leave some out, make a copy: juzheng export %[3]s --only"},
		desk.GivingPapers: {ZH: "注意，材料里的图片上有：%[1]s。不想给的，先遮盖：juzheng redact %[3]s",
			EN: "note, pictures in the papers show: %[2]s. To keep some from the recipient, cover it first: juzheng " +
				"redact %[3]s"},
	}[h.Given]
	e.say(t, strings.Join(zh, "；"), strings.Join(en, "; "), quote(h.Case))
	if h.Given != desk.GivingPapers && h.In(folder.TimelineFile) {
		e.say(text{ZH: "%s 写着一起给的各份证据的内容：不给那份证据，它的行也不给；要遮字的：juzheng redact，遮了一部分的证据不给",
			EN: "%s has the rows of the exhibits that go along: without an exhibit its rows stay here too; to cover words: " +
				"juzheng redact, and exhibits covered in part stay here"}, folder.TimelineFile)
	}
}

// agree asks whether to go on. Nothing but a yes goes on.
func (e *env) agree(ctx context.Context) (bool, error) {
	line, err := e.line(ctx, text{ZH: "继续吗？（y 继续，直接回车就停下）：", EN: "go on? (y goes on, Enter stops): "})
	if err != nil {
		return false, err
	}
	switch strings.ToLower(typed(line)) {
	case "y", "yes", "1", "是", "好", "继续":
		return true, nil
	}
	return false, nil
}
