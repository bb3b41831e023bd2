package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Kinds are the kinds of recipient, Qualities how a record was checked, best
// first, and ChannelTypes the ways in.
var (
	Kinds = []string{"platform", "lender", "agency", "association", "regulator-central", "regulator-local", "market", "internet",
		"telecom", "police", "credit-bureau", "central-bank", "justice", "advice"}
	Qualities    = []string{"tested", "verified", "imported", "unchecked"}
	ChannelTypes = []string{"phone", "web", "app", "wechat", "post", "email"}
)

var (
	slugForm  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	phoneForm = regexp.MustCompile(`^(?:\d{3,5}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$`)
	// Hours of service change sooner than a record is looked at again.
	hoursForm = regexp.MustCompile(`\d{1,2}[:：]\d{2}|24小时|工作时间`)
)

// Faults are what is wrong with one record by itself: form of slug, telephone
// and address, a missing source, an unknown kind, a date that is none.
func (r Recipient) Faults() []string {
	var out []string
	fault := func(format string, args ...any) { out = append(out, r.Slug+": "+fmt.Sprintf(format, args...)) }
	if !slugForm.MatchString(r.Slug) {
		fault("slug")
	}
	if !slices.Contains(Kinds, r.Kind) {
		fault("kind %q", r.Kind)
	}
	if strings.TrimSpace(r.Name) == "" || strings.TrimSpace(r.Name) != r.Name {
		fault("name %q", r.Name)
	}
	if len(r.Sources) == 0 || slices.Contains(r.Sources, "") {
		fault("no source")
	}
	if !slices.Contains(Qualities, r.Quality) {
		fault("quality %q", r.Quality)
	}
	if r.Kind == "platform" && r.Licence != "" {
		fault("a brand has no licence of its own")
	}
	if r.Kind == "regulator-local" && (r.Region == "" || r.Code == "") {
		fault("a local office without region or code")
	}
	for _, d := range []struct {
		what, day string
		must      bool
	}{{"checked_on", r.CheckedOn, true}, {"valid_from", r.ValidFrom, false}, {"valid_until", r.ValidUntil, false}} {
		if _, err := time.Parse(time.DateOnly, d.day); err != nil && (d.must || d.day != "") {
			fault("%s %q", d.what, d.day)
		}
	}
	if hoursForm.MatchString(r.Notes) {
		fault("notes tell hours of service")
	}
	for _, c := range r.Channels {
		switch {
		case !slices.Contains(ChannelTypes, c.Type):
			fault("channel type %q", c.Type)
		case c.Type == "phone" && !phoneForm.MatchString(c.Value):
			fault("phone %q", c.Value)
		case c.Type == "web" && !strings.HasPrefix(c.Value, "https://"):
			fault("web %q", c.Value)
		case c.Value == "":
			fault("channel %s without a value", c.Type)
		}
		if c.MaxAttachmentBytes < 0 || c.MaxFiles < 0 || c.MaxPerDay < 0 || c.TextLimit < 0 {
			fault("channel %s has a negative limit", c.Type)
		}
	}
	for _, t := range r.Terms {
		if t.Event == "" || t.Days <= 0 || t.Basis == "" || !slices.Contains([]string{FromFiled, FromAccepted, FromDecided}, t.From) {
			fault("term %+v", t)
		}
	}
	return out
}

// SupervisorCode is the code of the body that supervises lenders of a licence
// kind: NFRA-L, the national regulator's local office, or LFB, the local
// bureau of the place of registration; empty if the kind is not known.
func SupervisorCode(licence string) string {
	switch licence {
	case "bank", "consumer-finance", "auto-finance", "trust":
		return "NFRA-L"
	case "small-loan", "guarantee", "none":
		return "LFB"
	}
	return ""
}

// Supervisor is the body that supervises a lender of a licence kind
// registered in a region (GB/T 2260, six digits). Nothing is guessed: without
// both there is none.
func (d *Directory) Supervisor(licence, region string) (Recipient, bool) {
	code := SupervisorCode(licence)
	if code == "" || len(region) != 6 {
		return Recipient{}, false
	}
	return d.Competent(code, region)
}
