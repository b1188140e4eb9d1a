package elastic

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// full returns a report that has something in every field.
func full(id string) *news.Report {
	lat, lon := 41.64, 41.63
	zone := time.FixedZone("", 4*3600)
	return &news.Report{
		ID: id, Source: "rioni-post", Agency: "Rioni Post", URL: "https://rioni.example/a?b=1&c=<2>", CanonicalURL: "https://rioni.example/a",
		Revision: 2, ContentHash: "c0ffee", Language: "en", Title: "Ferry line to Batumi opens",
		Byline: []string{"Nino Beridze"}, Section: "Transport", Tags: []string{"ferry", "Black Sea"},
		Published: time.Date(2016, 5, 1, 23, 30, 0, 0, zone), Modified: time.Date(2016, 5, 2, 8, 0, 0, 0, zone),
		Seen: time.Date(2016, 5, 1, 19, 31, 12, 345678901, time.UTC),
		Text: "Batumi. 1 May. The ferry line opens on 3 June, Şəfiqə Əliyeva said: \"We sail <twice> & more\".", Status: news.StatusCorrected, Story: "s1",
		Dateline: &news.Dateline{Place: "Batumi", Date: news.Day(2016, 5, 1), Span: news.Span{Start: 0, End: 14}},
		Dates:    []news.Date{{Span: news.Span{Start: 39, End: 45}, Text: "3 June", Type: news.TypeDate, Value: "2016-06-03", Start: news.Day(2016, 6, 3), End: news.Day(2016, 6, 4), Basis: "publication"}},
		People: []news.Person{{ID: "sefiqe-eliyeva", Name: "Şəfiqə Əliyeva", Aliases: []string{"Shafiga Aliyeva"},
			Roles:    []news.Role{{Title: "director", Organization: "Port of Batumi", Span: news.Span{Start: 15, End: 18}}},
			Mentions: []news.Mention{{Span: news.Span{Start: 47, End: 64}, Kind: news.MentionName}}}},
		Organizations: []news.Organization{{ID: "port", Name: "Port of Batumi", Acronym: "POB", Country: "GE"}},
		Places:        []news.Place{{ID: "batumi", Name: "Batumi", Country: "GE", Kind: "city", Lat: &lat, Lon: &lon}},
		Quotes:        []news.Quote{{Span: news.Span{Start: 71, End: 80}, Text: "We sail", Kind: "direct", Speaker: &news.Speaker{Kind: "person", ID: "sefiqe-eliyeva", Name: "Əliyeva"}, Cue: "said"}},
		Events:        []news.Event{{Name: "Opening", Series: "ferry", Edition: "1", Year: 2016, Start: news.Day(2016, 6, 3), Place: "Batumi", Inferred: []string{"end: none given"}, Span: news.Span{Start: 15, End: 45}}},
	}
}

func TestAReportComesBackAsItWasWritten(t *testing.T) {
	a := open(t)
	want := full("r1")
	write(t, a, want)
	got, err := a.Get(t.Context(), "r1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, id := range []string{"", "r2", "a/b?c#d", strings.Repeat("x", 600)} {
		if _, err := a.Get(t.Context(), id); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("Get(%.20q) = %v, want ErrNotFound", id, err)
		}
	}
}

func TestTheLatestVersionStays(t *testing.T) {
	a := open(t)
	at := func(revision, enricher int) index.Document {
		r := report("r1", fmt.Sprintf("revision %d enricher %d", revision, enricher))
		r.Revision = revision
		return index.Document{Report: r, Enricher: enricher}
	}
	for _, step := range []struct {
		doc  index.Document
		want error
	}{
		{at(2, 1), nil}, {at(2, 1), index.ErrStale}, {at(1, 9), index.ErrStale}, {at(2, 2), nil}, {at(3, 1), nil}, {at(2, 3), index.ErrStale},
	} {
		if err := a.Write(t.Context(), []index.Document{step.doc})[0]; !errors.Is(err, step.want) {
			t.Fatalf("write version %d: %v, want %v", step.doc.Version(), err, step.want)
		}
	}
	got := searchIDs(t, a, `"revision 3"`)
	if len(got) != 1 || len(searchIDs(t, a, "")) != 1 {
		t.Errorf("found %v, want the latest revision alone", got)
	}
}

