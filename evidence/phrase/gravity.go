package phrase

import "juzheng/evidence/lazyregexp"

// A Gravity is what words threaten, the gravest thing of several. Letters tell the
// gravest first.
type Gravity int

// The gravities, the least first.
const (
	Nothing Gravity = iota // no words worth reading
	Peace                  // insults, endless calls, what else presses
	Name                   // work, and what others think
	Home
	Body
	Life
)

var (
	ofLife = lazyregexp.New(`死|杀|尸|葬|埋|命|活不|花圈|寿衣|灵堂|挽联|后事|上香|烧纸|纸钱|骨灰|棺|坟|黄泉|忌日|横着`)
	ofHome = lazyregexp.New(`家|门|楼下|小区|住`)
	// where somebody lives, as an address has it: 桂花路8号, 3栋
	ofAddress = lazyregexp.New(`[路街巷弄道村]\d+号|\d+(?:号楼|栋|幢|单元)`)
	ofName    = lazyregexp.New(`单位|公司|同事|领导|老板|工作|朋友|亲戚|邻居|父母|家人|联系人|通讯录|群`)
)

// GravityOf reads what the words of a collector threaten.
func GravityOf(s string) Gravity {
	worst := Nothing
	for _, h := range Find(s, Collector) {
		worst = max(worst, h.gravity())
		if h.Category == "threat_visit" && ofAddress.MatchString(s) {
			worst = max(worst, Home)
		}
	}
	return worst
}

func (h Hit) gravity() Gravity {
	switch {
	case h.Danger() && ofLife.MatchString(h.Text):
		return Life
	case h.Bodily():
		return Body
	case h.Danger():
		return Home
	case h.Category == "threat_visit" && ofHome.MatchString(h.Text):
		return Home
	case h.Category == "exposure_threat", h.Category == "threat_visit",
		(h.Announces() || h.Category == "threat") && ofName.MatchString(h.Text):
		return Name
	}
	return Peace
}
