package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// timelineDir holds, below superseded/, what stood in the place of a timeline
// that was brought back.
const timelineDir = "timeline"

// readTimeline is timeline.csv as bytes that are a table. A file that is gone,
// empty, or another program's is a [LineErrors] that says how it comes back.
func (f *Folder) readTimeline() ([]byte, error) {
	data, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	if lost := noTable(data, err != nil); lost != nil {
		if beside := f.tableBeside(); beside != "" {
			lost.Wanted.ZH += "。旁边的 " + beside + " 要是您改的那份，就把它另存为 " + TimelineFile
			lost.Wanted.EN += "; if the table you edited is " + beside + " beside it, save that as " + TimelineFile
		}
		return nil, LineErrors{lost}
	}
	return data, nil
}

// A form is what another program saves in the place of the table.
type form struct {
	begins, holds string // what its files begin with, and hold
	name          evidence.Text
	export        evidence.Text // how its program writes CSV
	ending        string        // of the names of its files
}

func (f form) fits(data []byte) bool {
	return bytes.HasPrefix(data, []byte(f.begins)) && bytes.Contains(data, []byte(f.holds))
}

// forms are those that are known; the first that fits counts.
var forms = []form{
	{"PK\x03\x04", "Index/", evidence.Text{ZH: "Numbers 表格", EN: "a Numbers spreadsheet"},
		evidence.Text{ZH: "用 Numbers 打开，选“文件 → 导出到 → CSV”，编码选 UTF-8",
			EN: "open it in Numbers and export it as CSV in UTF-8"}, ".numbers"},
	{"PK\x03\x04", "opendocument", evidence.Text{ZH: "OpenDocument 表格（.ods）", EN: "an OpenDocument spreadsheet"},
		saveAsCSV, ".ods"},
	{"PK\x03\x04", "", evidence.Text{ZH: "Excel 或 WPS 工作簿（.xlsx）", EN: "an Excel workbook (.xlsx)"}, saveAsCSV,
		".xlsx"},
	{"\xd0\xcf\x11\xe0", "", evidence.Text{ZH: "旧版 Excel 或 WPS 工作簿（.xls、.et）", EN: "an old workbook (.xls or .et)"},
		saveAsCSV, ".xls"},
	{"<", "<table", evidence.Text{ZH: "网页", EN: "a web page"}, saveAsCSV, ".html"},
}

var saveAsCSV = evidence.Text{ZH: "用 Excel 或 WPS 打开，选“另存为”，类型选“CSV UTF-8（逗号分隔）”",
	EN: "open it in Excel and save it as “CSV UTF-8”"}

// noTable says why bytes are no timeline at all; nil if they are one, with
// mistakes or without.
func noTable(data []byte, gone bool) *LineError {
	back := evidence.Text{ZH: "时间线表格；不用怕，运行 juzheng timeline 案件夹 --restore，从保存的副本和材料里找回来",
		EN: "the timeline; juzheng timeline CASE --restore brings it back from a kept copy or from the files"}
	e := &LineError{File: TimelineFile, Wanted: back}
	for _, form := range forms {
		if form.fits(data) {
			e.Found = evidence.Text{ZH: "内容是 " + form.name.ZH + "，不是 CSV", EN: form.name.EN + ", and no CSV"}
			e.Wanted = evidence.Text{
				ZH: " CSV 表格：" + form.export.ZH + "，文件名还用 " + TimelineFile +
					"；打不开的，运行 juzheng timeline 案件夹 --restore 找回来",
				EN: "CSV: " + form.export.EN + " under the name " + TimelineFile + "; where it cannot be opened, " +
					"juzheng timeline CASE --restore brings the table back"}
			return e
		}
	}
	s, err := evidence.DecodeText(data)
	switch {
	case gone:
		e.Found = evidence.Text{ZH: "文件不见了", EN: "no such file"}
	case strings.Trim(s, "\ufeff\x00 \r\n\t") == "" && err == nil:
		e.Found = evidence.Text{ZH: "文件是空的", EN: "an empty file"}
	case err != nil || strings.ContainsRune(s, 0):
		e.Found = evidence.Text{ZH: "内容不是文字，不是 CSV", EN: "no text, and so no CSV"}
	case !strings.Contains(headLine(s), "，") && !namesColumn(s):
		e.Found = evidence.Text{ZH: "第一行没有一个时间线的列名", EN: "a first row with no column of the timeline"}
	default:
		return nil
	}
	return e
}

// namesColumn reports whether the first line of a table has the head of any
// column of the timeline.
func namesColumn(s string) bool {
	s = strings.TrimPrefix(s, "\ufeff")
	for _, h := range strings.Split(strings.TrimRight(headLine(s), "\r"), string(delimiter(s))) {
		h = strings.Trim(h, "\" ")
		if slices.ContainsFunc(columnsOfTimeline,
			func(c column) bool { return h == c.zh || strings.EqualFold(h, c.en) }) {
			return true
		}
	}
	return false
}

// tableBeside is another table in the case folder that looks like the
// timeline; empty if there is none.
func (f *Folder) tableBeside() string {
	for _, form := range []string{"timeline*.numbers", "timeline*.xls*", "timeline*.et", "timeline*.ods",
		"timeline *.csv",
		"timeline.csv.*"} {
		if there, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(f.dir), form)); len(there) > 0 {
			return filepath.Base(there[0])
		}
	}
	return ""
}

