package app

//lint:file-ignore SA1019 files of dashboards are provisioned in the schema that the later one is to replace

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	grafana "github.com/grafana/grafana-foundation-sdk/go/dashboard"
	grafanaelastic "github.com/grafana/grafana-foundation-sdk/go/elasticsearch"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"github.com/dateline-news/dateline/internal/config"
)

// grafanaFiles are the dashboards by their fixed ids.
var grafanaFiles = map[string]string{"dateline-pipeline": "pipeline.json", "dateline-reports": "reports.json"}

// readGrafana reads a dashboard strictly by Grafana's own schema.
func readGrafana(t *testing.T, file string) grafana.Dashboard {
	t.Helper()
	runtime := cog.NewRuntime()
	runtime.RegisterPanelcfgVariant(timeseries.VariantConfig())
	runtime.RegisterPanelcfgVariant(stat.VariantConfig())
	runtime.RegisterPanelcfgVariant(table.VariantConfig())
	runtime.RegisterDataqueryVariant(prometheus.VariantConfig())
	runtime.RegisterDataqueryVariant(grafanaelastic.VariantConfig())
	content := shipped(t, "grafana", "dashboards", file)
	var strict, board grafana.Dashboard
	// Without a mistake it returns an empty list of them, which is no nil error.
	if err := strict.UnmarshalJSONStrict(content); err != nil && err.Error() != "" {
		t.Errorf("%s is not as Grafana's schema has it: %v", file, err)
	}
	if err := json.Unmarshal(content, &board); err != nil {
		t.Fatal(err)
	}
	if err := board.Validate(); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	return board
}

// cells is a rectangle of a dashboard's grid.
type cells struct{ X, Y, W, H int }

// checkGrid fails the test when a panel is empty, reaches beyond the grid, or
// lies on another.
func checkGrid(t *testing.T, file string, width int, panels []cells) {
	t.Helper()
	for i, p := range panels {
		if p.W <= 0 || p.H <= 0 || p.X < 0 || p.Y < 0 || p.X+p.W > width {
			t.Errorf("%s: panel %d stands at %+v, outside of %d columns", file, i+1, p, width)
		}
		for j, q := range panels[:i] {
			if p.X < q.X+q.W && q.X < p.X+p.W && p.Y < q.Y+q.H && q.Y < p.Y+p.H {
				t.Errorf("%s: panel %d lies on panel %d", file, i+1, j+1)
			}
		}
	}
}

// grafanaSources are the data sources that are provisioned.
type grafanaSources struct {
	APIVersion  int `yaml:"apiVersion"`
	Datasources []struct {
		Name, UID, Type, Access, URL string
		IsDefault                    bool              `yaml:"isDefault"`
		JSONData                     map[string]string `yaml:"jsonData"`
	}
}

