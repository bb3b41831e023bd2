package evidence

// Worded are words of an act that sound like a violation nobody has named:
// for a person to say whether they are one. Until then the act is neither
// complained of nor called lawful.
type Worded struct {
	Incident string
	Breach   Breach // what a person would name it as
	Label    Text   // what the words are like
	Quote    string // as they stand in the row, with what stands around them
	Danger   bool   // somebody's safety
}
