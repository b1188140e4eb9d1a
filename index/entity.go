package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Entity is what an archive knows of a person, an organization or a place.
type Entity struct {
	// Kind is person, org or place.
	Kind query.Field `json:"kind"`
	// ID is the id asked for, or that of the fullest name when the archive
	// shows that several are one person's.
	ID string `json:"id"`
	// Names are the ids of all names of a person that the archive shows to be
	// one, the fullest first; absent when it is ID alone.
	Names []string `json:"ids,omitempty"`
	// Namesakes are the people who bear the name, when there are several: what
	// is told of the name's own id is then of all of them.
	Namesakes []Namesake `json:"namesakes,omitempty"`
	// Query is for the reports that speak of it, and Saying for those that
	// quote it.
	Query  query.Node `json:"-"`
	Saying query.Node `json:"-"`
	// Name is the name that most reports give it.
	Name string `json:"name"`
	// Aliases are its other names with the number of reports that use them.
	Aliases []Count `json:"aliases,omitempty"`
	// Country, and for a place Lat and Lon, are those of the last report.
	Country string   `json:"country,omitempty"`
	Lat     *float64 `json:"lat,omitempty"`
	Lon     *float64 `json:"lon,omitempty"`
	// Reports is the number of reports that speak of it.
	Reports int `json:"reports"`
	// Timeline counts them by the month of publication.
	Timeline []Bin `json:"timeline,omitempty"`
	// Roles are the offices of a person, or those that people hold at an
	// organization, the one attested last first.
	Roles []Holding `json:"roles,omitempty"`
	// Quoted is the number of reports that quote it; Quotes are the latest.
	Quoted int           `json:"quoted"`
	Quotes []Attribution `json:"quotes,omitempty"`
	// Related are the entities that reports name together with it, the most
	// significant first.
	Related []Related `json:"related,omitempty"`
	// Latest are the reports published last.
	Latest []Evidence `json:"latest,omitempty"`
}

// Holding is a person in an office, with the evidence for it.
type Holding struct {
	Person       string `json:"person"` // the id
	Name         string `json:"name,omitempty"`
	Title        string `json:"title"`
	Organization string `json:"organization,omitempty"`
	Former       bool   `json:"former,omitempty"`
	// Reports is the number of reports that say so; First and Last are the
	// ones published first and last.
	Reports int      `json:"reports"`
	First   Evidence `json:"first"`
	Last    Evidence `json:"last"`
}

// Evidence is a report and what it says.
type Evidence struct {
	Report    string    `json:"report"` // the id
	Title     string    `json:"title,omitempty"`
	Agency    string    `json:"agency,omitempty"`
	Language  string    `json:"language,omitempty"` // of the report, a BCP 47 tag
	Published time.Time `json:"published,omitzero"`
	// Text is the passage, and Span what of the report's text it says so with.
	Text string    `json:"text,omitempty"`
	Span news.Span `json:"span,omitzero"`
}

// Attribution is a quote with the report it stands in.
type Attribution struct {
	news.Quote
	Evidence Evidence `json:"evidence"`
}

// Related is an entity that reports name together with another.
type Related struct {
	Kind query.Field `json:"kind"`
	ID   string      `json:"id"`
	Name string      `json:"name"`
	// Together is the number of reports that name both, and Reports that of
	// those that name this one.
	Together int `json:"together"`
	Reports  int `json:"reports"`
	// Score says how much more often they stand together than by chance: see
	// Significance.
	Score float64 `json:"score"`
}

// EntityRequest asks for an Entity.
type EntityRequest struct {
	// Kind is query.Person, Org or Place.
	Kind query.Field
	ID   string
	// Query narrows the reports looked at; nil means all.
	Query query.Node
	// Quotes, Related (of each kind) and Latest are how many of each are
	// wanted, 0 means 20.
	Quotes, Related, Latest int
}

// The most that an Entity lists.
const (
	maxAliases    = 100
	maxHoldings   = 60
	maxCandidates = 300
)

