package sm3x8

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// constants are T of each round, turned as the round takes it (4.2), for each of the
// eight: so the assembler adds them from where they lie.
var constants = func() (t [64][Ways]uint32) {
	for j := range t {
		turned := uint32(0x79cc4519)
		if j >= 16 {
			turned = 0x7a879d8a
		}
		for k := range t[j] {
			t[j][k] = bits.RotateLeft32(turned, j%32)
		}
	}
	return t
}()

// plainBlocks is what the assembler does, as the standard says it, one message
// after the other.
func plainBlocks(s *State, from *[Ways]*byte, n int) {
	for k := range Ways {
		v := s.Words(k)
		for data := unsafe.Slice(from[k], n*BlockSize); len(data) > 0; data = data[BlockSize:] {
			plainBlock(&v, data[:BlockSize])
		}
		for word := range s {
			s[word][k] = v[word]
		}
	}
}

// plainBlock is the compression function (5.3).
func plainBlock(v *[8]uint32, block []byte) {
	var w [68]uint32
	for j := range 16 {
		w[j] = binary.BigEndian.Uint32(block[4*j:])
	}
	for j := 16; j < 68; j++ {
		x := w[j-16] ^ w[j-9] ^ bits.RotateLeft32(w[j-3], 15)
		x ^= bits.RotateLeft32(x, 15) ^ bits.RotateLeft32(x, 23)
		w[j] = x ^ bits.RotateLeft32(w[j-13], 7) ^ w[j-6]
	}
	a, b, c, d, e, f, g, h := v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
	for j := range 64 {
		turned := bits.RotateLeft32(a, 12)
		ss1 := bits.RotateLeft32(turned+e+constants[j][0], 7)
		ff, gg := a^b^c, e^f^g
		if j >= 16 {
			ff, gg = a&b|a&c|b&c, e&f|^e&g
		}
		tt1 := ff + d + (ss1 ^ turned) + (w[j] ^ w[j+4])
		tt2 := gg + h + ss1 + w[j]
		a, b, c, d = tt1, a, bits.RotateLeft32(b, 9), c
		e, f, g, h = tt2^bits.RotateLeft32(tt2, 9)^bits.RotateLeft32(tt2, 17), e, bits.RotateLeft32(f, 19), g
	}
	for n, x := range [8]uint32{a, b, c, d, e, f, g, h} {
		v[n] ^= x
	}
}
