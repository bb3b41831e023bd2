package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/phrase"
)

var callerChoices = []Choice{
	{"collector", evidence.Text{ZH: "催收的", EN: "a collector"}},
	{"platform", evidence.Text{ZH: "贷款平台", EN: "the loan platform"}},
	{"lender", evidence.Text{ZH: "放款机构", EN: "the lender"}},
	{"family", evidence.Text{ZH: "家人", EN: "family"}},
	{"workplace", evidence.Text{ZH: "同事、单位", EN: "colleague or workplace"}},
	{"friend", evidence.Text{ZH: "朋友", EN: "a friend"}},
	{"service", evidence.Text{ZH: "银行、快递、验证码之类", EN: "a bank, courier, codes and the like"}},
	{"other", evidence.Text{ZH: "别的人，和借款无关", EN: "somebody else, nothing to do with the loan"}},
}

// sideOf is what case.toml calls a caller.
func sideOf(value string) evidence.Side {
	switch side := evidence.Side(value); {
	case side.Collecting(), side == evidence.EmergencySide, side == evidence.GuarantorSide, side == evidence.SelfSide:
		return side
	}
	return evidence.OtherSide
}

// A caller is what the rows hold of one number or account nobody has named.
type caller struct {
	number, account string
	name            string
	rows            []evidence.Incident
	phones          map[string]bool // phones it called; empty: the person's own
	others          bool            // one of them was said, or is named, to be somebody else's
	perDay          map[string]int  // calls
	nights, worst   int             // received at night; on one day
	claimed         int             // of rows the person takes for the collector's: nothing is shown before it is named
	demands         int             // messages that collect, or words that sound like a violation
	sample          string          // one of them
	served          string          // a message of service or marketing: a parcel, a code
	gives           string          // a collector's number that its messages tell to call
	worded          bool            // some words sound like a violation
	danger          bool            // some sound like a threat to somebody's safety
	brand           string          // 【…】 of the platform or lender
	offer           *device.Offer
	inLoan          *namedOne // by the contract
}

// telephone is a number as messages give it.
var telephone = lazyregexp.New(`1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}`)

// manyCalls is how many calls of one day do not make a number worth asking
// about yet.
const manyCalls = 3

// callers asks who numbers and accounts are that behave like a collector's.
// Those that called the person and others as well are asked about together.
func (l *lister) callers() {
	var several, loud, few, lines []*caller
	for _, c := range l.unnamed() {
		alone, dont := l.unsureOf(Caller, c.key())
		switch {
		case dont, publicLine.MatchString(c.number) && !c.worded && c.claimed == 0:
		case c.account == "" && c.atBoth() && !c.serves() && !alone && c.inLoan == nil:
			several = append(several, c)
		default:
			if why := c.why(); why.ZH != "" && !alone && l.loudAlone(c) {
				loud = append(loud, c)
			} else if why.ZH != "" {
				l.askCaller([]*caller{c}, why)
			} else if l.besideTheirs(c) {
				l.askCaller([]*caller{c}, evidence.Text{ZH: "它的来电接通过，有录音，前后不到十分钟催收的也找过您",
					EN: "a call of it was answered and recorded, within ten minutes of an act of the collector's"})
			} else if l.onAnothersPhone(c) && !alone {
				few = append(few, c)
			} else if !alone && l.landlineOfTheirs(c) {
				lines = append(lines, c)
			}
		}
	}
	if len(several) > 0 {
		l.askCaller(several, evidence.Text{
			ZH: "同一个号码既打给您，又打到别人的手机上，多半是催收的",
			EN: "the same number called you and other people too, as collectors do"})
	}
	if len(loud) >= fewestTogether {
		l.askLoud(loud)
	} else {
		for _, c := range loud {
			l.askCaller([]*caller{c}, c.why())
		}
	}
	// Which are the collector's days, and whose a phone is, decides what there is to ask.
	if len(few) > 0 && !l.callersOpen() &&
		!slices.ContainsFunc(l.out, func(q Question) bool { return q.Kind == Phone }) {
		l.askFew(few)
	}
	if len(lines) > 0 {
		l.askLines(lines)
	}
}

