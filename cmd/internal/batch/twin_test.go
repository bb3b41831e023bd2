package batch

import (
	"errors"
	"slices"
	"testing"
)

// A case of the person and creditor of one before it is told of beside what was done with it.
func TestTwinIsTold(t *testing.T) {
	w := worker{Options: Options{Explain: func(f Found) Outcome {
		var twin *TwinError
		if !errors.As(f.Err, &twin) {
			t.Errorf("%v", f.Err)
		}
		return Outcome{Exceptions: []Exception{{Case: twin.Folder, File: twin.First}}}
	}}}
	var got []string
	report := w.besides(func(r Result) error {
		s := r.Item.Name
		for _, x := range r.Exceptions() {
			s += "=" + x.File
		}
		if r.Failed() {
			s += " failed"
		}
		got = append(got, s)
		return nil
	})
	for _, r := range []Result{{Item: Item{Name: "a"}, matter: "1"}, {Item: Item{Name: "b"}},
		{Item: Item{Name: "c"}, matter: "1"}, {Item: Item{Name: "d"}}, {Item: Item{Name: "e"}, matter: "2"}} {
		if err := report(r); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"a", "b", "c=a", "d", "e"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
