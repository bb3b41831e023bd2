package phrase

import (
	"fmt"
	"sync"
	"testing"
)

// A text is searched once for each kind of sender, and never are more kept than that.
func TestFoundOnce(t *testing.T) {
	searched := map[asked]int{}
	search := func(s string, from Sender) []Hit {
		searched[asked{s, from}]++
		return []Hit{{Text: s}}
	}
	m := memory{most: 2}
	for range 3 {
		for _, from := range []Sender{Collector, Stranger} {
			if hits := m.of("还钱", from, search); len(hits) != 1 || hits[0].Text != "还钱" {
				t.Errorf("%v: %v", from, hits)
			}
		}
	}
	if searched[asked{"还钱", Collector}] != 1 || searched[asked{"还钱", Stranger}] != 1 {
		t.Errorf("searched %v", searched)
	}
	for n := range 5 {
		m.of(fmt.Sprint(n), Anybody, search)
	}
	if len(m.hits) > 2 {
		t.Errorf("%d texts are kept", len(m.hits))
	}
}

// What a caller does with the hits changes nothing for the next one.
func TestHitsAreTheCallersOwn(t *testing.T) {
	const words = "再不还钱我杀了你全家"
	first := Find(words, Collector)
	if len(first) == 0 {
		t.Fatal("nothing was found")
	}
	first[0].Text = ""
	if again := Find(words, Collector); again[0].Text == "" {
		t.Error("it changed what is remembered")
	}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() { Find(fmt.Sprint(words, n%2), Sender(n%3)) })
	}
	all.Wait()
}
