package desk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
)

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(madeIn)
	os.Exit(code)
}

var madeIn string

// theCase is the sample case, as far as its files tell by themselves, made once.
var theCase = sync.OnceValues(func() (dir string, err error) {
	if madeIn, err = os.MkdirTemp("", "juzheng-desk"); err != nil {
		return "", err
	}
	phone, kase := filepath.Join(madeIn, "phone"), filepath.Join(madeIn, "case")
	if err := demo.Write(phone); err != nil {
		return "", err
	}
	if _, err := desk.Init(context.Background(), testDesk, kase, demo.Case()); err != nil {
		return "", err
	}
	_, err = desk.Add(context.Background(), testDesk, kase, desk.AddOptions{Paths: []string{phone}})
	return kase, err
})

var testDesk = desk.Desk{Now: time.Date(2026, 10, 8, 9, 0, 0, 0, evidence.Beijing), Tool: "test"}

// demoCase is a copy of the sample case.
func demoCase(t *testing.T) (desk.Desk, string) {
	t.Helper()
	made, err := theCase()
	if err != nil {
		t.Fatal(err)
	}
	kase := filepath.Join(t.TempDir(), "case")
	if err := os.CopyFS(kase, os.DirFS(made)); err != nil {
		t.Fatal(err)
	}
	return testDesk, kase
}

// Jobs on different cases run side by side, each with its own notices; the
// race detector watches.
func TestJobsSideBySide(t *testing.T) {
	o := desk.BuildOptions{Volume: desk.UsualVolume}
	if testing.Short() { // under the race detector: for the others the same is done once more
		o.To = []evidence.Role{evidence.ToPlatform}
	}
	var all sync.WaitGroup
	for range 2 {
		d, kase := demoCase(t)
		all.Go(func() {
			var told []string
			d.Tell = func(n desk.Notice) { told = append(told, n.Code()) }
			built, err := desk.Build(t.Context(), d, kase, o)
			if err != nil {
				t.Error(err)
				return
			}
			if len(told) == 0 || told[len(told)-1] != "sealing" {
				t.Errorf("notices: %q", told)
			}
			v, err := desk.Verify(t.Context(), d, kase, desk.VerifyOptions{Expect: built.Root.SHA256})
			if err != nil || v.Result.Verdict != bag.Anchored {
				t.Errorf("the bundle that was just made: %+v %v", v.Result, err)
			}
		})
	}
	all.Wait()
}

// A recording is decoded once a case, not for each of its papers; what is not
// whole in the cache counts for nothing.
func TestRecordingsAreDecodedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("four builds, one after the other")
	}
	d, kase := demoCase(t)
	t.Setenv("PATH", t.TempDir()) // no ffmpeg
	f, err := folder.Open(kase, "test")
	if err != nil {
		t.Fatal(err)
	}
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	whole := `{"peaks":[1` + strings.Repeat(",0.5", 299) + `],"seconds":9,"by":"ffmpeg 5"}`
	for _, c := range []struct {
		kept      string
		undecoded bool
	}{{"", true}, {whole, false}, {whole[:40], true}, {`{"peaks":[1],"seconds":9}`, true}} {
		for _, x := range register.Exhibits {
			if c.kept != "" && x.Kind == evidence.Recording {
				f.Cache([]byte(c.kept), "waves", x.SHA256+".json")
			}
		}
		built, err := desk.Build(t.Context(), d, kase, desk.BuildOptions{})
		if err != nil || built.Undecoded != c.undecoded {
			t.Errorf("with %.40q kept: undecoded %v, want %v (%v)", c.kept, built.Undecoded, c.undecoded, err)
		}
	}
}

// A job that writes to a case another one writes to is refused, and one that
// is called off leaves no packet.
func TestJobsRefused(t *testing.T) {
	d, kase := demoCase(t)
	f, err := folder.Open(kase, "test")
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := f.Lock(d.Now)
	if err != nil {
		t.Fatal(err)
	}
	var locked *folder.LockedError
	if _, err := desk.Build(t.Context(), d, kase, desk.BuildOptions{}); !errors.As(err, &locked) {
		t.Errorf("a locked case: %v", err)
	}
	if _, err := desk.Check(t.Context(), d, kase); err != nil {
		t.Errorf("a locked case cannot be read: %v", err)
	}
	unlock()

	ctx, off := context.WithCancel(t.Context())
	d.Tell = func(n desk.Notice) {
		if _, ok := n.(desk.Sealing); ok {
			off()
		}
	}
	if _, err := desk.Build(ctx, d, kase, desk.BuildOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a job called off: %v", err)
	}
	for _, left := range []string{folder.PacketDir, ".packet-*"} {
		if found, _ := filepath.Glob(filepath.Join(kase, left)); len(found) > 0 {
			t.Errorf("left behind: %v", found)
		}
	}
}
