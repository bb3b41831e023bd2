package bag

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"juzheng/evidence/disk"
)

// Write makes the bundle dir from c. It builds in a folder beside it whose
// name ends in .partial, copies each payload file while hashing it, reads the
// copy again, syncs files and folders, writes the root document last, and
// renames. Dir must not exist. After a failure nothing is left; after a crash
// at most the .partial, which the next Write replaces.
func Write(dir string, c Contents) (Root, error) {
	c, err := c.check()
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	var root Root
	err = build(dir, func(partial string) error {
		if err := writePayload(partial, c); err != nil {
			return err
		}
		root, err = writeTags(partial, c)
		return err
	})
	if err != nil {
		return Root{}, fmt.Errorf("write bundle: %w", err)
	}
	return root, nil
}

// Partial is the name under which dir is being built.
func Partial(dir string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+disk.Partial)
}

// build lets fill make a folder beside dir and then gives it its name, so
// that dir is either whole or not there.
func build(dir string, fill func(partial string) error) error {
	dir = filepath.Clean(dir)
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("%s: %w", dir, fs.ErrExist)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	partial := Partial(dir)
	if err := os.RemoveAll(partial); err != nil {
		return fmt.Errorf("clear an earlier attempt: %w", err)
	}
	if err := os.Mkdir(partial, 0o700); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			os.RemoveAll(partial)
		}
	}()
	if err := fill(partial); err != nil {
		return err
	}
	if err := syncTree(partial); err != nil {
		return err
	}
	if err := disk.Rename(partial, dir); err != nil {
		return err
	}
	done = true
	return disk.SyncDir(filepath.Dir(dir))
}

// syncTree syncs the folders below dir and dir itself; files were synced when
// they were written.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return disk.SyncDir(p)
	})
}

// check refuses contents that would make a bundle Verify does not pass, and
// returns them sorted and with the release's own pages.
func (c Contents) check() (Contents, error) {
	if err := c.checkInfo(); err != nil {
		return c, err
	}
	c.Entries = slices.Clone(c.Entries)
	sort.Slice(c.Entries, func(i, j int) bool { return c.Entries[i].Path < c.Entries[j].Path })
	names := map[string]bool{}
	for i, e := range c.Entries {
		switch {
		case !plainPayload(e.Path):
			return c, fmt.Errorf("payload name %q is not data/NAME in plain ASCII", e.Path)
		case names[twinKey(e.Path)]:
			return c, fmt.Errorf("payload name %q stands twice", e.Path)
		case e.Size < 0 || e.Size > maxInteger || !isDigest(e.SHA256, 64) || !isDigest(e.SM3, 64):
			return c, fmt.Errorf("%s: size or digests are missing", e.Path)
		}
		names[twinKey(e.Path)] = true
		if e.Times == nil {
			c.Entries[i].Times = []EntryTime{}
		}
	}
	if len(c.Entries) > 0 && c.Open == nil {
		return c, errors.New("no way to open the payload")
	}
	_, problems := CheckCustody(c.Custody)
	for _, p := range problems {
		if p.Severity != Warning {
			return c, fmt.Errorf("%s:%d: %s", custodyName, p.Line, p.Detail.EN)
		}
	}
	return c.withPages(names)
}

func (c Contents) checkInfo() error {
	for _, f := range append([]InfoField{{"Case", c.Case}, {"Software", c.Software}}, c.Info...) {
		if f.Key == "" || f.Value == "" || strings.ContainsAny(f.Key+f.Value, "\r\n") ||
			strings.ContainsAny(f.Key, ": \t") {
			return fmt.Errorf("bag-info field %q: %q cannot be written", f.Key, f.Value)
		}
		switch key := strings.ToLower(f.Key); {
		case key == "payload-oxum", key == "bagging-date", key == "bag-software-agent", key == "external-identifier",
			strings.HasPrefix(key, "juzheng-"):
			return fmt.Errorf("bag-info field %q is not the caller's to set", f.Key)
		}
	}
	if c.Supersedes != "" && !isDigest(c.Supersedes, 64) {
		return fmt.Errorf("superseded root %q is not a SHA-256", c.Supersedes)
	}
	return nil
}

// withPages adds the pages of this release and checks the names of tag files.
func (c Contents) withPages(names map[string]bool) (Contents, error) {
	c.Tags = slices.Clone(c.Tags)
	for name, content := range map[string][]byte{indexName: IndexHTML(), stepsName: VerifyText()} {
		if !slices.ContainsFunc(c.Tags, func(t TagFile) bool { return t.Name == name }) {
			c.Tags = append(c.Tags, TagFile{name, content})
		}
	}
	for _, own := range []string{bagitName, bagInfoName, manifestName, sm3Name, evidenceName, catalogueName,
		timelineName, custodyName, RootName} {
		names[twinKey(own)] = true
	}
	for _, t := range c.Tags {
		top, _, _ := strings.Cut(twinKey(t.Name), "/")
		_, _, manifest := manifestAlgorithm(t.Name)
		if !plainName(t.Name, true) || top == "data" || top == SealDir || manifest || top == "fetch.txt" ||
			names[twinKey(t.Name)] {
			return c, fmt.Errorf("tag file name %q cannot be used", t.Name)
		}
		names[twinKey(t.Name)] = true
	}
	sort.Slice(c.Tags, func(i, j int) bool { return c.Tags[i].Name < c.Tags[j].Name })
	return c, nil
}

