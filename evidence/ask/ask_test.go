package ask

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/rule"
)

// on is a moment of 2026, Beijing time.
func on(s string) evidence.Time {
	at, err := time.ParseInLocation("01-02 15:04", s, evidence.Beijing)
	if err != nil {
		panic(err)
	}
	return evidence.Time{At: at.AddDate(2026, 0, 0), Precision: evidence.ToSecond, Source: "sms-backup"}
}

const collector, stranger = "19900000311", "19900000312"

// kase knows all that a letter needs, and one collector.
func kase() evidence.Case {
	return evidence.Case{
		Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安", Phone: "19900000001"},
		Platform:    evidence.Party{Brand: "极融"},
		Lender: evidence.Party{Name: "示例消费金融有限公司", Licence: evidence.ConsumerFinance,
			Region: "330000"},
		Numbers: []evidence.Number{{Number: collector, Side: evidence.CollectorSide}},
	}
}

// call is an answered call received from a number.
func call(id, at, number string, reached evidence.Reached) evidence.Incident {
	return evidence.Incident{ID: id, Time: on(at), Kind: evidence.Call, Direction: evidence.In, Number: number,
		Answered: evidence.Yes, Seconds: 20, Reached: reached, Exhibits: []string{"E001"}, Source: "E001:" + id[1:]}
}

func sms(id, at, number, text string) evidence.Incident {
	i := call(id, at, number, evidence.ReachedSelf)
	i.Kind, i.Answered, i.Seconds, i.Shown = evidence.SMS, evidence.Unknown, -1, text
	return i
}

// look makes the report of a record.
func look(r Record) Record {
	r.Report = rule.Apply(r.Case, r.Incidents, r.Exhibits, rule.Options{
		Date: time.Date(2026, 11, 28, 12, 0, 0, 0, evidence.Beijing), Doubts: r.Report.Doubts})
	return r
}

// notSaid is the report of a case in which nobody has said who rows came from.
func notSaid(ids ...string) (r evidence.Report) {
	for _, id := range ids {
		r.Doubts = append(r.Doubts, evidence.Doubt{Code: evidence.CallerNotSaid, Incident: id,
			About: evidence.AboutNumber})
	}
	return r
}

func of(list []Question, k Kind) []Question {
	return slices.DeleteFunc(slices.Clone(list), func(q Question) bool { return q.Kind != k })
}

