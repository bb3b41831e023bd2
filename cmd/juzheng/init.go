package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

var initCommand = command{
	name:  "init",
	args:  "CASE",
	brief: text{ZH: "新建案件夹（最多问六个问题）", EN: "make a new case folder (at most six questions)"},
	least: 1,
	most:  1,
	help: text{
		ZH: `新建一个案件夹。会问最多六个问题；不知道的可以直接回车，以后在 case.toml 里补。

用法：juzheng init 案件夹
      juzheng init 案件夹 --from 答案.toml

选项：
      --name NAME          您的姓名
      --phone NUMBER       您的手机号
      --platform NAME      贷款 App 或平台的名字，例如 极融
      --lender NAME        合同上写的放款机构全称
      --licence KIND       放款机构的类型：bank 银行、consumer-finance 消费金融公司、
                           auto-finance 汽车金融公司、trust 信托公司、small-loan 小额贷款公司、
                           guarantee 融资担保公司、none 没有牌照
      --lender-region CODE 放款机构注册地：省份名称或六位行政区划代码
      --as KIND            您是谁：borrower 借款人本人（默认）、contact 被骚扰的联系人、
                           guardian 借款人的监护人、heir 借款人的继承人
      --loan-kind KIND     借款种类：network 网络消费贷款、card 信用卡、instalment 分期购物、
                           rent 租机变现、business 经营贷款、car 汽车贷款、house 住房贷款
      --from FILE          从一个与 case.toml 写法相同的文件读取全部答案`,
		EN: `Makes a new case folder. At most six questions are asked; press Enter for what
you do not know and put it into case.toml later.

Use: juzheng init CASE
     juzheng init CASE --from answers.toml

Options:
      --name NAME          your name
      --phone NUMBER       your mobile number
      --platform NAME      the loan app or platform, such as 极融
      --lender NAME        full name of the lender, as in the contract
      --licence KIND       the lender's kind: bank, consumer-finance, auto-finance, trust,
                           small-loan, guarantee, none
      --lender-region CODE where the lender is registered: province, or six-digit code
      --as KIND            who you are: borrower (default), contact, guardian, heir
      --loan-kind KIND     network, card, instalment, rent, business, car, house
      --from FILE          read all answers from a file written like case.toml`,
	},
	writes: &outputs{makes: 1},
	setup: func(fs *pflag.FlagSet) action {
		var a answers
		fs.StringVar(&a.name, "name", "", "")
		fs.StringVar(&a.phone, "phone", "", "")
		fs.StringVar(&a.platform, "platform", "", "")
		fs.StringVar(&a.lender, "lender", "", "")
		fs.StringVar(&a.licence, "licence", "", "")
		fs.StringVar(&a.region, "lender-region", "", "")
		fs.StringVar(&a.as, "as", "", "")
		fs.StringVar(&a.loan, "loan-kind", "", "")
		fs.StringVar(&a.from, "from", "", "")
		return func(ctx context.Context, e *env, args []string) error { return initCase(ctx, e, args[0], a) }
	},
}

// answers are what a new case is made from.
type answers struct {
	name, phone, platform, lender, licence, region string
	as, loan                                       string // kinds of complainant and of loan
	from                                           string
	// the folder that is added in the same run: nothing to be told to do yet
	adds string
}

func initCase(ctx context.Context, e *env, dir string, a answers) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	var c evidence.Case
	if a.from != "" {
		var unreadable *desk.UnreadableError
		c, err = desk.ReadAnswers(a.from)
		if errors.As(err, &unreadable) {
			return fail(exitFailed, err, fill(text{ZH: "读不了答案文件 %s", EN: "cannot read the answers in %s"}, a.from))
		}
		if err != nil {
			return err
		}
	}
	if thing, err := desk.Recognise(dir); err == nil && thing.Kind == desk.ThingCase {
		return fail(exitFailed, nil, fill(text{ZH: "案件夹 %s 已经建好了，没有动",
			EN: "the case %s is there already; nothing was touched"},
			dir), fill(text{ZH: "加材料：juzheng add %s 文件夹；还没答的接着答：juzheng ask %[1]s",
			EN: "to add files: juzheng add %s FOLDER; to go on with the questions: juzheng ask %[1]s"}, quote(dir)))
	}
	var stopped error
	if a.from == "" && e.interactive() {
		stopped = a.ask(ctx, e)
	} else if a.none() && e.fed() {
		e.say(text{ZH: "注意：管道、文件里送来的答案没有读，姓名等都还空着。逐个问的要在终端里运行；一次给全的写成文件，用 --from 给",
			EN: "note: what came through a pipe or from a file was not read, and name and all else are empty. " +
				"Questions " +
				"are put on a terminal; answers in a file are given with --from"})
	}
	if stopped != nil && a.none() {
		return stopped // nothing is lost
	}
	return newCase(ctx, e, d, dir, c, a, stopped)
}

