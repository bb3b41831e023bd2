package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/intake/pdf"
)

// A text is one thing said to the user, in both languages side by side, so
// that neither is changed without seeing the other.
type text = evidence.Text

// An env is all that a command knows of the world outside its arguments.
// stdout is data, stderr is talk.
type env struct {
	args   []string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
	now    func() time.Time
	// clicked says that the program was started from a desktop, not from a console
	clicked bool

	global
	in   *bufio.Reader        // over stdin, made on the first question
	held *held                // the result of a command that looks; nil: it is shown at once
	bar  *progress            // of the job that runs; nil: none is to be seen
	cut  map[desk.LogCut]bool // said in this run

	shelf *desk.Fonts // fonts for rare characters, once asked for
	kept  *desk.Kept  // the case as it was read, where answer follows answer; nil: each job reads it
}

// The global flags, which every command takes.
type global struct {
	lang    string
	json    bool
	noInput bool
	date    string
	help    bool
	dryRun  bool // taken by the commands that write
}

// say writes one line of talk in the user's language, folded at the width of the screen.
func (e *env) say(t text, args ...any) {
	words := fmt.Sprintf(t.In(e.lang)+"\n", inLanguage(args, e.lang)...)
	words = worksHere(foldLines(words, e.width()))
	if e.colours(e.stderr) {
		words = painted(words)
	}
	if e.held != nil && e.held.text.Len() > 0 {
		e.held.after.WriteString(words) // it stands behind the result, which is not shown yet
		return
	}
	io.WriteString(e.stderr, words)
}

// printf writes lines of data in the user's language, folded at the width of the screen.
func (e *env) printf(t text, args ...any) {
	words := fmt.Sprintf(t.In(e.lang), inLanguage(args, e.lang)...)
	io.WriteString(e.stdout, worksHere(foldLines(words, e.width())))
}

// emit writes one JSON object a line: v with "type" and "schema" put first.
func emit(w io.Writer, kind string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", kind, err)
	}
	head := `{"type":"` + kind + `","schema":1`
	if len(body) > 2 {
		head += ","
	}
	_, err = io.WriteString(w, head+string(body[1:])+"\n")
	return err
}

// emitLines writes the objects of a result. dir is what it is about, as given:
// a command in words names it.
func (e *env) emitLines(lines []desk.Line, dir string) error {
	for _, l := range lines {
		if err := emit(e.stdout, l.Type, e.spoken(l.Value, dir)); err != nil {
			return err
		}
	}
	return nil
}

// spoken is a value with its words, where a program reads words too.
func (e *env) spoken(v any, dir string) any {
	switch v := v.(type) {
	case desk.Offer:
		return offerIn(v, dir)
	case desk.SkippedLine:
		return skippedLine{v.Detail.In(e.lang), v.Exhibit, v.Line, v.Sheet}
	}
	return v
}

// A skippedLine is a [desk.SkippedLine] in the user's language.
type skippedLine struct {
	Detail  string `json:"detail"`
	Exhibit string `json:"exhibit"`
	Line    int    `json:"line"`
	Sheet   int    `json:"sheet"`
}

// desk is what the jobs of this run are given of the world.
func (e *env) desk() (desk.Desk, error) {
	now, err := e.clock()
	given := e.date != "" || e.getenv("SOURCE_DATE_EPOCH") != ""
	d := desk.Desk{Now: now, Given: given, Tool: tool(), Tell: e.tell, Passphrase: e.secret, Settings: e.settings()}
	d.Fonts, d.Kept = e.fonts(), e.kept
	if e.interactive() && !e.json {
		d.Agree = e.agree
	}
	if self, err := os.Executable(); err == nil {
		child := pdf.Program{Path: self, Cache: e.compiled()}
		d.Draw, d.PDFs = child.Draw, child.Read
	}
	return d, err
}

// fonts are where fallback fonts are looked for: the person's folder, then the system's,
// or those that JUZHENG_FONTS names instead.
func (e *env) fonts() *desk.Fonts {
	if e.shelf != nil {
		return e.shelf
	}
	e.shelf = &desk.Fonts{Dirs: []string{filepath.Join(e.settings(), desk.FontsDir)}}
	if dirs := e.getenv("JUZHENG_FONTS"); dirs != "" {
		e.shelf.Dirs = append(e.shelf.Dirs, filepath.SplitList(dirs)...)
		return e.shelf
	}
	for _, dir := range systemFonts(runtime.GOOS) {
		if at := os.Expand(dir, e.getenv); filepath.IsAbs(at) {
			e.shelf.Dirs = append(e.shelf.Dirs, at)
		}
	}
	return e.shelf
}

