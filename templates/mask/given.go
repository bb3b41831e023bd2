package mask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A hiddenName is what a person is called and what stands in its place.
type hiddenName struct {
	name, masked string
	// A part of a name, 雨桐 of 赵雨桐, may be part of other words as well: it is covered
	// where the words around it do not say so.
	part bool
	// owner is who a shop is named after, 老王 of 老王修车行: of its name no other is made.
	owner string
}

func partName(name, masked string) hiddenName {
	return hiddenName{name: name, masked: masked, part: true}
}

// partsOf are what a text may call somebody by whose name is hidden, besides that name:
// 雨桐, 小桐, 阿桐 and 桐桐 of 赵雨桐; 宏哥 of 赵宏; each part of a name of other letters.
func partsOf(name string) (out []hiddenName) {
	add := func(name, masked string) { out = append(out, partName(name, masked)) }
	stars := func(s string) string { return strings.Repeat("*", utf8.RuneCountInString(s)) }
	if all := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '·' }); len(all) > 1 {
		for n, s := range all {
			switch {
			case utf8.RuneCountInString(s) < 2:
			case n == 0:
				add(s, maskName(s))
			default:
				add(s, stars(s))
			}
		}
		return out
	}
	if _, titled := calledName(name); titled || strings.IndexFunc(name, func(r rune) bool {
		return !unicode.Is(unicode.Han, r)
	}) >= 0 || utf8.RuneCountInString(name) > longestName { // 导航挪车服务 is no person
		return nil
	}
	return append(out, givenForms(strings.TrimPrefix(name, surnameOf(name)))...)
}

// longestName is how many characters a name of Han has at most, with a surname of two.
const longestName = 4

// givenForms are a given name and what is made of it to call its bearer.
func givenForms(given string) (out []hiddenName) {
	r := []rune(given)
	if len(r) == 0 {
		return nil
	}
	last := string(r[len(r)-1])
	if len(r) > 1 {
		out = append(out, partName(given, strings.Repeat("*", len(r))))
	} else {
		for _, c := range []string{"哥", "姐", "叔", "姨", "儿"} {
			out = append(out, partName(last+c, "*"+c))
		}
	}
	return append(out, partName("小"+last, "小*"), partName("阿"+last, "阿*"),
		partName(last+last, "**"))
}

// titledForms are a surname with what a third person is called by it: 王老师 of 王丽华.
// Collectors call themselves 经理, 主任 and 警官 too, and anybody 女士, so those are no such
// titles.
func titledForms(name string) (out []hiddenName) {
	surname := surnameOf(name)
	if surname == name || !slices.Contains(doubleSurnames, surname) && !strings.Contains(surnames, surname) {
		return nil
	}
	for _, c := range strings.Fields(`老师 医生 护士 教授 同学 师傅 阿姨 叔叔 大爷 大妈 大哥 大姐 大叔 奶奶 爷爷 哥 姐 叔 姨`) {
		out = append(out, partName(surname+c, surname+strings.Repeat("*", utf8.RuneCountInString(c))))
	}
	return out
}

// loneGiven reports that somebody is called by a given name and no more: 雨桐 in a list
// of contacts. There a shop and an office stand too, whose names are of other characters.
func loneGiven(s string) bool {
	r := []rune(s)
	return len(r) == 2 && !commonWord(s) && strings.ContainsRune(givenCharacters, r[0]) &&
		strings.ContainsRune(givenCharacters, r[1])
}

// givenCharacters stand in given names far oftener than in names of shops and offices.
const givenCharacters = "雨桐涵轩梓怡婷娟芳丽霞敏静燕玲梅艳萍红兰英秀桂凤琴云莲玉洁颖倩琳雪慧晶莹欣佳嘉俊杰浩宇博涛鹏磊峰军伟强勇" +
	"刚斌辉波亮龙健华明建国志文林森阳晨昊睿泽皓煜熙诺宸瑞思诗语梦琪瑶妍菲萱悦馨若晓子伊依一然彤雯蕾薇娜莉珊珍翠" +
	"淑惠贞芬芝蓉荷菊月香巧彩春兴宝福贵德仁义忠孝礼智信良善才学海江河山松柏柱根生旺盛昌隆庆祥安平宁康永恒成立新荣" +
	"光耀毅钧铭鑫锋钢铁虎彪豪迪凯旭东帆航翔飞腾骏乐奕烨辰星皎妮媛婉姝娇媚曼茜莎露冰清冬夏秋彬楠栋梁权威振邦"

