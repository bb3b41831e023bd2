package bag

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"hash"
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"
)

// algorithms are the digests that can be read, by their name as RFC 8493,
// 2.4 writes it into a file name: lower case, letters and digits only.
// Bundles of ours use sha256 and sm3; the rest is for bags of others.
var algorithms = map[string]func() hash.Hash{
	"md5":       md5.New,
	"sha1":      sha1.New,
	"sha224":    sha256.New224,
	"sha256":    sha256.New,
	"sha384":    sha512.New384,
	"sha512":    sha512.New,
	"sha512224": sha512.New512_224,
	"sha512256": sha512.New512_256,
	"sha3224":   func() hash.Hash { return sha3.New224() },
	"sha3256":   func() hash.Hash { return sha3.New256() },
	"sha3384":   func() hash.Hash { return sha3.New384() },
	"sha3512":   func() hash.Hash { return sha3.New512() },
	"sm3":       func() hash.Hash { return sm3.New() },

	// RFC 7693. bagit-python offers the two longest under their short names.
	"blake2b":    blake2(blake2b.New512),
	"blake2b512": blake2(blake2b.New512),
	"blake2b384": blake2(blake2b.New384),
	"blake2b256": blake2(blake2b.New256),
	"blake2s":    blake2(blake2s.New256),
	"blake2s256": blake2(blake2s.New256),
}

// blake2 makes the digest without a key, which cannot fail.
func blake2(withKey func(key []byte) (hash.Hash, error)) func() hash.Hash {
	return func() hash.Hash {
		h, err := withKey(nil)
		if err != nil {
			panic(err)
		}
		return h
	}
}

// weak reports digests for which two files with the same digest can be made.
func weak(algorithm string) bool { return algorithm == "md5" || algorithm == "sha1" }

// algorithmName brings a name into the form of RFC 8493, 2.4.
func algorithmName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

// manifestAlgorithm reads the algorithm out of manifest-ALG.txt or
// tagmanifest-ALG.txt, and says which of the two it is.
func manifestAlgorithm(name string) (algorithm string, tag, ok bool) {
	rest, ok := strings.CutSuffix(name, ".txt")
	if !ok {
		return "", false, false
	}
	if alg, ok := strings.CutPrefix(rest, "tagmanifest-"); ok {
		return algorithmName(alg), true, true
	}
	if alg, ok := strings.CutPrefix(rest, "manifest-"); ok {
		return algorithmName(alg), false, true
	}
	return "", false, false
}
