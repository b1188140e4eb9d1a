package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// group evaluates a Group: full-text search finds the reports that have each
// of its terms somewhere, and of those their people and quotes are read to
// see whether one of them has all. As it is a filter, it has no score.
func (v *view) group(ctx context.Context, g query.Group) (*set, error) {
	var parts []query.Node
	for _, t := range g.Terms {
		part, ok := somewhere(g.Of, t)
		if !ok {
			return newSet(v.columns.len), nil
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return newSet(v.columns.len), nil
	}
	found, err := v.all(ctx, parts)
	if err != nil {
		return nil, err
	}
	return found.set, v.keepTogether(ctx, found.set, g)
}

// somewhere is a node that matches every report in which a person or a quote
// has the term, or false when no report can.
func somewhere(of query.Field, t query.Term) (query.Node, bool) {
	if len(analysis.Words(t.Value)) == 0 {
		return nil, false
	}
	switch t.Field {
	case query.Name:
		return query.Term{Field: query.Person, Value: t.Value}, true
	case query.Role, query.Org:
		return query.Term{Field: query.Role, Value: t.Value}, true
	case query.Speaker:
		return t, true
	case query.About:
		return query.Term{Field: query.Quote, Value: t.Value}, true
	case query.ID:
		return query.All{}, true
	}
	return nil, false
}

// keepTogether removes the reports in which no person or quote has all terms.
func (v *view) keepTogether(ctx context.Context, found *set, g query.Group) error {
	read, err := v.tx.PrepareContext(ctx, `SELECT json FROM body WHERE key = ?`)
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	defer read.Close()
	for key := range found.keys() {
		if !v.mayHold(key, g) {
			found.remove(key)
			continue
		}
		r, err := readParts(ctx, read, key)
		if err != nil {
			return err
		}
		if !match.New(r).Matches(g) {
			found.remove(key)
		}
	}
	return nil
}

// mayHold looks for the ids of a group among what is held in memory, which is
// quicker than to read the report.
func (v *view) mayHold(key int, g query.Group) bool {
	for _, t := range g.Terms {
		if t.Field != query.ID || g.Of != query.Person {
			continue
		}
		keep, ok := v.wholePredicate(query.Term{Field: query.Entity, Value: index.Ref(query.Person, t.Value)})
		if ok && !keep(key) {
			return false
		}
	}
	return true
}

// readParts reads of a report what groups look at.
func readParts(ctx context.Context, read *sql.Stmt, key int) (*news.Report, error) {
	var body []byte
	if err := read.QueryRowContext(ctx, key).Scan(&body); err != nil {
		return nil, fmt.Errorf("reading a report: %w", err)
	}
	var parts struct {
		People        []news.Person       `json:"people"`
		Organizations []news.Organization `json:"organizations"`
		Quotes        []news.Quote        `json:"quotes"`
	}
	if err := json.Unmarshal(body, &parts); err != nil {
		return nil, fmt.Errorf("%w: a stored report cannot be read: %w; run `%s`", ErrDamaged, err, rebuildCommand)
	}
	return &news.Report{People: parts.People, Organizations: parts.Organizations, Quotes: parts.Quotes}, nil
}
