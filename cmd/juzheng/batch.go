package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
)

var batchCommand = command{
	name:  "batch",
	args:  "ROOT",
	brief: text{ZH: "很多案件一起做，断了能接着做", EN: "many cases at once; goes on when stopped"},
	least: 1,
	most:  2,
	help: text{
		ZH: `对一个文件夹下面（不论几层）的所有案件，或者一份名册里的案件，一起做几件事。每个案件各做各的：
一个出错，不影响别的。内容没有变化、上次已经做成的，不再做一遍。做到一半被关掉、断电，什么都不会坏，
加 --resume 接着做：做完的不再做，没做的一个不少。

用法：juzheng batch 放案件夹的文件夹 --do check,build
      juzheng batch 名册.xlsx --do add,check
      juzheng batch 文件夹 --do check --resume

名册是 xlsx 或 csv，第一行是表头：案件夹（必须有）、姓名、答案（与 case.toml 写法相同的文件，新建
案件时用）、手机文件夹（要加入的）；路径从名册所在的文件夹算起。案件夹还没有的，--do 里有 add 时新建。

收到很多证据包的：juzheng batch verify 文件夹 核对里面所有的证据包（文件夹、zip、.age，不论几层），
一个一行，结论和 juzheng verify 一样；每次都从头核对，不用以前的结果。juzheng batch verify 名单.csv
核对名单上的，表头：证据包（必须有）、证据码、本包校验值。

选项：
      --do LIST       做什么，总是按这个顺序：add 加入（要名册）、check 检查、build 生成、
                      verify 核对案件里的证据包、status 到哪一步；默认 check,status
      --jobs N        同时做几个案件；默认是处理器的个数
      --to LIST       build 做给谁，同 juzheng build --to
      --resume        接着做上次没做完的：做什么也照上次
      --exceptions FILE   例外清单（xlsx）写到哪里，不覆盖已有的；默认在文件夹或名册旁边
      --nats URL      check、build、verify 交给别的机器上的 juzheng worker 做：案件加密后发到 NATS
                      服务器，做完取回；add、status 仍在本机做。有链接的案件不发
      --key FILE      各台机器同一个 age 私钥，juzheng help worker 说明怎么做
      --nats-creds FILE   服务器给的凭据文件
      --nats-ca FILE      认可的服务器证书（PEM）；不写就用系统的
      --lost-after TIME   多久没有回音就算断了、改给别的机器做，如 20s（默认）
      --codes LIST    batch verify：另有一份名单，照它给文件夹里的证据包对证据码；名单上有、没收到的
                      也列为例外
      --identity FILE     batch verify：自己的私钥，只用来打开加了密的；可以写几次
      --signers FILE      batch verify：同 juzheng verify
      --trust FILE        batch verify：同 juzheng verify
      --partial-ok        batch verify：同 juzheng verify
      --require-anchor    batch verify：同 juzheng verify

例外清单一行一处：哪个案件、哪个文件、哪一格、什么原因、怎么办。案件正被别人使用的，等一会儿，
还不行就列为例外。没有读全的文件一直列着，直到用 juzheng leave 不要它。做了 status 的，另列每天
向各机构交了几件、限几件。

退出码：0 都做成了，3 有案件没做成或有例外（其余的照样做完），10 里面没有案件，130 中途停下。`,
		EN: `Does some jobs on all cases below a folder, at any depth, or of a roster. Each case is
alone: one that fails stops no other. What was done before and has not changed is not done
again. A run that was killed harms nothing; --resume goes on with it: what was done is not
done twice, and nothing is passed over.

Use: juzheng batch ROOT --do check,build
     juzheng batch ROSTER.xlsx --do add,check
     juzheng batch ROOT --do check --resume

A roster is an xlsx or csv with a first row of heads: folder (must be there), name, answers
(a file written like case.toml, of which a new case is made), phone (the folder to be added).
Paths are taken from the roster's folder. With add, a case that is not there is made.

Of many bundles received: juzheng batch verify DIR checks all below a folder (folders, zips,
.age), one a line, with the verdicts of juzheng verify; each is checked anew every time.
juzheng batch verify LIST checks those of a list with the heads bundle (must be there), code
and copy.

Options:
      --do LIST       what to do, always in this order: add (wants a roster), check, build,
                      verify (the case's own bundle), status; check,status if not given
      --jobs N        how many cases at a time; as many as there are processors if not given
      --to LIST       whom build makes papers for, as juzheng build --to
      --resume        go on with the run that was stopped, with its jobs
      --exceptions FILE   where the workbook of exceptions goes, over no file; if not given, to
                          the folder, or beside the roster
      --nats URL      check, build and verify are done by juzheng worker on other machines: cases
                      go to NATS servers locked, and what was made comes back; add and status
                      are done here. Cases with links in them are not sent
      --key FILE      the age key that the workers have; juzheng help worker says how to make one
      --nats-creds FILE   file of credentials for the servers
      --nats-ca FILE      certificates by which servers are known (PEM); else the system's
      --lost-after TIME   how long a worker may be silent before its case is given to
                          another, such as 20s (if not given)
      --codes LIST    batch verify: a list that has the codes of a folder's bundles; what it
                      names and nobody received is an exception
      --identity FILE     batch verify: your secret key, for those that are locked; can be
                          given several times
      --signers FILE      batch verify: as juzheng verify
      --trust FILE        batch verify: as juzheng verify
      --partial-ok        batch verify: as juzheng verify
      --require-anchor    batch verify: as juzheng verify

The workbook has a row for each thing to look at: case, file, cell, reason, what to do. A
case that somebody works on is waited for a moment, and then is an exception. A file that was
not read whole stays in it until it is left out (juzheng leave). With status it also counts
what was handed in to each body a day, beside what the body takes.

Exit codes: 0 all done, 3 a case failed or has exceptions (the others are done), 10 no
cases there, 130 stopped on the way.`,
	},
	writes: &outputs{itself: true},
	setup: func(fs *pflag.FlagSet) action {
		var o batchOptions
		fs.StringVar(&o.do, "do", "", "")
		fs.IntVar(&o.Workers, "jobs", runtime.NumCPU(), "")
		fs.StringSliceVar(&o.to, "to", nil, "")
		fs.BoolVar(&o.Resume, "resume", false, "")
		fs.StringVar(&o.book, "exceptions", "", "")
		fs.StringVar(&o.codes, "codes", "", "")
		fs.StringArrayVar(&o.verify.Keys.Files, "identity", nil, "")
		fs.StringVar(&o.verify.Signers, "signers", "", "")
		fs.StringVar(&o.verify.Trust, "trust", "", "")
		fs.BoolVar(&o.verify.PartialOK, "partial-ok", false, "")
		fs.BoolVar(&o.verify.RequireAnchor, "require-anchor", false, "")
		serverFlags(fs, &o.server)
		fs.DurationVar(&o.server.Silent, "lost-after", 0, "")
		o.given = fs.Changed
		return func(ctx context.Context, e *env, args []string) error {
			switch {
			case len(args) == 1 && args[0] == "verify":
				return usage(text{ZH: "batch verify 后面写放证据包的文件夹或者名单；名叫 verify 的文件夹写成 ./verify",
					EN: "batch verify wants a folder of bundles or a list; a folder named verify is ./verify"})
			case len(args) == 2 && args[0] == "verify":
				return batchVerify(ctx, e, args[1], o)
			case len(args) > 1:
				return usage(text{ZH: "一次给一个文件夹或一份名册", EN: "give one folder or one roster"})
			}
			if o.server.URL == "" {
				for _, name := range []string{"key", "nats-creds", "nats-ca", "lost-after"} {
					if o.given(name) {
						return usage(text{ZH: "--%s 和 --nats 一起用", EN: "--%s goes with --nats"}, name)
					}
				}
			}
			for _, name := range []string{"codes", "identity", "signers", "trust", "partial-ok", "require-anchor"} {
				if o.given(name) {
					return usage(text{ZH: "--%s 和 batch verify 一起用", EN: "--%s goes with batch verify"}, name)
				}
			}
			return batchCases(ctx, e, args[0], o)
		}
	},
}

