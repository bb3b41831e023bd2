package phrase

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

var (
	// paid says of a loan that nothing is owed on it any more
	paid = lazyregexp.New(`已(?:经)?(?:全部|提前)?(?:结清|还清)|结清证明|结清成功`)
	// paidInPart says so of a month or an instalment alone
	paidInPart = lazyregexp.New(`(?:本|当|上|这|该|第?[\d一二三四五六七八九十]+)(?:个?月|期)|账单`)
	tailNumber = lazyregexp.New(`尾号[^\d]{0,4}(\d{3,6})`)
	notPaid    = lazyregexp.New(
		`(?:未|没有?|尚未|不)(?:能)?(?:全部)?(?:结清|还清)|(?:结清|还清)(?:后|以后|之后)|(?:请|尽快|立即|马上|若|如)[^，。；]{0,8}(?:结清|还清)`)
)

// Settled are the first messages received that say of a contract that it is paid;
// under no number, the first that says so of all that is owed and names none.
func Settled(c evidence.Case, rows []evidence.Incident) map[string]evidence.Incident {
	out := map[string]evidence.Incident{}
	for _, i := range rows {
		if !strings.Contains(i.Shown, "清") { // as all that paid finds: of thousands, most are not looked at
			continue
		}
		if i.Direction == evidence.Out || i.Use == evidence.No || i.Time.IsZero() || !paid.MatchString(i.Shown) ||
			notPaid.MatchString(i.Shown) ||
			c.SideOfWriter(i) != evidence.CollectorSide && !NamesInstitution(c, i.Signature()) {
			continue
		}
		named := ContractsIn(i.Shown)
		if len(named) == 0 && !paidInPart.MatchString(i.Shown) {
			named = []string{""}
		}
		for _, n := range named {
			if first, known := out[n]; !known || i.Time.At.Before(first.Time.At) {
				out[n] = i
			}
		}
	}
	return out
}

// PaidBy is the message by which, of a demand, its loan was paid before; not ok: none
// says so. One that names no contract speaks of any, unless their cards differ; a demand
// that names none, and a call, are of the case's own.
func PaidBy(c evidence.Case, i evidence.Incident,
	settled map[string]evidence.Incident) (by evidence.Incident, ok bool) {
	named := ContractsIn(i.Shown)
	if own := strings.TrimSpace(c.Loan.Contract); len(named) == 0 && own != "" {
		if by, ok := settled[own]; ok && i.Time.At.After(by.Time.At) {
			return by, true
		}
	}
	for _, n := range named {
		if by, ok := settled[n]; ok && i.Time.At.After(by.Time.At) {
			return by, true
		}
	}
	by, ok = settled[""]
	if !ok || len(named) > 0 || !i.Time.At.After(by.Time.At) {
		return by, false
	}
	card, own := tailNumber.FindStringSubmatch(i.Shown), tailNumber.FindStringSubmatch(by.Shown)
	return by, card == nil || own == nil || card[1] == own[1]
}

// Receipts are the messages by which the loans of demands were paid that the person named
// as such (V20b), each once: what shows that nothing was owed any more. One that is
// itself in doubt shows nothing, nor one that no file holds.
func Receipts(c evidence.Case, demands, rows []evidence.Incident, doubts []evidence.Doubt) []evidence.Incident {
	demands = slices.DeleteFunc(slices.Clone(demands),
		func(i evidence.Incident) bool { return !slices.Contains(i.Asserted, "V20b") })
	if len(demands) == 0 {
		return nil
	}
	var out []evidence.Incident
	settled := Settled(c, rows)
	for _, i := range demands {
		by, ok := PaidBy(c, i, settled)
		if !ok || len(by.Exhibits) == 0 || !by.Made() ||
			slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Incident == by.ID }) ||
			slices.ContainsFunc(out, func(o evidence.Incident) bool { return o.ID == by.ID }) {
			continue
		}
		out = append(out, by)
	}
	return out
}

// DunsSettled reports what may ask to pay a loan that by then was paid: of a contract
// it names, as a message said before; or of the case's own loan, by such a message or
// by the day on which the case says that it was settled. A demand need not name the
// debt, and of a call that the collector made and somebody answered nobody but the
// person knows what it was for: both are asked about. What the person named or ruled
// out is none to ask about, nor is it a contact's to say that a debt is paid.
func DunsSettled(c evidence.Case, i evidence.Incident, settled map[string]evidence.Incident) bool {
	if !cameSettled(c, i, settled) {
		return false
	}
	switch i.Kind {
	case evidence.SMS, evidence.Message:
		return !paid.MatchString(i.Shown) && RoleOf(i, Find(i.Shown, Collector)) == evidence.RoleCollecting
	case evidence.Call: // one that nobody answered asked for nothing
		return i.Direction == evidence.In && i.Answered == evidence.Yes && i.Seconds > 0 && !i.Reached.Third() &&
			c.SideOfWriter(i) == evidence.CollectorSide
	}
	return false
}

