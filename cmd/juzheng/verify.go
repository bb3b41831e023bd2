package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/bag"
)

var verifyCommand = command{
	name:  "verify",
	args:  "PATH",
	brief: text{"核对证据包（文件夹、zip 或案件夹）", "check a bundle: folder, zip, or case"},
	least: 1,
	most:  1,
	help: text{
		`核对一个证据包有没有被改动。可以是证据包文件夹、它的 zip、案件夹，或任何 BagIt 证据包。
所有问题一次列完；结论一定是下面四句之一：
  完好，且有外部凭据佐证；仅内部一致；已被改动；没能全部核对。

用法：juzheng verify 证据包 [--expect 总校验码]
      juzheng verify bundle.zip.age --identity 私钥文件    边解密边核对，明文不写到磁盘

选项：
      --expect ROOT        信纸上印的总校验码（空格、横线、大小写都不要紧）；不一致时指出是第几组
      --after HEAD         交接单上印的“封存后记录”末条校验值（至少前 16 位）；
                           封存后的记录被截去时能发现
      --require-anchor     没有外部凭据（总校验码、签名、时间戳）佐证时，退出码为 7
      --signers FILE       认可的签名人公钥（ssh-keygen 的 allowed signers 格式），来自证据包之外
      --trust FILE         认可的时间戳根证书（PEM），来自证据包之外
      --identity FILE      核对加密的证据包（.age）：自己的私钥，age 的或 SSH 的；可以写几次
      --passphrase         核对用密码加密的证据包：在终端里输入密码
      --history            对案件夹：逐份核对以前的封存，一直到第一份
      --all                逐个列出全部文件，不只是有问题的

退出码：0 完好，3 没能全部核对，5 已被改动，6 签名或时间戳无效，7 没有外部凭据，
8 不是证据包或不安全。`,
		`Checks whether a bundle was altered: its folder, its zip, a case folder, or any
BagIt bag. Every problem is listed; the verdict is always one of four: intact and
anchored; intact within itself only; altered; could not be fully checked.

Use: juzheng verify PATH [--expect ROOT]
     juzheng verify bundle.zip.age --identity KEYFILE    unlocked on the way, never to disk

Options:
      --expect ROOT        the root printed on the letter (blanks, dashes and case do not
                           matter); if it differs, the group is named
      --after HEAD         head of the log after the seal, as on the handover slip (its first
                           16 digits at least): shows if the log was cut
      --require-anchor     exit code 7 if nothing outside the bundle vouches for it
      --signers FILE       public keys you accept (allowed signers of ssh-keygen), from outside
      --trust FILE         root certificates for time-stamps (PEM), from outside
      --identity FILE      to check a locked bundle (.age): your secret key, of age or SSH; can
                           be given several times
      --passphrase         to check one locked with a passphrase: asked for on the terminal
      --history            of a case folder: check the older seals as well, back to the first
      --all                list every file, not only those with a problem

Exit codes: 0 intact, 3 not fully checked, 5 altered, 6 signature or timestamp invalid,
7 no anchor, 8 not a bundle or unsafe.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o verifyOptions
		fs.StringVar(&o.expect, "expect", "", "")
		fs.StringVar(&o.after, "after", "", "")
		fs.BoolVar(&o.anchor, "require-anchor", false, "")
		fs.StringVar(&o.signers, "signers", "", "")
		fs.StringVar(&o.trust, "trust", "", "")
		fs.StringArrayVar(&o.keys.files, "identity", nil, "")
		fs.BoolVar(&o.keys.passphrase, "passphrase", false, "")
		fs.BoolVar(&o.history, "history", false, "")
		fs.BoolVar(&o.all, "all", false, "")
		return func(ctx context.Context, e *env, args []string) error { return verify(ctx, e, args[0], o) }
	},
}

type verifyOptions struct {
	expect, after, signers, trust string
	anchor, all                   bool
	history                       bool
	keys                          keyring
}

func verify(ctx context.Context, e *env, path string, o verifyOptions) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	given := path
	path, err = bundleOf(path)
	if err != nil {
		return err
	}
	if o.history && path == given {
		return usage(text{"--history 要给案件夹：以前的封存在案件夹的 superseded 里", "--history wants a case folder: the older seals lie in its folder superseded"})
	}
	bar := newProgress(e, text{"正在核对", "checking"})
	opt := bag.Options{Expect: o.expect, ExpectAfter: o.after, RequireAnchor: o.anchor, Now: now, Progress: bar.step}
	for _, in := range []struct {
		file string
		to   *[]byte
	}{{o.signers, &opt.Signers}, {o.trust, &opt.TrustRoots}} {
		if in.file == "" {
			continue
		}
		if *in.to, err = os.ReadFile(in.file); err != nil {
			return fail(exitFailed, err, fill(text{"读不了 %s", "cannot read %s"}, in.file))
		}
	}
	locked, err := isLocked(path)
	if err != nil {
		return err
	}
	if !locked && !o.keys.empty() {
		return usage(text{"%s 没有加密，不用 --identity、--passphrase", "%s is not locked: leave out --identity and --passphrase"}, path)
	}
	var r *bag.Result
	if locked {
		r, err = verifyLocked(ctx, e, path, o.keys, opt)
	} else {
		r, err = bag.Verify(ctx, path, opt)
	}
	bar.end()
	if err != nil {
		return verifyError(path, o, err)
	}
	if e.json {
		err = emitResult(e.stdout, r)
	} else {
		writeResult(e.stdout, r, o, e.lang)
	}
	if err != nil {
		return err
	}
	code := r.ExitCode()
	if o.history {
		if code, err = tellHistory(ctx, e, filepath.Dir(path), r, opt); err != nil {
			return err
		}
	}
	if code != exitDone {
		return silent(code)
	}
	return nil
}

// bundleOf leads from a case folder to the bundle in it.
func bundleOf(path string) (string, error) {
	if _, err := os.Stat(filepath.Join(path, "case.toml")); err != nil {
		return path, nil
	}
	bundle := filepath.Join(path, "bundle")
	if _, err := os.Stat(bundle); errors.Is(err, fs.ErrNotExist) {
		return "", fail(exitRefused, err,
			fill(text{"案件夹 %s 里还没有封存的证据包", "the case folder %s has no sealed bundle yet"}, path),
			fill(text{"先运行 juzheng build %s", "run juzheng build %s first"}, quote(path)))
	}
	return bundle, nil
}

func verifyError(path string, o verifyOptions, err error) error {
	var root *bag.RootError
	_, badHead := bag.ParseHead(o.after)
	switch {
	case o.after != "" && badHead != nil:
		return usage(text{"--after 应为交接单上“封存后记录”末条校验值的前 16 位到 64 位十六进制数字（0-9、a-f）", "--after wants 16 to 64 hexadecimal digits: the head of the log after the seal, as on the slip"})
	case errors.As(err, &root):
		what := fill(text{
			"--expect 里的总校验码应有 64 位十六进制数字（0-9、a-f），现在是 %d 位",
			"--expect wants 64 hexadecimal digits; there are %d",
		}, root.Digits)
		if root.Bad != "" {
			what = fill(text{
				"--expect 里有不属于总校验码的字符：%s（只有 0-9 和 a-f）",
				"--expect has a character that is no hexadecimal digit: %s",
			}, root.Bad)
		}
		return fail(exitUsage, err, what, text{
			"照信纸上“总校验码”那几行逐组输入，16 组，每组 4 位；用引号括起来",
			"type the 16 groups of 4 as printed on the letter, in quotes",
		})
	case errors.Is(err, fs.ErrNotExist):
		return fail(exitRefused, err, fill(text{"找不到 %s", "there is no %s"}, path))
	}
	return err
}

// verdictText is the result in words; one of four.
func verdictText(r *bag.Result) text {
	switch r.Verdict {
	case bag.Anchored:
		return text{"完好，且有外部凭据佐证", "intact and anchored"}
	case bag.WithinItself:
		return text{
			"仅内部一致：文件之间互相吻合；但能改写整个文件夹的人也能做出同样的结果",
			"intact within itself only: whoever could rewrite the whole folder would get this result too",
		}
	case bag.IsAltered:
		return text{"已被改动", "altered"}
	}
	return text{"没能全部核对", "could not be fully checked"}
}

func statusText(s bag.Status) text {
	t, ok := map[bag.Status]text{
		bag.OK:             {"一致", "ok"},
		bag.Modified:       {"已改动", "modified"},
		bag.Swapped:        {"被调换", "swapped"},
		bag.Missing:        {"缺失", "missing"},
		bag.Withheld:       {"未随附（已声明）", "withheld"},
		bag.Renamed:        {"被改名", "renamed"},
		bag.CaseRenamed:    {"被改名（大小写）", "renamed (case)"},
		bag.FormRenamed:    {"被改名（字符编码形式）", "renamed (normal form)"},
		bag.Added:          {"多出", "added"},
		bag.AddedDuplicate: {"多出（与另一文件相同）", "added (a copy)"},
		bag.TypeChanged:    {"不再是普通文件", "type changed"},
		bag.Unreadable:     {"读不出", "unreadable"},
		bag.Changing:       {"核对时正在变化", "changed while reading"},
		bag.DigestConflict: {"两种校验值矛盾", "digest conflict"},
	}[s]
	if !ok {
		return text{string(s), string(s)}
	}
	return t
}

func writeResult(w io.Writer, r *bag.Result, o verifyOptions, lang string) {
	say := func(t text, args ...any) { fmt.Fprintf(w, t.In(lang)+"\n", args...) }
	verdict := verdictText(r).In(lang)
	if n := r.Counts.Withheld; n > 0 {
		verdict += fmt.Sprintf(text{"；部分副本，未随附 %d 个文件", "; a partial copy, %d files withheld"}.In(lang), n)
	}
	say(text{"结论：%s", "verdict: %s"}, verdict)
	for _, a := range r.Anchors {
		say(text{"  佐证：%s", "  vouched for by: %s"}, text(a.Text).In(lang))
	}
	if r.Case != "" {
		say(text{"案件编号：%s", "case id: %s"}, visible(r.Case))
	}
	if r.Root.SHA256 != "" {
		say(text{"总校验码 SHA-256：%s", "root SHA-256: %s"}, bag.FormatRoot(r.Root.SHA256))
		say(text{"总校验码 SM3：    %s", "root SM3:     %s"}, bag.FormatRoot(r.Root.SM3))
	}
	say(text{"文件：共 %d 个，核对 %d 个，一致 %d 个，%s", "files: %d listed, %d checked, %d ok, %s"},
		r.Counts.Listed, r.Counts.Checked, r.Counts.OK, size(r.Counts.Bytes))
	if r.Older != "" {
		say(text{"取代了总校验码为 %s 的前一份", "replaces the bundle with the root %s"}, bag.FormatRoot(visible(r.Older)))
	}
	writeStamp(w, r, lang)
	writeFiles(w, r, o.all, lang)
	writeAfter(w, r, o.all, lang)
	if len(r.Problems) > 0 {
		say(text{"发现的问题（%d）：", "problems (%d):"}, len(r.Problems))
		for _, p := range r.Problems {
			where := visible(p.Path)
			if p.Line > 0 {
				where = fmt.Sprintf("%s:%d", where, p.Line)
			}
			if where != "" {
				where += " "
			}
			fmt.Fprintf(w, "  %s%s [%s]\n", where, visible(text(p.Detail).In(lang)), p.Code)
		}
	}
	for _, t := range nextSteps(r, o) {
		fmt.Fprintln(w, t.In(lang))
	}
}

// writeFiles lists files with a status worth a look, or all of them.
func writeFiles(w io.Writer, r *bag.Result, all bool, lang string) {
	var rows [][]string
	for _, f := range r.Files {
		if f.Status == bag.OK && !all {
			continue
		}
		how := text(f.How).In(lang)
		if f.Other != "" && how == "" {
			how = f.Other
		}
		rows = append(rows, []string{"  " + statusText(f.Status).In(lang), f.Path, how})
	}
	fmt.Fprint(w, columns(rows))
}

// writeStamp tells what the time-stamp says and how to check it with openssl,
// which judges certificates at the present time unless told another.
func writeStamp(w io.Writer, r *bag.Result, lang string) {
	s := r.Timestamp
	if !s.State.Proven() && s.State != bag.TimestampUntrusted {
		return
	}
	say := func(t text, args ...any) { fmt.Fprintf(w, t.In(lang)+"\n", args...) }
	head := text{"时间戳：%s，机构 %s", "time-stamp: %s by %s"}
	if !s.State.Proven() {
		head = text{"时间戳（未认定）：%s，机构 %s", "time-stamp (not proven): %s by %s"}
	}
	say(head, s.Time.In(evidence.Beijing).Format(time.RFC3339), visible(s.Authority))
	if s.Accuracy > 0 {
		say(text{"  误差不超过 %v", "  accurate to %v"}, s.Accuracy)
	}
	if s.TrustRoot != "" {
		say(text{"  根证书：%s", "  trust root: %s"}, visible(s.TrustRoot))
	}
	at := ""
	if s.State == bag.TimestampExpiredSince {
		at = fmt.Sprintf("-attime %d ", s.Time.Unix())
	}
	say(text{"  不用本程序核对：在证据包文件夹内 openssl ts -verify %s-data %s -in %s/%s -CAfile 根证书.pem", "  without this program: in the bundle's folder openssl ts -verify %s-data %s -in %s/%s -CAfile roots.pem"},
		at, bag.RootName, bag.SealDir, bag.SealReply)
}

// writeAfter tells of the log after the seal: where it ends, and with all
// what it says.
func writeAfter(w io.Writer, r *bag.Result, all bool, lang string) {
	if len(r.After) == 0 {
		return
	}
	fmt.Fprintf(w, text{"封存后的记录：%d 条，末条校验值 %s\n", "log after the seal: %d records, head %s\n"}.In(lang), len(r.After), bag.FormatRoot(r.AfterHead))
	if r.AfterMet {
		fmt.Fprintln(w, text{"  交接单上的那一条在内：到那时为止没有被截去", "  the record of the slip is among them: nothing was cut up to there"}.In(lang))
	}
	if !all {
		return
	}
	var rows [][]string
	for _, x := range r.After {
		rows = append(rows, []string{"  " + visible(x.Time), visible(x.Event), visible(x.Detail)})
	}
	fmt.Fprint(w, columns(rows))
}

// nextSteps says what to do with the result.
func nextSteps(r *bag.Result, o verifyOptions) []text {
	var steps []text
	switch r.Verdict {
	case bag.IsAltered:
		if len(r.Differs) > 0 && len(r.Differs) <= 2 {
			steps = append(steps, fill(text{
				"总校验码只有第 %v 组不同：先看看是不是抄错了；抄得没错就是已被改动。",
				"the root differs in group %v only: check your typing first; if it is right, the bundle was altered.",
			}, r.Differs))
		}
		steps = append(steps, text{
			"下一步：不要改动这份证据包，保留原样；向提交人另要一份，再核对一次。",
			"next: keep this bundle as it is, and ask whoever handed it over for another copy.",
		})
	case bag.NotChecked:
		steps = append(steps, text{
			"下一步：按上面的原因处理（例如关闭占用文件的程序、把证据包完整复制到本机），再核对一次。",
			"next: remove the cause named above (close what uses the files, copy the whole bundle), and check again.",
		})
	case bag.WithinItself:
		if o.expect == "" {
			steps = append(steps, text{
				"下一步：用 --expect 输入签名信件上印的总校验码，才能确认这就是当时封存的那一份。",
				"next: give the root printed on the signed letter with --expect to know this is what was sealed.",
			})
		}
	}
	return steps
}

// emitResult writes the files, the problems and the summary as JSON lines.
func emitResult(w io.Writer, r *bag.Result) error {
	for _, f := range r.Files {
		if err := emit(w, "status", f); err != nil {
			return err
		}
	}
	for _, p := range r.Problems {
		if err := emit(w, "problem", p); err != nil {
			return err
		}
	}
	summary := *r
	summary.Files, summary.Problems = nil, nil
	return emit(w, "summary", struct {
		bag.Result
		Verdict bag.Verdict `json:"verdict"`
		Exit    int         `json:"exit"`
	}{summary, r.Verdict, r.ExitCode()})
}
