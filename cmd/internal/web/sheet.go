package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/internal/say"
	"juzheng/evidence"
)

// sheetScreen is the workbook of the case, for who would rather fill in a spreadsheet:
// written, and what was changed in it looked at and taken over.
var sheetScreen = screen{path: sheetPath,
	title:   evidence.Text{ZH: "用表格填", EN: "Fill in a workbook"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.sheetView() },
	acts: map[string]act{
		"make": func(v *visit) (string, error) {
			_, err := desk.Sheet(v.ctx, v.desk, v.dir, "")
			return "", err
		},
		"folder": func(v *visit) (string, error) { return "", desk.Browse(v.dir) },
		"apply":  func(v *visit) (string, error) { return v.applySheet() },
	},
	words: words{
		"lead": {ZH: "本人、平台、债务、时间线、证据都在一份Excel表格里，用Excel或者WPS打开，在浅色的格里填。改完存好、关上，再回到这里。",
			EN: "You, the platform, debts, the timeline and the exhibits are in one workbook for Excel or WPS. Fill in the " +
				"light cells, save and close it, then come back here."},
		"make":    {ZH: "写一份表格", EN: "Write the workbook"},
		"anew":    {ZH: "照现在的案件重新写一份", EN: "Write it anew"},
		"lies":    {ZH: "表格放在", EN: "The workbook is"},
		"folder":  {ZH: "打开文件夹", EN: "Open the folder"},
		"same":    {ZH: "表格里没有要写进案件的改动。", EN: "The workbook has no changes for the case."},
		"changes": {ZH: "要写进案件的", EN: "To be written into the case"},
		"refused": {ZH: "不写的", EN: "Not taken"},
		"apply":   {ZH: "写进案件", EN: "Write them into the case"},
		"apply-s": {ZH: "一次写进去，随时可以整个收回。", EN: "All at once; they can be taken back as a whole."},
		"again":   {ZH: "再看一遍有没有改动", EN: "Look for changes again"},
		"cannot":  {ZH: "表格读不成", EN: "The workbook cannot be read"},
		"cannot-s": {ZH: "改好、存好、关上，再看一遍。案件没有动。",
			EN: "Put it right, save and close it, and look again. The case is untouched."},
		"changed-s": sheetChanged,
	},
}

var sheetChanged = evidence.Text{ZH: "刚才看的时候和现在不一样了，请再看一遍。",
	EN: "They are not what you looked at; please look again."}

// A sheetView is the workbook of a case and what was changed in it.
type sheetView struct {
	Path           string // empty: none is written
	Changes, Notes []string
	Refused        []refusedView
	Stamp          string // of the changes that are looked at
	Changed        bool   // they were others when they were to be written
	Failed         *failedView
}

type refusedView struct{ What, Why string }

func (v *visit) sheetView() (out sheetView, err error) {
	at := filepath.Join(v.dir, desk.SheetName)
	if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	out.Path, out.Changed = at, v.wrong["stamp"] != ""
	d, err := desk.Differences(v.ctx, v.desk, v.dir, "")
	if err != nil { // the workbook is what it is; the screen tells
		out.Failed = v.failedView(err)
		return out, nil
	}
	for _, c := range d.Changes {
		out.Changes = append(out.Changes, v.in(say.SheetChange(c)))
	}
	for _, r := range d.Refused {
		out.Refused = append(out.Refused, refusedView{v.in(say.SheetChange(r.SheetChange)), v.in(say.SheetRefusal(r))})
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, v.in(say.SheetNote(n)))
	}
	out.Stamp = stampOf(d)
	return out, nil
}

// stampOf stands for changes that were looked at.
func stampOf(d desk.SheetDiff) string {
	sum := sha256.Sum256(fmt.Append(nil, d.Changes))
	return hex.EncodeToString(sum[:8])
}

// applySheet writes into the case what was looked at, and nothing else.
func (v *visit) applySheet() (string, error) {
	changed := &mistake{"stamp", sheetChanged}
	d, err := desk.Differences(v.ctx, v.desk, v.dir, "")
	if err != nil {
		return "", err
	}
	if stampOf(d) != v.form("stamp") {
		return "", changed
	}
	_, err = desk.ApplySheet(v.ctx, v.desk, v.dir, d)
	var other *desk.SheetChangedError
	if errors.As(err, &other) {
		return "", changed
	}
	return "", err
}