func writePayload(partial string, c Contents) error {
	if err := os.Mkdir(filepath.Join(partial, "data"), 0o700); err != nil {
		return err
	}
	for _, e := range c.Entries {
		if err := os.MkdirAll(filepath.Join(partial, path.Dir(e.Path)), 0o700); err != nil {
			return err
		}
	}
	place := func(e Entry) string { return filepath.Join(partial, filepath.FromSlash(e.Path)) }
	err := parallel(len(c.Entries), 0, func(i int) error {
		e := c.Entries[i]
		if err := copyEntry(place(e), e, c.Open); err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	// What counts is what arrived: the copies are hashed, once, and not what was read.
	var files []SumFile
	for _, e := range c.Entries {
		files = append(files, SumFile{e.Size, func() (io.ReadCloser, error) { return os.Open(place(e)) }})
	}
	sums, err := SumFiles(context.Background(), files)
	if err != nil {
		return err
	}
	for n, e := range c.Entries {
		err := sums[n].Err
		if err == nil && (sums[n].Size != e.Size || sums[n].Sums != e.Sums) {
			err = &SumError{e.Path, sums[n].Size, e.Sums, sums[n].Sums}
		}
		if err == nil && runtime.GOOS != "windows" {
			err = os.Chmod(place(e), 0o400)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	return nil
}

// parallel calls do(0 … n-1) from workers goroutines and returns the first
// error in order of i; after one, no further calls begin.
func parallel(n, workers int, do func(int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		mu     sync.Mutex
		next   int
		failed = n
		first  error
		wg     sync.WaitGroup
	)
	for range min(workers, n) {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				stop := i >= n || first != nil
				mu.Unlock()
				if stop {
					return
				}
				if err := do(i); err != nil {
					mu.Lock()
					if i < failed {
						failed, first = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return first
}

// A SumError reports bytes that are not those an entry promises.
type SumError struct {
	Path      string
	Size      int64 // found
	Want, Got Sums
}

func (e *SumError) Error() string {
	return fmt.Sprintf("content is not what was admitted: %d bytes, SHA-256 %s, want %s", e.Size,
		e.Got.SHA256, e.Want.SHA256)
}

func copyEntry(dst string, e Entry, open func(Entry) (io.ReadCloser, error)) error {
	src, err := open(e)
	if err != nil {
		return err
	}
	defer src.Close()
	f, err := os.OpenFile(dst, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, io.LimitReader(src, e.Size+1)); err != nil { // one more: it may have grown
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}

// writeTags writes everything but the payload, the root document last.
func writeTags(partial string, c Contents) (Root, error) {
	sha, sm3 := map[string]string{}, map[string]string{}
	total := int64(0)
	for _, e := range c.Entries {
		sha[e.Path], sm3[e.Path] = e.SHA256, e.SM3
		total += e.Size
	}
	head, records := CustodyHead(c.Custody)
	evidence, err := formatEvidence(c, c.Entries)
	if err != nil {
		return Root{}, err
	}
	catalogue, err := formatCatalogue(c.Entries)
	if err != nil {
		return Root{}, err
	}
	files := append([]TagFile{
		{bagitName, []byte(declaration)},
		{bagInfoName, []byte(formatInfo(c, total, len(c.Entries), head, records))},
		{manifestName, formatManifest(sha)},
		{sm3Name, formatManifest(sm3)},
		{evidenceName, evidence},
		{catalogueName, catalogue},
		{custodyName, c.Custody},
	}, c.Tags...)
	if c.Timeline != nil {
		files = append(files, TagFile{timelineName, c.Timeline})
	}
	listed := map[string]string{}
	for _, f := range files {
		if err := writeFile(filepath.Join(partial, filepath.FromSlash(f.Name)), f.Content); err != nil {
			return Root{}, err
		}
		listed[f.Name] = sumsOf(f.Content).SHA256
	}
	doc := formatManifest(listed)
	if err := syncTree(partial); err != nil {
		return Root{}, err
	}
	if err := writeFile(filepath.Join(partial, RootName), doc); err != nil {
		return Root{}, err
	}
	sums := sumsOf(doc)
	return Root{Sums: sums, Copy: sums, Files: len(c.Entries), Bytes: total, CustodyHead: head,
		CustodyEntries: records}, nil
}

// writeFile writes a new file and reads it again.
func writeFile(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if err := disk.WriteNew(name, content, 0o600); err != nil {
		return err
	}
	back, err := os.ReadFile(name)
	if err == nil && !bytes.Equal(back, content) {
		err = fmt.Errorf("%s: read back other bytes than were written", name)
	}
	return err
}
