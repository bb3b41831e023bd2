//go:build !purego

package sm3x8

import "golang.org/x/sys/cpu"

// Wide reports whether eight messages side by side are faster than one after the
// other: where the processor has AVX2.
func Wide() bool { return cpu.X86.HasAVX2 }

func blocks(s *State, from *[Ways]*byte, n int) {
	if !Wide() {
		plainBlocks(s, from, n)
		return
	}
	blocksAVX2(s, from, n, &constants)
}

// blocksAVX2 is in wide_amd64.s; n is at least 1.
//
//go:noescape
func blocksAVX2(s *State, from *[Ways]*byte, n int, constants *[64][Ways]uint32)
