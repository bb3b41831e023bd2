package document

// An Address is one side of an envelope.
type Address struct {
	Postcode string // six digits, or empty for boxes to fill in by hand
	Lines    []string
	Name     string
	Phone    string
}

// An Envelope 信封 is what stands on it, by the usual layout of GB/T
// 1416—2003: the recipient's postcode in six boxes upper left, room for the
// stamp upper right, the recipient in the middle, the sender lower right with
// the postcode. It says nothing of what is in it.
type Envelope struct {
	Code          string  // of its size: C4
	Width, Height float64 // millimetres
	To, From      Address
	Date          string // RFC 3339, the PDF's creation date
}
