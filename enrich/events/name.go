package events

import (
	"strings"
)

// readTail reads what follows the head: a year, a quoted title, "of" and "on"
// phrases.
func (d *document) readTail(m *mention) {
	i := m.head + 1
	if y := d.yearAt(i); y > 0 {
		m.year = y
		i++
	} else if d.Is(i, "-") && d.yearAt(i+1) > 0 {
		m.year = d.yearAt(i + 1)
		i += 2
	}
	if end := d.titleEnd(i); end > i {
		i = end
		m.generic = false
	} else if end := d.sidesEnd(i); end > i {
		i = end
	} else if end := d.topicEnd(i); end > i {
		m.generic = m.generic && !d.Is(i, "of", "on")
		i = end
	}
	i = d.properEnd(m, i)
	m.name.To = i
	m.bracket = phrase{From: i, To: d.bracketEnd(i)}
	m.np.To = d.subjectMatterEnd(m.bracket.To)
}

// properEnd is the end of the proper name right after a common noun: the fair
// AITF, the trade fair Fruit Logistica.
func (d *document) properEnd(m *mention, i int) int {
	if i != m.head+1 || d.Words[m.head].Capital {
		if i == m.head+1 && i < len(d.Words) && d.Words[i].Upper && !d.Words[m.head].Upper && d.org[i] == 0 && d.Sentence[i] == d.Sentence[m.head] {
			return i + 1 // Space Salon MAKS
		}
		return i
	}
	for i < len(d.Words) && i < m.head+6 && d.Words[i].Capital && d.date[i] == 0 && d.place[i] == 0 && d.person[i] == 0 && d.Sentence[i] == d.Sentence[m.head] {
		i++
	}
	return i
}

// bracketEnd is the end of the brackets at word i that hold an acronym or a
// remark; i when there are none.
func (d *document) bracketEnd(i int) int {
	if !d.Is(i, "(") {
		return i
	}
	for k := i + 1; k < len(d.Words) && k < i+9; k++ {
		if d.Is(k, ")") {
			return k + 1
		}
	}
	return i
}

// subjectMatterEnd is the end of "dedicated to ..." at word i, which says
// what the event is about and not where it is; i when there is none.
func (d *document) subjectMatterEnd(i int) int {
	if !d.Is(i, "dedicated", "devoted") || !d.Is(i+1, "to") {
		return i
	}
	end := i + 2
	for end < len(d.Words) && end < i+25 && !d.has(end, auxiliary) && !d.has(end, conjunction) && !d.Is(end, ",") && !d.ends(end) && d.date[end] == 0 {
		end++
	}
	return end
}

// sidesEnd is the end of "between X and Y" at word i, i when there is none.
func (d *document) sidesEnd(i int) int {
	if !d.Is(i, "between") {
		return i
	}
	end := i
	for k := i + 1; k < len(d.Words) && k < i+14; k++ {
		w := &d.Words[k]
		if !w.Capital && !d.Is(k, "and", ",", "the", "of", "'s", "two") && (!w.Letters || d.has(k, preposition|auxiliary|verbOfEvent)) || d.date[k] != 0 {
			break
		}
		if w.Capital {
			end = k + 1
		}
	}
	return end
}

// titleEnd is the end of a quoted title at word i, after "titled" or the
// like; i when there is none.
func (d *document) titleEnd(i int) int {
	k := i
	if d.Is(k, ",") && d.Is(k+1, "titled", "entitled", "called", "themed", "named", "dubbed") {
		k++
	}
	for k < len(d.Words) && k < i+6 && d.Is(k, "titled", "entitled", "called", "themed", "named", "on", "under", "the", "theme", "motto", "slogan", "topic", ":", "dubbed", "of") {
		k++
	}
	if !d.isQuoteMark(k) {
		return i
	}
	for e := k + 2; e < len(d.Words) && e < k+25; e++ {
		if d.isQuoteMark(e) {
			return e + 1
		}
		if d.Sentence[e] != d.Sentence[k] {
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
	for k < len(d.Words) && k < i+22 {
		w := d.Fold(k)
		switch {
		case w == "of" || w == "on" || w == "for":
			if !d.topicWord(k+1) || w != "of" && d.date[k+1] != 0 {
				return end
			}
		case end > i && (w == "and" || w == "," && d.Is(k+1, "and")):
			if d.startsEvent(k+1) || !d.topicWord(k+1) || !d.topicWord(k+2) && !d.endsClause(k+2) {
				return end
			}
		case end == i && k == i:
			return i
		case !d.topicWord(k), d.Is(k+1, "by") && strings.HasSuffix(w, "ed"):
			if d.Is(k-1, "-") && end == k {
				end -= 2 // co-chaired by
			}
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
	for k := i; k < len(d.Words) && k < i+5; k++ {
		if d.has(k, headNoun) && d.has(i, determiner) {
			return true
		}
		if !d.Words[k].Letters || d.has(k, preposition) {
			break
		}
	}
	return false
}

// topicWord reports whether word i can be part of an event's subject.
func (d *document) topicWord(i int) bool {
	if i >= len(d.Words) || d.date[i] != 0 {
		return false
	}
	w := &d.Words[i]
	if w.Text == "-" || w.Text == "'s" || w.Text == "&" || (w.Text == "'" || w.Text == "’") && strings.HasSuffix(d.Fold(i-1), "s") {
		return true
	}
	if !w.Letters && (w.Text[0] < '0' || w.Text[0] > '9') || d.has(i, preposition) && !d.Is(i, "of", "on", "for") || d.has(i, conjunction) {
		return false
	}
	if w.Capital && !w.Upper || strings.HasSuffix(w.Fold, "ing") {
		return true
	}
	return !d.has(i, auxiliary|verbOfEvent|otherVerb|timeWord)
}

func (d *document) endsClause(i int) bool {
	return i >= len(d.Words) || !d.Words[i].Letters || d.has(i, preposition) || d.has(i, auxiliary)
}

func (d *document) isQuoteMark(i int) bool {
	if i >= len(d.Words) {
		return false
	}
	switch d.Words[i].Text {
	case `"`, `“`, `”`, `„`, `«`, `»`, `‘`, `’`, `'`:
		return true
	}
	return false
}