// otherwise asks once more of numbers and accounts that were said to be nobody's
// of the collecting side, and of which rows call something a violation: only one
// of the two is right.
func (l *lister) otherwise() {
	var all []*caller
	at := map[string]*caller{}
	for _, i := range l.Incidents {
		if !slices.ContainsFunc(l.doubts[i.ID], func(d evidence.Doubt) bool { return d.Code == evidence.CallerOther }) {
			continue
		}
		key := cmp.Or(i.Number, i.Account())
		c := at[key]
		if c == nil {
			c = &caller{number: i.Number, account: i.Account(), phones: map[string]bool{}, perDay: map[string]int{}}
			at[key], all = c, append(all, c)
		}
		c.take(l, i)
	}
	for _, c := range all {
		q := Question{Kind: Caller, About: About{Incidents: idsOf(c.rows), Account: c.account,
			Against: strings.Join(idsOf(c.rows), "、")},
			Text: evidence.Text{
				ZH: fmt.Sprintf("您说过 %s 不是催收方的，可是有 %d 行写成了它的违规（%s）。它到底是谁的？", c.label().ZH, len(c.rows),
					daysOf(c.rows)),
				EN: fmt.Sprintf("You said that %s is not the collector's, and %d rows call what came from it a "+
					"violation "+
					"(%s). Whose is it?", c.label().EN, len(c.rows), daysEN(c.rows))},
			Why: evidence.Text{ZH: "两样只有一样是对的；改成一样以前，这几行一次都不写",
				EN: "only one of the two is right, and until they agree no letter has these rows"},
			Effect: evidence.Text{ZH: "选催收的、平台或者放款机构，这几行照写；选别的，这几行就不采用了",
				EN: "as a collector, platform or lender, these rows count; as anything else, they are left out"},
			Choices: callerChoices}
		if c.number != "" {
			q.About.Numbers = []string{c.number}
		}
		l.add(q, func(value string) ([]Edit, error) {
			out := l.callerEdits([]*caller{c}, value)
			if !sideOf(value).Collecting() {
				out = append(out, cellsOf(c.rows, "use", no)...)
			}
			return out, nil
		})
	}
}

// publicLine is a number that everybody knows: police, courts, supervisors, the carriers.
// Words of one that sound like a violation are asked about all the same: a number can be put on.
var publicLine = lazyregexp.New(`^(?:110|119|120|122|123(?:09|15|21|33|45|48|63|66|68|77|78)|100(?:00|10|86|99))$`)

func (c *caller) key() string { return cmp.Or(c.number, c.account) }

// unsureOf is [lister.unsure] of a number or account.
func (l *lister) unsureOf(k Kind, subject string) (alone, dont bool) {
	for _, g := range l.Given {
		parted := g.Value == apart || strings.HasPrefix(g.Value, somePrefix)
		if g.Kind == k && (g.Value == Unknown || parted) && slices.Contains(g.Subject, subject) {
			alone, dont = true, dont || g.Value == Unknown
		}
	}
	return alone, dont
}

// unnamed gathers the numbers and accounts nobody has named, the busiest first.
func (l *lister) unnamed() []*caller {
	var out []*caller
	at := map[string]*caller{}
	for _, i := range l.Incidents {
		if i.Use != evidence.Unknown || i.Direction == evidence.Out || i.ToldBy != "" || l.named(i) ||
			asserted(i, "V10") && !l.claimed[i.ID] || l.speakerOpen(i) {
			continue
		}
		key := cmp.Or(i.Number, i.Account())
		c := at[key]
		if c == nil {
			c = &caller{number: i.Number, account: i.Account(), phones: map[string]bool{}, perDay: map[string]int{}}
			at[key], out = c, append(out, c)
		}
		c.take(l, i)
	}
	for n, o := range l.Offers {
		if c := at[cmp.Or(o.Number, o.Account)]; c != nil && o.Kind == device.OfferCaller && o.Quote != "" {
			c.offer = &l.Offers[n]
		}
	}
	named := l.namedOnes()
	for _, c := range out {
		if o, ok := named[c.number]; ok {
			c.inLoan = &o
		}
	}
	slices.SortStableFunc(out, func(a, b *caller) int {
		return cmp.Or(len(b.rows)-len(a.rows), strings.Compare(a.key(), b.key()))
	})
	return out
}

