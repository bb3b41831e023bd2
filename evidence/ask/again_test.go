package ask

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// An answer that words of a file contradict is asked once more, with the words;
// who insists is asked no third time.
func TestAnswersAgainstWords(t *testing.T) {
	const words = "你是林晓安的表妹吧，她欠我们五千"
	quote := evidence.Statement{Source: "E001:2", Exhibit: "E001", Value: words}
	phone := device.Device{Name: "手机", Exhibits: []string{"E001"}, Own: true}
	to := func(reached evidence.Reached, source string) evidence.Incident {
		i := sms("T001", "09-03 10:00", collector, words)
		i.Reached, i.Source, i.Disclosed = reached, source, evidence.Unknown
		if reached.Third() {
			i.Disclosed = evidence.No
		}
		return i
	}
	mums := device.Device{Name: "手机", Exhibits: []string{"E001"}, Owner: evidence.ReachedFamily}
	told := func(disclosed, reachable evidence.Answer, source string) evidence.Incident {
		i := to("family", source)
		i.Disclosed, i.Reachable = disclosed, reachable
		return i
	}
	one := func(code evidence.DoubtCode, about evidence.Property) []evidence.Doubt {
		return []evidence.Doubt{{Code: code, Incident: "T001", About: about, Says: []evidence.Statement{quote}}}
	}
	for _, c := range []struct {
		kind    Kind
		row     evidence.Incident
		doubts  []evidence.Doubt
		value   string
		changes string
	}{
		{Phone, to("family", "E001:2"), []evidence.Doubt{{Code: evidence.PhoneAgainstSelf, Incident: "T001",
			About: evidence.AboutPerson, Says: []evidence.Statement{{Source: "device", Value: "手机"}, quote}}}, "self",
			"E001 phone-of=self; E001 phone-sure=self; T001 reached=self"},
		{Reached, to("family", "E001"), one(evidence.WordsToSelf, evidence.AboutPerson), "self", "T001 reached=self"},
		{Reached, to("family", "E001"), one(evidence.WordsToSelf, evidence.AboutPerson), "family",
			"E001 phone-of=family; E001 phone-sure=family; T001 reached=family"},
		{Reached, to("self", "E001:2"), one(evidence.WordsToOther, evidence.AboutPerson), "unrelated", "T001 use=no"},
		{Disclosed, told("yes", "", "E001:2"), one(evidence.WordsSayNoDebt, evidence.AboutDisclosure), "no",
			"T001 disclosed debt=no"},
		{Disclosed, told("yes", "", "E001:2"), one(evidence.WordsSayNoDebt, evidence.AboutDisclosure), "yes",
			"T001 disclosed debt=yes; T001 my own words=这次联系里，对方向被联系的人说了本人欠款的事。"},
		{Reachable, told("no", "no", "E001:2"), one(evidence.ReachableInLog, evidence.AboutReachable), "yes",
			"T001 reachable=yes"},
		{Phone, to("self", "E001:2"), []evidence.Doubt{{Code: evidence.PhoneAgainstWords, Incident: "T001",
			About: evidence.AboutPerson, Says: []evidence.Statement{{Source: "device", Value: "手机"}, quote}}}, "family",
			"E001 phone-of=family; E001 phone-sure=family; T001 reached=family"},
		{Reached, to("self", "E001"), []evidence.Doubt{{Code: evidence.WordsToOther, Incident: "T001",
			About: evidence.AboutPerson, Says: []evidence.Statement{quote}}}, "family", "T001 reached=family"},
		{Disclosed, to("family", "E001:2"), []evidence.Doubt{{Code: evidence.WordsSayDebt, Incident: "T001",
			About: evidence.AboutDisclosure, Says: []evidence.Statement{quote}}}, "yes", "T001 disclosed debt=yes"},
	} {
		r := Record{Case: kase(), Incidents: []evidence.Incident{c.row},
			Devices: []device.Device{owned(phone, mums, c.row)},
			Report:  evidence.Report{Doubts: c.doubts}}
		q := of(List(look(r)), c.kind)
		if len(q) != 1 || !strings.Contains(q[0].Text.ZH, words) || q[0].About.Against == "" {
			t.Fatalf("%s: %+v", c.kind, q)
		}
		if edits, err := q[0].Edits(c.value); err != nil || shown(edits) != c.changes {
			t.Errorf("%s: %s, %v", c.kind, shown(edits), err)
		}
		r.Given = []Given{given(q[0], string(c.row.Reached))}
		if again := of(List(look(r)), c.kind); len(again) != 0 {
			t.Errorf("%s: asked a third time: %s", c.kind, again[0].Text.ZH)
		}
		r.Given, r.Report.Doubts = nil, nil
		if again := of(List(look(r)), c.kind); len(again) != 0 {
			t.Errorf("%s: asked though nothing speaks against it: %s", c.kind, again[0].Text.ZH)
		}
	}
}

