package track_test

import (
	"errors"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/track"
)

// What cannot have been is refused, each for its own reason, and no entry comes
// of it.
func TestRefusals(t *testing.T) {
	open := evidence.Filing{To: "lender", Date: "2026-11-02", Receipt: "甲1"}
	with := func(change func(*evidence.Filing)) *evidence.Filing {
		f := open
		change(&f)
		return &f
	}
	answered := func(f *evidence.Filing) { f.Answered, f.Outcome = "2026-11-05", evidence.Unsatisfied }
	file := func(s track.Filed) func(evidence.Case, track.Lane) (track.Entry, error) {
		return func(c evidence.Case, l track.Lane) (track.Entry,
			error) {
			return track.File(c, l, s, day(t, "2026-11-10"))
		}
	}
	receive := func(a track.Answer) func(evidence.Case, track.Lane) (track.Entry, error) {
		return func(c evidence.Case, l track.Lane) (track.Entry,
			error) {
			return track.Receive(c, l, a, day(t, "2026-11-10"))
		}
	}
	shut := func(on string) func(evidence.Case, track.Lane) (track.Entry, error) {
		return func(c evidence.Case, l track.Lane) (track.Entry,
			error) {
			return track.Shut(c, l, on, day(t, "2026-11-10"))
		}
	}
	for _, row := range []struct {
		name string
		has  *evidence.Filing
		do   func(evidence.Case, track.Lane) (track.Entry, error)
		why  track.Why // empty: it can be
		than string
	}{
		{"filed", nil, file(track.Filed{To: "lender", On: "2026-11-08", Since: "2026-11-08"}), "", ""},
		{"filed before there were papers", nil, file(track.Filed{To: "lender", On: "2026-11-07", Since: "2026-11-08"}),
			track.BeforePapers, "2026-11-08"},
		{"filed, and no papers were made", nil, file(track.Filed{To: "lender", On: "2026-11-07"}), track.NoPapers, ""},
		{"a call of the person's own needs none", nil, file(track.Filed{To: "lender", On: "2026-11-07", Own: true}), "",
			""},
		{"filed tomorrow", nil, file(track.Filed{To: "lender", On: "2026-11-11", Since: "2026-11-08"}), track.InFuture,
			"2026-11-10"},
		{"filed today", nil, file(track.Filed{To: "lender", On: "2026-11-10", Since: "2026-11-08"}), "", ""},
		{"two at one body", &open, file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01"}),
			track.AlreadyFiled, "2026-11-02"},
		{"two at one body, the person insists", &open,
			file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01", Again: true}), "", ""},
		{"two at one body, the first answered", with(answered),
			file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01"}), "", ""},
		{"two at one body, the first withdrawn", with(func(f *evidence.Filing) { f.Withdrawn = "2026-11-05" }),
			file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01"}), "", ""},
		{"two at one body, the first wants papers",
			with(func(f *evidence.Filing) { f.Answered, f.Outcome = "2026-11-05", evidence.WantsMore }),
			file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01"}), track.AlreadyFiled, "2026-11-02"},
		{"a closed lane", with(func(f *evidence.Filing) { f.Closed = "2026-11-05" }),
			file(track.Filed{To: "lender", On: "2026-11-09", Since: "2026-11-01"}), track.LaneClosed, "2026-11-05"},
		{"a supplement to nothing", nil, file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Supplement}),
			track.NotFiled, ""},
		{"a supplement before the complaint", &open,
			file(track.Filed{To: "lender", On: "2026-11-01", Letter: evidence.Supplement}),
			track.BeforeFiling, "2026-11-02"},
		{"a supplement", &open, file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Supplement}), "", ""},
		{"a reminder that nobody wrote", &open,
			file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Reminder}), track.NoLetter, ""},
		{"a reminder", &open,
			file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Reminder, Written: true}), "", ""},
		{"a reminder on the telephone", &open,
			file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Reminder, Own: true}), "", ""},
		{"an objection before the complaint", &open,
			file(track.Filed{To: "lender", On: "2026-11-01", Letter: evidence.Disputed}),
			track.BeforeFiling, "2026-11-02"},
		{"a recheck, and nobody answered", &open,
			file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Recheck, Written: true}),
			track.NotAnswered, "2026-11-02"},
		{"a recheck of an answer", with(answered),
			file(track.Filed{To: "lender", On: "2026-11-09", Letter: evidence.Recheck, Written: true}), "", ""},
		{"the receipt came later", with(func(f *evidence.Filing) { f.Receipt = "" }),
			file(track.Filed{To: "lender", On: "2026-11-02", Receipt: "乙"}), "", ""},
		{"another receipt", &open, file(track.Filed{To: "lender", On: "2026-11-02", Receipt: "乙"}), track.OtherReceipt,
			"甲1"},
		{"the same once more", &open, file(track.Filed{To: "lender", On: "2026-11-02", Receipt: "甲1"}),
			track.AlreadyIsSo, "2026-11-02"},

		{"an answer to nothing", nil, receive(track.Answer{On: "2026-11-05", Outcome: evidence.Satisfied}),
			track.NotFiled, ""},
		{"an answer before the filing", &open, receive(track.Answer{On: "2026-11-01", Outcome: evidence.Satisfied}),
			track.BeforeFiling, "2026-11-02"},
		{"an answer tomorrow", &open, receive(track.Answer{On: "2026-11-11", Outcome: evidence.Satisfied}),
			track.InFuture, "2026-11-10"},
		{"an answer on the same day", &open, receive(track.Answer{On: "2026-11-02", Outcome: evidence.Satisfied}), "",
			""},
		{"no answer, while the term runs", &open, receive(track.Answer{On: "2026-11-10", Outcome: evidence.NoAnswer}),
			track.TermRuns, "2026-11-17"},
		{"no answer, after the term", with(func(f *evidence.Filing) { f.Date = "2026-10-20" }),
			receive(track.Answer{On: "2026-11-10", Outcome: evidence.NoAnswer}), "", ""},
		{"no answer, and one is on record", with(answered),
			receive(track.Answer{On: "2026-11-10", Outcome: evidence.NoAnswer}), track.AnsweredSince, "2026-11-05"},
		{"an answer to what was closed", with(func(f *evidence.Filing) { f.Closed = "2026-11-05" }),
			receive(track.Answer{On: "2026-11-09", Outcome: evidence.Satisfied}), track.LaneClosed, "2026-11-05"},
		{"the same answer once more", with(answered),
			receive(track.Answer{On: "2026-11-05", Outcome: evidence.Unsatisfied}), track.AlreadyIsSo, "2026-11-02"},

		{"close nothing", nil, shut("2026-11-09"), track.NotFiled, ""},
		{"close before the answer", with(answered), shut("2026-11-04"), track.BeforeFiling, "2026-11-05"},
		{"close twice", with(func(f *evidence.Filing) { f.Closed = "2026-11-05" }), shut("2026-11-09"),
			track.LaneClosed, "2026-11-05"},
		{"close tomorrow", &open, shut("2026-11-11"), track.InFuture, "2026-11-10"},
		{"reopen what is open", &open, track.Reopen, track.LaneOpen, "2026-11-02"},
		{"reopen nothing", nil, track.Reopen, track.NotFiled, ""},
	} {
		c, roads := bankCase()
		if row.has != nil {
			c.Filings = []evidence.Filing{*row.has}
		}
		e, err := row.do(c, track.Lanes(c, roads, day(t, "2026-11-10"))[0])
		var no *track.Refusal
		switch {
		case row.why == "" && err != nil:
			t.Errorf("%s: %v", row.name, err)
		case row.why == "" && row.has != nil && e.N == 0 && e.Filing == *row.has:
			t.Errorf("%s: nothing changes", row.name)
		case row.why == "":
		case !errors.As(err, &no) || no.Why != row.why || no.Than != row.than:
			t.Errorf("%s: %+v, want %s (%s)", row.name, err, row.why, row.than)
		case e != (track.Entry{}):
			t.Errorf("%s: refused, and an entry came of it", row.name)
		}
	}
}

