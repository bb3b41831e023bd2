package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"juzheng/evidence/bag"
	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/folder"
)

var signCommand = command{
	name:  "sign",
	args:  "CASE",
	brief: text{"用 SSH 密钥给总校验码签名", "sign the root with an SSH key"},
	least: 1,
	most:  1,
	help: text{
		`用 ed25519 的 SSH 密钥在总校验码上签名，签名存进证据包的 seal/root.sshsig，总校验码不变。
核对的人要从别的途径拿到您的公钥，才知道是您签的；写法是 ssh-keygen 的 allowed signers：
  姓名 namespaces="juzheng-root@v1" ssh-ed25519 AAAA...

用法：juzheng sign 案件夹 --key 私钥文件

选项：
      --key FILE    OpenSSH 格式的 ed25519 私钥；有密码的会问密码
      --replace     已有别的密钥的签名时，换成这一个

没有密钥：ssh-keygen -t ed25519 -f juzheng-key

退出码：0 已签名，1 密钥不能用，5 证据包已被改动，10 没有案件。`,
		`Signs the root with an ed25519 SSH key. The signature goes into seal/root.sshsig of the
bundle and changes no root. Whoever checks it must have your public key from elsewhere,
as a line of ssh-keygen's allowed signers:
  NAME namespaces="juzheng-root@v1" ssh-ed25519 AAAA...

Use: juzheng sign CASE --key FILE

Options:
      --key FILE    an ed25519 private key in OpenSSH form; its passphrase is asked for
      --replace     take the place of a signature by another key

To make a key: ssh-keygen -t ed25519 -f juzheng-key

Exit codes: 0 signed, 1 the key cannot be used, 5 the bundle was altered, 10 no case.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		key := fs.String("key", "", "")
		replace := fs.Bool("replace", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if *key == "" {
				return usage(text{"请用 --key 指明私钥文件", "name the private key with --key"})
			}
			return sign(ctx, e, args[0], *key, *replace)
		}
	},
}

func sign(ctx context.Context, e *env, dir, keyFile string, replace bool) error {
	keyPEM, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	return withBundle(ctx, e, dir, func(_ *folder.Folder, bundle *folder.SealedBundle, now time.Time) error {
		return signBundle(ctx, e, bundle, keyFile, keyPEM, replace, now)
	})
}

func signBundle(ctx context.Context, e *env, bundle *folder.SealedBundle, keyFile string, keyPEM []byte, replace bool, now time.Time) error {
	signature, err := sshsig.Sign(bundle.Document, keyPEM, bag.RootNamespace, e.passphrase(ctx, text{"私钥的密码：", "passphrase of the key: "}))
	if err != nil {
		return signError(keyFile, err)
	}
	status, err := sshsig.Verify(signature, bundle.Document, nil, bag.RootNamespace, now)
	if err != nil {
		return err
	}
	if status.State != sshsig.UnknownKey { // sound, and nobody vouches for the key here
		return fmt.Errorf("the signature just made does not verify: %s", status.Detail)
	}
	old, err := bundle.Vouching(bag.SealSignature)
	if err != nil {
		return err
	}
	if was, err := sshsig.Verify(old, bundle.Document, nil, bag.RootNamespace, now); err == nil && was.State == sshsig.UnknownKey && was.Fingerprint == status.Fingerprint {
		signature = old // by the same key, and sound: made by ssh-keygen with another hash
	}
	if old != nil && string(old) != string(signature) && !replace {
		return fail(exitFailed, nil, text{"证据包里已有另一个签名（不是这把密钥的）", "the bundle has another signature, not by this key"},
			text{"确实要换成这一个，加 --replace", "to put this one in its place, add --replace"})
	}
	if err := bundle.Vouch(ctx, bag.SealSignature, signature, "sign", "key="+status.Fingerprint, now); err != nil {
		return err
	}
	if e.json {
		return emit(e.stdout, "summary", map[string]string{"root": bundle.Root.SHA256, "fingerprint": status.Fingerprint, "file": folder.BundleDir + "/" + bag.SealDir + "/" + bag.SealSignature})
	}
	e.printf(text{"已签名  %s\n密钥    %s\n", "signed  %s\nkey     %s\n"}, bag.FormatRoot(bundle.Root.SHA256), status.Fingerprint)
	e.say(text{"下一步：把下面这一行（开头换成签名人的名字）从证据包以外的途径交给核对的人，存成一个文件；他们运行 juzheng verify 证据包 --signers 文件\n%s",
		"next: hand the line below, with the signer's name at its beginning, to whoever checks, by another way than the bundle; in a file it is what juzheng verify BUNDLE --signers FILE wants\n%s"},
		sshsig.SignerLine("NAME", bag.RootNamespace, signature))
	return nil
}

// withBundle runs do on a case's sealed bundle, with the case locked.
func withBundle(ctx context.Context, e *env, dir string, do func(*folder.Folder, *folder.SealedBundle, time.Time) error) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	f, unlock, err := lockCase(dir, now)
	if err != nil {
		return err
	}
	defer unlock()
	bundle, err := sealedBundle(ctx, e, f)
	if err != nil {
		return err
	}
	return do(f, bundle, now)
}

// sealedBundle opens a case's bundle for what is put beside its root, and
// says so if the case has moved on since.
func sealedBundle(ctx context.Context, e *env, f *folder.Folder) (*folder.SealedBundle, error) {
	bundle, err := f.Sealed(ctx)
	switch {
	case errors.Is(err, folder.ErrNotSealed):
		return nil, fail(exitFailed, err, fill(text{"案件夹 %s 里还没有封存的证据包", "the case folder %s has no sealed bundle yet"}, f.Dir()),
			fill(text{"先运行 juzheng build %s", "run juzheng build %s first"}, quote(f.Dir())))
	case errors.Is(err, folder.ErrBundleAltered):
		return nil, fail(exitAltered, err, text{"证据包和封存时不一样了，不能签名、盖时间戳、打印或者交出", "the bundle is not what was sealed: nothing is signed, stamped, printed or handed over"},
			fill(text{"juzheng verify %s 会列出哪里不一样；juzheng build %[1]s 会重新做一份", "juzheng verify %s lists what differs; juzheng build %[1]s makes it again"}, quote(f.Dir())))
	case err != nil:
		return nil, err
	}
	if !bundle.Current {
		e.say(text{"注意：封存之后案件又有改动；这里用的是封存时的那一份。要包括新的改动，先运行 juzheng build。",
			"note: the case has changed since it was sealed; this is about what was sealed. To include the changes, run juzheng build first."})
	}
	return bundle, nil
}

// errUnasked reports that there is no terminal to ask on.
var errUnasked = fmt.Errorf("nobody can be asked: %w", sshsig.ErrPassphrase)

// passphrase asks for one without showing it. An interrupt ends the asking
// and gives the terminal back its echo.
func (e *env) passphrase(ctx context.Context, prompt text) func() ([]byte, error) {
	return func() ([]byte, error) {
		if !e.interactive() {
			return nil, errUnasked
		}
		terminal := int(e.stdin.(*os.File).Fd())
		before, err := term.GetState(terminal)
		if err != nil {
			return nil, err
		}
		fmt.Fprint(e.stderr, prompt.In(e.lang))
		defer fmt.Fprintln(e.stderr)
		type answer struct {
			phrase []byte
			err    error
		}
		typed := make(chan answer, 1)
		go func() { // it waits for the Enter key, whatever happens
			phrase, err := term.ReadPassword(terminal)
			typed <- answer{phrase, err}
		}()
		select {
		case a := <-typed:
			return a.phrase, a.err
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), term.Restore(terminal, before))
		}
	}
}

func signError(keyFile string, err error) error {
	var kind *sshsig.KeyTypeError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, sshsig.ErrPassphrase):
		return fail(exitFailed, err, fill(text{"私钥 %s 有密码：密码不对，或没能询问", "the key %s is locked: wrong passphrase, or none could be asked for"}, keyFile),
			text{"在终端里直接运行，输入密码；或用 ssh-keygen -p 做一份不带密码的副本", "run it on a terminal and type the passphrase; or make an unlocked copy with ssh-keygen -p"})
	case errors.As(err, &kind):
		return fail(exitFailed, err, fill(text{"私钥 %s 是 %s，这里只用 ed25519", "the key %s is %s; only ed25519 is used here"}, keyFile, strings.TrimPrefix(kind.Type, "*")),
			text{"做一把新的：ssh-keygen -t ed25519 -f juzheng-key", "make one: ssh-keygen -t ed25519 -f juzheng-key"})
	}
	return fail(exitFailed, err, fill(text{"%s 不是能用的 OpenSSH 私钥", "%s is no OpenSSH private key that can be used"}, keyFile),
		text{"--key 要的是私钥文件，不是 .pub 公钥", "--key wants the private key, not the .pub file"})
}