// commonWords are everyday words, and ends of such, of characters that given names are
// made of: a name that is one says nothing, and one that lies across two is none.
var commonWords = strings.Fields(`明天 明白 明明 明确 明知 明年 明早 明晚 明日 明细 明显 明示 说明 证明 声明 申明 文明
表明 不明 写明 载明 注明 光明 清明 聪明 透明 查明 安全 安排 安装 安慰 安静 安心
公安 保安 平安 治安 不安 西安 安宁 安康 安分 大家 全家 回家 你家 我家 他家 她家 您家 在家 老家 人家 国家 搬家 上家 厂家 商家 一家 家里 家人 家属 家门 家庭 家长 家中
自家 各家 专家 到家 孩子 儿子 妻子 房子 车子 日子 样子 骗子 嫂子 侄子 妹子 子女 孙子 位子 票子 面子 电子 帖子 本子 例子 老子 小子 今天 昨天 每天 后天 前天 当天 白天
整天 天天 一天 两天 二天 三天 四天 五天 六天 七天 八天 九天 十天 几天 天内 天后 天前 聊天 半天 春天 夏天 秋天 冬天 多天 这天 那天 天气 文件 文字 文书 中文 原文 公文
正文 下文 上文 文本 全文 条文 发文 文化 文学 对方 我方 双方 方便 方式 方案 方面 地方 警方 官方 多方 一方 三方 乙方 甲方 方法 方向 中国 全国 国内 国有 国庆 国道 国企
国民 国强 爱国 建国 强国 军人 参军 军队 建军 建设 建议 建材 新建 建行 建立 建业 建成 建筑 修建 上海 海南 海关 大海 海洋 青海 海外 江苏 浙江 江南 江西 长江 江山 平台
平时 水平 平米 平常 和平 公平 平方 太平 平均 平等 平静 平行 平平 清楚 清单 还清 结清 付清 查清 清偿 清收 清算 清理 清零 清白 金额 资金 现金 本金 奖金 金融 租金 约金
佣金 基金 金钱 罚金 中华 华为 华夏 华东 新华 林业 林场 先生 学生 医生 发生 生活 生产 生命 生气 陌生 生意 出生 产生 新生 师生 女生 男生 生日 人生 生效 生死 民生 新增
最新 重新 新的 更新 新年 新闻 创新 小心 关心 放心 担心 心里 心理 中心 良心 心情 当心 开心 可以 可能 不可 许可 可是 认可 可信 永远 永久 永恒 永不 成功 成为 完成 造成
成本 成都 达成 成立 成长 成交 现成 形成 同志 标志 日志 志愿 意志 学校 学习 同学 大学 小学 中学 学费 上学 放学 学会 学历 道德 正常 正在 真正 正式 改正 更正 飞机 春节
青春 立春 曝光 时光 光荣 荣誉 太阳 阳光 微博 超过 超市 强制 强行 强烈 加强 自强 刚才 刚刚 刚好 立即 立刻 立案 独立 公立 人民 民事 公民 民警 农民 居民 村民 民间 利息
利率 权利 利用 利益 盈利 胜利 顺利 福利 吉利 短信 微信 信息 信用 失信 征信 信贷 相信 通信 信函 信件 电信 来信 诚信 信任 信号 分红 红包 红色 红军 红星 红旗 意思 思想
思考 语音 语言 话语 用语 早晨 凌晨 清晨 知晓 突然 虽然 当然 既然 然后 仍然 自然 不然 果然 如果 例如 如何 如实 比如 如意 若干 若是 发送 发现 发布 出发 发到 发给 发展
发财 发达 开发 发票 房东 东西 股东 京东 山东 广东 东方 东风 湖南 河南 云南 越南 长期 校长 部长 长时 长久 成员 一起 一定 一次 一直 一样 一切 一些 一人 一个 唯一 万一
第一 统一 星期 明星 星星 月底 月初 上月 本月 下月 每月 月份 山西 大山 高山 泰山 河北 黄河 银河 河道 宝贝 宝宝 淘宝 幸福 福建 福州 富贵 宝贵 贵方 贵州 贵重 贵阳 义务
名义 正义 意义 义乌 忠诚 仁义 道理 礼品 礼物 礼拜 礼貌 智能 智慧 良好 不良 善意 改善 刚强 才能 人才 才会 才可 根据 根本 生根 旺季 盛大 南昌 庆祝 重庆 国际 健康 康复
保健 健身 宁波 南宁 辽宁 宁可 恒大 荣幸 光大 光临 铁路 地铁 高铁 钢铁 航空 航班 威胁 威海 权威 权益 授权 债权 维权 权限 侵权 全权 振兴 高兴 兴业 兴趣 兴奋 成龙 乐意
快乐 音乐 娱乐 乐乐 冰箱 冰冷 冬季 冬至 立冬 秋季 中秋 立秋 夏季 立夏 香港 香烟 桂林 玉米 美丽 红酒 梅花 芳香 清秀 优秀 秀才 英语 英国 英雄 精英 莲花 荷花 菊花 花红
春风 春雨 小雨 大雨 雨水 小雪 大雪 下雪 下雨 雨天 雪天 白云 云云 云端 彩票 彩色 精彩 彩虹 珍贵 珍惜 翠绿 依法 依据 依旧 依然 小时 小区 小组 小说 小孩 小事 小额 小贷
小票 小费 小程 小伙 小姐 小偷 小人 小米 小红 小店 小队 小镇 小河 小路 小城 小家 小康 阿里 阿姨 阿拉 阿妈 阿爸 阿哥 阿妹 阿弟 阿婆
阿公 阿富 阿根 阿尔 常常 好好 慢慢 偏偏 渐渐 人人 家家 时时 处处 往往 谢谢 多多 白白 生生 年年 月月 日日 世世 代代 万万 千千 连连 深深 真真 一一 早早 久久 默默 悄悄
美美 大大 看看 想想 听听 乐于 女儿 男儿 那儿 这儿 哪儿 点儿 事儿 会儿 花儿 幼儿 婴儿 少儿 大哥 二哥 表哥 堂哥 大姐 二姐 表姐 堂姐 大叔 表叔 堂叔 阿叔 小叔 大姨 小姨
表姨 小哥 支付 付宝 额宝`)

