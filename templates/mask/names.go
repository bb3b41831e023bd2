package mask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"juzheng/evidence/lazyregexp"
)

// relations are what people are called beside their names, or instead of them.
var relations = strings.Fields(`母亲 媳妇 伯伯 对象 家人 父亲 妈妈 爸爸 老公 老婆 丈夫 妻子 爱人 儿子 女儿 哥哥 弟弟 姐姐 妹妹 爷爷 奶奶 外公 外婆 叔叔 阿姨 舅舅 姑姑
同事 同学 朋友 亲戚 亲友 邻居 室友 房东 老板 领导 主管 经理 单位 公司 部门 紧急联系人 联系人 担保人 共同借款人
表姐 表哥 表弟 表妹 堂姐 堂哥 堂弟 堂妹 嫂子 姐夫 妹夫 岳父 岳母 公公 婆婆 伯父 伯母 大伯 婶婶 姑妈 姨妈 舅妈 姥姥 姥爷 侄子 侄女 外甥 前妻 前夫
男朋友 女朋友 男友 女友 闺蜜 发小 战友 老乡 客户 中介 师傅 店长 组长 班长 校长 院长 秘书 会计 人事 财务 保安 物业 前台
律师 老师 医生 主任 值班 先生 女士 小姐 妈 爸 哥 姐 弟 妹 叔 姨 舅 姑 总`)

// surnames are the common ones of one character, and those of two. A word
// that begins with none of them is not taken for a name.
const surnames = "" +
	"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈" +
	"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
	"温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴" +
	"霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚" +
	"岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑" +
	"迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉" +
	"禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜" +
	"印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"

var doubleSurnames = strings.Fields(`欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 端木 夏侯 轩辕 长孙 宇文 南宫 西门 呼延 钟离 独孤 赫连 申屠 公羊 澹台 濮阳 淳于 鲜于
闾丘 亓官 拓跋 东郭 万俟 完颜 纳兰 宗政 司空 闻人`)

// callings stand behind a surname in the place of a name: 张主任, 周阿姨.
var callings = strings.Fields(`主任 经理 警官 老师 医生 护士 律师 教授 会计 书记 主管 领导 科长 处长 局长 所长 部长 组长 班长 队长 店长 厂长 校长 院长 站长 村长 园长 董事长
师傅 先生 女士 小姐 同学 阿姨 叔叔 大爷 大妈 大哥 大姐 大叔 奶奶 爷爷 总 工 哥 姐 叔 姨`)

// noCallings look like a surname with what its bearer is, and name nobody.
var noCallings = strings.Fields(`班主任 党书记 支书记 门经理 时总 全总 成总`)

// calledName is what somebody is called by without their given name, where a text is
// nothing else: 张主任.
func calledName(s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, c := range callings {
		if before, ok := strings.CutSuffix(s, c); ok && (slices.Contains(doubleSurnames, before) ||
			utf8.RuneCountInString(before) == 1 && strings.Contains(surnames, before)) &&
			!slices.Contains(noCallings, s) {
			return s, true
		}
	}
	return "", false
}

// calledWithin is what somebody is called by who stands in a list with where they are from:
// 王老师 of 王老师七3班, of 七3班王老师 and of 王老师(七3班).
func calledWithin(s string) (string, bool) {
	for n, r := range s {
		if n > 0 && !strings.ContainsRune(plainSurnames, r) || !strings.ContainsRune(surnames, r) {
			continue // behind other words the character may be one of theirs: 部门经理
		}
		for _, c := range callings {
			rest, is := strings.CutPrefix(s[n+utf8.RuneLen(r):], c)
			next, _ := utf8.DecodeRuneInString(rest)
			if !is || utf8.RuneCountInString(c) == 1 && unicode.Is(unicode.Han, next) {
				continue // 张总店
			}
			if name := string(r) + c; !slices.Contains(noCallings, name) {
				return name, true
			}
		}
	}
	return "", false
}

// personalName is the name in what case.toml calls somebody, without what
// they are to the person: 周宁 of 同事周宁, and 张主任 where no more is known. There is
// none in 母亲.
func personalName(s string) (string, bool) {
	if name, ok := calledName(s); ok {
		return name, true
	}
	if name, ok := calledWithin(s); ok {
		return name, true
	}
	s = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	for again := true; again; {
		again = false
		for _, w := range relations {
			for _, cut := range []func(string, string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
				if rest, ok := cut(s, w); ok {
					s = strings.TrimFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
					again = true
				}
			}
		}
	}
	r := []rune(s)
	han := len(r) > 0 && strings.IndexFunc(s, func(c rune) bool { return !unicode.Is(unicode.Han, c) && c != '·' }) < 0
	switch {
	case !han:
		return s, len(r) >= 4 && unicode.IsUpper(r[0]) // Tom Li; a word in small letters names no person
	case strings.Contains(s, "·"):
		return s, len(r) >= 4 // 买买提·艾力
	}
	if isName(r) {
		return s, !slices.Contains(noNames, s)
	}
	if business.MatchString(s) {
		return s, false // 车服务 of 导航挪车服务 is nobody
	}
	// What they are stands beside the name, in words not listed here.
	for _, n := range []int{3, 2} {
		if len(r) > 3 && len(r) > n && isName(r[len(r)-n:]) {
			return string(r[len(r)-n:]), true
		}
	}
	if len(r) > 4 && isName(r[:3]) {
		return string(r[:3]), true
	}
	return s, false
}

// business is what shops, offices and services end in, and no person.
var business = lazyregexp.New(`(?:服务|热线|专线|客服|快递|物流|外卖|维修|修理|保险|中介|超市|公司|[银车商]行|酒店|物业|平台|中心|[部店厂])$`)

// isName reports whether Han characters have the form of a name.
func isName(r []rune) bool {
	if len(r) < 2 || len(r) > 4 {
		return false
	}
	double := len(r) > 2 && surnameOf(string(r)) != string(r[0])
	return double || strings.ContainsRune(surnames, r[0]) && len(r) <= 3
}

func surnameOf(name string) string {
	for _, d := range doubleSurnames {
		if rest, ok := strings.CutPrefix(name, d); ok && rest != "" {
			return d
		}
	}
	return string([]rune(name)[0])
}

// maskName keeps the surname, or the first letter of a name of other letters.
func maskName(name string) string {
	keep := surnameOf(name)
	return keep + strings.Repeat("*", len([]rune(name))-len([]rune(keep)))
}
