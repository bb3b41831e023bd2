package logs

import (
	"os"
	"strings"
	"testing"
)

// A statement of payments is told by its head and read as no list of calls, even
// where its cells look like one; a carrier's bill with a balance is no statement.
func TestIsFlow(t *testing.T) {
	rows := "20260901,101500,13800138000,收入,120,3500\n20260905,111500,13900139000,支出,30,3200\n" +
		"20260907,121500,13900139001,支出,20,3000\n"
	stamped := "2026-09-01 10:15:00,13800138000,主叫,120\n2026-09-05 11:15:00,13900139000,被叫,30\n" +
		"2026-09-06 11:15:00,13900139000,被叫,30\n"
	for _, row := range []struct {
		name, text string
		want, call bool
	}{
		{"a bank's", "中国示例银行历史明细\n账号：622202*******1234\n交易日期,交易时间,对方账号,收/支,交易金额,账户余额\n" + rows, true, false},
		{"WeChat's", "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n" +
			"2026-09-01 10:15:00,商户消费,示例贷,还款,支出,¥1200.00,零钱,支付成功,4200001\n", true, false},
		{"like calls", "交易时间,对方账号,借贷标志,交易金额（元）\n" + stamped, true, false},
		{"calls", "时刻,号,向,长\n" + stamped, false, true},
		{"a carrier's", "起始时间,对方号码,呼叫类型,通信时长,余额\n" + strings.ReplaceAll(stamped, "\n", ",3\n"), false, true},
	} {
		in := strings.NewReader(row.text)
		if got := IsFlow(in, in.Size()); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
		form, ok := Recognise(in, in.Size())
		if is := ok && strings.HasPrefix(form.Name, "call list"); is != row.call {
			t.Errorf("%s: taken for %q", row.name, form.Name)
		}
	}
	for _, name := range []string{"list.xls", "few.ods", "chat.xls", "long.xlsx", "page.html"} {
		in, err := os.Open("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		info, err := in.Stat()
		if err != nil || IsFlow(in, info.Size()) {
			t.Errorf("%s is a statement: %v", name, err)
		}
		in.Close()
	}
}
