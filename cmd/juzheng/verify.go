package main

import (
	"context"
	"errors"
	"io/fs"
	"runtime/debug"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
)

var verifyCommand = command{
	name:  "verify",
	long:  true,
	args:  "PATH",
	brief: text{ZH: "核对证据包（文件夹、zip 或案件夹）", EN: "check a bundle: folder, zip, or case"},
	least: 1,
	most:  1,
	help: text{
		ZH: `核对一个证据包有没有被改动。可以是证据包文件夹、它的 zip、案件夹，或任何 BagIt 证据包。
所有问题一次列完；结论一定是下面四句之一：
  完好，且有外部凭据佐证；仅内部一致；已被改动；没能全部核对。
只有给的码对不上、别的都好的，不说改动，说码对不上（退出码仍是 5）。
另外分开说明：证据是否都在（n 件，共 m 件），本副本的其他文件有没有凭据佐证。

用法：juzheng verify 证据包 [--expect 证据码]
      juzheng verify bundle.zip.age --identity 私钥文件    边解密边核对，明文不写到磁盘

选项：
      --expect CODE[@K]    信纸上印的证据码（旧信上叫总校验码）；空格、横线、大小写都不要紧，
                           @ 后面可以写清单行数；不一致时指出是第几组
      --copy DIGEST        交接单上印的本包校验值
      --after HEAD         信上或交接单上印的保管记录末条校验值（至少前 16 位）；
                           记录被截去时能发现
      --partial-ok         提交人没有全部提供也算可以：不因此退出码为 3
      --require-anchor     没有外部凭据（总校验码、签名、时间戳）佐证时，退出码为 7
      --signers FILE       认可的签名人公钥（ssh-keygen 的 allowed signers 格式），来自证据包之外；
                           没有签名可核对，退出码为 7
      --trust FILE         认可的时间戳根证书（PEM），来自证据包之外；
                           没有时间戳可核对，退出码为 7
      --identity FILE      核对加密的证据包（.age）：自己的私钥，age 的或 SSH 的；可以写几次
      --passphrase         核对用密码加密的证据包：在终端里输入密码
      --fast               只按 SHA-256 核对，不算 SM3；结论里写明
      --history            对案件夹：逐份核对以前的封存和提交过的材料
      --all                逐个列出全部文件，不只是有问题的

退出码：0 完好，3 没能全部核对或证据不全，5 已被改动或与输入的凭据不符，6 签名或时间戳无效，
7 没有外部凭据，8 不是证据包或不安全。`,
		EN: `Checks whether a bundle was altered: its folder, its zip, a case folder, or any
BagIt bag. Every problem is listed; the verdict is always one of four: intact and
anchored; intact within itself only; altered; could not be fully checked.
Where the code that was given is all that is wrong, it says that (still exit code 5).
Said apart from it: whether all exhibits are here (n of m), and whether anything
vouches for the other files of this copy.

Use: juzheng verify PATH [--expect CODE]
     juzheng verify bundle.zip.age --identity KEYFILE    unlocked on the way, never to disk

Options:
      --expect CODE[@K]    the evidence code printed on the letter (the root, on older ones);
                           blanks, dashes and case do not matter; behind @ may stand the
                           number of lines; if it differs, the group is named
      --copy DIGEST        the digest of the copy, as on the handover slip
      --after HEAD         head of the log, as on the letter or slip (its first 16 digits at
                           least): shows if the log was cut
      --partial-ok         a copy that lacks what was withheld is good enough: no exit code 3
      --require-anchor     exit code 7 if nothing outside the bundle vouches for it
      --signers FILE       public keys you accept (allowed signers of ssh-keygen), from outside;
                           exit code 7 if there is no signature
      --trust FILE         root certificates for time-stamps (PEM), from outside;
                           exit code 7 if there is no time-stamp
      --identity FILE      to check a locked bundle (.age): your secret key, of age or SSH; can
                           be given several times
      --passphrase         to check one locked with a passphrase: asked for on the terminal
      --fast               by SHA-256 alone, without SM3; the verdict says so
      --history            of a case folder: check the older seals and the papers filed as well
      --all                list every file, not only those with a problem

Exit codes: 0 intact, 3 not fully checked or not all is here, 5 altered or not what
the code that was given is of, 6 signature or timestamp invalid, 7 no anchor, 8 not a
bundle or unsafe.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		var o verifyOptions
		fs.StringVar(&o.Expect, "expect", "", "")
		fs.StringVar(&o.Copy, "copy", "", "")
		fs.StringVar(&o.After, "after", "", "")
		fs.BoolVar(&o.PartialOK, "partial-ok", false, "")
		fs.BoolVar(&o.Fast, "fast", false, "")
		fs.BoolVar(&o.RequireAnchor, "require-anchor", false, "")
		fs.StringVar(&o.Signers, "signers", "", "")
		fs.StringVar(&o.Trust, "trust", "", "")
		fs.StringArrayVar(&o.Keys.Files, "identity", nil, "")
		fs.BoolVar(&o.Keys.Passphrase, "passphrase", false, "")
		fs.BoolVar(&o.History, "history", false, "")
		fs.BoolVar(&o.all, "all", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			// A script whose variable is empty must not lose the anchor unseen.
			for name, given := range map[string]string{"expect": o.Expect, "copy": o.Copy} {
				if fs.Changed(name) && strings.TrimSpace(given) == "" {
					return verifyError(args[0], o, &bag.RootError{Copy: name == "copy"})
				}
			}
			return verify(ctx, e, args[0], o)
		}
	},
}

type verifyOptions struct {
	desk.VerifyOptions
	all bool
}

// memoryAimed is how much memory a check aims to keep to: what is checked may
// come from an enemy, who is not to fill the machine.
const memoryAimed = 128 << 20

func verify(ctx context.Context, e *env, path string, o verifyOptions) error {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryAimed))
	d, err := e.desk()
	if err != nil {
		return err
	}
	found, err := desk.Verify(ctx, d, path, o.VerifyOptions)
	if err != nil {
		return verifyError(path, o, err)
	}
	if e.json {
		err = emitVerified(e.stdout, found, o)
	} else {
		report{e.stdout, e.lang}.result(found.Result, o)
		if o.History {
			writeHistory(e.stdout, found.Superseded, e.lang)
			writeFiled(e.stdout, found.Filed, e.lang)
		}
	}
	if err != nil {
		return err
	}
	if code := exitOf(found); code != exitDone {
		return silent(code)
	}
	return nil
}

// exitOf is the exit code of a result: the worst of the bundle's, those of the
// older seals, and of the papers that were filed.
func exitOf(found desk.Verified) int {
	codes := map[int]bool{found.Result.ExitCode(): true}
	for _, s := range found.Superseded {
		codes[exitOfOlder(s)] = true
	}
	for _, p := range found.Filed {
		codes[exitAltered] = codes[exitAltered] || len(p.Changed) > 0
	}
	for _, code := range []int{exitRefused, exitAltered, exitBadSeal, exitPartial, exitNoAnchor} {
		if codes[code] {
			return code
		}
	}
	return exitDone
}

func exitOfOlder(s desk.Superseded) int {
	if s.Result == nil {
		return exitPartial
	}
	return s.Result.ExitCode()
}

func verifyError(path string, o verifyOptions, err error) error {
	var root *bag.RootError
	var none *desk.BundleError
	var unreadable *desk.UnreadableError
	var unlocked *desk.NotLockedError
	_, badHead := bag.ParseHead(o.After)
	flag := "--expect"
	if errors.As(err, &root) && root.Copy {
		flag = "--copy"
	}
	switch {
	case o.After != "" && badHead != nil:
		return usage(text{ZH: "--after 应为信上或交接单上保管记录末条校验值的前 16 位到 64 位十六进制数字（0-9、a-f）",
			EN: "--after wants 16 to 64 hexadecimal digits: the head of the log, as on the letter or slip"})
	case errors.As(err, &root):
		what := fill(text{
			ZH: "%[2]s 里的校验码应有 64 位十六进制数字（0-9、a-f），现在是 %[1]d 位",
			EN: "%[2]s wants 64 hexadecimal digits; there are %[1]d",
		}, root.Digits, flag)
		switch {
		case root.Bad != "":
			what = fill(text{
				ZH: "%[2]s 里有不属于校验码的字符：%[1]s（只有 0-9 和 a-f）",
				EN: "%[2]s has a character that is no hexadecimal digit: %[1]s",
			}, root.Bad, flag)
		case root.Lines != "":
			what = fill(text{
				ZH: "%[2]s 里 @ 后面应是清单行数（信上“清单 K 行”的 K），现在是 %[1]s",
				EN: "behind the @ of %[2]s stands the number of lines that the letter prints, not %[1]s",
			}, root.Lines, flag)
		}
		return fail(exitUsage, err, what, text{
			ZH: "照信纸上“证据码”（旧信上是“总校验码”）那几行逐组输入，16 组，每组 4 位；用引号括起来",
			EN: "type the 16 groups of 4 as printed on the letter, in quotes",
		})
	case errors.Is(err, desk.ErrNoHistory):
		return usage(text{ZH: "--history 要给案件夹：以前的封存在案件夹的 superseded 里",
			EN: "--history wants a case folder: the older seals lie in its folder superseded"})
	case errors.As(err, &none):
		f := explainFiles(err)
		f.code = exitRefused
		return f
	case errors.As(err, &unlocked):
		return usage(text{ZH: "%s 没有加密，不用 --identity、--passphrase",
			EN: "%s is not locked: leave out --identity and --passphrase"}, unlocked.Path)
	case errors.As(err, &unreadable):
		return fail(exitFailed, err, fill(text{ZH: "读不了 %s", EN: "cannot read %s"}, unreadable.Path))
	case errors.Is(err, fs.ErrNotExist):
		return fail(exitFailed, err, fill(text{ZH: "找不到 %s", EN: "there is no %s"}, path))
	}
	return lockedError(err)
}
