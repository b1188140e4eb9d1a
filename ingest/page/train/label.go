package main

import (
	"slices"
	"strings"
	"unicode"
)

// heaviest is the most that a paragraph counts, as a share of its article.
const heaviest = .5

// stringsWeight is how much a paragraph counts that only a labelled string
// speaks for, since such pages are labelled in a few places alone.
const stringsWeight = .05

// label says of each paragraph whether it belongs to the article, and lets
// each page count alike, and a paragraph by its words.
func (p *article) label() {
	truth := newTruth(p.Body)
	for i := range p.read.Len() {
		text := p.read.Paragraph(i)
		words := wordsOf(text)
		wanted, weight := false, 0.0
		if p.Body != "" {
			wanted = truth.has(words)
			weight = min(heaviest, float64(len(words)+1)/float64(len(truth.words)+50))
		} else {
			wanted = containsAny(text, p.With)
			if wanted != containsAny(text, p.Without) {
				weight = stringsWeight
			}
		}
		if weight == 0 {
			continue
		}
		p.features, p.wanted, p.weight = append(p.features, p.read.Features(i)), append(p.wanted, wanted), append(p.weight, weight)
	}
}

func containsAny(text string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool {
		part = strings.Join(strings.Fields(part), " ")
		return part != "" && strings.Contains(text, part)
	})
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '_'
	})
}

// truth is the labelled body of a page.
type truth struct {
	words    []string
	joined   string
	shingles map[string]bool
	lines    map[string]bool
}

// shingle is how many words in a row make a paragraph known.
const shingle = 4

func newTruth(body string) *truth {
	t := &truth{words: wordsOf(body), shingles: map[string]bool{}, lines: map[string]bool{}}
	t.joined = " " + strings.Join(t.words, " ") + " "
	for i := range len(t.words) - shingle + 1 {
		t.shingles[strings.Join(t.words[i:i+shingle], " ")] = true
	}
	for line := range strings.SplitSeq(body, "\n") {
		t.lines[strings.Join(wordsOf(line), " ")] = true
	}
	return t
}

// has reports whether most of the paragraph stands in the body; one that is
// shorter than a shingle must stand there whole, and a single word as a line.
func (t *truth) has(words []string) bool {
	joined := strings.Join(words, " ")
	switch {
	case len(words) == 0:
		return false
	case t.lines[joined]:
		return true
	case len(words) < shingle:
		return len(words) > 1 && strings.Contains(t.joined, " "+joined+" ")
	}
	found, all := 0, len(words)-shingle+1
	for i := range all {
		if t.shingles[strings.Join(words[i:i+shingle], " ")] {
			found++
		}
	}
	return 2*found > all
}
