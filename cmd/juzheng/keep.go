package main

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

var keepCommand = command{
	name:  "keep",
	args:  "CASE --copy DIR",
	brief: text{ZH: "整个案件：存一份、上锁、删掉", EN: "the whole case: copy it, lock it, delete it"},
	least: 1,
	most:  1,
	help: text{
		ZH: `把整个案件夹存一份到别处（U盘、另一台电脑）、上锁，或者永久删掉。

用法：juzheng keep 案件夹             有多少文件，哪些别处没有；什么都不做
      juzheng keep 案件夹 --copy U盘里的文件夹
      juzheng keep 案件夹 --lock      打包成 .case.age，核对以后删掉原文件夹
      juzheng keep 案件.case.age --unlock
      juzheng keep 案件夹 --delete

选项：
      --copy DIR        整个复制到 DIR 里，逐个核对；已经有同名的，名字后面加日期
      --lock            要在终端里输入两次密码；没有密码，谁也打不开，本程序也不能
      --unlock          在原处恢复文件夹；上了锁的文件还在，不用了可以自己删
      --delete          永久删掉案件夹和里面的一切，包括您自己放进去的；手机里和别处的文件不动
      --yes             --delete 不再问；不在终端里运行时必须写

上锁和删掉都不能把硬盘上的痕迹清干净：专门的软件有时还能找回删掉的文件。
缓存（cache）和正在写的半个文件不复制，也不打包。

退出码：0 完成，1 没能做成，2 用法不对，5 有人正在用这个案件。`,
		EN: `Copies a whole case folder elsewhere (a stick, another computer), locks it, or deletes it for
good.

Use: juzheng keep CASE              how many files, and what is nowhere else
     juzheng keep CASE --copy DIR-OF-A-STICK
     juzheng keep CASE --lock       packs it into a .case.age beside it,
                                    checks that, then deletes the folder
     juzheng keep NAME.case.age --unlock
     juzheng keep CASE --delete

Options:
      --copy DIR        copies all into DIR and compares each file; where the name is taken the
                        date is added
      --lock            asks twice for a passphrase on the terminal; without it nobody opens the
                        file, this program neither
      --unlock          makes the folder again where the file is; the locked file stays, delete it
                        yourself when you need it no longer
      --delete          deletes the case folder with all in it, what you put there too; the phone's
                        files and those elsewhere stay
      --yes             --delete does not ask; without a terminal it is needed

Neither locking nor deleting cleans a disk of every trace: special programs can sometimes
bring back what was deleted. The cache and what is half written are neither copied nor packed.

Exit codes: 0 done, 1 could not be done, 2 wrong use, 5 somebody is using the case.`,
	},
	writes: &outputs{of: 1, out: []string{"copy"}},
	setup: func(fs *pflag.FlagSet) action {
		to := fs.String("copy", "", "")
		lock := fs.Bool("lock", false, "")
		unlock := fs.Bool("unlock", false, "")
		remove := fs.Bool("delete", false, "")
		yes := fs.Bool("yes", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			asked := 0
			for _, on := range []bool{*to != "", *lock, *unlock, *remove} {
				if on {
					asked++
				}
			}
			if asked > 1 || *yes && !*remove {
				return usage(text{ZH: "--copy、--lock、--unlock、--delete 一次写一个；--yes 只和 --delete 一起用",
					EN: "one of --copy, --lock, --unlock and --delete at a time; --yes goes with --delete alone"})
			}
			d, err := e.desk()
			if err != nil {
				return err
			}
			switch {
			case *to != "":
				return keepCopy(ctx, e, d, args[0], *to)
			case *lock:
				return keepLocked(ctx, e, d, args[0])
			case *unlock:
				return keepUnlocked(ctx, e, d, args[0])
			case *remove:
				return keepNothing(ctx, e, d, args[0], *yes)
			}
			return keeping(e, d, args[0])
		}
	},
}

// keeping says what there is, for who thinks of deleting it.
func keeping(e *env, d desk.Desk, dir string) error {
	k, err := desk.KeepingOf(d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(k.Lines(), dir)
	}
	e.printf(text{ZH: "%d个文件，%s\n", EN: "%d files, %s\n"}, k.Files, size(k.Bytes))
	e.tellKeeping(k)
	e.say(text{ZH: "手机里的原件还在不在，程序不知道。\n存一份：juzheng keep %[1]s --copy U盘里的文件夹；上锁：--lock；删掉：--delete",
		EN: "whether the phone still has the originals is not known here.\n" +
			"copy it: juzheng keep %[1]s --copy DIR-OF-A-STICK; " +
			"lock it: --lock; delete it: --delete"}, quote(dir))
	return nil
}

// tellKeeping names what would be lost with the folder.
func (e *env) tellKeeping(k desk.Keeping) {
	const most = 8
	list := func(all []string) string {
		shown := all[:min(len(all), most)]
		s := visible(strings.Join(shown, text{ZH: "、", EN: ", "}.In(e.lang)))
		if len(all) > most {
			s += text{ZH: "等", EN: " and more"}.In(e.lang)
		}
		return s
	}
	if len(k.Own) > 0 {
		e.say(text{ZH: "您自己放进去的%d个：%s", EN: "put there by yourself, %d: %s"}, len(k.Own), list(k.Own))
	}
	if k.Filed > 0 {
		e.say(text{ZH: "已经提交的材料留底%d份", EN: "%d packets kept as they were filed"}, k.Filed)
	}
	if len(k.Left) > 0 {
		e.say(text{ZH: "%d个是链接之类，不是文件，不会复制：%s", EN: "%d are links and the like, which are not copied: %s"}, len(k.Left),
			list(k.Left))
	}
}

