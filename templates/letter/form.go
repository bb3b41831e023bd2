package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/templates"
)

// A FormField is one field of a recipient's web form, filled in.
type FormField struct {
	Label string
	Text  string // empty: the case does not say
	Limit int    // most characters the field takes; 0: not known
	Short bool   // not the whole letter: the rest is attached
}

// Form fills in the web form of a recipient as far as its record names the
// fields, one of which takes the letter's text. It returns nil where the
// record knows neither fields nor a limit.
func Form(in Input, text string) []FormField {
	at := slices.IndexFunc(in.Recipient.Channels, func(c templates.Channel) bool {
		return c.Type == templates.Web && (len(c.Fields) > 0 || c.TextLimit > 0)
	})
	if at < 0 {
		return in.lineForm(text)
	}
	c := in.Recipient.Channels[at]
	fields := c.Fields
	if !slices.ContainsFunc(fields, takesFacts) {
		fields = append(slices.Clone(fields), "事实和证据")
	}
	var out []FormField
	for _, label := range fields {
		f := FormField{Label: label, Text: in.formValue(label)}
		if takesFacts(label) {
			f.Limit = c.TextLimit
			f.Text, f.Short = Brief(in, matterOf(text), c.TextLimit)
		}
		out = append(out, f)
	}
	return out
}

// UsualForm fills in what most forms ask for, where nobody has read the fields of a
// recipient's own: those of an app, of a mail.
func UsualForm(in Input, text string) []FormField {
	var out []FormField
	for _, label := range usualFields {
		out = append(out, FormField{Label: label, Text: in.formValue(label)})
	}
	return append(out, FormField{Label: "事实和证据", Text: matterOf(text)})
}

var usualFields = []string{"标题", "姓名", "联系电话", "被反映的机构", "诉求"}

// matterOf is a letter's text without the parties above it and the signature
// below, for which a form has fields of its own.
func matterOf(text string) string {
	if _, after, ok := strings.Cut(text, "\n一、"); ok {
		text = "一、" + after
	}
	before, _, _ := strings.Cut(text, "\n此致\n")
	return strings.TrimRight(before, "\n") + "\n"
}

func takesFacts(label string) bool {
	return hasAny(label, "事实", "内容", "经过", "理由", "情况说明")
}

func hasAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// formValue is what the case says for a field of a form, by the words its
// label is made of.
func (in Input) formValue(label string) string {
	p := in.Case.Complainant
	switch {
	case hasAny(label, "被举报", "被投诉", "被反映", "机构", "公司"):
		var who []string
		for _, q := range in.respondents() {
			who = append(who, q.describe())
		}
		return strings.Join(who, "\n")
	case hasAny(label, "身份证", "证件"):
		return in.identityTyped(p.IDNumber)
	case hasAny(label, "姓名"):
		return p.Name
	case hasAny(label, "邮箱", "邮件"):
		return p.Email
	case hasAny(label, "电话", "手机", "联系"):
		return p.Phone
	case hasAny(label, "地址", "住址"):
		return p.Address
	case hasAny(label, "标题", "主题"):
		return in.title() + "：" + in.matter()
	case hasAny(label, "请求", "诉求"):
		return strings.Join(in.requests(), "\n")
	}
	return ""
}

// identityTyped is an identity number for a form, where nothing is filled in
// by hand.
func (in Input) identityTyped(id string) string {
	if id == "" {
		return ""
	}
	return in.identity(id)
}

// Brief is a letter's text in at most limit characters, and whether it had to
// be shortened: then each kind of breach has a line, as many as fit, and the
// attachment is pointed to. Limit 0 means no limit.
func Brief(in Input, whole string, limit int) (text string, short bool) {
	if limit <= 0 || utf8.RuneCountInString(whole) <= limit {
		return whole, false
	}
	end := "详见附件" + in.title() + "和证据。"
	head := in.Case.Complainant.Name + "反映" + in.matter() + "中的下列情形：\n"
	var lines []string
	for _, x := range in.byTitle(byRule(in.asserted())) {
		lines = append(lines, in.briefFact(len(lines)+1, x))
	}
	for _, f := range costs(in.asserted()) {
		s := trimStop(f.Cost.Fact.ZH)
		if s == "" {
			s = f.Title.ZH
		}
		lines = append(lines, fmt.Sprintf("%d.%s", len(lines)+1, s+with("，材料：", labels(in.ordered(f.Exhibits)))+"。\n"))
	}
	for n := len(lines); n >= 0; n-- {
		left := ""
		if n < len(lines) {
			left = fmt.Sprintf("（共%d种情形，其余%d种见附件。）\n", len(lines), len(lines)-n)
		}
		for _, before := range []string{head, ""} {
			s := before + strings.Join(lines[:n], "") + left + end
			if utf8.RuneCountInString(s) <= limit {
				return s, true
			}
		}
	}
	r := []rune(end)
	return string(r[:min(limit, len(r))]), true
}

// briefFact is one kind of breach in a line: when, how often, by what shown.
func (in Input) briefFact(n int, x titled) string {
	var all []evidence.Incident
	var exhibits []string
	for _, f := range x.findings {
		for _, i := range f.Incidents {
			if !slices.ContainsFunc(all, func(j evidence.Incident) bool { return j.ID == i.ID }) {
				all = append(all, i)
			}
		}
		exhibits = append(exhibits, f.Exhibits...)
	}
	s := fmt.Sprintf("%d.%s", n, x.title)
	if len(all) > 0 {
		s += fmt.Sprintf("：%s，共%d次", spanOfDays(all), len(all))
	}
	more := ""
	if exhibits = in.ordered(exhibits); len(exhibits) > 3 {
		exhibits, more = exhibits[:3], fmt.Sprintf("等%d份", len(exhibits))
	}
	return s + with("，材料：", labels(exhibits)+more) + "。\n"
}
