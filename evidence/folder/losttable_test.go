package folder

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// What lies in the place of the table is named by the program that made it,
// and a table with mistakes is none of these.
func TestNoTable(t *testing.T) {
	f := newFolder(t)
	for _, c := range []struct{ name, in, found, wanted string }{
		{"a workbook", "PK\x03\x04 xl/workbook.xml", "Excel 或 WPS 工作簿（.xlsx）", "CSV UTF-8（逗号分隔）"},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1", "（.xls、.et）", "CSV UTF-8（逗号分隔）"},
		{"Numbers", "PK\x03\x04 Index/Document.iwa", "Numbers 表格", "导出到 → CSV"},
		{"OpenDocument", "PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods", "CSV UTF-8"},
		{"nothing", "", "文件是空的", "--restore"},
		{"zeros, as a power failure leaves them", "\x00\x00\x00\x00", "文件是空的", "--restore"},
		{"another table", "姓名,电话\r\n林,1\r\n", "第一行没有一个时间线的列名", "--restore"},
		{"a table with a mistake", "编号,时间,方式\r\nT001,昨天,电话\r\n", "“昨天”", "真实的时间"},
		{"a table of full-width commas", "编号，时间，方式，号码\r\n", "全角逗号", "半角逗号"},
	} {
		if err := os.WriteFile(f.Path(TimelineFile), []byte(c.in), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := f.Timeline()
		var bad LineErrors
		if !errors.As(err, &bad) || !strings.Contains(bad[0].Found.ZH, c.found) ||
			!strings.Contains(bad[0].Wanted.ZH, c.wanted) {
			t.Errorf("%s: %v", c.name, err)
		}
		lost, err := f.TimelineLost()
		if whole := strings.HasPrefix(c.name, "a table"); err != nil || lost == whole {
			t.Errorf("%s: lost %v, %v", c.name, lost, err)
		}
	}
}
