package quotes

import (
	"strings"
	"unicode"
)

// attribute decides which passages are speech and who speaks: first by the
// words of saying beside each, then by the speech around it.
func (d *document) attribute() {
	for n := range d.passages {
		d.attributeByCue(n)
	}
	d.dialogue = d.isDialogue()
	for n := range d.passages {
		if p := &d.passages[n]; p.speech && p.speaker.empty() {
			p.speaker = d.speakerByContext(n)
		}
	}
	if d.dialogue {
		d.alternateBackwards()
	}
}

func (d *document) attributeByCue(n int) {
	p := &d.passages[n]
	if c, ok := d.cueAfter(n); ok {
		d.give(p, c)
		return
	}
	if c, ok := d.cueBefore(n); ok {
		d.give(p, c)
		return
	}
	if speaker := d.colonSubject(n); !speaker.empty() {
		p.speaker, p.speech = speaker, true
		return
	}
	p.speech = d.standsAlone(n) && !d.insideReport(n)
}

// insideReport reports whether passage n is part of what a clause with "that"
// reports in its sentence: Smith asserted that the officials "hid the letters".
func (d *document) insideReport(n int) bool {
	e := d.passages[n].outer().from - 1
	if e < 0 || d.ends(e) || d.paragraph[e] != d.paragraph[e+1] {
		return false
	}
	low := max(d.inSentence(e).from, e-reach)
	for k := d.firstCue(e+1) - 1; k >= 0 && d.cues[k].word >= low; k-- {
		if c := d.cues[k]; c.force == utters && !c.subject.empty() && d.is(c.to, "that") {
			return true
		}
	}
	return false
}

// give attributes the passage to the speaker of cue c.
func (d *document) give(p *passage, c int) {
	p.cue, p.speech = c, true
	p.speaker = d.speakerOf(d.cues[c], p.outer())
}

// speakerOf is the phrase that names the speaker of a cue beside a passage.
func (d *document) speakerOf(c cue, said phrase) phrase {
	if c.according || c.after.empty() || c.word < said.from && c.word > d.inSentence(c.word).from {
		return c.subject
	}
	if c.subject.empty() || c.shared && c.word >= said.to && d.quotedBetween(c.subject, c.word) {
		return c.after
	}
	return c.subject
}

func (d *document) quotedBetween(p phrase, word int) bool {
	return p.to <= word && d.quoted[max(0, word-1)] != 0 || d.quoted[p.from] != 0
}

// cueAfter is the cue that follows passage n: `..., said Smith`.
func (d *document) cueAfter(n int) (int, bool) {
	p := d.passages[n].outer()
	i := p.to
	for i < len(d.words) && i < p.to+3 && d.is(i, ",", "-", "–", "—", "--", ".") {
		i++
	}
	limit := d.clauseEnd(i)
	k := d.firstCue(i)
	if k == len(d.cues) || d.cues[k].word >= limit {
		return 0, false
	}
	c := d.cues[k]
	if c.force == holds && !thinks(d.fold(c.word)) || !d.directlyAfter(c, i) {
		return 0, false
	}
	return k, !d.introducesNext(n, c, limit)
}

// thinks reports whether a verb of belief also serves as one of speech beside
// a direct quotation.
func thinks(form string) bool { return form == "thought" || form == "thinks" || form == "wondered" }

// directlyAfter reports whether the clause of cue c begins at word i.
func (d *document) directlyAfter(c cue, i int) bool {
	switch {
	case c.according:
		return c.word == i
	case c.word == i:
		return !c.after.empty() || strings.HasSuffix(d.fold(i), "ing") && !c.subject.empty()
	case c.shared || c.subject.empty():
		return false
	}
	for k := i; k < c.subject.from; k++ {
		if w := d.fold(k); !determiners[w] && !d.adverb(k) && w != "and" && w != "as" {
			return false
		}
	}
	return c.subject.from >= i
}

// clauseEnd is the end of the clause at word i: a mark that ends a sentence,
// or the next quotation.
func (d *document) clauseEnd(i int) int {
	for k := i; k < len(d.words); k++ {
		if k-i > reach || d.ends(k) || d.quoted[k] != 0 || k > i && d.paragraph[k] != d.paragraph[i] {
			return k
		}
	}
	return len(d.words)
}

