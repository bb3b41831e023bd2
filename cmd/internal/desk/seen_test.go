package desk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// A picture off which a program read a message of the phone's own log is cited beside the
// log, asked about no more and counted once; with another number or day on it, it is
// another message and is asked about.
func TestPictureOfALoggedMessageIsCited(t *testing.T) {
	d, phone, kase := testDesk, filepath.Join(t.TempDir(), "phone"), filepath.Join(t.TempDir(), "case")
	if err := demo.Write(phone); err != nil {
		t.Fatal(err)
	}
	if err := filepath.WalkDir(phone, func(path string, _ fs.DirEntry, err error) error {
		if plain := strings.Replace(path, "_com.tencent.mm", "", 1); err == nil && plain != path {
			return os.Rename(path, plain) // of which app it is, nothing tells
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Init(t.Context(), d, kase, demo.Case()); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{phone}}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(kase, "test")
	if err != nil {
		t.Fatal(err)
	}
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	screenshots := map[string]evidence.Exhibit{}
	for _, e := range x.Exhibits {
		if e.Kind == evidence.Screenshot {
			screenshots[e.Number] = e
		}
	}
	var message, picture evidence.Incident
	for _, p := range x.Incidents {
		if _, shot := screenshots[p.Source]; !shot || p.Shown != "" {
			continue
		}
		for _, i := range x.Incidents {
			if i.Kind == evidence.SMS && strings.Contains(i.Source, ":") && i.Time.At.Before(p.Time.At) && len(i.Shown) > 60 {
				message, picture = i, p
			}
		}
	}
	if picture.ID == "" {
		t.Fatal("the sample has no message before a screenshot")
	}
	read := func(number string, at time.Time) (row evidence.Incident, wordless, asked bool) {
		t.Helper()
		text := "19:02 5G 81%\n" + number + "\n" + at.In(evidence.Beijing).Format("2006年1月2日 15:04") + "\n" +
			message.Shown + "\n你等着坐牢吧"
		if number == message.Number {
			text = strings.TrimSuffix(text, "\n你等着坐牢吧")
		}
		if err := f.AddReading(evidence.Reading{Exhibit: picture.Source, SHA256: screenshots[picture.Source].SHA256,
			Tool: "test", Text: text, Made: d.Now}); err != nil {
			t.Fatal(err)
		}
		x, err := desk.Open(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range x.Incidents {
			if i.ID == message.ID {
				row = i
			}
		}
		a, err := desk.AskOf(x)
		if err != nil {
			t.Fatal(err)
		}
		asked = slices.ContainsFunc(a.Questions, func(q ask.Question) bool {
			return slices.Contains(q.About.Exhibits, picture.Source)
		})
		wordless = slices.ContainsFunc(ask.Wordless(x.Incidents, x.Exhibits),
			func(i evidence.Incident) bool { return i.ID == picture.ID })
		return row, wordless, asked
	}
	row, wordless, asked := read(message.Number, message.Time.At)
	if !slices.Contains(row.Exhibits, picture.Source) ||
		!slices.Equal(row.Also, []string{picture.ID}) || wordless || asked {
		t.Errorf("%v %s %q by %v: exhibits %v, also %v, still without words: %v, asked: %v", message.Time.At, message.Number,
			message.Shown, picture.Time.At, row.Exhibits, row.Also, wordless, asked)
	}
	for _, c := range []struct {
		number string
		at     time.Time
	}{{"19900000999", message.Time.At}, {message.Number, message.Time.At.AddDate(0, 0, -1)}} {
		if row, wordless, asked := read(c.number, c.at); slices.Contains(row.Exhibits, picture.Source) ||
			!wordless || !asked {
			t.Errorf("%s at %v: exhibits %v, without words: %v, asked: %v", c.number, c.at, row.Exhibits, wordless, asked)
		}
	}
}
