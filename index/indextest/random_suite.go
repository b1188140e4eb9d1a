package indextest

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// randomQueries is how many random queries are asked.
const randomQueries = 250

// testRandomQueries asks for what a generator makes of the fixture's own
// words, names and times.
func (f *fixture) testRandomQueries(t *testing.T) {
	for _, node := range RandomQueries(randomQueries) {
		if diff := cmp.Diff(reportIDs(f.matching(node)), latest(t, f.archive, node)); diff != "" {
			t.Errorf("%s finds otherwise than it matches:\n%s", node, diff)
		}
	}
}

// RandomQueries returns n queries made of the words, names and times of
// Reports, the same on every run.
func RandomQueries(n int) []query.Node {
	g := generator{rand.New(rand.NewPCG(7, 11)), Reports()}
	nodes := make([]query.Node, n)
	for i := range nodes {
		nodes[i] = g.node(3)
	}
	return nodes
}

type generator struct {
	*rand.Rand
	reports []*news.Report
}

func (g generator) node(depth int) query.Node {
	if depth == 0 || g.IntN(4) == 0 {
		return g.leaf()
	}
	switch g.IntN(5) {
	case 0, 1:
		return query.And{Nodes: g.nodes(depth - 1)}
	case 2, 3:
		return query.Or{Nodes: g.nodes(depth - 1)}
	default:
		return query.Not{Node: g.node(depth - 1)}
	}
}

func (g generator) nodes(depth int) []query.Node {
	nodes := make([]query.Node, 2+g.IntN(2))
	for i := range nodes {
		nodes[i] = g.node(depth)
	}
	return nodes
}

func (g generator) leaf() query.Node {
	r := g.reports[g.IntN(len(g.reports))]
	switch g.IntN(10) {
	case 8:
		return g.group(r)
	case 9:
		return g.near(r)
	case 0, 1:
		return query.Word{Text: g.words(r, 1)}
	case 2:
		w := []rune(strings.Trim(g.words(r, 1), ".,\"'?!:;()’-"))
		if len(w) < query.MinPrefix || strings.ContainsAny(string(w), ".,-'’/@") {
			return query.Word{Text: "custom", Prefix: true}
		}
		return query.Word{Text: string(w[:query.MinPrefix+g.IntN(len(w)-1)]), Prefix: true}
	case 3:
		return query.Phrase{Text: g.words(r, 2+g.IntN(2))}
	case 4:
		return query.Phrase{Text: g.words(r, 1) + " " + g.words(r, 1), Slop: 1 + g.IntN(12)}
	case 5:
		return g.term(r)
	default:
		return g.interval(r)
	}
}

// words returns n words of the report that stand side by side.
func (g generator) words(r *news.Report, n int) string {
	words := strings.Fields(r.Title + " " + r.Text[:min(len(r.Text), 600)])
	at := g.IntN(max(1, len(words)-n+1))
	return strings.ToValidUTF8(strings.Join(words[at:min(len(words), at+n)], " "), "")
}

func (g generator) term(r *news.Report) query.Node {
	terms := []query.Term{
		{Field: query.Source, Value: r.Source}, {Field: query.Agency, Value: strings.ToUpper(r.Agency)},
		{Field: query.Lang, Value: r.Language}, {Field: query.Title, Value: g.words(r, 2)},
	}
	for _, p := range r.People {
		terms = append(terms, query.Term{Field: query.Person, Value: p.Name})
		for _, role := range p.Roles {
			terms = append(terms, query.Term{Field: query.Role, Value: role.Title})
		}
	}
	for _, o := range r.Organizations {
		terms = append(terms, query.Term{Field: query.Org, Value: o.Name})
	}
	for _, p := range r.Places {
		terms = append(terms, query.Term{Field: query.Place, Value: p.Name})
	}
	for _, q := range r.Quotes {
		terms = append(terms, query.Term{Field: query.Speaker, Value: q.Speaker.Name})
	}
	return terms[g.IntN(len(terms))]
}

// group asks for a person or a quote of the report, with some of what is
// known of it and now and then with something else.
func (g generator) group(r *news.Report) query.Node {
	of := []query.Field{query.Person, query.Quote}[g.IntN(2)]
	group := query.Group{Of: of}
	members := index.Members(r, of)
	for range 1 + g.IntN(2) {
		if len(members) == 0 {
			break
		}
		member := members[g.IntN(len(members))]
		for _, f := range []query.Field{query.Name, query.Role, query.Org, query.Speaker, query.About, query.ID} {
			if values := member[f]; len(values) > 0 && g.IntN(2) == 0 {
				group.Terms = append(group.Terms, query.Term{Field: f, Value: values[g.IntN(len(values))]})
			}
		}
	}
	if len(group.Terms) == 0 {
		return query.Term{Field: query.Country, Value: "az"}
	}
	return group
}

func (g generator) near(r *news.Report) query.Node {
	middle := index.Point{Lat: 40, Lon: 50}
	if points := index.Points(r); len(points) > 0 {
		middle = points[g.IntN(len(points))]
	}
	return query.Near{Lat: middle.Lat, Lon: middle.Lon, Located: true, Km: 0.5 + float64(g.IntN(9000))}
}

func (g generator) interval(r *news.Report) query.Node {
	from := r.Anchor().AddDate(0, 0, g.IntN(60)-30)
	to := from.AddDate(0, 0, 1+g.IntN(90))
	if g.IntN(2) == 0 {
		field := []query.Field{query.Published, query.Seen}[g.IntN(2)]
		return query.Range{Field: field, From: g.open(news.Instant(from)), To: news.Instant(to), Source: "instants"}
	}
	field := []query.Field{query.Mentioned, query.EventTime}[g.IntN(2)]
	return query.Range{Field: field, From: news.DayOf(from), To: g.open(news.DayOf(to)), Source: "days"}
}

// open leaves one end in four open.
func (g generator) open(m news.Moment) news.Moment {
	if g.IntN(4) == 0 {
		return news.Moment{Time: time.Time{}}
	}
	return m
}
