package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// What one message was named as leaves its other words to be asked about; the words it
// was named by are not asked about as another kind.
func TestOtherWordsOfANamedMessage(t *testing.T) {
	const words = "你再不还就要坐牢三年。并且通知你单位领导"
	i := sms("T001", "09-03 10:00", collector, words)
	q := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words)
	if len(q) != 1 || strings.Join(q[0].About.Kinds, " ") != "T001=V19 T001=V06" {
		t.Fatalf("first: %+v", q)
	}
	for value, want := range map[string]string{"yes": "T001 asserted kinds=V19 V06", "no": "T001 asserted kinds=非V19 非V06",
		"some:2": "T001 asserted kinds=V06 非V19"} {
		if edits, err := q[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("both, %s: %s, %v", value, shown(edits), err)
		}
	}
	i.Asserted = []evidence.Breach{"V19"}
	q = of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words)
	if len(q) != 1 || q[0].About.Breach != "V06" || !strings.Contains(q[0].About.Quote, "通知你单位领导") {
		t.Fatalf("then: %+v", q)
	}
	for value, want := range map[string]string{"yes": "T001 asserted kinds=V19 V06",
		"no": "T001 asserted kinds=V19 非V06"} {
		if edits, err := q[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s, %v", value, shown(edits), err)
		}
	}
	i.Denied = []evidence.Breach{"V06"}
	if q = of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words); len(q) != 0 {
		t.Errorf("asked again: %+v", q)
	}
}

// One clause is one thing said: what it was named as is not asked of it as another kind.
// That the other side called its collectors off is asked about as that, and as no threat.
func TestOneClauseIsAskedOnce(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "你涉嫌贷款诈骗，限24小时到案，否则上门抓捕")
	i.Asserted = []evidence.Breach{"V19"}
	if q := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words); len(q) != 0 {
		t.Errorf("asked again: %+v", q)
	}
	i = sms("T002", "09-04 10:00", collector, "苏女士，您反映的第三方催收行为，我行已要求恒诚公司停止并致歉。")
	list := List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}}))
	if q := of(list, Words); len(q) != 0 {
		t.Errorf("an apology is asked about as: %s", q[0].Text.ZH)
	}
	if q := of(list, Role); len(q) != 1 || q[0].About.Column != "admission" {
		t.Errorf("an apology is not asked about: %+v", q)
	}
}

// Messages at night that only their figures tell apart are one question; others are their own.
func TestNoticesOfOneFormAreAskedOnce(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "09-03 23:10", collector, "您好，尾号3308转入762.00元"), sms("T002", "09-04 23:10", collector,
			"您好，尾号3308转入3.00元"), sms("T003", "09-05 23:10", collector, "您好，在吗")}}
	q := of(List(look(r)), Role)
	if len(q) != 2 || len(q[0].About.Incidents) != 2 || !strings.Contains(q[0].Text.ZH, "夜里收到 2 条") {
		t.Fatalf("%+v", q)
	}
	if edits, err := q[0].Edits("service"); err != nil || shown(edits) != "T001 role=service; T002 role=service" {
		t.Errorf("%s, %v", shown(edits), err)
	}
}

// Who was named as posing as a court threatens with nothing more by its people's visit.
func TestVisitOfAPosedCourt(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "我是法院执行局的，法警下午到你家里执行")
	i.Asserted = []evidence.Breach{"V07"}
	for _, q := range of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words) {
		if q.About.Breach == "V06" {
			t.Errorf("asked as a threat: %s", q.Text.ZH)
		}
	}
}

