package indextest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// testNamesakes writes reports of people whose names are alike, in two orders,
// and sees who is one person.
func testNamesakes(t *testing.T, open func(t *testing.T) index.Archive) {
	reports := namesakeReports()
	for _, order := range []string{"as they came", "backwards"} {
		t.Run(order, func(t *testing.T) {
			a := open(t)
			write(t, a, reports...)
			for name, test := range namesakeTests {
				t.Run(name, func(t *testing.T) { test.check(t, a) })
			}
		})
		slices.Reverse(reports)
	}
}

type namesakeTest struct {
	asked, id string   // "" for one that nobody bears
	ids       []string // of all spellings
	reports   []string
	namesakes []string
}

var namesakeTests = map[string]namesakeTest{
	"two countries are two people": {
		asked: "elnur-aliyev", id: "elnur-aliyev", reports: []string{"az-1", "az-2", "az-3", "ge-1", "ge-2", "open-1"},
		namesakes: []string{"elnur-aliyev~az", "elnur-aliyev~ge"},
	},
	"one of two is asked for; company tells of a report without office": {
		asked: "elnur-aliyev~ge", id: "elnur-aliyev~ge", reports: []string{"ge-1", "ge-2"}, namesakes: []string{"elnur-aliyev~az", "elnur-aliyev~ge"},
	},
	"the other of two": {
		asked: "elnur-aliyev~az", id: "elnur-aliyev~az", reports: []string{"az-1", "az-2", "az-3"}, namesakes: []string{"elnur-aliyev~az", "elnur-aliyev~ge"},
	},
	"nobody of that country": {asked: "jean-michel-grave~ge", id: "jean-michel-grave", ids: []string{"jean-michel-grave", "j-grave"}, reports: []string{"grave-1", "grave-2", "grave-3"}},
	"initials are the full name's with the same office": {
		asked: "j-grave", id: "jean-michel-grave", ids: []string{"jean-michel-grave", "j-grave"}, reports: []string{"grave-1", "grave-2", "grave-3"},
	},
	"initials without an office stay alone": {asked: "n-orlu", id: "n-orlu", reports: []string{"orlu-2"}},
	"initials that fit two stay alone":      {asked: "k-abbasov", id: "k-abbasov", reports: []string{"abbasov-3"}},
	"two offices in one report are one person's": {
		asked: "pavel-roz", id: "pavel-roz", reports: []string{"envoy-1", "envoy-2"},
	},
	"another spelling is the same id": {asked: news.PersonID("Elnur Əliyev"), id: "elnur-aliyev",
		reports: []string{"az-1", "az-2", "az-3", "ge-1", "ge-2", "open-1"}, namesakes: []string{"elnur-aliyev~az", "elnur-aliyev~ge"}},
	"a spelling that sounds alike is the same person's where the office is": {
		asked: "aidyn-karimli", id: "aydin-karimli", ids: []string{"aydin-karimli", "a-karimli", "aidyn-karimli"}, reports: []string{"karimli-1", "karimli-2", "karimli-3", "karimli-4"},
	},
	"a spelling that sounds alike stays alone at another office": {asked: "yury-dolin", id: "yury-dolin", reports: []string{"dolin-2"}},
	"nobody": {asked: "nobody-known"},
}

