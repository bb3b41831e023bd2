//go:build cluster && linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"juzheng/evidence/folder"
	"juzheng/templates/workbook"
)

// A cluster is some servers in this process, and the programs that use them.
type cluster struct {
	t       *testing.T
	options []*server.Options
	servers []*server.Server
	dir     string // of key, cases and work
	roster  string
	js      jetstream.JetStream // of the test's own connection
	running []*runningBatch

	mu    sync.Mutex
	known map[string]jobState
}

// newCluster starts so many servers, and makes a roster of so many cases.
func newCluster(t *testing.T, nodes, cases int) *cluster {
	t.Helper()
	c := &cluster{t: t, dir: t.TempDir(), known: map[string]jobState{}}
	c.roster = phonesFor(t, c.dir, cases)
	var routes []string
	for range nodes {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", freePort(t)))
	}
	for n := range nodes {
		o := &server.Options{ServerName: fmt.Sprintf("n%d", n), Host: "127.0.0.1", Port: freePort(t), JetStream: true,
			StoreDir: t.TempDir(), NoSigs: true, NoLog: true}
		if nodes > 1 {
			o.Cluster = server.ClusterOpts{Name: "juzheng", Host: "127.0.0.1", Port: portOf(routes[n])}
			o.Routes = server.RoutesFromStr(strings.Join(routes, ","))
		}
		c.options, c.servers = append(c.options, o), append(c.servers, nil)
		c.start(n)
	}
	t.Cleanup(func() {
		for _, s := range c.servers {
			s.Shutdown()
		}
		for _, s := range c.servers {
			s.WaitForShutdown()
		}
	})
	c.must("worker", "--make-key", c.at("key"))
	c.must("status", "--nats", c.url(), "--key", c.at("key")) // when it answers, there is all that is needed
	c.watch()
	return c
}

func portOf(url string) (n int) {
	fmt.Sscanf(url[strings.LastIndex(url, ":")+1:], "%d", &n)
	return n
}

// start starts a server, for the first time or again.
func (c *cluster) start(n int) {
	s, err := server.NewServer(c.options[n])
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	c.servers[n] = s
	if !s.ReadyForConnections(20 * time.Second) {
		c.t.Fatal("a server does not start")
	}
}

func (c *cluster) url() string {
	var all []string
	for _, o := range c.options {
		all = append(all, fmt.Sprintf("nats://127.0.0.1:%d", o.Port))
	}
	return strings.Join(all, ",")
}

func (c *cluster) at(names ...string) string {
	return filepath.Join(append([]string{c.dir}, names...)...)
}

func (c *cluster) program(args ...string) *exec.Cmd {
	p := exec.Command("juzheng", append(args, "--no-input")...)
	p.Env = append(os.Environ(), "JUZHENG_FONTS="+c.dir, "JUZHENG_LANG=zh")
	return p
}

func (c *cluster) must(args ...string) {
	c.t.Helper()
	if out, err := c.program(args...).CombinedOutput(); err != nil {
		c.t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// worker starts a worker at an address.
func (c *cluster) worker(url string, args ...string) *exec.Cmd {
	return c.workerBy((*exec.Cmd).Start, url, args...)
}

// workerBy starts a worker at an address by a way of its own.
func (c *cluster) workerBy(start func(*exec.Cmd) error, url string, args ...string) *exec.Cmd {
	p := c.program(append([]string{"worker", "--nats", url, "--key", c.at("key"), "--dir", c.at("work"), "--jobs",
		"1"}, args...)...)
	var said bytes.Buffer
	p.Stdout, p.Stderr = &said, &said
	c.t.Cleanup(func() {
		if c.t.Failed() {
			c.t.Logf("a worker said:\n%s", &said)
		}
	})
	if err := start(p); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		p.Process.Kill()
		p.Wait()
		for _, private := range []string{"样例", "05710000", "1990000", "cases/"} {
			if strings.Contains(said.String(), private) {
				c.t.Errorf("a worker told of %s:\n%s", private, &said)
			}
		}
	})
	return p
}