// owned is the one of two phones whose owner a row reached.
func owned(own, theirs device.Device, row evidence.Incident) device.Device {
	if row.Reached.Third() {
		return theirs
	}
	return own
}

// What was told to the person themselves is told to nobody; they say who was
// reached, and whose a number is that they called both a friend's and a
// collector's.
func TestAnswersThatCannotBothBeTrue(t *testing.T) {
	toSelf := call("T001", "09-03 10:00", collector, evidence.ReachedSelf)
	toSelf.Disclosed = evidence.Yes
	friend := sms("T001", "09-03 10:00", stranger, "再不还钱就打断你的腿")
	friend.Asserted = []evidence.Breach{"V06a"}
	c := kase()
	c.Numbers = append(c.Numbers, evidence.Number{Number: stranger, Side: evidence.OtherSide})
	for _, row := range []struct {
		kind    Kind
		row     evidence.Incident
		code    evidence.DoubtCode
		about   evidence.Property
		value   string
		changes string
	}{
		{Reached, toSelf, evidence.ToldThemselves, evidence.AboutPerson, "family", "T001 reached=family"},
		{Reached, toSelf, evidence.ToldThemselves, evidence.AboutPerson, "self",
			"T001 disclosed debt=; T001 reached=self"},
		{Caller, friend, evidence.CallerOther, evidence.AboutNumber, "collector", stranger + "=collector"},
		{Caller, friend, evidence.CallerOther, evidence.AboutNumber, "friend", stranger + "=other; T001 use=no"},
	} {
		r := Record{Case: c, Incidents: []evidence.Incident{row.row}, Report: evidence.Report{
			Doubts: []evidence.Doubt{{Code: row.code, Incident: "T001", About: row.about}}}}
		q := of(List(look(r)), row.kind)
		if len(q) != 1 || q[0].About.Against == "" {
			t.Errorf("%s: %+v", row.code, q)
			continue
		}
		if edits, err := q[0].Edits(row.value); err != nil || shown(edits) != row.changes {
			t.Errorf("%s %s: %s, %v", row.code, row.value, shown(edits), err)
		}
	}
}

// A message is never said to have been answered, and what it says is quoted.
func TestDisclosedIsWordedByMedium(t *testing.T) {
	phone := device.Device{Name: "妈妈的vivo", Exhibits: []string{"E001"}, Owner: evidence.ReachedFamily}
	call := call("T001", "09-03 10:00", collector, evidence.ReachedFamily)
	quiet := sms("T002", "09-03 11:00", collector, "请林晓安尽快联系我们")
	tells := sms("T003", "09-03 12:00", collector, "林晓安欠我们五千多，一直不还")
	quiet.Reached, tells.Reached = evidence.ReachedFamily, evidence.ReachedFamily
	for want, rows := range map[string][]evidence.Incident{
		"催收打到“妈妈的vivo”、有人接了的这 1 次（9月3日），说了您欠款的事吗？":                         {call},
		"催收发给“妈妈的vivo”的这 1 条消息（9月3日），说了您欠款的事吗？“请林晓安尽快联系我们”":                {quiet},
		"催收打到“妈妈的vivo”、有人接了的 1 次来电，和发去的 1 条消息（9月3日），说了您欠款的事吗？“请林晓安尽快联系我们”": {call, quiet},
		"催收发给“妈妈的vivo”的这 1 条消息（9月3日），说了您欠款的事吗？“林晓安欠我们五千多，一直不还” yes":        {tells},
	} {
		q := of(List(look(Record{Case: kase(), Incidents: rows, Devices: []device.Device{phone}})), Disclosed)
		if len(q) != 1 || strings.TrimSpace(q[0].Text.ZH+" "+q[0].Prefill) != want {
			t.Errorf("got %+v, want %s", q, want)
		}
	}
	both := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{quiet, tells},
		Devices: []device.Device{phone}})),
		Disclosed)
	if len(both) != 1 || both[0].Parts != 2 || both[0].Prefill != "" {
		t.Fatalf("what tells of the debt and what does not are no list: %+v", both)
	}
	if edits, err := both[0].Edits("some:2"); err != nil ||
		shown(edits) != "T002 disclosed debt=no; T003 disclosed debt=yes" {
		t.Errorf("%s, %v", shown(edits), err)
	}
}

