package evidence

import (
	"slices"
	"testing"
)

// A row stands in an extract where the extract holds the very line that gave it,
// and all lines of that log that did.
func TestBy(t *testing.T) {
	extracts := []Exhibit{
		{Number: "E012", Extract: &Extraction{Of: "E008", Lines: "3,5-7,9"}},
		{Number: "E013", Extract: &Extraction{Of: "E011", Lines: "1!6,2!6"}},
		{Number: "E015", Extract: &Extraction{Of: "E014", Lines: "11,12,21-22"}},
	}
	for _, row := range []struct{ source, exhibits, wantSource, want string }{
		{"E008:3", "E008", "E012", "E012"},
		{"E008:5", "E008", "E012", "E012"}, // an entry of three lines begins there
		{"E008:6", "E008", "E008:6", "E008"},
		{"E008:4", "E008", "E008:4", "E008"},
		{"E008:7", "E008", "E008:7", "E008"}, // it ends there
		{"E008:1", "E008", "E008:1", "E008"},
		{"E011:1!6", "E011", "E013", "E013"},
		{"E011:1!", "E011", "E011:1!", "E011"},
		{"E014:1", "E014", "E014:1", "E014"},
		{"E014:2", "E014", "E014:2", "E014"},
		{"E014:12", "E014", "E015", "E015"},
		{"E011:6", "E011", "E013", "E013"}, // of the first sheet
		{"E011:2!6", "E011", "E013", "E013"},
		{"E011:2!7", "E011", "E011:2!7", "E011"},
		{"E011:6 E008:9 E006", "E006 E008 E011", "E013 E012 E006", "E006 E012 E013"},
		{"E008:3 E008:4", "E008", "E008:3 E008:4", "E008"},
		{"person", "E008", "person", "E008"}, // nobody knows on which line
	} {
		i := Incident{Source: row.source, Exhibits: SplitList(row.exhibits)}
		before := slices.Clone(i.Exhibits)
		got := i.By(extracts)
		if got.Source != row.wantSource || !slices.Equal(got.Exhibits, SplitList(row.want)) {
			t.Errorf("%s of %s: %s of %v, want %s of %s", row.source, row.exhibits, got.Source, got.Exhibits,
				row.wantSource, row.want)
		}
		if !slices.Equal(i.Exhibits, before) {
			t.Errorf("%s: the row itself changed", row.source)
		}
	}
}
