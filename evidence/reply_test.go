package evidence

import (
	"testing"
	"time"
)

// What was received after a complaint and holds its number, or says that it was
// taken up, may be its answer.
func TestRepliesTo(t *testing.T) {
	kase := Case{Platform: Party{Brand: "极融"}, Lender: Party{Name: "示例银行股份有限公司"},
		Numbers: []Number{{Number: "95500", Side: CollectorSide}}}
	filing := Filing{To: "lender", Date: "2026-09-22", Receipt: "KF20260922-118"}
	for _, c := range []struct {
		name, day, words string
		edit             func(*Incident)
		want             bool
	}{
		{"its number", "2026-09-30", "您反映的问题（工单KF20260922-118）已受理，我行将于15日内答复。", nil, true},
		{"its number, written otherwise", "2026-09-30", "关于kf20260922118的答复", nil, true},
		{"another number", "2026-09-30", "工单KF20260922-119已受理", nil, false},
		{"before it was filed", "2026-09-21", "工单KF20260922-118已受理", nil, false},
		{"the person's own message", "2026-09-30", "工单KF20260922-118怎么还没有答复",
			func(i *Incident) { i.Direction = Out }, false},
		{"ruled out", "2026-09-30", "工单KF20260922-118已受理", func(i *Incident) { i.Role = RoleOther }, false},
		{"the papers once more", "2026-09-30", "工单KF20260922-118请补交材料",
			func(i *Incident) { i.Asserted = []Breach{"V23a"} }, false},
		{"no number, signed", "2026-09-30", "【示例银行】您投诉的问题我们已登记", nil, true},
		{"no number, of the other side", "2026-09-30", "您反映的情况已转相关部门",
			func(i *Incident) { i.Number = "95500" }, true},
		{"no number, of nobody known", "2026-09-30", "【顺丰】您反映的快件问题已处理", nil, false},
		{"scorn is no answer", "2026-09-30", "投诉没用，赶紧还钱", func(i *Incident) { i.Number = "95500" }, false},
	} {
		at, _ := time.ParseInLocation(time.DateOnly, c.day, Beijing)
		i := Incident{ID: "T001", Kind: SMS, Direction: In, Shown: c.words, Time: Time{At: at, Precision: ToSecond}}
		if c.edit != nil {
			c.edit(&i)
		}
		if got := len(kase.RepliesTo(filing, []Incident{i})) == 1; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
