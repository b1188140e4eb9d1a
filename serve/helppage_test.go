package serve_test

import (
	"html"
	"net/http"
	"regexp"
	"testing"

	"github.com/dateline-news/dateline/serve"
)

// TestEveryExampleOfTheHelpCanBeTried follows each example to its search.
func TestEveryExampleOfTheHelpCanBeTried(t *testing.T) {
	d := open(t, items(), func(o *serve.Options) {
		o.Point = func(string) (lat, lon float64, ok bool) { return 40.4, 49.9, true }
	})
	_, text := get(t, d.URL+"/help")
	examples := regexp.MustCompile(`<a href="(/\?q=[^"]*)"><code>`).FindAllStringSubmatch(text, -1)
	if len(examples) < 25 {
		t.Errorf("%d examples", len(examples))
	}
	for _, e := range examples {
		if r, _ := get(t, d.URL+html.UnescapeString(e[1])); r.StatusCode != http.StatusOK {
			t.Errorf("%s gives %d", e[1], r.StatusCode)
		}
	}
}
