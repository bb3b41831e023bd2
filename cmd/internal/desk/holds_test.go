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

// A copy has in full what letters mask: in its exhibits, whatever read it out of them,
// and in the rows of the timeline that go along with them.
func TestCopyShows(t *testing.T) {
	c := evidence.Case{Complainant: evidence.Complainant{Name: "林晓安", IDNumber: "11010519491231002X",
		Address: "云水市望江区桂花路8号", Phone: "13800138000"},
		Numbers: []evidence.Number{{Number: "13655550001", Side: evidence.EmergencySide, Name: "周铁军"},
			{Number: "17090001122", Side: evidence.CollectorSide}}}
	rows := []evidence.Incident{
		{ID: "T001", Kind: evidence.SMS, Number: "17090001122", Shown: "你同事李明已经知道了", Exhibits: []string{"E001"}},
		{ID: "T002", Kind: evidence.SMS, Shown: "再不还就找你同事李明、你单位主管王强", Exhibits: []string{"E002"}},
		{ID: "T003", Kind: evidence.Call, Number: "13655550001", Name: "周铁军", Exhibits: []string{"E001", "E002"}},
	}
	contract := saying{"E003", "紧急联系人：周铁军 136 5555 0001，陈静怡18655550002\n催收：17090001122\n" +
		"乙方：林晓安 13800138000 身份证 11010519491231002x\n住址：云水市望江区\n桂花路8号"}
	type want struct{ names, others, ids, home Held }
	for name, c2 := range map[string]struct {
		keep  []string
		whole bool
		texts []saying
		want  want
	}{
		"an exhibit and its rows": {keep: []string{"E001"}, want: want{
			names:  Held{2, []string{"E001", "timeline.csv"}},
			others: Held{1, []string{"E001"}}}},
		"rows that stay away with theirs": {keep: []string{"E002"}, want: want{
			names: Held{3, []string{"E002", "timeline.csv"}}, others: Held{1, []string{"E002"}}}},
		"format 1 gives every row": {keep: []string{"E009"}, whole: true, want: want{
			names: Held{3, []string{"timeline.csv"}}, others: Held{1, []string{"timeline.csv"}}}},
		"a row with all of its exhibits": {keep: []string{"E001", "E002"}, want: want{
			names:  Held{3, []string{"E001", "E002", "timeline.csv"}},
			others: Held{1, []string{"E001", "E002", "timeline.csv"}}}},
		"a contract that no row names": {keep: []string{"E003"}, texts: []saying{contract}, want: want{
			names: Held{1, []string{"E003"}}, others: Held{2, []string{"E003"}}, ids: Held{1, []string{"E003"}},
			home: Held{1, []string{"E003"}}}},
		"a number that is one by its label": {keep: []string{"E003"},
			texts: []saying{{"E003", "证件号码：99010219910815003X"}}, want: want{ids: Held{1, []string{"E003"}}}},
		"nothing of others": {keep: []string{"E003"}, texts: []saying{{"E003", "林晓安 13800138000 请还款 17090001122"}}},
	} {
		h, numbers := holdsOfRows(c, rows, nil, c2.keep)
		h.look(c, rows, nil, append(rowsSay(rows, nil, c2.keep, c2.whole), c2.texts...), numbers)
		if got := (want{h.Names, h.Others, h.IDs, h.Home}); !reflect.DeepEqual(got, c2.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c2.want)
		}
	}
}
