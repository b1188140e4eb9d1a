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
	// stems holds the stem of each word.
	stems []string
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
		stem := analysis.Stem(w)
		l.stems = append(l.stems, stem)
		if stem != w {
			l.inflected[stem] = append(l.inflected[stem], key)
		}
	}
}

// withStem returns the keys of the words that have the stem.
func (l *lexicon) withStem(stem string) []uint32 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	keys := slices.Clone(l.inflected[stem])
	if key, ok := l.keys[stem]; ok && l.stems[key] == stem {
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

// wordCount holds the words of a report: those that the lexicon has, in the
// order of their keys, and the others.
type wordCount struct {
	known   []use
	unknown map[string]times
	// title and text are the numbers of all words of the two.
	title, text int
}

// count counts the words of a report and writes their stems, with a space
// after each.
func (l *lexicon) count(title, text string) (counted wordCount, titleStems, textStems string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	inTitle, titleStems := l.read(title, newTimes(1, 0), &counted)
	inText, textStems := l.read(text, newTimes(0, 1), &counted)
	counted.title, counted.text = inTitle.words, inText.words
	counted.known = countKeys(inTitle.keys, inText.keys)
	return counted, titleStems, textStems
}

// reading is what was read of a text.
type reading struct {
	keys  []uint32 // of the known words, sorted
	words int      // all of them
}

func (l *lexicon) read(text string, once times, counted *wordCount) (r reading, stems string) {
	var b strings.Builder
	b.Grow(len(text))
	r.keys = make([]uint32, 0, len(text)/6)
	analysis.Each(text, func(folded []byte) {
		r.words++
		if key, ok := l.keys[string(folded)]; ok {
			r.keys = append(r.keys, key)
			b.WriteString(l.stems[key])
		} else {
			word := string(folded)
			counted.add(word, once)
			b.WriteString(analysis.Stem(word))
		}
		b.WriteByte(' ')
	})
	slices.Sort(r.keys)
	return r, b.String()
}

func (c *wordCount) add(word string, once times) {
	if c.unknown == nil {
		c.unknown = map[string]times{}
	}
	c.unknown[word] = c.unknown[word].plus(once)
}

// countKeys counts the sorted keys of the words of the title and of the text.
func countKeys(title, text []uint32) []use {
	uses := make([]use, 0, len(title)+len(text))
	for len(title)+len(text) > 0 {
		var key uint32
		if len(text) == 0 || len(title) > 0 && title[0] < text[0] {
			key = title[0]
		} else {
			key = text[0]
		}
		inTitle, inText := leading(title, key), leading(text, key)
		uses = append(uses, use{key, newTimes(inTitle, inText)})
		title, text = title[inTitle:], text[inText:]
	}
	return uses
}

// leading counts how often key stands at the beginning of keys.
func leading(keys []uint32, key uint32) int {
	n := 0
	for n < len(keys) && keys[n] == key {
		n++
	}
	return n
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
	uses := counted.known
	d.lexicon.mu.RLock()
	defer d.lexicon.mu.RUnlock()
	for word, times := range counted.unknown {
		uses = append(uses, use{d.key(word), times})
	}
	slices.SortFunc(uses, func(a, b use) int { return cmp.Compare(a.word, b.word) })
	return uses
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
