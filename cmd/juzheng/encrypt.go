package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

var encryptCommand = command{
	name:  "encrypt",
	args:  "PATH --to KEY",
	brief: text{"加密证据包或材料，只有收件人能打开（age 格式）", "lock a bundle or packet for its readers (age)"},
	least: 1,
	most:  1,
	help: text{
		`把文件或文件夹加密给收件人，格式是 age（age-encryption.org/v1），用 age 程序也能打开。
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
		`Locks a file or folder for its readers in the format of age (age-encryption.org/v1), so the
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
	setup: func(fs *pflag.FlagSet) action {
		var o encryptOptions
		fs.StringArrayVar(&o.to, "to", nil, "")
		fs.StringArrayVarP(&o.files, "recipients-file", "R", nil, "")
		fs.BoolVar(&o.passphrase, "passphrase", false, "")
		fs.StringVar(&o.output, "output", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if keys := len(o.to)+len(o.files) > 0; keys == o.passphrase {
				return usage(text{"用 --to（或 -R）写明收件人的公钥，或者用 --passphrase，二者选一", "name the readers with --to (or -R), or use --passphrase; one of the two"})
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
	now, err := e.clock()
	if err != nil {
		return err
	}
	if path, err = zipOf(path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return fail(exitFailed, nil, fill(text{"%s 既不是文件也不是文件夹", "%s is neither a file nor a folder"}, path))
	}
	out := o.output
	if out == "" {
		out = strings.TrimRight(filepath.Clean(path), string(filepath.Separator))
		if info.IsDir() {
			out += ".zip"
		}
		out += ".age"
	}
	if err := free(out); err != nil {
		return err
	}
	if info.IsDir() && inside(path, out) {
		return usage(text{"加密后的文件不能放在要加密的文件夹里面（%s）", "the locked file cannot lie in the folder that is locked (%s)"}, out)
	}
	to, err := readers(ctx, e, o)
	if err != nil {
		return err
	}
	fill := func(w io.Writer) error { return copyFile(ctx, w, path, info) }
	if info.IsDir() {
		fill = func(w io.Writer) error { return bag.WriteZip(stopWriter{ctx, w}, path, now) }
	}
	err = setNew(out, 0o600, func(w io.Writer) error {
		locked, err := encrypt.NewWriter(w, to)
		if err != nil {
			return err
		}
		if err := fill(locked); err != nil {
			return err
		}
		return locked.Close()
	})
	if err != nil {
		return err
	}
	if e.json {
		return emit(e.stdout, "summary", map[string]any{"path": out, "recipients": len(to), "passphrase": o.passphrase})
	}
	e.printf(text{"已加密  %s\n", "locked  %s\n"}, out)
	e.say(text{"原来的 %s 还在，没有加密。密码或私钥丢了，谁也打不开这个文件。\n收到的人：juzheng decrypt %[2]s，或直接核对 juzheng verify %[2]s（或用 age -d）",
		"%s is still there, not locked. Without the passphrase or secret key nobody can open this file.\nwhoever gets it: juzheng decrypt %[2]s, or check it at once with juzheng verify %[2]s (or age -d)"}, path, quote(filepath.Base(out)))
	return nil
}

// zipOf leads from a case folder to its bundle.zip.
func zipOf(path string) (string, error) {
	if _, err := os.Stat(filepath.Join(path, folder.CaseFile)); err != nil {
		return path, nil
	}
	zip := filepath.Join(path, folder.BundleZip)
	if _, err := os.Stat(zip); errors.Is(err, fs.ErrNotExist) {
		return "", fail(exitFailed, err, fill(text{"案件夹 %s 里还没有封存的证据包", "the case folder %s has no sealed bundle yet"}, path),
			fill(text{"先运行 juzheng build %s", "run juzheng build %s first"}, quote(path)))
	}
	return zip, nil
}

// readers are those the file is locked for.
func readers(ctx context.Context, e *env, o encryptOptions) (encrypt.Recipients, error) {
	if o.passphrase {
		phrase, err := e.newPassphrase(ctx)
		if err != nil {
			return nil, err
		}
		return encrypt.Passphrase(phrase)
	}
	var to encrypt.Recipients
	for _, key := range o.to {
		r, err := encrypt.ParseRecipient(key)
		if err != nil {
			return nil, recipientError("--to", err)
		}
		to = append(to, r)
	}
	for _, name := range o.files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list, err := encrypt.ParseRecipients(data)
		if err != nil {
			return nil, recipientError(name, err)
		}
		to = append(to, list...)
	}
	if err := to.Check(); err != nil {
		return nil, usage(text{"后量子公钥（age1pq1…）不能和其他公钥一起用：分别加密两份", "a post-quantum key (age1pq1...) goes with no key of another kind: lock two files"})
	}
	return to, nil
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
		return usage(text{"%s 是私钥，这里要的是公钥（age1… 或 ssh-ed25519 …）。私钥不要给任何人", "%s is a secret key; a public one is wanted (age1... or ssh-ed25519 ...). Give the secret key to nobody"}, where)
	case bad.Plugin:
		return usage(text{"%s 是 age 插件（例如硬件钥匙）的公钥，本程序不支持；请用 age 程序加密", "%s is for a plugin of age (such as a hardware key), which is not supported; lock it with the age program"}, where)
	}
	return usage(text{"%s 不是能用的公钥；应为 age1… 或者 ssh-ed25519、ssh-rsa 开头的一行", "%s is no public key that can be used; wanted age1... or a line of ssh-ed25519 or ssh-rsa"}, where)
}

// newPassphrase asks for one twice. A short one can be found by trying.
func (e *env) newPassphrase(ctx context.Context) ([]byte, error) {
	const least = 10
	first, err := e.passphrase(ctx, text{"密码（至少 10 个字符，四个以上不相干的词更好）：", "passphrase (10 characters at least; four words or more are better): "})()
	if err != nil {
		return nil, passphraseError(err)
	}
	if len([]rune(string(first))) < least {
		return nil, usage(text{"密码太短：%d 个字符，至少要 %d 个", "the passphrase is too short: %d characters, wanted %d at least"}, len([]rune(string(first))), least)
	}
	again, err := e.passphrase(ctx, text{"再输入一次：", "again: "})()
	if err != nil {
		return nil, passphraseError(err)
	}
	if !bytes.Equal(first, again) {
		return nil, usage(text{"两次输入的密码不一样", "the two passphrases differ"})
	}
	return first, nil
}

func passphraseError(err error) error {
	if !errors.Is(err, errUnasked) {
		return err
	}
	return fail(exitUsage, err, text{"要在终端里输入密码，现在没法询问", "the passphrase is asked for on a terminal, and there is none"},
		text{"不在终端里运行时，用公钥和私钥文件（--to、--identity）", "without a terminal use keys: --to and --identity"})
}

// free reports a name that is taken.
func free(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return taken(path, err)
	}
	return nil
}

func taken(path string, err error) error {
	return fail(exitFailed, err, fill(text{"%s 已经存在", "%s is there already"}, path), text{"换一个名字；已有的内容没有动", "choose another name; nothing there was touched"})
}

// inside reports whether a path that need not exist lies in a folder.
func inside(folder, path string) bool {
	f, err1 := filepath.Abs(folder)
	p, err2 := filepath.Abs(filepath.Dir(path))
	if err1 != nil || err2 != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(f); err == nil {
		f = real
	}
	if real, err := filepath.EvalSymlinks(p); err == nil {
		p = real
	}
	rel, err := filepath.Rel(f, p)
	return err == nil && filepath.IsLocal(rel)
}

// setNew writes a file that must not exist, whole or not at all.
func setNew(path string, mode fs.FileMode, set func(io.Writer) error) error {
	err := disk.SetNew(path, mode, set)
	if errors.Is(err, fs.ErrExist) { // somebody made it meanwhile
		return taken(path, err)
	}
	return err
}

// copyFile reads a regular file to its end, which must be where it was.
func copyFile(ctx context.Context, w io.Writer, path string, info fs.FileInfo) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.Copy(stopWriter{ctx, w}, f)
	if err != nil {
		return err
	}
	if now, err := f.Stat(); err != nil || n != info.Size() || !now.ModTime().Equal(info.ModTime()) {
		return fail(exitFailed, err, fill(text{"%s 在读取期间变了", "%s changed while it was read"}, path), text{"再运行一次", "run it again"})
	}
	return nil
}

// A stopWriter ends when the run is interrupted.
type stopWriter struct {
	ctx context.Context
	w   io.Writer
}

func (s stopWriter) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
