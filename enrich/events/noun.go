package events

import (
	"strings"
)

// isPronounSubject reports whether "it" at word i is the subject of a verb of
// events.
func (d *document) isPronounSubject(i int) bool {
	if !d.Is(i, "it") || i != d.SentenceOf(i).From && !d.Is(i-1, ",", "and", "but", "that", ":", ";") && d.date[i-1] == 0 {
		return false
	}
	for k := i + 1; k < i+7 && k < len(d.Words); k++ {
		if v, ok := d.eventVerb(k); ok {
			switch v.class {
			case holds, happens, postpones, cancels, moves, ends, gathers, plans, lasts:
				return true
			}
			return v.class == starts && !d.Is(k, "started", "began")
		}
		if !d.has(k, auxiliary) && !d.verbForm(k).past {
			return false
		}
	}
	return false
}

// opensImprint reports whether the sentence at word i says no more than who is
// behind the event before: "Organised by the chamber of commerce."
func (d *document) opensImprint(i int) bool {
	return d.Words[i].Capital && i == d.SentenceOf(i).From && d.Is(i, "organized", "organised", "hosted", "co-organized") && d.Is(i+1, "by") && !d.namesEvent(d.SentenceOf(i))
}

// namesEvent reports whether an event noun stands among the next words of p.
func (d *document) namesEvent(p phrase) bool {
	for i := p.From; i < p.To && i < p.From+25; i++ {
		if d.has(i, headNoun) {
			return true
		}
	}
	return false
}

// isEventNoun reports whether the word at i, which can head the name of an
// event, is a noun here, and stands for one event.
func (d *document) isEventNoun(i int) bool {
	w := d.Words[i].Fold
	prev := d.Fold(i - 1)
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
	if w == "course" && d.Is(i+1, "of") || w == "talks" && d.Is(i+1, "about") {
		return false
	}
	switch w {
	case "inauguration":
		if !d.Is(i+1, "of") && !d.Is(i-1, "presidential") || d.Is(i+2, "a", "an") {
			return false
		}
	case "gathering":
		if d.Is(i-1, ",") && (d.has(i+1, attendee) || !d.has(i+1, preposition|auxiliary|verbOfEvent)) {
			return false // ", gathering leaders of 53 countries"
		}
	case "show", "rally", "contest", "competition":
		if !d.namesShow(i) {
			return false
		}
	case "meetings", "sessions":
		if !d.Is(i-1, "annual", "spring", "autumn") && !d.Words[max(i-1, 0)].Capital {
			return false
		}
	case "elections", "talks", "negotiations", "consultations", "games", "exercises", "drills", "manoeuvres", "maneuvers", "polls", "olympics", "championships", "workshops":
	default:
		if strings.HasSuffix(w, "s") && w != "congress" && !d.properPlural(i) {
			return false
		}
	}
	next := i + 1
	if d.Words[i].Capital && d.Is(next, "and", "&") && d.has(next+1, headNoun) && d.Words[next+1].Capital && !d.Words[i].Upper {
		return false // the Exhibition and Conference
	}
	if d.has(i-1, videoWord) && (w == "conference" || w == "meeting" || w == "call") && !d.heldOnScreen(i) || d.ownsName(i) {
		return false
	}
	if d.Is(next, "-") && (!d.Words[i].Capital || d.yearAt(next+1) == 0) || d.Is(next, "'s") && (d.has(next+1, dependant) || d.has(next+2, dependant)) {
		return false
	}
	if d.Is(next, "-") {
		next += 2 // EXPO-2017
	}
	return !d.has(next, dependant) && !d.has(next, headNoun)
}

// closingDate reports whether the word at i is that of a deadline: the closing
// date for applications, the last day to apply.
func (d *document) closingDate(i int) bool {
	switch {
	case d.Is(i, "date") && d.Is(i-1, "closing", "due", "final", "cutoff"):
	case d.Is(i, "day") && d.Is(i-1, "last", "final"):
	default:
		return false
	}
	for k := i + 1; k < len(d.Words) && k < i+5; k++ {
		if d.has(k, submissionNoun) || d.Is(k, "apply", "register", "submit", "submission", "entries", "bids") {
			return true
		}
	}
	return false
}

