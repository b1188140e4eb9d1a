package quotes_test

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// score counts what the scorer of the corpora counts: a match shares at least
// half of the union of characters, a speaker is right when the span overlaps
// a mention of the person or the names end alike.
type score struct {
	gold, found, matched         int
	asked, right                 int
	attributableGold, attributed int
}

func (s score) relaxed() float64 { return f1(s.matched, s.found, s.gold) }

func (s score) attribution() float64 { return f1(s.right, s.attributed, s.attributableGold) }

func f1(hits, found, gold int) float64 {
	p, r := ratio(hits, found), ratio(hits, gold)
	if p+r == 0 {
		return 0
	}
	return 100 * 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

const trimmed = " \t\n\r\"'“”‘’«»„,.;:!?-–—"

// characters are the offsets of the words of some content.
func characters(text []rune, content [][2]int) map[int]bool {
	set := map[int]bool{}
	for _, c := range content {
		for i := c[0]; i < min(c[1], len(text)); i++ {
			if !unicode.IsSpace(text[i]) && !strings.ContainsRune(trimmed, text[i]) {
				set[i] = true
			}
		}
	}
	return set
}

func shared(a, b map[int]bool) int {
	n := 0
	for i := range a {
		if b[i] {
			n++
		}
	}
	return n
}

type pair struct {
	overlap    float64
	gold, pred int
}

func matches(gold, pred []map[int]bool) []pair {
	var candidates, out []pair
	for i, g := range gold {
		for j, p := range pred {
			if n := shared(g, p); n > 0 && 2*n >= len(g)+len(p)-n {
				candidates = append(candidates, pair{float64(n) / float64(len(g)+len(p)-n), i, j})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b pair) int { return cmp.Compare(b.overlap, a.overlap) })
	usedGold, usedPred := map[int]bool{}, map[int]bool{}
	for _, c := range candidates {
		if !usedGold[c.gold] && !usedPred[c.pred] {
			usedGold[c.gold], usedPred[c.pred] = true, true
			out = append(out, c)
		}
	}
	return out
}

// add scores one document for the gold quotes of some types.
func (s *score) add(doc goldDocument, preds []prediction, types string) {
	text := []rune(doc.Text)
	var gold []goldQuote
	var goldSets, others, predSets []map[int]bool
	for _, q := range doc.Quotes {
		set := characters(text, q.Content)
		if q.Nested || !slices.Contains(strings.Split(types, ","), q.Type) {
			others = append(others, set)
			continue
		}
		gold = append(gold, q)
		goldSets = append(goldSets, set)
	}
	for _, u := range doc.Unattributed {
		others = append(others, characters(text, [][2]int{u}))
	}
	for _, p := range preds {
		predSets = append(predSets, characters(text, [][2]int{{p.Start, p.End}}))
	}
	pairs := matches(goldSets, predSets)
	used := map[int]bool{}
	for _, m := range pairs {
		used[m.pred] = true
	}
	n := 0
	for j, p := range predSets {
		if used[j] || !slices.ContainsFunc(others, func(o map[int]bool) bool {
			return len(o) > 0 && 2*shared(o, p) >= max(1, min(len(o), len(p)))
		}) {
			n++
		}
	}
	s.gold += len(gold)
	s.found += n
	s.matched += len(pairs)
	s.attributed += n
	for _, g := range gold {
		if g.hasSpeaker() {
			s.attributableGold++
		}
	}
	for _, m := range pairs {
		if !gold[m.gold].hasSpeaker() {
			s.attributed--
			continue
		}
		s.asked++
		if rightSpeaker(gold[m.gold], preds[m.pred], text) {
			s.right++
		}
	}
}

func rightSpeaker(g goldQuote, p prediction, text []rune) bool {
	name := p.SpeakerName
	if p.Speaker != nil {
		mentions := g.SpeakerMentions
		if g.Speaker != nil {
			mentions = append(slices.Clone(mentions), *g.Speaker)
		}
		for _, m := range mentions {
			if min(m[1], p.Speaker[1]) > max(m[0], p.Speaker[0]) {
				return true
			}
		}
		if name == "" {
			name = string(text[p.Speaker[0]:p.Speaker[1]])
		}
	}
	last := lastWord(name)
	return last != "" && (last == lastWord(g.SpeakerName) || last == lastWord(g.SpeakerText) ||
		last == lastWord(strings.ReplaceAll(g.SpeakerID, "_", " ")))
}

func lastWord(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
