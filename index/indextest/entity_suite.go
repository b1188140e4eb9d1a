package indextest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

func describe(t *testing.T, a index.Archive, req index.EntityRequest) *index.Entity {
	t.Helper()
	e, err := index.Describe(context.Background(), a, req)
	if err != nil {
		t.Fatalf("describing %+v: %v", req, err)
	}
	return e
}

func testEntities(t *testing.T, a index.Archive) {
	write(t, a, careerReports()...)
	e := describe(t, a, index.EntityRequest{Kind: query.Person, ID: "nadia-orlu"})
	if e.Name != "Nadia Orlu" || e.Reports != 4 || e.Quoted != 2 {
		t.Errorf("she is %s in %d reports, quoted in %d", e.Name, e.Reports, e.Quoted)
	}
	if diff := cmp.Diff([]index.Count{{Value: "Orlu", Count: 3}, {Value: "Nadiya Orlu", Count: 1}}, e.Aliases); diff != "" {
		t.Errorf("aliases:\n%s", diff)
	}
	type office struct {
		title, organization string
		former              bool
		reports             int
		first, last         string
		text                string
	}
	var offices []office
	for _, h := range e.Roles {
		offices = append(offices, office{h.Title, h.Organization, h.Former, h.Reports, h.First.Report, h.Last.Report, h.First.Text})
	}
	if diff := cmp.Diff([]office{
		{"Minister", "Ministry of Ports", false, 1, "career-4", "career-4", "The Minister Orlu said: \"Ports come first\"."},
		{"Director", "Port Authority", true, 1, "career-4", "career-4", "The Minister Orlu said: \"Ports come first\"."},
		{"Director", "Port Authority", false, 2, "career-2", "career-3", "Director Nadia Orlu said: \"The quay is open\"."},
	}, offices, cmp.AllowUnexported(office{})); diff != "" {
		t.Errorf("roles over time:\n%s", diff)
	}
	var quotes []string
	for _, q := range e.Quotes {
		quotes = append(quotes, q.Evidence.Report+": "+q.Text)
	}
	if diff := cmp.Diff([]string{"career-4: Ports come first", "career-2: The quay is open"}, quotes); diff != "" {
		t.Errorf("quotes:\n%s", diff)
	}
	if len(e.Related) == 0 || e.Related[0].ID != "port-authority" || e.Related[0].Name != "Port Authority" || e.Related[0].Together != 3 {
		t.Errorf("related: %+v", e.Related)
	}
	if i := slices.IndexFunc(e.Related, func(r index.Related) bool { return r.ID == "talinn-bay" }); i < 0 || e.Related[i].Score > 0 {
		t.Errorf("what every report names is significant: %+v", e.Related)
	}
	var months []string
	for _, b := range e.Timeline {
		months = append(months, b.Start.String())
	}
	if diff := cmp.Diff([]string{"2014-01-01", "2015-02-01", "2016-03-01"}, months); diff != "" {
		t.Errorf("timeline:\n%s", diff)
	}

	o := describe(t, a, index.EntityRequest{Kind: query.Org, ID: "port-authority"})
	if o.Country != "EE" || len(o.Roles) != 2 || o.Roles[0].Name != "Nadia Orlu" {
		t.Errorf("the organization is %+v", o)
	}
	p := describe(t, a, index.EntityRequest{Kind: query.Place, ID: "talinn-bay", Query: parsed(t, "published:2015")})
	if p.Reports != 2 || p.Country != "EE" || p.Lat == nil {
		t.Errorf("the place is %+v", p)
	}
	for _, req := range []index.EntityRequest{{Kind: query.Person, ID: "nobody"}, {Kind: query.Org, ID: "nadia-orlu"}} {
		if _, err := index.Describe(context.Background(), a, req); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("%+v gives %v", req, err)
		}
	}
	for _, req := range []index.EntityRequest{{Kind: query.Role, ID: "x"}, {Kind: query.Person}} {
		if _, err := index.Describe(context.Background(), a, req); !errors.Is(err, index.ErrBadRequest) {
			t.Errorf("%+v gives %v", req, err)
		}
	}
}

// testRelated holds the related entities of the fixture to the definition.
func (f *fixture) testRelated(t *testing.T) {
	ref := index.Ref(query.Org, "world-customs-organization")
	with := parsed(t, "entity:"+ref)
	e := describe(t, f.archive, index.EntityRequest{Kind: query.Org, ID: "world-customs-organization", Related: 100})
	together, all := map[string]int{}, map[string]int{}
	for _, c := range counted(f.matching(with), index.TallyEntity) {
		if _, _, ok := index.SplitRef(c.Value); ok { // not the home of a person
			together[c.Value] = c.Count
		}
	}
	for _, c := range counted(f.reports, index.TallyEntity) {
		all[c.Value] = c.Count
	}
	if len(e.Related) != len(together)-1 {
		t.Errorf("%d related entities, want %d", len(e.Related), len(together)-1)
	}
	for _, r := range e.Related {
		other := index.Ref(r.Kind, r.ID)
		want := index.Significance(together[other], e.Reports, all[other], len(f.reports))
		if r.Together != together[other] || r.Reports != all[other] || r.Score != want {
			t.Errorf("%+v, want together %d, reports %d, score %v", r, together[other], all[other], want)
		}
	}
}

// testLike asks for what is like a report.
func (f *fixture) testLike(t *testing.T) {
	for id, want := range map[string]string{"picard-opens": "picard-call", "seizure-poti": "seizure-update", "bare": ""} {
		r, err := f.archive.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		hits, err := index.Like(t.Context(), f.archive, r, 5)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range hits {
			ids = append(ids, h.Report.ID)
		}
		if len(ids) > 5 || slices.Contains(ids, id) || want != "" && !slices.Contains(ids[:min(3, len(ids))], want) {
			t.Errorf("%v are like %s, want %s among the first", ids, id, want)
		}
	}
}
