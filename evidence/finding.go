package evidence

import (
	"fmt"
	"slices"
	"strings"
)

// A Rank is the standing of a rule. It decides how strongly a letter may
// speak (LAW: a recommended standard is not a law).
type Rank string

// The ranks, highest first.
const (
	Law                 Rank = "law"                     // 法律
	AdminRegulation     Rank = "administrative-rule"     // 行政法规
	JudicialInterpret   Rank = "judicial-interpretation" // 司法解释
	JudicialPolicy      Rank = "judicial-policy"         // 司法政策: how courts decide; binds nobody else
	DepartmentalRule    Rank = "departmental-rule"       // 部门规章
	NormativeDocument   Rank = "normative-document"      // 规范性文件
	RecommendedStandard Rank = "recommended-standard"    // 推荐性国家标准
	SelfDiscipline      Rank = "self-discipline"         // 行业自律规范
)

// A Tier says what may be printed of a rule: A name and article, B name and
// substance only. Tier C is never printed and has no value here.
type Tier string

// The printable tiers.
const (
	TierA Tier = "A"
	TierB Tier = "B"
)

// A Citation 依据 is one provision as it may be printed.
type Citation struct {
	ID        string `json:"id"`       // registry id and article: "CC-1032"
	Name      string `json:"name"`     // full name without 《》
	Document  string `json:"document"` // document number; empty: not printed
	Article   string `json:"article"`  // 第一千零三十二条; empty unless Tier is A
	Rank      Rank   `json:"rank"`
	Tier      Tier   `json:"tier"`
	Substance Text   `json:"substance"` // one sentence in our own words
	From      string `json:"in_force_from"`
	Until     string `json:"in_force_until,omitempty"` // last day in force; empty: in force
	Checked   string `json:"checked"`                  // VT, VR, [Weak], FM-H, FM-M, or [ByUser]
	CheckedOn string `json:"checked_on"`
	// General marks a law or rule that protects the peace of private life and
	// sets neither hours nor numbers: where those come from a standard,
	// breaking the standard is not called a breach of that law.
	General bool `json:"general,omitempty"`
	// Claim marks what a law lets the person claim for a breach, such as an
	// apology: it belongs in a 投诉 and not in a 举报, which claims nothing.
	Claim bool `json:"claim,omitempty"`
	// Origin is the file of the user's own that the provision came from; empty:
	// it is of the program's table.
	Origin string `json:"origin,omitempty"`
}

// Weak marks a provision that single reports and memory agree on: it is printed,
// and nothing is called a breach on its ground alone.
const Weak = "VR weak / FM-H"

// Read reports whether somebody read a provision or a good report of it. What
// rests on memory, on a weak report, or on the user's own file, accuses nobody.
func (c Citation) Read() bool {
	return !strings.HasPrefix(c.Checked, "FM") && c.Checked != Weak && c.Checked != ByUser
}

// OpenScope stands before the substance of a standard whose scope the case may be
// outside of: nobody has said yet what the lender is, or the loan.
var OpenScope = Text{"（适用于金融机构的个人网络消费贷款）",
	"(about consumer credit of financial institutions over the network)"}

// Conditional reports a standard that is cited with its scope for a condition.
func (c Citation) Conditional() bool { return strings.Contains(c.Substance.ZH, OpenScope.ZH) }

// A Strength says what carries a finding.
type Strength string

// The strengths. A letter asserts Shown, quotes Stated as 本人陈述, and
// leaves Review out.
const (
	Shown  Strength = "shown"
	Stated Strength = "stated"
	Review Strength = "review"
)

// A Finding 违规认定 is one rule met by incidents of one case. Incidents of
// different strength make different findings.
type Finding struct {
	Rule      string     // V01 …
	Title     Text       // 向无关第三人透露债务
	Parts     []Text     // what of it, where the kind has parts: 威胁人身安全; its own title, where it is that beside them
	Strength  Strength   //
	Incidents []Incident // in order of time
	Exhibits  []string   // numbers, in order, once each
	Counts    []Count    // computed figures, if the rule counts
	Method    Text       // how it was counted; empty if nothing was
	Citations []Citation // in force at the act, in rank order; every one printable
	// a document or statement nobody has checked at its source: letters ask for
	// that and call it no breach
	Doubtful bool
	// what only the police apply: for the complainant's eyes, and for the papers
	// that go to the police
	Police  []Citation
	Wording Text     // 涉嫌违反法律规定, 不符合推荐性国家标准 … by the highest rank cited
	Advice  []Advice // what would make it stronger
	Doubts  []Advice // why it needs a person's eye, for Review
	Bodies  []string // competent recipients: P NIFA NFRA-L LFB PBC CAC PS 12321 SAMR JUD
	Cost    *Cost    `json:",omitempty"` // of a finding about the money claimed; it has no incidents
}

