package quotes

// isDialogue reports whether the text is a conversation: passages that follow
// each other with nothing between them are then turns of different speakers.
func (d *document) isDialogue() bool {
	turns := 0
	for n := 1; n < len(d.passages); n++ {
		if d.passages[n].speech && d.adjacent(n) {
			turns++
		}
	}
	return turns > 3
}

// adjacent reports whether no word stands between passage n and the one
// before it.
func (d *document) adjacent(n int) bool {
	return n > 0 && d.passages[n].outer().From == d.passages[n-1].outer().To
}

// speakerByContext is who speaks passage n, which has no word of saying of
// its own.
func (d *document) speakerByContext(n int) phrase {
	if s, ok := d.goesOn(n); ok {
		return s
	}
	if s := d.beat(n); !s.Empty() {
		return s
	}
	if d.dialogue && d.adjacent(n) {
		return d.otherSpeaker(n)
	}
	return phrase{}
}

// goesOn is the speaker of the passage before n when n goes on with it: only
// its words of saying lie between, or a paragraph break in a text that is no
// conversation.
func (d *document) goesOn(n int) (phrase, bool) {
	if n == 0 {
		return phrase{}, false
	}
	before := d.passages[n-1]
	if !before.speech || before.speaker.Empty() {
		return phrase{}, false
	}
	if d.adjacent(n) {
		return before.speaker, !d.dialogue
	}
	from, to := before.outer().To, d.passages[n].outer().From
	if before.cue >= 0 && d.cues[before.cue].word >= from && d.sentencesIn(from, to) <= 1 {
		return before.speaker, true
	}
	return phrase{}, false
}

// sentencesIn counts the sentence ends among the words from to to.
func (d *document) sentencesIn(from, to int) int {
	n := 0
	for i := from; i < to && i < from+3*reach; i++ {
		if d.ends(i) {
			n++
		}
	}
	if to-from >= 3*reach {
		return 3
	}
	return n
}

// beat is the subject of the sentence of narration beside passage n: whoever
// acts there speaks.
func (d *document) beat(n int) phrase {
	e := d.passages[n].outer().From - 1
	if e >= 0 && d.ends(e) && d.quoted[e] == 0 && d.paragraph[e] == d.paragraph[e+1] {
		s := d.SentenceOf(e)
		if s := d.actor(phrase{From: max(s.From, e-2*reach), To: e}); !s.Empty() {
			return s
		}
	}
	i := d.passages[n].outer().To
	if d.dialogue && i < len(d.Words) && d.quoted[i] == 0 && !d.adjacent(n) {
		s := d.SentenceOf(i)
		return d.actor(phrase{From: i, To: max(i, s.To)})
	}
	return phrase{}
}

// actor is the subject of a clause when it is a person by its look.
func (d *document) actor(clause phrase) phrase {
	p := d.firstSubject(clause)
	if p.Empty() || d.quoted[p.From] != 0 {
		return phrase{}
	}
	if p.To-p.From == 1 && d.Is(p.From, "he", "she", "i") || d.isName(p.To-1) && d.isName(p.From) && d.knownName(p.To-1) {
		return p
	}
	return phrase{}
}

// otherSpeaker is the speaker of the turn before the last one, when the turns
// alternate.
func (d *document) otherSpeaker(n int) phrase {
	before := d.turnStart(n - 1)
	if before <= 0 || !d.adjacent(before) || !d.passages[before].speech || !d.passages[before-1].speech {
		return phrase{}
	}
	return d.passages[before-1].speaker
}

// turnStart is the first passage of the turn that passage n belongs to.
func (d *document) turnStart(n int) int {
	for n > 0 && !d.adjacent(n) && d.sameTurn(n) {
		n--
	}
	return n
}

// turnEnd is the last passage of the turn that passage n belongs to.
func (d *document) turnEnd(n int) int {
	for n+1 < len(d.passages) && !d.adjacent(n+1) && d.sameTurn(n+1) {
		n++
	}
	return n
}

// alternateBackwards gives turns without a speaker that of the turn after the
// next.
func (d *document) alternateBackwards() {
	for n := len(d.passages) - 1; n >= 0; n-- {
		p := &d.passages[n]
		if !p.speech || !p.speaker.Empty() {
			continue
		}
		next := d.turnEnd(n) + 1
		if next >= len(d.passages) || !d.adjacent(next) {
			continue
		}
		after := d.turnEnd(next) + 1
		if after < len(d.passages) && d.adjacent(after) && d.passages[after].speech {
			p.speaker = d.passages[after].speaker
		}
	}
}

// sameTurn reports whether passages k-1 and k are one turn split by its words
// of saying.
func (d *document) sameTurn(k int) bool {
	return d.passages[k-1].cue >= 0 && d.passages[k-1].cue == d.passages[k].cue || d.passages[k-1].speaker == d.passages[k].speaker
}
