package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"juzheng/evidence/bag"
)

// mountTmpfs mounts a small disk at dir; it takes root.
func mountTmpfs(t *testing.T, dir, size string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" && os.Getuid() == 0 && !errors.Is(err, syscall.EPERM) {
			t.Fatal(err)
		}
		t.Skipf("no small disk can be mounted: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// A real disk that is full: the run fails, says so, and loses nothing; with
// room again the next run goes on.
func TestSmallDisk(t *testing.T) {
	for kib := 40; kib <= 520; kib += 60 {
		t.Run(fmt.Sprint(kib, " KiB"), func(t *testing.T) {
			from := caseWithSources(t, 6, 20_000)
			dir := t.TempDir()
			mountTmpfs(t, dir, "2m")
			if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
			var disk syscall.Statfs_t
			if err := syscall.Statfs(dir, &disk); err != nil {
				t.Fatal(err)
			}
			used := (int(disk.Blocks) - int(disk.Bfree)) * int(disk.Bsize)
			resize := func(size string) {
				if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
					t.Fatal(err)
				}
			}
			resize(fmt.Sprint(used + kib<<10))
			out, err := child(dir, "").CombinedOutput()
			if err != nil && !strings.Contains(string(out), "no space left") {
				t.Errorf("failed otherwise: %v\n%s", err, out)
			}
			if err != nil {
				standing(t, dir)
			}
			resize("8m")
			if out, err := child(dir, "").CombinedOutput(); err != nil {
				t.Fatalf("with room again: %v\n%s", err, out)
			}
			wholeCase(t, dir, 6)
		})
	}
}

// standing checks what must hold at any moment: the register and the log can
// be read, and what is called a bundle is one.
func standing(t *testing.T, dir string) {
	t.Helper()
	f, err := Open(filepath.Join(dir, "case"), "test")
	if err != nil {
		t.Fatal(err)
	}
	log, _ := f.Custody()
	if _, problems := bag.CheckCustody(log); len(problems) > 0 {
		t.Errorf("custody: %v", problems)
	}
	if _, err := f.Register(); err != nil {
		t.Errorf("register: %v", err)
	}
	for _, made := range []string{BundleDir, BundleZip} {
		if _, err := os.Stat(f.Path(made)); err != nil {
			continue
		}
		if v, err := bag.Verify(context.Background(), f.Path(made), bag.Options{}); err != nil || v.ExitCode() != 0 {
			t.Errorf("%s is not whole: %v %+v", made, err, v.Problems)
		}
	}
}

// A case on a disk that turned read-only is refused and unharmed, and can
// still be verified.
func TestReadOnlyDisk(t *testing.T) {
	from := caseWithSources(t, 4, 5_000)
	dir := t.TempDir()
	mountTmpfs(t, dir, "8m")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if out, err := child(dir, "").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "src", "z.wav"), []byte("later"), 0o600); err != nil {
		t.Fatal(err)
	}
	flags := func(f uintptr) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|f, ""); err != nil {
			t.Fatal(err)
		}
	}
	flags(syscall.MS_RDONLY)
	out, err := child(dir, "").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "read-only") {
		t.Errorf("on a read-only disk: %v\n%s", err, out)
	}
	standing(t, dir)
	flags(0)
	if out, err := child(dir, "").CombinedOutput(); err != nil {
		t.Fatalf("writable again: %v\n%s", err, out)
	}
	f, err := Open(filepath.Join(dir, "case"), "test")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := f.Register(); err != nil || len(r.Exhibits) != 5 {
		t.Errorf("%d exhibits, %v", len(r.Exhibits), err)
	}
}

// Somebody else's folder: as another user nothing can be written, and nothing
// is harmed.
func TestFolderOfAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("runs a child as another user, which takes root")
	}
	dir := caseWithSources(t, 4, 5_000)
	if out, err := child(dir, "").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for p := dir; p != os.TempDir() && len(p) > 1; p = filepath.Dir(p) { // those of this test, and none above
		os.Chmod(p, 0o755)
	}
	os.Chmod(filepath.Join(dir, "case"), 0o755)
	// The test's own program lies where only its owner may look.
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "child"), self, 0o755); err != nil {
		t.Fatal(err)
	}
	c := child(dir, "")
	c.Path, c.Dir = filepath.Join(dir, "child"), dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err == nil {
		t.Fatal("another user wrote into the folder")
	}
	if !errors.As(err, &exit) {
		t.Skipf("no child as another user: %v", err)
	}
	if !strings.Contains(string(out), "permission denied") {
		t.Errorf("refused otherwise:\n%s", out)
	}
	standing(t, dir)
	if out, err := child(dir, "").CombinedOutput(); err != nil {
		t.Fatalf("as the owner again: %v\n%s", err, out)
	}
}

// A clock that went back is written down as it is, told as a warning, and
// stops nothing.
func TestClockGoesBack(t *testing.T) {
	f := newFolder(t)
	admit(t, f, source(t, "a.wav", "sound"))
	if _, _, err := f.Seal(context.Background(), testNow); err != nil {
		t.Fatal(err)
	}
	admit(t, f, source(t, "b.wav", "more"))
	root, _, err := f.Seal(context.Background(), testNow.Add(-48*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	v, err := bag.Verify(context.Background(), f.Path(BundleDir), bag.Options{Expect: root.SHA256})
	if err != nil || v.ExitCode() != 0 || v.Verdict != bag.Anchored {
		t.Fatalf("%v %+v", err, v)
	}
	told := false
	for _, p := range v.Problems {
		told = told || p.Code == "W-CUSTODY-TIME"
	}
	if !told {
		t.Errorf("nobody tells that the clock went back: %+v", v.Problems)
	}
}
