package phrase

import (
	"regexp"
	"strings"
	"sync"
)

// Words by which a message shows that it speaks to somebody else than the one
// who owes, and of that one: 你是王某的表妹吧, 请转告她尽快还款. Threats to
// tell others are worded to the debtor (联系你的朋友) and are none of this.
const (
	relation = `(?:表|堂)?[哥姐弟妹]|哥哥|姐姐|弟弟|妹妹|爸爸?|妈妈?|父亲|母亲|父母|老公|老婆|丈夫|妻子|爱人|对象|男友|女友|` +
		`男朋友|女朋友|儿子|女儿|孩子|亲戚|家属|亲属|家人|亲友|同事|领导|老板|主管|上司|员工|下属|朋友|好友|同学|室友|舍友|邻居|` +
		`房东|叔叔|舅舅|姑姑|阿姨|紧急联系人|联系人|担保人|共同借款人|介绍人`
	surname = `[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟` +
		`汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]`
	// who is spoken of: by name, captured, or not
	someone = `(?:(` + surname + `\p{Han}{1,2}?)(?:先生|女士|小姐)?|他|她|借款人|欠款人|债务人|当事人|机主)`
	you     = `(?:你|您)`
	clause  = `(?:^|[，,。！!？?；;:：】\s])(?:您好|你好|请问|喂)*[，,]?`
)

var addressed = sync.OnceValue(func() []pattern {
	return []pattern{
		// 你是王某的表妹吧
		compile(you + `(?:应该|就|可|到底|难道|肯定)*(?:是不是|不是|是否是|是|系|作为)` + someone + `的?(?:` + relation + `)`),
		// 请转告王某尽快还款; 麻烦您通知他一下
		compile(`(?:请|麻烦|烦请|劳烦|拜托|帮忙|帮我们?)` + you + `?(?:帮忙|代为|务必|尽快|及时|帮)*(?:转告|告知|通知|转达|督促|提醒|劝|叫|让|联系)(?:一下|下)?` +
			someone),
		// 您的朋友王某在我司逾期
		compile(clause + you + `(?:的|家的?)?(?:` + relation + `)(` + surname +
			`\p{Han}{1,2}?)?[^，,。；;！!？?你您]{0,12}(?:欠|拖欠|逾期|没还|未还)`),
		// 王某把您留作紧急联系人
		compile(someone + `?(?:借款时|申请时|在[^，,。；;]{0,10})?(?:把|将|预留了?|填写了?|留了?|登记了?)` + you +
			`(?:的)?(?:号码|电话|手机号?)?(?:留|填|写|列|设|登记|预留)?(?:为|成|作|作为|做|是)(?:了)?(?:` + someone + `的?)?(?:紧急)?联系人`),
		compile(you + `(?:是|系|作为)` + someone + `(?:预留|留下?|填写?|登记)的?(?:紧急)?联系人`),
		// 你让她赶紧还钱
		compile(you + `(?:赶紧|快|去|还是|帮忙|也)*(?:让|叫|劝|告诉|通知|催|提醒|喊)(?:一下)?` + someone +
			`[^。！!？?]{0,8}(?:还|处理|回电|接电话|联系我|联系平台)`),
	}
})

// An Addressed is a passage that speaks to somebody of another who owes.
type Addressed struct {
	Quote string
	Name  string // of who is spoken of, as it stands there; empty: by no name
}

// ToAnother finds the passage by which a text shows that it speaks to somebody
// else than the one who owes; not ok if there is none. It is no more than what
// its writer took the reader for.
func ToAnother(s string) (a Addressed, ok bool) {
	flat := flatten(s)
	text, at := flat.text()
	for _, re := range addressed() {
		if !re.may(text) {
			continue
		}
		m := re.compiled().FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		for n := 2; n+1 < len(m); n += 2 {
			if m[n] >= 0 {
				a.Name = text[m[n]:m[n+1]]
			}
		}
		a.Quote = around(s, flat[at[m[0]]].start, flat[at[m[1]-1]].end)
		return a, true
	}
	return a, false
}

