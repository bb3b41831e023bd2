package phrase

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Lenders says whether others than the case's own lender collect on a phone, and who of
// those that collect is shown to do it for the case's own.
type Lenders struct {
	Others []string // as messages sign, or as their words have it; none: nobody is to be asked
	// Strange are names that tell no lender, under which a loan behind time is asked for and
	// that never name the case's own: whose they are the person says.
	Strange []string

	kase evidence.Case
	own  map[string]bool // numbers and accounts shown to collect for the case's own
	both map[string]bool // gateways: what they sign with another's name is that one's, and no more
	sums []string        // that only the case's own lender asks for
}

var (
	// lends are names of who lends; a firm that collects can do it for several.
	lends = lazyregexp.New(`银行|消费金融|消金|小额贷款|小贷|信托|信用卡|白条|金条|网商贷|微粒贷`)
	// behind are words of a debt that was not paid in time: before, nobody collects.
	behind = lazyregexp.New(`逾期|拖欠|欠款|欠费|未还|未偿还|未结清|催收|催缴|尽快还|立即还|违约`)
	sum    = lazyregexp.New(`[¥￥]\s*(\d[\d,，]*(?:\.\d{1,2})?)|(\d[\d,，]*(?:\.\d{1,2})?)\s*[元块]`)
)

// LendersOf finds the lenders that rows speak for, and who is shown to collect for the
// case's own: by a name that a message is signed with or that the words, or what the phone
// calls the number, have; by the contract; by a sum; by a message of the lender's that
// tells to call the number. While the case names neither platform nor lender, none is other.
func LendersOf(c evidence.Case, rows []evidence.Incident) Lenders {
	r := Lenders{kase: c, own: map[string]bool{}, both: map[string]bool{}}
	if !c.Platform.Known() && !c.Lender.Known() ||
		!slices.ContainsFunc(c.Numbers, func(n evidence.Number) bool { return n.Side.Collecting() }) {
		return r
	}
	mine, others := map[string]bool{}, map[string]bool{}   // sums
	theirs := map[string]bool{}                            // who speaks for another
	ours := map[string]bool{}                              // who speaks for the case's own
	gives := map[string]bool{}                             // numbers that messages of the case's own lender name
	asks := map[string]bool{}                              // signatures, whether a debt is asked for under them
	strange, named := map[string]bool{}, map[string]bool{} // signatures; those whose words name the case's own
	for _, i := range rows {
		if i.Direction == evidence.Out || i.ToldBy != "" || i.Shown == "" {
			continue
		}
		s := i.Signature()
		if s == "" && !c.SaidOf(i).Collecting() {
			continue
		}
		if r.names(i) {
			ours[writerOf(i)], named[s] = true, true
			addSums(mine, i.Shown)
			for _, n := range telephones.FindAllString(i.Shown, -1) {
				gives[evidence.NormalNumber(n)] = true
			}
			continue
		}
		other := ""
		if n, said := r.number(i); said && strings.HasPrefix(n.Name, evidence.OfOtherCase) && s != "" {
			other = s // it was parted from this case
		} else if isLender(s) && !OwnBrand(c, s) {
			if !asks[s] && behind.MatchString(i.Shown) {
				asks[s] = RoleOf(i, Find(i.Shown, SenderOf(c, i))) == evidence.RoleCollecting
			}
			if asks[s] {
				other = s
			}
		} else if r.duns(i) {
			if n, said := r.number(i); said && n.For == evidence.ForOther { // they said so
				other = s
			} else {
				strange[s] = true
			}
		} else if c.SaidOf(i).Collecting() && i.Use != evidence.Yes { // else they said that it is this loan
			other = OtherLender(c, i.Shown)
		}
		if other == "" {
			continue
		}
		addSums(others, i.Shown)
		if !slices.Contains(r.Others, other) {
			r.Others = append(r.Others, other)
		}
		theirs[writerOf(i)] = true
	}
	for s := range strange {
		if !named[s] && !slices.Contains(r.Others, s) {
			r.Strange = append(r.Strange, s)
		}
	}
	slices.Sort(r.Strange)
	if len(r.Others)+len(r.Strange) == 0 {
		return r
	}
	slices.Sort(r.Others)
	for who := range ours {
		r.both[who] = theirs[who]
	}
	for _, s := range []string{c.Loan.Overdue, c.Loan.Principal, c.Loan.Received} {
		addSums(mine, s+"元")
	}
	for s := range mine {
		if !others[s] {
			r.sums = append(r.sums, s)
		}
	}
	for _, n := range c.Numbers {
		who := n.Writer()
		r.own[who] = n.For == evidence.ForThis || r.speaksFor(n.Name) || gives[who]
	}
	for _, i := range rows {
		if who := writerOf(i); who != "" && i.Direction != evidence.Out && !r.own[who] && !theirs[who] &&
			c.SaidOf(i).Collecting() {
			r.own[who] = r.names(i)
		}
	}
	return r
}

