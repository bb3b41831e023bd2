package letter

import "juzheng/evidence"

// byHandNames are bodies of which each place has its own, or of which the directory
// knows the hotline and no more: who takes the paper is written in by hand. A hotline
// is a number to call, and no body that a paper can go to.
var byHandNames = map[evidence.Role]string{
	evidence.ToPolice:      blank(6) + "公安局" + blank(6) + "派出所",
	evidence.To12315:       blank(14) + "（市场监督管理部门）",
	evidence.To12345:       blank(18),
	evidence.ToCentralBank: "中国人民银行" + blank(12),
	evidence.ToJustice:     blank(10) + "司法局",
	evidence.ToCourt:       blank(10) + "人民法院",
	evidence.ToInjunction:  blank(10) + "人民法院",
	evidence.ToMediation:   blank(18),
}

// Addressee is the body that a paper ends with, and that its envelope goes to: where the
// user's own directory names one, that; of some bodies a line to write on.
func (in Input) Addressee() string {
	if name := byHandNames[in.Role]; name != "" && in.Recipient.Origin == "" {
		return name
	}
	return in.Recipient.Name
}
