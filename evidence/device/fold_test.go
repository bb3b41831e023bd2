package device_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// TestFoldMessages makes one row of a message that two copies of one person's
// phone have, and leaves two persons their own.
func TestFoldMessages(t *testing.T) {
	at := time.Date(2026, 9, 5, 23, 12, 7, 0, evidence.Beijing)
	one := evidence.Incident{ID: "T001", Kind: evidence.SMS, Number: "19900000311", Direction: evidence.In,
		Shown: "今晚上门", Seconds: -1, Time: evidence.Time{At: at, Source: "sms-backup"},
		Exhibits: []string{"E001"}, Source: "E001:2", Reached: evidence.ReachedSelf}
	chat := one
	chat.Kind, chat.Number, chat.Name = evidence.Message, "", "小王"
	for _, c := range []struct {
		name        string
		row         evidence.Incident
		change      func(*evidence.Incident)
		said        [2]string // folder, and =who after it
		want, clash int
	}{
		{"both the borrower's", one, nil, [2]string{"A手机=self", "B手机=self"}, 1, 0},
		{"a chat's", chat, nil, [2]string{"A手机=self", "B手机=self"}, 1, 0},
		{"one not said whose", one, nil, [2]string{"A手机=self", "B手机"}, 2, 0},
		{"one a relative's", one, nil, [2]string{"A手机=self", "妈妈的手机=family"}, 2, 0},
		{"of two relatives", one, nil, [2]string{"爸爸的手机=family", "妈妈的手机=family"}, 2, 0},
		{"twice of one relative", one, nil, [2]string{"妈妈手机备份=family", "妈妈的手机=family"}, 1, 0},
		{"another second", one, func(i *evidence.Incident) { i.Time.At = at.Add(time.Second) },
			[2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"other words", one, func(i *evidence.Incident) { i.Shown += "！" }, [2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"the other way", one, func(i *evidence.Incident) { i.Direction = evidence.Out },
			[2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"another number", one, func(i *evidence.Incident) { i.Number = "19900000312" },
			[2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"another in the chat", chat, func(i *evidence.Incident) { i.Name = "小李" },
			[2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"a picture", one, func(i *evidence.Incident) { i.Source = "E002" }, [2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"a row of the person's", one, func(i *evidence.Incident) { i.Source = "person" },
			[2]string{"A手机=self", "B手机=self"}, 2, 0},
		{"different answers", one, func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily },
			[2]string{"A手机=self", "B手机=self"}, 2, 1},
	} {
		var words []string
		for n, folder := range c.said {
			name, who, said := strings.Cut(folder, "=")
			word := fmt.Sprintf("d/%s/s.xml=log@%d", name, n)
			if said {
				word += ",+" + who
			}
			words = append(words, word)
		}
		exhibits, _ := given(strings.Join(words, " "))
		two := c.row
		two.ID, two.Exhibits, two.Source = "T002", []string{"E002"}, "E002:3"
		if c.change != nil {
			c.change(&two)
		}
		rows := []evidence.Incident{c.row, two}
		from := device.PhonesOf(device.Gather(evidence.Case{}, exhibits, rows, nil), exhibits)
		got, clash := device.Fold(rows, from, nil)
		if len(got) != c.want || len(clash) != c.clash {
			t.Errorf("%s: %d rows, clash %v", c.name, len(got), clash)
		} else if c.want == 1 && (got[0].ID != "T001" || !slices.Equal(got[0].Also, []string{"T002"}) ||
			len(got[0].Exhibits) != 2) {
			t.Errorf("%s: %+v", c.name, got[0])
		}
	}
}
