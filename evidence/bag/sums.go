package bag

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"github.com/emmansun/gmsm/sm3"
)

// Sums are the two digests of one file, as lower-case hex: SHA-256 (FIPS
// 180-4), which every computer can check, and SM3 (GB/T 32905—2016).
type Sums struct {
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// A Hasher computes both digests of what is written to it in one pass.
type Hasher struct{ sha256, sm3 hash.Hash }

// NewHasher returns a Hasher that has seen no bytes yet.
func NewHasher() *Hasher { return &Hasher{sha256.New(), sm3.New()} }

// Write adds p to both digests. It never fails.
func (h *Hasher) Write(p []byte) (int, error) {
	h.sha256.Write(p)
	h.sm3.Write(p)
	return len(p), nil
}

// Sums returns the digests of the bytes written so far.
func (h *Hasher) Sums() Sums {
	return Sums{
		SHA256: hex.EncodeToString(h.sha256.Sum(nil)),
		SM3:    hex.EncodeToString(h.sm3.Sum(nil)),
	}
}
