package letter

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates/mask"
)

// policy is what this recipient gets to read, in sentences for the
// complainant: the table of package mask, as it falls out here.
func (in Input) policy() []string {
	own := "这里需要实名，您的身份证号和手机号写全。只交给" + in.Recipient.Name + "，不要发到网上。"
	if !in.Role.RealName() {
		own = "您的身份证号只写后四位；手机号写全，对方要靠它答复您，也要知道该停止拨打哪个号码。对方要求核实身份时再出示证件。"
	}
	out := []string{own, "其他人的手机号、身份证号一律隐去中间，案件里写了姓名的、转告人，以及写成“同事李明”这样的姓名，只留姓，单叫名字的也隐去，信、证据册、表格、文件名和图片说明都一样；催收方的号码写全。" +
		"别的姓名、座机、住址，没有写进案件的程序认不出来。"}
	var full []string
	for _, n := range in.Case.Numbers {
		if n.PrintedFor(string(in.Role)) && !n.Side.Collecting() {
			full = append(full, cmp.Or(n.Number, n.Account))
		}
	}
	if len(full) > 0 {
		out = append(out, "按您在案件里的选择，给这里写全的有："+strings.Join(full, "、")+"。")
	}
	if s := in.coveredWords(); s != "" {
		out = append(out, s)
	}
	for _, x := range Uncovered(in) {
		out = append(out, fmt.Sprintf("%s的图片上能读到%s，没有遮盖。看一看要不要遮。", label(x.Exhibit), strings.Join(x.Words, "、")))
	}
	return append(out, "图片里的文字、头像、号码和银行卡号不会自动遮盖，录音也不能遮盖。请把证据册逐页看一遍；"+
		"要遮盖的，在网页“遮盖”那一步画上，再重新做材料。",
		"证据包（bundle）里是没有遮盖的原件。要交出证据包的，先想好交给谁；只交一部分的，在网页“交出去”那一步做U盘副本。")
}

// Redact makes an input what its recipient may read: see [mask.Redact].
func Redact(in Input, rows []evidence.Redaction) (out Input, missing []evidence.Redaction) {
	in.Matter, in.masks, missing = mask.Redact(in.Matter, in.Role, rows)
	return in, slices.DeleteFunc(missing, in.onSheets)
}

// masker is the mask of this recipient.
func (in Input) masker() *mask.Mask {
	if in.masks != nil {
		return in.masks
	}
	return mask.New(in.Matter, in.Role)
}

// mask is a text as this recipient may read it.
func (in Input) mask(s string) string { return in.masker().Text(s) }

// number is how the number of an act is printed.
func (in Input) number(i evidence.Incident) string { return in.masker().Number(i) }

// from is what a table of contacts has for the other side: the number shown, or the
// name of the account as the file has it, where a message came from none.
func (in Input) from(i evidence.Incident) string {
	if i.Number == "" {
		return oneLine(in.mask(i.Name))
	}
	return in.number(i)
}

// Uncovered are the pictures of the book that show what this recipient does
// not get in text: see [mask.Mask.Uncovered].
func Uncovered(in Input) []mask.Uncovered {
	return in.masker().Uncovered(in.Matter, in.used(), in.Readings)
}

// Shown are what a text shows and this recipient does not get: names, as it gets them,
// and words that the person covers.
func Shown(in Input, text string) []string { return in.masker().Words(in.Matter, text) }

// identity is the identity number as this recipient gets it: in full where a
// real name is wanted (association, regulator), the last four otherwise.
func (in Input) identity(id string) string {
	switch {
	case id == "" && in.Role.RealName():
		return blank(18) + "（请手写）"
	case id == "": // a complaint to a bank has to say how the person is known
		return "核实身份时另行出示"
	case !in.Role.RealName():
		return evidence.MaskID(id) + "（核实身份时另行出示）"
	}
	return id
}

// boxes are the boxes over an exhibit's picture, and why, once each.
func (in Input) boxes(exhibit string) (boxes []image.Rectangle, reasons []string) {
	for _, r := range in.Redactions {
		if r.Exhibit != exhibit || r.Box == (evidence.Box{}) {
			continue
		}
		boxes = append(boxes, r.Box.Rectangle())
		if r.Reason != "" && !slices.Contains(reasons, r.Reason) {
			reasons = append(reasons, r.Reason)
		}
	}
	return boxes, reasons
}

// covers says on an exhibit's page what of it was covered: of the picture,
// and of its words.
func (in Input) covers(x evidence.Exhibit) string {
	boxes, reasons := in.boxes(x.Number)
	var out []string
	if len(boxes) > 0 {
		what := "图片"
		if x.MediaType == "application/pdf" {
			what = "页面"
		}
		out = append(out, fmt.Sprintf("%s已遮盖%d处%s", what, len(boxes), because(reasons)))
	}
	reasons = nil
	words := 0
	for _, r := range in.Redactions {
		if r.Text == "" || r.Exhibit != x.Number && !x.Transcribes(r.Exhibit) || r.Exhibit == "" {
			continue
		}
		words++
		if r.Reason != "" && !slices.Contains(reasons, r.Reason) {
			reasons = append(reasons, r.Reason)
		}
	}
	if words > 0 {
		out = append(out, fmt.Sprintf("文字已遮盖%d种，处处写作%s%s", words, mask.Mark, because(reasons)))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "；") + "。本页是副本；没有遮盖的原件是证据包内的 data/" + x.File + "，SHA-256 见本页。"
}

// coversWords reports that words of an exhibit are covered in these papers.
func (in Input) coversWords(x evidence.Exhibit) bool {
	return slices.ContainsFunc(in.Redactions, func(r evidence.Redaction) bool {
		return r.Text != "" && r.Exhibit != "" && (r.Exhibit == x.Number || x.Transcribes(r.Exhibit))
	})
}

func because(reasons []string) string {
	if len(reasons) == 0 {
		return ""
	}
	return "（" + strings.Join(reasons, "、") + "）"
}

// coveredWords tells the complainant what was covered here.
func (in Input) coveredWords() string {
	boxes, words := 0, 0
	for _, r := range in.Redactions {
		if r.Text != "" {
			words++
		} else {
			boxes++
		}
	}
	if boxes+words == 0 {
		return ""
	}
	return fmt.Sprintf("照您画的、写的遮盖：图片方框%d个，文字%d种（写作%s）。打开证据册看一遍，确认该遮的都遮住了。", boxes, words, mask.Mark)
}

// handed reports whether anything that goes to the recipient is covered.
func (in Input) handed() bool {
	for _, r := range in.Redactions {
		if r.Exhibit == "" || slices.ContainsFunc(in.used(),
			func(x evidence.Exhibit) bool { return x.Number == r.Exhibit || x.Transcribes(r.Exhibit) }) {
			return true
		}
	}
	return false
}
