package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/agencytest"
)

// TestEachSourceShowsItsErrorAndTheOthersGoOn polls good and bad sources
// together, as a start without a network does.
func TestEachSourceShowsItsErrorAndTheOthersGoOn(t *testing.T) {
	good := agencytest.New(agencytest.Ours().Article)
	defer good.Close()
	silent := agencytest.New()
	defer silent.Close()
	failing := agencytest.New()
	defer failing.Close()
	failing.Break(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no", http.StatusInternalServerError)
	})
	long := agencytest.New()
	defer long.Close()
	long.Break(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.Copy(w, bytes.NewReader(make([]byte, 10<<20))) // the reader stops before
	})
	gone := agencytest.New()
	gone.Close()

	source := func(name string, site *agencytest.Site) ingest.Source {
		s := feedSource(site)
		s.Name = name
		return s
	}
	r := start(t, t.TempDir(), settings(
		source("good", good), source("silent", silent), source("failing", failing), source("long", long), source("gone", gone)))
	r.one(t, "sniffer")
	wanted := map[string]string{
		"good":    "",
		"silent":  "",
		"failing": "500",
		"long":    "max_body",
		"gone":    "refused",
	}
	agencytest.Eventually(t, limit, func() error {
		list, err := r.Sources(t.Context())
		if err != nil {
			return err
		}
		if len(list) != len(wanted) {
			return fmt.Errorf("%d sources have a state, want %d", len(list), len(wanted))
		}
		for _, s := range list {
			if want := wanted[s.Name]; want == "" && s.Error != "" || !strings.Contains(s.Error, want) {
				return fmt.Errorf("source %s says %q, want %q", s.Name, s.Error, want)
			}
		}
		return nil
	})
	page := get(t, r.address+"/sources")
	for name, want := range wanted {
		if !strings.Contains(page, name) || !strings.Contains(page, want) {
			t.Errorf("the page of sources does not show %s %q:\n%s", name, want, page)
		}
	}
	good.Put(item("after"))
	r.one(t, "after")
	failing.Break(nil)
	failing.Put(item("mended"))
	r.one(t, "mended")
}

// item is an article that a word of its own finds.
func item(word string) agencytest.Article {
	a := agencytest.Ours().Article
	a.Slug = word
	a.Text += "\n\nThe mark of this item is " + word + "."
	return a
}
