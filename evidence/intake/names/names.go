// Package names reads what the name of a file says: who was called and when,
// and which recorder wrote it; which app a screenshot shows.
//
// [Parse] gives a [Name]. A new form is a rule in names.json and its cases in
// testdata/name_cases.json: a pattern with named groups, and flags for what is
// known of the maker. Rules are tried in their order. The name of a recording
// that fits no rule is searched for anything like a date and a number
// ([Name.Guess]).
//
// The package knows names alone. It opens no file, and it does not decide what
// is true where the name and the content disagree.
package names

import (
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Name is what the name of a file says about it.
type Name struct {
	Scheme    string // which maker's or app's form it has: "miui"; empty: none known
	Time      evidence.Time
	Number    string // as written
	Contact   string
	Direction evidence.Direction
	App       string // package name or label of the app on a screenshot
	SIM       string // "SIM 1": the slot the recorder names
	Yearless  string // "05-13 15:26": all that a name without a year says of the time
	YearEnds  string // "6": and of the year, where it says its last digit

	Guess      bool // read by a form that no sample confirms
	Screenshot bool // named as this maker names screenshots and nothing else
	Saved      bool // a chat app saved the picture; Time is when, not when it was sent
	UTC        bool // the time is said to be UTC
	Voicemail  bool // what somebody spoke onto a mailbox: nobody answered a call
}

// Parse reads a file name by the forms phones and recorders give. Sound
// says that the content is sound, which decides between the two families of
// forms. The extension does not decide it: extensions lie.
func Parse(name string, sound bool) Name {
	stem := norm.NFC.String(name)
	stem = strings.TrimSuffix(stem, filepath.Ext(stem))
	if s := copySuffix.ReplaceAllString(stem, ""); s != "" {
		stem = s
	}
	forms := table().Pictures
	if sound {
		forms = table().Recordings
	}
	for _, r := range forms.Rules {
		if n, ok := r.read(stem); ok {
			return n.heard(stem, sound)
		}
	}
	if sound {
		return guessSound(stem).heard(stem, sound)
	}
	return guessPicture(stem)
}

// mailbox are words for what was spoken onto one.
var mailbox = lazyregexp.New(`(?i)(?:^|[^\p{L}])(?:语音留言|电话留言|语音信箱|(?:visual ?)?voice[ _-]?mail)(?:$|[^\p{L}])`)

// heard marks the name of a message on a mailbox: those words are nobody's name.
func (n Name) heard(stem string, sound bool) Name {
	if sound && mailbox.MatchString(stem) {
		n.Voicemail = true
		n.Contact = strings.TrimSpace(mailbox.ReplaceAllString(n.Contact, " "))
	}
	return n
}

// RecordingExtensions are those that recorders give their files.
func RecordingExtensions() []string { return table().Recordings.Extensions }

var copySuffix = lazyregexp.New(`(?:\s*\(\d{1,3}\)|\s*-\s*副本|_副本|\s*-\s*Copy)+$`)

// WithoutCopyMark takes the (1) or 副本 off a file's name.
func WithoutCopyMark(path string) string {
	extension := filepath.Ext(path)
	stem := strings.TrimSuffix(path, extension)
	return strings.TrimSuffix(stem, copySuffix.FindString(filepath.Base(stem))) + extension
}
