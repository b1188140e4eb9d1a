package dashboard_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/serve/dashboard"
)

func TestShippedDashboardsAreGood(t *testing.T) {
	all, err := dashboard.Load(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
	}
	for _, want := range []string{"south-caucasus", "central-asia", "eu-neighbourhood", "desk"} {
		if !strings.Contains(strings.Join(names, " "), want) {
			t.Errorf("no dashboard %s among %v", want, names)
		}
	}
}

func TestFaultsOfADashboardAreToldWithTheirPlace(t *testing.T) {
	for name, test := range map[string]struct{ content, says string }{
		"unknown key":    {"title: A\npanel: []\n", "panel"},
		"no panels":      {"title: A\n", "panels: a dashboard needs one"},
		"unknown kind":   {"title: A\npanels: [{kind: pie}]\n", `panels[0]: no kind of panel is called "pie"`},
		"bad query":      {"title: A\nquery: persn:x\npanels: [{kind: latest}]\n", "query: there is no field persn:"},
		"top of nothing": {"title: A\npanels: [{kind: top}]\n", "person, org or place"},
		"no map there":   {"title: A\npanels: [{kind: map, map: {west: 10, east: 5, south: 1, north: 2}}]\n", "degrees"},
		"too long":       {"title: A\npanels: [{kind: latest, size: 1000}]\n", "1 to 50"},
	} {
		_, err := dashboard.Load(fstest.MapFS{"dashboards/a.yaml": {Data: []byte(test.content)}})
		if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "dashboards/a.yaml") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