// systemFonts are the folders in which a system keeps fonts, with variables of its
// environment.
func systemFonts(system string) []string {
	switch system {
	case "windows":
		return []string{`${WINDIR}\Fonts`, `${LOCALAPPDATA}\Microsoft\Windows\Fonts`}
	case "darwin":
		return []string{"${HOME}/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"}
	}
	return []string{"${HOME}/.local/share/fonts", "${HOME}/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"}
}

// compiled is where what draws PDFs is kept once it is compiled; empty: the
// system names no place.
func (e *env) compiled() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "juzheng", "pdf")
}

// settings is the user's settings folder of this program: where the system has
// them, unless JUZHENG_CONFIG names another; empty: the system names none.
func (e *env) settings() string {
	if dir := e.getenv("JUZHENG_CONFIG"); dir != "" {
		return dir
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "juzheng")
}

// language settles on "zh" or "en": the flag, then the program's own
// variable, then the locale. Chinese is the default, whatever the locale
// says, unless it says English.
func language(flag string, getenv func(string) string) (string, error) {
	for _, v := range []string{flag, getenv("JUZHENG_LANG")} {
		switch {
		case v == "":
		case strings.HasPrefix(v, "zh"):
			return "zh", nil
		case strings.HasPrefix(v, "en"):
			return "en", nil
		default:
			return "", usage(text{ZH: "没有这种语言：%s（可用 zh、en）", EN: "no such language: %s (there are zh and en)"}, v)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en", nil
			}
			return "zh", nil
		}
	}
	return "zh", nil
}

// clock is the time of this run: --date, then SOURCE_DATE_EPOCH, then the
// wall clock; always in Beijing time and whole seconds.
func (e *env) clock() (time.Time, error) {
	if e.date != "" {
		if t, err := time.Parse(time.RFC3339, e.date); err == nil {
			return t.In(evidence.Beijing).Truncate(time.Second), nil
		}
		t, err := time.ParseInLocation(time.DateOnly, e.date, evidence.Beijing)
		if err != nil {
			return time.Time{}, usage(text{
				ZH: "--date 写的是 %s，应为 2026-03-02 或 2026-03-02T09:00:00+08:00 这样的真实日期",
				EN: "--date is %s; wanted a real date such as 2026-03-02 or 2026-03-02T09:00:00+08:00",
			}, e.date)
		}
		// A day without an hour is taken at noon, inside office hours.
		return t.Add(12 * time.Hour), nil
	}
	if s := e.getenv("SOURCE_DATE_EPOCH"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return time.Time{}, usage(text{
				ZH: "环境变量 SOURCE_DATE_EPOCH 是 %s，应为一个整数（1970年以来的秒数）",
				EN: "SOURCE_DATE_EPOCH is %s; wanted whole seconds since 1970",
			}, s)
		}
		return time.Unix(n, 0).In(evidence.Beijing), nil
	}
	return e.now().In(evidence.Beijing).Truncate(time.Second), nil
}

// interactive reports whether questions can be asked.
func (e *env) interactive() bool {
	if e.noInput {
		return false
	}
	f, ok := e.stdin.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// fed reports whether something other than a terminal is to be read from.
func (e *env) fed() bool {
	f, ok := e.stdin.(*os.File)
	if !ok || e.noInput {
		return false
	}
	info, err := f.Stat()
	return err == nil && (info.Mode()&os.ModeNamedPipe != 0 || info.Mode().IsRegular() && info.Size() > 0)
}

// watched reports whether somebody looks at the talk on a terminal, so that
// a progress line may be drawn over itself.
func (e *env) watched() bool {
	f, ok := e.stderr.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// ask puts a question and reads one line. io.EOF means nobody answers.
func (e *env) ask(t text) (string, error) {
	if e.in == nil {
		e.in = bufio.NewReader(e.stdin)
	}
	e.release(context.Background())
	fmt.Fprint(e.stderr, t.In(e.lang))
	line, err := e.in.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimSpace(line), err
}
