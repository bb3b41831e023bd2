package main

import (
	"fmt"
	"strings"

	"juzheng/cmd/internal/desk"
)

// tellHolds says what of others a copy holds, before it is written, and how it
// can be left out.
func (e *env) tellHolds(h desk.Holds) {
	var zh, en []string
	say := func(held desk.Held, inZH, inEN string) {
		if held.Count == 0 {
			return
		}
		where := strings.Join(held.Exhibits, "、")
		zh = append(zh, fmt.Sprintf(inZH, held.Count)+"（"+where+"）")
		en = append(en, fmt.Sprintf(inEN, held.Count)+" ("+where+")")
	}
	say(h.Others, "别人的号码%d个（您没有写明是催收方的）", "%d numbers of others (not named as a collector's)")
	say(h.Codes, "带验证码的短信%d条", "%d messages with a verification code")
	say(h.Advisers, "与警方、法院、法律援助或律师的通话、短信%d次", "%d calls or messages with police, courts, legal aid or lawyers")
	e.say(text{ZH: "注意，这份副本里有：%[1]s。不想给的，用 --only 只写要给的证据",
		EN: "note, this copy holds: %[2]s. To leave some out, name what goes along with --only"},
		strings.Join(zh, "；"), strings.Join(en, "; "))
}
