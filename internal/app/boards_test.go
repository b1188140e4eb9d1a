package app

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/internal/agencytest"
)

// shipped reads a file of configs/.
func shipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "configs"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestGrafanaDashboardsAskForMetricsThatThereAre(t *testing.T) {
	var board struct {
		UID    string
		Panels []struct {
			Title      string
			Datasource struct{ UID string }
			Targets    []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(shipped(t, "grafana", "dashboards", "pipeline.json"), &board); err != nil {
		t.Fatal(err)
	}
	if board.UID != "dateline-pipeline" || len(board.Panels) == 0 {
		t.Fatalf("uid %q with %d panels", board.UID, len(board.Panels))
	}
	d := agencytest.Ours()
	site := agencytest.New(d.Article)
	defer site.Close()
	r := start(t, t.TempDir(), settings(feedSource(site)))
	r.one(t, "sniffer")
	name := regexp.MustCompile(`dateline_[a-z_]+`)
	agencytest.Eventually(t, limit, func() error {
		metrics := get(t, r.address+"/metrics")
		for _, p := range board.Panels {
			for _, target := range p.Targets {
				for _, wanted := range name.FindAllString(target.Expr, -1) {
					// A ratio of what is missing is told only where something is.
					if wanted != "dateline_source_missing_ratio" && !strings.Contains(metrics, wanted) {
						return fmt.Errorf("panel %q asks for %s, which is not told", p.Title, wanted)
					}
				}
			}
		}
		return nil
	})
}

// storedFields are those that Elasticsearch keeps.
func storedFields(t *testing.T) map[string]bool {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "index", "elastic", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Mappings struct {
			Properties map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(content, &schema); err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{}
	for name, field := range schema.Mappings.Properties {
		fields[name] = true
		for part := range field.Properties {
			fields[name+"."+part] = true
		}
	}
	return fields
}

var askedField = regexp.MustCompile(`\\*"(?:field|timeField|timeFieldName)\\*": ?\\*"([a-z._]+)`)

func TestDashboardsOfReportsAskForFieldsThatAreStored(t *testing.T) {
	fields := storedFields(t)
	for _, parts := range [][]string{{"grafana", "dashboards", "reports.json"}, {"kibana", "dateline.ndjson"}} {
		asked := askedField.FindAllStringSubmatch(string(shipped(t, parts...)), -1)
		if len(asked) == 0 {
			t.Errorf("%v asks for nothing", parts)
		}
		for _, a := range asked {
			if !fields[a[1]] {
				t.Errorf("%v asks for the field %s, which is not stored", parts, a[1])
			}
		}
	}
}

func TestKibanaObjectsHaveFixedIdsAndReferToOneAnother(t *testing.T) {
	type object struct {
		Type, ID   string
		References []struct{ Type, ID string }
	}
	var all []object
	known := map[string]bool{}
	lines := bufio.NewScanner(strings.NewReader(string(shipped(t, "kibana", "dateline.ndjson"))))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var o object
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
		known[o.Type+"/"+o.ID] = true
	}
	if !known["dashboard/dateline"] {
		t.Error("no dashboard")
	}
	for _, o := range all {
		if !strings.HasPrefix(o.ID, "dateline") {
			t.Errorf("id %q", o.ID)
		}
		for _, r := range o.References {
			if !known[r.Type+"/"+r.ID] {
				t.Errorf("%s refers to %s/%s, which is not there", o.ID, r.Type, r.ID)
			}
		}
	}
}
