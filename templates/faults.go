package templates

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Kinds are the kinds of recipient, and Qualities how a record was checked,
// best first.
var (
	Kinds = []string{"platform", "lender", "agency", "association", "regulator-central", "regulator-local", "market",
		"internet",
		"telecom", "police", "credit-bureau", "central-bank", "justice", "advice"}
	Qualities = []string{"tested", "verified", "imported", "unchecked"}
)

var (
	slugForm = lazyregexp.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// Hours of service change sooner than a record is looked at again.
	hoursForm = lazyregexp.New(`\d{1,2}[:：]\d{2}|24小时|工作时间`)
)

// A Fault is one thing wrong with a record.
type Fault struct {
	Slug, Field, Found string
	Wanted             evidence.Text
}

func (f Fault) String() string { return fmt.Sprintf("%s: %s %q", f.Slug, f.Field, f.Found) }

// Faults are what is wrong with one record by itself: form of slug, telephone
// and address, a missing source, an unknown kind, a date that is none.
func (r Recipient) Faults() []Fault {
	var out []Fault
	fault := func(field, found, zh, en string) {
		out = append(out, Fault{r.Slug, field, found, evidence.Text{ZH: zh, EN: en}})
	}
	oneOf := func(field, found string, all []string) {
		if !slices.Contains(all, found) {
			fault(field, found, "下列之一："+strings.Join(all, "、"), "one of "+strings.Join(all, ", "))
		}
	}
	if !slugForm.MatchString(r.Slug) {
		fault("slug", r.Slug, "小写字母、数字和 -，例如 nfra-zhejiang", "small letters, digits and -, such as nfra-zhejiang")
	}
	oneOf("kind", r.Kind, Kinds)
	if strings.TrimSpace(r.Name) == "" || strings.TrimSpace(r.Name) != r.Name {
		fault("name", r.Name, "全称，前后不留空格", "the full name, without blanks around it")
	}
	if len(r.Sources) == 0 || slices.Contains(r.Sources, "") {
		fault("sources", "", "从哪里读到的", "where it was read")
	}
	oneOf("quality", r.Quality, Qualities)
	if r.Kind == "platform" && r.Licence != "" {
		fault("licence", string(r.Licence), "空着：品牌自己没有许可", "nothing: a brand has no licence of its own")
	} else if r.Licence != evidence.LicenceUnknown {
		var licences []string
		for _, l := range evidence.Licences {
			licences = append(licences, string(l))
		}
		oneOf("licence", string(r.Licence), licences)
	}
	if r.Kind == "regulator-local" && (r.Region == "" || r.Code == "") {
		fault("region", r.Region, "六位地区代码，另有 code（NFRA-L 或者 LFB）", "a region of six digits, and a code (NFRA-L or LFB)")
	}
	for _, d := range []struct {
		what, day string
		must      bool
	}{{"checked_on", r.CheckedOn, true}, {"valid_from", r.ValidFrom, false}, {"valid_until", r.ValidUntil, false}} {
		if _, err := time.Parse(time.DateOnly, d.day); err != nil && (d.must || d.day != "") {
			fault(d.what, d.day, "真实的日期，例如 2026-03-02", "a real date such as 2026-03-02")
		}
	}
	if hours := hoursForm.FindString(r.Notes); hours != "" {
		fault("notes", hours, "没有服务时间的备注（时间变得比记录快）",
			"notes without hours of service, which change sooner than the record")
	}
	for _, c := range r.Channels {
		r.channelFault(c, fault)
	}
	for _, t := range r.Terms {
		if t.Event == "" || t.Days <= 0 || t.Basis == "" ||
			!slices.Contains([]string{FromFiled, FromAccepted, FromDecided}, t.From) {
			fault("terms", fmt.Sprintf("%s %s %d", t.Event, t.From, t.Days),
				"event、basis，大于零的 days，from 填 filed、accepted 或者 decided",
				"event, basis, days above zero, and from: filed, accepted or decided")
		}
	}
	return out
}

// channelFault tells what is wrong with one way in.
func (r Recipient) channelFault(c Channel, fault func(field, found, zh, en string)) {
	switch known, form := c.Type.takes(c.Value); {
	case !known:
		var types []string
		for _, t := range ChannelTypes() {
			types = append(types, string(t))
		}
		fault("type", string(c.Type), "下列之一："+strings.Join(types, "、"), "one of "+strings.Join(types, ", "))
	case c.Value == "":
		fault("value", "", "号码或者网址", "the number or address")
	case !form:
		title := c.Type.Title()
		fault("value", c.Value, title.ZH+"的写法，例如 12378、0571-12345678、https://…",
			"the form of a "+title.EN+", such as 12378, 0571-12345678, https://…")
	}
	for _, l := range []struct {
		field string
		n     int64
	}{{"max_attachment_bytes", c.MaxAttachmentBytes}, {"max_files", int64(c.MaxFiles)},
		{"max_per_day", int64(c.MaxPerDay)}, {"text_limit", int64(c.TextLimit)}} {
		if l.n < 0 {
			fault(l.field, fmt.Sprint(l.n), "零或者更大的数", "a number not below zero")
		}
	}
}
