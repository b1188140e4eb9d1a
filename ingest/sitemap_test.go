package ingest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/wiretest"
)

func TestASitemapIsPolledThroughItsIndex(t *testing.T) {
	pages := map[string]http.HandlerFunc{
		"/one": text(htmlType, articlePage("One", prose)),
		"/two": text(htmlType, articlePage("Two", prose, "A second paragraph.")),
	}
	server := serve(t, pages)
	pages["/sitemap.xml"] = text("application/xml", fmt.Sprintf(`<sitemapindex><sitemap><loc>%s/news.xml</loc></sitemap></sitemapindex>`, server.URL))
	pages["/news.xml"] = text("application/xml", fmt.Sprintf(`<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>%[1]s/one</loc><news:news><news:publication_date>2014-12-08T10:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>
<url><loc>%[1]s/old</loc><lastmod>2013-01-01</lastmod></url>
<url><loc>%[1]s/two</loc><lastmod>2014-12-08T11:00:00Z</lastmod></url></urlset>`, server.URL))
	bus := watch(wiretest.Bus(t))
	r := newTestRunner(t, bus, newClock(), Source{Name: "agency", Kind: KindSitemap, URL: server.URL + "/sitemap.xml"})
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"One 1", "Two 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestASitemapOfASilentAgencyIsNoFaultWhenChecked(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{"/sitemap.xml": text("application/xml", `<urlset><url><loc>/old</loc><lastmod>2013-01-01</lastmod></url></urlset>`)})
	source := Source{Name: "agency", Kind: KindSitemap, URL: server.URL + "/sitemap.xml", Local: true}
	got, err := PreviewSource(t.Context(), source, 3, Options{Now: newClock().Now, Logger: testLogger(t)})
	if err != nil || got.Listed != 0 || !strings.Contains(got.Note, "of the last 7 days") {
		t.Errorf("got %+v, %v", got, err)
	}
}
