package transcript

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Pieces are cut in pauses, none is longer than programs hear at once, and silence
// is no piece.
func TestPieces(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []float64 // seconds of speech, and of silence where negative
		want  string    // from and to, in seconds
	}{
		{"one sentence", []float64{3}, "0-3"},
		{"a pause after enough", []float64{6, -1, 6}, "0-6 7-13"},
		{"a pause too early", []float64{2, -1, 3}, "0-6"},
		{"no pause at all", []float64{60}, "0-28 28-56 56-60"},
		{"silence", []float64{-60}, ""},
		{"silence first", []float64{-10, 4}, "8-14"},
	} {
		s := NewSplitter(t.TempDir(), Engine{kind: engineKind{shortest: 4 * time.Second}})
		for _, part := range c.parts {
			for n := range int(math.Abs(part) * Rate) {
				v := 0.5 * float64(n%40/20*2-1)
				if part < 0 {
					v = 0
				}
				s.Add(v)
			}
		}
		pieces, err := s.End()
		var got []string
		for _, p := range pieces {
			from, to := p.Begin.Seconds(), (p.Begin + p.Length).Seconds()
			got = append(got, strings.Join([]string{whole(from), whole(to)}, "-"))
			info, err := os.Stat(filepath.Join(s.dir, p.File))
			if err != nil || info.Size() != 44+2*int64(p.Length.Seconds()*Rate+0.5) || p.Length > longest {
				t.Errorf("%s: %+v %v", c.name, p, err)
			}
		}
		if s := strings.Join(got, " "); err != nil || !near(s, c.want) {
			t.Errorf("%s: %s, want %s (%v)", c.name, s, c.want, err)
		}
	}
}

func whole(s float64) string { return time.Duration(math.Round(s) * float64(time.Second)).String() }

// near compares the seconds of spans, which a pause may move by one.
func near(got, want string) bool {
	var n []float64
	for _, s := range strings.FieldsFunc(got, func(r rune) bool { return r == ' ' || r == '-' }) {
		d, err := time.ParseDuration(s)
		if err != nil {
			return false
		}
		n = append(n, d.Seconds())
	}
	w := strings.FieldsFunc(want, func(r rune) bool { return r == ' ' || r == '-' })
	if len(n) != len(w) {
		return false
	}
	for k := range w {
		d, err := time.ParseDuration(w[k] + "s")
		if err != nil || math.Abs(d.Seconds()-n[k]) > 2 {
			return false
		}
	}
	return true
}

func TestModels(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"ggml-base.bin", "ggml-large.en.bin", "ggml-silero-v5.bin", "ggml-small-q5_1.bin",
		"SenseVoice_Small/model.int8.onnx", "SenseVoice_Small/tokens.txt", "broken/model.onnx"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range map[int]string{0: "ggml-small-q5_1.bin", 1: "SenseVoice_Small/model.int8.onnx", 2: "", 3: ""} {
		got := modelIn(engines[n], dir)
		if rel, err := filepath.Rel(dir, got); want == "" && got != "" || want != "" && (err != nil || rel != want) {
			t.Errorf("%s: %s, want %s", engines[n].names[0], got, want)
		}
	}
	if !isSenseVoice(filepath.Join(dir, "SenseVoice_Small", "model.int8.onnx")) {
		t.Error("a folder of SenseVoice is not known for one")
	}
	one := filepath.Join(dir, "ggml-base.bin")
	if got := modelIn(engines[0], one); got != one {
		t.Errorf("the file that is named is not taken: %s", got)
	}
}

// Whatever a speech program writes, reading it ends.
func FuzzHeard(f *testing.F) {
	f.Add([]byte(`{"text": "再不还", "timestamps": [0.6, 1e300]}` + "\n----\n"))
	f.Add([]byte(`[{'key': 'a', 'text': '再 不 \' 还'}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := readSherpa(data, 2)
		if err != nil || len(all) > 2 {
			t.Errorf("%d answers, %v", len(all), err)
		}
		for _, cues := range all {
			for _, c := range cues {
				if c.Begin < 0 || c.End < c.Begin {
					t.Errorf("%+v", c)
				}
			}
		}
		if got, err := readFunASR(data); (err == nil) != (len(got) == 1) {
			t.Errorf("%v %v", got, err)
		}
	})
}
