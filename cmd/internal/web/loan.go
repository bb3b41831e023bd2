package web

import "juzheng/evidence"

var loanScreen = screen{path: loanPath, file: "part.html", stage: 2, words: partWords,
	title: evidence.Text{ZH: "您和借款", EN: "You and the loan"}, missing: notHere("ask"), view: nothing}
