//go:build unix

package folder

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"

	"juzheng/evidence/disk"
)

// A lock that was given back is free, also while this process starts other
// programs: each has all open files for a moment, the lock's among them.
func TestLockWhileProgramsStart(t *testing.T) {
	f := newFolder(t)
	ctx, stop := context.WithCancel(t.Context())
	var starting sync.WaitGroup
	starting.Go(func() {
		for ctx.Err() == nil {
			exec.Command(os.Args[0], "-test.run=^$").Run()
		}
	})
	for range 300 {
		unlock, err := f.Lock(testNow)
		if err != nil {
			t.Error(err)
			break
		}
		unlock()
		if file, err := os.OpenFile(f.Path(LockFile), os.O_RDWR, 0); err != nil || disk.TryLock(file) != nil {
			t.Errorf("held after it was given back: %v", err)
			break
		} else {
			file.Close()
		}
	}
	stop()
	starting.Wait()
}
