package indextest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// testTogether asks for what several people and quotes of one report have
// between them, and for more than groups look at.
func testTogether(t *testing.T, a index.Archive) {
	two := dispatch("two", "APA", "2015-01-01T00:00:00Z", "Two", "Ada Ros and Bo Lund spoke.").
		person("Ada Ros").role("Chair", "Port Authority").role("Minister", "Rail Office").
		person("Bo Lund").role("Minister", "Port Authority").
		quote("the crane stands", "Ada Ros", "ada-ros").quote("the quay is open", "Bo Lund", "bo-lund")
	crowd := dispatch("crowd", "APA", "2015-01-02T00:00:00Z", "Crowd", "A crowd.")
	for i := range index.MaxTogether + 1 {
		crowd.person(fmt.Sprintf("Guest Number%d", i))
	}
	if index.Truncated(&two.Report) || !index.Truncated(&crowd.Report) {
		t.Error("what groups do not look at is told wrongly")
	}
	write(t, a, &two.Report, &crowd.Report)
	f := fixture{a, []*news.Report{&crowd.Report, &two.Report}}
	for q, want := range map[string][]string{
		"person:(name:Ada role:chair)":                            {"two"},
		"person:(name:Ada role:minister)":                         {"two"},
		"person:(name:Bo role:chair)":                             {},
		"person:Bo role:chair":                                    {"two"},
		"person:(name:Ada role:minister org:port)":                {},
		"person:(name:Ada role:minister org:rail)":                {"two"},
		`person:(role:"minister port")`:                           {"two"},
		"speaker:Ada about:crane":                                 {"two"},
		"speaker:Ada about:quay":                                  {},
		"quote:(id:bo-lund about:quay)":                           {"two"},
		"quote:(id:ada-ros about:quay)":                           {},
		"person:Number0 person:(Number0)":                         {"crowd"},
		fmt.Sprintf("person:Number%d", index.MaxTogether):         {"crowd"},
		fmt.Sprintf("person:(Number%d)", index.MaxTogether):       {},
		fmt.Sprintf("-person:(name:Number%d)", index.MaxTogether): {"crowd", "two"},
	} {
		node := parsed(t, q)
		if diff := cmp.Diff(want, latest(t, a, node)); diff != "" {
			t.Errorf("%s:\n%s", q, diff)
		}
		if got := f.matching(node); len(got) != len(want) {
			t.Errorf("%s matches %v", q, reportIDs(got))
		}
	}
	wider := query.Expand(parsed(t, "person:(Ada org:PA)"), []query.Acronym{{Short: "PA", Long: "Port Authority"}})
	if diff := cmp.Diff([]string{"two"}, latest(t, a, wider)); diff != "" {
		t.Errorf("%s:\n%s", query.Spell(wider), diff)
	}
}

// testUnlocated asks for a place whose point nobody has looked up.
func (f *fixture) testUnlocated(t *testing.T) {
	node := parsed(t, "customs near:Baku~50km")
	_, err := f.archive.Search(t.Context(), index.Request{Query: node})
	var unsupported *index.UnsupportedError
	if !errors.As(err, &unsupported) {
		t.Errorf("a place without its point gives %v", err)
	}
	located, err := query.Locate(node, func(name string) (lat, lon float64, ok bool) {
		return points[name].Lat, points[name].Lon, true
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reportIDs(f.matching(located)), latest(t, f.archive, located)); diff != "" {
		t.Error(diff)
	}
}
