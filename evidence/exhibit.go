package evidence

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/bag"
)

// An ExhibitKind is the form of an exhibit.
type ExhibitKind string

// The kinds. A log is a machine-made list of calls or messages whose rows
// become incidents.
const (
	Recording  ExhibitKind = "recording"  // 录音
	Screenshot ExhibitKind = "screenshot" // 截图
	Photo      ExhibitKind = "photo"      // 照片
	Video      ExhibitKind = "video"      // 视频、录屏
	SMSLog     ExhibitKind = "sms-log"    // 短信记录
	CallLog    ExhibitKind = "call-log"   // 通话记录、话费详单
	ChatLog    ExhibitKind = "chat-log"   // 聊天记录导出
	Document   ExhibitKind = "document"   // 合同、回函等文件
	Transcript ExhibitKind = "transcript" // 录音文字稿
	Extract    ExhibitKind = "extract"    // 摘录：几行通话、短信记录
	OtherKind  ExhibitKind = "other"
)

// ExhibitKinds are all kinds.
func ExhibitKinds() []ExhibitKind {
	return []ExhibitKind{Recording, Screenshot, Photo, Video, SMSLog, CallLog, ChatLog, Document, Transcript, Extract,
		OtherKind}
}

// IsLog reports a list whose rows become incidents, and which may hold others' as
// well.
func (k ExhibitKind) IsLog() bool { return k == SMSLog || k == CallLog || k == ChatLog }

// An Exhibit 证据 is one admitted file: a line of exhibits.jsonl. The file
// itself stands untouched in exhibits/ under [Exhibit.File].
type Exhibit struct {
	Number string      `json:"number"` // E001; printed as 证据1
	File   string      `json:"file"`   // E001.m4a, ASCII
	Kind   ExhibitKind `json:"kind"`
	Title  string      `json:"title,omitempty"` // what a reader calls it, by the person; may be empty

	bag.Sums
	Size      int64  `json:"size"`       // bytes
	MediaType string `json:"media_type"` // recognised from content

	OriginalName string `json:"original_name"`               // shown form, always UTF-8
	NameHex      string `json:"original_name_hex,omitempty"` // raw bytes, if the name was not UTF-8
	OriginalPath string `json:"original_path"`               // where it was read from, as given
	// name of a copy that says more: what was captured, and of whom, was read
	// off it
	ToldBy string `json:"told_by,omitempty"`

	Modified time.Time `json:"modified"` // the source's modification time: often only when it was copied
	Added    time.Time `json:"added"`
	// AddedGiven says that Added was given to the program, and was not read
	// from a clock.
	AddedGiven bool `json:"added_given,omitempty"`
	// Round counts how often rows had been made of exhibits before this one
	// came: those that came together have the same.
	Round int `json:"-"`

	Extract *Extraction `json:"extract,omitempty"` // of an extract: what it was taken from

	Captured CaptureTime `json:"captured"` // when it was made, and how that is known
	Media    Media       `json:"media"`

	Duplicates []string `json:"duplicates,omitempty"` // other paths that held the same bytes
	Notes      []Note   `json:"notes,omitempty"`      // what a careful reader should know
}

// Name is the name that says most: that of a copy, or its own.
func (x Exhibit) Name() string { return cmp.Or(x.ToldBy, x.OriginalName) }

// Tells reports a name in the form of a maker or an app, with a time; one that
// was guessed at does not count.
func (c CaptureTime) Tells() bool {
	return strings.HasPrefix(c.Source, "name:") && !strings.HasPrefix(c.Source, "name:generic")
}

// A CaptureTime is a [Time] in the form of the register: RFC 3339 with offset.
type CaptureTime struct {
	Time      string    `json:"time,omitempty"`
	Precision Precision `json:"precision,omitempty"`
	Device    bool      `json:"device_clock,omitempty"`
	Source    string    `json:"source,omitempty"`
}

