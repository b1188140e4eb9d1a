package matcher

import (
	"sync"

	"github.com/dateline-news/dateline/index/match"
)

// Frequency counts in how many reports each key stands, of those it was shown.
// It is safe for concurrent use; a nil Frequency has seen none.
type Frequency struct {
	mu      sync.Mutex
	counts  map[key]int
	reports int
}

// manyKeys bounds the keys counted; above it those seen once are forgotten.
const manyKeys = 200_000

// Reports is the number of reports counted.
func (f *Frequency) Reports() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reports
}

// Count counts the keys of a report.
func (f *Frequency) Count(s *match.Subject) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts == nil {
		f.counts = map[key]int{}
	}
	f.reports++
	seen := map[key]bool{}
	eachKey(s, func(k key) {
		if !seen[k] {
			seen[k] = true
			f.counts[k]++
		}
	})
	if len(f.counts) > manyKeys {
		f.forget()
	}
}

// forget halves the counts and drops what was seen once.
func (f *Frequency) forget() {
	f.reports /= 2
	for k, n := range f.counts {
		if n /= 2; n == 0 {
			delete(f.counts, k)
		} else {
			f.counts[k] = n
		}
	}
}

// rarest returns the number of the group whose keys stand in the fewest
// reports together, or -1 without groups. Of groups that are as rare, that
// with the longest word wins: short words are the common ones.
func (f *Frequency) rarest(groups [][]key) int {
	best, bestCount, bestLength := -1, 0, 0
	for i, group := range groups {
		count, length := f.sum(group)
		if best < 0 || count < bestCount || count == bestCount && length > bestLength {
			best, bestCount, bestLength = i, count, length
		}
	}
	return best
}

// sum returns in how many reports the keys stand, each counted by itself, and
// the length of the shortest. Of a prefix nothing is counted: it is taken to
// be as common as can be.
func (f *Frequency) sum(group []key) (count, length int) {
	if f != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	for _, k := range group {
		if f != nil {
			count += f.counts[k]
			if k.kind == kindPrefix {
				count += f.reports
			}
		}
		if length == 0 || len(k.word) < length {
			length = len(k.word)
		}
	}
	return count, length
}
