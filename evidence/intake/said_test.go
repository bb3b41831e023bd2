package intake

import (
	"slices"
	"strings"
	"testing"
)

// What stands above a chat is said by nobody, and a message that was broken into lines is
// one; short messages one below the other stay apart.
func TestSaidOnAPicture(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"08:15 5G 47%\n妈妈\n9月13日晚上22:41\n又有个男的打我电话骂我说我养了\n个骗子\n妈你别接",
			"08:15 5G 47%|9月13日晚上22:41|又有个男的打我电话骂我说我养了个骗子|妈你别接"},
		{"19:01 5G 47%\n执行局张法官\n2026年10月16日18:44\n我是平川市临江区人民法院执行局张\n法官",
			"19:01 5G 47%|2026年10月16日18:44|我是平川市临江区人民法院执行局张法官"},
		{"妈妈今天被你们骂哭了", "妈妈今天被你们骂哭了"}, // cut to the words: nothing stands above
		{"21:40 4G\n客户群(23)\n还钱\n不还\n等着", "21:40 4G|还钱|不还|等着"},
	} {
		if got := strings.Join(saidOn(c.in), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
	long := strings.Repeat(strings.Repeat("催", 40)+"\n", 30)
	if got := saidOn(long); slices.ContainsFunc(got, func(s string) bool { return len([]rune(s)) > maxPassage }) {
		t.Errorf("a page of text is one message: %d", len(got))
	}
}