// A lane through all its steps, each on top of the entries before.
func TestALaneFromBeginningToEnd(t *testing.T) {
	c, roads := bankCase()
	lane := func(today string) track.Lane { return track.Lanes(c, roads, day(t, today))[0] }
	step := func(e track.Entry, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if e.N == len(c.Filings) {
			c.Filings = append(c.Filings, e.Filing)
		} else {
			c.Filings[e.N] = e.Filing
		}
	}
	want := func(today string, s track.State, n track.Next) {
		t.Helper()
		if l := lane(today); l.State != s || l.Next != n {
			t.Fatalf("%s: %s, next %s; want %s, %s", today, l.State, l.Next, s, n)
		}
	}
	step(track.File(c, lane("2026-03-02"),
		track.Filed{To: "lender", On: "2026-03-02", Since: "2026-03-01", Exhibit: "E003"}, day(t, "2026-03-02")))
	step(track.Receive(c, lane("2026-03-05"), track.Answer{On: "2026-03-04", Accepted: true, Exhibit: "E004"},
		day(t, "2026-03-05")))
	want("2026-03-17", track.Waiting, track.Wait) // of a bank's own terms all go on
	want("2026-03-18", track.Overdue, track.Remind)
	step(track.File(c, lane("2026-03-18"),
		track.Filed{To: "lender", On: "2026-03-18", Letter: evidence.Reminder, Written: true},
		day(t, "2026-03-18")))
	want("2026-03-20", track.Overdue, track.Remind)
	step(track.Receive(c, lane("2026-03-20"),
		track.Answer{On: "2026-03-20", Outcome: evidence.WantsMore, Exhibit: "E005"}, day(t, "2026-03-20")))
	want("2026-03-21", track.Answered, track.Supply)
	step(track.File(c, lane("2026-03-22"), track.Filed{To: "lender", On: "2026-03-22", Letter: evidence.Supplement},
		day(t, "2026-03-22")))
	want("2026-04-06", track.Waiting, track.Wait)
	step(track.Receive(c, lane("2026-04-01"), track.Answer{On: "2026-04-01", Outcome: evidence.Satisfied, Said: "已停止"},
		day(t, "2026-04-01")))
	want("2026-04-02", track.Answered, track.Close)
	step(track.Shut(c, lane("2026-04-02"), "2026-04-02", day(t, "2026-04-02")))
	want("2026-04-03", track.Closed, track.Nothing)
	step(track.Reopen(c, lane("2026-04-03")))
	want("2026-04-03", track.Answered, track.Close)
	step(track.Withdraw(c, lane("2026-04-04"), "2026-04-04", day(t, "2026-04-04")))
	want("2026-04-05", track.Closed, track.Nothing)
	if f := c.Filings[0]; f.Reply != "E004 E005" || f.Accepted != "2026-03-04" || f.Exhibit != "E003" {
		t.Errorf("the first filing: %+v", f)
	}
}