// Of reports that it can be the person of a name who is spoken of: nobody is
// named, or no more than some characters of the name: 王某, 王小 and, with the
// mark taken out, 王*燕 can be 王小燕.
func (a Addressed) Of(name string) bool {
	said, whole := []rune(a.Name), []rune(name)
	if len(said) == 0 || len(whole) == 0 {
		return true
	}
	if said[0] != whole[0] {
		return false
	}
	for len(said) > 0 && len(whole) > 0 {
		if said[0] == whole[0] || said[0] == '某' {
			said = said[1:]
		}
		whole = whole[1:]
	}
	return len(said) == 0
}

// ToNamed finds the passage by which a text shows that it speaks to the one of
// this name, of a debt of their own: 林小安您好，您的借款已逾期. Not ok of a text
// that speaks of another who owes.
func ToNamed(s, name string) (quote string, ok bool) {
	whole := []rune(name)
	if _, another := ToAnother(s); another || len(whole) < 2 {
		return "", false
	}
	flat := flatten(s)
	text, at := flat.text()
	re := regexp.MustCompile(`(?:` + regexp.QuoteMeta(name) + `(?:先生|女士|小姐|用户|客户)?|` +
		regexp.QuoteMeta(string(whole[:1])) + `(?:先生|女士|小姐))[，,：:！!\s]*(?:您好|你好)?[，,：:！!\s]*` + you +
		`[^。！!？?；;]{0,24}(?:借款|贷款|欠款|账单|逾期|欠|还款|还钱|不还|未还|没还)`)
	m := re.FindStringIndex(text)
	if m == nil {
		return "", false
	}
	return around(s, flat[at[m[0]]].start, flat[at[m[1]-1]].end), true
}

// Quote is the beginning of a text, as much of it as can be quoted.
func Quote(s string) string { return around(strings.Join(strings.Fields(s), " "), 0, 0) }

// ofDebt are words without which nothing is said of a debt.
var ofDebt = sync.OnceValue(func() pattern {
	return compile(`欠|贷|债|账|赊|逾期|借|还(?:款|钱|清|上|掉|完|给|了|我|利)|不还|未还|没还|该还|要还|款|利息|本金|征信|老赖|催收|` +
		`结清|分期|违约|清偿|罚息|失信|额度|付清|担保|抵押|钱`)
})

// SpeaksOfDebt reports whether a text holds a word that can speak of a debt. It
// takes too much rather than too little: where it finds none, none is told.
func SpeaksOfDebt(s string) bool {
	text, _ := without(flatten(s), phrases().neutral).text()
	return ofDebt().MatchString(text)
}

// debtTold are words that say that somebody owes. Names of firms that lend are
// cut out before.
var debtTold = sync.OnceValue(func() pattern {
	return compile(`欠(?:我们|我司|我方|平台|公司|银行|了|着|款|钱|债|费|的|[0-9一二两三四五六七八九十百千万]|` + surname + `)|` +
		`欠[^，,。；;不没]{1,16}(?:元|块|万|钱)|拖欠|逾期|(?:还|清偿|归还|偿还)(?:清|上|完|掉)?(?:这笔|那笔|剩下的)?(?:款|钱|债|贷|欠)|没还|未还|不还|还不上|` +
		`债务|债权|网贷|老赖|赖账|(?:的|笔|在[^，,。；;]{0,12}|申请了?|办理?了?)(?:借款|贷款)|` +
		`(?:借款|贷款)(?:已|到期|未|没|本金|合同|金额|余额)|借了[^，,。；;]{0,8}(?:钱|元|块|万)`)
})

// TellsDebt is the passage of a text that says that somebody owes; empty if
// there is none.
func TellsDebt(s string) string {
	flat := without(flatten(s), phrases().neutral)
	text, at := flat.text()
	m := debtTold().compiled().FindStringIndex(text)
	if m == nil {
		return ""
	}
	return around(s, flat[at[m[0]]].start, flat[at[m[1]-1]].end)
}
