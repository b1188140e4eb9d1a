package quotes

import (
	"unicode"
	"unicode/utf8"
)

// passage is what stands between quotation marks.
type passage struct {
	open, close int // words of the marks; -1 for a mark that is missing
	from, to    int // the words between them
	speech      bool
	// follows says that the passage goes on with the speaker of the one
	// before.
	cue     int // index of the cue that introduces it, or -1
	speaker phrase
}

func (p passage) empty() bool { return p.from >= p.to }

// outer is the passage with its marks.
func (p passage) outer() phrase {
	q := phrase{From: p.from, To: p.to}
	if p.open >= 0 {
		q.From = p.open
	}
	if p.close >= 0 {
		q.To = p.close + 1
	}
	return q
}

// family groups the marks that open and close each other.
type family uint8

const (
	noMark family = iota
	double
	angle
	corner
	single
)

// mark is a quotation mark of the text.
type mark struct {
	word          int
	family        family
	opens, closes bool // what its glyph and the space around it allow
	sure          bool // only one of the two
}

var glyphs = map[string]struct {
	family family
	opens  bool
	closes bool
}{
	`"`: {double, true, true}, `“`: {double, true, false}, `”`: {double, false, true}, `„`: {double, true, false}, `‟`: {double, true, false},
	`«`: {angle, true, true}, `»`: {angle, true, true}, `‹`: {angle, true, true}, `›`: {angle, true, true},
	`「`: {corner, true, false}, `」`: {corner, false, true}, `『`: {corner, true, false}, `』`: {corner, false, true},
	`《`: {corner, true, false}, `》`: {corner, false, true}, `〈`: {corner, true, false}, `〉`: {corner, false, true}, `＂`: {double, true, true},
	`‘`: {single, true, false}, `‚`: {single, true, false}, `’`: {single, false, true}, `'`: {single, true, true}, "`": {single, true, false},
}

// markAt reads the word i as a quotation mark.
func (d *document) markAt(i int) (mark, bool) {
	switch c := d.Words[i].Text[0]; {
	case d.Words[i].Letters, c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' && c != '<' && c != '>':
		return mark{}, false
	case c < utf8.RuneSelf && c != '"':
		if first, ok := d.twin(i); ok {
			return d.twinMark(first, i)
		}
	}
	g, ok := glyphs[d.Words[i].Text]
	if !ok {
		return mark{}, false
	}
	before, after := d.before(i), d.after(i)
	open := opensBefore(before) && !unicode.IsSpace(after)
	shut := !opensBefore(before) && (unicode.IsSpace(after) || isClosingMark(after))
	m := mark{word: i, family: g.family, opens: g.opens, closes: g.closes}
	if open != shut && g.family != corner {
		m.sure = true
		m.opens, m.closes = open, shut
		if g.family == single && !(g.opens && open || g.closes && shut || shut && d.lowSingle && d.Words[i].Text == "‘") {
			return mark{}, false // the apostrophe of a word
		}
		return m, true
	}
	m.sure = m.opens != m.closes
	return m, g.family != single || m.sure && (m.opens && open || m.closes && !open)
}

func opensBefore(r rune) bool {
	switch r {
	case '(', '[', '{', '-', '–', '—', '/', '“', '"', '‘', '\'', '«':
		return true
	}
	return unicode.IsSpace(r)
}

func isClosingMark(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', ')', ']', '}', '-', '–', '—', '”', '"', '’', '\'', '»', '…':
		return true
	}
	return false
}

// rawPassage is a passage as the marks alone tell it.
type rawPassage struct {
	open, close int // -1 when missing
	limit       int // the word at which a passage that is not closed must end
	from        int // for a passage that is not opened: where it may begin
}

// pairMarks pairs the quotation marks, paragraph by paragraph. An unclosed
// passage goes on into the next paragraph if that one begins with a mark.
func (d *document) pairMarks() []rawPassage {
	p := pairing{d: d, open: mark{word: -1}}
	for i := range d.Words {
		if i > 0 && d.paragraph[i] != d.paragraph[i-1] {
			p.paragraph(i)
		}
		if m, ok := d.markAt(i); ok {
			p.mark(m)
		}
	}
	p.abandon(len(d.Words))
	return p.found
}