// introducesNext reports whether the clause after passage n belongs to the
// passage after it: the first ended its sentence, and the clause leads up to
// the next.
func (d *document) introducesNext(n int, c cue, limit int) bool {
	p := d.passages[n]
	last := d.lastRune(p)
	if last != '.' && last != '!' && last != '?' && last != '…' {
		return false
	}
	if c.word == p.outer().to {
		return false
	}
	leads := limit < len(d.words) && d.quoted[limit] != 0 && d.is(limit-1, ",", ":", "that")
	if last == '.' {
		return leads || d.words[p.outer().to].Capital && limit-c.word > 4
	}
	return leads && d.words[p.outer().to].Capital
}

// lastRune is the last rune of the words of a passage.
func (d *document) lastRune(p passage) rune {
	r := rune(0)
	for _, r = range d.words[p.to-1].Text {
	}
	return r
}

// cueBefore is the cue that leads up to passage n: `Smith said: ...`.
func (d *document) cueBefore(n int) (int, bool) {
	e := d.passages[n].outer().from - 1
	if e < 0 || d.ends(e) || d.paragraph[e] != d.paragraph[e+1] && !d.is(e, ":") {
		return 0, false
	}
	low := max(d.inSentence(e).from, e-reach)
	for k := d.firstCue(e+1) - 1; k >= 0 && d.cues[k].word >= low; k-- {
		c := d.cues[k]
		if d.quoted[c.word] != 0 {
			return 0, false
		}
		if c.force == holds && !thinks(d.fold(c.word)) && !d.is(e, ":") && c.word != e || d.speakerOf(c, d.passages[n].outer()).empty() {
			continue
		}
		return k, d.leadsUp(c, e)
	}
	return 0, false
}

// leadsUp reports whether the words from cue c to word e, the last before the
// quotation, hold nothing but the circumstances of speaking.
func (d *document) leadsUp(c cue, e int) bool {
	switch {
	case d.is(e, ":"), c.word == e:
		return true
	case d.is(e, ","):
		return !describing[d.fold(c.word)] && (!d.statesBetween(c.to, e) || e-c.to < 3)
	case d.is(e, "that"):
		return e-c.to < 12
	case prepositions[d.fold(e)]:
		return false
	}
	return !c.according && c.force == utters && e-c.to <= 6 && !d.is(c.to, "that") && !d.statesBetween(c.to, e) && !describing[d.fold(c.word)] && d.is(c.word, "told", "tells", "telling", "said", "says", "added", "wrote", "asked", "reads")
}

// statesBetween reports whether the words from to e make a statement, so that
// what follows is no longer introduced by the verb before them.
func (d *document) statesBetween(from, e int) bool {
	for i := from; i < e; i++ {
		if finite[d.fold(i)] || d.is(i, "that") {
			return true
		}
	}
	return false
}

// colonSubject is the subject of a sentence without a word of saying that a
// colon joins to passage n: `Sunak defended the record:`.
func (d *document) colonSubject(n int) phrase {
	e := d.passages[n].outer().from - 1
	if e < 1 || !d.is(e, ":") || !d.startsCapital(d.passages[n]) {
		return phrase{}
	}
	s := d.inSentence(e)
	return d.firstSubject(phrase{max(s.from, e-2*reach), e})
}

func (d *document) startsCapital(p passage) bool {
	for i := p.from; i < p.to; i++ {
		if d.words[i].Letters {
			return d.words[i].Capital
		}
	}
	return false
}

// standsAlone reports whether passage n, which no word of saying introduces,
// is speech by its shape: a sentence of its own.
func (d *document) standsAlone(n int) bool {
	p := d.passages[n]
	o := p.outer()
	before := o.from - 1
	opensSentence := before < 0 || d.ends(before) || d.quoted[before] != 0 || d.paragraph[before] != d.paragraph[o.from] || d.is(before, ":", "—", "--", "–")
	last := d.lastRune(p)
	closesSentence := unicode.IsPunct(last) && last != ')' && last != '\'' && last != '%'
	if opensSentence && closesSentence {
		return true
	}
	return p.to-p.from > 25 && (opensSentence || closesSentence)
}
