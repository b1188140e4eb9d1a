package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/index/analysis"
)

// The bounds of a query.
const (
	// MaxLength is the length of a query in bytes.
	MaxLength = 4096
	// MaxDepth is how deep parentheses and negations may nest; Elasticsearch
	// takes no query that nests deeper than 30 with what the words need.
	MaxDepth = 24
	// MaxNodes is the number of words, phrases and fields.
	MaxNodes = 256
	// MaxSlop is the distance of near words.
	MaxSlop = 100
	// MinPrefix is the number of letters and digits before a *, and
	// MaxPrefixes that of words with a *: each stands for many words.
	MinPrefix, MaxPrefixes = 2, 20
)

// Parse reads a query. Relative times such as 7d are counted from now, and
// days begin and end in loc. An error is a *SyntaxError.
func Parse(input string, now time.Time, loc *time.Location) (Node, error) {
	if err := checkText(input); err != nil {
		return nil, err
	}
	lexemes, err := scan(input)
	if err != nil {
		return nil, err
	}
	p := parser{query: input, lexemes: lexemes, clock: clock{now.In(loc), loc}}
	if len(lexemes) == 1 {
		return p.empty()
	}
	node, err := p.or()
	if err != nil {
		return nil, err
	}
	if l := p.next(); l.kind != kindEnd {
		return nil, p.fault(l, "this parenthesis was never opened", "remove it, or add ( where the group begins")
	}
	return p.atRoot(node)
}

func checkText(input string) error {
	if len(input) > MaxLength {
		return &SyntaxError{Query: input, Offset: runeStart(input, MaxLength),
			Message: fmt.Sprintf("the query is longer than %d bytes", MaxLength), Suggestion: "search for less at once"}
	}
	if utf8.ValidString(input) {
		return nil
	}
	at := strings.IndexRune(input, utf8.RuneError)
	return &SyntaxError{Query: input, Offset: at, Message: "the query is not UTF-8 text"}
}