// Words from a number that the person does not know are theirs only if they say
// that they were sent over this debt, apart from those of the collector.
func TestWordsFromNobodyKnowsWhom(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "09-03 10:00", collector, "再不还钱就打断你的腿"), sms("T002", "09-04 10:00", stranger, "欠债不还，我们明天就砍死你")}}
	r.Given = []Given{{Question: "q", Kind: Caller, Subject: []string{stranger}, Value: Unknown}}
	q := of(List(look(r)), Words)
	if len(q) != 2 {
		t.Fatalf("%+v", q)
	}
	n := slices.IndexFunc(q, func(q Question) bool { return slices.Equal(q.About.Incidents, []string{"T002"}) })
	if n < 0 || !strings.HasPrefix(q[n].Text.ZH, "发来的号码不知道是谁的") || strings.HasPrefix(q[1-n].Text.ZH, "发来的") {
		t.Fatalf("%+v", q)
	}
	for value, want := range map[string]string{"yes": "T002 asserted kinds=V06a; T002 use=yes",
		"no": "T002 asserted kinds=非V06a"} {
		if edits, err := q[n].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v", value, shown(edits), err)
		}
	}
}

// What sort of loan it is is read off papers and messages, where they name one
// alone.
func TestLoanIsRead(t *testing.T) {
	c := kase()
	c.Lender.Name, c.Lender.Licence, c.Platform = "示例银行股份有限公司", evidence.Bank, evidence.Party{}
	for text, want := range map[string]string{"您的信用卡账单已逾期，请还款": "card", "您的车贷已逾期": "car", "您的借款已逾期": "",
		"信用卡账单与房贷均已逾期": ""} {
		r := Record{Case: c, Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector, text)}}
		if q := of(List(look(r)), Loan); len(q) != 1 || q[0].Prefill != want {
			t.Errorf("%s: %+v", text, q)
		}
	}
}

// Whom the collector reached is plain where somebody of the family tells that
// they were called, and asked of all others.
func TestWhoTellsWasReached(t *testing.T) {
	for said, want := range map[[2]string]evidence.Reached{
		{"妈妈", "刚才催收打我这了，说你欠了好几千"}: "family", {"表哥", "有人给我打电话说你欠钱"}: "family",
		{"妈妈", "刚才催收打到你单位了"}: "", {"弟弟", "他们打给我同事了，问你的事"}: "", {"刘姐", "单位座机接到催收的电话"}: "",
		{"妈妈的同事", "刚才催收打我这了"}: "",
	} {
		i := sms("T001", "09-03 10:00", stranger, said[1])
		i.Name = said[0]
		if got := newLister(Record{}).tellerReached(i); got != want {
			t.Errorf("%v: %q, want %q", said, got, want)
		}
	}
}

