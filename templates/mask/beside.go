package mask

import (
	"slices"
	"strings"
	"unicode"

	"juzheng/evidence/lazyregexp"
)

// kin are the relations beside which a name in running text is a third person's.
var kin = strings.Fields(`同事 媳妇 姥姥 姥爷 伯伯 女朋友 男朋友 对象 亲友 家人 同学 朋友 亲戚 邻居 室友 房东 母亲 父亲 妈妈 爸爸 老公 老婆 丈夫 妻子 爱人 儿子 女儿 哥哥 弟弟 姐姐 妹妹
爷爷 奶奶 外公 外婆 叔叔 阿姨 舅舅 姑姑 表姐 表哥 表弟 表妹 堂姐 堂哥 堂弟 堂妹 嫂子 姐夫 妹夫 岳父 岳母 公公 婆婆 伯父 伯母 姑妈
姨妈 舅妈 侄子 侄女 前妻 前夫 男友 女友 闺蜜 发小 战友 老乡 紧急联系人 共同借款人 班主任老师 班主任
我妈 我爸 我哥 我姐 我弟 我妹 我叔 我姨 我舅 我姑 你妈 你爸 你哥 你姐 你弟 你妹 你叔 你姨 你舅 你姑`)

// atWork finds what somebody is at the person's work or a child's school. Collectors
// call themselves 经理 and 主管 too: it is the person's where the words before say
// whose, or that somebody was called there.
var atWork = lazyregexp.New(`(?:你|您|本人|他|她|孩子|小孩|打给|联系|联系了|致电|通知|通知了|骚扰|告诉|打电话给|找|我)` +
	`(?:们)?(?:的)?(?:所在)?(?:单位|公司|部门|学校|工厂|厂里|厂|店里|店|车间|班组|科室|医院|村里|社区)?(?:的)?` +
	`(?:直属)?(?:部门)?(?:经理|主管|主任|老师|领导|老板|组长|班长|店长|厂长|校长|院长|科长|处长|会计|人事|前台)`)

// atTheirs finds who somebody is called at the person's work or a child's school: 张主任 of
// 你单位张主任. A collector says 我公司李经理 of its own, and the person of theirs.
var (
	atTheirs = lazyregexp.New(`(?:你|您|他|她|本人|孩子|小孩|女儿|儿子)` + theirPlace)
	atMine   = lazyregexp.New(`(?:我|本人|孩子|小孩|女儿|儿子)` + theirPlace)
)

const theirPlace = `(?:们)?(?:的)?(?:所在)?(?:单位|公司|部门|学校|工厂|厂里|厂|店里|店|车间|班组|科室|医院|村里|社区|班)(?:的|里的)?(?:领导|同事|老板)?`

// called are those that a text calls by surname and title behind words that find whose
// they are.
func called(text string, whose *lazyregexp.Regexp) (out []string) {
	for _, at := range whose.FindAllStringIndex(text, -1) {
		after := []rune(text[at[1]:])
		for n := min(len(after), 5); n >= 2; n-- {
			if name, ok := calledName(string(after[:n])); ok {
				out = append(out, name)
				break
			}
		}
	}
	return out
}

const (
	// plainSurnames begin names far oftener than other words.
	plainSurnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖袁潘蒋蔡杜苏魏吕丁沈姚卢姜崔谭陆汪范廖贾夏韦邹孟熊秦邱薛侯陶黎贺顾龚邵"
	// afterName are characters that end a name, and are in none.
	afterName = "的说称在接收被把将给向转发告来去打问也都就又和与、，。；：！？“”‘’（）() \n"
	// mayFollow come after a name as well, and can stand in one.
	mayFollow = "昨今前当上下午早晚电短手微没不已经再很是有让叫要会能可处那这此其该因由对从得着了过家"
)

// noNames are words that look like a name beside a relation.
var noNames = strings.Fields(`楼下 楼上 马上 周一 周二 周三 周四 周五 周六 周日 周末 周围 王总 张总 李总 小李 小王 陆续 黄了 张口 孙子 林林
高度 高兴 高中 何时 何况 何必 何处 何人 许多 许久 许可 于是 余下 余额 余款 程度 程序 任何 任意 任由 石头 段时 段话 金额 金融 方面 方便 方式
付款 付清 付了 白天 白白 万一 万元 钱款 钱财 钱包 严重 严肃 向来 向上 安全 安排 安装 安慰 齐全 成功 成为 成天 成年 成家 成员 盛怒 路上 路过
蓝色 连续 连夜 连着 连同 连累 时常 时时 时间 时候 农村 农历 司机 古怪 车上 车祸 车间 项目 景区 党员 费用 费心 冷静 冷漠 席间 卫生 全部 全家
全体 全都 全是 全天 应该 应当 应对 和睦 师傅 师生 桂花 查到 查看 查询 查出 官司 封号 谈到 谈及 谈过 乐意 原来 原本 原因 原话 班上 班里 班主
闻讯 满意 满脸 位于 区里 花钱 花费 强行 强调 强烈 练习 丰富 支付 支持 国内 国外 平时 平常 平静 平白 平日 计划 计较 宣称 相信 相关 相互 相继
初次 初步 门口 门外 门卫 云云 容易 普通 普遍 明天 明明 明确 明白 明知 能够 能否 能不 呼叫 呼救 居住 居然 居家 揭露 揭发 但是 元旦 展示 信息
信任 信用 幸好 幸亏 奉劝 富裕 尽量 尽快 尽管 由于 由此 闭口 战战 危险 危急 况且 那里 那天 那时 那边 那个 那些 宿舍 鲜有 印象 甘愿 祝福 包括
包含 宁愿 宁可 尚未 尚有 符合 舒服 左右 童年 毕业 毕竟 单位 单独 单身 季度 管理 解释 解决 解答 阳台 阳光 简单 简直 关系 关于 关心 关注 关机
房子 房租 游说 辛苦 焦急 焦虑 康复 文字 文件 武汉 莫名 温和 温柔 申请 申诉 申明 郑重 从来 从此 从未 乐于 计算 花名 时刻 时代 成都 常常 相识
柴米 全国 全程 全村 全班 全厂 全公 到场 家里 家中 席上 原单 原先 通过 明年 连连 连环 车里 门前 平安 安心 谈话 谈心 何以 何故`)

