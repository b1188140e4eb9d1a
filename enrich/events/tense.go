package events

import "strings"

// tense is what the words around a verb say of time and certainty.
type tense struct {
	future, past, progressive, negated, tentative, perfect, passive bool
}

func (d *document) passive(i int) bool {
	for k := i - 1; k > i-4 && k >= 0; k-- {
		if d.Is(k, "is", "are", "was", "were", "been", "be", "being") {
			return true
		}
		if !d.has(k, auxiliary) {
			return false
		}
	}
	return false
}

// tenseOf reads the auxiliaries before the verb at i, not before word low.
func (d *document) tenseOf(i int, v verbForm, low int) tense {
	t := tense{}
	if will := d.sharedWill(i, v, low); will >= 0 {
		return tense{future: true}
	}
	gerund := strings.HasSuffix(d.Fold(i), "ing")
	finite := false
	for k := i - 1; k >= max(low, i-8); k-- {
		if d.isDay(k) {
			break // the month of May
		}
		switch d.Fold(k) {
		case "will", "shall", "'ll", "'d", "would":
			t.future, finite = true, true
		case "may", "might", "could", "can", "should", "must":
			t.tentative, finite = true, true
		case "not", "n't", "never", "cannot":
			t.negated = true
		case "won't", "wouldn't":
			t.negated, t.future, finite = true, true, true
		case "didn't", "wasn't", "isn't", "hasn't":
			t.negated, t.past, finite = true, true, true
		case "is", "are", "am":
			t.passive, finite = t.passive || v.past, true
			t.progressive = t.progressive || gerund
		case "being":
			t.progressive = true
		case "was", "were":
			t.past, t.passive, finite = !t.future, t.passive || v.past, true
		case "did":
			t.past, finite = true, true
		case "has", "have", "had":
			t.perfect, t.past, finite = true, true, true
		case "been", "be":
			t.passive = t.passive || v.past
		case "to":
			t.future = true
			if d.Is(k-1, "failed", "wants", "want", "offered", "proposed", "ready", "willing", "hopes", "hoped", "invited", "possible", "able", "proposes", "offers", "refused", "considering", "wish", "wishes", "readiness") {
				t.tentative = true
			}
		default:
			if d.verbForm(k).class == plans || d.Is(k, "likely", "going", "agreed", "decided", "about", "supposed", "intends", "plans", "prepares", "preparing") || d.has(k, auxiliary) || strings.HasSuffix(d.Fold(k), "ly") {
				continue
			}
			k = -1
		}
	}
	if !finite && !t.future && v.past {
		t.past = true
	}
	if t.future {
		t.past = t.past && t.perfect
	}
	return t
}

// sharedWill is the "will" that the bare verb at word i shares with one before
// it, -1 when there is none: "will chair the union and host the summit".
func (d *document) sharedWill(i int, v verbForm, low int) int {
	if v.past || !d.Is(i-1, "and") || strings.HasSuffix(d.Fold(i), "s") || strings.HasSuffix(d.Fold(i), "ing") {
		return -1
	}
	for k := i - 2; k >= low && k > i-25; k-- {
		if d.Is(k, "will") && !d.Is(k+1, "not") {
			return k
		}
		if d.Is(k, ";", "which", "who", "that") || d.ends(k) {
			break
		}
	}
	return -1
}
