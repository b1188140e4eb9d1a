package match

import (
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Report is the report that the subject was made of.
func (s *Subject) Report() *news.Report { return s.report }

// Words returns the words of the title and of the text, in order.
func (s *Subject) Words() (title, text []analysis.Token) { return s.title, s.text }

// Frequency returns how often a word, a phrase or a term stands in the title
// and elsewhere in the report: in the text, or in the names of the term's field.
func (s *Subject) Frequency(node query.Node) (title, rest int) {
	if t, ok := node.(query.Term); ok && t.Field != query.Title {
		wanted := analysis.Words(t.Value)
		for _, name := range s.namesOf(t.Field) {
			rest += countRuns(name, wanted)
		}
		return 0, rest
	}
	title = len(occurrences(node, s.title))
	if _, ok := node.(query.Term); ok {
		return title, 0
	}
	return title, len(occurrences(node, s.text))
}

// Names returns the folded words of each name that a Term on the field is
// compared with.
func (s *Subject) Names(f query.Field) [][]string { return s.namesOf(f) }