// commonWord reports that a text is a word of everyday use.
func commonWord(s string) bool { return slices.Contains(commonWords, s) || slices.Contains(noNames, s) }

// hideListed hides who stands in a list or tells of a contact under a name. The own names
// stay.
func (p *Mask) hideListed(called, own string) {
	add := func(h hiddenName) {
		if !strings.Contains(own, h.name) && !slices.ContainsFunc(p.names, func(o hiddenName) bool {
			return o.name == h.name
		}) {
			p.names = append(p.names, h)
		}
	}
	if owner, trade, ok := shopOf(called); ok {
		for _, h := range shopForms(owner, trade) {
			add(h)
		}
	} else if name, ok := personalName(called); ok {
		add(hiddenName{name: name, masked: maskName(name), part: slices.Contains(commonWords, name)})
	} else if loneGiven(called) {
		for _, h := range givenForms(called) {
			add(h)
		}
	}
}

// hideParts hides what texts may call those by whose names are hidden. What is of the
// person's own name, of a company's or of a collector's stays: in a text it is theirs.
func (p *Mask) hideParts(in Matter) {
	c := in.Case
	kept := []string{c.Complainant.Name, c.Complainant.Of, c.Agent.Name}
	for _, q := range []evidence.Party{c.Platform, c.Lender, c.Agency, c.Assignee, c.Payee} {
		kept = append(kept, q.Name, q.Brand)
	}
	for _, x := range c.Numbers {
		if x.Side.Collecting() {
			kept = append(kept, x.Name, x.Account)
		}
	}
	whole := p.names
	for _, h := range whole {
		if h.part {
			continue
		}
		forms := partsOf(h.name)
		if h.owner != "" {
			forms = ownerForms(h.owner, c)
		} else if surname := surnameOf(h.name); !strings.HasPrefix(c.Complainant.Name, surname) &&
			!strings.HasPrefix(c.Complainant.Of, surname) {
			forms = append(forms, titledForms(h.name)...)
		}
		for _, f := range forms {
			same := func(o hiddenName) bool { return o.name == f.name }
			if !slices.ContainsFunc(kept, func(s string) bool { return strings.Contains(s, f.name) }) &&
				!slices.Contains(evidence.Family, f.name) && // 妈妈 of the contact 妈
				!slices.ContainsFunc(p.names, same) {
				p.names = append(p.names, f)
			}
		}
	}
}

