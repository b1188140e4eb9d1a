package elastic

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// author writes random reports and queries of few words, so that they meet.
type author struct{ *rand.Rand }

func (a author) pick(of string) string {
	words := strings.Fields(of)
	return words[a.IntN(len(words))]
}

const (
	vocabulary = `customs Customs custom's port ports ferry Ferries Əliyev Aliyev şəki SHEKI İzmir izmir training trained WCO
		wco committee.In 2015 8.12.2014 Комитет комитеты съёмка съемка rail/road well-known`
	given  = "Aydın Nino Elçin Marta Roger"
	family = "Əliyev Beridze Səfərov Grave Novak"
	bodies = "Customs Port Rail Statistics"
	towns  = "Baku Batumi İzmir Tbilisi Riga"
)

func (a author) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = a.pick(vocabulary)
	}
	return strings.Join(words, a.pick("_ _ ,_ ._"))
}

func (a author) moment() news.Moment {
	if a.IntN(4) == 0 {
		return news.Moment{}
	}
	if a.IntN(3) == 0 {
		zone := time.FixedZone("", a.IntN(25)*3600-12*3600)
		return news.Instant(time.Date(2015, 1, 1+a.IntN(60), a.IntN(24), a.IntN(60), 0, 0, zone))
	}
	return news.Day(2015, 1, 1+a.IntN(60))
}

func (a author) report(id string) *news.Report {
	space := strings.NewReplacer("_", " ")
	r := &news.Report{
		ID: id, Revision: 1, Source: a.pick("caspian rioni"), Agency: a.pick("Caspian Rioni RİONİ"), Language: a.pick("en az EN"),
		Title: space.Replace(a.words(a.IntN(4))), Text: space.Replace(a.words(1 + a.IntN(12))),
		Seen: time.Date(2015, 1, 1+a.IntN(60), a.IntN(24), 0, a.IntN(60), a.IntN(1000)*1_000_000, time.UTC),
	}
	if a.IntN(8) > 0 {
		r.Published = time.Date(2015, 1, 1+a.IntN(60), a.IntN(24), 0, 0, 0, time.FixedZone("", 4*3600))
	}
	for range a.IntN(3) {
		p := news.Person{ID: id, Name: a.pick(given) + " " + a.pick(family), Aliases: []string{a.pick(family)}}
		p.Roles = []news.Role{{Title: a.pick("chairman deputy_minister"), Organization: a.pick(bodies), Span: news.Span{Start: 0, End: len(r.Text)}}}
		r.People = append(r.People, p)
	}
	for range a.IntN(3) {
		r.Organizations = append(r.Organizations, news.Organization{ID: id, Name: "State " + a.pick(bodies) + " Committee", Acronym: a.pick("SCC PSC")})
	}
	for range a.IntN(3) {
		r.Places = append(r.Places, news.Place{ID: id, Name: a.pick(towns)})
	}
	for range a.IntN(3) {
		r.Dates = append(r.Dates, news.Date{Text: "then", Type: news.TypeDate, Start: a.moment(), End: a.moment(), Span: news.Span{Start: 0, End: len(r.Text)}})
		r.Events = append(r.Events, news.Event{Name: "meeting", Start: a.moment(), End: a.moment(), Span: news.Span{Start: 0, End: len(r.Text)}})
	}
	if a.IntN(2) == 0 {
		r.Quotes = []news.Quote{{Text: "so", Kind: "direct", Span: news.Span{Start: 0, End: len(r.Text)}, Speaker: &news.Speaker{Kind: "person", Name: a.pick(family), ID: id}}}
	}
	return r
}

