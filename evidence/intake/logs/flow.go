package logs

import (
	"io"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// Bank statements and the bills of Alipay and WeChat have a time, a number and an
// amount in each row: cells like those of a list of calls. What tells them is
// their head.

// flowHeads are words that head a column of payments, and no column of calls.
var flowHeads = lazyregexp.New(`^(?:(?:交易|记账|入账|发生|收入|支出|借方|贷方)(?:发生)?(?:金额|额)|收/支|收支(?:类型)?|借贷(?:标志)?|` +
	`(?:账户|可用|本次|交易后)?余额|(?:交易|商户|商家|记账)(?:订单|流水)?号|对方(?:账号|账户|户名|开户行)|交易(?:对方|对手|摘要|渠道)|支付方式|收付款方式)(?:[（(].*)?$`)

// leastFlowHeads is how many of them make a statement: a carrier's bill has a
// balance too.
const leastFlowHeads = 2

// isFlow reports the first rows of a table of payments.
func isFlow(rows [][]string) bool {
	for _, row := range rows {
		n := 0
		for _, cell := range row {
			if flowHeads.MatchString(strings.Join(strings.Fields(strings.Trim(cell, "\ufeff\"'")), "")) {
				n++
			}
		}
		if n >= leastFlowHeads {
			return true
		}
	}
	return false
}

// IsFlow reports a table of payments: a bank's statement, or a bill of a payment
// program. No row of it is a call.
func IsFlow(r io.ReaderAt, size int64) bool {
	f := open(r, size)
	if g, err := openGrid(f); err == nil {
		for _, sheet := range g.sheets {
			var rows [][]string
			_ = sheet.rows(func(row tableRow) error { // of one that is cut, what is whole
				if rows = append(rows, row.cells); len(rows) == headLines {
					return errEnough
				}
				return nil
			})
			if isFlow(rows) {
				return true
			}
		}
		return false
	}
	if !f.isText {
		return false
	}
	rows, _ := headRows(f.text)
	return isFlow(rows)
}

// IsFlow reports pages that hold such a table.
func (p Pages) IsFlow() bool {
	for _, words := range p {
		for _, line := range lines(words) {
			var cells []string
			for _, w := range line {
				cells = append(cells, w.Text)
			}
			if isFlow([][]string{cells}) {
				return true
			}
		}
	}
	return false
}
