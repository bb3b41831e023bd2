package bag

import (
	"os/exec"
	"strings"
	"testing"
)

// The Linux lines of VERIFY.txt, cut out of it and run as they stand.
func TestVerifyTextCommands(t *testing.T) {
	for _, tool := range []string{"sh", "sha256sum", "openssl", "find", "sed", "grep"} {
		needTool(t, tool)
	}
	line := func(start string) string {
		for l := range strings.Lines(string(VerifyText())) {
			if strings.HasPrefix(l, start) {
				return strings.TrimRight(l, "\r\n")
			}
		}
		t.Fatalf("VERIFY.txt has no line %s", start)
		return ""
	}
	run := func(dir, command string) (string, error) {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8")
		out, err := cmd.Output()
		return string(out), err
	}
	b := newPageBag(t)
	b["seal/root.tsr"] = []byte("outside")
	good := b.folder(t)
	b.flip("data/E001.png", 50)
	delete(b, "data/E002.wav")
	b["data/E009.txt"] = []byte("added")
	bad := b.folder(t)

	list := line("sha256sum -c")
	if out, err := run(good, list); err != nil || strings.Contains(out, "FAILED") {
		t.Errorf("%s: %v\n%s", list, err, out)
	}
	if out, err := run(bad, list); err == nil || !strings.Contains(out, "data/E001.png: FAILED\n") ||
		!strings.Contains(out, "data/E002.wav: FAILED open or read\n") {
		t.Errorf("%s: %v\n%s", list, err, out)
	}
	for start, want := range map[string]string{"while read": "不一致: data/E001.png\n不一致: data/E002.wav\n",
		"find .": "多出: data/E009.txt\n"} {
		command := line(start)
		if out, err := run(good, command); out != "" {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
		if out, err := run(bad, command); out != want {
			t.Errorf("%s: %v\n got %s\nwant %s", command, err, out, want)
		}
	}
	sums := sumsOf(b[RootName])
	for start, want := range map[string]string{"sha256sum tag": sums.SHA256, "openssl dgst": sums.SM3} {
		if out, err := run(bad, line(start)); err != nil || !strings.Contains(out, want) {
			t.Errorf("%s: %v: %s, want %s", start, err, out, want)
		}
	}
}
