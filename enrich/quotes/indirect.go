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

// complement finds where the statement after the verb of cue c begins. Verbs
// of belief need "that", a source that can hold a finding, or a verb such as
// believe.
func (d *document) complement(c cue, end int) (int, bool) {
	i := d.skipAddressee(c, end)
	if that := d.conjunction(i, end); that >= 0 {
		question := that == i && !d.is(i-1, "that")
		return that, c.force == utters && !(question && d.is(c.word-1, "to")) || c.force == holds && !question && d.canHold(c)
	}
	if c.force == holds && !d.canHoldPlainly(c) || !d.takesBareClause(c) {
		return 0, false
	}
	if i >= end || d.is(i, "to", ",", "of", "about", "as", ".", ":", ";", "at", "with", "and", "or") || d.gerund(i) {
		return 0, false
	}
	if prepositions[d.fold(i)] && !d.is(i, "there", "after", "because", "despite", "during", "under", "since", "by", "in", "if", "when", "while", "although", "though") {
		return 0, false
	}
	return i, !d.is(c.word-1, "to") && d.isClause(phrase{i, end}, c)
}

// isClause reports whether the words are a clause and not a noun phrase with
// a relative clause after it. Verbs that take an object as often as a clause
// ask for more than the look of a verb.
func (d *document) isClause(p phrase, c cue) bool {
	strict := takesObject[d.fold(c.word)]
	for i := p.from; i < p.to && i < p.from+30; i++ {
		w := &d.words[i]
		switch {
		case i > p.from && d.is(i, "that", "which", "who", "whose", "whom", "where", "to") && !d.is(i-1, ","):
			return false
		case finite[w.Fold]:
			return true
		case pronouns[w.Fold] && i == p.from:
			return true
		case strict && i > p.from && d.words[i-1].Capital && (irregular[w.Fold] || strings.HasSuffix(w.Fold, "ed")) && w.Letters && !w.Capital:
			return true
		case strict || i == p.from || !w.Letters || w.Capital || determiners[d.fold(i-1)] || prepositions[w.Fold]:
		case strings.HasSuffix(w.Fold, "ed") && len(w.Fold) > 3 || irregular[w.Fold]:
			return true
		case len(w.Fold) > 3 && strings.HasSuffix(w.Fold, "s") && !strings.HasSuffix(w.Fold, "ss") && (d.words[i-1].Capital || pronouns[d.fold(i-1)]):
			return true
		case d.isPlural(i-1) && i+1 < p.to && (determiners[d.fold(i+1)] || d.is(i+1, "to")):
			return true // the findings show pollution
		}
	}
	return false
}

