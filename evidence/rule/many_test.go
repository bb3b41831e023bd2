package rule

import (
	"fmt"
	"testing"

	"juzheng/evidence"
)

// A case of ten thousand asserted rows, far beyond any real one.
func BenchmarkManyActs(b *testing.B) {
	var rows []evidence.Incident
	for n := range 10000 {
		rows = append(rows, row(fmt.Sprintf("2026-0%d-%02d %02d:%02d:01", 1+n%9, 1+n%28, n%24, n%60), claims("V06"),
			shown))
	}
	for b.Loop() {
		Apply(testCase(), rows, nil, Options{Date: filing})
	}
}
