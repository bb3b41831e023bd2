package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// A ClockOffset is a constant difference between two sources of times, as
// measured from calls that both show. It is reported and never applied: a
// person has to say which clock was right.
type ClockOffset struct {
	Source, Against string        // sources of [evidence.Time]: "name:miui", "sms-backup"
	Offset          time.Duration // times of Source minus times of Against
	Pairs           int           // calls it was measured from
}

// Measuring clocks: fewer pairs than leastPairs prove nothing, and no clock
// or zone is further off than furthest.
const (
	leastPairs = 3
	furthest   = 26 * time.Hour
)

// Clocks measures which sources of times differ by a constant in rows of a
// timeline.
func Clocks(rows []evidence.Incident) []ClockOffset {
	offsets, _ := measureClocks(rows)
	return offsets
}

// measureClocks looks among calls that found no counterpart for a constant
// difference: the same numbers, the same lengths, always so much later. Pairs
// holds, by offset, the places of the two rows of each pair, the one of the
// trusted source first.
func measureClocks(rows []evidence.Incident) (offsets []ClockOffset, pairs [][][2]int) {
	bySource := map[string][]int{}
	perNumber := map[string]int{}
	for n, r := range rows {
		// Some hundred calls of a number are enough to measure from, and keep
		// the pairs to look at few.
		if key := r.Time.Source + " " + r.Number; r.Kind == evidence.Call {
			if perNumber[key]++; perNumber[key] > 300 {
				continue
			}
		}
		if len(r.Exhibits) > 1 {
			continue // it found its counterpart by the right time
		}
		if r.Kind == evidence.Call && r.Number != "" && r.Seconds >= 5 && !r.Time.IsZero() &&
			r.Time.Precision != evidence.ToDay {
			bySource[r.Time.Source] = append(bySource[r.Time.Source], n)
		}
	}
	var names []string
	for n := range bySource {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(trust(a), trust(b)), strings.Compare(a, b))
	})
	for i, against := range names {
		for _, source := range names[i+1:] {
			if off, found := constantOffset(rows, bySource[against], bySource[source]); len(found) >= leastPairs {
				offsets = append(offsets, ClockOffset{Source: source, Against: against, Offset: off, Pairs: len(found)})
				pairs = append(pairs, found)
			}
		}
	}
	return offsets, pairs
}

// Doubted are the sources whose times are not relied on, and by how much: of
// two that differ by a constant both, but a carrier's list or a backup is
// taken for right against a phone that only names its files.
func Doubted(offsets []ClockOffset) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, o := range offsets {
		out[o.Source] = max(out[o.Source], o.Offset.Abs())
		if recordsZone(o.Source) || !recordsZone(o.Against) {
			out[o.Against] = max(out[o.Against], o.Offset.Abs())
		}
	}
	return out
}

// recordsZone reports whether times of a source are moments. Other sources
// give what a phone's clock showed, in a zone that was not written down.
func recordsZone(source string) bool { return trust(source) < 2 }

// trust puts sources with an absolute time first.
func trust(source string) int {
	switch source {
	case "sms-backup":
		return 0
	case "carrier":
		return 1
	}
	return 2
}

// constantOffset finds the difference most pairs agree on, within a minute.
// Each call belongs to one pair at most.
func constantOffset(rows []evidence.Incident, a, b []int) (time.Duration, [][2]int) {
	type pair struct {
		a, b int
		off  time.Duration
	}
	byNumber := map[string][]int{}
	for _, i := range a {
		byNumber[rows[i].Number] = append(byNumber[rows[i].Number], i)
	}
	var all []pair
	for _, j := range b {
		y := rows[j]
		for _, i := range byNumber[y.Number] {
			x := rows[i]
			off := y.Time.At.Sub(x.Time.At)
			opposed := x.Direction != "" && y.Direction != "" && x.Direction != y.Direction
			// A machine that calls every day at one hour with one message
			// looks like a clock that is a day off: that is not taken for one.
			daily := (off.Abs() - 24*time.Hour).Abs() < 15*time.Minute
			if off.Abs() > ringing && off.Abs() <= furthest && !daily && !opposed && lengthsAgree(x, y) {
				all = append(all, pair{i, j, off})
			}
		}
	}
	slices.SortFunc(all, func(p, q pair) int { return cmp.Or(cmp.Compare(p.off, q.off), p.b-q.b, p.a-q.a) })
	var best []pair
	for lo, hi := 0, 0; lo < len(all); lo++ {
		for hi < len(all) && all[hi].off-all[lo].off <= time.Minute {
			hi++
		}
		seenA, seenB, set := map[int]bool{}, map[int]bool{}, []pair(nil)
		if hi-lo <= len(best) {
			continue
		}
		for _, p := range all[lo:hi] {
			if !seenA[p.a] && !seenB[p.b] {
				seenA[p.a], seenB[p.b] = true, true
				set = append(set, p)
			}
		}
		if len(set) > len(best) {
			best = set
		}
	}
	// Half of the calls without a counterpart must agree, or it is chance.
	if len(best) < leastPairs || 2*len(best) < min(len(a), len(b)) {
		return 0, nil
	}
	out := make([][2]int, len(best))
	for n, p := range best {
		out[n] = [2]int{p.a, p.b}
	}
	return best[len(best)/2].off, out
}

