package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/disk"
)

// carryScan keeps the scan of a signed letter with the letter: where that prints
// an older root, with the packets that are put aside; where another scan came for the
// letter, apart from what is handed in.
func (c carrier) carryScan(path, slashed, sum string, again bool, now string) error {
	if top, _, _ := strings.Cut(slashed, "/"); c.gone(top) {
		c.kept.Scans = append(c.kept.Scans, slashed)
		return nil
	}
	if again {
		folder, _, _ := strings.Cut(now, "/")
		came := slices.ContainsFunc(c.fresh.Scans, func(s string) bool { return strings.HasPrefix(s, folder+"/") })
		if came && c.fresh.Files[now] != sum {
			return c.swap(path, now)
		}
		slashed = now
	} else {
		c.fresh.Scans = append(c.fresh.Scans, slashed)
	}
	return c.take(path, slashed, sum, false)
}

// SwappedDir, below the folder of a code in superseded/, holds scans of signed letters
// in whose place others came.
const SwappedDir = "换下的扫描件"

// swap puts a scan away in whose place another came. The copy is whole before the new
// papers have their place.
func (c carrier) swap(path, name string) error {
	dir := filepath.Join(c.aside, filepath.FromSlash(filepath.Dir(name)))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ext := filepath.Ext(name)
	base := filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), ext)+"（"+c.now.Format(time.DateOnly))
	to := base + "）" + ext
	for n := 2; ; n++ {
		err := copyFile(filepath.Join(c.from, path), to)
		if err == nil {
			c.kept.Swapped = append(c.kept.Swapped, to)
			return disk.SyncDir(dir)
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		to = fmt.Sprintf("%s-%d）%s", base, n, ext)
	}
}

// Scans are the files of the scan that lies beside the signed letter of a
// recipient, whatever the number of their folder, as long as their letter prints
// this code and says what the case says.
func (f *Folder) Scans(recipient, root string, covers Covers) []string {
	m, known := readMade(f.Path(PacketDir))
	current, _, err := f.PapersCurrent(recipient, covers)
	if !known || err != nil || m.Root != root || !current {
		return nil
	}
	var out []string
	for _, path := range m.Scans {
		top, _, _ := strings.Cut(path, "/")
		file := f.Path(PacketDir, filepath.FromSlash(path))
		if info, err := os.Lstat(file); Unnumbered(top) == Unnumbered(recipient) && err == nil &&
			info.Mode().IsRegular() {
			out = append(out, file)
		}
	}
	slices.Sort(out)
	return out
}
