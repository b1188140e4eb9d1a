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

// Names returns the folded words of each name that a Term on the field is
// compared with.
func (s *Subject) Names(f query.Field) [][]string { return s.namesOf(f) }