type batchOptions struct {
	batch.Options
	do, book string
	to       []string

	codes  string             // of batch verify
	verify desk.VerifyOptions // the same

	server batch.Server // between machines
	given  func(flag string) bool
}

// parse reads --do and --to.
func (o *batchOptions) parse(root string) error {
	if o.Workers < 1 {
		return usage(text{ZH: "--jobs 至少是 1", EN: "--jobs wants 1 at least"})
	}
	if o.do != "" {
		asked := map[batch.Job]bool{}
		for _, s := range strings.FieldsFunc(o.do, func(r rune) bool { return strings.ContainsRune(",，、 ", r) }) {
			if !slices.Contains(batch.Jobs, batch.Job(s)) {
				return usage(text{ZH: "--do 里没有 %s（可用 add、check、build、verify、status）",
					EN: "--do knows no %s (there are add, check, build, verify, status)"}, s)
			}
			asked[batch.Job(s)] = true
		}
		for _, j := range batch.Jobs {
			if asked[j] {
				o.Jobs = append(o.Jobs, j)
			}
		}
	}
	was, _ := batch.Stopped(root)
	stopped := was.Run != ""
	switch {
	case o.Resume && stopped && len(o.Jobs) > 0 && !slices.Equal(was.Jobs, o.Jobs):
		return usage(text{ZH: "上次没做完的是 --do %s；接着做时不写 --do，或者照写",
			EN: "the run that was stopped did --do %s: leave --do " +
				"out, or write the same"}, jobList(was.Jobs))
	case o.Resume && stopped:
		o.Jobs, o.Build.To = was.Jobs, was.To
	case len(o.Jobs) == 0 && o.do != "":
		return usage(text{ZH: "--do 是空的", EN: "--do is empty"})
	case len(o.Jobs) == 0:
		o.Jobs = []batch.Job{batch.Check, batch.Status}
	}
	if len(o.to) > 0 && !slices.Contains(o.Jobs, batch.Build) {
		return usage(text{ZH: "--to 和 build 一起用", EN: "--to goes with build"})
	}
	for _, t := range o.to {
		if err := checkRole(t); err != nil {
			return err
		}
	}
	if len(o.to) > 0 {
		o.Build.To = rolesOf(o.to)
	}
	o.Build.Volume = desk.UsualVolume
	return nil
}

