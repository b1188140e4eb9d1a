package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// Tagger finds names. It is safe for concurrent use.
type Tagger struct{}

// New returns a Tagger.
func New() (*Tagger, error) { return &Tagger{}, nil }

// Tag returns the names in text in order; they do not overlap.
func (t *Tagger) Tag(text string) []Name {
	var found []Name
	for _, sentence := range prose.Group(text, prose.Tokens(text)) {
		for i := 0; i < len(sentence); {
			n := runOfCapitals(text, sentence[i:])
			if n == 0 || n == 1 && i == 0 && !isAcronym(sentence[i].Of(text)) {
				i++
				continue
			}
			found = append(found, Name{
				Span: news.Span{Start: sentence[i].Span.Start, End: sentence[i+n-1].Span.End},
				Kind: guessKind(text, sentence, i, n),
			})
			i += n
		}
	}
	return found
}

// runOfCapitals returns how many tokens from the first on make one
// capitalised name: "of" and its kin may stand inside it.
func runOfCapitals(text string, tokens []prose.Token) int {
	n := 0
	for i, token := range tokens {
		word := token.Of(text)
		switch {
		case startsName(word):
			n = i + 1
		case i == 0 || i > n || !inner[word]:
			return n
		}
	}
	return n
}

func startsName(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && !skipped[strings.ToLower(word)]
}

func isAcronym(word string) bool {
	return len(word) > 1 && strings.ToUpper(word) == word
}

func guessKind(text string, sentence []prose.Token, i, n int) Kind {
	for _, token := range sentence[i : i+n] {
		if word := token.Of(text); bodies[strings.ToLower(word)] || isAcronym(word) && !strings.HasSuffix(word, ".") {
			return Organization
		}
	}
	if i > 0 {
		switch strings.ToLower(sentence[i-1].Of(text)) {
		case "in", "at", "from", "near", "to":
			return Location
		}
	}
	if n == 2 || n == 3 {
		return Person
	}
	return Miscellaneous
}

var inner = map[string]bool{"of": true, "for": true, "and": true, "-": true, "de": true, "al": true, "bin": true, "van": true}

var skipped = map[string]bool{
	"the": true, "mr.": true, "mrs.": true, "dr.": true, "mr": true, "i": true, "a": true, "in": true, "on": true,
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true,
	"august": true, "september": true, "october": true, "november": true, "december": true,
	"chairman": true, "president": true, "minister": true, "secretary": true, "director": true, "he": true, "it": true,
}

var bodies = map[string]bool{
	"committee": true, "ministry": true, "university": true, "organization": true, "commission": true, "bank": true,
	"council": true, "academy": true, "agency": true, "office": true, "union": true, "company": true, "party": true,
	"inc.": true, "corp.": true, "ltd.": true, "parliament": true, "court": true, "department": true, "service": true,
	"association": true, "institute": true, "administration": true, "group": true, "nations": true, "secretariat": true,
}
