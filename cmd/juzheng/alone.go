package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

// alone answers a path that was given without a command, unless it is a folder
// to be guided through: it says what the path is and which command is meant.
// Options of that command may stand there already.
func alone(args []string, g *global) error {
	flags, _ := guidedCommand.flags(g)
	flags.ParseErrorsAllowlist.UnknownFlagsHandling = pflag.IgnoreUnknownFlag
	if err := flags.Parse(args); err != nil {
		return flagError(guidedCommand, flags, err)
	}
	args = flags.Args()
	if err := swapped(args); err != nil {
		return err
	}
	path := args[0]
	thing, err := desk.Recognise(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unknownCommand(path)
	case err != nil:
		return err
	}
	return toldOf(thing, args)
}

// toldOf says what the first of the paths given is, unless it is a folder of files
// or a case.
func toldOf(thing desk.Thing, args []string) error {
	path := args[0]
	switch thing.Kind {
	case desk.ThingFolder, desk.ThingCase:
		return nil
	case desk.ThingEmpty:
		return fail(exitUsage, nil, fill(text{ZH: "%s 是空文件（0 字节）", EN: "%s is an empty file (0 bytes)"}, visible(path)),
			text{ZH: "可能没有复制完整：从手机上重新复制，再把装这些文件的文件夹交给程序：juzheng 文件夹",
				EN: "it was perhaps not copied whole: copy it anew from the phone, then hand over its folder: " +
					"juzheng FOLDER"})
	case desk.ThingSpecial:
		return fail(exitUsage, nil, fill(text{ZH: "%s 是管道、设备一类，不是普通文件",
			EN: "%s is a pipe or device, not a regular file"},
			visible(path)), folderHint)
	case desk.ThingDangling:
		return fail(exitUsage, nil, fill(text{ZH: "%s 是一个链接，它指向的 %s 不在了",
			EN: "%s is a link, and what it leads to is not there: %s"},
			visible(path), visible(thing.Within)), folderHint)
	case desk.ThingInBundle:
		return misplaced(path, fill(text{ZH: "证据包 %s 里的文件", EN: "a file of the bundle %s"}, thing.Within),
			fill(text{ZH: "核对整个证据包：juzheng verify %s",
				EN: "to check the whole bundle: juzheng verify %s"}, quote(thing.Within)))
	case desk.ThingInCase:
		return inCase(path, thing)
	}
	is, hints := remedies(thing, args)
	return misplaced(path, is, hints...)
}

// quoteAll names the paths that are there, for a command that takes several.
func quoteAll(args []string) string {
	var out []string
	for _, a := range args {
		if _, err := os.Lstat(a); err == nil {
			out = append(out, quote(a))
		}
	}
	return strings.Join(out, " ")
}

// misplaced is wrong use: something of use to a command that is not named.
func misplaced(path string, is text, hints ...text) error {
	return fail(exitUsage, nil, text{
		ZH: visible(path) + " 是" + is.ZH + "；还要写明做什么",
		EN: visible(path) + " is " + is.EN + "; say what to do with it",
	}, hints...)
}

