package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"juzheng/evidence/bag"
	"juzheng/evidence/intake/logs"
)

// VerifyOptions say by what a bundle is checked.
type VerifyOptions struct {
	Expect        string // the code or root on the letter
	Copy          string // digest of the copy, on a slip
	After         string // head of the log, on a letter or slip
	PartialOK     bool   // a copy that lacks what was withheld is good enough
	RequireAnchor bool
	Fast          bool   // by SHA-256, without the SM3 that is listed beside it
	Signers       string // files that did not come with the bundle; empty: none
	Trust         string
	Keys          Keys // of a locked bundle
	History       bool // of a case: its older seals as well
}

// A Verified is what [Verify] found.
type Verified struct {
	Result     *bag.Result
	Superseded []Superseded // newest first
	Filed      []FiledPapers
}

// A VerifySummary is the object that ends what is said of a bundle. A face adds
// the verdict in words and what to do next.
type VerifySummary struct {
	bag.Result
	Verdict bag.Verdict `json:"verdict"`
}

// Lines are the objects of the result: files, problems, summary, older seals,
// papers that were filed.
func (v Verified) Lines() []Line {
	var out []Line
	for _, f := range v.Result.Files {
		out = append(out, Line{"status", f})
	}
	for _, p := range v.Result.Problems {
		out = append(out, Line{"problem", p})
	}
	summary := *v.Result
	summary.Files, summary.Problems = nil, nil
	out = append(out, Line{"summary", VerifySummary{summary, v.Result.Verdict}})
	for _, s := range v.Superseded {
		out = append(out, Line{"superseded", s})
	}
	for _, p := range v.Filed {
		out = append(out, Line{"filed", p})
	}
	return out
}

// Checking tells that the bundle in a case folder is what is checked.
type Checking struct{ Bundle string }

// Code names the notice.
func (Checking) Code() string { return "checking" }

// Verifying is the work of reading a bundle.
const Verifying Work = "verifying"

// ErrNoHistory reports that older seals were asked for of something that is
// no case.
var ErrNoHistory = errors.New("older seals are kept in case folders alone")

// A NotLockedError reports keys for a bundle that is not locked.
type NotLockedError struct{ Path string }

func (e *NotLockedError) Error() string { return e.Path + " is not locked" }

// Verify checks a bundle: its folder, its zip, a locked file of that, or a
// case. What it finds is a verdict, not an error. The errors say that it could
// not look: [*BundleError], [*UnreadableError], [*NotLockedError],
// [*LockedError], [*bag.RootError], or what path is.
func Verify(ctx context.Context, d Desk, path string, o VerifyOptions) (v Verified, err error) {
	given := path
	if path, err = bundleOf(path); err != nil {
		return v, err
	}
	if o.History && path == given {
		return v, ErrNoHistory
	}
	if path != given {
		if older := ofLetter(given, path, o.Expect); older != "" {
			path = older
		}
		d.tell(Checking{path})
		f, err := d.open(given)
		if err != nil {
			return v, err
		}
		tellFiled(d, f, o.Expect)
		if o.History {
			if v.Filed, err = filedPapers(f); err != nil {
				return v, err
			}
		}
	}
	opt := bag.Options{Expect: o.Expect, ExpectCopy: o.Copy, ExpectAfter: o.After, PartialOK: o.PartialOK,
		RequireAnchor: o.RequireAnchor, Fast: o.Fast, Now: d.Now, Rows: logs.Hold}
	for _, in := range []struct {
		file string
		to   *[]byte
	}{{o.Signers, &opt.Signers}, {o.Trust, &opt.TrustRoots}} {
		if in.file == "" {
			continue
		}
		if *in.to, err = os.ReadFile(in.file); err != nil {
			return v, &UnreadableError{in.file, err}
		}
	}
	locked, err := isLocked(path)
	if err != nil {
		return v, err
	}
	if !locked && !o.Keys.Empty() {
		return v, &NotLockedError{path}
	}
	step, end := d.work(Verifying)
	opt.Progress = step
	if locked {
		v.Result, err = verifyLocked(ctx, d, path, o.Keys, opt)
	} else {
		v.Result, err = bag.Verify(ctx, path, opt)
	}
	end()
	if err == nil && o.History {
		v.Superseded, err = superseded(ctx, filepath.Dir(path), v.Result, opt)
	}
	return v, err
}

// ofLetter finds the bundle of format 1 that a letter of a case is about, where
// the case has gone on in format 2: its root is no code of the newer bundle.
func ofLetter(dir, bundle, expect string) string {
	typed, err := bag.ParseTyped(expect)
	if expect == "" || err != nil {
		return ""
	}
	if root, err := bag.ReadRoot(bundle); err != nil || root.Format != 2 {
		return ""
	}
	older := supersededPath(dir, typed.Digest)
	if root, err := bag.ReadRoot(older); older == "" || err != nil || root.Format == 2 {
		return ""
	}
	return older
}
