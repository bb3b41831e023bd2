package mask

import (
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// shop is what a shop or somebody's trade is called that begins with who it belongs to:
// 老王修车行, 王记小吃店, 张姐理发. Only surnames that are hardly ever the beginning of another
// word count: 小区物业 and 老师傅 belong to nobody.
var shop = lazyregexp.New(`^((?:[老小阿][` + plainSurnames + `]|老[何高田董叶程余于任石白方]|` +
	`[` + plainSurnames + `](?:记|氏|哥|姐|嫂|叔|姨|婶|伯)))(` +
	`\p{Han}{0,8}(?:` + trades + `)\p{Han}{0,6}|\p{Han}{1,8}[店铺馆行坊摊厂社部屋])$`)

const trades = `修车|修理|维修|汽修|快修|补胎|轮胎|洗车|租车|开锁|换锁|配钥匙|小吃|早餐|早点|快餐|餐饮|烧烤|火锅|麻辣烫|卤味|卤菜|包子|馒头|面馆|米粉|粉店|饺子|` +
	`凉皮|奶茶|水果|蔬菜|生鲜|海鲜|烟酒|粮油|茶叶|超市|便利|杂货|百货|五金|建材|装修|装潢|水电|防水|门窗|家电|家具|家政|保洁|搬家|物流|快递|驿站|货运|拉货|` +
	`理发|美发|美容|美甲|养生|按摩|足疗|推拿|诊所|药房|服装|裁缝|鞋|干洗|洗衣|打印|广告|照相|摄影|鲜花|电脑|手机|数码|驾校|辅导|托管|中介|房产|废品|回收|批发|农资|饲料|` +
	`宠物|棋牌|台球|网吧|渔具|代驾|跑腿`

// shopOf is who a shop is named after, and its trade.
func shopOf(called string) (owner, trade string, ok bool) {
	m := shop.FindStringSubmatch(strings.TrimSpace(called))
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// shopForms are what a text may call a shop by whose name is hidden: all of it, and as
// much as exhibits have of it, 老王修车; at least who it is named after and one character of
// the trade. The trade stays: it names nobody.
func shopForms(owner, trade string) (out []hiddenName) {
	r := []rune(trade)
	for n := len(r); n > 0; n-- {
		rest := string(r[:n])
		out = append(out, hiddenName{name: owner + rest, masked: maskName(owner) + rest, owner: owner})
	}
	return out
}

// ownerForms are what texts may call whoever a shop is named after, alone. Where the
// person has that surname, it may be the person.
func ownerForms(owner string, c evidence.Case) []hiddenName {
	for _, name := range []string{c.Complainant.Name, c.Complainant.Of} {
		if r := []rune(name); len(r) > 0 && strings.ContainsRune(owner, r[0]) {
			return nil
		}
	}
	return []hiddenName{partName(owner, maskName(owner))}
}
