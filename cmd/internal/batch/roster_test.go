package batch

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Of a long list no more is held at a time than its text and a row: a roster may name any
// number of cases.
func TestListHeldByRow(t *testing.T) {
	const rows = 30_000
	text := bytes.NewBufferString("编号,案件夹,姓名,答案,手机文件夹\n")
	for n := range rows {
		fmt.Fprintf(text, "%d,cases/%05[1]d,样例%05[1]d,answers/%05[1]d.toml,phones/%05[1]d\n", n)
	}
	size := uint64(text.Len())
	file := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text = nil
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	l, err := readList(file, headFolder, headPerson)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = l.rows(func(r line) bool {
		if n++; n == rows/2 {
			if now := held(); now > before+4*size {
				t.Errorf("half way %d bytes are held of a list of %d", now-before, size)
			}
		}
		if s, bad := l.cell(r, headFolder); s != fmt.Sprintf("cases/%05d", n-1) || bad != nil {
			t.Fatalf("row %d: %q, %v", n, s, bad)
		}
		return true
	})
	if err != nil || n != rows {
		t.Errorf("%d rows of %d: %v", n, rows, err)
	}
}
