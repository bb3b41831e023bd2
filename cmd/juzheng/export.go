package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
)

var exportCommand = command{
	name:  "export",
	args:  "CASE --to PATH",
	brief: text{"导出证据包副本，可以只随附一部分证据", "copy the bundle out, whole or in part"},
	least: 1,
	most:  1,
	help: text{
		`导出证据包的副本交给别人。可以只随附一部分证据：清单仍然完整，总校验码不变，
没有随附的文件写明“未随附”，核对的人看得出少了哪些。导出会记入封存后的记录。
注意：部分副本里仍有全部证据的编号、原文件名、校验值，以及时间线和保管记录。

用法：juzheng export 案件夹 --to 副本.zip
      juzheng export 案件夹 --to 文件夹 --only E001,E003
      juzheng export 案件夹 --to 副本.zip --recipient platform --receiver "某某平台"

选项：
      --to PATH         副本放在哪里：.zip 结尾的是压缩包，其他是文件夹；不能已经存在
      --only LIST       只随附这些证据（编号）
      --recipient WHO   只随附给这个机构的信里用到的证据：platform、nifa、regulator
      --receiver NAME   交给谁；同时做一份交接单（PDF），名字会记入以后每份副本都带的记录
      --slip FILE       交接单放在哪里（默认在案件夹的 handover 里）

退出码：0 完成，1 没能做成，5 证据包已被改动，10 没有案件。`,
		`Copies the bundle for somebody else. Exhibits can be withheld: the manifest stays whole,
the root does not change, and what is withheld is shown as such to whoever checks the
copy. The export is recorded in the log after the seal.
Note: a partial copy still holds the numbers, original names and digests of all exhibits,
the timeline and the custody log.

Use: juzheng export CASE --to COPY.zip
     juzheng export CASE --to FOLDER --only E001,E003
     juzheng export CASE --to COPY.zip --recipient platform --receiver "NAME"

Options:
      --to PATH         where: a zip if it ends in .zip, else a folder; must not exist
      --only LIST       only these exhibits go along (numbers)
      --recipient WHO   only those the letter to platform, nifa or regulator rests on
      --receiver NAME   who gets it: a handover slip (PDF) is made as well, and the name
                        stands in the log that every later copy holds
      --slip FILE       where the slip goes (default: the folder handover of the case)

Exit codes: 0 done, 1 could not be done, 5 the bundle was altered, 10 no case.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o exportOptions
		fs.StringVar(&o.to, "to", "", "")
		only := fs.StringSlice("only", nil, "")
		fs.StringVar(&o.recipient, "recipient", "", "")
		fs.StringVar(&o.receiver, "receiver", "", "")
		fs.StringVar(&o.slip, "slip", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			for _, n := range *only {
				if n = strings.ToUpper(strings.TrimSpace(n)); n != "" {
					o.only = append(o.only, n)
				}
			}
			switch {
			case o.to == "":
				return usage(text{"请用 --to 说明副本放在哪里", "say with --to where the copy goes"})
			case fs.Changed("only") && o.recipient != "":
				return usage(text{"--only 和 --recipient 只能用一个", "use --only or --recipient, not both"})
			case fs.Changed("only") && len(o.only) == 0:
				return usage(text{"--only 是空的，应为 E001,E003 这样的编号", "--only is empty; wanted numbers such as E001,E003"})
			case o.slip != "" && o.receiver == "":
				return usage(text{"--slip 要和 --receiver 一起用：交接单要写明接收人", "--slip goes with --receiver: a slip names who receives"})
			}
			return export(ctx, e, args[0], o)
		}
	},
}

type exportOptions struct {
	to, recipient, receiver, slip string
	only                          []string // nil: all
}

func export(ctx context.Context, e *env, dir string, o exportOptions) error {
	return withBundle(ctx, e, dir, func(f *folder.Folder, bundle *folder.SealedBundle, now time.Time) error {
		return exportFrom(ctx, e, f, bundle, o, now)
	})
}

func exportFrom(ctx context.Context, e *env, f *folder.Folder, bundle *folder.SealedBundle, o exportOptions, now time.Time) error {
	keep := o.only
	who := o.receiver
	if o.recipient != "" {
		a, numbers, err := attachedTo(f.Dir(), o.recipient, bundle, now)
		if err != nil {
			return err
		}
		if keep, err = withoutCovered(e, f, numbers, o.recipient); err != nil {
			return err
		}
		if who == "" {
			who = a.recipient.Name
		}
	} else if err := warnUncovered(e, f, keep); err != nil {
		return err
	}
	h := handing{bundle: bundle, receiver: o.receiver, slip: o.slip, now: now}
	if o.receiver != "" {
		if err := h.prepare(f); err != nil {
			return err
		}
	}
	c := folder.Copy{Dst: o.to, Zip: strings.EqualFold(filepath.Ext(o.to), ".zip"), For: who, Keep: keep}
	left, err := h.export(ctx, c)
	if err != nil {
		return exportError(o.to, err)
	}
	if o.receiver != "" {
		if err := h.write(); err != nil {
			return err
		}
	}
	return tellExport(e, bundle, c, left, h)
}

// attachedTo finds the exhibits that the letter to one recipient rests on.
func attachedTo(dir, to string, bundle *folder.SealedBundle, now time.Time) (addressee, []string, error) {
	if !bundle.Current {
		return addressee{}, nil, fail(exitFailed, nil, text{"案件在封存之后又有变化，信里用到的证据可能与证据包对不上", "the case changed since it was sealed: what the letter rests on may not be what the bundle holds"},
			fill(text{"先运行 juzheng build %s", "run juzheng build %s first"}, quote(dir)))
	}
	d, err := openCase(dir, now)
	if err != nil {
		return addressee{}, nil, err
	}
	all, err := d.addressees([]string{to})
	if err != nil {
		return addressee{}, nil, err
	}
	competent, _ := d.competent(all)
	if len(competent) == 0 {
		return addressee{}, nil, fail(exitBlocked, letter.ErrNothingShown, fill(notCompetent, all[0].recipient.Name))
	}
	return competent[0], letter.Attached(d.input(competent[0], bundle.Root)), nil
}

// withoutCovered leaves out the exhibits that the papers for a recipient cover
// a part of: a copy of the bundle holds originals, and would show it.
func withoutCovered(e *env, f *folder.Folder, numbers []string, role string) ([]string, error) {
	rows, err := f.Redactions()
	if err != nil {
		return nil, err
	}
	var keep, covered []string
	for _, n := range numbers {
		if slices.ContainsFunc(rows, func(r evidence.Redaction) bool { return r.Exhibit == n && r.For(role) }) {
			covered = append(covered, n)
			continue
		}
		keep = append(keep, n)
	}
	if len(covered) == 0 {
		return keep, nil
	}
	list := strings.Join(covered, "、")
	if len(keep) == 0 {
		return nil, fail(exitFailed, nil, fill(text{"信里用到的证据都有遮盖（%s），副本里会是没有遮盖的原件", "all that the letter rests on is covered in part (%s), and a copy holds the originals"}, list),
			text{"确实要交出原件的，用 --only 写明编号", "to hand the originals over all the same, name them with --only"})
	}
	e.say(text{"没有随附 %s：给这个机构的材料里有遮盖，而副本里是没有遮盖的原件（确实要交出的，用 --only 写明）",
		"left out: %s; the papers for this recipient cover a part, and a copy holds the originals (to hand them over all the same, use --only)"}, list)
	warnTimeline(e, rows, role)
	return keep, nil
}

// warnUncovered says which exhibits a copy shows whole that papers cover in
// part. Keep is what goes along; nil is all.
func warnUncovered(e *env, f *folder.Folder, keep []string) error {
	rows, err := f.Redactions()
	if err != nil {
		return err
	}
	var shown []string
	for _, r := range rows {
		if r.Exhibit != "" && (keep == nil || slices.Contains(keep, r.Exhibit)) && !slices.Contains(shown, r.Exhibit) {
			shown = append(shown, r.Exhibit)
		}
	}
	if len(shown) > 0 {
		e.say(text{"注意：%s 在 redactions.csv 里有遮盖，这份副本里是没有遮盖的原件", "note: redactions.csv covers a part of %s; this copy holds the originals, uncovered"}, strings.Join(shown, "、"))
	}
	warnTimeline(e, rows, "")
	return nil
}

// warnTimeline says that covered words stand in the timeline, which every
// copy holds whole.
func warnTimeline(e *env, rows []evidence.Redaction, role string) {
	if slices.ContainsFunc(rows, func(r evidence.Redaction) bool { return r.Text != "" && (role == "" || r.For(role)) }) {
		e.say(text{"注意：每份副本都带完整的时间线，遮盖的文字在里面看得见", "note: every copy holds the whole timeline, where the covered words can be read"})
	}
}

func exportError(to string, err error) error {
	var unknown *folder.UnknownExhibitError
	switch {
	case errors.As(err, &unknown):
		return usage(text{"证据包里没有证据 %s（juzheng list 列出全部编号）", "the bundle has no exhibit %s (juzheng list shows them)"}, unknown.Number)
	case errors.Is(err, os.ErrExist):
		return taken(to, err)
	case errors.Is(err, folder.ErrInsideCase):
		return usage(text{"副本不能放进证据包里面（%s）：多出的文件会使它不再完好", "the copy cannot go inside the bundle (%s): a further file there would be a change"}, to)
	}
	return err
}

func tellExport(e *env, bundle *folder.SealedBundle, c folder.Copy, left []bag.Entry, h handing) error {
	head, count, err := bundle.AfterHead()
	if err != nil {
		return err
	}
	withheld := make([]string, len(left))
	for i, x := range left {
		withheld[i] = x.Number
	}
	if e.json {
		return emit(e.stdout, "summary", struct {
			Path      string   `json:"path"`
			Root      string   `json:"root"`
			Withheld  []string `json:"withheld"`
			Slip      string   `json:"slip,omitempty"`
			AfterHead string   `json:"after_head"`
			Count     int      `json:"after_count"`
		}{c.Dst, bundle.Root.SHA256, withheld, h.path, head, count})
	}
	e.printf(text{"副本  %s\n", "copy  %s\n"}, c.Dst)
	if len(withheld) > 0 {
		e.printf(text{"未随附  %s\n", "withheld  %s\n"}, strings.Join(withheld, " "))
		e.say(text{"这是部分副本：总校验码不变；里面仍有全部证据的编号、原文件名、时间线和保管记录。",
			"a partial copy: the root is the same; it still holds the numbers and names of all exhibits, the timeline and the custody log."})
	}
	h.tell(e)
	e.say(text{"下一步：juzheng verify %s --expect \"信上的总校验码\"", "next: juzheng verify %s --expect \"the root on the letter\""}, quote(c.Dst))
	return nil
}

// export makes the copy that is handed over, the handover being noted first,
// so that the copy holds the record whose digest the slip prints.
func (h *handing) export(ctx context.Context, c folder.Copy) ([]bag.Entry, error) {
	if h.receiver == "" {
		return h.bundle.Export(ctx, c, h.now)
	}
	left, err := h.bundle.LeftOut(c)
	if err != nil {
		return nil, err
	}
	files, err := h.bundle.Files()
	if err != nil {
		return nil, err
	}
	h.what(filepath.Base(c.Dst), slices.DeleteFunc(files, func(x bag.Entry) bool {
		return slices.ContainsFunc(left, func(l bag.Entry) bool { return l.Path == x.Path })
	}), left)
	if err := h.note(); err != nil {
		return nil, err
	}
	if _, err := h.bundle.Export(ctx, c, h.now); err != nil {
		return nil, errors.Join(err, h.bundle.Note("note", "nor was the handover", h.now))
	}
	if c.Zip {
		sums, err := folder.SumsOf(c.Dst)
		if err != nil {
			return nil, err
		}
		h.content.FileSum = sums.SHA256
	}
	return left, nil
}