func jobList(all []batch.Job) string {
	var out []string
	for _, j := range all {
		out = append(out, string(j))
	}
	return strings.Join(out, ",")
}

// itemsOf are the cases of a folder or of a roster.
func itemsOf(ctx context.Context, e *env, root string, jobs []batch.Job) ([]batch.Item, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		if slices.Contains(jobs, batch.Add) {
			return nil, usage(text{ZH: "--do add 要一份名册，写明给哪个案件加哪个手机文件夹",
				EN: "--do add wants a roster, which says what folder is added to which case"})
		}
		items, err := batch.Find(ctx, root)
		return items, batchNoCases(err)
	}
	r, err := batch.ReadRoster(root)
	if err != nil {
		return nil, batchNoCases(err)
	}
	e.tellIgnored(r.Ignored)
	return r.Items, nil
}

// tellIgnored names the columns of a list that nobody reads.
func (e *env) tellIgnored(columns []string) {
	if len(columns) > 0 {
		e.say(text{ZH: "名单里这几列没有用到：%s", EN: "columns of the list that mean nothing here: %s"}, names(columns))
	}
}

// batchNoCases says what holds no cases, or is one itself.
func batchNoCases(err error) error {
	var none *desk.NoCasesError
	if errors.As(err, &none) && none.Case {
		return fail(exitNoCase, none, fill(text{ZH: "%[1]s 是一个案件，不是放案件夹的文件夹",
			EN: "%[1]s is one case, and no folder of cases"},
			quote(visible(none.Root))), fill(text{ZH: "一个案件直接做：juzheng check %[1]s",
			EN: "of one case: juzheng check %[1]s"},
			quote(none.Root)))
	}
	return noCases(err)
}

