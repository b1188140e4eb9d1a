package ingest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/wiretest"
)

func article(slug, title, last string) agencytest.Article {
	return agencytest.Article{
		Slug: slug, Title: title, Text: prose + "\n\n" + last,
		Published: time.Date(2014, 12, 8, 10, 0, 0, 0, time.FixedZone("", 4*3600)),
	}
}

func TestAFeedIsPublishedOnceAndAnEditIsTheNextRevision(t *testing.T) {
	site := agencytest.New(article("one", "Training heads meet", "The school stands in the old port."))
	defer site.Close()
	for name, source := range map[string]Source{
		"feed":    {Name: "feed", Agency: "Agency", Kind: KindFeed, URL: site.FeedURL()},
		"listing": {Name: "listing", Agency: "Agency", Kind: KindListing, URL: site.ListingURL()},
	} {
		source.Selectors.Item = ".item"
		t.Run(name, func(t *testing.T) {
			site.Put(article("one", "Training heads meet", "The school stands in the old port."))
			bus, c := watch(wiretest.Bus(t)), newClock()
			r := newTestRunner(t, bus, c, source)
			for _, last := range []string{"The school stands in the old port.", "The school stands in the new port.", "The school stands in the old port."} {
				site.Put(article("one", "Training heads meet", last))
				c.Advance(time.Hour)
				for range 2 {
					if err := r.pollOnce(t); err != nil {
						t.Fatal(err)
					}
				}
			}
			want := []string{"Training heads meet 1", "Training heads meet 2", "Training heads meet 3"}
			got := bus.published()
			if diff := cmp.Diff(want, titles(got)); diff != "" {
				t.Fatalf("published (-want +got):\n%s", diff)
			}
			if got[0].ID != got[1].ID || got[1].Text == got[2].Text {
				t.Errorf("the revisions are not of one report: %s %s", got[0].ID, got[1].ID)
			}
			if !got[0].Published.Equal(time.Date(2014, 12, 8, 6, 0, 0, 0, time.UTC)) {
				t.Errorf("published %s", got[0].Published)
			}
		})
	}
}

// An agency that edits twice within the granule of its feed's times announces
// the second edit by nothing.
func TestAnEditUnderTheSameTimeStampIsFoundWhenThatTimeIsOver(t *testing.T) {
	for name, granule := range map[string]time.Duration{"second": time.Second, "minute": time.Minute} {
		t.Run(name, func(t *testing.T) {
			bus, c := watch(wiretest.Bus(t)), newClock()
			c.Advance(7 * granule) // for the second, a time that shows its seconds
			site := agencytest.New()
			defer site.Close()
			edit := func(last string) {
				a := article("one", "Training heads meet", last)
				a.Modified = c.Now().Truncate(granule)
				site.Put(a)
			}
			r := newTestRunner(t, bus, c, Source{Name: "feed", Agency: "Agency", Kind: KindFeed, URL: site.FeedURL(), Recheck: "never"})
			poll := func() {
				t.Helper()
				if err := r.pollOnce(t); err != nil {
					t.Fatal(err)
				}
			}
			edit("The school stands in the old port.")
			c.Advance(granule / 4)
			poll()
			c.Advance(granule / 4)
			edit("The school stands in the new port.")
			poll()
			if n := len(bus.published()); n != 1 {
				t.Fatalf("%d revisions published while the feed's time lasts, want 1", n)
			}
			hits := site.Hits("/news/one")
			c.Advance(granule)
			poll()
			if diff := cmp.Diff([]string{"Training heads meet 1", "Training heads meet 2"}, titles(bus.published())); diff != "" {
				t.Fatalf("published (-want +got):\n%s", diff)
			}
			poll()
			if n := site.Hits("/news/one") - hits; n != 1 {
				t.Errorf("the page was read %d times more, want once", n)
			}
		})
	}
}
