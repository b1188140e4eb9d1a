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
	// stemOf holds the key of the stem of each word.
	stemOf []uint32
	stems  []stem
	// stemKeys holds the keys of the stems, which are numbered from 0.
	stemKeys map[string]uint32
	// sorted holds the keys of the first words in the order of the words.
	sorted []uint32
}

// stem is what words have in common that differ in their endings.
type stem struct {
	text  string
	words []uint32
}

func newLexicon() *lexicon {
	return &lexicon{keys: map[string]uint32{}, stemKeys: map[string]uint32{}}
}

// add appends words under the keys that follow the last.
func (l *lexicon) add(words []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range words {
		key := uint32(len(l.words))
		l.words = append(l.words, w)
		l.keys[w] = key
		text := analysis.Stem(w)
		at, ok := l.stemKeys[text]
		if !ok {
			at = uint32(len(l.stems))
			l.stemKeys[text] = at
			l.stems = append(l.stems, stem{text: text})
		}
		l.stemOf = append(l.stemOf, at)
		l.stems[at].words = append(l.stems[at].words, key)
	}
}

// withStem returns the key of a stem and those of the words that have it.
func (l *lexicon) withStem(text string) (at uint32, words []uint32) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	at, ok := l.stemKeys[text]
	if !ok {
		return 0, nil
	}
	return at, slices.Clone(l.stems[at].words)
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

// wordCount holds the words of a report: those that the lexicon has, in the
// order of their keys, and the others.
type wordCount struct {
	known   []use
	unknown map[string]*placed
	// title and text are the numbers of all words of the two.
	title, text uint32
}

// placed is a word that is being counted.
type placed struct {
	times
	places
	last uint32
}

// add counts the word at a place.
func (p *placed) add(once times, at uint32) {
	p.times = p.times.plus(once)
	p.places = p.places.appended(at, p.last)
	p.last = at
}

// count counts the words of a report.
func (l *lexicon) count(title, text string) wordCount {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var c wordCount
	found := make([]uint64, 0, (len(title)+len(text))/6) // keys, and the place of each
	c.title, found = l.read(title, newTimes(1, 0), 0, found, &c)
	first := firstOfText(c.title)
	c.text, found = l.read(text, newTimes(0, 1), first, found, &c)
	slices.Sort(found)
	c.known = countKeys(found, first)
	return c
}

// read reads the words of a text whose first has the place first.
func (l *lexicon) read(text string, once times, first uint32, found []uint64, c *wordCount) (words uint32, _ []uint64) {
	analysis.Each(text, func(folded []byte) {
		at := first + words
		words++
		if key, ok := l.keys[string(folded)]; ok {
			found = append(found, uint64(key)<<32|uint64(at))
			return
		}
		word := string(folded)
		if c.unknown == nil {
			c.unknown = map[string]*placed{}
		}
		if c.unknown[word] == nil {
			c.unknown[word] = &placed{}
		}
		c.unknown[word].add(once, at)
	})
	return words, found
}

// countKeys counts sorted keys with their places, those of the title before
// first.
func countKeys(found []uint64, first uint32) []use {
	all := make([]use, 0, len(found))
	written := make([]byte, 0, 4*len(found)) // the uses of all words
	var word placed
	for len(found) > 0 {
		key := uint32(found[0] >> 32)
		word = placed{places: word.places[:0]}
		for len(found) > 0 && uint32(found[0]>>32) == key {
			once := newTimes(0, 1)
			at := uint32(found[0])
			if at < first {
				once = newTimes(1, 0)
			}
			word.add(once, at)
			found = found[1:]
		}
		begins := len(written)
		written = appendUses(written, word.times, word.places)
		all = append(all, use{key, written[begins:]})
	}
	return all
}

// stemsOf returns the stems of the words of a text.
func (l *lexicon) stemsOf(text string) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var stems []string
	analysis.Each(text, func(folded []byte) {
		if key, ok := l.keys[string(folded)]; ok {
			stems = append(stems, l.stems[l.stemOf[key]].text)
		} else {
			stems = append(stems, analysis.Stem(string(folded)))
		}
	})
	return stems
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

// len counts the words with those added.
func (d *newWords) len() int { return d.first + len(d.added) }

// uses returns the words of an entry in the order of their keys.
func (d *newWords) uses(counted wordCount) []use {
	if len(counted.unknown) == 0 {
		return counted.known
	}
	all := counted.known
	d.lexicon.mu.RLock()
	defer d.lexicon.mu.RUnlock()
	for word, placed := range counted.unknown {
		all = append(all, use{d.key(word), appendUses(nil, placed.times, placed.places)})
	}
	slices.SortFunc(all, func(a, b use) int { return cmp.Compare(a.word, b.word) })
	return all
}

func (d *newWords) key(word string) uint32 {
	if key, ok := d.lexicon.keys[word]; ok {
		return key // since the entry was made ready
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
	l.sort()
	return l, rows.Err()
}
