package phrase

import (
	"slices"

	"juzheng/evidence"
)

// A group of words and the kind a person would name it as.
type group struct {
	label  evidence.Text // what the words look like, not what they are in law
	breach evidence.Breach
	danger bool // somebody's safety
}

// groups has an entry for each group of phrases.json.
var groups = map[string]group{
	"threat_violence": {evidence.Text{ZH: "像是暴力威胁", EN: "like a threat of violence"}, "V06a", true},
	"family_threat":   {evidence.Text{ZH: "像是拿家人威胁", EN: "like a threat to the family"}, "V06a", true},
	"threat":          {evidence.Text{ZH: "像是威胁、恐吓", EN: "like a threat"}, "V06", false},
	"threat_visit":    {evidence.Text{ZH: "像是威胁上门", EN: "like a threat of a visit"}, "V06", false},
	"insult":          {evidence.Text{ZH: "像是辱骂", EN: "like an insult"}, "V06b", false},
	"harass_threat":   {evidence.Text{ZH: "像是威胁不停来电", EN: "like a threat of endless calls"}, "V06", false},
	"third_party_disclosure": {evidence.Text{ZH: "像是扬言联系、告诉别人", EN: "like announcing to contact or tell others"},
		"V06", false},
	"exposure_threat":    {evidence.Text{ZH: "像是威胁曝光", EN: "like a threat of exposure"}, "V06", false},
	"impersonate_police": {evidence.Text{ZH: "像是自称公安", EN: "like posing as police"}, "V07", false},
	"impersonate_court": {evidence.Text{
		ZH: "像是自称法院、检察院", EN: "like posing as a court"}, "V07", false},
	"pose_mediation": {evidence.Text{ZH: "像是自称调解、仲裁或者公证机构", EN: "like posing as a mediation body"}, "V24",
		false},
	"impersonate_lawyer":    {evidence.Text{ZH: "像是自称律师", EN: "like posing as a lawyer"}, "V08a", false},
	"false_criminal_threat": {evidence.Text{ZH: "声称有刑事后果", EN: "claims criminal consequences"}, "V19", false},
	"false_legal_threat":    {evidence.Text{ZH: "声称有其他法律后果", EN: "claims other legal consequences"}, "V19", false},
	"fake_document":         {evidence.Text{ZH: "提到立案、拘留等文书", EN: "names official papers"}, "V09", false},
	"new_borrowing":         {evidence.Text{ZH: "像是逼人另借钱来还", EN: "like pressing to borrow elsewhere"}, "V17", false},
	"personal_account": {evidence.Text{
		ZH: "要求转到私人账户", EN: "asks for payment to a private account"}, "V22", false},
}

// Label names the group of a hit for a reader.
func Label(category string) evidence.Text { return groups[category].label }

// Breach is the kind a person would name such words as, if they are one.
func (h Hit) Breach() evidence.Breach { return groups[h.Category].breach }

// Announces reports words that announce to contact or tell others: whoever says
// so presses the person with it, and threatens nobody's safety.
func (h Hit) Announces() bool { return h.Category == "third_party_disclosure" }

// Danger reports whether the words touch somebody's safety, be it that the family is
// named to press with.
func (h Hit) Danger() bool { return groups[h.Category].danger }

// Bodily reports words that touch somebody's life, body or health: of the family,
// not those that only shame it.
func (h Hit) Bodily() bool {
	return h.Danger() && (h.Category == "threat_violence" || matches(phrases().bodily, h.Text))
}

// Imperils reports words for which somebody's life or limb may be in danger now. That
// the family is named, or will be told, is not enough: who is told to call the police
// over it believes the next warning less.
func (h Hit) Imperils() bool { return h.Bodily() || h.Danger() && matches(phrases().harming, h.Text) }

// Presses reports words that press on somebody's body or home: that they or
// theirs are hurt, cannot go out, or have people sitting at the door. An insult
// does not, nor does a visit that is only announced. What is said not to be done
// is not looked at.
func Presses(s string) bool {
	t := phrases()
	flat := flatten(s)
	if whole, _ := flat.text(); matches(t.lawful, whole) {
		return false
	}
	said, _ := without(flat, slices.Concat(t.neutral, t.denied)).text()
	return matches(t.pressing, said) || slices.ContainsFunc(t.categories, func(c string) bool {
		return groups[c].danger && matches(t.rules[c], said)
	})
}
