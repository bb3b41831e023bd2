//go:build unix

package bag

import (
	"os"
	"syscall"
)

// openNonblock keeps an open from waiting for the other end of a FIFO;
// openFlags also from following a link in the last part of a path.
const (
	openNonblock = syscall.O_NONBLOCK
	openFlags    = openNonblock | syscall.O_NOFOLLOW
)

// links returns the number of names a file has.
func links(info os.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Nlink)
	}
	return 1
}
