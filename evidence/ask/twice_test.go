package ask

import (
	"fmt"
	"testing"
	"time"

	"juzheng/evidence"
)

// Two pictures of one message are asked about where a letter would tell both; messages
// that merely begin alike, or that are told apart by who wrote them or when, are not.
func TestOneMessageInTwoPictures(t *testing.T) {
	const (
		long  = "【速易借】您的借款已严重逾期，今日不处理将上门走访并通知您单位，让您在单位抬不起头，后果自负"
		begun = "【速易借】您的借款已严重逾期，今日不处理将上门走访并通知您单位"
		slips = "【速易借】您的借款巳严重逾期，今曰不处理将上门走访并通知您单位"
		heads = "【速易借】尊敬的客户您好，您的借款合同："
	)
	from := func(x, y string) func(a, b *evidence.Incident) {
		return func(a, b *evidence.Incident) { a.Number, b.Number = x, y }
	}
	later := func(_, b *evidence.Incident) { b.Time.At = b.Time.At.AddDate(0, 0, 1) }
	for _, c := range []struct {
		name, a, b string
		change     func(a, b *evidence.Incident)
		kind       evidence.ExhibitKind
		drops      string // not told, where it is one message; empty: not asked
	}{
		{"the beginning alone", long, begun, nil, evidence.Screenshot, "T002"},
		{"the longer one is later", begun, long, nil, evidence.Screenshot, "T001"},
		{"read with slips", long, slips, nil, evidence.Photo, "T002"},
		{"they begin alike", heads + "我们会带人去你家楼下坐着等你回来还钱的", heads + "再不还就把照片发到你老家的群里去让大家看看",
			nil, evidence.Screenshot, ""},
		{"one writer", long, long, from("10690001", "10690001"), evidence.Screenshot, "T002"},
		{"two writers", long, long, from("10690001", "10690002"), evidence.Screenshot, ""},
		{"a day apart by their own times", long, long, later, evidence.Screenshot, ""},
		{"of a log", long, long, nil, evidence.SMSLog, ""},
	} {
		a, b := sms("T001", "09-03 10:00", "", c.a), sms("T002", "09-03 10:00", "", c.b)
		a.Exhibits, b.Exhibits = []string{"E001"}, []string{"E002"}
		if c.change != nil {
			c.change(&a, &b)
		}
		r := Record{Case: kase(), Incidents: []evidence.Incident{a, b},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: c.kind}, {Number: "E002", Kind: c.kind}}}
		r.Report.Findings = []evidence.Finding{{Rule: "V06", Strength: evidence.Shown, Incidents: r.Incidents}}
		qs := of(List(r), Twice)
		if (len(qs) == 1) != (c.drops != "") {
			t.Errorf("%s: asked %d", c.name, len(qs))
			continue
		}
		if len(qs) == 0 {
			continue
		}
		if edits, err := qs[0].Edits("yes"); err != nil || shown(edits) != c.drops+" use=no" {
			t.Errorf("%s: %s, %v", c.name, shown(edits), err)
		}
		if edits, err := qs[0].Edits("no"); err != nil || len(edits) > 0 {
			t.Errorf("%s, sent twice: %s, %v", c.name, shown(edits), err)
		}
	}
}

// One writer sends nearly the same words each day, and each is in a picture of its own: that is
// one question, of all of them, and once answered it is not asked again when more come.
func TestManyPicturesOfTheSameWords(t *testing.T) {
	record := func(pictures int) Record {
		r := Record{Case: kase()}
		for n := range pictures {
			i := sms(fmt.Sprintf("T%03d", n+1), fmt.Sprintf("09-%02d 10:00", n+1), "",
				fmt.Sprintf("【速易借】您的借款已严重逾期%d天，今日不处理将上门走访并通知您单位，后果自负", n+1))
			i.Exhibits, i.Number = []string{fmt.Sprintf("E%03d", n+1)}, "10690001"
			r.Incidents = append(r.Incidents, i)
			r.Exhibits = append(r.Exhibits, evidence.Exhibit{Number: i.Exhibits[0], Kind: evidence.Screenshot,
				Captured: evidence.CaptureTime{Time: i.Time.At.Format(time.RFC3339)}})
		}
		r.Report.Findings = []evidence.Finding{{Rule: "V06", Strength: evidence.Shown, Incidents: r.Incidents}}
		return r
	}
	r := record(6)
	qs := of(List(r), Twice)
	if len(qs) != 1 || qs[0].Parts != 5 {
		t.Fatalf("%d questions: %v", len(qs), qs)
	}
	for value, want := range map[string]string{"no": "", "some:2": "T003 use=no",
		"yes": "T002 use=no; T003 use=no; T004 use=no; T005 use=no; T006 use=no"} {
		if edits, err := qs[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %q, %v", value, shown(edits), err)
		}
	}
	r = record(7)
	r.Given = []Given{{Question: qs[0].ID, Kind: Twice, Value: "no", Incidents: qs[0].About.Incidents}}
	if qs = of(List(r), Twice); len(qs) != 1 || qs[0].Parts != 0 || qs[0].About.Incidents[1] != "T007" {
		t.Errorf("with one more picture: %v", qs)
	}
}
