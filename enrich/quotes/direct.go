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
		if p := &d.passages[n]; p.speech && p.speaker.Empty() {
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
	if speaker := d.colonSubject(n); !speaker.Empty() {
		p.speaker, p.speech = speaker, true
		return
	}
	p.speech = d.standsAlone(n) && !d.insideReport(n)
}

// insideReport reports whether passage n is part of what a clause with "that"
// reports in its sentence: Smith asserted that the officials "hid the letters".
func (d *document) insideReport(n int) bool {
	e := d.passages[n].outer().From - 1
	if e < 0 || d.ends(e) || d.paragraph[e] != d.paragraph[e+1] {
		return false
	}
	low := max(d.SentenceOf(e).From, e-reach)
	for k := d.firstCue(e+1) - 1; k >= 0 && d.cues[k].word >= low; k-- {
		if c := d.cues[k]; c.force == utters && !c.subject.Empty() && d.Is(c.to, "that") {
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
	if c.according || c.after.Empty() || c.word < said.From && c.word > d.SentenceOf(c.word).From {
		return c.subject
	}
	if c.subject.Empty() || c.shared && c.word >= said.To && d.quotedBetween(c.subject, c.word) {
		return c.after
	}
	return c.subject
}

func (d *document) quotedBetween(p phrase, word int) bool {
	return p.To <= word && d.quoted[max(0, word-1)] != 0 || d.quoted[p.From] != 0
}

// cueAfter is the cue that follows passage n: `..., said Smith`.
func (d *document) cueAfter(n int) (int, bool) {
	p := d.passages[n].outer()
	i := p.To
	for i < len(d.Words) && i < p.To+3 && d.Is(i, ",", "-", "–", "—", "--", ".") {
		i++
	}
	limit := d.clauseEnd(i)
	k := d.firstCue(i)
	if k == len(d.cues) || d.cues[k].word >= limit {
		return 0, false
	}
	c := d.cues[k]
	if c.force == holds && !thinks(d.Fold(c.word)) || !d.directlyAfter(c, i) {
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
		return !c.after.Empty() || strings.HasSuffix(d.Fold(i), "ing") && !c.subject.Empty()
	case c.shared || c.subject.Empty():
		return false
	}
	for k := i; k < c.subject.From; k++ {
		if w := d.Fold(k); !d.has(k, determiner) && !d.adverb(k) && w != "and" && w != "as" {
			return false
		}
	}
	return c.subject.From >= i
}

// clauseEnd is the end of the clause at word i: a mark that ends a sentence,
// or the next quotation.
func (d *document) clauseEnd(i int) int {
	for k := i; k < len(d.Words); k++ {
		if k-i > reach || d.ends(k) || d.quoted[k] != 0 || k > i && d.paragraph[k] != d.paragraph[i] {
			return k
		}
	}
	return len(d.Words)
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
	if c.word == p.outer().To {
		return false
	}
	leads := limit < len(d.Words) && d.quoted[limit] != 0 && d.Is(limit-1, ",", ":", "that")
	if last == '.' {
		return leads || d.Words[p.outer().To].Capital && limit-c.word > 4
	}
	return leads && d.Words[p.outer().To].Capital
}

// lastRune is the last rune of the words of a passage.
func (d *document) lastRune(p passage) rune {
	r := rune(0)
	for _, r = range d.Words[p.to-1].Text {
	}
	return r
}

// cueBefore is the cue that leads up to passage n: `Smith said: ...`.
func (d *document) cueBefore(n int) (int, bool) {
	e := d.passages[n].outer().From - 1
	if e < 0 || d.ends(e) || d.paragraph[e] != d.paragraph[e+1] && !d.Is(e, ":") {
		return 0, false
	}
	low := max(d.SentenceOf(e).From, e-reach)
	for k := d.firstCue(e+1) - 1; k >= 0 && d.cues[k].word >= low; k-- {
		c := d.cues[k]
		if d.quoted[c.word] != 0 {
			return 0, false
		}
		if c.force == holds && !thinks(d.Fold(c.word)) && !d.Is(e, ":") && c.word != e || d.speakerOf(c, d.passages[n].outer()).Empty() {
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
	case d.Is(e, ":"), c.word == e:
		return true
	case d.Is(e, ","):
		return !d.has(c.word, describingVerb) && (!d.statesBetween(c.to, e) || e-c.to < 3)
	case d.Is(e, "that"):
		return e-c.to < 12
	case d.has(e, preposition):
		return false
	}
	return !c.according && c.force == utters && e-c.to <= 6 && !d.Is(c.to, "that") && !d.statesBetween(c.to, e) && !d.has(c.word, describingVerb) && d.Is(c.word, "told", "tells", "telling", "said", "says", "added", "wrote", "asked", "reads")
}

// statesBetween reports whether the words from to e make a statement, so that
// what follows is no longer introduced by the verb before them.
func (d *document) statesBetween(from, e int) bool {
	for i := from; i < e; i++ {
		if d.has(i, finiteVerb) || d.Is(i, "that") {
			return true
		}
	}
	return false
}

// colonSubject is the subject of a sentence without a word of saying that a
// colon joins to passage n: `Sunak defended the record:`.
func (d *document) colonSubject(n int) phrase {
	e := d.passages[n].outer().From - 1
	if e < 1 || !d.Is(e, ":") || !d.startsCapital(d.passages[n]) {
		return phrase{}
	}
	s := d.SentenceOf(e)
	return d.firstSubject(phrase{From: max(s.From, e-2*reach), To: e})
}

func (d *document) startsCapital(p passage) bool {
	for i := p.from; i < p.to; i++ {
		if d.Words[i].Letters {
			return d.Words[i].Capital
		}
	}
	return false
}

// standsAlone reports whether passage n, which no word of saying introduces,
// is speech by its shape: a sentence of its own.
func (d *document) standsAlone(n int) bool {
	p := d.passages[n]
	o := p.outer()
	before := o.From - 1
	opensSentence := before < 0 || d.ends(before) || d.quoted[before] != 0 || d.paragraph[before] != d.paragraph[o.From] || d.Is(before, ":", "—", "--", "–")
	last := d.lastRune(p)
	closesSentence := unicode.IsPunct(last) && last != ')' && last != '\'' && last != '%'
	if opensSentence && closesSentence {
		return true
	}
	return p.to-p.from > 25 && (opensSentence || closesSentence)
}
