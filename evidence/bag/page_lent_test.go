package bag_test

import (
	"archive/zip"
	"bytes"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/intake/logs"
)

// Package bag stands below the readers of logs, so its own tests cannot import them.
var _ = lend()

func lend() bool {
	l := &bag.Lent
	l.Rows = logs.Hold
	for _, k := range evidence.ExhibitKinds() {
		l.Kinds = append(l.Kinds, string(k))
	}
	// the first row of each log
	l.Extract = func(data []byte, name, of string) (extract []byte, lines, mediaType string, err error) {
		first := true
		x, err := logs.Extract(bytes.NewReader(data), int64(len(data)), name, func(logs.Row) bool {
			is := first
			first = false
			return is
		})
		return x.Data, x.Lines, x.MediaType, err
	}
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	for _, part := range []struct{ name, text string }{{"[Content_Types].xml", "<Types/>"},
		{"xl/workbook.xml", "<workbook/>"},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` +
			row("对方号码", "起始时间", "通信时长", "呼叫类型") + row("19900000311", "2026-09-05 22:47:05", "22秒", "被叫") +
			row("13800138000", "2026-09-06 22:47:05", "1分2秒", "主叫") + `</sheetData></worksheet>`}} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(part.text))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	l.Book = book.Bytes()
	return true
}

func row(cells ...string) string {
	out := "<row>"
	for _, c := range cells {
		out += `<c t="inlineStr"><is><t>` + c + `</t></is></c>`
	}
	return out + "</row>"
}
