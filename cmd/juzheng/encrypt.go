package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/encrypt"
)

var encryptCommand = command{
	name:  "encrypt",
	args:  "PATH --to KEY",
	brief: text{ZH: "加密证据包或材料，只有收件人能打开（age 格式）", EN: "lock a bundle or packet for its readers (age)"},
	least: 1,
	most:  1,
	help: text{
		ZH: `把文件或文件夹加密给收件人，格式是 age（age-encryption.org/v1），用 age 程序也能打开。
文件夹先打成 zip；给的是案件夹时，加密它的 bundle.zip。原来的文件不动，明文不另外写到磁盘。
packet 里有只给您自己看的材料：发给机构时，只加密那个机构的文件夹里要交的文件。

用法：juzheng encrypt 案件夹 --to age1...
      juzheng encrypt 案件夹/packet/1-平台客服/投诉书.pdf --to "ssh-ed25519 AAAA..."
      juzheng encrypt bundle.zip --passphrase

选项：
      --to KEY                      收件人的公钥：age1… 或 ssh-ed25519、ssh-rsa 一行；可以写几次
  -R, --recipients-file FILE        公钥清单，一行一个；可以写几次
      --passphrase                  用密码加密（在终端里输入两次），不能和公钥同时用
      --output FILE                 加密后的文件；默认在原来的名字后面加 .age，不能已经存在

收件人这样做一把钥匙：age-keygen -o key.txt（key.txt 自己留好，把 age1… 那一行告诉对方）。
不支持 age 的插件（硬件钥匙）。

退出码：0 完成，1 没能做成，2 用法不对。`,
		EN: `Locks a file or folder for its readers in the format of age (age-encryption.org/v1), so the
age program opens it too. A folder is zipped on the way; of a case folder its bundle.zip is
taken. The original stays, and no further plaintext is written to disk. A packet holds papers
for yourself as well: to a body, send only what it is to get.

Use: juzheng encrypt CASE --to age1...
     juzheng encrypt CASE/packet --to "ssh-ed25519 AAAA..."
     juzheng encrypt bundle.zip --passphrase

Options:
      --to KEY                      public key of a reader: age1..., or a line of ssh-ed25519
                                    or ssh-rsa; can be given several times
  -R, --recipients-file FILE        public keys, one a line; can be given several times
      --passphrase                  lock with a passphrase, typed twice on the terminal; goes
                                    with no key
      --output FILE                 the locked file; by default the name with .age added; must
                                    not exist

A reader makes a key with: age-keygen -o key.txt (keep key.txt, tell the line with age1...).
Plugins of age (hardware keys) are not supported.

Exit codes: 0 done, 1 could not be done, 2 wrong use.`,
	},
	writes: &outputs{of: 1, out: []string{"output"}},
	setup: func(fs *pflag.FlagSet) action {
		var o encryptOptions
		fs.StringArrayVar(&o.to, "to", nil, "")
		fs.StringArrayVarP(&o.files, "recipients-file", "R", nil, "")
		fs.BoolVar(&o.passphrase, "passphrase", false, "")
		fs.StringVar(&o.output, "output", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if keys := len(o.to)+len(o.files) > 0; keys == o.passphrase {
				return usage(text{ZH: "用 --to（或 -R）写明收件人的公钥，或者用 --passphrase，二者选一",
					EN: "name the readers with --to (or -R), or use --passphrase; one of the two"})
			}
			return encryptPath(ctx, e, args[0], o)
		}
	},
}

type encryptOptions struct {
	to, files  []string
	passphrase bool
	output     string
}

func encryptPath(ctx context.Context, e *env, path string, o encryptOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	opt := desk.EncryptOptions{To: o.to, Files: o.files, Output: o.output}
	if o.passphrase {
		opt.NewPassphrase = e.newPassphrase
	}
	made, err := desk.Encrypt(ctx, d, path, opt)
	if err != nil {
		return encryptError(err)
	}
	if e.json {
		return e.emitLines(made.Lines(), path)
	}
	e.printf(text{ZH: "已加密  %s\n", EN: "locked  %s\n"}, made.Path)
	e.say(text{ZH: "原来的 %s 还在，没有加密。密码或私钥丢了，谁也打不开这个文件。\n" +
		"收到的人：juzheng decrypt %[2]s，或直接核对 juzheng verify %[2]s（或用 age -d）",
		EN: "%s is still there, not locked. Without the passphrase or secret key nobody can open this file.\nwhoever " +
			"gets it: juzheng decrypt %[2]s, or check it at once with juzheng verify %[2]s (or age -d)"}, made.From,
		quote(filepath.Base(made.Path)))
	return nil
}

func encryptError(err error) error {
	var key *desk.KeyError
	var not *desk.UnlockableError
	var inside *desk.OutputInsideError
	switch {
	case errors.As(err, &key):
		return recipientError(cmp.Or(key.File, "--to"), key.Err)
	case errors.As(err, &not):
		return fail(exitFailed, nil, fill(text{ZH: "%s 既不是文件也不是文件夹", EN: "%s is neither a file nor a folder"},
			not.Path))
	case errors.As(err, &inside):
		return usage(text{ZH: "加密后的文件不能放在要加密的文件夹里面（%s）",
			EN: "the locked file cannot lie in the folder that is locked (%s)"}, inside.Path)
	case errors.Is(err, encrypt.ErrMixed):
		return usage(text{ZH: "后量子公钥（age1pq1…）不能和其他公钥一起用：分别加密两份",
			EN: "a post-quantum key (age1pq1...) goes with no key of another kind: lock two files"})
	}
	return passphraseError(err)
}

func recipientError(where string, err error) error {
	var bad *encrypt.RecipientError
	if !errors.As(err, &bad) {
		return err
	}
	if bad.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, bad.Line)
	}
	switch {
	case bad.Secret:
		return usage(text{
			ZH: "%s 是私钥，这里要的是公钥（age1… 或 ssh-ed25519 …）。私钥不要给任何人",
			EN: "%s is a secret key; a public one is wanted (age1... or ssh-ed25519 ...). Give the secret key to " +
				"nobody",
		}, where)
	case bad.Plugin:
		return usage(text{
			ZH: "%s 是 age 插件（例如硬件钥匙）的公钥，本程序不支持；请用 age 程序加密",
			EN: "%s is for a plugin of age (such as a hardware key), which is not supported; lock it with the age " +
				"program",
		}, where)
	}
	return usage(text{ZH: "%s 不是能用的公钥；应为 age1… 或者 ssh-ed25519、ssh-rsa 开头的一行",
		EN: "%s is no public key that can be used; wanted age1... or a line of ssh-ed25519 or ssh-rsa"}, where)
}