// A batch is one that runs.
type runningBatch struct {
	*exec.Cmd
	said hearing
}

func (c *cluster) batch(args ...string) *runningBatch {
	b := &runningBatch{Cmd: c.program(append([]string{"batch", c.roster, "--nats", c.url(), "--key", c.at("key"),
		"--date", "2026-10-08",
		"--lost-after", "2s", "--json"}, args...)...)}
	b.Stdout, b.Stderr = &b.said, &b.said
	if err := b.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.running = append(c.running, b)
	return b
}

// ends waits for a batch, which is to end with a code and to have said some words.
func (c *cluster) ends(b *runningBatch, code int, words ...string) {
	c.t.Helper()
	over := make(chan error, 1)
	go func() { over <- b.Wait() }()
	select {
	case <-over:
	case <-time.After(150 * time.Second):
		b.Process.Signal(syscall.SIGQUIT) // which says where it stands
		<-over
		c.t.Fatalf("the batch does not end; jobs are %v\n%s", c.jobs(), &b.said)
	}
	if got := b.ProcessState.ExitCode(); got != code {
		c.t.Fatalf("exit code %d\n%s", got, &b.said)
	}
	for _, w := range words {
		if !strings.Contains(b.said.String(), w) {
			c.t.Errorf("nothing of %s in\n%s", w, &b.said)
		}
	}
}

// states is how many jobs are in a phase.
func (c *cluster) states(phase string) (n int) {
	for _, s := range c.jobs() {
		if s.Phase == phase {
			n++
		}
	}
	return n
}

// A jobState is what the servers have of a job.
type jobState struct {
	Job, Case, Phase string
	Try              int
}

func (c *cluster) jobs() (out []jobState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.known {
		out = append(out, s)
	}
	return out
}

// watch hears where the jobs are, by one subscription: to ask again and again would be
// more work for the servers than the jobs.
func (c *cluster) watch() {
	ctx, js := c.connect()
	go func() {
		for ctx.Err() == nil {
			states, err := js.KeyValue(ctx, "JUZHENG_states")
			if err != nil {
				time.Sleep(100 * time.Millisecond) // not made yet
				continue
			}
			w, err := states.WatchAll(ctx)
			if err != nil {
				continue
			}
			for e := range w.Updates() {
				var s jobState
				if e != nil && json.Unmarshal(e.Value(), &s) == nil {
					c.mu.Lock()
					c.known[s.Job] = s
					c.mu.Unlock()
				}
			}
		}
	}()
}

// until waits until something is so.
func (c *cluster) until(what string, so func() bool) {
	c.t.Helper()
	for end := time.Now().Add(40 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			for _, b := range c.running {
				b.Process.Kill()
				b.Wait()
				c.t.Logf("a batch said:\n%s", &b.said)
			}
			c.t.Fatalf("never: %s; jobs are %v", what, c.jobs())
		}
	}
}

const allJobs = "add,check,build,verify"

// Workers that are killed and a server that stops, of three, in the middle of the work.
func TestClusterKilledWorkersAndServer(t *testing.T) {
	const cases = 6
	c := newCluster(t, 3, cases)
	first, second := c.worker(c.url()), c.worker(c.url())
	b := c.batch("--do", allJobs, "--to", "platform")
	c.until("a job is worked on", func() bool { return c.states("working") > 0 })
	first.Process.Kill()
	c.servers[1].Shutdown()
	c.worker(c.url())
	c.until("a job is over", func() bool { return c.states("ended")+c.states("fetched") > 0 })
	second.Process.Kill()
	c.worker(c.url())
	c.ends(b, 0, `"failed":0`)
	onceEach(t, c.dir, cases, true)
	c.start(1)
	c.ends(c.batch("--do", allJobs, "--to", "platform"), 0, fmt.Sprintf(`"unchanged":%d`, cases))
	if left, _ := filepath.Glob(c.at("work", "w-*", "c-*")); len(left) > 0 {
		c.until("what killed workers left is gone", func() bool {
			left, _ := filepath.Glob(c.at("work", "w-*"))
			return len(left) <= 2
		})
	}
}

