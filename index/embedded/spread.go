package embedded

import "slices"

// spread says how many of the last revisions have a stem in the title and how
// many in the text.
type spread struct{ titles, texts int32 }

// spreads holds the spread of each stem by its key. Like columns it is never
// changed once it is shared.
type spreads []spread

// of returns the spread of a stem, which may be newer than the spreads.
func (s spreads) of(stem uint32) spread {
	if int(stem) >= len(s) {
		return spread{}
	}
	return s[stem]
}

// with returns the spreads after the changes of the rows, by key. The lexicon
// has all words of the changes.
func (s spreads) with(l *lexicon, rows map[int]*row, changes map[int]change) spreads {
	next := make(spreads, len(l.stems))
	copy(next, s)
	for key, c := range changes {
		if !rows[key].past {
			next.change(l, c.before, -1)
			next.change(l, c.after, 1)
		}
	}
	return next
}

// change counts the words of one report more or less.
func (s spreads) change(l *lexicon, words []use, by int32) {
	found := make([]uint64, len(words)) // stems, and the times of each word
	for i, u := range words {
		found[i] = uint64(l.stemOf[u.word])<<8 | uint64(u.times())
	}
	slices.Sort(found)
	for len(found) > 0 {
		stem, all := found[0]>>8, times(0)
		for len(found) > 0 && found[0]>>8 == stem {
			all |= times(found[0])
			found = found[1:]
		}
		if all.title() > 0 {
			s[stem].titles += by
		}
		if all.text() > 0 {
			s[stem].texts += by
		}
	}
}
