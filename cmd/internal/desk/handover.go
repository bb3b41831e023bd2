package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

// A Handed is what [Handover] made.
type Handed struct {
	Count     int    `json:"after_count"` // of the log after the seal
	AfterHead string `json:"after_head"`
	Copy      string `json:"copy,omitempty"` // digest of the copy, in format 2
	Path      string `json:"path"`           // what is handed over
	Root      string `json:"root"`
	Slip      string `json:"slip"`
}

// Lines are the objects of the result.
func (r Handed) Lines() []Line { return []Line{{"summary", r}} }

// HandoverOptions say who gets a bundle, and what of it.
type HandoverOptions struct {
	Receiver string
	Slip     string   // where the slip goes; empty: the folder handover of the case
	Whole    bool     // bundle.zip as it is, with whole logs
	Bare     []string // numbers of those that go along without their record
}

// Handover makes the slip for handing a case's bundle to somebody, and notes the
// handover in the log. It is bundle.zip, unless that has whole logs of which
// letters cite extracts, or a record stays here: then a copy without them is made
// beside the slip.
func Handover(ctx context.Context, d Desk, dir string, o HandoverOptions) (r Handed, err error) {
	err = withBundle(ctx, d, dir, func(f *folder.Folder, bundle *folder.SealedBundle) error {
		r, err = handover(ctx, d, f, bundle, o)
		return err
	})
	return r, err
}

func handover(
	ctx context.Context, d Desk, f *folder.Folder, bundle *folder.SealedBundle, o HandoverOptions,
) (r Handed, err error) {
	keep, err := withoutLogs(d, f, bundle, ExportOptions{Whole: o.Whole})
	if err != nil {
		return r, err
	}
	if keep != nil || len(o.Bare) > 0 {
		return handoverPart(ctx, d, f, bundle, o, keep)
	}
	h := handing{bundle: bundle, receiver: o.Receiver, slip: o.Slip, now: d.Now, shelf: d.Fonts}
	if err := h.prepare(f); err != nil {
		return r, err
	}
	if err := tellUncovered(d, f, nil); err != nil {
		return r, err
	}
	if err := previewBundle(ctx, d, f, nil); err != nil {
		return r, err
	}
	files, err := bundle.Files()
	if err != nil {
		return r, err
	}
	nameWhat(&h, folder.BundleZip, files, nil)
	if bundle.Root.Format == 2 {
		copyOf(&h, bundle.Root)
	}
	done, err := f.Outside(h.path)
	if err != nil {
		return r, err
	}
	defer done()
	if err := h.begin(); err != nil {
		return r, err
	}
	zip := f.Path(folder.BundleZip)
	sums, err := folder.SumsOf(zip)
	if err != nil {
		return r, err
	}
	h.content.FileSum = sums.SHA256
	if err := h.write(); err != nil {
		return r, err
	}
	return Handed{h.content.Count, h.content.Head, h.content.Copy, zip, bundle.Root.SHA256, h.path}, nil
}

// handoverPart hands over a copy of some exhibits, or of all with some records alone.
func handoverPart(
	ctx context.Context, d Desk, f *folder.Folder, bundle *folder.SealedBundle, o HandoverOptions, keep []string,
) (r Handed, err error) {
	to, err := freePath(f.Path("handover"), "证据包", o.Receiver, ".zip", d.Now)
	if err != nil {
		return r, err
	}
	made, err := export(ctx, d, f, bundle, ExportOptions{To: to, Only: keep, Bare: o.Bare, Receiver: o.Receiver,
		Slip: o.Slip, Whole: true}) // what is kept back was decided
	if err != nil {
		return r, err
	}
	return Handed{made.SlipCount, made.SlipHead, made.Copy, made.Path, made.Root, made.Slip}, nil
}

// A handing is one handover: what it says is gathered before anything is
// noted, so that a slip that cannot be set leaves no record behind.
type handing struct {
	bundle         *folder.SealedBundle
	receiver, slip string
	now            time.Time
	shelf          *Fonts

	fonts   typeset.Fonts
	in      letter.Input
	content letter.Slip
	path    string // of the slip
}

// prepare finds the place of the slip and tries to set it.
func (h *handing) prepare(f *folder.Folder) error {
	c, err := f.ReadCase()
	if err != nil {
		return err
	}
	to := addressee{recipient: templates.Recipient{Name: h.receiver}}
	h.in = input(Dossier{Folder: f, Date: h.now, Case: c}, to, h.bundle.Root)
	h.content.Receiver = h.receiver
	h.fonts, err = fallbacks(Desk{Fonts: h.shelf}, Dossier{Folder: f, Case: c}, packet.Order{Input: h.in})
	if err != nil {
		return err
	}
	if h.path = h.slip; h.path == "" {
		if h.path, err = freePath(f.Path("handover"), "交接单", h.receiver, ".pdf", h.now); err != nil {
			return err
		}
	}
	if err := free(h.path); err != nil {
		return err
	}
	return h.set(io.Discard)
}

// freePath is a free name in a folder, which is made: what it is, the day, and
// for whom.
func freePath(dir, what, receiver, extension string, now time.Time) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	base := fmt.Sprintf("%s-%s-%s", what, now.Format(time.DateOnly), fileName(receiver))
	path := filepath.Join(dir, base+extension)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path, nil
		}
		path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", base, n, extension))
	}
}

// fileName makes a part of a file name of somebody's name: it makes no folders
// of its own, and is short enough for any file system.
func fileName(s string) string {
	const most = 120 // bytes: forty Han characters
	cut := len(s) > most
	for len(s) > most {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	if cut {
		s += "…"
	}
	return plainName(s)
}

// plainName keeps somebody's name from making folders of its own.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < 0x20 {
			return '_'
		}
		return r
	}, s)
}

// nameWhat is handed over: a name, the files that go along and those that do not.
func nameWhat(h *handing, name string, files, left []bag.Entry) {
	h.content.What, h.content.Files = name, len(files)
	for _, x := range files {
		h.content.Bytes += x.Size
	}
	for _, x := range left {
		h.content.Withheld = append(h.content.Withheld, x.Number)
	}
	for _, x := range files {
		h.content.Numbers = append(h.content.Numbers, x.Number)
	}
}

// begin records what is about to be handed over. Of format 1 the slip prints the
// digest of that record, of format 2 the head of the log in the copy.
func (h *handing) begin() (err error) {
	if err := h.bundle.BeginHandover(h.receiver, h.content.What, h.now); err != nil {
		return err
	}
	if h.content.Copy != "" {
		h.content.Head, h.content.Count = h.in.Seal.Head, h.in.Seal.Count
		return nil
	}
	h.content.Head, h.content.Count, err = h.bundle.AfterHead()
	return err
}

// write sets the slip, and records that the handover was made with it; where
// that fails the log says so.
func (h *handing) write() error {
	err := disk.Set([]string{h.path}, func(ws []io.Writer) error { return h.set(ws[0]) })
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", filepath.Base(h.path), err), h.bundle.GiveUpHandover(h.now))
	}
	return h.bundle.HandOver(h.receiver, h.content.What, cmp.Or(h.content.Copy, h.bundle.Root.SHA256), h.now)
}

func (h *handing) set(w io.Writer) error {
	_, err := h.fonts.Document(w, letter.ComposeSlip(h.in, h.content), nil)
	return err
}

// copyOf says on the slip which copy of format 2 it is.
func copyOf(h *handing, root bag.Root) {
	h.content.Copy, h.in.Seal.Head, h.in.Seal.Count = root.Copy.SHA256, root.CustodyHead, root.CustodyEntries
}
