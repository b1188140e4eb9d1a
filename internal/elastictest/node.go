// Package elastictest gives tests an Elasticsearch node, and takes away what
// they made in it.
package elastictest

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
)

// Node returns the address of the node that tests use. In continuous
// integration it must be there; elsewhere a test without one is left out, and
// says how to run.
func Node(t testing.TB) string {
	t.Helper()
	address := os.Getenv("DATELINE_ELASTICSEARCH")
	if address == "" {
		const how = "no Elasticsearch node; to run this test: DATELINE_ELASTICSEARCH=http://127.0.0.1:9200 go test"
		if os.Getenv("CI") == "true" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	return strings.TrimRight(address, "/")
}

// Remove takes the archive of the name out of the node when the test has
// ended: its indices and templates.
func Remove(t testing.TB, node, name string) {
	t.Cleanup(func() {
		for _, path := range append(indices(t, node, name),
			"_index_template/"+name, "_index_template/"+name+"-past", "_component_template/"+name+"-schema", "_component_template/"+name+"-past-schema",
		) {
			request, err := http.NewRequest(http.MethodDelete, node+"/"+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Errorf("removing %s: %v", path, err)
				return
			}
			response.Body.Close()
			if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusNotFound {
				t.Errorf("removing %s: %s", path, response.Status)
			}
		}
	})
}

// indices are the indices whose names begin with the name.
func indices(t testing.TB, node, name string) []string {
	response, err := http.Get(node + "/_cat/indices/" + name + "*?format=json&h=index")
	if err != nil {
		t.Errorf("listing the indices of %s: %v", name, err)
		return nil
	}
	defer response.Body.Close()
	var found []struct{ Index string }
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil {
		t.Errorf("listing the indices of %s: %v", name, err)
	}
	var names []string
	for _, i := range found {
		names = append(names, i.Index)
	}
	return names
}
