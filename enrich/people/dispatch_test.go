package people_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/names/namestest"
	"github.com/dateline-news/dateline/enrich/orgs"
	"github.com/dateline-news/dateline/enrich/people"
	"github.com/dateline-news/dateline/enrich/places"
	"github.com/dateline-news/dateline/news"
)

// chain is the enrichment up to people.
type chain struct {
	tagger *names.Tagger
	orgs   *orgs.Gazetteer
	places *places.Gazetteer
	people *people.Finder
}

func newChain(t testing.TB) *chain {
	t.Helper()
	c := chain{tagger: namestest.Tagger(t)}
	var err error
	if c.orgs, err = orgs.New(configs.Files); err != nil {
		t.Fatal(err)
	}
	if c.places, err = places.New(configs.Files); err != nil {
		t.Fatal(err)
	}
	if c.people, err = people.New(configs.Files); err != nil {
		t.Fatal(err)
	}
	return &c
}

func (c *chain) annotate(text string) *news.Report {
	r := &news.Report{ID: "report", Text: text}
	read := lexicon.Read(r)
	tagged := c.places.Settle(read, c.tagger.Tag(text))
	r.Organizations = c.orgs.Find(r, read, tagged)
	r.Places = c.places.Find(r, read, tagged)
	r.People = c.people.Find(r, read, tagged)
	return r
}

func TestBakuDispatch(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "dispatches", "2014-12-08-report-az-baku.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the dispatch is not beside the module: ../shared/dispatches")
	}
	r := newChain(t).annotate(string(text))
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	type person struct {
		Name     string
		Roles    []string
		Mentions []string
	}
	var got []person
	for _, p := range r.People {
		g := person{Name: p.Name}
		for _, role := range p.Roles {
			g.Roles = append(g.Roles, role.Title+" / "+role.Organization)
		}
		for _, m := range p.Mentions {
			g.Mentions = append(g.Mentions, m.Kind+" "+m.Span.Of(r.Text))
		}
		got = append(got, g)
	}
	want := []person{
		{"Aydin Aliyev", []string{"Chairman / State Customs Committee of Azerbaijan"}, []string{
			"name Aydin Aliyev", "name Aliyev", "pronoun him", "noun Chairman of the State Customs Committee", "noun head of the committee",
		}},
		{"Jean Michel Grave", []string{"deputy representative / WCO European Region"}, []string{"name Jean Michel Grave"}},
		{"Roger Hermann", []string{"representative / WCO Secretariat"}, []string{"name Roger Hermann"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
