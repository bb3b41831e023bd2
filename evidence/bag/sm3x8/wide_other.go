//go:build !amd64 || purego

package sm3x8

// Wide reports whether eight messages side by side are faster than one after the
// other: not here. On arm64 too there is one at a time.
func Wide() bool { return false }

func blocks(s *State, from *[Ways]*byte, n int) { plainBlocks(s, from, n) }
