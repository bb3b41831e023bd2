package ask

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What was said of a number is kept as it was said: who answers that it is the bank
// has called it no collector, and its acts are looked at all the same.
func TestWhoANumberIsIsKeptAsSaid(t *testing.T) {
	for value, want := range map[string]evidence.Side{"collector": evidence.CollectorSide,
		"platform": evidence.PlatformSide, "lender": evidence.LenderSide, "service": evidence.OtherSide,
		"family": evidence.OtherSide} {
		rows := []evidence.Incident{sms("T001", "09-21 23:00", stranger, "您的贷款逾期，今天必须还款")}
		q := of(List(look(Record{Case: kase(), Incidents: rows})), Caller)[0]
		edits, err := q.Edits(value)
		if err != nil || len(edits) == 0 || edits[0].Value != string(want) {
			t.Errorf("%s: %+v, %v", value, edits, err)
			continue
		}
		c := kase()
		c.Numbers = append(c.Numbers, evidence.Number{Number: stranger, Side: want})
		if got := c.SideOfWriter(rows[0]) == evidence.CollectorSide; got != want.Collecting() ||
			c.SaidOf(rows[0]) != want {
			t.Errorf("%s: looked at: %v, said %s", value, got, c.SaidOf(rows[0]))
		}
	}
}

