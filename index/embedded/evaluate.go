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
	// visible holds all that the view shows.
	visible *set
	// among holds what may be found: a search may leave out what is not in it,
	// as that is taken out of its answer later.
	among *set
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

// evaluate returns the reports that match. Those that are not in v.among may
// be missing.
func (v *view) evaluate(ctx context.Context, node query.Node) (*matched, error) {
	if keep, ok := v.predicate(node); ok {
		return unscored(v.test(v.among.clone(), node, keep)), nil
	}
	if w, ok := wordsOf(node); ok {
		return v.words(w), nil
	}
	switch n := node.(type) {
	case query.Word:
		return v.prefix(n), nil
	case query.Term:
		return v.name(ctx, n)
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
		rest := v.among.clone()
		rest.subtract(excluded.set)
		return unscored(rest), nil
	}
	return nil, &index.UnsupportedError{Feature: fmt.Sprintf("queries of the kind %T", node)}
}

// all evaluates an And: what columns tell first, and then, of what is left,
// single words, phrases and what full-text search has to tell.
func (v *view) all(ctx context.Context, nodes []query.Node) (*matched, error) {
	found, parts := v.among.clone(), []*matched(nil)
	within := *v
	within.among = found
	var words, rest []query.Node
	for _, n := range nodes {
		w, isWords := wordsOf(n)
		keep, isPredicate := v.predicate(n)
		switch {
		case isPredicate:
			v.test(found, n, keep)
		case isWords && len(w.terms) == 1:
			words = append(words, n)
		default:
			rest = append(rest, n)
		}
	}
	for _, n := range slices.Concat(words, rest) {
		if found.empty() {
			break
		}
		m, err := within.evaluate(ctx, n)
		if err != nil {
			return nil, err
		}
		found.intersect(m.set)
		parts = append(parts, m)
	}
	return &matched{found, func(within *set, to *scores) {
		for _, m := range parts {
			m.addScores(within, to)
		}
	}}, nil
}

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

// wordsWanted are words to be found side by side, or with a slop as in
// query.Phrase, and which of their times count.
type wordsWanted struct {
	terms []string
	slop  int
	where func(times) times
}

// wordsOf returns the words that a node asks for, or false when it asks for
// something else.
func wordsOf(node query.Node) (wordsWanted, bool) {
	switch n := node.(type) {
	case query.Word:
		return wordsWanted{analysis.Terms(n.Text), 0, anywhere}, !n.Prefix
	case query.Phrase:
		return wordsWanted{analysis.Terms(n.Text), n.Slop, anywhere}, true
	case query.Term:
		return wordsWanted{analysis.Terms(n.Value), 0, inTitle}, n.Field == query.Title
	}
	return wordsWanted{}, false
}

// anywhere keeps the times of a word that may stand in the title or in the
// text.
func anywhere(t times) times { return t }

func inTitle(t times) times { return newTimes(t.title(), 0) }

// words finds words.
func (v *view) words(w wordsWanted) *matched {
	switch len(w.terms) {
	case 0: // the analyzer left nothing
		return unscored(newSet(v.columns.len))
	case 1:
		return v.word(w.terms[0], w.where)
	}
	return v.phrase(w)
}

// word finds a word, where looks says.
func (v *view) word(term string, where func(times) times) *matched {
	first, last := v.among.bounds()
	found := newSet(v.columns.len)
	v.postings(term).each(first, last, func(p posting) {
		if where(p.times) != 0 {
			found.add(int(p.key))
		}
	})
	found.intersect(v.visible)
	return &matched{found, func(within *set, to *scores) {
		r := v.columns.newRank()
		r.count(v.spread(term))
		first, last := within.bounds()
		v.postings(term).each(first, last, func(p posting) {
			if within.has(int(p.key)) {
				p.times = where(p.times)
				to.add(int(p.key), r.score(p))
			}
		})
	}}
}

// reach returns the first and the last key to look at: those of v.among, or
// all where the number of matches counts for the score.
func (v *view) reach() (first, last int) {
	if v.scored {
		return 1, v.columns.len
	}
	return v.among.bounds()
}

// postings returns what reads the uses of the words with the stem.
func (v *view) postings(stem string) *stemReader {
	_, words := v.lexicon.withStem(stem)
	return v.columns.postings.having(words)
}

// spread returns how many reports have words with the stem.
func (v *view) spread(stem string) spread {
	at, words := v.lexicon.withStem(stem)
	if len(words) == 0 {
		return spread{}
	}
	return v.columns.spreads.of(at)
}

// prefixScore is the score of a word found by its beginning.
const prefixScore = 1.0

// prefix finds words by their beginning.
func (v *view) prefix(w query.Word) *matched {
	words := analysis.Words(w.Text)
	if len(words) != 1 {
		return unscored(newSet(v.columns.len))
	}
	found := newSet(v.columns.len)
	for _, word := range v.lexicon.beginningWith(words[0]) {
		for r := v.columns.postings.reader(word); r.next(); {
			found.add(int(r.key))
		}
	}
	found.intersect(v.visible)
	return &matched{found, alike(prefixScore)}
}

// alike scores all reports the same.
func alike(score float64) func(within *set, to *scores) {
	return func(within *set, to *scores) {
		for key := range within.keys() {
			to.add(key, score)
		}
	}
}

// name finds names, which count by how rare they are.
func (v *view) name(ctx context.Context, t query.Term) (*matched, error) {
	found := newSet(v.columns.len)
	if e, ok := expression(t); ok {
		if err := v.search(ctx, found, e, ""); err != nil {
			return nil, err
		}
	}
	return &matched{found, alike(rarity(found.len(), v.columns.len))}, nil
}

// group finds the reports of which one person or one quote has all of the
// terms. As it is a filter, it has no score.
func (v *view) group(ctx context.Context, g query.Group) (*set, error) {
	found := newSet(v.columns.len)
	if e, ok := ofOneMember(g); ok {
		return found, v.search(ctx, found, e, fmt.Sprintf(` AND rowid %% %d > 0`, memberRoom))
	}
	return found, nil
}

// search adds the reports that an expression and a condition on their rows
// match, within reach. The keys come in one string: a row for each would take
// longer than to find them.
func (v *view) search(ctx context.Context, found *set, expression, condition string) error {
	first, last := v.reach()
	for _, of := range v.tables() {
		statement, args := fmt.Sprintf(`SELECT group_concat(rowid / %d, ' ') FROM %s WHERE %s MATCH ?%s`, memberRoom, of.term, of.term, condition), []any{expression}
		if first > 1 || last < v.columns.len {
			statement, args = statement+` AND rowid BETWEEN ? AND ?`, append(args, first*memberRoom, (last+1)*memberRoom-1)
		}
		if err := v.addKeys(ctx, found, statement, args...); err != nil {
			return fmt.Errorf("searching: %w", err)
		}
	}
	found.intersect(v.visible)
	return nil
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
