package rule

import (
	"fmt"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// Acts that belong to the matter and collect nothing.
var (
	lawfulService = evidence.Advise("验证码、还款回执、办理结果等服务消息（不是催收）",
		"codes, receipts and answers: service, no collecting")
	lawfulMarketing = evidence.Advise("营销消息（不是催收）", "advertising, no collecting")
)

// collects looks at what a message is for, before any rule looks at its hour
// or number. What collects nothing is set aside; what does not tell stays, and
// is asked about where it matters.
func (a *applier) collects(i evidence.Incident) bool {
	role := phrase.RoleOf(i, a.hits(i))
	switch role {
	case evidence.RoleService:
		a.lawful(lawfulService, i.ID)
	case evidence.RoleMarketing:
		a.lawful(lawfulMarketing, i.ID)
	case evidence.RoleOther, evidence.RoleAdmission: // letters quote what it owns
	default:
		a.roles[i.ID] = role
		return true
	}
	a.report.Aside = append(a.report.Aside, i.ID)
	return false
}

// hits are the words of a row worth reading.
func (a *applier) hits(i evidence.Incident) []phrase.Hit {
	if i.Shown == "" || i.Direction == evidence.Out {
		return nil
	}
	from := phrase.SenderOf(a.kase, i)
	key := fmt.Sprint(from) + i.Shown
	hits, known := a.words[key]
	if !known {
		hits = phrase.Find(i.Shown, from)
		a.words[key] = hits
	}
	return hits
}

// soundsLike gathers what sounds like a violation and nobody has named.
func (a *applier) soundsLike() {
	for _, i := range a.own {
		for _, w := range phrase.WordedOf(i, a.hits(i)) {
			a.report.Worded = append(a.report.Worded, w)
			a.unnamed[i.ID] = true
		}
	}
}

// withoutDirection asks who called whom: nothing is counted or called lawful
// before that is known.
func (a *applier) withoutDirection() {
	var ids []string
	for _, i := range a.own {
		if i.Kind == evidence.Call && i.Direction == evidence.DirectionUnknown && !a.found[i.ID] && !i.Reached.Third() {
			ids = append(ids, i.ID)
		}
	}
	if len(ids) > 0 {
		a.remark(evidence.Advise("%s 没有写明是谁打给谁，没有计入次数，也不当作合法的来电：请在{“方向”一栏|“听和看”里}填“呼入”或“呼出”",
			"%s: who called whom is not said, so it is neither counted nor called lawful; "+
				"{write in or out under direction|say which under “Listen and look”}").With(a.rows(ids)))
	}
}

// whatFor asks what a message at night was for.
var whatFor = evidence.Advise("看不出这条消息是催收，还是验证码、回执之类的服务消息：请在{“角色”一栏填|“听和看”里写明是}“催收”“服务”“营销”或者“其他”",
	"it does not tell whether it collects or is a code, a receipt or the like; "+
		"{write collecting, service, marketing or other under role|say which under “Listen and look”}")

// whichWay asks who called or wrote to whom.
var whichWay = evidence.Advise("没有写明是谁联系谁：请在{“方向”一栏填|“听和看”里写明是}“呼入”（对方联系过来）或“呼出”",
	"who contacted whom is not said; {write in or out under direction|say which under “Listen and look”}")

// whatItSays asks what a picture shows.
var whatItSays = evidence.Advise("图上写了什么、是谁发来的，还没有抄下来：看着图，把号码或者对方名称、原话{填进这一行|在“听和看”里写上}",
	"nobody wrote down what the picture says and who sent it: look at it, and fill in the number or name and "+
		"the words{| under “Listen and look”}")

// hearsay asks who told the person of what reads like hearsay: a colleague who
// tells of a call is not the collector, and what they write is not the
// collector's message.
func (a *applier) hearsay() {
	id := "V01"
	if a.contact() {
		id = "V02" // the borrower's privacy is not a contact's to claim
	}
	if len(a.tellings) > 0 {
		a.add(id, evidence.Review, acts(a.tellings), func(f *evidence.Finding) {
			f.Doubts = append(f.Doubts, evidence.Advise("读起来像是别人把接到的电话、消息转告给您，不是催收方发来的：请在{“转告人”一栏|“一件件看”里}写明是谁、什么时候告诉您的；"+
				"确是催收方自己发来的，在{“角色”一栏填“催收”|“听和看”里说明}",
				"it reads as if somebody told you of a call or message, and did not come from the collector: "+
					"write who told you, "+
					"and when, under {told by|“Act by act”}; if the collector wrote it, {write collecting under role|say so under "+
					"“Listen and look”}"))
		})
	}
}
