package rule

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"juzheng/evidence"
)

// A ceiling is the highest total cost a loan may have, and on what ground.
type ceiling struct {
	rate    rate
	fact    string        // condition word of the provisions that set it
	name    evidence.Text // what it is called and how it comes about
	breach  bool          // exceeding it breaks a rule; else a court lowers what it is asked to
	zone    bool          // of a private loan before 20 August 2020: beyond it nothing is owed, and nothing was broken
	checked string        // of a figure that is not in the provisions: the LPR
}

// ceilingOf is the ceiling for a lender of a licence kind and a contract of a
// day. Throughs says that the loan was taken through a platform that is not
// the lender, paid that only what was already paid is looked at. Why is set
// where there is no ceiling on record.
func ceilingOf(l evidence.Loan, licence evidence.Licence, day time.Time, through, paid bool) (c ceiling,
	why evidence.Advice) {
	date := day.Format(time.DateOnly)
	switch {
	case licence == evidence.LicenceUnknown:
		return c, evidence.Advise("没有填放款机构的类型{（lender.licence）|}，不知道适用哪个上限",
			"the lender's kind{ (lender.licence)|} is missing, so the ceiling is not known")
	case licence == evidence.NoLicence:
		return unlicensed(l, date, paid)
	case licence == evidence.Guarantee:
		return c, evidence.Advise("融资担保公司不放款，没有针对它的借款成本上限：放款机构照合同上的“贷款人”填写，担保公司收的费用写进{ loan.fees|另收的费用}",
			"a guarantee company does not lend, and no ceiling of a loan's cost names it: the lender is the "+
				"one named in the contract, and what the guarantor charged belongs under {loan.fees|fees}")
	case date < "2017-08-04":
		return c, evidence.Advise("2017年8月4日以前的借款，名录里没有可用的上限",
			"no ceiling is on record for loans before 4 August 2017")
	case licence == evidence.Bank && through && date >= "2025-10-01":
		return ceiling{rate: 24 * onePercent, fact: "facilitation", breach: true,
			name: evidence.Text{ZH: "银行互联网助贷单笔综合融资成本的界限", EN: "the line for bank loans through platforms"}}, why
	case licence == evidence.SmallLoan && date >= "2028-01-01":
		// By the end of 2027 the total cost is to come down to four times the LPR.
		return c, evidence.Advise("小额贷款公司2028年起的借款，综合融资成本的上限按计划应当已经下调，名录里没有",
			"the ceiling for loans of small-loan companies was to be lowered by 2028, and what it is now is not "+
				"on record")
	case licence == evidence.SmallLoan && date >= "2026-01-01":
		// The guideline has no public text: what courts do is said beside it, and
		// nobody is said to have broken it.
		return ceiling{rate: 24 * onePercent, fact: "small-loan-24", name: upheld}, why
	}
	// 4×LPR does not bind licensed lenders (民间借贷规定 Article 1; 法释〔2020〕27号).
	return ceiling{rate: 24 * onePercent, fact: "court-24", name: upheld}, why
}

var upheld = evidence.Text{ZH: "人民法院审理金融借款案件时支持的上限", EN: "the line up to which courts uphold financial loans"}

func unlicensed(l evidence.Loan, date string, paid bool) (c ceiling, why evidence.Advice) {
	switch {
	case date < "2015-09-01":
		return c, evidence.Advise("2015年9月1日以前的借款，名录里没有可用的上限",
			"no ceiling is on record for loans before 1 September 2015")
	case date < "2020-08-20" && paid:
		return ceiling{rate: voidAbove, fact: "old-zones", zone: true,
			name: evidence.Text{ZH: "2020年8月20日以前订立的民间借贷，约定无效的界限",
				EN: "the line beyond which private loans agreed before 20 August 2020 were void"}}, why
	case date < "2020-08-20":
		return ceiling{rate: 24 * onePercent, fact: "old-zones", zone: true,
			name: evidence.Text{ZH: "2020年8月20日以前订立的民间借贷，法院支持的上限",
				EN: "the line up to which courts uphold private loans agreed before 20 August 2020"}}, why
	}
	lpr, said, ok := lprOn(l, date)
	if !ok {
		return c, evidence.Advise("程序没有借款日（%s）的一年期 LPR；查到后{填在 case.toml 的 loan.lpr|在“您和借款”里填上}",
			"the one-year LPR of %s is not on record; put it {into loan.lpr|under “You and the loan”}").With(date)
	}
	name := evidence.Text{ZH: fmt.Sprintf("借款日一年期LPR %s%%的四倍", lpr),
		EN: fmt.Sprintf("four times the one-year LPR of %s %%", lpr)}
	checked := lprTable().Checked
	if said {
		name.ZH, name.EN, checked = name.ZH+"（LPR由本人提供）", name.EN+" (given by the person)", "person"
	}
	return ceiling{rate: 4 * lpr, fact: "four-lpr", breach: true, checked: checked, name: name}, why
}

// voidAbove is the rate beyond which the interest of a private loan before 20
// August 2020 was not owed at all: what was paid beyond it can be asked back.
const voidAbove = 36 * onePercent

// An lprData is the table of the one-year loan prime rate.
type lprData struct {
	Name      string      `json:"name"`
	Until     string      `json:"until"` // last day the table speaks of
	Checked   string      `json:"checked"`
	Source    string      `json:"source"`
	CheckedOn string      `json:"checked_on"`
	Rates     [][2]string `json:"rates"` // from this day on, per cent
}

//go:embed lpr.json
var lprJSON []byte

var lprTable = sync.OnceValue(func() lprData {
	var d lprData
	dec := json.NewDecoder(bytes.NewReader(lprJSON))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		panic("lpr.json: " + err.Error()) // embedded, and read by a test
	}
	return d
})

// lprOn is the one-year LPR in force on a day; said reports that it is the
// person's, who knows days the table does not reach.
func lprOn(l evidence.Loan, date string) (r rate, said, ok bool) {
	if r, ok := parseRate(l.LPR); ok && r > 0 {
		return r, true, true
	}
	t := lprTable()
	i, exact := slices.BinarySearchFunc(t.Rates, date,
		func(row [2]string, day string) int { return strings.Compare(row[0], day) })
	if !exact {
		i--
	}
	if i < 0 || date > t.Until {
		return 0, false, false
	}
	r, ok = parseRate(t.Rates[i][1])
	return r, false, ok
}

// parseRate reads per cent with up to four places.
func parseRate(s string) (rate, bool) {
	whole, part, _ := strings.Cut(strings.TrimRight(s, "%％ "), ".")
	if whole == "" || len(part) > 4 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(part + "0000")[:4], 10, 48)
	return rate(n), err == nil
}

// String is per cent without the sign, to two places, rounded down: 23.98,
// or 24 where none are needed.
func (r rate) String() string {
	n := int64(r) / 100
	if n%100 == 0 {
		return strconv.FormatInt(n/100, 10)
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}