var (
	// latin is a name in Latin letters, dotted the first part of one of other people of
	// China: 买买提·.
	latin  = lazyregexp.New(`^[A-Z][a-z]+ [A-Z][a-z]+`)
	dotted = lazyregexp.New(`^(?:\p{Han}{2,6}·)+`)
	// bracketed is a name with its relation behind in brackets: 打给周宁（同事）.
	bracketed = lazyregexp.New(`(\p{Han}{2,8})[（(](?:我的|本人的|借款人的|其)?(?:` + strings.Join(kin, "|") + `)[）)，]`)
	calling   = lazyregexp.New(`^.*(?:给|联系了?|通知了?|告诉|找|向|对|是|叫|和|与)`)
)

// named are the names that stand in a text beside what their bearer is to somebody:
// 李明 of 同事李明的聊天截图.
func named(text string) []string {
	var out []string
	add := func(after string) {
		if name := leadingName(after); name != "" {
			out = append(out, name)
		}
	}
	for _, w := range kin {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, w)
			if !found {
				break
			}
			if rest = after; !noRelation(w, after) {
				add(after)
			}
		}
	}
	for _, at := range atWork.FindAllStringIndex(text, -1) {
		if before := text[:at[0]]; !strings.HasSuffix(before, "自") { // 自称, 我是: the other side's
			add(text[at[1]:])
		}
	}
	if !strings.ContainsAny(text, "（(") { // nearly all there is
		return out
	}
	for _, m := range bracketed.FindAllStringSubmatch(text, -1) {
		if name := calling.ReplaceAllString(m[1], ""); isName([]rune(name)) && !plainWord(name) {
			out = append(out, name)
		}
	}
	return out
}

// acrossKin are words of everyday use that begin in the last character of a relation: 区群
// of 发小区群 is nobody's name. A few people bear the name 区, so what follows counts too.
var acrossKin = strings.Fields(`发小区群 发小区里 发小区内 发小区的 发小区业 发小区物 发小区门 发小区楼 发小区居 发小区公 发小区张贴
发小区贴 发小区各 发小区所 发小区全`)

// noRelation reports that a relation before some text is part of other words.
func noRelation(w, after string) bool {
	return slices.ContainsFunc(acrossKin, func(x string) bool {
		rest, is := strings.CutPrefix(x, w)
		return is && strings.HasPrefix(after, rest)
	})
}

// leadingName is the name a text begins with; empty if it does not, or if it might
// be another word.
func leadingName(s string) string {
	if name := latin.FindString(s); name != "" {
		return name
	}
	r := []rune(s)
	ends := func(n int, chars string) bool {
		return n == len(r) || n < len(r) && (strings.ContainsRune(chars, r[n]) || unicode.IsDigit(r[n]))
	}
	if first := len([]rune(dotted.FindString(s))); first > 0 {
		n := min(first+2, len(r))
		for n < min(first+6, len(r)) && !ends(n, afterName+mayFollow) {
			n++
		}
		return string(r[:n])
	}
	surname := 1
	if len(r) > 2 {
		surname = len([]rune(surnameOf(s)))
	}
	for _, n := range []int{surname + 2, surname + 1} {
		if len(r) < n || !ends(n, afterName+mayFollow) || strings.ContainsAny(string(r[surname:n]), afterName) ||
			strings.IndexFunc(string(r[:n]), func(c rune) bool { return !unicode.Is(unicode.Han, c) }) >= 0 {
			continue
		}
		if n == surname+2 && strings.ContainsRune(mayFollow, r[n-1]) {
			continue // 李明没在: the name is of two
		}
		name := string(r[:n])
		if plainWord(name) || surname == 1 &&
			(!strings.ContainsRune(surnames, r[0]) || strings.ContainsRune(afterName, r[0])) {
			continue
		}
		// A surname that is a word as well, and a word that goes on: 平时常.
		if surname == 1 && !strings.ContainsRune(plainSurnames, r[0]) && !ends(n, afterName) {
			continue
		}
		return name
	}
	return ""
}

func plainWord(name string) bool {
	return slices.Contains(commonWords, name) ||
		slices.ContainsFunc(noNames, func(w string) bool { return strings.HasPrefix(name, w) })
}
