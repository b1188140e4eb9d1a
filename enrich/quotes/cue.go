package quotes

import "strings"

// cue is a word of saying outside or inside quotation marks with whoever says
// it.
type cue struct {
	word    int // the verb, or "according"
	to      int // after the words of the cue: the verb, or "according to him"
	force   force
	subject phrase // before the verb, or of the clause; may be empty
	after   phrase // the noun phrase that follows the verb, for "said Smith"
	// appositive says that words between commas part subject and verb.
	from      int  // first word of the clause: the subject, or the verb
	according bool // "according to"
	shared    bool // the subject is that of an earlier verb
}

// findCues finds the words of saying and their subjects.
func (d *document) findCues() []cue {
	var cues []cue
	for i := d.body; i < len(d.Words); i++ {
		if !d.has(i, cueOpener) {
			continue
		}
		if c, ok := d.cueAt(i, cues); ok {
			cues = append(cues, c)
		}
	}
	return cues
}

func (d *document) cueAt(i int, earlier []cue) (cue, bool) {
	w := &d.Words[i]
	if w.Fold == "according" && d.Is(i+1, "to") {
		subject := d.source(i + 2)
		return cue{word: i, to: max(i+2, subject.To), force: utters, subject: subject, from: i, according: true}, !subject.Empty()
	}
	if !d.has(i, cueWord) {
		return cue{}, false
	}
	f := cueForces[w.Fold]
	if w.Capital && d.Sentence[i] == d.Sentence[max(0, i-1)] && i > 0 || d.isNoun(i) {
		return cue{}, false
	}
	sentence := d.SentenceOf(i)
	c := cue{word: i, to: i + 1, force: f, from: i}
	c.after = d.phraseFrom(i+1, sentence.To)
	before, ok := d.subjectBefore(i)
	switch {
	case !ok:
		return cue{}, false
	case !before.Empty():
		c.subject, c.from = before, before.From
	case i > sentence.From && d.sharesSubject(i):
		c.subject, c.shared = d.mainSubject(i, earlier), true
	}
	return c, true
}

// source is the phrase after "according to", without what trails it.
func (d *document) source(i int) phrase {
	if i >= len(d.Words) {
		return phrase{}
	}
	p := d.phraseFrom(i, d.SentenceOf(i).To)
	// "the team's coach, Alireza Mehraban,"
	if next := p.To; !p.Empty() && d.Is(next, ",") && next+1 < len(d.Words) && d.isName(next+1) && !d.isName(p.To-1) {
		q := d.phraseFrom(next+1, d.SentenceOf(i).To)
		if !q.Empty() && d.Is(q.To, ",") && d.allNames(q) {
			return phrase{From: p.From, To: q.To}
		}
	}
	return p
}

func (d *document) allNames(p phrase) bool {
	for i := p.From; i < p.To; i++ {
		if d.Words[i].Letters && !d.Words[i].Capital && !d.has(i, nameJoiner) {
			return false
		}
	}
	return true
}

// isNoun reports whether the word of saying at i is a noun (a report, the
// claims), or a participle of the passive (was told).
func (d *document) isNoun(i int) bool {
	w := d.Fold(i)
	prev := d.Fold(i - 1)
	if strings.HasSuffix(w, "ing") || i == 0 {
		return d.has(i-1, determiner) || prev == "of"
	}
	if d.has(i-1, determiner) && prev != "this" && prev != "that" && prev != "many" && prev != "others" && prev != "some" && prev != "both" && prev != "all" || prev == "'s" || prev == "of" {
		return w != "said" && w != "told" && w != "says"
	}
	for k := i - 1; k >= 0 && k > i-4; k-- {
		switch d.Fold(k) {
		case "was", "were", "is", "are", "been", "be", "being", "am":
			return true
		}
		if !d.has(k, auxiliary) && !d.adverb(k) {
			break
		}
	}
	return false
}