// newCase makes a case of what was answered. Stopped is the interrupt that
// ended the answering; what was answered before it is kept in the case.
func newCase(ctx context.Context, e *env, d desk.Desk, dir string, c evidence.Case, a answers, stopped error) error {
	if err := a.into(&c); err != nil {
		return err
	}
	made, err := desk.Init(context.WithoutCancel(ctx), d, dir, c)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(made.Lines(), dir)
	}
	e.say(text{ZH: "已建好案件夹：%s", EN: "made the case folder %s"}, dir)
	switch {
	case stopped != nil && a.adds != "":
		e.say(text{ZH: "您停在这里；答过的都存好了。再运行一次就接着来：juzheng %s", EN: "you stopped here; what you answered is kept. " +
			"Run it again to go on: juzheng %s"}, quote(a.adds))
		return silent(exitInterrupted)
	case stopped != nil:
		e.say(text{ZH: "您停在这里；答过的都存好了，没答的以后接着问：juzheng ask %s",
			EN: "you stopped here; what you answered is kept, and juzheng ask %s goes on with the rest"}, quote(dir))
		return silent(exitInterrupted)
	case a.adds != "":
		return nil
	}
	e.say(text{
		ZH: "下一步：juzheng add %s 手机文件所在的文件夹\n（身份证号、地址、谁的号码是谁的，写在 %s 里；每一项旁边都有说明）",
		EN: "next: juzheng add %s FOLDER-OF-PHONE-FILES\n(identity number, address and whose number is whose go " +
			"into %s; " +
			"each has a note beside it)",
	}, quote(dir), "case.toml")
	return nil
}

// none reports that nothing was answered.
func (a answers) none() bool {
	return a.name+a.phone+a.platform+a.lender+a.licence+a.region+a.as+a.loan+a.from == ""
}

// A sixth is one of the six questions.
type sixth struct {
	to   *string
	q    text
	kind ask.Kind // whose check a typed value must pass
	// what the answers before it say already, and in which words: Enter takes it
	read func() (value string, say text)
}

