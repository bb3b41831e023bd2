package web

import "juzheng/evidence"

var verifyScreen = screen{path: verifyPath, free: true, file: "part.html", words: partWords,
	title: evidence.Text{ZH: "核对", EN: "Check a bundle"},
	view:  nothing,
}