// However many pictures were made in those days, all are asked about, each with
// its number and in the order of their days.
func TestManyUnplacedAreAllAsked(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}
	const many = 45
	for n := range many {
		r.Unplaced = append(r.Unplaced, evidence.Exhibit{Number: fmt.Sprintf("E%03d", n+2), Kind: evidence.Photo,
			Captured: evidence.CaptureTime{Time: fmt.Sprintf("2026-09-0%dT18:%02d:00+08:00", 5-n/15, n),
				Source: "name:android"}})
	}
	q := of(List(look(r)), SourceRow)
	if len(q) != 1 || q[0].Parts != many || len(q[0].About.Exhibits) != many {
		t.Fatalf("%+v", q)
	}
	for _, x := range r.Unplaced {
		if !strings.Contains(q[0].Text.ZH, " "+x.Number+"（") {
			t.Errorf("%s is not shown: %s", x.Number, q[0].Text.ZH)
		}
	}
	if !strings.Contains(q[0].Text.ZH, "2026年9月3日：1 E032（18:30）、2 E033") {
		t.Errorf("not by days: %s", q[0].Text.ZH)
	}
	if edits, err := q[0].Edits("some:1,45"); err != nil || shown(edits) != "E016=; E032=" {
		t.Errorf("%s, %v", shown(edits), err)
	}
}

// Of a picture the person was asked once: what they left out is not asked again
// beside a new one.
func TestUnplacedIsAskedOnce(t *testing.T) {
	photo := func(number string) evidence.Exhibit {
		return evidence.Exhibit{Number: number, Kind: evidence.Photo,
			Captured: evidence.CaptureTime{Time: "2026-09-03T18:30:00+08:00", Source: "name:android"}}
	}
	r := Record{Case: kase(), Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")},
		Unplaced: []evidence.Exhibit{photo("E007"), photo("E008")}}
	q := of(List(look(r)), SourceRow)
	if len(q) != 1 {
		t.Fatalf("%+v", q)
	}
	r.Given = []Given{given(q[0], "some:1")}
	r.Unplaced = []evidence.Exhibit{photo("E008"), photo("E009")}
	if q = of(List(look(r)), SourceRow); len(q) != 1 || !slices.Equal(q[0].About.Exhibits, []string{"E009"}) {
		t.Errorf("%+v", q)
	}
}

// Threats and insults are asked about in one question, of each message what it sounds like:
// no answer calls an insult a threat, and what is said to be no threat may be an insult still.
func TestInsultsAreNoThreats(t *testing.T) {
	insult := sms("T001", "09-03 10:00", collector, "你们单位没一个好东西，都是老赖")
	threat := sms("T002", "09-03 11:00", collector, "再不还就把你的信息挂网上")
	both := sms("T003", "09-03 12:00", collector, "老赖，不还就把你挂网上")
	no := both
	no.Denied = []evidence.Breach{"V06"}
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string
	}{
		{"together", []evidence.Incident{insult, threat, both}, "T002=V06 T003=V06 T003=V06b T001=V06b T001=V06"},
		{"no threat", []evidence.Incident{no}, "T003=V06b"},
	} {
		var got []string
		for _, q := range of(List(look(Record{Case: kase(), Incidents: c.rows})), Words) {
			if got = append(got, q.About.Kinds...); len(q.About.Kinds) == 0 {
				got = append(got, q.About.Incidents[0]+"="+string(q.About.Breach))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: asks %q, want %q", c.name, s, c.want)
		}
	}
}

// A screenshot that was saved from a chat under a name without a day has no row of its own:
// it is asked about all the same, and is no file that is left out unasked.
func TestUndatedScreenshotsAreAsked(t *testing.T) {
	r := Record{Case: kase(), Unplaced: []evidence.Exhibit{
		{Number: "E002", Kind: evidence.Screenshot, OriginalName: "WechatIMG12.jpeg"},
		{Number: "E003", Kind: evidence.Photo, OriginalName: "IMG.jpeg"}}}
	r.Idle = r.Unplaced
	for _, q := range List(r) {
		if q.Kind == SourceRow {
			if !slices.Equal(q.About.Exhibits, []string{"E002"}) || !strings.Contains(q.Text.ZH, "截图") ||
				!strings.Contains(q.Text.ZH, "时间不详") || strings.Contains(q.Text.ZH, "0001") {
				t.Errorf("asked of %v: %s", q.About.Exhibits, q.Text.ZH)
			}
			return
		}
	}
	t.Error("a screenshot without a day is asked nothing of")
}
