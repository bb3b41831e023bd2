package ask

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// Words beside pictures that nobody read so are asked about together: what a picture shows
// stays shown, by the answer, and the rest becomes the person's own words.
func TestWordsOnPicturesAreAsked(t *testing.T) {
	var r Record
	r.Case = kase()
	for n, words := range []string{"不还钱就打断你爸的腿", "我是飞羽的"} {
		i := sms(fmt.Sprintf("T%03d", n+1), fmt.Sprintf("09-03 1%d:00", n), collector, words)
		i.Exhibits, i.Source = []string{fmt.Sprintf("E%03d", n+1)}, fmt.Sprintf("E%03d", n+1)
		r.Incidents = append(r.Incidents, i)
		r.Report.Doubts = append(r.Report.Doubts, evidence.Doubt{Code: evidence.NotOnPicture, Incident: i.ID,
			About: evidence.AboutRow, Says: []evidence.Statement{{Source: "read", Exhibit: i.Source, Value: "你欠8642了"},
				{Source: "table", Value: words}}})
	}
	list := of(List(look(r)), OnPicture)
	if len(list) != 1 || list[0].Parts != 2 {
		t.Fatalf("asked: %+v", list)
	}
	got, err := list[0].Edits("some:2")
	want := "[{T001 what the file shows } {T001 my own words 不还钱就打断你爸的腿} {T002 what the file shows 我是飞羽的}]"
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range got {
		said = append(said, fmt.Sprintf("{%s %s %s}", e.Row, e.Column, e.Value))
	}
	if fmt.Sprint(said) != want {
		t.Errorf("edits %v, want %s", said, want)
	}
}
