package batch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// A Bundle is one received bundle that is to be checked.
type Bundle struct {
	Path string
	Name string // below the folder, or as the list has it
	// Place is the row of a list; empty: no list names it.
	Place string
	Code  string // the code or root it has to have; empty: not said
	Copy  string // digest of the copy, on a slip
	Err   error  // why it cannot be checked
}

// Received is what lies in a folder of bundles.
type Received struct {
	Bundles []Bundle
	Left    []string // files that are no bundles
	Ignored []string // heads of columns of the list that mean nothing here
}

// bundleMarks are files of which one at least is in every bundle, also in one from
// which some were taken away.
var bundleMarks = []string{"bagit.txt", "manifest-sha256.txt", "commitments.txt", bag.RootName, folder.CaseFile}

// FindBundles lists the bundles below a folder, at any depth: folders, zips, locked
// files, and those of case folders.
func FindBundles(ctx context.Context, root string) (r Received, err error) {
	err = filepath.WalkDir(root, func(at string, e fs.DirEntry, err error) error {
		name, relErr := filepath.Rel(root, at)
		if err := errors.Join(ctx.Err(), relErr); err != nil {
			return err
		}
		switch {
		case err != nil && at == root:
			return err
		case err != nil:
			r.Bundles = append(r.Bundles, Bundle{Path: at, Name: name, Err: err})
			return fs.SkipDir
		case !e.IsDir():
			switch strings.ToLower(filepath.Ext(name)) {
			case ".zip", ".age":
				r.Bundles = append(r.Bundles, Bundle{Path: at, Name: name})
			default:
				r.Left = append(r.Left, name)
			}
			return nil
		}
		if base := e.Name(); at != root && strings.HasPrefix(base, ".") && strings.HasSuffix(base, disk.Partial) {
			r.Left = append(r.Left, name) // half made of something, by a run that was killed or still runs
			return fs.SkipDir
		}
		for _, mark := range bundleMarks {
			if _, err := os.Lstat(filepath.Join(at, mark)); err == nil {
				r.Bundles = append(r.Bundles, Bundle{Path: at, Name: name})
				return fs.SkipDir
			}
		}
		return nil
	})
	return r, err
}

// ReadBundles reads a list of bundles: an .xlsx or .csv with the columns 证据包
// (bundle), 证据码 (code) and 本包校验值 (copy), the first of which must be there. Paths
// are taken from the folder of the list.
func ReadBundles(file string) (r Received, err error) {
	l, err := readList(file, headBundle, headCode, headCopy)
	if err != nil {
		return r, err
	}
	r.Ignored = l.Ignored
	err = l.rows(func(row line) bool {
		var b Bundle
		var bad folder.LineErrors
		for _, c := range []struct {
			head
			to *string
		}{{headBundle, &b.Name}, {headCode, &b.Code}, {headCopy, &b.Copy}} {
			s, err := l.cell(row, c.head)
			if err != nil {
				bad = append(bad, err)
			}
			*c.to = s
		}
		if b.Name+b.Code+b.Copy == "" && len(bad) == 0 {
			return true
		}
		b.Place, _ = row.place(-1)
		b.Path = b.Name
		if !filepath.IsAbs(b.Path) {
			b.Path = filepath.Join(filepath.Dir(file), filepath.FromSlash(b.Path))
		}
		if b.Name == "" && len(bad) == 0 {
			where, cell := row.place(l.columns[headBundle.zh])
			bad = append(bad, &folder.LineError{File: where, Column: cell,
				Found:  evidence.Text{ZH: "空的", EN: "nothing"},
				Wanted: evidence.Text{ZH: "证据包的文件名或路径", EN: "the name or path of a bundle"}})
		}
		if len(bad) > 0 {
			b.Err = bad
		}
		r.Bundles = append(r.Bundles, b)
		return true
	})
	if err == nil && len(r.Bundles) == 0 {
		err = &NoBundlesError{file}
	}
	return r, err
}

