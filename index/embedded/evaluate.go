package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// view is one state of the archive: a read transaction and the columns that
// belong to it.
type view struct {
	conn    *sql.Conn
	tx      *sql.Tx
	columns *columns
	labels  *labels
	lexicon *lexicon
	// scored says that the matches of words are to be scored.
	scored bool
	// asOf says that the view is of the archive as it was known just before
	// at, in milliseconds since 1970.
	asOf bool
	at   int64
	// visible is all that the view shows.
	visible *set
	// among is what full-text search may leave out of its answer, as it is
	// taken out of it later.
	among among
}

// among bounds a full-text search to some reports: those with keys from first
// to last that match the expression, which may be "".
type among struct {
	expression  string
	first, last int
}

// bound leaves out what comes before and after the reports of the set.
func (a *among) bound(s *set) {
	first, last := s.bounds()
	if a.last > 0 {
		first, last = max(first, a.first), min(last, a.last)
	}
	a.first, a.last = first, last
}

// matched is the reports that match a node.
type matched struct {
	*set
	// score adds to the scores of the reports of within, which all match the
	// node, how well they do; nil when all do alike.
	score func(within *set, to *scores)
}

// unscored is a set of reports that match alike.
func unscored(s *set) *matched { return &matched{set: s} }

func (m *matched) addScores(within *set, to *scores) {
	if m.score != nil {
		m.score(within, to)
	}
}

// evaluate returns the reports that match. Those that v.among leaves out may
// be missing.
func (v *view) evaluate(ctx context.Context, node query.Node) (*matched, error) {
	if m, ok := v.words(node); ok {
		return m, nil
	}
	if keep, ok := v.predicate(node); ok {
		return unscored(v.filter(v.visible.clone(), keep)), nil
	}
	switch n := node.(type) {
	case query.Group:
		found, err := v.group(ctx, n)
		return unscored(found), err
	case query.Near:
		return nil, &index.UnsupportedError{Feature: "near: a place whose point is not known"}
	case query.AsOf:
		return nil, &index.UnsupportedError{Feature: "asof: for a part of a query"}
	case query.And:
		return v.all(ctx, n.Nodes)
	case query.Or:
		return v.any(ctx, n.Nodes)
	case query.Expansion:
		return v.any(ctx, append([]query.Node{n.Node}, n.Forms...))
	case query.Not:
		excluded, err := v.evaluate(ctx, n.Node)
		if err != nil {
			return nil, err
		}
		rest := v.visible.clone()
		rest.subtract(excluded.set)
		return unscored(rest), nil
	}
	if e, ok := expression(node); ok {
		found, err := v.search(ctx, e)
		return &matched{found, v.textScore(node, found)}, err
	}
	return unscored(newSet(v.columns.len)), nil // words of which the analyzer leaves nothing
}

// all evaluates an And: what is in memory first, and then, of what is left,
// what full-text search and the reports themselves have to tell.
func (v *view) all(ctx context.Context, nodes []query.Node) (*matched, error) {
	found, parts := v.visible.clone(), []*matched(nil)
	meet := func(m *matched) {
		found.intersect(m.set)
		parts = append(parts, m)
	}
	var rest []query.Node
	within := *v
	fewest := v.columns.len / fewOf
	for _, n := range nodes {
		if m, ok := v.words(n); ok {
			meet(m)
			if e, ok := expression(n); ok && m.len() < fewest {
				within.among.expression, fewest = e, m.len()
			}
		} else if _, ok := v.predicate(n); !ok {
			rest = append(rest, n)
		}
	}
	for _, n := range nodes {
		if keep, ok := v.predicate(n); ok {
			found = v.filter(found, keep)
		}
	}
	within.among.bound(found)
	for _, n := range mostTellingFirst(rest) {
		if found.empty() {
			break
		}
		m, err := within.evaluate(ctx, n)
		if err != nil {
			return nil, err
		}
		meet(m)
	}
	return &matched{found, func(within *set, to *scores) {
		for _, m := range parts {
			m.addScores(within, to)
		}
	}}, nil
}

