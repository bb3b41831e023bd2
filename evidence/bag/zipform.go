package bag

import (
	"bufio"
	"bytes"
	"io"
)

// judgeZip tells of a zip around a bundle of ours that is not the one WriteZip
// makes of it. Whoever packs the folder with another program gets such a zip,
// so it is no fault; but attributes and comments of a zip are under no digest,
// and nobody should take them for sealed.
func (c *check) judgeZip() {
	t, ok := c.tree.(*zipTree)
	if !ok || !c.own {
		return
	}
	commented := t.comment > 0
	for _, e := range t.entries {
		commented = commented || le.Uint16(e.record[32:]) > 0
	}
	switch {
	case commented:
		c.add("W-ZIP-COMMENT", "")
	case !t.canonical():
		c.add("N-ZIP-FORM", "")
	}
}

// canonical reports whether all outside the files' bytes is what WriteZip
// writes: it is written again and compared.
func (t *zipTree) canonical() bool {
	if len(t.entries) == 0 {
		return false
	}
	w := &zipWriter{w: bufio.NewWriter(io.Discard), top: t.top, time: t.entries[0].time, date: t.entries[0].date}
	var records []byte
	before := ""
	for _, e := range t.entries {
		p, inside := bytes.CutPrefix([]byte(e.name), []byte(t.top+"/"))
		n := node{path: string(p), kind: regular}
		if e.dir {
			n.kind = directory
		}
		if !inside || n.path <= before || w.add(n, e.size, e.crc, nil) != nil || w.pos != e.data {
			return false
		}
		before = n.path
		w.pos += e.packed
		records = append(records, e.record...)
	}
	return bytes.Equal(w.dir, records)
}
