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

// evidences are the evidence of words, by the hash of the word.
type evidences struct {
	places map[lexicon.Hash]int32
	list   []evidence
}

func (e *evidences) reset() {
	if e.places == nil {
		e.places = map[lexicon.Hash]int32{}
	}
	clear(e.places)
	e.list = e.list[:0]
}

// of returns the evidence with the hash, a new one when there is none yet.
func (e *evidences) of(h lexicon.Hash) *evidence {
	at, ok := e.places[h]
	if !ok {
		at = int32(len(e.list))
		e.places[h] = at
		e.list = append(e.list, evidence{})
	}
	return &e.list[at]
}

// place returns where the evidence with the hash is, -1 for nowhere.
func (e *evidences) place(h lexicon.Hash) int32 {
	if at, ok := e.places[h]; ok {
		return at
	}
	return -1
}

// gather reads the evidence of the document's words and gives every word that
// may be part of a name the places of its own.
func (d *Document) gather(text string) {
	d.evidence.reset()
	d.acronyms.reset()
	for i := range d.Sentences {
		if s := &d.Sentences[i]; s.style == styleNormal {
			d.gatherSentence(text, s)
		}
	}
	d.noteLower()
	for i := range d.words {
		w := &d.words[i]
		w.evidence, w.acronym = -1, -1
		if !w.open || w.class == classMark || w.class == classNumber {
			continue
		}
		w.evidence = d.evidence.place(w.hash)
		if w.class == classUpper {
			w.acronym = d.acronyms.place(w.hash)
		}
	}
}

func (d *Document) gatherSentence(text string, s *Sentence) {
	for j := range s.Words {
		w := &s.Words[j]
		if !w.class.named() || w.run.end-w.run.start > longestRun {
			continue
		}
		d.gatherWord(s, j)
		if int(w.run.start) == j {
			d.gatherAcronym(text, s, w.run)
		}
	}
}

func (d *Document) gatherWord(s *Sentence, i int) {
	w := &s.Words[i]
	e := d.evidence.of(w.hash)
	inner := e.inner || i > 0
	if n := w.run.end - w.run.start; n > e.length {
		*e = evidenceOf(s, w.run)
		e.place = placeIn(w.run, i)
	}
	e.inner = inner
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
	if r.end-r.start < 2 {
		return
	}
	d.initials = d.initials[:0]
	for i := r.start; i < r.end; i++ {
		if s.Words[i].class.named() {
			first, _ := utf8.DecodeRuneInString(s.Words[i].Token.Of(text))
			d.initials = append(d.initials, unicode.ToUpper(first))
		}
	}
	if len(d.initials) < 2 {
		return
	}
	if e := d.acronyms.of(lexicon.HashWord(string(d.initials))); e.length == 0 {
		*e = evidenceOf(s, r)
	}
}

// noteLower marks the words that the document also writes in lower case.
func (d *Document) noteLower() {
	for i := range d.Sentences {
		if d.Sentences[i].style == styleLower {
			continue
		}
		for j := range d.Sentences[i].Words {
			w := &d.Sentences[i].Words[j]
			if w.class != classLower {
				continue
			}
			if at := d.evidence.place(w.hash); at >= 0 {
				d.evidence.list[at].lower = true
			}
		}
	}
}
