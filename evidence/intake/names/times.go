package names

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// readTime reads the time; not ok if there is no such date.
func (n *Name) readTime(g map[string]string) bool {
	zone, source := evidence.Beijing, "name:"+n.Scheme
	switch {
	case n.UTC:
		// No sample confirms it, so the register says where the time comes from.
		zone, source = time.UTC, source+" (UTC)"
	case n.Saved:
		source += " (saved)"
	}
	set := func(layout, value string, p evidence.Precision) bool {
		t, err := time.ParseInLocation(layout, value, zone)
		if err != nil || t.Year() < 2000 {
			return false
		}
		n.Time = evidence.Time{At: t.In(evidence.Beijing), Precision: p, Device: true, Source: source}
		return true
	}
	switch {
	case g["epoch"] != "":
		v, err := strconv.ParseInt(g["epoch"], 10, 64)
		if err != nil {
			return false
		}
		if len(g["epoch"]) == 10 {
			v *= 1000
		}
		at := time.UnixMilli(v).In(evidence.Beijing).Truncate(time.Second)
		n.Time = evidence.Time{At: at, Precision: evidence.ToSecond, Source: source}
		return true
	case g["zone"] != "":
		t, err := time.Parse("20060102 150405 -0700", g["ts8"]+" "+g["hms"]+" "+g["zone"])
		if err != nil {
			return false
		}
		n.Time = evidence.Time{At: t.In(evidence.Beijing), Precision: evidence.ToSecond, Source: source}
		return true
	case g["ts14"] != "":
		return set("20060102150405", g["ts14"], evidence.ToSecond)
	case g["ts8"] != "":
		return set("20060102 150405", g["ts8"]+" "+g["hms"], evidence.ToSecond)
	case g["ts6"] != "":
		return set("060102 150405", g["ts6"]+" "+g["hms"], evidence.ToSecond)
	case g["ts10"] != "":
		return set("0601021504", g["ts10"], evidence.ToMinute)
	case g["y"] != "":
		hour, ok := hourOf(g["h"], g["half"]+g["half2"])
		if !ok {
			return false
		}
		date, clock := g["y"]+"-"+g["mo"]+"-"+g["d"], hour+":"+g["mi"]+":"+g["s"]
		return set(time.DateTime, date+" "+clock, evidence.ToSecond)
	case g["mo"] != "":
		n.Yearless, n.YearEnds = g["mo"]+"-"+g["d"]+" "+g["h"]+":"+g["mi"], g["y1"]
		_, err := time.Parse("2006-01-02 15:04", "2024-"+n.Yearless) // a leap year has every day
		return err == nil
	}
	return true // a form without a time: not known
}

// hourOf is an hour in two digits, of a clock of twelve hours where half names
// the half of the day.
func hourOf(h, half string) (string, bool) {
	n, err := strconv.Atoi(h)
	if err != nil || half != "" && (n < 1 || n > 12 && (half == "AM" || half == "PM")) {
		return "", false
	}
	switch half {
	case "AM", "上午":
		n %= 12
	case "PM", "下午":
		if n < 12 {
			n += 12
		}
	}
	return fmt.Sprintf("%02d", n), true
}

// DatedBy gives a time without a year the year in which it lies within a day
// of when the file was last changed: a recorder closes its file at hang-up. A
// file that was changed at another time says nothing of the year.
func (n Name) DatedBy(modified time.Time) evidence.Time {
	year := modified.In(evidence.Beijing).Year()
	for _, y := range []int{year, year + 1, year - 1} { // about New Year the two may differ
		at, err := time.ParseInLocation("2006-01-02 15:04", strconv.Itoa(y)+"-"+n.Yearless, evidence.Beijing)
		if err == nil && strings.HasSuffix(strconv.Itoa(y), n.YearEnds) && modified.Sub(at).Abs() <= 24*time.Hour {
			return evidence.Time{
				At: at, Precision: evidence.ToMinute, Device: true, Source: "name:" + n.Scheme + "+modified",
			}
		}
	}
	return evidence.Time{}
}