// An Extraction says of which exhibit an extract is, and of which of its lines.
type Extraction struct {
	Of    string `json:"of"`
	Lines string `json:"lines"` // 2,4,7-9; of a workbook 1!3,1!5: sheet and row
}

// Holds reports whether an extract has the row of a source, such as E008:13 or
// E011:2!6.
func (e *Extraction) Holds(source string) bool {
	of, place, ok := strings.Cut(source, ":")
	if e == nil || !ok || of != e.Of {
		return false
	}
	for at := 0; place != ""; { // lines may be thousands, and rows hundreds of thousands
		n := strings.Index(e.Lines[at:], place)
		if n < 0 {
			break
		}
		begin, end := at+n, at+n+len(place)
		before := e.Lines[:begin]
		if !strings.Contains(place, "!") {
			if sheet, ok := strings.CutSuffix(before, "1!"); ok { // of the first sheet
				before = sheet
			}
		}
		// A row stands where it begins.
		if (before == "" || strings.HasSuffix(before, ",")) && (end == len(e.Lines) || e.Lines[end] == ',' ||
			e.Lines[end] == '-') {
			return true
		}
		at = end
	}
	return false
}

// Media is what the container says of a sound, picture or film. Zero means
// not known.
type Media struct {
	Seconds     float64 `json:"seconds,omitempty"` // length of sound or film
	Codec       string  `json:"codec,omitempty"`
	Width       int     `json:"width,omitempty"`  // pixels, as stored
	Height      int     `json:"height,omitempty"` // pixels, as stored
	Orientation int     `json:"orientation,omitempty"`
	App         string  `json:"app,omitempty"`     // the app a screenshot shows, from its name
	Number      string  `json:"number,omitempty"`  // the other side of a recorded call
	Contact     string  `json:"contact,omitempty"` // the other side's name in the phone
	SIM         string  `json:"sim,omitempty"`     // the phone's own card, where the recorder names it
	// pattern of edges of a picture, base64: for finding near-duplicates only
	Likeness string `json:"likeness,omitempty"`
}

// Decoded reports a picture all of whose pixels were decoded when it was admitted: only of
// these there is a likeness. Of one without edges it is not known.
func (m Media) Decoded() bool { return m.Likeness != "" }

// A Note is something found about a file that a reader should know: damage, a
// wrong extension, times that disagree. Code is stable.
type Note struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
	About  string `json:"about,omitempty"` // the other exhibit it speaks of
}

// Notes that more than the reader acts on.
const (
	// the exhibit shows an event that has its row, which another file gave
	NoteSameEvent  = "same-event"
	NoteSavedTime  = "saved-time"    // its name says when a chat program saved it, not when it was sent
	NoteExtract    = "extract-of"    // the exhibit holds some rows of that in About
	NoteTranscript = "transcript-of" // the exhibit writes down what the recording in About holds
	NoteMachine    = "machine-made"  // a program wrote it down, and not a person
	NoteChecked    = "checked"       // the person says they compared it with what it is of
	// whose phone it is from: About says who, as a [Reached]; empty: no longer said
	NotePhoneOf = "phone-of"
	// whose phone it is, in About, as the person said again after they were shown
	// words in it that speak to somebody else
	NotePhoneSure = "phone-sure"
	// a recording of the call whose row in a log, in About, has it as not answered or
	// as shorter: the person says that it is that call, and that they answered
	NoteCallOf = "call-of"
	// by how many seconds its phone's clock ran ahead, in About, as the person
	// confirmed; empty: no longer
	NoteClock = "clock"
	// in which zone its phone showed the time (+09:00, in About), as the person
	// confirmed; empty: no longer
	NoteZone = "zone"
	// the picture itself names the zone in About (+09:00), and its name is in it
	NoteZoneShown = "zone-shown"
	// whether it stays out of bundle and papers, in About (out, in), as the person
	// said; empty: no longer said
	NoteLeft = "left-out"
	// its inside was not read, or looks like messages or calls that were not
	NoteUnread = "not-read"
	NoteMoney  = "money-rows" // a statement of payments whose rows are read
)

