package desk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/transcript"
	"juzheng/evidence/rule"
	"juzheng/fonts"
	"juzheng/templates/typeset/sfnt"
)

// A Condition is how something stands on this machine.
type Condition string

const (
	Good    Condition = "good"
	Missing Condition = "missing" // a helper that is not there; all else works without it
	Noted   Condition = "noted"   // works, and somebody should know
	Wrong   Condition = "wrong"   // hinders the work
)

// A Checkup is one thing that was looked at. Which facts it has goes by What.
type Checkup struct {
	What      string    `json:"what"`
	Condition Condition `json:"condition"`
	Path      string    `json:"path,omitempty"`    // of a program or a folder
	Version   string    `json:"version,omitempty"` // of a program, as it says itself
	Free      int64     `json:"free,omitempty"`    // bytes of room where Path is
	Why       string    `json:"why,omitempty"`     // a code, or what the system said
	// Install is the command that brings a helper on this system; empty: there is none
	// that is known.
	Install string `json:"install,omitempty"`
}

// What is looked at, in this order.
const (
	CheckFonts    = "fonts"    // the two typefaces of papers
	CheckClock    = "clock"    // Why: behind (the program's own law), far-ahead, disk (its files are dated otherwise)
	CheckZone     = "zone"     // Version is the zone; noted: not that of Beijing
	CheckCase     = "case"     // Why: see placeOf, and not-a-case
	CheckHome     = "home"     // where the page keeps cases
	CheckTemp     = "temp"     // where work in hand lies
	CheckCache    = "cache"    // where what is made again lies
	CheckPictures = "pictures" // tesseract; Why: no-chinese
	CheckSpeech   = "speech"   // a program that hears; Why: no-model
	CheckSound    = "sound"    // ffmpeg
	CheckHEIC     = "heic"     // pictures of iPhones
	CheckPrinting = "printing" // lp
	CheckBrowser  = "browser"  // what opens files
)

// A Machine is what a checkup asks of the system.
type Machine struct {
	OS    string
	Look  func(name string) (path string, err error) // of a program
	Says  func(ctx context.Context, path string, args ...string) (string, error)
	Free  func(dir string) (int64, error)
	Local time.Time // now, in the zone of the system
	Home  string    // where the page keeps cases
	Temp  string
	Cache string
}

// ThisMachine is the one the program runs on.
func ThisMachine(home, cache string) Machine {
	return Machine{OS: runtime.GOOS, Look: exec.LookPath, Free: disk.Free, Local: time.Now(), Home: home,
		Temp: os.TempDir(), Cache: cache,
		Says: func(ctx context.Context, path string, args ...string) (string, error) {
			ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
			defer cancel()
			out, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
			first, _, _ := strings.Cut(string(out), "\n")
			first, _, _ = strings.Cut(first, " Copyright")
			return strings.TrimSpace(first), err
		}}
}

// LeastFree is how much room is wanted where nothing is known of a case.
const LeastFree = 1 << 30

// Examine looks at a machine, and at a case on it if dir is not empty. It writes
// nothing but a trial file in each folder, which it takes away at once. models are
// where models of speech programs may lie, beside the settings folder.
func Examine(ctx context.Context, d Desk, m Machine, dir string, models []string) []Checkup {
	all := []Checkup{fontsOf(), clockOf(d, m), zoneOf(m)}
	if dir != "" {
		all = append(all, caseOf(d, m, dir))
	}
	all = append(all, placeOf(m, CheckHome, m.Home, LeastFree), placeOf(m, CheckTemp, m.Temp, LeastFree),
		placeOf(m, CheckCache, m.Cache, LeastFree/10))
	all = append(all, picturesOf(ctx, m), speechOf(m, append(slices.Clone(models), filepath.Join(d.Settings, "models"))),
		programOf(ctx, m, CheckSound, "-version", "ffmpeg"))
	all = append(all, photosOf(ctx, m))
	if m.OS != "windows" { // which prints by opening the PDF
		all = append(all, programOf(ctx, m, CheckPrinting, "", "lp"))
	}
	open, _ := opener(m.OS, "")
	return append(all, programOf(ctx, m, CheckBrowser, "", open))
}