// A worker whose network is cut, one whose clock is years off, two batches of the same
// cases at once, and one of them killed and gone on with.
func TestClusterCutAndTwoBatches(t *testing.T) {
	const cases = 5
	c := newCluster(t, 3, cases)
	wire := newWire(t, c.options[0].Port)
	c.worker(wire.url())
	one := c.batch("--do", allJobs, "--to", "platform")
	c.until("a job is worked on", func() bool { return c.states("working") > 0 })
	wire.cut(true)
	two := c.batch("--do", allJobs, "--to", "platform", "--exceptions", c.at("two"))
	c.worker(c.url(), "--date", "2031-01-01")
	time.Sleep(500 * time.Millisecond)
	one.Process.Kill()
	one.Wait()
	wire.cut(false)
	c.ends(two, 0, `"failed":0`)
	again := "--do"
	if _, err := os.Stat(c.at(".名册.csv.batch.json")); err == nil {
		c.ends(c.batch("--resume"), 0, `"failed":0`)
		again = ""
	}
	onceEach(t, c.dir, cases, true)
	log, err := os.ReadFile(c.at("cases", "c001", "custody.jsonl"))
	if err != nil || bytes.Contains(log, []byte("2031")) {
		t.Errorf("the clock of a worker stands in a log: %v\n%s (%s)", err, log, again)
	}
}

