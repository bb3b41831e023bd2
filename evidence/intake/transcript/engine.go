package transcript

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// An Engine is a speech program of this machine together with a model of its own
// form. It gets pieces of sound that are files on this machine, and nothing else.
type Engine struct {
	Name  string // whisper-cli
	Path  string
	Model string // a file or a folder
	kind  engineKind
}

// An engineKind is how one such program is called, finds its model and answers.
type engineKind struct {
	names    []string                // of the program, the newest first
	model    func(dir string) string // the best model in a folder; empty: none
	args     func(model string, files []string) []string
	read     func(out []byte, dir string, files []string) ([][]Cue, error)
	atOnce   int           // files of one run
	shortest time.Duration // of a piece: some hear half a minute in the time of a second
}

// prompt tells a program what it hears: it keeps to simplified characters then.
const prompt = "以下是普通话的电话录音，使用简体中文。"

// engines are those that are looked for, in this order. A new one is a row here.
var engines = []engineKind{
	{names: []string{"whisper-cli", "whisper-cpp"}, model: ggmlModel, atOnce: 8, shortest: 20 * time.Second,
		// -mc 0: what was heard before is not carried on, or noise repeats it
		args: func(model string, files []string) []string {
			return append([]string{"-m", model, "-l", "zh", "-np", "-mc", "0", "--prompt", prompt, "-osrt"}, files...)
		},
		read: func(_ []byte, dir string, files []string) ([][]Cue,
			error) {
			return readBeside(dir, files, ".wav.srt")
		}},
	{names: []string{"sherpa-onnx-offline"}, model: onnxModel, atOnce: 8, shortest: 4 * time.Second,
		args: func(model string, files []string) []string {
			kind := []string{"--paraformer=" + model}
			if isSenseVoice(model) {
				kind = []string{"--sense-voice-model=" + model, "--sense-voice-language=zh", "--sense-voice-use-itn=1"}
			}
			return slices.Concat([]string{"--tokens=" + filepath.Join(filepath.Dir(model), "tokens.txt")}, kind, files)
		},
		read: func(out []byte, _ string, files []string) ([][]Cue, error) { return readSherpa(out, len(files)) }},
	{names: []string{"funasr"}, model: paddedModel, atOnce: 1, shortest: 4 * time.Second,
		args: func(model string, files []string) []string {
			return []string{"++model=" + model, "++device=cpu", "++disable_update=True", "++input=" + files[0]}
		},
		read: func(out []byte, _ string, _ []string) ([][]Cue, error) { return readFunASR(out) }},
	{names: []string{"whisper"}, model: torchModel, atOnce: 8, shortest: 20 * time.Second,
		args: func(model string, files []string) []string {
			return append([]string{"--model", strings.TrimSuffix(filepath.Base(model), ".pt"),
				"--model_dir", filepath.Dir(model), "--language", "zh", "--initial_prompt", prompt,
				"--condition_on_previous_text", "False", "--fp16", "False", "--verbose", "False",
				"--output_format", "srt", "--output_dir", "."}, files...)
		},
		read: func(_ []byte, dir string, files []string) ([][]Cue, error) { return readBeside(dir, files, ".srt") }},
}

// EngineNames are the programs that are looked for.
func EngineNames() []string {
	var out []string
	for _, k := range engines {
		out = append(out, k.names[0])
	}
	return out
}

// Why no engine is used.
var (
	ErrNoEngine = errors.New("no speech program is installed")
	ErrNoModel  = errors.New("no speech program has a model")
)

// FindEngine looks for a speech program with a model in one of these places: a
// file, or a folder with models or with folders of them.
func FindEngine(places []string) (Engine, error) {
	found := ErrNoEngine
	for _, k := range engines {
		for _, name := range k.names {
			path, err := exec.LookPath(name)
			if err != nil {
				continue
			}
			beside := filepath.Join(filepath.Dir(path), "models")
			for _, place := range append(slices.Clone(places), beside,
				filepath.Join(filepath.Dir(path), "..", "models")) {
				if model := modelIn(k, place); model != "" {
					return Engine{k.names[0], path, model, k}, nil
				}
			}
			found = fmt.Errorf("%w: %s", ErrNoModel, name)
		}
	}
	return Engine{}, found
}

