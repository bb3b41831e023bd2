package bag

import (
	"bufio"
	"bytes"
	"io"
	"strings"
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
	if !t.canonical() {
		c.add("N-ZIP-FORM", "")
	}
}

// canonical reports whether all outside the files' bytes is what WriteZip
// writes: it is written again and compared.
func (t *zipTree) canonical() bool {
	top, one := strings.CutSuffix(t.prefix, "/")
	if len(t.entries) == 0 || !one || strings.Contains(top, "/") {
		return false
	}
	w := &zipWriter{w: bufio.NewWriter(io.Discard), top: top, time: t.entries[0].time, date: t.entries[0].date}
	var records []byte
	before := ""
	for _, e := range t.entries {
		p, inside := strings.CutPrefix(e.name, t.prefix)
		n := node{path: p, kind: regular}
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