// thereWillBe reports whether "there will be" stands before word i.
func (d *document) thereWillBe(i int) bool {
	return d.Is(i-1, "be") && d.Is(i-2, "will") && d.Is(i-3, "there")
}

// heldOnScreen reports whether the video conference at word i is what is held,
// and not how something else is held.
func (d *document) heldOnScreen(i int) bool {
	return d.Is(i-1, "video") && d.Is(i-2, "a", "the") && !d.Is(i-3, "by", "via", "through", "in", "with", "over")
}

// namesShow reports whether the show or rally at word i is an event by its
// name, as the Ghent Flower Show and an air show are, and not a verb or a
// gathering of a party.
func (d *document) namesShow(i int) bool {
	return d.Words[i].Capital && i > 0 && d.Words[i-1].Capital && d.Sentence[i-1] == d.Sentence[i] || d.Is(i, "show") && d.Is(i-1, "air", "motor", "auto", "trade", "flower", "fashion", "boat", "book", "food", "art")
}

// countsEdition reports whether "edition" at word i stands for an event: "its
// 25th edition will be held", and not "the 25th edition of the festival".
func (d *document) countsEdition(i int) bool {
	return (d.ordinal(i-1) != "" || d.Is(i-1, "next", "previous", "last", "upcoming") || d.Is(i-2, "next", "previous", "last", "upcoming") && d.yearAt(i-1) > 0 || d.yearAt(i-1) > 0) && !d.Is(i+1, "of")
}

// properPlural reports whether the plural at word i ends a name of its own:
// the World Boxing Championships.
func (d *document) properPlural(i int) bool {
	return i > 0 && d.Words[i].Capital && d.Words[i-1].Capital && d.Sentence[i] == d.Sentence[i-1] && !d.has(i-1, determiner|preposition|conjunction)
}

// ownsName reports whether the capitalized event noun at i is only a word of
// the name of something else: Summit Hotel, Forum Energy.
func (d *document) ownsName(i int) bool {
	next := i + 1
	if !d.Words[i].Capital || next >= len(d.Words) || !d.Words[next].Capital || d.Sentence[next] != d.Sentence[i] {
		return false
	}
	if d.Words[next].Upper || d.place[next] != 0 && d.org[next] == 0 || d.date[next] != 0 || d.has(next, headNoun) {
		return false
	}
	return d.yearAt(next) == 0 && d.text[d.Words[i].Span.End:d.Words[next].Span.Start] == " "
}

// stands reports whether the phrase speaks of an event of its own: not of a
// part of one, nor of something an event noun only describes.
func (d *document) stands(m *mention) bool {
	for i := m.np.From; i < m.head; i++ {
		if d.has(i, eventPart) && !d.Is(m.outer, "a", "an") && !d.Words[i].Capital && (i == m.head-1 || !d.Is(i, "plenary", "working", "general")) && !d.Is(m.head, "session") {
			return false
		}
	}
	if d.Is(m.outer-1, ",") && d.Is(m.outer, "their", "its", "the", "his", "her") && d.Is(m.np.From, "first", "last", "biggest", "largest", "second", "third") && d.Is(m.np.To, "in", "since", "for") &&
		m.np.To+1 < len(d.Words) && (d.date[m.np.To+1] != 0 || d.Is(m.np.To+1, "nearly", "more", "over", "almost")) {
		return false // ", their first meeting in two years"
	}
	if d.Is(m.outer, "no") {
		m.none = d.thereWillBe(m.outer) || d.Is(m.np.To, "will")
		return m.none
	}
	if d.Is(m.outer, "each", "every", "any", "some") {
		return false
	}
	if !d.Is(m.outer, "a", "an") && !d.Is(m.head+1, "of") && d.Is(m.head-1, "opening", "closing", "plenary", "inaugural", "working", "panel", "breakout") && d.Is(m.head, "session", "ceremony") && !d.Words[m.head].Capital {
		return false
	}
	return true
}
