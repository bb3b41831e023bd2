package mask

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Names that stand in a row beside what their bearer is to the person are covered,
// with the words around them as they were; names of the other side and words that
// are no names are not.
func TestNamesBesideARelation(t *testing.T) {
	for _, x := range []struct{ in, want string }{
		// what somebody is at work, where it is the person's work
		{"打给我单位主管王强说我欠钱", "打给我单位主管王*说我欠钱"},
		{"联系你公司经理欧阳雪晴，让她转告", "联系你公司经理欧阳**，让她转告"},
		{"孩子的班主任老师冼丽华接到电话", "孩子的班主任老师冼**接到电话"},
		{"对方致电车间主任陈大河", "对方致电车间主任陈**"},
		{"打电话给部门经理赵敏（证据不在手里）", "打电话给部门经理赵*（证据不在手里）"},
		// and where it is the other side's
		{"我是经理王强，今天必须还", "我是经理王强，今天必须还"},
		{"对方自称主管李伟，说要上门", "对方自称主管李伟，说要上门"},
		{"来电人说他叫催收部主任陈大河", "来电人说他叫催收部主任陈大河"},
		// surnames that are not common, and of two characters
		{"同事冼丽华说收到短信", "同事冼**说收到短信"},
		{"邻居诸葛云在场", "邻居诸葛*在场"},
		{"母亲呼延桂兰接到电话", "母亲呼延**接到电话"},
		{"同学买买提·艾力收到消息", "同学买*****收到消息"},
		// what follows is no particle
		{"同事李明昨天接到电话", "同事李*昨天接到电话"},
		{"同事李明没有接", "同事李*没有接"},
		{"朋友张会芳今天说", "朋友张**今天说"},
		{"我妈李桂兰被打了三次电话", "我妈李**被打了三次电话"},
		{"打给你爸周建国", "打给你爸周**"},
		// beside it the other way round
		{"打给周宁（同事），说我欠钱", "打给周*（同事），说我欠钱"},
		{"联系了王秀英（我的母亲）", "联系了王**（我的母亲）"},
		// no names
		{"同事平时在群里说", "同事平时在群里说"},
		{"朋友时常被打", "朋友时常被打"},
		{"母亲应该在家", "母亲应该在家"},
		{"单位同事全部被打了电话", "单位同事全部被打了电话"},
		{"父母亲友马上就来", "父母亲友马上就来"},
		{"打给你爸周末再说", "打给你爸周末再说"},
		{"同事关系和睦", "同事关系和睦"},
		{"同事们都知道", "同事们都知道"},
		{"父亲安全在家", "父亲安全在家"},
		{"同学查到了", "同学查到了"},
		{"邻居从来不在", "邻居从来不在"},
		{"朋友向来和我", "朋友向来和我"},
	} {
		m := Matter{Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安"}},
			Incidents: []evidence.Incident{{ID: "T001", Shown: x.in}}}
		if got := New(m, evidence.ToPlatform).Text(x.in); got != x.want {
			t.Errorf("%s: got %s, want %s", x.in, got, x.want)
		}
	}
}

// Who is called by surname and title is covered like who has a name, in what case.toml
// calls somebody, in who told and in rows; a collector's own people are not.
func TestNamesOfATitle(t *testing.T) {
	const third, collector = evidence.OtherSide, evidence.CollectorSide
	for _, x := range []struct {
		name, teller string
		side         evidence.Side
		in, want     string
	}{
		{"张主任", "", third, "我已经和张主任说了，张主任让你还", "我已经和张**说了，张**让你还"},
		{"王警官", "", third, "王警官说已立案", "王**说已立案"},
		{"欧阳老师", "", third, "欧阳老师接到电话", "欧阳**接到电话"},
		{"王总", "", third, "打给王总", "打给王*"},
		{"", "陈阿姨，2026年9月3日", "", "陈阿姨接到电话", "陈**接到电话"},
		{"", "", "", "你单位张主任已经知道了", "你单位张**已经知道了"},
		{"", "", "", "孩子学校的王老师说的", "孩子学校的王**说的"},
		{"", "", "", "你单位王总已经知道了", "你单位王*已经知道了"},
		// the other side's
		{"李经理", "", collector, "我是李经理，你公司李经理", "我是李经理，你公司李经理"},
		{"", "", "", "我公司李经理会联系你", "我公司李经理会联系你"},
		{"", "", "", "请联系李经理处理", "请联系李经理处理"},
		// nobody
		{"班主任", "", third, "打给班主任", "打给班主任"},
		{"主任", "", third, "你单位主任说", "你单位主任说"},
		{"公司前台", "", third, "你单位经理和前台都知道", "你单位经理和前台都知道"},
		{"", "", "", "你公司全体总共三十人", "你公司全体总共三十人"},
	} {
		m := Matter{Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安"}},
			Incidents: []evidence.Incident{{ID: "T001", Shown: x.in, ToldBy: x.teller}}}
		if x.side != "" {
			m.Case.Numbers = []evidence.Number{{Number: "19900000777", Name: x.name, Side: x.side}}
		}
		if got := New(m, evidence.ToPlatform).Text(x.in); got != x.want {
			t.Errorf("%s %s %s: got %s, want %s", x.name, x.side, x.in, got, x.want)
		}
	}
	m := Matter{Case: evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安"}}}
	m.Incidents = []evidence.Incident{{ID: "T001", Words: "他们打给我单位张主任"}}
	if got, want := New(m, evidence.ToPlatform).Text("他们打给我单位张主任"), "他们打给我单位张**"; got != want {
		t.Errorf("the person's own words: got %s, want %s", got, want)
	}
}

// What is posted to a neighbourhood's group is no relation with a name behind.
func TestWordsAcrossARelationAreNoName(t *testing.T) {
	for text, want := range map[string]string{"把你P成寻人启事发小区群": "", "发小区业主群里": "", "发小区群，随便你去告": "",
		"打给发小区志强说的": "区志强", "我发小王晓兰接到电话": "王晓兰", "老公司马宁接的": "司马宁"} {
		if got := strings.Join(named(text), " "); got != want {
			t.Errorf("%s: the names are %q, want %q", text, got, want)
		}
	}
	var m Matter
	m.Incidents = []evidence.Incident{{Shown: "把你P成寻人启事发小区群"}, {Shown: "发你们小区群，随便你去告"}}
	for _, i := range m.Incidents {
		if got := New(m, evidence.ToPlatform).Text(i.Shown); got != i.Shown {
			t.Errorf("a letter quotes %q, the file says %q", got, i.Shown)
		}
	}
}

// Every word of evidence.Family is a relation here as well, in rows and in what
// case.toml calls somebody.
func TestFamilyIsARelation(t *testing.T) {
	for _, w := range evidence.Family {
		if len([]rune(w)) == 1 {
			continue // 妈 alone stands in no row beside a name: 我妈 does
		}
		if got := named("我" + w + "王晓兰接到电话"); !slices.Contains(got, "王晓兰") {
			t.Errorf("beside %s the names are %q", w, got)
		}
		if name, ok := personalName(w + "王晓兰"); !ok || name != "王晓兰" {
			t.Errorf("the name in %s王晓兰 is %q", w, name)
		}
	}
}
