package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
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
	slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
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
	if r.Licence != evidence.LicenceUnknown && !slices.Contains(evidence.Licences, r.Licence) {
		fault("licence %q (there are %v)", r.Licence, evidence.Licences)
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
		switch known, form := c.Type.takes(c.Value); {
		case !known:
			fault("channel type %q (there are %v)", c.Type, ChannelTypes())
		case c.Value == "":
			fault("channel %s without a value", c.Type)
		case !form:
			fault("%s %q", c.Type, c.Value)
		}
		if c.MaxAttachmentBytes < 0 || c.MaxFiles < 0 || c.MaxPerDay < 0 || c.TextLimit < 0 {
			fault("channel %s has a negative limit", c.Type)
		}
	}
	for _, t := range r.Terms {
		if t.Event == "" || t.Days <= 0 || t.Basis == "" ||
			!slices.Contains([]string{FromFiled, FromAccepted, FromDecided}, t.From) {
			fault("term %+v", t)
		}
	}
	return out
}