func (test namesakeTest) check(t *testing.T, a index.Archive) {
	e, err := index.Describe(context.Background(), a, index.EntityRequest{Kind: query.Person, ID: test.asked})
	if test.id == "" {
		if !errors.Is(err, index.ErrNotFound) {
			t.Errorf("%s is %+v, %v", test.asked, e, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var reports, namesakes []string
	for _, r := range e.Latest {
		reports = append(reports, r.Report)
	}
	slices.Sort(reports)
	for _, n := range e.Namesakes {
		namesakes = append(namesakes, n.ID)
	}
	got := namesakeTest{asked: test.asked, id: e.ID, ids: e.Names, reports: reports, namesakes: namesakes}
	if diff := cmp.Diff(test, got, cmp.AllowUnexported(namesakeTest{})); diff != "" {
		t.Error(diff)
	}
	if e.Reports != len(reports) {
		t.Errorf("%d reports, want %d", e.Reports, len(reports))
	}
}

// namesakeReports tell of two people called Elnur Aliyev, of Jean Michel Grave
// under two names, and of others who are like them.
func namesakeReports() []*news.Report {
	day := func(id, at, text string) *draft {
		return dispatch(id, "BNS", "2016-"+at+"T10:00:00+04:00", "On "+id, text)
	}
	office := func(d *draft, name, title, body, country string) *draft {
		d.person(name).role(title, body).org(body, "")
		d.Organizations[len(d.Organizations)-1].Country = country
		return d
	}
	drafts := []*draft{
		office(day("az-1", "01-01", "Inspector Elnur Aliyev met Rana Gul."), "Elnur Aliyev", "Inspector", "Customs Office of Ganja", "AZ").person("Rana Gul"),
		office(day("az-2", "01-02", "Elnur Aliyev, inspector, spoke."), "Elnur Aliyev", "Inspector", "Customs Office of Ganja", "AZ"),
		day("az-3", "01-03", "Elnur Aliyev and Rana Gul opened the school.").person("Elnur Aliyev").person("Rana Gul"),
		office(day("ge-1", "01-04", "Rector Elnur Aliyev met Nino Melu."), "Elnur Aliyev", "Rector", "University of Marneuli", "GE").person("Nino Melu"),
		day("ge-2", "01-05", "Nino Melu thanked Elnur Aliyev.").person("Elnur Aliyev").person("Nino Melu"),
		day("open-1", "01-06", "Elnur Aliyev won at chess.").person("Elnur Aliyev"),
		day("grave-1", "02-01", "Deputy Representative Jean Michel Grave spoke.").person("Jean Michel Grave").role("Deputy Representative", "WCO European Region"),
		day("grave-2", "02-02", "J. M. Grave, Deputy Representative, spoke.").person("J. M. Grave").role("Deputy Representative", "WCO European Region"),
		day("grave-3", "02-03", "Jean Michel Grave left.").person("Jean Michel Grave"),
		day("orlu-1", "03-01", "Nadia Orlu spoke.").person("Nadia Orlu").role("Director", "Port Authority"),
		day("orlu-2", "03-02", "N. Orlu spoke.").person("N. Orlu"),
		day("abbasov-1", "04-01", "Director Kamran Abbasov spoke.").person("Kamran Abbasov").role("Director", "Port of Alat"),
		day("abbasov-2", "04-02", "Director Kanan Abbasov spoke.").person("Kanan Abbasov").role("Director", "Port of Alat"),
		day("abbasov-3", "04-03", "Director K. Abbasov spoke.").person("K. Abbasov").role("Director", "Port of Alat"),
		office(office(day("envoy-1", "05-01", "Pavel Roz, once of the Ministry, leads the Mission."), "Pavel Roz", "Head", "Mission", "BE"), "Pavel Roz", "Adviser", "Ministry of Roads", "PL"),
		office(day("envoy-2", "05-02", "Pavel Roz of the Ministry."), "Pavel Roz", "Adviser", "Ministry of Roads", "PL"),
	}
	drafts = append(drafts,
		day("karimli-1", "06-01", "Chairman Aydin Karimli spoke.").person("Aydin Karimli").role("Chairman", "Port of Alat"),
		day("karimli-2", "06-02", "Chairman Aydin Karimli left.").person("Aydin Karimli").role("Chairman", "Port of Alat"),
		day("karimli-3", "06-03", "Chairman Aidyn Karimli came.").person("Aidyn Karimli").role("Chairman", "Port of Alat"),
		day("karimli-4", "06-04", "Chairman A. Karimli rested.").person("A. Karimli").role("Chairman", "Port of Alat"),
		day("dolin-1", "07-01", "Captain Yuri Dolin spoke.").person("Yuri Dolin").role("Captain", "Caspian Fleet"),
		day("dolin-2", "07-02", "Pianist Yury Dolin played.").person("Yury Dolin").role("Pianist", "Baku Orchestra"),
	)
	merge(&drafts[14].Report)
	var reports []*news.Report
	for _, d := range drafts {
		reports = append(reports, &d.Report)
	}
	return reports
}

// merge makes one person of the report's two.
func merge(r *news.Report) {
	r.People[0].Roles = append(r.People[0].Roles, r.People[1].Roles...)
	r.People = r.People[:1]
}
