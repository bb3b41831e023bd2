package intake

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What a speech program writes is kept unchecked; one that fails is named,
// and a second run does not hear again what was heard.
func TestRecordingsAreHeard(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "1" {
		t.Skip("the fake speech program is a shell script, and there is no sh")
	}
	f, dir, scripts := newCase(t), t.TempDir(), t.TempDir()
	put(t, dir, "13800138000_20260905224714.amr", amr(100))
	put(t, dir, "13800138000_20260906224714.amr", amr(200))
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(scripts, "hear.sh")
	put(
		t, scripts, "hear.sh",
		[]byte("case \"$1\" in *E002*) echo no sound >&2; exit 4;; esac\npwd > left.txt\n"+
			"printf '1\\n00:00:00,100 --> 00:00:00,900\\n再不还就上门\\n'\n"),
	)
	opt := ReadOptions{Now: testNow, Speech: []string{"sh", script, "{}"}}
	s, err := Read(context.Background(), f, opt)
	if err != nil || len(s.Read) != 1 || len(s.Failed) != 1 || s.Failed[0].Exhibit != "E002" ||
		!strings.Contains(s.Failed[0].Why.EN, "no sound") {
		t.Fatalf("%+v, %v", s, err)
	}
	r := s.Read[0]
	if r.Exhibit != "E001" || !r.Accepted.IsZero() || !strings.Contains(r.Text, "再不还就上门") {
		t.Errorf("%+v", r)
	}
	opt.Only = []string{"E001"}
	if again, err := Read(context.Background(), f, opt); err != nil || again.Already != 1 || len(again.Read) != 0 {
		t.Errorf("%+v, %v", again, err)
	}
	register, _ := f.Register()
	x, err := AcceptTranscript(context.Background(), f, register.Exhibits[0], r, r.Text, testNow)
	if err != nil || x.Number != "E003" || x.TranscriptOf() != "E001" || !x.MachineMade() || !x.Checked() ||
		x.OriginalName != "13800138000_20260905224714.srt" {
		t.Errorf("%+v, %v", x, err)
	}
	hits, err := PhrasesInTranscripts(f, []evidence.Exhibit{x})
	if err != nil || len(hits) != 1 || hits[0].Category != "threat_visit" || hits[0].At.Milliseconds() != 100 ||
		hits[0].Machine {
		t.Errorf("%+v, %v", hits, err)
	}
	if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
		t.Errorf("adding after it: %v", err)
	}
}