// Doubtful reports an act of who collects, nobody knows for which of several lenders.
// One who signs with another lender's name is no service of the case's own, whatever the
// person called the number.
func (r Lenders) Doubtful(i evidence.Incident) bool {
	if len(r.Others)+len(r.Strange) == 0 || i.ToldBy != "" || !r.kase.SideOfWriter(i).Collecting() || r.names(i) {
		return false
	}
	n, said := r.number(i)
	switch other := slices.Contains(r.Others, i.Signature()); {
	case !said, n.For != "": // the telephone of one of the case's companies
		return false
	case other:
		return !r.both[writerOf(i)]
	case slices.Contains(r.Strange, i.Signature()), r.calledOther(i):
		return !r.own[writerOf(i)]
	case len(r.Others) == 0, n.Side != evidence.CollectorSide:
		return false
	}
	return !r.own[writerOf(i)]
}

// calledOther reports an account that is called after another lender: 借满满王经理.
func (r Lenders) calledOther(i evidence.Incident) bool {
	return slices.ContainsFunc(r.Names(), func(name string) bool {
		return len([]rune(name)) > 1 && strings.Contains(i.Name, name)
	})
}

// Names are all that are not the case's own, as far as anybody can tell.
func (r Lenders) Names() []string { return slices.Concat(r.Others, r.Strange) }

// owed are words of a loan that somebody took.
var owed = lazyregexp.New(`借款|贷款|借贷|账单|账款|分期|本期|本息|欠款|还款`)

// duns reports a message that asks for a loan behind time under a name that is neither the
// case's own nor that of a firm that collects, of a court or of who mediates: what it is called
// tells no lender, and what it does is a lender's.
func (r Lenders) duns(i evidence.Incident) bool {
	s := i.Signature()
	if s == "" || OwnBrand(r.kase, s) || collecting.MatchString(s) || organ.MatchString(s) || mediation.MatchString(s) {
		return false
	}
	return owed.MatchString(i.Shown) && behind.MatchString(i.Shown) &&
		RoleOf(i, Find(i.Shown, SenderOf(r.kase, i))) == evidence.RoleCollecting
}

// Theirs is the other lender that a message of a gateway is signed with, which sends for
// the case's own too; empty: it is no such message.
func (r Lenders) Theirs(i evidence.Incident) string {
	if s := i.Signature(); r.both[writerOf(i)] && slices.Contains(r.Others, s) {
		return s
	}
	return ""
}

// Own reports a number or account that is shown to collect for the case's own lender.
func (r Lenders) Own(who string) bool { return r.own[who] }

// number is what the case says of the number or account of an act.
func (r Lenders) number(i evidence.Incident) (evidence.Number, bool) {
	n := slices.IndexFunc(r.kase.Numbers, func(n evidence.Number) bool { return n.Writer() == writerOf(i) })
	if n < 0 {
		return evidence.Number{}, false
	}
	return r.kase.Numbers[n], true
}

