package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"juzheng/cmd/internal/batch"
	"juzheng/evidence/bag"
)

// A bundleLine is one bundle as a program reads it.
type bundleLine struct {
	Path    string      `json:"path"`
	Row     string      `json:"row,omitempty"`
	Verdict bag.Verdict `json:"verdict,omitempty"` // none: it could not be looked at
	Words   text        `json:"words"`
	Exit    int         `json:"exit"`
	Root    string      `json:"root,omitempty"`
	Coded   bool        `json:"coded"` // held against a code or a digest
}

// bundlesOf are the bundles of a folder or a list, with the codes of another list.
func bundlesOf(ctx context.Context, e *env, path, codes string) (r batch.Received, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return r, err
	}
	switch {
	case !info.IsDir() && codes != "":
		return r, usage(text{ZH: "--codes 和文件夹一起用；名单自己就有证据码一列",
			EN: "--codes goes with a folder; a list has a column of codes itself"})
	case info.IsDir():
		r, err = batch.FindBundles(ctx, path)
	default:
		r, err = batch.ReadBundles(path)
	}
	if err == nil && codes != "" {
		var list batch.Received
		if list, err = batch.ReadBundles(codes); err == nil {
			r = batch.WithCodes(r, list)
		}
	}
	if err == nil && len(r.Bundles) == 0 {
		err = &batch.NoBundlesError{Path: path}
	}
	var none *batch.NoBundlesError
	if errors.As(err, &none) {
		err = fail(exitRefused, err, fill(text{ZH: "%[1]s 里没有证据包", EN: "%[1]s has no bundles"},
			quote(visible(none.Path))),
			text{ZH: "给出放着证据包（文件夹、zip、.age）的文件夹，或者名单",
				EN: "give a folder of bundles (folders, zips, .age), or a list of them"})
	}
	return r, err
}

