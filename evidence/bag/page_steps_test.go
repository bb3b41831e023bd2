package bag

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stepLine is the line of VERIFY.txt that starts so.
func stepLine(t *testing.T, start string) string {
	t.Helper()
	for l := range strings.Lines(string(VerifyText())) {
		if strings.HasPrefix(l, start) {
			return strings.TrimRight(l, "\r\n")
		}
	}
	t.Fatalf("VERIFY.txt has no line %s", start)
	return ""
}

// The Linux lines of VERIFY.txt, cut out of it and run as they stand.
func TestVerifyTextCommands(t *testing.T) {
	for _, tool := range []string{"sh", "sha256sum", "openssl", "find", "sed", "grep"} {
		needTool(t, tool)
	}
	line := func(start string) string { return stepLine(t, start) }
	run := func(dir, command string) (string, error) {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8")
		out, err := cmd.Output()
		return string(out), err
	}
	c := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	good, root := c.write(t, "E001", "E002", "E004")
	overwrite(t, filepath.Join(good, "seal/0006.tsr"), []byte("outside"))
	bad := copied(t, good)
	both(edit("data/E001.txt", "sound", "sOund"), remove("data/E002.txt"), create("data/E009.txt", "added"))(t, bad)

	list := line("sha256sum -c")
	if out, err := run(good, list); err != nil || strings.Contains(out, "FAILED") {
		t.Errorf("%s: %v\n%s", list, err, out)
	}
	if out, err := run(bad, list); err == nil || !strings.Contains(out, "data/E001.txt: FAILED\n") ||
		!strings.Contains(out, "data/E002.txt: FAILED open or read\n") {
		t.Errorf("%s: %v\n%s", list, err, out)
	}
	for start, want := range map[string]string{"while read": "不一致: data/E001.txt\n不一致: data/E002.txt\n",
		"find .": "多出: data/E009.txt\n"} {
		command := line(start)
		if out, err := run(good, command); out != "" {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
		if out, err := run(bad, command); out != want {
			t.Errorf("%s: %v\n got %s\nwant %s", command, err, out, want)
		}
	}
	for start, want := range map[string]string{"sha256sum tag": root.Copy.SHA256, "openssl dgst": root.Copy.SM3,
		"head -n $K commitments.txt | sha256sum": root.SHA256, "head -n $K commitments-sm3.txt": root.SM3} {
		if out, err := run(bad, "K=6; "+line(start)); err != nil || !strings.Contains(out, want) {
			t.Errorf("%s: %v: %s, want %s", start, err, out, want)
		}
	}
}
