package desk_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// What is no workbook is named for what it is, and nothing is changed.
func TestSheetForms(t *testing.T) {
	d, kase := sheetCase(t)
	made, err := os.ReadFile(filepath.Join(kase, desk.SheetName))
	if err != nil {
		t.Fatal(err)
	}
	locked, err := excelize.Encrypt(made, &excelize.Options{Password: "1234"})
	if err != nil {
		t.Fatal(err)
	}
	archive := func(name, text string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create(name)
		w.Write([]byte(text))
		z.Close()
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a password":  {locked, "xlocked"},
		"an old .xls": {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...), "xold"},
		"a CSV":       {[]byte("\ufeff编号,时间\r\nT001,2026-03-02\r\n"), "xwords"},
		"a web page":  {[]byte("<html><table><tr><td>编号</td></tr></table></html>"), "xwords"},
		"an .ods":     {archive("content.xml", "<office:document-content/>"), "xother"},
		"cut short":   {made[:len(made)/2], "xdamaged"},
		"nothing":     {nil, "xdamaged"},
		"a bomb": {archive("xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>"+
			strings.Repeat("a", 1<<10)+"</t></si>", 17<<10)), "xhuge"},
		"a bomb of rows": {bombOf(t), "xhuge"},
		"another's":      {archive("xl/worksheets/sheet1.xml", "<worksheet/>"), "x" + "unknown"},
	} {
		if testing.Short() && c.want == "xhuge" {
			continue // what it costs is the point
		}
		path := filepath.Join(t.TempDir(), "案件.xlsx")
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := desk.Differences(t.Context(), d, kase, path)
		got := told(desk.SheetDiff{}, err)
		var unknown *desk.UnknownStateError
		if errors.As(err, &unknown) {
			got = "xunknown"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// bombOf is a workbook of which one sheet unpacks to more than a table can hold.
func bombOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, "<worksheet><sheetData>")
	rows := strings.Repeat(`<row><c t="str"><v>`+strings.Repeat("x", 1<<10)+`</v></c></row>`, 1<<10)
	for range 60 {
		fmt.Fprint(w, rows)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// change writes edits into the workbook of a case.
func change(t *testing.T, kase string, edit func(book)) {
	t.Helper()
	path := filepath.Join(kase, desk.SheetName)
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, edited(t, data, edit), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, kase, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(kase, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// What was changed is written in one go, the workbook is made anew and as it came back
// kept; taken back, every file is as it was.
func TestApplySheet(t *testing.T) {
	d, kase := sheetCase(t)
	before := map[string]string{}
	for _, name := range []string{folder.CaseFile, folder.TimelineFile, folder.DebtsFile} {
		before[name] = read(t, kase, name)
	}
	change(t, kase, func(b book) {
		b.set("本人", "姓名", "内容", "林小安")
		b.set("时间线", "T001", "联系到谁", "单位")
		b.set("时间线", "T003", "本人陈述", `=cmd|' /C calc'!A0`)
		b.set("债务", "D01", "每月应还", "1000")
		b.below("债务", "债权人", "丙小贷")
		b.below("时间线", "时间", "2026-10-01 22:30", "方式", "电话", "本人陈述", "打给我妈妈")
		b.RemoveRow("时间线", 3)
	})
	var unapplied *desk.UnappliedError
	if _, err := desk.Sheet(t.Context(), d, kase, ""); !errors.As(err, &unapplied) || unapplied.Changes != 7 {
		t.Errorf("written over: %v", err)
	}
	seen, err := desk.Differences(t.Context(), d, kase, "")
	if err != nil || len(seen.Changes) != 6 || len(seen.Refused) != 1 {
		t.Fatalf("%s", told(seen, err))
	}
	stale := seen
	stale.Changes = stale.Changes[1:]
	var changed *desk.SheetChangedError
	if _, err := desk.ApplySheet(t.Context(), d, kase, stale); !errors.As(err, &changed) {
		t.Errorf("another list than was seen: %v", err)
	}
	r, err := desk.ApplySheet(t.Context(), d, kase, seen)
	if err != nil || r.Answer.N != 1 || r.Kept == "" {
		t.Fatalf("%+v, %v", r, err)
	}
	if !strings.Contains(read(t, kase, folder.CaseFile), `name = "林小安"`) ||
		!strings.Contains(read(t, kase, folder.TimelineFile), `'=cmd|' /C calc'!A0`) ||
		!strings.Contains(read(t, kase, folder.TimelineFile), "T004,2026-10-01 22:30") ||
		!strings.Contains(read(t, kase, folder.DebtsFile), "D02,丙小贷") {
		t.Errorf("%s\n%s", read(t, kase, folder.TimelineFile), read(t, kase, folder.DebtsFile))
	}
	if diff, err := desk.Differences(t.Context(), d, kase, ""); told(diff, err) != "" {
		t.Errorf("made anew: %s", told(diff, err))
	}
	old, err := desk.Differences(t.Context(), d, kase, filepath.Join(kase, r.Kept))
	if err != nil || len(old.Changes) != 0 {
		t.Errorf("the workbook as it came back, once more: %s", told(old, err))
	}
	if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
		t.Fatal(err)
	}
	for name, want := range before {
		if got := read(t, kase, name); got != want {
			t.Errorf("%s taken back:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// A row of one's own that is taken out is kept as those are that go in other ways, and
// comes back as it was.
func TestSheetTakesRowsOut(t *testing.T) {
	d, kase := sheetCase(t)
	before := read(t, kase, folder.TimelineFile)
	change(t, kase, func(b book) { b.RemoveRow("时间线", 4); b.RemoveRow("债务", 4) })
	seen, err := desk.Differences(t.Context(), d, kase, "")
	if err != nil || len(seen.Changes) != 2 {
		t.Fatalf("%s", told(seen, err))
	}
	if _, err := desk.ApplySheet(t.Context(), d, kase, seen); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(read(t, kase, folder.TimelineFile), "T003") ||
		strings.Contains(read(t, kase, folder.DebtsFile), "乙银行") {
		t.Error("still there")
	}
	f, err := folder.Open(kase, "test")
	if err != nil {
		t.Fatal(err)
	}
	if gone, err := f.OwnRowsGone(); err != nil || len(gone) != 1 || gone[0].ID != "T003" {
		t.Errorf("%+v, %v", gone, err)
	}
	if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
		t.Fatal(err)
	}
	if got := read(t, kase, folder.TimelineFile); strings.TrimRight(got, "\r\n") != strings.TrimRight(before, "\r\n") {
		t.Errorf("taken back:\n%s\nwant\n%s", got, before)
	}
}

// A case that moved on is told, what both sides changed is refused, the rest is written.
func TestSheetOfACaseThatMovedOn(t *testing.T) {
	d, kase := sheetCase(t)
	for _, f := range []desk.Fact{{Kind: "name", Value: "林晓"}, {Kind: "address", Value: "浙江省杭州市样例路1号"}} {
		if _, err := desk.Correct(t.Context(), d, kase, []desk.Fact{f}); err != nil {
			t.Fatal(err)
		}
	}
	change(t, kase, func(b book) {
		b.set("本人", "姓名", "内容", "林小安")
		b.set("本人", "通信地址", "内容", "浙江省杭州市样例路1号")
		b.set("平台", "借款日期", "内容", "2026-06-01")
	})
	d.Now = d.Now.AddDate(0, 0, 5) // what is computed by the day is no change
	seen, err := desk.Differences(t.Context(), d, kase, "")
	want := `+平台 借款日期 内容 > 2026-06-01
!conflict 本人 姓名 内容 林晓安 > 林小安
*本人 姓名 内容 林晓安 > 林晓
*本人 通信地址 内容 > 浙江省杭州市样例路1号`
	if got := told(seen, err); got != want {
		t.Fatalf("%s\nwant\n%s", got, want)
	}
	if _, err := desk.ApplySheet(t.Context(), d, kase, seen); err != nil {
		t.Fatal(err)
	}
	if text := read(t, kase, folder.CaseFile); !strings.Contains(text, `name = "林晓"`) ||
		!strings.Contains(text, `date = "2026-06-01"`) {
		t.Error(text)
	}
}

// A workbook of another case, or one whose state nobody kept, is refused.
func TestSheetOfAnotherCase(t *testing.T) {
	d, kase := sheetCase(t)
	_, other := sheetCase(t)
	var unknown *desk.UnknownStateError
	if _, err := desk.Differences(t.Context(), d, kase, filepath.Join(other, desk.SheetName)); !errors.As(err, &unknown) {
		t.Errorf("another case's: %v", err)
	}
	kept, _ := filepath.Glob(filepath.Join(kase, "superseded/workbook/*.json.gz"))
	if len(kept) != 1 {
		t.Fatalf("%v", kept)
	}
	os.WriteFile(kept[0], []byte("x"), 0o600)
	if _, err := desk.Differences(t.Context(), d, kase, ""); !errors.As(err, &unknown) {
		t.Errorf("a state somebody wrote into: %v", err)
	}
	var unapplied *desk.UnappliedError
	if _, err := desk.Sheet(t.Context(), d, kase, ""); !errors.As(err, &unapplied) || unapplied.Changes != 0 {
		t.Errorf("written over: %v", err)
	}
}

// What LibreOffice opens and saves again is what was written, and an edit in between is
// that edit.
func TestSheetThroughLibreOffice(t *testing.T) {
	if os.Getenv("JUZHENG_SLOW") == "" || testing.Short() {
		t.Skip("LibreOffice takes its time: set JUZHENG_SLOW=1, as .ci/run all does")
	}
	office, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "" {
		t.Fatal("no soffice here")
	} else if err != nil {
		t.Skip("no soffice here")
	}
	d, kase := sheetCase(t)
	dir := t.TempDir()
	convert := func(from, to string) {
		cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
			"--convert-to", to, "--outdir", dir, from)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	convert(filepath.Join(kase, desk.SheetName), "xlsx")
	saved := filepath.Join(dir, desk.SheetName)
	if got := told(desk.Differences(t.Context(), d, kase, saved)); got != "" {
		t.Errorf("saved again: %s", got)
	}
	// Its own form lies between: what a cell was is told by LibreOffice alone.
	convert(saved, "ods")
	convert(filepath.Join(dir, "案件.ods"), "xlsx")
	data, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	data = edited(t, data, func(b book) { b.set("时间线", "T001", "联系到谁", "单位") })
	if err := os.WriteFile(saved, data, 0o600); err != nil {
		t.Fatal(err)
	}
	convert(saved, "xlsx")
	if got := told(desk.Differences(t.Context(), d, kase, saved)); got != "+时间线 T001 联系到谁 本人 > 单位" {
		t.Errorf("edited: %s", got)
	}
}