// settleClocks measures the clocks of rows that stand in the timeline and of
// rows about to be added, and keeps one call from counting twice: of two rows
// that are the same call by different clocks, one that is new is added as not
// to be used. No time is changed, no row that stands there is touched; the
// exhibits' notes say why, and a person can decide otherwise.
func settleClocks(f *folder.Folder, s *Summary, old, add []evidence.Incident, now time.Time) error {
	rows := slices.Concat(old, add)
	offsets, pairs := measureClocks(rows)
	s.Clocks = offsets
	for n, o := range offsets {
		var exhibits []string
		for _, p := range pairs[n] {
			later := slices.IndexFunc([]int{p[1], p[0]}, func(i int) bool { return i >= len(old) })
			if later < 0 {
				continue // the person has had both before them
			}
			row := &add[[]int{p[1], p[0]}[later]-len(old)]
			row.Use = evidence.No
			s.SetAside++
			for _, x := range row.Exhibits {
				if !slices.Contains(exhibits, x) {
					exhibits = append(exhibits, x)
				}
			}
		}
		slices.Sort(exhibits)
		for _, x := range exhibits {
			detail := fmt.Sprintf("%s的时间与%s的时间相差 %s：%d 通号码和时长一致的电话都差这么多，"+
				"应是同一通电话、两个时钟；时间没有改动，其中一行的“是否采用”填了否，以免算两次；"+
				"请查明哪个时钟准，再决定采用哪一行",
				SourceName(o.Source).ZH, SourceName(o.Against).ZH, spanZH(o.Offset.Abs()), o.Pairs)
			if err := f.AddNote(x, evidence.Note{Code: "clocks-differ", Detail: detail}, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// SourceName is what a source of times is to a reader.
func SourceName(source string) evidence.Text {
	switch {
	case source == "sms-backup":
		return evidence.Text{ZH: "手机通话记录备份", EN: "the phone's call log"}
	case source == "carrier":
		return evidence.Text{ZH: "运营商详单", EN: "the carrier's list"}
	case source == "bcr":
		return evidence.Text{ZH: "录音软件的说明文件", EN: "the recorder's note"}
	case source == "imazing":
		return evidence.Text{ZH: "电脑导出的记录", EN: "the export on a computer"}
	case source == "wechat-export":
		return evidence.Text{ZH: "微信导出的记录", EN: "the WeChat export"}
	case strings.HasPrefix(source, "name:"):
		name := strings.TrimPrefix(source, "name:")
		return evidence.Text{ZH: "文件名（" + name + "）", EN: "file names (" + name + ")"}
	case source == "person":
		return evidence.Text{ZH: "您填写的时间", EN: "what you filled in"}
	}
	return evidence.Text{ZH: source, EN: source}
}

// spanZH is a length of time to the second, in words.
func spanZH(d time.Duration) string {
	s := int(d.Round(time.Second).Seconds())
	var b strings.Builder
	for _, unit := range []struct {
		length int
		word   string
	}{{24 * 60 * 60, "天"}, {60 * 60, "小时"}, {60, "分"}, {1, "秒"}} {
		if n := s / unit.length; n > 0 {
			fmt.Fprintf(&b, " %d %s", n, unit.word)
			s -= n * unit.length
		}
	}
	if b.Len() == 0 {
		return "0 秒"
	}
	return b.String()[1:]
}

// SpanText is a length of time to the second.
func SpanText(d time.Duration) evidence.Text {
	return evidence.Text{ZH: spanZH(d), EN: d.Round(time.Second).String()}
}