// settled are the notes that a later one of the same kind replaces: the person
// may think better of it.
var settled = []string{NotePhoneOf, NotePhoneSure, NoteCallOf, NoteClock, NoteZone, NoteLeft}

// What a [NoteLeft] says.
const (
	LeftOut = "out"
	TakenIn = "in"
)

// A recording whose name does not say which call it is, and why it was taken for
// the call of a row.
const (
	noteUnplaced = "unplaced"
	noteJoined   = "joined"
)

// WithNote is the exhibit with one more note, and whether that changes it.
func (x Exhibit) WithNote(n Note) (Exhibit, bool) {
	if slices.Contains(x.Notes, n) {
		return x, false
	}
	notes := slices.Clone(x.Notes)
	if slices.Contains(settled, n.Code) {
		notes = slices.DeleteFunc(notes, func(o Note) bool { return o.Code == n.Code })
	}
	if n.Code == noteJoined && n.About != "" { // a file beside it says which call it is
		notes = slices.DeleteFunc(notes, func(o Note) bool { return o.Code == noteUnplaced })
	}
	x.Notes = append(notes, n)
	return x, true
}

// CompareNumbers orders exhibit numbers: E999 before E1000.
func CompareNumbers(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }

// Note is the note of a code.
func (x Exhibit) Note(code string) (Note, bool) {
	for _, n := range x.Notes {
		if n.Code == code {
			return n, true
		}
	}
	return Note{}, false
}

// TranscriptOf is the number of the recording that a transcript writes down;
// empty if that is not known.
func (x Exhibit) TranscriptOf() string {
	n, _ := x.Note(NoteTranscript)
	return n.About
}

// PhoneOf says whose phone an exhibit is from, as the person said; the
// complainant's own is ReachedUnknown.
func (x Exhibit) PhoneOf() Reached {
	if who, _ := x.PhoneSaid(); who != ReachedSelf {
		return who
	}
	return ReachedUnknown
}

// PhoneSaid says whose phone it is, and whether the person said so: their own
// is ReachedSelf.
func (x Exhibit) PhoneSaid() (who Reached, said bool) {
	n, _ := x.Note(NotePhoneOf)
	return Reached(n.About), n.About != ""
}

// PhoneSure reports whether the person said whose phone it is once more, after
// words in it spoke against it.
func (x Exhibit) PhoneSure() bool {
	n, again := x.Note(NotePhoneSure)
	who, said := x.PhoneSaid()
	return again && said && n.About == string(who)
}

// LeftSaid says whether the person leaves an exhibit out of bundle and papers,
// and whether they said so or the opposite.
func (x Exhibit) LeftSaid() (out, said bool) {
	n, _ := x.Note(NoteLeft)
	return n.About == LeftOut, n.About != ""
}

// Transcribes reports whether an exhibit writes down what a recording holds. A
// table of a person's own can be of several.
func (x Exhibit) Transcribes(recording string) bool {
	return recording != "" && slices.ContainsFunc(x.Notes, func(n Note) bool {
		return n.Code == NoteTranscript && n.About == recording
	})
}

// MachineMade reports whether a program made the transcript. Where it is
// false nobody said so: that is no proof of a person's work.
func (x Exhibit) MachineMade() bool { _, ok := x.Note(NoteMachine); return ok }

// Checked reports whether the person said that they compared a transcript
// with its recording.
func (x Exhibit) Checked() bool { _, ok := x.Note(NoteChecked); return ok }

// An Unusable is an input that could not become an exhibit, and why. It
// stands in the register, so that files given = exhibits + duplicates +
// unusable.
type Unusable struct {
	Path    string    `json:"path"`
	PathHex string    `json:"path_hex,omitempty"`
	Code    string    `json:"code"`   // stable: empty-file, symlink, not-regular, unreadable …
	Detail  string    `json:"detail"` // what was found
	Size    int64     `json:"size"`
	Noted   time.Time `json:"noted"`
}
