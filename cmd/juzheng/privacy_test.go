package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// readAll is everything a file of a packet says, in whatever form: text of
// pages, strings of the PDF's objects, parts of a docx, parts of a mail.
func readAll(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(path) {
	case ".pdf":
		text, err := exec.Command(needTool(t, "pdftotext"), path, "-").Output()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		plain, err := exec.Command(needTool(t, "qpdf"), "--qdf", "--object-streams=disable", path, "-").Output()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		// Lines are broken anywhere.
		return strings.Join(strings.Fields(string(text)), "") + "\n" + string(plain)
	case ".docx":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, f := range z.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			io.Copy(&all, in)
			in.Close()
		}
		return all.String()
	case ".eml":
		if _, err := mail.ReadMessage(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	return string(data)
}

// unparted is a text without what can stand inside a number.
func unparted(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Pd) || strings.ContainsRune("._()（）", r):
			return -1
		}
		return r
	}, s)
}

// utf16Hex is how a PDF writes text in its own objects: bookmarks, title.
func utf16Hex(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return strings.ToLower(hex.EncodeToString(b))
}

// Other people's numbers, wherever a case holds them, are in full in nothing
// that is handed over: page, bookmark, file name, text, docx. The
// complainant's own stand where the policy says. What a person chose to print
// is printed.
func TestNobodyGetsOtherPeoplesNumbers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	ends := func(want int, args ...string) {
		t.Helper()
		var out, talk bytes.Buffer
		if code := run(context.Background(), env{args: args, stdin: &out, stdout: &out, stderr: &talk,
			getenv: func(string) string { return "" }, now: time.Now}); code != want {
			t.Fatalf("juzheng %v: exit %d\n%s", args, code, talk.String())
		}
	}
	do := func(args ...string) { t.Helper(); ends(exitDone, args...) }
	const date = "2026-10-08"
	if err := copyDemo(dir); err != nil {
		t.Fatal(err)
	}
	box := filepath.Join(dir, "案件")

	const listed, unlisted, landline, id, chosen = "19900000777", "13911112222", "0571-87654321", "11010519491231002X",
		"19900000555"
	secrets := []string{listed, unlisted, strings.ReplaceAll(landline, "-", ""), landline, id, "139 1111 2222",
		"139-1111-2222"}
	hidden := "另见" + listed + "、" + unlisted + "，139 1111 2222，139-1111-2222，座机" + landline + "，身份证" + id + "，可打" +
		chosen +
		"；又写作1 3 9 1 1 1 1 2 2 2 2、１３９１１１１２２２２、139.1111.2222、139\u00a01111\u20112222、(139) 11112222、110105 19491231 " +
		"002X、1990 0000 777，找郑小满"

	// A screenshot whose name has a number; then words of every origin.
	shot := filepath.Join(dir, "手机文件/DCIM/Screenshots", "Screenshot_2026-09-20-10-00-00-000_com.android.mms 转"+unlisted+
		".png")
	data, err := os.ReadFile(filepath.Join(box, "exhibits/E010.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(shot, append(data, 0), 0o600); err != nil { // other bytes than E010's
		t.Fatal(err)
	}
	do("add", box, shot, "--date", date)
	f, err := folder.Open(box, tool())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if len(rows[i].Asserted) > 0 {
			rows[i].Shown += hidden
			rows[i].Words += hidden
			rows[i].Exhibits = append(rows[i].Exhibits, "E012")
			rows[i].Name += unlisted
		}
	}
	var timeline bytes.Buffer
	if err := folder.WriteIncidents(&timeline, rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(folder.TimelineFile), timeline.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := f.ReadCase()
	if err != nil {
		t.Fatal(err)
	}
	c.Numbers = append(c.Numbers, evidence.Number{Number: landline, Side: evidence.OtherSide, Name: "表姐郑小满"},
		evidence.Number{Number: chosen, Side: evidence.OtherSide, Print: evidence.PrintFull})
	c.Requests = append(c.Requests, "请停止拨打"+hidden)
	c.Filings[0].Answer, c.Filings[0].Receipt = "已处理，"+hidden, "工单"+unlisted
	text, err := folder.FormatCase(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(folder.CaseFile), text, 0o600); err != nil {
		t.Fatal(err)
	}
	ends(exitPartial, "build", box, "--date", date) // no file says what was put into the table
	do("print", box, "--to", "platform", "--date", date)

	files, told := 0, 0
	err = filepath.WalkDir(filepath.Join(box, folder.PacketDir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		all := readAll(t, path)
		name := strings.TrimPrefix(path, box)
		for _, s := range secrets {
			if strings.Contains(all, s) || strings.Contains(strings.ToLower(all), utf16Hex(s)) ||
				strings.Contains(name, s) {
				t.Errorf("%s holds %s in full", name, s)
			}
		}
		for _, s := range []string{listed, unlisted, id} { // however it is parted
			if strings.Contains(unparted(all), s) {
				t.Errorf("%s holds %s, its digits apart", name, s)
			}
		}
		if strings.Contains(all, "郑小满") || strings.Contains(strings.ToLower(all), utf16Hex("郑小满")) {
			t.Errorf("%s holds a third person's name in full", name)
		}
		if strings.Contains(all, chosen) {
			told++
		}
		own := strings.Contains(all, c.Complainant.IDNumber)
		toInstitution := strings.Contains(name, "1-平台客服") || strings.Contains(name, "1-放款机构")
		letter := strings.HasSuffix(name, "书.pdf") || strings.HasSuffix(name, "正文.txt") ||
			strings.HasSuffix(name, ".docx")
		switch {
		case toInstitution && own:
			t.Errorf("%s holds the complainant's identity number in full", name)
		case letter && strings.Contains(name, "正文.txt") && !strings.Contains(all, c.Complainant.Phone):
			t.Errorf("%s lacks the number that whoever signs can be called back on", name)
		case !toInstitution && letter && !own && !strings.Contains(name, "先看这里"):
			t.Errorf("%s lacks the identity number a real name wants", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 15 || told < 3 {
		t.Errorf("%d files looked at, %d with the number that may be shown", files, told)
	}
}
