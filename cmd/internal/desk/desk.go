package desk

import (
	"context"
	"time"

	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// A Desk is what a job needs of the world.
type Desk struct {
	Now  time.Time // of this run, in Beijing time
	Tool string    // program and version, as records name it
	// Given says that Now was given by somebody, and is no clock's: records of
	// this run are marked.
	Given bool
	Tell  func(Notice) // what happens on the way; nil: nobody listens

	// Passphrase asks for one; nil: nobody can be asked. It is called at most
	// once for a secret, while the job waits.
	Passphrase func(context.Context, Secret) ([]byte, error)

	// Agree asks whether to go on, after what others will get was told
	// ([Holds]); nil: nobody can be asked, and the job goes on.
	Agree func(context.Context) (bool, error)

	// Kept is the case of this run, as it was last read; nil: it is read each time.
	Kept *Kept

	// Settings is the user's settings folder, where records of their own may
	// lie; empty: there is none.
	Settings string

	// Fonts is where fonts for characters are found that the program's own lack; nil:
	// nowhere, and such a name stops papers.
	Fonts *Fonts

	// Draw draws the pages of a PDF; nil: nothing does, and papers say where the
	// file is.
	Draw Drawer

	// PDFs reads the text of a PDF; nil: nothing does, and they are kept unread.
	PDFs intake.PDFReader

	// Env is the environment of the programs that print. Nil: that of this
	// process.
	Env []string
}

// tell gives a notice to whoever listens.
func (d Desk) tell(n Notice) {
	if d.Tell != nil {
		d.Tell(n)
	}
}

// open opens a case.
func (d Desk) open(dir string) (*folder.Folder, error) { return folder.Open(dir, d.tool()) }

// openToRead opens a case to read it, and tells what a crash cut short: whoever
// writes next mends it.
func openToRead(d Desk, dir string) (*folder.Folder, error) {
	f, err := d.open(dir)
	if err != nil {
		return nil, err
	}
	cut, err := f.CutLogs()
	if err != nil {
		return nil, err
	}
	for _, c := range cut {
		d.tell(LogCut{CutLog: c})
	}
	return f, nil
}

func (d Desk) tool() string {
	if d.Given {
		return d.Tool + bag.GivenDate
	}
	return d.Tool
}

// lock opens a case for a job that writes to it. Only one can at a time.
func (d Desk) lock(dir string) (f *folder.Folder, unlock func(), err error) {
	if f, err = d.open(dir); err != nil {
		return nil, nil, err
	}
	if unlock, err = f.Lock(d.Now); err != nil {
		return f, nil, err
	}
	cut, err := f.MendLogs(d.Now)
	if err == nil {
		err = f.SeeTimeline()
	}
	if err != nil {
		unlock()
		return f, nil, err
	}
	for _, c := range cut {
		d.tell(LogCut{c, true})
	}
	return f, unlock, nil
}

// answering locks a case for a job that writes an answer. One that a crash left half written
// is ended first: what is read then has all of it, or nothing.
func answering(d Desk, dir string) (f *folder.Folder, unlock func(), err error) {
	f, unlock, err = d.lock(dir)
	if err != nil {
		return nil, nil, err
	}
	if err := f.FinishAnswer(d.Now); err != nil {
		unlock()
		return nil, nil, err
	}
	return f, unlock, nil
}
