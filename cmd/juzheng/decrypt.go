package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/encrypt"
)

var decryptCommand = command{
	name:  "decrypt",
	args:  "FILE.age",
	brief: text{ZH: "解开加密的文件（age 格式）", EN: "unlock a file (age)"},
	least: 1,
	most:  1,
	help: text{
		ZH: `解开 juzheng encrypt 或 age 程序加密的文件。只想核对证据包、不想把明文写到磁盘的，
直接用 juzheng verify FILE.age。没解完、或发现被改动的，什么都不留下。

用法：juzheng decrypt bundle.zip.age --identity key.txt
      juzheng decrypt bundle.zip.age --passphrase

选项：
      --identity FILE   自己的私钥：age-keygen 做的文件，或 SSH 私钥（有密码的会问密码）；可以写几次
      --passphrase      用密码加密的，在终端里输入密码
      --output FILE     解开后的文件；默认去掉 .age，不能已经存在

退出码：0 完成，1 打不开（不是给这把钥匙的，或密码不对），2 用法不对，
5 加密的文件被改动或截短。`,
		EN: `Unlocks a file that juzheng encrypt or the age program has locked. To check a bundle and
write no plaintext to disk, use juzheng verify FILE.age instead. What cannot be unlocked to
its end leaves nothing behind.

Use: juzheng decrypt bundle.zip.age --identity key.txt
     juzheng decrypt bundle.zip.age --passphrase

Options:
      --identity FILE   your secret key: a file of age-keygen, or an SSH private key, whose
                        passphrase is asked for; can be given several times
      --passphrase      for a file locked with a passphrase: it is asked for on the terminal
      --output FILE     the unlocked file; by default the name without .age; must not exist

Exit codes: 0 done, 1 cannot be opened (not for this key, or a wrong passphrase), 2 wrong use,
5 the locked file was altered or cut short.`,
	},
	writes: &outputs{of: 1, out: []string{"output"}},
	setup: func(fs *pflag.FlagSet) action {
		var k desk.Keys
		fs.StringArrayVar(&k.Files, "identity", nil, "")
		fs.BoolVar(&k.Passphrase, "passphrase", false, "")
		output := fs.String("output", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			return decryptFile(ctx, e, args[0], k, *output)
		}
	},
}

func decryptFile(ctx context.Context, e *env, path string, keys desk.Keys, out string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	made, err := desk.Decrypt(ctx, d, path, keys, out)
	if err != nil {
		return lockedError(err)
	}
	if e.json {
		return e.emitLines(made.Lines(), path)
	}
	e.printf(text{ZH: "已解开  %s\n", EN: "unlocked  %s\n"}, made.Path)
	e.say(text{ZH: "下一步：juzheng verify %s", EN: "next: juzheng verify %s"}, quote(made.Path))
	return nil
}

func identityError(name string, bad *encrypt.IdentityError) error {
	switch {
	case bad.Public:
		return usage(text{ZH: "%s 是公钥，解开要用私钥", EN: "%s is a public key; to unlock, the secret one is wanted"}, name)
	case bad.Locked:
		return usage(text{ZH: "私钥文件 %s 本身是加密的；先用 age -d 解开它",
			EN: "the key file %s is itself locked; unlock it with age -d first"}, name)
	}
	return usage(text{ZH: "%s 不是能用的私钥；应为 age-keygen 做的文件，或 ed25519、rsa 的 SSH 私钥",
		EN: "%s holds no secret key that can be used; wanted a file of age-keygen, or an ed25519 or rsa SSH key"}, name)
}

// lockedError says why a file of age cannot be read.
func lockedError(err error) error {
	var output *desk.OutputError
	var locked *desk.LockedError
	var key *desk.KeyError
	var bad *encrypt.IdentityError
	switch {
	case errors.As(err, &output):
		return usage(text{ZH: "%s 的名字不是 .age 结尾，请用 --output 写明解开后的文件名",
			EN: "the name of %s does not end in .age; name the unlocked file with --output"}, output.Path)
	case errors.Is(err, desk.ErrNoKeys):
		return usage(text{ZH: "用 --identity 写明自己的私钥文件；用密码加密的，用 --passphrase",
			EN: "name your secret key with --identity, or use --passphrase if it was locked with one"})
	case !errors.As(err, &locked):
		return err
	case errors.As(err, &key) && errors.As(err, &bad):
		return identityError(key.File, bad)
	}
	path := locked.Path
	var none *encrypt.NoMatchError
	var damaged *encrypt.DamagedError
	switch {
	case errors.Is(err, desk.ErrNoPassphrase):
		return usage(text{ZH: "密码是空的", EN: "the passphrase is empty"})
	case errors.Is(err, encrypt.ErrNotEncrypted):
		return fail(exitRefused, err, fill(text{ZH: "%s 不是 age 加密的文件", EN: "%s is no file of age"}, path))
	case errors.Is(err, encrypt.ErrArmorTooLarge):
		return fail(exitRefused, err, fill(text{ZH: "%s 是文本形式的加密文件，超过 %s，读不了",
			EN: "%s is a locked file in text form of more than %s, which is too large"}, path,
			size(encrypt.ArmorLimit)),
			text{ZH: "先用 age -d 解开，或请对方发二进制形式（不加 -a）的",
				EN: "unlock it with age -d first, or ask for the binary form (without -a)"})
	case errors.As(err, &none) && none.Passphrase:
		return fail(exitFailed, err, fill(text{ZH: "打不开 %s：它是用密码加密的，密码不对（或者没有用 --passphrase）",
			EN: "cannot open %s: it is locked with a passphrase, and it was wrong (or --passphrase was not used)"},
			path))
	case errors.As(err, &none):
		return fail(exitFailed, err, fill(text{ZH: "打不开 %s：不是加密给这把钥匙的",
			EN: "cannot open %s: it is not locked for this key"}, path),
			text{ZH: "换一把私钥试试，或请对方用您的公钥重新加密", EN: "try another key, or ask for it to be locked for your public key"})
	case errors.Is(err, desk.ErrUnasked):
		return passphraseError(err)
	case errors.Is(err, encrypt.ErrPassphrase):
		return fail(exitFailed, err, text{ZH: "私钥的密码不对", EN: "wrong passphrase of the key"})
	case errors.As(err, &damaged) && strings.HasSuffix(path, desk.LockedCaseEnd):
		return fail(exitAltered, err, fill(text{ZH: "%s 上锁以后被改动或截短了，打不开，什么都没有写",
			EN: "%s was altered or cut short after it was locked: it cannot be opened, and nothing was written"}, path),
			text{ZH: "用您另外存的那一份（U盘、另一台电脑上的案件夹或 .case.age）；这个文件先不要删，复制它的时候没有复制完的，从原处再复制一次",
				EN: "use the other copy you kept, on a stick or another computer; do not delete this file yet, and if it " +
					"was copied here, copy it again from where it was"},
			text{ZH: "没有另外一份的：手机里的原件还在，就用它们重新建一个案件（juzheng add）",
				EN: "if there is none: with the originals on the phone a case can be made anew (juzheng add)"})
	case errors.As(err, &damaged):
		return fail(exitAltered, err, fill(text{ZH: "%s 加密以后被改动或截短了",
			EN: "%s was altered or cut short after it was locked"}, path), text{ZH: "什么都没有写；请对方重发一次",
			EN: "nothing was written; ask for it to be sent again"})
	}
	return locked.Err
}
