package desk

// A Line is one object of a result as a program reads it: evidence/FORMAT.md
// has a row for each Type, and Value has its fields.
type Line struct {
	Type  string
	Value any
}

// list makes an empty list of nothing, so that JSON never says null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
