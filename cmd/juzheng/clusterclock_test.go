//go:build cluster && linux && amd64

package main

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startAt starts a program whose clock is off by so much, as of a machine whose battery is
// dead: before its first step the kernel's code that tells it the time (the vDSO, which a
// program in Go asks with no library between) is changed in its memory, and in no other's.
func startAt(off time.Duration) func(*exec.Cmd) error {
	return func(p *exec.Cmd) error {
		runtime.LockOSThread() // whoever started a traced process alone can let it go
		defer runtime.UnlockOSThread()
		p.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
		if err := p.Start(); err != nil {
			return err
		}
		var stopped syscall.WaitStatus
		if _, err := syscall.Wait4(p.Process.Pid, &stopped, 0, nil); err != nil {
			return err
		}
		if err := setClockOff(p.Process.Pid, off); err != nil {
			return err
		}
		return syscall.PtraceDetach(p.Process.Pid)
	}
}

// setClockOff changes clock_gettime of a process that is stopped: it asks the kernel, and
// adds the seconds to the time of day.
func setClockOff(pid int, off time.Duration) error {
	const vdsoAt = 33 // AT_SYSINFO_EHDR
	aux, err := os.ReadFile(fmt.Sprintf("/proc/%d/auxv", pid))
	if err != nil {
		return err
	}
	var at int64
	for ; len(aux) >= 16; aux = aux[16:] {
		if binary.LittleEndian.Uint64(aux) == vdsoAt {
			at = int64(binary.LittleEndian.Uint64(aux[8:]))
		}
	}
	memory, err := os.OpenFile(fmt.Sprintf("/proc/%d/mem", pid), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer memory.Close()
	image, err := elf.NewFile(io.NewSectionReader(memory, at, 1<<16))
	if err != nil {
		return err
	}
	symbols, err := image.DynamicSymbols()
	if err != nil {
		return err
	}
	code := []byte("\xb8\xe4\x00\x00\x00" + // mov eax, 228 (clock_gettime)
		"\x0f\x05" + // syscall
		"\x85\xff" + // test edi, edi (0 is the time of day)
		"\x75\x0d" + // jne to the end
		"\x48\xb9") // mov rcx, the seconds
	code = binary.LittleEndian.AppendUint64(code, uint64(int64(off.Seconds())))
	code = append(code, "\x48\x01\x0e\xc3"...) // add [rsi], rcx; ret
	for _, s := range symbols {
		if s.Name == "__vdso_clock_gettime" {
			_, err := memory.WriteAt(code, at+int64(s.Value))
			return err
		}
	}
	return fmt.Errorf("no clock in the vDSO of process %d", pid)
}

// Workers whose clocks are decades off, one ahead and one behind, which takes what the other was
// killed at: what they make is byte for byte what this machine makes of the same cases.
func TestClusterClocksOff(t *testing.T) {
	const cases, decade = 3, 10 * 365 * 24 * time.Hour
	c := newCluster(t, 1, cases)
	doctor := c.program("doctor", "--json")
	var said bytes.Buffer
	doctor.Stdout = &said
	if err := startAt(5 * decade)(doctor); err != nil {
		t.Skipf("the clock of a process cannot be changed here: %v", err)
	}
	if doctor.Wait(); !strings.Contains(said.String(), `"why":"far-ahead"`) {
		t.Fatalf("a program has the right time:\n%s", &said)
	}
	c.ends(c.batch("--do", "add"), 0)
	if err := os.CopyFS(c.at("here", "cases"), os.DirFS(c.at("cases"))); err != nil {
		t.Fatal(err)
	}
	ahead := c.workerBy(startAt(6*decade), c.url())
	b := c.batch("--do", "check,build,verify", "--to", "platform")
	c.until("a case is done", func() bool { return c.states("ended")+c.states("fetched") > 0 })
	ahead.Process.Kill()
	ahead.Wait()
	c.workerBy(startAt(-3*decade), c.url())
	c.ends(b, 0, `"failed":0`)
	onceEach(t, c.dir, cases, true)
	c.must("batch", c.at("here", "cases"), "--do", "check,build,verify", "--to", "platform", "--date", "2026-10-08")
	err := filepath.WalkDir(c.at("here", "cases"), func(here string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(c.at("here"), here)
		if err != nil || strings.Contains(name, "/cache/") {
			return err
		}
		want, err := os.ReadFile(here)
		if err != nil {
			return err
		}
		if got, err := os.ReadFile(c.at(name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v, or another than here", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
