package events

import (
	"strings"
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
	none     bool // "no summit": what is said not to be
	clause   phrase
	bracket  phrase // brackets right after the name
	remark   phrase // what stands between commas after the mention, when the verb follows it
}

// mentions finds the noun phrases of events in the order of the text.
func (f *Finder) mentions(d *document) []mention {
	var out []mention
	for i := d.body; i < len(d.Words); {
		m, ok := f.mentionAt(d, i)
		if !ok && len(out) > 0 && (d.has(i-1, another) || d.has(i, mentionOpener) && d.Is(i, "round", "next", "'s")) {
			m, ok = d.ellipsis(i, &out[len(out)-1])
		}
		if !ok {
			i++
			continue
		}
		if n := len(out); n > 0 && m.outer < out[n-1].np.To {
			m.outer = max(m.outer, out[n-1].np.To)
		}
		out = append(out, m)
		i = max(m.np.To, i+1)
	}
	return out
}

func (f *Finder) mentionAt(d *document, i int) (mention, bool) {
	if w := &d.Words[i]; !w.Letters || !w.Capital && !d.has(i, mentionOpener) {
		return mention{}, false
	}
	if n, entry := f.series.at(d, i); n > 0 {
		return f.seriesMention(d, i, n, entry)
	}
	if d.isPronounSubject(i) || d.opensImprint(i) {
		return mention{np: phrase{From: i, To: i + 1}, head: i, outer: i, series: -1, definite: true, generic: true, anyKind: true, quoted: d.quote[i] != 0}, true
	}
	kind := d.kindOf(i)
	generic := d.has(i, genericNoun)
	if d.Is(i, "table") && (d.Is(i-1, "round") || d.Is(i-1, "-") && d.Is(i-2, "round")) {
		kind = "meeting"
		if d.Is(i+1, "discussion", "meeting", "debate") {
			i++
		}
	}
	if kind == "" && d.closingDate(i) {
		kind = "deadline"
	}
	if d.Is(i, "edition") && !d.countsEdition(i) {
		return mention{}, false
	}
	if kind == "" && !generic || kind != "deadline" && !d.isEventNoun(i) || f.startsSeries(d, i+1) {
		return mention{}, false
	}
	m := mention{head: i, kind: kind, series: -1, anyKind: generic && kind == "" || d.Is(i, "gathering"), shy: d.has(i, shyNoun)}
	d.extend(&m, d.phraseStart(i))
	return m, d.stands(&m)
}

// ellipsis is the mention at word i, which another precedes, of another event
// like the one before:
// "the seventh will be held", "will host the next one".
func (d *document) ellipsis(i int, before *mention) (mention, bool) {
	m := mention{np: phrase{From: i, To: i + 1}, name: before.name, head: i, outer: i, kind: before.kind, series: before.series, elided: true, quoted: d.quote[i] != 0}
	switch {
	case d.Is(i, "round", "edition") && d.ordinal(i-1) != "" && d.has(i+1, auxiliary|verbOfEvent):
		m.edition, m.outer = d.ordinal(i-1), max(i-1, before.np.To)
	case d.Is(i, "round") && d.Is(i-1, "next", "last", "previous") && d.has(i+1, auxiliary|verbOfEvent):
		m.outer = max(i-1, before.np.To)
	case d.Is(i, "next") && d.Is(i-1, "the") && (d.Is(i+1, "in", "on") || i+1 < len(d.Words) && d.isDay(i+1)):
		m.outer = i - 1
	case d.Is(i, "'s") && d.Is(i-1, "year", "month", "week") && d.Is(i-2, "this", "next", "last") && d.has(i+1, auxiliary):
		m.outer = max(i-2, before.np.To) // this year's will be held
	case d.Is(i, "one") && d.Is(i-1, "next", "last", "previous", "latest"):
		m.outer = max(i-2, before.np.To)
	case d.ordinal(i) != "" && d.Is(i-1, "the") && (d.has(i+1, auxiliary) || d.has(i+1, verbOfEvent) || d.Is(i+1, "in") && d.Is(i-2, ",", "and")):
		m.edition, m.outer = d.ordinal(i), i-1
	default:
		return mention{}, false
	}
	return m, int(d.Sentence[i])-int(d.Sentence[before.head]) < 2
}

// startsSeries reports whether the name of a series begins at word i, so that
// a noun before it only leads up to it (the conference PICARD 2015).
func (f *Finder) startsSeries(d *document, i int) bool {
	if i >= len(d.Words) || !d.Words[i].Capital {
		return false
	}
	n, _ := f.series.at(d, i)
	return n > 0
}

// seriesMention is the mention of a series named at words [i,i+n).
func (f *Finder) seriesMention(d *document, i, n, entry int) (mention, bool) {
	m := mention{head: i + n - 1, series: entry, kind: f.series.entries[entry].Kind}
	for j := i + n; j < len(d.Words) && j < i+n+3; j++ {
		if kind := d.kindOf(j); kind != "" {
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
		if !d.Words[j].Letters || d.has(j, auxiliary) || d.has(j, preposition) || d.has(j, conjunction) {
			break
		}
	}
	d.extend(&m, d.phraseStart(i))
	if number := strings.TrimLeft(d.Words[i].Text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"); n == 1 && number != "" && len(number) < 4 && number[0] >= '1' && number[0] <= '9' && number != d.Words[i].Text {
		m.edition = number // COP29
	}
	if d.has(m.np.To, dependant) && !d.Words[m.np.To].Capital {
		return m, false
	}
	return m, true
}

// leadsIn reports whether the date that ends at word i stands between an
// article and its noun: the May 20 congress.
func (d *document) leadsIn(i int) bool {
	k := i
	for k > 0 && d.date[k-1] == d.date[i] {
		k--
	}
	return d.Is(k-1, "the", "a", "this", "its", "their") && i-k < 4
}

// extend fills the mention's phrase from its first word: what its modifiers
// say, and the words after the head that belong to the name.
func (d *document) extend(m *mention, from int) {
	if y := d.yearAt(from - 1); y > 0 {
		m.year = y
		from--
	}
	m.outer = from
	m.np = phrase{From: from, To: m.head + 1}
	if from > 0 && d.isDay(from-1) && d.leadsIn(from-1) {
		for from > 0 && d.date[from-1] != 0 && d.date[from-1] == d.date[m.np.From-1] {
			from--
		}
		m.outer = from
	}
	for k := from - 1; k >= max(0, from-3) && d.has(k, determiner); k-- {
		m.outer = k
		m.definite = m.definite || d.Is(k, "the", "this", "these", "that")
	}
	d.readEditionOf(m)
	m.quoted = d.quote[m.head] != 0
	named := m.np.From
	m.generic = true
	for i := m.np.From; i < m.head; i++ {
		if m.readModifier(d, i) {
			if named == i {
				named = i + 1
			}
			continue
		}
		m.generic = false
	}
	m.name = phrase{From: min(named, m.head), To: m.head + 1}
	if d.Is(m.head-1, "such") {
		m.edition = "" // the first such gathering in Africa
	}
	m.generic = m.generic && m.series < 0 && (!d.Words[m.head].Capital || m.definite && m.np.From == m.head && m.outer == m.head-1)
	d.readTail(m)
}
