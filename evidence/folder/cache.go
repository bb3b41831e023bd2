package folder

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"sync"

	"juzheng/evidence/disk"
)

// CacheDir holds what can be made again of the originals. It may be deleted
// at any time, is never sealed and never copied.
const CacheDir = "cache"

// Cached is what this computer kept under a name; nil if there is nothing, and of what was
// cut off, changed, or came with the case from somebody else: letters quote what was read
// of a PDF, and books show what was made of a picture.
func (f *Folder) Cached(name ...string) []byte {
	data, err := os.ReadFile(f.Path(append([]string{CacheDir}, name...)...))
	if err != nil {
		return nil // made again
	}
	return ownOf(data, filepath.Join(name...))
}

// Cache keeps data under a name. Where that fails, it is made again next time.
func (f *Folder) Cache(data []byte, name ...string) {
	path := f.Path(append([]string{CacheDir}, name...)...)
	if os.MkdirAll(filepath.Dir(path), 0o700) == nil {
		mark := markOf(data, filepath.Join(name...))
		disk.Replace(path, append(mark, data...), 0o600)
	}
}

// madeHere is the name of the mark of a case that this user made on this computer.
const madeHere = "made-here"

// MadeHere reports a case that this user made on this computer. One that came from elsewhere,
// or whose cache was deleted, is none.
func (f *Folder) MadeHere() bool { return f.Cached(madeHere) != nil }

// markOf is what stands before data that this computer keeps under a name: a code that
// nobody can make without its key (HMAC-SHA256, RFC 2104).
func markOf(data []byte, name string) []byte {
	h := hmac.New(sha256.New, ownKey())
	io.WriteString(h, filepath.ToSlash(name)+"\n")
	h.Write(data)
	return h.Sum(nil)
}

// ownOf is the data behind their mark; nil if that is not theirs.
func ownOf(kept []byte, name string) []byte {
	if len(kept) < sha256.Size {
		return nil
	}
	mark, data := kept[:sha256.Size], kept[sha256.Size:]
	if !hmac.Equal(mark, markOf(data, name)) {
		return nil
	}
	return data
}

// ownKey is drawn once for this user of this computer, and lies in no case. Where the system
// has no place for it, it is that of this run alone.
var ownKey = sync.OnceValue(readKey)

func readKey() []byte {
	key := make([]byte, sha256.Size)
	rand.Read(key)
	dir, err := os.UserCacheDir()
	if err != nil {
		return key
	}
	path := filepath.Join(dir, "juzheng", "cache.key")
	for range 2 {
		if had, err := os.ReadFile(path); err == nil {
			if len(had) == len(key) {
				return had
			}
			os.Remove(path) // cut off: nothing that it vouched for can be known again
		}
		if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
			break
		}
		// Of two runs the second takes the key of the first.
		disk.SetNew(path, 0o600, func(w io.Writer) error {
			_, err := w.Write(key)
			return err
		})
	}
	return key
}
