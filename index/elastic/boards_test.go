package elastic

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/news"
)

// panel is what a panel of another program's dashboard asks the cluster.
type panel struct {
	title, query, timeField string
	kind, field             string // of the buckets: terms or date_histogram
}

func configFile(t *testing.T, parts ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "configs"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// grafanaPanels are the panels of the dashboard of reports as Grafana reads it.
func grafanaPanels(t *testing.T) []panel {
	t.Helper()
	var board struct {
		UID    string
		Panels []struct {
			Title   string
			Targets []struct {
				Query, TimeField string
				Metrics          []struct{ Type string }
				BucketAggs       []struct{ Type, Field string }
			}
		}
	}
	if err := json.Unmarshal(configFile(t, "grafana", "dashboards", "reports.json"), &board); err != nil {
		t.Fatal(err)
	}
	if board.UID != "dateline-reports" {
		t.Errorf("uid %q", board.UID)
	}
	var list []panel
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			if len(target.Metrics) != 1 || target.Metrics[0].Type != "count" {
				t.Errorf("%s: metrics %v", p.Title, target.Metrics)
			}
			for _, b := range target.BucketAggs {
				list = append(list, panel{"Grafana: " + p.Title, target.Query, target.TimeField, b.Type, b.Field})
			}
		}
	}
	return list
}

// kibanaPanels are the visualizations of the saved objects as Kibana reads
// them.
func kibanaPanels(t *testing.T) []panel {
	t.Helper()
	var list []panel
	timeField := ""
	for line := range bytes.Lines(configFile(t, "kibana", "dateline.ndjson")) {
		var object struct {
			Type       string
			Attributes struct{ Title, TimeFieldName, VisState string }
		}
		if err := json.Unmarshal(line, &object); err != nil {
			t.Fatal(err)
		}
		if object.Type == "index-pattern" {
			timeField = object.Attributes.TimeFieldName
		}
		if object.Type != "visualization" {
			continue
		}
		var state struct {
			Aggs []struct {
				Type   string
				Params struct{ Field string }
			}
		}
		if err := json.Unmarshal([]byte(object.Attributes.VisState), &state); err != nil {
			t.Fatal(err)
		}
		for _, a := range state.Aggs {
			if a.Type != "count" {
				list = append(list, panel{"Kibana: " + object.Attributes.Title, "*", timeField, a.Type, a.Params.Field})
			}
		}
	}
	return list
}

// ask is the search that the programs make of a panel.
func (p panel) ask(now time.Time) map[string]any {
	buckets := map[string]any{"field": p.field}
	switch p.kind {
	case "terms":
		buckets["size"], buckets["order"] = 15, map[string]any{"_count": "desc"}
	case "date_histogram":
		buckets["fixed_interval"], buckets["min_doc_count"] = "12h", 0
	}
	return map[string]any{
		"size": 0,
		"query": map[string]any{"bool": map[string]any{"filter": []any{
			map[string]any{"range": map[string]any{p.timeField: map[string]any{
				"gte": now.AddDate(0, 0, -30).UnixMilli(), "lte": now.UnixMilli(), "format": "epoch_millis",
			}}},
			map[string]any{"query_string": map[string]any{"analyze_wildcard": true, "query": p.query}},
		}}},
		"aggs": map[string]any{"2": map[string]any{p.kind: buckets}},
	}
}

// TestPanelsOfOtherProgramsFindTheirNumbers asks a node, of an index with this
// version's schema, what each panel of Grafana and Kibana asks.
func TestPanelsOfOtherProgramsFindTheirNumbers(t *testing.T) {
	a := open(t)
	now := time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	r := report("a", "The conference will be held in Baku.")
	r.Published, r.Seen = now.AddDate(0, 0, -3), now.AddDate(0, 0, -3)
	r.People = []news.Person{{ID: "levan", Name: "Levan Beridze"}}
	r.Organizations = []news.Organization{{ID: "wco", Name: "World Customs Organization"}}
	r.Places = []news.Place{{ID: "baku", Name: "Baku", Country: "AZ"}}
	r.Events = []news.Event{{Name: "PICARD Conference", Series: "picard", Year: 2026, Kind: "conference", Span: news.Span{Start: 0, End: 36}}}
	old := report("b", "The port was closed.")
	old.Published, old.Agency = now.AddDate(0, 0, -50), "Old Wire"
	write(t, a, r, old)
	panels := append(grafanaPanels(t), kibanaPanels(t)...)
	if len(panels) < 12 {
		t.Fatalf("only %d panels were read", len(panels))
	}
	for _, p := range panels {
		body, err := json.Marshal(p.ask(now))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Hits         struct{ Total struct{ Value int } }
			Aggregations map[string]struct {
				Buckets []struct {
					Key   any `json:"key"`
					Count int `json:"doc_count"`
				}
			}
		}
		if err := a.cluster.do(t.Context(), esapi.SearchRequest{Index: []string{a.names.read}, Body: strings.NewReader(string(body))}, &answer); err != nil {
			t.Errorf("%s: %v", p.title, err)
			continue
		}
		counted := 0
		for _, b := range answer.Aggregations["2"].Buckets {
			counted += b.Count
		}
		if answer.Hits.Total.Value != 1 || counted != 1 {
			t.Errorf("%s finds %d reports and counts %d under %s, want 1", p.title, answer.Hits.Total.Value, counted, p.field)
		}
	}
}
