package folder

import (
	"os"
	"path/filepath"

	"juzheng/evidence/disk"
)

// CacheDir holds what can be made again of the originals. It may be deleted
// at any time, is never sealed and never copied.
const CacheDir = "cache"

// Cached is what was kept under a name; nil if there is nothing.
func (f *Folder) Cached(name ...string) []byte {
	data, err := os.ReadFile(f.Path(append([]string{CacheDir}, name...)...))
	if err != nil {
		return nil // made again
	}
	return data
}

// Cache keeps data under a name. Where that fails, it is made again next time.
func (f *Folder) Cache(data []byte, name ...string) {
	path := f.Path(append([]string{CacheDir}, name...)...)
	if os.MkdirAll(filepath.Dir(path), 0o700) == nil {
		disk.Replace(path, data, 0o600)
	}
}
