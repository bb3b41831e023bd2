// Package templates holds words as data: the directory of recipients with
// their ways in ([Load], [Recipient]), terms and the holidays they are counted
// by ([Term.End]). Letters are in package letter.
package templates

import "juzheng/evidence"

// A Recipient 受理机构 is one record of the directory: directory/SLUG.json.
// A person chooses it; nothing falls back to a recipient nobody chose.
type Recipient struct {
	Slug string `json:"slug"`
	// platform lender agency association regulator-central regulator-local
	// market internet telecom police credit-bureau central-bank justice advice
	Kind       string           `json:"kind"`
	Name       string           `json:"name"` // as on the licence or the office's sign
	Brands     []string         `json:"brands,omitempty"`
	AppNames   []string         `json:"app_names,omitempty"`
	Signatures []string         `json:"sms_signatures,omitempty"` // guessed from 【…】
	Licence    evidence.Licence `json:"licence,omitempty"`
	Regulators []string         `json:"regulator,omitempty"`
	Region     string           `json:"region,omitempty"` // GB/T 2260, six digits
	// P NIFA NFRA-L LFB PBC CAC PS 12321 SAMR JUD, as on findings
	Code        string    `json:"code,omitempty"`
	Channels    []Channel `json:"channels"`
	Requires    []string  `json:"requires,omitempty"`
	Refuses     []string  `json:"refuses,omitempty"`
	Terms       []Term    `json:"terms,omitempty"`
	Letter      string    `json:"letter,omitempty"`
	Sources     []string  `json:"sources"`
	CheckedOn   string    `json:"checked_on"`
	Quality     string    `json:"quality"` // tested verified imported unchecked, or [evidence.ByUser]
	ValidFrom   string    `json:"valid_from,omitempty"`
	ValidUntil  string    `json:"valid_until,omitempty"`
	ReplacedBy  string    `json:"replaced_by,omitempty"`
	FormerNames []string  `json:"former_names,omitempty"` // old names lead to today's
	Notes       string    `json:"notes,omitempty"`
	// Origin is the user's own file it came from; empty: it is of this directory.
	Origin string `json:"-"`
}

// A Channel is one way in.
type Channel struct {
	Type               ChannelType `json:"type"`
	Value              string      `json:"value"`
	MaxAttachmentBytes int64       `json:"max_attachment_bytes,omitempty"`
	MaxFiles           int         `json:"max_files,omitempty"`
	Formats            []string    `json:"formats,omitempty"`
	MaxPerDay          int         `json:"max_per_day,omitempty"`
	TextLimit          int         `json:"text_limit,omitempty"`
	Fields             []string    `json:"fields,omitempty"`
	RealName           bool        `json:"real_name,omitempty"`
	Quality            string      `json:"quality,omitempty"`
}

// A Term is a time limit that runs from an event.
type Term struct {
	Event   string `json:"event"`
	From    string `json:"from"` // what it runs from: filed accepted decided
	Days    int    `json:"days"`
	Working bool   `json:"working,omitempty"` // working days; else calendar days
	Basis   string `json:"basis"`
	Quality string `json:"quality,omitempty"`
}