// fontsOf looks whether the typefaces came along whole.
func fontsOf() Checkup {
	c := Checkup{What: CheckFonts, Condition: Good, Version: "Noto Serif SC, Noto Sans SC"}
	for _, f := range [][]byte{fonts.SerifRegular, fonts.SansBold} {
		if _, err := sfnt.Read(f); err != nil {
			c.Condition, c.Why = Wrong, err.Error()
		}
	}
	return c
}

// Bounds of a clock that is believed: this long after the law that the program knows,
// and so far from the clock of the disk.
const (
	longestUse = 15 * 365 * 24 * time.Hour
	clockGap   = 2 * time.Minute
)

// clockOf looks whether the clock can be right: letters and logs are dated by it.
func clockOf(d Desk, m Machine) Checkup {
	c := Checkup{What: CheckClock, Condition: Good, Version: m.Local.Format(time.RFC3339)}
	law, err := time.Parse(time.DateOnly, rule.AsOf())
	switch {
	case err != nil:
		c.Condition, c.Why = Wrong, err.Error()
	case m.Local.Before(law):
		c.Condition, c.Why = Wrong, "behind"
	case m.Local.After(law.Add(longestUse)):
		c.Condition, c.Why = Wrong, "far-ahead"
	}
	if d.Given { // a clock is not asked
		c.Condition, c.Why = Noted, "given"
	}
	return c
}

// zoneOf says the zone of the system, which names of files may have been made in.
func zoneOf(m Machine) Checkup {
	name, offset := m.Local.Zone()
	c := Checkup{What: CheckZone, Condition: Good, Version: name + m.Local.Format(" -07:00")}
	if offset != 8*60*60 {
		c.Condition = Noted
	}
	return c
}

// caseOf looks at a case: its folder, and the room to build it, which takes about
// three times what its exhibits have.
func caseOf(d Desk, m Machine, dir string) Checkup {
	if _, err := d.open(dir); err != nil {
		return Checkup{What: CheckCase, Condition: Wrong, Path: dir, Why: "not-a-case"}
	}
	need := int64(0)
	entries, _ := os.ReadDir(filepath.Join(dir, folder.ExhibitsDir))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			need += 3 * info.Size()
		}
	}
	return placeOf(m, CheckCase, dir, max(need, LeastFree/10))
}

// synced are folders whose content is copied to somebody's servers, by what stands in
// their paths.
var synced = []string{"OneDrive", "iCloud", "Mobile Documents", "Dropbox", "Google Drive", "坚果云", "Nutstore",
	"BaiduSyncdisk", "百度网盘", "WPS云盘", "WPSDrive", "腾讯微云"}

// placeOf looks whether a folder can be written to, has room, is nobody else's to
// read, stays on this machine, and is dated by the same clock. A folder that is not
// there is judged by the one it would be made in. Why: not-writable, full, synced,
// open-to-others, clock.
func placeOf(m Machine, what, dir string, need int64) Checkup {
	c := Checkup{What: what, Condition: Good, Path: dir}
	whole, err := filepath.Abs(dir)
	at := whole
	for err == nil {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || filepath.Dir(at) == at {
			break
		}
		at = filepath.Dir(at)
	}
	trial, err := os.CreateTemp(at, ".juzheng-*.partial")
	if err != nil {
		c.Condition, c.Why = Wrong, "not-writable"
		return c
	}
	info, err := trial.Stat()
	trial.Close()
	os.Remove(trial.Name())
	if c.Free, _ = m.Free(at); c.Free > 0 && c.Free < need {
		c.Condition, c.Why = Wrong, "full"
		return c
	}
	if gap := m.Local.Sub(modified(info, err, m.Local)).Abs(); gap > clockGap {
		c.Condition, c.Why = Noted, "clock"
	}
	if what == CheckTemp || what == CheckCache {
		return c
	}
	for _, s := range synced {
		if strings.Contains(whole, s) {
			c.Condition, c.Why = Noted, "synced"
		}
	}
	if folder, err := os.Stat(dir); err == nil && m.OS != "windows" && folder.Mode().Perm()&0o077 != 0 {
		c.Condition, c.Why = Noted, "open-to-others"
	}
	return c
}

