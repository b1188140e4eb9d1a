package events

import (
	"strings"
)

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
