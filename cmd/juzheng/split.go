package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

var partCommand = command{
	name:  "split",
	long:  true,
	args:  "CASE",
	brief: text{ZH: "一部手机几家借款：给另一家分出一个案件", EN: "several lenders on one phone: a case for each"},
	least: 1,
	most:  1,
	help: text{
		ZH: `一封信只投诉一家。手机里有几家催收的，手机只加入一次（juzheng add），再把另一家的分出去。

用法：juzheng split 案件夹
      juzheng split 案件夹 --to 新案件夹 --brand 乙借

不写 --to：按短信签名【…】列出有哪几家、各用哪些号码，什么都不改。只发过一个签名的号码，它的来电
也算这一家；发过几个签名的（短信网关）只按短信算；没有签名的号码哪一家都不算。

写了 --to：建新案件夹，当事人、代理人、协助机构和手机材料都带过去，不用再加一遍，编号不变，
每份材料在每个案件里只存一份。这一家的行和号码归新案件，原案件里不再用；原案件的在新案件里不用。
不知道是谁的号码，两边都不算，等您说。借款、合同、以前的投诉不带过去，在新案件里填。

选项：
      --to CASE         新案件夹放在哪里
      --brand NAME      这一家的短信签名；它的平台、放款机构、催收公司签名不同的，写几次
      --number NUMBER   另外知道是这一家的号码，可以写几次
      --keep NUMBER     没有签名、知道是原案件那一家的号码或账号，可以写几次；all 是其余的都是原案件的。
                        没有写明的，不知道是哪一家，两边都不算；
                        不写 --brand、只写 --number 的，其余的都留在原案件

收回：在原案件里收回最后一个答案（见 juzheng help ask），再删掉新案件夹。

退出码：0 完成，1 没有这个签名或号码，或者新案件夹已经有了，4 是本案自己的那一家。`,
		EN: `A letter is about one creditor. Where several collect on one phone, it is added once (juzheng
add), and what is of another is parted from it.

Use: juzheng split CASE
     juzheng split CASE --to NEWCASE --brand NAME

Without --to: lists who signs messages about a debt (【…】) and from which numbers, and
changes nothing. Calls of a number that signed one name alone are that one's; of a number
that signed several (a gateway) only the messages are; a number that signed nothing is
nobody's.

With --to: makes a case with the person, agent, organisation and all that was read of the
phone, under the numbers it has; a file is stored once a case. Rows and numbers of this
creditor count there and no longer here, those of the others do not count there. What is of
nobody known counts in neither until you say. Loan, contract and earlier complaints are not
taken over.

Options:
      --to CASE         where the new case goes
      --brand NAME      a name its messages are signed with; once for each it uses
      --number NUMBER   a number you know to be its own; once for each
      --keep NUMBER     a number or account that signed nothing and stays here; once for each, or
                        all. Those you do not name are of nobody known, and count in neither;
                        with --number and no --brand all others stay here

To take it back: take back the last answer here (juzheng help ask), and delete the new folder.

Exit codes: 0 done, 1 no such name or number, or the new folder is there, 4 it is the case's own.`,
	},
	writes: &outputs{of: 1, out: []string{"to"}},
	setup: func(fs *pflag.FlagSet) action {
		var o desk.SplitOptions
		fs.StringVar(&o.To, "to", "", "")
		fs.StringArrayVar(&o.Brands, "brand", nil, "")
		fs.StringArrayVar(&o.Numbers, "number", nil, "")
		fs.StringArrayVar(&o.Keep, "keep", nil, "")
		return func(ctx context.Context, e *env, args []string) error {
			for n, b := range o.Brands {
				o.Brands[n] = strings.Trim(strings.TrimSpace(b), "【】")
			}
			own := len(o.Brands)+len(o.Numbers) > 0
			switch {
			case o.To == "" && own:
				return usage(text{ZH: "请用 --to 写明新案件夹放在哪里", EN: "say with --to where the new case goes"})
			case o.To != "" && !own:
				return usage(text{ZH: "请用 --brand 或 --number 写明哪些是这一家的；有哪几家：juzheng split %s",
					EN: "say with --brand or --number what is of this creditor; juzheng split %s lists them"},
					quote(args[0]))
			case o.To == "":
				return listBrands(ctx, e, args[0])
			}
			return split(ctx, e, args[0], o)
		}
	},
}

