package rule

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// A computation finds the acts of a kind in columns that say nothing of it:
// who was reached, what was disclosed, numbers and times.
type computation struct {
	find     func(*applier)
	borrower bool            // its rules protect the borrower, so that it is not looked for where a contact complains
	missed   evidence.Advice // why a row that the person named so was not taken
}

// computed has one entry for each kind that is [evidence.Kind.Computed].
var computed = map[evidence.Breach]computation{
	"V01": {(*applier).disclosure, true, evidence.Advise("请{在“联系到谁”一栏|}写明{是|联系到的是}谁，担保人、共同借款人不算第三人",
		"say who was reached; a guarantor or co-borrower is no third person")},
	"V02": {(*applier).thirdPersons, false, evidence.Advise("请{在“联系到谁”“本人当时能否联系上”两栏填写|写明联系到的是谁、当时能否联系上您}；联系不上您时联系联系人、"+
		"没有透露欠款的，不算违规",
		"say who was reached and whether you could be reached; if not, and nothing was disclosed, it is lawful")},
	"V03": {(*applier).afterRefusal, false, evidence.Advise("请{在“联系到谁”一栏写明是谁，并在“对方此前是否拒绝联系”一栏填“是”|写明联系到的是谁、此前已经拒绝过联系}",
		"say who was reached, and {yes under refused contact before|that they had refused contact before}")},
	"V04": {(*applier).callsADay, true, evidence.Advise("按次数计算没有超出：一日接通三次、未接通六次以内不违规",
		"the number was not exceeded: three connected and six unanswered calls a day")},
	"V05": {(*applier).nights, false, evidence.Advise("按时间计算不在22:00至次日8:00之间，或者您同意过夜间联系，或者时间不详",
		"the time is not between 22:00 and 08:00, or you consented, or it is not known")},
}

// A judgement is what becomes of acts the person named as a kind.
type judgement struct {
	// judge says whether an act is one of the kind; of acts named so there are
	// perDay that day. nil: it is what the person names it.
	judge func(a *applier, x act, perDay int) ruling
	// contact: any file that holds a call or message shows the act, whatever
	// was said in it.
	contact bool
	// beside are parts that leave the kind's own name something else to say: a threat and an
	// insult. An act named as both is both.
	beside []evidence.Breach
	tally  func(*evidence.Finding) // nil: nothing is counted
}

// judged has one entry for each kind that is not computed.
var judged = map[evidence.Breach]judgement{
	"V06": {judge: (*applier).threat, beside: []evidence.Breach{"V06b"}},
	"V07": {judge: (*applier).posing},
	"V08": {judge: (*applier).impersonation},
	"V09": {judge: (*applier).papers},
	"V10": {judge: (*applier).bombing, contact: true, beside: []evidence.Breach{"V10a"}, tally: tallyBombing},
	"V11": {judge: (*applier).visit},
	"V12": {judge: (*applier).overcharge},
	"V13": {judge: (*applier).identity, beside: []evidence.Breach{"V13a", "V13b"}},
	"V14": {beside: []evidence.Breach{"V14a"}},
	"V15": {judge: (*applier).handedOn},
	"V16": {judge: (*applier).creditRecord, beside: []evidence.Breach{"V16a", "V16b", "V16c", "V16d"}},
	"V17": {},
	"V18": {judge: (*applier).recordings},
	"V19": {judge: (*applier).consequence},
	"V20": {judge: (*applier).wrongDebt},
	"V21": {judge: (*applier).violence},
	"V22": {judge: (*applier).account},
	"V23": {beside: []evidence.Breach{"V23a", "V23b"}},
	"V24": {judge: (*applier).posing},
}

// named are kinds as an advice calls them: by their codes, which are written into the table;
// on the page by their titles. The Chinese has its blank before a code.
func named(kinds ...evidence.Breach) evidence.Advice {
	var codes, zh, en []string
	for _, b := range kinds {
		t := b.Title()
		codes, zh, en = append(codes, string(b)), append(zh, "“"+t.ZH+"”"), append(en, "“"+t.EN+"”")
	}
	return evidence.Advise("{ %[1]s|%[2]s}", "{%[1]s|%[2]s}").With(
		evidence.Text{ZH: strings.Join(codes, "、"), EN: strings.Join(codes, ", ")},
		evidence.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")})
}

// competent are the bodies of a kind for acts of some facts, by any reading of them, in
// order, the competent supervisor in the place of NFRA-L. Who supervises a lender whose
// licence nobody gave is not guessed: then there is none.
func competent(bodies []string, l evidence.Licence, readings ...[]string) []string {
	var out []string
	for _, b := range bodies {
		code, condition, _ := strings.Cut(b, ":")
		if !holdsAny(condition, readings) {
			continue
		}
		if code == evidence.NationalOffice {
			code = l.Supervisor()
		}
		if code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// holdsAny evaluates a condition over each reading of an act.
func holdsAny(condition string, readings [][]string) bool {
	return slices.ContainsFunc(readings, func(facts []string) bool { return holds(condition, facts) })
}

// holds evaluates a condition over the facts of an act: all words of it, each
// a fact, one that must not be (!a), or several of which one is enough (a|!b).
// The words member, general and claim are no facts: they mark a record.
func holds(condition string, facts []string) bool {
	for _, word := range strings.Fields(condition) {
		if word == "member" || word == "general" || word == "claim" {
			continue
		}
		if !slices.ContainsFunc(strings.Split(word, "|"), func(w string) bool {
			fact, no := strings.CutPrefix(w, "!")
			return slices.Contains(facts, fact) != no
		}) {
			return false
		}
	}
	return true
}
