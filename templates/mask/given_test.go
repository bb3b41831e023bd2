package mask

import (
	"testing"

	"juzheng/evidence"
)

// ofPeople is a matter of 林晓安 with people in the list of numbers, and one row.
func ofPeople(third []string, collector, row string) Matter {
	m := Matter{Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安"},
		Lender:  evidence.Party{Name: "示例志强小额贷款有限公司"},
		Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide, Name: collector}}},
		Incidents: []evidence.Incident{{ID: "T001", Shown: row}}}
	for _, name := range third {
		m.Case.Numbers = append(m.Case.Numbers, evidence.Number{Side: evidence.OtherSide, Name: name})
	}
	return m
}

// Of whom the name is hidden, the given name is hidden too, and what is made of it to
// call them; words that the same characters are part of stay, and so do names of the
// person, of companies and of the other side.
func TestGivenNames(t *testing.T) {
	for _, x := range []struct {
		third     string
		collector string
		in, want  string
	}{
		{"赵雨桐", "", "雨桐妈妈，有人要在校门口等雨桐", "**妈妈，有人要在校门口等**"},
		{"赵雨桐", "", "小桐和桐桐，阿桐", "小*和**，阿*"},
		{"赵雨桐", "", "雨天，梧桐树，泡桐", "雨天，梧桐树，泡桐"},
		{"欧阳雪晴", "", "雪晴接到电话", "**接到电话"},
		{"赵宏", "", "宏哥，你老婆欠钱；小宏也知道", "*哥，你老婆欠钱；小*也知道"},
		{"赵宏", "", "宏大的计划，宽宏", "宏大的计划，宽宏"},
		{"Tom Li", "", "Tom说，Tomorrow再来", "T**说，Tomorrow再来"},
		{"买买提·艾力", "", "买买提接到电话，艾力没接", "买**接到电话，**没接"},
		// a list has no more than the given name
		{"雨桐", "", "雨桐说有人打电话", "**说有人打电话"},
		{"楼下", "", "去你家楼下堵你", "去你家楼下堵你"},
		{"导航挪车服务", "", "客服中心服务热线", "客服中心服务热线"},
		// what a list calls family by is nobody's name
		{"妈", "", "给你妈妈打电话，你妈也知道", "给你妈妈打电话，你妈也知道"},
		{"哥", "", "你哥哥不管你", "你哥哥不管你"},
		{"快递", "", "快递到了", "快递到了"},
		// a given name that is a word as well, and one beside a relation
		{"李建设", "", "建设银行的卡，城市建设", "建设银行的卡，城市建设"},
		{"李建设", "", "建设他妈接的，你儿子建设也跑不了", "**他妈接的，你儿子**也跑不了"},
		{"王国庆", "", "国庆节前还清，打给你爸国庆", "国庆节前还清，打给你爸**"},
		{"张明明", "", "明明可以还，就是不还", "明明可以还，就是不还"},
		{"张平安", "", "平安银行", "平安银行"},
		{"李明", "", "小明接的，明天说明", "小*接的，明天说明"},
		{"安康", "", "祝您安康", "祝您安康"}, // the whole name is a word
		{"安康", "", "安康", "安*"},
		// one that lies across two words
		{"李家明", "", "大家明天等着，家明说的", "大家明天等着，**说的"},
		{"李子明", "", "让你儿子明天来，子明已经知道", "让你儿子明天来，**已经知道"},
		{"李方明", "", "对方明确说了", "对方明确说了"},
		{"李天明", "", "今天明早，每天明着来", "今天明早，每天明着来"},
		{"李国人", "", "中国人民法院", "中国人民法院"},
		{"李文书", "", "法律文书", "法律文书"},
		// the person's own, a company's and the other side's
		{"王晓安", "", "晓安，今天还钱", "晓安，今天还钱"},
		{"王志强", "", "志强小贷通知您", "志强小贷通知您"},
		{"王建伟", "恒诚建伟", "我是建伟，找你谈", "我是建伟，找你谈"},
	} {
		m := ofPeople([]string{x.third}, x.collector, x.in)
		if got := New(m, evidence.ToPlatform).Text(x.in); got != x.want {
			t.Errorf("%s: %s: got %s, want %s", x.third, x.in, got, x.want)
		}
	}
}

// Who stands in a list by surname and title with where they are from is hidden like who
// stands there by those alone, and a third person whose name is known by their surname
// and what family and schools call people; not by what collectors call themselves.
func TestTitledNames(t *testing.T) {
	for _, x := range []struct {
		third     string
		collector string
		in, want  string
	}{
		{"王老师七3班", "", "王老师七3班，王老师说", "王**七3班，王**说"},
		{"王老师(七3班)", "", "王老师说有人打到学校", "王**说有人打到学校"},
		{"七3班王老师", "", "王老师说", "王**说"},
		{"实验小学班主任", "", "打给班主任", "打给班主任"},
		{"部门经理", "", "部门经理说", "部门经理说"},
		{"王丽华", "", "王老师、王阿姨、王姐都接到电话，我是王经理", "王**、王**、王*都接到电话，我是王经理"},
		{"王丽华", "王姐", "叫我王姐", "叫我王姐"},
		{"林丽华", "", "林姐，今天还不还", "林姐，今天还不还"}, // may be the person, who is called so too
	} {
		m := ofPeople([]string{x.third}, x.collector, x.in)
		if got := New(m, evidence.ToPlatform).Text(x.in); got != x.want {
			t.Errorf("%s: %s: got %s, want %s", x.third, x.in, got, x.want)
		}
	}
	m := ofPeople(nil, "", "雨桐妈妈，有人打到学校")
	m.Incidents[0].ToldBy = "王老师七3班，2026年9月3日17:05告诉"
	masks := New(m, evidence.ToPlatform)
	if got, want := masks.Text("王老师说"), "王**说"; got != want {
		t.Errorf("who told: got %s, want %s", got, want)
	}
	m = ofPeople(nil, "", "去学校找你女儿赵雨桐")
	if got, want := New(m, evidence.ToPlatform).Text("雨桐妈妈"), "**妈妈"; got != want {
		t.Errorf("a name told in another row: got %s, want %s", got, want)
	}
	m.Case.Complainant.Kind = evidence.Contact // without the borrower's name nobody finds the loan
	if got, want := New(m, evidence.ToPlatform).Text("雨桐妈妈"), "雨桐妈妈"; got != want {
		t.Errorf("to a contact: got %s, want %s", got, want)
	}
}

// A picture whose words have a given name is told of, however a program reads it, and is
// not where the characters are of other words.
func TestGivenNamesOfPictures(t *testing.T) {
	m := ofPeople([]string{"李家明"}, "", "")
	masks := New(m, evidence.ToPlatform)
	for text, want := range map[string]int{"家 明妈妈": 1, "大家\n明天来": 0, "李家明和家明": 2} {
		if got := len(masks.Places(m, "E001", text)); got != want {
			t.Errorf("%q: %d places, want %d", text, got, want)
		}
		if got := len(masks.Words(m, text)) > 0; got != (want > 0) {
			t.Errorf("%q: told of: %v", text, got)
		}
	}
}