// Describe returns what the archive knows of an entity, or an error that
// wraps ErrNotFound when no report speaks of it.
func Describe(ctx context.Context, a Archive, req EntityRequest) (*Entity, error) {
	if _, _, ok := SplitRef(Ref(req.Kind, req.ID)); !ok {
		return nil, fmt.Errorf("%w: %q is no kind of entity; use person, org or place", ErrBadRequest, req.Kind)
	}
	d := describer{ctx: ctx, archive: a, request: req.normal(), reports: map[string]*news.Report{}}
	e, err := d.describe()
	if err != nil {
		return nil, fmt.Errorf("describing %s: %w", Ref(req.Kind, req.ID), err)
	}
	return e, nil
}

func (r EntityRequest) normal() EntityRequest {
	for _, n := range []*int{&r.Quotes, &r.Related, &r.Latest} {
		if *n <= 0 {
			*n = DefaultLimit
		}
		*n = min(*n, MaxLimit)
	}
	if r.Query == nil {
		r.Query = query.All{}
	}
	return r
}

// describer gathers what is known of one entity.
type describer struct {
	ctx     context.Context
	archive Archive
	request EntityRequest
	identity
	reports map[string]*news.Report
}

// of is the query for the reports that have one of the refs in the field,
// within the request's.
func (d *describer) of(field query.Field) query.Node {
	return query.Both(d.request.Query, d.meant(field))
}

// meant is the query for the reports that have one of the refs in the field
// and mean this entity.
func (d *describer) meant(field query.Field) query.Node {
	var terms []query.Node
	for _, ref := range d.refs {
		terms = append(terms, query.Term{Field: field, Value: ref})
	}
	return query.Both(either(terms...), d.within)
}

func (d *describer) describe() (*Entity, error) {
	var err error
	if d.identity, err = d.identify(); err != nil {
		return nil, err
	}
	found, err := d.archive.Search(d.ctx, Request{
		Query: d.of(query.Entity), Sort: ByPublished, Limit: d.request.Latest, Tallies: d.tallies(),
		Histogram: &Histogram{Field: query.Published, Unit: Month},
	})
	switch {
	case err != nil:
		return nil, err
	case found.Total == 0:
		return nil, ErrNotFound
	}
	e := &Entity{
		Kind: d.request.Kind, ID: d.id, Query: d.meant(query.Entity), Saying: d.meant(query.Quoted), Reports: found.Total, Timeline: found.Histogram,
		Namesakes: d.namesakes,
	}
	if len(d.refs) > 1 {
		for _, ref := range d.refs {
			_, id, _ := SplitRef(ref)
			e.Names = append(e.Names, id)
		}
	}
	names, others, holdings, candidates := d.parts(found.Tallies)
	e.name(names, others)
	e.locate(found.Hits)
	for _, h := range found.Hits {
		e.Latest = append(e.Latest, newEvidence(h.Report, news.Span{}))
	}
	if e.Roles, err = d.holdings(e, holdings); err != nil {
		return nil, err
	}
	if err := d.quotes(e); err != nil {
		return nil, err
	}
	e.Related, err = d.related(found.Total, candidates)
	return e, err
}

// tallies are what is counted of the entity's reports: by ref its names, its
// other names and, for a person, the offices; then those of all people for
// other kinds; and what is named together with it.
func (d *describer) tallies() []Tally {
	var tallies []Tally
	for _, ref := range d.refs {
		tallies = append(tallies,
			Tally{Facet: TallyName, Prefix: JoinTally(ref, ""), Size: maxAliases},
			Tally{Facet: TallyAlias, Prefix: JoinTally(ref, ""), Size: maxAliases},
			Tally{Facet: TallyHolding, Prefix: d.holders(ref), Size: MaxFacetSize, Evidence: true})
	}
	for _, kind := range entityKinds {
		tallies = append(tallies, Tally{Facet: TallyEntity, Prefix: Ref(kind, ""), Size: maxCandidates})
	}
	return tallies
}

