package app

import (
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/serve/client"
)

// picard is an article that announces the conference of a year.
func picard(slug, when string) agencytest.Article {
	return agencytest.Article{
		Slug: slug, Title: "Customs officers to meet in Tbilisi", Published: time.Now().Add(-time.Hour).Truncate(time.Second),
		Text: "The PICARD 2031 conference of the World Customs Organization will be held in Tbilisi on " + when + ", 2031, the organizers said.\n\n" +
			"Hundreds of delegates are expected, and hotels near the venue have begun to fill, a spokesman of the city added on the same day.",
	}
}

const picard2031 = "picard-2031-conference"

// event waits until the register has the event with so many versions.
func (r *running) event(t *testing.T, versions int) *register.Dossier {
	t.Helper()
	var event *register.Dossier
	agencytest.Eventually(t, limit, func() error {
		var err error
		if event, err = r.Event(t.Context(), picard2031); err != nil {
			return fmt.Errorf("%w\n%s", err, r.log)
		}
		if len(event.Versions) != versions {
			return fmt.Errorf("the event has %d versions, want %d", len(event.Versions), versions)
		}
		return nil
	})
	return event
}

func offline(data string) Options {
	c := settings()
	c.Data, c.Listen = data, "127.0.0.1:0"
	return Options{Config: c, Stages: All, Logger: slog.New(slog.DiscardHandler), Out: io.Discard, Now: time.Now}
}

// TestEventsAndOverridesOutliveARebuild also takes the records away, as from an
// archive that was filled before there was a register.
func TestEventsAndOverridesOutliveARebuild(t *testing.T) {
	site := agencytest.New(picard("first", "September 8-10"))
	defer site.Close()
	data := t.TempDir()
	first := start(t, data, settings(feedSource(site)))
	first.event(t, 1)
	site.Put(picard("second", "September 9-11"))
	first.event(t, 2)
	override := client.EventOverride{Field: "venue", Value: "Old Opera", By: "Nino", Reason: "told by the host"}
	if _, err := first.OverrideEvent(t.Context(), picard2031, override); err != nil {
		t.Fatal(err)
	}
	before := first.event(t, 3)
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}

	if _, err := Rebuild(t.Context(), offline(data), nil); err != nil {
		t.Fatal(err)
	}
	second := start(t, data, settings())
	if diff := cmp.Diff(before, second.event(t, 3)); diff != "" {
		t.Errorf("after the rebuild of the archive (-before +after):\n%s", diff)
	}
	if err := second.stop(); err != nil {
		t.Fatal(err)
	}

	forget(t, archivePath(data))
	if err := RebuildEvents(t.Context(), offline(data), nil); err != nil {
		t.Fatal(err)
	}
	third := start(t, data, settings())
	if diff := cmp.Diff(before, third.event(t, 3)); diff != "" {
		t.Errorf("after the rebuild of the register (-before +after):\n%s", diff)
	}
	list, err := third.Events(t.Context(), url.Values{"q": {"event:2031-09 place:Tbilisi"}})
	if err != nil || len(list.Events) != 1 {
		t.Errorf("the list has %+v, %v", list, err)
	}
}

// forget takes the event register out of an archive.
func forget(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for table := range strings.FieldsSeq("reading reading_tag event") {
		if _, err := db.Exec("DROP TABLE " + table); err != nil {
			t.Fatal(err)
		}
	}
}