// WithCodes gives bundles the codes that a list has for them, by their paths below the
// folder or else by their names. What the list has and the folder has not is a bundle
// with a [MissingBundleError].
func WithCodes(found, list Received) Received {
	out := Received{Left: found.Left, Ignored: list.Ignored}
	whole, name := map[string]int{}, map[string][]int{}
	for n, b := range found.Bundles {
		whole[filepath.ToSlash(b.Name)] = n
		base := filepath.Base(b.Path)
		name[base] = append(name[base], n)
	}
	out.Bundles = append(out.Bundles, found.Bundles...)
	for _, l := range list.Bundles {
		at, ok := whole[strings.TrimPrefix(filepath.ToSlash(l.Name), "./")]
		if same := name[filepath.Base(l.Path)]; !ok && len(same) == 1 {
			at, ok = same[0], true
		}
		switch {
		case l.Err != nil:
			out.Bundles = append(out.Bundles, l)
		case !ok:
			l.Err = &MissingBundleError{l.Name, l.Place}
			out.Bundles = append(out.Bundles, l)
		default:
			b := &out.Bundles[at]
			if b.Place != "" && (b.Code != l.Code || b.Copy != l.Copy) {
				l.Path, l.Name = b.Path, b.Name // of two rows each counts
				out.Bundles = append(out.Bundles, l)
				continue
			}
			b.Place, b.Code, b.Copy = l.Place, l.Code, l.Copy
		}
	}
	return out
}

// A NoBundlesError reports a folder or a list without bundles.
type NoBundlesError struct{ Path string }

func (e *NoBundlesError) Error() string { return e.Path + " has no bundles" }

// A MissingBundleError reports a bundle that a list has and nobody received.
type MissingBundleError struct{ Name, Place string }

func (e *MissingBundleError) Error() string { return e.Place + ": " + e.Name + " is not there" }

// VerifyRun says how bundles are checked, and who is told.
type VerifyRun struct {
	desk.VerifyOptions // but for the code and the digest, which are each bundle's own
	Workers            int
	Report             func(Checked) error // of each bundle, in their order; its error ends the run
	Done               func()              // one is checked
}

// A Checked is what a check found: a verdict, or the error that it could not look.
type Checked struct {
	Bundle Bundle
	Found  desk.Verified
	Err    error
}

// VerifyAll checks bundles, some at a time, each as [desk.Verify] does. Nothing is kept
// of an earlier check: what was intact then need not be so now.
func VerifyAll(ctx context.Context, d desk.Desk, all []Bundle, o VerifyRun) error {
	d.Tell, d.Passphrase, d.Agree = nil, nil, nil
	return each(ctx, all, o.Workers, func(ctx context.Context, b Bundle) (Checked, error) {
		c := verifyOne(ctx, d, b, o.VerifyOptions)
		return c, ctx.Err()
	}, func(Checked) error {
		if o.Done != nil {
			o.Done()
		}
		return nil
	}, o.Report)
}

func verifyOne(ctx context.Context, d desk.Desk, b Bundle, o desk.VerifyOptions) (c Checked) {
	c.Bundle = b
	defer func() {
		if fault := recover(); fault != nil {
			c.Err = &PanicError{fault, debug.Stack()}
		}
	}()
	if c.Err = b.Err; c.Err != nil {
		return c
	}
	o.Expect, o.Copy = b.Code, b.Copy
	c.Found, c.Err = desk.Verify(ctx, d, b.Path, o)
	var open *desk.NotLockedError
	if errors.As(c.Err, &open) { // the keys are for those that are locked
		o.Keys = desk.Keys{}
		c.Found, c.Err = desk.Verify(ctx, d, b.Path, o)
	}
	if c.Err == nil && c.Found.Result != nil {
		c.Found.Result.Files = nil // one a file; nobody asks for them here
	}
	return c
}
