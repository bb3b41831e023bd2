package phrase

import "sync"

// found remembers what was found in a message: the rules, the questions and each
// letter ask of the same few again and again.
var found = memory{most: 4096}

// A memory holds the hits of so many texts at most, and then begins anew.
type memory struct {
	most int
	mu   sync.Mutex
	hits map[asked][]Hit
}

// asked is what the hits of a text depend on.
type asked struct {
	text string
	from Sender
}

// of is what search finds, looked for once.
func (m *memory) of(s string, from Sender, search func(string, Sender) []Hit) []Hit {
	m.mu.Lock()
	hits, known := m.hits[asked{s, from}]
	m.mu.Unlock()
	if known {
		return hits
	}
	hits = search(s, from)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hits == nil || len(m.hits) >= m.most {
		m.hits = map[asked][]Hit{}
	}
	m.hits[asked{s, from}] = hits
	return hits
}
