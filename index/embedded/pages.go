package embedded

import (
	"container/list"
	"crypto/rand"
	"sync"
)

// The bounds of what pages remembers.
const (
	maxSearches = 256
	maxBytes    = 64 << 20
)

// pages remembers what searches by relevance found, so that their later pages
// continue the first one whatever is written meanwhile. The searches used
// longest ago are forgotten first. The zero value is ready to use.
type pages struct {
	mu    sync.Mutex
	used  list.List // of *remembered, the last used first
	named map[string]*list.Element
	bytes int
}

// remembered is a set in little room.
type remembered struct {
	name   string
	reach  int
	keys   []uint32
	scores []float64
}

func (r *remembered) size() int { return 4*len(r.keys) + 8*len(r.scores) }

// remember copies a set for the keys 1 to n.
func remember(found *set, n int) *remembered {
	size := found.len()
	r := &remembered{name: rand.Text(), reach: n, keys: make([]uint32, 0, size), scores: make([]float64, 0, size)}
	for key := range found.keys() {
		r.keys = append(r.keys, uint32(key))
		r.scores = append(r.scores, found.score(key))
	}
	return r
}

func (r *remembered) set() *set {
	s := newSet(r.reach)
	s.scores = newScores(len(r.keys), r.reach)
	for i, key := range r.keys {
		s.add(int(key))
		s.scores.add(int(key), r.scores[i])
	}
	return s
}

// put remembers a set for the keys 1 to n, and names it.
func (p *pages) put(found *set, n int) string {
	r := remember(found, n)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.named == nil {
		p.named = map[string]*list.Element{}
	}
	p.named[r.name] = p.used.PushFront(r)
	p.bytes += r.size()
	for p.used.Len() > maxSearches || p.bytes > maxBytes && p.used.Len() > 1 {
		oldest := p.used.Remove(p.used.Back()).(*remembered)
		delete(p.named, oldest.name)
		p.bytes -= oldest.size()
	}
	return r.name
}

// get returns the set with the name, or nil when it is forgotten.
func (p *pages) get(name string) *set {
	r := p.find(name)
	if r == nil {
		return nil
	}
	return r.set()
}

func (p *pages) find(name string) *remembered {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.named[name]
	if !ok {
		return nil
	}
	p.used.MoveToFront(e)
	return e.Value.(*remembered)
}
