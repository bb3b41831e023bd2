package rule

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"juzheng/evidence"
)

// A Provision is one record of the statute table: one provision, or the part
// of a rule that bears on one kind of violation. Facts and check marks are
// data, so that a person can check them without reading code.
type Provision struct {
	ID        string             `json:"id"`
	Registry  string             `json:"registry"` // the rule it is of: CC, PSA25 …
	Name      string             `json:"name"`
	Document  string             `json:"document"` // only if that number was checked
	Issuer    string             `json:"issuer"`
	Rank      evidence.Rank      `json:"rank"`
	From      string             `json:"from"`      // first day in force
	Until     string             `json:"until"`     // last day in force; empty: in force
	Successor string             `json:"successor"` // registry id
	Article   string             `json:"article"`   // tier A only
	Substance evidence.Text      `json:"substance"` // our own words
	Tier      evidence.Tier      `json:"tier"`
	Checked   string             `json:"checked"` // VT text read, VR reported, FM-… from memory
	Source    string             `json:"source"`
	CheckedOn string             `json:"checked_on"`
	AppliesTo []evidence.Licence `json:"applies_to"` // empty: every lender
	Rules     []string           `json:"rules"`
	// Condition is what must be true of the act or the case, in words of the
	// rules ([holds]): repeated, calls, safety, borrower … Some words no act of
	// a letter ever fulfils: police (criminal law, for the police alone), court
	// (claims and evidence before a court), route (where to turn, for advice),
	// counted (a number of items that only an inquiry can establish), harm (damage,
	// or how grave it was, which a court or an inquiry finds). Three are
	// no facts and only mark a record: member (a rule of an association),
	// general and claim ([evidence.Citation]). A record of no rule, with the word
	// procedure, is about terms and where to turn.
	Condition string `json:"condition"`
	// Origin is the user's own file it came from; empty: it is of this table.
	Origin string `json:"-"`
	// Lowered says that the user's file claims tier A, which its records never have.
	Lowered bool `json:"-"`
}

//go:embed statutes.json
var statutesJSON []byte

// The provisions on what a loan may cost, which are chosen by the contract's
// date and the lender's licence, stand in a file of their own.
//
//go:embed statutes_cost.json
var costStatutesJSON []byte

// Statutes returns the whole table.
var Statutes = sync.OnceValue(func() []Provision {
	var all []Provision
	for _, data := range [][]byte{statutesJSON, costStatutesJSON} {
		var part []Provision
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&part); err != nil {
			panic("statutes: " + err.Error()) // embedded, and read by a test
		}
		all = append(all, part...)
	}
	return all
})

// A table is what may be cited in a case.
type table []Provision

// has reports whether a condition word stands in the record.
func (p Provision) has(word string) bool { return slices.Contains(strings.Fields(p.Condition), word) }

// inForce reports whether p was in force on a day, yyyy-mm-dd.
func (p Provision) inForce(day string) bool {
	return p.From <= day && (p.Until == "" || day <= p.Until)
}

// cite returns what may be printed for one kind of violation, an act on a
// day, and a lender. Facts are the conditions the case fulfils. Without the
// fact police nothing of the criminal law is among them: that is cited to
// nobody but the police.
func (t table) cite(rule string, day time.Time, lender evidence.Licence, facts ...string) []evidence.Citation {
	return t.citeAny(rule, day, lender, [][]string{facts})
}

// citeAny is cite for an act that is of its kind in several ways, each with its facts.
func (t table) citeAny(rule string, day time.Time, lender evidence.Licence, readings [][]string) []evidence.Citation {
	date := day.In(evidence.Beijing).Format(time.DateOnly)
	open := slices.ContainsFunc(readings, func(facts []string) bool { return slices.Contains(facts, openScope) })
	var out []evidence.Citation
	for _, p := range t {
		if !slices.Contains(p.Rules, rule) || !p.inForce(date) || !holdsAny(p.Condition, readings) {
			continue
		}
		if len(p.AppliesTo) > 0 && !slices.Contains(p.AppliesTo, lender) {
			continue
		}
		c := p.citation()
		if p.has("network") && open {
			c.Substance.ZH, c.Substance.EN = evidence.OpenScope.ZH+c.Substance.ZH, evidence.OpenScope.EN+" "+
				c.Substance.EN
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b evidence.Citation) int { return rankOrder(a.Rank) - rankOrder(b.Rank) })
	return out
}

