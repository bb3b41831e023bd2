package evidence

import "strings"

// A Region is a division of provincial level by GB/T 2260.
type Region struct {
	Code string // six digits
	Name string // full name
}

// Regions are the divisions of provincial level on the mainland, in the order
// of GB/T 2260, and the five cities with an office of the national financial
// regulator of their own.
var Regions = []Region{
	{"110000", "北京市"}, {"120000", "天津市"}, {"130000", "河北省"}, {"140000", "山西省"}, {"150000", "内蒙古自治区"},
	{"210000", "辽宁省"}, {"210200", "大连市"}, {"220000", "吉林省"}, {"230000", "黑龙江省"},
	{"310000", "上海市"}, {"320000", "江苏省"}, {"330000", "浙江省"}, {"330200", "宁波市"}, {"340000", "安徽省"},
	{"350000", "福建省"}, {"350200", "厦门市"}, {"360000", "江西省"}, {"370000", "山东省"}, {"370200", "青岛市"},
	{"410000", "河南省"}, {"420000", "湖北省"}, {"430000", "湖南省"}, {"440000", "广东省"}, {"440300", "深圳市"},
	{"450000", "广西壮族自治区"}, {"460000", "海南省"},
	{"500000", "重庆市"}, {"510000", "四川省"}, {"520000", "贵州省"}, {"530000", "云南省"}, {"540000", "西藏自治区"},
	{"610000", "陕西省"}, {"620000", "甘肃省"}, {"630000", "青海省"}, {"640000", "宁夏回族自治区"}, {"650000", "新疆维吾尔自治区"},
}

// FindRegion leads from a six-digit code, or a name in full or in short
// (浙江, 内蒙古), to the code. A code below provincial level is taken if its
// province is known, and so is an address that begins with a name in full
// (重庆市渝北区).
func FindRegion(s string) (code string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) == 6 && strings.Trim(s, "0123456789") == "" {
		return s, RegionName(s) != ""
	}
	if len([]rune(s)) < 2 {
		return "", false
	}
	for _, r := range Regions {
		if s == r.Name || (strings.HasPrefix(r.Name, s) && len([]rune(s)) >= 2) {
			return r.Code, true
		}
	}
	for _, r := range Regions {
		if strings.HasPrefix(s, r.Name) {
			return r.Code, true
		}
	}
	return "", false
}

// RegionName is the name of the division a code belongs to: its own, or that
// of its province; empty if there is none.
func RegionName(code string) string {
	if len(code) != 6 {
		return ""
	}
	for _, want := range []string{code[:4] + "00", code[:2] + "0000"} {
		for _, r := range Regions {
			if r.Code == want {
				return r.Name
			}
		}
	}
	return ""
}
