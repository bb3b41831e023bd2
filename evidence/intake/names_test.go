package intake

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Real shapes of names, their digits and people replaced.
func TestParseName(t *testing.T) {
	data, err := os.ReadFile("testdata/name_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct{ Name, Scheme, Number, Contact, Local, App, Dir string }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 35 {
		t.Fatalf("%d cases, want at least 35", len(file.Cases))
	}
	sounds := nameTable()["recordings"].Extensions
	for _, c := range file.Cases {
		n := ParseName(c.Name, slices.Contains(sounds, strings.ToLower(filepath.Ext(c.Name))))
		if n.Scheme != c.Scheme || n.Number != c.Number || n.Contact != c.Contact {
			t.Errorf("%s: got %s %q %q, want %s %q %q", c.Name, n.Scheme, n.Number, n.Contact, c.Scheme, c.Number, c.Contact)
		}
		if c.App != "" && c.App != "phone" && n.App != c.App {
			t.Errorf("%s: app %q, want %q", c.Name, n.App, c.App)
		}
		if string(n.Direction) != c.Dir && c.Dir != "conference" {
			t.Errorf("%s: direction %q, want %q", c.Name, n.Direction, c.Dir)
		}
		local := ""
		if !n.Time.IsZero() {
			local = n.Time.At.Format(time.DateTime)
		}
		if want := c.Local; local != want && !strings.HasPrefix(want, "0000") && n.Scheme != "bcr" {
			t.Errorf("%s: time %q, want %q", c.Name, local, want)
		}
	}
}

func TestParseNameRefusesImpossibleDates(t *testing.T) {
	for _, name := range []string{"13800138000_20261341250000.mp3", "13800138000 2026-02-30 10-00-00.m4a"} {
		if n := ParseName(name, true); !n.Time.IsZero() {
			t.Errorf("%s: read as %v", name, n.Time.At)
		}
	}
}

func FuzzParseName(f *testing.F) {
	f.Add("通话录音@183 0000 7877(18300007877)_20190419123402.mp3", true)
	f.Add("Screenshot_2025-10-28-19-07-16-918_com.tencent.mm.jpg", false)
	f.Fuzz(func(t *testing.T, name string, sound bool) {
		n := ParseName(name, sound)
		if !n.Time.IsZero() && (n.Time.At.Before(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)) || n.Time.Precision == "") {
			t.Errorf("%q: time %v with precision %q", name, n.Time.At, n.Time.Precision)
		}
		_ = evidence.NormalNumber(n.Number)
	})
}
