package bag

import (
	"os"

	"golang.org/x/sys/windows"
)

// These are nothing here: there are no FIFOs in a folder, and a link is found
// by comparing what was opened with what was listed.
const (
	openNonblock = 0
	openFlags    = 0
)

// links would need a further call per file; hard links are not reported here.
func links(os.FileInfo) uint64 { return 1 }

// lockFile waits for the only lock on f; it ends with f. The locked byte lies
// far behind the content, so that others can still read it.
func lockFile(f *os.File) error {
	ol := &windows.Overlapped{OffsetHigh: 1 << 30}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, ol)
}

func unlockFile(f *os.File) error {
	ol := &windows.Overlapped{OffsetHigh: 1 << 30}
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, ol)
}

// syncDir does nothing: Windows keeps names by itself and cannot sync a
// folder.
func syncDir(string) error { return nil }
