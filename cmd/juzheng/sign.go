package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/sshsig"
)

var signCommand = command{
	name:  "sign",
	args:  "CASE",
	brief: text{ZH: "用 SSH 密钥给证据清单签名", EN: "sign the evidence with an SSH key"},
	least: 1,
	most:  1,
	help: text{
		ZH: `用 ed25519 的 SSH 密钥在证据清单上签名，签名存进证据包的 seal（0006.sshsig 是清单前 6 行的签名），
证据码不变，以后的每份副本都带着它。
核对的人要从别的途径拿到您的公钥，才知道是您签的；写法是 ssh-keygen 的 allowed signers：
  姓名 namespaces="juzheng-code@v2,juzheng-copy@v2" ssh-ed25519 AAAA...

用法：juzheng sign 案件夹 --key 私钥文件

选项：
      --key FILE    OpenSSH 格式的 ed25519 私钥；有密码的会问密码
      --replace     已有别的密钥的签名时，换成这一个

没有密钥：ssh-keygen -t ed25519 -f juzheng-key

退出码：0 已签名，1 密钥不能用，5 证据包已被改动，10 没有案件。`,
		EN: `Signs the list of commitments with an ed25519 SSH key. The signature goes into seal/ of the
bundle (0006.sshsig is that of the first 6 lines), changes no code, and is in every copy
made later. Whoever checks it must have your public key from elsewhere, as a line of
ssh-keygen's allowed signers:
  NAME namespaces="juzheng-code@v2,juzheng-copy@v2" ssh-ed25519 AAAA...

Use: juzheng sign CASE --key FILE

Options:
      --key FILE    an ed25519 private key in OpenSSH form; its passphrase is asked for
      --replace     take the place of a signature by another key

To make a key: ssh-keygen -t ed25519 -f juzheng-key

Exit codes: 0 signed, 1 the key cannot be used, 5 the bundle was altered, 10 no case.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		key := fs.String("key", "", "")
		replace := fs.Bool("replace", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if *key == "" {
				return usage(text{ZH: "请用 --key 指明私钥文件", EN: "name the private key with --key"})
			}
			return sign(ctx, e, args[0], *key, *replace)
		}
	},
}

func sign(ctx context.Context, e *env, dir, key string, replace bool) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	signed, err := desk.Sign(ctx, d, dir, key, replace)
	if err != nil {
		return signError(err)
	}
	if e.json {
		return e.emitLines(signed.Lines(), dir)
	}
	e.printf(text{ZH: "已签名  %s\n密钥    %s\n", EN: "signed  %s\nkey     %s\n"}, bag.FormatRoot(signed.Root),
		signed.Fingerprint)
	e.say(text{ZH: "下一步：把下面这一行（开头换成签名人的名字）从证据包以外的途径交给核对的人，存成一个文件；他们运行 juzheng verify 证据包 --signers 文件\n%s",
		EN: "next: hand the line below, with the signer's name at its beginning, to whoever checks, by another " +
			"way than " +
			"the bundle; in a file it is what juzheng verify BUNDLE --signers FILE wants\n%s"},
		sshsig.SignerLine("NAME", signed.Namespaces, signed.Signature))
	return nil
}

func signError(err error) error {
	var key *desk.KeyError
	var kind *sshsig.KeyTypeError
	switch {
	case errors.Is(err, desk.ErrOtherSignature):
		return fail(exitFailed, nil, text{ZH: "证据包里已有另一个签名（不是这把密钥的）",
			EN: "the bundle has another signature, not by this key"},
			text{ZH: "确实要换成这一个，加 --replace", EN: "to put this one in its place, add --replace"})
	case errors.Is(err, desk.ErrStampedSignature):
		return fail(exitFailed, nil, text{ZH: "这个签名已经加了时间戳，不能再换：换了，时间戳就不能证明它了",
			EN: "the signature is time-stamped and stays: the time-stamp would prove nothing of another"},
			text{ZH: "添了新证据以后再 juzheng build，就可以用另一把密钥签名",
				EN: "once evidence is added and built, another key can sign that"})
	case !errors.As(err, &key):
		return err
	case errors.Is(err, sshsig.ErrPassphrase):
		return fail(exitFailed, err, fill(text{ZH: "私钥 %s 有密码：密码不对，或没能询问",
			EN: "the key %s is locked: wrong passphrase, or none could be asked for"}, key.File),
			text{ZH: "在终端里直接运行，输入密码；或用 ssh-keygen -p 做一份不带密码的副本",
				EN: "run it on a terminal and type the passphrase; or make an unlocked copy with ssh-keygen -p"})
	case errors.As(err, &kind):
		return fail(exitFailed, err, fill(text{ZH: "私钥 %s 是 %s，这里只用 ed25519",
			EN: "the key %s is %s; only ed25519 is used here"}, key.File, strings.TrimPrefix(kind.Type, "*")),
			text{ZH: "做一把新的：ssh-keygen -t ed25519 -f juzheng-key",
				EN: "make one: ssh-keygen -t ed25519 -f juzheng-key"})
	}
	return fail(exitFailed, err, fill(text{ZH: "%s 不是能用的 OpenSSH 私钥",
		EN: "%s is no OpenSSH private key that can be used"}, key.File),
		text{ZH: "--key 要的是私钥文件，不是 .pub 公钥", EN: "--key wants the private key, not the .pub file"})
}
