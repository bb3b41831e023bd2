package batch

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Workers that begin at once on one machine each have a folder of their own, though each
// takes away those of workers that were killed; of these nothing stays.
func TestWorkFolders(t *testing.T) {
	root := filepath.Join(t.TempDir(), "work")
	killed := filepath.Join(root, "w-1", "c-1")
	if err := os.MkdirAll(killed, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "w-1", workLock), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				dir, done, err := workFolder(root)
				if err != nil {
					t.Error(err)
					return
				}
				if err := sweepWork(root); err != nil {
					t.Error(err)
				}
				if _, err := os.Lstat(filepath.Join(dir, workLock)); err != nil {
					t.Error("the folder of a worker that lives is gone")
				}
				done()
			}
		})
	}
	all.Wait()
	if left, _ := os.ReadDir(root); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
