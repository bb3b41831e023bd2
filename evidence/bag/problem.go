package bag

// A Text is one thing said in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// A Severity says what a problem means for the verdict.
type Severity string

// The severities, worst first.
const (
	Refused   Severity = "refused"   // not a bundle, or unsafe to read
	Altered   Severity = "altered"   // the bundle is not what was sealed, or the bag is not valid
	SealBad   Severity = "seal"      // content intact, but a signature or time-stamp is invalid
	Unchecked Severity = "unchecked" // no result could be had
	Warning   Severity = "warning"   // a reader should know
	Note      Severity = "note"      // harmless
)

// exits maps severities to the exit codes of the command.
var exits = map[Severity]int{Refused: 8, Altered: 5, SealBad: 6, Unchecked: 3}

// A Problem 校验问题 is one thing Verify reports. Code is stable.
type Problem struct {
	Code     string   `json:"code"` // E-FILE-MODIFIED
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"` // in the bag, as listed; escaped if it is not plain UTF-8
	Line     int      `json:"line,omitempty"` // of Path, from 1
	Detail   Text     `json:"detail"`
}