// modelIn finds a model of a kind in a place or in a folder of it.
func modelIn(k engineKind, place string) string {
	if place == "" {
		return ""
	}
	place, err := filepath.Abs(place)
	if err != nil {
		return ""
	}
	if info, err := os.Stat(place); err != nil {
		return ""
	} else if !info.IsDir() {
		if model := k.model(filepath.Dir(place)); model != "" {
			if filepath.Ext(model) == filepath.Ext(place) {
				return place
			}
		}
		return ""
	}
	if model := k.model(place); model != "" {
		return model
	}
	entries, _ := os.ReadDir(place)
	for _, e := range entries {
		if e.IsDir() {
			if model := k.model(filepath.Join(place, e.Name())); model != "" {
				return model
			}
		}
	}
	return ""
}

// sizes are models by what they hear, the best first.
var sizes = []string{"large-v3-turbo", "large", "turbo", "medium", "small", "base", "tiny", ""}

func bestOf(dir, pattern string, not *lazyregexp.Regexp) string {
	all, _ := filepath.Glob(filepath.Join(dir, pattern))
	for _, size := range sizes {
		for _, m := range all {
			if strings.Contains(filepath.Base(m), size) && !not.MatchString(filepath.Base(m)) {
				return m
			}
		}
	}
	return ""
}

var (
	noGGML  = lazyregexp.New(`\.en[.-]|silero|encoder|for-tests`) // of English alone, or of something else
	noTorch = lazyregexp.New(`\.en\.pt$`)
)

func ggmlModel(dir string) string  { return bestOf(dir, "ggml-*.bin", noGGML) }
func torchModel(dir string) string { return bestOf(dir, "*.pt", noTorch) }

func onnxModel(dir string) string {
	for _, name := range []string{"model.int8.onnx", "model.onnx"} {
		if exists(dir, name) && exists(dir, "tokens.txt") {
			return filepath.Join(dir, name)
		}
	}
	return ""
}

func isSenseVoice(model string) bool {
	dir := strings.ToLower(filepath.Base(filepath.Dir(model)))
	return strings.Contains(strings.NewReplacer("-", "", "_", "").Replace(dir), "sensevoice")
}

func paddedModel(dir string) string {
	if exists(dir, "model.pt") && (exists(dir, "config.yaml") || exists(dir, "configuration.json")) {
		return dir
	}
	return ""
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return !errors.Is(err, fs.ErrNotExist) && err == nil
}

// Describe names the program and its model.
func (e Engine) Describe() string { return e.Name + "（" + filepath.Base(e.Model) + "）" }

// offline keeps programs that fetch what they lack from doing so: what is heard
// here stays here.
var offline = []string{"HF_HUB_OFFLINE=1", "TRANSFORMERS_OFFLINE=1", "http_proxy=http://127.0.0.1:9",
	"https_proxy=http://127.0.0.1:9", "all_proxy=http://127.0.0.1:9", "HTTP_PROXY=http://127.0.0.1:9",
	"HTTPS_PROXY=http://127.0.0.1:9", "ALL_PROXY=http://127.0.0.1:9"}

// perPiece bounds what a program may take for one piece.
const perPiece = 10 * time.Minute