// sharesSubject reports whether the verb at i takes the subject of the
// clause before: "and said", ", adding", "quoted as saying", "went on to say".
func (d *document) sharesSubject(i int) bool {
	k := i - 1
	for k > 0 && (d.has(k, auxiliary) || d.adverb(k)) {
		k--
	}
	return d.Is(k, "and", "but", "or", "to", "as", "by", "then") || strings.HasSuffix(d.Fold(i), "ing")
}

// subjectBefore is the noun phrase before the verb at v that is its subject,
// empty when there is none. It reports false when the word cannot be a verb
// of saying there at all.
func (d *document) subjectBefore(v int) (phrase, bool) {
	low := max(d.SentenceOf(v).From, v-reach)
	k := v - 1
	for k >= low && (d.has(k, auxiliary) || d.adverb(k)) {
		k--
	}
	if k < low {
		return phrase{}, true
	}
	if d.Is(k, "who", "which") {
		k--
		if d.Is(k, ",") {
			k--
		}
	}
	switch {
	case k < low:
		return phrase{}, true
	case d.Is(k, ","):
		if p := d.beforeParenthesis(k, low); !p.Empty() || k == v-1 {
			return p, true
		}
		return d.phraseEnding(k-1, low), true // "The company, has said"
	case d.Is(k, ")"):
		for j := k - 1; j >= low && j > k-12; j-- {
			if d.Is(j, "(") {
				return d.phraseEnding(j-1, low), true
			}
		}
		return phrase{}, true
	case d.Is(k, "to") && d.Is(k-1, "declined", "refused", "unable", "failed", "declining", "refusing", "how", "necessary", "able"):
		return phrase{}, false
	}
	return d.phraseEnding(k, low), true
}

// beforeParenthesis is the noun phrase before the words between commas of
// which the last is at word comma: "Noor, a doctor at the clinic, said".
func (d *document) beforeParenthesis(comma, low int) phrase {
	best := phrase{}
	commas := 0
	for j := comma - 1; j >= low && comma-j < 30 && commas < 3; j-- {
		if !d.Is(j, ",") {
			if _, glyph := d.markAt(j); glyph {
				break
			}
			continue
		}
		commas++
		p := d.phraseEnding(j-1, low)
		if p.Empty() {
			continue
		}
		if best.Empty() || d.Words[p.From].Capital && !d.Words[best.From].Capital {
			best = p
		}
		if d.isName(p.To - 1) {
			break
		}
	}
	return best
}

// mainSubject is the subject of the clause that the verb at v goes on with:
// that of the cue before it in the sentence, or the first noun phrase of the
// sentence.
func (d *document) mainSubject(v int, earlier []cue) phrase {
	sentence := d.SentenceOf(v)
	if n := len(earlier); n > 0 {
		c := earlier[n-1]
		if c.word >= sentence.From && v-c.word < reach && !c.according {
			if !c.subject.Empty() {
				return c.subject
			}
			return c.after
		}
	}
	return d.firstSubject(phrase{From: max(sentence.From, v-2*reach), To: v})
}

// firstSubject is the first noun phrase of a clause that is not part of an
// introduction ("In a statement, ...").
func (d *document) firstSubject(clause phrase) phrase {
	i := clause.From
	for i < clause.To && (!d.Words[i].Letters || d.Is(i, "but", "and", "so", "yet", "also", "still", "then", "however", "meanwhile")) {
		i++
	}
	if i >= clause.To {
		return phrase{}
	}
	w := d.Fold(i)
	if (d.has(i, preposition) || d.gerund(i) || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || d.has(i, calendarWord) || d.adverb(i)) && !d.Is(i, "who") {
		comma := i
		for comma < clause.To && comma < i+reach && !d.Is(comma, ",") {
			comma++
		}
		if comma >= clause.To || !d.Is(comma, ",") {
			return phrase{}
		}
		i = comma + 1
	}
	return d.phraseFrom(i, clause.To)
}
