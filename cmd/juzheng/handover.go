package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates"
	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

var handoverCommand = command{
	name:  "handover",
	args:  "CASE --receiver NAME",
	brief: text{"交出 bundle.zip 时做一份交接单，双方签名", "a slip to sign when bundle.zip is handed over"},
	least: 1,
	most:  1,
	help: text{
		`把 bundle.zip 交给别人时，做一份一页的交接单（PDF）：总校验码、封存后记录的条数和末条校验值、
接收人、日期、双方签名处。交接记入封存后的记录，bundle.zip 随之更新，请交更新后的这一份。
接收人以后可以用交接单上的末条校验值发现记录有没有被截去（见 juzheng help verify）。

用法：juzheng handover 案件夹 --receiver "某某律师事务所"

选项：
      --receiver NAME   交给谁；名字会记入以后每份副本都带的记录
      --slip FILE       交接单放在哪里（默认在案件夹的 handover 里）

只交一部分证据：见 juzheng help export，它也做交接单。

退出码：0 完成，1 没能做成，5 证据包已被改动，10 没有案件。`,
		`For handing bundle.zip to somebody: a slip of one page (PDF) with the root, head and count
of the log after the seal, who receives, the date, and room for both to sign. The handover
is recorded in the log after the seal and bundle.zip made anew: hand over that one. By the
head on the slip the receiver can tell later whether the log was cut (juzheng help verify).

Use: juzheng handover CASE --receiver "NAME"

Options:
      --receiver NAME   who gets it; the name stands in the log that every later copy holds
      --slip FILE       where the slip goes (default: the folder handover of the case)

To hand over some exhibits only: juzheng help export; it makes a slip as well.

Exit codes: 0 done, 1 could not be done, 5 the bundle was altered, 10 no case.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		receiver := fs.String("receiver", "", "")
		slip := fs.String("slip", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if strings.TrimSpace(*receiver) == "" {
				return usage(text{"请用 --receiver 写明交给谁", "say with --receiver who gets it"})
			}
			return handover(ctx, e, args[0], *receiver, *slip)
		}
	},
}

func handover(ctx context.Context, e *env, dir, receiver, slip string) error {
	return withBundle(ctx, e, dir, func(f *folder.Folder, bundle *folder.SealedBundle, now time.Time) error {
		return handoverOf(e, f, bundle, receiver, slip, now)
	})
}

func handoverOf(e *env, f *folder.Folder, bundle *folder.SealedBundle, receiver, slip string, now time.Time) error {
	h := handing{bundle: bundle, receiver: receiver, slip: slip, now: now}
	if err := h.prepare(f); err != nil {
		return err
	}
	if err := warnUncovered(e, f, nil); err != nil {
		return err
	}
	files, err := bundle.Files()
	if err != nil {
		return err
	}
	h.what(folder.BundleZip, files, nil)
	if err := h.note(); err != nil {
		return err
	}
	sums, err := folder.SumsOf(f.Path(folder.BundleZip))
	if err != nil {
		return err
	}
	h.content.FileSum = sums.SHA256
	if err := h.write(); err != nil {
		return err
	}
	if e.json {
		return emit(e.stdout, "summary", map[string]any{"path": f.Path(folder.BundleZip), "root": bundle.Root.SHA256, "slip": h.path,
			"after_head": h.content.Head, "after_count": h.content.Count})
	}
	h.tell(e)
	e.say(text{"下一步：打印两份，双方签名；把 %s 交给接收人", "next: print it twice, both sign; hand over %s"}, f.Path(folder.BundleZip))
	return nil
}

// A handing is one handover: what it says is gathered before anything is
// noted, so that a slip that cannot be set leaves no record behind.
type handing struct {
	bundle         *folder.SealedBundle
	receiver, slip string
	now            time.Time

	in      letter.Input
	content letter.Slip
	path    string // of the slip
}

// prepare finds the place of the slip and tries to set it.
func (h *handing) prepare(f *folder.Folder) error {
	d := &dossier{folder: f, now: h.now}
	var err error
	if d.kase, err = f.ReadCase(); err != nil {
		return err
	}
	h.in = d.input(addressee{recipient: templates.Recipient{Name: h.receiver}}, h.bundle.Root)
	h.content.Receiver = h.receiver
	h.path = h.slip
	if h.path == "" {
		dir := f.Path("handover")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		base := fmt.Sprintf("交接单-%s-%s", h.now.Format(time.DateOnly), folderName(cut(h.receiver, 80)))
		h.path = filepath.Join(dir, base+".pdf")
		for n := 2; ; n++ {
			if _, err := os.Lstat(h.path); err != nil {
				break
			}
			h.path = filepath.Join(dir, fmt.Sprintf("%s-%d.pdf", base, n))
		}
	}
	if err := free(h.path); err != nil {
		return err
	}
	return h.set(io.Discard)
}

// what is handed over: a name, the files that go along and those that do not.
func (h *handing) what(name string, files, left []bag.Entry) {
	h.content.What, h.content.Files = name, len(files)
	for _, x := range files {
		h.content.Bytes += x.Size
	}
	for _, x := range left {
		h.content.Withheld = append(h.content.Withheld, x.Number)
	}
}

// note records the handover; the slip prints the record's digest.
func (h *handing) note() (err error) {
	h.content.Head, h.content.Count, err = h.bundle.Handover(h.receiver, h.content.What, h.now)
	return err
}

func (h *handing) set(w io.Writer) error {
	_, err := typeset.Document(w, letter.ComposeSlip(h.in, h.content), nil)
	return err
}

// write sets the slip; where that fails the log says so.
func (h *handing) write() error {
	err := setFile(h.path, h.set)
	if err != nil {
		err = errors.Join(err, h.bundle.Note("note", "the handover above has no slip", h.now))
	}
	return err
}

func (h *handing) tell(e *env) {
	if h.receiver == "" {
		return
	}
	e.printf(text{"交接单  %s\n封存后记录  %d 条，末条 %s\n", "slip  %s\nlog after the seal  %d records, head %s\n"}, h.path, h.content.Count, bag.FormatRoot(h.content.Head))
}
