package mask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A shop that is named after somebody is hidden by the name it begins with, however much
// of its name an exhibit has; what it does stays, and so do words that only look alike.
func TestShops(t *testing.T) {
	for _, x := range []struct {
		third     string
		collector string
		in, want  string
	}{
		{"老王修车行", "", "打到老王修车行，通话录音@老王修车_20261005.mp3，在老王修", "打到老*修车行，通话录音@老*修车_20261005.mp3，在老*修"},
		{"老王修车行", "", "老王，林晓安欠钱不还", "老*，林晓安欠钱不还"},
		{"老王修车", "", "老王修车行的老板", "老*修车行的老板"},
		{"王记小吃店", "", "王记小吃店，王记小吃，王记的电话", "王*小吃店，王*小吃，王*的电话"},
		{"张姐理发店", "", "张姐理发，张姐接的", "张*理发，张*接的"},
		{"小李烟酒超市", "", "小李烟酒", "小*烟酒"},
		{"老陈水电安装", "", "老陈水电，陈老师", "老*水电，陈老师"},
		// the person may be called so, and a collector is
		{"老林修车行", "", "老林，今天还钱，不还去老林修车行闹", "老林，今天还钱，不还去老*修车行闹"},
		{"老王修车行", "老王（催收）", "我是老王，去老王修车行找你", "我是老王，去老*修车行找你"},
		// nobody's
		{"导航挪车服务", "", "导航挪车服务，车服务，导航", "导航挪车服务，车服务，导航"},
		{"小区物业", "", "小区物业，发到小区群", "小区物业，发到小区群"},
		{"老师傅修车", "", "老师傅修车，孩子的老师", "老师傅修车，孩子的老师"},
		{"万家超市", "", "万家超市，千家万家", "万家超市，千家万家"},
		{"老家特产店", "", "回老家", "回老家"},
		{"笔记本电脑维修", "", "记笔记，笔记本", "记笔记，笔记本"},
		{"城东修车行", "", "城东修车行，车行", "城东修车行，车行"},
	} {
		m := ofPeople([]string{x.third}, x.collector, x.in)
		if got := New(m, evidence.ToPlatform).Text(x.in); got != x.want {
			t.Errorf("%s: %s: got %s, want %s", x.third, x.in, got, x.want)
		}
	}
}

// Who tells of a contact by the name of their shop is hidden by it as well, and a picture
// on which it stands is told of.
func TestShopsOfTellers(t *testing.T) {
	m := ofPeople(nil, "", "老王修车接到催收电话")
	m.Incidents[0].ToldBy = "老王修车行，2026年9月3日17:05告诉"
	masks := New(m, evidence.ToPlatform)
	if got, want := masks.Text(m.Incidents[0].Shown), "老*修车接到催收电话"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	words := masks.Words(m, "招牌：老王修车行")
	if got, want := strings.Join(words, " "), "“老*修车行”"; got != want {
		t.Errorf("on a picture: got %s, want %s", got, want)
	}
}
