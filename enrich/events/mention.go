package events

import (
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// mention is a noun phrase that speaks of an event.
type mention struct {
	np       phrase // the phrase with its modifiers, without determiner
	head     int    // the noun
	name     phrase // the part of np that names the event
	outer    int    // first word with the determiner
	kind     string
	series   int // index in the gazetteer, -1 for none
	edition  string
	year     int
	days     int  // of "two-day"
	definite bool // the, this, these: something spoken of before
	generic  bool // nothing but a noun and light adjectives
	anyKind  bool // "the event": a noun that fits every kind
	elided   bool // "the seventh", "the next one": another of the events before
	verbal   bool // the verb alone tells of the event
	shy      bool // a noun common in other senses
	quoted   bool // inside a direct quotation
	clause   phrase
	bracket  phrase // brackets right after the name
	remark   phrase // what stands between commas after the mention, when the verb follows it
}

// mentions finds the noun phrases of events in the order of the text.
func (f *Finder) mentions(d *document) []mention {
	var out []mention
	for i := d.body; i < len(d.words); {
		m, ok := f.mentionAt(d, i)
		if !ok && len(out) > 0 {
			m, ok = d.ellipsis(i, &out[len(out)-1])
		}
		if !ok {
			i++
			continue
		}
		if n := len(out); n > 0 && m.outer < out[n-1].np.to {
			m.outer = max(m.outer, out[n-1].np.to)
		}
		out = append(out, m)
		i = max(m.np.to, i+1)
	}
	return out
}

func (f *Finder) mentionAt(d *document, i int) (mention, bool) {
	if w := &d.words[i]; !w.Letters || !w.Capital && !opensMention[w.Fold] {
		return mention{}, false
	}
	if n, entry := f.series.at(d, i); n > 0 {
		return f.seriesMention(d, i, n, entry)
	}
	if d.isPronounSubject(i) || d.opensImprint(i) {
		return mention{np: phrase{i, i + 1}, head: i, outer: i, series: -1, definite: true, generic: true, anyKind: true, quoted: d.quote[i] != 0}, true
	}
	kind := headNouns[d.words[i].Fold]
	generic := genericNouns[d.words[i].Fold]
	if d.is(i, "table") && (d.is(i-1, "round") || d.is(i-1, "-") && d.is(i-2, "round")) {
		kind = "meeting"
	}
	if kind == "" && !generic || !d.isEventNoun(i) || f.startsSeries(d, i+1) {
		return mention{}, false
	}
	m := mention{head: i, kind: kind, series: -1, anyKind: generic && kind == "" || d.is(i, "gathering"), shy: shyNouns[d.words[i].Fold]}
	d.extend(&m, d.phraseStart(i))
	return m, d.stands(&m)
}

// ellipsis is the mention at word i of another event like the one before:
// "the seventh will be held", "will host the next one".
func (d *document) ellipsis(i int, before *mention) (mention, bool) {
	if !d.is(i-1, "the", "next", "last", "previous", "latest") {
		return mention{}, false
	}
	m := mention{np: phrase{i, i + 1}, name: before.name, head: i, outer: i, kind: before.kind, series: before.series, elided: true, quoted: d.quote[i] != 0}
	switch {
	case d.is(i, "one") && d.is(i-1, "next", "last", "previous", "latest"):
		m.outer = max(i-2, before.np.to)
	case d.ordinal(i) != "" && d.is(i-1, "the") && (auxiliaries[d.fold(i+1)] || eventVerbs[d.fold(i+1)].class != noVerb || d.is(i+1, "in") && d.is(i-2, ",", "and")):
		m.edition, m.outer = d.ordinal(i), i-1
	default:
		return mention{}, false
	}
	return m, int(d.sentence[i])-int(d.sentence[before.head]) < 2
}

// opensMention are the lower-case words at which a mention can be recognised.
var opensMention = func() map[string]bool {
	m := map[string]bool{"it": true, "table": true}
	for w := range headNouns {
		m[w] = true
	}
	for w := range genericNouns {
		m[w] = true
	}
	return m
}()

// startsSeries reports whether the name of a series begins at word i, so that
// a noun before it only leads up to it (the conference PICARD 2015).
func (f *Finder) startsSeries(d *document, i int) bool {
	if i >= len(d.words) || !d.words[i].Capital {
		return false
	}
	n, _ := f.series.at(d, i)
	return n > 0
}

// seriesMention is the mention of a series named at words [i,i+n).
func (f *Finder) seriesMention(d *document, i, n, entry int) (mention, bool) {
	m := mention{head: i + n - 1, series: entry, kind: f.series.entries[entry].Kind}
	for j := i + n; j < len(d.words) && j < i+n+3; j++ {
		if kind := headNouns[d.words[j].Fold]; kind != "" {
			m.head = j
			if m.kind == "" {
				m.kind = kind
			}
			break
		}
		if y := d.yearAt(j); y > 0 {
			m.year = y
			continue
		}
		if !d.words[j].Letters || auxiliaries[d.fold(j)] || prepositions[d.fold(j)] || conjunctions[d.fold(j)] {
			break
		}
	}
	d.extend(&m, d.phraseStart(i))
	if number := strings.TrimLeft(d.words[i].Text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"); n == 1 && number != "" && len(number) < 4 && number[0] >= '1' && number[0] <= '9' && number != d.words[i].Text {
		m.edition = number // COP29
	}
	if dependants[d.fold(m.np.to)] && !d.words[m.np.to].Capital {
		return m, false
	}
	return m, true
}

// isPronounSubject reports whether "it" at word i is the subject of a verb of
// events.
func (d *document) isPronounSubject(i int) bool {
	if !d.is(i, "it") || i != d.inSentence(i).from && !d.is(i-1, ",", "and", "but", "that", ":") && d.date[i-1] == 0 {
		return false
	}
	for k := i + 1; k < i+7 && k < len(d.words); k++ {
		if v, ok := d.eventVerb(k); ok {
			switch v.class {
			case holds, happens, postpones, cancels, moves, ends, gathers, plans, lasts:
				return true
			}
			return v.class == starts && !d.is(k, "started", "began")
		}
		if !auxiliaries[d.fold(k)] && !eventVerbs[d.fold(k)].past {
			return false
		}
	}
	return false
}

// opensImprint reports whether the sentence at word i says no more than who is
// behind the event before: "Organised by the chamber of commerce."
func (d *document) opensImprint(i int) bool {
	return d.words[i].Capital && i == d.inSentence(i).from && d.is(i, "organized", "organised", "hosted", "co-organized") && d.is(i+1, "by") && !d.namesEvent(d.inSentence(i))
}

// namesEvent reports whether an event noun stands among the next words of p.
func (d *document) namesEvent(p phrase) bool {
	for i := p.from; i < p.to && i < p.from+25; i++ {
		if headNouns[d.fold(i)] != "" {
			return true
		}
	}
	return false
}

// isEventNoun reports whether the word at i, which can head the name of an
// event, is a noun here, and stands for one event.
func (d *document) isEventNoun(i int) bool {
	w := d.words[i].Fold
	prev := d.fold(i - 1)
	switch prev {
	case "to", "will", "would", "not", "can", "could", "may", "should", "must", "he", "she", "they", "we", "i", "who", "also":
		return false
	case "is", "are", "was", "were", "been", "being":
		return w != "meeting" && w != "gathering" && w != "training"
	case "of":
		if w == "course" {
			return false
		}
	case "on", "in", "at":
		if w == "trial" || w == "session" || w == "course" {
			return false
		}
	}
	if w == "course" && d.is(i+1, "of") || w == "talks" && d.is(i+1, "about") {
		return false
	}
	switch w {
	case "meetings", "sessions":
		if !d.is(i-1, "annual", "spring", "autumn") && !d.words[max(i-1, 0)].Capital {
			return false
		}
	case "elections", "talks", "negotiations", "consultations", "games", "exercises", "drills", "polls", "olympics":
	default:
		if strings.HasSuffix(w, "s") && w != "congress" {
			return false
		}
	}
	next := i + 1
	if videoWords[prev] && (w == "conference" || w == "meeting" || w == "call") || d.ownsName(i) {
		return false
	}
	if d.is(next, "-") || d.is(next, "'s") && (dependants[d.fold(next+1)] || dependants[d.fold(next+2)]) {
		return false
	}
	return !dependants[d.fold(next)] && headNouns[d.fold(next)] == ""
}

// ownsName reports whether the capitalized event noun at i is only a word of
// the name of something else: Summit Hotel, Forum Energy.
func (d *document) ownsName(i int) bool {
	next := i + 1
	if !d.words[i].Capital || next >= len(d.words) || !d.words[next].Capital || d.sentence[next] != d.sentence[i] {
		return false
	}
	if d.words[next].Upper || d.place[next] != 0 && d.org[next] == 0 || d.date[next] != 0 || headNouns[d.words[next].Fold] != "" {
		return false
	}
	return d.yearAt(next) == 0 && d.text[d.words[i].Span.End:d.words[next].Span.Start] == " "
}

// phraseStart walks back from the head or the series name at word i to the
// first word of its noun phrase.
func (d *document) phraseStart(i int) int {
	low := max(d.inSentence(i).from, i-14, d.body)
	lower := 0
	j := i - 1
	for ; j >= low; j-- {
		w := d.fold(j)
		switch {
		case d.isDay(j) && !d.isOrdinal(j):
			return j + 1
		case d.date[j] != 0 && !d.isOrdinal(j): // two-day, annual
		case d.words[j].Capital && !determiners[w] && !prepositions[w] && !conjunctions[w] && eventVerbs[w].class == noVerb:
		case w == "'" && j > low && strings.HasSuffix(d.fold(j-1), "s"):
		case w == "-" && j > low && d.words[j-1].Letters, d.isOrdinal(j):
		case (w == "and" || w == "of" || w == "&" || w == "for" || w == "on") && d.words[j+1].Capital && j > low && d.words[j-1].Capital && (d.words[i].Capital || w == "for" || w == "&"):
		case !d.words[j].Letters && w != "-" || determiners[w] || prepositions[w] || conjunctions[w] || auxiliaries[w]:
			return j + 1
		case eventVerbs[w].class != noVerb && w != "opening" && w != "closing" || otherVerbs[w] && w != "working" || strings.HasSuffix(w, "ly"):
			return j + 1
		default:
			if lower++; lower > 5 {
				return j + 1
			}
		}
	}
	return j + 1
}

// isDay reports whether word i belongs to a date that lies in time, and not
// to a length or a rhythm.
func (d *document) isDay(i int) bool {
	if d.date[i] == 0 {
		return false
	}
	t := d.r.Dates[d.date[i]-1].Type
	return t == news.TypeDate || t == news.TypeTime
}

func (d *document) isOrdinal(i int) bool {
	return d.ordinal(i) != ""
}

// ordinal is the number that word i counts an edition by: 10th, tenth, XV.
func (d *document) ordinal(i int) string {
	if i < 0 || i >= len(d.words) {
		return ""
	}
	w := &d.words[i]
	if n := ordinals[w.Fold]; n != "" {
		return n
	}
	for _, ending := range []string{"th", "st", "nd", "rd"} {
		if n, ok := strings.CutSuffix(w.Fold, ending); ok && n != "" && len(n) < 4 {
			if _, err := strconv.Atoi(n); err == nil {
				return n
			}
		}
	}
	if w.Upper || w.Text == "V" || w.Text == "X" || w.Text == "I" {
		if n := roman(w.Text); n > 0 && n < 90 {
			return strconv.Itoa(n)
		}
	}
	return ""
}

func roman(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	total := 0
	for i := range len(s) {
		v := values[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			total -= v
		} else {
			total += v
		}
	}
	return total
}

// extend fills the mention's phrase from its first word: what its modifiers
// say, and the words after the head that belong to the name.
func (d *document) extend(m *mention, from int) {
	if y := d.yearAt(from - 1); y > 0 {
		m.year = y
		from--
	}
	m.outer = from
	m.np = phrase{from, m.head + 1}
	for k := from - 1; k >= max(0, from-3) && determiners[d.fold(k)]; k-- {
		m.outer = k
		m.definite = m.definite || d.is(k, "the", "this", "these", "that")
	}
	d.readEditionOf(m)
	m.quoted = d.quote[m.head] != 0
	named := from
	m.generic = true
	for i := from; i < m.head; i++ {
		if m.readModifier(d, i) {
			if named == i {
				named = i + 1
			}
			continue
		}
		m.generic = false
	}
	m.name = phrase{min(named, m.head), m.head + 1}
	m.generic = m.generic && m.series < 0 && !d.words[m.head].Capital
	d.readTail(m)
}

// readEditionOf reads "the 7th edition of" before the phrase.
func (d *document) readEditionOf(m *mention) {
	if d.is(m.outer-1, "of") && d.is(m.outer-2, "edition", "round") && d.ordinal(m.outer-3) != "" {
		m.edition = d.ordinal(m.outer - 3)
		m.outer -= 3
	}
}

// readModifier reads a word before the head that counts or measures the event
// and reports whether it is one.
func (m *mention) readModifier(d *document, i int) bool {
	if n := d.ordinal(i); n != "" {
		m.edition = n
		return true
	}
	if n := d.dayCount(i); n > 0 {
		m.days = n
	}
	switch d.fold(i) {
	case "-", "day", "days", "week", "annual", "upcoming", "forthcoming", "next", "last", "previous", "regular", "same", "whole", "entire", "said", "important", "big", "jubilee":
		return true
	}
	return numbers[d.fold(i)] > 0 || d.words[i].Text[0] >= '0' && d.words[i].Text[0] <= '9'
}

// dayCount is the days of "two-day" or "3-day" at word i.
func (d *document) dayCount(i int) int {
	if !d.is(i+1, "-") && !d.is(i+1, "day") {
		return 0
	}
	unit := i + 1
	if d.is(unit, "-") {
		unit++
	}
	n := numbers[d.fold(i)]
	if n == 0 {
		n, _ = strconv.Atoi(d.words[i].Text)
	}
	switch {
	case n <= 0 || n > 60:
		return 0
	case d.is(unit, "day", "days"):
		return n
	case d.is(unit, "week"):
		return 7 * n
	}
	return 0
}

// readTail reads what follows the head: a year, a quoted title, "of" and "on"
// phrases.
func (d *document) readTail(m *mention) {
	i := m.head + 1
	if y := d.yearAt(i); y > 0 {
		m.year = y
		i++
	} else if d.is(i, "-") && d.yearAt(i+1) > 0 {
		m.year = d.yearAt(i + 1)
		i += 2
	}
	if end := d.titleEnd(i); end > i {
		i = end
		m.generic = false
	} else if end := d.sidesEnd(i); end > i {
		i = end
	} else if end := d.topicEnd(i); end > i {
		m.generic = m.generic && !d.is(i, "of", "on")
		i = end
	}
	i = d.properEnd(m, i)
	m.name.to = i
	m.bracket = phrase{i, d.bracketEnd(i)}
	m.np.to = d.subjectMatterEnd(m.bracket.to)
}

// properEnd is the end of the proper name right after a common noun: the fair
// AITF, the trade fair Fruit Logistica.
func (d *document) properEnd(m *mention, i int) int {
	if i != m.head+1 || d.words[m.head].Capital {
		if i == m.head+1 && i < len(d.words) && d.words[i].Upper && !d.words[m.head].Upper && d.org[i] == 0 && d.sentence[i] == d.sentence[m.head] {
			return i + 1 // Space Salon MAKS
		}
		return i
	}
	for i < len(d.words) && i < m.head+6 && d.words[i].Capital && d.date[i] == 0 && d.place[i] == 0 && d.person[i] == 0 && d.sentence[i] == d.sentence[m.head] {
		i++
	}
	return i
}

// bracketEnd is the end of the brackets at word i that hold an acronym or a
// remark; i when there are none.
func (d *document) bracketEnd(i int) int {
	if !d.is(i, "(") {
		return i
	}
	for k := i + 1; k < len(d.words) && k < i+9; k++ {
		if d.is(k, ")") {
			return k + 1
		}
	}
	return i
}

// subjectMatterEnd is the end of "dedicated to ..." at word i, which says
// what the event is about and not where it is; i when there is none.
func (d *document) subjectMatterEnd(i int) int {
	if !d.is(i, "dedicated", "devoted") || !d.is(i+1, "to") {
		return i
	}
	end := i + 2
	for end < len(d.words) && end < i+25 && !auxiliaries[d.fold(end)] && !conjunctions[d.fold(end)] && !d.is(end, ",") && !d.ends(end) && d.date[end] == 0 {
		end++
	}
	return end
}

// sidesEnd is the end of "between X and Y" at word i, i when there is none.
func (d *document) sidesEnd(i int) int {
	if !d.is(i, "between") {
		return i
	}
	end := i
	for k := i + 1; k < len(d.words) && k < i+14; k++ {
		w := &d.words[k]
		if !w.Capital && !d.is(k, "and", ",", "the", "of", "'s", "two") && (!w.Letters || prepositions[w.Fold] || auxiliaries[w.Fold] || eventVerbs[w.Fold].class != noVerb) || d.date[k] != 0 {
			break
		}
		if w.Capital {
			end = k + 1
		}
	}
	return end
}

// yearAt is the year that word i is, 0 when it is none.
func (d *document) yearAt(i int) int {
	if i < 0 || i >= len(d.words) || len(d.words[i].Text) != 4 {
		return 0
	}
	y, err := strconv.Atoi(d.words[i].Text)
	if err != nil || y < 1900 || y > 2100 {
		return 0
	}
	return y
}

// titleEnd is the end of a quoted title at word i, after "titled" or the
// like; i when there is none.
func (d *document) titleEnd(i int) int {
	k := i
	if d.is(k, ",") && d.is(k+1, "titled", "entitled", "called", "themed", "named", "dubbed") {
		k++
	}
	for k < len(d.words) && k < i+6 && d.is(k, "titled", "entitled", "called", "themed", "named", "on", "under", "the", "theme", "motto", "slogan", "topic", ":", "dubbed", "of") {
		k++
	}
	if !d.isQuoteMark(k) {
		return i
	}
	for e := k + 2; e < len(d.words) && e < k+25; e++ {
		if d.isQuoteMark(e) {
			return e + 1
		}
		if d.sentence[e] != d.sentence[k] {
			break
		}
	}
	return i
}

// topicEnd is the end of the "of", "on" and "for" phrases at word i that name
// an event's subject; i when there is none.
func (d *document) topicEnd(i int) int {
	end := i
	k := i
	for k < len(d.words) && k < i+22 {
		w := d.fold(k)
		switch {
		case w == "of" || w == "on" || w == "for":
			if !d.topicWord(k+1) || w != "of" && d.date[k+1] != 0 {
				return end
			}
		case end > i && (w == "and" || w == "," && d.is(k+1, "and")):
			if d.startsEvent(k+1) || !d.topicWord(k+1) || !d.topicWord(k+2) && !d.endsClause(k+2) {
				return end
			}
		case end == i && k == i:
			return i
		case !d.topicWord(k):
			return end
		default:
			end = k + 1
		}
		k++
	}
	return end
}

// startsEvent reports whether the words at i begin the phrase of another event.
func (d *document) startsEvent(i int) bool {
	for k := i; k < len(d.words) && k < i+5; k++ {
		if headNouns[d.fold(k)] != "" && determiners[d.fold(i)] {
			return true
		}
		if !d.words[k].Letters || prepositions[d.fold(k)] {
			break
		}
	}
	return false
}

// topicWord reports whether word i can be part of an event's subject.
func (d *document) topicWord(i int) bool {
	if i >= len(d.words) || d.date[i] != 0 {
		return false
	}
	w := &d.words[i]
	if w.Text == "-" || w.Text == "'s" || w.Text == "&" || (w.Text == "'" || w.Text == "’") && strings.HasSuffix(d.fold(i-1), "s") {
		return true
	}
	if !w.Letters && (w.Text[0] < '0' || w.Text[0] > '9') || prepositions[w.Fold] && w.Fold != "of" && w.Fold != "on" && w.Fold != "for" || conjunctions[w.Fold] {
		return false
	}
	if w.Capital && !w.Upper || strings.HasSuffix(w.Fold, "ing") {
		return true
	}
	return !auxiliaries[w.Fold] && eventVerbs[w.Fold].class == noVerb && !otherVerbs[w.Fold] && !determinersOfTime[w.Fold]
}

var determinersOfTime = set("here there today yesterday tomorrow tonight earlier later")

func (d *document) endsClause(i int) bool {
	return i >= len(d.words) || !d.words[i].Letters || prepositions[d.fold(i)] || auxiliaries[d.fold(i)]
}

// stands reports whether the phrase speaks of an event of its own: not of a
// part of one, nor of something an event noun only describes.
func (d *document) stands(m *mention) bool {
	for i := m.np.from; i < m.head; i++ {
		if partsOf[d.fold(i)] && !d.is(m.outer, "a", "an") && !d.words[i].Capital && (i == m.head-1 || !d.is(i, "plenary", "working", "general")) && !d.is(m.head, "session") {
			return false
		}
	}
	if d.is(m.outer, "each", "every", "any", "no", "some") {
		return false
	}
	if !d.is(m.outer, "a", "an") && !d.is(m.head+1, "of") && d.is(m.head-1, "opening", "closing", "plenary", "inaugural", "working", "panel", "breakout") && d.is(m.head, "session", "ceremony") && !d.words[m.head].Capital {
		return false
	}
	return true
}

func (d *document) isQuoteMark(i int) bool {
	if i >= len(d.words) {
		return false
	}
	switch d.words[i].Text {
	case `"`, `“`, `”`, `„`, `«`, `»`, `‘`, `’`, `'`:
		return true
	}
	return false
}
