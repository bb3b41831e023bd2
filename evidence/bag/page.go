package bag

import (
	"bytes"
	"cmp"
	_ "embed" // the page and the steps are files, so that they can be read and reviewed as such
	"sync"
)

// indexHTML and verifyText go into every bundle unchanged. They hold no case
// data, so that one published digest per release vouches for all copies.
var (
	//go:embed index.html
	indexHTML []byte
	//go:embed VERIFY.txt
	verifyText []byte
)

// IndexHTML returns the offline verifier page, index.html of a bundle. It is
// the same for every case of a release.
func IndexHTML() []byte { return bytes.Clone(indexHTML) }

// VerifyText returns VERIFY.txt of a bundle: the steps for checking it with
// what an office computer has. UTF-8 with BOM and CRLF, for Windows Notepad.
// It is the same for every case of a release.
func VerifyText() []byte { return bytes.Clone(verifyText) }

// IndexHTMLSum returns the digests of this release's page. An index.html with
// other digests is unknown, not necessarily forged: it may come from another
// release.
func IndexHTMLSum() Sums { return indexHTMLSum() }

// VerifyTextSum returns the digests of this release's VERIFY.txt.
func VerifyTextSum() Sums { return verifyTextSum() }

var (
	indexHTMLSum  = sync.OnceValue(func() Sums { return sumsOf(indexHTML) })
	verifyTextSum = sync.OnceValue(func() Sums { return sumsOf(verifyText) })
)

// earlierPages are the page and the steps of bundles of format 1, by SHA-256.
var earlierPages = map[string]string{
	"bb092f640b3b2f4ce0a69972758be1baf8a17fa4cedabf19ad00ca3938fd523b": "format 1", // index.html
	"e77ed7d18740665bc4be77bfe9885fe4956ed2cdc1bda6e15cc6d3c06d917b0d": "format 1", // VERIFY.txt
}

// knownPage is the release that a page or the steps are of; empty: of none.
func (c *check) knownPage(sum string) string {
	return cmp.Or(c.opt.KnownPages[sum], earlierPages[sum])
}

func sumsOf(content []byte) Sums {
	h := NewHasher()
	h.Write(content)
	return h.Sums()
}
