package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/dateline-news/dateline/index/analysis"
)

// lexicon holds the folded words of all reports, each once, under keys from 0.
// It only grows, so that a search may use it while a write adds to it.
type lexicon struct {
	mu    sync.RWMutex
	words []string
	keys  map[string]uint32
	// inflected holds, by stem, the words that are not their own stem.
	inflected map[string][]uint32
	// sorted holds the keys of the first words in the order of the words.
	sorted []uint32
}

func newLexicon() *lexicon {
	return &lexicon{keys: map[string]uint32{}, inflected: map[string][]uint32{}}
}

// add appends words under the keys that follow the last.
func (l *lexicon) add(words []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range words {
		key := uint32(len(l.words))
		l.words = append(l.words, w)
		l.keys[w] = key
		if stem := analysis.Stem(w); stem != w {
			l.inflected[stem] = append(l.inflected[stem], key)
		}
	}
}

// withStem returns the keys of the words that have the stem.
func (l *lexicon) withStem(stem string) []uint32 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	keys := slices.Clone(l.inflected[stem])
	if key, ok := l.keys[stem]; ok && analysis.Stem(stem) == stem {
		keys = append(keys, key)
	}
	return keys
}

// beginningWith returns the keys of the words that begin with prefix.
func (l *lexicon) beginningWith(prefix string) []uint32 {
	l.sort()
	l.mu.RLock()
	defer l.mu.RUnlock()
	first, _ := slices.BinarySearchFunc(l.sorted, prefix, func(key uint32, prefix string) int { return cmp.Compare(l.words[key], prefix) })
	last := first
	for last < len(l.sorted) && strings.HasPrefix(l.words[l.sorted[last]], prefix) {
		last++
	}
	return slices.Clone(l.sorted[first:last])
}

// sort puts the words that came since it last did in their places.
func (l *lexicon) sort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.sorted) == len(l.words) {
		return
	}
	var tail []uint32
	for key := len(l.sorted); key < len(l.words); key++ {
		tail = append(tail, uint32(key))
	}
	slices.SortFunc(tail, func(a, b uint32) int { return cmp.Compare(l.words[a], l.words[b]) })
	all := make([]uint32, 0, len(l.words))
	for _, key := range l.sorted {
		for len(tail) > 0 && l.words[tail[0]] < l.words[key] {
			all, tail = append(all, tail[0]), tail[1:]
		}
		all = append(all, key)
	}
	l.sorted = append(all, tail...)
}

func (l *lexicon) len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.words)
}

// newWords gives keys to words in a transaction that may yet fail.
type newWords struct {
	lexicon *lexicon
	first   int
	added   []string
	keys    map[string]uint32
}

func (l *lexicon) draft() *newWords {
	return &newWords{lexicon: l, first: l.len(), keys: map[string]uint32{}}
}

// uses returns the words of an entry by key, in order.
func (d *newWords) uses(words []wordUse) []use {
	uses := make([]use, len(words))
	d.lexicon.mu.RLock()
	defer d.lexicon.mu.RUnlock()
	for i, w := range words {
		uses[i] = use{d.key(w.word), w.times}
	}
	slices.SortFunc(uses, func(a, b use) int { return cmp.Compare(a.word, b.word) })
	return uses
}

func (d *newWords) key(word string) uint32 {
	if key, ok := d.lexicon.keys[word]; ok {
		return key
	}
	key, ok := d.keys[word]
	if !ok {
		key = uint32(d.first + len(d.added))
		d.added = append(d.added, word)
		d.keys[word] = key
	}
	return key
}

// write stores the words added, in one row: a row for each would cost more
// than the reports.
func (d *newWords) write(ctx context.Context, b *batch) error {
	if len(d.added) == 0 {
		return nil
	}
	if err := b.exec(ctx, `INSERT INTO lexicon (first, words) VALUES (?, ?)`, d.first, strings.Join(d.added, " ")); err != nil {
		return fmt.Errorf("writing new words: %w", err)
	}
	return nil
}

func loadLexicon(db *sql.DB) (*lexicon, error) {
	rows, err := db.Query(`SELECT first, words FROM lexicon ORDER BY first`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	l := newLexicon()
	for rows.Next() {
		var first int
		var words string
		if err := rows.Scan(&first, &words); err != nil {
			return nil, err
		}
		if first != len(l.words) {
			return nil, fmt.Errorf("%w: words are missing; run `%s`", ErrDamaged, rebuildCommand)
		}
		l.add(strings.Fields(words))
	}
	return l, rows.Err()
}