// ask puts the six questions, those already answered left out. Without a
// terminal nothing is asked and what is missing stays missing: check names
// it before anything is filed. The error is that of an interrupt.
func (a *answers) ask(ctx context.Context, e *env) error {
	e.say(text{ZH: "新建案件。不知道的直接按回车，以后可以补；看说明填 ?，停下按 Ctrl-C（答过的都留着）。",
		EN: "A new case. Press Enter for what you do not know yet, type ? for help; Ctrl-C stops and keeps what you " +
			"answered."})
	for _, q := range []sixth{
		{&a.name, text{ZH: "1/6 您的姓名：", EN: "1/6 your name: "}, ask.Name, nil},
		{&a.phone, text{ZH: "2/6 您的手机号：", EN: "2/6 your mobile number: "}, ask.OwnNumber, nil},
		{&a.platform, text{ZH: "3/6 贷款 App 或平台的名字（例如 极融）：", EN: "3/6 the loan app or platform: "}, ask.Brand, nil},
		{&a.lender, text{ZH: "4/6 合同上写的放款机构全称（看借款合同第一页的“贷款人”）：",
			EN: "4/6 full name of the lender, as in the contract: "}, ask.Lender, nil},
		{&a.licence, licenceQuestion(), ask.Licence, a.licenceRead},
		{&a.region, text{ZH: "6/6 放款机构注册在哪个省、直辖市或自治区：", EN: "6/6 province in which the lender is registered: "},
			ask.Region, a.regionRead},
	} {
		if err := a.one(ctx, e, q); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// one puts one of the six until it is answered or left for later. An answer
// nobody understands is asked again at once: it must not cost the ones already
// given.
func (a *answers) one(ctx context.Context, e *env, q sixth) error {
	prefill, put := "", q.q
	if q.read != nil {
		value, say := q.read()
		if prefill = value; prefill != "" {
			put = text{ZH: q.q.ZH + "（看名称是" + say.ZH + "，对的直接回车；不知道的填 d）",
				EN: q.q.EN + "(by its name " + say.EN + ": Enter takes that; d if you do not know) "}
		}
	}
	for *q.to == "" {
		line, err := e.line(ctx, put)
		if err != nil || line == "" && prefill == "" {
			return err
		}
		switch {
		case line == "":
			*q.to = prefill
			return nil
		case prefill != "" && slices.Contains(wordUnknown, typed(line)):
			return nil
		}
		if slices.Contains(wordHelp, typed(line)) {
			e.say(text{ZH: "  写好按回车，就到下一个；什么都不写直接按回车，留着以后补。写错了也不要紧，以后在 case.toml 里改。",
				EN: "  Type it and press Enter; Enter alone leaves it for later. A mistake can be mended in case.toml."})
			continue
		}
		if wanted := ask.CheckFact(q.kind, line); wanted.ZH != "" {
			e.say(text{ZH: "“%[1]s”不能当作答案，应该是：%[2]s（不想现在填的直接按回车）",
				EN: "%[1]q is no answer; wanted %[3]s (press Enter to leave it for later)"}, visible(line), wanted.ZH,
				wanted.EN)
			continue
		}
		*q.to = line
		if err := a.into(&evidence.Case{}); err != nil {
			e.report(err)
			*q.to = ""
		}
	}
	return nil
}

// licenceRead is the kind of lender that its name says.
func (a *answers) licenceRead() (string, text) {
	l := ask.LicenceHint(a.lender)
	return string(l), l.Title()
}

// regionRead is the region that the lender's name begins with.
func (a *answers) regionRead() (string, text) {
	code := ask.RegionHint(a.lender)
	name := evidence.RegionName(code)
	return code, text{ZH: name, EN: name}
}

func licenceQuestion() text {
	var zh, en []string
	for i, l := range evidence.Licences {
		name := l.Title()
		zh = append(zh, fmt.Sprintf("      %d %s\n", i+1, name.ZH))
		en = append(en, fmt.Sprintf("      %d %s\n", i+1, name.EN))
	}
	return text{
		ZH: "5/6 放款机构是哪一类？\n" + strings.Join(zh, "") + "    填前面的数字：",
		EN: "5/6 what kind of lender is it?\n" + strings.Join(en, "") + "    its number: ",
	}
}

// into puts the answers into c, over what stands there.
func (a answers) into(c *evidence.Case) error {
	set := func(to *string, v string) {
		if v != "" {
			*to = v
		}
	}
	if c.Complainant.Kind == "" {
		c.Complainant.Kind = evidence.Borrower
	}
	if a.as != "" {
		kind, ok := folder.ParseComplainantKind(a.as)
		if !ok {
			return unknownValue(text{ZH: "--as 没有 %s（可用 borrower、contact、guardian、heir，或中文：借款人、联系人、监护人、继承人）",
				EN: "--as knows no %s (there are borrower, contact, guardian, heir)"}, a.as,
				idsOf(evidence.ComplainantKinds()))
		}
		c.Complainant.Kind = kind
	}
	if a.loan != "" {
		kind, ok := folder.ParseLoanKind(a.loan)
		if !ok {
			return unknownValue(text{ZH: "没有这种借款：%s（写中文名称，或 network、card、instalment、rent、business、car、house）",
				EN: "no such kind of loan: %s (there are network, card, instalment, rent, business, car, house)"},
				a.loan,
				idsOf(evidence.LoanKinds()))
		}
		c.Loan.Kind = kind
	}
	set(&c.Complainant.Name, a.name)
	set(&c.Complainant.Phone, a.phone)
	set(&c.Platform.Brand, a.platform)
	set(&c.Lender.Name, a.lender)
	if a.licence != "" {
		l, ok := parseLicence(a.licence)
		if !ok {
			return unknownValue(text{
				ZH: "没有这种机构类型：%s（写中文名称或 bank、consumer-finance、auto-finance、trust、small-loan、guarantee、none）",
				EN: "no such kind of lender: %s (there are bank, consumer-finance, auto-finance, trust, small-loan, " +
					"guarantee, none)",
			}, a.licence, licenceWords())
		}
		c.Lender.Licence = l
	}
	if a.region != "" {
		code, ok := evidence.FindRegion(a.region)
		if !ok {
			return unknownValue(text{
				ZH: "不认识的地区：%s（写省份名称，如 浙江，或六位代码，如 330000）",
				EN: "no such region: %s (write a province such as 浙江, or a six-digit code such as 330000)",
			}, a.region, regionWords())
		}
		c.Lender.Region = code
	}
	return nil
}

// licenceWords are the words and Chinese names of the kinds of lender.
func licenceWords() []string {
	var words []string
	for _, l := range evidence.Licences {
		words = append(words, string(l), l.Title().ZH)
	}
	return words
}

// regionWords are the names of the regions, in full and in short.
func regionWords() []string {
	var words []string
	for _, r := range evidence.Regions {
		words = append(words, r.Name, strings.TrimRight(r.Name, "省市"))
	}
	return words
}

// parseLicence takes the word, its Chinese name, or the number in the question.
func parseLicence(s string) (evidence.Licence, bool) {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(evidence.Licences) {
		return evidence.Licences[n-1], true
	}
	return evidence.ParseLicence(s)
}
