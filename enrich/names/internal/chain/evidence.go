package chain

import (
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

// evidence is what a document tells of a word that is written with a capital
// somewhere in it.
type evidence struct {
	// Of the longest run of capitalised words that holds it:
	length      int32
	place       uint8 // first, inside, last or alone
	first, last *Word
	left, right *Word // the words around the run, nil at the sentence's ends
	lower       bool  // the document also writes it without a capital
	inner       bool  // it has its capital inside a sentence
}

// The places of a word in its run.
const (
	placeAlone uint8 = iota
	placeFirst
	placeInside
	placeLast
)

// longestRun is how many words of capitals may still be one name.
const longestRun = 8

// gather reads the evidence of the document's words.
func (d *Document) gather(text string) {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.style != styleNormal {
			continue
		}
		for j := range s.Words {
			d.gatherWord(s, j)
		}
		for j := 0; j < len(s.Words); j++ {
			if r := s.Words[j].run; r.end > 0 && int(r.start) == j {
				d.gatherAcronym(text, s, r)
			}
		}
	}
	d.noteLower()
}

func (d *Document) gatherWord(s *Sentence, i int) {
	w := &s.Words[i]
	if !w.class.named() || w.run.end-w.run.start > longestRun {
		return
	}
	old := d.evidence[w.hash]
	inner := old.inner || i > 0
	if n := w.run.end - w.run.start; n > old.length {
		old = evidenceOf(s, w.run)
		old.place = placeIn(w.run, i)
	}
	old.inner = inner
	d.evidence[w.hash] = old
}

func evidenceOf(s *Sentence, r run) evidence {
	e := evidence{length: r.end - r.start, first: &s.Words[r.start], last: &s.Words[r.end-1]}
	if r.start > 0 {
		e.left = &s.Words[r.start-1]
	}
	if int(r.end) < len(s.Words) {
		e.right = &s.Words[r.end]
	}
	return e
}

func placeIn(r run, i int) uint8 {
	switch {
	case r.end-r.start == 1:
		return placeAlone
	case int(r.start) == i:
		return placeFirst
	case int(r.end) == i+1:
		return placeLast
	}
	return placeInside
}

// gatherAcronym notes the initials of a run of two words or more.
func (d *Document) gatherAcronym(text string, s *Sentence, r run) {
	if n := r.end - r.start; n < 2 || n > longestRun {
		return
	}
	initials := make([]rune, 0, longestRun)
	for i := r.start; i < r.end; i++ {
		if s.Words[i].class.named() {
			first, _ := utf8.DecodeRuneInString(s.Words[i].Token.Of(text))
			initials = append(initials, unicode.ToUpper(first))
		}
	}
	if len(initials) < 2 {
		return
	}
	h := lexicon.HashWord(string(initials))
	if _, ok := d.acronyms[h]; !ok {
		d.acronyms[h] = evidenceOf(s, r)
	}
}

// noteLower marks the words that the document also writes in lower case.
func (d *Document) noteLower() {
	if len(d.evidence) == 0 {
		return
	}
	for i := range d.Sentences {
		if d.Sentences[i].style == styleLower {
			continue
		}
		for j := range d.Sentences[i].Words {
			w := &d.Sentences[i].Words[j]
			if w.class != classLower {
				continue
			}
			if e, ok := d.evidence[w.hash]; ok && !e.lower {
				e.lower = true
				d.evidence[w.hash] = e
			}
		}
	}
}