func keepCopy(ctx context.Context, e *env, d desk.Desk, dir, to string) error {
	r, err := desk.CopyCase(ctx, d, dir, to)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.printf(text{ZH: "已复制  %s\n", EN: "copied  %s\n"}, r.Path)
	e.say(text{ZH: "%d个文件逐个核对过，和原来的一样。以后只在其中一份里接着做，两份不会自己合并。没有上锁：谁拿到都能看。",
		EN: "%d files, each compared and alike. Go on in one of the two from now on: they do not join by themselves. It is " +
			"not locked: whoever gets it can read it."}, r.Files)
	e.tellKeeping(desk.Keeping{Left: r.Left})
	return nil
}

func keepLocked(ctx context.Context, e *env, d desk.Desk, dir string) error {
	if _, err := desk.KeepingOf(d, dir); err != nil {
		return err // before anybody types a passphrase
	}
	phrase, err := e.newPassphrase(ctx)
	if err != nil {
		return passphraseError(err)
	}
	r, err := desk.LockCase(ctx, d, dir, phrase)
	if err != nil {
		return keepError(err)
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.printf(text{ZH: "已上锁  %s\n", EN: "locked  %s\n"}, r.Path)
	e.say(text{ZH: "用密码打开核对过%d个文件，原来的文件夹已经删掉。密码忘了，谁也打不开。\n打开：juzheng keep %s --unlock",
		EN: "%d files were read again with the passphrase, and the folder was deleted. Nobody opens it without the " +
			"passphrase.\nto open it: juzheng keep %s --unlock"}, r.Files, quote(r.Path))
	return nil
}

func keepUnlocked(ctx context.Context, e *env, d desk.Desk, file string) error {
	phrase, err := e.secret(ctx, desk.Secret{Kind: desk.LockedFile, File: file})
	if err != nil {
		return passphraseError(err)
	}
	r, err := desk.UnlockCase(ctx, d, file, phrase)
	if err != nil {
		return keepError(err)
	}
	if e.json {
		return e.emitLines(r.Lines(), file)
	}
	e.printf(text{ZH: "已打开  %s\n", EN: "unlocked  %s\n"}, r.Path)
	e.say(text{ZH: "上了锁的文件还在：%s。接着做：juzheng %s", EN: "the locked file is still there: %s. To go on: juzheng %s"}, file,
		quote(r.Path))
	return nil
}

func keepNothing(ctx context.Context, e *env, d desk.Desk, dir string, yes bool) error {
	k, err := desk.KeepingOf(d, dir)
	if err != nil {
		return err
	}
	if !yes {
		if !e.interactive() {
			return usage(text{ZH: "不在终端里运行时，删掉要写 --yes", EN: "without a terminal, deleting needs --yes"})
		}
		e.tellKeeping(k)
		said, err := e.ask(fill(text{ZH: "永久删掉 %s 和里面的%d个文件？输入“删掉”：",
			EN: "Delete %s and its %d files for good? Type delete: "}, dir, k.Files))
		if err != nil {
			return err
		}
		if said != "删掉" && !strings.EqualFold(said, "delete") {
			return fail(exitFailed, desk.ErrDeclined, text{ZH: "没有删", EN: "nothing was deleted"})
		}
	}
	if k, err = desk.DeleteCase(ctx, d, dir); err != nil {
		return err
	}
	if e.json {
		return e.emitLines(k.Lines(), dir)
	}
	e.printf(text{ZH: "已删掉  %s\n", EN: "deleted  %s\n"}, dir)
	return nil
}

// keepError says what is wrong with a locked case, or with locking one.
func keepError(err error) error {
	var links *desk.UnpackableError
	var locked *desk.LockedError
	var wrong *encrypt.NoMatchError
	switch {
	case errors.As(err, &wrong) && wrong.Passphrase:
		return fail(exitFailed, err, text{ZH: "密码不对", EN: "the passphrase is wrong"},
			text{ZH: "注意大小写和输入法；忘了的话，没有别的办法打开", EN: "mind capitals and input method; there is no other way to open it"})
	case errors.As(err, &locked) && errors.Is(err, fs.ErrExist):
		return fail(exitFailed, err, text{ZH: "案件夹已经在旁边了，没有再放一份",
			EN: "the case folder is beside it already; nothing was made"},
			text{ZH: "要用锁着的那份，先把旁边的文件夹改名", EN: "to have the locked one, rename the folder beside it first"})
	case errors.As(err, &links):
		return fail(exitFailed, err, fill(text{ZH: "案件夹里有%d个链接之类的东西，不是文件，打不了包：%s",
			EN: "the case folder holds %d links and the like, which cannot be packed: %s"}, len(links.Paths), links.Paths[0]),
			text{ZH: "移到别处再上锁；什么都没有删", EN: "move them elsewhere and lock it then; nothing was deleted"})
	case errors.Is(err, folder.ErrNotPacked):
		return fail(exitFailed, err, text{ZH: "这个文件不是上了锁的案件", EN: "this file is no locked case"},
			text{ZH: "上了锁的证据包用 juzheng decrypt 打开", EN: "juzheng decrypt opens a locked bundle"})
	case errors.As(err, &locked):
		return lockedError(err)
	}
	return err
}
