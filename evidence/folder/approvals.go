package folder

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/bag"
	"juzheng/evidence/lazyregexp"
)

// An Approval 复核 is a second person's word that letters may go as they are.
type Approval struct {
	By      string
	Time    string   // RFC 3339, of the record
	Code    string   // the evidence code that stood then; empty: the case was not sealed
	Letters []string // ROLE:DIGEST of each letter, or LETTER/ROLE:DIGEST
}

// Of reports whether the approval is of a letter with this digest.
func (a Approval) Of(digest string) bool {
	return slices.ContainsFunc(a.Letters, func(l string) bool { return strings.HasSuffix(l, ":"+digest) })
}

var approvalForm = lazyregexp.New(`^code=([0-9a-f]{64}|-) letters=(\S+) by=(.+)$`)

// Approve notes an approval in the custody log.
func (f *Folder) Approve(a Approval, now time.Time) error {
	code := a.Code
	if code == "" {
		code = "-"
	}
	return f.Note(bag.EventApprove, "code="+code+" letters="+strings.Join(a.Letters, ",")+" by="+a.By, now)
}

// Approvals are all that the custody log has, the earliest first.
func (f *Folder) Approvals() ([]Approval, error) {
	log, err := f.Custody()
	if err != nil {
		return nil, err
	}
	var out []Approval
	for line := range bytes.Lines(log) {
		var r bag.Record
		if !bytes.Contains(line, []byte(bag.EventApprove)) || json.Unmarshal(line, &r) != nil ||
			r.Event != bag.EventApprove {
			continue
		}
		if m := approvalForm.FindStringSubmatch(r.Detail); m != nil {
			out = append(out, Approval{m[3], r.Time, strings.TrimPrefix(m[1], "-"), strings.Split(m[2], ",")})
		}
	}
	return out, nil
}
