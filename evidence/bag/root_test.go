package bag

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const someRoot = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestParseRoot(t *testing.T) {
	pairs := make([]string, 0, 32) // certutil before Windows 10
	for i := 0; i < 64; i += 2 {
		pairs = append(pairs, someRoot[i:i+2])
	}
	for _, tt := range []struct {
		name, typed string
		digits      int
		bad         string
	}{
		{name: "plain", typed: someRoot},
		{name: "as printed", typed: FormatRoot(someRoot)},
		{name: "upper case", typed: strings.ToUpper(someRoot)},
		{name: "dashes", typed: strings.ReplaceAll(FormatRoot(someRoot), " ", "-")},
		{name: "long dashes", typed: strings.ReplaceAll(FormatRoot(someRoot), " ", " — ")},
		{name: "certutil byte pairs", typed: strings.Join(pairs, " ")},
		{name: "two lines", typed: "  " + someRoot[:32] + "\r\n" + someRoot[32:] + "\n"},
		{name: "full width", typed: strings.NewReplacer("0", "０", "a", "ａ", "f", "Ｆ").Replace(someRoot)},
		{name: "ideographic space", typed: strings.ReplaceAll(FormatRoot(someRoot), " ", "\u3000")},
		{name: "QR text", typed: QRText("JZ-2026-0001", someRoot)},
		{name: "empty", typed: "", digits: 0},
		{name: "one short", typed: someRoot[1:], digits: 63},
		{name: "one long", typed: someRoot + "0", digits: 65},
		{name: "letter O", typed: "O" + someRoot[1:], digits: 0, bad: "o"},
		{name: "prefix", typed: someRoot[:16] + "…", digits: 16, bad: "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseRoot(tt.typed)
			var wrong *RootError
			switch {
			case err == nil:
				if got != someRoot {
					t.Errorf("got %q", got)
				}
			case !errors.As(err, &wrong) || wrong.Bad != tt.bad || tt.bad == "" && wrong.Digits != tt.digits:
				t.Errorf("err = %v (%+v)", err, wrong)
			}
			if wantErr := tt.digits > 0 || tt.bad != "" || tt.typed == ""; wantErr != (err != nil) {
				t.Errorf("err = %v, want error %v", err, wantErr)
			}
		})
	}
}

func TestCompareRoot(t *testing.T) {
	change := func(groups ...int) string {
		b := []byte(someRoot)
		for _, g := range groups {
			b[4*(g-1)] ^= 1 // 0, 4, 8 and c stay hexadecimal
		}
		return string(b)
	}
	for _, want := range [][]int{nil, {1}, {16}, {3, 7}} {
		got, err := CompareRoot(FormatRoot(change(want...)), someRoot)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	}
}

func TestQRText(t *testing.T) {
	got := QRText("jz-2026-0001", someRoot)
	if want := "JZ1:JZ-2026-0001:" + strings.ToUpper(someRoot); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if i := strings.IndexFunc(got,
		func(r rune) bool {
			return !strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:",
				r)
		}); i >= 0 {
		t.Errorf("%q is outside the alphanumeric mode", got[i])
	}
}

// Two wrong groups may be slips of the hand; three are not. The groups are
// named, or counted where they are many.
func TestHowTheRootDiffers(t *testing.T) {
	dir, root := newBundle(t)
	for n, want := range map[int]struct{ code, groups string }{
		1: {"E-ROOT-TYPO", "group 1:"}, 2: {"E-ROOT-TYPO", "group 1, 2:"}, 3: {"E-ROOT-DIFFERS", "(group 1, 2, 3)"},
		8: {"E-ROOT-DIFFERS", "(group 1, 2, 3, 4, 5, 6, 7, 8)"}, 9: {"E-ROOT-DIFFERS", "(9 of the 16 groups)"},
		16: {"E-ROOT-DIFFERS", "(all 16 groups)"},
	} {
		typed := []byte(root.SHA256)
		for i := range n {
			if typed[4*i]++; typed[4*i] == '9'+1 || typed[4*i] > 'f' {
				typed[4*i] = '0'
			}
		}
		res := verify(t, dir, Options{Expect: string(typed)})
		if res.ExitCode() != 5 || len(res.Problems) != 1 || res.Problems[0].Code != want.code ||
			!strings.Contains(res.Problems[0].Detail.EN, want.groups) {
			t.Errorf("%d groups off: exit %d, want %v\n%s", n, res.ExitCode(), want, problems(res))
		}
	}
}
