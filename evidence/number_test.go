package evidence

import "testing"

// Seven digits may be a service line, which everybody may call; eight are a
// landline of somebody.
func TestMaskNumber(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "12378": "12378", "8765432": "8765432", "87654321": "876*4321", "057187654321": "057*****4321",
		"13800138000": "138****8000",
	} {
		if got := MaskNumber(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
