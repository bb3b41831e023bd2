package picture

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"sync"

	"juzheng/templates/document"
)

// kept is what was found of pictures and made of them: the book of each recipient, its
// print set and its upload set show the same ones. It goes by the digest of the bytes that
// were read and by what was asked of them, never by a name or a time: a file that changed
// is another picture.
var kept = memory{mostBytes: 24 << 20, mostWhole: 1 << 16}

// Forget lets go of what is kept from one paper to the next.
func Forget() { kept.forget() }

// A memory keeps prepared pictures of so many bytes together, those that come first, and
// the digests of so many that are taken over as they are coded and were found whole.
type memory struct {
	mostBytes, mostWhole int

	mu    sync.Mutex
	made  map[digest]*Prepared
	bytes int
	whole map[digest]bool
}

type digest [sha256.Size]byte

func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made, m.whole, m.bytes = nil, nil, 0
}

// once is what make makes of some bytes, made once while there is room for it. What it
// returns is not to be changed.
func (m *memory) once(key digest, make func() (*Prepared, error)) (*Prepared, error) {
	m.mu.Lock()
	x := m.made[key]
	m.mu.Unlock()
	if x != nil {
		return x, nil
	}
	x, err := make()
	if err != nil {
		return nil, err
	}
	size := 0
	for _, b := range x.Parts {
		size += cap(b)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made[key] == nil && m.bytes+size <= m.mostBytes {
		if m.made == nil {
			m.made = map[digest]*Prepared{}
		}
		m.made[key] = x
		m.bytes += size
	}
	return x, nil
}

// soundOnce is what check finds, looked at again only while it found a fault.
func (m *memory) soundOnce(key digest, check func() error) error {
	m.mu.Lock()
	known := m.whole[key]
	m.mu.Unlock()
	if known {
		return nil
	}
	if err := check(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.whole == nil || len(m.whole) >= m.mostWhole {
		m.whole = map[digest]bool{}
	}
	m.whole[key] = true
	return nil
}

// copyKey is the key of a copy with what is asked of it.
func copyKey(data []byte, im *document.Image) digest {
	h := sha256.New()
	fmt.Fprintf(h, "copy %d %v %v\n", im.Orientation, im.Hide, im.Reduce)
	h.Write(data)
	return digest(h.Sum(nil))
}

// wholeKey is the key of a picture that is coded again as it is.
func wholeKey(data []byte) digest {
	h := sha256.New()
	io.WriteString(h, "whole\n")
	h.Write(data)
	return digest(h.Sum(nil))
}

// dataKey is the key of the data of a PNG and of what must be known to unpack them.
func (p *pngShape) dataKey() digest {
	h := sha256.New()
	fmt.Fprintf(h, "data %d %d %d %d\n", p.width, p.height, p.bits, p.colour)
	for _, b := range p.parts {
		binary.Write(h, binary.BigEndian, int64(len(b)))
		h.Write(b)
	}
	return digest(h.Sum(nil))
}
