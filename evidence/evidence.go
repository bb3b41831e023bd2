// Package evidence holds the words of a case as plain values: [Case],
// [Exhibit], [Incident], [Finding], [Citation]. [Kinds] is the table of what a
// person can complain of, one record a [Kind], and a [Breach] its id; [Role]
// and [Licence] say who is written to and who lent. How they stand on disk is
// for package folder to know.
//
// [Text] is a sentence in both languages and [Advice] one with its words for the
// console and for the page (advice.go). A case is in case.go, with debt.go, filing.go,
// licence.go, loankind.go and role.go; what happened in incident.go, doubt.go and
// time.go; what comes of it in kind.go and kinds.go (the table), finding.go and
// reply.go; numbers, names and sums in number.go, name.go, money.go and capitals.go.
//
// One way leads through the program: intake turns files into exhibits and
// incidents, rule turns incidents into findings, letter turns findings into
// text. Each of those is a package above this one; this package knows neither
// phones, nor law, nor paper.
package evidence

// A Text is one thing said in both languages, side by side, so that neither
// is changed without seeing the other. What is quoted from the law or printed
// in a letter is written and checked as Chinese.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the text in the language lang ("en", anything else is Chinese).
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

// What people call the two files they edit. A filing has the first as the
// source of its incident, and what is missing is named by its place in them.
const (
	CaseFile     = "case.toml"
	TimelineFile = "timeline.csv"
)

// An Answer is yes, no, or not known. Not known is the zero value and is
// never taken for no.
type Answer string

// The answers.
const (
	Unknown Answer = ""
	Yes     Answer = "yes"
	No      Answer = "no"
)
