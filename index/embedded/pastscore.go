package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// scorePast scores the superseded revisions of the set, as the last ones are
// scored: by BM25 with the frequencies and lengths of the present, so that one
// formula ranks both. Their texts are read for it; they are few beside those
// of the present.
func (v *view) scorePast(ctx context.Context, found *set, node query.Node) error {
	scorer := pastScorer{view: v, rarity: map[string]float64{}}
	read, err := v.tx.PrepareContext(ctx, `SELECT enricher, json FROM body WHERE key = ?`)
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	defer read.Close()
	for key := range found.keys() {
		if b, i := v.columns.of(key); !b.past[i] {
			continue
		}
		score, err := scorer.of(ctx, read.QueryRowContext(ctx, key), node)
		if err != nil {
			return fmt.Errorf("scoring a revision: %w", err)
		}
		found.addScore(key, score)
	}
	return nil
}

// pastScorer scores superseded revisions.
type pastScorer struct {
	view *view
	// reports and words count those of the present; read when first needed.
	reports, words float64
	// rarity holds the inverse document frequency of each expression.
	rarity map[string]float64
}

func (p *pastScorer) of(ctx context.Context, stored *sql.Row, node query.Node) (float64, error) {
	d, err := scanDocument(stored)
	if err != nil {
		return 0, err
	}
	if p.reports == 0 {
		if err := p.measure(ctx); err != nil {
			return 0, err
		}
	}
	e, err := newEntry(d)
	if err != nil {
		return 0, err
	}
	length := 0
	for _, column := range e.terms {
		length += len(strings.Fields(column))
	}
	return p.score(ctx, match.New(d.Report), float64(length), node)
}

// measure reads how many reports and words the table term has: FTS5 keeps them
// in its first record, as a count of rows and one of words for each column.
func (p *pastScorer) measure(ctx context.Context) error {
	var totals []byte
	if err := p.view.tx.QueryRowContext(ctx, `SELECT block FROM term_data WHERE id = 1`).Scan(&totals); err != nil {
		return err
	}
	var counts []float64
	for len(totals) > 0 {
		value, size := sqliteVarint(totals)
		counts, totals = append(counts, float64(value)), totals[size:]
	}
	if len(counts) > 0 {
		p.reports = counts[0]
	}
	for _, n := range counts[min(1, len(counts)):] {
		p.words += n
	}
	p.reports, p.words = max(p.reports, 1), max(p.words, 1)
	return nil
}

// sqliteVarint reads an integer as SQLite writes them: the highest bits first,
// seven to a byte, and eight in the ninth.
func sqliteVarint(b []byte) (value uint64, size int) {
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return value<<8 | uint64(c), 9
		}
		value = value<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return value, i + 1
		}
	}
	return value, len(b)
}

func (p *pastScorer) score(ctx context.Context, s *match.Subject, length float64, node query.Node) (float64, error) {
	sum := func(nodes []query.Node) (total float64, err error) {
		for _, n := range nodes {
			if !s.Matches(n) {
				continue
			}
			score, err := p.score(ctx, s, length, n)
			if err != nil {
				return 0, err
			}
			total += score
		}
		return total, nil
	}
	switch n := node.(type) {
	case query.And:
		return sum(n.Nodes)
	case query.Or:
		return sum(n.Nodes)
	case query.Expansion:
		return sum(append([]query.Node{n.Node}, n.Forms...))
	case query.Word:
		if n.Prefix {
			return prefixScore, nil
		}
	case query.Phrase:
		if n.Slop > 0 {
			return p.near(ctx, s, length, n)
		}
	}
	return p.leaf(ctx, s, length, node)
}

// near scores the words of the phrase one by one.
func (p *pastScorer) near(ctx context.Context, s *match.Subject, length float64, n query.Phrase) (total float64, err error) {
	terms := analysis.Terms(n.Text)
	slices.Sort(terms)
	title, text := s.Words()
	for _, term := range slices.Compact(terms) {
		is := func(t analysis.Token) bool { return t.Term == term }
		score, err := p.weigh(ctx, phrase(textColumns, []string{term}), count(title, is), count(text, is), length)
		if err != nil {
			return 0, err
		}
		total += score
	}
	return total, nil
}

func count[T any](list []T, is func(T) bool) (n int) {
	for _, one := range list {
		if is(one) {
			n++
		}
	}
	return n
}

func (p *pastScorer) leaf(ctx context.Context, s *match.Subject, length float64, node query.Node) (float64, error) {
	e, ok := expression(node)
	if !ok {
		return 0, nil // a filter
	}
	title, rest := s.Frequency(node)
	return p.weigh(ctx, e, title, rest, length)
}

// weigh scores how often an expression stands in the title and elsewhere.
func (p *pastScorer) weigh(ctx context.Context, expression string, title, rest int, length float64) (float64, error) {
	rarity, err := p.rarityOf(ctx, expression)
	if err != nil {
		return 0, err
	}
	frequency := titleWeight*float64(title) + float64(rest)
	const k, b = 1.2, 0.75 // those of FTS5
	return rarity * frequency * (k + 1) / (frequency + k*(1-b+b*length/(p.words/p.reports))), nil
}

func (p *pastScorer) rarityOf(ctx context.Context, expression string) (float64, error) {
	if rarity, ok := p.rarity[expression]; ok {
		return rarity, nil
	}
	var n float64
	if err := p.view.tx.QueryRowContext(ctx, `SELECT count(*) FROM term WHERE term MATCH ?`, expression).Scan(&n); err != nil {
		return 0, err
	}
	// FTS5 gives words that most reports have a little, not nothing.
	rarity := max(math.Log((p.reports-n+0.5)/(n+0.5)), 1e-6)
	p.rarity[expression] = rarity
	return rarity, nil
}
