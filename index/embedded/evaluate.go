package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
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
	// scored says that the matches of words are to be scored.
	scored bool
	// asOf says that the view is of the archive as it was known just before
	// at, in milliseconds since 1970.
	asOf bool
	at   int64
}

// evaluate returns the keys of the reports that match.
func (v *view) evaluate(ctx context.Context, node query.Node) (*set, error) {
	if e, ok := expression(node); ok {
		return v.search(ctx, e)
	}
	if keep, ok := v.predicate(node); ok {
		return v.filter(v.everything(), keep), nil
	}
	switch n := node.(type) {
	case query.Word:
		return v.prefix(ctx, n)
	case query.Group:
		return v.group(ctx, n)
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
		excluded, err := v.unscored().evaluate(ctx, n.Node)
		if err != nil {
			return nil, err
		}
		rest := v.everything()
		rest.subtract(excluded)
		return rest, nil
	}
	return newSet(v.columns.len), nil // words of which the analyzer leaves nothing
}

func (v *view) unscored() *view {
	u := *v
	u.scored = false
	return &u
}

// all evaluates an And: what full-text search can tell in one expression, then
// the predicates on what is left, then what neither can tell. The expression
// is scored last, on the reports that remain.
func (v *view) all(ctx context.Context, nodes []query.Node) (*set, error) {
	with, without, rest := v.divide(nodes)
	e := combine(with, without)
	if len(with) > 0 && len(rest) == 0 {
		return v.search(ctx, e)
	}
	var found *set
	if len(with) == 0 {
		found = v.everything()
	} else {
		var err error
		if found, err = v.unscored().search(ctx, e); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(rest, func(a, b query.Node) int { return v.cost(a) - v.cost(b) })
	for _, n := range rest {
		if keep, ok := v.predicate(n); ok {
			found = v.filter(found, keep)
			continue
		}
		some, err := v.evaluate(ctx, n)
		if err != nil {
			return nil, err
		}
		found.intersect(some)
	}
	if len(with) == 0 || !v.scored {
		return found, nil
	}
	return found, v.score(ctx, found, e)
}

// divide splits the nodes of an And into the expressions that reports match,
// those that they do not, and the nodes that are not expressions.
func (v *view) divide(nodes []query.Node) (with, without []string, rest []query.Node) {
	var excluded []query.Node
	for _, n := range nodes {
		if e, ok := expression(n); ok {
			with = append(with, e)
			continue
		}
		if not, ok := n.(query.Not); ok {
			if e, ok := expression(not.Node); ok {
				without = append(without, e)
				excluded = append(excluded, n)
				continue
			}
		}
		rest = append(rest, n)
	}
	if len(with) == 0 {
		return nil, nil, append(rest, excluded...)
	}
	return with, without, rest
}

// cost orders the nodes of an And: predicates come first, as they are cheap.
func (v *view) cost(n query.Node) int {
	if _, ok := v.predicate(n); ok {
		return 0
	}
	return 1
}

// any evaluates an Or.
func (v *view) any(ctx context.Context, nodes []query.Node) (*set, error) {
	found := newSet(v.columns.len)
	var expressions []string
	for _, n := range nodes {
		if e, ok := expression(n); ok {
			expressions = append(expressions, e)
			continue
		}
		some, err := v.evaluate(ctx, n)
		if err != nil {
			return nil, err
		}
		found.unite(some)
	}
	if len(expressions) == 0 {
		return found, nil
	}
	some, err := v.search(ctx, "("+strings.Join(expressions, " OR ")+")")
	if err != nil {
		return nil, err
	}
	found.unite(some)
	return found, nil
}

// titleWeight is how much more a word of the title counts than one of the text.
const titleWeight = 4.0

// weights are the weights of the columns of the table term in relevance.
const weights = `4.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0`

// search answers an expression. Scores are BM25, higher for better matches;
// those of superseded revisions come from scorePast.
func (v *view) search(ctx context.Context, expression string) (*set, error) {
	found := newSet(v.columns.len)
	for _, of := range v.tables() {
		score := `0.0`
		if v.scored && of == present {
			score = `-bm25(term, ` + weights + `)`
		}
		err := v.collect(ctx, found, `SELECT rowid, `+score+` FROM `+of.term+` WHERE `+of.term+` MATCH ?`, expression)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// score adds to the set the scores of an expression that all of it matches.
// Scores of other reports are not computed: that is most of the cost.
func (v *view) score(ctx context.Context, found *set, expression string) error {
	marks := make([]byte, v.columns.len+1)
	first, last := len(marks), 0
	for key := range found.keys() {
		marks[key] = 1
		first, last = min(first, key), key
	}
	if last == 0 {
		return nil
	}
	return v.collect(ctx, found, `SELECT rowid, -bm25(term, `+weights+`) FROM term WHERE term MATCH ? AND rowid BETWEEN ? AND ?
		AND substr(?, rowid + 1, 1) = x'01'`, expression, first, last, marks)
}

// prefixScore is the score of a word found by its beginning.
const prefixScore = 1.0

// prefix finds words by their beginning.
func (v *view) prefix(ctx context.Context, w query.Word) (*set, error) {
	found := newSet(v.columns.len)
	words := analysis.Words(w.Text)
	if !w.Prefix || len(words) != 1 {
		return found, nil
	}
	for _, of := range v.tables() {
		score := `0.0`
		if v.scored && of == present {
			score = fmt.Sprint(prefixScore)
		}
		err := v.collect(ctx, found, `SELECT rowid, `+score+` FROM `+of.word+` WHERE `+of.word+` MATCH ?`, `"`+words[0]+`"*`)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (v *view) collect(ctx context.Context, found *set, statement string, args ...any) error {
	rows, err := v.tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key int
		var score float64
		if err := rows.Scan(&key, &score); err != nil {
			return fmt.Errorf("searching: %w", err)
		}
		if key < 1 || key > v.columns.len {
			return fmt.Errorf("searching: %w: it has terms of a report that it does not have; run `%s`", ErrDamaged, rebuildCommand)
		}
		found.add(key)
		if v.scored {
			found.addScore(key, score)
		}
	}
	return rows.Err()
}
