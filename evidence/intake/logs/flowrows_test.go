package logs

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// said is a statement's rows in a line each.
func (s Statement) said() string {
	var out []string
	for _, m := range s.Moves {
		place := fmt.Sprint(m.Line)
		if m.Sheet > 0 {
			place = fmt.Sprintf("%d!%d", m.Sheet, m.Line)
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %s %s", place, m.Day.Format(time.DateOnly), m.Direction, m.Sum, m.Party,
			m.Words))
	}
	return strings.Join(out, "\n")
}

// Statements of banks and payment programs: the columns by their heads, which way
// the money went, and what is no payment.
func TestMoves(t *testing.T) {
	for _, row := range []struct {
		name, text, want string
		lost             int
	}{
		{name: "WeChat's", text: "微信支付账单明细,,,,\n微信昵称：[示例],,,,\n,,,,\n" +
			"交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n" +
			"2026-09-01 10:15:00,商户消费,\"示例贷\",\"还款\",支出,¥1200.00,零钱,支付成功,\"4200001\t\"\n" +
			"2026-09-02 10:15:00,转账,表姐,/,收入,¥50.00,/,已存入零钱,4200002\n" +
			"2026-09-03 10:15:00,商户消费,示例贷,还款,支出,¥300.00,零钱,已全额退款,4200003\n" +
			"2026-09-04 10:15:00,零钱提现,银行,/,/,¥9.00,银行,提现已到账,4200004\n",
			want: "5 2026-09-01 out 1200 示例贷 商户消费 还款\n6 2026-09-02 in 50 表姐 转账\n8 2026-09-04  9 银行 零钱提现"},
		{name: "Alipay's", text: "------------------------\n支付宝交易记录明细查询\n" +
			"交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号\n" +
			"2026-09-01 10:15:00,信用借还,示例借呗,x***@y.com,还款,不计收支,720.50,余额宝,还款成功,2026\t\n" +
			"2026-09-02 10:15:00,日用百货,超市,/,水,支出,3.5,花呗,交易成功,2027\t\n" +
			"2026-09-02 11:15:00,日用百货,超市,/,水,支出,3.5,花呗,交易关闭,2028\t\n",
			want: "4 2026-09-01 out 720.50 示例借呗 信用借还 还款\n5 2026-09-02 out 3.50 超市 日用百货 水"},
		{name: "two columns of sums", text: "账号：6222****1234\n记账日,交易日期,交易时间,支出,收入,账户余额,币种,摘要,对方账号,对方户名\n" +
			"20260903,20260901,10:15:00,\"1,200.00\",0.00,800.00,人民币,代扣还款,95588,示例小额贷款有限公司\n" +
			"20260903,20260902,10:15:00,,8000.00,8800.00,人民币,放款,95588,示例小额贷款有限公司\n" +
			"合计,,,1200.00,8000.00,,,,,\n",
			want: "3 2026-09-01 out 1200 示例小额贷款有限公司 代扣还款\n4 2026-09-02 in 8000 示例小额贷款有限公司 放款"},
		{name: "sums with a sign", text: "交易日期;交易金额;余额;对方户名;交易摘要\n2026/9/1;-100.00;900.00;示例贷;还款\n" +
			"2026年9月2日;50.00;950.00;某某;工资\n",
			want: "2 2026-09-01 out 100 示例贷 还款\n3 2026-09-02 in 50 某某 工资"},
		{name: "the way in a mark", text: "交易日期,借贷标志,交易金额（元）,账户余额,对方户名,附言\n2026-09-01,借,100.00,900.00,示例贷,第1期\n" +
			"2026-09-02,贷,50.00,950.00,示例贷,放款\n2026-09-03,借,壹佰,950.00,示例贷,\n",
			want: "2 2026-09-01 out 100 示例贷 第1期\n3 2026-09-02 in 50 示例贷 放款", lost: 1},
		{name: "named by income and outgo", text: "交易日期,摘要,交易金额(收入),交易金额(支出),余额,对方户名\n2026-09-01,还款,,88.80,1,示例贷\n",
			want: "2 2026-09-01 out 88.80 示例贷 还款"},
		{name: "no statement", text: "起始时间,对方号码,呼叫类型,通信时长\n2026-09-01 10:15:00,13800138000,主叫,120\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, text := range []string{row.text, inUTF16(row.text, false)} {
				s, err := Moves(strings.NewReader(text), int64(len(text)))
				if err != nil || s.said() != row.want || s.Lost != row.lost {
					t.Errorf("lost %d, %v:\n%s\nwant %d:\n%s", s.Lost, err, s.said(), row.lost, row.want)
				}
			}
			if row.want == "" {
				return
			}
			// of the rows that are wanted the lines are taken, and they are found again
			in := strings.NewReader(row.text)
			x, err := ExtractMoves(in, in.Size(), func(m Move) bool { return m.Direction == evidence.Out })
			if err != nil || string(x.Data) != linesOf(row.text, x.Lines) || x.Rows == 0 {
				t.Errorf("extract %s of %d rows, %v:\n%s", x.Lines, x.Rows, err, x.Data)
			}
		})
	}
}