// Hear has the program hear pieces of one recording, which lie in a folder of
// their own, and gives what was said with its place in the recording. Heard is
// told how far it is.
func (e Engine) Hear(ctx context.Context, dir string, pieces []Piece, heard func(time.Duration)) ([]Cue, error) {
	var out []Cue
	for len(pieces) > 0 {
		now := pieces[:min(e.kind.atOnce, len(pieces))]
		pieces = pieces[len(now):]
		var files []string
		for _, p := range now {
			files = append(files, p.File)
		}
		got, err := e.run(ctx, dir, files)
		if err != nil {
			return out, err
		}
		for n, p := range now {
			for _, c := range got[n] {
				if c.Text = strings.TrimSpace(c.Text); c.Text == "" {
					continue
				}
				if !c.Timed() {
					c.End = p.Length
				}
				c.Begin, c.End = p.Begin+min(c.Begin, p.Length), p.Begin+min(c.End, p.Length)
				out = append(out, c)
			}
			heard(p.Begin + p.Length)
		}
	}
	return out, nil
}

func (e Engine) run(ctx context.Context, dir string, files []string) ([][]Cue, error) {
	ctx, stop := context.WithTimeout(ctx, time.Duration(len(files))*perPiece)
	defer stop()
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, e.Path, e.kind.args(e.Model, files)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &complaint
	cmd.Env = append(os.Environ(), offline...)
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		last := strings.TrimSpace(complaint.String())
		return nil, fmt.Errorf("%s: %w %s", e.Name, err, last[strings.LastIndexByte(last, '\n')+1:])
	}
	if out.Len()+complaint.Len() > maxHeard {
		return nil, fmt.Errorf("%s wrote more than any recording holds", e.Name)
	}
	got, err := e.kind.read(slices.Concat(out.Bytes(), []byte("\n"), complaint.Bytes()), dir, files)
	if err == nil && len(got) != len(files) {
		err = fmt.Errorf("it answered of %d pieces, given %d", len(got), len(files))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	return got, nil
}

// readBeside reads the subtitles that a program writes for each piece.
func readBeside(dir string, files []string, extension string) ([][]Cue, error) {
	var out [][]Cue
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(f, ".wav")+extension))
		if err != nil {
			return nil, errors.New("it wrote no subtitles")
		}
		cues, err := readSubtitle(string(bytes.ToValidUTF8(data, nil)))
		if err != nil {
			return nil, err
		}
		out = append(out, cues)
	}
	return out, nil
}

// tags are what some models say beside the words: <|zh|><|NEUTRAL|>.
var tags = lazyregexp.New(`<\|[^|]*\|>`)

// readSherpa reads a line of JSON for each piece, with the second at which each
// token begins.
func readSherpa(out []byte, files int) ([][]Cue, error) {
	var all [][]Cue
	for line := range bytes.Lines(out) {
		var r struct {
			Text       *string
			Timestamps []float64
		}
		if json.Unmarshal(bytes.TrimSpace(line), &r) != nil || r.Text == nil {
			continue
		}
		c := Cue{Text: tags.ReplaceAllString(*r.Text, "")}
		if n := len(r.Timestamps); n > 0 && r.Timestamps[0] >= 0 && r.Timestamps[n-1] < 3600 {
			c.Begin = time.Duration(r.Timestamps[0] * float64(time.Second))
			c.End = max(c.Begin, time.Duration(r.Timestamps[n-1]*float64(time.Second))) + time.Second/2
		}
		all = append(all, []Cue{c})
	}
	if len(all) > files {
		all = all[len(all)-files:]
	}
	return all, nil
}

// funText is the text in what FunASR prints: a list as Python writes it.
var funText = lazyregexp.New(`['"]text['"]\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`)

func readFunASR(out []byte) ([][]Cue, error) {
	all := funText.FindAllSubmatch(out, -1)
	if all == nil {
		return nil, errors.New("it wrote no text")
	}
	m := all[len(all)-1]
	text := strings.NewReplacer(`\'`, `'`, `\"`, `"`, `\\`, `\`).Replace(string(m[1]) + string(m[2]))
	return [][]Cue{{{Text: tags.ReplaceAllString(text, "")}}}, nil
}
