package embedded

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// member is a row of the full-text table: the first of a report holds what
// belongs to the whole of it, each other one person in one office, or one
// quote, so that full-text search finds what holds of one of them.
type member struct {
	person, org, place, role, body, speaker, quote, id string
}

// memberRoom is the number of rows that a report has room for: the row id is
// its key times that, and the number of the member.
const memberRoom = 1 << 13

// members makes the rows of a report. What groups do not look at stands in the
// first one.
func (l *lexicon) members(r *news.Report) []member {
	whole := member{org: joinNames(index.Names(r, query.Org)), place: joinNames(index.Names(r, query.Place))}
	if index.Truncated(r) {
		whole.person, whole.role = joinNames(index.Names(r, query.Person)), joinNames(index.Names(r, query.Role))
		whole.speaker = joinNames(index.Names(r, query.Speaker))
	}
	all := []member{whole}
	for _, m := range index.Members(r, query.Person) {
		all = append(all, member{
			person: joinNames(m[query.Name]), role: joinNames(m[query.Role]), body: joinNames(m[query.Org]), id: joinIDs(m[query.ID]),
		})
	}
	for _, m := range index.Members(r, query.Quote) {
		all = append(all, member{
			quote: strings.Join(l.stemsOf(strings.Join(m[query.About], " ")), " "), speaker: joinNames(m[query.Speaker]), id: joinIDs(m[query.ID]),
		})
	}
	return all
}

// joinNames returns the terms of names: their words, and of a name of several
// words the pairs of those beside each other. A bar stands between two names,
// which no phrase has.
func joinNames(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(" | ")
		}
		words := analysis.Words(name)
		b.WriteString(strings.Join(words, " "))
		if len(words) > 1 {
			b.WriteString(" " + strings.Join(pairs(words), " "))
		}
	}
	return b.String()
}

// pairs returns a term for each two words that stand beside each other, so that
// a full name is found without reading of all who have its first word: many
// people share a given name, and many bodies are a ministry.
func pairs(words []string) []string {
	all := make([]string, 0, len(words))
	for i, word := range words[1:] {
		all = append(all, words[i]+"|"+word)
	}
	return all
}

func joinIDs(ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(idTerm(id) + " ")
	}
	return b.String()
}

// idTerm is the term that stands for an id, which may have any characters.
func idTerm(id string) string {
	sum := sha256.Sum256([]byte(analysis.Fold(id)))
	return fmt.Sprintf("%x", sum[:12])
}

func (b *batch) insertMembers(ctx context.Context, into tables, key int, all []member) error {
	for i, m := range all {
		if m == (member{}) {
			continue
		}
		err := b.exec(ctx, `INSERT INTO `+into.term+` (rowid, person, org, place, role, body, speaker, quote, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			key*memberRoom+i, m.person, m.org, m.place, m.role, m.body, m.speaker, m.quote, m.id)
		if err != nil {
			return err
		}
	}
	return nil
}
