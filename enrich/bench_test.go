package enrich

import (
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/news"
)

// BenchmarkAnnotate measures the whole chain on one core.
func BenchmarkAnnotate(b *testing.B) {
	annotator, err := New(configs.Files)
	if err != nil {
		b.Fatal(err)
	}
	d := agencytest.Ours()
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		annotator.Annotate(&news.Report{ID: "1", Text: d.Text, Published: d.Published})
	}
}
