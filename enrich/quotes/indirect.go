package quotes

import "strings"

// directStatements are the passages of speech, one statement each.
func (d *document) directStatements() []statement {
	var out []statement
	for _, p := range d.passages {
		if !p.speech {
			continue
		}
		s := statement{span: d.span(p.outer()), words: phrase{p.from, p.to}, kind: Direct, speaker: p.speaker}
		if p.cue >= 0 {
			s.cue = d.cueText(d.cues[p.cue])
		}
		out = append(out, s)
	}
	return out
}

// cueText is the words of saying as the text has them.
func (d *document) cueText(c cue) string {
	if c.according {
		return d.text[d.words[c.word].Span.Start:d.words[c.word+1].Span.End]
	}
	return d.words[c.word].Text
}

// indirectStatements are the clauses that report speech without quotation
// marks, or with marks around some of their words.
func (d *document) indirectStatements() []statement {
	used := map[int]bool{}
	for _, p := range d.passages {
		if p.cue >= 0 {
			used[p.cue] = true
		}
	}
	var out []statement
	covered := 0
	for n, c := range d.cues {
		if used[n] || d.quoted[c.word] != 0 && d.passages[d.quoted[c.word]-1].speech || c.force == manner {
			continue
		}
		content, speaker := d.contentOf(n)
		if content.to-content.from < 3 || content.from < covered {
			continue
		}
		s, ok := d.indirect(content)
		if !ok {
			continue
		}
		covered = content.to
		s.cue, s.speaker = d.cueText(c), speaker
		out = append(out, s)
	}
	return out
}

// indirect is the statement of a clause, mixed when part of it is quoted.
func (d *document) indirect(content phrase) (statement, bool) {
	quoted := 0
	for i := content.from; i < content.to; i++ {
		if q := d.quoted[i]; q != 0 {
			if d.passages[q-1].speech {
				return statement{}, false
			}
			quoted++
		}
	}
	s := statement{span: d.span(content), words: content, kind: Indirect}
	switch {
	case quoted*5 >= (content.to-content.from)*4 && quoted > 6:
		s.kind = Direct
	case quoted*5 >= (content.to-content.from)*4:
		return statement{}, false // a word or two, quoted for their own sake
	case quoted > 2:
		s.kind = Mixed
	}
	return s, true
}

// longestStatement is the most words that a reported clause can have.
const longestStatement = 250

// contentOf is what cue n reports, and who says it; empty when it reports
// nothing.
func (d *document) contentOf(n int) (content, speaker phrase) {
	c := d.cues[n]
	sentence := d.inSentence(c.word)
	if c.according {
		return d.accordingContent(c, sentence), c.subject
	}
	if content := d.afterAs(c, sentence); !content.empty() {
		return content, c.subject
	}
	if content := d.clauseBefore(n, sentence); !content.empty() {
		if c.subject.empty() || c.shared {
			return content, c.after
		}
		return content, c.subject
	}
	if c.subject.empty() {
		return phrase{}, phrase{}
	}
	return d.clauseAfter(n, sentence), c.subject
}

// accordingContent is the rest of the sentence around "according to X": what
// follows when it opens a clause, what goes before when it ends one.
func (d *document) accordingContent(c cue, sentence phrase) phrase {
	i := c.to
	for i < sentence.to && !d.is(i, ",") && !d.ends(i) && i-c.to < 25 {
		i++
	}
	opens := c.word == sentence.from || d.is(c.word-1, ",", "and", "but", ";", "which") && i+2 < sentence.to || c.word == d.body
	if opens && c.word == sentence.from && !d.is(c.to, ",") && !d.words[min(c.to, sentence.to-1)].Capital && d.hasVerb(phrase{c.to, i}) {
		return d.trimClause(phrase{c.to, d.contentEnd(c.to, sentence.to)}) // no comma: "According to the ministry over 300 were hurt"
	}
	if opens && (d.is(i, ",") && i+2 < sentence.to) {
		return d.trimClause(phrase{i + 1, d.contentEnd(i+1, sentence.to)})
	}
	if opens && c.word == sentence.from {
		return d.trimClause(phrase{c.to, d.contentEnd(c.to, sentence.to)})
	}
	if c.word-sentence.from < 3 || c.word-sentence.from > longestStatement {
		return phrase{}
	}
	return d.trimClause(phrase{max(sentence.from, d.body), c.word})
}

