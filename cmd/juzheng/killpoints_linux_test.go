package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"juzheng/evidence/bag"
)

// A traced run is stopped at each call to the system by which it changes a file
// below dir, before the call is made. At the one of number at it is killed; 0:
// it runs to its end. Points is how many there were.
type traced struct {
	dir    string
	at     int
	points int
	last   string // the call before which it was killed

	inside map[int]bool // threads that are in a call
	wrote  string       // the file that the call before wrote to
}

// run runs the program under ptrace and returns how it ended. Only its own
// threads are waited for, so that programs of other tests are left alone.
func (x *traced) run(program string, args, env []string) (syscall.WaitStatus, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	pid, err := syscall.ForkExec(program, append([]string{program}, args...), &syscall.ProcAttr{Dir: x.dir, Env: env,
		Files: []uintptr{null.Fd(), null.Fd(), null.Fd()}, Sys: &syscall.SysProcAttr{Ptrace: true}})
	if err != nil {
		return 0, err
	}
	const ours = unix.WALL | unix.WNOTHREAD
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, ours, nil); err != nil {
		return 0, err
	}
	if err := syscall.PtraceSetOptions(pid, unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_TRACEFORK|unix.PTRACE_O_TRACEVFORK|
		unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_EXITKILL); err != nil {
		syscall.Kill(pid, syscall.SIGKILL)
		return 0, err
	}
	x.inside = map[int]bool{}
	syscall.PtraceSyscall(pid, 0)
	for {
		thread, err := syscall.Wait4(-1, &status, ours, nil)
		if err != nil {
			return 0, err
		}
		if status.Exited() || status.Signaled() {
			if thread == pid {
				return status, nil
			}
			continue
		}
		signal := 0
		switch stopped := status.StopSignal(); {
		case stopped == syscall.SIGTRAP|0x80: // at a call, or behind it
			if x.inside[thread] = !x.inside[thread]; x.inside[thread] && x.writes(thread) {
				if x.points++; x.points == x.at {
					syscall.Kill(pid, syscall.SIGKILL)
				}
			}
		case stopped != syscall.SIGTRAP && stopped != syscall.SIGSTOP: // a new thread begins with a stop
			signal = int(stopped)
		}
		syscall.PtraceSyscall(thread, signal) // one that was killed is gone
	}
}

// callInfo is struct ptrace_syscall_info at the entry of a call.
type callInfo struct {
	op      uint8
	_       [3]uint8
	arch    uint32
	_, _    uint64
	number  uint64
	args    [6]uint64
	_, _, _ uint64
}

// writes reports whether a thread is about to change a file below dir. Of
// writes to one file after another the first counts: each later one leaves a
// longer part of what nobody has been told is there.
func (x *traced) writes(thread int) bool {
	var call callInfo
	n, _, _ := syscall.RawSyscall6(syscall.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(thread),
		unsafe.Sizeof(call), uintptr(unsafe.Pointer(&call)), 0, 0)
	if int(n) < 0 || call.op != unix.PTRACE_SYSCALL_INFO_ENTRY {
		return false
	}
	name := writing[int(call.number)]
	fd := -1
	switch name {
	case "":
		return false
	case "openat":
		if call.args[2]&unix.O_CREAT == 0 {
			return false
		}
	case "write", "pwrite64", "writev", "sendfile", "ftruncate", "fallocate":
		fd = int(call.args[0])
	case "copy_file_range", "splice":
		fd = int(call.args[2])
	}
	if fd >= 0 {
		file, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", thread, fd))
		if err != nil || !strings.HasPrefix(file, x.dir) || file == x.wrote {
			return false
		}
		x.wrote, name = file, name+" "+strings.TrimPrefix(file, x.dir)
	} else {
		x.wrote = ""
	}
	if x.points+1 == x.at {
		x.last = name
	}
	return true
}