// Of a page with a table the rows stand in its sheet, and an extract of them is
// what Hold finds there.
func TestMovesOfSheets(t *testing.T) {
	page := `<html><table><tr><td>账户明细</td></tr><tr><th>交易日期</th><th>交易金额</th><th>收支</th><th>余额</th>` +
		`<th>对方户名</th></tr><tr><td>2026-09-01</td><td>1,200.00</td><td>支出</td><td>1</td><td>示例贷</td></tr>` +
		`<tr><td>2026-09-02</td><td>30.00</td><td>支出</td><td>1</td><td>超市</td></tr></table></html>`
	in := strings.NewReader(page)
	s, err := Moves(in, in.Size())
	if want := "1!3 2026-09-01 out 1200 示例贷 \n1!4 2026-09-02 out 30 超市 "; err != nil || s.said() != want {
		t.Fatalf("%v:\n%s\nwant\n%s", err, s.said(), want)
	}
	x, err := ExtractMoves(in, in.Size(), func(m Move) bool { return m.Party == "示例贷" })
	if err != nil || x.Lines != "1!3" || !x.More || string(x.Data) != "1!3,,2026-09-01,\"1,200.00\",支出,1,示例贷\n" {
		t.Fatalf("%+v, %v: %s", x, err, x.Data)
	}
	differ, timed, err := Hold(in, in.Size(), "a.xls", x.Data, x.Lines)
	if err != nil || len(differ)+len(timed) > 0 {
		t.Errorf("held: %v %v %v", differ, timed, err)
	}
}

// On pages a row is where a day stands, over pages, with cells of two lines.
func TestMovesOnPages(t *testing.T) {
	p := Pages{pageOf("示例银行账户明细\n账号 6222021234 打印日期 2026-11-01\n" +
		"交易日期    交易金额   账户余额  对方户名          交易摘要\n" +
		"2026-09-01  -1,200.00  800.00   示例小额贷款      还款\n" +
		"2026-09-02  50.00      850.00   表姐              转账\n"),
		pageOf("2026-09-03  -30.00     820.00   示例担保          担保费\n\n\n\n第2页")}
	s, err := p.Moves()
	want := "1!1 2026-09-01 out 1200 示例小额贷款 还款\n1!2 2026-09-02 in 50 表姐 转账\n2!1 2026-09-03 out 30 示例担保 担保费"
	if err != nil || s.said() != want || s.Lost != 0 {
		t.Fatalf("lost %d, %v:\n%s\nwant\n%s", s.Lost, err, s.said(), want)
	}
	x, err := p.ExtractMoves(func(m Move) bool { return strings.Contains(m.Party, "示例") })
	if err != nil || x.Lines != "1!1,2!1" || !x.More ||
		string(x.Data) != "1!1,,2026-09-01,\"-1,200.00\",800.00,示例小额贷款,还款\n2!1,,2026-09-03,-30.00,820.00,示例担保,担保费\n" {
		t.Errorf("%+v, %v:\n%s", x, err, x.Data)
	}
}

// Whatever a statement holds is read or not, and stops nothing; what is taken out of
// it is in it.
func FuzzMoves(f *testing.F) {
	f.Add([]byte("交易日期,交易金额,余额,对方户名\n2026-09-01,-1,2,某\n\"2026-09-02\",\"3\n4\",5"), uint8(0))
	f.Add([]byte("交易时间;收/支;金额(元);交易对方\n2026/9/1 10:15;支出;¥1.00;\"x\n"), uint8(1))
	f.Add([]byte("<html><table><tr><td>交易日期<td>交易金额<td>余额<tr><td>45901<td>1.00<td>2</table>"), uint8(0))
	f.Add([]byte(inUTF16("交易日期\t交易金额\t余额\n20260901\t1\t2", true)), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, nth uint8) {
		in := bytes.NewReader(data)
		s, err := Moves(in, in.Size())
		if err != nil || len(s.Moves) == 0 {
			return
		}
		for _, m := range s.Moves {
			if m.Sum <= 0 || m.Day.IsZero() {
				t.Fatalf("no payment: %+v", m)
			}
		}
		want := s.Moves[int(nth)%len(s.Moves)]
		x, err := ExtractMoves(in, in.Size(), func(m Move) bool { return m.Sheet == want.Sheet && m.Line == want.Line })
		if err == nil && x.Rows == 0 {
			t.Errorf("nothing was taken of %+v", want)
		}
	})
}