// mostTellingFirst puts groups, for which reports have to be read, last, and
// what excludes before them.
func mostTellingFirst(nodes []query.Node) []query.Node {
	cost := func(n query.Node) int {
		switch n.(type) {
		case query.Group:
			return 2
		case query.Not:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(nodes, func(a, b query.Node) int { return cost(a) - cost(b) })
	return nodes
}

// fewOf is the part of all reports that a word may stand in for full-text
// search to look for it beside what else it looks for.
const fewOf = 16

// any evaluates an Or.
func (v *view) any(ctx context.Context, nodes []query.Node) (*matched, error) {
	found, parts := newSet(v.columns.len), []*matched(nil)
	for _, n := range nodes {
		m, err := v.evaluate(ctx, n)
		if err != nil {
			return nil, err
		}
		found.unite(m.set)
		parts = append(parts, m)
	}
	return &matched{found, func(within *set, to *scores) {
		for _, m := range parts {
			both := within.clone()
			both.intersect(m.set)
			m.addScores(both, to)
		}
	}}, nil
}

// words answers the nodes that ask for one word, from memory. It returns false
// for all others.
func (v *view) words(node query.Node) (*matched, bool) {
	if n, ok := node.(query.Word); ok && n.Prefix {
		return v.prefix(n)
	}
	if terms, where, ok := termsOf(node); ok {
		return v.word(terms, where)
	}
	return nil, false
}

// termsOf returns the terms of a node that asks for words, and which of their
// times it asks for. It returns false for all others.
func termsOf(node query.Node) (terms []string, where func(times) times, ok bool) {
	switch n := node.(type) {
	case query.Word:
		return analysis.Terms(n.Text), anywhere, true
	case query.Phrase:
		return analysis.Terms(n.Text), anywhere, true
	case query.Term:
		if n.Field == query.Title {
			return analysis.Terms(n.Value), inTitle, true
		}
	}
	return nil, nil, false
}

// anywhere keeps the times of a word that may stand in the title or in the
// text.
func anywhere(t times) times { return t }

func inTitle(t times) times { return newTimes(t.title(), 0) }

// word finds a word, where looks says.
func (v *view) word(terms []string, where func(times) times) (*matched, bool) {
	if len(terms) != 1 {
		return nil, false
	}
	found, each, count := newSet(v.columns.len), v.postings(terms[0]), v.columns.newCount()
	each(func(p posting) {
		p.times = where(p.times)
		count.add(p)
		if p.times != 0 {
			found.add(int(p.key))
		}
	})
	found.intersect(v.visible)
	return &matched{found, func(within *set, to *scores) {
		r := v.columns.newRank()
		r.count(count)
		each(func(p posting) {
			if within.has(int(p.key)) {
				p.times = where(p.times)
				to.add(int(p.key), r.score(p))
			}
		})
	}}, true
}

// postings returns a function that visits the reports that have a word with
// the stem.
func (v *view) postings(stem string) func(visit func(posting)) {
	return v.columns.postings.having(v.lexicon.withStem(stem))
}

// prefixScore is the score of a word found by its beginning.
const prefixScore = 1.0

// prefix finds words by their beginning.
func (v *view) prefix(w query.Word) (*matched, bool) {
	words := analysis.Words(w.Text)
	if len(words) != 1 {
		return unscored(newSet(v.columns.len)), true
	}
	found := newSet(v.columns.len)
	for _, word := range v.lexicon.beginningWith(words[0]) {
		v.columns.postings.of(word).each(func(p posting) { found.add(int(p.key)) })
	}
	found.intersect(v.visible)
	return &matched{found, alike(prefixScore)}, true
}

// alike scores all reports the same.
func alike(score float64) func(within *set, to *scores) {
	return func(within *set, to *scores) {
		for key := range within.keys() {
			to.add(key, score)
		}
	}
}

// textScore scores what full-text search finds: words by how often all of
// them stand in the report, names by how rare they are.
func (v *view) textScore(node query.Node, found *set) func(within *set, to *scores) {
	if terms, where, ok := termsOf(node); ok {
		return v.phraseScore(terms, where)
	}
	return alike(rarity(found.len(), v.columns.len))
}

// phraseScore scores reports by the times of the least frequent of the terms,
// which stands in for those of the phrase.
func (v *view) phraseScore(terms []string, where func(times) times) func(within *set, to *scores) {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	return func(within *set, to *scores) {
		r := v.columns.newRank()
		var least []posting
		for i, term := range terms {
			var has []posting
			count := v.columns.newCount()
			v.postings(term)(func(p posting) {
				count.add(p)
				if within.has(int(p.key)) {
					has = append(has, p)
				}
			})
			r.count(count)
			if least = leastOf(least, has); i == 0 {
				least = has
			}
		}
		for _, p := range least {
			p.times = where(p.times)
			to.add(int(p.key), r.score(p))
		}
	}
}

// leastOf returns the postings of a that are in b too, with the lesser times.
func leastOf(a, b []posting) []posting {
	kept := a[:0]
	for _, p := range a {
		for len(b) > 0 && b[0].key < p.key {
			b = b[1:]
		}
		if len(b) > 0 && b[0].key == p.key {
			p.times = newTimes(min(p.title(), b[0].title()), min(p.text(), b[0].text()))
			kept = append(kept, p)
		}
	}
	return kept
}

// search answers an expression, among what v.among says. The keys come in one
// string: a row for each would take longer than to find them.
func (v *view) search(ctx context.Context, expression string) (*set, error) {
	if v.among.expression != "" {
		expression = "(" + expression + " AND " + v.among.expression + ")"
	}
	found := newSet(v.columns.len)
	for _, of := range v.tables() {
		statement, args := `SELECT group_concat(rowid, ' ') FROM `+of.term+` WHERE `+of.term+` MATCH ?`, []any{expression}
		if v.among.last > 0 && (v.among.first > 1 || v.among.last < v.columns.len) {
			statement, args = statement+` AND rowid BETWEEN ? AND ?`, append(args, v.among.first, v.among.last)
		}
		if err := v.addKeys(ctx, found, statement, args...); err != nil {
			return nil, fmt.Errorf("searching: %w", err)
		}
	}
	found.intersect(v.visible)
	return found, nil
}

// addKeys adds the keys that a statement gives in one string.
func (v *view) addKeys(ctx context.Context, found *set, statement string, args ...any) error {
	var keys sql.NullString
	if err := v.tx.QueryRowContext(ctx, statement, args...).Scan(&keys); err != nil {
		return err
	}
	for written := range strings.SplitSeq(keys.String, " ") {
		if written == "" {
			continue // none was found
		}
		key, err := strconv.Atoi(written)
		if err != nil {
			return err
		}
		if key < 1 || key > v.columns.len {
			return fmt.Errorf("%w: it has terms of report %d, which it does not have; run `%s`", ErrDamaged, key, rebuildCommand)
		}
		found.add(key)
	}
	return nil
}
