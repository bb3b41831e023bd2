package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
)

// Lock takes the case for this run; the returned function gives it back. The
// error is a [LockedError] while another run has it. The lock is the
// operating system's own, so a run that was killed leaves none behind; the
// file's content only says who to ask.
func (f *Folder) Lock(now time.Time) (unlock func(), err error) {
	file, err := os.OpenFile(f.Path(lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the case: %w", err)
	}
	if err := disk.TryLock(file); err != nil {
		defer file.Close()
		if !errors.Is(err, disk.ErrHeld) {
			return nil, fmt.Errorf("lock the case: %w", err)
		}
		held := &LockedError{}
		if data, err := io.ReadAll(file); err == nil {
			json.Unmarshal(data, held) // unreadable while it is being written: then nobody is named
		}
		return nil, held
	}
	host, _ := os.Hostname()
	mine, err := json.Marshal(LockedError{PID: os.Getpid(), Host: host, Since: now})
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = file.WriteAt(mine, 0)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("lock the case: %w", err)
	}
	f.sweep()
	return func() {
		file.Truncate(0)
		file.Close() // gives the lock back
	}, nil
}

// sweep removes what a killed run left half made. It is called with the lock
// held, so nobody is writing them now.
func (f *Folder) sweep() {
	for _, dir := range []string{f.dir, f.Path(ExhibitsDir), f.Path(BundleDir, bag.SealDir)} {
		left, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), ".*.partial"))
		for _, path := range left {
			os.RemoveAll(path) // what cannot be removed harms nobody
		}
	}
}
