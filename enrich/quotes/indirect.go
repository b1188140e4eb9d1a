package quotes

import "strings"

// directStatements are the passages of speech, one statement each.
func (d *document) directStatements() []statement {
	var out []statement
	for _, p := range d.passages {
		if !p.speech {
			continue
		}
		s := statement{span: d.SpanOf(p.outer()), words: phrase{From: p.from, To: p.to}, kind: Direct, speaker: p.speaker}
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
		return d.text[d.Words[c.word].Span.Start:d.Words[c.word+1].Span.End]
	}
	return d.Words[c.word].Text
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
		if content.To-content.From < 3 || content.From < covered {
			continue
		}
		s, ok := d.indirect(content)
		if !ok {
			continue
		}
		covered = content.To
		s.cue, s.speaker = d.cueText(c), speaker
		out = append(out, s)
	}
	return out
}

// indirect is the statement of a clause, mixed when part of it is quoted.
func (d *document) indirect(content phrase) (statement, bool) {
	quoted := 0
	for i := content.From; i < content.To; i++ {
		if q := d.quoted[i]; q != 0 {
			if d.passages[q-1].speech {
				return statement{}, false
			}
			quoted++
		}
	}
	s := statement{span: d.SpanOf(content), words: content, kind: Indirect}
	switch {
	case quoted*5 >= (content.To-content.From)*4 && quoted > 6:
		s.kind = Direct
	case quoted*5 >= (content.To-content.From)*4:
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
	sentence := d.SentenceOf(c.word)
	if c.according {
		return d.accordingContent(c, sentence), c.subject
	}
	if content := d.afterAs(c, sentence); !content.Empty() {
		return content, c.subject
	}
	if content := d.clauseBefore(n, sentence); !content.Empty() {
		if c.subject.Empty() || c.shared {
			return content, c.after
		}
		return content, c.subject
	}
	if c.subject.Empty() {
		return phrase{}, phrase{}
	}
	return d.clauseAfter(n, sentence), c.subject
}

// accordingContent is the rest of the sentence around "according to X": what
// follows when it opens a clause, what goes before when it ends one.
func (d *document) accordingContent(c cue, sentence phrase) phrase {
	i := c.to
	for i < sentence.To && !d.Is(i, ",") && !d.ends(i) && i-c.to < 25 {
		i++
	}
	opens := c.word == sentence.From || d.Is(c.word-1, ",", "and", "but", ";", "which") && i+2 < sentence.To || c.word == d.body
	if opens && c.word == sentence.From && !d.Is(c.to, ",") && !d.Words[min(c.to, sentence.To-1)].Capital && d.hasVerb(phrase{From: c.to, To: i}) {
		return d.trimClause(phrase{From: c.to, To: d.contentEnd(c.to, sentence.To)}) // no comma: "According to the ministry over 300 were hurt"
	}
	if opens && (d.Is(i, ",") && i+2 < sentence.To) {
		return d.trimClause(phrase{From: i + 1, To: d.contentEnd(i+1, sentence.To)})
	}
	if opens && c.word == sentence.From {
		return d.trimClause(phrase{From: c.to, To: d.contentEnd(c.to, sentence.To)})
	}
	if c.word-sentence.From < 3 || c.word-sentence.From > longestStatement {
		return phrase{}
	}
	return d.trimClause(phrase{From: max(sentence.From, d.body), To: c.word})
}

// afterAs is the statement after "As Smith told the BBC,".
func (d *document) afterAs(c cue, sentence phrase) phrase {
	if c.subject.Empty() || !d.Is(c.from-1, "as") || c.from-1 != max(sentence.From, d.body) {
		return phrase{}
	}
	for i := c.to; i < sentence.To && i < c.to+12; i++ {
		if d.Is(i, ",") {
			return d.trimClause(phrase{From: i + 1, To: d.contentEnd(i+1, sentence.To)})
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
	if start == c.word && c.after.Empty() || !d.Is(start-1, ",", "–", "—", "-") && !(d.Is(start-1, "as") && d.Is(start-2, ",")) {
		return phrase{}
	}
	if strings.HasSuffix(d.Fold(c.word), "ing") || c.force == holds {
		return phrase{}
	}
	comma := start - 1
	if d.Is(comma, "as") {
		comma--
	}
	if comma-sentence.From < 4 || comma-sentence.From > longestStatement || !d.hasVerb(phrase{From: sentence.From, To: comma}) || d.opensWithCondition(sentence.From) {
		return phrase{}
	}
	if d.statesBetween(c.to, min(sentence.To, c.to+25)) {
		return phrase{}
	}
	return d.trimClause(phrase{From: max(sentence.From, d.body), To: comma})
}

// opensWithCondition reports whether the sentence opens with a clause or
// circumstance that cannot be the statement itself.
func (d *document) opensWithCondition(i int) bool {
	return d.Is(i, "in", "on", "at", "after", "before", "during", "when", "while", "although", "though", "speaking", "asked", "as",
		"since", "despite", "following", "citing", "for", "by", "with", "according", "addressing", "commenting", "if")
}

// clauseAfter is the statement that follows the verb of cue n.
func (d *document) clauseAfter(n int, sentence phrase) phrase {
	c := d.cues[n]
	if d.has(c.word, describingVerb) {
		return phrase{}
	}
	end := d.contentEnd(c.to, sentence.To)
	if n+1 < len(d.cues) {
		end = d.beforeNextCue(n, end)
	}
	if from, ok := d.complement(c, end); ok {
		return d.trimClause(phrase{From: from, To: end})
	}
	return phrase{}
}

// beforeNextCue ends the statement of cue n where the clause of the next cue
// begins, when a conjunction parts them.
func (d *document) beforeNextCue(n, end int) int {
	for k := n + 1; k < len(d.cues) && d.cues[k].word < end; k++ {
		c := d.cues[k]
		start := c.from
		if c.shared || c.subject.Empty() {
			start = c.word
		}
		i := start - 1
		for i > d.cues[n].to+3 && start-i < 4 {
			if d.Is(i, ",") || d.Is(i, "and", "but") && c.shared {
				return i
			}
			if !d.Is(i, "but", "and", "while", "as", "although") && !d.has(i, auxiliary) {
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
	for !p.Empty() && d.Is(p.From, ",", ":", ";", "-", "–", "—", "and", "but", ".", "while") {
		p.From++
	}
	for !p.Empty() && (d.Is(p.To-1, ",", ":", ";", "-", "–", "—", ".", "and", "but", "as", "--") || d.Is(p.To-1, ")") && !d.holdsWord(p, "(")) {
		p.To--
	}
	return d.insideMarks(p)
}

func (d *document) holdsWord(p phrase, form string) bool {
	for i := p.From; i < p.To; i++ {
		if d.Is(i, form) {
			return true
		}
	}
	return false
}

// insideMarks grows or shrinks p so that it cuts no passage in two.
func (d *document) insideMarks(p phrase) phrase {
	if p.Empty() {
		return p
	}
	if q := d.quoted[p.From]; q != 0 && p.From > 0 && d.quoted[p.From-1] == q {
		p.From = d.passages[q-1].outer().To
	}
	if p.Empty() {
		return phrase{}
	}
	if q := d.quoted[p.To-1]; q != 0 && p.To < len(d.Words) && d.quoted[p.To] == q {
		p.To = d.passages[q-1].outer().To
	}
	return p
}