func TestWriteTellsTheOutcomeOfEachDocument(t *testing.T) {
	a := open(t)
	bad := report("bad", "text")
	bad.Published = time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC)
	docs := []index.Document{
		{Report: report("a", "one")}, {}, {Report: bad}, {Report: report("b", "two")}, {Report: report("a", "one")},
	}
	wants := []error{nil, index.ErrRejected, index.ErrRejected, nil, index.ErrStale}
	for i, err := range a.Write(t.Context(), docs) {
		if !errors.Is(err, wants[i]) {
			t.Errorf("document %d: %v, want %v", i, err, wants[i])
		}
	}
	if got, want := searchIDs(t, a, ""), []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestManyAnnotationsAreCappedOnlyWhereNested(t *testing.T) {
	a := open(t)
	r := report("r1", "crowd")
	for i := range 3000 {
		r.People = append(r.People, news.Person{ID: fmt.Sprint(i), Name: fmt.Sprintf("Guest%d", i), Roles: make([]news.Role, 20)})
		for j := range r.People[i].Roles {
			r.People[i].Roles[j] = news.Role{Title: fmt.Sprintf("title%d", j), Span: news.Span{Start: 0, End: 5}}
		}
		r.Quotes = append(r.Quotes, news.Quote{Span: news.Span{Start: 0, End: 5}, Text: "crowd", Kind: "direct"})
	}
	write(t, a, r)
	for _, q := range []string{"person:Guest2999", "role:title19"} {
		if len(searchIDs(t, a, q)) != 1 {
			t.Errorf("%s finds nothing", q)
		}
	}
}

func TestAWordMayBeLongerThanATermCanBe(t *testing.T) {
	a := open(t)
	r := report("r1", strings.Repeat("long", 20_000)+" end")
	r.Agency = strings.Repeat("agency ", 10_000)
	r.People = []news.Person{{ID: "x", Name: strings.Repeat("y", 40_000)}}
	write(t, a, r)
	if len(searchIDs(t, a, "end")) != 1 {
		t.Error("the report is not found")
	}
}

func TestALoneReportIsFoundAtOnce(t *testing.T) {
	a := open(t)
	write(t, a, report("first", "text"))
	least := time.Hour // of several: the machine may be busy now and then
	for i := range 5 {
		word := fmt.Sprintf("needle%d", i)
		began := time.Now()
		write(t, a, report(word, word))
		if len(searchIDs(t, a, word)) != 1 {
			t.Error("a report that was written is not found")
		}
		least = min(least, time.Since(began))
	}
	if least > 2*time.Second {
		t.Errorf("it took %v until a report was found, as if it waited for the refresh of the index", least)
	}
}

// parse reads a query as an analyst types it.
func parse(t testing.TB, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q, time.Date(2015, 6, 1, 12, 0, 0, 0, time.UTC), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// searchIDs returns the ids of all that a query finds, sorted.
func searchIDs(t testing.TB, a index.Archive, q string) []string {
	t.Helper()
	result, err := a.Search(t.Context(), index.Request{Query: parse(t, q), Limit: index.MaxLimit})
	if err != nil {
		t.Fatalf("search %s: %v", q, err)
	}
	ids := idsOf(result)
	slices.Sort(ids)
	if result.Total != len(ids) {
		t.Errorf("search %s: total %d of %d hits", q, result.Total, len(ids))
	}
	return ids
}

func idsOf(r *index.Result) []string {
	ids := []string{}
	for _, h := range r.Hits {
		ids = append(ids, h.Report.ID)
	}
	return ids
}
