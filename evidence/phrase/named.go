package phrase

import (
	"slices"
	"strings"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Bodies that a message can name. Mediation, arbitration and notaries are no
// organs of the state, whatever else they are.
var (
	mediation = lazyregexp.New(`调解|诉调|仲裁|公证`)
	organ     = lazyregexp.New(`公安|派出所|警|刑侦|经侦|法院|法庭|法官|检察|检方|执行局|立案庭|政府|司法局|司法所|司法部门|监管局|税务|国安|网安|纪委|监察委|信访局|街道办`)
	// people of an organ, said to have acted or to come
	official = lazyregexp.New(`法官|法警|民警|警官|干警|刑警|特警|检察官|书记员|执行员`)
	// a court that is only where a dispute may go
	toCourt = lazyregexp.New(`(向|诉至|移交|移送|提交|递交|转交|起诉到|诉到)[^，,。；;！!？?]{0,12}(法院|法庭)(的?法官)?|(法院|法庭)(起诉|提起|申请|立案|诉讼)`)
)

// NoOrgan reports whether words name a body of mediation, of arbitration or a
// notary and no organ. A name in brackets at the head or foot decides, unless
// the words tell of people of an organ; else all the words do.
func NoOrgan(i evidence.Incident) bool {
	s := i.Signature()
	if official.MatchString(toCourt.ReplaceAllString(i.Shown+"\n"+i.Words, "")) {
		return false
	}
	if !mediation.MatchString(s) {
		s = toCourt.ReplaceAllString(i.Shown+"\n"+i.Words, "")
	}
	return mediation.MatchString(s) && !organ.MatchString(s)
}

// OnlyAnnounces reports whether words do no more than announce what a creditor
// may do: to sue, to apply for enforcement, to report to a credit bureau, to
// instruct a lawyer, to assign the claim. Whatever else they hold speaks of the
// debt, and nothing in them sounds like the kind a person named them as.
func OnlyAnnounces(s string, named evidence.Breach) bool {
	t := phrases()
	whole, _ := flatten(s).text()
	clauses := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune("，,。；;！!？?\n、：:【】“”\"", r) })
	steps := 0
	for _, c := range clauses {
		switch {
		case matches(t.steps, c):
			steps++
		case strings.TrimSpace(c) == "", matches(t.plain, c):
		default:
			return false
		}
	}
	return steps > 0 && !soundsLike(s, named)
}

// soundsLike reports words of a kind, or that touch somebody's safety.
func soundsLike(s string, kind evidence.Breach) bool {
	return slices.ContainsFunc(Find(s, Collector), func(h Hit) bool {
		return h.Breach().Rule() == kind.Rule() || h.Danger()
	})
}

// OnlyReminds reports words, named as some kind, that remind of a debt and ask to
// pay it and do nothing else: no letter of them is left once the words of a
// reminder are taken out. Of all others it is the person who knows.
func OnlyReminds(s string, named evidence.Breach) bool {
	t := phrases()
	whole, _ := flatten(signature.ReplaceAllString(s, "")).text()
	if !ofDebt().MatchString(whole) || soundsLike(s, named) || Presses(s) {
		return false
	}
	for _, re := range t.reminder {
		whole = re.compiled().ReplaceAllString(whole, " ")
	}
	return !strings.ContainsFunc(whole, unicode.IsLetter)
}

// signature is the name of a sender at the head or foot of a message.
var signature = lazyregexp.New(`^\s*【[^】]{1,30}】|【[^】]{1,30}】\s*$`)
