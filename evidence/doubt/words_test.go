package doubt_test

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
)

// message is a message of the collector's in a log.
func message(place, text string, reached evidence.Reached) evidence.Incident {
	i := call(place, "2026-09-10 10:00:00", -1, "sms-backup")
	i.Kind, i.Answered, i.Shown, i.Reached = evidence.SMS, evidence.Unknown, text, reached
	return i
}

func used(i evidence.Incident) evidence.Incident { i.Use = evidence.Yes; return i }

// Words of a file speak against the answer that it reached the complainant, that
// the phone is theirs, and that the debt was not told.
func TestAnswersAgainstWords(t *testing.T) {
	const toSelf, noDebt = "王某您好，您在我司的借款已逾期", "请让他给我们回个电话"
	const toCousin, toOther = "你是王某的表妹吧，你让她赶紧还钱", "您是不是赵磊的同事？请转告赵磊"
	own := device.Device{Name: "小米14", Exhibits: []string{"E001"}, Own: true}
	said := func(notes ...evidence.Note) []evidence.Exhibit {
		return []evidence.Exhibit{{Number: "E001", Notes: notes}}
	}
	hers := evidence.Note{Code: evidence.NotePhoneOf, About: "family"}
	self := evidence.Note{Code: evidence.NotePhoneOf, About: "self"}
	borrower := func(*evidence.Case) {}
	for _, c := range []struct {
		name string
		row  evidence.Incident // beside a call of the same phone
		x    []evidence.Exhibit
		edit func(*evidence.Case)
		want string // of the row, then of the call
	}{
		{"to the borrower", message("E001:3", "你再不还钱试试", "self"), said(self), borrower, ""},
		{"to a cousin, on a phone said to be the own", message("E001:3", toCousin, "self"), said(self), borrower,
			"phone-words words-other / phone-words"},
		{"and on one nobody was asked about", message("E001:3", toCousin, "self"), nil, borrower,
			"phone-words words-other / phone-words"},
		{"said again after the words were shown", message("E001:3", toCousin, "self"),
			said(self, evidence.Note{Code: evidence.NotePhoneSure, About: "self"}), borrower, "words-other"},
		{"said again of another owner", message("E001:3", toCousin, "self"),
			said(self, evidence.Note{Code: evidence.NotePhoneSure, About: "family"}), borrower,
			"phone-words words-other / phone-words"},
		{"of another's debt", message("E001:3", toOther, "self"), said(self), borrower, "words-other"},
		{"in a picture", message("E001", toCousin, "self"), said(self), borrower, "words-other"},
		{"it reached the cousin", message("E001:3", toCousin, "family"), said(self), borrower, ""},
		{"it reached the cousin, and the debt was not told", withheld(message("E001:3", toCousin, "family")),
			said(self),
			borrower, "words-debt"},
		{"nor was it by these words", withheld(message("E001:3", "请转告王某给我们回个电话", "family")), said(self), borrower, ""},
		{"a guarantor knows of it", withheld(message("E001:3", toCousin, "guarantor")), said(self), borrower, ""},
		{"of another lender", message("E001:3", "您在盛和消费金融的借款已逾期", "self"), said(self),
			func(c *evidence.Case) { c.Lender.Name = "云岭银行股份有限公司" }, "lender-not-said / lender-not-said"},
		{"of another lender, whose number collects for this one", message("E001:3", "您在盛和消费金融的借款已逾期", "self"), said(self),
			func(c *evidence.Case) {
				c.Lender.Name = "云岭银行股份有限公司"
				for n := range c.Numbers {
					c.Numbers[n].For = evidence.ForThis
				}
			}, "other-lender"},
		{"of another lender, and the person said that it is this loan", used(message("E001:3",
			"您在盛和消费金融的借款已逾期", "self")), said(self),
			func(c *evidence.Case) { c.Lender.Name = "云岭银行股份有限公司" }, ""},
		{"of the lender itself", message("E001:3", "您在云岭银行的贷款已逾期", "self"), said(self),
			func(c *evidence.Case) { c.Lender.Name = "云岭银行股份有限公司" }, ""},
		{"to a contact who complains", message("E001:3", toCousin, "self"), said(self),
			func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }, ""},
		{"who says that the debt was not told", withheld(message("E001:3", toCousin, "self")), said(self),
			func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }, "words-debt"},
		{"to the borrower by name, on a phone said to be the family's", message("E001:3", toSelf, "family"), said(hers),
			borrower, "phone-words-self words-self"},
		{"said again after the words were shown", message("E001:3", toSelf, "family"),
			said(hers, evidence.Note{Code: evidence.NotePhoneSure, About: "family"}), borrower, ""},
		{"to the borrower by name, in a row that says family", message("E001", toSelf, "family"), nil, borrower,
			"words-self"},
		{"by their surname", message("E001", "王先生你还不还钱", "workplace"), nil, borrower, "words-self"},
		{"to somebody of the same surname, of another", message("E001", "王先生您好，您的儿子王某在我司逾期", "family"), nil,
			borrower, ""},
		{"nobody is named", message("E001", "您的借款已逾期", "family"), nil, borrower, ""},
		{"a guarantor owes too", message("E001", toSelf, "guarantor"), nil, borrower, ""},
		{"the debt was told, by words of none", tolds(message("E001:3", noDebt, "family")), nil, borrower,
			"words-no-debt"},
		{"named as disclosure, by words of none", change(message("E001:3", noDebt, "family"),
			func(i *evidence.Incident) { i.Asserted = []evidence.Breach{"V01"} }), nil, borrower, "words-no-debt"},
		{"the debt was told, by words that can mean one", tolds(message("E001:3", "让他赶紧把钱打过来", "family")), nil,
			borrower, ""},
		{"the person's own words tell of it", change(tolds(message("E001:3", noDebt, "family")),
			func(i *evidence.Incident) { i.Words = "随后打电话说了我欠款的事" }), nil, borrower, ""},
		{"a call can have said more than its row shows", change(tolds(message("E001:3", noDebt, "family")),
			func(i *evidence.Incident) { i.Kind = evidence.Call }), nil, borrower, ""},
	} {
		kase := collectors()
		kase.Complainant.Name = "王某"
		c.edit(&kase)
		rows := numbered(c.row, call("E001:4", "2026-09-11 10:00:00", 20, "sms-backup"))
		phone := own
		if len(c.x) > 0 && c.x[0].PhoneOf().Third() {
			phone.Own, phone.Owner = false, c.x[0].PhoneOf()
		}
		_, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: rows, Exhibits: c.x,
			Devices: []device.Device{phone}, Read: doubt.Sources{Rows: rows}})
		var of [2][]string
		for _, d := range doubts {
			n := map[string]int{"T001": 0, "T002": 1}[d.Incident]
			of[n] = append(of[n], string(d.Code))
			if slices.Contains(evidence.OfWords, d.Code) &&
				!(strings.Contains(d.Text().ZH, d.Words().ZH) && strings.Contains(d.Text().ZH, "E001")) {
				t.Errorf("%s: neither file nor words: %s", c.name, d.Text().ZH)
			}
		}
		got := strings.TrimSuffix(strings.Join(of[0], " ")+" / "+strings.Join(of[1], " "), " / ")
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Who answered the collector that day, by a log, could be reached.
func TestReachableAgainstLog(t *testing.T) {
	answered := call("E001:4", "2026-09-10 09:00:00", 20, "sms-backup")
	contact := message("E001:9", "请转告他回电", "family")
	contact.Reachable = evidence.No
	for _, c := range []struct {
		name string
		edit func(contact, call *evidence.Incident)
		want bool
	}{
		{"answered that day", func(_, _ *evidence.Incident) {}, true},
		{"they could be reached", func(i, _ *evidence.Incident) { i.Reachable = evidence.Yes }, false},
		{"nobody said", func(i, _ *evidence.Incident) { i.Reachable = evidence.Unknown }, false},
		{"missed", func(_, c *evidence.Incident) { c.Answered, c.Seconds = evidence.No, 0 }, false},
		{"the day before", func(_, c *evidence.Incident) { c.Time.At = c.Time.At.AddDate(0, 0, -1) }, false},
		{"they called", func(_, c *evidence.Incident) { c.Direction = evidence.Out }, false},
		{"somebody else's call", func(_, c *evidence.Incident) { c.Number = "19900000313" }, false},
		{"answered by the family", func(_, c *evidence.Incident) { c.Reached = evidence.ReachedFamily }, false},
		{"by the person's own word alone", func(_, c *evidence.Incident) { c.Source = "person" }, false},
	} {
		i, other := contact, answered
		c.edit(&i, &other)
		rows := numbered(i, other)
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: rows, Read: doubt.Sources{Rows: rows}})
		n := slices.IndexFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.ReachableInLog })
		if (n >= 0) != c.want {
			t.Errorf("%s: %v", c.name, doubts)
		}
		if n >= 0 && !strings.Contains(doubts[n].Text().ZH, "E001 第4行是 2026-09-10 09:00:00") {
			t.Errorf("%s: %s", c.name, doubts[n].Text().ZH)
		}
	}
}

func tolds(i evidence.Incident) evidence.Incident {
	i.Disclosed = evidence.Yes
	return i
}

func change(i evidence.Incident, edit func(*evidence.Incident)) evidence.Incident {
	edit(&i)
	return i
}

func withheld(i evidence.Incident) evidence.Incident {
	i.Disclosed = evidence.No
	return i
}