// isPlural reports whether word i is a plural noun by its look.
func (d *document) isPlural(i int) bool {
	w := d.fold(i)
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

// takesObject are verbs of saying that take a noun as often as a clause.
var takesObject = set(`announce announces announced claim claims claimed report reports reported suggest suggests suggested show shows showed
	find found finds confirm confirms confirmed deny denied denies reveal revealed reveals know knew knows feel felt feels predict predicts
	predicted promise promised promises pledge pledged mention mentions mentioned read reads expects observed hint hinted recalled recalls
	agreed assumes assumed understands alleged declared acknowledged indicated indicates admitted informs wrote writes warned warns stressed
	emphasized emphasised noted notes stated states added adds explained explains demanded maintained maintains estimated estimates concluded`)

// skipAddressee is the word after whom the verb addresses: "told the BBC".
func (d *document) skipAddressee(c cue, end int) int {
	i := c.to
	if d.is(c.word, "told", "tells", "telling", "tell", "informed", "informs", "assured", "assures", "warned", "warns", "reminded") {
		p := d.phraseFrom(i, end)
		if !p.empty() && !(d.hasVerbAt(p.to) && !d.words[i].Capital && !d.is(c.word, "told", "tells")) {
			i = p.to
		}
	} else if d.is(i, "to") && d.is(c.word, "said", "stated", "explained", "confirmed", "announced", "admitted", "says", "reported") {
		i = d.phraseFrom(i+1, end).to
		if i == 0 {
			i = c.to
		}
	}
	return i
}

func (d *document) hasVerbAt(i int) bool { return finite[d.fold(i)] }

// conjunction is the word after "that", "how", "whether" or the like when one
// begins the statement at i, -1 when none does. A circumstance may stand
// before "that": said on Monday that, told reporters in Baku that.
func (d *document) conjunction(i, end int) int {
	if d.is(i, "how", "why", "whether", "what", "where", "when", "if") && i < end && d.hasVerb(phrase{i, end}) {
		return i
	}
	for k := i; k < end && k < i+14; k++ {
		if d.is(k, "that") && !d.is(k+1, "'s", ",") || d.is(k, "that") && k == i {
			if k+1 < end && d.is(k+1, ",") {
				return k + 2
			}
			return k + 1
		}
		if finite[d.fold(k)] || cueForces[d.fold(k)] != 0 || k == i && !prepositions[d.fold(k)] && !calendar[d.fold(k)] && !d.is(k, ",") && !d.adverb(k) && !d.is(k, "to") {
			return -1
		}
	}
	return -1
}

// takesBareClause reports whether the verb takes a clause without "that".
func (d *document) takesBareClause(c cue) bool {
	if strings.HasSuffix(d.fold(c.word), "ing") {
		return d.is(c.word, "saying", "adding", "telling", "claiming", "noting", "believing", "reporting", "stating")
	}
	return bareVerbs[d.fold(c.word)]
}

var bareVerbs = set(`tell rules ruled said says say told tells stated states added adds noted notes announced announces claimed claims reported reports
	believes believe believed thinks think thought suggest suggests suggested shows show showed found finds find estimate estimates
	estimated confirmed confirms explained explains argued argues insisted insists warned warns denied denies informs informed
	revealed reveals indicated indicates hopes hoped hope expects feared fears fear feels felt knew knows admitted admits conceded
	alleged alleges alleging suspect suspects predict predicts predicted concluded concludes observed realised realized agreed
	pledged promised promises acknowledged recalled recalls mentioned mentions declared emphasized emphasised stressed maintains
	maintained contends asserted assured assures read reads hinted tweeted wrote writes understands assumed assumes boasted`)

// canHold reports whether a finding or belief is attributed to someone in
// particular.
func (d *document) canHold(c cue) bool {
	if c.subject.empty() || d.is(c.subject.from, "you", "we", "i", "that", "this", "it", "which") && c.subject.to-c.subject.from == 1 {
		return false
	}
	return true
}

// canHoldPlainly is canHold for a statement without "that".
func (d *document) canHoldPlainly(c cue) bool {
	if !d.canHold(c) {
		return false
	}
	if sources[d.fold(c.subject.to-1)] {
		return true
	}
	for i := c.subject.from; i < c.subject.to; i++ {
		if sources[d.fold(i)] {
			return true
		}
	}
	return d.is(c.word, "believes", "believed", "believe", "thinks", "thought", "think", "hopes", "hoped", "fears", "feared", "estimates", "estimated", "knew", "felt", "feels", "expects", "suspects")
}

// hasVerb reports whether a clause has a finite verb by its look.
func (d *document) hasVerb(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		w := &d.words[i]
		if finite[w.Fold] {
			return true
		}
		if i > p.from && w.Letters && !w.Capital && len(w.Fold) > 3 && !determiners[d.fold(i-1)] && !prepositions[w.Fold] && verbEnding(w.Fold) {
			return true
		}
	}
	return false
}

func verbEnding(w string) bool {
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") || irregular[w]
}

var irregular = set(`went came took gave made met began became won lost led held kept left sent spent built bought paid rose fell grew
	knew saw got ran set let put cut hit said told found felt meant stood understood brought caught taught fought sought drew flew
	broke spoke wrote chose drove`)

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
