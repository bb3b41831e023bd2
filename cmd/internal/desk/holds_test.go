package desk

import (
	"reflect"
	"testing"

	"juzheng/evidence"
)

func TestHolds(t *testing.T) {
	c := evidence.Case{Complainant: evidence.Complainant{Phone: "13800138000"},
		Numbers: []evidence.Number{{Number: "057100000101", Side: evidence.CollectorSide}}}
	row := func(number, name, shown string, exhibits ...string) evidence.Incident {
		return evidence.Incident{Number: number, Name: name, Shown: shown, Exhibits: exhibits}
	}
	rows := []evidence.Incident{
		row("057100000101", "", "请还款", "E001"),
		row("13800138000", "", "", "E001"),
		row("19900000555", "乔医生", "", "E002"),
		row("+86 19900000555", "乔医生", "", "E003"), // the same
		row("199****0777", "", "", "E002"),        // may be anybody's
		row("10690000", "", "验证码 483920，请勿泄露", "E004"),
		row("110", "", "", "E005"),
		row("19900000556", "周律师", "", "E006"),
		row("19900000557", "", ""), // typed: in no exhibit
	}
	calls := []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}, {Number: "E007", Kind: evidence.Recording}}
	calls[1].Media.Contact = "妈妈"
	all := Holds{Others: Held{2, []string{"E002", "E003", "E006"}}, Codes: Held{1, []string{"E004"}},
		Advisers: Held{2, []string{"E005", "E006"}}, Private: Held{1, []string{"E007"}}}
	if got := holds(c, rows, calls, nil); !reflect.DeepEqual(got, all) {
		t.Errorf("%+v, want %+v", got, all)
	}
	if got := holds(c, rows, calls, []string{"E001", "E004"}); got.Others.Count != 0 || got.Codes.Count != 1 ||
		got.Advisers.Count != 0 || got.Private.Count != 0 {
		t.Errorf("of some exhibits: %+v", got)
	}
	if got := holds(c, rows, calls, []string{}); !reflect.DeepEqual(got, Holds{}) {
		t.Errorf("of none: %+v", got)
	}
}

// What an extract holds is told of the extract, though rows name their log; and
// of chats the accounts of others.
func TestHoldsOfExtracts(t *testing.T) {
	c := evidence.Case{Numbers: []evidence.Number{{Account: "王经理", Side: evidence.CollectorSide}}}
	row := func(source, name, shown string) evidence.Incident {
		return evidence.Incident{Kind: evidence.Message, Name: name, Shown: shown, Exhibits: []string{"E001"},
			Source: source, Direction: evidence.In}
	}
	rows := []evidence.Incident{row("E001:2", "王经理", "还钱"), row("E001:3", "表姐", "谁"),
		row("E001:4", "表姐", "【示例贷】您的校验码：4829，请勿告诉他人"), row("E001:5", "李同学", "在吗")}
	all := []evidence.Exhibit{{Number: "E001", Kind: evidence.ChatLog}, {Number: "E002", Kind: evidence.Extract,
		Extract: &evidence.Extraction{Of: "E001", Lines: "2,4"}}}
	for _, c2 := range []struct {
		keep []string
		want Holds
	}{
		{[]string{"E001"}, Holds{People: Held{2, []string{"E001"}}, Codes: Held{1, []string{"E001"}}}},
		{[]string{"E002"}, Holds{People: Held{1, []string{"E002"}}, Codes: Held{1, []string{"E002"}}}},
	} {
		if got := holds(c, rows, all, c2.keep); !reflect.DeepEqual(got, c2.want) {
			t.Errorf("%v: %+v, want %+v", c2.keep, got, c2.want)
		}
	}
}

// The log of a bundle of format 1 tells under which name somebody is logged in,
// if it was added to by a whole path.
func TestLoginIn(t *testing.T) {
	for log, want := range map[string]string{
		`{"detail":"exclude symlink /home/linxiaoan/手机/a"}`:           "linxiaoan",
		`{"detail":"duplicate E002 /Users/lin xiaoan/b"}`:             "lin xiaoan",
		`{"detail":"duplicate E002 C:\\\\Users\\\\林小安\\\\DCIM\\\\b"}`: "林小安",
		`{"detail":"duplicate E002 DCIM/home/b"}`:                     "",
		``: "",
	} {
		if got := loginIn([]byte(log)); got != want {
			t.Errorf("%s: %q, want %q", log, got, want)
		}
	}
}

// Of papers only pictures count that nothing covers, for words are masked.
func TestPreviewPapers(t *testing.T) {
	image := func(number string) evidence.Exhibit {
		return evidence.Exhibit{Number: number, MediaType: "image/png", Kind: evidence.Screenshot}
	}
	rows := []evidence.Redaction{{Exhibit: "E002", Box: evidence.Box{W: 1, H: 1}, To: []string{"regulator"}}}
	for _, c := range []struct {
		role evidence.Role
		want []string
	}{{evidence.ToPlatform, []string{"E001", "E002"}}, {evidence.ToRegulator, []string{"E001"}}} {
		got := shownPictures([]evidence.Exhibit{image("E001"), image("E002"),
			{Number: "E003", MediaType: "text/xml", Kind: evidence.CallLog}}, rows, c.role,
			[]string{"E001", "E002", "E003", "E009"})
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.role, got, c.want)
		}
	}
}

// A copy has in full the names that letters have by surname alone: in its
// exhibits, and in the timeline for those that stay away.
func TestNamesIn(t *testing.T) {
	c := evidence.Case{Complainant: evidence.Complainant{Name: "林晓安"}}
	rows := []evidence.Incident{
		{ID: "T001", Kind: evidence.SMS, Shown: "你同事李明已经知道了", Exhibits: []string{"E001"}},
		{ID: "T002", Kind: evidence.SMS, Shown: "再不还就找你同事李明、你单位主管王强", Exhibits: []string{"E002"}},
		{ID: "T003", Kind: evidence.SMS, Shown: "请按时还款，林晓安", Exhibits: []string{"E001"}},
	}
	got := namesIn(c, rows, nil, []string{"E001"})
	if want := (Held{2, []string{"E001", "timeline.csv"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := namesIn(c, rows[2:], nil, []string{"E001"}); got.Count != 0 {
		t.Errorf("%+v", got)
	}
}
