// Package sm3x8 computes SM3 (GB/T 32905—2016) of eight messages side by side.
//
// The rounds of one message wait for each other, so that a processor does one
// SM3 no faster however wide it is; of eight messages it does eight rounds with
// one instruction. [Wide] says whether this processor can; elsewhere one message
// at a time is faster.
//
//	var s sm3x8.State
//	s.Begin(k)                    // the k-th message
//	s.Blocks(&from, n)            // n blocks of each
//	sum := s.Sum(k)               // behind the blocks that Pad gives
//
// The package knows blocks and no files; whose turn it is, package bag decides.
package sm3x8

import "encoding/binary"

// Ways is how many messages go side by side, Size the length of a sum and
// BlockSize of a block, in bytes.
const (
	Ways      = 8
	Size      = 32
	BlockSize = 64
)

// A State is how far eight messages are: for each of the eight words of a sum
// that of each message.
type State [8][Ways]uint32

// begin is the state before the first block (GB/T 32905—2016, 4.1).
var begin = [8]uint32{
	0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
}

// Begin starts the k-th message.
func (s *State) Begin(k int) {
	for word := range s {
		s[word][k] = begin[word]
	}
}

// Words are the words of the k-th message's state.
func (s *State) Words(k int) (words [8]uint32) {
	for word := range s {
		words[word] = s[word][k]
	}
	return words
}

// Sum is the sum of the k-th message when all its blocks were taken.
func (s *State) Sum(k int) (sum [Size]byte) {
	for word, v := range s.Words(k) {
		binary.BigEndian.PutUint32(sum[4*word:], v)
	}
	return sum
}

// Pad appends to what is left of a message of a length behind its last whole
// block what ends it: one block or two.
func Pad(rest []byte, length uint64) []byte {
	rest = append(rest, 0x80)
	for len(rest)%BlockSize != BlockSize-8 {
		rest = append(rest, 0)
	}
	return binary.BigEndian.AppendUint64(rest, 8*length)
}

// Blocks takes n blocks of each message, which lie from the bytes on that from
// points to. A message that has none gets those of another: its state is then
// of no use until the next Begin.
func (s *State) Blocks(from *[Ways]*byte, n int) {
	if n > 0 {
		blocks(s, from, n)
	}
}
