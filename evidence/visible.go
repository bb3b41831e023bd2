package evidence

import "strings"

// Visible replaces what a terminal or a page would act on or hide: control,
// direction and zero-width characters.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e,
			r >= 0x2060 && r <= 0x2069, r == 0xfeff:
			return '�'
		}
		return r
	}, s)
}