// forPolice is what the police apply to an act: public security law, and the
// criminal law.
func (t table) forPolice(rule string, day time.Time, readings [][]string) []evidence.Citation {
	asked := make([][]string, len(readings))
	for n, facts := range readings {
		asked[n] = append(slices.Clone(facts), "police")
	}
	all := t.citeAny(rule, day, evidence.LicenceUnknown, asked)
	return slices.DeleteFunc(all, func(c evidence.Citation) bool {
		registry, _, _ := strings.Cut(c.ID, "-")
		return !slices.Contains([]string{"PSA12", "PSA25", "CL"}, registry)
	})
}

func (p Provision) citation() evidence.Citation {
	c := evidence.Citation{
		ID: p.ID, Name: p.Name, Document: p.Document, Rank: p.Rank, Tier: p.Tier, Substance: p.Substance,
		From: p.From, Until: p.Until, Checked: p.Checked, CheckedOn: p.CheckedOn, General: p.has("general"),
		Claim: p.has("claim"), Origin: p.Origin,
	}
	if p.Tier == evidence.TierA {
		c.Article = p.Article
	}
	if p.has("member") {
		// It binds members of the association; whether this lender is one the
		// case does not say.
		c.Substance = evidence.Text{ZH: "（适用于" + p.Issuer + "会员单位）" + p.Substance.ZH, EN: "(binds members of " +
			associations[p.Issuer] + ") " + p.Substance.EN}
	}
	return c
}

var associations = map[string]string{"中国银行业协会": "the China Banking Association",
	"中国互联网金融协会": "the National Internet Finance Association"}

var ranks = []evidence.Rank{
	evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret, evidence.DepartmentalRule,
	evidence.JudicialPolicy,
	evidence.NormativeDocument, evidence.RecommendedStandard, evidence.SelfDiscipline,
}

func rankOrder(r evidence.Rank) int { return slices.Index(ranks, r) }

// wording says how strongly the cited rules let a letter speak. A recommended
// standard is only encouraged (标准化法 Article 2): what breaks nothing else is
// never called unlawful, whatever law protects in general. What rests on
// memory says nothing, as in the letters.
func wording(cs []evidence.Citation) evidence.Text {
	var zh, en []string
	add := func(z, e string) {
		if !slices.Contains(zh, z) {
			zh, en = append(zh, z), append(en, e)
		}
	}
	for _, c := range cs {
		if c.General || c.Claim || !c.Read() {
			continue // not what is broken, or not known well enough to say so
		}
		switch c.Rank {
		case evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret:
			add("涉嫌违反法律规定", "appears to breach the law")
		case evidence.DepartmentalRule, evidence.NormativeDocument:
			add("涉嫌违反监管规定", "appears to breach regulatory rules")
		case evidence.RecommendedStandard:
			if c.Conditional() {
				add("如适用，不符合推荐性国家标准", "where it applies, does not meet a recommended national standard")
				continue
			}
			add("不符合推荐性国家标准", "does not meet a recommended national standard")
		case evidence.SelfDiscipline:
			add("违反行业自律规范", "breaches the industry's self-discipline rules")
		}
	}
	if slices.ContainsFunc(cs, func(c evidence.Citation) bool { return c.General }) {
		add("涉嫌侵扰私人生活安宁", "appears to disturb the peace of private life")
	}
	if len(zh) == 0 && slices.ContainsFunc(cs,
		func(c evidence.Citation) bool { return !c.Claim && c.Rank != evidence.JudicialPolicy }) {
		add("请对照所列规定核查", "to be looked at in the light of the rules cited")
	}
	return evidence.Text{
		ZH: strings.ReplaceAll(strings.Join(zh, "，"), "涉嫌违反法律规定，涉嫌违反监管规定", "涉嫌违反法律规定、监管规定"),
		EN: strings.Join(en, "; ")}
}

// sixMonths is the provision by which the police no longer punish what they
// did not learn of in time, for an act of a day.
func (t table) sixMonths(day time.Time) string {
	date := day.In(evidence.Beijing).Format(time.DateOnly)
	for _, p := range t {
		if p.has("six-months") && p.inForce(date) {
			return provisions([]evidence.Citation{p.citation()})
		}
	}
	return ""
}
