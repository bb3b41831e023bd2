package folder

import (
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// The last reading of an exhibit counts, a half line is no reading, and a
// damaged one is named.
func TestReadings(t *testing.T) {
	f := newFolder(t)
	if got, err := f.Readings(); err != nil || len(got) != 0 {
		t.Fatalf("%v, %v", got, err)
	}
	for _, text := range []string{"一", "二"} {
		if err := f.AddReading(evidence.Reading{Exhibit: "E001", Text: text, Made: testNow}); err != nil {
			t.Fatal(err)
		}
	}
	path := f.Path(ReadingsFile)
	data, _ := os.ReadFile(path)
	os.WriteFile(path, append(data, `{"exhibit":"E0`...), 0o600)
	if got, err := f.Readings(); err != nil || len(got) != 1 || got[0].Text != "二" {
		t.Fatalf("%v, %v", got, err)
	}
	if err := f.AddReading(evidence.Reading{Exhibit: "E002", Text: "三", Made: testNow}); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Readings(); err != nil || len(got) != 2 {
		t.Fatalf("behind a half line: %v, %v", got, err)
	}
	var bad LineErrors
	if _, err := parseReadings([]byte("{\"exhibit\":\"E001\"}\nx\n")); !errors.As(err, &bad) || bad[0].Line != 2 {
		t.Errorf("%v", err)
	}
}

// Accepted words go into the empty cells of the rows that name the exhibit;
// the bytes of every other row stay, in whatever form the person saved the file.
func TestAcceptReading(t *testing.T) {
	plain := "时间;编号;方式;证据;材料显示的内容\r\n2026-03-01 10:00;T001;短信;E001;\"已有; 的话\"\n2026-03-02 10:00;T002;微信;E001 E002;" +
		"\n\n2026-03-03 10:00;;微信;E002;\"\"\n2026-03-04 10:00;T004;微信;E003;"
	want := "时间;编号;方式;证据;材料显示的内容\r\n2026-03-01 10:00;T001;短信;E001;\"已有; 的话\"\n2026-03-02 10:00;T002;微信;E001 E002;" +
		"\"明天; 上门\"\r\n2026-03-03 10:00;;微信;E002;\"明天; 上门\"\r\n2026-03-04 10:00;T004;微信;E003;"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": plain, "UTF-8 with a mark": "\ufeff" + plain, "GB 18030": gbk} {
		out, ids, err := rewriteRows([]byte(data), "what the file shows", showing("E002", "明天; 上门"))
		if err != nil || strings.Join(ids, " ") != "T002 L5" {
			t.Errorf("%s: %v, %v", name, ids, err)
			continue
		}
		got, err := evidence.DecodeText(out)
		if err != nil || got != want {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, got, want)
		}
	}
	f := newFolder(t)
	if _, err := f.AcceptReading("E001", "x", testNow); !errors.Is(err, ErrNothingToFill) {
		t.Errorf("an empty timeline: %v", err)
	}
}
