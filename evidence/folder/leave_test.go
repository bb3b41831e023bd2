package folder

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What is left out before it is listed gets no line, and what is left out later
// gets its state: the codes of letters that were sent hold.
func TestLeftOutOfTheList(t *testing.T) {
	f, _ := sealedCase(t)
	first := opened(t, f).Root
	private, _ := admit(t, f, source(t, "海边-周宁.jpg", "a picture of nobody's business"))
	if err := f.Leave([]string{private.Number, "E001"}, true, "家人照片", testNow); err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	second := opened(t, f).Root
	if second.Items != first.Items-1 || second.Lines != first.Lines+1 {
		t.Errorf("%d items in %d lines, want %d in %d", second.Items, second.Lines, first.Items-1, first.Lines+1)
	}
	list, _, err := f.readList()
	if err != nil {
		t.Fatal(err)
	}
	if list.Line(private.Number) != 0 || !strings.HasSuffix(string(list.Text()), "\n# out E001\n") {
		t.Errorf("the list has line %d for %s:\n%s", list.Line(private.Number), private.Number, list.Text())
	}
	if list.Code(first.Lines).SHA256 != first.SHA256 {
		t.Error("the code of the earlier letter no longer holds")
	}
	for _, text := range textsOf(t, f.Path(BundleDir)) {
		for _, secret := range []string{"海边", private.SHA256, private.SM3, private.OriginalPath} {
			if strings.Contains(text, secret) {
				t.Errorf("the bundle holds %q", secret)
			}
		}
	}

	// Taken back each has its place: one its old line, the other a new one.
	if err := f.Leave([]string{"E001", private.Number}, false, "", testNow); err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	third := opened(t, f).Root
	if third.Items != first.Items+1 || third.Lines != second.Lines+2 {
		t.Errorf("%d items in %d lines, want %d in %d", third.Items, third.Lines, first.Items+1, second.Lines+2)
	}
	reseal(t, f)
	if again := opened(t, f).Root; again.SHA256 != third.SHA256 {
		t.Error("nothing changed, and the code did")
	}
}

// The file of what is left out may be taken away: nothing is made of it.
func TestLeftOutMayBeGone(t *testing.T) {
	f, _ := sealedCase(t)
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	x := register.Exhibits[0]
	if err := os.Remove(f.Path(ExhibitsDir, x.File)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Seal(t.Context(), testNow); err == nil {
		t.Fatal("a missing exhibit was sealed")
	}
	if err := f.Leave([]string{x.Number}, true, "", testNow); err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
}

// A row of what is left out stays out of the bundle; rows of no exhibit do not.
func TestRowsOfWhatIsLeftOut(t *testing.T) {
	f, _ := sealedCase(t)
	rows := []evidence.Incident{
		{Kind: evidence.Call, Exhibits: []string{"E001"}, Words: "一", Source: "person", Seconds: -1},
		{Kind: evidence.Call, Words: "二", Source: "person", Seconds: -1},
		{Kind: evidence.Call, Exhibits: []string{"E002"}, Words: "三", Source: "person", Seconds: -1},
	}
	if _, err := f.AppendIncidents(rows, testNow); err != nil {
		t.Fatal(err)
	}
	if err := f.Leave([]string{"E001"}, true, "", testNow); err != nil {
		t.Fatal(err)
	}
	reseal(t, f)
	sealed, err := os.ReadFile(f.Path(BundleDir, TimelineFile))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{"一": false, "二": true, "三": true} {
		if got := bytes.Contains(sealed, []byte(word)); got != want {
			t.Errorf("row %s in the bundle: %v, want %v", word, got, want)
		}
	}
}

// What was written down of a recording stays out with it, and comes back with it.
func TestTranscriptOfWhatIsLeftOut(t *testing.T) {
	f := newFolder(t)
	call, _ := admit(t, f, source(t, "a.wav", "sound"))
	words, _ := admit(t, f, source(t, "a.txt", "words"))
	n := evidence.Note{Code: evidence.NoteTranscript, About: call.Number}
	if err := f.AddNote(words.Number, n, testNow); err != nil {
		t.Fatal(err)
	}
	for _, out := range []bool{true, false} {
		if err := f.Leave([]string{call.Number}, out, "", testNow); err != nil {
			t.Fatal(err)
		}
		left, err := f.LeftOut()
		if err != nil || left[call.Number] != out || left[words.Number] != out {
			t.Errorf("left out %v: %v, %v", out, left, err)
		}
	}
}
