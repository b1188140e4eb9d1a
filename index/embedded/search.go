package embedded

import (
	"cmp"
	"container/heap"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/dateline-news/dateline/index"
)

// Search answers a request from one state of the archive. By relevance, the
// pages after the first show the reports in the order that the first page
// found, as long as the archive remembers it: 256 searches, and fewer when
// they are large. After that, and after a restart, their cursors give
// ErrBadCursor. In the other orders cursors do not expire.
func (a *Archive) Search(ctx context.Context, req index.Request) (*index.Result, error) {
	req, err := req.Normal()
	if err != nil {
		return nil, err
	}
	from, err := a.readCursor(req)
	if err != nil {
		return nil, err
	}
	v, err := a.view(ctx)
	if err != nil {
		return nil, fmt.Errorf("searching the archive: %w", unavailable(err))
	}
	defer v.close()
	v.scored = req.Sort == index.ByRelevance
	if at, ok := req.AsOf(); ok {
		v.asOf, v.at = true, at.UnixMilli()
	}
	v.visible = v.everything()
	v.among = v.visible
	result, err := a.answer(ctx, v, req, from)
	if err != nil {
		return nil, fmt.Errorf("searching the archive: %w", unavailable(err))
	}
	return result, nil
}

// view begins a read transaction.
func (a *Archive) view(ctx context.Context) (*view, error) {
	conn, err := a.readers.Conn(ctx)
	if err != nil {
		return nil, err
	}
	v := &view{conn: conn}
	if err := a.begin(ctx, v); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

// begin takes the columns and what the file holds of the same state.
func (a *Archive) begin(ctx context.Context, v *view) (err error) {
	a.published.RLock()
	defer a.published.RUnlock()
	v.columns, v.labels, v.lexicon = a.columns, a.labels, a.lexicon
	if v.tx, err = v.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return err
	}
	// SQLite fixes what a transaction sees when it first reads.
	var n int
	return v.tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n)
}

// close ends the transaction, which wrote nothing that a failure could lose.
func (v *view) close() {
	if v.tx != nil {
		_ = rollback(v.tx)
	}
	_ = v.conn.Close()
}

func (a *Archive) answer(ctx context.Context, v *view, req index.Request, from *cursor) (*index.Result, error) {
	m, err := v.match(ctx, req, from)
	if err != nil {
		return nil, err
	}
	var page []place
	var more bool
	var copies map[int]int
	if req.Collapse {
		page, more, copies = v.collapsed(m.reached(from), req, from)
	} else if page, more = v.page(m.found, req, from, req.Limit+1); more {
		page = page[:req.Limit]
	}
	hits, err := v.hits(ctx, page)
	if err != nil {
		return nil, err
	}
	for i, p := range page {
		hits[i].Copies = copies[p.key]
	}
	result := &index.Result{Total: m.found.len(), Hits: hits}
	if more {
		result.Next = v.newCursor(req, page[len(page)-1], a.list(req, m.found, from), from)
	}
	return result, v.count(ctx, m, req, result)
}

// matches is what a request finds.
type matches struct {
	// found is what matches the query and the filters.
	found *set
	// query is what matches the query alone, or nil when found was remembered.
	query *set
}

// match returns all that the request matches, or what the first page found.
func (v *view) match(ctx context.Context, req index.Request, from *cursor) (*matches, error) {
	if from != nil && from.found != nil {
		found, err := v.again(ctx, from.found)
		return &matches{found: found}, err
	}
	all, err := v.evaluate(ctx, req.Query)
	if err != nil {
		return nil, err
	}
	found := v.narrow(all.set, req.Filters, "")
	if v.scored {
		found = found.clone()
		found.scores = newScores(found.len(), v.columns.len)
		all.addScores(found, found.scores)
		v.favourRecent(found, req.Now)
	}
	return &matches{found: found, query: all.set}, nil
}

// favourRecent weighs the scores by when the reports were published.
func (v *view) favourRecent(found *set, now time.Time) {
	if now.IsZero() {
		return
	}
	for key := range found.keys() {
		if at := v.columns.published(key); at != unknown {
			found.scores.scale(key, index.Recency(at, now.UnixMilli()))
		}
	}
}

// reached returns the part of what was found that the first page could see.
// What was known at a time is the same on all pages.
func (m *matches) reached(from *cursor) *set {
	if from == nil || from.Reach == 0 {
		return m.found
	}
	return m.found.upTo(from.Reach)
}

// count counts what the request asks for.
func (v *view) count(ctx context.Context, m *matches, req index.Request, result *index.Result) error {
	if err := v.facets(ctx, m, req, result); err != nil {
		return err
	}
	if len(req.Tallies) > 0 {
		c := v.counter()
		defer c.release()
		for _, t := range req.Tallies {
			result.Tallies = append(result.Tallies, c.answer(m.found, t))
		}
	}
	if req.Histogram != nil {
		result.Histogram = v.histogram(m.found, req.Histogram)
	}
	return nil
}

