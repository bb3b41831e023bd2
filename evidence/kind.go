package evidence

// A Kind is one kind of violation with everything that is fact about it. The
// rule that finds it stands in package rule, the provisions it breaks in that
// package's statute table, and its sentences in package letter: nothing else
// needs to be written for a new kind, and tests there name what is missing.
type Kind struct {
	ID    Breach
	Title Text
	Words []string // what a person may write for it besides its id and its Chinese title
	Parts []Part   // named where the kind alone does not say which provision speaks of the act

	// Bodies in the order in which to go to them. NFRA-L stands for whichever
	// supervisor the lender's licence gives; what follows a colon is a fact of
	// the acts without which the body is not competent.
	Bodies  []string
	Advice  Advice // what would make it stronger
	Contact Advice // the same, to a contact of whom it was done; empty: as to the borrower

	Computed   bool // from other columns of the timeline; the others only a person can hear or read
	Third      bool // somebody was reached who does not owe the debt
	Danger     bool // somebody's safety is touched
	DebtorOnly bool // it measures what was done to the debtor, or argues the debt: no contact can claim it
	Collecting bool // it is done in collecting, not with sums, credit records, data or complaints
	Spoken     bool // it consists in what was said
	OnPaper    bool // it can be shown by something nobody said or sent: a page, a bill, a report
	Checkable  bool // a person can find it untrue by asking at its source
	Doubtable  bool // where nobody asked there, or knows who did it, letters ask for the check and call it no breach
	Disputes   bool // it argues the debt itself
	Denies     bool // it says that nothing is owed
	Apology    bool // it wronged somebody who can ask for an apology
}

// A Part is a variant of a kind that has provisions of its own, as V06a of V06.
type Part struct {
	ID     Breach
	Title  Text
	Words  []string
	Fact   string // added to the act: provisions and bodies may ask for it
	Danger bool   // somebody's safety is touched
	Unseen bool   // it consists in what did not happen, which no file shows: the person's word stands beside it
}

var contactAdvice = Advise(
	"请保留您手机上的原始短信、录音、通话记录，连同您表示拒绝的那一次；运营商详单可以印证",
	"the messages, recordings and call log on your own phone, with that of your refusal; a carrier's list supports "+
		"them")