// afterAs is the statement after "As Smith told the BBC,".
func (d *document) afterAs(c cue, sentence phrase) phrase {
	if c.subject.empty() || !d.is(c.from-1, "as") || c.from-1 != max(sentence.from, d.body) {
		return phrase{}
	}
	for i := c.to; i < sentence.to && i < c.to+12; i++ {
		if d.is(i, ",") {
			return d.trimClause(phrase{i + 1, d.contentEnd(i+1, sentence.to)})
		}
	}
	return phrase{}
}

// clauseBefore is the statement that cue n closes: "The road is open, Smith
// said on Monday."
func (d *document) clauseBefore(n int, sentence phrase) phrase {
	c := d.cues[n]
	start := c.from
	if c.shared {
		start = c.word
	}
	if start == c.word && c.after.empty() || !d.is(start-1, ",", "–", "—", "-") && !(d.is(start-1, "as") && d.is(start-2, ",")) {
		return phrase{}
	}
	if strings.HasSuffix(d.fold(c.word), "ing") || c.force == holds {
		return phrase{}
	}
	comma := start - 1
	if d.is(comma, "as") {
		comma--
	}
	if comma-sentence.from < 4 || comma-sentence.from > longestStatement || !d.hasVerb(phrase{sentence.from, comma}) || d.opensWithCondition(sentence.from) {
		return phrase{}
	}
	if d.statesBetween(c.to, min(sentence.to, c.to+25)) {
		return phrase{}
	}
	return d.trimClause(phrase{max(sentence.from, d.body), comma})
}

// opensWithCondition reports whether the sentence opens with a clause or
// circumstance that cannot be the statement itself.
func (d *document) opensWithCondition(i int) bool {
	return d.is(i, "in", "on", "at", "after", "before", "during", "when", "while", "although", "though", "speaking", "asked", "as",
		"since", "despite", "following", "citing", "for", "by", "with", "according", "addressing", "commenting", "if")
}

// clauseAfter is the statement that follows the verb of cue n.
func (d *document) clauseAfter(n int, sentence phrase) phrase {
	c := d.cues[n]
	if describing[d.fold(c.word)] {
		return phrase{}
	}
	end := d.contentEnd(c.to, sentence.to)
	if n+1 < len(d.cues) {
		end = d.beforeNextCue(n, end)
	}
	if from, ok := d.complement(c, end); ok {
		return d.trimClause(phrase{from, end})
	}
	return phrase{}
}

// beforeNextCue ends the statement of cue n where the clause of the next cue
// begins, when a conjunction parts them.
func (d *document) beforeNextCue(n, end int) int {
	for k := n + 1; k < len(d.cues) && d.cues[k].word < end; k++ {
		c := d.cues[k]
		start := c.from
		if c.shared || c.subject.empty() {
			start = c.word
		}
		i := start - 1
		for i > d.cues[n].to+3 && start-i < 4 {
			if d.is(i, ",") || d.is(i, "and", "but") && c.shared {
				return i
			}
			if !d.is(i, "but", "and", "while", "as", "although") && !auxiliaries[d.fold(i)] {
				break
			}
			i--
		}
	}
	return end
}

// contentEnd is the end of a statement that begins at word from: the end of
// the sentence, or a passage of speech.
func (d *document) contentEnd(from, to int) int {
	to = min(to, from+longestStatement)
	for i := from; i < to; i++ {
		if q := d.quoted[i]; q != 0 && d.passages[q-1].speech {
			return i
		}
	}
	return to
}

// trimClause drops the marks at both ends of a statement.
func (d *document) trimClause(p phrase) phrase {
	for !p.empty() && d.is(p.from, ",", ":", ";", "-", "–", "—", "and", "but", ".", "while") {
		p.from++
	}
	for !p.empty() && (d.is(p.to-1, ",", ":", ";", "-", "–", "—", ".", "and", "but", "as", "--") || d.is(p.to-1, ")") && !d.holdsWord(p, "(")) {
		p.to--
	}
	return d.insideMarks(p)
}

func (d *document) holdsWord(p phrase, form string) bool {
	for i := p.from; i < p.to; i++ {
		if d.is(i, form) {
			return true
		}
	}
	return false
}

// insideMarks grows or shrinks p so that it cuts no passage in two.
func (d *document) insideMarks(p phrase) phrase {
	if p.empty() {
		return p
	}
	if q := d.quoted[p.from]; q != 0 && p.from > 0 && d.quoted[p.from-1] == q {
		p.from = d.passages[q-1].outer().to
	}
	if p.empty() {
		return phrase{}
	}
	if q := d.quoted[p.to-1]; q != 0 && p.to < len(d.words) && d.quoted[p.to] == q {
		p.to = d.passages[q-1].outer().to
	}
	return p
}