// query returns a random tree.
func (a author) query(depth int) query.Node {
	if depth > 0 {
		switch a.IntN(6) {
		case 0:
			return query.And{Nodes: []query.Node{a.query(depth - 1), a.query(depth - 1)}}
		case 1:
			return query.Or{Nodes: []query.Node{a.query(depth - 1), a.query(depth - 1)}}
		case 2:
			return query.Not{Node: a.query(depth - 1)}
		case 3:
			return query.Expansion{Node: a.query(0), Forms: []query.Node{a.query(0)}}
		}
	}
	switch a.IntN(8) {
	case 0:
		return query.Word{Text: a.pick(vocabulary)}
	case 1:
		word := []rune(a.pick("custom Port Əli şək training kom ком съё 201"))
		return query.Word{Text: string(word[:2+a.IntN(len(word)-1)]), Prefix: true}
	case 2:
		return query.Phrase{Text: strings.ReplaceAll(a.words(1+a.IntN(3)), "_", " ")}
	case 3:
		return query.Phrase{Text: strings.ReplaceAll(a.words(1+a.IntN(3)), "_", " "), Slop: 1 + a.IntN(5)}
	case 4:
		return query.Term{Field: query.Field(a.pick("person speaker")), Value: a.pick(given + " " + family + " aliyev grave")}
	case 5:
		return query.Term{Field: query.Field(a.pick("org place role title")), Value: a.pick(bodies + " " + towns + " state chairman izmir scc customs")}
	case 6:
		return query.Term{Field: query.Field(a.pick("source agency lang")), Value: a.pick("CASPIAN rioni Rioni en AZ xx")}
	}
	f := query.Field(a.pick("published seen mentioned event"))
	from, to := news.Day(2015, 1, 1+a.IntN(60)), news.Moment{}
	if a.IntN(3) > 0 {
		to = from.AddDays(1 + a.IntN(20))
	} else if a.IntN(2) == 0 {
		from, to = to, from
	}
	return query.Range{Field: f, From: from, To: to}
}

// TestSearchFindsWhatMatches compares the archive with the evaluation of the
// same query on each report.
func TestSearchFindsWhatMatches(t *testing.T) {
	long(t)
	a := open(t)
	random := author{rand.New(rand.NewPCG(3, 5))}
	reports := make([]*news.Report, 300)
	for i := range reports {
		reports[i] = random.report(fmt.Sprintf("r%03d", i))
	}
	write(t, a, reports...)

	for i := range 300 {
		q := random.query(3)
		want := expected(q, reports)
		got, err := a.Search(t.Context(), index.Request{
			Query: q, Limit: index.MaxLimit, Sort: index.Sort(random.pick("relevance published seen")),
			Facets: index.AllFacets(), FacetSize: 3,
		})
		if err != nil {
			t.Fatalf("query %d, %s: %v", i, q, err)
		}
		found := idsOf(got)
		slices.Sort(found)
		if diff := gocmp.Diff(want.ids, found); diff != "" || got.Total != len(want.ids) {
			t.Errorf("query %d, %s (%#v): total %d, ids (-want +got):\n%s", i, q, q, got.Total, diff)
		}
		if diff := gocmp.Diff(want.facets, got.Facets); diff != "" {
			t.Errorf("query %d, %s: facets (-want +got):\n%s", i, q, diff)
		}
	}
}

type answer struct {
	ids    []string
	facets map[index.Facet][]index.Count
}

func expected(q query.Node, reports []*news.Report) answer {
	want := answer{ids: []string{}, facets: map[index.Facet][]index.Count{}}
	counts := map[index.Facet]map[string]int{}
	for _, f := range index.AllFacets() {
		counts[f] = map[string]int{}
	}
	for _, r := range reports {
		if !match.New(r).Matches(q) {
			continue
		}
		want.ids = append(want.ids, r.ID)
		for f := range counts {
			for _, v := range index.FacetValues(r, f) {
				counts[f][v]++
			}
		}
	}
	for f, values := range counts {
		want.facets[f] = top(values, 3)
	}
	return want
}

func top(values map[string]int, n int) []index.Count {
	all := []index.Count{}
	for v, c := range values {
		all = append(all, index.Count{Value: v, Count: c})
	}
	slices.SortFunc(all, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return all[:min(n, len(all))]
}
