package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/rule"
)

// What hinders is told from what is only missing, and each missing helper comes with
// the command of this system.
func TestExamine(t *testing.T) {
	law, err := time.ParseInLocation(time.DateOnly, rule.AsOf(), evidence.Beijing)
	if err != nil {
		t.Fatal(err)
	}
	day := law.AddDate(0, 0, 8)
	type found struct {
		condition Condition
		why       string
	}
	for _, c := range []struct {
		name    string
		machine func(*Machine) // changes one that has everything
		what    string
		want    found
		install string
	}{
		{"all is there", func(*Machine) {}, CheckClock, found{Good, ""}, ""},
		{"fonts are in the program", func(*Machine) {}, CheckFonts, found{Good, ""}, ""},
		{"a clock of years ago", func(m *Machine) { m.Local = day.AddDate(-6, 0, 0) }, CheckClock,
			found{Wrong, "behind"}, ""},
		{"a clock of decades to come", func(m *Machine) { m.Local = day.AddDate(44, 0, 0) }, CheckClock,
			found{Wrong, "far-ahead"}, ""},
		{"a zone abroad", func(m *Machine) { m.Local = day.UTC() }, CheckZone, found{Noted, ""}, ""},
		{"a zone at home", func(*Machine) {}, CheckZone, found{Good, ""}, ""},
		{"a full disk", func(m *Machine) { m.Free = func(string) (int64, error) { return 1 << 20, nil } }, CheckTemp,
			found{Wrong, "full"}, ""},
		{"room that nobody knows", func(m *Machine) { m.Free = func(string) (int64, error) { return 0, errors.New("x") } },
			CheckTemp, found{Good, ""}, ""},
		{"a synced folder", func(m *Machine) { m.Home = filepath.Join(m.Home, "OneDrive", "举证") }, CheckHome,
			found{Noted, "synced"}, ""},
		{"a folder that others can read", func(m *Machine) { os.Chmod(m.Home, 0o755) }, CheckHome,
			found{Noted, "open-to-others"}, ""},
		{"a drive with a clock of its own", func(m *Machine) { m.Local = m.Local.Add(time.Hour) }, CheckTemp,
			found{Noted, "clock"}, ""},
		{"no lp", func(m *Machine) { only(m, "apt-get") }, CheckPrinting, found{Missing, ""}, "sudo apt install cups-client"},
		{"no ffmpeg on a Mac", func(m *Machine) { only(m, "brew") }, CheckSound, found{Missing, ""}, "brew install ffmpeg"},
		{"no tesseract on Windows", func(m *Machine) { m.OS = "windows"; only(m, "winget") }, CheckPictures,
			found{Missing, ""}, "winget install UB-Mannheim.TesseractOCR"},
		{"nothing that installs", func(m *Machine) { only(m) }, CheckSound, found{Missing, ""}, ""},
		{"a program that does not start", func(m *Machine) {
			m.Says = func(context.Context, string, ...string) (string, error) { return "", errors.New("exec format error") }
		}, CheckSound, found{Missing, "exec format error"}, "sudo apt install ffmpeg"},
		{"an ffmpeg that draws a tile for the whole", func(m *Machine) {
			only(m, "ffmpeg", "dnf")
			m.Says = func(context.Context, string, ...string) (string, error) { return "ffmpeg version 5.1.9", nil }
		}, CheckHEIC, found{Missing, "old-ffmpeg"}, "sudo dnf install libheif-tools"},
		{"one that joins them", func(m *Machine) {
			only(m, "ffmpeg")
			m.Says = func(context.Context, string, ...string) (string, error) { return "ffmpeg version 7.1", nil }
		}, CheckHEIC, found{Good, ""}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "a folder that others can read" && runtime.GOOS == "windows" {
				t.Skip("folders there have no such modes")
			}
			now := time.Now() // of the disk
			m := Machine{OS: "linux", Home: t.TempDir(), Temp: t.TempDir(), Cache: t.TempDir(), Local: day,
				Look: func(name string) (string, error) { return "/bin/" + name, nil },
				Says: func(context.Context, string, ...string) (string, error) { return "1.0", nil },
				Free: func(string) (int64, error) { return 50 << 30, nil }}
			if c.what != CheckClock && c.what != CheckZone {
				m.Local = now
			}
			os.Chmod(m.Home, 0o700)
			c.machine(&m)
			all := Examine(t.Context(), Desk{Now: day, Settings: t.TempDir()}, m, "", nil)
			n := slices.IndexFunc(all, func(x Checkup) bool { return x.What == c.what })
			if n < 0 {
				t.Fatalf("%s was not looked at", c.what)
			}
			if got := (found{all[n].Condition, all[n].Why}); got != c.want || all[n].Install != c.install {
				t.Errorf("got %v, %q; want %v, %q", got, all[n].Install, c.want, c.install)
			}
			for _, dir := range []string{m.Home, m.Temp, m.Cache} {
				if left, _ := os.ReadDir(dir); len(left) > 0 {
					t.Errorf("%s is left over", left[0].Name())
				}
			}
		})
	}
}

// only leaves a machine these programs.
func only(m *Machine, names ...string) {
	m.Look = func(name string) (string, error) {
		if slices.Contains(names, name) {
			return "/bin/" + name, nil
		}
		return "", os.ErrNotExist
	}
}
