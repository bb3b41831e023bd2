package intake

import (
	"io"

	"juzheng/evidence"
)

// Glance tells what [Add] would take a file for, by its content and name: its
// form, and false for an archive or app package, which is no exhibit itself.
func Glance(r io.ReaderAt, size int64, name string) (kind evidence.ExhibitKind, mediaType string, taken bool) {
	f := byName(recognise(r, size), name, r, size)
	return f.kind, f.mediaType, f.code == ""
}

// Opens reports an archive whose files [Add] takes.
func Opens(r io.ReaderAt, size int64) bool {
	_, ok := opens(r, size)
	return ok
}