// A nameless number whose recorded call came within minutes of a collector's message
// is asked about; one that is not recorded, named or far from it is not.
func TestRecordedCallBesideACollectorsMessage(t *testing.T) {
	for name, c := range map[string]struct {
		at       string
		recorded bool
		contact  string
		want     int
	}{
		"beside it":    {"09-21 09:10", true, "", 1},
		"not recorded": {"09-21 09:10", false, "", 0},
		"a contact":    {"09-21 09:10", true, "王姐", 0},
		"hours before": {"09-21 14:10", true, "", 0},
	} {
		i := call("T001", c.at, stranger, evidence.ReachedSelf)
		i.Name, i.Exhibits = c.contact, []string{"E001", "E007"}
		r := Record{Case: kase(), Incidents: []evidence.Incident{i, sms("T002", "09-21 09:15", collector, "请尽快还款")}}
		if c.recorded {
			r.Exhibits = []evidence.Exhibit{{Number: "E007", Kind: evidence.Recording}}
		}
		if got := of(List(look(r)), Caller); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Landlines without a name that were answered in the days of the matter are asked about in
// one question: of which there is a recording, or with which a day has one call too many.
// No other is.
func TestLandlines(t *testing.T) {
	recording := evidence.Exhibit{Number: "E009", Kind: evidence.Recording}
	taped := func(i evidence.Incident) evidence.Incident {
		i.Exhibits = append(slices.Clone(i.Exhibits), recording.Number)
		return i
	}
	theirs := []evidence.Incident{call("T001", "09-03 10:00", collector, evidence.ReachedSelf),
		call("T002", "09-03 12:00", collector, evidence.ReachedSelf),
		call("T003", "09-08 12:00", collector, evidence.ReachedSelf)}
	unanswered := call("T010", "09-05 15:00", "02100000105", evidence.ReachedSelf)
	unanswered.Answered, unanswered.Seconds = evidence.No, 0
	named := taped(call("T011", "09-05 15:00", "02100000106", evidence.ReachedSelf))
	named.Name = "社区医院"
	rows := append(slices.Clone(theirs),
		taped(call("T004", "09-05 15:00", "057100000101", evidence.ReachedSelf)), // two days from their acts
		call("T005", "09-03 15:00", "02100000102", evidence.ReachedSelf),         // with the next the fourth
		call("T006", "09-03 16:00", "01000000103", evidence.ReachedSelf),
		call("T007", "09-08 16:00", "02100000104", evidence.ReachedSelf),        // the second of its day
		taped(call("T008", "09-20 16:00", "02100000107", evidence.ReachedSelf)), // long after
		taped(call("T009", "09-05 16:00", "4000000001", evidence.ReachedSelf)),
		unanswered, named, taped(call("T012", "09-05 18:00", stranger, evidence.ReachedSelf)))
	q := of(List(look(Record{Case: kase(), Incidents: rows, Exhibits: []evidence.Exhibit{recording}})), Caller)
	if len(q) != 1 || !slices.Equal(q[0].About.Numbers, []string{"01000000103", "02100000102", "057100000101"}) ||
		q[0].Parts != 3 {
		t.Fatalf("asks %+v", q)
	}
	edits, err := q[0].Edits("some:1,3")
	if want := "01000000103=collector; 02100000102=other; 057100000101=collector"; err != nil ||
		shown(edits) != want {
		t.Errorf("%s, %v", shown(edits), err)
	}
	alone := Record{Case: kase(), Incidents: rows[3:], Exhibits: []evidence.Exhibit{recording}}
	if q := of(List(look(alone)), Caller); len(q) > 0 {
		t.Errorf("asks without an act of the collector's: %+v", q)
	}
}

// Whom a contract names as emergency contact or guarantor is offered as such, with the
// place, for the person to say; what speaks against it is not passed over.
func TestNamedInTheContract(t *testing.T) {
	rows := func(number, words string) []evidence.Incident {
		var out []evidence.Incident
		for n := range 5 { // so many calls of a day are asked about
			i := call(fmt.Sprintf("T%03d", n+1), fmt.Sprintf("09-03 1%d:00", n), number, evidence.ReachedSelf)
			if words != "" {
				i.Kind, i.Shown = evidence.SMS, words
			}
			out = append(out, i)
		}
		return out
	}
	for _, c := range []struct{ name, text, number, words, side, named, offered string }{
		{"on one line", "紧急联系人：陈静怡 18655550002，周铁军 13655550001\n", "13655550001", "", "emergency", "周铁军", "emergency"},
		{"with what they are", "紧急联系人1：陈静怡（配偶）18655550002\n", "18655550002", "", "emergency", "陈静怡", "emergency"},
		{"on lines of its own", "第一联系人\n姓名：陈静怡\n关系：配偶\n联系电话：18655550002\n", "18655550002", "", "emergency",
			"陈静怡", "emergency"},
		{"a guarantor", "连带保证人：周铁军，电话：13655550001\n", "13655550001", "", "guarantor", "周铁军", "guarantor"},
		{"it collects", "紧急联系人：陈静怡 18655550002\n", "18655550002", "您的借款已逾期，今天不还后果自负", "emergency", "陈静怡", ""},
		{"the lender's own contact", "出借人联系人：王经理 18655550002\n", "18655550002", "", "", "", ""},
		{"another's number", "紧急联系人：陈静怡 18655550002\n", "18655550009", "", "", "", ""},
	} {
		r := Record{Case: kase(), Incidents: rows(c.number, c.words),
			Papers: []Paper{{Exhibit: "E152", Page: 2, Text: "借款合同\n" + c.text + "签署日期：2026年5月31日\n"}}}
		asked := of(List(r), Caller)
		if len(asked) != 1 {
			t.Errorf("%s: asked %d", c.name, len(asked))
			continue
		}
		q := asked[0]
		if q.Prefill != c.offered || strings.Contains(q.Why.ZH, "E152 第2页：") != (c.side != "") ||
			q.offers(c.side) != (c.side != "") {
			t.Errorf("%s: prefilled %q, because %s", c.name, q.Prefill, q.Why.ZH)
		}
		if c.side == "" {
			continue
		}
		edits, err := q.Edits(c.side)
		if err != nil || len(edits) != 1 || edits[0].Value != c.side || edits[0].Name != c.named {
			t.Errorf("%s: %+v %v", c.name, edits, err)
		}
	}
}

// Who writes over the debt of the case is asked about once, by whatever name, and so is
// what they wrote; family, friends, a bank, a landlord, who tells of the collector and
// what advertises are not.
func TestWhoChasesTheDebtIsAskedAbout(t *testing.T) {
	const theirs, others = true, false
	for _, c := range []struct {
		number, account, words string
		asked                  bool
	}{
		{"", "众衡-小马", "王小雨是吧，示例借的钱打算什么时候还", theirs},
		{"", "众衡-小马", "再拖我就去你孩子学校门口发传单", theirs},
		{stranger, "", "示例借那笔怎么处理，给个话", theirs},
		{stranger, "", "再不处理我们就到你单位找你领导", theirs},
		{stranger, "", "你信不信我找人打断你的腿", theirs},
		{"", "妈妈", "示例借的钱什么时候还啊", others},
		{"", "阿强", "再不出来我打断你的腿哈哈", others},
		{"", "阿强", "示例借利息高吗，我也想用", others},
		{"", "阿强", "明天去你家吃饭，顺便看看你妈", others},
		{stranger, "", "房租再拖我就上门换锁了", others},
		{stranger, "", "作业再拖就请家长到学校", others},
		{"", "张主任", "有个自称示例借的打到办公室找你，说你欠钱", others},
		{"95566", "", "【某行】您尾号6621的卡今天向示例借付款500.00元", others},
		{"95566", "", "【某行】您尾号6621信用卡消费125.00元，可用额度充足。", others},
		{"1069000001", "", "示例借额度已提升，点击领取，退订回T", others},
		{stranger, "", "您的快递到了，今天不在家放门口", others},
	} {
		i := sms("T001", "09-21 10:00", c.number, c.words)
		if c.account != "" {
			i.Kind, i.Name = evidence.Message, c.account
		}
		r := Record{Case: kase(), Incidents: []evidence.Incident{i}}
		r.Case.Platform.Brand = "示例借"
		q := of(List(look(r)), Caller)
		if len(q) > 1 || (len(q) == 1) != c.asked {
			t.Errorf("%s%s: %s: %+v", c.number, c.account, c.words, q)
			continue
		}
		if len(q) == 1 {
			r.Given = []Given{given(q[0], "collector")}
			edits, err := q[0].Edits("collector")
			if err != nil || edits[0].Value != string(evidence.CollectorSide) || len(of(List(look(r)), Caller)) > 0 {
				t.Errorf("%s: %+v, %v", c.words, edits, err)
			}
		}
	}
}

// A court's notice by the number of all courts is no number to be named; words that nobody
// writes from there are asked about, whatever number was shown.
func TestPublicLinesAreNotAskedAbout(t *testing.T) {
	for _, c := range []struct {
		number, text string
		want         int
	}{
		{"12368", "【杭州互联网法院】林晓安，您有案件(2026)浙0192民初1234号，请登录查询", 0},
		{"12368", "林晓安，今天再不还钱就弄死你", 1},
		{"17100000088", "林晓安，您的借款已逾期，请尽快还款", 1},
	} {
		r := Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00", c.number, c.text)}}
		r.Incidents[0].Use = evidence.Unknown
		if got := of(List(look(r)), Caller); len(got) != c.want {
			t.Errorf("%s: %+v", c.text, got)
		}
	}
}
