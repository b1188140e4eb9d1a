package prose

import (
	"strings"
	"unicode"
)

// wrapColumn is the longest line of a text that is taken to be hard-wrapped.
const wrapColumn = 100

// Group cuts the tokens of text, as Tokens gave them, into sentences. The
// groups share the memory of tokens; none is empty.
func Group(text string, tokens []Token) [][]Token {
	g := grouper{text: text, tokens: tokens, layout: layoutOf(text)}
	var groups [][]Token
	start := 0
	for i := range tokens {
		if i+1 < len(tokens) && !g.endsAfter(start, i) {
			continue
		}
		groups = append(groups, tokens[start:i+1:i+1])
		start = i + 1
	}
	return groups
}

// layout is what the lines of a text tell of how it was set.
type layout struct {
	longest int  // bytes of the longest line
	caps    bool // the text has upper-case letters
}

func layoutOf(text string) layout {
	l := layout{caps: strings.IndexFunc(text, unicode.IsUpper) >= 0}
	for line := range strings.SplitSeq(text, "\n") {
		l.longest = max(l.longest, len(line))
	}
	return l
}

type grouper struct {
	text   string
	tokens []Token
	layout layout
}

func (g *grouper) word(i int) string { return g.tokens[i].Of(g.text) }

// gap is the text between token i and the next.
func (g *grouper) gap(i int) string {
	return g.text[g.tokens[i].Span.End:g.tokens[i+1].Span.Start]
}

// endsAfter reports whether the sentence that began with token start ends
// with token i, which is not the last.
func (g *grouper) endsAfter(start, i int) bool {
	gap := g.gap(i)
	if gap != " " && strings.Contains(gap, "\n") && g.lineEnds(i, gap) {
		return true
	}
	if c := g.text[g.tokens[i].Span.End-1]; isASCIILetter(c) || isDigit(c) {
		return false // no mark that could end it
	}
	if gap == "" && isCloser(g.word(i+1)) {
		return false // the closing quote or bracket belongs to this sentence
	}
	last := i
	for last > start && i-last < 3 && isCloser(g.word(last)) && g.gap(last-1) == "" {
		last--
	}
	return g.stopEnds(start, last, i+1)
}

// lineEnds reports whether the line break after token i ends the sentence: an
// empty line does, and a single break does unless it only wraps a line.
func (g *grouper) lineEnds(i int, gap string) bool {
	if strings.Count(gap, "\n") > 1 || g.layout.longest > wrapColumn {
		return true
	}
	if unicode.IsLower(firstRune(g.word(i + 1))) {
		return false
	}
	end := g.tokens[i].Span.End
	from := max(0, end-wrapColumn)
	line := end - from - 1 - strings.LastIndexByte(g.text[from:end], '\n')
	return line < g.layout.longest/2
}

// stopEnds reports whether token i is a mark that ends the sentence that
// began with token start, given that token next follows it.
func (g *grouper) stopEnds(start, i, next int) bool {
	word := g.word(i)
	switch word[len(word)-1] {
	case '.':
		if len(word) > 1 && strings.Trim(word, ".") != "" {
			return g.abbreviationEnds(word, next)
		}
		if i-start == 1 && allDigits(g.word(start)) && len(g.word(start)) <= 2 {
			return false // "1. The"
		}
		if i > start && strings.EqualFold(g.word(i-1), "no") && endsDigit(g.word(next)) {
			return false // "No. 5"
		}
	case '!', '?':
	default:
		if !strings.HasSuffix(word, "。") && !strings.HasSuffix(word, "…") &&
			!strings.HasSuffix(word, "!") && !strings.HasSuffix(word, "?") {
			return false
		}
	}
	r := g.following(next)
	return !unicode.IsLower(r) && !strings.ContainsRune(",;:", r) || !g.layout.caps
}

// following is the first rune of the first token from next on that opens no
// quotation.
func (g *grouper) following(next int) rune {
	for i := next; i < len(g.tokens) && i < next+3; i++ {
		if r := firstRune(g.word(i)); !strings.ContainsRune("\"“”'‘’«(-–—[", r) {
			return r
		}
	}
	return firstRune(g.word(next))
}

// abbreviationEnds reports whether the sentence ends at an abbreviation when
// token next follows.
func (g *grouper) abbreviationEnds(word string, next int) bool {
	follower := g.word(next)
	switch abbreviations[strings.ToLower(strings.TrimSuffix(word, "."))] {
	case neverEnds:
		return false
	case endsUnlessNumber:
		return !endsDigit(follower) && startsUpper(follower)
	}
	return startsUpper(follower) && openers[strings.ToLower(follower)]
}

// isCloser reports whether a token may follow a full stop inside the sentence
// that the stop ends.
func isCloser(word string) bool {
	switch word {
	case "\"", "'", "”", "’", "»", ")", "]", "''":
		return true
	}
	return false
}