// RingsSettled reports a call of the collector that nobody answered and that came when the
// case's own loan was paid. It asked for nothing; but whether a number rings for that loan
// alone the person knows.
func RingsSettled(c evidence.Case, i evidence.Incident, settled map[string]evidence.Incident) bool {
	return i.Kind == evidence.Call && i.Direction == evidence.In && i.Answered == evidence.No && !i.Reached.Third() &&
		c.SideOfWriter(i) == evidence.CollectorSide && cameSettled(c, i, settled)
}

// cameSettled reports what is of the matter and came when its loan was paid, and what the
// person has neither named nor ruled out as a demand for it.
func cameSettled(c evidence.Case, i evidence.Incident, settled map[string]evidence.Incident) bool {
	ofIt := func(b evidence.Breach) bool { return b.Rule() == "V20" }
	if c.Complainant.Kind == evidence.Contact || i.Direction == evidence.Out || i.Time.IsZero() || i.ToldBy != "" ||
		!c.Concerns(i) || slices.ContainsFunc(i.Asserted, ofIt) || slices.ContainsFunc(i.Denied, ofIt) {
		return false
	}
	_, before := PaidBy(c, i, settled)
	return before || afterSettled(c, i)
}

var (
	// settledOn says on which day a loan was paid: the day before the word or behind it
	settledOn = lazyregexp.New(
		`(?:于|在|^|[，。；：:\s])(?:(20\d\d)[-年/.])?(\d{1,2})[-月/.](\d{1,2})日?[^，。；\n]{0,8}(?:结清|还清)|` +
			`(?:结清|还清)(?:日期|时间|日)[:：\s]{0,2}(?:为)?(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})`)
	certificate = lazyregexp.New(`(?m)^\s*(?:贷款|借款|信用卡|个人贷款)?结清证明\s*(?:[:：]|$)|` +
		`(?:贷款|借款|欠款)[^，。；\n]{0,12}已(?:经)?(?:全部|提前)?(?:结清|还清)`)
)

// SettledDay is the day on which words say that a loan was paid; zero if they name none.
// Of a day without a year it is the last before they were written.
func SettledDay(words string, written time.Time) time.Time {
	m := settledOn.FindStringSubmatch(words)
	if m == nil {
		return time.Time{}
	}
	year, month, date := m[1], m[2], m[3]
	if m[4] != "" {
		year, month, date = m[4], m[5], m[6]
	}
	yearless := year == ""
	if yearless {
		if written.IsZero() {
			return time.Time{}
		}
		year = strconv.Itoa(written.In(evidence.Beijing).Year())
	}
	day, err := time.ParseInLocation("2006-1-2", year+"-"+month+"-"+date, evidence.Beijing)
	switch {
	case err != nil:
		return time.Time{}
	case yearless && day.After(written):
		return day.AddDate(-1, 0, 0)
	}
	return day
}

// SaysPaid reports a paper that says that a loan was paid.
func SaysPaid(words string) bool {
	return certificate.MatchString(words) && !notPaid.MatchString(words)
}

// afterSettled reports what came after the day on which the case says that its own
// loan was settled, and names no other contract.
func afterSettled(c evidence.Case, i evidence.Incident) bool {
	day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(c.Loan.Settled), evidence.Beijing)
	if err != nil || i.Time.At.Before(day.AddDate(0, 0, 1)) {
		return false
	}
	named := ContractsIn(i.Shown)
	return len(named) == 0 || slices.Contains(named, c.Loan.Contract)
}

var (
	// entrusted says who collects for another
	entrusted = lazyregexp.New(`([\p{Han}（）()]{2,24}(?:公司|律师事务所|律所|调解中心|事务所))[^。；！]{0,6}(?:受|接受|系)[^，。；！]{2,24}委托`)
	onBehalf  = lazyregexp.New(`(?:受|接受|经)[^，。；！]{2,24}委托|(?:移交|转交|委托|交由)(?:给|至|到)?(?:我司|我公司|本公司|我方|我中心|我所)`)
	firmLead  = lazyregexp.New(`^.*(?:我是|这里是|这边是|您好|你好|我们是|现由|已委托)`)
)

// AgencyIn is who by the words of a message collects for another: by name, or by the
// name it is signed with; empty: the words say nothing of it.
func AgencyIn(i evidence.Incident) string {
	if m := entrusted.FindStringSubmatch(i.Shown); m != nil {
		if name := firmLead.ReplaceAllString(m[1], ""); !strings.HasPrefix(name, "我") && !strings.HasPrefix(name, "本") {
			return name
		}
	}
	if onBehalf.MatchString(i.Shown) {
		return i.Signature()
	}
	return ""
}
