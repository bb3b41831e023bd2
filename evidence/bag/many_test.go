package bag

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/emmansun/gmsm/sm3"
)

// filesOf writes files of lengths, the largest first, and gives a check of their folder.
func filesOf(t testing.TB, lengths []int) (*check, []*node) {
	t.Helper()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, uint64(len(lengths))))
	slices.Sort(lengths)
	slices.Reverse(lengths)
	for n, length := range lengths {
		data := make([]byte, length)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		name := fmt.Sprintf("f%04d", n)
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.close() })
	listed, bad, err := tree.list(1000)
	if err != nil || len(bad) > 0 || len(listed) != len(lengths) {
		t.Fatal(err, bad, len(listed))
	}
	var nodes []*node
	for n := range listed { // by name: the largest first
		nodes = append(nodes, &listed[n])
	}
	return &check{tree: tree, own: true, opt: Options{Workers: 2}}, nodes
}

// Eight at a time say of each file what one at a time says, whatever the lengths and
// however few or many there are, and what cannot be read to its end too.
func TestManyAgreeWithOneByOne(t *testing.T) {
	edges := []int{0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, chunkSize - 9, chunkSize - 8, chunkSize - 1, chunkSize,
		chunkSize + 1, 2*chunkSize - 8, 2 * chunkSize, 5*chunkSize + 17}
	r := rand.New(rand.NewPCG(3, 3))
	var random []int
	for range 60 {
		random = append(random, r.IntN(3*chunkSize))
	}
	one := []int{9*chunkSize + 100} // long after the others have ended
	for name, lengths := range map[string][]int{
		"none": nil, "one": one, "two": {70_000, 1}, "edges": edges, "random": random,
		"one large beside small ones": append(slices.Repeat([]int{100}, 20), one...),
	} {
		for _, algorithms := range [][]string{{"sha256", "sm3"}, {"sha256"}, {"sm3"}} {
			c, nodes := filesOf(t, slices.Clone(lengths))
			c.own, c.lists = false, nil // what is computed is what the lists ask for
			for _, a := range algorithms {
				m := &manifest{alg: a, known: true, digests: map[string]string{}}
				for _, n := range nodes {
					m.digests[n.path] = "listed"
				}
				c.lists = append(c.lists, m)
			}
			if len(nodes) > 10 {
				c.tree = faultyTree{tree: c.tree, broken: []string{nodes[1].path, nodes[7].path}, after: 100}
				nodes[3].size-- // it grew since it was listed
			}
			counted := [2]int64{}
			var got [2][]*reading
			for k, read := range []func(context.Context, []*node, []*reading, func(int)) error{c.readMany, c.readOneByOne} {
				got[k] = make([]*reading, len(nodes))
				var sum atomic.Int64
				if err := read(t.Context(), nodes, got[k], func(n int) { sum.Add(int64(n)) }); err != nil {
					t.Fatal(err)
				}
				counted[k] = sum.Load()
			}
			for n := range nodes {
				a, b := got[0][n], got[1][n]
				if !reflect.DeepEqual(a.sums, b.sums) || a.size != b.size || fmt.Sprint(a.err) != fmt.Sprint(b.err) {
					t.Errorf("%s, %v, %d bytes: %+v, one by one %+v", name, algorithms, nodes[n].size, a, b)
				}
			}
			if whole := slices.IndexFunc(got[0], func(r *reading) bool { return r.err == nil && len(r.sums) > 0 }); whole < 0 &&
				len(nodes) > 0 {
				t.Errorf("%s, %v: nothing was read", name, algorithms)
			}
			if counted[0] != counted[1] {
				t.Errorf("%s, %v: progress of %d bytes, one by one %d", name, algorithms, counted[0], counted[1])
			}
		}
	}
}

// An interrupt ends it, and no file is left open or told of as read.
func TestManyInterrupted(t *testing.T) {
	c, nodes := filesOf(t, slices.Repeat([]int{4 * chunkSize}, 40))
	ctx, stop := context.WithCancel(t.Context())
	results := make([]*reading, len(nodes))
	err := c.readMany(ctx, nodes, results, func(int) { stop() })
	if err != context.Canceled {
		t.Errorf("error %v", err)
	}
	for n, r := range results {
		if r != nil && len(r.sums) > 0 && r.size != nodes[n].size {
			t.Errorf("%s: %d of %d bytes have sums", nodes[n].path, r.size, nodes[n].size)
		}
	}
}

// Without SM3 each attack is found that the lists tell of, with the same exit code, and
// the result says what was not computed.
func TestFast(t *testing.T) {
	attacks := append([]attackRow{{name: "intact", edit: func(*testing.T, string) {}}}, contentAttacks...)
	for _, a := range attacks {
		dir, _ := newBundle(t)
		a.edit(t, dir)
		full, fast := verify(t, dir, Options{}), verify(t, dir, Options{Fast: true})
		if full.SM3Left || !fast.SM3Left {
			t.Errorf("%s: SM3 left out %v, fast %v", a.name, full.SM3Left, fast.SM3Left)
		}
		if fast.ExitCode() != full.ExitCode() || fast.Verdict != full.Verdict || len(fast.Files) != len(full.Files) {
			t.Fatalf("%s: exit %d, %s, %d files; fast %d, %s, %d", a.name, full.ExitCode(), full.Verdict, len(full.Files),
				fast.ExitCode(), fast.Verdict, len(fast.Files))
		}
		for i, f := range fast.Files {
			if f.Status != full.Files[i].Status {
				t.Errorf("%s: %s is %s, fast %s", a.name, f.Path, full.Files[i].Status, f.Status)
			}
			if strings.HasPrefix(f.Path, "data/") && f.Status == OK && f.Got.SM3 != "" {
				t.Errorf("%s: %s has an SM3", a.name, f.Path)
			}
		}
	}
}

func TestSumFiles(t *testing.T) {
	var files []SumFile
	var want []FileSums
	for n := range 30 {
		data := bytes.Repeat([]byte{byte(n)}, n*n*n)
		files = append(files, SumFile{int64(len(data)), func() (io.ReadCloser, error) {
			if n%13 == 7 {
				return nil, fmt.Errorf("no file %d", n)
			}
			return io.NopCloser(bytes.NewReader(data)), nil
		}})
		h := NewHasher()
		h.Write(data)
		want = append(want, FileSums{Sums: h.Sums(), Size: int64(len(data))})
		if n%13 == 7 {
			want[n] = FileSums{Err: fmt.Errorf("no file %d", n)}
		}
	}
	got, err := SumFiles(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := SumFiles(stopped, files); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
}

// A digest taken up behind whole blocks goes on as the library's own.
func TestResumed(t *testing.T) {
	words := [8]uint32{
		0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
	}
	h := resumed(words, 0)
	h.Write([]byte("abc"))
	if want := sm3.Sum([]byte("abc")); !bytes.Equal(h.Sum(nil), want[:]) {
		t.Errorf("%x, want %x", h.Sum(nil), want)
	}
}

func BenchmarkReadMany(b *testing.B) {
	c, nodes := filesOf(b, slices.Repeat([]int{512 << 10}, 64))
	for name, read := range map[string]func(context.Context, []*node, []*reading, func(int)) error{
		"eight": c.readMany, "one": c.readOneByOne} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(64 * 512 << 10)
			for b.Loop() {
				if err := read(b.Context(), nodes, make([]*reading, len(nodes)), func(int) {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
