package desk

import "juzheng/evidence/folder"

// A Notice is what a job tells on the way: its type and code say what, its
// fields are the facts. Whoever shows it makes the sentence.
type Notice interface {
	Code() string
}

// Begun, Progress and Ended tell of work that takes long. They never come from
// two goroutines at once, and what began ends, however it ends.
type (
	Begun    struct{ Work Work }
	Progress struct {
		Work        Work
		Done, Total int64 // in any unit
	}
	Ended struct{ Work Work }
)

// Code names the notice.
func (Begun) Code() string    { return "begun" }
func (Progress) Code() string { return "progress" }
func (Ended) Code() string    { return "ended" }

// LogCut tells of a file of lines whose last one a crash cut short, or that is
// gone.
type LogCut struct {
	folder.CutLog
	Mended bool // false: whoever writes next will
}

// Code names the notice.
func (LogCut) Code() string { return "log-cut" }

// Work is what takes long.
type Work string

// The kinds of work.
const (
	Adding  Work = "adding"
	Drawing Work = "drawing" // pages of PDFs
	Copying Work = "copying" // a whole case
)

// work tells of work: at once that it begins, then by step how far it is, and
// by end that it is over.
func (d Desk) work(w Work) (step func(done, total int64), end func()) {
	d.tell(Begun{w})
	return func(done, total int64) { d.tell(Progress{w, done, total}) }, func() { d.tell(Ended{w}) }
}