// shown are edits in short, sorted.
func shown(edits []Edit) string {
	var out []string
	for _, e := range edits {
		where := strings.Trim(e.Row+" "+e.Column+e.Key+e.Number+e.Account+e.Exhibit+" "+e.Note+e.Place, " ")
		out = append(out, where+"="+e.Value)
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// Two rows that may be one call are asked about by what their lengths are: a recording
// can be shorter than its call.
func TestLengthsOfOneCall(t *testing.T) {
	log := func(seconds int) evidence.Incident {
		i := call("T001", "09-03 09:00", collector, "self")
		i.Seconds = seconds
		return i
	}
	recording := log(40)
	recording.Source = "E001"
	for _, c := range []struct {
		a, b evidence.Incident
		want string
	}{{log(62), log(60), "时长差不多"}, {log(90), recording, "录音比通话短"}, {recording, log(90), "录音比通话短"},
		{log(90), log(40), "有一份记录里的时长合得上"}} {
		if got := lengthsOf(c.a, c.b).ZH; !strings.HasPrefix(got, c.want) {
			t.Errorf("%d and %d seconds: %s, want %s", c.a.Seconds, c.b.Seconds, got, c.want)
		}
	}
}

// Each kind of question: when it is asked, and what its answers change.
func TestQuestions(t *testing.T) {
	mums := device.Device{Name: "妈妈的vivo", Exhibits: []string{"E001"}, Doubtful: true,
		Suggested: evidence.ReachedFamily}
	night := call("T001", "09-03 23:10", stranger, evidence.ReachedSelf)
	threat := sms("T001", "09-03 10:00", collector, "再不还钱就打断你的腿")
	open := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	asserted := threat
	asserted.Asserted = []evidence.Breach{"V08a"}
	foundFalse := func(words string) evidence.Incident {
		i := asserted
		i.Untrue, i.Words = evidence.Yes, words
		return i
	}
	claimed := call("T001", "09-03 10:00", stranger, evidence.ReachedSelf)
	claimed.Asserted = []evidence.Breach{"V06"}
	bombed := claimed
	bombed.Asserted = []evidence.Breach{"V06", "V10"}
	told := sms("T001", "09-03 10:00", "19900000777", "有人打电话找你，说你欠钱不还")
	told.Name = "妈妈"
	third := call("T001", "09-03 10:00", collector, evidence.ReachedFamily)
	quiet, away := third, third
	quiet.Disclosed = evidence.No
	said, written := third, sms("T001", "09-03 10:00", collector, "林晓安欠我们五千")
	said.Disclosed, said.Words = evidence.Yes, "这次联系里，对方向被联系的人说了本人欠款的事。"
	written.Disclosed, written.Reached = evidence.Yes, evidence.ReachedFamily
	away.Disclosed, away.Reachable = evidence.No, evidence.No
	late := sms("T001", "09-03 23:10", collector, "您好，在吗")
	photo := func(number, at string) evidence.Exhibit {
		return evidence.Exhibit{Number: number, Kind: evidence.Photo, OriginalName: "IMG_" + number + ".jpg",
			Captured: evidence.CaptureTime{Time: at + "T18:30:00+08:00", Source: "name:android"}}
	}
	photos, old := []evidence.Exhibit{photo("E007", "2026-09-02"), photo("E008", "2026-09-08")},
		[]evidence.Exhibit{photo("E007", "2025-09-02")}
	bank := kase()
	bank.Lender.Name, bank.Lender.Licence, bank.Platform = "示例银行股份有限公司", evidence.Bank, evidence.Party{}
	var burst []evidence.Incident
	var names []string
	for n := range 12 {
		names = append(names, fmt.Sprintf("T%03d asserted kinds=V10", n+1))
		burst = append(burst, sms(fmt.Sprintf("T%03d", n+1), fmt.Sprintf("09-03 10:%02d", n+1),
			fmt.Sprintf("1069000100%02d", n), "【示例商城】验证码123456，五分钟内有效"))
	}
	for _, c := range []struct {
		name    string
		r       Record
		kind    Kind
		value   string
		changes string // of the answer; empty with no value: it is not asked
	}{
		{"a phone that may be somebody else's", Record{Case: kase(), Devices: []device.Device{mums},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, ""),
				call("T002", "09-03 11:00", stranger, "")}},
			Phone, "family", "E001 phone-of=family; T001 reached=family"},
		{"it is the person's own", Record{Case: kase(), Devices: []device.Device{mums},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "")}},
			Phone, "self", "E001 phone-of=self; T001 reached=self"},
		{"a clock that was off, as measured",
			Record{Case: kase(), Devices: []device.Device{{Name: "小米14", Exhibits: []string{"E001"},
				Clock: device.Clock{Ahead: 47*time.Minute + 5*time.Second, Pairs: 9, Against: device.Carrier}}},
				Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}, Clock, "yes",
			"E001 clock=2825"},
		{"it was right", Record{Case: kase(), Devices: []device.Device{{Name: "小米14", Exhibits: []string{"E001"},
			Clock: device.Clock{Ahead: 47 * time.Minute, Pairs: 9, Against: device.Carrier}}},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}, Clock, "no",
			"E001 clock=0"},
		{"a clock no act of the matter hangs on", Record{Case: kase(), Devices: []device.Device{{Name: "小米14",
			Exhibits: []string{"E001"}, Clock: device.Clock{Ahead: 47 * time.Minute, Pairs: 9,
				Against: device.Carrier}}},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", stranger, "self")}}, Clock, "", ""},
		{"another zone, as measured", Record{Case: kase(),
			Devices: []device.Device{{Name: "旧手机", Exhibits: []string{"E001"},
				Zone: device.Zone{Offset: 7 * time.Hour, Pairs: 4, Against: "sms-backup"}}},
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}, Zone, "yes",
			"E001 zone=+07:00"},
		{"two rows that may be one call, on a busy day",
			Record{Case: kase(), Offers: []device.Offer{{Kind: device.OfferSame,
				Number: collector, Incidents: []string{"T001", "T002"}, Quote: "09:00:00 20″ / 09:07:00 20″"}},
				Incidents: []evidence.Incident{
					call("T001", "09-03 09:00", collector, "self"), call("T002", "09-03 09:07", collector, "self"),
					call("T003", "09-03 11:00", collector, "self"), call("T004", "09-03 12:00", collector, "self")}},
			Same, "yes", "T002 use=no"},
		{"and on a quiet one", Record{Case: kase(), Offers: []device.Offer{{Kind: device.OfferSame,
			Number: collector, Incidents: []string{"T001", "T002"}}}, Incidents: []evidence.Incident{
			call("T001", "09-03 09:00", collector, "self"), call("T002", "09-03 09:07", collector, "self")}}, Same, "",
			""},
		{"a phone whose owner was said", Record{Case: kase(),
			Devices: []device.Device{{Name: "妈妈的vivo", Exhibits: []string{"E001"}, Owner: evidence.ReachedFamily}}},
			Phone, "", ""},
		{"a number that calls at night", Record{Case: kase(), Incidents: []evidence.Incident{night}}, Caller,
			"collector",
			stranger + "=collector"},
		{"it is a friend's", Record{Case: kase(), Incidents: []evidence.Incident{night}}, Caller, "friend", stranger +
			"=other"},
		{"a number that calls once by day", Record{Case: kase(),
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", stranger, evidence.ReachedSelf)}}, Caller, "",
			""},
		{"a number of which the person claims a violation",
			Record{Case: kase(), Incidents: []evidence.Incident{claimed}, Report: notSaid("T001")}, Caller, "collector",
			stranger + "=collector"},
		{"one of which they claim a bombing too",
			Record{Case: kase(), Incidents: []evidence.Incident{bombed}, Report: notSaid("T001")}, Caller, "friend",
			stranger + "=other"},
		{"a masked number", Record{Case: kase(),
			Incidents: []evidence.Incident{call("T001", "09-03 23:10", "199****0312", evidence.ReachedSelf)}}, Caller,
			"", ""},
		{"words", Record{Case: kase(), Incidents: []evidence.Incident{threat}}, Words, "yes",
			"T001 asserted kinds=V06a"},
		{"words that are not", Record{Case: kase(), Incidents: []evidence.Incident{threat}}, Words, "no",
			"T001 asserted kinds=非V06a"},
		{"words nobody could mind", Record{Case: kase(),
			Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector, "您的借款已逾期3天，请登录APP还款")}}, Words, "",
			""},
		{"words of a known friend", Record{Case: evidence.Case{
			Numbers: []evidence.Number{{Number: stranger, Side: "other"}}},
			Incidents: []evidence.Incident{sms("T001", "09-03 10:00", stranger, "再不还钱就打断你的腿")}}, Words, "", ""},
		{"a claim to be checked", Record{Case: kase(), Incidents: []evidence.Incident{asserted}}, Untrue, "yes",
			"T001 checked and untrue=yes"},
		{"a claim found untrue, nobody says how", Record{Case: kase(), Incidents: []evidence.Incident{foundFalse("")}},
			Untrue, "3月5日查律师名录，没有此人", "T001 my own words=3月5日查律师名录，没有此人"},
		{"the same beside other words", Record{Case: kase(), Incidents: []evidence.Incident{foundFalse("我很怕。")}},
			Untrue,
			"3月5日查律师名录，没有此人", "T001 my own words=我很怕。3月5日查律师名录，没有此人"},
		{"a claim found untrue, and how", Record{Case: kase(),
			Incidents: []evidence.Incident{foundFalse("3月5日查律师名录，没有此人")}}, Untrue, "", ""},
		{"hearsay", Record{Case: kase(), Incidents: []evidence.Incident{told}}, Told, "yes",
			"T001 reached=; T001 told by=妈妈，2026年9月3日10:00告诉; T001 use=yes"},
		{"no hearsay", Record{Case: kase(), Incidents: []evidence.Incident{told}}, Told, "no", "T001 role=other"},
		{"a third person reached", Record{Case: kase(), Incidents: []evidence.Incident{third}}, Disclosed, "yes",
			"T001 disclosed debt=yes; T001 my own words=这次联系里，对方向被联系的人说了本人欠款的事。"},
		{"nothing was said of the debt", Record{Case: kase(), Incidents: []evidence.Incident{quiet}}, Reachable, "yes",
			"T001 reachable=yes"},
		{"not before it is known whether something was", Record{Case: kase(), Incidents: []evidence.Incident{third}},
			Reachable, "", ""},
		{"told, as the person says, and the log shows the contact",
			Record{Case: kase(), Incidents: []evidence.Incident{said},
				Exhibits: []evidence.Exhibit{{Number: "E001", Kind: evidence.CallLog}}}, Reachable, "yes",
			"T001 reachable=yes"},
		{"told, as the message shows", Record{Case: kase(), Incidents: []evidence.Incident{written}}, Reachable, "",
			""},
		{"nothing else makes it unlawful", Record{Case: kase(), Incidents: []evidence.Incident{away}}, Refused, "yes",
			"T001 my own words=被联系的人此前已经明确告诉对方不要再联系。; T001 refused contact before=yes"},
		{"it is unlawful anyway", Record{Case: kase(), Incidents: []evidence.Incident{quiet}}, Refused, "", ""},
		{"nobody says who was reached", Record{Case: kase(),
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "")}}, Reached, "workplace",
			"T001 reached=workplace"},
		{"a message at night whose words do not tell", Record{Case: kase(), Incidents: []evidence.Incident{late}}, Role,
			"service", "T001 role=service"},
		{"codes nobody asked for", Record{Case: kase(), Incidents: burst}, Bulk, "yes", strings.Join(names, "; ")},
		{"fewer of them", Record{Case: kase(), Incidents: burst[:9]}, Bulk, "", ""},
		{"the lender, and what its name says", Record{Case: open}, Lender, "示例消费金融有限公司",
			"lender.licence=consumer-finance; lender.name=示例消费金融有限公司"},
		{"the lender, as the contract has it", Record{Case: open,
			Papers: []Paper{{Exhibit: "E009", Text: "合同编号：JR-2026-000123\n贷款人：示例小贷一号公司\n"}}}, Lender, "示例小贷一号公司",
			"lender.name=示例小贷一号公司; loan.contract=JR-2026-000123"},
		{"where it is registered", Record{Case: evidence.Case{Lender: evidence.Party{Name: "示例"}}}, Region, "浙江",
			"lender.region=330000"},
		{"what sort of loan, where the lender's licence leaves it open", Record{Case: bank}, Loan, "card",
			"loan.kind=card"},
		{"and where it does not", Record{Case: kase()}, Loan, "", ""},
		{"a photo of the days of the matter", Record{Case: kase(), Unplaced: photos,
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}, SourceRow, "some:2",
			"E008="},
		{"a photo of another year", Record{Case: kase(), Unplaced: old,
			Incidents: []evidence.Incident{call("T001", "09-03 10:00", collector, "self")}}, SourceRow, "", ""},
		{"photos of a case without an act", Record{Case: kase(), Unplaced: photos}, SourceRow, "", ""},
		{"nothing is lacking", Record{Case: kase()}, Lender, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			asked := of(List(look(c.r)), c.kind)
			if c.value == "" {
				if len(asked) > 0 {
					t.Fatalf("asked: %s", asked[0].Text.ZH)
				}
				return
			}
			if len(asked) != 1 {
				t.Fatalf("%d questions: %v", len(asked), List(look(c.r)))
			}
			q := asked[0]
			edits, err := q.Edits(c.value)
			if err != nil || shown(edits) != c.changes {
				t.Errorf("%q: %s, %v; want %s", q.Text.ZH, shown(edits), err, c.changes)
			}
			for name, s := range map[string]evidence.Text{"text": q.Text, "why": q.Why, "effect": q.Effect} {
				if s.ZH == "" || s.EN == "" || strings.Contains(s.ZH+s.EN, "%!") {
					t.Errorf("%s: %+v", name, s)
				}
			}
			for _, v := range []string{Unknown, Skip} {
				if edits, err := q.Edits(v); err != nil || edits != nil {
					t.Errorf("%s: %v, %v", v, edits, err)
				}
			}
			var bad *ValueError
			if _, err := q.Edits("vielleicht"); !q.Free && !errors.As(err, &bad) {
				t.Errorf("an answer nobody offered: %v", err)
			}
		})
	}
}