// TimelineLost reports a timeline that is gone, empty or no table, by the
// mistake that readers of it meet.
func (f *Folder) TimelineLost() (bool, error) {
	data, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("read timeline: %w", err)
	}
	return noTable(data, err != nil) != nil, nil
}

// A Recovered says where a timeline was brought back from.
type Recovered struct {
	From string    // the copy, in the case folder; empty: there is none, and the table is empty
	Made time.Time // when the copy was sealed, as far as it is known
	Kept string    // where the bytes lie that stood in its place; empty: nothing did
}

// RecoverTimeline puts the newest kept copy in the place of a timeline that is
// lost, or else an empty table; the caller holds the lock. What stood there is
// kept aside first.
func (f *Folder) RecoverTimeline(now time.Time) (Recovered, error) {
	r, data, err := f.keptTimeline()
	if err != nil {
		return r, err
	}
	old, err := os.ReadFile(f.Path(TimelineFile))
	if err == nil && len(old) > 0 {
		name := TimelineFile
		if n := slices.IndexFunc(forms, func(form form) bool { return form.fits(old) }); n >= 0 {
			name = strings.TrimSuffix(name, ".csv") + forms[n].ending
		}
		if r.Kept, err = f.keepAside(timelineDir, name, old); err != nil {
			return r, fmt.Errorf("keep the old timeline: %w", err)
		}
	}
	if err := f.PutTimeline(data); err != nil {
		return r, err
	}
	from := r.From
	if from == "" {
		from = "the exhibits"
	}
	return r, f.Note("note", "timeline brought back from "+from, now)
}

// keptTimeline finds the newest copy of the timeline: the one last seen, that of the
// bundle, then those of older bundles, the last written first.
func (f *Folder) keptTimeline() (Recovered, []byte, error) {
	inside := path.Join(BundleDir, TimelineFile)
	for _, at := range f.timelineCopies() {
		data, err := os.ReadFile(at)
		if err != nil {
			continue // gone or unreadable: the next may be whole
		}
		if _, err := ParseTimeline(TimelineFile, data); err != nil {
			continue
		}
		rel, err := filepath.Rel(f.dir, at)
		if err != nil {
			return Recovered{}, nil, err
		}
		r := Recovered{From: filepath.ToSlash(rel)}
		if r.From == inside {
			if last, _, err := f.LastSeal(); err == nil {
				r.Made = last.Time
			}
		}
		return r, data, nil
	}
	var empty strings.Builder
	err := WriteIncidents(&empty, nil)
	return Recovered{}, []byte(empty.String()), err
}

// timelineCopies are where copies of the timeline may lie, the newest first: the one kept
// when the program last saw the table, that of the bundle, then those of older bundles.
func (f *Folder) timelineCopies() []string {
	older, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(f.dir), SupersededDir, "*", BundleDir, TimelineFile))
	slices.SortStableFunc(older, func(a, b string) int { return modified(b).Compare(modified(a)) })
	return append([]string{f.lastTable(), f.Path(BundleDir, TimelineFile)}, older...)
}

// keptCopy are the rows of a copy; none of one that is gone or cannot be read.
func (f *Folder) keptCopy(at string) (rows []evidence.Incident, from string, err error) {
	data, err := os.ReadFile(at)
	if err != nil {
		return nil, "", nil
	}
	if rows, err = ParseTimeline(TimelineFile, data); err != nil {
		return nil, "", nil
	}
	from, err = filepath.Rel(f.dir, at)
	return rows, filepath.ToSlash(from), err
}

func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// Replayed are rows with what [Folder.ReplayAnswers] would write into them.
func (f *Folder) Replayed(rows []evidence.Incident) ([]evidence.Incident, error) {
	given, err := f.Answers()
	if err != nil {
		return nil, err
	}
	out := slices.Clone(rows)
	at := map[string]int{}
	for n, r := range out {
		at[r.ID] = n
	}
	for _, a := range given {
		for _, c := range a.Changes {
			n, ok := at[c.Row]
			col := columnNamed(c.Column)
			if ok && col != nil && col.get(out[n]) == c.Before {
				col.set(&out[n], c.After)
			}
		}
	}
	return out, nil
}

// ReplayAnswers writes again what answers that stand wrote into the timeline,
// where the row is there and its cell is as it was before; the caller holds the
// lock. Only those about some rows do, unless none is named. Returned is how many wrote
// something again, and how many cannot: their rows have gone, and they are asked about
// anew.
func (f *Folder) ReplayAnswers(only []string, now time.Time) (again, lost int, err error) {
	given, err := f.Answers()
	if err != nil {
		return 0, 0, err
	}
	rows, err := f.Timeline()
	if err != nil {
		return 0, 0, err
	}
	there := map[string]bool{}
	for _, r := range rows {
		there[r.ID] = true
	}
	for _, a := range given {
		cells := slices.DeleteFunc(slices.Clone(a.Changes),
			func(c Change) bool {
				return c.Row == "" || c.Column == "" || len(only) > 0 && !slices.Contains(only, c.Row)
			})
		found, err := f.found(cells)
		if err != nil {
			return again, lost, err
		}
		var left []Change
		stands := true
		for n, c := range cells {
			switch {
			case found[n] == c.After:
			case found[n] == c.Before && there[c.Row]:
				left = append(left, c)
			case there[c.Row]:
				// a later answer wrote there, or the person by hand, and the copy has that
			default:
				stands = false
			}
		}
		if err := f.change(left, now); err != nil {
			return again, lost, err
		}
		if len(left) > 0 {
			again++
		}
		if !stands {
			lost++
		}
	}
	return again, lost, nil
}
