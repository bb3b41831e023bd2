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
	if err := tryLock(file); err != nil {
		file.Close()
		return nil, err
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
		// Closing alone is not enough: a program that this process starts at
		// the same moment has the open file too, until it is running.
		disk.Unlock(file)
		file.Close()
	}, nil
}

// tryLock takes the lock, or says who has it. Whoever is just beginning or
// ending has no name in the file: that is over in a moment, and waited for.
func tryLock(file *os.File) error {
	const moment, most = 10 * time.Millisecond, 20
	for n := 0; ; n++ {
		err := disk.TryLock(file)
		if err == nil {
			return nil
		}
		if !errors.Is(err, disk.ErrHeld) {
			return fmt.Errorf("lock the case: %w", err)
		}
		held := &LockedError{}
		if data, err := io.ReadAll(io.NewSectionReader(file, 0, 4096)); err == nil {
			json.Unmarshal(data, held) // half written: nobody is named
		}
		if held.PID != 0 || n == most {
			return held
		}
		time.Sleep(moment)
	}
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