func batchCases(ctx context.Context, e *env, root string, o batchOptions) error {
	if err := o.parse(root); err != nil {
		return err
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	items, err := itemsOf(ctx, e, root, o.Jobs)
	if err != nil {
		return err
	}
	switch was, stopped := batch.Stopped(root); {
	case !stopped || o.Resume || e.dryRun:
	case was.Run == "":
		e.say(text{ZH: "上次没有做完，记着做到哪里的文件也坏了；这次从头看起，没变的不再做",
			EN: "a run did not come to its end, and its note can no longer be read; this one begins anew, " +
				"and does not do again what has not changed"})
	default:
		e.say(text{ZH: "上次（%s）没有做完；这次从头看起，没变的不再做。要接着上次的，用 --resume",
			EN: "the run of %s did not come to its end; this one begins anew, " +
				"and does not do again what has not changed. " +
				"To go on with that one, use --resume"}, was.Started.Format(time.DateTime))
	}
	book, err := o.bookAt(root, d.Now)
	if err != nil {
		return err
	}
	if o.server.URL != "" && !e.dryRun {
		if err := checkServer(o.server); err != nil {
			return err
		}
		if o.Queue, err = dial(ctx, e, o.server); err != nil {
			return err
		}
		defer o.Queue.Close()
		if !o.given("jobs") {
			o.Workers = casesAway
		}
	}
	o.Root, o.Look, o.Explain = root, e.dryRun, explainFound
	var exceptions []batch.Exception
	counter := e.counting(len(items))
	o.Done = counter.one
	o.Report = func(r batch.Result) error {
		exceptions = append(exceptions, r.Exceptions()...)
		return e.tellCase(r)
	}
	sum, err := batch.Run(ctx, d, items, o.Options)
	counter.end()
	if sum.Cases == 0 && err != nil && ctx.Err() == nil {
		return batchError(err)
	}
	if err := e.tellBatch(sum, o, len(items)); err != nil {
		return err
	}
	if len(exceptions) > 0 && !e.dryRun {
		if err := e.writeExceptions(book, exceptions, e.totals(sum, o.Jobs)); err != nil {
			return err
		}
	}
	switch {
	case ctx.Err() != nil:
		e.say(text{ZH: "停在这里：%d 个案件里做了 %d 个，做完的都在。接着做：juzheng batch %s --resume",
			EN: "stopped here: of %d cases %d are done, and stay so. To go on: juzheng batch %s --resume"},
			len(items), sum.Cases,
			quote(root))
		return silent(exitInterrupted)
	case err != nil:
		return batchError(err)
	case sum.Failed > 0:
		return silent(exitPartial)
	}
	return nil
}

func batchError(err error) error {
	var nothing *batch.NothingToResumeError
	if errors.As(err, &nothing) {
		if nothing.Cut {
			return fail(exitFailed, err, text{ZH: "上次没有做完，可是记着做到哪里的文件坏了，没法接着做",
				EN: "a run was stopped, but its note can no longer be read: nothing says how to go on"},
				text{ZH: "不写 --resume，照上次写 --do 再运行；做完的都在，没变的案件不会再做",
					EN: "run it without --resume, with --do as it was; what was done stays, and what has not " +
						"changed is not done again"})
		}
		return fail(exitFailed, err, text{ZH: "上次的已经做完了，没有可以接着做的",
			EN: "the last run came to its end: there is none to go on with"},
			text{ZH: "不写 --resume 再运行；没变的案件不会再做",
				EN: "run it without --resume; what has not changed is not done again"})
	}
	return err
}

// casesAway is how many cases are at the servers at a time: as many as keep the workers
// busy, and not so many that they fill the servers' disks.
const casesAway = 64

// bookAt is where the workbook of exceptions goes, which must not be there yet.
func (o *batchOptions) bookAt(root string, now time.Time) (string, error) {
	at := o.book
	if at == "" {
		return exceptionsPath(root, now), nil
	}
	if !strings.HasSuffix(strings.ToLower(at), ".xlsx") {
		at += ".xlsx"
	}
	if _, err := os.Lstat(at); err == nil {
		return "", &desk.TakenError{Path: at}
	}
	return at, nil
}

// exceptionsPath is where the workbook of exceptions lies unless told otherwise.
func exceptionsPath(root string, now time.Time) string {
	dir := root
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		dir = filepath.Dir(root)
	}
	stem := filepath.Join(dir, "例外-"+now.Format("20060102-150405"))
	for n := 1; ; n++ {
		at := stem + ".xlsx"
		if n > 1 {
			at = fmt.Sprintf("%s-%d.xlsx", stem, n)
		}
		if _, err := os.Lstat(at); err != nil {
			return at
		}
	}
}

// A counter tells how many cases are done, how fast, and what is left.
type counter struct {
	*progress
	done, all int64
}

func (e *env) counting(all int) *counter {
	return &counter{progress: newProgress(e, text{}), all: int64(all)}
}

func (c *counter) one() {
	c.done++
	rate := float64(c.done) / max(c.e.now().Sub(c.started).Seconds(), 0.001)
	c.doing = fill(text{ZH: "%d / %d，每秒 %.1f 个", EN: "%d of %d, %.1f a second"}, c.done, c.all, rate)
	c.step(c.done, c.all)
}