// named reports a row whose other side is known, or cannot be asked about: a
// masked number can be many.
func (l *lister) named(i evidence.Incident) bool {
	return strings.Contains(i.Number, "*") || i.Number == "" && i.Account() == "" || l.Case.SideOfWriter(i) != ""
}

func (c *caller) take(l *lister, i evidence.Incident) {
	c.rows = append(c.rows, i)
	c.name = cmp.Or(c.name, i.Name)
	if l.claimed[i.ID] {
		c.claimed++
	}
	_, phone, _ := l.owner(i)
	c.phones[phone], c.others = true, c.others || l.othersPhone(i)
	if i.Time.AtNight() && !l.unsettled(i) {
		c.nights++
	}
	if i.Kind == evidence.Call {
		c.perDay[dayOf(i)]++
		c.worst = max(c.worst, c.perDay[dayOf(i)])
	}
	if i.Kind != evidence.SMS && i.Kind != evidence.Message || phrase.Tells(l.Case, i) {
		return
	}
	for _, n := range telephone.FindAllString(i.Shown, -1) {
		if l.Case.SideOf(n).Collecting() && evidence.NormalNumber(n) != c.number {
			c.gives = n
		}
	}
	if phrase.RoleOf(i, l.hitsOf(i)) == evidence.RoleCollecting || phrase.Chases(l.Case, i) {
		c.demands++
		c.sample = cmp.Or(c.sample, short(i.Shown))
	} else if role := phrase.RoleOf(i, l.hitsOf(i)); role == evidence.RoleService || role == evidence.RoleMarketing {
		c.served = cmp.Or(c.served, short(i.Shown))
	}
	for _, w := range phrase.WordedOf(i, l.hitsOf(i)) {
		c.worded = true
		if w.Danger && !c.danger {
			c.danger, c.sample = true, w.Quote
		}
	}
	if s := i.Signature(); phrase.NamesInstitution(l.Case, s) {
		c.brand = s
	}
}

// unsettled reports a time of a phone whose clock seems to be off, and nobody
// has said whether it was.
func (l *lister) unsettled(i evidence.Incident) bool {
	return slices.ContainsFunc(i.Exhibits, func(x string) bool {
		n, ok := l.device[x]
		return ok && (l.Devices[n].Clock.Ahead != 0 && !l.Devices[n].Clock.Said ||
			l.Devices[n].Zone.Behind() != 0 && !l.Devices[n].Zone.Said)
	})
}

// atBoth reports one who called, or demanded of, the person and somebody else: bills and
// codes come to everybody.
func (c *caller) atBoth() bool {
	return c.others && len(c.phones) > 1 && len(c.perDay)+c.demands > 0
}

// serves reports a number that companies are called by, or that wrote of a parcel or a
// code: who delivers rings both the person and others, and at night.
func (c *caller) serves() bool {
	return c.demands == 0 && !c.worded && (evidence.IsService(c.number) || c.served != "")
}