func listBrands(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Brands(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	if len(r.All) == 0 {
		e.say(text{ZH: "没有带签名【…】的催收短信，看不出有几家",
			EN: "no message about a debt is signed 【…】: nothing tells creditors apart"})
	} else {
		rows := [][]string{heads(e.lang, text{ZH: "签名", EN: "signed"}, text{ZH: "消息", EN: "messages"},
			text{ZH: "来电", EN: "calls"},
			text{ZH: "只用这个签名的号码", EN: "numbers of this name alone"})}
		for _, b := range r.All {
			name := visible(b.Name)
			if slices.Contains(r.Own, b.Name) {
				name += text{ZH: "（本案）", EN: " (this case)"}.In(e.lang)
			}
			rows = append(rows, []string{name, fmt.Sprint(b.Messages), fmt.Sprint(b.Calls),
				orDash(visible(strings.Join(b.Numbers, text{ZH: "、", EN: ", "}.In(e.lang))))})
		}
		fmt.Fprint(e.stdout, columns(rows, e.width()))
	}
	if len(r.Shared) > 0 {
		e.say(text{ZH: "发过几个签名的号码，按短信分，来电哪一家都不算：%s", EN: "signed several names, so that only messages tell: %s"},
			visible(strings.Join(r.Shared, " ")))
	}
	if len(r.Unknown) > 0 {
		e.say(text{ZH: "没有签名、看不出是哪一家的催收号码：%s。分的时候用 --number 归新案件、--keep 留在原案件",
			EN: "collecting numbers that signed nothing: %s. Say with --number or --keep whose they are when you part"},
			visible(strings.Join(r.Unknown, " ")))
	}
	if len(r.All) > 1 {
		e.say(text{ZH: "不同的放款机构要分开；同一笔借款的平台、放款机构、催收公司不用分。\n分出一家：juzheng split %s --to 新案件夹 --brand 签名",
			EN: "different lenders are to be parted; platform, lender and agency of one loan are not.\n" +
				"to part one: juzheng split %s --to NEWCASE --brand NAME"}, quote(dir))
	}
	return nil
}

func split(ctx context.Context, e *env, dir string, o desk.SplitOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.PartCase(ctx, d, dir, o)
	var none *desk.NoBrandError
	var taken *desk.TakenError
	var own *desk.OwnBrandError
	switch {
	case errors.As(err, &own):
		return fail(exitBlocked, err, fill(text{ZH: "“%[1]s”就是这个案件自己的平台或放款机构，不用分",
			EN: "%[1]q is the platform or lender of this case itself"}, visible(own.Name)),
			text{ZH: "写另一家的签名；案件写错了平台的，先改 case.toml",
				EN: "give the name of another; if the case names the wrong one, mend case.toml first"})
	case errors.As(err, &none):
		return fail(exitFailed, err, fill(text{ZH: "案件里没有签名或号码是“%s”的催收", EN: "no row of the case is of %q"},
			visible(none.Name)),
			fill(text{ZH: "有哪几家：juzheng split %s", EN: "juzheng split %s lists them"}, quote(dir)))
	case errors.As(err, &taken):
		return fail(exitFailed, err, fill(text{ZH: "%s 已经有了，没有动", EN: "%s is there already; nothing was touched"},
			quote(o.To)),
			text{ZH: "换一个名字，或者先删掉它", EN: "choose another name, or delete it first"})
	case err != nil:
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.printf(text{ZH: "新案件夹：%[1]s\n归新案件的 %[2]d 行，留在原案件的 %[3]d 行\n",
		EN: "new case: %[1]s\n%[2]d rows went there, %[3]d stay\n"}, r.To, r.Rows, r.Others)
	if r.Open > 0 {
		e.say(text{ZH: "%d 行不知道是谁的，两边都不算；说清楚：juzheng ask",
			EN: "%d rows of nobody known count in neither; juzheng ask asks"}, r.Open)
	}
	if len(r.Nobodys) > 0 {
		e.say(text{ZH: "不知道是哪一家的催收号码、账号，两边都不算：%s。以后知道了，在那个案件的 case.toml 里把它的 side 改成 collector",
			EN: "collecting, for nobody knows whom, and counted in neither: %s. Once you know, set its side to " +
				"collector in " +
				"that case's case.toml"}, visible(strings.Join(r.Nobodys, " ")))
	}
	if len(r.Left) > 0 {
		e.say(text{ZH: "新案件里不放进证据的（属于原案件）：%s", EN: "left out of the new case's evidence: %s"}, rows(r.Left, e.lang))
	}
	if len(r.Only) > 0 {
		e.say(text{ZH: "原案件里只和另一家有关的材料，可以不放进去：juzheng leave %[1]s %[2]s",
			EN: "here only the other creditor's rows rest on these, and they can be left out: juzheng leave %[1]s %[2]s"},
			quote(dir), strings.Join(r.Only, " "))
	}
	e.say(text{ZH: "下一步：juzheng ask %[1]s（放款机构、合同等）；收回：juzheng ask %[2]s --undo，再删掉新案件夹",
		EN: "next: juzheng ask %[1]s (lender, contract …); to take it back: juzheng ask %[2]s --undo, and delete the " +
			"new folder"}, quote(o.To), quote(dir))
	return nil
}

// tellOthers says that messages of other creditors lie in a case, and what parts them.
func (e *env) tellOthers(others []desk.BrandLine, dir string) {
	if len(others) == 0 {
		return
	}
	var zh, en []string
	for _, b := range others {
		zh = append(zh, fmt.Sprintf("%s（%d 条）", visible(b.Brand), b.Messages))
		en = append(en, fmt.Sprintf("%s (%d)", visible(b.Brand), b.Messages))
	}
	e.say(text{ZH: "这部手机上还有别的签名在催收：%[1]s。是另一家的，一封信只写一家，分成另一个案件：juzheng split %[3]s",
		EN: "others sign messages of collecting on this phone: %[2]s. A letter is about one creditor; where they are " +
			"another's, part them: juzheng split %[3]s"}, strings.Join(zh, "、"), strings.Join(en, ", "), quote(dir))
}
