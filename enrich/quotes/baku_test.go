package quotes_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/news"
)

func TestBakuDispatchQuotesTheHeadOfTheCommittee(t *testing.T) {
	content, err := os.ReadFile("../../../shared/dispatches/2014-12-08-report-az-baku.txt")
	if os.IsNotExist(err) {
		t.Skip("the dispatch is not beside the module")
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := enrich.New(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	r := &news.Report{ID: "baku", Text: strings.TrimSpace(string(content)), Published: time.Date(2014, 12, 8, 15, 5, 0, 0, time.FixedZone("", 4*3600))}
	a.Annotate(r)
	want := []struct{ kind, cue, opens, closes string }{
		{"indirect", "said", "the development of", "inevitable"},
		{"indirect", "According to", "only with the help", "environment"},
		{"direct", "said", "Today, an increase", "those challenges"}, // its opening mark is missing
		{"direct", "noted", "In recent years", "September 8-10, 2015"},
	}
	if len(r.Quotes) != len(want) {
		t.Fatalf("%d quotes, want %d: %+v", len(r.Quotes), len(want), shorten(r.Quotes))
	}
	for i, w := range want {
		q := r.Quotes[i]
		if q.Kind != w.kind || q.Cue != w.cue || !strings.HasPrefix(q.Text, w.opens) || !strings.HasSuffix(q.Text, w.closes) {
			t.Errorf("quote %d is %s by %q: %q; want %s by %q: %s ... %s", i, q.Kind, q.Cue, q.Text, w.kind, w.cue, w.opens, w.closes)
		}
		if q.Speaker == nil || q.Speaker.ID != "aydin-aliyev" {
			t.Errorf("quote %d is spoken by %+v, want Aydin Aliyev", i, q.Speaker)
		}
	}
}
