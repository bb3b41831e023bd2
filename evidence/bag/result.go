package bag

import (
	"slices"

	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/bag/timestamp"
)

// A Status is what became of one file.
type Status string

// The statuses.
const (
	OK             Status = "ok"
	Modified       Status = "modified"
	Swapped        Status = "swapped"
	Missing        Status = "missing"
	Withheld       Status = "withheld"
	Renamed        Status = "renamed"
	CaseRenamed    Status = "case-renamed"
	FormRenamed    Status = "normal-form-renamed"
	Added          Status = "added"
	Beside         Status = "beside" // a system's file outside the payload
	AddedDuplicate Status = "added-duplicate"
	TypeChanged    Status = "type-changed"
	Unreadable     Status = "unreadable"
	Changing       Status = "changed-while-reading"
	DigestConflict Status = "digest-conflict"
)

// A FileStatus is the result for one file, listed or found.
type FileStatus struct {
	Path string `json:"path"`
	// PathHex is the raw bytes of the path, if they are not plain UTF-8.
	PathHex string `json:"path_hex,omitempty"`
	Status  Status `json:"status"`
	Size    int64  `json:"size"`            // as found; -1 if it was not read
	Want    Sums   `json:"want"`            // as listed
	Got     Sums   `json:"got"`             // as computed
	Other   string `json:"other,omitempty"` // the other file of renamed, swapped, duplicate
	How     Text   `json:"how"`             // how it differs
}

// A Verdict is the result in one of four words.
type Verdict string

// The verdicts.
const (
	Anchored     Verdict = "anchored"      // intact, and something outside the bundle vouches for it
	WithinItself Verdict = "within-itself" // intact, but whoever rewrote the whole folder would get this too
	IsAltered    Verdict = "altered"
	NotChecked   Verdict = "not-checked" // could not be fully checked
)

// An Anchor is something outside the bundle that vouches for its root.
type Anchor struct {
	Kind string `json:"kind"` // root, signature, timestamp
	Text Text   `json:"text"`
}

// Counts sums up a check.
type Counts struct {
	Listed   int   `json:"listed"`  // payload files in the manifests
	Checked  int   `json:"checked"` // payload files read to their end
	OK       int   `json:"ok"`
	Withheld int   `json:"withheld"`
	Bytes    int64 `json:"bytes"` // payload bytes read
}

// Evidence says of a bundle of format 2 what is proven and what is here. The
// figures are of the lines that an anchor stands for, or of all where nothing
// outside vouches for any.
type Evidence struct {
	Lines      int       `json:"lines"`   // of the list
	Covered    int       `json:"covered"` // of them, by the longest anchor; 0: there is none
	Presence             // of the exhibits
	Out        int       `json:"out"` // listed, and left out by the owner
	NotCovered []string  `json:"not_covered,omitempty"`
	OutHere    []string  `json:"out_here,omitempty"`   // left out by the owner, and here all the same
	NoRecord   []string  `json:"no_record,omitempty"`  // here, and their record is withheld
	Extracts   []Extract `json:"extracts,omitempty"`   // a hundred at most
	Others     []string  `json:"others"`               // files of this copy that no code covers
	CopyMet    bool      `json:"copy_anchored"`        // these are vouched for too
	CopyBy     Text      `json:"copy_anchor,omitzero"` // by what
	Follows    string    `json:"follows,omitempty"`    // root of format 1 that the list comes after
	LogMet     bool      `json:"log_anchored"`
}

// A Result is everything Verify found.
type Result struct {
	Path     string       `json:"path"`
	Zip      bool         `json:"zip"`
	Own      bool         `json:"own"`      // a bundle of this program, judged by its stricter rules
	Version  string       `json:"version"`  // BagIt version declared
	Valid    bool         `json:"valid"`    // valid as of RFC 8493, 3
	Complete bool         `json:"complete"` // complete as of RFC 8493, 3
	Case     string       `json:"case,omitempty"`
	Software string       `json:"software,omitempty"`
	Sealed   string       `json:"sealed,omitempty"`     // time of the seal by the bundle's own word
	Older    string       `json:"supersedes,omitempty"` // SHA-256 root of the bundle this one replaces
	Root     Root         `json:"root"`
	Files    []FileStatus `json:"files"` // payload and tag files, sorted by path
	Problems []Problem    `json:"problems"`
	Counts   Counts       `json:"counts"`
	// SM3Left says that files were checked by their SHA-256 and not by the SM3 that is
	// listed as well, as Options.Fast asks.
	SM3Left bool `json:"sm3_left,omitempty"`

	Signature sshsig.Result    `json:"signature"`
	Timestamp timestamp.Result `json:"timestamp"`
	StampFile string           `json:"timestamp_file,omitempty"` // the reply that Timestamp is of
	Custody   []Record         `json:"custody,omitempty"`
	After     []Record         `json:"after,omitempty"`
	AfterHead string           `json:"after_head,omitempty"` // SHA-256 of the last record after the seal
	AfterMet  bool             `json:"after_met,omitempty"`  // a record has the head that was expected
	AfterRest int              `json:"after_rest,omitempty"` // records behind that one
	Page      string           `json:"page,omitempty"`       // release index.html belongs to; empty: unknown

	Anchors []Anchor `json:"anchors"`
	Verdict Verdict  `json:"verdict"`
	// Evidence is what the code of format 2 covers; nil in all other bags.
	Evidence *Evidence `json:"evidence,omitempty"`
	// Differs lists the groups, from 1, in which the expected root differs.
	Differs []int `json:"differs,omitempty"`

	requireAnchor bool
}

// ExitCode returns the code the command ends with: that of the worst problem, 0 if
// there is none.
func (r *Result) ExitCode() int {
	for _, e := range exits {
		unmet := e.severity == Unmet && r.requireAnchor && len(r.Anchors) == 0
		if unmet || slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Severity == e.severity }) {
			return e.code
		}
	}
	return 0
}