// why is what makes a number worth asking about; empty: nothing does.
func (c *caller) why() evidence.Text {
	calls := 0
	for _, i := range c.rows {
		if i.Kind == evidence.Call {
			calls++
		}
	}
	switch {
	case c.offer != nil:
		return evidence.Text{ZH: "材料里写着“" + c.offer.Quote + "”（" + c.offer.Source + "）",
			EN: "a file says “" + c.offer.Quote + "” (" + c.offer.Source + ")"}
	case c.claimed > 0:
		return evidence.Text{
			ZH: fmt.Sprintf("时间线里有 %d 次写成了它的违规，却没有写明它是谁的；说清之前，信里一次都不写", c.claimed),
			EN: fmt.Sprintf("the timeline calls %d of its contacts a violation and does not say whose it is; until "+
				"then no letter has any of them", c.claimed)}
	case c.gives != "":
		return evidence.Text{ZH: "它的消息里留的电话 " + c.gives + "，是您认作催收的号码",
			EN: "its messages say to call " + c.gives + ", which you named as a collector's"}
	case c.brand != "":
		return evidence.Text{ZH: "短信的落款是【" + c.brand + "】", EN: "its messages are signed 【" + c.brand + "】"}
	case c.demands > 0:
		return evidence.Text{ZH: fmt.Sprintf("发来的消息里有 %d 条像是催款", c.demands),
			EN: fmt.Sprintf("%d of its messages read like collecting", c.demands)}
	case c.atBoth() && c.serves():
		return evidence.Text{ZH: "这个号码既打给您，也打到别人的手机上；快递、银行和各家的客服也会这样",
			EN: "it called you and somebody else too, as couriers, banks and service lines also do"}
	case c.atBoth():
		return evidence.Text{ZH: "这个号码既打给您，也打到别人的手机上", EN: "it called you and somebody else too"}
	case c.worst > manyCalls:
		return evidence.Text{ZH: fmt.Sprintf("它一天里打来过 %d 次", c.worst),
			EN: fmt.Sprintf("it called %d times on one day", c.worst)}
	case c.nights > 0 && calls > 0:
		return evidence.Text{ZH: fmt.Sprintf("它在夜里（22:00至次日8:00）打来过 %d 次", c.nights),
			EN: fmt.Sprintf("it called %d times at night (22:00 to 08:00)", c.nights)}
	}
	return evidence.Text{}
}

func (l *lister) askCaller(all []*caller, why evidence.Text) {
	q := Question{Kind: Caller, Why: why, Choices: callerChoices,
		Effect: evidence.Text{
			ZH: "选催收的、平台或者放款机构，它的来电和消息才算进次数、时间和投诉；选别的，就都不算",
			EN: "as a collector, platform or lender, its calls and messages count; as anything else, none does"}}
	var rows []evidence.Incident
	for _, c := range all {
		q.Danger = q.Danger || c.danger
		rows = append(rows, c.rows...)
		if len(all) > 1 {
			q.List = append(q.List, c.label())
		}
		if c.number != "" {
			q.About.Numbers = append(q.About.Numbers, c.number)
		}
		q.About.Account = c.account
	}
	q.About.Incidents = idsOf(rows)
	c := all[0]
	switch {
	case len(all) > 1:
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("这 %d 个号码，哪几个是催收的？不是的接着一个一个问：%s", len(all), inOrder(q.List).ZH),
			EN: fmt.Sprintf("Which of these %d numbers are a collector's? Of the others you are asked one by one: %s", len(all),
				inOrder(q.List).EN)}
		q.Parts = len(all)
		q.Choices = append(slices.Clone(callerChoices), Choice{apart, evidence.Text{ZH: "不全是同一方的，一个一个问",
			EN: "not all of one side: ask me one by one"}})
	case c.account != "":
		q.Text = evidence.Text{ZH: fmt.Sprintf("聊天里的“%s”是谁？有 %d 条消息。", c.account, len(c.rows)),
			EN: fmt.Sprintf("Who is “%s” in your chats? (%d messages)", c.account, len(c.rows))}
	default:
		q.Text = evidence.Text{ZH: fmt.Sprintf("号码 %s 是谁的？", c.label().ZH),
			EN: fmt.Sprintf("Whose is the number %s?", c.label().EN)}
	}
	if wrote := cmp.Or(c.sample, c.served); len(all) == 1 && wrote != "" {
		q.About.Quote = wrote
		q.Text.ZH += "它发来过：“" + wrote + "”"
		q.Text.EN += " It wrote: “" + wrote + "”"
	}
	if o := c.offer; o != nil && len(all) == 1 && o.Value == evidence.CollectorSide {
		q.Prefill, q.Source = "collector", evidence.Text{ZH: o.Source + "：" + o.Quote, EN: o.Source + ": " + o.Quote}
	} else if c.gives != "" && len(all) == 1 {
		q.Prefill, q.Source = "collector", why
	} else if c.brand != "" && len(all) == 1 {
		q.Prefill, q.Source = "platform", why
	}
	if o := c.inLoan; o != nil && len(all) == 1 {
		q.Choices = append(slices.Clone(callerChoices), o.choice())
		q.Why = evidence.Text{ZH: o.from.ZH + "；" + why.ZH, EN: o.from.EN + "; " + why.EN}
		if q.Prefill == "" && !c.danger && c.demands == 0 { // else what it does speaks against it
			q.Prefill, q.Source = o.choice().Value, o.from
		}
	}
	if len(all) == 1 && c.mayBeOwn() {
		q.Choices = append(slices.Clone(q.Choices), Choice{string(evidence.SelfSide),
			evidence.Text{ZH: "我自己，这是我在聊天里的名字", EN: "myself: it is my name in the chat"}})
		if c.account == (evidence.Number{Account: l.Case.Complainant.Name}).Writer() {
			q.Prefill, q.Source = string(evidence.SelfSide), evidence.Text{ZH: "和您的姓名一样", EN: "it is your name"}
		}
	}
	l.add(q, func(value string) ([]Edit, error) {
		if !strings.HasPrefix(value, somePrefix) {
			return l.callerEdits(all, value), nil
		}
		var theirs []*caller
		for n, c := range all {
			if isYes(value, n+1, len(all)) {
				theirs = append(theirs, c)
			}
		}
		return l.callerEdits(theirs, string(evidence.CollectorSide)), nil
	})
}

