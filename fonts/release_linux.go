package fonts

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Release gives back the memory that the system holds the fonts in. Setting a letter
// touches most of their pages; who needs them again has them read from the program's own
// file, for nobody writes to them.
func Release() {
	for _, font := range [][]byte{SerifRegular, SansBold} {
		page := os.Getpagesize()
		from := -int(uintptr(unsafe.Pointer(&font[0]))) & (page - 1)
		to := len(font) - int(uintptr(unsafe.Pointer(&font[0]))+uintptr(len(font)))&(page-1)
		if from < to { // what of the first and the last page is another's stays
			unix.Madvise(font[from:to:to], unix.MADV_DONTNEED) // a failure costs memory alone
		}
	}
}
