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

func TestNamesOfOtherMakers(t *testing.T) {
	for _, c := range []struct {
		name, scheme, number, at, sim string
		sound                         bool
	}{
		{"0d20151122141548p+8613800138000.3gp", "lg", "+8613800138000", "2015-11-22 14:15:48", "", true},
		{"20260414_215701.088+0800_in_sim2_13800138000.oga", "bcr", "13800138000", "2026-04-14 21:57:01", "SIM 2", true},
		{"PXL_20260414_155701088.jpg", "pixel", "", "2026-04-14 23:57:01", "", false},
	} {
		n := ParseName(c.name, c.sound)
		if n.Scheme != c.scheme || n.Number != c.number || n.Time.At.Format(time.DateTime) != c.at || n.SIM != c.sim || n.Direction != map[bool]evidence.Direction{true: evidence.In}[c.scheme == "bcr"] {
			t.Errorf("%s: %+v", c.name, n)
		}
	}
}

// A name without a year takes it from a file that was changed that day, and
// from no other.
func TestYearlessName(t *testing.T) {
	n := ParseName("19100000861_通话_12月31日_23点58分.amr", true)
	for modified, want := range map[string]string{"2026-01-01 00:03:00": "2025-12-31 23:58:00", "2025-12-31 23:59:00": "2025-12-31 23:58:00", "2026-03-05 10:00:00": ""} {
		at, _ := time.ParseInLocation(time.DateTime, modified, evidence.Beijing)
		got := n.datedBy(at)
		if s := got.At.Format(time.DateTime); !got.IsZero() && (s != want || got.Precision != evidence.ToMinute || !got.Device) || got.IsZero() != (want == "") {
			t.Errorf("changed %s: %+v, want %s", modified, got, want)
		}
	}
	if n := ParseName("19100000861_通话_13月31日_23点58分.amr", true); n.Yearless != "" && n.Scheme == "lenovo" {
		t.Errorf("month 13 was taken: %+v", n)
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