// holders is the beginning of the offices that matter: a person's own, or
// anybody's.
func (d *describer) holders(ref string) string {
	if d.request.Kind == query.Person {
		return JoinTally(ref, "")
	}
	return ""
}

// parts puts the counts of the tallies together.
func (d *describer) parts(counts [][]Count) (names, others, holdings, candidates []Count) {
	for range d.refs {
		names = append(names, counts[0]...)
		others = append(others, counts[1]...)
		holdings = append(holdings, counts[2]...)
		counts = counts[3:]
	}
	return names, others, holdings, slices.Concat(counts...)
}

var entityKinds = []query.Field{query.Person, query.Org, query.Place}

// name sets the names from those that reports give first and their others.
func (e *Entity) name(names, aliases []Count) {
	counts := map[string]int{}
	for i, c := range slices.Concat(names, aliases) {
		name := SplitTally(c.Value)[1]
		if i == 0 {
			e.Name = name
		}
		counts[name] += c.Count
	}
	for name, n := range counts {
		if name != e.Name {
			e.Aliases = append(e.Aliases, Count{Value: name, Count: n})
		}
	}
	slices.SortFunc(e.Aliases, mostFirst)
}

// locate sets what the latest report that knows it says of where it is.
func (e *Entity) locate(latest []Hit) {
	for _, h := range latest {
		for _, o := range h.Report.Organizations {
			if e.Kind == query.Org && o.ID == e.ID && e.Country == "" {
				e.Country = o.Country
			}
		}
		for _, p := range h.Report.Places {
			if e.Kind == query.Place && p.ID == e.ID && e.Country == "" {
				e.Country, e.Lat, e.Lon = p.Country, p.Lat, p.Lon
			}
		}
	}
}

// holdings reads the offices that matter to the entity, the one attested last
// first.
func (d *describer) holdings(e *Entity, counts []Count) ([]Holding, error) {
	var all []Holding
	for _, c := range counts {
		parts := SplitTally(c.Value)
		if d.request.Kind == query.Place || d.request.Kind == query.Org && !e.isCalled(parts[2]) {
			continue
		}
		_, person, _ := SplitRef(parts[0])
		h := Holding{Person: person, Title: parts[1], Organization: parts[2], Former: parts[3] != "", Reports: c.Count}
		if err := d.attest(&h, c); err != nil {
			return nil, err
		}
		if all = append(all, h); len(all) == maxHoldings {
			break
		}
	}
	all = d.joinHoldings(all)
	slices.SortStableFunc(all, latestHolding)
	return all, nil
}

// joinHoldings joins the holdings of one person that name one office in
// different words. The fullest name of the body is kept, with the title that
// most of its reports use; what names no body joins the only office it can be.
func (d *describer) joinHoldings(all []Holding) []Holding {
	slices.SortStableFunc(all, func(a, b Holding) int {
		return cmp.Or(len(strings.Fields(b.Organization))-len(strings.Fields(a.Organization)), b.Reports-a.Reports)
	})
	var joined []Holding
	for _, h := range all {
		var same []int
		for i := range joined {
			if d.onePerson(h, joined[i]) && news.SameOffice(h.role(), joined[i].role()) {
				same = append(same, i)
			}
		}
		if len(same) != 1 { // none, or one without a body that could be of several
			joined = append(joined, h)
			continue
		}
		joined[same[0]].join(h)
	}
	return joined
}

// onePerson reports whether two holdings are of one person: on a person's page
// all are, whatever the name.
func (d *describer) onePerson(a, b Holding) bool {
	return d.request.Kind == query.Person || a.Person == b.Person
}

func (h *Holding) role() news.Role {
	return news.Role{Title: h.Title, Organization: h.Organization, Former: h.Former}
}

// join adds the reports of another holding of the same office.
func (h *Holding) join(other Holding) {
	h.Reports += other.Reports
	if other.First.Published.Before(h.First.Published) {
		h.First = other.First
	}
	if other.Last.Published.After(h.Last.Published) {
		h.Last = other.Last
	}
}

