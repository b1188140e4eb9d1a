// Package names finds the names in English news: people, organizations,
// places and the rest. It promises spans that are valid for the text, in
// order and without overlap, for any bytes at all, in time linear in the
// length of the text.
package names

import "github.com/dateline-news/dateline/news"

// Kind is what a name is the name of.
type Kind string

// The kinds of names.
const (
	Person       Kind = "PER"
	Organization Kind = "ORG"
	// Location is a country, city, region, natural place or facility.
	Location Kind = "LOC"
	// Miscellaneous is a nationality, religion, event, work or product.
	Miscellaneous Kind = "MISC"
)

// Name is a name in a text. Its span has no title ("Mr"), no leading article
// and no possessive ending.
type Name struct {
	Span news.Span
	Kind Kind
}
