package desk

import (
	"regexp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// A Holds tells, before a copy is written, what of others it holds, so that it
// can be left out.
type Holds struct {
	Others   Held // numbers of others: neither the complainant's own nor of a side that collects
	Codes    Held // messages with a verification code
	Advisers Held // calls to or from police, courts, legal aid and lawyers
}

// Held is how many there are, and in which exhibits.
type Held struct {
	Count    int
	Exhibits []string
}

// Code names the notice.
func (Holds) Code() string { return "holds" }

var (
	verificationCode = regexp.MustCompile(
		`(验证码|校验码|动态码|动态密码)[^0-9]{0,12}[0-9]{4,8}|[0-9]{4,8}[^0-9]{0,8}(验证码|校验码|动态码|动态密码)`)
	adviserNumber = regexp.MustCompile(`^(110|122|12348|12368|12309|12378|12345)$`)
	adviserName   = regexp.MustCompile(`律师|法律援助|法援|派出所|公安|民警|警官|法院|法官`)
)

// holds counts what a copy with these exhibits (nil: all) holds of others, by
// the rows that were read out of them.
func holds(c evidence.Case, rows []evidence.Incident, keep []string) (out Holds) {
	numbers := map[string]bool{}
	for _, i := range rows {
		from := i.Exhibits
		if keep != nil {
			from = slices.DeleteFunc(slices.Clone(from), func(e string) bool { return !slices.Contains(keep, e) })
		}
		if len(from) == 0 {
			continue
		}
		n := evidence.NormalNumber(i.Number)
		side := c.SideOfWriter(i)
		theirs := side == evidence.SelfSide || side == evidence.CollectorSide
		if adviserNumber.MatchString(n) || !theirs && adviserName.MatchString(i.Name) {
			out.Advisers.add(1, from)
		}
		if verificationCode.MatchString(i.Shown) {
			out.Codes.add(1, from)
		}
		if len(n) >= 7 && !theirs && !evidence.IsService(n) && !strings.Contains(n, "*") {
			more := 0
			if !numbers[n] {
				numbers[n], more = true, 1
			}
			out.Others.add(more, from)
		}
	}
	return out
}

func (h *Held) add(n int, exhibits []string) {
	h.Count += n
	for _, e := range exhibits {
		if !slices.Contains(h.Exhibits, e) {
			h.Exhibits = append(h.Exhibits, e)
		}
	}
	slices.Sort(h.Exhibits)
}

// tellHolds tells what a copy will hold, where it holds something of others.
// A case that cannot be read now is no reason not to hand over what is sealed.
func tellHolds(d Desk, f *folder.Folder, keep []string) {
	c, err := f.ReadCase()
	if err != nil {
		return
	}
	rows, err := f.Timeline()
	if err != nil {
		return
	}
	if h := holds(c, rows, keep); h.Others.Count+h.Codes.Count+h.Advisers.Count > 0 {
		d.tell(h)
	}
}