type pairing struct {
	d     *document
	open  mark // the mark that is open; its word is -1 when none is
	depth int  // of quotations within it
	from  int  // where a passage without an opening mark may begin
	found []rawPassage
	// carried says that the first mark of this paragraph repeats an open one.
	carried bool
}

// paragraph begins the paragraph of word i.
func (p *pairing) paragraph(i int) {
	p.depth = 0
	if p.open.word >= 0 {
		m, ok := p.d.markAt(i)
		switch {
		case ok && m.family == p.open.family && m.opens && !p.d.Is(i-1, ":"):
			p.carried = true
		case !p.closesIn(i):
			p.abandon(i)
		}
	}
	p.from = i
}

// closesIn reports whether the first mark of the open family in the paragraph
// of word i is one that can only close.
func (p *pairing) closesIn(i int) bool {
	for k := i; k < len(p.d.Words) && p.d.paragraph[k] == p.d.paragraph[i] && k < i+400; k++ {
		if m, ok := p.d.markAt(k); ok && m.family == p.open.family {
			return m.closes && !m.opens && p.open.family != single
		}
	}
	return false
}

// abandon records the open passage as one without a closing mark.
func (p *pairing) abandon(limit int) {
	if p.open.word >= 0 {
		p.found = append(p.found, rawPassage{open: p.open.word, close: -1, limit: limit})
		p.open.word = -1
		p.from = limit
	}
}

func (p *pairing) mark(m mark) {
	if p.open.word < 0 {
		p.outside(m)
		return
	}
	switch {
	case p.carried:
		p.carried = false
	case m.family != p.open.family:
	case m.closes && (!m.opens || m.sure || p.open.family != single):
		p.shut(m)
	case p.d.ends(m.word-1) || p.d.paragraph[m.word] != p.d.paragraph[max(0, m.word-1)]:
		// the mark that repeats the opening one in each paragraph
	case p.open.family == single:
	case m.word-p.open.word > 60:
		p.abandon(m.word)
		p.open, p.depth = m, 0
	default:
		p.depth++
	}
}

func (p *pairing) outside(m mark) {
	if m.opens && (m.family != single || p.d.opensSpeech(m.word)) {
		p.open, p.depth = m, 0
		return
	}
	if m.closes && m.family != single {
		p.found = append(p.found, rawPassage{open: -1, close: m.word, from: p.from, limit: m.word})
		p.from = m.word + 1
	}
}

func (p *pairing) shut(m mark) {
	if p.depth > 0 {
		p.depth--
		return
	}
	if p.open.family == single && p.d.isApostrophe(m.word) {
		return
	}
	p.found = append(p.found, rawPassage{open: p.open.word, close: m.word})
	p.open.word = -1
	p.from = m.word + 1
}

// opensSpeech reports whether the single mark at word i opens a quotation and
// does not replace letters ('tis).
func (d *document) opensSpeech(i int) bool {
	if i+1 >= len(d.Words) || !d.Words[i+1].Letters {
		return false
	}
	switch d.Words[i+1].Fold {
	case "tis", "twas", "em", "til", "cause", "bout", "twill", "twere", "tisn't", "prentice", "round", "nuff", "s":
		return false
	}
	return d.Words[i+1].Capital || d.Is(i-1, ",", ";", ":", "—", "–", "-") || d.Words[i].Text == "‘"
}

// isApostrophe reports whether the single mark at word i ends a plural
// possessive (the boys' room) and no quotation.
func (d *document) isApostrophe(i int) bool {
	if i == 0 || !d.Words[i-1].Letters || i+1 >= len(d.Words) {
		return false
	}
	last := d.Words[i-1].Fold
	next := d.Words[i+1]
	return last[len(last)-1] == 's' && next.Letters && !next.Capital && !d.has(i+1, cueWord) && !d.has(i+1, pronoun)
}