// A Cost is what a loan costs, computed from the case's loan table, beside
// what it may cost.
type Cost struct {
	Kind    CostKind `json:"kind"`
	Fact    Text     `json:"fact"`              // the figures in a sentence
	Figures []Figure `json:"figures"`           // the figures one by one, as printed
	Annual  string   `json:"annual,omitempty"`  // per cent a year, rounded down to 0.01
	Ceiling string   `json:"ceiling,omitempty"` // per cent a year
	Excess  Fen      `json:"excess,omitempty"`  // paid or payable beyond the ceiling, in fen
	Name    string   `json:"name,omitempty"`    // of fees: what they are called
	Void    string   `json:"void,omitempty"`    // of an old private loan: per cent a year beyond which it was void

	Payments []Payment `json:"-"` // of fees: which
}

// A CostKind says what is wrong with the money claimed.
type CostKind string

// The kinds.
const (
	CostRate     CostKind = "rate"     // total cost over the ceiling
	CostZone     CostKind = "zone"     // the same of a private loan before 20 August 2020, where nothing was broken
	CostDeducted CostKind = "deducted" // 砍头息: less was paid out than is claimed as principal
	CostShown    CostKind = "shown"    // more than the lender's own table of total cost
	CostFee      CostKind = "fee"      // a fee for the collection itself
	CostNamed    CostKind = "named"    // fees beside the loan, for a guarantee, a membership …
)

// A Figure is one line of a computation.
type Figure struct {
	Label Text `json:"label"`
	Value Text `json:"value"`
}

// Is reports a finding of a kind as such, or of a part of it. One whose acts were both has
// the kind's own title among its parts.
func (f Finding) Is(b Breach) bool {
	if Breach(f.Rule).Rule() != b.Rule() {
		return false
	}
	return b.Part() == "" && len(f.Parts) == 0 || slices.Contains(f.Parts, b.Title())
}

// Name is what to call a finding: its parts, where it has any, for they say
// more than the kind; else the kind.
func (f Finding) Name() Text {
	if len(f.Parts) == 0 {
		return f.Title
	}
	zh, en := make([]string, len(f.Parts)), make([]string, len(f.Parts))
	for n, p := range f.Parts {
		zh[n], en[n] = p.ZH, p.EN
	}
	return Text{strings.Join(zh, "；"), strings.Join(en, "; ")}
}

// A Count is a figure computed from incidents.
type Count struct {
	Day       string   `json:"day"`       // yyyy-mm-dd, Beijing
	What      Text     `json:"what"`      // 接通的催收来电
	N         int      `json:"n"`         //
	Limit     int      `json:"limit"`     // 0: no rule sets a number
	Incidents []string `json:"incidents"` // ids counted
}

// A Lawful is an act that was seen and must not be complained of.
type Lawful struct {
	Act       Advice
	Incidents []string
}

// An Obstacle is what keeps a case from being filed: code, where, what was
// found, what to do.
type Obstacle struct {
	Code   string // no-violation, no-respondent, no-region …
	Where  string // file and row or key: "timeline.csv:12", "case.toml lender.region"
	What   Advice
	Remedy Advice
	For    []Role // whose letter waits for it; empty: every one
	Line   int    // of case.toml on which the key stands; 0: not looked for, or not there
	Nth    int    // of several tables of its name, which one the key stands in, from 0
}

// Place is where, with the line: case.toml:45 loan.due.
func (o Obstacle) Place() string {
	key, ok := strings.CutPrefix(o.Where, CaseFile+" ")
	if !ok || o.Line == 0 {
		return o.Where
	}
	return fmt.Sprintf("%s:%d %s", CaseFile, o.Line, key)
}

// Blocks reports whether the obstacle keeps the letter of a role from being
// made: who supervises the lender matters to nobody but the supervisor.
func (o Obstacle) Blocks(r Role) bool { return len(o.For) == 0 || slices.Contains(o.For, r) }

// ObstaclesTo are the obstacles to the letters of some roles.
func (r Report) ObstaclesTo(roles ...Role) []Obstacle {
	return slices.DeleteFunc(slices.Clone(r.Obstacles), func(o Obstacle) bool {
		return !slices.ContainsFunc(roles, o.Blocks)
	})
}

// A Report is everything check says of a case.
type Report struct {
	Emergency Text // what to do at once, if somebody's safety was touched; else empty
	// Endangered are the rows for which: those named so first, then those that sound so.
	Endangered []string
	Findings   []Finding
	Lawful     []Lawful
	Aside      []string // incidents of the matter that are no contact by the collecting side: codes, receipts, hearsay
	Worded     []Worded // what sounds like a violation and nobody has named
	Doubts     []Doubt  // open: what contradicts the rows
	Obstacles  []Obstacle
	Elsewhere  []Advice // bodies beside the road of a complaint, and for what: the police, the People's Bank …
	Remarks    []Advice // context that is no rule: the overdue stage, the time for the police
}
