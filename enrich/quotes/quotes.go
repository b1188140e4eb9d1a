// Package quotes finds who said what in English news: direct, indirect and
// mixed speech with the word of saying and the speaker. It promises quotes
// whose spans are valid for the text, in order, in time linear in the length
// of the text, for any bytes at all. Missing and stray quotation marks are
// repaired where a word of saying stands beside them; a speaker is given only
// where the text names one.
package quotes

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// The kinds of news.Quote.
const (
	Direct   = "direct"
	Indirect = "indirect"
	Mixed    = "mixed"
)

// The kinds of news.Speaker.
const (
	SpeakerPerson       = "person"
	SpeakerOrganization = "organization"
	SpeakerUnnamed      = "unnamed"
)

// Find returns the quotes of r, whose text is t. Speakers are people and organizations of r
// where those are annotated; without annotations they are still found and
// carry the words of the text.
func Find(r *news.Report, t *lexicon.Text) []news.Quote {
	d := newDocument(r.Text, t)
	d.frontMatter(r)
	found := d.pairMarks()
	d.cues = d.findCues()
	d.passages = d.repair(found)
	d.markQuoted()
	d.attribute()
	statements := append(d.directStatements(), d.indirectStatements()...)
	slices.SortStableFunc(statements, func(a, b statement) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	return newCast(r, d).quotes(statements)
}

// statement is a quote before its speaker is resolved.
type statement struct {
	span    news.Span // with the quotation marks
	words   phrase    // what was said
	kind    string
	cue     string
	speaker phrase // the words that name the speaker; empty when none do
}
