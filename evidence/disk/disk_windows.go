package disk

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// nonblock is for systems with named pipes in the file tree.
const nonblock = 0

// SyncDir does nothing: Windows keeps names by itself and cannot sync a
// folder.
func SyncDir(string) error { return nil }

// heldCode knows the numbers by which Windows says that a file is open elsewhere. One
// that is to be replaced and is open is told like one that nobody may write.
func heldCode(n syscall.Errno, renamed bool) bool {
	switch n {
	case windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE:
		return true
	case windows.ERROR_ACCESS_DENIED:
		return renamed
	}
	return false
}

// Free is how many bytes there is room for where a folder is, for this user.
func Free(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, &os.PathError{Op: "free space", Path: dir, Err: err}
	}
	return int64(min(free, 1<<62)), nil
}

// lockedByte lies far behind the content, which stays readable by others.
func lockedByte() *windows.Overlapped { return &windows.Overlapped{OffsetHigh: 1 << 30} }

// TryLock takes the lock of f, or says [ErrHeld] at once. The lock is the
// operating system's own: it ends with the file or the process.
func TryLock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, lockedByte())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrHeld
	}
	return err
}

// Lock waits for the lock of f.
func Lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, lockedByte())
}

// Unlock gives the lock of f back.
func Unlock(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, lockedByte())
}

// Identity tells which file an open one is, whatever its name: a file put in its
// place is another. Empty: nobody can tell.
func Identity(f Opened) string {
	var d windows.ByHandleFileInformation
	if windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &d) != nil {
		return ""
	}
	return fmt.Sprintf("%d:%d:%d", d.VolumeSerialNumber, d.FileIndexHigh, d.FileIndexLow)
}