// A demand after a message that all was paid is asked about, with that message.
func TestPaidAndStillDunned(t *testing.T) {
	paid := sms("T001", "09-03 10:00", collector, "您尾号4321信用卡欠款已全部结清，感谢配合")
	dun := sms("T002", "09-05 10:00", collector, "信用卡欠款6800元仍未处理，今天必须还")
	for _, c := range []struct {
		rows []evidence.Incident
		want int
	}{{[]evidence.Incident{paid, dun}, 1}, {[]evidence.Incident{dun}, 0}} {
		n := 0
		for _, q := range of(List(look(Record{Case: kase(), Incidents: c.rows})), Words) {
			if q.About.Breach != "V20b" {
				continue
			}
			n++
			if !strings.Contains(q.Text.ZH, "收到的这条写着已经结清：“"+paid.Shown+"”（E001）") {
				t.Errorf("does not quote it: %s", q.Text.ZH)
			}
			if edits, err := q.Edits("yes"); err != nil || shown(edits) != "T002 asserted kinds=V20b" {
				t.Errorf("%s, %v", shown(edits), err)
			}
		}
		if n != c.want {
			t.Errorf("%d rows: %d questions", len(c.rows), n)
		}
	}
}

// A question without words of its own names its exhibit, and quotes what it shows.
func TestQuestionsNameTheirExhibit(t *testing.T) {
	i := sms("T001", "09-03 18:00", collector, "我叫人去堵你")
	i.Reached, i.Exhibits, i.Use = "", []string{"E036"}, evidence.Yes
	q := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Reached)
	if len(q) != 1 || !strings.HasSuffix(q[0].Text.ZH, "找到的是谁？E036 2026年9月3日18:00“我叫人去堵你”") ||
		!strings.HasSuffix(q[0].Text.EN, "E036 2026-09-03 18:00 “我叫人去堵你”") {
		t.Errorf("%+v", q)
	}
}

// A threat is asked about with whether it was one to somebody's safety, in one question;
// of words that announce to tell others alone there is no such choice.
func TestThreatIsAskedWithSafety(t *testing.T) {
	ofThreats := func(rows ...evidence.Incident) Question {
		for _, q := range of(List(look(Record{Case: kase(), Incidents: rows})), Words) {
			if q.About.Breach == "V06" {
				return q
			}
		}
		t.Fatalf("asks nothing of %+v", rows)
		return Question{}
	}
	one := sms("T001", "09-03 10:00", collector, "你不还钱，我叫人去你单位堵你")
	q := ofThreats(one)
	for value, want := range map[string]string{"yes": "T001 asserted kinds=V06", "no": "T001 asserted kinds=非V06",
		safety: "T001 asserted kinds=V06a"} {
		if edits, err := q.Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	edits, err := ofThreats(one, sms("T002", "09-04 10:00", collector, "你不还钱，我叫人去你单位堵你两天")).Edits(safety)
	if want := "T001 asserted kinds=V06a; T002 asserted kinds=V06a"; err != nil || shown(edits) != want {
		t.Errorf("of two: %s (%v)", shown(edits), err)
	}
	answered := one
	answered.Denied = []evidence.Breach{"V06a"}
	for name, i := range map[string]evidence.Incident{"of what they said is none": answered,
		"of telling others": sms("T001", "09-03 10:00", collector, "今天不还马上联系你姐姐")} {
		if edits, err := ofThreats(i).Edits(safety); err == nil {
			t.Errorf("%s: %s", name, shown(edits))
		}
	}
}

// What is said of the rest of a picture leaves its row with that alone.
func TestWordsOfTheRestOfAPicture(t *testing.T) {
	i := sms("T001", "09-03 10:00", collector, "明早带人去你家楼下弄死你")
	for _, c := range []struct {
		rest bool
		want string
	}{{false, "T001 asserted kinds=V06a"}, {true, "T001 asserted kinds=V06a; T001 what the file shows=明早带人去你家楼下弄死你"}} {
		i.Rest = c.rest
		q := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{i}})), Words)
		if len(q) != 1 {
			t.Fatalf("%+v", q)
		}
		if edits, err := q[0].Edits("yes"); err != nil || shown(edits) != c.want {
			t.Errorf("rest %v: %s, %v", c.rest, shown(edits), err)
		}
	}
}
