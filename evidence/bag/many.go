package bag

import (
	"cmp"
	"context"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"math"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/emmansun/gmsm/sm3"

	"juzheng/evidence/bag/sm3x8"
)

// Files are hashed eight at a time where the processor does SM3 of eight side by
// side (package sm3x8): SM3 is most of the work, and three to four times as fast so.

const (
	// chunkSize is how much of each of the eight is read at a time: what a worker
	// hashes stays in its processor's cache.
	chunkSize = 32 << 10
	// fewestWays is from how many files on eight ways are faster than one.
	fewestWays = 3
)

// A task is a file to be hashed; each is opened by the worker that takes it.
type task struct {
	open func() (io.ReadCloser, error)
	most int64    // bytes that are read; a file that grows comes to an end too
	algs []string // with sm3
	out  *reading
}

// readEight hashes files in order, the largest should come first. What became of
// each stands in its reading; the error is an interrupt.
func readEight(ctx context.Context, tasks []task, workers int, count func(int)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	next := &atomic.Int64{}
	return parallel(workers, workers, func(int) error {
		w := eight{ctx: ctx, count: count, next: func() *task {
			if n := int(next.Add(1)) - 1; n < len(tasks) && ctx.Err() == nil {
				return &tasks[n]
			}
			return nil
		}}
		w.run()
		return ctx.Err()
	})
}

// An eight is a worker that reads up to eight files side by side.
type eight struct {
	ctx   context.Context
	next  func() *task // nil: there is none
	count func(int)

	state   sm3x8.State
	streams [sm3x8.Ways]*stream // nil: no file there
	buffers [sm3x8.Ways][]byte
}

// A stream is a file that is read, and what of it is to be hashed next.
type stream struct {
	*task
	file   io.ReadCloser
	from   io.Reader
	hashes []hash.Hash // of algs; nil for SM3
	blocks []byte      // read, and not yet in SM3
	hashed int64       // bytes in SM3
	ended  bool        // blocks hold the end of the message
}

func (w *eight) run() {
	for {
		active := 0
		for k := range w.streams {
			if w.supply(k); w.streams[k] != nil {
				active++
			}
		}
		switch {
		case active == 0:
			return
		case active < fewestWays:
			w.oneByOne()
		default:
			w.step()
		}
	}
}

// supply sees to it that the k-th stream has blocks: more of its file, or the next
// file.
func (w *eight) supply(k int) {
	for {
		s := w.streams[k]
		switch {
		case s == nil:
			if w.streams[k] = w.open(k); w.streams[k] == nil {
				return
			}
		case len(s.blocks) > 0:
			return
		case s.ended:
			sum := w.state.Sum(k)
			w.finish(k, sum[:])
		default:
			if s.out.err = w.more(k); s.out.err != nil {
				w.finish(k, nil)
			}
		}
	}
}

// open begins the next file that can be opened.
func (w *eight) open(k int) *stream {
	for t := w.next(); t != nil; t = w.next() {
		s := &stream{task: t, hashes: make([]hash.Hash, len(t.algs))}
		if s.file, t.out.err = t.open(); t.out.err != nil {
			continue
		}
		s.from = io.LimitReader(s.file, t.most)
		for i, a := range t.algs {
			if a != "sm3" {
				s.hashes[i] = algorithms[a]()
			}
		}
		if w.buffers[k] == nil {
			w.buffers[k] = make([]byte, chunkSize, chunkSize+2*sm3x8.BlockSize) // with room for Pad
		}
		w.state.Begin(k)
		return s
	}
	return nil
}

// more reads the next chunk of a file into all digests but SM3.
func (w *eight) more(k int) error {
	s, chunk := w.streams[k], w.buffers[k]
	n, err := io.ReadFull(s.from, chunk)
	for _, h := range s.hashes {
		if h != nil {
			h.Write(chunk[:n])
		}
	}
	s.out.size += int64(n)
	w.count(n)
	s.blocks = chunk[:n]
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		s.blocks, s.ended = sm3x8.Pad(s.blocks, uint64(s.out.size)), true
	case err != nil:
		return err
	}
	return w.ctx.Err()
}

// step hashes as many blocks of all streams as the one with the fewest has.
func (w *eight) step() {
	n, from := 0, [sm3x8.Ways]*byte{}
	var shortest *byte
	for k, s := range w.streams {
		if s == nil {
			continue
		}
		from[k] = &s.blocks[0]
		if blocks := len(s.blocks) / sm3x8.BlockSize; n == 0 || blocks < n {
			n, shortest = blocks, from[k]
		}
	}
	for k := range from {
		if from[k] == nil {
			from[k] = shortest // a way without a file: its state means nothing
		}
	}
	w.state.Blocks(&from, n)
	for _, s := range w.streams {
		if s != nil {
			s.blocks = s.blocks[n*sm3x8.BlockSize:]
			s.hashed += int64(n * sm3x8.BlockSize)
		}
	}
}

