package ask

import (
	"strings"
	"testing"
)

// What is typed is read as people write it, names are mended, and what can mean two
// things is asked with both.
func TestTypedForms(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		in, want string // ? before what the message says
	}{
		{Name, " ⼈⼩安 ", "人小安"}, {Name, "阿依古丽.买买提", "阿依古丽·买买提"}, {Name, "林\u200b晓安", "林晓安"}, {Name, "𠮷小安", "𠮷小安"},
		{Name, "12", "?您身份证上的姓名"},
		{Lender, "示例⾦融有限公司", "示例金融有限公司"}, {Brand, "ＡＢ借条", "AB借条"},
		{LoanDate, "2026年3月1日", "2026-03-01"}, {LoanDate, "2026.3.1", "2026-03-01"}, {Due, "2026/3/1", "2026-03-01"},
		{Due, "03/04/2026", "?2026-03-04 还是 2026-04-03"}, {LoanDate, "3月1日", "?带年份"},
		{Principal, "2万元", "20000"}, {Principal, "8,000", "8000"}, {Overdue, "１．５万", "15000"}, {Principal, "八千",
			"?多少元"},
		{Rate, "23.9％", "23.9"}, {Rate, "年化24%", "24"}, {Licence, "消费金融公司", "consumer-finance"},
		{CreditCode, "91350100 m000100y43", "91350100M000100Y43"},
	} {
		edits, wanted := Correct(c.kind, c.in)
		said, asked := strings.CutPrefix(c.want, "?")
		switch {
		case asked && !strings.Contains(wanted.ZH, said):
			t.Errorf("%s %q: wanted %q, want to be asked %q", c.kind, c.in, wanted.ZH, said)
		case !asked && (wanted.ZH != "" || len(edits) != 1 || edits[0].Value != c.want):
			t.Errorf("%s %q: %v (%s), want %q", c.kind, c.in, edits, wanted.ZH, c.want)
		}
	}
}
