package logs

import (
	"bytes"
	"encoding/binary"
)

// The sizes of a compound file of version 3, which old workbooks are.
const (
	sectorBits  = 9
	miniBits    = 6
	smallStream = 4096
	noSector    = 0xFFFFFFFA // from here on a sector's number has another meaning
)

// A compound is a compound file ([MS-CFB]): chains of sectors, and small streams
// in sectors of their own.
type compound struct {
	data    []byte
	fat     []uint32
	miniFAT []uint32
	first   uint32 // sector of the directory
}

func (c *compound) sector(n uint32) []byte {
	at := (int64(n) + 1) << sectorBits
	if n >= noSector || at >= int64(len(c.data)) {
		return nil
	}
	return c.data[at:min(at+1<<sectorBits, int64(len(c.data)))]
}

var compoundMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

func openCompound(data []byte) (*compound, error) {
	if len(data) < 512 || !bytes.HasPrefix(data, compoundMagic) || binary.LittleEndian.Uint16(data[30:]) != sectorBits {
		return nil, errOldBook
	}
	word := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	c := &compound{data: data, first: word(48)}
	most := len(data)>>sectorBits + 1
	tables := make([]uint32, 0, 109)
	for n := range 109 {
		tables = append(tables, word(76+4*n))
	}
	for next, seen := word(68), 0; next < noSector && seen < most; seen++ { // more of them stand in sectors
		s := words(c.sector(next))
		if len(s) < 128 {
			break
		}
		tables, next = append(tables, s[:127]...), s[127]
	}
	for _, t := range tables {
		if t < noSector && len(c.fat) <= most {
			c.fat = append(c.fat, words(c.sector(t))...)
		}
	}
	small, err := c.chain(word(60), c.fat, c.sector, 1<<sectorBits, -1)
	c.miniFAT = words(small)
	return c, err
}

func words(b []byte) []uint32 {
	out := make([]uint32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, binary.LittleEndian.Uint32(b))
	}
	return out
}

// chain joins the sectors of a chain, up to size bytes; size -1: all of them. A
// chain that comes back to itself or leaves the file is cut there, and an error
// if something of size is missing.
func (c *compound) chain(at uint32, next []uint32, sector func(uint32) []byte, width int, size int64) ([]byte, error) {
	var out []byte
	for seen := 0; at < noSector && seen <= len(next); seen++ {
		s := sector(at)
		if len(s) == 0 || int64(at) >= int64(len(next)) {
			break
		}
		out = append(out, s[:min(width, len(s))]...)
		if size >= 0 && int64(len(out)) >= size {
			return out[:size], nil
		}
		at = next[at]
	}
	if len(out) > len(c.data) || size >= 0 && int64(len(out)) < size && len(out) == 0 {
		return nil, errBookShort
	}
	return out, nil
}