// oneByOne goes on with the last files, which are too few for eight ways, one after
// the other. Those that are read to their end have Pad's block in them already and a
// few more at most: they stay.
func (w *eight) oneByOne() {
	left := false
	for k, s := range w.streams {
		if s == nil || s.ended {
			left = left || s != nil
			continue
		}
		h := resumed(w.state.Words(k), s.hashed)
		for !s.ended && s.out.err == nil {
			h.Write(s.blocks)
			s.hashed += int64(len(s.blocks))
			s.out.err = w.more(k)
		}
		if s.ended {
			h.Write(s.blocks[:s.out.size-s.hashed]) // h has an end of its own
		}
		w.finish(k, h.Sum(nil))
	}
	if left {
		w.step()
	}
}

// finish ends the k-th stream.
func (w *eight) finish(k int, sum []byte) {
	s := w.streams[k]
	w.streams[k] = nil
	s.file.Close()
	if s.out.err != nil {
		return
	}
	s.out.sums = make([]algSum, len(s.algs))
	for i, a := range s.algs {
		own := sum
		if s.hashes[i] != nil {
			own = s.hashes[i].Sum(nil)
		}
		s.out.sums[i] = algSum{a, hex.EncodeToString(own)}
	}
}

// resumed is a digest that has taken whole blocks. The library keeps one as its mark,
// the eight words, a block that is not full, and how many bytes were written; a test
// holds it to that.
func resumed(words [8]uint32, hashed int64) hash.Hash {
	state := []byte("sm3\x03")
	for _, word := range words {
		state = binary.BigEndian.AppendUint32(state, word)
	}
	state = append(state, make([]byte, sm3.BlockSize)...)
	state = binary.BigEndian.AppendUint64(state, uint64(hashed))
	h := sm3.New()
	if err := h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
		panic(err) // the library has another form
	}
	return h
}

// readMany reads files of a bag, the largest first, the SM3 of eight at a time. One or
// two that are larger than splitSize are read alone: ways beside them would be empty.
func (c *check) readMany(ctx context.Context, nodes []*node, results []*reading, count func(int)) error {
	large := 0
	for large < len(nodes) && nodes[large].size >= splitSize {
		large++
	}
	var single []int // of nodes
	var tasks []task
	var read []int // of nodes: those of tasks
	for n, node := range nodes {
		algs := c.wanted(node.path)
		if n < large && large < fewestWays || !slices.Contains(algs, "sm3") {
			single = append(single, n)
			continue
		}
		results[n] = &reading{}
		read = append(read, n)
		tasks = append(tasks, task{func() (io.ReadCloser, error) { return c.tree.open(*node) }, node.size + 1, algs,
			results[n]})
	}
	err := parallel(len(single), c.opt.Workers, func(i int) error {
		n := single[i]
		results[n] = c.readCounting(ctx, nodes[n], c.wanted(nodes[n].path), false, count)
		return ctx.Err()
	})
	if err != nil || len(tasks) == 0 {
		return err
	}
	if err := readEight(ctx, tasks, c.opt.Workers, count); err != nil {
		return err
	}
	for _, n := range read {
		c.settle(nodes[n], results[n])
	}
	return nil
}

// A SumFile is a file to be hashed; its size is for the order of the work.
type SumFile struct {
	Size int64
	Open func() (io.ReadCloser, error)
}

// A FileSums is what hashing a file gave: both digests, or why there are none.
type FileSums struct {
	Sums
	Size int64 // found
	Err  error
}

// SumFiles gives both digests of files as fast as this computer can, in the order
// given. The error is an interrupt.
func SumFiles(ctx context.Context, files []SumFile) ([]FileSums, error) {
	order := make([]int, len(files))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(files[b].Size, files[a].Size) })
	tasks := make([]task, len(files))
	for n, at := range order {
		tasks[n] = task{files[at].Open, math.MaxInt64, []string{"sha256", "sm3"}, &reading{}}
	}
	read := readEight
	if !sm3x8.Wide() {
		read = readApart
	}
	if err := read(ctx, tasks, 0, func(int) {}); err != nil {
		return nil, err
	}
	out := make([]FileSums, len(files))
	for n, at := range order {
		r := tasks[n].out
		out[at] = FileSums{Size: r.size, Err: r.err}
		if r.err == nil {
			out[at].Sums = Sums{r.digest("sha256"), r.digest("sm3")}
		}
	}
	return out, nil
}

// readApart is readEight for a processor that does one SM3 at a time.
func readApart(ctx context.Context, tasks []task, workers int, count func(int)) error {
	return parallel(len(tasks), workers, func(i int) error {
		t := tasks[i]
		f, err := t.open()
		if err != nil {
			t.out.err = err
			return nil
		}
		defer f.Close()
		t.out.size, t.out.sums, t.out.err = digestAll(ctx, io.LimitReader(f, t.most), 0, t.algs, count)
		return ctx.Err()
	})
}
