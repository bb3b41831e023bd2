package evidence

import "testing"

func TestFindRegion(t *testing.T) {
	for s, want := range map[string]string{
		"浙江": "330000", "重庆": "500000", "重庆市": "500000", "重庆市渝北区": "500000", "浙江省杭州市": "330000", "500112": "500000",
		"火星": "", "重": "", "渝北区": "", "": "",
	} {
		got, ok := FindRegion(s)
		if want == "" && ok || want != "" && (!ok || got[:2] != want[:2]) {
			t.Errorf("FindRegion(%q) = %q, %v; want %q", s, got, ok, want)
		}
	}
}
