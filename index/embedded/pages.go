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

// remembered is what a search found, which nothing changes any more.
type remembered struct {
	name  string
	found *set
}

func (r *remembered) size() int { return 8*len(r.found.bits) + r.found.scores.size() }

// put remembers a set and names it.
func (p *pages) put(found *set) string {
	r := &remembered{name: rand.Text(), found: found}
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
	return r.found
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