// names reports an act that is shown to be for the case's own lender by itself.
func (r Lenders) names(i evidence.Incident) bool {
	if OwnBrand(r.kase, i.Signature()) || r.speaksFor(i.Shown) || r.speaksFor(i.Name) {
		return true
	}
	if contract := r.kase.Loan.Contract; len(contract) >= 6 && strings.Contains(i.Shown, contract) {
		return true
	}
	return len(r.sums) > 0 && slices.ContainsFunc(sumsIn(i.Shown), func(s string) bool {
		return slices.Contains(r.sums, s)
	})
}

// speaksFor reports words that name the platform or lender of the case, or who has the
// claim or collects for them.
func (r Lenders) speaksFor(s string) bool {
	if s == "" {
		return false
	}
	for _, p := range []evidence.Party{r.kase.Platform, r.kase.Lender, r.kase.Agency, r.kase.Assignee} {
		for _, name := range []string{coreOf(p.Brand), lenderForm.ReplaceAllString(p.Name, "")} {
			if len([]rune(name)) > 1 && strings.Contains(s, name) {
				return true
			}
		}
	}
	core := firmCore(r.kase.Assignee.Name)
	return core != "" && strings.Contains(s, core)
}

var (
	firmBusiness = lazyregexp.New(`(?:融资|非融资)?(?:担保|资产|法务|咨询|商务|信息|科技|网络|金融|投资|数据).*$`)
	placeBefore  = lazyregexp.New(`^.{2,3}(?:省|市)|^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|` +
		`河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|深圳|广州|杭州|长沙|成都|武汉|南京)`)
)

// firmCore is what a firm that took over a claim is called in short: 盛保 of 广西盛保融资担保有限公司.
// Empty where that is not two characters at least.
func firmCore(name string) string {
	core := firmBusiness.ReplaceAllString(name, "")
	if core == name {
		return ""
	}
	if core = placeBefore.ReplaceAllString(core, ""); len([]rune(core)) < 2 {
		return ""
	}
	return core
}

// OwnBrand reports a name of the case's own platform or lender, or of who has the claim
// or collects for them.
func OwnBrand(c evidence.Case, name string) bool {
	for _, p := range []evidence.Party{c.Assignee, c.Agency} {
		if name != "" && name == p.Brand || len([]rune(name)) > 1 && strings.Contains(p.Name, name) {
			return true
		}
		if core := firmCore(name); core != "" && core == firmCore(p.Name) { // 盛保担保
			return true
		}
	}
	return NamesInstitution(c, name)
}

// isLender reports a signature of who lends, as far as a name tells.
func isLender(s string) bool {
	return s != "" && (lends.MatchString(s) || brandTail.MatchString(s)) && !collecting.MatchString(s) &&
		!organ.MatchString(s) && !mediation.MatchString(s)
}

// coreOf is a brand without what many brands end in.
func coreOf(brand string) string {
	if core := brandTail.ReplaceAllString(brand, ""); len([]rune(core)) > 1 {
		return core
	}
	return brand
}

// telephones are numbers as messages give them.
var telephones = lazyregexp.New(`1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3,4}[- ]?\d{3,4}`)

// sumsIn are the sums that words name and that no two debts are likely to have: round
// ones are left out.
func sumsIn(s string) []string {
	var out []string
	for _, m := range sum.FindAllStringSubmatch(s, -1) {
		whole, cents, _ := strings.Cut(strings.NewReplacer(",", "", "，", "").Replace(m[1]+m[2]), ".")
		cents = strings.TrimRight(cents, "0")
		if len(whole) < 3 || len(whole) > 7 || cents == "" && strings.HasSuffix(whole, "00") {
			continue
		}
		out = append(out, strings.TrimRight(whole+"."+cents, "."))
	}
	return out
}

func addSums(to map[string]bool, s string) {
	for _, x := range sumsIn(s) {
		to[x] = true
	}
}

// writerOf is the number or account an act came from, in the form they are compared in.
func writerOf(i evidence.Incident) string {
	return cmp.Or(evidence.NormalNumber(i.Number), i.Account())
}
