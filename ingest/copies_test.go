package ingest

import (
	"net/http"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
)

// TestCopiesShareAStory follows a report, its copy at another agency, and a
// correction of it, over a restart.
func TestCopiesShareAStory(t *testing.T) {
	body := []string{prose, "The school stands in the old port, has room for two hundred officers a year and teaches them in three languages."}
	firstPages := map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("Centres agree on a school", body...))}
	first := agency(t, firstPages, "/one")
	second := agency(t, map[string]http.HandlerFunc{
		"/copy":  text(htmlType, articlePage("A common school for customs officers", "PORT CITY, December 9 (Other) – "+body[0], body[1], "More reports follow.")),
		"/other": text(htmlType, articlePage("Weather", "Rain is expected on the coast at the weekend, with strong wind from the north-west and waves of three metres in the open sea.")),
	}, "/other", "/copy")
	second.Name, second.Agency = "second", "Second"
	bus, c := watch(wiretest.Bus(t)), newClock()
	poll := func(s Source) {
		t.Helper()
		if err := newTestRunner(t, bus, c, s).pollOnce(t); err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Hour)
	}
	poll(first)
	poll(second) // a runner and a register of its own, as after a restart
	firstPages["/one"] = text(htmlType, articlePage("CORRECTED-Centres agree on a school", "Two centres did not sign after all, the heads of the others said.", body[1]))
	poll(first)

	stories, status := map[string]string{}, map[string]string{}
	var head *news.Report
	for _, r := range bus.published() {
		if head == nil {
			head = r
		}
		stories[r.Title], status[r.Title] = r.Story, r.Status
	}
	for _, title := range []string{"Centres agree on a school", "A common school for customs officers", "CORRECTED-Centres agree on a school"} {
		if got, ok := stories[title]; !ok || got != head.ID {
			t.Errorf("%q: story %q, want %q, that of the first report", title, got, head.ID)
		}
	}
	if got := stories["Weather"]; got == "" || got == head.ID {
		t.Errorf("another report has the story %q", got)
	}
	if got := status["CORRECTED-Centres agree on a school"]; got != news.StatusCorrected {
		t.Errorf("status %q of the correction, want %q", got, news.StatusCorrected)
	}
}
