package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
)

// Lock takes the case for this run; the returned function gives it back. The
// error is a [LockedError] while another run has it. The lock is the
// operating system's own, so a run that was killed leaves none behind; the
// file's content only says who to ask.
func (f *Folder) Lock(now time.Time) (unlock func(), err error) {
	file, err := os.OpenFile(f.Path(LockFile), os.O_RDWR|os.O_CREATE, 0o600)
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

// halfMade are the places below a case where files are written beside their
// names.
var halfMade = []string{"", ExhibitsDir, BundleDir + "/" + bag.SealDir, CommitDir, CommitDir + "/*", CacheDir,
	CacheDir + "/*", "handover",
	LettersDir, LettersDir + "/*", PacketDir, PacketDir + "/*", FiledDir, SupersededDir + "/*"}

// sweep removes what a killed run left half made, in the case and where the run
// said that it was writing outside of it. It is called with the lock held, so
// nobody is writing them now.
func (f *Folder) sweep() {
	var left []string
	for _, dir := range halfMade {
		found, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(f.dir), filepath.FromSlash(dir), ".*"+disk.Partial))
		left = append(left, found...)
	}
	outside, _ := readRegular(f.Path(outsideFile))
	for path := range strings.Lines(string(outside)) {
		left = append(left, disk.Leftovers(strings.TrimSuffix(path, "\n"))...)
	}
	for _, path := range left {
		os.RemoveAll(path) // what cannot be removed harms nobody
	}
	os.Remove(f.Path(outsideFile))
}

// outsideFile lists, one a line, what this run is making outside the case.
const outsideFile = ".outside"

// Outside says that files or folders are being made at these paths, so that the
// next run removes what this one leaves of them should it be killed: a copy or
// a slip half made would tell what it holds. Done is called when they stand, or
// have been given up. The caller holds the lock.
func (f *Folder) Outside(paths ...string) (done func(), err error) {
	var list strings.Builder
	for _, path := range paths {
		if path == "" {
			continue
		}
		if path, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		if strings.ContainsAny(path, "\r\n") {
			continue // what cannot be listed is not found again
		}
		list.WriteString(path + "\n")
	}
	if err := disk.Replace(f.Path(outsideFile), []byte(list.String()), 0o600); err != nil {
		return nil, fmt.Errorf("note what is being made: %w", err)
	}
	return func() { os.Remove(f.Path(outsideFile)) }, nil
}
