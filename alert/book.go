package alert

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/query"
)

// book is the rules as a process knows them, ready to be matched.
type book struct {
	store     *Store
	acronyms  []query.Acronym
	now       func() time.Time
	log       *slog.Logger
	frequency *matcher.Frequency

	mu       sync.Mutex
	rules    map[string]*Stored
	revision uint64        // of the latest change that is known
	changed  chan struct{} // closed when revision grows
	page     *page         // nil when it has to be made anew
}

// page is the rules at one moment. It never changes.
type page struct {
	made     time.Time
	reports  int // counted when it was made
	relative bool
	byName   map[string]*acting
	stored   map[string]*Stored
	index    *matcher.Index
	queries  []query.Node
	triggers []trigger // of the queries
	events   []*acting // that wait for a change of an event
}

// acting is a rule that alerts.
type acting struct {
	*Stored
	rule  rule.Rule
	query query.Node
}

// trigger is a query of the index: a rule, and what its match means.
type trigger struct {
	*acting
	kind string // notice.Report, notice.QuoteBy …
}

// The pages with times relative to now are made anew after a while, and so is
// one that was made when few reports had been counted.
const (
	relativeAge = time.Minute
	fewReports  = 200
)

func newBook(store *Store, acronyms []query.Acronym, now func() time.Time, log *slog.Logger) *book {
	return &book{
		store: store, acronyms: acronyms, now: now, log: log, frequency: new(matcher.Frequency),
		rules: map[string]*Stored{}, changed: make(chan struct{}),
	}
}

// follow keeps the book up to date until ctx ends.
func (b *book) follow(ctx context.Context) error {
	for {
		err := b.watch(ctx)
		if ctx.Err() != nil {
			return nil
		}
		b.log.Warn("the rules cannot be followed, trying again", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

func (b *book) watch(ctx context.Context) error {
	watch, err := b.store.kv.WatchAll(ctx)
	if err != nil {
		return fmt.Errorf("watch the rules: %w", err)
	}
	defer watch.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case entry, open := <-watch.Updates():
			if !open {
				return fmt.Errorf("watch the rules: %w", context.Canceled)
			}
			if entry != nil {
				b.take(entry)
			}
		}
	}
}

func (b *book) take(entry jetstream.KeyValueEntry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	name := entry.Key()
	switch {
	case !rule.ValidName(name):
	case entry.Operation() == jetstream.KeyValuePut:
		b.rules[name] = decodeStored(name, entry.Value(), b.now())
	default:
		delete(b.rules, name)
	}
	b.page = nil
	b.revision = max(b.revision, entry.Revision())
	close(b.changed)
	b.changed = make(chan struct{})
}

// current returns the rules with every change that was made before the call.
func (b *book) current(ctx context.Context) (*page, error) {
	status, err := b.store.kv.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("look at the rules: %w", err)
	}
	bucket, ok := status.(*jetstream.KeyValueBucketStatus)
	if !ok {
		return nil, fmt.Errorf("look at the rules: a bucket of unknown make %T", status)
	}
	last := bucket.StreamInfo().State.LastSeq
	for {
		p, changed := b.reached(last)
		if p != nil {
			return p, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-changed:
		}
	}
}

// reached returns the page when the book has come to the revision, else what
// is closed when it has come further.
func (b *book) reached(revision uint64) (*page, chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.revision < revision {
		return nil, b.changed
	}
	now := b.now()
	if p := b.page; p == nil || p.relative && now.Sub(p.made) >= relativeAge ||
		p.reports < fewReports && b.frequency.Reports() >= fewReports {
		b.page = b.makePage(now)
	}
	return b.page, nil
}

func (b *book) makePage(now time.Time) *page {
	p := &page{made: now, reports: b.frequency.Reports(), byName: map[string]*acting{}, stored: map[string]*Stored{}}
	for name, s := range b.rules {
		p.stored[name] = s
		r, on := s.Acting(now)
		if !on {
			continue
		}
		a, relative, err := compile(s, r, b.store.known.Point, b.acronyms, now)
		if err != nil {
			b.log.Error("a rule that was good is broken", "rule", name, "error", err)
			continue // the clerk marks it
		}
		p.byName[name] = a
		p.relative = p.relative || relative || r.Expires != ""
		p.fill(a)
	}
	p.makeIndex(b.frequency)
	return p
}

// fill adds what can fire the rule.
func (p *page) fill(a *acting) {
	if len(a.rule.When) > 0 {
		p.events = append(p.events, a)
	}
	for _, t := range a.triggers() {
		p.queries = append(p.queries, t.query)
		p.triggers = append(p.triggers, trigger{a, t.kind})
	}
}

func (p *page) makeIndex(f *matcher.Frequency) { p.index = matcher.New(p.queries, f) }

// compile reads the rule's query as the search does.
func compile(s *Stored, r rule.Rule, point rule.Point, acronyms []query.Acronym, now time.Time) (a *acting, relative bool, err error) {
	node, err := r.Read(now, point)
	if err != nil {
		return nil, false, err
	}
	// A query that is read otherwise at another time has times relative to now.
	if later, err := r.Read(now.Add(49*time.Hour), point); err == nil {
		relative = !reflect.DeepEqual(node, later)
	}
	if !r.Exact {
		node = query.Expand(node, acronyms)
	}
	return &acting{s, r, node}, relative, nil
}

type triggerQuery struct {
	kind  string
	query query.Node
}

// triggers are what a report can fire of the rule, with the query that finds
// such reports.
func (a *acting) triggers() []triggerQuery {
	var all []triggerQuery
	if !a.rule.HasConditions() {
		all = append(all, triggerQuery{notice.Report, a.query})
	}
	if slices.Contains(a.rule.When, rule.Reported) {
		all = append(all, triggerQuery{notice.Reported, a.query})
	}
	if len(a.rule.QuoteBy) > 0 {
		all = append(all, triggerQuery{notice.QuoteBy, named(a.query, query.Speaker, a.rule.QuoteBy)})
	}
	if len(a.rule.RoleChanged) > 0 {
		all = append(all, triggerQuery{notice.RoleChanged, named(a.query, query.Person, a.rule.RoleChanged)})
	}
	if a.rule.Spike != nil {
		all = append(all, triggerQuery{notice.Spike, a.query})
	}
	return all
}

// named is the query narrowed to the reports whose field has one of the names.
func named(node query.Node, f query.Field, names []string) query.Node {
	var any []query.Node
	for _, name := range names {
		any = append(any, query.Term{Field: f, Value: name})
	}
	var one query.Node = query.Or{Nodes: any}
	if len(any) == 1 {
		one = any[0]
	}
	if node == (query.All{}) {
		return one
	}
	return query.And{Nodes: []query.Node{node, one}}
}
