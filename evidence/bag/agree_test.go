package bag

import (
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sha256sum, openssl and Chromium say of good and of bad bundles what verify
// says: each file that differs, and no other.
func TestToolsAgree(t *testing.T) {
	t.Parallel()
	sha256sum, openssl := needTool(t, "sha256sum"), needTool(t, "openssl")
	br := newBrowser(t)
	rows := append([]attackRow{{name: "intact", edit: func(*testing.T, string) {}}}, contentAttacks...)
	for n, a := range rows {
		t.Run(a.name, func(t *testing.T) {
			br.t = t
			dir, _ := newBundle(t)
			a.edit(t, dir)
			res := verify(t, dir, Options{})
			differ := map[string]bool{}
			for _, f := range res.Files {
				switch f.Status {
				case OK, Added, AddedDuplicate:
				default:
					differ[f.Path] = true
				}
			}
			want := slices.Sorted(maps.Keys(differ))

			cmd := exec.Command(sha256sum, "--strict", "-c", RootName, manifestName)
			cmd.Dir = dir
			cmd.Env = append(cmd.Environ(), "LC_ALL=C")
			out, err := cmd.Output()
			var failed []string
			for line := range strings.Lines(string(out)) {
				if name, verdict, _ := strings.Cut(strings.TrimSpace(line), ": "); verdict != "OK" {
					failed = append(failed, name)
				}
			}
			slices.Sort(failed)
			if !slices.Equal(failed, want) || (err != nil) != (len(want) > 0) {
				t.Errorf("sha256sum -c: %v, %v; verify: %v", failed, err, want)
			}

			failed = nil
			for _, f := range res.Files {
				if f.Want.SM3 == "" {
					continue
				}
				out, err := exec.Command(openssl, "dgst", "-sm3", "-r", filepath.Join(dir, f.Path)).Output()
				digest, _, _ := strings.Cut(string(out), " ")
				if err != nil || digest != f.Want.SM3 {
					failed = append(failed, f.Path)
				}
				if err == nil && digest != f.Got.SM3 {
					t.Errorf("%s: openssl says %s, verify computed %s", f.Path, digest, f.Got.SM3)
				}
			}
			slices.Sort(failed)
			if !slices.Equal(failed, want) {
				t.Errorf("openssl dgst -sm3: %v; verify: %v", failed, want)
			}

			if !each(n, 3) {
				return
			}
			br.open()
			br.choose("folder", dir)
			page := br.result()
			verdict := map[Verdict]string{WithinItself: "within-itself", IsAltered: "altered"}[res.Verdict]
			if page.Verdict != verdict || page.Root != res.Root.SHA256 && page.Root != FormatRoot(res.Root.SHA256) {
				t.Errorf("Chromium: %v; verify: %s", page, res.Verdict)
			}
			for _, path := range want {
				if s := page.Status[path]; strings.HasPrefix(path, "data/") && (s == "" || s == "ok") {
					t.Errorf("Chromium calls %s %q", path, s)
				}
			}
		})
	}
	br.t = t
}