// remedies says what the first of the paths given is, and which commands take it.
func remedies(thing desk.Thing, paths []string) (is text, hints []text) {
	path := quote(paths[0])
	one := func(is, hint text) (text, []text) { return is, []text{fill(hint, path)} }
	switch thing.Kind {
	case desk.ThingBundle:
		return one(text{ZH: "证据包", EN: "an evidence bundle"},
			text{ZH: "核对它：juzheng verify %s", EN: "to check it: juzheng verify %s"})
	case desk.ThingLocked:
		return text{ZH: "加密的文件（age 格式）", EN: "a locked file (age)"}, []text{
			fill(text{ZH: "解开它：juzheng decrypt %s --identity 私钥文件（用密码加密的，用 --passphrase）",
				EN: "to unlock it: juzheng decrypt %s --identity KEYFILE (or --passphrase)"}, path),
			fill(text{ZH: "里面是证据包的，可以不解开，直接核对：juzheng verify %s --identity 私钥文件",
				EN: "a bundle in it can be checked as it is: juzheng verify %s --identity KEYFILE"}, path)}
	case desk.ThingAnswers:
		return one(text{ZH: "与 case.toml 写法相同的答案文件", EN: "a file written like case.toml"},
			text{ZH: "用它新建案件：juzheng init 我的案件 --from %s", EN: "to make a case from it: juzheng init mycase --from %s"})
	case desk.ThingSecretKey:
		return one(text{ZH: "私钥", EN: "a secret key"},
			text{ZH: "用它签名：juzheng sign 案件夹 --key %s；用它解密：juzheng decrypt 文件.age --identity %[1]s",
				EN: "to sign with it: juzheng sign CASE --key %s; to unlock with it: juzheng decrypt FILE.age " +
					"--identity %[1]s"})
	case desk.ThingIdentity:
		return one(text{ZH: "age 的私钥", EN: "a secret key of age"},
			text{ZH: "用它解密：juzheng decrypt 文件.age --identity %s",
				EN: "to unlock with it: juzheng decrypt FILE.age --identity %s"})
	case desk.ThingPublicKeys:
		return one(text{ZH: "公钥", EN: "a public key"},
			text{ZH: "加密给它的主人：juzheng encrypt 案件夹 --recipients-file %s",
				EN: "to lock for its owner: juzheng encrypt CASE --recipients-file %s"})
	case desk.ThingSigners:
		return one(text{ZH: "认可的签名人公钥", EN: "a list of signers' public keys"},
			text{ZH: "用它核对签名：juzheng verify 证据包 --signers %s",
				EN: "to check a signature by it: juzheng verify BUNDLE --signers %s"})
	case desk.ThingCertificates:
		return one(text{ZH: "证书", EN: "a certificate"},
			text{ZH: "用它核对时间戳：juzheng verify 证据包 --trust %s",
				EN: "to check a time-stamp by it: juzheng verify BUNDLE --trust %s"})
	case desk.ThingStampRequest:
		return one(text{ZH: "时间戳申请", EN: "a request for a time-stamp"},
			text{ZH: "把 %s 发给时间戳机构，拿到答复（.tsr）后：juzheng timestamp 案件夹 --import 答复.tsr",
				EN: "send %s to the authority; then take in its reply (.tsr): juzheng timestamp CASE --import " +
					"REPLY.tsr"})
	case desk.ThingStampReply:
		return one(text{ZH: "时间戳机构的答复", EN: "the reply of a time-stamping authority"},
			text{ZH: "把它加进来：juzheng timestamp 案件夹 --import %s",
				EN: "to take it in: juzheng timestamp CASE --import %s"})
	case desk.ThingPacked:
		return text{ZH: "压缩包", EN: "an archive"}, []text{
			fill(text{ZH: "把里面的文件加进案件，不用先解压：juzheng add 案件夹 %s（还没有案件夹的，先 juzheng init 我的案件）",
				EN: "to add its files to a case, without unpacking: juzheng add CASE %s (make the case first: juzheng " +
					"init mycase)"}, quoteAll(paths))}
	case desk.ThingArchive:
		return text{ZH: "程序不打开的压缩包，或者安装程序", EN: "an archive that is not opened, or an app package"}, []text{
			{ZH: "手机文件的压缩包请先解压，再把解压出来的文件夹交给程序：juzheng 文件夹",
				EN: "unpack an archive of phone files first, then hand over the folder: juzheng FOLDER"},
			{ZH: "已有案件的：juzheng add 案件夹 文件夹", EN: "if you have a case already: juzheng add CASE FOLDER"}}
	}
	is = text{ZH: thing.Exhibit.Title().ZH + "文件", EN: "a file (" + thing.Exhibit.Title().EN + ")"}
	if thing.MediaType == "application/pdf" {
		is = text{ZH: "PDF 文件", EN: "a PDF"}
	}
	return is, []text{
		fill(text{ZH: "加进案件：juzheng add 案件夹 %s（还没有案件夹的，先 juzheng init 我的案件）",
			EN: "to add it to a case: juzheng add CASE %s (make the case first: juzheng init mycase)"},
			quoteAll(paths)),
		folderHint}
}

var folderHint = text{
	ZH: "手机文件多的，放进一个文件夹，把文件夹交给程序：juzheng 文件夹",
	EN: "for many files of a phone, put them into a folder and hand it over: juzheng FOLDER",
}

// inCase answers for a file that lies in a case folder.
func inCase(path string, thing desk.Thing) error {
	dir := quote(thing.Within)
	is := fill(text{ZH: "案件夹 %s 里的文件", EN: "a file of the case %s"}, thing.Within)
	switch thing.Part {
	case desk.PartFacts:
		return misplaced(path, fill(text{ZH: "案件 %s 的资料", EN: "what the case %s says of the parties"}, thing.Within),
			fill(text{ZH: "用记事本一类的程序改它；改好后看还缺什么：juzheng check %s",
				EN: "change it in a text editor; then see what is missing: juzheng check %s"}, dir))
	case desk.PartTimeline:
		return misplaced(path, fill(text{ZH: "案件 %s 的时间线", EN: "the timeline of the case %s"}, thing.Within),
			fill(text{ZH: "用表格程序改它；改好后检查：juzheng check %s；只看：juzheng timeline %[1]s",
				EN: "change it in a spreadsheet program, then: juzheng check %s; to look at it: juzheng timeline " +
					"%[1]s"},
				dir))
	case desk.PartExhibit:
		return misplaced(path, fill(text{ZH: "案件 %s 里已经登记的证据", EN: "an exhibit of the case %s"}, thing.Within),
			fill(text{ZH: "证据一览：juzheng list %s", EN: "to list the exhibits: juzheng list %s"}, dir))
	case desk.PartPapers:
		return misplaced(path, is, fill(text{ZH: "打印这个案件的材料：juzheng print %s --to platform（或 lender、nifa、forward、" +
			"regulator）",
			EN: "to print the papers of the case: juzheng print %s --to platform (or lender, nifa, forward, " +
				"regulator)"}, dir))
	case desk.PartKept:
		return misplaced(path, is, fill(text{ZH: "这个案件的证据：juzheng list %s；还缺什么：juzheng check %[1]s",
			EN: "the exhibits of this case: juzheng list %s; what is missing: juzheng check %[1]s"}, dir))
	}
	return misplaced(path, is, fill(text{ZH: "要作为证据加进去的，先把它移到案件夹外面，再 juzheng add %s %s",
		EN: "to add it as an exhibit, move it out of the case folder first: juzheng add %s %s"}, dir,
		quote(filepath.Base(path))))
}
