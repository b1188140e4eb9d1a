package names

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

//go:embed model.bin
var modelFile string

//go:embed lexicon.bin
var lexiconFile string

// Tagger finds names. It is safe for concurrent use.
type Tagger struct {
	decoders sync.Pool // of *chain.Decoder
}

// New returns the Tagger of the embedded model, which it puts into memory in
// some hundredths of a second; the lexicon is used where it lies in the program.
func New() (*Tagger, error) {
	lex, err := lexicon.Open(lexiconFile)
	if err != nil {
		return nil, err
	}
	model, err := chain.Open(modelFile)
	if err != nil {
		return nil, err
	}
	t := new(Tagger)
	t.decoders.New = func() any { return chain.NewDecoder(model, lex) }
	return t, nil
}

// kinds are the kinds of the model by number.
var kinds = [chain.Kinds]Kind{Person, Organization, Location, Miscellaneous}

// Tag returns the names in text in order; they do not overlap.
func (t *Tagger) Tag(text string) []Name {
	return t.TagSentences(text, prose.Group(text, prose.Tokens(text)))
}

// TagSentences is Tag for a text that was read into sentences already.
func (t *Tagger) TagSentences(text string, sentences [][]prose.Token) []Name {
	decoder := t.decoders.Get().(*chain.Decoder)
	defer t.decoders.Put(decoder)
	mentions := decoder.Decode(text, sentences)
	found := slices.Grow([]Name(nil), len(mentions))
	for _, m := range mentions {
		name := Name{Span: trim(text, m.Span), Kind: kinds[m.Kind]}
		if name = withoutTitle(text, name); name.Span.Len() > 0 {
			found = append(found, name)
		}
	}
	return found
}

// withoutTitle takes a form of address off a name. What follows one is a
// person.
func withoutTitle(text string, n Name) Name {
	first, rest, more := strings.Cut(n.Span.Of(text), " ")
	if more && isAddress(first) {
		n.Span.Start = n.Span.End - len(strings.TrimSpace(rest))
		n.Kind = Person
		return n
	}
	before := strings.TrimRight(text[max(0, n.Span.Start-6):n.Span.Start], " ")
	if isAddress(before[strings.LastIndexAny(before, " \n(\"")+1:]) {
		n.Kind = Person
	}
	return n
}

func isAddress(word string) bool {
	switch strings.TrimSuffix(word, ".") {
	case "Mr", "Mrs", "Ms", "MR", "MRS", "MS":
		return true
	}
	return false
}

// trim takes the article and the possessive ending off a name.
func trim(text string, s news.Span) news.Span {
	name := s.Of(text)
	for _, article := range []string{"the ", "The ", "THE "} {
		if strings.HasPrefix(name, article) {
			s.Start += len(article)
			return trim(text, s)
		}
	}
	for _, ending := range []string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(name, ending) {
			s.End -= len(ending)
		}
	}
	return s
}