// Somebody works on one case, another changes after it was sent, and of a third the
// server loses what was sent: each is told or done as it is now, the others are done.
func TestClusterLockedChangedLost(t *testing.T) {
	const cases = 4
	c := newCluster(t, 1, cases)
	c.ends(c.batch("--do", "add"), 0)
	f, err := folder.Open(c.at("cases", "c000"), "x")
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := f.Lock(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	b := c.batch("--do", "check,build", "--to", "platform")
	c.until("three cases wait", func() bool { return c.states("queued") == cases-1 })
	toml := c.at("cases", "c001", folder.CaseFile)
	data, err := os.ReadFile(toml)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(toml, bytes.Replace(data, []byte("样例路1号"), []byte("改过路9号"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	c.loseObject(idOf(t, c.at("cases", "c002")))
	c.worker(c.url())
	c.ends(b, 3, `"cases":4,"failed":2`, "案件正被另一个程序使用", "试了三次，没有做成：服务器上的案件不见了")
	c.workbook(map[string]string{"cases/c000": "案件正被另一个程序使用", "cases/c002": "试了三次，没有做成"})
	c.until("one is given up", func() bool { return c.states("dead") == 1 })
	for n, want := range []int{0, 1, 0, 1} {
		kase := c.at("cases", fmt.Sprintf("c%03d", n))
		log, _ := os.ReadFile(filepath.Join(kase, "custody.jsonl"))
		if got := bytes.Count(log, []byte(`"event":"seal"`)); got != want {
			t.Errorf("case %d: %d seals, want %d", n, got, want)
		}
	}
	if now, _ := os.ReadFile(toml); !bytes.Contains(now, []byte("改过路9号")) {
		t.Error("what a person changed is gone")
	}
	text, _ := filepath.Glob(c.at("cases", "c001", "packet", "*", "*.txt"))
	if len(text) == 0 {
		t.Fatal("no text of a letter")
	}
	if words, _ := os.ReadFile(text[0]); bytes.Contains(words, []byte("样例路1号")) {
		t.Error("the papers are of the case as it was before it was changed")
	}
	unlock()
	c.ends(c.batch("--do", "check,build", "--to", "platform"), 0, `"failed":0,"unchanged":2`)
	onceEach(t, c.dir, cases, true)
	c.deadLetters(1)
}

func idOf(t *testing.T, dir string) string {
	f, err := folder.Open(dir, "x")
	if err != nil {
		t.Fatal(err)
	}
	k, err := f.ReadCase()
	if err != nil {
		t.Fatal(err)
	}
	return k.ID
}

// workbook reports exceptions in the workbook beside the roster, which it takes away, other than
// one each of these cases, by words of the reason, with something to do.
func (c *cluster) workbook(want map[string]string) {
	c.t.Helper()
	all, _ := filepath.Glob(c.at("例外-*.xlsx"))
	if len(all) != 1 {
		c.t.Fatalf("workbooks of exceptions: %q", all)
	}
	data, err := os.ReadFile(all[0])
	os.Remove(all[0])
	if err != nil {
		c.t.Fatal(err)
	}
	book, err := workbook.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		c.t.Fatal(err)
	}
	got := map[string]bool{}
	for _, row := range book.Sheets[0].Rows[1:] {
		kase, reason, remedy := row.Cells[0].Text, row.Cells[3].Text, row.Cells[4].Text
		if want[kase] == "" || !strings.Contains(reason, want[kase]) || remedy == "" || got[kase] {
			c.t.Errorf("the workbook has %q, %q, %q", kase, reason, remedy)
		}
		got[kase] = true
	}
	if len(got) != len(want) {
		c.t.Errorf("the workbook has %v, want %v", got, want)
	}
}

// loseObject takes a case that was sent away from the server.
func (c *cluster) loseObject(id string) {
	ctx, js := c.connect()
	for _, s := range c.jobs() {
		if s.Case == id {
			o, err := js.ObjectStore(ctx, "JUZHENG_cases")
			if err == nil {
				err = o.Delete(ctx, "case."+s.Job)
			}
			if err != nil {
				c.t.Fatal(err)
			}
			return
		}
	}
	c.t.Fatalf("no job of %s", id)
}

func (c *cluster) connect() (context.Context, jetstream.JetStream) {
	if c.js == nil {
		nc, err := nats.Connect(c.url(), nats.MaxReconnects(-1))
		if err != nil {
			c.t.Fatal(err)
		}
		c.t.Cleanup(nc.Close)
		if c.js, err = jetstream.New(nc); err != nil {
			c.t.Fatal(err)
		}
	}
	return c.t.Context(), c.js
}

// deadLetters reports another number of dead letters.
func (c *cluster) deadLetters(want uint64) {
	c.t.Helper()
	ctx, js := c.connect()
	s, err := js.Stream(ctx, "JUZHENG_dead")
	if err != nil {
		c.t.Fatal(err)
	}
	if got := s.CachedInfo().State.Msgs; got != want {
		c.t.Errorf("%d dead letters, want %d", got, want)
	}
}

// A worker whose disk is full, and a job that kills each worker that takes it, are given
// up after three tries with their reason; once that is mended the case is done.
func TestClusterFullDiskAndPoison(t *testing.T) {
	const cases = 1
	c := newCluster(t, 1, cases)
	small := c.at("small")
	if err := os.Mkdir(small, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("only root mounts a small disk: %v", err)
	}
	defer syscall.Unmount(small, syscall.MNT_DETACH)
	full := c.worker(c.url(), "--dir", small)
	c.ends(c.batch("--do", allJobs, "--to", "platform"), 3, "试了三次，没有做成：那台机器的磁盘满了")
	c.workbook(map[string]string{"cases/c000": "那台机器的磁盘满了"})
	full.Process.Kill()
	full.Wait()
	b := c.batch("--do", allJobs, "--to", "platform")
	for n := range 3 {
		w := c.worker(c.url())
		c.until("it is worked on", func() bool {
			all := c.jobs()
			return len(all) == 1 && all[0].Phase == "working" && all[0].Try == n+1
		})
		w.Process.Kill()
		w.Wait()
		time.Sleep(2500 * time.Millisecond) // until it is missed
	}
	last := c.worker(c.url())
	c.ends(b, 3, "试了三次，没有做成：做它的进程没有了回音")
	c.workbook(map[string]string{"cases/c000": "做它的进程没有了回音"})
	c.deadLetters(2)
	c.ends(c.batch("--do", allJobs, "--to", "platform"), 0, `"failed":0`)
	onceEach(t, c.dir, cases, true)
	last.Process.Signal(os.Interrupt)
	last.Wait()
	if left, _ := filepath.Glob(c.at("work", "w-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