// A given answer to a question, by its id.
func given(q Question, value string) Given {
	return Given{q.ID, q.Kind, q.About.Breach, q.About.Incidents, q.About.Subject(), value}
}

// What was answered with 不知道 is not asked again, of however many rows; what was
// skipped comes last; in parts it is asked of each alone.
func TestUnknownAndSkip(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "09-03 10:00", collector, "再不还钱就打断你的腿"),
		sms("T002", "09-04 10:00", collector, "我们明天就砍死你"),
		call("T003", "09-05 23:10", stranger, evidence.ReachedSelf),
	}}
	first := List(look(r))
	both := of(first, Words)
	if len(both) != 1 || !slices.Equal(both[0].About.Incidents, []string{"T001", "T002"}) || first[0].Kind != Words {
		t.Fatalf("not one question of both threats, first of all: %+v", first)
	}
	for _, quote := range []string{"打断你的腿", "砍死你"} {
		if !strings.Contains(both[0].Text.ZH, quote) {
			t.Errorf("%q does not show “%s”", both[0].Text.ZH, quote)
		}
	}
	r.Given = []Given{given(both[0], Skip)}
	if later := List(look(r)); later[len(later)-1].ID != both[0].ID {
		t.Errorf("skipped, and not last: %+v", later)
	}
	r.Given = []Given{given(both[0], Unknown)}
	together := of(List(look(r)), Words)
	if len(together) != 1 || together[0].About.Breach != "V06" {
		t.Fatalf("not asked as a threat of any sort: %+v", together)
	}
	r.Given = append(r.Given, given(together[0], Unknown))
	if left := of(List(look(r)), Words); len(left) != 0 {
		t.Errorf("not known, and asked in parts: %+v", left)
	}
	if edits, err := together[0].Edits("apart"); err != nil || len(edits) != 0 {
		t.Errorf("asked in parts, and changed: %v, %v", edits, err)
	}
	r.Given[1] = given(together[0], "apart")
	alone := of(List(look(r)), Words)
	if len(alone) != 2 || len(alone[0].About.Incidents) != 1 {
		t.Fatalf("not asked one by one: %+v", alone)
	}
	r.Given = append(r.Given, given(alone[0], Unknown))
	if left := of(List(look(r)), Words); len(left) != 1 || left[0].ID != alone[1].ID {
		t.Errorf("asked again: %+v", left)
	}
}

