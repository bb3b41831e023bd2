package bag

import (
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"

	"juzheng/evidence/bag/sm3x8"
)

// A reading is what reading one file gave.
type reading struct {
	size int64
	sums []algSum
	data []byte // if kept
	err  error
}

// An algSum is a digest by one algorithm. A file has one or two of them, and a
// bundle tens of thousands of files: a map for each would be most of what is
// held.
type algSum struct{ alg, sum string }

// digest returns one digest, computing it from the kept bytes if it was not
// asked for when they were read.
func (r *reading) digest(alg string) string {
	for _, s := range r.sums {
		if s.alg == alg {
			return s.sum
		}
	}
	make, ok := algorithms[alg]
	if r.data == nil || !ok {
		return ""
	}
	h := make()
	h.Write(r.data)
	s := hex.EncodeToString(h.Sum(nil))
	r.sums = append(slices.Grow(r.sums, 1), algSum{alg, s})
	return s
}

const (
	bufferSize = 1 << 19
	// splitSize is from where SM3, by far the slowest digest, gets a
	// goroutine of its own within one file.
	splitSize = 64 << 20
)

var buffers = sync.Pool{New: func() any { b := make([]byte, bufferSize); return &b }}

// readOne reads a regular node to its end, at most one byte beyond the size
// it was listed with, so that a growing file comes to an end too.
func (c *check) readOne(n *node, algs []string, keep bool) *reading {
	return c.readCounting(context.Background(), n, algs, keep, func(int) {})
}

func (c *check) readCounting(ctx context.Context, n *node, algs []string, keep bool, count func(int)) *reading {
	r := &reading{}
	f, err := c.tree.open(*n)
	if err != nil {
		r.err = err
		return r
	}
	defer f.Close()
	if keep {
		// io.ReadAll would hold it twice while it grows, and a bundle may hold
		// tens of thousands of small ones.
		b := make([]byte, n.size+1)
		var got int
		if got, r.err = io.ReadFull(f, b); r.err == io.EOF || r.err == io.ErrUnexpectedEOF {
			r.err = nil
		}
		r.data = b[:got]
		r.size = int64(got)
		count(len(r.data))
	} else {
		r.size, r.sums, r.err = digestAll(ctx, io.LimitReader(f, n.size+1), n.size, algs, count)
	}
	c.settle(n, r)
	return r
}

// settle sees whether a node was at rest while it was read.
func (c *check) settle(n *node, r *reading) {
	if r.err == nil && (r.size != n.size || !c.tree.still(*n)) {
		r.err = errChanging
	}
}

// digestAll feeds src to every digest, chunk by chunk.
func digestAll(
	ctx context.Context, src io.Reader, size int64, algs []string, count func(int),
) (total int64, sums []algSum, err error) {
	hashes := make([]hash.Hash, len(algs))
	for i, a := range algs {
		hashes[i] = algorithms[a]()
	}
	feed, done := hashes, func() {}
	send := func([]byte) {}
	if i := slices.Index(algs, "sm3"); i >= 0 && len(algs) > 1 && size >= splitSize {
		feed = slices.Delete(slices.Clone(hashes), i, i+1)
		send, done = aside(hashes[i])
	}
	defer done()
	for {
		buf := buffers.Get().(*[]byte)
		n, err := io.ReadFull(src, *buf)
		for _, h := range feed {
			h.Write((*buf)[:n])
		}
		send((*buf)[:n])
		if len(feed) == len(hashes) {
			buffers.Put(buf)
		}
		total += int64(n)
		count(n)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return total, nil, err
		}
		if err := ctx.Err(); err != nil {
			return total, nil, err
		}
	}
	done()
	sums = make([]algSum, len(algs))
	for i, a := range algs {
		sums[i] = algSum{a, hex.EncodeToString(hashes[i].Sum(nil))}
	}
	return total, sums, nil
}

// aside hashes in a goroutine of its own. What is sent must not be written to
// again; it goes back to the pool when it has been hashed.
func aside(h hash.Hash) (send func([]byte), done func()) {
	chunks := make(chan []byte, 2)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for b := range chunks {
			h.Write(b)
			if cap(b) == bufferSize {
				b = b[:bufferSize]
				buffers.Put(&b)
			}
		}
	}()
	var once sync.Once
	return func(b []byte) { chunks <- b }, func() { once.Do(func() { close(chunks) }); <-ended }
}

// listedBy returns the known digests by which lists have a path.
func (c *check) listedBy(p string) map[string]bool {
	set := map[string]bool{}
	for _, m := range c.lists {
		if _, ok := m.digests[p]; ok && m.known {
			set[m.alg] = true
		}
	}
	return set
}

// wanted returns the digests needed of a path, sorted.
func (c *check) wanted(p string) []string {
	set := c.listedBy(p)
	fast := c.opt.Fast && set["sha256"]
	if c.own {
		set["sha256"], set["sm3"] = true, true
	}
	if len(set) == 0 {
		set["sha256"] = true // to tell what an unlisted file is
		for _, m := range c.lists {
			set[m.alg] = m.known
		}
	}
	if fast {
		delete(set, "sm3")
	}
	var algs []string
	for a, ok := range set {
		if ok {
			algs = append(algs, a)
		}
	}
	sort.Strings(algs)
	return algs
}

// readAll reads every file not yet read, the largest first, so that no worker
// is left with a large one at the end.
func (c *check) readAll(ctx context.Context) error {
	var tasks []*node
	var done, total int64
	for i := range c.nodes {
		n := &c.nodes[i]
		if n.kind == regular && c.read[n.path] == nil {
			tasks = append(tasks, n)
			total += n.size
		}
	}
	sort.SliceStable(tasks, func(i, j int) bool { return tasks[i].size > tasks[j].size })
	var mu sync.Mutex
	count := func(n int) {
		if c.opt.Progress == nil {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		done += int64(n)
		c.opt.Progress(done, total)
	}
	results := make([]*reading, len(tasks))
	read := c.readMany
	if !sm3x8.Wide() {
		read = c.readOneByOne
	}
	if err := read(ctx, tasks, results, count); err != nil {
		return err
	}
	for i, n := range tasks {
		c.read[n.path] = results[i]
		if by := c.listedBy(n.path); c.opt.Fast && by["sha256"] && by["sm3"] {
			c.res.SM3Left = true
		}
		if strings.HasPrefix(n.path, "data/") && results[i].err == nil {
			c.res.Counts.Checked++
			c.res.Counts.Bytes += results[i].size
		}
	}
	return nil
}

func (c *check) readOneByOne(ctx context.Context, nodes []*node, results []*reading, count func(int)) error {
	return parallel(len(nodes), c.opt.Workers, func(i int) error {
		results[i] = c.readCounting(ctx, nodes[i], c.wanted(nodes[i].path), false, count)
		return ctx.Err()
	})
}

// unreadableErr reports whether an error means that nothing is known of the
// content, as opposed to damage that was seen.
func unreadableErr(err error) bool { return !errors.As(err, new(*zipDataError)) }
