package templates

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/road"
)

// To whom a complaint was made is told in one way, however the person wrote
// it down.
func TestFiledTo(t *testing.T) {
	c := evidence.Case{Platform: evidence.Party{Name: "样例网络科技有限公司", Brand: "样例借"},
		Lender: evidence.Party{Name: "样例银行股份有限公司"}}
	both := evidence.Case{Platform: evidence.Party{Name: "样例银行股份有限公司"}, Lender: evidence.Party{Name: "样例银行股份有限公司"}}
	for _, row := range []struct {
		kase     evidence.Case
		to       string
		role     evidence.Role
		name     string
		operator evidence.Answer // whether it binds the lender to a term
	}{
		{c, "platform", evidence.ToPlatform, "样例网络科技有限公司（“样例借”平台）", evidence.No},
		{c, "样例借", evidence.ToPlatform, "样例借", evidence.No},
		{c, "样例网络科技有限公司", evidence.ToPlatform, "样例网络科技有限公司", evidence.No},
		{c, "lender", evidence.ToLender, "样例银行股份有限公司", evidence.Yes},
		{c, "样例银行股份有限公司", evidence.ToLender, "样例银行股份有限公司", evidence.Yes},
		{both, "样例银行股份有限公司", evidence.ToLender, "样例银行股份有限公司", evidence.Yes},
		{both, "platform", evidence.ToPlatform, "样例银行股份有限公司", evidence.Yes},
		// no platform: the letter goes to the lender
		{evidence.Case{}, "platform", evidence.ToPlatform, "平台客服", evidence.Yes},
		{evidence.Case{}, "lender", evidence.ToLender, "放款机构", evidence.Yes},
		{evidence.Case{Platform: evidence.Party{Brand: "样例借"}}, "platform", evidence.ToPlatform, "“样例借”平台",
			evidence.Unknown},
		{c, "nifa", evidence.ToAssociation, "中国互联网金融协会", evidence.No},
		{c, "互联网金融协会举报平台", evidence.ToAssociation, "互联网金融协会举报平台", evidence.No},
		{c, "regulator", evidence.ToRegulator, "监管部门", evidence.No},
		{c, "nfra-zhejiang", evidence.ToRegulator, "国家金融监督管理总局浙江监管局", evidence.No},
		{c, "nfra", evidence.ToRegulator, "国家金融监督管理总局", evidence.No},
		{c, "国家金融监督管理总局", evidence.ToRegulator, "国家金融监督管理总局", evidence.No},
		{c, "lfb-chongqing", evidence.ToRegulator, "重庆市地方金融管理局", evidence.No},
		{c, "浙江监管局", evidence.ToRegulator, "浙江监管局", evidence.No},
		{c, "credit-baihang", evidence.ToBureau, "百行征信有限公司", evidence.No},
		{c, "派出所", "", "派出所", evidence.No},
		{c, "", "", "", evidence.No},
		{evidence.Case{}, "", "", "", evidence.No}, // an empty name is nobody's
	} {
		if role, name := FiledTo(row.kase, row.to); role != row.role || name != row.name {
			t.Errorf("%q: got %s %q, want %s %q", row.to, role, name, row.role, row.name)
		} else if got := row.kase.BindsInstitution(role); got != row.operator {
			t.Errorf("%q binds the lender: got %q, want %q", row.to, got, row.operator)
		}
	}
}

// A term that stands in records and in the table is the same in both.
func TestObjectionTerm(t *testing.T) {
	for _, r := range load(t).All() {
		if r.Kind == "credit-bureau" && (len(r.Terms) != 1 || r.Terms[0] != ObjectionTerm) {
			t.Errorf("%s: terms %+v, want %+v", r.Slug, r.Terms, ObjectionTerm)
		}
		if r.Slug == "pbc-branch" && (len(r.Terms) != 1 || r.Terms[0].Days != road.BranchDays || r.Terms[0].Working) {
			t.Errorf("%s: terms %+v, want %d days", r.Slug, r.Terms, road.BranchDays)
		}
	}
}