// writing are the calls that change files.
var writing = map[int]string{
	unix.SYS_OPENAT: "openat", unix.SYS_WRITE: "write", unix.SYS_PWRITE64: "pwrite64", unix.SYS_WRITEV: "writev",
	unix.SYS_SENDFILE: "sendfile", unix.SYS_COPY_FILE_RANGE: "copy_file_range", unix.SYS_SPLICE: "splice",
	unix.SYS_FTRUNCATE: "ftruncate", unix.SYS_FALLOCATE: "fallocate", unix.SYS_RENAMEAT: "renameat",
	unix.SYS_RENAMEAT2: "renameat2", unix.SYS_LINKAT: "linkat", unix.SYS_SYMLINKAT: "symlinkat",
	unix.SYS_UNLINKAT: "unlinkat", unix.SYS_MKDIRAT: "mkdirat", unix.SYS_FCHMOD: "fchmod",
	unix.SYS_FCHMODAT: "fchmodat", unix.SYS_UTIMENSAT: "utimensat",
}

// Killed before any of the calls by which it writes, each of these commands
// leaves a case from which nothing is lost, whose log tells of nothing that is
// not so, and where the next run clears up. JUZHENG_KILL_POINTS says how many
// of its calls each command is killed at, if not one of some commands; "all" kills
// each of them at each.
func TestKilledAtEachWrite(t *testing.T) {
	base := t.TempDir()
	if err := copyDemo(filepath.Join(base, "out")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(base, "note.txt"), []byte("催收 2026-10-01 09:14 a note\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seed := time.Now().UnixNano()
	rng := rand.New(rand.NewSource(seed))
	kills := 0
	commands := []struct {
		name     string
		args     []string
		fresh    []string // run before, so that there is something to do
		again    []string // the next run; nil: the same
		produces string   // what stands outside the case when it was done
		copies   string   // where its copy stands; empty: copy.zip
		old      bool     // of a case that an earlier release made
	}{
		{name: "add", args: []string{"add", "out/案件", "note.txt"}},
		{name: "build", args: []string{"build", "out/案件", "--to", "platform"},
			fresh: []string{"add", "out/案件", "note.txt"}},
		{name: "export", args: []string{"export", "out/案件", "--to", "copy.zip", "--only", "E001,E002"},
			produces: "copy.zip"},
		{name: "handover", args: []string{"handover", "out/案件", "--whole", "--receiver", "某某", "--slip", "slip.pdf"},
			produces: "slip.pdf"},
		{name: "handover of a copy", args: []string{"handover", "out/案件", "--receiver", "某某", "--slip", "slip.pdf"},
			produces: "slip.pdf", copies: "out/案件/handover/证据包-2026-10-08-某某.zip"},
		{name: "handover of format 1", args: []string{"handover", "out/案件", "--receiver", "某某", "--slip", "slip.pdf",
			"--date", "2026-12-20"}, produces: "slip.pdf", old: true},
		{name: "print", args: []string{"print", "out/案件", "--to", "platform", "--pdf", "print.pdf"},
			produces: "print.pdf"},
	}
	// Three commands on each push, which ones the seed says: to be traced makes a run ten times as long.
	rest := rng.Perm(len(commands))[3:]
	if os.Getenv("JUZHENG_KILL_POINTS") != "" {
		rest = nil
	}
	for n, command := range commands {
		t.Run(command.name, func(t *testing.T) {
			if slices.Contains(rest, n) {
				t.Skipf("not of seed %d; JUZHENG_KILL_POINTS=1 is each of them once, all at each call", seed)
			}
			start := filepath.Join(t.TempDir(), "start")
			mustCopy(t, base, start)
			least := 11 // exhibits of the demo
			if command.old {
				least = 2
				kase := filepath.Join(start, "out", "案件")
				if err := errors.Join(os.RemoveAll(kase),
					os.CopyFS(kase, os.DirFS("../../evidence/folder/testdata/format1"))); err != nil {
					t.Fatal(err)
				}
			}
			if command.fresh != nil {
				finish(t, start, command.fresh)
			}
			whole := tracedRun(t, start, command.args, 0)
			if whole.points < 3 {
				t.Fatalf("only %d calls were seen", whole.points)
			}
			for _, at := range pointsOf(whole.points, rng) {
				dir := filepath.Join(t.TempDir(), "run")
				mustCopy(t, start, dir)
				x := tracedRun(t, dir, command.args, at)
				kills++
				where := fmt.Sprintf("seed %d: killed at call %d of %d (%s)", seed, at, whole.points, x.last)
				nothingFalse(t, where, dir, command.copies, least)
				_, err := os.Lstat(filepath.Join(dir, command.produces))
				// it asks not to replace what is there
				if command.produces == "" || err != nil || command.name == "print" {
					finish(t, dir, command.args)
				} else {
					next := []string{"add", "out/案件", "note.txt"}
					if command.old { // it was sealed on a later day
						next = append(next, "--date", "2026-12-20")
					}
					finish(t, dir, next)
				}
				nothingLeft(t, where, dir)
				nothingFalse(t, where, dir, command.copies, least)
				if t.Failed() {
					t.FailNow()
				}
				os.RemoveAll(dir)
			}
			t.Logf("%d calls", whole.points)
		})
	}
	t.Logf("%d runs were killed", kills)
}

// pointsOf are the calls a run is killed at.
func pointsOf(n int, rng *rand.Rand) []int {
	wanted := 1
	switch of := os.Getenv("JUZHENG_KILL_POINTS"); {
	case of == "all":
		wanted = n
	case of != "":
		wanted, _ = strconv.Atoi(of)
	}
	points := rng.Perm(n)[:min(max(wanted, 1), n)]
	for i := range points {
		points[i]++
	}
	slices.Sort(points)
	return points
}

func mustCopy(t *testing.T, from, to string) {
	t.Helper()
	if err := copyTree(from, to); err != nil {
		t.Fatal(err)
	}
}

// killArgs are the arguments with those that make runs alike.
func killArgs(args []string) []string {
	args = append(slices.Clone(args), "--no-input")
	if !slices.Contains(args, "--date") {
		args = append(args, "--date", "2026-10-08")
	}
	return args
}

// tracedRun runs the program in dir and kills it at a call.
func tracedRun(t *testing.T, dir string, args []string, at int) traced {
	t.Helper()
	program, err := exec.LookPath("juzheng")
	if err != nil {
		t.Fatal(err)
	}
	x := traced{dir: dir, at: at}
	work := dir
	if at == 0 { // counts alone: what it does is done to a copy
		work = filepath.Join(t.TempDir(), "count")
		mustCopy(t, dir, work)
		x.dir = work
	}
	status, err := x.run(program, killArgs(args), os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	if at == 0 && (!status.Exited() || status.ExitStatus() != 0) || at > 0 && x.points >= at && !status.Signaled() {
		t.Fatalf("%v ended with %v", args, status)
	}
	return x
}

// finish runs the program to its end.
func finish(t *testing.T, dir string, args []string) {
	t.Helper()
	c := exec.Command("juzheng", killArgs(args)...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %v\n%s", args, err, out)
	}
}

// nothingLeft checks that nothing half made stands anywhere.
func nothingLeft(t *testing.T, where, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (strings.Contains(d.Name(), ".partial") || d.Name() == ".outside") {
			t.Errorf("%s: left behind: %s", where, path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// nothingFalse checks what must hold at any time: the bundle is whole, all
// exhibits are there, and the log tells of no copy and no slip that is not.
func nothingFalse(t *testing.T, where, dir, copies string, least int) {
	t.Helper()
	kase := filepath.Join(dir, "out", "案件")
	wholeOutputs(t, kase)
	log, err := os.ReadFile(filepath.Join(kase, "custody.jsonl"))
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	log = log[:strings.LastIndex(string(log), "\n")+1] // a line that was cut short is mended by the next run
	records, problems := bag.CheckCustody(log)
	if len(problems) > 0 {
		t.Errorf("%s: the log does not hold: %+v", where, problems)
	}
	for _, r := range records {
		file := map[string]string{bag.EventExport: cmp.Or(copies, "copy.zip"), bag.EventHandover: "slip.pdf",
			bag.EventPrint: "print.pdf"}[r.Event]
		if file == "" {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, file)); err != nil {
			t.Errorf("%s: the log tells of %s: %v", where, file, err)
		}
	}
	register, err := os.ReadFile(filepath.Join(kase, "exhibits.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	exhibits := 0
	for line := range strings.Lines(string(register)) {
		var x struct {
			Type, File, SHA256 string
		}
		if json.Unmarshal([]byte(line), &x) != nil || x.Type != "exhibit" {
			continue
		}
		exhibits++
		data, err := os.ReadFile(filepath.Join(kase, "exhibits", x.File))
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); err != nil || got != x.SHA256 {
			t.Errorf("%s: exhibit %s: %v", where, x.File, err)
		}
	}
	if exhibits < least {
		t.Errorf("%s: %d exhibits", where, exhibits)
	}
}