// cover is a text with what stands in the place of the name.
func (h hiddenName) cover(text string) string {
	if !h.part {
		return strings.ReplaceAll(text, h.name, h.masked)
	}
	var b strings.Builder
	done := 0
	for _, at := range h.at(text) {
		b.WriteString(text[done:at[0]])
		b.WriteString(h.masked)
		done = at[1]
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// at are the places of a name in a text, from one byte to before another.
func (h hiddenName) at(text string) (out [][]int) {
	for from := 0; ; {
		n := strings.Index(text[from:], h.name)
		if n < 0 {
			return out
		}
		at := []int{from + n, from + n + len(h.name)}
		if from = at[1]; h.stands(text[:at[0]], text[at[1]:]) {
			out = append(out, at)
		}
	}
}

// spread gives the places of hidden names in a text as a program reads it, with blanks and
// ends of lines between the characters: of a name that lies in a longer one, the longer.
func (p *Mask) spread(text string, each func(h hiddenName, at []int)) {
	closed := closeUp(text)
	var taken [][]int
	for _, h := range p.names {
		if !strings.Contains(closed, closeUp(h.name)) {
			continue // what is looked for costs
		}
		for _, at := range wordsForm(h.name).FindAllStringIndex(text, -1) {
			within := func(o []int) bool { return o[0] <= at[0] && at[1] <= o[1] }
			if h.stands(text[:at[0]], text[at[1]:]) && !slices.ContainsFunc(taken, within) {
				taken = append(taken, at)
				each(h, at)
			}
		}
	}
}

// closeUp is a text in small letters without what [wordsForm] looks over.
func closeUp(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r >= 0x200B && r <= 0x200F {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// stands reports that between what is before and after it the name is one.
func (h hiddenName) stands(before, after string) bool {
	if !h.part || before == "" && after == "" {
		return true
	}
	before, after = strings.TrimRightFunc(before, unicode.IsSpace), strings.TrimLeftFunc(after, unicode.IsSpace)
	first, _ := utf8.DecodeRuneInString(h.name)
	last, _ := utf8.DecodeLastRuneInString(h.name)
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if !unicode.Is(unicode.Han, first) { // Tom is not in Tomorrow
		return !unicode.IsLetter(next) && !(unicode.IsLetter(prev) && !unicode.Is(unicode.Han, prev)) ||
			unicode.Is(unicode.Han, next) && !unicode.IsLower(prev)
	}
	beside := endsInKin(before) || kinBehind.MatchString(after)
	if commonWord(h.name) {
		return beside
	}
	if beside {
		return true
	}
	return !commonWord(string([]rune{prev, first})) && !commonWord(string([]rune{last, next}))
}

// kinBehind finds that what follows says whose name stood before: 建设他妈, 雨桐妈妈.
var kinBehind = lazyregexp.New(`^(?:的|他|她)?(?:` + strings.Join(evidence.Family, "|") +
	`|妈|爸|哥|姐|叔|姨|同学|家长|阿姨|叔叔|老师)`)

// endsInKin reports that a text ends in what somebody is to somebody: 你女儿.
func endsInKin(text string) bool {
	return slices.ContainsFunc(kin, func(w string) bool { return strings.HasSuffix(text, w) })
}