func readSources(t *testing.T) grafanaSources {
	t.Helper()
	var sources grafanaSources
	if err := yaml.UnmarshalWithOptions(shipped(t, "grafana", "provisioning", "datasources", "dateline.yaml"), &sources, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return sources
}

func TestGrafanaReadsItsDashboardsUnderFixedIds(t *testing.T) {
	kinds := map[string]string{}
	for _, s := range readSources(t).Datasources {
		kinds[s.UID] = s.Type
	}
	for uid, file := range grafanaFiles {
		board := readGrafana(t, file)
		if board.Uid == nil || *board.Uid != uid || len(board.Panels) == 0 {
			t.Errorf("%s has uid %v and %d panels", file, board.Uid, len(board.Panels))
		}
		var grid []cells
		ids := map[uint32]bool{}
		for _, p := range board.Panels {
			if p.Panel == nil || p.Panel.Id == nil || p.Panel.GridPos == nil || p.Panel.Title == nil || *p.Panel.Title == "" {
				t.Fatalf("%s has a panel without id, place or title", file)
			}
			one := p.Panel
			if ids[*one.Id] {
				t.Errorf("%s: two panels have the id %d", file, *one.Id)
			}
			ids[*one.Id] = true
			grid = append(grid, cells{int(one.GridPos.X), int(one.GridPos.Y), int(one.GridPos.W), int(one.GridPos.H)})
			if one.Datasource == nil || one.Datasource.Uid == nil || one.Datasource.Type == nil || kinds[*one.Datasource.Uid] != *one.Datasource.Type {
				t.Errorf("%s: %q asks a data source that is not provisioned", file, *one.Title)
			}
			if len(one.Targets) == 0 {
				t.Errorf("%s: %q asks for nothing", file, *one.Title)
			}
		}
		checkGrid(t, file, 24, grid)
	}
}

// TestGrafanaFindsWhatIsProvisioned follows the files of provisioning through
// the mounts of docker-compose.yml.
func TestGrafanaFindsWhatIsProvisioned(t *testing.T) {
	project := loadCompose(t)
	mounted := map[string]string{} // where in the container what lies of ours
	for _, v := range project.Services["grafana"].Volumes {
		mounted[v.Target] = filepath.ToSlash(v.Source)
	}
	if !strings.HasSuffix(mounted["/etc/grafana/provisioning"], "/configs/grafana/provisioning") {
		t.Errorf("provisioning is not where Grafana looks: %v", mounted)
	}
	var boards struct {
		APIVersion int `yaml:"apiVersion"`
		Providers  []struct {
			Name, Folder, Type string
			AllowUIUpdates     bool `yaml:"allowUiUpdates"`
			Options            struct{ Path string }
		}
	}
	if err := yaml.UnmarshalWithOptions(shipped(t, "grafana", "provisioning", "dashboards", "dateline.yaml"), &boards, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if boards.APIVersion != 1 || len(boards.Providers) != 1 || boards.Providers[0].Type != "file" ||
		!strings.HasSuffix(mounted[boards.Providers[0].Options.Path], "/configs/grafana/dashboards") {
		t.Errorf("the dashboards are not where %+v looks: %v", boards, mounted)
	}
	sources := readSources(t)
	if sources.APIVersion != 1 || len(sources.Datasources) != 2 {
		t.Errorf("data sources: %+v", sources)
	}
	for _, s := range sources.Datasources {
		at, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, runs := project.Services[at.Hostname()]; !runs || s.UID == "" || s.Access != "proxy" {
			t.Errorf("data source %+v: no service answers at %s", s, s.URL)
		}
		if s.Type == "elasticsearch" && (s.JSONData["index"] != shippedIndex(t) || s.JSONData["timeField"] != "published") {
			t.Errorf("%s looks at %v", s.Name, s.JSONData)
		}
	}
}

// shippedIndex is the name of the index in the configuration that is shipped.
func shippedIndex(t *testing.T) string {
	t.Helper()
	c, err := config.Load(config.Options{File: filepath.Join("..", "..", "configs", "dateline.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	return c.Elasticsearch.Index
}

// kibanaObject is a saved object as Kibana exports and imports it.
type kibanaObject struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Attributes json.RawMessage `json:"attributes"`
	References []struct {
		Name, Type, ID string
	} `json:"references"`
}

// refers reports whether the object has a reference of that name, to an object
// of that type.
func (o kibanaObject) refers(name, kind string) bool {
	return slices.ContainsFunc(o.References, func(r struct{ Name, Type, ID string }) bool { return r.Name == name && r.Type == kind })
}

// strictJSON reads a document whose every key must be known.
func strictJSON(t *testing.T, of, text string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Errorf("%s: %v", of, err)
	}
}

type searchSource struct {
	Query struct {
		Query, Language string
	}
	Filter       []any
	IndexRefName string
}

// TestKibanaReadsItsObjects reads each object, and the JSON that stands within
// its JSON, with all keys known.
func TestKibanaReadsItsObjects(t *testing.T) {
	seen := map[string]int{}
	for line := range bytes.Lines(shipped(t, "kibana", "dateline.ndjson")) {
		var o kibanaObject
		strictJSON(t, "an object", string(line), &o)
		seen[o.Type]++
		switch o.Type {
		case "index-pattern":
			var pattern struct{ Title, Name, TimeFieldName string }
			strictJSON(t, o.ID, string(o.Attributes), &pattern)
			if pattern.Title != shippedIndex(t) || pattern.TimeFieldName != "published" || pattern.Name == "" {
				t.Errorf("%s looks at %+v", o.ID, pattern)
			}
		case "visualization":
			checkVisualization(t, o)
		case "dashboard":
			checkKibanaDashboard(t, o)
		default:
			t.Errorf("%s is a %s", o.ID, o.Type)
		}
	}
	if seen["index-pattern"] != 1 || seen["dashboard"] != 1 || seen["visualization"] < 5 {
		t.Errorf("there are %v", seen)
	}
}

func checkVisualization(t *testing.T, o kibanaObject) {
	t.Helper()
	var v struct {
		Title, VisState, UIStateJSON, Description string
		Version                                   int
		KibanaSavedObjectMeta                     struct{ SearchSourceJSON string }
	}
	strictJSON(t, o.ID, string(o.Attributes), &v)
	var source searchSource
	strictJSON(t, o.ID+", its search", v.KibanaSavedObjectMeta.SearchSourceJSON, &source)
	if source.Query.Language != "kuery" || !o.refers(source.IndexRefName, "index-pattern") {
		t.Errorf("%s searches by %+v, of which it has no reference", o.ID, source)
	}
	var ui map[string]any
	strictJSON(t, o.ID+", its state", v.UIStateJSON, &ui)
	var state struct {
		Title, Type string
		Params      map[string]any
		Aggs        []struct {
			ID, Type, Schema string
			Enabled          bool
			Params           map[string]any
		}
	}
	strictJSON(t, o.ID+", what it shows", v.VisState, &state)
	if state.Title != v.Title || !slices.Contains([]string{"table", "histogram"}, state.Type) || len(state.Aggs) != 2 {
		t.Errorf("%s shows %+v", o.ID, state)
		return
	}
	metric, bucket := state.Aggs[0], state.Aggs[1]
	if metric.Type != "count" || metric.Schema != "metric" || !slices.Contains([]string{"bucket", "segment"}, bucket.Schema) || metric.ID == bucket.ID || !metric.Enabled || !bucket.Enabled {
		t.Errorf("%s counts %+v by %+v", o.ID, metric, bucket)
	}
	if by, ok := bucket.Params["orderBy"]; ok && by != metric.ID {
		t.Errorf("%s orders by %v, which it does not count", o.ID, by)
	}
}

func checkKibanaDashboard(t *testing.T, o kibanaObject) {
	t.Helper()
	var d struct {
		Title, Description, PanelsJSON, OptionsJSON, TimeFrom, TimeTo string
		TimeRestore                                                   bool
		Version                                                       int
		KibanaSavedObjectMeta                                         struct{ SearchSourceJSON string }
	}
	strictJSON(t, o.ID, string(o.Attributes), &d)
	if d.Title == "" || !d.TimeRestore || d.TimeFrom == "" || d.TimeTo == "" {
		t.Errorf("the dashboard is %+v", d)
	}
	var source searchSource
	strictJSON(t, o.ID+", its search", d.KibanaSavedObjectMeta.SearchSourceJSON, &source)
	var panels []struct {
		Type     string
		GridData struct {
			X, Y, W, H int
			I          string
		}
		PanelIndex       string
		EmbeddableConfig map[string]any
		PanelRefName     string
	}
	strictJSON(t, o.ID+", its panels", d.PanelsJSON, &panels)
	var grid []cells
	for _, p := range panels {
		if p.GridData.I != p.PanelIndex || !o.refers(p.PanelIndex+":"+p.PanelRefName, p.Type) {
			t.Errorf("panel %s refers to %s, which is not there", p.PanelIndex, p.PanelRefName)
		}
		grid = append(grid, cells{p.GridData.X, p.GridData.Y, p.GridData.W, p.GridData.H})
	}
	if len(panels) != len(o.References) {
		t.Errorf("%d panels and %d references", len(panels), len(o.References))
	}
	checkGrid(t, "Kibana's dashboard", 48, grid)
}

// TestKibanaIsGivenTheFileThatIsShipped follows the command that imports it
// through the mounts of docker-compose.yml.
func TestKibanaIsGivenTheFileThatIsShipped(t *testing.T) {
	project := loadCompose(t)
	importer := project.Services["kibana-dashboards"]
	var file string
	for _, word := range importer.Command {
		if at, ok := strings.CutPrefix(word, "file=@"); ok {
			file = at
		}
	}
	for _, v := range importer.Volumes {
		if v.Target == path.Dir(file) && strings.HasSuffix(filepath.ToSlash(v.Source), "/configs/kibana") && path.Base(file) == "dateline.ndjson" {
			return
		}
	}
	t.Errorf("%q is not mounted: %v", file, importer.Volumes)
}
