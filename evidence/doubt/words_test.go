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

// Words of a file speak against the answer that it reached the complainant, that
// the phone is theirs, and that the debt was not told.
func TestAnswersAgainstWords(t *testing.T) {
	const toCousin, toOther = "你是王某的表妹吧，你让她赶紧还钱", "您是不是赵磊的同事？请转告赵磊"
	own := device.Device{Name: "小米14", Exhibits: []string{"E001"}, Own: true}
	said := func(notes ...evidence.Note) []evidence.Exhibit {
		return []evidence.Exhibit{{Number: "E001", Notes: notes}}
	}
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
		{"to a contact who complains", message("E001:3", toCousin, "self"), said(self),
			func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }, ""},
		{"who says that the debt was not told", withheld(message("E001:3", toCousin, "self")), said(self),
			func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }, "words-debt"},
	} {
		kase := collectors()
		kase.Complainant.Name = "王某"
		c.edit(&kase)
		rows := numbered(c.row, call("E001:4", "2026-09-11 10:00:00", 20, "sms-backup"))
		_, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: rows, Exhibits: c.x,
			Devices: []device.Device{own}, Read: doubt.Sources{Rows: rows}})
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

func withheld(i evidence.Incident) evidence.Incident {
	i.Disclosed = evidence.No
	return i
}