// mayBeOwn reports an account of a chat whose export does not say what the person wrote: it
// may be the name that they have there themselves.
func (c *caller) mayBeOwn() bool {
	return c.account != "" && !slices.ContainsFunc(c.rows, func(i evidence.Incident) bool {
		return i.Direction != evidence.DirectionUnknown
	})
}

// label is a number with what the phone calls it and how often it came.
func (c *caller) label() evidence.Text {
	s := cmp.Or(c.number, c.account)
	if c.number != "" && c.name != "" {
		s += " " + c.name
	}
	return evidence.Text{ZH: s + fmt.Sprintf("（来过%d次）", len(c.rows)), EN: s + fmt.Sprintf(" (%d times)", len(c.rows))}
}

func (l *lister) callerEdits(all []*caller, value string) []Edit {
	var out []Edit
	side := sideOf(value)
	for _, c := range all {
		out = append(out, Edit{Number: c.number, Account: c.account, Name: c.ownName(), Value: string(side)})
		for _, i := range c.rows {
			if who, _, _ := l.owner(i); side.Collecting() && who.Third() && i.Reached != who {
				out = append(out, Edit{Row: i.ID, Column: "reached", Value: string(who)})
			}
		}
	}
	return out
}

// hitsOf are the words of a row worth reading: of who seems to chase the debt, those of
// a collector.
func (l *lister) hitsOf(i evidence.Incident) []phrase.Hit {
	hits, known := l.hits[i.ID]
	if !known && i.Shown != "" && i.Direction != evidence.Out {
		from := phrase.SenderOf(l.Case, i)
		if l.Case.SideOfWriter(i) == "" && phrase.Chases(l.Case, i) {
			from = phrase.Collector
		}
		hits = phrase.Find(i.Shown, from)
		l.hits[i.ID] = hits
	}
	return hits
}

// dayOf is the day of a row in Beijing.
func dayOf(i evidence.Incident) string {
	if i.Time.IsZero() {
		return ""
	}
	return i.Time.At.In(evidence.Beijing).Format("2006-01-02")
}

// ownName is what the phone calls a number; an account is a name itself.
func (c *caller) ownName() string {
	if c.account != "" {
		return ""
	}
	if c.name == "" && c.inLoan != nil {
		return c.inLoan.name
	}
	return c.name
}
