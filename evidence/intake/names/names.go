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
	"slices"
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
	// Memo is a name that any recorder of sound gives: no word of it tells of a call.
	Memo bool
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
	if sound {
		if n, ok := iphoneCall(stem); ok {
			return n.heard(stem, sound)
		}
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

// anyRecorder are the forms that recorders of calls and of anything else have in common.
var anyRecorder = []string{"generic", "miui_bare", "oneplus", "oppo", "vivo"}

// tellsOfCall are words for a call, also for one whose number was withheld.
var tellsOfCall = lazyregexp.New(`(?i)通话|通話|电话|電話|来电|去电|呼入|呼出|call|phone|未知|陌生|私人|隐藏|匿名|无号码|` +
	`unknown|private|withheld|anonymous|^-?[12](?:\D|$)`)

// callFolder is what recorders of calls and people call a folder of nothing else.
var callFolder = lazyregexp.New(`(?i)通话|通話|电话|電話|来电|call`)

// FromCalls reports a path with the folder of a recorder of calls in it.
func FromCalls(path string) bool {
	dirs := strings.FieldsFunc(norm.NFC.String(path), func(r rune) bool { return r == '/' || r == '\\' })
	return len(dirs) > 1 && slices.ContainsFunc(dirs[:len(dirs)-1], callFolder.MatchString)
}

// mailbox are words for what was spoken onto one.
var mailbox = lazyregexp.New(`(?i)(?:电话|手机|语音)?留言(?:信箱|录音)?|语音(?:信箱|邮箱|邮件)|` +
	`(?:^|[^\p{L}])(?:visual ?)?voice[ _-]?mails?(?:$|[^\p{L}])`)

// ofCall are words of a recorder for a call that was answered, whatever it was about.
var ofCall = lazyregexp.New(`(?i)通话录音|通話錄音|的通话|call[ _-]?recording|留言板`)

// heard marks the name of a message on a mailbox: those words are nobody's name.
func (n Name) heard(stem string, sound bool) Name {
	if sound && mailbox.MatchString(stem) && !ofCall.MatchString(stem) {
		n.Voicemail = true
		n.Contact = strings.Trim(mailbox.ReplaceAllString(n.Contact, " "), " -_的")
	}
	n.Memo = sound && !n.Voicemail && n.Number == "" && n.Contact == "" && n.Direction == evidence.DirectionUnknown &&
		slices.Contains(anyRecorder, n.Scheme) && !tellsOfCall.MatchString(stem)
	return n
}

// mailboxFolder is what phones and people call a folder of nothing else than messages on a
// mailbox.
var mailboxFolder = lazyregexp.New(`(?i)^(?:我的|电话|手机|催收|iphone)*(?:语音)?(?:留言|留言信箱|信箱|邮箱|邮件)(?:录音|备份|导出)?$|` +
	`^(?:visual[ _-]?)?voice[ _-]?mails?(?:[ _-]?(?:export|backup)s?)?$`)

// InMailbox reports a path whose folder, or one above it, is that of messages on a mailbox.
func InMailbox(path string) bool {
	dirs := strings.FieldsFunc(norm.NFC.String(path), func(r rune) bool { return r == '/' || r == '\\' })
	return len(dirs) > 1 && slices.ContainsFunc(dirs[:len(dirs)-1], func(dir string) bool {
		return mailboxFolder.MatchString(strings.TrimSpace(dir))
	})
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
