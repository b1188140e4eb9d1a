package events_test

import (
	"sync"
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/news"
)

var annotator = sync.OnceValues(func() (*enrich.Annotator, error) { return enrich.New(configs.Files) })

// annotate gives r all annotations, as the pipeline does.
func annotate(t testing.TB, r *news.Report) {
	t.Helper()
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	a.Annotate(r)
}
