package phrase

import (
	"testing"
	"time"

	"juzheng/evidence"
)

// Who collects for another, as messages say it.
func TestAgencyIn(t *testing.T) {
	for words, want := range map[string]string{
		"【信诚资产】马莉，我司受盛和消费金融有限公司委托，处理您的欠款":    "信诚资产",
		"【信诚资产】您的欠款已移交我司处理，今日17点前还清":         "信诚资产",
		"马莉您好，我是北京中正恒律师事务所，受花易借委托就您欠款事宜与您协商": "北京中正恒律师事务所",
		"广州信诚资产管理有限公司现受盛和消费金融有限公司委托，通知您尽快还款": "广州信诚资产管理有限公司",
		"我司受盛和消费金融有限公司委托，通知您尽快还款":            "",
		"【花易借】您的借款已逾期，请尽快还款":                 "",
		"【花易借】若不处理，我司将委托律师提起诉讼":              "",
	} {
		if got := AgencyIn(evidence.Incident{Shown: words}); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

// A demand for a loan that was paid before.
func TestDunsSettled(t *testing.T) {
	const number = "106855000099"
	c := evidence.Case{Numbers: []evidence.Number{{Number: number, Side: evidence.CollectorSide}}}
	at := func(day int, words string, edit ...func(*evidence.Incident)) evidence.Incident {
		i := evidence.Incident{Kind: evidence.SMS, Direction: evidence.In, Number: number, Shown: words,
			Reached: evidence.ReachedSelf,
			Time:    evidence.Time{At: time.Date(2026, 9, day, 10, 0, 0, 0, evidence.Beijing)}}
		for _, e := range edit {
			e(&i)
		}
		return i
	}
	done := at(5, "您的借款HYJ2025110012已结清，感谢使用")
	settled := Settled(c, []evidence.Incident{done, at(1, "您的借款HYJ2026030077尚未结清"),
		at(2, "请尽快结清借款HYJ2026030077")})
	if len(settled) != 1 {
		t.Errorf("settled: %v", settled)
	}
	for said, counts := range map[string]bool{"【云岭银行】您尾号4321信用卡欠款已全部结清，感谢配合": true,
		"您本期账单已还清，下期还款日另行通知": false, "您9月的分期已结清": false, "您的借款HYJ2025110012已结清": false} {
		plain := Settled(c, []evidence.Incident{at(5, said)})
		for words, asked := range map[string]bool{"信用卡欠款6800元仍未处理，今天必须还": counts,
			"尾号4321的信用卡欠款仍未处理": counts, "尾号9876的信用卡欠款仍未处理": false, "借款HYJ2026030077仍欠3400元": false,
			"再不处理，明天上门到你家": counts, "您的验证码是4321": false} {
			if got := DunsSettled(c, at(9, words), plain); got != asked {
				t.Errorf("%s, then %s: %v", said, words, got)
			}
		}
		if DunsSettled(c, at(3, "信用卡欠款6800元仍未处理，今天必须还"), plain) {
			t.Errorf("%s: a demand before it", said)
		}
	}
	answered := func(i *evidence.Incident) { i.Kind, i.Answered, i.Seconds = evidence.Call, evidence.Yes, 25 }
	of := func(contract string) evidence.Case {
		own := c
		own.Loan.Contract = contract
		return own
	}
	contact := c
	contact.Complainant.Kind = evidence.Contact
	paidOff := c
	paidOff.Loan.Settled = "2026-09-05"
	for _, x := range []struct {
		name string
		kase evidence.Case
		row  evidence.Incident
		want bool
	}{
		{"of the contract, later", c, at(9, "借款HYJ2025110012仍欠3400元，今日不还款将移交司法"), true},
		{"of the contract, before", c, at(3, "借款HYJ2025110012仍欠3400元，今日不还款将移交司法"), false},
		{"of another contract", c, at(9, "借款HYJ2026030077仍欠3400元，今日不还款将移交司法"), false},
		{"of none", c, at(9, "您的借款已逾期，请尽快还款"), false},
		{"of none, and the case's own is paid", paidOff, at(9, "您的借款已逾期，请尽快还款"), true},
		{"on the day it was paid", paidOff, at(5, "您的借款已逾期，请尽快还款"), false},
		{"ruled out", c, at(9, "借款HYJ2025110012仍欠3400元，今日不还款将移交司法",
			func(i *evidence.Incident) { i.Denied = []evidence.Breach{"V20b"} }), false},
		{"the message that it is paid", c, done, false},
		{"a call after the case's own was paid", paidOff, at(9, "", answered), true},
		{"on the day it was paid", paidOff, at(5, "", answered), false},
		{"a call that nobody answered", paidOff, at(9, "", answered,
			func(i *evidence.Incident) { i.Answered, i.Seconds = evidence.No, 0 }), false},
		{"a call to a relative", paidOff, at(9, "", answered,
			func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }), false},
		{"a call of theirs, dialled", paidOff, at(9, "", answered,
			func(i *evidence.Incident) { i.Direction = evidence.Out }), false},
		{"a call of somebody else", paidOff, at(9, "", answered,
			func(i *evidence.Incident) { i.Number, i.Use = "13900000001", evidence.Yes }), false},
		{"a call, and one of two loans is paid", c, at(9, "", answered), false},
		{"a call, and that is the case's", of("HYJ2025110012"), at(9, "", answered), true},
		{"a call, and the other is the case's", of("HYJ2026030077"), at(9, "", answered), false},
		{"a contact complains", contact, at(9, "借款HYJ2025110012仍欠3400元，今日不还款将移交司法"), false},
	} {
		if got := DunsSettled(x.kase, x.row, settled); got != x.want {
			t.Errorf("%s: %v", x.name, got)
		}
	}
}

func TestSettledDay(t *testing.T) {
	written := time.Date(2026, 9, 10, 15, 0, 0, 0, evidence.Beijing)
	for words, want := range map[string]string{
		"您的借款已于2026年9月9日结清":         "2026-09-09",
		"您的借款于9月9日全部还清":             "2026-09-09",
		"您的借款已于12月30日结清":            "2025-12-30",
		"结清日期：2026/9/8":             "2026-09-08",
		"您的借款已全部结清":                 "",
		"2026年9月9日您有一笔借款，请按时还款直至结清": "",
		"您的借款已于2026年13月9日结清":        "",
	} {
		got := ""
		if at := SettledDay(words, written); !at.IsZero() {
			got = at.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
}
