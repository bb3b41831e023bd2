package fonts

import (
	"crypto/sha256"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// Released fonts take no memory, and are the same when they are read again.
func TestRelease(t *testing.T) {
	read := func() [2][sha256.Size]byte {
		return [...][sha256.Size]byte{sha256.Sum256(SerifRegular), sha256.Sum256(SansBold)}
	}
	held := func() int {
		data, err := os.ReadFile("/proc/self/status")
		m := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(data)
		if err != nil || m == nil {
			t.Skip("the system does not tell: ", err)
		}
		n, _ := strconv.Atoi(string(m[1]))
		return n << 10
	}
	sums, before := read(), held()
	Release()
	if after, all := held(), len(SerifRegular)+len(SansBold); before-after < all*9/10 {
		t.Errorf("of %d bytes %d were given back", all, before-after)
	}
	if read() != sums {
		t.Error("they are not the same")
	}
}
