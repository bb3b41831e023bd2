package web

import (
	"juzheng/evidence"
)

// A screen is one page of the way from the phone to the letter.
type screen struct {
	path  string // below the case, or below the root where it is of no case
	file  string // its template; empty: PATH.html
	title evidence.Text
	words words
	stage int   // the action that it belongs to, from 1; 0: it is no step of the way
	free  bool  // it is of no case
	most  int64 // bytes of its forms, where files come with them; 0: maxForm

	// missing says what has to be done before the screen has anything to show;
	// nil, or an empty step: nothing.
	missing func(*visit) (missing, error)
	// done reports that nothing is left to do on it; nil: it is never said.
	done func(*visit) (bool, error)
	view func(*visit) (any, error)
	acts map[string]act
}

// An act carries out a form and says where to go next: an address, or empty
// for the screen itself.
type act func(*visit) (next string, err error)

// A missing is what has to be done first.
type missing struct {
	what evidence.Text
	step string // path of the screen where that is done
}

// words are those of a screen, by the names that its template has for them.
type words map[string]evidence.Text

// A mistake is a value that a form cannot take.
type mistake struct {
	field string
	text  evidence.Text
}

func (m *mistake) Error() string { return m.field + ": " + m.text.EN }

// screens are all there are; those of a stage in the order of the way.
func screens() []screen {
	return []screen{
		startScreen, foundScreen,
		loanScreen, callersScreen, listenScreen, resultScreen,
		coverScreen, lettersScreen, handScreen,
		timelineScreen, sheetScreen, keepScreen, unlockScreen,
		chooseScreen, verifyScreen, partScreen,
	}
}

// The paths of screens, by which others lead to them.
const (
	startPath    = "start"
	foundPath    = "found"
	loanPath     = "loan"
	callersPath  = "callers"
	listenPath   = "listen"
	resultPath   = "result"
	coverPath    = "cover"
	lettersPath  = "letters"
	handPath     = "hand"
	choosePath   = "choose" // a folder of this computer
	verifyPath   = "verify"
	keepPath     = "keep"     // the case as a whole
	timelinePath = "timeline" // act by act
	sheetPath    = "sheet"    // the workbook
	unlockPath   = "unlock"
	partPath     = "part"
	faultPath    = "fault"
)

// stages are the three actions of the way.
var stages = []struct{ number, title evidence.Text }{
	{evidence.Text{ZH: "一", EN: "1"}, evidence.Text{ZH: "给文件", EN: "Give files"}},
	{evidence.Text{ZH: "二", EN: "2"}, evidence.Text{ZH: "您来确认", EN: "Confirm"}},
	{evidence.Text{ZH: "三", EN: "3"}, evidence.Text{ZH: "打印提交", EN: "Print"}},
}
