package web

import "bytes"

// directions are characters that turn round what is read after them: a file of the name
// "gnp.exe" with one before it reads as a picture. In text they are shown as a mark. They stay
// in attributes, which name files and are sent back, and in what a person edits.
var directions = [][]byte{[]byte("\u200e"), []byte("\u200f"), []byte("\u202a"), []byte("\u202b"), []byte("\u202c"),
	[]byte("\u202d"), []byte("\u202e"), []byte("\u2066"), []byte("\u2067"), []byte("\u2068"), []byte("\u2069")}

// oneDirection is a page in the text of which nothing turns round what is read.
func oneDirection(page []byte) []byte {
	found := false
	for _, d := range directions {
		found = found || bytes.Contains(page, d)
	}
	if !found {
		return page
	}
	var out []byte
	for edited := false; len(page) > 0; {
		tag := bytes.IndexByte(page, '<')
		if tag < 0 {
			tag = len(page)
		}
		text := page[:tag]
		if !edited {
			for _, d := range directions {
				text = bytes.ReplaceAll(text, d, []byte("\ufffd"))
			}
		}
		out, page = append(out, text...), page[tag:]
		end := bytes.IndexByte(page, '>') + 1
		if end == 0 {
			end = len(page)
		}
		edited = bytes.HasPrefix(page, []byte("<textarea"))
		out, page = append(out, page[:end]...), page[end:]
	}
	return out
}