func runeStart(s string, at int) int {
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

type parser struct {
	query   string
	lexemes []lexeme
	clock   clock
	depth   int
	nodes   int
	// prefixes counts the words with a *.
	prefixes int
	// ors counts the operators OR outside of all parentheses.
	ors int
	// known is what asof: said, and knownAt where it stood.
	known   *AsOf
	knownAt lexeme
}

func (p *parser) peek() lexeme { return p.lexemes[0] }

// next takes a lexeme; the last one, the end, stays.
func (p *parser) next() lexeme {
	l := p.lexemes[0]
	if l.kind != kindEnd {
		p.lexemes = p.lexemes[1:]
	}
	return l
}

func (p *parser) fault(l lexeme, message, suggestion string) error {
	return &SyntaxError{Query: p.query, Offset: l.at, Message: message, Suggestion: suggestion}
}

func (p *parser) empty() (Node, error) {
	if strings.TrimSpace(p.query) == "" {
		return All{}, nil
	}
	return nil, p.fault(lexeme{}, "there is no word to search for", "use letters or digits")
}

// or = and { "OR" and }
func (p *parser) or() (Node, error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	nodes := []Node{first}
	for p.peek().kind == kindOr {
		p.next()
		if p.depth == 0 {
			p.ors++
		}
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return either(nodes), nil
}

// and = not { ["AND"] not }
func (p *parser) and() (Node, error) {
	var nodes []Node
	for {
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		if _, mark := n.(asOfMark); !mark {
			nodes = append(nodes, n)
		}
		switch p.peek().kind {
		case kindAnd:
			p.next()
		case kindOr, kindClose, kindEnd:
			return both(tie(nodes)), nil
		}
	}
}

// not = { "NOT" | "-" } operand
func (p *parser) not() (Node, error) {
	l := p.peek()
	if l.kind != kindNot {
		return p.operand()
	}
	if err := p.descend(l); err != nil {
		return nil, err
	}
	defer p.ascend()
	p.next()
	n, err := p.not()
	if err != nil {
		return nil, err
	}
	return Not{untied(n)}, nil
}

func (p *parser) descend(l lexeme) error {
	p.depth++
	if p.depth > MaxDepth {
		return p.fault(l, fmt.Sprintf("the query nests deeper than %d", MaxDepth), "use fewer parentheses")
	}
	return nil
}

func (p *parser) ascend() { p.depth-- }

// operand = "(" or ")" | word | phrase ["~" number] | field value
func (p *parser) operand() (Node, error) {
	l := p.next()
	if p.nodes++; p.nodes > MaxNodes {
		return nil, p.fault(l, fmt.Sprintf("the query has more than %d parts", MaxNodes), "search for less at once")
	}
	switch l.kind {
	case kindOpen:
		return p.group(l)
	case kindWord:
		return p.word(l)
	case kindPhrase:
		return p.phrase(l)
	case kindField:
		return p.field(l)
	case kindClose:
		return nil, p.fault(l, "there is nothing to search for before this parenthesis", "add a word or remove the parenthesis")
	case kindEnd:
		return nil, p.fault(l, "the query ends where a word should be", "add a word or remove the last operator")
	default:
		return nil, p.fault(l, l.text+" stands where a word should be", `to search for the word, write it as "`+l.text+`"`)
	}
}

func (p *parser) group(open lexeme) (Node, error) {
	if err := p.descend(open); err != nil {
		return nil, err
	}
	defer p.ascend()
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if l := p.next(); l.kind != kindClose {
		return nil, p.fault(open, "this parenthesis is never closed", "add ) where the group ends")
	}
	return n, nil
}

func (p *parser) word(l lexeme) (Node, error) {
	switch {
	case l.text == "*":
		return All{}, nil
	case strings.Contains(l.text, "~"):
		return nil, p.fault(l, "~ stands after a phrase in quotes", `for words near each other write "first second"~5`)
	}
	text, prefix := strings.CutSuffix(l.text, "*")
	if star := strings.IndexByte(text, '*'); star >= 0 {
		l.at += star
		return nil, p.fault(l, "a * can stand only at the end of a word", "write the beginning of the word, then *")
	}
	if !prefix {
		return Word{Text: text}, nil
	}
	words := analysis.Words(text)
	switch {
	case len(words) > 1:
		return nil, p.fault(l, "a * follows one word of letters and digits", "take the punctuation out")
	case utf8.RuneCountInString(words[0]) < MinPrefix:
		return nil, p.fault(l, fmt.Sprintf("a * needs at least %d letters before it", MinPrefix), "write more of the word")
	}
	if p.prefixes++; p.prefixes > MaxPrefixes {
		return nil, p.fault(l, fmt.Sprintf("more than %d words end in a *", MaxPrefixes), "write some of them out")
	}
	return Word{Text: text, Prefix: true}, nil
}

func (p *parser) phrase(l lexeme) (Node, error) {
	if len(analysis.Words(l.text)) == 0 {
		return nil, p.fault(l, "there is no word in these quotation marks", "use letters or digits")
	}
	slop, err := p.slop(l)
	return Phrase{Text: l.text, Slop: slop}, err
}

// slop reads the ~n that follows a phrase at once.
func (p *parser) slop(phrase lexeme) (int, error) {
	rest := p.query[phrase.end:]
	if !strings.HasPrefix(rest, "~") {
		return 0, nil
	}
	digits := rest[1:wordLength(rest)]
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > MaxSlop || digits[0] == '+' {
		return 0, &SyntaxError{Query: p.query, Offset: phrase.end,
			Message: fmt.Sprintf("~ takes a number of words from 1 to %d", MaxSlop), Suggestion: `as in "first second"~5`}
	}
	if l := p.peek(); l.at == phrase.end {
		p.next()
	}
	return n, nil
}

func (p *parser) field(l lexeme) (Node, error) {
	f, ok := fieldNamed(l.text)
	if !ok {
		return nil, p.fault(l, "there is no field "+l.text+":", suggestField(l.text))
	}
	value := p.peek()
	if len(inGroup[f]) > 0 && value.kind == kindOpen && value.at == l.end {
		p.next()
		return p.fieldGroup(f)
	}
	if f == Quote {
		return nil, p.fault(l, "quote: needs parentheses", "write "+groupExample(Quote))
	}
	if value.at != l.end || value.kind != kindWord && value.kind != kindPhrase {
		return nil, &SyntaxError{Query: p.query, Offset: l.end, Message: l.text + ": needs a value at once after the colon",
			Suggestion: "one word, or several in quotes, as in " + example(f)}
	}
	p.next()
	switch {
	case f.IsTime():
		return p.timeRange(f, value)
	case f == nearField:
		return p.near(value)
	case f == About:
		return p.about(value)
	case f == asOfField:
		return p.asOf(l, value)
	}
	return p.checkedTerm(f, value)
}

func example(f Field) string {
	switch {
	case f.IsTime():
		return string(f) + ":2015-09"
	case f == nearField:
		return "near:Baku~50km"
	case f == asOfField:
		return "asof:2014-12-09"
	}
	return string(f) + `:"two words"`
}

func (p *parser) checkedTerm(f Field, value lexeme) (Term, error) {
	switch {
	case value.kind == kindWord && strings.ContainsRune(value.text, '*'):
		return Term{}, p.fault(value, "a * cannot stand in "+string(f)+":", "write whole words; * follows words without a field")
	case !hasWords(value.text):
		return Term{}, p.fault(value, string(f)+": has no word to search for", "use letters or digits")
	case strings.HasPrefix(p.query[value.end:], "~"), value.kind == kindWord && strings.ContainsRune(value.text, '~'):
		return Term{}, p.fault(value, "~ cannot stand in "+string(f)+":", "near words are searched for without a field")
	}
	return Term{Field: f, Value: value.text}, nil
}

// both is And with the nodes of the Ands among them in their place.
func both(nodes []Node) Node {
	var flat []Node
	for _, n := range nodes {
		if inner, ok := n.(And); ok {
			flat = append(flat, inner.Nodes...)
		} else {
			flat = append(flat, n)
		}
	}
	switch len(flat) {
	case 0:
		return All{}
	case 1:
		return flat[0]
	}
	return And{slices.Clip(flat)}
}

// either is Or with the nodes of the Ors among them in their place.
func either(nodes []Node) Node {
	var flat []Node
	for _, n := range nodes {
		if inner, ok := n.(Or); ok {
			flat = append(flat, inner.Nodes...)
		} else {
			flat = append(flat, n)
		}
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return Or{slices.Clip(flat)}
}

// Both returns the query for what two queries match. An AsOf holds for both;
// of two the earlier does.
func Both(a, b Node) Node {
	if as, ok := a.(AsOf); ok {
		if other, ok := b.(AsOf); ok {
			if other.At.Before(as.At) {
				as.At, as.Source = other.At, other.Source
			}
			b = other.Node
		}
		as.Node = Both(as.Node, b)
		return as
	}
	if _, ok := b.(AsOf); ok {
		return within(b, func(inner Node) Node { return Both(a, inner) })
	}
	if a == (All{}) {
		return b
	}
	if b == (All{}) {
		return a
	}
	return both([]Node{a, b})
}