// Of words asked about together some may be of a kind and others not: one
// answer says which.
func TestSomeOfThem(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{
		sms("T001", "09-03 10:00", collector, "再不还钱就打断你的腿"),
		sms("T002", "09-04 10:00", collector, "我们明天就砍死你"),
		sms("T003", "09-05 10:00", collector, "小心我弄死你"),
	}}
	q := of(List(look(r)), Words)[0]
	if q.Parts != 3 {
		t.Fatalf("%d parts: %+v", q.Parts, q)
	}
	for _, c := range []struct{ list, value string }{
		{"1,3", "some:1,3"}, {"3 1 1", "some:1,3"}, {"2，", "some:2"}, {"1、2、3", "some:1,2,3"},
		{"4", ""}, {"0,1", ""}, {"", ""}, {"a", ""},
	} {
		if got, ok := q.Some(c.list); got != c.value || ok != (c.value != "") {
			t.Errorf("%q: %q", c.list, got)
		}
	}
	edits, err := q.Edits("some:1,3")
	of3 := q.About.Incidents
	for n, want := range []string{"V06a", "非V06a", "V06a"} {
		if want = fmt.Sprintf("%s asserted kinds=%s", of3[n], want); err != nil ||
			!strings.Contains(shown(edits), want) {
			t.Errorf("%q, %v; want %s", shown(edits), err, want)
		}
	}
	for _, value := range []string{"some:", "some:4", "some:x"} {
		var wrong *ValueError
		if _, err := q.Edits(value); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", value, err)
		}
	}
	r.Incidents = r.Incidents[:1]
	if _, ok := of(List(look(r)), Words)[0].Some("1"); ok {
		t.Error("a question of one thing has parts")
	}
}