func batchVerify(ctx context.Context, e *env, path string, o batchOptions) error {
	for _, name := range []string{"do", "to", "resume", "dry-run", "nats", "key"} {
		if o.given(name) {
			return usage(text{ZH: "batch verify 没有 --%s", EN: "batch verify has no --%s"}, name)
		}
	}
	if o.Workers < 1 {
		return usage(text{ZH: "--jobs 至少是 1", EN: "--jobs wants 1 at least"})
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	all, err := bundlesOf(ctx, e, path, o.codes)
	if err != nil {
		return err
	}
	e.tellIgnored(all.Ignored)
	book, err := o.bookAt(path, d.Now)
	if err != nil {
		return err
	}
	// What is checked may come from an enemy, who is not to fill the machine.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(o.Workers) * memoryAimed))
	counter := e.counting(len(all.Bundles))
	var exceptions []batch.Exception
	var sum verifySum
	run := batch.VerifyRun{VerifyOptions: o.verify, Workers: o.Workers, Done: counter.one}
	run.Report = func(c batch.Checked) error {
		line, bad := explainChecked(c, o)
		exceptions = append(exceptions, bad...)
		sum.add(line)
		if e.json {
			if err := emit(e.stdout, "bundle", line); err != nil {
				return err
			}
			for _, x := range bad {
				if err := emit(e.stdout, "exception", x); err != nil {
					return err
				}
			}
			return nil
		}
		e.printf(text{ZH: "%s  %s\n", EN: "%s  %s\n"}, line.Words.In(e.lang), visible(line.Path))
		return nil
	}
	err = batch.VerifyAll(ctx, d, all.Bundles, run)
	counter.end()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	sum.Left = len(all.Left)
	if err := e.tellVerified(sum, all.Left); err != nil {
		return err
	}
	if len(exceptions) > 0 {
		if err := e.writeExceptions(book, exceptions, nil); err != nil {
			return err
		}
	}
	if sum.Bad > 0 {
		return silent(exitPartial)
	}
	return nil
}

// explainChecked is one bundle in words, and what is wrong with it.
func explainChecked(c batch.Checked, o batchOptions) (bundleLine, []batch.Exception) {
	b := c.Bundle
	line := bundleLine{Path: b.Name, Row: b.Place, Coded: b.Code+b.Copy != ""}
	with := verifyOptions{VerifyOptions: o.verify}
	with.Expect, with.Copy = b.Code, b.Copy
	var out batch.Outcome
	var missing *batch.MissingBundleError
	switch {
	case errors.As(c.Err, &missing):
		line.Words = text{ZH: "没有收到", EN: "not received"}
		out = batch.Outcome{Exit: exitFailed, Exceptions: []batch.Exception{{File: b.Place, Reason: line.Words,
			Remedy: text{ZH: "向提交人要；或者名单里的名字写得不一样", EN: "ask for it; or the list writes its name otherwise"}}}}
	case c.Err != nil:
		line.Words = text{ZH: "没能核对", EN: "could not be checked"}
		out = explainFailed(batch.Found{Item: batch.Item{Folder: b.Path, Name: b.Name}, Job: batch.Verify,
			Err: verifyError(b.Path, with, c.Err)})
	default:
		line.Verdict, line.Words = c.Found.Result.Verdict, shortVerdict(c.Found.Result)
		line.Root = c.Found.Result.Root.SHA256
		out = verifiedOutcome(c.Found, with)
	}
	line.Exit = out.Exit
	for n := range out.Exceptions {
		x := &out.Exceptions[n]
		x.Case, x.Job = b.Name, batch.Verify
	}
	return line, out.Exceptions
}

// refusedText says why nothing of a bundle was checked: a download that broke off
// is no danger.
func refusedText(r *bag.Result) text {
	at := slices.IndexFunc(r.Problems, func(p bag.Problem) bool { return p.Severity == bag.Refused })
	switch r.Problems[at].Code {
	case "E-NOT-A-BAG":
		return text{ZH: "不是证据包", EN: "not a bundle"}
	case "E-ZIP-CUT":
		return text{ZH: "没能核对，zip 不完整", EN: "could not be checked, the zip is incomplete"}
	case "E-ZIP-ENCRYPTED":
		return text{ZH: "没能核对，zip 加了密码", EN: "could not be checked, the zip has a password"}
	case "E-ARCHIVE", "E-ZIP-NESTED", "E-ZIP-TOP", "E-ZIP-METHOD":
		return text{ZH: "没能核对，要先解压", EN: "could not be checked, it is to be unpacked first"}
	case "E-LIMIT":
		return text{ZH: "没有核对，超出读取上限", EN: "not checked, over a limit"}
	}
	return text{ZH: "没有核对，不安全", EN: "not checked, unsafe"}
}

// shortVerdict is the verdict without its reasons.
func shortVerdict(r *bag.Result) text {
	if r.ExitCode() == exitRefused {
		return refusedText(r)
	}
	t := verdictText(r)
	for _, sign := range []string{"：", "；"} {
		t.ZH, _, _ = strings.Cut(t.ZH, sign)
	}
	for _, sign := range []string{":", ";"} {
		t.EN, _, _ = strings.Cut(t.EN, sign)
	}
	if r.ExitCode() == exitBadSeal {
		t = text{ZH: t.ZH + "，签名或时间戳无效", EN: t.EN + ", signature or time-stamp invalid"}
	}
	return t
}

// A verifySum counts bundles.
type verifySum struct {
	Bundles int            `json:"bundles"`
	Bad     int            `json:"failed"` // of which the exit code is not 0
	Left    int            `json:"left"`   // files that are no bundles
	Words   map[string]int `json:"-"`
	Exits   map[int]int    `json:"exits"`
	order   []text
}

func (s *verifySum) add(l bundleLine) {
	if s.Words == nil {
		s.Words, s.Exits = map[string]int{}, map[int]int{}
	}
	s.Bundles++
	if l.Exit != exitDone {
		s.Bad++
	}
	if s.Words[l.Words.ZH] == 0 {
		s.order = append(s.order, l.Words)
	}
	s.Words[l.Words.ZH]++
	s.Exits[l.Exit]++
}

func (e *env) tellVerified(sum verifySum, left []string) error {
	if e.json {
		for _, name := range left {
			if err := emit(e.stdout, "left-file", struct {
				Path string `json:"path"`
			}{name}); err != nil {
				return err
			}
		}
		return emit(e.stdout, "summary", sum)
	}
	var parts []string
	for _, w := range sum.order {
		parts = append(parts, fmt.Sprintf("%s %d", w.In(e.lang), sum.Words[w.ZH]))
	}
	e.say(text{ZH: "%d 个证据包：%s", EN: "%d bundles: %s"}, sum.Bundles, names(parts))
	if n := len(left); n > 0 {
		e.say(text{ZH: "另有 %d 个文件不是证据包，没有看，例如 %s",
			EN: "%d other files are no bundles and were not looked at, such as %s"},
			n, visible(left[0]))
	}
	return nil
}
