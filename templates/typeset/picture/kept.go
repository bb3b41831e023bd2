package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"juzheng/templates/document"
)

// form stands in the names of what is kept: pictures that are made in another way are
// other pictures. A test holds what it stands for.
const form = "3"

// A source is a picture's file as it was read. What is kept goes by the digest of the
// bytes and by what was asked of them, never by a name or a time: a file that changed
// is another picture.
type source struct {
	*document.Image
	data   []byte
	digest string // SHA-256, in hex
}

func sourceOf(im *document.Image, data []byte) source {
	sum := sha256.Sum256(data)
	return source{im, data, hex.EncodeToString(sum[:])}
}

// name is that of what is made of the picture as it is to be shown: what is covered and
// how far it is made smaller are part of it, so that nothing stands in for a copy that
// covers more.
func (s source) name() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %v %v", form, s.digest, s.Orientation, s.Hide, s.Reduce))
	return hex.EncodeToString(sum[:])
}

// once is what make makes of the picture, or made of it for a paper before.
func (s source) once(make func() (*Prepared, error)) (*Prepared, error) {
	if s.Kept == nil {
		return make()
	}
	name := s.name()
	if x := unpacked(s.Kept.Load(name)); x != nil {
		return x, nil
	}
	x, err := make()
	if err == nil {
		s.Kept.Save(name, x.packed())
	}
	return x, err
}

// packed is a prepared picture as it is kept: a line that says what the data are, and the
// data.
func (x *Prepared) packed() []byte {
	said := *x
	said.Parts = nil
	line, err := json.Marshal(said)
	if err != nil {
		panic(err) // numbers and texts
	}
	return bytes.Join(append([][]byte{line, []byte("\n")}, x.Parts...), nil)
}

// unpacked is what packed made; nil if there is none.
func unpacked(kept []byte) *Prepared {
	line, data, _ := bytes.Cut(kept, []byte("\n"))
	x := new(Prepared)
	if json.Unmarshal(line, x) != nil {
		return nil
	}
	x.Parts = [][]byte{data}
	return x
}