// The id of a question is that of what it asks: it does not change with what
// else there is, and does with what the rows say.
func TestIDIsOfWhatIsAsked(t *testing.T) {
	r := Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00", collector, "再不还钱就打断你的腿")}}
	id := of(List(look(r)), Words)[0].ID
	r.Incidents = append(r.Incidents, call("T002", "09-05 23:10", stranger, evidence.ReachedSelf))
	if got := of(List(look(r)), Words)[0].ID; got != id {
		t.Errorf("another row, another id: %s, %s", id, got)
	}
	r.Incidents[0].Shown = "再不还钱就打断你两条腿"
	if got := of(List(look(r)), Words)[0].ID; got == id {
		t.Error("other words, the same id")
	}
}

// Numbers that called several people are asked about together, each alone where
// they are not all of one side.
func TestNumbersTogether(t *testing.T) {
	other := call("T003", "09-03 12:00", stranger, "")
	other.Exhibits, other.Source = []string{"E002"}, "E002:3"
	fourth := call("T004", "09-03 13:00", "19900000313", "")
	fourth.Exhibits, fourth.Source = []string{"E002"}, "E002:4"
	r := Record{Case: kase(), Incidents: []evidence.Incident{call("T001", "09-03 10:00", stranger,
		evidence.ReachedSelf),
		call("T002", "09-03 11:00", "19900000313", evidence.ReachedSelf), other, fourth},
		Devices: []device.Device{{Name: "手机", Exhibits: []string{"E001"}},
			{Name: "妈妈", Exhibits: []string{"E002"}, Owner: evidence.ReachedFamily}}}
	q := of(List(look(r)), Caller)
	if len(q) != 1 || !slices.Equal(q[0].About.Numbers, []string{stranger, "19900000313"}) {
		t.Fatalf("%+v", q)
	}
	edits, err := q[0].Edits("collector")
	if want := "19900000313=collector; T003 reached=family; T004 reached=family; " + stranger +
		"=collector"; err != nil ||
		!slices.Equal(strings.Split(shown(edits), "; "), sorted(want)) {
		t.Errorf("%s, %v", shown(edits), err)
	}
	if edits, err = q[0].Edits("some:2"); err != nil || shown(edits) != "19900000313=collector; T004 reached=family" {
		t.Errorf("the second: %s, %v", shown(edits), err)
	}
	r.Given = []Given{given(q[0], "some:2")}
	if left := of(List(look(r)), Caller); len(left) != 2 || len(left[0].About.Numbers) != 1 {
		t.Errorf("of those that are no collector's it is not asked one by one: %+v", left)
	}
	r.Given = []Given{given(q[0], "apart")}
	alone := of(List(look(r)), Caller)
	if len(alone) != 2 {
		t.Errorf("%+v", alone)
	}
	if _, err := alone[0].Edits("apart"); err == nil {
		t.Error("one number is asked about in parts")
	}
	r.Given = []Given{given(q[0], Unknown)}
	if left := of(List(look(r)), Caller); len(left) != 0 {
		t.Errorf("not known, and asked one by one: %+v", left)
	}
}

