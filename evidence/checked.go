package evidence

import (
	"strings"

	"juzheng/evidence/lazyregexp"
)

var (
	askedSource = lazyregexp.New(`核实|查询|查证|求证|查了|查过|查到|查无|拨打|致电|打电话|打了|打过|询问|问了|问过|` +
		`12368|客服|答复|回复|名录|公开信息|信用报告|报警|现场`)
	askedWhen = lazyregexp.New(`\d{4}[-./年]\d{1,2}[-./月]\d{1,2}|\d{1,2}月\d{1,2}|当天|当日|当晚|同日|次日|翌日|` +
		`第二天|隔天|隔日|随后|事后|之后|挂断后|后来|\d日`)
	endOfSentence = lazyregexp.New(`[。！？；;\n]+`)
)

// Checked is how the person asked about a claim at its source, and when, in their
// own words: of those, the sentences that say so. It is empty where the row does
// not say that what was claimed is untrue, or not both how and when that was
// found: a letter then asks for it to be checked.
func (i Incident) Checked() string {
	if i.Untrue != Yes {
		return ""
	}
	var out []string
	for _, s := range endOfSentence.Split(i.Words, -1) {
		if s = strings.TrimSpace(s); askedSource.MatchString(s) {
			out = append(out, s)
		}
	}
	if s := strings.Join(out, "；"); askedWhen.MatchString(s) {
		return s
	}
	return ""
}
