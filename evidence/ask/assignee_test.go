package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Who has the claim is asked where files say that it was passed on: of a chain the last
// one is suggested, and none of them is offered as the firm that collects for another.
func TestAssigneeIsAsked(t *testing.T) {
	first := Paper{Exhibit: "E002", Page: 1, Text: "云岭银行股份有限公司平川分行已于2026年7月31日将对您的债权（合同编号YLXD-2024，本金余额28,600.00元）" +
		"转让给恒诚资产管理有限公司。请向恒诚资产管理有限公司履行还款义务。"}
	second := Paper{Exhibit: "E003", Page: 1, Text: "恒诚资产管理有限公司已于2026年9月20日将其对您的债权转让给百汇法务咨询有限公司。"}
	named := kase()
	named.Assignee.Name = "恒诚资产管理有限公司"
	for _, c := range []struct {
		name   string
		record Record
		want   string // prefill, then the choices
	}{
		{"a notice", Record{Case: kase(), Papers: []Paper{first}}, "恒诚资产管理有限公司: 恒诚资产管理有限公司"},
		{"a chain", Record{Case: kase(), Papers: []Paper{second, first}},
			"百汇法务咨询有限公司: 百汇法务咨询有限公司 恒诚资产管理有限公司"},
		{"a message of the lender", Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00", stranger,
			"【云岭银行】我行已将您名下贷款债权转让给恒诚资产管理有限公司，详见通知书。")}}, "恒诚资产管理有限公司: 恒诚资产管理有限公司"},
		{"whoever says they took it over", Record{Case: kase(), Incidents: []evidence.Incident{sms("T001", "09-03 10:00",
			collector, "恒诚资产管理有限公司已依法受让您的债权，请还款")}}, "恒诚资产管理有限公司: 恒诚资产管理有限公司"},
		{"two that may have it", Record{Case: kase(), Papers: []Paper{first, {Exhibit: "E004",
			Text: "债权转让给百汇法务咨询有限公司"}}}, ": 恒诚资产管理有限公司 百汇法务咨询有限公司"},
		{"a clause that it may be", Record{Case: kase(), Papers: []Paper{{Exhibit: "E001",
			Text: "第十二条 贷款人转让债权的，应当以书面形式通知借款人。贷款人可将债权转让给第三方。"}}}, ""},
		{"known already", Record{Case: named, Papers: []Paper{first}}, ""},
	} {
		got := ""
		if list := of(List(look(c.record)), Assignee); len(list) == 1 {
			var names []string
			for _, x := range list[0].Choices {
				names = append(names, x.Value)
			}
			got = list[0].Prefill + ": " + strings.Join(names, " ")
			edits, err := list[0].Edits(names[0])
			if err != nil || shown(edits) != "assignee.name="+names[0] {
				t.Errorf("%s: %s %v", c.name, shown(edits), err)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	collects := sms("T001", "09-03 10:00", collector, "【恒诚资产】我司受云岭银行委托，请您尽快还款")
	if list := of(List(look(Record{Case: kase(), Papers: []Paper{first},
		Incidents: []evidence.Incident{collects}})), Agency); len(list) > 0 {
		t.Errorf("an assignee is offered as the agency: %s", list[0].Prefill)
	}
}