// latestHolding puts the office attested last first, and one that is held
// before one that was.
func latestHolding(a, b Holding) int {
	if c := b.Last.Published.Compare(a.Last.Published); c != 0 {
		return c
	}
	switch {
	case a.Former == b.Former:
		return 0
	case b.Former:
		return -1
	}
	return 1
}

// isCalled reports whether name is one of the entity's.
func (e *Entity) isCalled(name string) bool {
	folded := analysis.Fold(name)
	return folded != "" && (folded == analysis.Fold(e.Name) ||
		slices.ContainsFunc(e.Aliases, func(c Count) bool { return analysis.Fold(c.Value) == folded }))
}

// attest sets the evidence of a holding.
func (d *describer) attest(h *Holding, c Count) error {
	for id, into := range map[string]*Evidence{c.First: &h.First, c.Last: &h.Last} {
		r, err := d.report(id)
		if err != nil {
			return err
		}
		*into = newEvidence(r, h.spanIn(r))
		for _, p := range r.People {
			if p.ID == h.Person {
				h.Name = p.Name
			}
		}
	}
	if c.First == c.Last {
		h.First = h.Last
	}
	return nil
}

// spanIn returns where the report says that the person holds the office.
func (h *Holding) spanIn(r *news.Report) news.Span {
	for _, p := range r.People {
		for _, role := range p.Roles {
			if p.ID == h.Person && role.Title == h.Title && role.Organization == h.Organization && role.Former == h.Former {
				return role.Span
			}
		}
	}
	return news.Span{}
}

// report gets a report once. One that was removed meanwhile is empty.
func (d *describer) report(id string) (*news.Report, error) {
	if r, ok := d.reports[id]; ok {
		return r, nil
	}
	r, err := d.archive.Get(d.ctx, id)
	if errors.Is(err, ErrNotFound) {
		r, err = &news.Report{ID: id}, nil
	}
	d.reports[id] = r
	return r, err
}

// quotes sets the latest quotes.
func (d *describer) quotes(e *Entity) error {
	if d.request.Kind == query.Place {
		return nil
	}
	found, err := d.archive.Search(d.ctx, Request{Query: d.of(query.Quoted), Sort: ByPublished, Limit: d.request.Quotes})
	if err != nil {
		return err
	}
	e.Quoted = found.Total
	for _, h := range found.Hits {
		for _, q := range h.Report.Quotes {
			if slices.Contains(d.refs, speakerRef(h.Report, q.Speaker)) && len(e.Quotes) < d.request.Quotes {
				e.Quotes = append(e.Quotes, Attribution{q, newEvidence(h.Report, q.Span)})
			}
		}
	}
	return nil
}

func newEvidence(r *news.Report, span news.Span) Evidence {
	return Evidence{
		Report: r.ID, Title: r.Title, Agency: r.Agency, Language: r.Language, Published: r.Published,
		Text: passage(r.Text, span), Span: span,
	}
}

// passageBytes is about how much a passage has on either side of its span.
const passageBytes = 200

// passage is the part of the text around a span, within its paragraph and cut
// between words.
func passage(text string, span news.Span) string {
	if span.End <= span.Start || !span.Valid(text) {
		return ""
	}
	start := strings.LastIndex(text[:span.Start], "\n") + 1
	end := len(text)
	if i := strings.Index(text[span.End:], "\n"); i >= 0 {
		end = span.End + i
	}
	before, after := "", ""
	if span.Start-start > passageBytes {
		if i := strings.Index(text[span.Start-passageBytes:span.Start], " "); i >= 0 {
			start, before = span.Start-passageBytes+i+1, "… "
		}
	}
	if end-span.End > passageBytes {
		if i := strings.LastIndex(text[span.End:span.End+passageBytes], " "); i >= 0 {
			end, after = span.End+i, " …"
		}
	}
	return before + strings.TrimSpace(text[start:end]) + after
}