// facets counts the facets, when much was found on several processors.
func (v *view) facets(ctx context.Context, m *matches, req index.Request, result *index.Result) error {
	if len(req.Facets) == 0 {
		return nil
	}
	among, counted := make([]*set, len(req.Facets)), make([][]index.Count, len(req.Facets))
	for i, f := range req.Facets {
		among[i] = m.found
		if req.Filtered(f) {
			var err error
			if among[i], err = v.apart(ctx, m, req, f); err != nil {
				return err
			}
		}
	}
	var counting sync.WaitGroup
	n := min(runtime.GOMAXPROCS(0), len(req.Facets), 1+result.Total/keysAtOnce)
	for first := range n {
		counting.Go(func() {
			c := v.counter()
			defer c.release()
			for i := first; i < len(counted); i += n {
				counted[i] = c.most(among[i], slices.Index(facets, req.Facets[i]), req.FacetSize, anyValue)
			}
		})
	}
	counting.Wait()
	result.Facets = make(map[index.Facet][]index.Count, len(req.Facets))
	for i, f := range req.Facets {
		result.Facets[f] = counted[i]
	}
	return nil
}

// apart returns what the request finds without its filters on the facet.
func (v *view) apart(ctx context.Context, m *matches, req index.Request, f index.Facet) (*set, error) {
	if m.query == nil {
		all, err := v.evaluate(ctx, req.Query)
		if err != nil {
			return nil, err
		}
		m.query = all.set
	}
	return v.narrow(m.query, req.Filters, f), nil
}

// list names the remembered search of the cursor that is to follow.
func (a *Archive) list(req index.Request, found *set, from *cursor) string {
	switch {
	case req.Sort != index.ByRelevance:
		return ""
	case from != nil:
		return from.List
	default:
		return a.pages.put(found)
	}
}

// place is where a report stands in the order of the hits.
type place struct {
	key int
	id  string
	// rank and then time come before id, the greatest first.
	rank float64
	time int64
}

// compare orders places as they are shown.
func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(q.rank, p.rank), cmp.Compare(q.time, p.time), cmp.Compare(p.id, q.id))
}

// after reports whether p is shown after q whatever their ids are.
func (p place) after(q place) bool {
	if p.rank != q.rank {
		return p.rank < q.rank
	}
	return p.time < q.time
}

// place returns the place of a report, without its id: that is seldom needed.
func (v *view) place(key int, found *set, sort index.Sort) place {
	b, i := v.columns.of(key)
	p := place{key: key, time: b.published[i]}
	switch sort {
	case index.ByRelevance:
		p.rank = found.score(key)
	case index.BySeen:
		p.time = b.seen[i]
	case index.ByEvent:
		p.time = b.lastEvent(i)
	}
	return p
}

// before reports whether the report a is shown before b.
func (v *view) before(a, b int, found *set, sort index.Sort) bool {
	p, q := v.place(a, found, sort), v.place(b, found, sort)
	if c := p.compare(q); c != 0 {
		return c < 0
	}
	return v.columns.id(a) < v.columns.id(b)
}

// page returns the first places of found after the cursor, at most taken, and
// whether it took so many. It looks at the reports that came last first, as
// they are most often shown first.
func (v *view) page(found *set, req index.Request, from *cursor, taken int) (page []place, full bool) {
	var first worst
	for key := range found.backward() {
		p := v.place(key, found, req.Sort)
		full := len(first) == taken
		if full && p.after(first[0]) {
			continue
		}
		p.id = v.columns.id(key)
		if from != nil && p.compare(from.place()) <= 0 {
			continue
		}
		switch {
		case !full:
			heap.Push(&first, p)
		case p.compare(first[0]) < 0:
			first[0] = p
			heap.Fix(&first, 0)
		}
	}
	slices.SortFunc(first, place.compare)
	return first, len(first) == taken
}

// worst is a heap with the place that is shown last on top.
type worst []place

func (w worst) Len() int           { return len(w) }
func (w worst) Less(i, j int) bool { return w[i].compare(w[j]) > 0 }
func (w worst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worst) Push(p any)        { *w = append(*w, p.(place)) }
func (w *worst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// hits reads the reports of a page, each while another processor takes apart
// the one before.
func (v *view) hits(ctx context.Context, page []place) ([]index.Hit, error) {
	hits := make([]index.Hit, len(page))
	if len(page) == 0 {
		return hits, nil
	}
	read, err := v.tx.PrepareContext(ctx, `SELECT json FROM body WHERE key = ?`)
	if err != nil {
		return nil, err
	}
	defer read.Close()
	failures := make([]error, len(page))
	var decoding sync.WaitGroup
	for i, p := range page {
		var body []byte
		if failures[i] = read.QueryRowContext(ctx, p.key).Scan(&body); failures[i] != nil {
			failures[i] = fmt.Errorf("reading report %s: %w", p.id, failures[i])
			break
		}
		hits[i].Score = p.rank
		decoding.Go(func() { hits[i].Report, failures[i] = decode(body) })
	}
	decoding.Wait()
	return hits, errors.Join(failures...)
}