// modified is when a file was written; what could not be told is none of the clock's.
func modified(info fs.FileInfo, err error, otherwise time.Time) time.Time {
	if err != nil {
		return otherwise
	}
	return info.ModTime()
}

func picturesOf(ctx context.Context, m Machine) Checkup {
	c := programOf(ctx, m, CheckPictures, "--version", "tesseract")
	if c.Condition != Good {
		return c
	}
	if _, err := ocr.FindTesseract(ctx); errors.Is(err, ocr.ErrNoChinese) {
		c.Condition, c.Why, c.Install = Missing, "no-chinese", installOf(m, CheckPictures)
	}
	return c
}

// wholeHEIC is the first ffmpeg that joins the tiles of which such pictures are made.
const wholeHEIC = 7

func photosOf(ctx context.Context, m Machine) Checkup {
	c := programOf(ctx, m, CheckHEIC, "--version", media.ConverterNames()...)
	of, version, _ := strings.Cut(c.Version, " version ")
	major, _, _ := strings.Cut(version, ".")
	if n, err := strconv.Atoi(major); of == "ffmpeg" && err == nil && n < wholeHEIC {
		c.Condition, c.Why, c.Install = Missing, "old-ffmpeg", installOf(m, CheckHEIC)
	}
	return c
}

func speechOf(m Machine, models []string) Checkup {
	c := Checkup{What: CheckSpeech, Condition: Good}
	engine, err := transcript.FindEngine(models)
	switch {
	case errors.Is(err, transcript.ErrNoModel):
		c.Condition, c.Why = Missing, "no-model"
	case err != nil:
		c.Condition = Missing
	default:
		c.Path, c.Version = engine.Path, engine.Name
	}
	return c
}

// programOf looks for the first of some programs; version is what makes it tell its
// own, empty: nothing does.
func programOf(ctx context.Context, m Machine, what, version string, names ...string) Checkup {
	c := Checkup{What: what, Condition: Missing}
	for _, name := range names {
		path, err := m.Look(name)
		if err != nil {
			continue
		}
		c.Path, c.Condition = path, Good
		if version == "" {
			return c
		}
		if name == "ffmpeg" {
			version = "-version"
		}
		said, err := m.Says(ctx, path, version)
		c.Version = said
		if err != nil && said == "" {
			c.Condition, c.Why = Missing, err.Error()
			continue
		}
		return c
	}
	c.Install = installOf(m, what)
	return c
}

// installers are programs that bring others, the first that is there being used.
var installers = []struct {
	look, command string
	packages      map[string]string // of what is looked at
}{
	{"apt-get", "sudo apt install", map[string]string{CheckPictures: "tesseract-ocr tesseract-ocr-chi-sim",
		CheckSound: "ffmpeg", CheckHEIC: "libheif-examples", CheckPrinting: "cups-client", CheckBrowser: "xdg-utils"}},
	{"dnf", "sudo dnf install", map[string]string{CheckPictures: "tesseract tesseract-langpack-chi_sim",
		CheckSound: "ffmpeg-free", CheckHEIC: "libheif-tools", CheckPrinting: "cups-client", CheckBrowser: "xdg-utils"}},
	{"pacman", "sudo pacman -S", map[string]string{CheckPictures: "tesseract tesseract-data-chi_sim",
		CheckSound: "ffmpeg", CheckHEIC: "libheif", CheckPrinting: "cups", CheckBrowser: "xdg-utils"}},
	{"brew", "brew install", map[string]string{CheckPictures: "tesseract tesseract-lang", CheckSound: "ffmpeg",
		CheckHEIC: "libheif"}},
	{"winget", "winget install", map[string]string{CheckPictures: "UB-Mannheim.TesseractOCR", CheckSound: "Gyan.FFmpeg",
		CheckHEIC: "Gyan.FFmpeg"}},
}

// installOf is the command that brings a helper on this system.
func installOf(m Machine, what string) string {
	for _, i := range installers {
		if _, err := m.Look(i.look); err != nil {
			continue
		}
		if p := i.packages[what]; p != "" {
			return i.command + " " + p
		}
		return ""
	}
	return ""
}
