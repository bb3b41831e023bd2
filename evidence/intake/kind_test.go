package intake

import (
	"bytes"
	"testing"

	"juzheng/evidence"
)

// amr is n frames of 12.2 kbit/s silence: 32 bytes each, the TOC byte 0x3c.
func amr(n int) []byte {
	return append([]byte("#!AMR\n"), bytes.Repeat(append([]byte{0x3c}, make([]byte, 31)...), n)...)
}

// A film or recording that was cut before its index was written: neither its
// brand nor its tracks say which it is, its name does.
func TestFilmWithoutIndexIsARecordingByItsName(t *testing.T) {
	data := []byte("\x00\x00\x00\x18ftyp3gp4\x00\x00\x00\x003gp43gp6\x00\x01\x00\x00mdat" + string(make([]byte, 500)))
	name := "13800138000_20260905224714.3gp"
	for given, want := range map[string]evidence.ExhibitKind{
		name: evidence.Recording, "VID_20260905_224714.3gp": evidence.Video,
	} {
		if f := byName(
			recognise(bytes.NewReader(data), int64(len(data))), given, bytes.NewReader(data), int64(len(data)),
		); f.kind != want {
			t.Errorf("%s: %+v", given, f)
		}
	}
}
