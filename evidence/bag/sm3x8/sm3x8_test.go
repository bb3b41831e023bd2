package sm3x8

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"
)

// sums are those of eight messages, all of whose blocks go as far as the shortest
// of them together.
func sums(messages [Ways][]byte, blocks func(*State, *[Ways]*byte, int)) (out [Ways][Size]byte) {
	var s State
	var left [Ways][]byte
	for k, m := range messages {
		s.Begin(k)
		left[k] = Pad(bytes.Clone(m), uint64(len(m)))
	}
	done := [Ways]bool{}
	for {
		n, from := 0, [Ways]*byte{}
		for k := range left {
			if len(left[k]) > 0 && (n == 0 || len(left[k])/BlockSize < n) {
				n = len(left[k]) / BlockSize
				from = [Ways]*byte{&left[k][0], &left[k][0], &left[k][0], &left[k][0], &left[k][0], &left[k][0],
					&left[k][0], &left[k][0]}
			}
		}
		if n == 0 {
			return out
		}
		for k := range left {
			if len(left[k]) > 0 {
				from[k] = &left[k][0]
			}
		}
		blocks(&s, &from, n)
		for k := range left {
			if left[k] = left[k][min(len(left[k]), n*BlockSize):]; len(left[k]) == 0 && !done[k] {
				done[k], out[k] = true, s.Sum(k)
			}
		}
	}
}

// The examples of GB/T 32905—2016, appendix A.
func TestStandard(t *testing.T) {
	var messages [Ways][]byte
	messages[0], messages[5] = []byte("abc"), []byte(strings.Repeat("abcd", 16))
	for name, blocks := range map[string]func(*State, *[Ways]*byte, int){"chosen": (*State).Blocks, "plain": plainBlocks} {
		got := sums(messages, blocks)
		for k, want := range map[int]string{
			0: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
			5: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
		} {
			if hex.EncodeToString(got[k][:]) != want {
				t.Errorf("%s, %d: %x, want %s", name, k, got[k], want)
			}
		}
	}
}

func agree(t *testing.T, messages [Ways][]byte) {
	t.Helper()
	chosen, plain := sums(messages, (*State).Blocks), sums(messages, plainBlocks)
	for k, m := range messages {
		if want := sm3.Sum(m); chosen[k] != want || plain[k] != want {
			t.Fatalf("message %d of %d bytes: %x, plainly %x, want %x", k, len(m), chosen[k], plain[k], want)
		}
	}
}

// The assembler, its plain twin and the library agree on messages of any length.
func TestAgree(t *testing.T) {
	r := rand.New(rand.NewChaCha8([32]byte{18}))
	for n := range 300 {
		var messages [Ways][]byte
		for k := range messages {
			length := r.IntN(300)
			if n < 130 {
				length = n + k // each remainder, and both ends of a block
			}
			if r.IntN(20) == 0 {
				length = r.IntN(20_000)
			}
			messages[k] = make([]byte, length)
			for i := range messages[k] {
				messages[k][i] = byte(r.Uint32())
			}
		}
		agree(t, messages)
	}
}

func FuzzAgree(f *testing.F) {
	f.Add([]byte("abc"), 3, 1)
	f.Fuzz(func(t *testing.T, data []byte, step, first int) {
		var messages [Ways][]byte
		for k := range messages {
			at := (first&0xffff + k*(step&0xffff)) % (len(data) + 1)
			messages[k] = data[at:]
			if k%2 == 1 {
				messages[k] = data[:at]
			}
		}
		agree(t, messages)
	})
}

func BenchmarkBlocks(b *testing.B) {
	const n = 512
	data := make([]byte, n*BlockSize)
	var from [Ways]*byte
	for k := range from {
		from[k] = &data[0]
	}
	for name, blocks := range map[string]func(*State, *[Ways]*byte, int){"chosen": (*State).Blocks, "plain": plainBlocks} {
		b.Run(name, func(b *testing.B) {
			var s State
			b.SetBytes(Ways * n * BlockSize)
			for b.Loop() {
				blocks(&s, &from, n)
			}
		})
	}
	b.Run("library", func(b *testing.B) {
		b.SetBytes(n * BlockSize)
		for b.Loop() {
			sm3.Sum(data)
		}
	})
}
