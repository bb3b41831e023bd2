package intake

import (
	"bytes"
	"strings"
	"testing"

	"juzheng/evidence"
)

// TestOwnTables tells what people write down themselves from everything else.
func TestOwnTables(t *testing.T) {
	for _, c := range []struct{ name, in, form, lines string }{
		{"a register", "号码,机构,备注\n19900000311,极融催收,每天打\n0571-00000101,外包公司,\n", NoteRegister,
			"19900000311/极融催收 057100000101/外包公司"},
		{"by tabs", "电话\t是谁\n19900000311\t催收\n", NoteRegister, "19900000311/催收"},
		{"by a full-width comma", "号码，备注\n19900000311，催收\n", NoteRegister, "19900000311/"},
		{"accounts", "微信,说明\n催收小李,威胁过我\n", NoteRegister, "催收小李/"},
		{"a number that a spreadsheet destroyed", "号码,机构\n1.99E+10,极融\n", NoteRegister, ""},
		{"transcripts", "文件名,说话人,内容\na/b/19900000311_2026.amr,对方,还钱\nx.mp3,我,好\nx.mp3,对方,嗯\n",
			NoteTranscripts, "19900000311_2026 x"},
		{"a log of calls", "号码,时间,时长,备注\n19900000311,2026-09-01 10:00,20,\n", "", ""},
		{"a shopping list", "名称,备注\n牛奶,两瓶\n", "", ""},
		{"prose", "号码是多少，机构是哪家，我都记不清了。\n", "", ""},
		{"a head alone", "号码,机构\n", "", ""},
	} {
		table := readOwnTable(bytes.NewReader([]byte(c.in)), int64(len(c.in)))
		var lines []string
		for _, l := range table.listed(evidence.Exhibit{Number: "E001"}) {
			if table.form == NoteRegister {
				lines = append(lines, l.Number+l.Account+"/"+l.Name)
			}
		}
		if table.form == NoteTranscripts {
			lines = table.recordings()
		}
		if got := strings.Join(lines, " "); table.form != c.form || got != c.lines {
			t.Errorf("%s: %q %q, want %q %q", c.name, table.form, got, c.form, c.lines)
		}
	}
}
