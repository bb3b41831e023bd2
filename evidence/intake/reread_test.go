package intake

import (
	"context"
	"os"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// A log that is gone or was altered since it was admitted is no source: its rows are said to
// rest on nothing, and no cell is called other than what such a file has.
func TestAlteredLogIsNoSource(t *testing.T) {
	const sms = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n" +
		`<sms protocol="0" address="10690000000055" date="1794621600000" type="1" body="明天上门" read="1" status="-1" />` +
		"\n</smses>\n"
	for _, c := range []struct {
		what  string
		spoil func(path string) error
		want  string // text of what is doubtful; empty: nothing
	}{
		{"as it was", func(string) error { return nil }, ""},
		{"altered", func(path string) error {
			return os.WriteFile(path, []byte(strings.Replace(sms, "明天", "今晚", 1)), 0o600)
		}, "T001：所据文件用不了：E001 的文件与登记时不同，从备份恢复原来的那份"},
		{"gone", os.Remove, "T001：所据文件用不了：E001 的文件不见了，从备份放回来"},
	} {
		f, dir := newCase(t), t.TempDir()
		put(t, dir, "sms.xml", []byte(sms))
		if _, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil {
			t.Fatal(err)
		}
		register, err := f.Register()
		if err != nil {
			t.Fatal(err)
		}
		path := f.Path("exhibits", register.Exhibits[0].File)
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := c.spoil(path); err != nil {
			t.Fatal(err)
		}
		rows, err := f.Timeline()
		if err != nil {
			t.Fatal(err)
		}
		_, doubts := doubt.Hold(rows, Reread(f, register.Exhibits, nil))
		var got []string
		for _, d := range doubts {
			if d.OfTable() {
				got = append(got, d.Text().ZH)
			}
			if d.Code == evidence.RowDiffers {
				t.Errorf("%s: %s", c.what, d.Text().ZH)
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.what, s, c.want)
		}
	}
}