func sorted(s string) []string {
	out := strings.Split(s, "; ")
	slices.Sort(out)
	return out
}

// Which of two readings of a time is right is asked only where a finding waits.
func TestTimeIsAskedWhereItMatters(t *testing.T) {
	for at, want := range map[string]int{"09-03 22:40": 1, "09-03 12:00": 0} {
		i := call("T001", at, collector, evidence.ReachedSelf)
		says := []evidence.Statement{{Source: "name", Exhibit: "E001", Value: i.Time.At.Format(time.RFC3339)},
			{Source: "container", Exhibit: "E001", Value: i.Time.At.Add(-time.Hour).Format(time.RFC3339)}}
		r := Record{Case: kase(), Incidents: []evidence.Incident{i}, Report: evidence.Report{Doubts: []evidence.Doubt{
			{Code: evidence.NameAgainstContainer, Incident: "T001", About: evidence.AboutTime, Says: says}}}}
		q := of(List(look(r)), Time)
		if len(q) != want {
			t.Fatalf("%s: %+v", at, q)
		}
		if want == 0 {
			continue
		}
		edits, err := q[0].Edits(says[1].Value)
		if err != nil || shown(edits) != "T001 time="+says[1].Value+"; T001 use=yes" {
			t.Errorf("%s, %v", shown(edits), err)
		}
	}
}

// What stands beside a question, to be ticked, is no part of its text.
func TestWithoutList(t *testing.T) {
	for _, c := range [][2]string{
		{"哪几段里有要紧的话？1 E006（9月8日）；2 E004", "哪几段里有要紧的话？"},
		{"这 2 次，找到的是谁？", "这 2 次，找到的是谁？"},
		{"In which? 1 E006; 2 E004", "In which?"},
		{"这 2 条，是不是每一条都在骂您？1 “装死”；2 “骗子”", "这 2 条，是不是每一条都在骂您？"},
		{"放进去吗？2026年8月26日：1 E039（14:22）、2 E040（20:22）", "放进去吗？"},
	} {
		if got := WithoutList(c[0]); got != c[1] {
			t.Errorf("%q: %q", c[0], got)
		}
	}
}
