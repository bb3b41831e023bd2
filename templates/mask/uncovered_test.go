package mask

import (
	"reflect"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

// What a row says of a picture stands on it; a row without words, and one of a recording,
// say nothing that could be seen there.
func TestWrittenDown(t *testing.T) {
	in := matter()
	in.Exhibits = []evidence.Exhibit{{Number: "E001", Sums: bag.Sums{SHA256: "ab"}, MediaType: "image/png"},
		{Number: "E002", MediaType: "audio/mp4"}}
	in.Incidents = []evidence.Incident{
		{ID: "T001", Name: "催收", Shown: "今天还清", Exhibits: []string{"E001"}},
		{ID: "T002", Exhibits: []string{"E001"}},
		{ID: "T003", Shown: "说了什么", Exhibits: []string{"E002"}},
	}
	want := []evidence.Reading{{Exhibit: "E001", SHA256: "ab", Tool: evidence.ByPerson, Text: "催收\n今天还清"}}
	if got := WrittenDown(in); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

// Words that the person covers are told of where they stand on a picture without a box: in
// each, or in the one for which they were covered.
func TestUncoveredWords(t *testing.T) {
	in := matter()
	var readings []evidence.Reading
	for _, number := range []string{"E001", "E002", "E003"} {
		x := evidence.Exhibit{Number: number, Sums: bag.Sums{SHA256: number}, MediaType: "image/png"}
		in.Exhibits = append(in.Exhibits, x)
		readings = append(readings, evidence.Reading{Exhibit: number, SHA256: number, Text: "送到青石街八号"})
	}
	boxed := evidence.Redaction{Exhibit: "E003", Box: evidence.Box{W: 9, H: 9}}
	for covered, want := range map[string][]string{"": {"E001", "E002"}, "E002": {"E002"}} {
		in.Redactions = []evidence.Redaction{boxed, {Exhibit: covered, Text: "青石街八号"}}
		var got []string
		for _, u := range New(in, evidence.ToPlatform).Uncovered(in, in.Exhibits, readings) {
			got = append(got, u.Exhibit)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("covered in %q: told of in %v, want %v", covered, got, want)
		}
	}
}
