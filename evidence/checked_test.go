package evidence

import "testing"

// Letters say that a person found a claim untrue only with how and when.
func TestChecked(t *testing.T) {
	tests := []struct {
		untrue Answer
		words  string
		want   string
	}{
		{Yes, "2026-03-05拨打示例派出所公布的电话，答复没有这个人", "2026-03-05拨打示例派出所公布的电话，答复没有这个人"},
		{Yes, "我很害怕。3月5日打12368查询，查无此案号。", "3月5日打12368查询，查无此案号"},
		{Yes, "次日到法院现场问过，没有这个案子；对方又打来", "次日到法院现场问过，没有这个案子"},
		{Yes, "当天查律师公开名录没有此人", "当天查律师公开名录没有此人"},

		{Yes, "", ""},
		{Yes, "他是假的", ""},
		{Yes, "打过电话，没有这个人", ""},      // not when
		{Yes, "3月5日他又打来，一听就是假的", ""}, // not how
		{Unknown, "3月5日打12368查询，查无此案号", ""},
		{No, "3月5日打12368查询，有这个案子", ""},
	}
	for _, test := range tests {
		if got := (Incident{Untrue: test.untrue, Words: test.words}).Checked(); got != test.want {
			t.Errorf("%q: got %q, want %q", test.words, got, test.want)
		}
	}
}
